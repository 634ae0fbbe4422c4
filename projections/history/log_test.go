package history

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

const thePlan domain.PlanID = "handlingsplan-2022-2024"

// A chronicle writes events in order, each on its day.
type chronicle struct {
	log []domain.Recorded
	day domain.Date
}

// on turns to another day.
func (c *chronicle) on(day string) { c.day = domain.MustDate(day) }

// write adds an event and gives it back, so that a row may change it.
func (c *chronicle) write(subject domain.Subject, e domain.Event) *domain.Recorded {
	n := len(c.log) + 1
	r := domain.Recorded{
		ID: domain.EventID(fmt.Sprintf("e-%d", n)), Region: "fosen", Position: domain.Position(n),
		Time: c.day.At(12, 0).UTC(), Effective: c.day, Subject: subject, Actor: "u1", Channel: domain.ChannelWeb,
		Command: domain.CommandID(fmt.Sprintf("c-%d", n)), Event: e,
	}
	if _, ok := e.(actors.Event); !ok {
		r.Plan = thePlan
	}
	c.log = append(c.log, r)
	return &c.log[n-1]
}

func (c *chronicle) measure(id domain.MeasureID, e domain.Event) *domain.Recorded {
	return c.write(domain.About(domain.EntityMeasure, id), e)
}

// by is the measure's event on behalf of an actor.
func (c *chronicle) by(actor domain.ActorID, id domain.MeasureID, e domain.Event) *domain.Recorded {
	r := c.measure(id, e)
	r.OnBehalfOf = actor
	return r
}

func date(s string) domain.Date { return domain.MustDate(s) }

func rs(number string) plan.Decision {
	return plan.Decision{Body: "Representantskapet", Case: "RS " + number}
}

// everything is a log with each kind of event on it but the story's, most of them twice.
func everything() []domain.Recorded {
	c := &chronicle{}
	c.on("2022-06-13")
	c.register()
	c.adopt()
	c.answer()
	c.work()
	c.report()
	c.finish()
	return c.log
}

// whole is everything, and the programme's story.
func whole() []domain.Recorded {
	c := &chronicle{log: everything()}
	c.tell()
	return c.log
}

func (c *chronicle) register() {
	region := domain.About(domain.EntityRegion, domain.RegionID("fosen"))
	c.write(region, actors.RegionRegistered{Name: "Fosenregionen", Form: "Interkommunalt politisk råd"})
	for _, a := range []struct {
		id     domain.ActorID
		name   string
		kind   actors.Kind
		sector actors.Sector
	}{
		{"radet", "Rådet", actors.Body, actors.Public},
		{"radmannsforum", "Rådmannsforum", actors.Body, actors.Public},
		{"utviklingsleder", "Utviklingsleder", actors.Person, actors.Public},
		{"orland", "Ørland kommune", actors.Municipality, actors.Public},
		{"roan", "Roan kommune", actors.Municipality, actors.Public},
		{"afjord", "Åfjord kommune", actors.Municipality, actors.Public},
		{"trondelag-reiseliv", "Trøndelag reiseliv", actors.Organisation, actors.Public},
		{"frivilligheten", "Frivilligheten", actors.Collective, actors.Voluntary},
		{"ntnu", "NTNU", actors.Organisation, actors.Knowledge},
	} {
		c.write(domain.About(domain.EntityActor, a.id), actors.Registered{Name: a.name, Kind: a.kind, Sector: a.sector})
	}
	c.write(region, actors.RegionDescribed{
		Applicant: "orland", Members: []actors.Member{{Actor: "orland"}, {Actor: "roan", To: date("2024-06-30")}, {Actor: "afjord"}},
		Population: &actors.Population{Count: 25315, Date: date("2022-01-01")}, Area: &actors.Area{KM2: 4072.5},
	})
	c.write(region, actors.ProgrammeJoined{Name: "Byregionprogrammet", From: date("2022-01-01"), To: date("2024-12-31")})
	c.write(domain.About(domain.EntityActor, domain.ActorID("trondelag-reiseliv")), actors.Classified{Sector: actors.Business})
	c.write(domain.About(domain.EntityUser, domain.UserID("u2")), actors.UserGranted{Role: domain.RoleOwner, Actors: []domain.ActorID{"radet", "radmannsforum"}})
	c.write(domain.About(domain.EntityUser, domain.UserID("u3")), actors.UserGranted{Role: domain.RoleReader})
	c.write(domain.About(domain.EntityUser, domain.UserID("u3")), actors.UserRevoked{Role: domain.RoleReader})
}

