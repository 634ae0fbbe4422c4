package doctor

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

func TestWhereNothingIsWrongEverythingIsFineButTheSync(t *testing.T) {
	dir := lying(t)
	before := hashes(t, dir)
	checks := examined(t, app.LookAt(optionsOf(dir)), well)
	untouched(t, dir, before)
	is(t, "fine", names(checks, Fine), program, zone, directory, access, fileSystemName, space, lock, vault, log, mark, sealed, events, clock, projection)
	is(t, "unknown", names(checks, Unknown), syncing)
	is(t, "wrong", names(checks, Wrong))
	if err := Verdict(checks); err != nil {
		t.Errorf("the verdict is %v", err)
	}
	looked := 0
	for _, c := range checks {
		if c.Name == projection {
			looked++
		}
	}
	if looked != 4 {
		t.Errorf("%d projections were looked at", looked)
	}
	for _, c := range checks {
		if (c.Region == "fosen") != slices.Contains([]Name{log, mark, sealed, events, clock, projection}, c.Name) {
			t.Errorf("%s is of the region %q", c.Name, c.Region)
		}
	}
}

func TestAServeThatRunsSaysTheSameAndThatItTakesChanges(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	a := begun(t, optionsOf(dir))
	defer closed(t, a)
	before := hashes(t, dir)
	checks := examined(t, a.Look(), well)
	untouched(t, dir, before)
	is(t, "fine", names(checks, Fine), program, zone, directory, access, fileSystemName, space, lock, vault, log, mark, sealed, events, clock, projection, changes)
	is(t, "unknown", names(checks, Unknown), syncing)
	is(t, "wrong", names(checks, Wrong))
}

// An injury is what can be wrong with a data directory.
type injury struct {
	what string
	do   func(dir string) error
	code string
	kind domain.Kind
	// hidden is what cannot be seen for it, beside the sync.
	hidden []Name
}

func in(dir string, parts ...string) string { return filepath.Join(append([]string{dir}, parts...)...) }

func flip(path string, at int) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	data[(at+len(data))%len(data)] ^= 4
	return os.WriteFile(path, data, 0o600)
}

var injuries = []injury{
	{"others come in", func(dir string) error { return os.Chmod(dir, 0o755) }, "data.open-to-others", domain.Failed, nil},
	{"others may read the keys", func(dir string) error { return os.Chmod(in(dir, "vault"), 0o755) }, "vault.open-to-others", domain.Failed, nil},
	{"the keys are gone", func(dir string) error { return os.RemoveAll(in(dir, "vault")) }, "vault.missing", domain.Damaged, nil},
	{"the keys are damaged", func(dir string) error { return os.WriteFile(in(dir, "vault/keys"), []byte("nøkler"), 0o600) }, "vault.damaged", domain.Damaged, nil},
	{"a flipped bit", func(dir string) error { return flip(in(dir, streamDir, "msgs/1.blk"), 2000) }, "log.damaged", domain.Damaged, []Name{mark, events}},
	{"the settings are damaged", func(dir string) error { return flip(in(dir, streamDir, "meta.inf"), 40) }, "log.damaged", domain.Damaged, []Name{mark, events}},
	{"a file that does not belong", func(dir string) error { return os.WriteFile(in(dir, streamDir, "msgs/notat.txt"), nil, 0o600) }, "log.damaged", domain.Damaged, []Name{mark, events}},
	{"the files of a cluster", func(dir string) error { return os.MkdirAll(in(dir, "jetstream/jetstream/SYS/_js_/_meta_"), 0o700) }, "log.settings", domain.Damaged, []Name{mark, events}},
	{"the log is gone", func(dir string) error { return os.RemoveAll(in(dir, "jetstream")) }, "log.missing", domain.Damaged, nil},
	{"the end of the log is gone", func(dir string) error {
		return errors.Join(os.Remove(in(dir, streamDir, "msgs/index.db")), os.Truncate(in(dir, streamDir, "msgs/1.blk"), 0))
	}, "log.shorter", domain.Damaged, nil},
	{"a mark that is not one", func(dir string) error { return os.WriteFile(in(dir, "regions/fosen"), []byte("tolv"), 0o600) }, "log.mark", domain.Damaged, nil},
	{"the checkpoint is gone", func(dir string) error { return os.Remove(in(dir, "seal/fosen.checkpoint")) }, "seal.missing", domain.Damaged, nil},
	{"the segments are damaged", func(dir string) error { return flip(in(dir, "segments/fosen/00000000000000000001.jsonl"), 100) }, "segments.damaged", domain.Failed, nil},
	{"a newer program made it", func(dir string) error { return os.WriteFile(in(dir, "format"), []byte("framdrift 2\n"), 0o600) }, "data.newer", domain.Damaged, nil},
	{"what says that it is ours is gone", func(dir string) error { return os.Remove(in(dir, "format")) }, "data.none", domain.NotFound, nil},
	{"a restore that has stopped", func(dir string) error { return os.Rename(in(dir, "regions/fosen"), in(dir, "regions/fosen.restoring")) }, "restore.under-way", domain.Busy, nil},
	{"no directory", os.RemoveAll, "data.none", domain.NotFound, nil},
}

