package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/notary"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// An archive is what is kept beside a region's log, of its exact bytes: the
// tree, whose heads are signed, and the segments. Both are given every message
// by the runner, and neither is waited for.
type archive struct {
	id       domain.RegionID
	dir      string // of the segments
	notary   *notary.Notary
	segments *segment.Writer // nil when they could not be opened
}

// openArchive gives the archive of a region. One whose log begins here gets a
// key; one that is known must have it. Segments that cannot be gone on with do
// not keep the log from being used: that they have stopped is told.
func (a *App) openArchive(id domain.RegionID) (*archive, error) {
	k := &archive{id: id, dir: a.dir.segments(id), notary: a.sealed[id]}
	if k.notary != nil {
		return k, nil
	}
	open := notary.Create
	if there(a.dir.file("regions", string(id))) {
		open = notary.Open
	}
	var err error
	k.notary, err = open(a.dir.seal(), string(id))
	return k, explainSeal(id, a.dir.seal(), err)
}

// follow has a region's messages given to its segments, when it is known to be
// what it should be: from where they ended.
func (k *archive) follow(ctx context.Context, r *Region) error {
	w, err := segment.OpenWriter(k.dir, segment.Options{Sealing: k.agrees})
	if err != nil {
		return r.runner.Join(ctx, stoppedKeeper{"segments", err}, eventstore.Head{})
	}
	k.segments = w
	if reached := w.Head().Position; reached > r.Head().Position {
		return errShorter.With(r.id, r.Head().Position, reached)
	}
	return r.runner.Join(ctx, w, w.Head())
}

// agrees is why a segment that ends at a head is not sealed: it has other events.
func (k *archive) agrees(head seal.TreeHead) error {
	want, err := k.notary.HeadAt(head.Size)
	if err == nil && want != head {
		err = fmt.Errorf("app: the segments have the root %s at event %d, and the log has %s", head.Root, head.Size, want.Root)
	}
	return err
}

// A stoppedKeeper keeps nothing, and says why.
type stoppedKeeper struct {
	name string
	why  error
}

func (s stoppedKeeper) Name() string                  { return s.name }
func (s stoppedKeeper) Keep(eventstore.Message) error { return s.why }

// settle is why the log is not the one that was signed; nil when it is.
func (k *archive) settle() error { return k.explain(k.notary.Settle()) }

// broken is why what comes is not what was signed; nil while it is.
func (k *archive) broken() error { return k.explain(k.notary.Err()) }

func (k *archive) explain(err error) error {
	switch _, known := k.notary.Checkpoint(); {
	case errors.Is(err, notary.ErrShorter):
		return errShorter.Because(err, k.id, k.notary.Head().Size, known.Size)
	case errors.Is(err, notary.ErrAltered):
		return errAltered.Because(err, k.id, known.Size)
	}
	return err
}

// sign signs the log as it is, if it has moved, is whole and can be trusted.
func (r *Region) sign() error {
	if r.damage() != nil || r.loading.Load() {
		return nil
	}
	_, err := r.archive.notary.Sign()
	return err
}

// close puts on disk what is not. The log has what the segments could not take,
// so that they failed is told, and fails nothing else.
func (k *archive) close(log *slog.Logger) {
	if k.segments == nil {
		return
	}
	if err := k.segments.Close(); err != nil {
		log.Error("the segments of the log stopped", "region", k.id, "error", err)
	}
}

// reached is how far a region's segments have come, without touching them; 0
// when there are none, or none that can be read.
func (d *dataDir) reached(id domain.RegionID) uint64 {
	there, err := segment.Open(d.segments(id))
	if err != nil {
		return 0
	}
	return there.Head().Position
}

// explainSeal gives what is wrong with a region's keys in words for the one who
// runs it.
func explainSeal(id domain.RegionID, path string, err error) error {
	for _, is := range []error{seal.ErrKey, seal.ErrSignature, seal.ErrMalformed, seal.ErrOrigin} {
		if errors.Is(err, is) {
			return errSealDamaged.Because(err, id, path)
		}
	}
	if errors.Is(err, notary.ErrMissing) {
		return errSealMissing.Because(err, id, path)
	}
	return err
}