func (c *chronicle) adopt() {
	document := domain.About(domain.EntityPlan, thePlan)
	c.write(document, plan.Imported{File: "handlingsplan.docx", SHA256: "ab", Format: "docx", Warnings: []plan.Warning{{Place: "linje 12"}, {Place: "linje 30"}}}).Channel = domain.ChannelImport
	c.write(document, plan.Adopted{
		Plan: thePlan, Title: "Handlingsplan 2022–2024", From: date("2022-01-01"), To: date("2024-12-31"),
		Decision:   plan.Decision{Body: "Representantskapet", Case: "RS 03/22", Date: date("2022-06-10")},
		BasedOn:    []plan.Source{{Title: "Fosenstrategien", Year: 2020}},
		Strategies: []plan.Strategy{{ID: "s1", Title: "VERDISKAPING"}, {ID: "s2", Title: "SAMFUNNSUTVIKLING"}},
	}).Effective = date("2022-06-10")
	c.measure("t07", plan.MeasureAdopted{
		Kind: plan.OneOff, Strategy: "s1", FocusArea: "Reiseliv", Initiative: "Opplev Fosen",
		Text:   "Felles profilering basert på innspill og dialog med næringen",
		Owners: []domain.ActorID{"utviklingsleder"}, Partners: []domain.ActorID{"trondelag-reiseliv", "roan"},
	}).Effective = date("2022-06-10")
	c.measure("t16", plan.MeasureAdopted{
		Kind: plan.Ongoing, Strategy: "s1", Text: "Årlig møte for, og med næringslivet", Partners: []domain.ActorID{"frivilligheten"},
		Continues: &plan.Reference{Plan: "handlingsplan-2018-2021", Measure: "t03"},
	})
	c.measure("o01", plan.MeasureAdopted{Kind: plan.Arrangement, Strategy: "s2", Initiative: "Fosen lønn"})
	c.write(document, plan.Endorsed{Municipality: "orland", Decision: plan.Decision{Body: "kommunestyret", Case: "KOM 45/22", Date: date("2022-09-01")}})
	c.write(document, plan.Revised{Decision: rs("11/22")})
	c.measure("t07", plan.MeasureAmended{Field: plan.FieldPartners, Old: "trondelag-reiseliv,roan", New: "trondelag-reiseliv,roan,ntnu", Decision: rs("11/22")})
	c.measure("t16", plan.MeasureAmended{Field: plan.FieldInitiative, New: "Fosenmøtet", Decision: rs("11/22")})
	c.measure("t07", plan.MeasureAmended{Field: plan.FieldFocusArea, Old: "Reiseliv", Decision: rs("11/22")})
	c.measure("t16", plan.MeasureAmended{Field: plan.FieldStrategy, Old: "s1", New: "s2", Decision: rs("11/22")})
}

func (c *chronicle) answer() {
	c.on("2022-10-03")
	c.measure("t07", plan.MeasureAssigned{Owner: "radet", User: "u2"})
	c.by("radet", "t07", plan.MeasureDeclined{Owner: "radet", Why: "Hører hjemme i administrasjonen"})
	c.measure("t07", plan.MeasureAssigned{Owner: "utviklingsleder"})
	c.by("utviklingsleder", "t07", plan.MeasureAccepted{Owner: "utviklingsleder"})
	c.measure("t16", plan.MeasureAssigned{Owner: "radmannsforum"})
	c.measure("t16", plan.MeasureDeclined{Owner: "radmannsforum", Why: "Ikke nok folk"})
	c.measure("t16", plan.MeasureAccepted{Owner: "radmannsforum"})
	c.measure("t16", plan.MeasureAssigned{Owner: "radmannsforum", User: "u2"})
}

