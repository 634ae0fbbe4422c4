package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

// A Scale is how large a country is measured.
type Scale struct {
	Regions, Events int
	Seed            uint64
}

// A Country is what hundreds of regions in one process cost. Rates are events
// per second, of all regions, as many of them side by side as there are cores.
type Country struct {
	Regions     int     `json:"regions"`
	Events      int     `json:"events"`
	Measures    int     `json:"measures"`
	Cores       int     `json:"cores"`
	MakeSeconds float64 `json:"makeSeconds"` // making the histories and storing them; 0 when they were there

	BareRead        float64 `json:"bareRead"`        // bare ordered read of the same streams
	RebuildStream   float64 `json:"rebuildStream"`   // the streams into every projection
	RebuildSegments float64 `json:"rebuildSegments"` // the segments into every projection, verified on the way
	StreamRatio     float64 `json:"streamRatio"`     // to bareRead
	SegmentsRatio   float64 `json:"segmentsRatio"`

	// From nothing to an answer of every region; the first is without snapshots,
	// and its files may be in the memory of the system in both.
	ColdStartMillis float64 `json:"coldStartMillis"`
	WarmStartMillis float64 `json:"warmStartMillis"`
	WarmRatio       float64 `json:"warmRatio"` // how many times as fast
	// Until one region that was asked for at once had answered.
	ColdFirstMillis float64 `json:"coldFirstMillis"`
	WarmFirstMillis float64 `json:"warmFirstMillis"`

	// The plan of the largest region at the end of some day, as known and as corrected.
	AsOfP50Millis      float64 `json:"asOfP50Millis"`
	AsOfP99Millis      float64 `json:"asOfP99Millis"`
	CorrectedP99Millis float64 `json:"correctedP99Millis"`

	// From the log's answer to an append until every projection had it, and the
	// whole append beside it.
	FeedP50Micros   float64 `json:"feedP50Micros"`
	FeedP99Micros   float64 `json:"feedP99Micros"`
	AppendP50Micros float64 `json:"appendP50Micros"`

	Cold Memory `json:"cold"` // after the cold start
	Warm Memory `json:"warm"` // after the warm one
	// Of the heap after the warm start.
	HeapPerEvent   float64 `json:"heapPerEvent"`
	HeapPerMeasure float64 `json:"heapPerMeasure"`
}

// A Memory is what the process held when every region had answered, in bytes.
type Memory struct {
	PeakRSS    uint64 `json:"peakRSS"`    // at most until then
	SettledRSS uint64 `json:"settledRSS"` // after a garbage collection
	Heap       uint64 `json:"heap"`       // likewise, what Go's heap holds
}

// nation is a country that is being measured.
type nation struct {
	ctx    context.Context
	data   string
	result *Country
	app    *app.App
	fed    *feeding
}

// RunCountry measures in a directory, which it fills if nothing is there. Step is
// told of every region that is made and every measurement that is done.
func RunCountry(ctx context.Context, dir string, s Scale, step func(done, of int)) (result Country, err error) {
	n := &nation{ctx: ctx, data: dir, result: &result, fed: &feeding{}}
	steps := []func() error{n.bare, n.coldStart, n.asOf, n.feed, n.rebuild, n.close, n.warmStart, n.close}
	result.Cores = runtime.NumCPU()
	made := 0
	if !app.Holds(dir) {
		began := time.Now()
		if err := fill(ctx, dir, s, func(done int) { made = done; step(done, s.Regions+len(steps)) }); err != nil {
			return result, err
		}
		result.MakeSeconds = time.Since(began).Seconds()
	}
	defer func() {
		if n.app != nil {
			err = errors.Join(err, n.close())
		}
	}()
	for i, do := range steps {
		if err := do(); err != nil {
			return result, err
		}
		step(made+i+1, made+len(steps))
	}
	return result, nil
}

// bare reads the streams as they lie, and does nothing with them.
func (n *nation) bare() (err error) {
	names, err := jetstream.Lying(filepath.Join(n.data, "jetstream"))
	if err != nil {
		return err
	}
	b, err := openBare(filepath.Join(n.data, "jetstream"))
	if err != nil {
		return err
	}
	defer b.close()
	began := time.Now()
	if err := sideBySide(names, func(name string) error { return b.readAll(n.ctx, "FRAMDRIFT_"+name) }); err != nil {
		return err
	}
	n.result.BareRead = time.Since(began).Seconds() // events are counted when somebody knows them
	return nil
}

