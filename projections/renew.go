package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Renew makes projections anew from the log, beside those that are in use, and
// then lets swap put them in their place: when what the log says of its past can
// no longer be read, memory must not know it either. Whoever asks meanwhile is
// answered by the old. The fresh ones take the places of those with their names,
// unless one of them stops before the old one did: then nothing is changed.
func (r *Runner) Renew(ctx context.Context, swap func(), fresh ...Projection) error {
	beside := NewRunner(r.region, r.log, r.codec, fresh...)
	if err := beside.CatchUp(ctx); err != nil { // the most of it, while others append
		return err
	}
	r.appending.Lock()
	defer r.appending.Unlock()
	for {
		if err := errors.Join(r.CatchUp(ctx), beside.CatchUp(ctx)); err != nil {
			return err
		}
		if done, err := r.replace(beside, swap); done || err != nil {
			return err
		}
	}
}

// replace is false when the two have not come equally far. Nothing is replaced by
// what knows less of the log, or something else.
func (r *Runner) replace(beside *Runner, swap func()) (bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if beside.head != r.head {
		return false, nil
	}
	places := make([]**fed, 0, len(beside.fed))
	for _, f := range beside.fed {
		f.compare(r.head, r.digest) // two readings of the log
		old := &r.fed[slices.IndexFunc(r.fed, func(g *fed) bool { return g.Name() == f.Name() })]
		if f.head.Position < (*old).head.Position || errors.Is(f.err, ErrMisfed) {
			return false, fmt.Errorf("projections: %s was not renewed, for it stopped after position %d: %w", f.Name(), f.head.Position, f.err)
		}
		places = append(places, old)
	}
	for i, f := range beside.fed {
		*places[i] = f
	}
	swap()
	return true, nil
}
