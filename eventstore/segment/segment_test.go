package segment_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// anyMessages are messages with any bytes in their lines, after a head.
func anyMessages(t *rapid.T, after eventstore.Head, most int) []eventstore.Message {
	subject := rapid.StringMatching(`|[a-zA-Z0-9_-]{1,8}(\.[a-zA-Z0-9_-]{1,8}){0,3}`).Filter(func(s string) bool { return s != "pack" })
	line := rapid.SliceOfN(rapid.Byte().Filter(func(b byte) bool { return b != '\n' }), 0, 60)
	all := make([]eventstore.Message, rapid.IntRange(0, most).Draw(t, "messages"))
	for i := range all {
		after.Sequence++
		m := eventstore.Message{Subject: subject.Draw(t, "subject")}
		for range rapid.IntRange(1, 4).Draw(t, "events") {
			after.Position++
			m.Payload = append(append(m.Payload, line.Draw(t, "line")...), '\n')
		}
		m.Head = after
		all[i] = m
	}
	return all
}

// inside is a directory of its own for one try of a property.
func inside(t *rapid.T, dir string) string {
	t.Helper()
	dir, err := os.MkdirTemp(dir, "try")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// Whatever the messages, however they come and wherever the segments end, what
// is kept is read again: from the beginning, after every message, and before
// every event.
func TestWhatIsKeptIsReadAgain(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		dir := inside(rt, dir)
		var log []eventstore.Message
		for range rapid.IntRange(1, 3).Draw(rt, "writers") {
			more := anyMessages(rt, headOf(log), 8)
			log = append(log, more...)
			write(rt, dir, segment.Options{SegmentBytes: rapid.IntRange(1, 400).Draw(rt, "bytes")}, more)
		}
		a := open(rt, dir)
		if a.Head() != headOf(log) {
			rt.Fatalf("it ends at %+v, and the log at %+v", a.Head(), headOf(log))
		}
		for i := range len(log) + 1 {
			got, err := read(t.Context(), a, headOf(log[:i]))
			if diff := cmp.Diff(log[i:], got, cmpopts.EquateEmpty()); err != nil || diff != "" {
				rt.Fatalf("after %d messages: %v\n%s", i, err, diff)
			}
		}
		for i, m := range log {
			for position := range m.Lines() {
				if before, err := a.Before(position); before != headOf(log[:i]) || err != nil {
					rt.Fatalf("before position %d the log stood at %+v, not %+v: %v", position, headOf(log[:i]), before, err)
				}
			}
		}
		if done, err := a.Verify(t.Context(), segment.Check{Heads: headsOf(log)}); err != nil || done.Head != headOf(log) {
			rt.Fatalf("%+v: %v", done, err)
		}
	})
}

// The files need no program of ours: unpacked and laid end to end they are the
// log, one event a line.
func TestOrdinaryToolsReadTheFiles(t *testing.T) {
	dir := t.TempDir()
	log := newLife(1).log(t, 40)
	write(t, dir, small, log)
	var want, packed []byte
	for _, m := range log {
		want = append(want, m.Payload...)
	}
	for _, path := range endingIn(t, dir, ".jsonl.zst") {
		packed = append(packed, readFile(t, path)...)
	}
	d, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderMaxWindow(8<<20))
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	got, err := io.ReadAll(d)
	if err != nil {
		t.Fatal(err)
	}
	if sealed := len(endingIn(t, dir, ".jsonl.zst")); sealed < 3 {
		t.Fatalf("%d sealed segments are too few to tell", sealed)
	}
	for _, path := range endingIn(t, dir, ".jsonl") {
		got = append(got, readFile(t, path)...)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("they hold %d bytes, and the log %d", len(got), len(want))
	}
}

// Two who follow the same log have the same segments, however often they were
// stopped and however fast the messages came.
func TestSegmentsEndAtTheSameMessages(t *testing.T) {
	log := newLife(1).log(t, 40)
	once, often := t.TempDir(), t.TempDir()
	write(t, once, small, log)
	for i := range log {
		write(t, often, small, log[i:i+1])
	}
	if diff := cmp.Diff(names(t, once), names(t, often)); diff != "" {
		t.Error(diff)
	}
	for _, name := range names(t, once) {
		if !bytes.Equal(readFile(t, filepath.Join(once, name)), readFile(t, filepath.Join(often, name))) {
			t.Errorf("%s is not the same", name)
		}
	}
}

