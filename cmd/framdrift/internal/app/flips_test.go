//go:build faults

package app_test

import (
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

const (
	// flips is how many bits are flipped in each file, one at a time.
	flips = 120
	// flipSeed makes them the same each time.
	flipSeed = 2022
)

// A flippable is a directory after a clean stop, or after a kill. Its events
// have texts.
type flippable struct{ kind, dir string }

func flippables(t *testing.T) []flippable {
	t.Helper()
	dir := t.TempDir()
	a := open(t, dir)
	r := fill(t, a, 12)
	for i := range 12 {
		mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
		mustDo(t, r, ask(commandID(100+i), plan.Complete{On: on(i), Result: domain.Text(fmt.Sprintf("Ferdig med %d.", i))}))
	}
	killed := copyOf(t, dir)
	closeApp(t, a)
	return []flippable{{"clean", dir}, {"killed", killed}}
}

// files are the files below a directory that hold something.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() && len(contents(t, filepath.Join(dir, path))) > 0 {
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// told is the whole log in words, a line an event, or why it does not open.
func told(t *testing.T, dir string) ([]string, error) {
	t.Helper()
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: ticking("2022-06-22")})
	if err != nil {
		return nil, err
	}
	defer closeApp(t, a)
	r, err := a.Region("")
	if err != nil {
		return nil, err
	}
	lines, err := r.History(t.Context(), app.HistoryQuery{Language: domain.English})
	all := make([]string, len(lines))
	for i, l := range lines {
		all[i] = fmt.Sprintf("%+v", l)
	}
	return all, err
}

func TestABitThatIsFlippedAnywhereIsRefusedOrNoMatter(t *testing.T) {
	random := rand.New(rand.NewPCG(flipSeed, 0))
	outcomes := map[string]int{}
	for _, f := range flippables(t) {
		want, err := told(t, copyOf(t, f.dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files(t, f.dir) {
			data := contents(t, filepath.Join(f.dir, file))
			for range flips {
				dir, at, bit := copyOf(t, f.dir), random.IntN(len(data)), byte(1)<<random.IntN(8)
				if err := rewrite(filepath.Join(dir, file), at, data[at]^bit); err != nil {
					t.Fatal(err)
				}
				what := fmt.Sprintf("%s: %s with byte %d ^ %#x", f.kind, file, at, bit)
				outcomes[file+": "+flipped(t, what, dir, want, file == "vault/keys")]++
				if err := os.RemoveAll(dir); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	t.Logf("%d flips in each file of both kinds: %v", flips, outcomes)
}

// flipped opens a directory with one wrong bit: either it is refused and left
// as it was, or every event is told as before. A key that is then another
// event's is the exception, for the text it opened reads as erased.
func flipped(t *testing.T, what, dir string, want []string, keys bool) string {
	t.Helper()
	before := hashes(t, dir)
	got, err := told(t, dir)
	if err != nil {
		// a master key that is another is no damage of the log
		if e := domain.Explain(err); e.Kind != domain.Damaged && !strings.HasPrefix(e.Code, "vault.") {
			t.Errorf("%s: it is refused with %v", what, err)
		}
		if !maps.Equal(before, hashes(t, dir)) {
			t.Errorf("%s: it is refused, and the directory was touched", what)
		}
		return domain.Explain(err).Code
	}
	if len(got) != len(want) {
		t.Fatalf("%s: %d events of %d are there", what, len(got), len(want))
	}
	erased := 0
	for i, line := range got {
		switch {
		case line == want[i]:
		case keys && line == text.ReplaceAllString(want[i], "[erased]"):
			erased++
		default:
			t.Errorf("%s: an event has changed:\n%s\n%s", what, want[i], line)
		}
	}
	switch erased {
	case 0:
		return "no matter"
	case 1:
		return "a text reads as erased"
	}
	t.Errorf("%s: %d texts read as erased", what, erased)
	return "texts read as erased"
}

// text is what flippables wrote.
var text = regexp.MustCompile(`Ferdig med \d+\.`)
