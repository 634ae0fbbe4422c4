package projections

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A Runner feeds projections from one region's log: CatchUp reads to the end,
// Run follows, and what goes in through Append is fed at once. However it
// comes, every event reaches every projection once and in order; several
// projections are fed at the same time.
//
// The Runner trusts nothing: sequences and positions must run without a gap,
// times must not go back, and every line must decode. What breaks that stops
// the runner (Err); what one projection cannot apply stops that projection, and
// so does a Digest that is not the log's. Both stay where they were and keep
// answering.
type Runner struct {
	region domain.RegionID
	log    eventstore.Log
	codec  *codec.Codec

	appending sync.Mutex // held from an Append to its feeding, so that Run need not decode what is ours

	mu     sync.RWMutex // guards all below, and the insides of the projections
	head   eventstore.Head
	time   time.Time // of the latest event
	digest Digest    // of the log
	err    error     // why the runner stopped
	fed    []*fed
	kept   []*kept
	moved  chan struct{} // closed and made anew when head or err changes
}

// fed is a projection and how far it has come.
type fed struct {
	Projection
	head   eventstore.Head
	digest Digest // of what it was given
	err    error
	lacks  time.Time // when the event it stopped at was recorded
}

// A Keeper is given every message of the log as it is stored, byte for byte, in
// order and once each: an archive. What it cannot keep stops it, and nothing else.
type Keeper interface {
	Name() string
	Keep(eventstore.Message) error
}

// kept is a keeper and how far it has come.
type kept struct {
	Keeper
	head eventstore.Head
	err  error
}

// A Health is how one projection, or keeper, is doing.
type Health struct {
	Name    string
	Version int
	Kept    bool            // it is a keeper, which has no version
	Head    eventstore.Head // how far it has come
	Digest  Digest          // of what it was given; a keeper has none
	Err     error           // why it stopped; nil while it runs
	Lacks   time.Time       // when the event it stopped at was recorded; zero if that is not known
}

// NewRunner feeds the projections, all of them new, from the log.
func NewRunner(region domain.RegionID, log eventstore.Log, c *codec.Codec, all ...Projection) *Runner {
	r := &Runner{region: region, log: log, codec: c, moved: make(chan struct{})}
	for _, p := range all {
		r.fed = append(r.fed, &fed{Projection: p})
	}
	return r
}

// Resume lets a runner whose projections were made of a snapshot, and whose keepers
// have the rest, go on from where it was made. It is called before anything is fed.
func (r *Runner) Resume(at Standing) {
	r.head, r.time, r.digest = at.Head, at.Time, at.Digest
	for _, f := range r.fed {
		f.head, f.digest = at.Head, at.Digest
	}
	for _, k := range r.kept {
		k.head = at.Head
	}
}

// Standing is how far the runner has come.
func (r *Runner) Standing() Standing {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return Standing{r.head, r.time, r.digest}
}

// KeepIn gives messages to a keeper too. It is called before anything is fed.
func (r *Runner) KeepIn(k Keeper) { r.kept = append(r.kept, &kept{Keeper: k}) }