func (c *chronicle) work() {
	c.on("2022-11-01")
	c.measure("t07", plan.DeadlineAdopted{Deadline: date("2023-06-30"), Decision: plan.Decision{Body: "Rådet", Case: "R 1/22", Date: date("2022-11-01")}})
	c.measure("t07", plan.DeadlineAdopted{Deadline: date("2023-10-31"), Decision: plan.Decision{Case: "R 4/22"}})
	c.measure("t16", plan.DeadlineAdopted{Deadline: date("2023-11-30"), Decision: plan.Decision{Case: "R 4/22"}, Deliverable: "2023"})
	c.by("utviklingsleder", "t07", plan.MeasureStarted{}).Effective = date("2022-10-20")
	c.by("utviklingsleder", "t07", plan.ForecastGiven{Forecast: date("2023-11-30"), Why: domain.Erased})
	c.by("utviklingsleder", "t07", plan.ForecastGiven{Forecast: date("2023-12-15"), Why: "Venter på anbud"})
	c.by("trondelag-reiseliv", "t07", plan.PartnerConfirmed{Partner: "trondelag-reiseliv"})
	c.measure("t07", plan.PartnerConfirmed{Partner: "roan"})
	c.measure("t16", plan.PartnerResolved{Partner: "frivilligheten", Into: []domain.ActorID{"orland", "roan", "afjord"}})
	c.measure("t07", plan.ContributionRecorded{Partner: "roan", Hours: 7.5, Amount: &plan.Money{Value: 50000, Currency: "NOK"}, Text: "Lokaler"})
	c.by("ntnu", "t07", plan.ContributionRecorded{Partner: "ntnu", Hours: 1})
	c.by("utviklingsleder", "t07", plan.EvidenceAttached{Evidence: "ev1", Name: "profilhåndbok.pdf", MediaType: "application/pdf", SHA256: "cd", Size: 9})
}

func (c *chronicle) report() {
	c.on("2023-05-02")
	period := domain.About(domain.EntityPeriod, domain.PeriodID("T1-2023"))
	opened := reporting.PeriodOpened{Period: "T1-2023", From: date("2023-01-01"), To: date("2023-04-30"), ReportDeadline: date("2023-05-15")}
	c.write(period, opened)
	c.by("utviklingsleder", "t07", reporting.Reported{
		Report: "r1", Period: "T1-2023", Status: reporting.Amber, Text: "Tre møter holdt", Obstacles: "Lite penger", Next: "Anbud", Forecast: date("2023-12-20"),
	})
	c.measure("t07", reporting.Returned{Report: "r1", Why: "Skriv hva som mangler"})
	c.by("utviklingsleder", "t07", reporting.Reported{Report: "r2", Period: "T1-2023", Status: reporting.Unchanged})
	c.measure("t07", reporting.Approved{Report: "r2"})
	c.by("utviklingsleder", "t07", reporting.Withdrawn{Report: "r1", Why: "Erstattet"})
	c.write(period, reporting.PeriodClosed{Period: "T1-2023"})
	c.write(period, opened)
	c.write(domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{Version: "2", HorizonDays: 90})
	c.measure("t07", plan.DeviationHandled{Text: "Frivillige tar over", Decision: plan.Decision{Body: "Rådet", Case: "R 8/23", Date: date("2023-05-02")}})
}

