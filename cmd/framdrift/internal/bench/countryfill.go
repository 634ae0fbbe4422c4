package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/country"
)

// packBytes is how large a message becomes: some twenty events, as when a few
// change things at the same time. One for each would take a sync of the disk for
// each.
const packBytes = 16 << 10

// fill makes a country and restores it into a new directory, region by region, as
// many side by side as there are cores. The last region is the one that past
// moments are asked of, and has its own size; the others share the rest.
func fill(ctx context.Context, dir string, s Scale, step func(done int)) (err error) {
	a, err := app.Create(ctx, app.Options{Dir: dir})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	all := make([]country.Options, s.Regions)
	last := min(pastEvents, s.Events/2)
	for i := range all {
		all[i] = country.Options{Seed: s.Seed, Number: i + 1, NewID: country.IDs(s.Seed, i+1)}
		all[i].Events = last
		if i < s.Regions-1 {
			all[i].Events = (s.Events - last) * (i + 1) / (s.Regions - 1)
			all[i].Events -= (s.Events - last) * i / (s.Regions - 1)
		}
	}
	all[s.Regions-1].Measures = pastMeasures
	var (
		mu   sync.Mutex // guards done
		done int
	)
	return app.SideBySide(ctx, all, func(ctx context.Context, o country.Options) error {
		if err := settleIn(ctx, a, o); err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		done++
		step(done)
		return nil
	})
}

// settleIn makes a region and puts its history on a log.
func settleIn(ctx context.Context, a *app.App, o country.Options) error {
	h, err := country.Region(o)
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	if err := a.Compose(ctx, &lines, h.Log); err != nil {
		return err
	}
	unwatched := func(int64, int64) {}
	c, err := a.ReadCopy(ctx, bytes.NewReader(lines.Bytes()), unwatched)
	if err != nil {
		return err
	}
	if _, err = a.Restore(ctx, c, app.Restoring{Pack: packBytes, Watch: unwatched}); err != nil {
		return fmt.Errorf("bench: settling %s: %w", h.Region, err)
	}
	return nil
}
