package app_test

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

func verify(t *testing.T, dir string) app.Verification {
	t.Helper()
	look := app.LookAt(app.Options{Dir: dir})
	defer func() {
		if err := look.Close(); err != nil {
			t.Error(err)
		}
	}()
	v, err := look.Verify(t.Context(), "fosen", unwatched)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func storedIn(t *testing.T, dir string) []byte {
	t.Helper()
	a := open(t, dir)
	defer closeApp(t, a)
	return exported(t, a)
}

// hurts are ways to damage a log that its segments know of.
func hurts(other string) map[string]func(dir string) error {
	return map[string]func(dir string) error{
		"a flipped bit": func(dir string) error { return flip(filepath.Join(dir, stream, "msgs/1.blk"), 2000) },
		"the log is gone": func(dir string) error {
			return os.RemoveAll(filepath.Join(dir, stream))
		},
		"the block is gone": func(dir string) error { return os.Remove(filepath.Join(dir, stream, "msgs/1.blk")) },
		"the settings are damaged": func(dir string) error {
			return flip(filepath.Join(dir, stream, "meta.inf"), 40)
		},
		"another history": func(dir string) error {
			return errors.Join(os.RemoveAll(filepath.Join(dir, stream)), os.CopyFS(filepath.Join(dir, stream), os.DirFS(filepath.Join(other, stream))))
		},
	}
}

// A log that is refused at the start is put in order again from its segments:
// it has every event that was acknowledged, byte for byte, and goes on.
func TestADamagedLogIsRepairedFromItsSegments(t *testing.T) {
	_, one, other := fork(t)
	want := storedIn(t, copyOf(t, one))
	for what, hurt := range hurts(other) {
		dir := copyOf(t, one)
		if err := hurt(dir); err != nil {
			t.Fatal(err)
		}
		before := hashes(t, dir)
		planned, err := app.Repair(t.Context(), app.Options{Dir: dir}, "", false, unwatched)
		if err != nil || planned.Done || planned.Damage == "" {
			t.Errorf("%s: what it would do is %+v, %v", what, planned, err)
		}
		if !maps.Equal(before, hashes(t, dir)) {
			t.Errorf("%s: saying what it would do changed the directory", what)
		}
		done, err := app.Repair(t.Context(), app.Options{Dir: dir}, "", true, unwatched)
		if err != nil || !done.Done || done.Events != planned.Events {
			t.Fatalf("%s: %+v, %v", what, done, err)
		}
		if got := storedIn(t, dir); !bytes.Equal(got, want) {
			t.Errorf("%s: %d bytes of %d are there", what, len(got), len(want))
		}
		a := open(t, dir)
		r, err := a.Region("")
		if err != nil {
			t.Fatal(err)
		}
		mustDo(t, r, ask(commandID(3), plan.Start{On: on(3)}))
		closeApp(t, a)
		if v := verify(t, dir); v.Err() != nil || v.Log.Events != done.Events+1 || v.Log.Root != v.Signed.Root || v.Log.Root != v.Segments.Root {
			t.Errorf("%s: afterwards %+v", what, v)
		}
		again, err := app.Repair(t.Context(), app.Options{Dir: dir}, "", true, unwatched)
		if err != nil || again.Done || again.Damage != "" {
			t.Errorf("%s: a whole log: %+v, %v", what, again, err)
		}
	}
}

// What the segments lack is taken from the part of the damaged log that is
// right; where neither has it, nothing is done.
func TestARepairGivesUpNothingThatWasAcknowledged(t *testing.T) {
	before, one, _ := fork(t)
	behind := put(t, one, before, "segments")
	if err := os.Remove(filepath.Join(behind, "regions/fosen")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(behind, "regions/fosen"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	cut := copyOf(t, behind)
	if err := flip(filepath.Join(cut, stream, "msgs/1.blk"), -40); err != nil { // in its last record
		t.Fatal(err)
	}
	repairRefused(t, "neither has the last event", cut, "repair.short")
	hurt := copyOf(t, one)
	if err := errors.Join(flip(filepath.Join(hurt, "segments/fosen/00000000000000000001.jsonl"), 200), os.RemoveAll(filepath.Join(hurt, stream))); err != nil {
		t.Fatal(err)
	}
	repairRefused(t, "the segments are damaged too", hurt, "repair.segments")
	appended := copyOf(t, behind) // whole, but for the settings
	if err := flip(filepath.Join(appended, stream, "meta.inf"), 40); err != nil {
		t.Fatal(err)
	}
	repairRefused(t, "nothing of it can be read", appended, "repair.short")
}

func repairRefused(t *testing.T, what, dir, code string) {
	t.Helper()
	before := hashes(t, dir)
	done, err := app.Repair(t.Context(), app.Options{Dir: dir}, "", true, unwatched)
	if domain.Explain(err).Code != code || done.Done || !maps.Equal(before, hashes(t, dir)) {
		t.Errorf("%s: %+v, %v, and the directory is as it was: %v", what, done, err, maps.Equal(before, hashes(t, dir)))
	}
}

// Verifying tells of every way to change a log, and changes nothing itself.
func TestVerifyingTellsTheFirstPlaceThatIsNotRight(t *testing.T) {
	_, one, other := fork(t)
	whole := verify(t, one)
	if err := whole.Err(); err != nil || whole.Log.Events == 0 || whole.Log.Root != whole.Signed.Root || whole.Segments != (app.Extent{
		Events: whole.Log.Events, Messages: whole.Log.Messages, Files: 1, Root: whole.Log.Root,
	}) {
		t.Fatalf("of a whole log it says %+v", whole)
	}
	last := whole.Log.Events
	for _, tt := range []struct {
		what, in string
		position uint64 // 0: not known
		dir      string
	}{
		{"another history", "log", last, put(t, one, other, "jetstream", "regions")},
		{"another history, and its segments", "log", 0, put(t, one, other, "jetstream", "regions", "segments")},
		{"other segments", "segments", last, put(t, one, other, "segments")},
	} {
		before := hashes(t, tt.dir)
		v := verify(t, tt.dir)
		if len(v.Damage) == 0 || v.Damage[0].In != tt.in || v.Damage[0].Position != tt.position || v.Err() == nil {
			t.Errorf("%s: %+v", tt.what, v.Damage)
		}
		if !maps.Equal(before, hashes(t, tt.dir)) {
			t.Errorf("%s: the directory was touched", tt.what)
		}
	}
	dir := copyOf(t, one)
	if err := flip(filepath.Join(dir, stream, "msgs/1.blk"), 2000); err != nil {
		t.Fatal(err)
	}
	if v := verify(t, dir); len(v.Damage) != 1 || v.Damage[0].In != "log" || v.Damage[0].Position == 0 || v.Segments.Events != last {
		t.Errorf("a flipped bit: %+v", v)
	}
}
