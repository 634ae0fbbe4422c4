package app

import (
	"context"
	"maps"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// When every log has been found to be what it should be, and the server has it,
// regions are opened each for itself, as many side by side as there are cores.
// With Options.Early nobody waits for more than they ask for: a region that is
// asked for is opened at once, whatever else is being opened, and one that
// cannot be opened stands in the way of no other.

// openings are the regions that were listed at the start.
type openings struct {
	known []domain.RegionID // that were known here before
	logs  map[domain.RegionID]eventstore.Log

	mu    sync.Mutex // guards the rest
	ended bool       // nothing more is begun
	begun map[domain.RegionID]*opening
}

// An opening is one region that is being opened, or has been.
type opening struct {
	done chan struct{}
	err  error // why it is not open; read when done
}

// over reports whether it is, and why the region is not open.
func (o *opening) over() (bool, error) {
	select {
	case <-o.done:
		return true, o.err
	default:
		return false, nil
	}
}

// foundAll opens the logs of the regions listed, and asks the server whether it
// has of each what lies there.
func (a *App) foundAll(ctx context.Context, known []domain.RegionID) error {
	o := &a.openings
	o.known, o.logs, o.begun = known, map[domain.RegionID]eventstore.Log{}, map[domain.RegionID]*opening{}
	return SideBySide(ctx, a.listed, func(ctx context.Context, id domain.RegionID) error {
		log, err := a.opened(ctx, id)
		if err != nil {
			return err
		}
		o.mu.Lock()
		o.logs[id] = log
		o.mu.Unlock()
		return a.asFound(ctx, id, log)
	})
}

// openAll opens every region. With Early and more than one it only begins to:
// the start is over, and what is wrong with a region is told of that region.
func (a *App) openAll(ctx context.Context) error {
	if a.options.Early && len(a.listed) > 1 {
		a.work.Go(func() { _ = a.openEach(a.ctx, a.report) }) // it was told
		return nil
	}
	defer context.AfterFunc(ctx, a.quit)()
	return a.openEach(ctx, func(_ domain.RegionID, err error) error { return err })
}

// openEach opens every region that nobody has asked for yet, until one of them is
// a reason to stop.
func (a *App) openEach(ctx context.Context, reason func(domain.RegionID, error) error) error {
	whole := true
	var mu sync.Mutex // guards whole
	err := SideBySide(ctx, a.listed, func(_ context.Context, id domain.RegionID) error {
		err := a.launch(id).wait()
		if err == nil {
			return nil
		}
		mu.Lock()
		whole = false
		mu.Unlock()
		return reason(id, err)
	})
	if err == nil && whole {
		a.left(a.store.Checked())
	}
	return err
}

// left tells that what the store keeps in case a start goes wrong is still there.
func (a *App) left(err error) {
	if err != nil {
		a.options.Logger.Warn("what a start keeps in case it goes wrong is left, and does no harm", "error", err)
	}
}

// report is for a region that is no reason to stop.
func (a *App) report(id domain.RegionID, err error) error {
	if a.ctx.Err() == nil {
		a.options.Logger.Error("the region could not be opened", "region", id, "error", err)
	}
	return nil
}

// launch begins to open a region that was listed at the start, unless somebody has.
// Trouble that may pass is no reason not to try again.
func (a *App) launch(id domain.RegionID) *opening {
	a.openings.mu.Lock()
	defer a.openings.mu.Unlock()
	if o, there := a.openings.begun[id]; there {
		if over, err := o.over(); !over || err == nil || domain.KindOf(err) == domain.Damaged {
			return o
		}
	}
	o := &opening{done: make(chan struct{})}
	log, listed := a.openings.logs[id]
	if !listed || a.openings.ended {
		o.err = errClosing.With()
		close(o.done)
		return o
	}
	a.openings.begun[id] = o
	a.work.Go(func() {
		defer close(o.done)
		if o.err = a.join(a.ctx, id, log, a.openings.known); o.err == nil {
			a.left(a.store.Found(string(id)))
		}
	})
	return o
}

func (o *opening) wait() error {
	<-o.done
	return o.err
}

// end lets nothing more be opened.
func (a *App) end() {
	a.openings.mu.Lock()
	defer a.openings.mu.Unlock()
	a.openings.ended = true
}

// Unopened are the regions that were listed at the start and are not open, and
// why: that they are being opened, or what is wrong.
func (a *App) Unopened() map[domain.RegionID]error {
	a.openings.mu.Lock()
	defer a.openings.mu.Unlock()
	all := map[domain.RegionID]error{}
	for id := range a.openings.logs {
		if a.open(id) != nil {
			continue
		}
		over, err := false, error(nil)
		if o, begun := a.openings.begun[id]; begun {
			over, err = o.over()
		}
		switch {
		case !over:
			all[id] = errOpening.With(id)
		case err != nil:
			all[id] = err
		}
	}
	return all
}

// Region is one region by its id; with no id, the only one. One that is not open
// yet is opened first.
func (a *App) Region(id domain.RegionID) (*Region, error) {
	chosen, err := ChooseRegion(a.RegionIDs(), id)
	if err != nil {
		return nil, a.dir.orRestoring(id, err)
	}
	if r := a.open(chosen); r != nil {
		return r, nil
	}
	if err := a.launch(chosen).wait(); err != nil {
		return nil, err
	}
	if r := a.open(chosen); r != nil {
		return r, nil
	}
	return nil, errRegionUnknown.With(chosen, list(a.RegionIDs())) // its init is under way somewhere else
}

// Regions lists the regions that are open, by id.
func (a *App) Regions() []*Region {
	a.mu.Lock()
	defer a.mu.Unlock()
	all := make([]*Region, 0, len(a.regions))
	for _, id := range slices.Sorted(maps.Keys(a.regions)) {
		all = append(all, a.regions[id])
	}
	return all
}

// RegionIDs lists the ids of the regions, those that are not open among them.
func (a *App) RegionIDs() []domain.RegionID {
	ids := slices.Collect(maps.Keys(a.Unopened()))
	for _, r := range a.Regions() {
		if !slices.Contains(ids, r.ID()) {
			ids = append(ids, r.ID())
		}
	}
	slices.Sort(ids)
	return ids
}

// SideBySide does something with each of many, with as many at a time as there
// are cores. It begins no more when one of them has failed, and gives why.
func SideBySide[T any](ctx context.Context, all []T, do func(context.Context, T) error) error {
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for _, one := range all {
		g.Go(func() error {
			if err := within.Err(); err != nil {
				return err
			}
			return do(within, one)
		})
	}
	return domain.FirstError(g.Wait(), ctx.Err())
}
