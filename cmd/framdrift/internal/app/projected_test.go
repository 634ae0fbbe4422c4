package app_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore"
)

func projected(t *testing.T, r *app.Region) []app.Projected {
	t.Helper()
	all, err := r.Projections(t.Context())
	if err != nil || len(all) != 4 {
		t.Fatalf("%d projections (%v)", len(all), err)
	}
	return all
}

// Who reads and who writes while projections are built anew notice nothing, and
// afterwards each has every event, by position and by digest.
func TestARebuildStopsNobodyAndMissesNothing(t *testing.T) {
	const measures = 60
	dir, noon := t.TempDir(), domain.MustDate("2022-06-20").At(12, 0)
	still := app.Options{Dir: dir, Clock: func() time.Time { return noon }} // the same is asked twice
	a, err := app.Create(t.Context(), still)
	if err != nil {
		t.Fatal(err)
	}
	r := fill(t, a, measures)
	ctx, stop := context.WithCancel(t.Context())
	var around sync.WaitGroup
	around.Go(func() {
		for ctx.Err() == nil {
			if p, err := r.Plan(context.Background(), "", app.Per{}); err != nil || len(p.Measures) != measures {
				t.Errorf("it shows %d measures (%v)", len(p.Measures), err)
				return
			}
		}
	})
	around.Go(func() {
		defer stop()
		for i := range measures {
			mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
		}
	})
	for ctx.Err() == nil {
		for _, name := range []string{"planview", "", "history", "delivery"} {
			if _, err := r.Rebuild(t.Context(), name); err != nil {
				t.Fatal(err)
			}
		}
	}
	around.Wait()
	all := projected(t, r)
	for _, p := range all {
		if p.State != app.Running || p.Position != position(r) || p.Events != 0 || p.Seconds != 0 || p.Digest != all[0].Digest {
			t.Errorf("%+v", p)
		}
	}
	want := answers(t, r)
	closeApp(t, a)
	if _, r = opened(t, still); answers(t, r) != want {
		t.Error("after a start it answers otherwise than after the rebuild")
	}
}

func TestARebuildDoesNotBringBackWhatIsErased(t *testing.T) {
	_, r := newRegion(t, 100)
	const secret = "Ola Nordmann hadde ansvaret"
	mustDo(t, r, ask(commandID(1), plan.Start{On: on(0)}))
	told := mustDo(t, r, ask(commandID(2), plan.Complete{On: on(0), Result: secret}))
	mustDo(t, r, ask(commandID(3), correction.Redact{Position: told.Last, Ground: law}))
	if _, err := r.Rebuild(t.Context(), ""); err != nil {
		t.Fatal(err)
	}
	if said := answers(t, r); strings.Contains(said, secret) || !strings.Contains(said, domain.Erased.In(domain.English)) {
		t.Error("it is there again")
	}
}

func TestOnlyWhatAnswersIsRebuilt(t *testing.T) {
	_, r := newRegion(t, 1)
	for name, code := range map[string]string{"ruling": "projection.ruling", "seal": "projection.unknown", "x": "projection.unknown"} {
		if _, err := r.Rebuild(t.Context(), name); domain.Explain(err).Code != code {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A log that goes on where the projections stopped shows how much they lack, and
// for how long, which grows though nothing happens.
func TestALagShowsAndGrowsWhenNothingHappens(t *testing.T) {
	dir, end := filled(t)
	appended(t, dir, func(eventstore.Head) [][]string {
		return [][]string{{stored("measure.paused.v1", end+1, "2022-06-22")}, {stored("measure.started.v1", end+2, "2022-06-23")}}
	})
	_, r := opened(t, app.Options{Dir: dir})
	first := projected(t, r)
	for _, p := range first {
		if p.State != app.Stopped || p.Position != end || p.Events != 2 || !strings.Contains(p.Error, "measure.paused.v1") {
			t.Errorf("%+v", p)
		}
	}
	eventually(t, "the lag has grown", func() bool { return projected(t, r)[0].Seconds > first[0].Seconds })
}
