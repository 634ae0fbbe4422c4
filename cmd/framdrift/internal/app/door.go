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
	// looks for itself what was stored.
	appendTimeout = 10 * time.Second
	// lulls is how often the queue is found empty before a pack goes.
	lulls = 4
	// resolveTimeout is how long a pack is decided again that lost the race,
	// or of which nobody knows what was stored.
	resolveTimeout = 30 * time.Second
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
}

type outcome struct {
	receipt Receipt
	err     error
}

// Do is the one door for writes. It answers when the events are on disk and
// every projection here has them, or with the reason nothing was stored. A
// ctx that ends before the command is decided stops it; after that the answer
// tells what happened.
func (r *Region) Do(ctx context.Context, ask domain.Request) (Receipt, error) {
	j := &job{ctx: ctx, ask: ask, answer: make(chan outcome, 1)}
	select {
	case r.waiting <- j:
	case <-r.closing:
		return Receipt{}, errClosing.With()
	default:
		return Receipt{}, errBusy.With(maxWaiting)
	}
	select {
	case o := <-j.answer:
		return o.receipt, o.err
	case <-r.closed:
		select {
		case o := <-j.answer:
			return o.receipt, o.err
		default:
			return Receipt{}, errClosing.With()
		}
	}
}

// serveDoor takes what waits, as much as goes in one pack, and commits it,
// until the region closes.
func (r *Region) serveDoor() {
	for {
		select {
		case <-r.closing:
			return
		case first := <-r.waiting:
			r.commit(r.pack(first))
		}
	}
}

// pack takes what waits with the first. Clients that were answered a moment
// ago are about to ask again: it lets them, as long as more come.
func (r *Region) pack(first *job) []*job {
	jobs := []*job{first}
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
	if err := r.vault.Sync(); err != nil {
		return fmt.Errorf("keeping the keys of texts: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, appendTimeout)
	defer cancel()
	begun := time.Now()
	if err := r.runner.Append(ctx, t.head, t.commits, t.events); err != nil {
		return err
	}
	r.observer.Appended(time.Since(begun), t.events)
	if err := r.mark.at(r.Head()); err != nil {
		r.fail(err) // these events are stored; no more will be
	}
	return nil
}

// A trial is a round of decisions that has not been committed.
type trial struct {
	region  *Region
	head    eventstore.Head // where the log stood when it began
	state   region.State    // as the decisions so far leave it
	now     time.Time
	commits []eventstore.Commit
	events  []domain.Recorded
	size    int
	done    []decided
	ids     map[domain.CommandID]Receipt // decided in this round
	left    []*job                       // did not fit in the message
}

// decided is a job and what to answer it.
type decided struct {
	job *job
	outcome
	onTrial bool // true only if the commits before it are stored
	byState bool // a no, or nothing to change, and others write too: true only if the state is current
}

func (r *Region) decide(jobs []*job) *trial {
	t := &trial{region: r, ids: map[domain.CommandID]Receipt{}}
	t.head = r.runner.View(func() { t.state = r.ruling.state })
	t.now = r.now(t.state)
	for i, j := range jobs {
		if !t.take(j) {
			t.left = jobs[i:]
			break
		}
	}
	return t
}

// take decides one job; false when its events must wait for the next message.
func (t *trial) take(j *job) bool {
	if err := j.ctx.Err(); err != nil && !j.sent {
		return t.settle(j, Receipt{}, errCancelled.Because(err))
	}
	if err := t.region.damage(); err != nil {
		return t.settle(j, Receipt{}, err)
	}
	if receipt, ok := t.remembered(j.ask.ID); ok {
		return t.settle(j, receipt, nil)
	}
	d, err := region.Decide(t.state, j.ask, t.now)
	if err != nil || len(d.Drafts) == 0 {
		t.settle(j, Receipt{Command: j.ask.ID}, err)
		t.done[len(t.done)-1].byState = t.region.shared
		return true
	}
	if err := t.region.mayWrite(); err != nil {
		return t.settle(j, Receipt{}, err)
	}
	return t.add(j, d)
}

func (t *trial) settle(j *job, receipt Receipt, err error) bool {
	t.done = append(t.done, decided{job: j, outcome: outcome{receipt, err}, onTrial: len(t.commits) > 0})
	return true
}

func (t *trial) remembered(id domain.CommandID) (Receipt, bool) {
	receipt, ok := t.ids[id]
	if !ok {
		t.region.runner.View(func() { receipt, ok = t.region.ruling.remembered(id) })
	}
	receipt.Repeated = true
	return receipt, ok
}

// add gives the drafts their places and evolves the state with them.
func (t *trial) add(j *job, d region.Decided) bool {
	recorded := t.record(j.ask, d)
	lines, size, err := t.encode(recorded)
	limit := t.region.log.MaxPayload()
	switch {
	case err != nil:
		return t.settle(j, Receipt{}, errEncoding.Because(err))
	case size > limit:
		return t.settle(j, Receipt{}, errTooLarge.With(size, limit))
	case t.size+size > limit:
		return false
	}
	t.size += size
	t.commits = append(t.commits, eventstore.Commit{Subject: subject(recorded), Events: lines})
	t.events = append(t.events, recorded...)
	for _, e := range recorded {
		t.state = region.Evolve(t.state, e)
	}
	receipt := Receipt{Command: j.ask.ID, First: recorded[0].Position, Last: recorded[len(recorded)-1].Position}
	t.ids[j.ask.ID] = receipt
	return t.settle(j, receipt, nil)
}

func (t *trial) record(ask domain.Request, d region.Decided) []domain.Recorded {
	position := domain.Position(t.head.Position) + domain.Position(len(t.events))
	recorded := make([]domain.Recorded, len(d.Drafts))
	for i, draft := range d.Drafts {
		position++
		recorded[i] = domain.Recorded{
			ID: t.region.newID(t.now), Region: t.region.id, Position: position, Time: t.now,
			Effective: draft.Effective, Subject: draft.Subject, Plan: draft.Plan,
			Actor: ask.By, OnBehalfOf: draft.OnBehalfOf, Channel: ask.Channel,
			Command: ask.ID, Retrospective: ask.Retrospective, Event: draft.Event,
		}
	}
	return recorded
}

func (t *trial) encode(recorded []domain.Recorded) (lines [][]byte, size int, err error) {
	lines = make([][]byte, len(recorded))
	for i, e := range recorded {
		if lines[i], err = t.region.codec.Encode(e); err != nil {
			return nil, 0, err
		}
		size += len(lines[i])
	}
	return lines, size, nil
}

// answer tells every job of the round. When the round came to nothing, wrong
// gives the error of each that was decided on trial or by the state; the
// others were answered by what is on the log.
func (t *trial) answer(wrong func(*job) error) {
	for _, d := range t.done {
		if wrong != nil && (d.onTrial || d.byState) {
			d.outcome = outcome{err: wrong(d.job)}
		}
		d.job.answer <- d.outcome
	}
	if wrong != nil {
		for _, j := range t.left {
			j.answer <- outcome{err: wrong(j)}
		}
	}
}

// subject is where a commit about one thing goes; empty for several things.
func subject(recorded []domain.Recorded) string {
	first := recorded[0]
	for _, e := range recorded[1:] {
		if e.Subject != first.Subject {
			return ""
		}
	}
	plan := string(first.Plan)
	if plan == "" {
		plan = "-"
	}
	return plan + "." + first.Subject.Entity + "." + first.Subject.ID
}
