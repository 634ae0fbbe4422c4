package bench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
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

	// How long a core works for an event of each: that is the same whatever else
	// the machine does.
	BareReadMicros float64 `json:"bareReadMicros"`
	StreamMicros   float64 `json:"streamMicros"`
	SegmentsMicros float64 `json:"segmentsMicros"`

	// The snapshots into the projections that have them, and how many times as
	// quick that is, in work, as the segments into every projection.
	SnapshotMicros float64 `json:"snapshotMicros"`
	SnapshotRatio  float64 `json:"snapshotRatio"`

	// From nothing, and from what the last stop left; the files of both may be in
	// the memory of the system.
	Cold Start `json:"cold"`
	Warm Start `json:"warm"`
	// How many times as fast the warm one is, until every region is open and until
	// every region has answered.
	OpenRatio   float64 `json:"openRatio"`
	AnswerRatio float64 `json:"answerRatio"`

	// The plan of the largest region at the end of some day, as known and as corrected.
	AsOfP50Millis      float64 `json:"asOfP50Millis"`
	AsOfP99Millis      float64 `json:"asOfP99Millis"`
	CorrectedP99Millis float64 `json:"correctedP99Millis"`

	// From the log's answer to an append until every projection had it, and the
	// whole append beside it.
	FeedP50Micros   float64 `json:"feedP50Micros"`
	FeedP99Micros   float64 `json:"feedP99Micros"`
	AppendP50Micros float64 `json:"appendP50Micros"`

	// Of the heap after the warm start.
	HeapPerEvent   float64 `json:"heapPerEvent"`
	HeapPerMeasure float64 `json:"heapPerMeasure"`
}

// A Start is how long it takes to open a whole country, and what the process held
// when every region had answered, in bytes.
type Start struct {
	FirstMillis   float64 `json:"firstMillis"`   // until the region that was asked for had answered
	OpenMillis    float64 `json:"openMillis"`    // until every region took commands
	AnswersMillis float64 `json:"answersMillis"` // until every region had told its plans
	CPUSeconds    float64 `json:"cpuSeconds"`    // that the cores worked until then
	PeakRSS       uint64  `json:"peakRSS"`       // at most until then
	SettledRSS    uint64  `json:"settledRSS"`    // after a garbage collection
	Heap          uint64  `json:"heap"`          // likewise, what Go's heap holds
}

// nation is a country that is being measured.
type nation struct {
	ctx    context.Context
	data   string
	result *Country
	app    *app.App
	fed    *feeding

	bareTook took // until somebody knows how many events there are
}

// took is how long something took, and the cores worked.
type took struct{ time, cpu time.Duration }

func watched(do func() error) (took, error) {
	began, worked := time.Now(), cpuTime()
	err := do()
	return took{time.Since(began), cpuTime() - worked}, err
}

// per gives the rate of so many events, and how long a core worked for one.
func (t took) per(events int) (rate, cpuMicros float64) {
	return float64(events) / t.time.Seconds(), micros(t.cpu) / float64(events)
}

// RunCountry measures in a directory, which it fills if nothing is there. Step is
// told of every region that is made and every measurement that is done.
func RunCountry(ctx context.Context, dir string, s Scale, step func(done, of int)) (result Country, err error) {
	n := &nation{ctx: ctx, data: dir, result: &result, fed: &feeding{}}
	steps := []func() error{n.bare, n.coldStart, n.asOf, n.feed, n.rebuild, n.snapshots, n.close, n.warmStart, n.close}
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
	n.bareTook, err = watched(func() error {
		return app.SideBySide(n.ctx, names, func(ctx context.Context, name string) error { return b.readAll(ctx, "FRAMDRIFT_"+name) })
	})
	return err
}

// coldStart opens the directory without what a start may have left for the next.
func (n *nation) coldStart() error {
	if err := os.RemoveAll(filepath.Join(n.data, "snapshots")); err != nil {
		return fmt.Errorf("bench: %w", err)
	}
	err := n.start(&n.result.Cold)
	for _, r := range n.regions() {
		n.result.Events += int(r.Head().Position)
	}
	n.result.Regions = len(n.regions())
	n.result.BareRead, n.result.BareReadMicros = n.bareTook.per(n.result.Events)
	return errors.Join(err, n.count())
}

func (n *nation) warmStart() error {
	err := n.start(&n.result.Warm)
	r := n.result
	r.OpenRatio, r.AnswerRatio = r.Cold.OpenMillis/r.Warm.OpenMillis, r.Cold.AnswersMillis/r.Warm.AnswersMillis
	r.HeapPerEvent, r.HeapPerMeasure = float64(r.Warm.Heap)/float64(r.Events), float64(r.Warm.Heap)/float64(r.Measures)
	return err
}

// start opens the directory, asks one region first and then all.
func (n *nation) start(s *Start) (err error) {
	forgetPeak()
	began, worked := time.Now(), cpuTime()
	if n.app, err = app.Open(n.ctx, app.Options{Dir: n.data, Observer: n.fed, Early: true, SnapshotAfter: 1}); err != nil {
		return err
	}
	ids := n.app.RegionIDs()
	if err := n.answers(n.ctx, ids[len(ids)-1]); err != nil {
		return err
	}
	s.FirstMillis = millis(time.Since(began))
	for _, id := range ids {
		if _, err := n.app.Region(id); err != nil {
			return err
		}
	}
	s.OpenMillis = millis(time.Since(began))
	if err := app.SideBySide(n.ctx, ids, n.answers); err != nil {
		return err
	}
	s.AnswersMillis, s.CPUSeconds = millis(time.Since(began)), (cpuTime() - worked).Seconds()
	settled(s)
	return nil
}

// answers asks a region what it is.
func (n *nation) answers(ctx context.Context, id domain.RegionID) error {
	r, err := n.app.Region(id)
	if err == nil {
		_, err = r.Overview(ctx, app.Per{})
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
	r := n.result
	for _, way := range []struct {
		segments     bool
		rate, micros *float64
	}{{false, &r.RebuildStream, &r.StreamMicros}, {true, &r.RebuildSegments, &r.SegmentsMicros}} {
		took, err := watched(func() error {
			return app.SideBySide(n.ctx, n.regions(), func(ctx context.Context, r *app.Region) error {
				_, err := r.Measure(ctx, way.segments)
				return err
			})
		})
		if err != nil {
			return err
		}
		*way.rate, *way.micros = took.per(r.Events)
	}
	r.StreamRatio, r.SegmentsRatio = r.RebuildStream/r.BareRead, r.RebuildSegments/r.BareRead
	return nil
}

// snapshots makes them, and then projections of them.
func (n *nation) snapshots() error {
	if err := n.app.Snapshot(n.ctx); err != nil {
		return err
	}
	took, err := watched(func() error {
		return app.SideBySide(n.ctx, n.regions(), func(_ context.Context, r *app.Region) error {
			_, err := r.MeasureSnapshots()
			return err
		})
	})
	r := n.result
	_, r.SnapshotMicros = took.per(r.Events)
	r.SnapshotRatio = r.SegmentsMicros / r.SnapshotMicros
	return err
}
