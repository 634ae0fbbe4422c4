package seal

import (
	"fmt"

	"golang.org/x/mod/sumdb/tlog"
)

// HeadAt is the head that a tree had when it had size events. The errors are
// those of the hashes.
func HeadAt(hashes Hashes, size uint64) (TreeHead, error) {
	edge, err := EdgeAt(hashes, size)
	return edge.Head(), err
}

// EdgeAt is the right edge that a tree had when it had size events. The
// errors are those of the hashes.
func EdgeAt(hashes Hashes, size uint64) (Edge, error) {
	if size > MaxSize {
		return Edge{}, fmt.Errorf("%w: %d events", ErrNoHash, size)
	}
	edge, r := Edge{size: size}, newTileReader(hashes, size)
	for level := range edge.hashes {
		if size>>level&1 == 0 {
			continue
		}
		read, err := r.ReadHashes([]int64{tlog.StoredHashIndex(level, int64(size>>level)-1)})
		if err != nil {
			return Edge{}, err
		}
		edge.hashes[level] = read[0]
	}
	return edge, nil
}

// ProveEvent is the inclusion proof of the event at a position, 1…N, in the
// tree with this head (RFC 6962, 2.1.1): the hashes beside its way to the
// root, from its own neighbour on. It is held against the root: ErrDamaged
// when the hashes do not lead there. ErrPosition when there is no such event;
// other errors are those of the hashes.
func ProveEvent(hashes Hashes, in TreeHead, position uint64) ([]Hash, error) {
	if err := checkPosition(in, position); err != nil {
		return nil, err
	}
	r, index := newTileReader(hashes, in.Size), int64(position)-1
	proof, err := tlog.ProveRecord(int64(in.Size), index, r)
	if err != nil {
		return nil, err
	}
	leaf, err := r.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
	if err != nil {
		return nil, err
	}
	if tlog.CheckRecord(proof, int64(in.Size), in.Root, index, leaf[0]) != nil {
		return nil, fmt.Errorf("%w of %d events, at position %d", ErrDamaged, in.Size, position)
	}
	return proof, nil
}

// ProveExtension is the consistency proof from the tree of the first old
// events to the one with this head (RFC 6962, 2.1.2). It is empty when old is
// zero or all of them. Errors as for ProveEvent.
func ProveExtension(hashes Hashes, in TreeHead, old uint64) ([]Hash, error) {
	if old == 0 || old == in.Size {
		return nil, nil
	}
	if err := checkPosition(in, old); err != nil {
		return nil, err
	}
	r := newTileReader(hashes, in.Size)
	proof, err := tlog.ProveTree(int64(in.Size), int64(old), r)
	if err != nil {
		return nil, err
	}
	root, err := tlog.TreeHash(int64(old), r)
	if err != nil {
		return nil, err
	}
	if tlog.CheckTree(proof, int64(in.Size), in.Root, int64(old), root) != nil {
		return nil, fmt.Errorf("%w of %d events, or of its first %d", ErrDamaged, in.Size, old)
	}
	return proof, nil
}

// CheckEvent tells whether the proof shows that the line, newline included,
// stands at the position in the tree with this head: nil, ErrProof, ErrLine
// or ErrPosition.
func CheckEvent(proof []Hash, in TreeHead, position uint64, line []byte) error {
	if err := checkLine(line); err != nil {
		return err
	}
	if err := checkPosition(in, position); err != nil {
		return err
	}
	if tlog.CheckRecord(proof, int64(in.Size), in.Root, int64(position)-1, LeafHash(line)) != nil {
		return fmt.Errorf("%w: the event at position %d in a log of %d", ErrProof, position, in.Size)
	}
	return nil
}

// CheckExtension tells whether the proof shows that the new tree begins with
// every event of the old one, unchanged: nil, ErrProof, or ErrPosition when
// the new one is shorter.
func CheckExtension(proof []Hash, old, in TreeHead) error {
	holds := false
	switch {
	case old.Size == 0:
		holds = len(proof) == 0
	case old.Size > in.Size || in.Size > MaxSize:
		return fmt.Errorf("%w: %d of %d", ErrPosition, old.Size, in.Size)
	default:
		holds = tlog.CheckTree(proof, int64(in.Size), in.Root, int64(old.Size), old.Root) == nil
	}
	if !holds {
		return fmt.Errorf("%w: the log of %d events as the beginning of the log of %d", ErrProof, old.Size, in.Size)
	}
	return nil
}

func checkPosition(in TreeHead, position uint64) error {
	if position == 0 || position > in.Size || in.Size > MaxSize {
		return fmt.Errorf("%w: %d of %d", ErrPosition, position, in.Size)
	}
	return nil
}
