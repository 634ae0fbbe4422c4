package plan_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
)

var day = domain.MustDate

// The tables of this package. Every rule of plan refuses at least one row.
var (
	beforeAnyPlan = [][]Row{imports, importsRefused}
	withThePlan   = [][]Row{importsAgain, plans, withdrawals, owners, deadlines, deliverables, completions, reopenings, amendments, partners, evidence, everyMeasure}
)

func TestImport(t *testing.T) { Run(t, Registered(), beforeAnyPlan...) }

func TestPlan(t *testing.T) { Run(t, Fosen(), withThePlan...) }

func TestEveryRuleRefusesARow(t *testing.T) {
	Covers(t, plan.Rules(), append(beforeAnyPlan, withThePlan...)...)
}

// file is the example plan, changed.
func file(change func(*plan.Import)) plan.Import {
	c := Import()
	change(&c)
	return c
}

// one is the example plan with one measure, changed.
func one(change func(*plan.MeasureAdopted)) plan.Import {
	return file(func(c *plan.Import) {
		row := plan.Row{ID: "t01", Measure: plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Text: "Boligplan"}}
		change(&row.Measure)
		c.Measures = []plan.Row{row}
	})
}

var (
	adopted = plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Text: "Boligplan"}

	imports = []Row{
		Rule("A plan comes in whole, in force from the day of its decision; the file is recorded today",
			Given(),
			On("2022-06-20", Import()),
			Then(
				That("plan/handlingsplan-2022-2024", Import().File),
				That("plan/handlingsplan-2022-2024", Import().Plan).Dated(Adopted),
				That("measure/t01", Import().Measures[0].Measure).Dated(Adopted),
				That("measure/t02", Import().Measures[1].Measure).Dated(Adopted),
				That("measure/t03", Import().Measures[2].Measure).Dated(Adopted),
				That("measure/o01", Import().Measures[3].Measure).Dated(Adopted),
			)),
		Rule("A deadline in the plan is adopted by the plan's own decision",
			Given(),
			On("2022-06-20", file(func(c *plan.Import) {
				c.Measures = []plan.Row{{ID: "t01", Measure: adopted, Deadline: day("2022-06-11")}}
			})),
			Then(
				That("plan/handlingsplan-2022-2024", Import().File),
				That("plan/handlingsplan-2022-2024", Import().Plan).Dated(Adopted),
				That("measure/t01", adopted).Dated(Adopted),
				That("measure/t01", plan.DeadlineAdopted{Deadline: day("2022-06-11"), Decision: Decision}).Dated(Adopted),
			)),
		Rule("The file is recorded today whatever day the request says",
			Given(),
			On("2022-06-20", one(func(*plan.MeasureAdopted) {})).Dated("2022-06-01"),
			Then(
				That("plan/handlingsplan-2022-2024", Import().File).Dated("2022-06-20"),
				That("plan/handlingsplan-2022-2024", Import().Plan).Dated(Adopted),
				That("measure/t01", adopted).Dated(Adopted),
			)),
		Rule("Actors that are new stand in the register from the day of the decision, each once",
			Given(),
			On("2022-06-20", file(func(c *plan.Import) {
				c.Measures = []plan.Row{{ID: "t01", Measure: plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Text: "Boligplan", Owners: []domain.ActorID{"fosenbrua"}}}}
				c.Actors = []actors.Register{
					{Actor: "fosenbrua", Name: "Fosenbrua AS", Kind: actors.Organisation, Sector: actors.Business},
					{Actor: "fosenbrua", Name: "Fosenbrua AS", Kind: actors.Organisation, Sector: actors.Business},
					{Actor: "ntnu", Name: "Et annet navn", Kind: actors.Body, Sector: actors.Public},
				}
			})),
			Then(
				That("plan/handlingsplan-2022-2024", Import().File),
				That("actor/fosenbrua", actors.Registered{Name: "Fosenbrua AS", Kind: actors.Organisation, Sector: actors.Business}).Dated(Adopted),
				That("plan/handlingsplan-2022-2024", Import().Plan).Dated(Adopted),
				That("measure/t01", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Text: "Boligplan", Owners: []domain.ActorID{"fosenbrua"}}).Dated(Adopted),
			)),
		Rule("An actor that was registered later, and is named by the plan, stands from the day of the decision as the register has it",
			Given(On("2022-06-15", actors.Register{Actor: "osen", Name: "Osen", Kind: actors.Municipality, Sector: actors.Public})),
			On("2022-06-20", one(func(m *plan.MeasureAdopted) {
				m.Owners, m.Partners = []domain.ActorID{"osen"}, []domain.ActorID{"osen"}
			})),
			Then(
				That("plan/handlingsplan-2022-2024", Import().File),
				That("actor/osen", actors.Registered{Name: "Osen", Kind: actors.Municipality, Sector: actors.Public}).Dated(Adopted),
				That("plan/handlingsplan-2022-2024", Import().Plan).Dated(Adopted),
				That("measure/t01", plan.MeasureAdopted{
					Kind: plan.OneOff, Strategy: "s1", Text: "Boligplan",
					Owners: []domain.ActorID{"osen"}, Partners: []domain.ActorID{"osen"},
				}).Dated(Adopted),
			)),
	}

	importsRefused = []Row{
		Rule("A deadline in a plan is later than the decision that adopts it",
			Given(), On("2022-06-20", file(func(c *plan.Import) {
				c.Measures = []plan.Row{{ID: "t01", Measure: adopted, Deadline: day(Adopted)}}
			})), Refused("deadline.passed")),
		Rule("An ongoing measure has no single deadline",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Measures[2].Deadline = day("2023-12-31") })), Refused("deliverable.missing")),
		Rule("An arrangement has no deadline",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Measures[3].Deadline = day("2023-12-31") })), Refused("measure.arrangement")),
		Rule("A plan is adopted by a decision with a case number",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Plan.Decision.Case = " " })), Refused("decision.no-case")),
		Rule("A plan is in force from the day of its decision, so that day must be known",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Plan.Decision.Date = domain.Date{} })), Refused("decision.no-date")),
		Rule("A decision of tomorrow has not been made",
			Given(), On("2022-06-09", Import()), Refused("decision.future")),
		Rule("A plan is for a period",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Plan.To = domain.Date{} })), Refused("plan.no-period")),
		Rule("A plan's period does not end before it begins",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Plan.To = day("2021-12-31") })), Refused("plan.no-period")),
		Rule("A plan has measures",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Measures = nil })), Refused("plan.no-measures")),
		Rule("A plan has a title",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Plan.Title = "  " })), Refused("input.empty")),
		Rule("A plan has an id that can stand in a subject",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Plan.Plan = "plan 2022" })), Refused("input.id")),
		Rule("A plan comes from a file that is known by its hash",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.File.SHA256 = "" })), Refused("input.empty")),
		Rule("A measure stands under a strategy of the plan",
			Given(), On("2022-06-20", one(func(m *plan.MeasureAdopted) { m.Strategy = "s9" })), Refused("plan.strategy-unknown")),
		Rule("A strategy stands in the plan once",
			Given(), On("2022-06-20", file(func(c *plan.Import) {
				c.Plan.Strategies = append(c.Plan.Strategies, plan.Strategy{ID: "s1", Title: "Igjen"})
			})), Refused("plan.strategy-twice")),
		Rule("A strategy has a title",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Plan.Strategies[0].Title = "" })), Refused("input.empty")),
		Rule("A document that a plan is based on has a title",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Plan.BasedOn = []plan.Source{{Year: 2020}} })), Refused("input.empty")),
		Rule("A measure says what is to be done",
			Given(), On("2022-06-20", one(func(m *plan.MeasureAdopted) { m.Text = " " })), Refused("measure.empty")),
		Rule("A measure is of a kind that is known",
			Given(), On("2022-06-20", one(func(m *plan.MeasureAdopted) { m.Kind = "prosjekt" })), Refused("input.choice")),
		Rule("A measure's id stands in the plan once",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Measures = append(c.Measures, c.Measures[0]) })), Refused("measure.exists")),
		Rule("A measure that continues another names its plan and its id",
			Given(), On("2022-06-20", one(func(m *plan.MeasureAdopted) { m.Continues = &plan.Reference{Plan: "handlingsplan-2018-2021"} })), Refused("input.id")),
		Rule("A plan names owners that are in the register or new",
			Given(), On("2022-06-20", one(func(m *plan.MeasureAdopted) { m.Owners = []domain.ActorID{"ukjent"} })), Refused("actor.not-registered")),
		Rule("A plan does not name an actor that had become part of another",
			Given(On("2022-06-05", actors.Merge{Actor: "roan", Into: "afjord"})),
			On("2022-06-20", one(func(m *plan.MeasureAdopted) { m.Partners = []domain.ActorID{"roan"} })), Refused("actor.not-registered")),
		Rule("A new actor is of a kind and a sector that are known",
			Given(), On("2022-06-20", file(func(c *plan.Import) { c.Actors = []actors.Register{{Actor: "ny", Name: "Ny", Kind: actors.Body}} })), Refused("input.choice")),
	}

	later   = On("2023-01-15", actors.Register{Actor: "osen", Name: "Osen", Kind: actors.Municipality, Sector: actors.Public})
	earlier = On("2023-02-02", func() plan.Import {
		c := one(func(m *plan.MeasureAdopted) { m.Owners = []domain.ActorID{"osen"} })
		c.Plan.Plan, c.Plan.Decision.Date = "andre", day("2022-12-01")
		return c
	}())

	importsAgain = []Row{
		Rule("Importing the same file twice appends nothing",
			Given(), On("2023-01-10", Import()), Nothing()),
		Rule("An adopted plan is not changed by another file, only by decision",
			Given(), On("2023-01-10", file(func(c *plan.Import) { c.File.SHA256 = "ffff" })), Refused("plan.exists")),
		Rule("A region has many plans over the years, and measure ids are unique within each",
			Given(),
			On("2025-02-01", file(func(c *plan.Import) {
				c.Plan.Plan, c.Plan.Decision.Date, c.Measures = "handlingsplan-2025", day("2025-01-20"), c.Measures[1:2]
				c.Measures[0].Measure.Continues = &plan.Reference{Plan: Plan, Measure: "t02"}
			})),
			Then(
				That("plan/handlingsplan-2025", Import().File).Of("handlingsplan-2025"),
				That("plan/handlingsplan-2025", file(func(c *plan.Import) {
					c.Plan.Plan, c.Plan.Decision.Date = "handlingsplan-2025", day("2025-01-20")
				}).Plan).Dated("2025-01-20").Of("handlingsplan-2025"),
				That("measure/t02", plan.MeasureAdopted{
					Kind: plan.OneOff, Strategy: "s2", Text: "Boligplan", Continues: &plan.Reference{Plan: Plan, Measure: "t02"},
				}).Dated("2025-01-20").Of("handlingsplan-2025"),
			)),
		Rule("An actor that stands from an earlier day, for an earlier plan named it, may have answered then",
			Given(later, earlier), On("2023-03-01", plan.Assign{On: T01, Owner: "osen"}).Dated("2022-12-01").In("andre"),
			Then(That("measure/t01", plan.MeasureAssigned{Owner: "osen"}).Dated("2022-12-01").Of("andre"))),
		Rule("… and is part of another from the day it was, as before",
			Given(later, On("2023-02-01", actors.Merge{Actor: "osen", Into: "afjord"}), earlier),
			On("2023-03-01", plan.Assign{On: T01, Owner: "osen"}).In("andre"), Refused("actor.not-registered")),
		Rule("A later plan does not bring a merged actor back to life",
			Given(On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord"})),
			On("2025-02-01", file(func(c *plan.Import) {
				c.Plan.Plan, c.Plan.Decision.Date = "handlingsplan-2025", day("2025-01-20")
				c.Actors = []actors.Register{{Actor: "roan", Name: "Roan", Kind: actors.Municipality, Sector: actors.Public}}
			})),
			Refused("actor.not-registered")),
	}
)
