package region_test

import (
	"fmt"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

var sizes = []int{40, 1_000}

// inProgress is a plan of n measures, each started and with three reports.
func inProgress(b *testing.B, n int) *World {
	b.Helper()
	w := NewWorld()
	w.MustDo(b, Registered()...)
	w.MustDo(b, On("2022-06-20", bigPlan(n)))
	for _, period := range []domain.PeriodID{"T2-2022", "T3-2022", "T1-2023"} {
		w.MustDo(b, On("2022-09-01", reporting.OpenPeriod{Period: period}))
		for i := range n {
			id := domain.MeasureID(fmt.Sprintf("t%02d", i+1))
			if period == "T2-2022" {
				w.MustDo(b, On("2022-09-01", plan.Start{On: plan.On{Measure: id}}))
			}
			w.MustDo(b, On("2023-01-10", reporting.Report{Measure: id, Period: period, Status: reporting.Green, Text: "Møte holdt"}))
		}
	}
	return w
}

// One command decided and its event folded in.
func BenchmarkCommand(b *testing.B) {
	for _, n := range sizes {
		for _, c := range []domain.Command{
			plan.GiveForecast{On: T01, Forecast: day("2024-01-01")},
			reporting.Report{Measure: "t01", Period: "T1-2023", Status: reporting.Unchanged},
		} {
			b.Run(fmt.Sprintf("%s/%d", c.CommandName(), n), func(b *testing.B) {
				w := inProgress(b, n)
				ask := On("2023-02-01", c)
				ask.ID = "command"
				b.ReportAllocs()
				for b.Loop() {
					d, err := region.Decide(w.State, ask.Request, ask.Now)
					if err != nil {
						b.Fatal(err)
					}
					region.Evolve(w.State, domain.Recorded{
						Time: ask.Now, Effective: d.Drafts[0].Effective, Subject: d.Drafts[0].Subject, Plan: d.Plan, Event: d.Drafts[0].Event,
					})
				}
			})
		}
	}
}

// The whole log folded from nothing, as at a start; ns/event is the figure.
func BenchmarkFold(b *testing.B) {
	for _, n := range sizes {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			w := inProgress(b, n)
			for b.Loop() {
				state := region.Begin(new(domain.Unseen))
				for _, r := range w.Log {
					state = region.Evolve(state, r)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(w.Log)), "ns/event")
		})
	}
}

// A plan of a thousand measures decided and folded in.
func BenchmarkImport(b *testing.B) {
	w := NewWorld()
	w.MustDo(b, Registered()...)
	ask := On("2022-06-20", bigPlan(1_000))
	for b.Loop() {
		w.Copy().MustDo(b, ask)
	}
}
