package app

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// Of a region's projections only its ruling is always there. Those that answer
// questions sleep until somebody asks: then they are made of the log, beside
// whatever goes on, and are fed with every event from then on, before the append
// is answered. So a program with hundreds of regions holds, and starts with, what
// is used, and texts are in memory only where they are read.
//
// Those that grow with every event (sleepers) are put to sleep again, the region
// that was not asked the longest first, when there is no more room.

// A need is a projection that an answer is made of, by name.
type need string

const (
	plans     need = "planview"
	trail     need = "history"
	figures   need = "delivery"
	decisions need = "ruling" // which never sleeps
)

var (
	needs    = []need{plans, trail, figures}
	sleepers = []string{string(plans), string(trail)} // with what people wrote, or an entry for every event
)

// fresh is the projection, of no events.
func (n need) fresh() projections.Projection {
	switch n {
	case plans:
		return planview.New()
	case trail:
		return history.New()
	case figures:
		return delivery.New()
	case decisions:
		return newRuling()
	}
	return nil
}

// awake is a projection that a reading has asked for; nil while it sleeps. It is
// called inside runner.View.
func awake[P projections.Projection](r *Region, n need) P {
	p, _ := r.awake[string(n)].(P)
	return p
}

func (r *Region) planview() *planview.View       { return awake[*planview.View](r, plans) }
func (r *Region) history() *history.History      { return awake[*history.History](r, trail) }
func (r *Region) delivery() *delivery.Projection { return awake[*delivery.Projection](r, figures) }

// reading runs f, once, while what it needs is awake and nothing is fed.
func (r *Region) reading(ctx context.Context, f func(), all ...need) error {
	for {
		there := false
		r.runner.View(func() {
			if there = len(r.asleep(all)) == 0; there {
				f()
			}
		})
		if there {
			r.room.used(r)
			return nil
		}
		if err := r.wake(ctx, all); err != nil {
			return err
		}
	}
}

// Wake wakes everything that answers, to see whether it can.
func (r *Region) Wake(ctx context.Context) error { return r.reading(ctx, func() {}, needs...) }

// asleep are those that sleep; called inside runner.View.
func (r *Region) asleep(all []need) []need {
	return slices.DeleteFunc(slices.Clone(all), func(n need) bool { return r.awake[string(n)] != nil })
}

// wake makes what sleeps. Nothing is being erased meanwhile: what is made of a text
// that can be read must not be there after it is erased.
func (r *Region) wake(ctx context.Context, all []need) error {
	r.erasing.mu.Lock()
	defer r.erasing.mu.Unlock()
	r.runner.View(func() { all = r.asleep(all) })
	var fresh []projections.Projection
	var err error
	for _, n := range all {
		if n != figures {
			fresh = append(fresh, n.fresh())
			continue
		}
		p, at := restore(r.snapshots, delivery.New)
		err = errors.Join(err, r.put(ctx, at, p))
	}
	if len(fresh) > 0 {
		err = errors.Join(err, r.put(ctx, projections.Standing{}, fresh...))
	}
	if _, damaged := errors.AsType[*eventstore.DamageError](err); damaged {
		r.damaged.CompareAndSwap(nil, &err)
	}
	r.room.made(r)
	return explain(r.id, err)
}

// put feeds projections as far as the log has been read, and puts them to use.
func (r *Region) put(ctx context.Context, from projections.Standing, fresh ...projections.Projection) error {
	return r.runner.Renew(ctx, from, func() {
		for _, p := range fresh {
			r.awake[p.Name()] = p
		}
	}, fresh...)
}

// sleep lets go of what grows with every event.
func (r *Region) sleep() {
	r.runner.Drop(func() {
		for _, name := range sleepers {
			delete(r.awake, name)
		}
	}, sleepers...)
}

// size is how many events are held awake that could sleep.
func (r *Region) size() int {
	held := 0
	head := r.runner.View(func() {
		for _, name := range sleepers {
			if r.awake[name] != nil {
				held++
			}
		}
	})
	return held * int(head.Position)
}

// awakeEvents is how many events all regions together hold awake when nobody says,
// each counted once for every projection that holds it.
const awakeEvents = 250_000

// A room is what the regions of an App share: how much of them is awake. Nobody
// waits in it for another region.
type room struct {
	limit int // in events

	mu   sync.Mutex
	held []holding // the latest used last
}

// A holding is a region with something awake, and how many events that was when it
// woke.
type holding struct {
	region *Region
	events int
}

// used notes that a region was asked.
func (m *room) used(r *Region) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i := slices.IndexFunc(m.held, func(h holding) bool { return h.region == r }); i >= 0 {
		h := m.held[i]
		m.held = append(slices.Delete(m.held, i, i+1), h)
	}
}

// made notes that a region has something awake, and puts others to sleep if that
// is too much.
func (m *room) made(r *Region) {
	for _, longest := range m.makeRoom(r, r.size()) {
		if longest.damage() == nil { // what has stopped stays, and says so
			longest.sleep()
		}
	}
}

// makeRoom are those that have to sleep.
func (m *room) makeRoom(r *Region, events int) (unused []*Region) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.held = append(slices.DeleteFunc(m.held, func(h holding) bool { return h.region == r }), holding{r, events})
	total := 0
	for _, h := range m.held {
		total += h.events
	}
	for total > m.limit && len(m.held) > 1 {
		total -= m.held[0].events
		unused, m.held = append(unused, m.held[0].region), m.held[1:]
	}
	return unused
}
