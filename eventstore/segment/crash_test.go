package segment_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

const (
	firstLines    = "00000000000000000001.jsonl"
	firstMessages = "00000000000000000001.messages"
)

// short is a log of messages with a few bytes an event: the first of one event,
// the second of two, and so on, one to three.
func short(messages int) (log []eventstore.Message) {
	var head eventstore.Head
	for i := range messages {
		head.Sequence++
		m := eventstore.Message{Subject: fmt.Sprintf("plan.measure.t%02d", i)}
		for range i%3 + 1 {
			head.Position++
			m.Payload = fmt.Appendf(m.Payload, "{\"position\":%d}\n", head.Position)
		}
		m.Head = head
		log = append(log, m)
	}
	return log
}

// A syncing is what lies in the files of the open segment after a sync.
type syncing struct{ lines, messages []byte }

// syncings writes so many messages between syncs, and gives what lies there
// after each; the first is before any.
func syncings(t *testing.T, log []eventstore.Message, each int) []syncing {
	t.Helper()
	dir := t.TempDir()
	var all []syncing
	for part := range slices.Chunk(log, each) {
		write(t, dir, segment.Options{}, part)
		all = append(all, syncing{readFile(t, filepath.Join(dir, firstLines)), readFile(t, filepath.Join(dir, firstMessages))})
	}
	header := bytes.IndexByte(all[0].messages, '\n') + 1
	return slices.Insert(all, 0, syncing{nil, all[0].messages[:header]})
}

// crashed is a directory as a crash left it.
func crashed(t fataler, dir string, left syncing) string {
	t.Helper()
	writeFile(t, filepath.Join(dir, firstLines), left.lines)
	writeFile(t, filepath.Join(dir, firstMessages), left.messages)
	return dir
}

// survives fails the test unless there are whole messages of the log, in
// order, and at least so many of them.
func survives(t *testing.T, dir string, log []eventstore.Message, least int) {
	t.Helper()
	a := open(t, dir)
	got, err := read(t.Context(), a, eventstore.Head{})
	if err != nil || len(got) < least {
		t.Fatalf("%d of at least %d messages: %v", len(got), least, err)
	}
	if treeOf(got) != treeOf(log[:len(got)]) || a.Head() != headOf(log[:len(got)]) {
		t.Fatalf("the %d messages are not those of the log", len(got))
	}
}

// A process that is killed leaves a beginning of what it wrote, in the order
// it wrote it: the lines, and when they are synced the messages.
func TestAKillAtAnyByteLosesOnlyWhatWasNotSynced(t *testing.T) {
	log := short(12)
	const each = 3
	synced := syncings(t, log, each)
	dir, states := t.TempDir(), 0
	for i, next := range synced[1:] {
		for n := len(synced[i].lines); n <= len(next.lines); n++ {
			survives(t, crashed(t, dir, syncing{next.lines[:n], synced[i].messages}), log, i*each)
			states++
		}
		for n := len(synced[i].messages); n <= len(next.messages); n++ {
			survives(t, crashed(t, dir, syncing{next.lines, next.messages[:n]}), log, i*each)
			states++
		}
	}
	if states < 500 {
		t.Errorf("%d states are too few to tell", states)
	}
}

// A power cut leaves any of the sectors that were not synced; the others are
// missing at the end, or zeros. The writer cuts off what is not whole, and
// goes on.
func TestAPowerCutLosesOnlyWhatWasNotSynced(t *testing.T) {
	log := short(160)
	const each = 80
	synced := syncings(t, log, each)
	dir := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		i := rapid.IntRange(0, 1).Draw(rt, "after")
		left := synced[i]
		if rapid.Bool().Draw(rt, "lines were synced") {
			left.lines = synced[i+1].lines
			left.messages = cut(rt, left.messages, synced[i+1].messages)
		} else {
			left.lines = cut(rt, left.lines, synced[i+1].lines)
		}
		dir := crashed(rt, inside(rt, dir), left)
		survives(t, dir, log, i*each)
		w, err := segment.OpenWriter(dir, segment.Options{})
		if err != nil {
			rt.Fatal(err)
		}
		have := int(w.Head().Sequence)
		if lost := len(left.lines)+len(left.messages) > len(synced[i].lines)+len(synced[i].messages); have < i*each || lost && have == i*each && w.Cut() == 0 {
			rt.Fatalf("%d messages are left, and %d bytes were cut", have, w.Cut())
		}
		keep(rt, w, log)
		if err := w.Close(); err != nil {
			rt.Fatal(err)
		}
		survives(t, dir, log, len(log))
	})
}

