package app_test

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// written is a data directory in which the first measure has a result.
func written(t *testing.T, o app.Options) {
	t.Helper()
	o.Clock = ticking("2022-06-20")
	a, err := app.Create(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	r := fill(t, a, 1)
	mustDo(t, r, ask(commandID(1), plan.Start{On: on(0)}))
	mustDo(t, r, ask(commandID(2), plan.Complete{On: on(0), Result: "Ferdig"}))
	closeApp(t, a)
}

// result is how the result of the first measure reads.
func result(t *testing.T, o app.Options) domain.Text {
	t.Helper()
	a, err := app.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r, err := a.Region("fosen")
	if err != nil {
		t.Fatal(err)
	}
	p, err := r.Plan(t.Context(), "", app.Per{})
	if err != nil {
		t.Fatal(err)
	}
	return p.Measures[0].Result
}

func failsWith(t *testing.T, what string, o app.Options, code string) {
	t.Helper()
	a, err := app.Open(t.Context(), o)
	if err == nil {
		closeApp(t, a)
		t.Errorf("%s: it opens", what)
	} else if e := domain.Explain(err); e.Code != code {
		t.Errorf("%s: it is refused with %v, want %s", what, err, code)
	}
}

func TestWithoutItsMasterKeyADirectoryIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	written(t, app.Options{Dir: dir})
	path := filepath.Join(dir, "master.key")
	own, other := contents(t, path), filepath.Join(t.TempDir(), "other.key")
	if err := errors.Join(os.Remove(path), vault.NewMaster().Write(other)); err != nil {
		t.Fatal(err)
	}
	before := hashes(t, dir)
	for what, tt := range map[string]struct {
		o    app.Options
		code string
	}{
		"it is gone":                    {app.Options{}, "vault.no-master"},
		"it is not where it is said":    {app.Options{MasterKeyFile: filepath.Join(dir, "nowhere")}, "vault.no-master"},
		"another":                       {app.Options{MasterKeyFile: other}, "vault.wrong-master"},
		"another, in the environment":   {app.Options{MasterKey: string(contents(t, other))}, "vault.wrong-master"},
		"something else":                {app.Options{MasterKey: "hemmelig"}, "vault.not-a-master"},
		"something else in a file":      {app.Options{MasterKeyFile: filepath.Join(dir, "format")}, "vault.not-a-master"},
		"a file that others may read":   {app.Options{MasterKeyFile: readable(t, own)}, "vault.open-to-others"},
		"no key but a directory of one": {app.Options{MasterKeyFile: t.TempDir()}, "failed"},
	} {
		tt.o.Dir = dir
		failsWith(t, what, tt.o, tt.code)
		if after := hashes(t, dir); !maps.Equal(before, after) {
			t.Errorf("%s: the directory was touched", what)
		}
	}
	if got := result(t, app.Options{Dir: dir, MasterKey: string(own)}); got != "Ferdig" {
		t.Errorf("with its own key the text reads %q", got)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Error("a master key has been made")
	}
}

func readable(t *testing.T, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "master.key")
	if err := os.WriteFile(path, content, 0o644); err != nil { //nolint:gosec // so that it is refused
		t.Fatal(err)
	}
	return path
}

// Until now keys lay as they were. They are encrypted when the directory is
// next opened, and every text can be read as before.
func TestKeysOfVersion1AreEncryptedAtTheNextStart(t *testing.T) {
	dir := t.TempDir()
	written(t, app.Options{Dir: dir})
	plain := unwrap(t, dir)
	for range 2 {
		if got := result(t, app.Options{Dir: dir}); got != "Ferdig" {
			t.Errorf("the text reads %q", got)
		}
		if bytes.Contains(contents(t, filepath.Join(dir, "vault/keys")), plain[32:64]) {
			t.Error("the key lies as it is")
		}
	}
}

// unwrap makes the vault of a directory one of version 1, and gives its bytes.
func unwrap(t *testing.T, dir string) []byte {
	t.Helper()
	path := filepath.Join(dir, "vault")
	m, err := vault.ReadMaster(filepath.Join(dir, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(path, m)
	if err != nil {
		t.Fatal(err)
	}
	plain := []byte("framdrift keys\x00\x01")
	for slots := contents(t, filepath.Join(path, "keys"))[80:]; len(slots) > 0; slots = slots[80:] {
		key, err := v.Find(domain.EventID(uuid.UUID(slots[:16]).String()))
		if err != nil {
			t.Fatal(err)
		}
		plain = append(append(plain, slots[:16]...), key[:]...)
	}
	if err := errors.Join(v.Wipe(), os.Remove(filepath.Join(dir, "master.key")), os.WriteFile(filepath.Join(path, "keys"), plain, 0o600)); err != nil {
		t.Fatal(err)
	}
	return plain
}

// With a log on servers the keys lie there, for all instances that have the
// master key; what one instance had for itself is brought there.
func TestKeysLieWhereTheLogLies(t *testing.T) {
	s := jetstreamtest.Start(t, 1, 1)
	at := jetstream.External{URL: s.URL(), NKey: s.Accounts[0].Init}
	one, two := t.TempDir(), t.TempDir()
	master := filepath.Join(one, "master.key")
	written(t, app.Options{Dir: one, NATS: at})
	if _, err := os.Stat(filepath.Join(one, "vault")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("keys lie in the data directory too: %v", err)
	}
	a, err := app.Create(t.Context(), app.Options{Dir: two, NATS: at, MasterKeyFile: master})
	if err != nil {
		t.Fatal(err)
	}
	closeApp(t, a)
	failsWith(t, "without the master key", app.Options{Dir: two, NATS: at}, "vault.no-master")
	if got := result(t, app.Options{Dir: two, NATS: at, MasterKeyFile: master}); got != "Ferdig" {
		t.Errorf("at another instance the text reads %q", got)
	}
	var id uuid.UUID
	rand.Read(id[:])
	id[6], id[8] = 0x70, 0x80
	event := domain.EventID(id.String())
	key := ownKey(t, two, event)
	result(t, app.Options{Dir: two, NATS: at, MasterKeyFile: master})
	if _, err := os.Stat(filepath.Join(two, "vault", "keys")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what was brought is still here: %v", err)
	}
	store, err := jetstream.OpenExternal(at)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = store.Close() }()
	found := sharedKey(t, store, master, event)
	if !bytes.Equal(found, key) {
		t.Errorf("what was brought reads %x", found)
	}
}

// ownKey puts a key in a vault of version 1 in a data directory.
func ownKey(t *testing.T, dir string, event domain.EventID) []byte {
	t.Helper()
	id, key := uuid.MustParse(string(event)), make([]byte, 32)
	rand.Read(key)
	path := filepath.Join(dir, "vault")
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
	content := append(append([]byte("framdrift keys\x00\x01"), id[:]...), key...)
	if err := os.WriteFile(filepath.Join(path, "keys"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return key
}

func sharedKey(t *testing.T, store *jetstream.Store, master string, event domain.EventID) []byte {
	t.Helper()
	stream, err := store.Vault(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m, err := vault.ReadMaster(master)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.OpenShared(t.Context(), stream, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = v.Close() }()
	key, err := v.Find(event)
	if err != nil {
		t.Fatal(err)
	}
	return key[:]
}

// newMaster is a file with a master key.
func newMaster(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "master.key")
	if err := vault.NewMaster().Write(path); err != nil {
		t.Fatal(err)
	}
	return path
}
