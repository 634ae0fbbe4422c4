package app

import (
	"context"
	"errors"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// Restoring says how a copy is restored. Watch must be there.
type Restoring struct {
	// Pack is how many bytes go in one message, and one commit always; 0 is
	// as many as the log takes.
	Pack int
	// Watch is told how much of the copy is on the log.
	Watch Watch
}

// NotThatRegion is why a copy is not restored when another region was asked for.
func NotThatRegion(of, asked domain.RegionID) error { return errNotThatRegion.With(of, asked) }

// Restored is how far a restore has come.
type Restored struct {
	Found    uint64 // events that were on the log before
	Position uint64 // events that are there now
	Packs    int    // messages that were appended
}

// Restore puts the log of a copy in place: it makes the region if there is
// none, and goes on where an earlier restore, or the region itself, stopped.
// What is on the log must be the beginning of the copy, else nothing is
// appended. A ctx that ends stops it between two messages. Until all of it is
// there a new region cannot be used, by this program or the next.
func (a *App) Restore(ctx context.Context, c *Copy, how Restoring) (Restored, error) {
	if !a.options.shared() {
		if err := a.disk.roomFor(c.Bytes); err != nil {
			return Restored{}, err
		}
	}
	r, err := a.restorable(ctx, c)
	if err != nil {
		return Restored{}, err
	}
	restored, err := r.load(ctx, c, how, func(err error) (bool, error) { return a.whole(r, err) })
	if err == nil {
		err = r.erase(ctx)
	}
	return restored, err
}

// Compare is Restore without the restoring: how far the log has come, which
// is nowhere if there is none.
func (a *App) Compare(ctx context.Context, c *Copy) (Restored, error) {
	log, err := a.store.Open(ctx, string(c.Region))
	if errors.Is(err, eventstore.ErrMissing) {
		return Restored{}, nil
	}
	if err != nil {
		return Restored{}, explain(c.Region, err)
	}
	if limit := log.MaxPayload(); c.largest.size > limit {
		return Restored{}, errCopyTooLarge.With(c.largest.line, limit)
	}
	beyond, err := c.beyond(ctx, log, codec.New(a.vault))
	if err != nil {
		return Restored{}, err
	}
	return Restored{Found: beyond.head.Position, Position: beyond.head.Position}, nil
}

// restorable is the region of the copy. One that is made here is marked as
// not whole before it has a log.
func (a *App) restorable(ctx context.Context, c *Copy) (*Region, error) {
	a.beginning.Lock()
	defer a.beginning.Unlock()
	if slices.Contains(a.RegionIDs(), c.Region) {
		return a.Region(c.Region)
	}
	if !a.dir.restoring(c.Region) {
		if _, err := a.Compare(ctx, c); err != nil { // with what an init that was cut off, or another instance, left
			return nil, err
		}
		if err := a.dir.beginRestoring(c.Region); err != nil {
			return nil, err
		}
	}
	if err := a.needVault(ctx); err != nil {
		return nil, err
	}
	log, err := a.newLog(ctx, c.Region)
	if err != nil {
		return nil, explain(c.Region, err)
	}
	if err := a.add(ctx, c.Region, log); err != nil {
		return nil, err
	}
	return a.open(c.Region), nil
}

// open is the region if it is open here.
func (a *App) open(id domain.RegionID) *Region {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.regions[id]
}

// whole remembers a region whose log has been restored to its end, when no
// error came in between, and reports whether the region can be used.
func (a *App) whole(r *Region, err error) (usable bool, _ error) {
	if !a.dir.restoring(r.id) {
		return true, err
	}
	if err == nil {
		err = r.archive.settle()
	}
	if err == nil {
		err = a.dir.endRestoring(r.id)
	}
	if err == nil {
		err = a.begin(r, r.Head())
	}
	return err == nil, err
}
