package segment_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// packs is a log of messages of one to four events.
func packs(t testing.TB, messages int) (log []eventstore.Message) {
	l := newLife(2)
	for i := range messages {
		log = append(log, l.message(t, i%4+1))
	}
	return log
}

// firstOf is the first position of the segment a file belongs to.
func firstOf(path string) uint64 {
	digits, _, _ := strings.Cut(filepath.Base(path), ".")
	first, _ := strconv.ParseUint(digits, 10, 64)
	return first
}

// unpacked are the lines that ordinary tools get out of a file.
func unpacked(t fataler, path string) []byte {
	t.Helper()
	b := readFile(t, path)
	if !strings.HasSuffix(path, ".zst") {
		return b
	}
	d, err := zstd.NewReader(bytes.NewReader(b), zstd.WithDecoderConcurrency(1), zstd.IgnoreChecksum(true), zstd.WithDecoderMaxMemory(1<<20))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	lines, _ := io.ReadAll(d) // as far as it goes
	return lines
}

// firstOther is the position of the first line that is another, or missing.
func firstOther(first uint64, want, have []byte) uint64 {
	for line := range bytes.Lines(want) {
		if !bytes.HasPrefix(have, line) {
			return first
		}
		have = have[len(line):]
		first++
	}
	return first
}

// Whichever byte of whichever file is another: no event that is not the log's
// is ever read, and the first one that cannot be is named.
func TestAnyByteThatIsFlippedIsFound(t *testing.T) {
	base, tries := t.TempDir(), t.TempDir()
	log := packs(t, 30)
	write(t, base, small, log)
	rapid.Check(t, func(rt *rapid.T) {
		dir := inside(rt, tries)
		copyTo(rt, base, dir)
		path := filepath.Join(dir, rapid.SampledFrom(names(rt, dir)).Draw(rt, "file"))
		b := readFile(rt, path)
		at := rapid.IntRange(0, len(b)-1).Draw(rt, "byte")
		b[at] ^= rapid.ByteRange(1, 255).Draw(rt, "flip")
		before := unpacked(rt, strings.ReplaceAll(path, ".messages", ".jsonl"))
		writeFile(rt, path, b)
		bad := found(t, rt, dir, log)
		if strings.HasSuffix(path, ".messages") {
			return // a torn one looks so too
		}
		if firstOf(bad.File) != firstOf(path) {
			rt.Fatalf("%s was damaged: %v", path, bad)
		}
		want, none := firstOther(firstOf(path), before, unpacked(rt, path)), firstOther(firstOf(path), before, before)
		if want != none && bad.Position != want { // if none is, something after the lines was hit
			rt.Fatalf("position %d is the first: %v", want, bad)
		}
	})
}

// found fails the test unless what is read is of the log, and verifying
// against its head names the event that comes next, or one of its message.
func found(t *testing.T, rt *rapid.T, dir string, log []eventstore.Message) *segment.DamageError {
	rt.Helper()
	a := open(rt, dir)
	got, _ := read(t.Context(), a, eventstore.Head{})
	if n := len(got); n == len(log) || treeOf(got) != treeOf(log[:n]) || headOf(got) != headOf(log[:n]) {
		rt.Fatalf("%d messages are read, as if nothing had been done", n)
	}
	_, err := a.Verify(t.Context(), segment.Check{Heads: headsOf(log)[len(log)-1:]})
	bad, ok := errors.AsType[*segment.DamageError](err)
	if !ok {
		rt.Fatalf("it is verified: %v", err)
	}
	next := log[len(got)].Head
	last := next.Position + 1 // where two messages have become one, the first event of the second is it
	if bad.Position <= headOf(got).Position || bad.Position > last || bad.Sequence != next.Sequence {
		rt.Fatalf("%d messages are read, and then: %v", len(got), bad)
	}
	return bad
}

