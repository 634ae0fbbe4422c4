package app_test

import (
	"slices"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// BenchmarkPlanAsOf: the plan just after any event of 6 000, with 100 measures.
func BenchmarkPlanAsOf(b *testing.B) {
	_, r := newRegion(b, 100)
	inCrowd(b, r, 6_000-int(position(r)))
	var took []time.Duration
	end := domain.Position(position(r))
	for b.Loop() {
		n := 1 + domain.Position(len(took)*7919)%(end-103) + 102
		began := time.Now()
		if _, err := r.Plan(b.Context(), "", app.Per{Position: n}); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
