package projections

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// Fold feeds projections with a log from its beginning for as long as holds
// says that an event is in, and returns the position of the last that was. It
// is how a past moment is asked: the same Apply as live, stopped early. An
// event that only a newer program knows is an error only if it is in.
func Fold(ctx context.Context, log eventstore.Log, c *codec.Codec, holds func(domain.Recorded) bool, into ...Projection) (domain.Position, error) {
	var reached domain.Position
	for m, err := range log.Read(ctx, eventstore.Head{}) {
		if err != nil {
			return reached, err
		}
		for position, line := range m.Lines() {
			e, err := c.Decode(line)
			if errors.Is(err, codec.ErrUnknownType) && !holds(e) {
				return reached, nil
			}
			if err != nil {
				return reached, fmt.Errorf("projections: position %d: %w", position, err)
			}
			if !holds(e) {
				return reached, nil
			}
			if err := apply(e, into); err != nil {
				return reached, err
			}
			reached = e.Position
		}
	}
	return reached, nil
}

// FoldEvents is Fold of events that have been read before.
func FoldEvents(ctx context.Context, events iter.Seq[domain.Recorded], holds func(domain.Recorded) bool, into ...Projection) (domain.Position, error) {
	var reached domain.Position
	for e := range events {
		if err := ctx.Err(); err != nil {
			return reached, err
		}
		if !holds(e) {
			return reached, nil
		}
		if err := apply(e, into); err != nil {
			return reached, err
		}
		reached = e.Position
	}
	return reached, nil
}

func apply(e domain.Recorded, into []Projection) error {
	for _, p := range into {
		if err := p.Apply(e); err != nil {
			return fmt.Errorf("projections: %s at position %d: %w", p.Name(), e.Position, err)
		}
	}
	return nil
}
