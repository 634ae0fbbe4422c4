package plan_test

import (
	"github.com/fosenregionen/framdrift/domain"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// Deadlines, and what becomes of a measure.
var (
	started  = On("2023-01-10", plan.Start{On: T01})
	done     = On("2023-05-10", plan.Complete{On: T01, Result: "Innført"})
	reopened = On("2023-06-10", plan.Reopen{On: T01, Why: "Ikke ferdig likevel"})

	deadlines = []Row{
		Rule("A deadline is adopted by a decision",
			Given(), On("2022-09-01", plan.AdoptDeadline{On: T01, Deadline: day("2023-12-31"), Decision: Case("RS 05/22")}),
			Then(That("measure/t01", plan.DeadlineAdopted{Deadline: day("2023-12-31"), Decision: Case("RS 05/22")}))),
		Rule("A deadline moves only by a decision with a case number",
			Given(On("2022-09-01", plan.AdoptDeadline{On: T01, Deadline: day("2023-12-31"), Decision: Case("RS 05/22")})),
			On("2023-05-01", plan.AdoptDeadline{On: T01, Deadline: day("2024-12-31")}), Refused("decision.no-case")),
		Rule("A deadline is a date", Given(), On("2022-09-01", plan.AdoptDeadline{On: T01, Decision: Case("1/22")}), Refused("input.empty")),
		Rule("A deadline may be moved after it has passed, to a day that has not come",
			Given(On("2022-09-01", plan.AdoptDeadline{On: T01, Deadline: day("2022-12-31"), Decision: Case("1/22")})),
			On("2023-05-01", plan.AdoptDeadline{On: T01, Deadline: day("2023-12-31"), Decision: Case("2/23")}),
			Then(That("measure/t01", plan.DeadlineAdopted{Deadline: day("2023-12-31"), Decision: Case("2/23")}))),
		Rule("A deadline that takes effect on its own day is refused",
			Given(), On("2023-05-01", plan.AdoptDeadline{On: T01, Deadline: day("2023-05-01"), Decision: Case("1/23")}), Refused("deadline.passed")),
		Rule("A deadline that takes effect the day before is not",
			Given(), On("2023-04-30", plan.AdoptDeadline{On: T01, Deadline: day("2023-05-01"), Decision: Case("1/23")}),
			Then(That("measure/t01", plan.DeadlineAdopted{Deadline: day("2023-05-01"), Decision: Case("1/23")}))),
		Rule("A deadline that was adopted in time and is recorded on its own day is refused",
			Given(), On("2023-05-01", plan.AdoptDeadline{On: T01, Deadline: day("2023-05-01"), Decision: Case("1/23")}).Dated("2023-03-01"), Refused("deadline.passed")),
		Rule("… except as an etterregistrering",
			Given(), On("2023-05-01", plan.AdoptDeadline{On: T01, Deadline: day("2023-05-01"), Decision: Case("1/23")}).Dated("2023-03-01").Retrospectively(),
			Then(That("measure/t01", plan.DeadlineAdopted{Deadline: day("2023-05-01"), Decision: Case("1/23")}).Dated("2023-03-01"))),
		Rule("A completed measure gets no deadline",
			Given(started, done), On("2023-05-11", plan.AdoptDeadline{On: T01, Deadline: day("2023-12-31"), Decision: Case("1/23")}), Refused("measure.completed")),
		Rule("A forecast moves freely",
			Given(On("2022-09-01", plan.GiveForecast{On: T01, Forecast: day("2023-12-31")})),
			On("2022-09-02", plan.GiveForecast{On: T01, Forecast: day("2024-06-30"), Why: "Sent svar"}),
			Then(That("measure/t01", plan.ForecastGiven{Forecast: day("2024-06-30"), Why: "Sent svar"}))),
		Rule("A forecast is a date", Given(), On("2022-09-01", plan.GiveForecast{On: T01}), Refused("input.empty")),
	}

	deliverables = []Row{
		Rule("A deadline of an ongoing measure names its deliverable",
			Given(), On("2022-09-01", plan.AdoptDeadline{On: T03, Deadline: day("2023-12-31"), Decision: Case("1/22"), Deliverable: "2023"}),
			Then(That("measure/t03", plan.DeadlineAdopted{Deadline: day("2023-12-31"), Decision: Case("1/22"), Deliverable: "2023"}))),
		Rule("… and is refused without one",
			Given(), On("2022-09-01", plan.AdoptDeadline{On: T03, Deadline: day("2023-12-31"), Decision: Case("1/22")}), Refused("deliverable.missing")),
		Rule("A forecast of an ongoing measure names its deliverable", Given(), On("2022-09-01", plan.GiveForecast{On: T03, Forecast: day("2023-12-31")}), Refused("deliverable.missing")),
		Rule("A completion of an ongoing measure names its deliverable",
			Given(On("2023-01-10", plan.Start{On: T03})), On("2023-05-01", plan.Complete{On: T03, Deliverable: " "}), Refused("deliverable.missing")),
		Rule("A reopening of an ongoing measure names its deliverable", Given(), On("2023-05-01", plan.Reopen{On: T03, Why: "Feil"}), Refused("deliverable.missing")),
		Rule("A measure that is done once has no deliverable for a deadline",
			Given(), On("2022-09-01", plan.AdoptDeadline{On: T01, Deadline: day("2023-12-31"), Decision: Case("1/22"), Deliverable: "2023"}), Refused("deliverable.refused")),
		Rule("… nor for a forecast", Given(), On("2022-09-01", plan.GiveForecast{On: T01, Forecast: day("2023-12-31"), Deliverable: "2023"}), Refused("deliverable.refused")),
		Rule("… nor for a completion", Given(started), On("2023-05-01", plan.Complete{On: T01, Deliverable: "2023"}), Refused("deliverable.refused")),
		Rule("… nor for a reopening", Given(started, done), On("2023-06-01", plan.Reopen{On: T01, Why: "Feil", Deliverable: "2023"}), Refused("deliverable.refused")),
		Rule("An ongoing measure stays open when a deliverable is completed",
			Given(On("2023-01-10", plan.Start{On: T03}), On("2023-12-01", plan.Complete{On: T03, Deliverable: "2023"})),
			On("2024-12-01", plan.Complete{On: T03, Deliverable: "2024"}), Then(That("measure/t03", plan.MeasureCompleted{Deliverable: "2024"}))),
		Rule("A completed deliverable is not completed again",
			Given(On("2023-01-10", plan.Start{On: T03}), On("2023-12-01", plan.Complete{On: T03, Deliverable: "2023"})),
			On("2023-12-02", plan.Complete{On: T03, Deliverable: "2023"}), Refused("deliverable.completed")),
		Rule("A completed deliverable gets no deadline",
			Given(On("2023-01-10", plan.Start{On: T03}), On("2023-12-01", plan.Complete{On: T03, Deliverable: "2023"})),
			On("2023-12-02", plan.AdoptDeadline{On: T03, Deadline: day("2024-01-31"), Decision: Case("1/23"), Deliverable: "2023"}), Refused("deliverable.completed")),
		Rule("A completed deliverable can be reopened",
			Given(On("2023-01-10", plan.Start{On: T03}), On("2023-12-01", plan.Complete{On: T03, Deliverable: "2023"})),
			On("2023-12-02", plan.Reopen{On: T03, Why: "Utsatt", Deliverable: "2023"}), Then(That("measure/t03", plan.MeasureReopened{Why: "Utsatt", Deliverable: "2023"}))),
		Rule("A deliverable was not completed before it was reopened",
			Given(On("2023-01-10", plan.Start{On: T03}), On("2023-12-01", plan.Complete{On: T03, Deliverable: "2023"}),
				On("2023-12-10", plan.Reopen{On: T03, Why: "Utsatt", Deliverable: "2023"})),
			On("2023-12-20", plan.Complete{On: T03, Deliverable: "2023"}).Dated("2023-12-09"), Refused("measure.before-reopened")),
		Rule("… but another of the same measure may have been",
			Given(On("2023-01-10", plan.Start{On: T03}), On("2023-12-01", plan.Complete{On: T03, Deliverable: "2023"}),
				On("2023-12-10", plan.Reopen{On: T03, Why: "Utsatt", Deliverable: "2023"})),
			On("2023-12-20", plan.Complete{On: T03, Deliverable: "2022"}).Dated("2023-12-09"),
			Then(That("measure/t03", plan.MeasureCompleted{Deliverable: "2022"}).Dated("2023-12-09"))),
	}

	completions = []Row{
		Rule("A measure is started", Given(), started, Then(That("measure/t01", plan.MeasureStarted{}))),
		Rule("A measure is started once", Given(started), On("2023-02-01", plan.Start{On: T01}), Refused("measure.already-started")),
		Rule("A measure is completed, with what came of it", Given(started), done, Then(That("measure/t01", plan.MeasureCompleted{Result: "Innført"}))),
		Rule("A measure is completed only after it is started", Given(), done, Refused("measure.not-started")),
		Rule("A measure may be completed on the day it was started",
			Given(started), On("2023-05-10", plan.Complete{On: T01}).Dated("2023-01-10"), Then(That("measure/t01", plan.MeasureCompleted{}).Dated("2023-01-10"))),
		Rule("… and not the day before",
			Given(started), On("2023-05-10", plan.Complete{On: T01}).Dated("2023-01-09"), Refused("measure.completed-before-start")),
		Rule("A completed measure is not completed again", Given(started, done), On("2023-05-11", plan.Complete{On: T01}), Refused("measure.completed")),
		Rule("A completed measure gets no forecast", Given(started, done), On("2023-05-11", plan.GiveForecast{On: T01, Forecast: day("2023-12-31")}), Refused("measure.completed")),
		Rule("A completed measure gets no new owner", Given(started, done), On("2023-05-11", plan.Assign{On: T01, Owner: "radet"}), Refused("measure.completed")),
		Rule("A partner may confirm after completion", Given(started, done), On("2023-05-11", plan.ConfirmPartner{On: T01, Partner: "ntnu"}),
			Then(That("measure/t01", plan.PartnerConfirmed{Partner: "ntnu"}))),
	}

	reopenings = []Row{
		Rule("A completion is undone in the open, and says why",
			Given(started, done), reopened, Then(That("measure/t01", plan.MeasureReopened{Why: "Ikke ferdig likevel"}))),
		Rule("A completion is never undone silently", Given(started, done), On("2023-06-10", plan.Reopen{On: T01}), Refused("input.empty")),
		Rule("What is not completed is not reopened", Given(started), reopened, Refused("measure.not-completed")),
		Rule("A measure is reopened once for each completion", Given(started, done, reopened), On("2023-06-11", plan.Reopen{On: T01, Why: "Igjen"}), Refused("measure.not-completed")),
		Rule("A measure was not reopened before it was completed",
			Given(started, done), On("2023-06-10", plan.Reopen{On: T01, Why: "Feil"}).Dated("2023-05-09"), Refused("measure.reopened-before-completed")),
		Rule("A reopened measure is still started, and can be completed",
			Given(started, done, reopened), On("2023-08-01", plan.Complete{On: T01}), Then(That("measure/t01", plan.MeasureCompleted{}))),
		Rule("A reopened measure was not completed before it was reopened",
			Given(started, done, reopened), On("2023-08-01", plan.Complete{On: T01}).Dated("2023-06-09"), Refused("measure.before-reopened")),
		Rule("A reopened measure may be edited, assigned and given dates again",
			Given(started, done, reopened), On("2023-06-11", plan.GiveForecast{On: T01, Forecast: day("2023-12-31")}),
			Then(That("measure/t01", plan.ForecastGiven{Forecast: day("2023-12-31")}))),
		Rule("A reopened measure may be withdrawn",
			Given(started, done, reopened), On("2023-08-01", plan.Withdraw{On: T01, Decision: Case("1/23")}),
			Then(That("measure/t01", plan.MeasureWithdrawn{Decision: Case("1/23")}))),
		Rule("A completion that was reopened may name its evidence again",
			Given(started, On("2023-05-01", plan.AttachEvidence{On: T01, Evidence: shown}), done, reopened),
			On("2023-08-01", plan.Complete{On: T01, Evidence: []domain.EvidenceID{"ev1"}}),
			Then(That("measure/t01", plan.MeasureCompleted{Evidence: []domain.EvidenceID{"ev1"}}))),
	}
)
