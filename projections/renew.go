package projections

import (
	"context"
	"errors"
	"slices"
)

// Renew makes projections anew from the log, beside those that are in use, and
// then lets swap put them in their place: when what the log says of its past can
// no longer be read, memory must not know it either. Whoever asks meanwhile is
// answered by the old. The fresh ones take the places of those with their names.
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
		if r.replace(beside, swap) {
			return nil
		}
	}
}

// replace is false when the two have not come equally far.
func (r *Runner) replace(beside *Runner, swap func()) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if beside.head != r.head {
		return false
	}
	for _, f := range beside.fed {
		r.fed[slices.IndexFunc(r.fed, func(g *fed) bool { return g.Name() == f.Name() })] = f
	}
	swap()
	return true
}
