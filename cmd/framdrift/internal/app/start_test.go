package app_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// dataDirs are a data directory after a clean stop, and one copied while the
// program ran, as a kill would leave it. Both hold the same events.
func dataDirs(t *testing.T) (clean, unclean string, events uint64) {
	t.Helper()
	dir := t.TempDir()
	a := open(t, dir)
	r := fill(t, a, 30)
	for i := range 30 {
		mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
	}
	unclean = copyOf(t, dir)
	events = position(r)
	closeApp(t, a)
	return dir, unclean, events
}

func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(to, 0o700); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.Mkdir(filepath.Join(to, rel), 0o700)
		}
		data, err := os.ReadFile(path)
		return errors.Join(err, os.WriteFile(filepath.Join(to, rel), data, 0o600))
	})
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// hashes are the names below a directory, with the SHA-256 of the files.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		all[path] = e.Type().String()
		if !e.Type().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		all[path] += fmt.Sprintf(" %x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// refused opens a directory, which must be refused with a code and the exit
// code 5, and be afterwards byte for byte what it was.
func refused(t *testing.T, what, dir, code string) {
	t.Helper()
	before := hashes(t, dir)
	a, err := app.Open(t.Context(), app.Options{Dir: dir})
	if err == nil {
		closeApp(t, a)
		t.Errorf("%s: it opens", what)
		return
	}
	if e := domain.Explain(err); e.Code != code || e.Kind != domain.Damaged {
		t.Errorf("%s: it is refused with %v", what, err)
	}
	if after := hashes(t, dir); !maps.Equal(before, after) {
		t.Errorf("%s: the directory was touched:\n%v\n%v", what, before, after)
	}
}

const stream = "jetstream/jetstream/FRAMDRIFT/streams/FRAMDRIFT_fosen"

func TestADirectoryThatIsRefusedIsLeftAsItWas(t *testing.T) {
	clean, unclean, _ := dataDirs(t)
	for _, tt := range []struct {
		what, code string
		do         func(dir string) error
	}{
		{"a flipped bit", "log.damaged", func(dir string) error { return flip(filepath.Join(dir, stream, "msgs/1.blk"), 2000) }},
		{"a flipped bit in the last event", "log.damaged", func(dir string) error { return flip(filepath.Join(dir, stream, "msgs/1.blk"), -20) }},
		{"the block is gone", "", func(dir string) error { return os.Remove(filepath.Join(dir, stream, "msgs/1.blk")) }},
		{"the log is gone", "log.missing", func(dir string) error { return os.RemoveAll(filepath.Join(dir, stream)) }},
		{"all logs are gone", "log.missing", func(dir string) error { return os.RemoveAll(filepath.Join(dir, "jetstream")) }},
		{"the settings are gone", "log.damaged", func(dir string) error { return os.Remove(filepath.Join(dir, stream, "meta.inf")) }},
		{"the settings are damaged", "log.damaged", func(dir string) error { return flip(filepath.Join(dir, stream, "meta.inf"), 40) }},
		{"a directory in the place of a block", "log.damaged", func(dir string) error {
			block := filepath.Join(dir, stream, "msgs/1.blk")
			return errors.Join(os.Remove(block), os.Mkdir(block, 0o700))
		}},
		{"files of a cluster", "log.settings", func(dir string) error {
			return os.MkdirAll(filepath.Join(dir, "jetstream/jetstream/SYS/_js_/_meta_"), 0o700)
		}},
		{"a mark that is not one", "log.mark", func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "regions/fosen"), []byte("12 abc"), 0o600)
		}},
		{"a mark of other events", "log.damaged", func(dir string) error { return rewrite(filepath.Join(dir, "regions/fosen"), 40, '0') }},
		{"the keys are gone", "vault.missing", func(dir string) error { return os.RemoveAll(filepath.Join(dir, "vault")) }},
		{"the keys are damaged", "vault.damaged", func(dir string) error { return flip(filepath.Join(dir, "vault/keys"), 20) }},
		{"the names are gone", "vault.damaged", func(dir string) error { return os.Remove(filepath.Join(dir, "vault/names")) }},
		{"a log nobody remembers is damaged", "log.damaged", func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "regions/fosen")), flip(filepath.Join(dir, stream, "msgs/1.blk"), 2000))
		}},
	} {
		for kind, from := range map[string]string{"clean": clean, "unclean": unclean} {
			code := tt.code
			if code == "" { // the index that a clean stop leaves knows better; without it the mark does
				code = map[string]string{"clean": "log.damaged", "unclean": "log.shorter"}[kind]
			}
			dir := copyOf(t, from)
			if err := tt.do(dir); err != nil {
				t.Fatal(err)
			}
			refused(t, kind+": "+tt.what, dir, code)
			if err := os.Remove(filepath.Join(dir, "lock")); err != nil {
				t.Fatal(err)
			}
			refused(t, kind+", without a lock: "+tt.what, dir, code)
		}
	}
}

