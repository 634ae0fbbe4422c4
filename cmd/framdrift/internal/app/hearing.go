package app

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// A follower hears nothing when nothing comes, and it hears nothing when the
// replica that feeds it is cut off from the others. So an instance that shares
// its log also asks, again and again, how long the log is: that is answered
// only for most of the replicas. What is known of it is a hearing, and what is
// missing from it is told by Ready.

const (
	// askEvery is the time from an answer to the next question, and askAgain
	// from one without an answer.
	askEvery = 5 * time.Second
	askAgain = time.Second
	// quiet is how long there may be no answer, or messages be missing here,
	// before it is told. A cluster that loses its leader is silent for four to
	// nine seconds.
	quiet = 15 * time.Second
)

// A hearing is what the log last said of itself, and what was missing here then.
type hearing struct {
	mu    sync.Mutex // guards the rest
	heard time.Time  // when the log last said how long it is
	gone  error      // it said that it is not there
	owed  uint64     // a length that it said, until it has been read so far; 0: none
	since time.Time  // when it said so
}

// says takes in an answer to what was asked at a time, when so many messages
// had been read here.
func (h *hearing) says(at time.Time, messages, here uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if at.After(h.heard) {
		h.heard = at
	}
	h.gone = nil
	if here >= h.owed && messages > here {
		h.owed, h.since = messages, at
	}
}

// fails takes in that there was no answer.
func (h *hearing) fails(err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if errors.Is(err, eventstore.ErrMissing) {
		h.gone = err
	}
}

// lacks is what is wrong, at a time when so many messages have been read here;
// nil when nothing is.
func (h *hearing) lacks(now time.Time, id domain.RegionID, here uint64) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	unheard, behind := now.Sub(h.heard), now.Sub(h.since)
	switch {
	case h.gone != nil:
		return errMissing.Because(h.gone, id)
	case unheard >= quiet:
		return errSilent.With(id, clock(h.heard), int(unheard.Seconds()))
	case h.owed > here && behind >= quiet:
		return errBehind.With(id, h.owed, here, clock(h.since), int(behind.Seconds()))
	}
	return nil
}

// owing is since when messages are known to be missing, of which so many have
// been read; zero when none are.
func (h *hearing) owing(here uint64) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.owed <= here {
		return time.Time{}
	}
	return h.since
}

func clock(at time.Time) domain.Phrase {
	at = at.In(domain.Oslo)
	norwegian := at.Format("15.04.05")
	return domain.Phrase{NB: norwegian, NN: norwegian, EN: at.Format("15:04:05")}
}

// watch asks the log how long it is, until ctx ends.
func (r *Region) watch(ctx context.Context) {
	for ctx.Err() == nil {
		pause := askEvery
		if _, err := r.Messages(ctx); err != nil {
			pause = askAgain
			if _, damaged := errors.AsType[*eventstore.DamageError](err); damaged {
				_ = r.runner.CatchUp(ctx) // it asks too, and stops
			}
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// Messages is how many messages the log itself holds now.
func (r *Region) Messages(ctx context.Context) (uint64, error) {
	asked := time.Now()
	n, err := r.log.Messages(ctx)
	if err != nil {
		r.hearing.fails(err)
		return 0, err
	}
	r.hearing.says(asked, n, r.Head().Sequence)
	return n, nil
}

// Heard is when the log last said how long it is.
func (r *Region) Heard() time.Time {
	r.hearing.mu.Lock()
	defer r.hearing.mu.Unlock()
	return r.hearing.heard
}

// Ready is why the region is not, or may not be, as the log says: Err, or the
// log is shared and cannot be reached, or it is read too slowly, or it was
// verified and found wanting.
func (r *Region) Ready() error {
	if err := r.Err(); err != nil {
		return err
	}
	if err := r.reachable(); err != nil {
		return err
	}
	return r.Verdict().Err
}

func (r *Region) reachable() error {
	if !r.shared {
		return nil
	}
	return r.hearing.lacks(time.Now(), r.id, r.Head().Sequence)
}
