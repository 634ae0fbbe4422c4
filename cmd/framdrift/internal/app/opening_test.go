package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/eventstore"
)

// many is a data directory with regions, each with a plan. The first is fosen.
func many(t *testing.T, ids ...domain.RegionID) (dir string) {
	t.Helper()
	dir = t.TempDir()
	a := open(t, dir)
	defer closeApp(t, a)
	for n, id := range ids {
		if _, err := a.Init(t.Context(), ask(commandID(2_000_000+n), actors.RegisterRegion{Region: id, Name: string(id)})); err != nil {
			t.Fatal(err)
		}
		r, err := a.Region(id)
		if err != nil {
			t.Fatal(err)
		}
		mustDo(t, r, ask(commandID(3_000_000+n), planOf(measures)))
	}
	return dir
}

// A gate is a log handler that is told of every region whose log is being read
// while it opens, and holds it there.
type gate struct {
	slog.Handler
	hold func(domain.RegionID)
}

func (gate) Enabled(context.Context, slog.Level) bool { return true }

func (g gate) Handle(_ context.Context, r slog.Record) error {
	if r.Message != "replayed from segments" {
		return nil
	}
	r.Attrs(func(a slog.Attr) bool {
		if a.Key == "region" {
			g.hold(domain.RegionID(fmt.Sprint(a.Value.Any())))
		}
		return true
	})
	return nil
}

func holding(hold func(domain.RegionID)) *slog.Logger {
	return slog.New(gate{slog.DiscardHandler, hold})
}

// patience is how long a test waits for what ought to come at once, on a machine
// that is busy.
const patience = time.Minute

func mustAnswer(t *testing.T, a *app.App, id domain.RegionID) {
	t.Helper()
	r, err := a.Region(id)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := r.Plan(t.Context(), "", app.Per{}); err != nil || len(p.Measures) != measures {
		t.Errorf("%s answers with %d measures (%v)", id, len(p.Measures), err)
	}
}

func TestARegionThatIsReadSlowlyKeepsNoOtherFromAnswering(t *testing.T) {
	ids := []domain.RegionID{"fosen", "treg", "treig", "ytre"}
	dir := many(t, ids...)
	reading, release := make(chan domain.RegionID, len(ids)), make(chan struct{})
	slow := []domain.RegionID{"fosen", "treg", "treig"} // more than there are cores, as far as the program knows
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Early: true, Clock: ticking("2023-06-20"), Logger: holding(func(id domain.RegionID) {
		if slices.Contains(slow, id) {
			reading <- id
			<-release
		}
	})})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	<-reading
	<-reading // both cores are taken
	mustAnswer(t, a, "ytre")
	waiting := a.Unopened()
	for _, id := range slow {
		if domain.KindOf(waiting[id]) != domain.Busy {
			t.Errorf("of %s it is said: %v", id, waiting[id])
		}
	}
	if _, there := waiting["ytre"]; there || !slices.Equal(a.RegionIDs(), ids) {
		t.Errorf("%v of %v are not open", waiting, a.RegionIDs())
	}
	close(release)
	for _, id := range slow {
		mustAnswer(t, a, id)
	}
	if left := a.Unopened(); len(left) > 0 {
		t.Errorf("%v are still not open", left)
	}
}

func TestARegionWhoseLogMakesNoSenseKeepsNoOtherFromAnswering(t *testing.T) {
	dir := many(t, "fosen", "ytre")
	appended(t, dir, func(after eventstore.Head) [][]string {
		return [][]string{{stored("measure.started.v1", after.Position+7, "2023-06-01")}}
	})
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Early: true, Clock: ticking("2023-06-20")})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	mustAnswer(t, a, "ytre")
	mustAnswer(t, a, "fosen") // as far as it was sound
	stopped, err := a.Region("fosen")
	if err != nil || domain.KindOf(stopped.Err()) != domain.Damaged {
		t.Errorf("of the log it is said: %v (%v)", stopped.Err(), err)
	}
	well, err := a.Region("ytre")
	if err != nil || well.Err() != nil {
		t.Errorf("of the other it is said: %v (%v)", well.Err(), err)
	}
}

// Each region waits, when it has been read, for another that is read at the same
// time: one after the other they would never be opened.
func TestRegionsAreOpenedSideBySide(t *testing.T) {
	ids := []domain.RegionID{"fosen", "indre", "nordre", "ytre"}
	dir := many(t, ids...)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	pair := make(chan struct{})
	meet := func(domain.RegionID) {
		select {
		case pair <- struct{}{}:
		case <-pair:
		case <-time.After(patience):
			t.Error("a region was opened alone")
		}
	}
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: ticking("2023-06-20"), Logger: holding(meet)})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	if left := a.Unopened(); len(left) > 0 {
		t.Errorf("it answered before %v were open", left)
	}
	for _, id := range ids {
		mustAnswer(t, a, id)
	}
}

func TestEverybodyWhoAsksForARegionThatIsBeingOpenedGetsTheSame(t *testing.T) {
	dir := many(t, "fosen", "ytre")
	read := map[domain.RegionID]int{}
	var mu sync.Mutex
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Early: true, Clock: ticking("2023-06-20"), Logger: holding(func(id domain.RegionID) {
		mu.Lock()
		defer mu.Unlock()
		read[id]++
	})})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	var wait sync.WaitGroup
	got := make([]*app.Region, 16)
	for i := range got {
		wait.Go(func() { got[i], _ = a.Region("ytre") })
	}
	wait.Wait()
	for _, r := range got {
		if r == nil || r != got[0] {
			t.Fatalf("they got %v", got)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if read["ytre"] != 1 {
		t.Errorf("its log was read %d times", read["ytre"])
	}
}

func TestAProgramThatStopsWhileRegionsAreOpenedLeavesThemWell(t *testing.T) {
	ids := []domain.RegionID{"fosen", "indre", "nordre", "ytre"}
	dir := many(t, ids...)
	for range 5 {
		a, err := app.Open(t.Context(), app.Options{Dir: dir, Early: true, Clock: ticking("2023-06-20")})
		if err != nil {
			t.Fatal(err)
		}
		mustAnswer(t, a, "nordre")
		closeApp(t, a)
		if _, err := a.Region("fosen"); err != nil && domain.KindOf(err) != domain.Busy {
			t.Errorf("after it has stopped it says: %v", err)
		}
	}
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: ticking("2023-06-20")})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	for _, id := range ids {
		mustAnswer(t, a, id)
	}
}