func flip(path string, at int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if at < 0 {
		at += len(data)
	}
	return rewrite(path, at, data[at]^4)
}

func rewrite(path string, at int, to byte) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	data[at] = to
	return os.WriteFile(path, data, 0o600)
}

// The server's own index is not there after an unclean stop, so only the mark
// knows that there was more.
func TestALogThatHasBeenLongerIsRefusedWhereverItIsCut(t *testing.T) {
	_, unclean, events := dataDirs(t)
	size := int64(len(contents(t, filepath.Join(unclean, stream, "msgs/1.blk"))))
	for _, keep := range []int64{0, 1, size / 2, rand.Int64N(size), size - 1} {
		dir := copyOf(t, unclean)
		if err := os.Truncate(filepath.Join(dir, stream, "msgs/1.blk"), keep); err != nil {
			t.Fatal(err)
		}
		refused(t, fmt.Sprintf("cut at %d", keep), dir, "log.shorter")
		// Whoever operates the program may say that the shorter log is meant.
		if err := os.Truncate(filepath.Join(dir, "regions/fosen"), 0); err != nil {
			t.Fatal(err)
		}
		a, err := app.Open(t.Context(), app.Options{Dir: dir})
		if err != nil {
			t.Fatalf("cut at %d, and with an empty mark: %v", keep, err)
		}
		r, err := a.Region("fosen")
		if err != nil || position(r) >= events {
			t.Errorf("cut at %d it has %d events of %d: %v", keep, position(r), events, err)
		}
		closeApp(t, a)
	}
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTheMarkIsTheLastEvent(t *testing.T) {
	clean, unclean, events := dataDirs(t)
	for _, dir := range []string{clean, unclean} {
		var sequence, at uint64
		if _, err := fmt.Sscanf(string(contents(t, filepath.Join(dir, "regions/fosen"))), "%d %d", &sequence, &at); err != nil || at != events || sequence != 32 {
			t.Errorf("the mark is at %d, %d of %d: %v", sequence, at, events, err)
		}
	}
	// A mark that fell behind in a power cut, and one of an earlier version, are put right.
	for what, mark := range map[string]string{"empty": "", "zeros": string(make([]byte, 42)), "old": fmt.Sprintf("%020d %020d\n", 2, 5)} {
		dir := copyOf(t, clean)
		if err := os.WriteFile(filepath.Join(dir, "regions/fosen"), []byte(mark), 0o600); err != nil {
			t.Fatal(err)
		}
		a, err := app.Open(t.Context(), app.Options{Dir: dir})
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		closeApp(t, a)
		if got, want := contents(t, filepath.Join(dir, "regions/fosen")), contents(t, filepath.Join(clean, "regions/fosen")); string(got) != string(want) {
			t.Errorf("%s: the mark is %q and should be %q", what, got, want)
		}
	}
}

func TestOpeningAndClosingWithoutAChangeWritesNoMark(t *testing.T) {
	clean, _, _ := dataDirs(t)
	path := filepath.Join(clean, "regions/fosen")
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	closeApp(t, open(t, clean))
	if after, err := os.Stat(path); err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("it was written: %v", err)
	}
}

