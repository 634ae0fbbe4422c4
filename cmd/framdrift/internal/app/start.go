package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"syscall"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/notary"
)

// A start is a row of questions, and any no ends it before anything has been
// written:
//
//	lock → are the logs here (placed) → is every byte of them right
//	(jetstream.Preflight) → are they as long as they have been (mark) → are they
//	what was signed (notary) → are the keys here → the server → does it have as
//	many messages as lie there → reading, which must end where the files do →
//	writing
//
// The server deletes what it cannot open and cuts what it cannot read, so
// everything that can be asked without it comes first, and what it deletes all
// the same is put back when the start ends in a no (jetstream.Store, Checked).

// sound gives the regions that are known here, when each log is where it ought
// to be and every byte of it right.
func (a *App) sound(ctx context.Context) ([]domain.RegionID, error) {
	known, err := a.dir.regions()
	if err != nil {
		return nil, err
	}
	if err := a.placed(known); err != nil {
		return nil, err
	}
	return known, a.preflight(ctx, known)
}

// preflight reads the log of every region before the embedded server may, and
// compares each with its mark.
func (a *App) preflight(ctx context.Context, known []domain.RegionID) error {
	if a.options.shared() {
		return nil
	}
	if err := a.disk.startable(); err != nil {
		return err
	}
	err := SideBySide(ctx, known, func(ctx context.Context, id domain.RegionID) error {
		head, err := a.sealedAs(ctx, id)
		if err != nil {
			return err
		}
		a.mu.Lock()
		a.found[id] = head
		a.mu.Unlock()
		return nil
	})
	if err != nil {
		return err
	}
	lying, err := jetstream.Lying(a.dir.log())
	if err != nil {
		return fmt.Errorf("app: %w", err)
	}
	for _, name := range lying { // an init that was cut off leaves nothing to lose, or a log that is whole
		if id := domain.RegionID(name); !slices.Contains(known, id) && jetstream.HoldsMessages(a.dir.log(), name) {
			if _, err := a.check(ctx, id, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// sealedAs reads the log of a region and gives where it stands, when it is as
// long as it has been and what was signed.
func (a *App) sealedAs(ctx context.Context, id domain.RegionID) (eventstore.Head, error) {
	n, err := notary.Open(a.dir.seal(), string(id))
	if err != nil && a.raw { // who wants the lines alone needs no key
		if n, err = notary.Look(a.dir.seal(), string(id)); errors.Is(err, notary.ErrMissing) {
			return a.long(ctx, id, nil)
		}
	}
	if err != nil {
		return eventstore.Head{}, explainSeal(id, a.dir.seal(), err)
	}
	k := archive{id: id, notary: n}
	head, err := a.long(ctx, id, n.Keep)
	if errors.Is(err, notary.ErrAltered) || err == nil {
		err = k.settle()
	}
	if reached := a.dir.reached(id); err == nil && reached > head.Position {
		err = errShorter.With(id, head.Position, reached)
	}
	a.mu.Lock()
	a.sealed[id] = n
	a.mu.Unlock()
	return head, err
}

// long is check, and the log is as long as it has been.
func (a *App) long(ctx context.Context, id domain.RegionID, each func(eventstore.Message) error) (eventstore.Head, error) {
	head, err := a.check(ctx, id, each)
	if err == nil {
		err = a.dir.mark(id).allows(id, head)
	}
	return head, err
}

// check reads the log of a region, and gives each message to each.
func (a *App) check(ctx context.Context, id domain.RegionID, each func(eventstore.Message) error) (eventstore.Head, error) {
	report, err := jetstream.PreflightEach(ctx, a.dir.log(), string(id), each, func(done, of int64) { a.options.Checking(id, done, of) })
	if err != nil {
		return eventstore.Head{}, explain(id, err)
	}
	if report.Torn {
		a.options.Logger.Warn("the program or the machine stopped while something was written; it was not acknowledged, and is cut off",
			"region", id, "after", report.Head.Sequence)
	}
	return report.Head, nil
}

// settle compares what has been read of a log with what lies in its files and
// with its mark; then the region may be written to, unless it has stopped.
func (a *App) settle(r *Region) error {
	head := r.end
	if found, ok := a.found[r.id]; ok && found != head {
		sequence := min(found.Sequence, head.Sequence) + 1
		reason := fmt.Sprintf("the server gives %d messages with %d events, and %d with %d lie there", head.Sequence, head.Position, found.Sequence, found.Position)
		return errDamaged.Because(&eventstore.DamageError{Region: string(r.id), Sequence: sequence, Reason: reason}, r.id, sequence)
	}
	r.disk, r.mark = a.disk, a.dir.mark(r.id)
	if r.runner.Err() != nil {
		return r.mark.allows(r.id, head)
	}
	if !a.dir.restoring(r.id) { // then it is shorter until it is whole
		if err := r.archive.settle(); err != nil {
			return err
		}
	}
	return a.begin(r, head)
}

// begin brings a region's mark to head, when what lies before it is on disk.
func (a *App) begin(r *Region, head eventstore.Head) error {
	return r.mark.begin(r.id, head, func() error {
		if a.options.shared() {
			return nil
		}
		return jetstream.Sync(a.dir.log(), string(r.id))
	})
}

// asFound asks the server how many messages it has, before they are read.
func (a *App) asFound(ctx context.Context, id domain.RegionID, log eventstore.Log) error {
	found, ok := a.found[id]
	if !ok {
		return nil
	}
	n, err := log.Messages(ctx)
	if err == nil && n != found.Sequence {
		err = &eventstore.DamageError{
			Region: string(id), Sequence: min(n, found.Sequence) + 1,
			Reason: fmt.Sprintf("the server has %d messages, and %d lie there", n, found.Sequence),
		}
	}
	return explain(id, err)
}

// inaccessible reports whether damage is only that we may not use a file.
func inaccessible(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}