// Join gives a keeper every message after a head, those that have been fed from
// the log, and then each as it comes. It is for a keeper that has the rest. What
// the keeper answers stops it alone; errors are those of reading.
func (r *Runner) Join(ctx context.Context, k Keeper, after eventstore.Head) error {
	r.appending.Lock()
	defer r.appending.Unlock()
	joined, end := &kept{Keeper: k, head: after}, r.Head()
	if after.Sequence < end.Sequence {
		for m, err := range r.log.Read(ctx, after) {
			if err != nil {
				return r.stopIfDamaged(err)
			}
			if joined.take([]decoded{{Message: m}}); joined.err != nil || m.Head.Sequence >= end.Sequence {
				break
			}
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.kept = append(r.kept, joined)
	return nil
}

// CatchUp feeds what is on the log and has not been fed. Messages are decoded
// on all cores while the ones before are fed.
func (r *Runner) CatchUp(ctx context.Context) error {
	for batch := range r.readAhead(ctx, r.log, r.Head()) {
		if err := r.feed(batch...); err != nil {
			return r.stopIfDamaged(err)
		}
	}
	return domain.FirstError(r.Err(), ctx.Err())
}

// catchUpTo is CatchUp to a head that the log is known to have stood at.
func (r *Runner) catchUpTo(ctx context.Context, end eventstore.Head) error {
	if r.Head() == end {
		return nil
	}
	for batch := range r.readAhead(ctx, eventstore.UpTo(r.log, end), r.Head()) {
		if err := r.feed(batch...); err != nil {
			return err
		}
	}
	if head := r.Head(); head != end && ctx.Err() == nil {
		return fmt.Errorf("projections: the log ended at message %d, and it has been read to %d", head.Sequence, end.Sequence)
	}
	return ctx.Err()
}

// Run follows the log until ctx ends, which is no error, or until it cannot go on.
func (r *Runner) Run(ctx context.Context) error {
	for m, err := range r.log.Follow(ctx, r.Head()) {
		if err == nil {
			err = r.take(m)
		}
		if err != nil && ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return r.stopIfDamaged(err)
		}
	}
	return nil
}

// Append stores commits as one message if the log stands at after, and feeds
// their events before it answers: who asks after that finds them. Errors are
// those of eventstore.Log.
func (r *Runner) Append(ctx context.Context, after eventstore.Head, commits []eventstore.Commit, events []domain.Recorded) error {
	r.appending.Lock()
	defer r.appending.Unlock()
	head, err := r.log.Append(ctx, after, commits...)
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil && r.head == after {
		m := eventstore.Message{Head: head}
		if len(r.kept) > 0 {
			m = eventstore.MessageOf(head, commits...)
		}
		r.apply(decoded{Message: m, events: events})
	}
	return nil
}

// Wait returns when the position has been fed, or with the reason it will not be.
func (r *Runner) Wait(ctx context.Context, position domain.Position) error {
	for {
		r.mu.RLock()
		head, err, moved := r.head, r.err, r.moved
		r.mu.RUnlock()
		switch {
		case head.Position >= uint64(position):
			return nil
		case err != nil:
			return err
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return fmt.Errorf("projections: waiting for position %d at %d: %w", position, head.Position, ctx.Err())
		}
	}
}

// View calls f while no projection changes; f must not keep what it saw
// unless the projection says it is a copy. It returns where the log then stood.
func (r *Runner) View(f func()) eventstore.Head {
	r.mu.RLock()
	defer r.mu.RUnlock()
	f()
	return r.head
}

// Head is how far the runner has come.
func (r *Runner) Head() eventstore.Head { return r.View(func() {}) }

// Err is why the runner stopped; nil while it runs.
func (r *Runner) Err() error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.err
}

// Health lists the projections and how each is doing.
func (r *Runner) Health() []Health {
	r.mu.RLock()
	defer r.mu.RUnlock()
	all := make([]Health, 0, len(r.fed)+len(r.kept))
	for _, f := range r.fed {
		all = append(all, Health{Name: f.Name(), Version: f.Version(), Head: f.head, Digest: f.digest, Err: cmp.Or(f.err, r.err), Lacks: f.lacks})
	}
	for _, k := range r.kept {
		all = append(all, Health{Name: k.Name(), Kept: true, Head: k.head, Err: cmp.Or(k.err, r.err)})
	}
	return all // when the runner has stopped, nothing is fed any more
}

func (r *Runner) wake() {
	close(r.moved)
	r.moved = make(chan struct{})
}

// stopIfDamaged stops the runner for good when the log itself is at fault;
// any other error, such as a lost connection, may pass.
func (r *Runner) stopIfDamaged(err error) error {
	if _, ok := errors.AsType[*eventstore.DamageError](err); !ok {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.err == nil {
		r.err = err
		r.wake()
	}
	return r.err
}

// fail is called with mu held.
func (r *Runner) fail(reason error, sequence uint64) error {
	if r.err == nil {
		r.err = &eventstore.DamageError{Region: string(r.region), Sequence: sequence, Reason: reason.Error(), Cause: reason}
		r.wake()
	}
	return r.err
}
