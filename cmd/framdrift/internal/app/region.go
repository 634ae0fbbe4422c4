package app

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/projections"
)

// A Region is one region's log in use: the door that commands go in through
// (Do) and the projections that answer (see read.go). All methods may be used
// at the same time.
type Region struct {
	id       domain.RegionID
	log      eventstore.Log
	codec    *codec.Codec
	vault    vault.Vault
	clock    func() time.Time // nil: see now
	newID    func(time.Time) domain.EventID
	observer Observer
	shared   bool // others may append to the log too
	hearing  hearing

	began   eventstore.Head // where its snapshot stood; zero when it was read from the beginning
	end     eventstore.Head // where the log stood when it was opened
	disk    *disk
	mark    *mark                 // the door's; after it has closed, the App's
	failed  atomic.Pointer[error] // why the store takes nothing more
	damaged atomic.Pointer[error] // what was found when the log was read again
	verdict atomic.Pointer[Verdict]

	archive   *archive // what is kept beside the log; nil for who only looks
	snapshots snapshots
	writing   sync.Mutex // held by whoever makes them
	runner    *projections.Runner
	ruling    *ruling                           // these two only inside runner.View
	awake     map[string]projections.Projection // by name; see awake.go
	room      *room

	erasing *erasure
	stored  time.Time // when the log answered the latest append; only who is at the door
	row     row
	waiting chan *job     // in the order they came
	door    chan struct{} // full while somebody commits
	loading atomic.Bool   // a log is put in place: commands are turned away
	closing chan struct{} // closed when the region is to stop
	closed  chan struct{} // closed when it has
	stop    context.CancelFunc
	work    sync.WaitGroup
}

// An Observer is told what the door does, for metrics. Its methods may be
// called from several goroutines.
type Observer interface {
	// Appended is told how long one durable append took, and its events.
	Appended(took time.Duration, events []domain.Recorded)
}

type silent struct{}

func (silent) Appended(time.Duration, []domain.Recorded) {}

// openRegion reads the log, from a snapshot on if there is one that fits, before it
// answers. A log that can be read, and not understood, is opened all the same: see
// stopped.go. Before that, with may say what is kept beside the log.
func openRegion(ctx context.Context, id domain.RegionID, log eventstore.Log, v vault.Vault, o Options, with func(*Region)) (*Region, error) {
	erasing := &erasure{texts: map[domain.EventID]struct{}{}, users: map[domain.UserID]struct{}{}}
	var keys codec.Keys
	if v != nil { // who only looks may have none
		erasing.keys = &keyring{Keys: v, erased: map[domain.EventID]struct{}{}}
		keys = erasing.keys
	}
	r := &Region{
		id: id, log: log, codec: codec.New(keys), vault: v, clock: o.Clock, newID: o.NewID, observer: o.Observer, shared: o.shared(), erasing: erasing,
		awake: map[string]projections.Projection{}, room: o.room,
		waiting: make(chan *job, maxWaiting), door: make(chan struct{}, 1), closing: make(chan struct{}), closed: make(chan struct{}),
	}
	with(r)
	var from projections.Standing
	r.ruling, from = restore(r.snapshots, newRuling)
	r.runner = projections.NewRunner(id, replay{log, r, o.Logger}, r.codec, r.ruling)
	if r.archive != nil {
		r.runner.KeepIn(r.archive.notary)
	}
	r.runner.Resume(from)
	r.began = from.Head
	var err error
	if r.end, err = r.legible(ctx, r.runner.CatchUp(ctx)); err != nil {
		return nil, explain(id, err)
	}
	r.hearing.heard = time.Now()
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	r.stop = stop
	if r.shared {
		r.work.Go(func() { r.follow(background) })
		r.work.Go(func() { r.watch(background) })
		r.work.Go(func() { r.eraseOn(background) })
	}
	return r, nil
}

// follow keeps the projections up with what others append, for as long as
// the log can be read. A lost connection is tried again at a steady pace.
func (r *Region) follow(ctx context.Context) {
	for ctx.Err() == nil && r.runner.Err() == nil {
		if err := r.runner.Run(ctx); err != nil {
			select {
			case <-ctx.Done():
			case <-time.After(time.Second):
			}
		}
	}
}

// close lets the commit that is under way finish, refuses the rest, and
// returns when nothing of the region runs.
func (r *Region) close() {
	close(r.closing)
	r.door <- struct{}{} // and nobody comes after
	close(r.closed)
	r.stop()
	r.work.Wait()
	for {
		select {
		case j := <-r.waiting:
			j.answer <- outcome{err: errClosing.With()}
		default:
			return
		}
	}
}

// ID is the region's id.
func (r *Region) ID() domain.RegionID { return r.id }

// Err is why the region's log can no longer be trusted, followed or written
// to; nil while it can. Reads go on answering, as of where they stopped;
// writes are refused.
func (r *Region) Err() error {
	if err := r.damage(); err != nil {
		return err
	}
	return r.failure()
}

func (r *Region) damage() error {
	if err := r.runner.Err(); err != nil {
		return explain(r.id, err)
	}
	if err := r.damaged.Load(); err != nil {
		return explain(r.id, *err)
	}
	if r.archive != nil {
		if err := r.archive.broken(); err != nil {
			return err
		}
	}
	for _, h := range r.runner.Health() {
		if h.Err != nil && !h.Kept {
			return errStopped.Because(h.Err, h.Name, h.Head.Position)
		}
	}
	return nil
}

// now is when an event would be recorded that is decided on the state. A demo
// has a clock of its own, which stands a minute after its latest event: its
// history stays in the past, and so does what is tried in it.
func (r *Region) now(s region.State) time.Time {
	now := s.Time.Add(time.Minute)
	switch {
	case r.clock != nil:
		now = r.clock()
	case !s.Actors.Demo:
		now = time.Now()
	}
	if now.Before(s.Time) {
		return s.Time // the region's clock never goes back
	}
	return now.UTC()
}

// Health lists the projections.
func (r *Region) Health() []projections.Health { return r.runner.Health() }

// Head is where the log stands, as far as the projections have read it.
func (r *Region) Head() eventstore.Head { return r.runner.Head() }

// Wait returns when the projections have the position.
func (r *Region) Wait(ctx context.Context, position domain.Position) error {
	return r.runner.Wait(ctx, position)
}

// explain gives what the log says in words for the one who runs it.
func explain(id domain.RegionID, err error) error {
	var (
		damage   *eventstore.DamageError
		settings *eventstore.SettingsError
		unknown  *codec.UnknownTypeError
		plain    *domain.Error
	)
	switch {
	case err == nil, errors.As(err, &plain):
		return err
	case errors.As(err, &unknown):
		return errNewer.Because(err, id, unknown.Position, unknown.Type)
	case errors.As(err, &damage) && errors.Is(err, eventstore.ErrForeign):
		return errForeign.Because(err, id, damage.Sequence)
	case errors.As(err, &damage) && inaccessible(err):
		return errNoAccess.Because(err, id, damage.Reason)
	case errors.As(err, &damage):
		return errDamaged.Because(err, id, damage.Sequence)
	case errors.As(err, &settings):
		return errSettings.Because(err, id, settings.Setting, settings.Want)
	case errors.Is(err, eventstore.ErrMissing):
		return errMissing.Because(err, id)
	case errors.Is(err, eventstore.ErrUnavailable):
		return errUnreachable.Because(err)
	case errors.Is(err, jetstream.ErrNotAllowed):
		return errNotAllowed.Because(err, id)
	}
	return fmt.Errorf("app: the log of %s: %w", id, err)
}