func (c *chronicle) finish() {
	c.on("2024-06-12")
	c.by("utviklingsleder", "t07", plan.MeasureCompleted{Result: "Profilen er i bruk", Evidence: []domain.EvidenceID{"ev1"}}).Effective = date("2024-05-31")
	completed := c.log[len(c.log)-1]
	c.by("radmannsforum", "t16", plan.MeasureCompleted{Deliverable: "2023"}).Retrospective = true
	c.write(domain.About(domain.EntityEvent, completed.ID), correction.EventCorrected{
		Event: completed.ID, Field: correction.Effective, Old: json.RawMessage(`"2024-05-31"`), New: json.RawMessage(`"2024-05-30"`), Why: "Skrivefeil",
	})
	c.measure("t07", plan.DeadlineAdopted{Deadline: date("2024-12-31"), Decision: plan.Decision{Case: "R 9/24"}}).Retrospective = true
	reopened := c.measure("t07", plan.MeasureReopened{Why: "Nettstedet ble ikke ferdig"}).ID
	c.on("2024-07-01")
	c.write(domain.About(domain.EntityActor, domain.ActorID("roan")), actors.Merged{Into: "afjord", From: date("2024-07-01")}).Channel = domain.ChannelSystem
	c.measure("o01", plan.MeasureWithdrawn{Decision: rs("5/24")})
	c.write(domain.About(domain.EntityPlan, thePlan), plan.Closed{Decision: plan.Decision{Body: "Representantskapet", Case: "RS 9/24", Date: date("2024-06-30")}})
	c.write(domain.About(domain.EntityUser, domain.UserID("u3")), actors.UserForgotten{Ground: "GDPR art. 17"})
	c.write(domain.About(domain.EntityEvent, reopened), correction.TextRedacted{Event: reopened, Ground: "GDPR art. 17"})
}

func (c *chronicle) tell() {
	c.on("2024-12-01")
	say := func(entity string, id domain.StoryID, e domain.Event) { c.write(domain.About(entity, id), e) }
	say(domain.EntityLead, "lead", story.LeadWritten{Text: "Arbeidet er blitt regionens."})
	say(domain.EntityGoal, "goal-1", story.GoalSet{Text: "Én strategi"})
	say(domain.EntityGoal, "goal-1", story.GoalSet{Text: "Én felles strategi"})
	say(domain.EntityResult, "result-1", story.ResultRecorded{Kind: story.Result, Text: "Et fond", Goals: []domain.StoryID{"goal-1"}})
	say(domain.EntityResult, "result-1", story.ResultRecorded{Kind: story.Unplanned, Text: "Et fond", Measures: []domain.MeasureID{"t07", "t16"}})
	say(domain.EntityAdvice, "advice-1", story.AdviceGiven{Text: "Del"})
	say(domain.EntityContinuation, "continuation-1", story.ContinuationPlanned{Text: "Videre", Measures: []domain.MeasureID{"t16"}})
	say(domain.EntityObstacle, "obstacle-1", story.ObstacleNoted{Text: domain.Erased, Measures: []domain.MeasureID{"t07"}})
	say(domain.EntityExcerpt, "excerpt-1", story.ExcerptQuoted{Text: "Vi vil\nmer", Source: "Søknaden"})
	say(domain.EntityExcerpt, "excerpt-2", story.ExcerptQuoted{Text: "Uten kilde"})
	say(domain.EntityDocument, "document-1", story.DocumentLinked{Title: "Næringsplan", URL: "https://fosenregionen.no/plan"})
	say(domain.EntityTeam, "team-1", story.TeamFormed{Name: "Team energi", Members: []domain.ActorID{"ntnu", "roan"}, Text: "Hver måned"})
	say(domain.EntityTeam, "team-2", story.TeamFormed{Name: "Team reiseliv"})
	say(domain.EntityReport, "report-1", story.ReportPublished{
		Kind: story.Final, File: "sluttrapport.html", SHA256: "ab", Format: "html", Language: domain.Bokmal, Per: date("2024-06-30"),
		View: "known", Definition: "2", LogSize: 62, Root: "cd",
	})
}

func told(t testing.TB, log []domain.Recorded) *History {
	t.Helper()
	h := New()
	for _, r := range log {
		if err := h.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	return h
}
