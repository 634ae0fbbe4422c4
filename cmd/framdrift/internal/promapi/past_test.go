package promapi

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A past that was asked for day by day, with changes in between, is the one
// that is made at the end.
func TestAPastThatIsContinuedIsTheOneMadeAtOnce(t *testing.T) {
	dir := t.TempDir()
	first, _, err := demo.Play(t.Context(), app.Options{Dir: dir}, app.Create, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	var now atomic.Int64
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: func() time.Time { return time.UnixMilli(now.Load()).UTC() }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	r := fosen(t, a)
	m := newMemory(a.Regions)
	for i := range 12 {
		now.Store(domain.MustDate("2025-01-10").AddDays(i/2).At(9+10*(i%2), 0).UnixMilli())
		for _, v := range []delivery.View{delivery.Known, delivery.Corrected} {
			fresh := &past{region: r, id: r.ID(), view: v}
			if got, want := fmt.Sprint(m.of(r, v).upToNow(t.Context())), fmt.Sprint(fresh.upToNow(t.Context())); len(want) < 1000 || got != want {
				t.Fatalf("step %d, %s: the past that was continued is another", i, v)
			}
		}
		if i%4 == 1 {
			ask := domain.Request{
				ID: domain.CommandID(fmt.Sprintf("00000000-0000-4000-8000-%012d", i)), By: "local", Channel: domain.ChannelCLI, Plan: demo.Plan,
				Command: plan.GiveForecast{On: plan.On{Measure: "t03"}, Forecast: domain.MustDate("2025-06-01").AddDays(i)},
			}
			if _, err := r.Do(t.Context(), ask); err != nil {
				t.Fatal(err)
			}
		}
	}
}
