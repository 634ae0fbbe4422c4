package app

import (
	"errors"
	"fmt"
	"math"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/eventstore"
)

// Space is the room on the disk that holds the data directory, in bytes.
type Space struct{ Free, Total uint64 }

const (
	// leastFree and leastShare are the watermark: changes are refused when
	// less than the larger of them is free. A server whose disk is full stops
	// answering, and a person still needs room to put things right.
	leastFree  = 500_000_000
	leastShare = 20 // one part in so many
	// leastToStart is what the server needs to open its files. It deletes a
	// stream in whose directory it cannot make a file.
	leastToStart = 1_000_000
	// spaceAge is how long an answer about the disk is used.
	spaceAge = time.Second
)

// A disk is asked whether it has room, at most once a second.
type disk struct {
	path  string
	space func(path string) (Space, error)

	mu    sync.Mutex // guards the rest
	asked time.Time
	full  error
}

// room is errFull when the disk is under the watermark. A disk that does not
// say how full it is, is taken to have room: the log finds out.
func (d *disk) room() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if now := time.Now(); now.Sub(d.asked) >= spaceAge {
		d.asked, d.full = now, nil
		if s, err := d.space(d.path); err == nil {
			d.full = s.Room()
		}
	}
	return d.full
}

// roomFor is errFull when so many bytes more would bring the disk under the watermark.
func (d *disk) roomFor(bytes int64) error {
	s, err := d.space(d.path)
	if err != nil {
		return nil //nolint:nilerr // as in room
	}
	return s.below(max(leastFree, s.Total/leastShare) + uint64(bytes))
}

// startable is errFull when there is no room for the server to start.
func (d *disk) startable() error {
	s, err := d.space(d.path)
	if err != nil {
		return nil //nolint:nilerr // as in room
	}
	return s.below(leastToStart)
}

// Room is errFull when the disk is under the watermark.
func (s Space) Room() error { return s.below(s.Least()) }

// Least is how much must be free for changes to be taken.
func (s Space) Least() uint64 { return max(leastFree, s.Total/leastShare) }

func (s Space) below(least uint64) error {
	if s.Free >= least {
		return nil
	}
	return errFull.With(megabytes(s.Free), megabytes(least))
}

func megabytes(n uint64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// Space is the room on the disk that holds the data directory.
func (a *App) Space() (Space, error) { return a.disk.space(a.disk.path) }

// Writable is why the region takes no changes just now; nil while it does.
func (r *Region) Writable() error {
	if err := r.damage(); err != nil {
		return err
	}
	if err := r.reachable(); err != nil {
		return err
	}
	return r.mayWrite()
}

// mayWrite is why nothing is appended just now: the store failed, until the
// next start, or the disk is nearly full, or the log is shared and does not
// answer or is gone.
func (r *Region) mayWrite() error {
	if err := r.failure(); err != nil {
		return err
	}
	if err := r.disk.room(); err != nil || !r.shared {
		return err
	}
	return r.hearing.lacks(time.Now(), r.id, math.MaxUint64) // who is behind reads on when it loses the race
}

// failure is errReadOnly after an append that the store could not carry out.
func (r *Region) failure() error {
	if err := r.failed.Load(); err != nil {
		return errReadOnly.Because(*err, r.id)
	}
	return nil
}

// fail makes the region read-only until the next start, for an error of the
// store. Others pass, or are about one message, or come of closing.
func (r *Region) fail(err error) {
	for _, other := range []error{eventstore.ErrTooLarge, eventstore.ErrUnavailable, eventstore.ErrClosed} {
		if errors.Is(err, other) {
			return
		}
	}
	r.failed.CompareAndSwap(nil, &err)
}
