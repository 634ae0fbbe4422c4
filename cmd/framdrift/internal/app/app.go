// Package app is the program without its surfaces: the data directory, the
// regions in it, and for each region the one door for writes and the answers
// of its projections. The command line, the HTTP server and the metrics all
// stand on it; nothing else appends.
//
//	a, err := app.Open(ctx, app.Options{Dir: "framdrift-data"})
//	r, err := a.Region("fosen")
//	receipt, err := r.Do(ctx, domain.Request{…})   // on disk when it answers
//	plan, err := r.Plan(ctx, "")                   // and in every answer after
package app

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/notary"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// Options says how an App runs. Only Dir is required.
type Options struct {
	Dir      string
	Clock    func() time.Time               // when events are recorded; if nil the machine's, and in a demo the demo's own
	NewID    func(time.Time) domain.EventID // ids of events; UUIDv7 if nil
	Observer Observer                       // told of appends; nobody if nil
	Logger   *slog.Logger                   // silence if nil
	// Checking is told how many bytes of a region's log have been checked
	// before it is opened, by one at a time; nobody if nil.
	Checking func(id domain.RegionID, done, of int64)
	// Early lets Open answer before the regions are open, when there are more
	// than one: whoever asks for one waits for that one alone (opening.go).
	Early bool
	// Space tells how full the disk of Dir is; if nil the system does.
	Space func(path string) (Space, error)
	// SealEvery is how often a region that has moved is signed; sealEvery if 0.
	SealEvery time.Duration
	// VerifyEvery is how long after one verification of every log the next
	// begins; verifyEvery if 0.
	VerifyEvery time.Duration
	// SnapshotEvery is how long after one look at every region, whether its
	// snapshots are to be made again, the next begins; snapshotEvery if 0.
	SnapshotEvery time.Duration
	// SnapshotAfter is how many events a region's snapshots lack at the least
	// before they are made again; snapshotAfter if 0.
	SnapshotAfter uint64
	// AwakeEvents is how many events all regions together hold in projections
	// that could sleep; awakeEvents if 0. One region alone may hold more.
	AwakeEvents int
	// NATS is where the log and the vault lie when it has a URL; without one
	// they lie in Dir. Dir then holds only what is this instance's own.
	NATS jetstream.External
	// MasterKey is what the vault is encrypted under, as vault.ParseMaster
	// reads it; if empty it lies in MasterKeyFile, and if that is empty too,
	// in master.key in Dir, which is made when it is first needed.
	MasterKey, MasterKeyFile string

	room *room
}