// Each is said, with its code, and hides as little as it can; and nothing is
// changed, whether somebody has had the directory open there or not.
func TestEveryInjuryIsSaidAndNothingIsChanged(t *testing.T) {
	for _, tt := range injuries {
		for _, unlocked := range []bool{false, true} {
			t.Run(tt.what, func(t *testing.T) {
				dir := lying(t)
				if unlocked {
					if err := os.Remove(in(dir, "lock")); err != nil {
						t.Fatal(err)
					}
				}
				if err := tt.do(dir); err != nil {
					t.Fatal(err)
				}
				before := hashes(t, filepath.Dir(dir))
				checks := examined(t, app.LookAt(optionsOf(dir)), well)
				untouched(t, filepath.Dir(dir), before)
				is(t, "wrong", codes(checks), tt.code)
				if e := domain.Explain(Verdict(checks)); e.Code != "doctor.unwell" || e.Kind != tt.kind {
					t.Errorf("the verdict is of kind %d: %v", e.Kind, e)
				}
				hidden := slices.DeleteFunc(names(checks, Unknown), func(n Name) bool { return n == syncing })
				is(t, "unknown", hidden, tt.hidden...)
			})
		}
	}
}

// The doctor and a start agree on what is damage.
func TestWhatTheDoctorCallsDamageAStartRefuses(t *testing.T) {
	for _, tt := range injuries {
		dir := lying(t)
		if err := tt.do(dir); err != nil {
			t.Fatal(err)
		}
		a, err := app.Open(t.Context(), optionsOf(dir))
		if err == nil {
			closed(t, a)
		}
		if refused := domain.KindOf(err) == domain.Damaged; refused != (tt.kind == domain.Damaged) || refused && domain.Explain(err).Code != tt.code {
			t.Errorf("%s: a start says %v, and the doctor %s", tt.what, err, tt.code)
		}
	}
}

