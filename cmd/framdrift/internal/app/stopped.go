package app

import (
	"context"
	"errors"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A region whose log says something that this program does not understand
// stops there. Nothing is written to it any more. What can be read depends on
// why:
//
//   - a newer program wrote an event: the log goes on in words that we do not
//     know, so what is asked about now is refused, and what is asked about a
//     moment before it is answered;
//   - a message is not ours: none of ours comes after it, so what is asked
//     about now is answered with what came before it.
//
// Export gives the lines themselves all the way in both.

// legible is where the log of a region ends that the projections have read,
// or that they stopped in because of what it says. A log that cannot be read
// to its end gives the error.
func (r *Region) legible(ctx context.Context, stopped error) (eventstore.Head, error) {
	end := r.runner.Head()
	if stopped == nil || r.runner.Err() == nil {
		return end, stopped
	}
	for m, err := range r.log.Read(ctx, end) {
		switch {
		case errors.Is(err, eventstore.ErrForeign):
			return end, nil
		case err != nil:
			return end, err
		}
		end = m.Head
	}
	return end, nil
}

// newer is errNewer when the log goes on in words of a newer program.
func (r *Region) newer() error {
	if err := r.runner.Err(); errors.Is(err, codec.ErrUnknownType) {
		return explain(r.id, err)
	}
	return nil
}

// sound is the log as far as the projections may read it: not beyond what they
// stopped at, unless that is for a newer program, which is for Fold to find.
func (r *Region) sound() eventstore.Log {
	if r.runner.Err() == nil || r.newer() != nil {
		return r.log
	}
	return eventstore.UpTo(r.log, r.Head())
}
