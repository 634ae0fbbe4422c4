package app

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

// Where the log lies: in the data directory, or on servers that other
// instances use too.

// shared reports whether others may append to the log.
func (o Options) shared() bool { return o.NATS.URL != "" }

// placed looks, before any server starts, whether the logs of the regions
// that are known here lie where they ought to. An embedded server makes what
// it misses, and one region must not have two logs.
func (a *App) placed(known []domain.RegionID) error {
	if err := jetstream.PutBack(a.dir.log()); err != nil {
		return fmt.Errorf("app: %w", err)
	}
	for _, id := range known {
		if err := a.dir.placed(a.options.shared(), id); err != nil {
			return err
		}
	}
	return nil
}

func (d *dataDir) placed(shared bool, id domain.RegionID) error {
	switch here := jetstream.Present(d.log(), string(id)); {
	case shared && here:
		return errOwnLog.With(d.path, id)
	case !shared && !here:
		return errMissing.With(id)
	}
	return nil
}

// openStore opens the store, and lists the regions in it: those known here,
// and those that the servers list, if they let us ask.
func (a *App) openStore(ctx context.Context, known []domain.RegionID) error {
	a.listed = slices.Clone(known)
	if !a.options.shared() {
		store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: a.dir.log(), Logger: a.options.Logger})
		switch {
		case errors.Is(err, jetstream.ErrNotOpened):
			return errNotOpened.Because(err, a.dir.path)
		case err != nil:
			return err
		}
		a.store = store
		return nil
	}
	store, err := openExternal(a.options)
	if err != nil {
		return err
	}
	a.store = store
	a.listed, err = a.dir.listed(ctx, store, known)
	return err
}

func openExternal(o Options) (*jetstream.Store, error) {
	at := o.NATS
	at.Logger = o.Logger
	store, err := jetstream.OpenExternal(at)
	switch {
	case errors.Is(err, eventstore.ErrUnavailable):
		return nil, errUnreachable.Because(err)
	case err != nil:
		return nil, errServers.With(err)
	}
	return store, nil
}

// listed gives the regions that are known, and those that the servers list and
// no restore is making.
func (d *dataDir) listed(ctx context.Context, store *jetstream.Store, known []domain.RegionID) ([]domain.RegionID, error) {
	names, err := store.Regions(ctx)
	if err != nil && !errors.Is(err, jetstream.ErrNotAllowed) {
		return nil, errUnreachable.Because(err)
	}
	all := slices.Clone(known)
	for _, name := range names {
		if id := domain.RegionID(name); domain.CheckID(id) == nil && !slices.Contains(known, id) && !d.restoring(id) {
			all = append(all, id)
		}
	}
	return all, nil
}

// opened is the log of a region that ought to be there. The server may know
// nothing of one whose files are here: it could not read its settings.
func (a *App) opened(ctx context.Context, id domain.RegionID) (eventstore.Log, error) {
	log, err := a.store.Open(ctx, string(id))
	if errors.Is(err, eventstore.ErrMissing) && jetstream.Present(a.dir.log(), string(id)) {
		return nil, errNotOpened.Because(err, a.dir.path)
	}
	return log, explain(id, err)
}

// join opens a region, and remembers one that another instance began: from
// then on it ought to be there. Its log is left alone while it is empty, for
// there its init is under way or was cut off.
func (a *App) join(ctx context.Context, id domain.RegionID, log eventstore.Log, known []domain.RegionID) error {
	if slices.Contains(known, id) {
		return a.add(ctx, id, log)
	}
	if n, err := log.Messages(ctx); n == 0 || err != nil {
		return explain(id, err)
	}
	if err := a.add(ctx, id, log); err != nil {
		return err
	}
	return a.dir.remember(id)
}

// newLog makes the log of a region, or opens one that an init that was cut
// off, or another instance, has made.
func (a *App) newLog(ctx context.Context, id domain.RegionID) (eventstore.Log, error) {
	if a.options.shared() { // not everybody may make one
		if log, err := a.store.Open(ctx, string(id)); !errors.Is(err, eventstore.ErrMissing) {
			return log, err
		}
	}
	log, err := a.store.Create(ctx, string(id))
	if errors.Is(err, eventstore.ErrExists) {
		log, err = a.store.Open(ctx, string(id))
	}
	return log, err
}
