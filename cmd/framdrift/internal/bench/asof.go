package bench

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

const (
	pastMeasures = 100
	pastEvents   = 6_000
	// looks is how many moments of the past are asked for.
	looks = 500
	// apart is how far from each other; it has no factor in common with any
	// length the log may get, so that the moments lie all over it.
	apart = 7919
)

// asOf measures how long it takes to tell what the plan was at a moment that
// has been: the middle, and all but the slowest hundredth.
func asOf(ctx context.Context, data string, r *Result) (err error) {
	b := &bench{ctx: ctx, data: data, measures: pastMeasures}
	if err := b.open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.app.Close()) }()
	first := b.region.Head().Position
	for b.region.Head().Position < pastEvents {
		if _, err := b.burst(pastMeasures); err != nil {
			return err
		}
	}
	after := b.region.Head().Position - first
	waits := make([]time.Duration, looks)
	for i := range waits {
		then := app.Per{Position: domain.Position(first + uint64(i)*apart%after)}
		began := time.Now()
		if _, err := b.region.Plan(ctx, "", then); err != nil {
			return err
		}
		waits[i] = time.Since(began)
	}
	slices.Sort(waits)
	r.AsOfP50Millis, r.AsOfP99Millis = millis(waits[looks/2]), millis(waits[looks*99/100])
	return nil
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
