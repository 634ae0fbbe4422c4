package app

import (
	"runtime"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/eventstore"
)

// A trial is a round of decisions that has not been committed.
type trial struct {
	region *Region
	head   eventstore.Head // where the log stood when it began
	state  region.State    // as the decisions so far leave it
	now    time.Time
	damage error // why nothing can be decided
	shut   error // why nothing is appended just now

	done    []decided // one for each job taken, in their order
	events  []domain.Recorded
	commits []eventstore.Commit
	ids     map[domain.Key]Receipt // decided in this round
	left    []*job                 // did not fit in the message
}

// decided is a job and what to answer it.
type decided struct {
	job *job
	outcome
	events  int  // how many it led to: the round's next
	onTrial bool // true only if the commits before it are stored
	byState bool // a no, or nothing to change, and others write too: true only if the state is current
}

// decide decides jobs in order, and encodes what they lead to: as many as go
// in one message. A job whose events cannot be stored is refused, and the rest
// are decided again without it.
func (r *Region) decide(jobs []*job) *trial {
	for {
		t := &trial{region: r, damage: r.damage(), shut: r.mayWrite(), ids: make(map[domain.Key]Receipt, len(jobs))}
		t.done, t.events = make([]decided, 0, len(jobs)), make([]domain.Recorded, 0, len(jobs))
		t.head = r.runner.View(func() { t.state = r.ruling.current() })
		base := t.state
		t.now = r.now(t.state)
		for _, j := range jobs {
			t.take(j)
		}
		if t.commit(base, jobs) {
			return t
		}
	}
}

// take decides one job.
func (t *trial) take(j *job) {
	if j.unfit != nil {
		t.settle(j, Receipt{}, j.unfit)
		return
	}
	if err := j.ctx.Err(); err != nil && !j.sent {
		t.settle(j, Receipt{}, errCancelled.Because(err))
		return
	}
	if t.damage != nil {
		t.settle(j, Receipt{}, t.damage)
		return
	}
	key := domain.KeyOf(j.ask.ID)
	if receipt, ok := t.remembered(j.ask.ID, key); ok {
		t.settle(j, receipt, nil)
		return
	}
	d, err := region.Decide(t.state, j.ask, t.now)
	switch {
	case err != nil || len(d.Drafts) == 0:
		t.settle(j, Receipt{Command: j.ask.ID}, err).byState = t.region.shared
	case t.shut != nil:
		t.settle(j, Receipt{}, t.shut)
	default:
		t.record(j, key, d)
	}
}

func (t *trial) settle(j *job, receipt Receipt, err error) *decided {
	t.done = append(t.done, decided{job: j, outcome: outcome{receipt, err}, onTrial: len(t.events) > 0})
	return &t.done[len(t.done)-1]
}

func (t *trial) remembered(id domain.CommandID, key domain.Key) (Receipt, bool) {
	receipt, ok := t.ids[key]
	if !ok {
		t.region.runner.View(func() { receipt, ok = t.region.ruling.remembered(id, key) })
	}
	receipt.Repeated = true
	return receipt, ok
}

// record gives the drafts their places and evolves the state with them.
func (t *trial) record(j *job, key domain.Key, d region.Decided) {
	ask, begin := &j.ask, len(t.events)
	for i, draft := range d.Drafts {
		t.events = append(t.events, domain.Recorded{
			ID: t.idOf(j, i, draft), Region: t.region.id, Position: t.next(), Time: t.now,
			Effective: draft.Effective, Subject: draft.Subject, Plan: draft.Plan,
			Actor: ask.By, OnBehalfOf: draft.OnBehalfOf, Channel: ask.Channel,
			Command: ask.ID, Retrospective: ask.Retrospective, Event: draft.Event,
		})
	}
	recorded := t.events[begin:]
	j.earlier = recorded
	for i := range recorded {
		t.state = region.Evolve(t.state, recorded[i])
	}
	receipt := Receipt{Command: ask.ID, First: recorded[0].Position, Last: recorded[len(recorded)-1].Position}
	t.ids[key] = receipt
	settled := t.settle(j, receipt, nil)
	settled.events, settled.onTrial = len(recorded), true
}

// idOf is the id of an event: the one it had in the round before, for its text
// has a key by that name, which is on disk.
func (t *trial) idOf(j *job, i int, draft domain.Draft) domain.EventID {
	if i < len(j.earlier) && j.earlier[i].Event.EventName() == draft.Event.EventName() {
		return j.earlier[i].ID
	}
	return t.region.newID(t.now)
}

// next is the position of the next event.
func (t *trial) next() domain.Position {
	return domain.Position(t.head.Position) + domain.Position(len(t.events)) + 1
}

// commit makes the round's commits, up to the first that no longer fits in the
// message; it and the jobs after it are left for the next. False when a job
// turned out to be unfit.
func (t *trial) commit(base region.State, jobs []*job) bool {
	lines, errs := t.encode()
	limit, size, from := t.region.log.MaxPayload(), 0, 0
	for i := range t.done {
		d := &t.done[i]
		if d.events == 0 {
			continue
		}
		to, own := from+d.events, 0
		for n := from; n < to; n++ {
			if errs[n] != nil {
				d.job.unfit = errEncoding.Because(errs[n])
				return false
			}
			own += len(lines[n])
		}
		if own > limit {
			d.job.unfit = errTooLarge.With(own, limit)
			return false
		}
		if size += own; size > limit {
			t.cut(base, i, from, jobs)
			break
		}
		t.commits = append(t.commits, eventstore.Commit{Subject: subject(t.events[from:to]), Events: lines[from:to]})
		from = to
	}
	return true
}

// cut leaves the jobs from the n-th on, and their events, for the next round.
func (t *trial) cut(base region.State, n, events int, jobs []*job) {
	t.done, t.events, t.left = t.done[:n], t.events[:events], jobs[n:]
	t.state = base
	for i := range t.events {
		t.state = region.Evolve(t.state, t.events[i])
	}
}

// encode gives the line of every event, or why there is none.
func (t *trial) encode() (lines [][]byte, errs []error) {
	lines, errs = make([][]byte, len(t.events)), make([]error, len(t.events))
	inParallel(len(t.events), func(i int) { lines[i], errs[i] = t.region.codec.Encode(t.events[i]) })
	return lines, errs
}

// inParallel calls f with 0…n−1, on every core when there is much to do.
func inParallel(n int, f func(int)) {
	const fewest = 16 // for a goroutine to be worth its while
	parts := min(runtime.GOMAXPROCS(0), n/fewest+1)
	var wait sync.WaitGroup
	for part := 1; part < parts; part++ {
		wait.Go(func() {
			for i := n * part / parts; i < n*(part+1)/parts; i++ {
				f(i)
			}
		})
	}
	for i := range n / parts {
		f(i)
	}
	wait.Wait()
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
	first := &recorded[0]
	for i := range recorded {
		if recorded[i].Subject != first.Subject {
			return ""
		}
	}
	plan := string(first.Plan)
	if plan == "" {
		plan = "-"
	}
	return plan + "." + first.Subject.Entity + "." + first.Subject.ID
}