func TestAHeadWhereTheLogNeverStoodIsRefused(t *testing.T) {
	dir := t.TempDir()
	log := newLife(1).log(t, 40)
	write(t, dir, small, log)
	a, last := open(t, dir), headOf(log)
	for _, head := range []eventstore.Head{
		{Position: 1},
		{Sequence: 1, Position: 40},
		{Sequence: log[len(log)/2].Head.Sequence, Position: 1},
		{Sequence: last.Sequence, Position: last.Position - 1},
	} {
		if got, err := read(t.Context(), a, head); !errors.Is(err, segment.ErrHead) || len(got) > 0 {
			t.Errorf("after %+v: %d messages and %v", head, len(got), err)
		}
	}
	if got, err := read(t.Context(), a, eventstore.Head{Sequence: last.Sequence + 1, Position: last.Position + 1}); err != nil || len(got) > 0 {
		t.Errorf("after what is not there yet: %d messages and %v", len(got), err)
	}
	for _, position := range []uint64{0, last.Position + 1} {
		if _, err := a.Before(position); !errors.Is(err, segment.ErrHead) {
			t.Errorf("before position %d: %v", position, err)
		}
	}
}

func TestAReadThatIsLeftEndsAndSoDoesItsContext(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, small, newLife(1).log(t, 40))
	a := open(t, dir)
	for _, err := range a.Read(t.Context(), eventstore.Head{}) {
		if err != nil {
			t.Fatal(err)
		}
		break // TestMain sees what goes on after this
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for m, err := range a.Read(ctx, eventstore.Head{}) {
		if n++; n == 2 {
			cancel()
		}
		if err != nil {
			if !errors.Is(err, ctx.Err()) || n != 3 {
				t.Errorf("message %d: %v", m.Head.Sequence, err)
			}
		}
	}
	if _, err := a.Verify(ctx, segment.Check{}); !errors.Is(err, ctx.Err()) {
		t.Error(err)
	}
}

func TestAnEmptyDirectoryIsAnEmptyLog(t *testing.T) {
	dir := t.TempDir()
	holds(t, dir, nil)
	write(t, dir, small, nil)
	holds(t, dir, nil)
	if got := names(t, dir); len(got) > 0 {
		t.Errorf("it has %v", got)
	}
	if _, err := segment.Open(filepath.Join(dir, "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a directory that is not there: %v", err)
	}
}

// Nobody else on the machine reads the log in its segments.
func TestSegmentsAreForTheirOwnerAlone(t *testing.T) {
	dir, copied := filepath.Join(t.TempDir(), "a", "b"), filepath.Join(t.TempDir(), "c", "d")
	write(t, dir, small, newLife(1).log(t, 40))
	if _, err := open(t, dir).Export(t.Context(), copied, nil); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{dir, copied} {
		for _, name := range append(names(t, dir), ".", "..") {
			info, err := os.Stat(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			want := os.FileMode(0o600)
			if info.IsDir() {
				want = 0o700
			}
			if info.Mode().Perm() != want {
				t.Errorf("%s has mode %04o", filepath.Join(dir, name), info.Mode().Perm())
			}
		}
	}
}

// What zstd -dc *.zst would take up as the log must be the log.
func TestAFileThatCouldBeTakenForASegmentIsRefused(t *testing.T) {
	dir := t.TempDir()
	log := newLife(1).log(t, 20)
	write(t, dir, small, log)
	for _, name := range []string{"checkpoint", "README.txt", "keys.json", "00000000000000000099.txt", "00000000000000000099.jsonl.zst.tmp"} {
		writeFile(t, filepath.Join(dir, name), []byte("strange"))
	}
	holds(t, dir, log)
	for _, name := range []string{"1.jsonl.zst", "00000000000000000000.jsonl.zst", "copy.jsonl", "log.zst", "99999999999999999999.messages", "x.messages"} {
		dir := copyOf(t, dir)
		writeFile(t, filepath.Join(dir, name), nil)
		foreign(t, dir, name)
	}
	with := copyOf(t, dir)
	if err := os.Mkdir(filepath.Join(with, "00000000000000000099.jsonl"), 0o700); err != nil {
		t.Fatal(err)
	}
	foreign(t, with, "a directory")
}

func foreign(t *testing.T, dir, what string) {
	t.Helper()
	if _, err := segment.Open(dir); !errors.Is(err, segment.ErrForeign) {
		t.Errorf("with %s it opens: %v", what, err)
	}
	if _, err := segment.OpenWriter(dir, small); !errors.Is(err, segment.ErrForeign) {
		t.Errorf("with %s it is written to: %v", what, err)
	}
}
