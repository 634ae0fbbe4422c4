package doctor

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const streamDir = "jetstream/jetstream/FRAMDRIFT/streams/FRAMDRIFT_fosen"

// noon is when the events of these tests are recorded.
var noon = domain.MustDate("2024-05-31").At(12, 0)

func at(t time.Time) func() time.Time { return func() time.Time { return t } }

// roomy is a disk that nobody has filled.
func roomy(string) (app.Space, error) { return app.Space{Free: 50e9, Total: 100e9}, nil }

func optionsOf(dir string) app.Options {
	return app.Options{Dir: dir, Clock: at(noon), Space: roomy}
}

// well is a system on which nothing is wrong.
var well = system{
	owner:      func(fs.FileInfo) (owner, bool) { return owner{"7", 1}, true },
	me:         func() string { return "7" },
	name:       func(id string) string { return "user" + id },
	fileSystem: func(string) (fileSystem, error) { return fileSystem{"ext4", local}, nil },
	holder:     func(string) string { return "" },
}

var aBuild = Build{"v1.2.3", "go1.26.8", "v2.15.2"}

// begun is a data directory with a region of a few events, that somebody has open.
func begun(t *testing.T, o app.Options) *app.App {
	t.Helper()
	a, err := app.Create(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	request := func(n int, c domain.Command) domain.Request {
		return domain.Request{ID: domain.CommandID(fmt.Sprintf("00000000-0000-4000-8000-%012d", n)), By: "u1", Channel: domain.ChannelCLI, Command: c}
	}
	if _, err := a.Init(t.Context(), request(1, actors.RegisterRegion{Region: "fosen", Name: "Fosen"})); err != nil {
		t.Fatal(err)
	}
	r, err := a.Region("fosen")
	if err != nil {
		t.Fatal(err)
	}
	for n := 2; n < 12; n++ {
		id := domain.ActorID(fmt.Sprintf("a%d", n))
		if _, err := r.Do(t.Context(), request(n, actors.Register{Actor: id, Name: "Aktør", Kind: actors.Body, Sector: actors.Public})); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func closed(t *testing.T, a interface{ Close() error }) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

// lying is begun, and closed again.
func lying(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "data")
	closed(t, begun(t, optionsOf(dir)))
	return dir
}

// examined examines, on a system of our own making, and lets go.
func examined(t *testing.T, look *app.Look, s system) []Check {
	t.Helper()
	e := &examination{look: look, system: s, until: time.Now().Add(readFor)}
	checks := e.all(t.Context(), aBuild)
	closed(t, look)
	return checks
}

// hashes are the names below a directory, with mode, and the SHA-256 of files.
func hashes(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		all[path] = info.Mode().String()
		if !info.Mode().IsRegular() {
			return nil
		}
		data, err := os.ReadFile(path)
		all[path] += fmt.Sprintf(" %s %x", info.ModTime(), sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// untouched fails when the directory is not what it was.
func untouched(t *testing.T, dir string, before map[string]string) {
	t.Helper()
	if after := hashes(t, dir); !maps.Equal(before, after) {
		t.Errorf("it changed the directory:\n%v\n%v", before, after)
	}
}

// names are what the checks with a status are of.
func names(checks []Check, status Status) []Name {
	var all []Name
	for _, c := range checks {
		if c.Status == status && !slices.Contains(all, c.Name) {
			all = append(all, c.Name)
		}
	}
	slices.Sort(all)
	return all
}

// codes are what is wrong.
func codes(checks []Check) []string {
	var all []string
	for _, c := range checks {
		if c.Status == Wrong && !slices.Contains(all, c.Code) {
			all = append(all, c.Code)
		}
	}
	slices.Sort(all)
	return all
}

// is compares what was found with what should be, in any order.
func is[T ~string](t *testing.T, what string, got []T, want ...T) {
	t.Helper()
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}
