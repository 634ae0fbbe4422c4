package region_test

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

// bigPlan is a plan of n measures: every tenth is ongoing, and two are arrangements.
func bigPlan(n int) plan.Import {
	c := Import()
	c.Measures = nil
	for i := range n {
		m := plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: "s1", Text: fmt.Sprintf("Tiltak %d", i+1),
			Owners: []domain.ActorID{"radet"}, Partners: []domain.ActorID{"ntnu", "roan", "kommunene"},
		}
		if i%10 == 1 {
			m.Kind = plan.Ongoing
		}
		c.Measures = append(c.Measures, plan.Row{ID: domain.MeasureID(fmt.Sprintf("t%02d", i+1)), Measure: m})
	}
	for _, id := range []domain.MeasureID{"o01", "o02"} {
		c.Measures = append(c.Measures, plan.Row{ID: id, Measure: plan.MeasureAdopted{Kind: plan.Arrangement, Strategy: "s2", Initiative: "Legevakt"}})
	}
	return c
}

// A few measures and days come up again and again, so that much happens to them.
var (
	someMeasures = []domain.MeasureID{"t01", "t01", "t01", "t02", "t02", "t03", "t30", "o01", "t99"}
	someActors   = []domain.ActorID{"radet", "radmannsforum", "ntnu", "roan", "afjord", "kommunene", "ukjent"}
	someUsers    = []domain.UserID{Anne, Anne, Anne, Anne, Anne, Anne, Kari, Kari, Kari, Ola, Ola, Rita, Siri}
	others       = []domain.UserID{Kari, Ola, Rita, Siri} // Anne keeps her roles
	somePeriods  = []domain.PeriodID{"T2-2022", "T3-2022", "T1-2023", "T2-2023"}
	someCases    = []plan.Decision{Case("1/22"), Case("1/22"), Case("1/22"), {}}
	deliverables = []string{"", "", "2023", "2024"}
	someTexts    = []domain.Text{"", "Fordi", "Fordi", domain.Erased}
)

// pick is one of a few, each as likely: rapid by itself prefers small numbers.
// It still shrinks towards the first.
func pick[T any](t *rapid.T, label string, of []T) T {
	const golden = 0x9E3779B97F4A7C15
	return of[rapid.Uint64().Draw(t, label)*golden>>32%uint64(len(of))]
}

// randomAsk is some command from somebody, some days after the last one.
func randomAsk(t *rapid.T, w *World) Ask {
	now := w.State.Time.AddDate(0, 0, pick(t, "days later", []int{0, 0, 1, 3, 12, 30}))
	a := Ask{Now: now}
	a.Request = domain.Request{By: pick(t, "by", someUsers), Channel: domain.ChannelWeb, Command: randomCommand(t, w)}
	if back := pick(t, "days back", []int{0, 0, 0, 0, 0, 2, 10, 30, 90, 900, -1}); back != 0 {
		a.Effective = domain.DateOf(now).AddDays(-back)
	}
	a.Retrospective = pick(t, "retrospective", []int{0, 0, 0, 0, 0, 0, 1}) == 1
	if pick(t, "on behalf", []int{0, 0, 0, 0, 0, 0, 0, 1}) == 1 {
		a.OnBehalfOf = pick(t, "of", someActors)
	}
	return a
}

func randomCommand(t *rapid.T, w *World) domain.Command {
	on := plan.On{Measure: pick(t, "measure", someMeasures)}
	switch pick(t, "subject", []string{"measure", "measure", "measure", "measure", "dates", "dates", "reporting", "reporting", "reporting", "plan", "actors", "story"}) {
	case "measure":
		return randomProgress(t, on)
	case "dates":
		return randomDetail(t, w, on)
	case "reporting":
		return randomReporting(t, w, on.Measure)
	case "plan":
		return randomDecision(t, on)
	case "story":
		return randomTelling(t, on.Measure)
	}
	return randomActors(t)
}

func randomProgress(t *rapid.T, on plan.On) domain.Command {
	actor, why, deliverable := pick(t, "actor", someActors), pick(t, "why", someTexts), pick(t, "deliverable", deliverables)
	return pick(t, "progress", []domain.Command{
		plan.Assign{On: on, Owner: actor},
		plan.Assign{On: on, Owner: "radet", User: Ola},
		plan.Accept{On: on},
		plan.Accept{On: on, Owner: actor},
		plan.Decline{On: on, Why: why},
		plan.Start{On: on},
		plan.Start{On: on},
		plan.Start{On: on},
		plan.Complete{On: on, Result: why, Deliverable: deliverable},
		plan.Complete{On: on},
		plan.Complete{On: on, Evidence: []domain.EvidenceID{"ev1"}},
		plan.Reopen{On: on, Why: "Feil", Deliverable: deliverable},
		plan.Reopen{On: on, Why: "Feil"},
	})
}

