package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// A Look is a data directory as somebody sees it who changes nothing: no file
// is made or written, and no server is started. It answers one question at a
// time, so that what is wrong with one thing hides no other. Its errors are
// the sentences of Open.
type Look struct {
	options Options
	dir     *dataDir
	running *App // has it open; nil when we read the files ourselves
	keys    vault.Vault
	store   *jetstream.Store // servers that we have connected to
	held    *flock.Flock
	regions []*Region
}

// LookAt looks at a directory that nobody need have open.
func LookAt(o Options) *Look {
	return &Look{options: o.orDefault(), dir: newDataDir(o.Dir)}
}

// Look looks at the directory that the App has open.
func (a *App) Look() *Look { return &Look{options: a.options, dir: a.dir, running: a} }

// Close lets go of what was opened to look at.
func (l *Look) Close() error {
	var errs []error
	for _, r := range l.regions {
		r.close()
	}
	if l.store != nil {
		errs = append(errs, l.store.Close())
	}
	if l.keys != nil {
		errs = append(errs, l.keys.Close())
	}
	if l.held != nil {
		errs = append(errs, l.held.Unlock())
	}
	return errors.Join(errs...)
}

// Path is the directory's.
func (l *Look) Path() string { return l.dir.path }

// NATS is where the log lies, if not in the directory.
func (l *Look) NATS() jetstream.External { return l.options.NATS }

// Running reports whether it is looked at by whoever has it open.
func (l *Look) Running() bool { return l.running != nil }

// Now is the time by which events are recorded.
func (l *Look) Now() time.Time {
	if l.options.Clock != nil {
		return l.options.Clock()
	}
	return time.Now()
}

