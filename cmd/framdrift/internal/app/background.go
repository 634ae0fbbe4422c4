package app

import (
	"context"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// What an App does beside its commands: it signs regions that have moved, and
// reads every log again to see that it still is what was signed. A disk that
// rots, or somebody who changes what lies on it, is known within a turn.

const (
	// sealEvery is how often a region that has moved is signed when nobody says.
	sealEvery = 5 * time.Minute
	// verifyEvery is how long after one verification of every log the next begins.
	verifyEvery = time.Hour
	// snapshotEvery is how often it is asked whether snapshots are old.
	snapshotEvery = time.Minute
	// closingPatience is how long a stop may go on making snapshots.
	closingPatience = 5 * time.Second
)

// A Verdict is what the latest verification of a region's log found.
type Verdict struct {
	At     time.Time // when it began; the start counts as one
	Events uint64
	Err    error // why the log cannot be trusted
}

// Verdict is what the latest verification found.
func (r *Region) Verdict() Verdict { return *r.verdict.Load() }

// background begins what goes on until stop.
func (a *App) background() {
	a.work.Go(func() { a.repeat(a.ctx, a.options.SealEvery, a.notarize) })
	a.work.Go(func() { a.repeat(a.ctx, a.options.VerifyEvery, a.reverify) })
	a.work.Go(func() { a.repeat(a.ctx, a.options.SnapshotEvery, a.snapshot) })
}

// repeat does something to every region, and again so long after, until ctx ends.
func (a *App) repeat(ctx context.Context, every time.Duration, do func(context.Context, *Region)) {
	turn := time.NewTimer(every)
	defer turn.Stop()
	for {
		select {
		case <-turn.C:
		case <-ctx.Done():
			return
		}
		for _, r := range a.Regions() {
			if ctx.Err() == nil {
				do(ctx, r)
			}
		}
		turn.Reset(every)
	}
}

// notarize signs a region if it has moved.
func (a *App) notarize(_ context.Context, r *Region) {
	if err := r.sign(); err != nil {
		a.options.Logger.Error("the log could not be signed", "region", r.id, "error", err)
	}
}

// reverify reads the log of a region again. If it is the log that is wrong, and
// not what is kept beside it, the region takes nothing more. One that cannot be read now is
// told as before: that it was not verified shows in the time.
func (a *App) reverify(ctx context.Context, r *Region) {
	if r.loading.Load() {
		return
	}
	verdict := Verdict{At: time.Now()}
	v, err := a.Look().Verify(ctx, r.id, func(int64, int64) {})
	if err != nil {
		if ctx.Err() == nil {
			a.options.Logger.Error("the log could not be verified", "region", r.id, "error", err)
		}
		return
	}
	verdict.Events, verdict.Err = v.Log.Events, v.Err()
	for _, d := range v.Damage {
		a.options.Logger.Error("the log is not what was signed", "region", r.id, "damage", d.Sentence(domain.English))
		if d.In == "log" { // nothing more is written on it
			damage := error(&eventstore.DamageError{Region: string(r.id), Sequence: d.Sequence, Reason: d.Reason})
			r.damaged.CompareAndSwap(nil, &damage)
		}
	}
	r.verdict.Store(&verdict)
}
