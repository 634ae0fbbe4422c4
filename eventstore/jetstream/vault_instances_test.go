package jetstream

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/uuid"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// several opens one vault as so many instances.
func several(t testing.TB, servers *jetstreamtest.Servers, n int) []vaultAndStore {
	t.Helper()
	m := vault.NewMaster()
	all := make([]vaultAndStore, n)
	for i := range all {
		at := External{URL: servers.Nodes[i%len(servers.Nodes)].URL(), NKey: servers.Accounts[0].Init, Replicas: len(servers.Nodes)}
		v, err := openVault(t, dial(t, at), m)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = v.Close() })
		all[i] = v.(vaultAndStore)
	}
	return all
}

// keyOf makes and syncs the key of a new event.
func keyOf(t testing.TB, v vault.Vault) (domain.EventID, codec.Key) {
	t.Helper()
	id := domain.EventID(uuid.Must(uuid.NewV7()).String())
	key, err := v.Make(id)
	if err = errors.Join(err, v.Sync(t.Context())); err != nil {
		t.Fatal(err)
	}
	return id, key
}

func TestWhatOneInstanceHasSyncedTheOthersFind(t *testing.T) {
	all := several(t, jetstreamtest.Start(t, 1, 1), 3)
	for i, v := range all {
		id, key := keyOf(t, v)
		for j, other := range all {
			if got, err := other.Find(id); err != nil || got != key {
				t.Errorf("what instance %d made reads %x, %v at %d", i, got, err, j)
			}
			if got, err := other.Make(id); err != nil || got != key {
				t.Errorf("what instance %d made is made again at %d: %v", i, j, err)
			}
		}
	}
	never := domain.EventID(uuid.Must(uuid.NewV7()).String())
	for range 2 {
		if _, err := all[0].Find(never); !errors.Is(err, vault.ErrNoKey) {
			t.Errorf("what nobody made reads %v", err)
		}
	}
}

func TestWhatOneInstanceHasDestroyedTheOthersLose(t *testing.T) {
	all := several(t, jetstreamtest.Start(t, 1, 1), 2)
	id, _ := keyOf(t, all[0])
	if _, err := all[1].Find(id); err != nil {
		t.Fatal(err)
	}
	kari := vault.Person{Name: "Kari"}
	if err := errors.Join(all[0].Put(t.Context(), "u1", kari), all[0].Put(t.Context(), "u2", kari)); err != nil {
		t.Fatal(err)
	}
	jetstreamtest.Eventually(t, "the other hears who they are", func() bool {
		p, err := all[1].Person("u2")
		return err == nil && p == kari
	})
	if err := errors.Join(all[0].Destroy(t.Context(), id), all[1].Forget(t.Context(), "u1")); err != nil {
		t.Fatal(err)
	}
	jetstreamtest.Eventually(t, "both hear that it is destroyed and that one is forgotten", func() bool {
		_, key := all[1].Find(id)
		_, person := all[0].Person("u1")
		return errors.Is(key, vault.ErrDestroyed) && errors.Is(person, vault.ErrForgotten)
	})
	if _, err := all[1].Make(id); !errors.Is(err, vault.ErrDestroyed) {
		t.Errorf("it is made again: %v", err)
	}
}

