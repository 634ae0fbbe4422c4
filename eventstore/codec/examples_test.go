package codec_test

import (
	"encoding/json"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

var (
	vedtak = plan.Decision{Body: "Rådet", Case: "RS 03/22", Date: day("2022-03-04"), URL: "https://fosenregionen.no/rs-03-22"}
	day    = domain.MustDate
)

// published is a report as it was recorded before what it was made of was.
var published = story.ReportPublished{
	Kind: story.Final, File: "sluttrapport.html", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
	Format: "html", Language: domain.Nynorsk, Per: day("2024-12-31"), View: "corrected", Definition: "1", LogSize: 412,
	Root: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
}

func madeOf(r story.ReportPublished, source, template string) story.ReportPublished {
	r.SourceSHA256, r.TemplateSHA256 = source, template
	return r
}

// publishedWhole is one as it was recorded when there was no other kind of report.
var publishedWhole = madeOf(published, "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9", "fedcba9876543210fedcba9876543210fedcba9876543210fedcba9876543210")

func about(r story.ReportPublished, from, to domain.Date, programme string) story.ReportPublished {
	r.From, r.To, r.Programme = from, to, programme
	return r
}

// earlier holds events as they were stored before their type was given a
// member that may be left out, the oldest first: they are read and written as
// they were.
var earlier = map[string][]domain.Event{"report.published": {published, publishedWhole}}

// examples holds one event of each type with every field filled. What is
// stored of them lies in testdata/golden.
var examples = []domain.Event{
	actors.RegionRegistered{Name: "Fosenregionen", Form: "interkommunalt politisk råd", Demo: true},
	actors.RegionDescribed{
		Applicant:  "indre-fosen",
		Members:    []actors.Member{{Actor: "orland", From: day("2018-01-01"), To: day("2027-12-31")}},
		Population: &actors.Population{Count: 25431, Date: day("2022-01-01")},
		Area:       &actors.Area{KM2: 4631.5},
	},
	actors.ProgrammeJoined{Name: "Regionvekstavtale <pilot> & mer", From: day("2022-01-01"), To: day("2024-12-31")},
	actors.Registered{Name: "Utviklingsleder", Kind: actors.Person, Sector: actors.Public},
	actors.Classified{Sector: actors.Knowledge},
	actors.Merged{Into: "indre-fosen", From: day("2018-01-01")},
	actors.UserGranted{Role: domain.RoleOwner, Actors: []domain.ActorID{"radet", "radmannsforum"}},
	actors.UserRevoked{Role: domain.RoleReader},
	actors.UserForgotten{Ground: "GDPR art. 17 nr. 1 bokstav b"},

	plan.Imported{
		File: "Handlingsplan 2022–2024.docx", SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", Format: "docx",
		Warnings: []plan.Warning{{Place: "tabell 2, rad 4", Code: "owner.unknown", Message: "«Alle» er ingen aktør", Suggestion: "radet"}},
		Accepted: []string{"tabell 2, rad 4"}, Rejected: []string{"tabell 3, rad 1"},
	},
	plan.Adopted{
		Plan: "handlingsplan-2022-2024", Title: "Handlingsplan 2022–2024", From: day("2022-01-01"), To: day("2024-12-31"), Decision: vedtak,
		BasedOn:    []plan.Source{{Title: "Fosenstrategien", Year: 2021}},
		Strategies: []plan.Strategy{{ID: "s1", Title: "Fosenstrategi 1; VERDISKAPING"}},
	},
	plan.Endorsed{Municipality: "afjord", Decision: vedtak},
	plan.Revised{Decision: vedtak},
	plan.Closed{Decision: vedtak},
	plan.MeasureAdopted{
		Kind: plan.Ongoing, Continues: &plan.Reference{Plan: "handlingsplan-2018-2021", Measure: "t03"}, Strategy: "s1",
		FocusArea: "Rammebetingelser", Initiative: "Felles arbeidsgiveravgift", Text: "Politisk arbeid",
		Owners: []domain.ActorID{"radet"}, Partners: []domain.ActorID{"privat-naeringsliv"},
		Source: &plan.Place{Place: "tabell 1, rad 7", Raw: "Politisk arbeid\tRådet"},
	},
	plan.MeasureAmended{Field: plan.FieldText, Old: "Politisk arbeid", New: "Politisk påvirkning", Decision: vedtak},
	plan.MeasureWithdrawn{Decision: vedtak},
	plan.MeasureAssigned{Owner: "utviklingsleder", User: "u1"},
	plan.MeasureAccepted{Owner: "utviklingsleder"},
	plan.MeasureDeclined{Owner: "utviklingsleder", Why: "Har ikke kapasitet i år."},
	plan.DeadlineAdopted{Deadline: day("2023-06-30"), Decision: vedtak, Deliverable: "2023"},
	plan.ForecastGiven{Forecast: day("2023-09-30"), Why: "Venter på svar fra fylket.", Deliverable: "2023"},
	plan.MeasureStarted{},
	plan.DeviationHandled{Text: "Rådet setter av midler.", Decision: vedtak},
	plan.PartnerConfirmed{Partner: "ntnu"},
	plan.PartnerResolved{Partner: "privat-naeringsliv", Into: []domain.ActorID{"orland-naeringsforum", "stadsbygd-as"}},
	plan.ContributionRecorded{Partner: "ntnu", Text: "Veiledning av to studenter.", Hours: 37.5, Amount: &plan.Money{Value: 150000, Currency: "NOK"}},
	plan.EvidenceAttached{
		Evidence: "e1", Name: "sluttnotat.pdf", MediaType: "application/pdf", Size: 48211, Where: "evidence/e1",
		SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
	},
	plan.MeasureCompleted{Result: "Ny sone er vedtatt.", Evidence: []domain.EvidenceID{"e1"}, Deliverable: "2023"},
	plan.MeasureReopened{Why: "Vedtaket ble opphevet.", Deliverable: "2023"},

	reporting.PeriodOpened{Period: "T3-2022", From: day("2022-09-01"), To: day("2022-12-31"), ReportDeadline: day("2023-01-20")},
	reporting.PeriodClosed{Period: "T3-2022"},
	reporting.Reported{
		Report: "r1", Period: "T3-2022", Status: reporting.Amber, Text: "Møte med fylket er holdt.",
		Obstacles: "Ingen midler før ny økonomiplan.", Next: "Søknad i februar.", Forecast: day("2023-09-30"),
	},
	reporting.Returned{Report: "r1", Why: "Si hva søknaden gjelder."},
	reporting.Approved{Report: "r1", Why: "Godt gjort."},
	reporting.Withdrawn{Report: "r1", Why: "Gjaldt et annet tiltak."},
	reporting.DeliveryDefined{
		Version: "1", WindowDays: 365, ReportGraceDays: 14, ToleranceDays: 7, HorizonDays: 90, OpenDays: 30, ClosedPeriods: 4,
	},

	story.LeadWritten{Text: "Næringsarbeidet er blitt regionens, ikke bare kommunenes."},
	story.GoalSet{Text: "En felles strategi som alle kommunene står bak."},
	story.ResultRecorded{Kind: story.Unplanned, Text: "Regionen prøver ut et nytt verktøy.", Goals: []domain.StoryID{"goal-1"}, Measures: []domain.MeasureID{"t07"}},
	story.AdviceGiven{Text: "Del det dere kan."},
	story.ContinuationPlanned{Text: "Samarbeidet går videre.", Measures: []domain.MeasureID{"t07"}},
	story.ObstacleNoted{Text: "Kommunereformen tok tid.", Measures: []domain.MeasureID{"t07"}},
	story.ExcerptQuoted{Text: "Vi vil løfte arbeidet til regionen.\n\n• energi", Source: "Søknad til Byregionprogrammet"},
	story.DocumentLinked{Title: "Strategisk næringsplan 2016–2020", URL: "https://fosenregionen.no/plan"},
	story.TeamFormed{Name: "Team næring", Members: []domain.ActorID{"orland", "ntnu"}, Text: "Møtes hver måned."},
	about(publishedWhole, day("2024-09-01"), day("2024-12-31"), "Byregionprogrammet"),

	correction.EventCorrected{
		Event: "0193471e-1111-7222-8333-944445555666", Field: "deadline",
		Old: json.RawMessage(`"2023-06-30"`), New: json.RawMessage(`"2023-07-31"`), Why: "Feil i referatet.",
	},
	correction.TextRedacted{Event: "0193471e-1111-7222-8333-944445555666", Ground: "GDPR art. 17 nr. 1 bokstav b"},
}

// recorded puts an event on the log, every field of the envelope filled.
func recorded(e domain.Event) domain.Recorded {
	return domain.Recorded{
		ID: "0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12", Region: "fosen", Position: 412,
		Time: time.Date(2026, time.November, 21, 12, 0, 0, 123456789, time.UTC), Effective: day("2024-05-31"),
		Subject: domain.Subject{Entity: domain.EntityMeasure, ID: "t07"}, Plan: "handlingsplan-2022-2024",
		Actor: "u1", OnBehalfOf: "utviklingsleder", Channel: domain.ChannelCLI,
		Command: "b8f0c6de-3d5a-4a1e-9c57-0a1b2c3d4e5f", Retrospective: true, Event: e,
	}
}
