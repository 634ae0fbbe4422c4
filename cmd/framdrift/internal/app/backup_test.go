package app_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/history"
)

// A backup is the log and then the vault, copied while the region is in use, and
// the master key, which is kept elsewhere.
type backup struct {
	log           []byte
	vault, master string
}

func backUp(t *testing.T, a *app.App, dir string) backup {
	t.Helper()
	b := backup{exported(t, a), filepath.Join(t.TempDir(), "vault"), filepath.Join(dir, "master.key")}
	if _, err := a.BackUpVault(t.Context(), b.vault); err != nil {
		t.Fatal(err)
	}
	return b
}

// copyVault is cp -a.
func copyVault(t *testing.T, from, to string) {
	t.Helper()
	err := errors.Join(os.RemoveAll(to), os.MkdirAll(to, 0o700))
	for _, name := range []string{"keys", "names"} {
		err = errors.Join(err, os.WriteFile(filepath.Join(to, name), contents(t, filepath.Join(from, name)), 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// restored is a region of a log and a vault, in the order of docs/operating.md.
func restored(t *testing.T, log []byte, b backup) (*app.Region, string) {
	t.Helper()
	dir := t.TempDir()
	a := open(t, dir)
	mustRestore(t, a, log, app.Restoring{})
	closeApp(t, a)
	copyVault(t, b.vault, filepath.Join(dir, "vault"))
	if err := os.WriteFile(filepath.Join(dir, "master.key"), contents(t, b.master), 0o600); err != nil {
		t.Fatal(err)
	}
	a = open(t, dir)
	t.Cleanup(func() { closeApp(t, a) })
	return theRegion(t, a), dir
}

func TestARegionIsRestoredFromItsLogAndItsVault(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	r, before := withSecret(t, a)
	b, named := backUp(t, a, dir), naming(before)
	key := slot(t, dir, named[0].ID)
	mustDo(t, r, ask(commandID(20), plan.Reopen{On: on(1), Why: "Etter kopien"}))
	mustDo(t, r, redact(21, named[0]))
	now := backUp(t, a, dir)
	later := now.log
	closeApp(t, a)

	older, _ := restored(t, b.log, now) // with a vault that is newer than its log
	for _, l := range trail(t, older) {
		if was := before[l.Position-1].Why; l.Why != was && (l.Position != named[0].Position || l.Why != "[slettet]") {
			t.Errorf("event %d reads %q, and was %q", l.Position, l.Why, was)
		}
	}

	again, _ := restored(t, b.log, b)
	same := slices.EqualFunc(trail(t, again), before, func(a, b history.Line) bool { return a.Why == b.Why && a.Sentence == b.Sentence })
	if !same {
		t.Error("the region does not read as it did when it was backed up")
	}

	newer, there := restored(t, later, b) // with a vault that is older than its log
	for _, l := range trail(t, newer) {
		switch {
		case l.Position == named[0].Position && !strings.HasPrefix(l.Why, "[slettet] ("):
			t.Errorf("what was erased after the backup reads %q", l.Why)
		case l.Command == commandID(20) && l.Why != "[kan ikke leses her]":
			t.Errorf("a text without its key reads %q", l.Why)
		}
	}
	if file := holds(t, there, key); file != "" {
		t.Errorf("%s has the key that was destroyed", file)
	}
}

// exportedTrail is the trail of a log in a file, with the keys of another.
func exportedTrail(t *testing.T, log []byte, from io.Reader) []history.Line {
	t.Helper()
	keys, err := app.ReadKeys(from)
	if err != nil {
		t.Fatal(err)
	}
	e, err := app.ReadExported(t.Context(), bytes.NewReader(log), keys)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := e.History(t.Context(), app.HistoryQuery{Language: domain.Bokmal})
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// An auditor may have keys from before the erasure, and the log from after it.
func TestAnExportShowsNothingThatTheLogSaysIsErased(t *testing.T) {
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	r, before := withSecret(t, a)
	var keys bytes.Buffer
	if _, err := a.ExportKeys(t.Context(), "", position(r), &keys); err != nil {
		t.Fatal(err)
	}
	mustDo(t, r, redact(20, naming(before)[0]))
	for i, l := range trail(t, r) {
		if read := exportedTrail(t, exported(t, a), bytes.NewReader(keys.Bytes()))[i]; read.Why != l.Why {
			t.Errorf("event %d reads %q; here it is %q", l.Position, read.Why, l.Why)
		}
	}
}

func TestAnExportForAnAuditorHasTheKeysOfWhatIsNotErased(t *testing.T) {
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	r, before := withSecret(t, a)
	named := naming(before)
	mustDo(t, r, redact(20, named[0]))
	var keys bytes.Buffer
	if n, err := a.ExportKeys(t.Context(), "", position(r), &keys); err != nil || n != 2 {
		t.Fatalf("%d keys came out: %v", n, err)
	}
	read := exportedTrail(t, exported(t, a), &keys)
	for i, l := range trail(t, r) {
		if read[i].Why != l.Why || read[i].Sentence != l.Sentence {
			t.Errorf("event %d reads %q, %q; here it is %q, %q", l.Position, read[i].Sentence, read[i].Why, l.Sentence, l.Why)
		}
	}
	if n, err := a.ExportKeys(t.Context(), "", uint64(named[0].Position), &keys); err != nil || n != 0 {
		t.Errorf("up to what is erased there are %d keys: %v", n, err)
	}
}
