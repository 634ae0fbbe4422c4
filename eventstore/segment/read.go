package segment

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sort"

	"github.com/fosenregionen/framdrift/eventstore"
)

// Read gives every message after a head, in order, up to where the archive
// ended when it was opened; nothing if it ended before. Segments are read,
// hashed and unpacked ahead on as many cores as there are. What is given is
// what was sealed, by the SHA-256 of the file. Whether that is the log only the
// tree tells: Verify, or a notary that is given the same messages. Payloads and
// subjects lie in memory of their segment, 10 MB or so: who keeps one keeps it
// all. Errors: ErrHead when the log never stood at the head, and a DamageError.
func (a *Archive) Read(ctx context.Context, after eventstore.Head) iter.Seq2[eventstore.Message, error] {
	return func(yield func(eventstore.Message, error) bool) {
		from, head := a.from(after)
		err := ErrHead
		if head.Sequence != after.Sequence || head == after {
			err = a.read(ctx, from, after, func(m eventstore.Message) bool { return yield(m, nil) })
		}
		switch {
		case errors.Is(err, errEnough):
			return
		case errors.Is(err, ErrHead):
			err = fmt.Errorf("segment: after message %d and position %d: %w", after.Sequence, after.Position, err)
		case err == nil && a.bad != nil:
			err = a.bad
		}
		if err != nil {
			yield(eventstore.Message{}, err)
		}
	}
}

// from is the number of the part with the message after a head, and where that
// part begins, or the archive ends.
func (a *Archive) from(after eventstore.Head) (int, eventstore.Head) {
	n := sort.Search(len(a.parts), func(i int) bool { return a.parts[i].after.Sequence > after.Sequence })
	if n == len(a.parts) {
		return n, a.Head()
	}
	return n, a.parts[n].before
}

var errEnough = errors.New("segment: no more is wanted")

func (a *Archive) read(ctx context.Context, from int, after eventstore.Head, take func(eventstore.Message) bool) error {
	for l, err := range load(ctx, a.parts[from:], hashing{}) {
		if err != nil {
			return err
		}
		for m := range l.all() {
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case m.Head.Sequence == after.Sequence && m.Head != after:
				return ErrHead
			case m.Head.Sequence > after.Sequence && !take(m):
				return errEnough
			}
		}
		if l.err != nil {
			return l.err
		}
	}
	return nil
}

// Before is where the log stood before the message that holds a position: what
// to read after, to begin there. Errors: ErrHead when no message holds it, and
// a DamageError.
func (a *Archive) Before(position uint64) (eventstore.Head, error) {
	n := sort.Search(len(a.parts), func(i int) bool { return a.parts[i].after.Position >= position })
	if position > 0 && n < len(a.parts) {
		l := a.parts[n].load(hashing{})
		before := l.before
		for m := range l.all() {
			if m.Head.Position >= position {
				return before, nil
			}
			before = m.Head
		}
		if l.err != nil {
			return eventstore.Head{}, l.err
		}
	}
	return eventstore.Head{}, fmt.Errorf("segment: position %d: %w", position, ErrHead)
}