// An event that is dropped, doubled, moved or put in between is found where it
// happened, also by who does the same to the messages.
func TestAnyEventThatIsMovedInTheOpenFileIsFound(t *testing.T) {
	base, tries := t.TempDir(), t.TempDir()
	log := newLife(3).log(t, 30)
	write(t, base, segment.Options{}, log)
	rapid.Check(t, func(rt *rapid.T) {
		dir := inside(rt, tries)
		copyTo(rt, base, dir)
		lines := filepath.Join(dir, firstLines)
		before := readFile(rt, lines)
		i := rapid.IntRange(0, len(log)-2).Draw(rt, "message")
		j := rapid.IntRange(i+1, len(log)-1).Draw(rt, "other")
		change := rapid.SampledFrom(changes).Draw(rt, "change")
		both := rapid.Bool().Draw(rt, "messages too")
		var payloads, entries [][]byte
		for _, m := range log {
			payloads = append(payloads, m.Payload)
		}
		writeFile(rt, lines, bytes.Join(change(payloads, i, j), nil))
		if path := filepath.Join(dir, firstMessages); both {
			entries = bytes.SplitAfter(readFile(rt, path), []byte("\n"))
			writeFile(rt, path, bytes.Join(append(entries[:1:1], change(entries[1:len(entries)-1], i, j)...), nil))
		}
		bad := found(t, rt, dir, log)
		if want := firstOther(1, before, readFile(rt, lines)); bad.Position != want || bad.File != lines {
			rt.Fatalf("position %d of %s is the first: %v", want, lines, bad)
		}
	})
}

// changes are what may be done to events i and j of a log.
var changes = []func(all [][]byte, i, j int) [][]byte{
	func(all [][]byte, i, _ int) [][]byte { return slices.Delete(slices.Clone(all), i, i+1) },
	func(all [][]byte, i, _ int) [][]byte { return slices.Insert(slices.Clone(all), i, all[i]) },
	func(all [][]byte, i, j int) [][]byte {
		all = slices.Clone(all)
		all[i], all[j] = all[j], all[i]
		return all
	},
	func(all [][]byte, i, j int) [][]byte { return slices.Insert(slices.Clone(all), i, all[j]) },
	func(all [][]byte, i, _ int) [][]byte { return all[:i] },
}

// A segment that is missing, doubled, or stands for another is found at its
// first event.
func TestASegmentThatIsNotWhereItBelongsIsFound(t *testing.T) {
	base, tries := t.TempDir(), t.TempDir()
	log := packs(t, 30)
	write(t, base, small, log)
	rapid.Check(t, func(rt *rapid.T) {
		dir := inside(rt, tries)
		copyTo(rt, base, dir)
		sealed := endingIn(rt, dir, ".zst")
		i := rapid.IntRange(0, len(sealed)-2).Draw(rt, "segment")
		j := rapid.IntRange(i+1, len(sealed)-1).Draw(rt, "other")
		one, other := readFile(rt, sealed[i]), readFile(rt, sealed[j])
		switch rapid.IntRange(0, 3).Draw(rt, "change") {
		case 0:
			if err := os.Remove(sealed[i]); err != nil {
				rt.Fatal(err)
			}
		case 1:
			writeFile(rt, sealed[i], other)
		case 2:
			writeFile(rt, sealed[i], other)
			writeFile(rt, sealed[j], one)
		case 3:
			writeFile(rt, sealed[i], one[:rapid.IntRange(0, len(one)-1).Draw(rt, "length")])
		}
		if bad := found(t, rt, dir, log); bad.Position != firstOf(sealed[i]) || bad.File != sealed[i] {
			rt.Fatalf("%s is what was changed: %v", sealed[i], bad)
		}
	})
}

// What lies wrong before a segment is sealed is not sealed.
func TestDamageIsNotSealed(t *testing.T) {
	dir := t.TempDir()
	log := packs(t, 20)
	w, err := segment.OpenWriter(dir, segment.Options{SegmentBytes: small.SegmentBytes, Waiting: 100})
	if err != nil {
		t.Fatal(err)
	}
	keep(t, w, log)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, firstLines)
	b := readFile(t, path)
	for name, b := range map[string][]byte{
		"a byte that is another":  append([]byte("x"), b[1:]...),
		"a line that is missing":  b[bytes.IndexByte(b, '\n')+1:],
		"an end that is missing":  b[:len(b)-1],
		"a line that is too much": append(slices.Clone(b), "{}\n"...),
	} {
		dir := copyOf(t, dir)
		path := filepath.Join(dir, firstLines)
		writeFile(t, path, b)
		before := names(t, dir)
		bad := damaged(t, dir)
		if bad.File != path || !slices.Equal(names(t, dir), before) {
			t.Errorf("%s: %v", name, bad)
		}
	}
}