// coldStart opens the directory without what a start may have left for the next.
func (n *nation) coldStart() error {
	if err := os.RemoveAll(filepath.Join(n.data, "snapshots")); err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	err := n.start(&n.result.ColdFirstMillis, &n.result.ColdStartMillis, &n.result.Cold)
	for _, r := range n.regions() {
		n.result.Events += int(r.Head().Position)
	}
	n.result.Regions, n.result.BareRead = len(n.regions()), float64(n.result.Events)/n.result.BareRead
	return errors.Join(err, n.count())
}

func (n *nation) warmStart() error {
	err := n.start(&n.result.WarmFirstMillis, &n.result.WarmStartMillis, &n.result.Warm)
	r := n.result
	r.WarmRatio = r.ColdStartMillis / r.WarmStartMillis
	r.HeapPerEvent, r.HeapPerMeasure = float64(r.Warm.Heap)/float64(r.Events), float64(r.Warm.Heap)/float64(r.Measures)
	return err
}

// start opens the directory, asks one region first and then all.
func (n *nation) start(first, all *float64, m *Memory) (err error) {
	forgetPeak()
	began := time.Now()
	if n.app, err = app.Open(n.ctx, app.Options{Dir: n.data, Observer: n.fed}); err != nil {
		return err
	}
	ids := n.app.RegionIDs()
	if err := n.answers(ids[len(ids)-1]); err != nil {
		return err
	}
	*first = millis(time.Since(began))
	for _, id := range ids {
		if err := n.answers(id); err != nil {
			return err
		}
	}
	*all = millis(time.Since(began))
	*m = settled()
	return nil
}

// answers asks a region what it is.
func (n *nation) answers(id domain.RegionID) error {
	r, err := n.app.Region(id)
	if err == nil {
		_, err = r.Overview(n.ctx, app.Per{})
	}
	return err
}

func (n *nation) regions() []*app.Region { return n.app.Regions() }

func (n *nation) close() error {
	a := n.app
	n.app = nil
	return a.Close()
}

// count counts the measures of every plan.
func (n *nation) count() error {
	for _, r := range n.regions() {
		o, err := r.Overview(n.ctx, app.Per{})
		if err != nil {
			return err
		}
		for _, s := range o.Plans {
			p, err := r.Plan(n.ctx, s.ID, app.Per{})
			if err != nil {
				return err
			}
			n.result.Measures += len(p.Measures)
		}
	}
	return nil
}

// rebuild feeds every projection of every region anew, beside those in use.
func (n *nation) rebuild() error {
	for _, way := range []struct {
		segments bool
		rate     *float64
	}{{false, &n.result.RebuildStream}, {true, &n.result.RebuildSegments}} {
		began := time.Now()
		err := sideBySide(n.regions(), func(r *app.Region) error {
			_, err := r.Measure(n.ctx, way.segments)
			return err
		})
		if err != nil {
			return err
		}
		*way.rate = float64(n.result.Events) / time.Since(began).Seconds()
	}
	n.result.StreamRatio, n.result.SegmentsRatio = n.result.RebuildStream/n.result.BareRead, n.result.RebuildSegments/n.result.BareRead
	return nil
}

// sideBySide does something with each of many, with as many at a time as there
// are cores, until one of them fails.
func sideBySide[T any](all []T, do func(T) error) error {
	var (
		wait   sync.WaitGroup
		mu     sync.Mutex // guards the rest
		failed error
		left   = slices.Clone(all)
	)
	next := func() (one T, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if failed != nil || len(left) == 0 {
			return one, false
		}
		one, left = left[0], left[1:]
		return one, true
	}
	for range runtime.NumCPU() {
		wait.Go(func() {
			for one, ok := next(); ok; one, ok = next() {
				if err := do(one); err != nil {
					mu.Lock()
					failed = errors.Join(failed, err)
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return failed
}
