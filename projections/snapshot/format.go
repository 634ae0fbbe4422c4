// Package snapshot keeps what a projection has come to, so that the next start
// need not read the whole log: bytes that the same state always gives, and a file
// that says what they were made of.
//
// A snapshot is never believed over the log. Its file names the projection and its
// version, the shape of the types it was written from, and the event and the root
// of the tree it was taken at; what does not fit in any of these is thrown away,
// and the log is read instead. It holds no text that a person wrote: what may have
// to be erased is not written twice.
//
//	format := snapshot.Of[state](plan.Adopted{}, plan.Closed{})
//	b := format.Encode(s)
//	s, err := format.Decode(b)
//
// # Bytes
//
//	strings  uvarint count, a uvarint length of each, then their bytes; each once
//	value    bool: a byte · integers: (zigzag) varint · float64: 8 bytes, big-endian
//	         string: uvarint, its number among the strings · [n]byte: as it is
//	         slice: uvarint 0 for nil, else length+1, and the elements
//	         pointer: a byte, 0 for nil · struct: its fields in order
//	         domain.Text: nothing, and it is read as empty
//	         domain.Table: a slice of keys, a slice of values
//	         event: uvarint, 0 for nil, else 1 + its number in the list given to Of, and its fields
//	         time: a byte, 0 for none, and a varint of nanoseconds since 1970 · date: varint of days
//
// Varints are those of encoding/binary.
package snapshot

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"reflect"

	"github.com/fosenregionen/framdrift/domain"
)

// ErrMalformed is bytes that no value was written as.
var ErrMalformed = errors.New("snapshot: the bytes are not those of a snapshot")

// A Format writes and reads values of one type: plain data of exported fields, and
// the events it was told of. It may be used by several at once.
type Format[T any] struct {
	coder coder
	shape string
}

// Of is the format of T, in which an interface may hold the events given, in an
// order that stays. A type that cannot be written is a mistake of ours, and panics.
func Of[T any](events ...domain.Event) Format[T] {
	m := &maker{made: map[reflect.Type]*coder{}, sketch: sha256.New()}
	for _, e := range events {
		m.events = append(m.events, reflect.TypeOf(e))
	}
	c := m.make(reflect.TypeFor[T]())
	return Format[T]{*c, hex.EncodeToString(m.sketch.Sum(nil)[:8])}
}

// Shape is 16 hex digits that are others when a type, or a field of one, is.
func (f Format[T]) Shape() string { return f.shape }

// Encode is the bytes of a value: the same for the same.
func (f Format[T]) Encode(v T) []byte {
	w := &writer{numbers: map[string]uint64{}}
	f.coder.write(w, reflect.ValueOf(&v).Elem())
	return w.bytes()
}

// Decode is the value of bytes. Its strings share one piece of memory. Error:
// ErrMalformed.
func (f Format[T]) Decode(b []byte) (v T, err error) {
	r := &reader{rest: b, size: len(b)}
	r.readStrings()
	f.coder.read(r, reflect.ValueOf(&v).Elem())
	if !r.bad && len(r.rest) > 0 {
		r.bad = true
	}
	if r.bad {
		return *new(T), fmt.Errorf("%w: they break %d bytes before their end", ErrMalformed, len(r.rest))
	}
	return v, nil
}

// A writer gathers the strings of a value, and the rest of it.
type writer struct {
	numbers map[string]uint64
	strings []string
	rest    []byte
}

func (w *writer) uvarint(n uint64) { w.rest = binary.AppendUvarint(w.rest, n) }
func (w *writer) varint(n int64)   { w.rest = binary.AppendVarint(w.rest, n) }

func (w *writer) string(s string) {
	n, ok := w.numbers[s]
	if !ok {
		n = uint64(len(w.strings))
		w.numbers[s], w.strings = n, append(w.strings, s)
	}
	w.uvarint(n)
}

func (w *writer) bytes() []byte {
	b := binary.AppendUvarint(nil, uint64(len(w.strings)))
	for _, s := range w.strings {
		b = binary.AppendUvarint(b, uint64(len(s)))
	}
	for _, s := range w.strings {
		b = append(b, s...)
	}
	return append(b, w.rest...)
}

// A reader takes a value apart. Once bad it gives zeroes.
type reader struct {
	strings []string
	rest    []byte
	size    int // of all, and no slice is longer
	bad     bool
}

func (r *reader) readStrings() {
	lengths, total := make([]int, r.length()), 0
	for i := range lengths {
		lengths[i] = r.length()
		total += lengths[i]
	}
	all := string(r.take(total))
	if r.bad {
		return
	}
	r.strings = make([]string, len(lengths))
	for i, n := range lengths {
		r.strings[i], all = all[:n], all[n:]
	}
}

func (r *reader) uvarint() uint64 {
	n, size := binary.Uvarint(r.rest)
	if r.skip(size); r.bad {
		return 0
	}
	return n
}

func (r *reader) varint() int64 {
	n, size := binary.Varint(r.rest)
	if r.skip(size); r.bad {
		return 0
	}
	return n
}

func (r *reader) skip(size int) {
	if r.bad = r.bad || size <= 0; !r.bad {
		r.rest = r.rest[size:]
	}
}

// length is a number of things that take no less than a byte each.
func (r *reader) length() int {
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		r.bad = true
		return 0
	}
	return int(n)
}

func (r *reader) take(n int) []byte {
	if r.bad = r.bad || n > len(r.rest); r.bad {
		return nil
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) string() string {
	n := r.uvarint()
	if r.bad = r.bad || n >= uint64(len(r.strings)); r.bad {
		return ""
	}
	return r.strings[n]
}
