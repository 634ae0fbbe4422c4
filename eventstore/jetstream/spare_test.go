package jetstream

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
)

// untouched does something with a copy of each specimen, which must be
// afterwards, byte for byte, what it was.
func untouched(t *testing.T, do func(dir string)) {
	t.Helper()
	for _, s := range specimens(t) {
		dir := copied(t, s.dir)
		before := digest(t, dir)
		do(dir)
		if after := digest(t, dir); after != before {
			t.Errorf("%s: the files are not as they were", s.name())
		}
	}
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// A block that cannot be read is enough for the server to delete the stream.
func TestALogThatTheServerCannotOpenIsPutBack(t *testing.T) {
	for _, s := range specimens(t) {
		dir := copied(t, s.dir)
		must(t, inPlace(inStream(dir, blockName(2)), os.Mkdir), os.RemoveAll(inStream(dir, indexFile)))
		before := digest(t, dir)
		store, err := OpenEmbedded(Embedded{Dir: dir})
		if err == nil {
			closeStore(t, store)
		}
		if !errors.Is(err, ErrNotOpened) || !strings.Contains(err.Error(), streamName(region)) || !strings.Contains(err.Error(), "nats-server: ") {
			t.Errorf("%s: the answer is %v", s.name(), err)
		}
		if after := digest(t, dir); after != before {
			t.Errorf("%s: the files are not as they were", s.name())
		}
	}
}

func TestAStartThatWasCutOffIsTidiedUpByTheNext(t *testing.T) {
	for what, lose := range map[string]func(dir string) error{
		"nothing":    func(string) error { return nil },
		"everything": func(dir string) error { return os.RemoveAll(streamPath(dir, region)) },
		"something": func(dir string) error {
			return errors.Join(os.Remove(inStream(dir, metaFile)), os.Remove(inStream(dir, blockName(2))))
		},
		"a block, with an empty one in its place and an index without it": func(dir string) error {
			block := inStream(dir, blockName(1))
			return errors.Join(os.Remove(block), os.WriteFile(block, nil, 0o600), os.RemoveAll(inStream(dir, indexFile)))
		},
	} {
		t.Run(what, func(t *testing.T) {
			untouched(t, func(dir string) {
				must(t, makeSpare(dir), lose(dir), PutBack(dir))
			})
			untouched(t, func(dir string) {
				must(t, makeSpare(dir), lose(dir), makeSpare(dir), PutBack(dir))
			})
		})
	}
}

// What comes after the start is not taken back by the next.
func TestALogThatWasCheckedHasNoSecondName(t *testing.T) {
	s := specimens(t)[0]
	for _, checked := range []bool{true, false} {
		dir := copied(t, s.dir)
		store, err := OpenEmbedded(Embedded{Dir: dir})
		must(t, err)
		log, err := store.Open(t.Context(), region)
		must(t, err)
		if checked {
			must(t, store.Checked())
		}
		if _, err := os.Stat(sparePath(dir)); checked != os.IsNotExist(err) {
			t.Errorf("checked %v: %v", checked, err)
		}
		fill(t, log, eventstore.Head{Sequence: uint64(len(s.payloads))}, 3)
		closeStore(t, store)
		must(t, PutBack(dir))
		report, err := Preflight(t.Context(), dir, region, nil)
		if err != nil || report.Head.Sequence != uint64(len(s.payloads)+3) {
			t.Errorf("checked %v: %+v, %v", checked, report, err)
		}
		if _, err := os.Stat(sparePath(dir)); !os.IsNotExist(err) {
			t.Errorf("checked %v: something is left: %v", checked, err)
		}
	}
}

func TestOneLogThatWasFoundHasNoSecondNameAndTheOthersHave(t *testing.T) {
	dir := copied(t, specimens(t)[0].dir)
	first := openAt(t, Embedded{Dir: dir})
	_, err := first.Create(t.Context(), "namdal")
	must(t, err)
	closeStore(t, first)
	store, err := OpenEmbedded(Embedded{Dir: dir})
	must(t, err)
	defer closeStore(t, store)
	must(t, store.Found("namdal"), store.Found("namdal"))
	for name, want := range map[string]bool{region: true, "namdal": false} {
		if _, err := os.Stat(filepath.Join(sparePath(dir), streamName(name))); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, store.Checked())
}

// A stream that was being made when the program stopped has no settings, and
// the server leaves it alone.
func TestAStreamWithoutSettingsIsNotMissed(t *testing.T) {
	dir := t.TempDir()
	must(t, os.MkdirAll(filepath.Join(streamPath(dir, "namdal"), "msgs"), 0o700))
	createLog(t, openAt(t, Embedded{Dir: dir}))
}
