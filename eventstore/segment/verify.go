package segment

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// A Check is what a verification holds an archive against. The zero Check is
// nothing but the archive itself.
type Check struct {
	// Heads are those of checkpoints that are believed.
	Heads []seal.TreeHead
	// Leaves are the hashes of a tree that has those heads; it may be nil. With
	// it, events that are whole and are not the tree's are named one by one;
	// without it, by the last of Heads that was right.
	Leaves seal.Hashes
	// Progress is told how many bytes of the files have been verified; it may be nil.
	Progress func(done, of int64)
}

// Verified is what an archive holds.
type Verified struct {
	Segments int
	Bytes    int64 // of the files
	Head     eventstore.Head
	Tree     seal.TreeHead
	// Believed is how many of the events are those of a checkpoint.
	Believed uint64
	// Rest is how many bytes follow the last message in the open segment: it is
	// being written to, or the machine stopped. They are no part of the log.
	Rest int64
}

// Verify reads all of the archive, on as many cores as there are: every byte
// of a sealed segment against its SHA-256, every message and event against its
// checksum, every event against the roots of the trailers, and those against
// the heads. Errors: a DamageError with the first place that is not right, and
// what was verified before it. Its Cause is ErrShort when the archive ends
// before one of the heads, and ErrRoot when the events are not the tree's.
func (a *Archive) Verify(ctx context.Context, check Check) (Verified, error) {
	v := verification{Check: check, archive: a}
	v.Heads = slices.SortedFunc(slices.Values(check.Heads), func(a, b seal.TreeHead) int { return cmp.Compare(a.Size, b.Size) })
	for _, h := range v.Heads {
		v.sizes = append(v.sizes, h.Size)
	}
	err := v.run(ctx)
	if v.right > 0 {
		v.done.Believed = v.Heads[v.right-1].Size
	}
	if v.right < len(v.Heads) && (errors.Is(err, ErrRoot) || errors.Is(err, ErrShort) && v.Leaves != nil) {
		err = v.forged(ctx, v.Heads[v.right].Size, err)
	}
	v.done.Tree = v.edge.Head()
	return v.done, err
}

type verification struct {
	Check
	archive *Archive
	sizes   []uint64 // of the heads
	edge    seal.Edge
	done    Verified
	right   int // how many of the heads were
}

func (v *verification) run(ctx context.Context) error {
	var of int64
	for _, p := range v.archive.parts {
		of += p.size
	}
	if err := v.compare([]seal.TreeHead{v.edge.Head()}); err != nil {
		return err
	}
	for l, err := range load(ctx, v.archive.parts, hashing{true, v.sizes}) {
		if err == nil && l.err != nil {
			err = l.err
		}
		if err == nil {
			err = v.compare(v.grow(l))
		}
		if err != nil {
			return err
		}
		v.done.Segments++
		v.done.Bytes += l.part.size
		v.done.Head = l.after()
		if v.Progress != nil {
			v.Progress(v.done.Bytes, of)
		}
	}
	v.done.Rest = v.archive.rest
	switch {
	case v.archive.bad != nil:
		return v.archive.bad
	case v.right < len(v.Heads):
		return v.short(v.Heads[v.right])
	}
	return nil
}

// grow adds a part to the tree. A sealed one has been hashed.
func (v *verification) grow(l loaded) []seal.TreeHead {
	if l.part.sealed != nil {
		v.edge = l.part.sealed.edge
		return l.roots
	}
	return grow(&v.edge, l.lines, v.sizes)
}

// compare holds heads of the tree against those that are believed.
func (v *verification) compare(heads []seal.TreeHead) error {
	for _, have := range heads {
		for v.right < len(v.Heads) && v.Heads[v.right].Size == have.Size {
			if v.Heads[v.right] != have {
				return ErrRoot
			}
			v.right++
		}
	}
	return nil
}

// short is what it is when the archive ends before a head. The first event that
// is missing should lie where the last part ends.
func (v *verification) short(head seal.TreeHead) error {
	end := v.archive.Head()
	e := &DamageError{Position: end.Position + 1, Sequence: end.Sequence + 1, File: v.archive.dir, Cause: ErrShort}
	e.Reason = fmt.Sprintf("it ends at position %d, and the checkpoint is of %d", end.Position, head.Size)
	if n := len(v.archive.parts); n > 0 {
		switch p := &v.archive.parts[n-1]; p.sealed {
		case nil:
			e.File, e.Byte = p.path, int64(p.plain.size())
		default:
			e.File, e.Byte, e.Unpacked = p.path, int64(p.sealed.lines), true
		}
	}
	return e
}

// forged is what a root tells that is not as it should be, with a checkpoint
// of so many events that is believed: one of the events after the last right
// checkpoint is another. It may lie before the segment where that shows.
func (v *verification) forged(ctx context.Context, size uint64, why error) error {
	e := &DamageError{Position: v.done.Believed + 1, File: v.archive.dir, Cause: ErrRoot}
	e.Reason = fmt.Sprintf("not all of the events from there to %d are those of the checkpoint", size)
	if known, ok := errors.AsType[*DamageError](why); ok {
		e.Reason += "; " + known.Reason
	}
	n := sort.Search(len(v.archive.parts), func(i int) bool { return v.archive.parts[i].after.Position >= e.Position })
	for _, p := range v.archive.parts[n:] {
		found, err := v.search(&p, size, e)
		if found || err != nil {
			return cmp.Or(err, error(e))
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if errors.Is(why, ErrShort) {
		return why // what there is, is right
	}
	return e
}

// search moves the damage to the first event from where it is, and up to a
// size, whose leaf is not the tree's. Without leaves that is the first.
func (v *verification) search(p *part, size uint64, e *DamageError) (bool, error) {
	l := p.load(hashing{})
	for at, line := range l.events() {
		if at.position < e.Position || at.position > size {
			continue
		}
		right, err := v.isLeaf(at.position, line)
		if err != nil {
			return false, err
		}
		if right {
			continue
		}
		if v.Leaves != nil {
			e.Reason = "the event is not the one of the tree"
		}
		e.Position, e.Sequence = at.position, at.sequence
		e.File, e.Byte, e.Unpacked = p.path, at.offset, p.sealed != nil
		return true, nil
	}
	return false, nil
}

// isLeaf reports whether a line is known to be the tree's.
func (v *verification) isLeaf(position uint64, line []byte) (bool, error) {
	if v.Leaves == nil {
		return false, nil
	}
	var want seal.Hash
	if err := v.Leaves.ReadHashes(0, position-1, want[:]); err != nil {
		return false, fmt.Errorf("segment: looking for the event: %w", err)
	}
	return want == seal.LeafHash(line), nil
}
