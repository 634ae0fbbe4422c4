package segment_test

import (
	"errors"
	"os"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

func openWriter(t testing.TB, dir string, options segment.Options) *segment.Writer {
	t.Helper()
	w, err := segment.OpenWriter(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() }) // a test that cares has closed it
	return w
}

// Only the next message is kept. One that has been is passed over, for whoever
// starts again begins where he likes.
func TestOnlyTheNextMessageIsKept(t *testing.T) {
	log := short(10)
	dir := t.TempDir()
	w := openWriter(t, dir, segment.Options{})
	keep(t, w, log[:5])
	keep(t, w, log[:3])
	next := log[5]
	for name, m := range map[string]eventstore.Message{
		"a message is missing":        log[6],
		"an event is missing":         {Head: eventstore.Head{Sequence: 6, Position: next.Head.Position - 1}, Payload: next.Payload},
		"an event is too much":        {Head: eventstore.Head{Sequence: 6, Position: next.Head.Position}, Payload: []byte("{}\n")},
		"it has no events":            {Head: eventstore.Head{Sequence: 6, Position: log[4].Head.Position}},
		"the last line does not end":  {Head: next.Head, Payload: append(slices.Clone(next.Payload), '{')},
		"its subject has a space":     {Head: next.Head, Subject: "plan. measure", Payload: next.Payload},
		"its subject is that of many": {Head: next.Head, Subject: "pack", Payload: next.Payload},
	} {
		if err := w.Keep(m); err == nil {
			t.Errorf("%s, and it is kept", name)
		}
	}
	if err := w.Keep(log[7]); !errors.Is(err, segment.ErrGap) {
		t.Error(err)
	}
	keep(t, w, log)
	if err := w.Sync(); err != nil {
		t.Fatal(err)
	}
	if w.Synced() != headOf(log) || w.Head() != headOf(log) {
		t.Errorf("it took %+v and synced %+v", w.Head(), w.Synced())
	}
	holds(t, dir, log)
}

func TestAClosedWriterTakesNothing(t *testing.T) {
	log := short(4)
	w := openWriter(t, t.TempDir(), segment.Options{})
	keep(t, w, log[:2])
	for range 2 {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	}
	if w.Synced() != log[1].Head {
		t.Errorf("closing it left %+v on disk", w.Synced())
	}
	if err := w.Keep(log[2]); !errors.Is(err, segment.ErrClosed) {
		t.Error(err)
	}
	if err := w.Sync(); !errors.Is(err, segment.ErrClosed) {
		t.Error(err)
	}
}

// A disk that does not take it stops the writer, and says why from then on.
// What it has is whole, and the log has the rest.
func TestAWriterThatCannotWriteStops(t *testing.T) {
	log := newLife(14).log(t, 40)
	dir := t.TempDir()
	w := openWriter(t, dir, small)
	keep(t, w, log[:10])
	if err := w.Sync(); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	keep(t, w, log) // it does not know yet
	if err := w.Sync(); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("without its directory it goes on: %v", err)
	}
	for _, err := range []error{w.Sync(), w.Close(), w.Keep(log[0])} {
		if !errors.Is(err, os.ErrNotExist) {
			t.Errorf("it does not say why it stopped: %v", err)
		}
	}
	if w.Synced() != log[9].Head {
		t.Errorf("it says that %+v is on disk", w.Synced())
	}
}

// A segment is sealed when whoever has the tree agrees.
func TestASegmentIsSealedWithTheRootOfTheTree(t *testing.T) {
	log := newLife(15).log(t, 40)
	heads := headsOf(log)
	refuses := errors.New("another root")
	options, asked := small, 0
	options.Sealing = func(h seal.TreeHead) error {
		if !slices.Contains(heads, h) {
			t.Errorf("it is asked about %+v", h)
		}
		if asked++; asked == 3 {
			return refuses
		}
		return nil
	}
	dir := t.TempDir()
	w := openWriter(t, dir, options)
	keep(t, w, log)
	if err := w.Sync(); !errors.Is(err, refuses) {
		t.Fatalf("it is sealed all the same: %v", err)
	}
	if err := w.Keep(log[0]); !errors.Is(err, refuses) {
		t.Errorf("it goes on: %v", err)
	}
	if n := len(endingIn(t, dir, ".zst")); n != 2 {
		t.Errorf("%d segments are sealed", n)
	}
	holds(t, dir, log)
	write(t, dir, small, nil)
	if n := len(endingIn(t, dir, ".zst")); n < 4 {
		t.Errorf("later %d segments are sealed", n)
	}
	holds(t, dir, log)
}

