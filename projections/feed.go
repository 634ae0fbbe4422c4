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
	return r.feed(r.decodeAll([]decoded{{Message: m}})...)
}

// feed applies messages, in order, up to one that is not the next one or whose
// events do not fit. Those that have been fed are passed over. The batch is its own.
func (r *Runner) feed(batch ...decoded) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err != nil {
		return r.err
	}
	next, fit := place{r.region, r.head, r.time}, batch[:0]
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
	for _, m := range batch {
		for i := range m.events {
			r.time, r.digest = m.events[i].Time, r.digest.after(&m.events[i])
		}
		r.head = m.Head
	}
	wait.Wait()
	for _, f := range r.fed {
		f.compare(r.head, r.digest)
	}
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
			if f.err = f.next(m.Head.Sequence, m.events[i]); f.err != nil {
				f.lacks = m.events[i].Time
			}
		}
	}
}

// next applies an event if it is the one after the last.
func (f *fed) next(sequence uint64, e domain.Recorded) error {
	if uint64(e.Position) != f.head.Position+1 {
		return fmt.Errorf("%w: position %d comes after %d", ErrMisfed, e.Position, f.head.Position)
	}
	if err := f.Apply(e); err != nil {
		return err
	}
	f.digest = f.digest.after(&e)
	f.head = eventstore.Head{Sequence: sequence, Position: uint64(e.Position)}
	return nil
}

// compare stops a projection that has not been given what is on the log.
func (f *fed) compare(end eventstore.Head, log Digest) {
	switch {
	case f.err != nil:
	case f.head.Position != end.Position:
		f.err = fmt.Errorf("%w: it has come to position %d, and the log to %d", ErrMisfed, f.head.Position, end.Position)
	case f.digest != log:
		f.err = fmt.Errorf("%w: at position %d it has the digest %s, and the log %s", ErrMisfed, end.Position, f.digest, log)
	}
}