// circumstances are what a system may say, and what is said of it.
var circumstances = []struct {
	what   string
	change func(*system, *app.Options)
	code   string // empty: what it is of is unknown, or fine
	name   Name
	status Status
}{
	{"somebody else's directory", func(s *system, _ *app.Options) { s.me = func() string { return "0" } }, "data.other-owner", access, Wrong},
	{"somebody else's file in it", func(s *system, _ *app.Options) {
		s.owner = func(info fs.FileInfo) (owner, bool) {
			return owner{map[bool]string{true: "0", false: "7"}[info.Name() == "1.blk"], 1}, true
		}
	}, "data.other-owner", access, Wrong},
	{"another disk in it", func(s *system, _ *app.Options) {
		s.owner = func(info fs.FileInfo) (owner, bool) {
			return owner{"7", map[bool]uint64{true: 2, false: 1}[info.Name() == "jetstream"]}, true
		}
	}, "data.other-disk", access, Wrong},
	{"no owners", func(s *system, _ *app.Options) { s.owner = func(fs.FileInfo) (owner, bool) { return owner{}, false } }, "", access, Unknown},
	{"a memory disk", func(s *system, _ *app.Options) { s.fileSystem = named("tmpfs", memory) }, "disk.memory", fileSystemName, Wrong},
	{"a network disk", func(s *system, _ *app.Options) { s.fileSystem = named("nfs", network) }, "disk.network", fileSystemName, Wrong},
	{"a container", func(s *system, _ *app.Options) { s.fileSystem = named("overlay", layered) }, "disk.layered", fileSystemName, Wrong},
	{"a strange disk", func(s *system, _ *app.Options) { s.fileSystem = named("fuse", strange) }, "", fileSystemName, Unknown},
	{"a system that does not say", func(s *system, _ *app.Options) {
		s.fileSystem = func(string) (fileSystem, error) { return fileSystem{}, errors.ErrUnsupported }
	}, "", fileSystemName, Unknown},
	{"a full disk", func(_ *system, o *app.Options) {
		o.Space = func(string) (app.Space, error) { return app.Space{Free: 1e9, Total: 100e9}, nil }
	}, "disk.full", space, Wrong},
	{"a disk that does not say", func(_ *system, o *app.Options) {
		o.Space = func(string) (app.Space, error) { return app.Space{}, errors.ErrUnsupported }
	}, "", space, Unknown},
	{"a clock that is behind", func(_ *system, o *app.Options) { o.Clock = at(noon.Add(-time.Hour)) }, "clock.behind", clock, Wrong},
	{"a clock that is ahead", func(_ *system, o *app.Options) { o.Clock = at(noon.Add(time.Hour)) }, "", clock, Fine},
}

func TestWhatTheSystemSaysIsJudged(t *testing.T) {
	for _, tt := range circumstances {
		t.Run(tt.what, func(t *testing.T) {
			dir := lying(t)
			s, o := well, optionsOf(dir)
			tt.change(&s, &o)
			checks := examined(t, app.LookAt(o), s)
			found := slices.IndexFunc(checks, func(c Check) bool { return c.Name == tt.name })
			if found < 0 || checks[found].Status != tt.status || checks[found].Code != tt.code {
				t.Errorf("it says %+v", checks)
			}
			if code := domain.Explain(Verdict(checks)).Kind; tt.status == Wrong && code != domain.Failed && code != domain.Busy {
				t.Errorf("it is of kind %d", code)
			}
		})
	}
}

func named(name string, k kind) func(string) (fileSystem, error) {
	return func(string) (fileSystem, error) { return fileSystem{name, k}, nil }
}

// Who has the directory open is told where the system tells, and what is hidden
// by it is not guessed.
func TestADirectoryThatSomebodyHasOpenIsNotRead(t *testing.T) {
	dir := lying(t)
	held := flock.New(in(dir, "lock"))
	if ok, err := held.TryLock(); !ok || err != nil {
		t.Fatal(err)
	}
	defer held.Unlock() //nolint:errcheck // the test's own
	s := well
	s.holder = func(string) string { return "framdrift (12)" }
	for who, s := range map[string]system{"framdrift (12)": s, "": well} {
		checks := examined(t, app.LookAt(optionsOf(dir)), s)
		code := map[bool]string{true: "data.held", false: "data.in-use"}[who != ""]
		is(t, "wrong", codes(checks), code)
		is(t, "unknown", names(checks, Unknown), log, syncing)
		found := slices.IndexFunc(checks, func(c Check) bool { return c.Name == lock })
		if !strings.Contains(checks[found].Says.NB, who) {
			t.Errorf("it does not say who: %s", checks[found].Says.NB)
		}
	}
	if who := here.holder(in(dir, "lock")); who != "" && !regexp.MustCompile(`^\S+ \(\d+\)$`).MatchString(who) {
		t.Errorf("the system says %q", who)
	}
}