// Format is why the directory is not one of ours, or of a newer program; nil
// when it is.
func (l *Look) Format() error {
	wrote, err := os.ReadFile(l.dir.file("format"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return errNoData.With(l.dir.path)
	case err != nil:
		return fmt.Errorf("app: looking into the data directory: %w", err)
	case string(wrote) != format:
		return errFormat.With(l.dir.path, strings.TrimSpace(string(wrote)))
	}
	return nil
}

// LockPath is the file that whoever has the directory open holds.
func (l *Look) LockPath() string { return l.dir.held.Path() }

// Hold keeps others from opening the directory until Close, so that nothing
// moves while it is looked at; InUse tells when somebody has it. A directory
// without a lock file has never been opened where it lies, and is not held.
func (l *Look) Hold() error {
	if _, err := os.Stat(l.LockPath()); l.Running() || l.held != nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	held := flock.New(l.LockPath(), flock.SetFlag(os.O_RDONLY))
	ok, err := held.TryRLock()
	switch {
	case err != nil:
		return fmt.Errorf("app: locking the data directory: %w", err)
	case !ok:
		return errInUse.With(l.dir.path)
	}
	l.held = held
	return nil
}

// Space is how full the disk is, and how much must be free on it for changes
// to be taken.
func (l *Look) Space() (s Space, least uint64, err error) {
	s, err = l.options.Space(l.dir.path)
	return s, s.Least(), err
}

// Known lists the regions whose logs ought to be here, those that a restore
// is making, and those that lie here without either.
func (l *Look) Known() ([]domain.RegionID, error) {
	known, err := l.dir.regions()
	if err != nil {
		return nil, err
	}
	known = append(known, l.dir.halves()...)
	lying, err := jetstream.Lying(l.dir.log())
	for _, name := range lying {
		if id := domain.RegionID(name); !slices.Contains(known, id) && jetstream.HoldsMessages(l.dir.log(), name) {
			known = append(known, id)
		}
	}
	return known, err
}

// Placed is why the log of a region cannot be looked at where it lies: it is
// not there, lies where it should not, or is not whole yet. Else it is nil.
func (l *Look) Placed(id domain.RegionID) error {
	if l.dir.restoring(id) {
		return errRestoring.With(id)
	}
	return l.dir.placed(l.options.shared(), id)
}

// Keys is how many keys of texts there are.
func (l *Look) Keys(ctx context.Context) (int, error) {
	if l.running != nil {
		return l.running.keys(), nil
	}
	keys, err := l.vault(ctx)
	if err != nil {
		return 0, err
	}
	l.keys = keys
	return keys.Len(), nil
}

// Server is whom the log is asked of when it lies on servers, and the regions
// of which they have one, with those known here.
func (l *Look) Server(ctx context.Context, known []domain.RegionID) (jetstream.Server, []domain.RegionID, error) {
	if l.running != nil {
		return l.servers().Server(), l.running.RegionIDs(), nil
	}
	if err := l.connect(); err != nil {
		return jetstream.Server{}, nil, err
	}
	all, err := l.dir.listed(ctx, l.store, known)
	return l.store.Server(), all, err
}

// connect reaches the servers that the log lies on.
func (l *Look) connect() error {
	if l.store != nil {
		return nil
	}
	store, err := openExternal(l.options)
	if err == nil {
		l.store = store
	}
	return err
}

// servers is the store of a log that lies on servers; nil when it does not, or
// they cannot be reached.
func (l *Look) servers() *jetstream.Store {
	if l.running == nil {
		return l.store
	}
	return l.running.store
}

// Keeping is how the servers keep the log of a region.
func (l *Look) Keeping(ctx context.Context, id domain.RegionID) (jetstream.Keeping, error) {
	kept, err := l.servers().Keeping(ctx, string(id))
	return kept, explain(id, err)
}

// A Reading is how much of a log was read.
type Reading struct {
	Head  eventstore.Head
	Bytes int64
	Torn  bool // it ends in a record that was being written and not acknowledged
	Files bool // it was its files that were read, and not what a server gave
}

// Read reads a log from end to end: its files, every byte of them, when no
// server has them, and else what the server gives. With an error it is how far
// that came.
func (l *Look) Read(ctx context.Context, id domain.RegionID) (Reading, error) {
	if !l.Running() && !l.options.shared() {
		report, err := jetstream.Preflight(ctx, l.dir.log(), string(id), func(done, of int64) { l.options.Checking(id, done, of) })
		return Reading{Head: report.Head, Bytes: report.Bytes, Torn: report.Torn, Files: true}, explain(id, err)
	}
	log, err := l.log(ctx, id)
	if err != nil {
		return Reading{}, err
	}
	var read Reading
	for m, err := range log.Read(ctx, eventstore.Head{}) {
		if err != nil && ctx.Err() != nil {
			return read, ctx.Err()
		}
		if err != nil {
			return read, explain(id, err)
		}
		read.Head, read.Bytes = m.Head, read.Bytes+int64(len(m.Payload))
	}
	return read, nil
}

func (l *Look) log(ctx context.Context, id domain.RegionID) (eventstore.Log, error) {
	switch {
	case l.running != nil:
		r, err := l.running.Region(id)
		if err != nil {
			return nil, err
		}
		return r.log, nil
	case !l.options.shared():
		return jetstream.Files(l.dir.log(), string(id)), nil
	}
	log, err := l.store.Open(ctx, string(id))
	return log, explain(id, err)
}

// Mark is how far the log is known to have come.
func (l *Look) Mark(id domain.RegionID) (eventstore.Head, error) { return l.dir.mark(id).read() }

// Region is a region with its projections as they are, or as they would be
// after a start. Nothing may be written to it.
func (l *Look) Region(ctx context.Context, id domain.RegionID) (*Region, error) {
	if l.running != nil {
		return l.running.Region(id)
	}
	log, err := l.log(ctx, id)
	if err != nil {
		return nil, err
	}
	o := l.options
	o.NATS = jetstream.External{} // nobody need follow it
	r, err := openRegion(ctx, id, log, l.keys, o, func(*Region) {})
	if err != nil {
		return nil, err
	}
	l.regions = append(l.regions, r)
	return r, nil
}

// Last is when the last event was recorded, and whether that is by the clock
// of a demo.
func (r *Region) Last() (at time.Time, demo bool) {
	r.runner.View(func() { at, demo = r.ruling.current().Time, r.ruling.current().Actors.Demo })
	return at, demo
}
