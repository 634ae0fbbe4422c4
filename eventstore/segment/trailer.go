package segment

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/bits"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// skippable is what a skippable frame begins with (RFC 8878, 3.1.2); any of
// sixteen numbers may stand there, and this one is ours.
const skippable = 0x184D2A5A

const (
	frameHead = 8 // the number, and how many bytes follow
	textBytes = 378
	sumDigits = 2*sha256.Size + 1 // and a newline
	maxEdge   = 8 + 60*sha256.Size
)

// A trailer is what ends a sealed segment.
type trailer struct {
	before, after           eventstore.Head
	rootBefore              seal.Hash
	edge                    seal.Edge // of the tree after the last event
	lines, index            int       // bytes
	packedLines, packedText int       // bytes of their frames
	sum                     [sha256.Size]byte
}

// root is that of the tree after the last event.
func (t *trailer) root() seal.Hash { return t.edge.Head().Root }

// size is how long the file is.
func (t *trailer) size() int64 {
	return int64(t.packedLines) + frameHead + int64(t.packedText) + int64(edgeBytes(t.after)) + textBytes
}

func edgeBytes(at eventstore.Head) int { return 8 + bits.OnesCount64(at.Position)*sha256.Size }

// text is the end of the file.
func (t *trailer) text() string {
	place := func(word string, at eventstore.Head, root seal.Hash) string {
		return fmt.Sprintf("%-6s %020d %020d %s\n", word, at.Sequence, at.Position, base64.StdEncoding.EncodeToString(root[:]))
	}
	return "framdrift segment 1\n" + place("before", t.before, t.rootBefore) + place("after", t.after, t.root()) +
		fmt.Sprintf("lines  %020d %020d\nindex  %020d %020d\nsha256 %x\n", t.lines, t.packedLines, t.index, t.packedText, t.sum)
}

var (
	errTrailer = errors.New("it does not end as a sealed segment does")
	errSize    = errors.New("it is not as long as it says")
	errEdge    = errors.New("its right edge does not have its root")
)

// parseTrailer reads the end of a file of so many bytes: at least as much of
// it as maxTrailer, or all.
func parseTrailer(end []byte, size int64) (*trailer, error) {
	if len(end) < textBytes {
		return nil, errTrailer
	}
	rest, text := end[:len(end)-textBytes], string(end[len(end)-textBytes:])
	var t trailer
	var roots [2]string
	var sum string
	_, err := fmt.Sscanf(text, "framdrift segment 1\nbefore %d %d %s\nafter %d %d %s\nlines %d %d\nindex %d %d\nsha256 %s\n",
		&t.before.Sequence, &t.before.Position, &roots[0], &t.after.Sequence, &t.after.Position, &roots[1],
		&t.lines, &t.packedLines, &t.index, &t.packedText, &sum)
	if err != nil || t.after.Position > seal.MaxSize || t.after.Position <= t.before.Position ||
		uint(t.lines) > maxLines || uint(t.index) > maxIndex { // and none is below zero
		return nil, errTrailer
	}
	if len(rest) < edgeBytes(t.after) || min(t.packedLines, t.packedText) < 0 || t.size() != size {
		return nil, errSize
	}
	if t.edge.UnmarshalBinary(rest[len(rest)-edgeBytes(t.after):]) != nil || t.edge.Size() != t.after.Position {
		return nil, errEdge
	}
	before, err := base64.StdEncoding.DecodeString(roots[0])
	if err != nil || copy(t.rootBefore[:], before) != len(t.rootBefore) {
		return nil, errTrailer
	}
	if decoded, err := hex.DecodeString(sum); err != nil || copy(t.sum[:], decoded) != len(t.sum) {
		return nil, errTrailer
	}
	if t.text() != text { // another spelling, or a root that is not the edge's
		return nil, errEdge
	}
	return &t, nil
}

// maxTrailer is what parseTrailer needs of the end of a file.
const maxTrailer = maxEdge + textBytes

// frame is what stands before what the trailer's frame holds.
func (t *trailer) frame() []byte {
	b := binary.LittleEndian.AppendUint32(nil, skippable)
	return binary.LittleEndian.AppendUint32(b, uint32(t.packedText+edgeBytes(t.after)+textBytes))
}