// cut is what a power cut leaves of a file that had more written to it.
func cut(t *rapid.T, before, after []byte) []byte {
	const sector = 512
	left := slices.Clone(after[:rapid.IntRange(len(before), len(after)).Draw(t, "end")])
	for at := len(before); at < len(left); at += sector - at%sector {
		if rapid.Bool().Draw(t, "lost") {
			clear(left[at:min(len(left), at+sector-at%sector)])
		}
	}
	return left
}

// Sealing writes a file beside, renames it, and takes away the plain ones. A
// crash may come after any of that, and in the middle of the writing.
func TestACrashWhileSealingLosesNothing(t *testing.T) {
	log := newLife(1).log(t, 18)
	plain, sealed := t.TempDir(), t.TempDir()
	w, err := segment.OpenWriter(plain, segment.Options{SegmentBytes: small.SegmentBytes, Waiting: 100})
	if err != nil {
		t.Fatal(err)
	}
	keep(t, w, log)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	holds(t, plain, log)
	copyTo(t, plain, sealed)
	write(t, sealed, small, nil)
	holds(t, sealed, log)
	if len(endingIn(t, plain, ".zst")) > 0 || len(endingIn(t, sealed, ".zst")) < 3 {
		t.Fatalf("they have %v and %v", names(t, plain), names(t, sealed))
	}
	first := readFile(t, filepath.Join(sealed, firstLines+".zst"))
	for name, crash := range map[string]func(dir string) error{
		"nothing was written": func(dir string) error { return os.WriteFile(filepath.Join(dir, firstLines+".zst.tmp"), nil, 0o600) },
		"half was written": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, firstLines+".zst.tmp"), first[:len(first)/2], 0o600)
		},
		"all was written": func(dir string) error { return os.WriteFile(filepath.Join(dir, firstLines+".zst.tmp"), first, 0o600) },
		"it was renamed":  func(dir string) error { return os.WriteFile(filepath.Join(dir, firstLines+".zst"), first, 0o600) },
		"the lines were taken away": func(dir string) error {
			return errors.Join(os.WriteFile(filepath.Join(dir, firstLines+".zst"), first, 0o600), os.Remove(filepath.Join(dir, firstLines)))
		},
		"the messages were taken away": func(dir string) error {
			return errors.Join(os.WriteFile(filepath.Join(dir, firstLines+".zst"), first, 0o600), os.Remove(filepath.Join(dir, firstMessages)))
		},
	} {
		dir := copyOf(t, plain)
		if err := crash(dir); err != nil {
			t.Fatal(err)
		}
		t.Log(name)
		holds(t, dir, log)
		write(t, dir, small, log)
		holds(t, dir, log)
		if got, want := names(t, dir), names(t, sealed); !slices.Equal(got, want) {
			t.Errorf("%s: it has %v, and should have %v", name, got, want)
		}
	}
}

// The messages come first and are whole, then the lines. So lines alone have
// nothing in them, or somebody took their messages.
func TestACrashWhileBeginningLosesNothing(t *testing.T) {
	log := short(4)
	synced := syncings(t, log, 4)
	for name, files := range map[string]map[string][]byte{
		"only the messages":   {firstMessages: synced[0].messages},
		"a part of them":      {firstMessages + ".tmp": synced[0].messages[:10]},
		"both":                {firstMessages: synced[0].messages, firstLines: nil},
		"only the empty file": {firstLines: nil},
	} {
		dir := t.TempDir()
		for file, b := range files {
			writeFile(t, filepath.Join(dir, file), b)
		}
		t.Log(name)
		holds(t, dir, nil)
		write(t, dir, segment.Options{}, log)
		holds(t, dir, log)
	}
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, firstLines), synced[1].lines)
	if bad := damaged(t, dir); bad.Position != 1 || bad.File != filepath.Join(dir, firstLines) {
		t.Error(bad)
	}
}

// damaged is what is wrong with a directory: reading, verifying and writing
// to it say the same, and nothing in it is changed.
func damaged(t testing.TB, dir string) *segment.DamageError {
	t.Helper()
	before := copyOf(t, dir)
	a := open(t, dir)
	_, err := read(t.Context(), a, eventstore.Head{})
	bad, ok := errors.AsType[*segment.DamageError](err)
	if !ok {
		t.Fatalf("it reads, and ends with %v", err)
	}
	if _, err := a.Verify(t.Context(), segment.Check{}); err == nil || err.Error() != bad.Error() {
		t.Fatalf("reading says %v\nand verifying %v", bad, err)
	}
	if w, err := segment.OpenWriter(dir, small); err == nil {
		err = errors.Join(w.Sync(), w.Close())
		if len(endingIn(t, before, ".zst")) == 0 && err == nil {
			t.Fatalf("it is written to, though %v", bad)
		}
	}
	if !slices.Equal(names(t, dir), names(t, before)) {
		t.Fatalf("it had %v, and has %v", names(t, before), names(t, dir))
	}
	return bad
}
