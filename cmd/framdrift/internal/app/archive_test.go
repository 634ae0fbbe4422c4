package app_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/notary"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// A fork is a data directory that was copied, and gone on with in two ways.
// Both histories have as many messages and events.
func fork(t *testing.T) (before, one, other string) {
	t.Helper()
	one = t.TempDir()
	a := open(t, one)
	mustDo(t, fill(t, a, 4), ask(commandID(1), plan.Start{On: on(0)}))
	closeApp(t, a)
	before, other = copyOf(t, one), copyOf(t, one)
	for n, dir := range []string{one, other} {
		a := open(t, dir)
		r, err := a.Region("")
		if err != nil {
			t.Fatal(err)
		}
		mustDo(t, r, ask(commandID(2), plan.Start{On: on(1 + n)}))
		closeApp(t, a)
	}
	return before, one, other
}

// put takes parts of a data directory from another.
func put(t *testing.T, into, from string, parts ...string) string {
	t.Helper()
	dir, from := copyOf(t, into), copyOf(t, from)
	for _, part := range parts {
		if err := errors.Join(os.RemoveAll(filepath.Join(dir, part)), os.Rename(filepath.Join(from, part), filepath.Join(dir, part))); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// The store's checks and the mark are not relied on: another log that is whole
// in itself, as long, and has its mark, is known by the root that was signed.
func TestALogThatIsNotTheOneThatWasSignedIsRefused(t *testing.T) {
	before, one, other := fork(t)
	for _, tt := range []struct {
		what, code string
		dir        string
	}{
		{"another history", "log.altered", put(t, one, other, "jetstream", "regions")},
		{"another history, and its segments", "log.altered", put(t, one, other, "jetstream", "regions", "segments")},
		{"another's seal", "log.altered", put(t, one, other, "seal")},
		{"an older copy", "log.shorter", put(t, one, before, "jetstream", "regions")},
		{"an older copy, and its seal", "log.shorter", put(t, one, before, "jetstream", "regions", "seal")},
	} {
		refused(t, tt.what, tt.dir, tt.code)
	}
	for _, gone := range []string{"seal", "seal/fosen.key", "seal/fosen.checkpoint"} {
		dir := copyOf(t, one)
		if err := os.RemoveAll(filepath.Join(dir, gone)); err != nil {
			t.Fatal(err)
		}
		refused(t, gone+" is gone", dir, "seal.missing")
	}
	dir := copyOf(t, one)
	if err := flip(filepath.Join(dir, "seal/fosen.checkpoint"), 30); err != nil {
		t.Fatal(err)
	}
	refused(t, "the checkpoint is damaged", dir, "seal.damaged")
}

// What was signed is there again after a stop, and what came after it too.
func TestARegionIsSignedWhenItMovesAndWhenItStops(t *testing.T) {
	dir := t.TempDir()
	a, err := app.Create(t.Context(), app.Options{Dir: dir, Clock: ticking("2022-06-20"), SealEvery: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	r := fill(t, a, 3)
	signed := func() uint64 {
		n, err := notary.Look(filepath.Join(dir, "seal"), "fosen")
		if err != nil {
			t.Fatal(err)
		}
		_, c := n.Checkpoint()
		return c.Size
	}
	eventually(t, "it is signed", func() bool { return signed() == position(r) })
	closeApp(t, a)
	a = open(t, dir)
	r, err = a.Region("")
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, r, ask(commandID(1), plan.Start{On: on(0)}))
	end := position(r)
	if signed() == end {
		t.Error("it is signed before anybody asked")
	}
	closeApp(t, a)
	if signed() != end {
		t.Errorf("%d events of %d are signed", signed(), end)
	}
}

// The segments have what the log has, byte for byte: after a stop, after a kill
// and after they were thrown away.
func TestTheSegmentsHaveWhatTheLogHas(t *testing.T) {
	clean, unclean, _ := dataDirs(t)
	without := copyOf(t, clean)
	if err := os.RemoveAll(filepath.Join(without, "segments")); err != nil {
		t.Fatal(err)
	}
	for what, dir := range map[string]string{"a stop": clean, "a kill": unclean, "they were thrown away": without} {
		a := open(t, dir)
		var want, got bytes.Buffer
		if err := a.Export(t.Context(), "", &want); err != nil {
			t.Fatal(err)
		}
		closeApp(t, a)
		kept, err := segment.Open(filepath.Join(dir, "segments/fosen"))
		if err != nil {
			t.Fatal(err)
		}
		for m, err := range kept.Read(t.Context(), eventstore.Head{}) {
			if err != nil {
				t.Fatal(err)
			}
			got.Write(m.Payload)
		}
		if !bytes.Equal(want.Bytes(), got.Bytes()) {
			t.Errorf("after %s: %d bytes on the log, %d in the segments", what, want.Len(), got.Len())
		}
	}
}

// What is changed on the disk behind a running program is found by the next
// verification, and told; what is written is written all the same.
func TestALogThatIsChangedWhileItIsInUseIsFound(t *testing.T) {
	dir := t.TempDir()
	a, err := app.Create(t.Context(), app.Options{Dir: dir, Clock: ticking("2022-06-20"), VerifyEvery: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	r := fill(t, a, 3)
	began := r.Verdict().At
	eventually(t, "it is verified", func() bool { v := r.Verdict(); return v.At.After(began) && v.Events == position(r) && v.Err == nil })
	if err := r.Kept(); err != nil {
		t.Fatal(err)
	}
	if err := flip(filepath.Join(dir, "segments/fosen/00000000000000000001.jsonl"), 100); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is found", func() bool { return domain.Explain(r.Ready()).Code == "segments.damaged" })
	mustDo(t, r, ask(commandID(1), plan.Start{On: on(0)}))
	closeApp(t, a)
}

// The seal that a log had can be put in place before the log is restored: until
// it is whole it is shorter than what was signed, and asking does not make that
// stand in its way. Then the old key signs on.
func TestALogIsRestoredUnderTheSealItHad(t *testing.T) {
	_, one, _ := fork(t)
	lines, dir := storedIn(t, copyOf(t, one)), t.TempDir()
	a := open(t, dir)
	if err := os.CopyFS(filepath.Join(dir, "seal"), os.DirFS(filepath.Join(one, "seal"))); err != nil {
		t.Fatal(err)
	}
	asked := 0
	_, err := restoring(t.Context(), a, lines, app.Restoring{Pack: 1, Watch: func(int64, int64) {
		for _, r := range a.Regions() {
			asked++
			if err := r.Err(); err != nil {
				t.Errorf("half way it says %v", err)
			}
		}
	}})
	if err != nil || asked == 0 {
		t.Fatalf("asked %d times: %v", asked, err)
	}
	r, err := a.Region("fosen")
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, r, ask(commandID(3), plan.Start{On: on(3)}))
	closeApp(t, a)
	old, err := notary.Look(filepath.Join(one, "seal"), "fosen")
	if err != nil {
		t.Fatal(err)
	}
	if v, n := verify(t, dir), old.Keys(); v.Err() != nil || v.Signed.Events != v.Log.Events || len(n) != 1 {
		t.Errorf("afterwards %+v", v)
	}
	now, err := notary.Look(filepath.Join(dir, "seal"), "fosen")
	if err != nil {
		t.Fatal(err)
	}
	if now.Keys()[0] != old.Keys()[0] {
		t.Error("another key signs")
	}
}
