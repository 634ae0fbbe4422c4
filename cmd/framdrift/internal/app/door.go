package app

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/eventstore"
)

const (
	// maxWaiting is how many commands may wait at the door of one region.
	maxWaiting = 1024
	// maxPack is how many commands are committed together at the most.
	maxPack = maxWaiting
	// appendTimeout is how long the log may take to answer before the door
	// looks for itself what was stored. The store waits twelve seconds for a
	// leader and a connection, and says what was wrong.
	appendTimeout = 20 * time.Second
	// lulls is how often the queue is found empty before a pack goes.
	lulls = 4
	// resolveTimeout is how long a pack is decided again that lost the race,
	// or of which nobody knows what was stored.
	resolveTimeout = 40 * time.Second
)

// A Receipt is the answer to a command: where its events stand. The same
// command id gets the same receipt, for ever.
type Receipt struct {
	Command domain.CommandID `json:"command"`
	First   domain.Position  `json:"first,omitempty"` // zero: there was nothing to change
	Last    domain.Position  `json:"last,omitempty"`
	// Repeated says that the command had been carried out before.
	Repeated bool `json:"repeated,omitempty"`
}

// Changed reports whether the command led to any event.
func (r Receipt) Changed() bool { return r.Last != 0 }

// A job is a command that waits at the door.
type job struct {
	ctx    context.Context
	ask    domain.Request
	answer chan outcome // holds one
	// sent says that it was sent to the log and that no answer came: from
	// then on only the log can tell what became of it.
	sent bool
	// unfit is why its events cannot be stored.
	unfit error
	// earlier is what it led to in the round before, which lost the race.
	earlier []domain.Recorded
}

type outcome struct {
	receipt Receipt
	err     error
}

// Do is the one door for writes. It answers when the events are on disk and
// every projection here has them, or with the reason nothing was stored. A
// ctx that ends before the command is decided stops it; after that the answer
// tells what happened.
//
// What a command erases is gone from here when it answers.
func (r *Region) Do(ctx context.Context, ask domain.Request) (Receipt, error) {
	if r.loading.Load() {
		return Receipt{}, errRestoring.With(r.id)
	}
	var err error
	if ask.Command, err = r.aim(ctx, ask.Command); err != nil {
		return Receipt{}, err
	}
	receipt, err := r.do(ctx, ask)
	if err == nil && erases(ask.Command) {
		err = r.erase(context.WithoutCancel(ctx))
	}
	return receipt, err
}

// Would is why the rules would refuse a command just now; nil when they would
// let it through, or have. Nothing is recorded.
func (r *Region) Would(_ context.Context, ask domain.Request) error {
	var state region.State
	r.runner.View(func() { state = r.ruling.current() })
	_, err := region.Decide(state, ask, r.now(state))
	return err
}

// do waits in a row. Whoever waits and finds nobody at the door commits what
// waits, its own command among it, and leaves the door to the next.
func (r *Region) do(ctx context.Context, ask domain.Request) (Receipt, error) {
	if !r.row.enter(ask.By) {
		return Receipt{}, errShare.With(maxShare)
	}
	defer r.row.leave(ask.By)
	j := &job{ctx: ctx, ask: ask, answer: make(chan outcome, 1)}
	select {
	case <-r.closing:
		return Receipt{}, errClosing.With()
	default:
	}
	select {
	case r.waiting <- j:
	default:
		return Receipt{}, errBusy.With(maxWaiting)
	}
	select {
	case o := <-j.answer:
		return o.receipt, o.err
	case r.door <- struct{}{}:
	case <-r.closed:
		return j.late()
	}
	defer func() { <-r.door }()
	select {
	case o := <-j.answer: // by the one who was there before
		return o.receipt, o.err
	default:
	}
	r.commit(r.pack())
	o := <-j.answer // the row is no longer than a pack
	return o.receipt, o.err
}

// late is the answer of a region that has closed.
func (j *job) late() (Receipt, error) {
	select {
	case o := <-j.answer:
		return o.receipt, o.err
	default:
		return Receipt{}, errClosing.With()
	}
}

// pack takes what waits. Clients that were answered a moment ago are about to
// ask again: it lets them, as long as more come.
func (r *Region) pack() []*job {
	jobs := make([]*job, 0, len(r.waiting)+1)
	for lull := 0; len(jobs) < maxPack && lull < lulls; {
		select {
		case next := <-r.waiting:
			jobs, lull = append(jobs, next), 0
		default:
			lull++
			runtime.Gosched()
		}
	}
	return jobs
}

// commit decides jobs in order, each against the state the earlier ones
// leave, appends what they lead to as one message, and answers each. When
// another writer was first, or nobody knows what was stored, it reads on and
// goes through the jobs again: those that were stored are known by their ids.
func (r *Region) commit(jobs []*job) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(jobs[0].ctx))
	defer cancel()
	for end := time.Now().Add(resolveTimeout); time.Now().Before(end); {
		t := r.decide(jobs)
		if len(t.commits) == 0 {
			if stale, err := r.stale(ctx, t); err != nil {
				t.answer(unread(r, err))
				return
			} else if stale {
				continue
			}
			t.answer(nil)
			return
		}
		r.ruling.expect(t.events, t.state)
		err := r.append(ctx, t)
		switch {
		case err == nil:
			t.answer(nil)
			if len(t.left) == 0 {
				return
			}
			jobs = t.left
		case errors.Is(err, eventstore.ErrConflict), errors.Is(err, eventstore.ErrUnknown):
			t.note(err)
			if err := r.readOn(ctx, t, err); err != nil {
				t.answer(unread(r, err))
				return
			}
		default:
			r.fail(err)
			t.answer(unstored(err))
			return
		}
	}
	for _, j := range jobs {
		j.answer <- outcome{err: outOfTime(j)}
	}
}

// append stores the trial's commits as one message and hands its events to
// the projections. Keys of texts are on disk before the event that needs them.
func (r *Region) append(ctx context.Context, t *trial) error {
	if err := r.vault.Sync(ctx); err != nil {
		return fmt.Errorf("keeping the keys of texts: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, appendTimeout)
	defer cancel()
	begun := time.Now()
	if err := r.runner.Append(ctx, t.head, t.commits, t.events); err != nil {
		return err
	}
	r.fed()
	r.observer.Appended(time.Since(begun), t.events)
	if err := r.mark.at(r.Head()); err != nil {
		r.fail(err) // these events are stored; no more will be
	}
	return nil
}
