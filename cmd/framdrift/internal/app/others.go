package app

import (
	"context"
	"errors"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// What the door owes to other instances that write to the same log. With a log
// of our own nobody else is there, and none of this costs anything.

// soon is how long the follower is given to come with the message that was
// first, before the log is asked. It may take a while: the leader of a cluster
// refuses us for a message that it has not yet agreed on with the others.
const soon = 100 * time.Millisecond

// stale reports whether the round, which has nothing to append, says no to
// anybody because of a state that is no longer the log's: then it reads on,
// and the round must be decided again.
func (r *Region) stale(ctx context.Context, t *trial) (bool, error) {
	if !r.shared {
		return false, nil
	}
	for _, d := range t.done {
		if d.byState {
			err := r.runner.CatchUp(ctx)
			return r.runner.Head() != t.head, err
		}
	}
	return false, nil
}

// readOn takes in what stands on the log after the round's head. When somebody
// else was first, that is on its way to the follower already.
func (r *Region) readOn(ctx context.Context, t *trial, err error) error {
	if errors.Is(err, eventstore.ErrConflict) {
		soon, cancel := context.WithTimeout(ctx, soon)
		defer cancel()
		if r.runner.Wait(soon, domain.Position(t.head.Position)+1) == nil {
			return nil
		}
	}
	return r.runner.CatchUp(ctx)
}

// note marks the jobs whose events may be on the log.
func (t *trial) note(err error) {
	if !errors.Is(err, eventstore.ErrUnknown) {
		return
	}
	for _, d := range t.done {
		if d.receipt.Changed() && !d.receipt.Repeated {
			d.job.sent = true
		}
	}
}

// unread is what a job is told when the log cannot be read on.
func unread(r *Region, err error) func(*job) error {
	return func(j *job) error {
		switch damaged := r.Err(); {
		case j.sent:
			return errReading.Because(err)
		case damaged != nil:
			return damaged
		}
		return errUnreachable.Because(err)
	}
}

// unstored is what a job is told when the log did not take the round.
func unstored(err error) func(*job) error {
	return func(j *job) error {
		if errors.Is(err, eventstore.ErrUnavailable) && !j.sent {
			return errUnreachable.Because(err)
		}
		return errAppending.Because(err)
	}
}

// outOfTime is what a job is told that was decided again and again.
func outOfTime(j *job) error {
	if j.sent {
		return errAppending.With()
	}
	return errBusy.With(maxWaiting)
}
