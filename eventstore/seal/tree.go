package seal

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// A Hash is a SHA-256 of a leaf or a node.
type Hash = tlog.Hash

// MaxSize is the largest tree there can be. Package tlog counts in int64, and
// does not return from a check in a tree of more than 2^62 leaves.
const MaxSize = 1 << 60

// A TreeHead is how many events a tree has, and its root. The last event
// stands at the position that is the size.
type TreeHead struct {
	Size uint64
	Root Hash
}

// LeafHash is SHA-256(0x00 ‖ line), the leaf of an event (RFC 6962, 2.1). The
// line is the event's bytes on the log, newline included.
func LeafHash(line []byte) Hash { return tlog.RecordHash(line) }

// checkLine refuses what is not one whole line: two exports with the same
// bytes must have the same leaves.
func checkLine(line []byte) error {
	if end := bytes.IndexByte(line, '\n'); end < 0 || end != len(line)-1 {
		return ErrLine
	}
	return nil
}

// An Edge is the right edge of a tree: the roots of the full subtrees it
// falls into, one for each bit of its size that is set. It is all that is
// needed to append and to tell the root, and at most 60 hashes. The zero Edge
// is the empty tree. It is a value: a copy goes its own way.
type Edge struct {
	size   uint64
	hashes [61]Hash // of the full subtree of 2^l events, where bit l of size is set
}

// Append adds an event's line, newline included: ErrLine if it is not one.
func (e *Edge) Append(line []byte) error {
	if err := checkLine(line); err != nil {
		return err
	}
	e.AppendHash(LeafHash(line))
	return nil
}

// AppendHash adds a leaf.
func (e *Edge) AppendHash(leaf Hash) {
	var done [tileLevels]Hash
	e.push(leaf, &done)
}

// push adds a leaf and gives the hashes it completed that tiles are made of:
// done[l] is that of the last 256^l leaves, for each l where there is one.
func (e *Edge) push(h Hash, done *[tileLevels]Hash) {
	level := 0
	for ; ; level++ {
		if level%tileHeight == 0 {
			done[level/tileHeight] = h
		}
		if e.size>>level&1 == 0 {
			break
		}
		h = tlog.NodeHash(e.hashes[level], h)
	}
	e.hashes[level] = h
	e.size++
}

// Size is how many events the tree has.
func (e *Edge) Size() uint64 { return e.size }

// Head is the size and the root. The root of the empty tree is the SHA-256 of
// nothing.
func (e *Edge) Head() TreeHead {
	if e.size == 0 {
		return TreeHead{Root: emptyRoot}
	}
	level := bits.TrailingZeros64(e.size)
	root := e.hashes[level]
	for level++; e.size>>level != 0; level++ {
		if e.size>>level&1 == 1 {
			root = tlog.NodeHash(e.hashes[level], root)
		}
	}
	return TreeHead{Size: e.size, Root: root}
}

var emptyRoot, _ = tlog.TreeHash(0, nil) // never an error: it reads nothing

// MarshalBinary gives the size, 8 bytes with the highest first, and the
// hashes of the full subtrees from left to right, 32 bytes each.
func (e *Edge) MarshalBinary() ([]byte, error) {
	b := binary.BigEndian.AppendUint64(nil, e.size)
	for level := bits.Len64(e.size) - 1; level >= 0; level-- {
		if e.size>>level&1 == 1 {
			b = append(b, e.hashes[level][:]...)
		}
	}
	return b, nil
}

// UnmarshalBinary is the way back: ErrMalformed, and the edge as it was, when
// the length is not what the size says.
func (e *Edge) UnmarshalBinary(b []byte) error {
	if len(b) < 8 {
		return fmt.Errorf("%w: an edge of %d bytes", ErrMalformed, len(b))
	}
	size, rest := binary.BigEndian.Uint64(b), b[8:]
	if size > MaxSize || len(rest) != bits.OnesCount64(size)*tlog.HashSize {
		return fmt.Errorf("%w: an edge of %d bytes for %d events", ErrMalformed, len(b), size)
	}
	*e = Edge{size: size}
	for level := bits.Len64(size) - 1; level >= 0; level-- {
		if size>>level&1 == 1 {
			rest = rest[copy(e.hashes[level][:], rest):]
		}
	}
	return nil
}

// A Tree is an edge that keeps the hashes proofs and tiles are made of in a
// store. One goroutine may append; what reads the store need not wait for it
// when the store says so. After an error it takes nothing more: open it again.
type Tree struct {
	edge  Edge
	store Store
	err   error
}

// OpenTree goes on from an edge whose hashes are in the store; the zero Edge
// begins a tree. ErrDamaged when the store has others.
func OpenTree(store Store, edge Edge) (*Tree, error) {
	stored, err := EdgeAt(store, edge.size)
	if err != nil {
		return nil, err
	}
	for level := range edge.hashes {
		if edge.size>>level&1 == 1 && stored.hashes[level] != edge.hashes[level] {
			return nil, fmt.Errorf("%w of %d events", ErrDamaged, edge.size)
		}
	}
	return &Tree{edge: edge, store: store}, nil
}

// Append adds an event's line, newline included: ErrLine if it is not one,
// and the errors of the store.
func (t *Tree) Append(line []byte) error {
	if err := checkLine(line); err != nil {
		return err
	}
	return t.AppendHash(LeafHash(line))
}

// AppendHash adds a leaf.
func (t *Tree) AppendHash(leaf Hash) error {
	if t.err != nil {
		return t.err
	}
	var done [tileLevels]Hash
	t.edge.push(leaf, &done)
	for level := 0; level <= bits.TrailingZeros64(t.edge.size)/tileHeight; level++ {
		n := t.edge.size>>(level*tileHeight) - 1
		if err := t.store.PutHash(level, n, done[level]); err != nil {
			t.err = fmt.Errorf("seal: storing hash %d of level %d: %w", n, level, err)
			return t.err
		}
	}
	return nil
}

// Size is how many events the tree has.
func (t *Tree) Size() uint64 { return t.edge.size }

// Edge is the right edge as it is now: with it and the store the tree is
// opened again.
func (t *Tree) Edge() Edge { return t.edge }

// Head is the size and the root.
func (t *Tree) Head() TreeHead { return t.edge.Head() }
