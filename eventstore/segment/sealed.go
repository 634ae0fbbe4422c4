package segment

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/zstd"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

const (
	// maxMessage is the largest message that is taken, in bytes: the largest
	// that any NATS server can store.
	maxMessage = 64 << 20
	maxLines   = 2 * maxMessage
	maxIndex   = 5 * maxLines // of messages of two bytes
)

// encoder packs at the fastest level: the others make files up to 6 % smaller at
// 2 to 15 times the work (docs/decisions/0011). Its window is 4 MiB, so that
// every program that reads zstd can follow. It is not kept: it has some 10 MB.
func encoder() *zstd.Encoder {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(fmt.Sprintf("segment: making an encoder: %v", err)) // only other options err
	}
	return e
}

// decoder leaves the checksum of a frame alone: that of the file takes its place.
var decoder = sync.OnceValue(func() *zstd.Decoder {
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxIndex),
		zstd.WithDecodeAllCapLimit(true), zstd.IgnoreChecksum(true))
	if err != nil {
		panic(fmt.Sprintf("segment: making a decoder: %v", err)) // only other options err
	}
	return d
})

// seal gives the bytes of a sealed segment, and what ends it. The edge is that
// of the tree before its first event.
func (c contents) seal(index []byte, edge seal.Edge) ([]byte, *trailer) {
	t := &trailer{before: c.before, after: c.after(), rootBefore: edge.Head().Root, lines: len(c.lines), index: len(index)}
	for line := range bytes.Lines(c.lines) {
		edge.AppendHash(seal.LeafHash(line))
	}
	t.edge = edge
	e := encoder()
	b := e.EncodeAll(c.lines, make([]byte, 0, len(c.lines)/3))
	t.packedLines = len(b)
	text := e.EncodeAll(index, nil)
	t.packedText = len(text)
	b = append(append(b, t.frame()...), text...)
	hashes, _ := edge.MarshalBinary() // never an error
	b = append(append(b, hashes...), t.text()...)
	t.sum = sha256.Sum256(b[:len(b)-sumDigits])
	return append(b[:len(b)-textBytes], t.text()...), t
}

var (
	errSum    = errors.New("its bytes do not have the SHA-256 that it ends with, though its events are whole")
	errCounts = errors.New("it does not hold as many events, messages and bytes as it says")
	errFrame  = errors.New("what follows its lines is not a frame to be passed over")
)

// unpack gives what a sealed segment holds. When it is not all right, bad is the
// first event that is not and c what is before it, or err says why nothing can
// be known. Visit sees the lines. It does not look at the tree.
func unpack(file []byte, t *trailer, visit func(line []byte)) (c contents, bad *fault, err error) {
	whole := sha256.Sum256(file[:len(file)-sumDigits]) == t.sum
	index, err := inflate(file[t.packedLines+frameHead:][:t.packedText], t.index)
	if err != nil {
		return c, nil, fmt.Errorf("its messages: %w", err)
	}
	lines, unread := inflate(file[:t.packedLines], t.lines)
	c, bad = walk(index, lines, t.before, visit)
	switch {
	case bad != nil && unread != nil:
		bad.reason = unread.Error()
	case bad != nil:
	case unread != nil:
		err = unread
	case c.after() != t.after || c.size() != len(lines):
		err = errCounts
	case !bytes.Equal(file[t.packedLines:][:frameHead], t.frame()):
		err = errFrame
	case !whole:
		err = errSum
	}
	return c, bad, err
}

// inflate unpacks so many bytes, and no more, or as many as can be.
func inflate(frame []byte, size int) ([]byte, error) {
	b, err := decoder().DecodeAll(frame, make([]byte, 0, size))
	switch {
	case err != nil:
		return readable(frame, size), fmt.Errorf("zstd cannot read on: %w", err)
	case len(b) != size:
		return nil, fmt.Errorf("zstd finds %d bytes, and there should be %d", len(b), size)
	}
	return b, nil
}

// readable is what can be read of a frame of so many bytes before it breaks.
func readable(frame []byte, size int) []byte {
	d, err := zstd.NewReader(bytes.NewReader(frame), zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxIndex))
	if err != nil {
		return nil
	}
	defer d.Close()
	b, _ := io.ReadAll(io.LimitReader(d, int64(size))) // the error is known
	return b
}