func (o Options) orDefault() Options {
	if o.NewID == nil {
		o.NewID = NewEventID
	}
	if o.Observer == nil {
		o.Observer = silent{}
	}
	if told := o.Checking; told != nil {
		var mu sync.Mutex
		o.Checking = func(id domain.RegionID, done, of int64) {
			mu.Lock()
			defer mu.Unlock()
			told(id, done, of)
		}
	} else {
		o.Checking = func(domain.RegionID, int64, int64) {}
	}
	if o.Space == nil {
		o.Space = spaceOf
	}
	o.room = &room{limit: cmp.Or(o.AwakeEvents, awakeEvents)}
	o.SealEvery, o.VerifyEvery = cmp.Or(o.SealEvery, sealEvery), cmp.Or(o.VerifyEvery, verifyEvery)
	o.SnapshotEvery, o.SnapshotAfter = cmp.Or(o.SnapshotEvery, snapshotEvery), cmp.Or(o.SnapshotAfter, snapshotAfter)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// An App is an open data directory. Nobody else can open it meanwhile.
type App struct {
	options Options
	dir     *dataDir
	store   *jetstream.Store
	vault   vault.Vault
	disk    *disk
	found   map[domain.RegionID]eventstore.Head // where the logs stood before the server started
	sealed  map[domain.RegionID]*notary.Notary  // and the trees of their events
	raw     bool                                // only the lines of the logs are wanted
	listed  []domain.RegionID                   // the regions whose logs were there at the start

	ctx  context.Context    // of work
	quit context.CancelFunc // stops it
	work sync.WaitGroup     // what goes on beside the regions' own

	openings openings

	beginning sync.Mutex // held by Init: a region begins once
	mu        sync.Mutex // guards regions, found, sealed, and vault when Init makes it
	regions   map[domain.RegionID]*Region
}

// Open locks a data directory that Init has made, opens the log of every
// region in it and reads them. A log that is missing, damaged or shorter than
// it has been is refused before anything is written (start.go). InUse tells
// when somebody else has it.
func Open(ctx context.Context, o Options) (*App, error) {
	dir := newDataDir(o.Dir)
	if !dir.exists() {
		return nil, errNoData.With(o.Dir)
	}
	return open(ctx, dir, o, (*App).start)
}

// Create is Open for a directory that need not be there.
func Create(ctx context.Context, o Options) (*App, error) {
	dir := newDataDir(o.Dir)
	if err := dir.make(); err != nil {
		return nil, err
	}
	return open(ctx, dir, o, (*App).start)
}

func open(ctx context.Context, dir *dataDir, o Options, start func(*App, context.Context) error) (*App, error) {
	a := &App{
		options: o.orDefault(), dir: dir, regions: map[domain.RegionID]*Region{},
		found: map[domain.RegionID]eventstore.Head{}, sealed: map[domain.RegionID]*notary.Notary{},
	}
	a.ctx, a.quit = context.WithCancel(context.WithoutCancel(ctx))
	a.disk = &disk{path: dir.path, space: a.options.Space}
	if err := dir.lock(); err != nil {
		return nil, dir.explain(err)
	}
	if err := start(a, ctx); err != nil {
		return nil, errors.Join(dir.explain(err), a.stop(), dir.abandon())
	}
	return a, nil
}

func (a *App) start(ctx context.Context) error {
	known, err := a.sound(ctx)
	if err != nil {
		return err
	}
	if err := a.ownVault(len(known) > 0); err != nil {
		return err
	}
	if err := a.openStore(ctx, known); err != nil {
		return err
	}
	if err := a.sharedVault(ctx, len(a.listed) > 0); err != nil {
		return err
	}
	if err := a.foundAll(ctx, known); err != nil {
		return err
	}
	if err := a.openAll(ctx); err != nil {
		return err
	}
	a.background()
	return nil
}

func (a *App) add(ctx context.Context, id domain.RegionID, log eventstore.Log) error {
	k, err := a.openArchive(id)
	if err != nil {
		return err
	}
	r, err := openRegion(ctx, id, log, a.vault, a.options, func(r *Region) {
		r.archive, r.snapshots = k, a.snapshots(r)
		r.snapshots.know(ctx)
	})
	if err != nil {
		return err
	}
	if err = a.settle(r); err == nil && r.runner.Err() == nil {
		err = explain(id, k.follow(ctx, r))
	}
	if err != nil {
		r.close()
		k.close(a.options.Logger)
		return err
	}
	r.verdict.Store(&Verdict{At: time.Now(), Events: r.Head().Position})
	if err := r.erase(ctx); err != nil { // what was cut off, or came back with an older vault
		a.options.Logger.Warn("what the log says is erased is not overwritten everywhere", "region", id, "error", errors.Unwrap(err))
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.regions[id] = r
	return nil
}

// Init begins the log of a region, with the user who asks as administrator
// and coordinator. For a region that is here it changes nothing and says so
// with a receipt that is not Changed.
func (a *App) Init(ctx context.Context, ask domain.Request) (Receipt, error) {
	begin := ask.Command.(actors.RegisterRegion)
	if err := domain.CheckID(begin.Region); err != nil {
		return Receipt{}, err
	}
	a.beginning.Lock()
	defer a.beginning.Unlock()
	if r, err := a.Region(begin.Region); err == nil {
		return r.Do(ctx, ask)
	} else if errRestoring.Breaks(err) {
		return Receipt{}, err
	}
	if err := a.wouldBegin(ask); err != nil { // before there is a log of nothing
		return Receipt{}, err
	}
	if err := a.needVault(ctx); err != nil { // before there is a log without keys
		return Receipt{}, err
	}
	log, err := a.newLog(ctx, begin.Region)
	if err != nil {
		return Receipt{}, explain(begin.Region, err)
	}
	if err := a.add(ctx, begin.Region, log); err != nil {
		return Receipt{}, err
	}
	r, err := a.Region(begin.Region)
	if err != nil {
		return Receipt{}, err
	}
	receipt, err := r.Do(ctx, ask)
	if err != nil {
		return receipt, err
	}
	return receipt, a.dir.remember(begin.Region)
}

// wouldBegin is why a request cannot begin a log; nil when it can.
func (a *App) wouldBegin(ask domain.Request) error {
	now := time.Now
	if a.options.Clock != nil {
		now = a.options.Clock
	}
	_, err := region.Decide(region.State{}, ask, now())
	return err
}

// ChooseRegion is the region asked for, or the only one there is.
func ChooseRegion(there []domain.RegionID, id domain.RegionID) (domain.RegionID, error) {
	switch {
	case len(there) == 0:
		return "", errNoRegion.With()
	case id == "" && len(there) == 1:
		return there[0], nil
	case id == "":
		return "", errWhichRegion.With(list(there))
	case !slices.Contains(there, id):
		return "", errRegionUnknown.With(id, list(there))
	}
	return id, nil
}

func list(ids []domain.RegionID) string {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	return strings.Join(names, ", ")
}

// Close finishes what is under way and lets go of the directory.
func (a *App) Close() error {
	return errors.Join(a.stop(), a.dir.unlock())
}

func (a *App) stop() error {
	a.end()
	a.quit()
	a.work.Wait()
	var errs []error
	closing, cancel := context.WithTimeout(context.Background(), closingPatience)
	defer cancel()
	for _, r := range a.Regions() {
		a.snapshot(closing, r)
		r.close()
		errs = append(errs, r.sign(), r.mark.close(r.Head()))
		r.archive.close(a.options.Logger)
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	if a.vault != nil {
		errs = append(errs, a.vault.Close())
	}
	return errors.Join(errs...)
}

// NewEventID is a UUIDv7 that carries the instant given, which is the
// region's own time and need not be the machine's.
func NewEventID(at time.Time) domain.EventID { return domain.EventID(newUUID(at).String()) }

// NewCommandID is an id for a command whose sender gave none.
func NewCommandID() domain.CommandID { return domain.CommandID(newUUID(time.Now()).String()) }

// newUUID is a UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds since
// 1970 and 74 random bits. Ids must differ; they are no secret.
func newUUID(at time.Time) (id uuid.UUID) {
	binary.BigEndian.PutUint64(id[:8], uint64(at.UnixMilli())<<16|rand.Uint64()&0x0fff|0x7000) //nolint:gosec // see above
	binary.BigEndian.PutUint64(id[8:], rand.Uint64()&(1<<62-1)|1<<63)                          //nolint:gosec // see above
	return id
}

// NoData reports whether Open was refused because the directory holds nothing of ours.
func NoData(err error) bool { return errNoData.Breaks(err) }

// Holds reports whether a directory holds Framdrift's data.
func Holds(dir string) bool { return newDataDir(dir).exists() }

// InUse reports whether Open was refused because somebody else has the
// directory open.
func InUse(err error) bool { return errInUse.Breaks(err) }