// Too many that wait are sealed while more is coming.
func TestFewFullSegmentsWait(t *testing.T) {
	log := newLife(16).log(t, 60)
	dir := t.TempDir()
	w := openWriter(t, dir, segment.Options{SegmentBytes: small.SegmentBytes, Waiting: 2})
	keep(t, w, log)
	if err := w.Close(); err != nil { // which seals nothing
		t.Fatal(err)
	}
	before := len(endingIn(t, dir, ".jsonl"))
	w = openWriter(t, dir, segment.Options{SegmentBytes: small.SegmentBytes, Waiting: 2, SyncBytes: 1})
	keep(t, w, []eventstore.Message{newMessage(headOf(log))})
	for len(endingIn(t, dir, ".jsonl")) > 3 {
		if err := w.Keep(log[0]); err != nil {
			t.Fatal(err)
		}
	}
	if before <= 3 {
		t.Errorf("only %d waited", before)
	}
}

// newMessage is one that may come after a head.
func newMessage(head eventstore.Head) eventstore.Message {
	return eventstore.Message{Head: eventstore.Head{Sequence: head.Sequence + 1, Position: head.Position + 1}, Payload: []byte("{}\n")}
}

// Whoever reads while others write sees a beginning of the log, whole.
func TestReadersSeeAWholeBeginningWhileMoreIsWritten(t *testing.T) {
	log := newLife(17).log(t, 150)
	dir := t.TempDir()
	w := openWriter(t, dir, segment.Options{SegmentBytes: 2000, SyncBytes: 1, Waiting: 1})
	done := make(chan error)
	go func() {
		for _, m := range log {
			if err := errors.Join(w.Keep(m), w.Sync()); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for seen := uint64(0); seen < headOf(log).Sequence; {
		select {
		case err := <-done:
			if done = nil; err != nil {
				t.Fatal(err)
			}
		default:
		}
		a := open(t, dir)
		got, err := read(t.Context(), a, eventstore.Head{})
		if err != nil {
			t.Fatal(err)
		}
		if n := headOf(got).Sequence; n < seen || treeOf(got) != treeOf(log[:n]) {
			t.Fatalf("after %d messages %d are seen", seen, n)
		}
		seen = headOf(got).Sequence
		if _, err := a.Verify(t.Context(), segment.Check{}); err != nil {
			t.Fatal(err)
		}
	}
	if done != nil {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
}

// The way back: what is read from segments is appended to an empty log, which
// then holds the same messages, and takes more.
func TestALogIsRestoredFromItsSegments(t *testing.T) {
	store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}()
	restored, err := store.Create(t.Context(), "fosen")
	if err != nil {
		t.Fatal(err)
	}
	dir, again := t.TempDir(), t.TempDir()
	log := packs(t, 20)
	write(t, dir, small, log)
	for m, err := range open(t, dir).Read(t.Context(), eventstore.Head{}) {
		if err != nil {
			t.Fatal(err)
		}
		before := eventstore.Head{Sequence: m.Head.Sequence - 1, Position: m.Head.Position - uint64(eventstore.CountLines(m.Payload))}
		head, err := restored.Append(t.Context(), before, eventstore.Commit{Subject: m.Subject, Events: linesOf([]eventstore.Message{m})})
		if err != nil || head != m.Head {
			t.Fatalf("%+v becomes %+v: %v", m.Head, head, err)
		}
	}
	w := openWriter(t, again, small)
	for m, err := range restored.Read(t.Context(), w.Head()) {
		if err == nil {
			err = w.Keep(m)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Sync(), w.Close()); err != nil {
		t.Fatal(err)
	}
	holds(t, again, log)
	same(t, dir, again)
	if head, err := restored.Append(t.Context(), headOf(log), eventstore.Commit{Events: [][]byte{[]byte("{}\n")}}); err != nil || head.Position != headOf(log).Position+1 {
		t.Errorf("it takes no more: %+v, %v", head, err)
	}
}
