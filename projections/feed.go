package projections

import (
	"fmt"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// take decodes a message outside the lock and feeds it, unless it has been fed.
func (r *Runner) take(m eventstore.Message) error {
	r.appending.Lock()
	defer r.appending.Unlock()
	if m.Head.Sequence <= r.Head().Sequence {
		return nil
	}
	return r.feed(r.decode(m))
}

// feed applies messages, in order, up to one that is not the next one or whose
// events do not fit. Those that have been fed are passed over.
func (r *Runner) feed(batch ...decoded) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	next, fit := place{r.region, r.head, r.time}, make([]decoded, 0, len(batch))
	for _, m := range batch {
		if m.err == nil && m.Head.Sequence <= next.head.Sequence {
			continue
		}
		err := m.err
		if err == nil {
			err = next.advance(m)
		}
		if err != nil {
			r.apply(fit...)
			if m.err != nil {
				return m.err
			}
			return r.fail(err, m.Head.Sequence)
		}
		fit = append(fit, m)
	}
	r.apply(fit...)
	return nil
}

// A place is where the next message must go on.
type place struct {
	region domain.RegionID
	head   eventstore.Head
	time   time.Time // of the latest event
}

// advance goes past a message, or says why it does not belong there.
func (p *place) advance(m decoded) error {
	switch {
	case m.bad != nil:
		return m.bad
	case m.Head.Sequence != p.head.Sequence+1:
		return fmt.Errorf("sequence %d comes after %d", m.Head.Sequence, p.head.Sequence)
	}
	position := domain.Position(p.head.Position)
	for i := range m.events {
		e := &m.events[i]
		position++
		switch {
		case e.Position != position:
			return fmt.Errorf("position %d stands where %d should", e.Position, position)
		case e.Region != p.region:
			return fmt.Errorf("position %d belongs to the region %s", position, e.Region)
		case e.Time.Before(p.time):
			return fmt.Errorf("position %d was recorded %s, before the one before it", position, e.Time)
		}
		p.time = e.Time
	}
	if uint64(position) != m.Head.Position {
		return fmt.Errorf("the message ends at position %d, not %d", position, m.Head.Position)
	}
	p.head = m.Head
	return nil
}

// many is how many events are worth a goroutine for each projection.
const many = 16

// apply is called with mu held.
func (r *Runner) apply(batch ...decoded) {
	if len(batch) == 0 {
		return
	}
	events := 0
	for _, m := range batch {
		events += len(m.events)
	}
	var wait sync.WaitGroup
	for _, k := range r.kept {
		inParallel(&wait, events, func() { k.take(batch) })
	}
	for _, f := range r.fed {
		inParallel(&wait, events, func() { f.take(batch) })
	}
	wait.Wait()
	last := batch[len(batch)-1]
	if n := len(last.events); n > 0 {
		r.time = last.events[n-1].Time
	}
	r.head = last.Head
	r.wake()
}

func inParallel(wait *sync.WaitGroup, events int, f func()) {
	if events < many {
		f()
		return
	}
	wait.Go(f)
}

// take gives messages on until one is not taken.
func (k *kept) take(batch []decoded) {
	for _, m := range batch {
		if k.err != nil {
			return
		}
		if k.err = k.Keep(m.Message); k.err == nil {
			k.head = m.Head
		}
	}
}

// take applies the events of messages until one cannot be.
func (f *fed) take(batch []decoded) {
	for _, m := range batch {
		for i := range m.events {
			if f.err != nil {
				return
			}
			if f.err = f.Apply(m.events[i]); f.err == nil {
				f.head = eventstore.Head{Sequence: m.Head.Sequence, Position: uint64(m.events[i].Position)}
			}
		}
	}
}