func randomDetail(t *rapid.T, w *World, on plan.On) domain.Command {
	today, actor, deliverable := domain.DateOf(w.State.Time), pick(t, "actor", someActors), pick(t, "deliverable", deliverables)
	when := today.AddDays(rapid.IntRange(-10, 300).Draw(t, "days ahead"))
	return pick(t, "detail", []domain.Command{
		plan.AdoptDeadline{On: on, Deadline: when, Decision: pick(t, "case", someCases), Deliverable: deliverable},
		plan.GiveForecast{On: on, Forecast: when, Deliverable: deliverable},
		plan.ConfirmPartner{On: on, Partner: actor},
		plan.ResolvePartner{On: on, Partner: "kommunene", Into: []domain.ActorID{actor}},
		plan.RecordContribution{On: on, Partner: actor, Hours: 7.5},
		plan.AttachEvidence{On: on, Evidence: plan.EvidenceAttached{Evidence: "ev1", Name: "a.pdf", MediaType: "application/pdf", SHA256: "0a"}},
		plan.HandleDeviation{On: on, Text: pick(t, "text", someTexts), Decision: pick(t, "decision", someCases)},
	})
}

func randomDecision(t *rapid.T, on plan.On) domain.Command {
	decision, field := pick(t, "case", someCases), pick(t, "field", []plan.Field{plan.FieldText, plan.FieldStrategy, plan.FieldPartners, plan.FieldInitiative})
	row := plan.Row{ID: domain.MeasureID(fmt.Sprintf("t%d", rapid.IntRange(30, 40).Draw(t, "row"))), Measure: plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Text: "Nytt"}}
	if rapid.IntRange(0, 60).Draw(t, "close") == 60 {
		return plan.Close{Decision: decision}
	}
	return pick(t, "plan", []domain.Command{
		plan.Withdraw{On: on, Decision: decision},
		plan.Amend{On: on, Field: plan.FieldText, To: "Annet", Decision: decision},
		plan.Revise{Decision: decision, Adopt: []plan.Row{row}},
		plan.Amend{On: on, Field: field, To: pick(t, "to", []string{"", "s2", "ntnu,afjord"}), Decision: decision},
		plan.Endorse{Municipality: pick(t, "municipality", someActors), Decision: decision},
		bigPlan(3),
	})
}

func randomReporting(t *rapid.T, w *World, m domain.MeasureID) domain.Command {
	period := pick(t, "period", somePeriods)
	known := []domain.ReportID{"ukjent"}
	p, _ := w.State.Plans.Lookup(Plan)
	for id := range p.Reporting.Given.All() {
		known = append(known, id)
	}
	report, why := pick(t, "report", known), pick(t, "why", someTexts)
	status := pick(t, "status", []reporting.Status{reporting.Green, reporting.Red, reporting.Unchanged, "lilla"})
	return pick(t, "reporting", []domain.Command{
		reporting.OpenPeriod{Period: period},
		reporting.OpenPeriod{Period: period},
		reporting.ClosePeriod{Period: period},
		reporting.Report{Measure: m, Period: period, Status: status},
		reporting.Report{Measure: m, Period: period, Status: reporting.Amber, Text: why},
		reporting.Report{Measure: m, Period: period, Status: reporting.Green, Report: report},
		reporting.Return{Report: report, Why: why},
		reporting.Approve{Report: report},
		reporting.WithdrawReport{Report: report},
		reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: string(period), ReportGraceDays: 20}},
	})
}

func randomActors(t *rapid.T) domain.Command {
	actor := pick(t, "actor", someActors)
	role := pick(t, "role", domain.Roles())
	return pick(t, "actors", []domain.Command{
		actors.Merge{Actor: actor, Into: pick(t, "into", someActors)},
		actors.Classify{Actor: actor, Sector: actors.Business},
		actors.Register{Actor: actor, Name: "Ny", Kind: actors.Organisation, Sector: actors.Public},
		actors.Grant{User: pick(t, "user", others), Role: role, Actors: slices.Clone(someActors[:1])},
		actors.Revoke{User: pick(t, "from", others), Role: role},
	})
}

func randomTelling(t *rapid.T, measure domain.MeasureID) domain.Command {
	text, as := pick(t, "text", someTexts), story.As{ID: pick(t, "told as", []domain.StoryID{"", "", "goal-1", "1"})}
	switch pick(t, "telling", []string{"goal", "goal", "result", "team", "lead"}) {
	case "goal":
		return story.SetGoal{As: as, Text: text}
	case "result":
		return story.RecordResult{As: as, Text: text, Goals: []domain.StoryID{"goal-1"}, Measures: []domain.MeasureID{measure}}
	case "team":
		return story.FormTeam{As: as, Name: "Team", Members: []domain.ActorID{pick(t, "member", someActors)}}
	}
	return story.WriteLead{Text: text}
}