// Two doctors do not keep each other out, and both keep a serve out.
func TestWhileItIsLookedAtNobodyOpensIt(t *testing.T) {
	dir := lying(t)
	one, two := app.LookAt(optionsOf(dir)), app.LookAt(optionsOf(dir))
	if err := errors.Join(one.Hold(), two.Hold(), two.Hold()); err != nil {
		t.Fatal(err)
	}
	if _, err := app.Open(t.Context(), optionsOf(dir)); !app.InUse(err) {
		t.Errorf("it is opened meanwhile: %v", err)
	}
	closed(t, one)
	closed(t, two)
	a, err := app.Open(t.Context(), optionsOf(dir))
	if err != nil {
		t.Fatal(err)
	}
	closed(t, a)
}

// A serve reads for as long as its client waits, and says how far that came.
func TestAServeThatHasNoMoreTimeSaysWhatItRead(t *testing.T) {
	a := begun(t, optionsOf(filepath.Join(t.TempDir(), "data")))
	defer closed(t, a)
	e := &examination{look: a.Look(), system: well} // its time is over
	checks := e.all(t.Context(), aBuild)
	is(t, "unknown", names(checks, Unknown), log, mark, syncing)
	is(t, "wrong", names(checks, Wrong))
}

func TestTheSystemIsAsked(t *testing.T) {
	dir := lying(t)
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if mine, ok := here.owner(info); !ok || mine.id != here.me() || here.name(mine.id) == "" {
		t.Errorf("it belongs to %+v, and we are %s", mine, here.me())
	}
	if found, err := here.fileSystem(dir); err != nil || found.name == "" {
		t.Errorf("the file system is %+v (%v)", found, err)
	}
	if _, err := here.fileSystem(in(dir, "nothing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of what is not there it says %v", err)
	}
}

// What leaves tells no key of a text, in no form.
func TestNoKeyIsTold(t *testing.T) {
	dir := lying(t)
	keys, err := os.ReadFile(in(dir, "vault/keys"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(in(dir, "vault/keys"), append(keys, bytes.Repeat([]byte("hemmelig"), 30)...), 0o600); err != nil {
		t.Fatal(err)
	}
	told, err := json.Marshal(examined(t, app.LookAt(optionsOf(dir)), well))
	if err != nil {
		t.Fatal(err)
	}
	secret := []byte("hemmelighemmelig")
	for _, form := range []string{string(secret), hex.EncodeToString(secret), base64.StdEncoding.EncodeToString(secret)[:12]} {
		if strings.Contains(string(told), form) {
			t.Errorf("it tells %s:\n%s", form, told)
		}
	}
	if !strings.Contains(string(told), "vault.damaged") {
		t.Errorf("the keys are not what they were, and it says\n%s", told)
	}
}

func TestAnotherBuildThanOursIsSaid(t *testing.T) {
	dir := lying(t)
	checks := examined(t, app.LookAt(optionsOf(dir)), well)
	if same := Beside(aBuild, checks); len(same) != len(checks) {
		t.Error("our own build is another")
	}
	is(t, "wrong", codes(Beside(Build{Version: "v2"}, checks)), "doctor.version")
}

// Everything that is said is said in three languages, with the same things in it.
func TestEverythingIsSaidInThreeLanguages(t *testing.T) {
	place := regexp.MustCompile(`%\[\d+\]`)
	same := func(what string, p domain.Phrase) {
		places := func(s string) []string {
			found := place.FindAllString(s, -1)
			slices.Sort(found)
			return found
		}
		if p.NB == "" || p.NN == "" || p.EN == "" || !slices.Equal(places(p.NB), places(p.NN)) || !slices.Equal(places(p.NB), places(p.EN)) {
			t.Errorf("%s: %+v", what, p)
		}
	}
	for _, r := range book.All() {
		same(r.Code, r.Text)
	}
	for _, n := range []Name{program, directory, access, fileSystemName, space, lock, vault, zone, syncing, servers, settings, replicas, log, mark, sealed, events, clock, projection, changes} {
		same(string(n), n.Label())
	}
	for _, s := range []Status{Fine, Wrong, Unknown} {
		same(string(s), s.Label())
	}
}