// They write at once, and to one page: nothing is lost, and nothing comes back.
func TestSeveralInstancesWriteAtOnce(t *testing.T) {
	const instances, each = 3, 20
	all := several(t, jetstreamtest.Start(t, 1, 1), instances)
	var page []domain.EventID
	for range instances * 4 {
		id := domain.EventID(uuid.Must(uuid.NewV7()).String())
		if _, err := all[0].Make(id); err != nil {
			t.Fatal(err)
		}
		page = append(page, id)
	}
	if err := all[0].Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	made := make([]map[domain.EventID]codec.Key, instances)
	var g sync.WaitGroup
	for i, v := range all {
		made[i] = map[domain.EventID]codec.Key{}
		g.Go(func() {
			for n := range each {
				id := domain.EventID(uuid.Must(uuid.NewV7()).String())
				key, err := v.Make(id)
				if err = errors.Join(err, v.Sync(t.Context())); err != nil {
					t.Error(err)
				}
				made[i][id] = key
				if n%5 == 0 {
					if err := v.Destroy(t.Context(), page[i*4+n/5]); err != nil {
						t.Error(err)
					}
				}
				if err := v.Put(t.Context(), "u1", vault.Person{Name: fmt.Sprintf("%d.%d", i, n)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	g.Wait()
	for i, v := range all {
		for _, keys := range made {
			for id, key := range keys {
				if got, err := v.Find(id); err != nil || got != key {
					t.Errorf("instance %d: a key reads %v", i, err)
				}
			}
		}
		jetstreamtest.Eventually(t, "every key of the page is destroyed", func() bool {
			for _, id := range page {
				if _, err := v.Find(id); !errors.Is(err, vault.ErrDestroyed) {
					return false
				}
			}
			return true
		})
		jetstreamtest.Eventually(t, "all say the same of one user", func() bool {
			mine, err := v.Person("u1")
			first, firstErr := all[0].Person("u1")
			return err == nil && firstErr == nil && mine == first
		})
	}
}

// A connection that is lost in the middle is no harm: what was not stored is
// stored when it is back, once, and what others did meanwhile is heard.
func TestAVaultGoesOnWhenTheConnectionIsBack(t *testing.T) {
	servers := jetstreamtest.Start(t, 1, 1)
	all := several(t, servers, 2)
	before, _ := keyOf(t, all[0])
	id := domain.EventID(uuid.Must(uuid.NewV7()).String())
	key, err := all[1].Make(id)
	if err != nil {
		t.Fatal(err)
	}
	servers.Nodes[0].CutOff()
	synced := make(chan error, 1)
	go func() { synced <- all[1].Sync(t.Context()) }()
	servers.Nodes[0].Mend()
	if err := <-synced; err != nil {
		t.Fatalf("Sync: %v", err)
	}
	if got, err := all[0].Find(id); err != nil || got != key {
		t.Errorf("it reads %v at the other", err)
	}
	if err := all[0].Destroy(t.Context(), before); err != nil {
		t.Fatal(err)
	}
	jetstreamtest.Eventually(t, "the other hears of it", func() bool {
		_, err := all[1].Find(before)
		return errors.Is(err, vault.ErrDestroyed)
	})
}

// What an instance had for itself, or a copy, is brought to all; and what is
// destroyed in either place stays so.
func TestAVaultInFilesIsRestoredToAllInstances(t *testing.T) {
	all := several(t, jetstreamtest.Start(t, 1, 1), 2)
	shared, sharedKey := keyOf(t, all[0])
	dead, _ := keyOf(t, all[0])
	copied := filepath.Join(t.TempDir(), "copy")
	if err := errors.Join(all[0].Backup(t.Context(), copied), all[0].Destroy(t.Context(), dead)); err != nil {
		t.Fatal(err)
	}
	files, err := vault.Open(filepath.Join(t.TempDir(), "vault"), vault.NewMaster())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = files.Close() }()
	own, ownKey := keyOf(t, files)
	gone, _ := keyOf(t, files)
	kari := vault.Person{Name: "Kari"}
	if err := errors.Join(
		files.Destroy(t.Context(), gone), files.Put(t.Context(), "u1", kari), files.Put(t.Context(), "u2", kari), files.Forget(t.Context(), "u2"),
		all[1].Restore(t.Context(), files), all[1].Restore(t.Context(), files),
	); err != nil {
		t.Fatal(err)
	}
	for i, v := range all {
		for id, want := range map[domain.EventID]codec.Key{shared: sharedKey, own: ownKey} {
			if got, err := v.Find(id); err != nil || got != want {
				t.Errorf("instance %d: a key reads %v", i, err)
			}
		}
		for _, id := range []domain.EventID{dead, gone} {
			if _, err := v.Find(id); !errors.Is(err, vault.ErrDestroyed) {
				t.Errorf("instance %d: a destroyed key reads %v", i, err)
			}
		}
	}
	if p, err := all[1].Person("u1"); err != nil || p != kari {
		t.Errorf("u1 is %+v, %v", p, err)
	}
	if _, err := all[1].Person("u2"); !errors.Is(err, vault.ErrForgotten) {
		t.Errorf("u2 is %v", err)
	}
}

// On servers another master key is another stream, of what was copied out.
func TestAnotherMasterKeyOnServersIsAnotherStream(t *testing.T) {
	servers := jetstreamtest.Start(t, 1, 1)
	at := External{URL: servers.URL(), NKey: servers.Accounts[0].Init}
	old, next := vault.NewMaster(), vault.NewMaster()
	v, err := openVault(t, dial(t, at), old)
	if err != nil {
		t.Fatal(err)
	}
	id, key := keyOf(t, v)
	dir := filepath.Join(t.TempDir(), "copy")
	if err := errors.Join(v.Put(t.Context(), "u1", vault.Person{Name: "Kari"}), v.Backup(t.Context(), dir), v.Close()); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	box := content[80+32 : 160]
	if !onDisk(t, servers.Nodes[0].Dir, box) {
		t.Fatal("what is to go away is not found before")
	}
	everything(t, servers, func(js natsjs.JetStream) error { return js.DeleteStream(t.Context(), vaultStreamName) })
	files, err := vault.Open(dir, next.Then(old))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = files.Close() }()
	jetstreamtest.Eventually(t, "the server has removed what it deleted", func() bool { // it answers before it has
		v, err = openVault(t, dial(t, at), next)
		return err == nil
	})
	defer func() { _ = v.Close() }()
	if err := v.(vaultAndStore).Restore(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	if got, err := v.Find(id); err != nil || got != key {
		t.Errorf("the key reads %v", err)
	}
	if p, err := v.Person("u1"); err != nil || p.Name != "Kari" {
		t.Errorf("u1 is %+v, %v", p, err)
	}
	if onDisk(t, servers.Nodes[0].Dir, box) || onDisk(t, dir, box) {
		t.Error("something is still there under the old one")
	}
}

// everything does what only root may.
func everything(t *testing.T, servers *jetstreamtest.Servers, do func(natsjs.JetStream) error) {
	t.Helper()
	s := dial(t, External{URL: servers.URL(), NKey: servers.Accounts[0].Root})
	defer closeStore(t, s)
	if err := do(s.js); err != nil {
		t.Fatal(err)
	}
}

// onDisk reports whether a file below a directory holds some bytes.
func onDisk(t *testing.T, dir string, what []byte) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			var content []byte
			content, err = os.ReadFile(path)
			found = found || bytes.Contains(content, what)
		}
		if errors.Is(err, fs.ErrNotExist) { // it went away while it was looked at
			return nil
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
