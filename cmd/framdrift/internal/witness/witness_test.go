package witness_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/witness"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A log is a region that is served.
type log struct {
	t      *testing.T
	dir    string
	app    *app.App
	region *app.Region
	http   *httptest.Server
}

func serve(t *testing.T, dir string) *log {
	t.Helper()
	a, err := app.Create(t.Context(), app.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Init(t.Context(), ask(actors.RegisterRegion{Region: "fosen", Name: "Fosenregionen"})); err != nil {
		t.Fatal(err)
	}
	l := &log{t: t, dir: dir, app: a, http: httptest.NewServer(api.Reading(t.Context(), a))}
	if l.region, err = a.Region("fosen"); err != nil {
		t.Fatal(err)
	}
	return l
}

func (l *log) stop() {
	l.t.Helper()
	l.http.Close()
	if err := l.app.Close(); err != nil {
		l.t.Fatal(err)
	}
}

func (l *log) prefix() string { return l.http.URL + "/api/regions/fosen/log" }

func ask(c domain.Command) domain.Request {
	return domain.Request{ID: app.NewCommandID(), By: "u1", Channel: domain.ChannelCLI, Command: c}
}

// grow appends so many events, and signs.
func (l *log) grow(n int, kind string) app.Sealed {
	l.t.Helper()
	for i := range n {
		id := domain.ActorID(fmt.Sprintf("%s-%d-%d", kind, l.region.Head().Position, i))
		if _, err := l.region.Do(context.Background(), ask(actors.Register{Actor: id, Name: string(id), Kind: actors.Body, Sector: actors.Public})); err != nil {
			l.t.Fatal(err)
		}
	}
	sealed, err := l.region.Checkpoint(l.t.Context())
	if err != nil {
		l.t.Fatal(err)
	}
	return sealed
}

func newWitness(t *testing.T, name string) (w *witness.Witness, vkey string) {
	t.Helper()
	skey, vkey, err := seal.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{2}, 32)), name, seal.ForWitness)
	if err != nil {
		t.Fatal(err)
	}
	key, err := seal.NewCosigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
	return &witness.Witness{Key: key, State: filepath.Join(t.TempDir(), "state"), Now: func() time.Time { return now }}, vkey
}

func policy(t *testing.T, keys []string, witnesses ...string) *seal.Policy {
	t.Helper()
	p, err := seal.NewPolicy(keys, witnesses, len(witnesses))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A log that grows is cosigned round after round, over more than one tile, and
// the cosigned checkpoint is believed by who asks for the witness. The log keeps
// it, and the cosignatures of several.
func TestALogThatGrowsIsCosigned(t *testing.T) {
	l := serve(t, t.TempDir())
	defer l.stop()
	sealed := l.grow(1, "a")
	w, vkey := newWitness(t, "indre-fosen.example")
	other, otherKey := newWitness(t, "orland.example")
	before := uint64(0)
	for _, n := range []int{0, 1, 300, 0, 257} {
		sealed = l.grow(n, "a")
		for _, by := range []*witness.Witness{w, other} {
			seen, err := by.Round(t.Context(), l.prefix(), policy(t, sealed.Keys))
			if err != nil || seen.Events != sealed.Events || seen.Before != before || seen.Root != sealed.Root {
				t.Fatalf("after %d more: %+v, %v", n, seen, err)
			}
			if _, err := l.region.AddCosigned(t.Context(), seen.Cosigned, []string{vkey, otherKey}); err != nil {
				t.Fatal(err)
			}
		}
		before = sealed.Events
	}
	kept, err := l.region.Cosigned()
	if err != nil {
		t.Fatal(err)
	}
	if c, by, err := policy(t, sealed.Keys, vkey, otherKey).Open([]byte(kept)); err != nil || c.Size != sealed.Events || len(by) != 2 {
		t.Errorf("the log has kept %+v by %v (%v)", c, by, err)
	}
}

// A log that is not the one that was seen is not cosigned, and what shows it is
// kept: another history, as long or longer, and an older copy. Whoever has the
// log's key can sign all of them.
func TestALogThatWasRewrittenIsNotCosigned(t *testing.T) {
	dir := t.TempDir()
	l := serve(t, dir)
	l.grow(3, "a")
	l.stop()
	older, other := filepath.Join(t.TempDir(), "older"), filepath.Join(t.TempDir(), "other")
	for _, to := range []string{older, other} {
		copyDir(t, dir, to)
	}
	w, _ := newWitness(t, "indre-fosen.example")
	l = serve(t, dir)
	sealed := l.grow(2, "a")
	seen, err := w.Round(t.Context(), l.prefix(), policy(t, sealed.Keys))
	if err != nil {
		t.Fatal(err)
	}
	l.stop()
	for _, tt := range []struct {
		what string
		dir  string
		more int
		want error
	}{
		{"an older copy", older, 0, seal.ErrRollback},
		{"another history, as long", other, 2, seal.ErrFork},
		{"another history, longer", other, 1, seal.ErrUnproven},
	} {
		l := serve(t, tt.dir)
		l.grow(tt.more, "b")
		_, err := w.Round(t.Context(), l.prefix(), policy(t, sealed.Keys))
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.what, err)
		}
		evidence, err := os.ReadFile(filepath.Join(w.State, "framdrift_fosen.refused"))
		if err != nil || !bytes.Equal(evidence, []byte(l.region.Signed().Checkpoint)) {
			t.Errorf("%s: the evidence is %q (%v)", tt.what, evidence, err)
		}
		l.stop()
	}
	kept, err := os.ReadFile(filepath.Join(w.State, "framdrift_fosen.checkpoint"))
	if err != nil || string(kept) != seen.Cosigned {
		t.Errorf("what was seen is now %q (%v)", kept, err)
	}
}

// copyDir copies a data directory, for its user alone.
func copyDir(t *testing.T, from, to string) {
	t.Helper()
	err := os.CopyFS(to, os.DirFS(from))
	if err == nil {
		err = filepath.WalkDir(to, func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if e.IsDir() {
				return os.Chmod(path, 0o700)
			}
			return os.Chmod(path, 0o600)
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// A log that does not answer, or with something else, is not one that was
// rewritten.
func TestALogThatDoesNotAnswerIsAskedAgain(t *testing.T) {
	l := serve(t, t.TempDir())
	defer l.stop()
	sealed := l.grow(1, "a")
	w, _ := newWitness(t, "indre-fosen.example")
	for _, prefix := range []string{l.http.URL, l.http.URL + "/api/regions/osen/log", "http://127.0.0.1:1"} {
		if _, err := w.Round(t.Context(), prefix, policy(t, sealed.Keys)); !errors.Is(err, witness.ErrLog) {
			t.Errorf("%s: %v", prefix, err)
		}
	}
	_, stranger, err := seal.GenerateKey(bytes.NewReader(make([]byte, 32)), "framdrift/fosen", seal.ForLog)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Round(t.Context(), l.prefix(), policy(t, []string{stranger})); !errors.Is(err, seal.ErrSignature) {
		t.Errorf("with a key that is not the log's: %v", err)
	}
}
