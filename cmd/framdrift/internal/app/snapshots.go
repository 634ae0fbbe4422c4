package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/snapshot"
)

// What a region's ruling and its delivery have come to is written down now and then,
// so that a start reads only what came after. It is made beside those in use, of the
// snapshot before and the log since: nobody waits for it, and what is written is what
// a start would make.
//
// A snapshot is used only if it is of this region, this projection, this version and
// shape, and if the log stood where it says with the root that it says: the notary
// has been given the log itself. Else the log is read, which costs time and nothing
// more. Planview and history have none. They hold what people wrote, which must not
// lie in another file when it is erased, and are read when somebody asks.

// snapshotAfter is how many events a region's snapshots lack before they are made
// again when nobody says: fewer are read in some milliseconds.
const snapshotAfter = 1000

// snapshots are those of one region.
type snapshots struct {
	region *Region
	path   func(name string) string // of a file; nil when there are none
	after  uint64                   // how many events they lack before they are made again
	logger *slog.Logger
}

func (a *App) snapshots(r *Region) snapshots {
	return snapshots{r, func(name string) string { return a.dir.file("snapshots", string(r.id), name) }, a.options.SnapshotAfter, a.options.Logger}
}

var (
	errOtherSnapshot = errors.New("app: it was made by another version")
	errOtherLog      = errors.New("app: the log is not the one that it was made of")
)

// restore gives a projection as its snapshot has it, and where that stands; or a new
// one, at the beginning.
func restore[P projections.Snapshotter](s snapshots, fresh func() P) (P, projections.Standing) {
	p := fresh()
	if s.path == nil {
		return p, projections.Standing{}
	}
	at, err := s.into(p)
	if err == nil {
		return p, at
	}
	if !errors.Is(err, fs.ErrNotExist) {
		s.logger.Info("a snapshot does not fit and is left; the log is read instead", "region", s.region.id, "projection", p.Name(), "why", err)
	}
	return fresh(), projections.Standing{}
}

func (s snapshots) into(p projections.Snapshotter) (projections.Standing, error) {
	h, value, err := snapshot.Read(s.path(p.Name()))
	if err != nil {
		return projections.Standing{}, err
	}
	if h.Region != string(s.region.id) || h.Projection != p.Name() || h.Version != p.Version() || h.Shape != p.Shape() || !understood(h.Types) {
		return projections.Standing{}, errOtherSnapshot
	}
	head := eventstore.Head{Sequence: h.Sequence, Position: h.Position}
	root, err := s.region.archive.notary.HeadAt(h.Position)
	if err != nil || root.Root.String() != h.Root || !s.region.archive.notary.Stood(head) {
		return projections.Standing{}, errOtherLog
	}
	return projections.Standing{Head: head, Time: h.Time, Digest: projections.Digest(h.Digest)}, p.Restore(value)
}

// know gives the notary the log, when a start has not: where that lies on servers it
// has not been read yet. What cannot be read is for the runner to find.
func (s snapshots) know(ctx context.Context) {
	n := s.region.archive.notary
	if !there(s.path(newRuling().Name())) || n.Head().Size > 0 {
		return
	}
	for m, err := range s.region.log.Read(ctx, eventstore.Head{}) {
		if err != nil || n.Keep(m) != nil {
			return
		}
	}
}

// understood reports whether we know every type of event that a writer knew: what a
// newer program has passed over, we have to stop at.
func understood(types string) bool {
	ours := codec.Types()
	for t := range strings.FieldsSeq(types) {
		if !slices.Contains(ours, t) {
			return false
		}
	}
	return true
}

// write makes the snapshots of a region again if enough has come since, one writer
// at a time.
func (s snapshots) write(ctx context.Context) error {
	s.region.writing.Lock()
	defer s.region.writing.Unlock()
	if s.region.damage() != nil || s.region.loading.Load() {
		return nil
	}
	return errors.Join(writeOne(ctx, s, newRuling), writeOne(ctx, s, delivery.New))
}

// writeOne makes one snapshot.
func writeOne[P projections.Snapshotter](ctx context.Context, s snapshots, fresh func() P) error {
	r := s.region
	end := r.Head()
	if h, err := snapshot.Look(s.path(fresh().Name())); err == nil && h.Position+s.after > end.Position || end.Position < s.after {
		return nil
	}
	p, from := restore(s, fresh)
	beside := projections.NewRunner(r.id, eventstore.UpTo(replay{r.log, r, s.logger}, end), r.codec, p)
	beside.Resume(from)
	if err := beside.CatchUp(ctx); err != nil {
		return err
	}
	at := beside.Standing()
	if health := beside.Health()[0]; health.Err != nil || at.Head != end {
		return fmt.Errorf("app: a snapshot of %s was not made, for it stopped after position %d: %w", p.Name(), health.Head.Position, health.Err)
	}
	root, err := r.archive.notary.HeadAt(end.Position)
	if err != nil {
		return fmt.Errorf("app: the root of %d events: %w", end.Position, err)
	}
	return snapshot.Write(s.path(p.Name()), snapshot.Header{
		Region: string(r.id), Projection: p.Name(), Version: p.Version(), Shape: p.Shape(), Types: strings.Join(codec.Types(), " "), Sequence: end.Sequence, Position: end.Position,
		Time: at.Time, Digest: uint64(at.Digest), Root: root.Root.String(),
	}, p.Snapshot())
}

// Snapshot makes the snapshots of every region now, where they are old.
func (a *App) Snapshot(ctx context.Context) error {
	return SideBySide(ctx, a.Regions(), func(ctx context.Context, r *Region) error { return r.snapshots.write(ctx) })
}

// MeasureSnapshots makes projections of a region's snapshots, and throws them away:
// it is what a start does in the place of reading the events that they have.
func (r *Region) MeasureSnapshots() (events uint64, err error) {
	for _, p := range []projections.Snapshotter{newRuling(), delivery.New()} {
		at, err := r.snapshots.into(p)
		if err != nil {
			return 0, err
		}
		events = at.Head.Position
	}
	return events, nil
}

// snapshot makes the snapshots of a region, beside everything else.
func (a *App) snapshot(ctx context.Context, r *Region) {
	if err := r.snapshots.write(ctx); err != nil && ctx.Err() == nil {
		a.options.Logger.Warn("no snapshot was made; the next start reads more of the log", "region", r.id, "error", err)
	}
}
