package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/notary"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// A Sealed is a signed checkpoint of a region's log, and what it takes to
// believe it.
type Sealed struct {
	Region     domain.RegionID `json:"region"`
	Events     uint64          `json:"events"`
	Root       string          `json:"root"`       // base64, as in the checkpoint
	Checkpoint string          `json:"checkpoint"` // the signed note
	Keys       []string        `json:"keys"`       // public, of all that signed it, the newest first
}

// Checkpoint signs the log as it is now, and puts what has been signed on disk
// in the segments too.
func (r *Region) Checkpoint(context.Context) (Sealed, error) {
	if err := r.sign(); err != nil {
		return Sealed{}, fmt.Errorf("app: %w", err)
	}
	if s := r.archive.segments; s != nil {
		if err := s.Sync(); err != nil {
			return Sealed{}, errSegmentsStopped.Because(err, r.id)
		}
	}
	return r.Signed(), nil
}

// Signed is the last checkpoint.
func (r *Region) Signed() Sealed {
	signed, c := r.archive.notary.Checkpoint()
	return Sealed{Region: r.id, Events: c.Size, Root: c.Root.String(), Checkpoint: string(signed), Keys: r.archive.notary.Signing()}
}

// Cosigned is the last checkpoint that a witness has cosigned; empty when none has.
func (r *Region) Cosigned() (string, error) {
	cosigned, err := r.archive.notary.Cosigned()
	return string(cosigned), err
}

// AddCosigned keeps a checkpoint that a witness has cosigned, and gives the
// names of those who have. The public keys of new witnesses come with it.
func (r *Region) AddCosigned(_ context.Context, cosigned string, witnesses []string) ([]string, error) {
	by, err := r.archive.notary.AddCosigned([]byte(cosigned), witnesses)
	switch {
	case errors.Is(err, seal.ErrKey):
		return nil, errWitnessKey.Because(err)
	case errors.Is(err, notary.ErrAltered), errors.Is(err, seal.ErrRollback), errors.Is(err, seal.ErrOrigin),
		errors.Is(err, seal.ErrSignature), errors.Is(err, seal.ErrMalformed), errors.Is(err, seal.ErrQuorum):
		return nil, errCosigned.Because(err, r.id)
	case err != nil:
		return nil, fmt.Errorf("app: %w", err)
	}
	names := make([]string, len(by))
	for i, c := range by {
		names[i] = c.Witness
	}
	return names, nil
}

// Prove is the proof file of the event at a position (seal.Proof), in a
// checkpoint that is signed for it if the last one is older.
func (r *Region) Prove(ctx context.Context, position uint64) (string, error) {
	if end := r.Head().Position; position == 0 || position > end {
		return "", errNoEvent.With(r.id, position, end)
	}
	line, err := r.line(ctx, position)
	if err != nil {
		return "", explain(r.id, err)
	}
	proof, err := r.archive.notary.Prove(position, line)
	if err != nil {
		return "", fmt.Errorf("app: %w", err)
	}
	file, err := proof.MarshalText()
	return string(file), err
}

// line is the line of an event: from the segments, and what they have not yet
// from the log.
func (r *Region) line(ctx context.Context, position uint64) ([]byte, error) {
	var lines []byte
	err := r.lines(ctx, position, position, func(line []byte) { lines = bytes.Clone(line) })
	return lines, err
}

// lines gives the lines of events from one position to another.
func (r *Region) lines(ctx context.Context, first, last uint64, take func([]byte)) error {
	if kept, err := segment.Open(r.archive.dir); err == nil && kept.Head().Position >= last {
		if before, err := kept.Before(first); err == nil {
			for m, err := range kept.Read(ctx, before) {
				if err != nil {
					return fmt.Errorf("app: %w", err)
				}
				if between(m, first, last, take) {
					return nil
				}
			}
		}
	}
	for m, err := range r.log.Read(ctx, eventstore.Head{}) {
		if err != nil {
			return err
		}
		if between(m, first, last, take) {
			return nil
		}
	}
	return fmt.Errorf("app: the log ends before event %d", last)
}

// between gives the lines of a message that are wanted, and reports whether
// the last of them was there.
func between(m eventstore.Message, first, last uint64, take func([]byte)) bool {
	for position, line := range m.Lines() {
		if position >= first && position <= last {
			take(line)
		}
	}
	return m.Head.Position >= last
}

// Tile is what lies at a path of c2sp.org/tlog-tiles under the log: part of the
// last checkpoint's tree, or the events themselves. Errors: errNoTile for what
// the tree has not.
func (r *Region) Tile(ctx context.Context, path string) ([]byte, error) {
	t, err := seal.ParseTile(path)
	_, c := r.archive.notary.Checkpoint()
	if err != nil || !t.In(c.Size) {
		return nil, errNoTile.With(path)
	}
	if t.Kind == seal.HashTile {
		data, err := seal.ReadTile(r.archive.notary.Hashes(), t, c.Size)
		if err != nil {
			return nil, errNoTile.Because(err, path)
		}
		return data, nil
	}
	var bundle []byte
	var wrong error
	first, last := t.Positions()
	err = r.lines(ctx, first, last, func(line []byte) {
		switch {
		case t.Kind == seal.LineBundle:
			bundle = append(bundle, line...)
		case wrong == nil:
			bundle, wrong = seal.AppendEntry(bundle, line)
		}
	})
	if errors.Is(wrong, seal.ErrTooLong) {
		return nil, errNoTile.Because(wrong, path)
	}
	return bundle, err
}

// NewKey makes a key that signs a region's log beside the one there is, or, for
// a key that is lost, in its place. Nobody may have the directory open.
func NewKey(o Options, id domain.RegionID) (Sealed, error) {
	return withSeal(o, id, func(dir, region string) (*notary.Notary, error) {
		n, err := notary.Open(dir, region)
		if errors.Is(err, notary.ErrMissing) {
			return notary.Renew(dir, region)
		}
		if err == nil {
			_, err = n.AddKey()
		}
		return n, err
	})
}

// RetireKeys throws away every secret key of a region's log but the newest.
func RetireKeys(o Options, id domain.RegionID) (Sealed, error) {
	return withSeal(o, id, func(dir, region string) (*notary.Notary, error) {
		n, err := notary.Open(dir, region)
		if err == nil {
			err = n.Retire()
		}
		return n, err
	})
}

// withSeal does something with the keys of a region in a directory that nobody
// has open.
func withSeal(o Options, id domain.RegionID, do func(dir, region string) (*notary.Notary, error)) (_ Sealed, err error) {
	dir := newDataDir(o.Dir)
	if !dir.exists() {
		return Sealed{}, errNoData.With(o.Dir)
	}
	if err := dir.lock(); err != nil {
		return Sealed{}, dir.explain(err)
	}
	defer func() { err = errors.Join(err, dir.unlock()) }()
	known, err := dir.regions()
	if err != nil {
		return Sealed{}, err
	}
	if id, err = ChooseRegion(known, id); err != nil {
		return Sealed{}, err
	}
	n, err := do(dir.seal(), string(id))
	if err != nil {
		return Sealed{}, explainSeal(id, dir.seal(), err)
	}
	return (&Region{id: id, archive: &archive{notary: n}}).Signed(), nil
}
