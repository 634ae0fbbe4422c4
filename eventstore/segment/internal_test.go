package segment

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// example are the contents of a segment, and its messages.
func example() (contents, []byte) {
	x, c := newIndexer(eventstore.Head{}), contents{}
	for i := range 4 {
		m := eventstore.Message{Subject: "plan.measure.t01"}
		for range i + 1 {
			m.Payload = fmt.Appendf(m.Payload, "{\"in\":%d}\n", i)
		}
		x.add(m)
		c.lines = append(c.lines, m.Payload...)
		c.messages = append(c.messages, message{m.Subject, i + 1, len(c.lines)})
	}
	return c, x.index
}

// Whoever changes an event can make every checksum in the file right, and say
// that the roots are those of the true events.
func TestARightChecksumDoesNotMakeAnEventRight(t *testing.T) {
	c, index := example()
	_, genuine := c.seal(index, seal.Edge{})
	forged := contents{lines: bytes.Clone(c.lines)}
	forged.lines[7] = 'x'
	x := newIndexer(eventstore.Head{})
	for m := range (&contents{lines: forged.lines, messages: c.messages}).all() {
		x.add(m)
	}
	forged.messages = c.messages
	file, f := forged.seal(x.index, seal.Edge{})
	f.edge = genuine.edge
	hashes, err := f.edge.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	copy(file[len(file)-textBytes-len(hashes):], hashes)
	copy(file[len(file)-textBytes:], f.text())
	f.sum = sha256.Sum256(file[:len(file)-sumDigits])
	copy(file[len(file)-textBytes:], f.text())

	dir := t.TempDir()
	if err := os.WriteFile(place(dir, 1, sealedFile), file, 0o600); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.Verify(t.Context(), Check{})
	if bad, ok := errors.AsType[*DamageError](err); !ok || !errors.Is(bad, ErrRoot) || bad.Position != 1 {
		t.Errorf("it is verified: %v", err)
	}
	var edge seal.Edge
	before := edge.Head()
	grow(&edge, c.lines[:9], nil)
	_, err = a.Verify(t.Context(), Check{Heads: []seal.TreeHead{before, edge.Head(), genuine.edge.Head()}})
	if bad, ok := errors.AsType[*DamageError](err); !ok || !errors.Is(bad, ErrRoot) || bad.Position != 1 {
		t.Errorf("it is verified: %v", err)
	}
}

// FuzzSealed: whatever lies in a file, it is read to the end or refused, and
// what is verified has the root that the file says.
func FuzzSealed(f *testing.F) {
	c, index := example()
	file, _ := c.seal(index, seal.Edge{})
	f.Add(file)
	f.Add(file[1:])
	f.Add(file[:len(file)-1])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, file []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(place(dir, 1, sealedFile), file, 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		var edge seal.Edge
		for m, err := range a.Read(t.Context(), eventstore.Head{}) {
			if _, ok := errors.AsType[*DamageError](err); err != nil && !ok {
				t.Fatal(err)
			} else if ok {
				return
			}
			grow(&edge, m.Payload, nil)
		}
		done, err := a.Verify(t.Context(), Check{Heads: []seal.TreeHead{edge.Head()}})
		if err == nil && done.Tree != edge.Head() || err != nil && !errors.Is(err, ErrRoot) {
			t.Fatalf("it reads, and is verified as %+v: %v", done, err)
		}
	})
}

// FuzzTrailer: what is read as a trailer is written as it was.
func FuzzTrailer(f *testing.F) {
	c, index := example()
	file, t := c.seal(index, seal.Edge{})
	end := file[len(file)-textBytes-edgeBytes(t.after):]
	f.Add(end, int64(len(file)))
	f.Add(end[1:], int64(len(file)))
	f.Add(bytes.Replace(end, []byte("0010"), []byte("-010"), 1), int64(len(file)))
	f.Add(bytes.Replace(end, []byte("before 0"), []byte("before -"), 1), int64(len(file)))
	f.Fuzz(func(t *testing.T, end []byte, size int64) {
		parsed, err := parseTrailer(end, size)
		if err != nil {
			return
		}
		hashes, err := parsed.edge.MarshalBinary()
		if again := append(hashes, parsed.text()...); err != nil || !bytes.HasSuffix(end, again) {
			t.Fatalf("%q is read as\n%q", end, again)
		}
		if parsed.size() != size || parsed.lines > maxLines || parsed.packedLines < 0 {
			t.Fatalf("%+v in a file of %d bytes", parsed, size)
		}
	})
}

// FuzzMessages: what is found in messages and lines is whole lines, numbered
// without a gap, and written as it was.
func FuzzMessages(f *testing.F) {
	c, index := example()
	f.Add(index, c.lines)
	f.Add(index[:len(index)-1], c.lines)
	f.Add(index, c.lines[1:])
	f.Add(bytes.ToUpper(index), c.lines)
	f.Fuzz(func(t *testing.T, index, lines []byte) {
		found, bad := walk(index, lines, eventstore.Head{}, func([]byte) {})
		x, head := newIndexer(eventstore.Head{}), eventstore.Head{}
		for m := range found.all() {
			if err := fits(m, head); err != nil && m.Subject != pack {
				t.Fatal(err)
			}
			x.add(m)
			head = m.Head
		}
		named := len(index)
		if bad != nil {
			named = bad.index
		}
		if named > 0 && !bytes.Equal(x.index, index[:named]) {
			t.Fatalf("%q is read as\n%q", index[:named], x.index)
		}
		if bad != nil && (bad.position <= head.Position || bad.sequence != head.Sequence+1) {
			t.Fatalf("after %+v comes %+v", head, bad)
		}
	})
}
