package segment_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// export copies what is missing.
func export(t *testing.T, dir, to string) segment.Exported {
	t.Helper()
	done, err := open(t, dir).Export(t.Context(), to, nil)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

func TestACopyIsAsGoodAsWhatItIsACopyOf(t *testing.T) {
	log := newLife(7).log(t, 60)
	dir, to := t.TempDir(), t.TempDir()
	for n := 0; n <= len(log); n += 7 { // the last segment is sealed too early each time but the last
		write(t, dir, small, log[:n])
		done := export(t, dir, to)
		holds(t, to, log[:n])
		if done.Head != headOf(log[:n]) || done.Tree != treeOf(log[:n]) {
			t.Fatalf("it holds %d messages: %+v", n, done)
		}
		if again := export(t, dir, to); again.Copied != 0 || again.Kept != done.Copied+done.Kept || again.Tree != done.Tree {
			t.Fatalf("%+v, and again %+v", done, again)
		}
		if done.Copied > 4 {
			t.Errorf("%d segments are copied for 7 messages", done.Copied)
		}
	}
	for _, name := range names(t, to) {
		if filepath.Ext(name) != ".zst" {
			t.Errorf("a copy has %s", name)
		}
	}
}

// The way back: a copy is a directory to write to like any other, and can
// itself be copied to where it came from.
func TestACopyIsGoneOnWith(t *testing.T) {
	log := newLife(7).log(t, 60)
	dir, to := t.TempDir(), t.TempDir()
	write(t, dir, small, log[:20])
	export(t, dir, to)
	write(t, to, small, log)
	holds(t, to, log)
	if back := export(t, to, t.TempDir()); back.Head != headOf(log) {
		t.Errorf("%+v", back)
	}
}

// A copy is never made worse: not by a log that was set back, not by another
// log, and not by one that is cut otherwise.
func TestACopyThatHoldsSomethingElseIsLeftAlone(t *testing.T) {
	log, other := newLife(8).log(t, 40), newLife(9).log(t, 60)
	for name, tt := range map[string]struct {
		from    []eventstore.Message
		options segment.Options
		want    error
	}{
		"an older log":                   {log[:20], small, segment.ErrAhead},
		"another log":                    {other, small, segment.ErrFork},
		"a log that was rewritten":       {forked(log, 20), small, segment.ErrFork},
		"a log that was rewritten late":  {forked(log, len(log)-1), small, segment.ErrFork},
		"the same log, cut other places": {log, segment.Options{SegmentBytes: 3333}, nil},
	} {
		dir, to := t.TempDir(), t.TempDir()
		write(t, to, small, log)
		copied := t.TempDir()
		export(t, to, copied)
		write(t, dir, tt.options, tt.from)
		before := copyOf(t, copied)
		_, err := open(t, dir).Export(t.Context(), copied, nil)
		if err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
		same(t, before, copied)
	}
}

// forked is a log whose messages from number n on are others.
func forked(log []eventstore.Message, n int) []eventstore.Message {
	log = slices.Clone(log)
	for i := n; i < len(log); i++ {
		log[i].Payload = bytes.ToUpper(log[i].Payload)
	}
	return log
}

// same fails the test unless two directories have the same files.
func same(t *testing.T, want, got string) {
	t.Helper()
	if diff := cmp.Diff(names(t, want), names(t, got)); diff != "" {
		t.Fatal(diff)
	}
	for _, name := range names(t, want) {
		if !bytes.Equal(readFile(t, filepath.Join(want, name)), readFile(t, filepath.Join(got, name))) {
			t.Errorf("%s was changed", name)
		}
	}
}

// What comes before the damage is copied; nothing that is damaged is.
func TestDamageIsNotCopied(t *testing.T) {
	log := newLife(10).log(t, 40)
	dir, to := t.TempDir(), t.TempDir()
	write(t, dir, small, log)
	sealed := endingIn(t, dir, ".zst")
	b := readFile(t, sealed[3])
	b[len(b)/3] ^= 1
	writeFile(t, sealed[3], b)
	done, err := open(t, dir).Export(t.Context(), to, nil)
	bad, ok := errors.AsType[*segment.DamageError](err)
	if !ok || bad.File != sealed[3] || done.Copied != 3 {
		t.Fatalf("%+v: %v", done, err)
	}
	holds(t, to, log[:done.Head.Sequence])
	if err := os.Remove(filepath.Join(to, filepath.Base(sealed[1]))); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, dir).Export(t.Context(), to, nil); !errors.As(err, &bad) || filepath.Dir(bad.File) != to {
		t.Errorf("a copy with a hole in it is copied to: %v", err)
	}
}

// An export that was stopped leaves a whole copy of a shorter log, and is
// simply run again.
func TestAnExportThatWasStoppedIsRunAgain(t *testing.T) {
	log := newLife(11).log(t, 40)
	dir, to := t.TempDir(), t.TempDir()
	write(t, dir, small, log)
	whole := endingIn(t, dir, ".zst")
	for _, path := range whole[:2] {
		writeFile(t, filepath.Join(to, filepath.Base(path)), readFile(t, path))
	}
	half := readFile(t, whole[2])
	writeFile(t, filepath.Join(to, filepath.Base(whole[2])+".tmp"), half[:len(half)/2])
	if done := export(t, dir, to); done.Kept != 2 {
		t.Errorf("%+v", done)
	}
	holds(t, to, log)
	if left := endingIn(t, to, ".tmp"); len(left) > 0 {
		t.Error(left)
	}
}

func TestACopyIsNotMadeWhereSomebodyWrites(t *testing.T) {
	log := newLife(12).log(t, 40)
	dir, to := t.TempDir(), t.TempDir()
	write(t, dir, small, log)
	write(t, to, small, log[:20])
	if _, err := open(t, dir).Export(t.Context(), to, nil); !errors.Is(err, segment.ErrForeign) {
		t.Error(err)
	}
}

func TestProgressEndsAtAll(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, small, newLife(13).log(t, 40))
	var told [][2]int64
	tell := func(done, of int64) { told = append(told, [2]int64{done, of}) }
	a := open(t, dir)
	done, err := a.Verify(t.Context(), segment.Check{Progress: tell})
	if err != nil {
		t.Fatal(err)
	}
	if last := told[len(told)-1]; len(told) != done.Segments || last != [2]int64{done.Bytes, done.Bytes} {
		t.Errorf("of %d segments it told %v", done.Segments, told)
	}
	told = nil
	if _, err := a.Export(t.Context(), t.TempDir(), tell); err != nil {
		t.Fatal(err)
	}
	if last := told[len(told)-1]; len(told) != done.Segments || last[0] != last[1] {
		t.Errorf("of %d segments it told %v", done.Segments, told)
	}
}
