package reportfile_test

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
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

const thePlan domain.PlanID = "handlingsplan-2022-2024"

var date = domain.MustDate

// A log is written by hand, in the order it was recorded, at noon in Oslo.
type log struct{ events []domain.Recorded }

// on records an event; effective "" is the same day.
func (l *log) on(day, effective string, subject domain.Subject, e domain.Event) *domain.Recorded {
	n := len(l.events) + 1
	r := domain.Recorded{
		ID: domain.EventID(fmt.Sprint("e", n)), Region: "fosen", Position: domain.Position(n),
		Time: date(day).At(12, 0).UTC(), Effective: date(day), Subject: subject, Plan: thePlan,
		Actor: "u1", Channel: domain.ChannelWeb, Command: domain.CommandID(fmt.Sprint("c", n)), Event: e,
	}
	if _, ok := e.(actors.Event); ok {
		r.Plan = ""
	}
	if effective != "" {
		r.Effective = date(effective)
	}
	l.events = append(l.events, r)
	return &l.events[n-1]
}

func (l *log) measure(day, effective string, id domain.MeasureID, e domain.Event) *domain.Recorded {
	return l.on(day, effective, domain.About(domain.EntityMeasure, id), e)
}

func (l *log) actor(id domain.ActorID, name string, kind actors.Kind, sector actors.Sector) {
	l.on("2022-06-20", "2015-01-01", domain.About(domain.EntityActor, id), actors.Registered{Name: name, Kind: kind, Sector: sector})
}

func (l *log) merged(id, into domain.ActorID, from string) {
	l.on("2022-06-20", from, domain.About(domain.EntityActor, id), actors.Merged{Into: into, From: date(from)})
}

func (l *log) owner(day string, id domain.MeasureID, owner domain.ActorID) {
	l.measure(day, "", id, plan.MeasureAssigned{Owner: owner, User: "u2"})
	l.measure(day, "", id, plan.MeasureAccepted{Owner: owner}).OnBehalfOf = owner
}

func (l *log) deadline(day string, id domain.MeasureID, deliverable, deadline, number string) {
	l.measure(day, "", id, plan.DeadlineAdopted{
		Deadline: date(deadline), Deliverable: deliverable,
		Decision: plan.Decision{Body: "Representantskapet", Case: number, Date: date(day)},
	})
}

func (l *log) report(day string, id domain.MeasureID, period domain.PeriodID, e reporting.Reported) {
	e.Report, e.Period = reportID(id, period), period
	l.measure(day, "", id, e).OnBehalfOf = "utviklingsleder"
}

func reportID(id domain.MeasureID, period domain.PeriodID) domain.ReportID {
	return domain.ReportID("r-" + string(id) + "-" + string(period))
}

func (l *log) period(day string, e reporting.PeriodOpened) {
	l.on(day, "", domain.About(domain.EntityPeriod, e.Period), e)
}

func (l *log) close(day string, id domain.PeriodID) {
	l.on(day, "", domain.About(domain.EntityPeriod, id), reporting.PeriodClosed{Period: id})
}

func (l *log) correct(day string, target *domain.Recorded, field string, was, is any, why domain.Text) {
	raw := func(v any) json.RawMessage {
		b, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		return b
	}
	l.on(day, "", domain.About(domain.EntityEvent, target.ID), correction.EventCorrected{
		Event: target.ID, Field: field, Old: raw(was), New: raw(is), Why: why,
	})
}

