package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/fosenregionen/framdrift/eventstore"
)

// A Standing is where projections have come on a log, and what the runner that
// goes on from there holds the next message against. The zero Standing is the
// beginning.
type Standing struct {
	Head   eventstore.Head
	Time   time.Time // when the latest event was recorded
	Digest Digest    // of the events so far
}

// Renew makes projections anew from the log, beside those that are in use, and
// then lets swap put them in their place: when what the log says of its past can
// no longer be read, memory must not know it either. Whoever asks meanwhile is
// answered by the old. The fresh ones take the places of those with their names,
// and one that has none is fed from then on too.
//
// The fresh ones stand at from, which is the beginning unless they were made of a
// snapshot. They are fed as far as the runner has come, also when it has stopped.
// One that stops before the old one did changes nothing.
func (r *Runner) Renew(ctx context.Context, from Standing, swap func(), fresh ...Projection) error {
	return r.beside(ctx, from, fresh, func(beside *Runner) (bool, error) { return r.replace(beside, swap) })
}

// Compare makes projections anew as Renew does, and puts none of them to use: f is
// called while nothing is fed, and they have what those in use have.
func (r *Runner) Compare(ctx context.Context, f func(), fresh ...Projection) error {
	return r.beside(ctx, Standing{}, fresh, func(beside *Runner) (bool, error) {
		same := false
		r.View(func() {
			if same = beside.head == r.head; same {
				f()
			}
		})
		return same, nil
	})
}

// beside feeds projections beside those in use, until done says that it is.
func (r *Runner) beside(ctx context.Context, from Standing, fresh []Projection, done func(*Runner) (bool, error)) error {
	if from.Head.Sequence > r.Head().Sequence {
		return fmt.Errorf("projections: what stands at message %d is ahead of the log, which has been read to %d", from.Head.Sequence, r.Head().Sequence)
	}
	beside := NewRunner(r.region, r.log, r.codec, fresh...)
	beside.Resume(from)
	if err := beside.catchUpTo(ctx, r.Head()); err != nil { // the most of it, while others append
		return err
	}
	r.appending.Lock()
	defer r.appending.Unlock()
	for {
		if err := beside.catchUpTo(ctx, r.Head()); err != nil {
			return err
		}
		if done, err := done(beside); done || err != nil {
			return err
		}
	}
}

// Drop feeds projections no more, and lets swap forget them.
func (r *Runner) Drop(swap func(), names ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fed = slices.DeleteFunc(r.fed, func(f *fed) bool { return slices.Contains(names, f.Name()) })
	swap()
}

// replace is false when the two have not come equally far. Nothing is replaced by
// what knows less of the log, or something else.
func (r *Runner) replace(beside *Runner, swap func()) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if beside.head != r.head {
		return false, nil
	}
	all := slices.Clone(r.fed)
	for _, f := range beside.fed {
		f.compare(r.head, r.digest) // two readings of the log
		if errors.Is(f.err, ErrMisfed) {
			return false, notRenewed(f)
		}
		old := slices.IndexFunc(all, func(g *fed) bool { return g.Name() == f.Name() })
		switch {
		case old < 0:
			all = append(all, f)
		case f.head.Position < all[old].head.Position:
			return false, notRenewed(f)
		default:
			all[old] = f
		}
	}
	r.fed = all
	swap()
	return true, nil
}

func notRenewed(f *fed) error {
	return fmt.Errorf("projections: %s was not renewed, for it stopped after position %d: %w", f.Name(), f.head.Position, f.err)
}