// A kill while an event is written leaves a part of it, which nobody was told
// was stored.
func TestAnEventThatWasBeingWrittenIsCutOff(t *testing.T) {
	clean, _, events := dataDirs(t)
	block := filepath.Join(clean, stream, "msgs/1.blk")
	data := contents(t, block)
	torn := append(data, 0x20, 3, 0, 0x80, 33)
	if err := os.WriteFile(block, torn, 0o600); err != nil {
		t.Fatal(err)
	}
	var checked int64
	a, err := app.Open(t.Context(), app.Options{Dir: clean, Checking: func(_ domain.RegionID, done, _ int64) { checked = done }})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r, err := a.Region("fosen")
	if err != nil || position(r) != events || checked != int64(len(torn)) {
		t.Errorf("%d events of %d, %d bytes of %d checked: %v", position(r), events, checked, len(torn), err)
	}
	mustDo(t, r, ask(commandID(900), change(1)))
}

func TestANearlyFullDiskTakesNoChanges(t *testing.T) {
	dir := t.TempDir()
	options := app.Options{Dir: dir, Clock: ticking("2022-06-20"), Space: func(string) (app.Space, error) {
		return app.Space{Free: 2e9, Total: 1e9}, nil
	}}
	a, err := app.Create(t.Context(), options)
	if err != nil {
		t.Fatal(err)
	}
	first := mustDo(t, fill(t, a, 3), ask(commandID(1), plan.Start{On: on(0)}))
	closeApp(t, a)
	for _, tt := range []struct {
		free, total uint64
		full        bool
	}{
		{499e6, 1e9, true}, {500e6, 1e9, false}, {500e6, 10e9, false}, {499e6, 10e9, true}, {999e6, 20e9, true}, {1000e6, 20e9, false},
	} {
		options.Space = func(string) (app.Space, error) { return app.Space{Free: tt.free, Total: tt.total}, nil }
		a, err := app.Open(t.Context(), options)
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Region("")
		if err != nil {
			t.Fatal(err)
		}
		before := position(r)
		_, err = r.Do(t.Context(), ask(app.NewCommandID(), actors.Register{Actor: domain.ActorID(app.NewCommandID()), Name: "Ny", Kind: actors.Body, Sector: actors.Public}))
		if full := domain.Explain(err).Code == "disk.full" && domain.KindOf(err) == domain.Busy; full != tt.full || tt.full == (position(r) != before) {
			t.Errorf("with %d of %d free: %v", tt.free, tt.total, err)
		}
		if again, err := r.Do(t.Context(), ask(commandID(1), plan.Start{On: on(0)})); err != nil || again.First != first.First {
			t.Errorf("a command that was carried out before is answered with %+v, %v", again, err)
		}
		closeApp(t, a)
	}
	options.Space = func(string) (app.Space, error) { return app.Space{Free: 1000, Total: 1e9}, nil }
	before := hashes(t, dir)
	if _, err := app.Open(t.Context(), options); domain.Explain(err).Code != "disk.full" {
		t.Errorf("a disk on which the server cannot make a file is %v", err)
	}
	if !maps.Equal(before, hashes(t, dir)) {
		t.Error("the directory was touched")
	}
}

func TestTheDiskIsNotAskedForEachChange(t *testing.T) {
	asked := 0
	a, err := app.Create(t.Context(), app.Options{Dir: t.TempDir(), Clock: ticking("2022-06-20"), Space: func(string) (app.Space, error) {
		asked++
		return app.Space{Free: 2e9, Total: 1e9}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r := fill(t, a, 40)
	for i := range 40 {
		mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
	}
	if asked == 0 || asked > 30 {
		t.Errorf("it was asked %d times", asked)
	}
}