func (l *log) until(t testing.TB, at delivery.At) finalreport.Report {
	t.Helper()
	p := finalreport.New()
	for _, r := range l.events {
		if err := p.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	r, err := p.Report(thePlan, at)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// register is the region, its actors as they were in 2015 and what they became.
func (l *log) register() {
	l.on("2022-06-20", "", domain.About(domain.EntityRegion, "fosen"),
		actors.RegionRegistered{Name: "Fosenregionen", Form: "interkommunalt politisk råd", Demo: true})
	for _, m := range [][2]string{
		{"bjugn", "Bjugn"},
		{"orland", "Ørland"},
		{"rissa", "Rissa"},
		{"leksvik", "Leksvik"},
		{"indre-fosen", "Indre Fosen"},
		{"roan", "Roan"},
		{"afjord", "Åfjord"},
		{"osen", "Osen"},
	} {
		l.actor(domain.ActorID(m[0]), m[1], actors.Municipality, actors.Public)
	}
	l.actor("radet", "Rådet", actors.Body, actors.Public)
	l.actor("radmannsforum", "Rådmannsforum", actors.Body, actors.Public)
	l.actor("utviklingsleder", "Utviklingsleder", actors.Person, actors.Public)
	l.actor("ntnu", "NTNU", actors.Organisation, actors.Knowledge)
	l.actor("fosen-naringshage", "Fosen næringshage", actors.Organisation, actors.Business)
	l.actor("privat-naringsliv", "Privat næringsliv", actors.Collective, actors.Business)
	l.merged("rissa", "indre-fosen", "2018-01-01")
	l.merged("leksvik", "indre-fosen", "2018-01-01")
	l.merged("bjugn", "orland", "2020-01-01")
	l.merged("roan", "afjord", "2020-01-01")
	l.on("2022-06-20", "", domain.About(domain.EntityRegion, "fosen"), actors.RegionDescribed{
		Applicant: "bjugn",
		Members: []actors.Member{
			{Actor: "orland"},
			{Actor: "rissa", To: date("2017-12-31")},
			{Actor: "leksvik", To: date("2017-12-31")},
			{Actor: "indre-fosen", From: date("2018-01-01")},
			{Actor: "roan", To: date("2019-12-31")},
			{Actor: "afjord"},
			{Actor: "osen"},
		},
		Population: &actors.Population{Count: 25315, Date: date("2015-01-01")}, Area: &actors.Area{KM2: 3037.5},
	})
	l.on("2022-06-20", "", domain.About(domain.EntityRegion, "fosen"),
		actors.ProgrammeJoined{Name: "Byregionprogrammet", From: date("2014-06-01"), To: date("2018-12-31")})
	l.on("2022-06-20", "", domain.About(domain.EntityUser, "u1"), actors.UserGranted{Role: domain.RoleCoordinator})
	l.on("2022-06-20", "", domain.About(domain.EntityUser, "u2"),
		actors.UserGranted{Role: domain.RoleOwner, Actors: []domain.ActorID{"utviklingsleder"}})
}

// adopt imports the plan in one command.
func (l *log) adopt() {
	first := len(l.events)
	l.on("2022-06-21", "2022-06-10", domain.About(domain.EntityPlan, thePlan), plan.Imported{File: "plan.txt", Format: "text"})
	l.on("2022-06-21", "2022-06-10", domain.About(domain.EntityPlan, thePlan), plan.Adopted{
		Plan: thePlan, Title: "Handlingsplan 2022–2024", From: date("2022-01-01"), To: date("2024-12-31"),
		Decision:   plan.Decision{Body: "Representantskapet", Case: "RS 03/22", Date: date("2022-06-10")},
		BasedOn:    []plan.Source{{Title: "Strategisk næringsplan", Year: 2016}},
		Strategies: []plan.Strategy{{ID: "s1", Title: "Fosenstrategi 1; VERDISKAPING"}, {ID: "s2", Title: "Fosenstrategi 2; SAMARBEID"}},
	})
	for _, m := range []struct {
		id domain.MeasureID
		e  plan.MeasureAdopted
	}{
		{"t01", plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: "s1", FocusArea: "Rammebetingelser", Initiative: "Felles næringsfond", Text: "Etablere fondet",
			Owners: []domain.ActorID{"radet"}, Partners: []domain.ActorID{"roan", "fosen-naringshage"},
		}},
		{"t02", plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: "s1", FocusArea: "Rammebetingelser", Text: "Kartlegge næringsareal",
			Owners: []domain.ActorID{"utviklingsleder"}, Partners: []domain.ActorID{"ntnu"},
		}},
		{"t03", plan.MeasureAdopted{
			Kind: plan.Ongoing, Strategy: "s1", FocusArea: "Møteplasser", Initiative: "Fosenmøtet",
			Owners: []domain.ActorID{"utviklingsleder"}, Partners: []domain.ActorID{"privat-naringsliv"},
		}},
		{"t04", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s2", FocusArea: "Felles tjenester", Text: "Utrede felles innkjøp"}},
		{"t05", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s2", Initiative: "Kompetanseplan", Text: "Vedta felles kompetanseplan"}},
		{"o01", plan.MeasureAdopted{
			Kind: plan.Arrangement, Strategy: "s2", FocusArea: "Felles tjenester", Initiative: "Fosen lønn",
			Partners: []domain.ActorID{"orland", "indre-fosen"},
		}},
	} {
		l.measure("2022-06-21", "2022-06-10", m.id, m.e)
	}
	for i := range l.events[first:] {
		l.events[first+i].Command, l.events[first+i].Channel = "import", domain.ChannelImport
	}
}

// example is two lifelike years of a small plan.
func example() *log {
	var l log
	l.register()
	l.adopt()
	for _, id := range []domain.MeasureID{"t01", "t02", "t03"} {
		l.owner("2022-07-01", id, "utviklingsleder")
	}
	l.measure("2022-07-01", "", "t05", plan.MeasureAssigned{Owner: "radmannsforum"})
	l.measure("2022-07-20", "", "t05", plan.MeasureDeclined{Owner: "radmannsforum", Why: "Vi har ikke kapasitet før nyttår."}).OnBehalfOf = "radmannsforum"
	l.deadline("2022-09-01", "t01", "", "2023-02-28", "RS 07/22")
	l.deadline("2022-09-01", "t02", "", "2023-03-31", "RS 07/22")
	l.deadline("2022-09-01", "t03", "2023", "2023-06-15", "RS 07/22")
	l.deadline("2022-09-01", "t04", "", "2023-10-31", "RS 07/22")
	for _, id := range []domain.MeasureID{"t01", "t02", "t03"} {
		l.measure("2022-09-15", "", id, plan.MeasureStarted{})
	}
	l.twoPeriods()
	l.measure("2023-09-20", "2023-09-20", "t04", plan.MeasureWithdrawn{
		Decision: plan.Decision{Body: "Representantskapet", Case: "RS 04/23", Date: date("2023-09-20")},
	})
	done := l.measure("2023-09-25", "2023-09-22", "t02", plan.MeasureCompleted{Result: domain.Erased})
	l.correct("2023-10-02", done, "effective", "2023-09-22", "2023-09-20", "Rapporten var ferdig to dager før.")
	l.tell()
	return &l
}

// tell is the programme's story, a thing of each kind.
func (l *log) tell() {
	say := func(entity string, id domain.StoryID, e domain.Event) {
		l.on("2023-11-01", "", domain.About(entity, id), e)
	}
	say(domain.EntityLead, "lead", story.LeadWritten{Text: "Næringsarbeidet er blitt hele regionens."})
	say(domain.EntityGoal, "goal-1", story.GoalSet{Text: "Én strategi\nsom alle kommunene står bak"})
	say(domain.EntityResult, "result-1", story.ResultRecorded{Kind: story.Result, Text: "Regionen har et næringsfond.", Measures: []domain.MeasureID{"t01"}})
	say(domain.EntityResult, "result-2", story.ResultRecorded{Kind: story.Achievement, Text: "Fire team med folk fra hele Fosen."})
	say(domain.EntityResult, "result-3", story.ResultRecorded{Kind: story.Unplanned, Text: "Pilot for Næringsvennlig Region 🚀"})
	say(domain.EntityObstacle, "obstacle-1", story.ObstacleNoted{Text: "Kommunereformen tok tid."})
	say(domain.EntityAdvice, "advice-1", story.AdviceGiven{Text: "Lag felles planer."})
	say(domain.EntityAdvice, "advice-2", story.AdviceGiven{Text: "Buorre ovttasbargu váldá áiggi – vær raus."})
	say(domain.EntityContinuation, "continuation-1", story.ContinuationPlanned{Text: "Samarbeidet går videre.", Measures: []domain.MeasureID{"t03"}})
	say(domain.EntityExcerpt, "excerpt-1", story.ExcerptQuoted{Text: "Fire temaer:\n\n• energi\n• <b>kampflybase</b>", Source: "Søknad til Byregionprogrammet"})
	say(domain.EntityDocument, "document-1", story.DocumentLinked{Title: "Strategisk næringsplan", URL: "https://fosenregionen.no/plan?a=1&b=2"})
	say(domain.EntityTeam, "team-1", story.TeamFormed{Name: "Team energi", Members: []domain.ActorID{"ntnu", "roan"}, Text: "Møtes hver måned."})
	l.on("2023-11-02", "", domain.About(domain.EntityPlan, thePlan), plan.Endorsed{
		Municipality: "afjord", Decision: plan.Decision{Body: "kommunestyret", Case: "PS 41/22", Date: date("2022-09-15")},
	})
}

func (l *log) twoPeriods() {
	l.period("2023-01-02", reporting.PeriodOpened{Period: "T1-2023", From: date("2023-01-01"), To: date("2023-04-30"), ReportDeadline: date("2023-05-15")})
	l.measure("2023-01-12", "", "t01", plan.PartnerConfirmed{Partner: "fosen-naringshage"})
	l.measure("2023-02-20", "2023-02-17", "t01", plan.MeasureCompleted{Result: "Fondet er stiftet.\nFørste utlysning gikk ut i mars.\n\nStyret har fem medlemmer."})
	l.measure("2023-03-03", "", "t01", plan.MeasureReopened{Why: "Vedtektene manglet signatur."})
	l.measure("2023-03-10", "2023-03-08", "t01", plan.MeasureCompleted{Result: "Fondet er stiftet, og vedtektene er signert."})
	l.measure("2023-03-20", "2023-03-01", "t01", plan.ContributionRecorded{Partner: "fosen-naringshage", Hours: 7.5, Amount: &plan.Money{Value: 150000, Currency: "NOK"}})
	l.deadline("2023-03-15", "t02", "", "2023-09-30", "RS 02/23")
	l.report("2023-05-10", "t02", "T1-2023", reporting.Reported{
		Status: reporting.Amber, Text: "Kartet er i gang.\n1. Kyst\n2. Innland", Obstacles: "Mangler data fra R&D | fylket <ikke svart>", Next: "Purre på *fylket*",
		Forecast: date("2023-09-15"),
	})
	l.report("2023-05-18", "t03", "T1-2023", reporting.Reported{Status: reporting.Green, Text: domain.Erased})
	l.close("2023-05-20", "T1-2023")
	l.period("2023-05-20", reporting.PeriodOpened{Period: "T2-2023", From: date("2023-05-01"), To: date("2023-08-31"), ReportDeadline: date("2023-09-15")})
	l.measure("2023-06-12", "", "t03", plan.PartnerResolved{Partner: "privat-naringsliv", Into: []domain.ActorID{"fosen-naringshage"}})
	l.measure("2023-06-12", "", "t03", plan.ContributionRecorded{Partner: "fosen-naringshage", Hours: 1, Text: "Holdt innlegg"})
	l.measure("2023-06-20", "2023-06-13", "t03", plan.MeasureCompleted{Deliverable: "2023", Result: "130 deltakere."})
	l.deadline("2023-06-20", "t03", "2024", "2024-06-15", "RS 03/23")
	l.measure("2023-08-01", "2023-07-01", "t05", plan.DeadlineAdopted{
		Deadline: date("2023-07-31"), Decision: plan.Decision{Case: "RS 01/23"},
	}).Retrospective = true
	l.report("2023-09-11", "t02", "T2-2023", reporting.Reported{Status: reporting.Unchanged})
	l.measure("2023-09-13", "", "t02", reporting.Returned{Report: reportID("t02", "T2-2023"), Why: "Si hva som er gjort."})
	l.measure("2023-09-18", "", "t05", plan.DeviationHandled{
		Text: "Legges til budsjettet for 2024.", Decision: plan.Decision{Body: "Rådet", Case: "R 11/23", Date: date("2023-09-18")},
	})
	l.close("2023-09-18", "T2-2023")
}
