package projections_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// about t07, on a day.
func on(day string, e domain.Event) domain.Recorded {
	return domain.Recorded{Plan: "p1", Subject: domain.About(domain.EntityMeasure, "t07"), Effective: domain.MustDate(day), Event: e}
}

// adoptedThen is a log with t07 in a plan, and more, in the order of the log.
func adoptedThen(more ...domain.Recorded) []domain.Recorded {
	log := append([]domain.Recorded{
		{Subject: domain.About(domain.EntityActor, "radet"), Effective: domain.MustDate("2024-12-31"), Event: actors.Registered{Name: "Rådet"}},
		{Plan: "p1", Effective: domain.MustDate("2022-06-10"), Event: plan.Adopted{Plan: "p1", Strategies: []plan.Strategy{{ID: "s1"}}}},
		on("2022-06-10", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Text: "Nytt", Owners: []domain.ActorID{"radet"}}),
	}, more...)
	for i := range log {
		log[i].Position = domain.Position(i + 1)
		log[i].ID = domain.EventID(rune('a' + i))
	}
	return log
}

func deadline(day, due string) domain.Recorded {
	return on(day, plan.DeadlineAdopted{Deadline: domain.MustDate(due)})
}

func TestAsCorrectedAtTheEndOfADay(t *testing.T) {
	completed := func(day string) domain.Recorded { return on(day, plan.MeasureCompleted{Result: "Ferdig"}) }
	effective := func(of domain.EventID, day string) domain.Recorded {
		return on("2024-12-01", correction.EventCorrected{Event: of, Field: correction.Effective, New: json.RawMessage(`"` + day + `"`)})
	}
	state := func(m planview.Measure) any { return m.State }
	due := func(m planview.Measure) any { return [2]string{m.FirstBaseline.String(), m.Deadline.String()} }
	owner := func(m planview.Measure) any { return []any{m.Answers.ID, m.Answers.Accepted} }
	for _, row := range []struct {
		rule  string
		given []domain.Recorded
		day   string
		ask   func(planview.Measure) any
		want  any
	}{
		{"what took effect later is not there", these(completed("2023-06-01")), "2023-05-31", state, planview.StateAdopted},
		{"what took effect that day is, however late it was recorded", these(completed("2023-06-01")), "2023-06-01", state, planview.StateCompleted},
		{"a correction of the day moves it", these(completed("2023-06-01"), effective("d", "2023-04-01")), "2023-05-01", state, planview.StateCompleted},
		{"a correction of what was said is in it from the first day", these(on("2024-12-01", correction.EventCorrected{
			Event: "c", Field: "text", New: json.RawMessage(`"Rettet"`),
		})), "2022-06-10", func(m planview.Measure) any { return m.Text }, "Rettet"},
		{
			"the deadline in force is the latest effective, not the latest recorded",
			these(deadline("2023-02-01", "2023-10-31"), deadline("2023-01-01", "2023-06-30")), "2023-12-31", due,
			[2]string{"2023-06-30", "2023-10-31"},
		},
		{
			"of two from one day it is the latest recorded",
			these(deadline("2023-02-01", "2023-10-31"), deadline("2023-02-01", "2023-06-30")), "2023-12-31", due,
			[2]string{"2023-10-31", "2023-06-30"},
		},
		{
			"an owner recorded late takes neither the place nor the answer of the next",
			these(on("2023-02-01", plan.MeasureAssigned{Owner: "radet"}), on("2023-02-02", plan.MeasureAccepted{Owner: "radet"}),
				on("2023-01-01", plan.MeasureAssigned{Owner: "roan"})), "2023-12-31", owner,
			[]any{domain.ActorID("radet"), true},
		},
		{
			"and was the owner until then",
			these(on("2023-02-01", plan.MeasureAssigned{Owner: "radet"}), on("2023-01-01", plan.MeasureAssigned{Owner: "roan"})),
			"2023-01-31", owner,
			[]any{domain.ActorID("roan"), false},
		},
		{
			"a reopening answers what stood before it on the log, whatever day that is corrected to",
			these(completed("2023-03-01"), on("2023-03-05", plan.MeasureReopened{Why: "Feil"}), effective("d", "2023-03-10")),
			"2023-12-31", state, planview.StateAdopted,
		},
		{
			"an amendment from before the row was adopted is not of that row",
			these(on("2022-06-01", plan.MeasureAmended{Field: plan.FieldText, New: "Før"})), "2023-12-31",
			func(m planview.Measure) any { return m.Text }, "Nytt",
		},
		{
			"the register is as known now", nil, "2022-06-10",
			func(m planview.Measure) any { return m.Owners[0].Name }, "Rådet",
		},
	} {
		t.Run(row.rule, func(t *testing.T) {
			if got := row.ask(hindsight(t, adoptedThen(row.given...), row.day)); !reflect.DeepEqual(got, row.want) {
				t.Errorf("got  %+v\nwant %+v", got, row.want)
			}
		})
	}
}

func these(events ...domain.Recorded) []domain.Recorded { return events }

func hindsight(t *testing.T, log []domain.Recorded, day string) planview.Measure {
	t.Helper()
	seen, err := projections.Hindsight(slices.Values(log), domain.MustDate(day))
	if err != nil {
		t.Fatal(err)
	}
	v := planview.New()
	if _, err := projections.FoldEvents(t.Context(), slices.Values(projections.Settled(seen)), func(domain.Recorded) bool { return true }, v); err != nil {
		t.Fatal(err)
	}
	m, ok := v.Measure("p1", "t07")
	if !ok {
		t.Fatal("the measure is not there")
	}
	return m
}

func TestACorrectionThatFitsNothingStopsHindsight(t *testing.T) {
	log := adoptedThen(on("2024-12-01", correction.EventCorrected{Event: "c", Field: "nei"}))
	if got, err := projections.Hindsight(slices.Values(log), domain.MustDate("2024-12-31")); err == nil {
		t.Errorf("got %v", got)
	}
}
