package vault

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/uuid"
	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestAKeyIsFoundAgainAfterSyncAndNotBefore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	v := open(t, dir)
	synced := newID(t)
	key := must(t)(v.Make(synced))
	if err := v.Sync(); err != nil {
		t.Fatal(err)
	}
	lost := newID(t)
	must(t)(v.Make(lost))
	if _, ok := v.Find(lost); !ok {
		t.Error("a key that was just made is not found")
	}
	v = reopen(t, v, dir)
	if got, ok := v.Find(synced); !ok || got != key {
		t.Errorf("the synced key reads %x, %v; want %x", got, ok, key)
	}
	if _, ok := v.Find(lost); ok {
		t.Error("a key that was never synced is there")
	}
}

func TestTheSameEventHasTheSameKey(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	id := newID(t)
	first := must(t)(v.Make(id))
	if again := must(t)(v.Make(id)); again != first {
		t.Error("another key before Sync")
	}
	if err := v.Sync(); err != nil {
		t.Fatal(err)
	}
	v = reopen(t, v, dir)
	if again := must(t)(v.Make(id)); again != first {
		t.Error("another key after the vault was opened again")
	}
	if other := must(t)(v.Make(newID(t))); other == first {
		t.Error("two events share a key")
	}
}

func TestTheBytesOfTheFile(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	want := []byte("framdrift keys\x00\x01")
	for range 3 {
		id := newID(t)
		key := must(t)(v.Make(id))
		u := uuid.MustParse(string(id))
		want = append(append(want, u[:]...), key[:]...)
	}
	if err := v.Sync(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the file holds\n%x\nwant\n%x", got, want)
	}
}

func TestTheFileAndItsDirectoryAreOurs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "vault")
	open(t, dir)
	for path, want := range map[string]fs.FileMode{dir: 0o700, filepath.Join(dir, fileName): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
		}
	}
}

func TestAVaultThatOthersMayReadIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name, path string
		mode       fs.FileMode
	}{
		{"the group may list the directory", ".", 0o750},
		{"all may enter the directory", ".", 0o711},
		{"the group may read the keys", fileName, 0o640},
		{"all may write the keys", fileName, 0o602},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "vault")
			if err := open(t, dir).Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(filepath.Join(dir, tt.path), tt.mode); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(dir); !errors.Is(err, ErrOpenToOthers) {
				t.Errorf("Open gives %v", err)
			}
		})
	}
}

func TestATornTailIsLeftOutAndWrittenOver(t *testing.T) {
	stored, ids := threeKeys(t)
	for cut := len(header); cut < len(stored); cut++ {
		dir := t.TempDir()
		write(t, dir, stored[:cut])
		v := open(t, dir)
		there := (cut - len(header)) / slotSize
		for i, id := range ids {
			if _, ok := v.Find(id); ok != (i < there) {
				t.Fatalf("cut at byte %d: key %d is found: %v", cut, i, ok)
			}
		}
		next := newID(t)
		key := must(t)(v.Make(next))
		if err := v.Sync(); err != nil {
			t.Fatal(err)
		}
		v = reopen(t, v, dir)
		if got, ok := v.Find(next); !ok || got != key || len(v.keys) != there+1 {
			t.Fatalf("cut at byte %d: the key made afterwards reads %v, of %d keys", cut, ok, len(v.keys))
		}
		if err := v.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSectorsThatNeverReachedTheDiskHoldNoKeys(t *testing.T) {
	stored, ids := threeKeys(t)
	for from := len(header); from < len(stored); from += 16 {
		for to := from + 16; to <= len(stored); to += 16 {
			dir := t.TempDir()
			torn := bytes.Clone(stored)
			clear(torn[from:to])
			write(t, dir, torn)
			v := open(t, dir)
			for i, id := range ids {
				begin := len(header) + i*slotSize
				if _, ok := v.Find(id); !ok && (to <= begin || begin+slotSize <= from) {
					t.Fatalf("zeros in bytes %d to %d: key %d is gone", from, to, i)
				}
				if key, ok := v.Find(id); ok && key == (codec.Key{}) {
					t.Fatalf("zeros in bytes %d to %d: key %d is zero", from, to, i)
				}
			}
			if err := v.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestADamagedFileIsRefused(t *testing.T) {
	stored, _ := threeKeys(t)
	slots := stored[len(header):]
	newer := bytes.Clone(stored)
	newer[len(header)-1]++
	for name, content := range map[string][]byte{
		"an empty file":               {},
		"half a header":               []byte(header[:7]),
		"another kind of file":        []byte("MThd and so on, long enough to be one of ours"),
		"a newer version":             newer,
		"no UUID where one should be": append(bytes.Clone(stored), bytes.Repeat([]byte{0xff}, slotSize)...),
		"two keys of the same event":  append(bytes.Clone(stored), slots[:slotSize]...),
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, content)
			if _, err := Open(dir); !errors.Is(err, ErrDamaged) {
				t.Errorf("Open gives %v", err)
			}
			left, err := os.ReadFile(filepath.Join(dir, fileName))
			if err != nil || !bytes.Equal(left, content) {
				t.Errorf("Open touched it: %v", err)
			}
		})
	}
}

func TestSyncWithNothingToWriteDoesNotTouchTheFile(t *testing.T) {
	v := open(t, t.TempDir())
	must(t)(v.Make(newID(t)))
	if err := v.Sync(); err != nil {
		t.Fatal(err)
	}
	if err := v.file.Close(); err != nil { // so that touching it is an error
		t.Fatal(err)
	}
	if err := v.Sync(); err != nil {
		t.Errorf("Sync with nothing to write gives %v", err)
	}
	must(t)(v.Make(newID(t)))
	first := v.Sync()
	if first == nil {
		t.Fatal("Sync into a closed file gives no error")
	}
	if again := v.Sync(); !errors.Is(again, first) {
		t.Errorf("after an error Sync gives %v", again)
	}
}

func TestWhoLooksChangesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	if _, err := Look(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("where there is no vault it says %v", err)
	}
	if _, err := os.Lstat(dir); err == nil {
		t.Error("it made one")
	}
	open(t, dir) // somebody else has it open
	content, ids := threeKeys(t)
	content = append(content, 1, 2, 3) // a torn tail stays
	write(t, dir, content)
	v, err := Look(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := v.Find(ids[2]); !ok || v.Len() != 3 {
		t.Errorf("it sees %d keys", v.Len())
	}
	must(t)(v.Make(newID(t)))
	if err := v.Sync(); err == nil {
		t.Error("it wrote")
	}
	if err := v.Close(); err != nil {
		t.Error(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, fileName)); err != nil || !bytes.Equal(got, content) {
		t.Errorf("the file was %d bytes and is %d (%v)", len(content), len(got), err)
	}
}

func TestOnlyUUIDsHaveKeys(t *testing.T) {
	v := open(t, t.TempDir())
	for _, id := range []domain.EventID{
		"", "e1", "00000000-0000-0000-0000-000000000000", "{0192f0c1-2d3e-7f40-8a5b-6c7d8e9f0a1b}",
		"0192f0c12d3e7f408a5b6c7d8e9f0a1b", "urn:uuid:0192f0c1-2d3e-7f40-8a5b-6c7d8e9f0a1b", "0192f0c1-2d3e-7f40-ca5b-6c7d8e9f0a1b",
	} {
		if _, err := v.Make(id); err == nil {
			t.Errorf("Make(%q) gives a key", id)
		}
		if _, ok := v.Find(id); ok {
			t.Errorf("Find(%q) gives a key", id)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	ids := make([]domain.EventID, 64)
	for i := range ids {
		ids[i] = newID(t)
	}
	keys := make([]codec.Key, len(ids))
	var g sync.WaitGroup
	for i := range ids {
		g.Go(func() {
			key, err := v.Make(ids[i])
			if err = errors.Join(err, v.Sync()); err != nil {
				t.Error(err)
			}
			if again, err := v.Make(ids[(i*7)%len(ids)]); err != nil || again == (codec.Key{}) {
				t.Error(err)
			}
			keys[i] = key
		})
	}
	g.Wait()
	v = reopen(t, v, dir)
	for i, id := range ids {
		if got, ok := v.Find(id); !ok || got != keys[i] {
			t.Errorf("key %d is not what Make gave", i)
		}
	}
}

func TestAClosedVault(t *testing.T) {
	v := open(t, t.TempDir())
	id := newID(t)
	must(t)(v.Make(id))
	if err := errors.Join(v.Close(), v.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := v.Make(newID(t)); !errors.Is(err, ErrClosed) {
		t.Errorf("Make gives %v", err)
	}
	if err := v.Sync(); !errors.Is(err, ErrClosed) {
		t.Errorf("Sync gives %v", err)
	}
	if _, ok := v.Find(id); ok {
		t.Error("Find gives a key")
	}
}

// threeKeys is the content of a file with three keys, and whose they are.
func threeKeys(t *testing.T) ([]byte, []domain.EventID) {
	t.Helper()
	dir := t.TempDir()
	v := open(t, dir)
	ids := []domain.EventID{newID(t), newID(t), newID(t)}
	for _, id := range ids {
		must(t)(v.Make(id))
	}
	if err := errors.Join(v.Sync(), v.Close()); err != nil {
		t.Fatal(err)
	}
	stored, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		t.Fatal(err)
	}
	return stored, ids
}

func write(t *testing.T, dir string, content []byte) {
	t.Helper()
	if err := errors.Join(os.Chmod(dir, 0o700), os.WriteFile(filepath.Join(dir, fileName), content, 0o600)); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, dir string) *Vault {
	t.Helper()
	if _, err := os.Stat(dir); err == nil {
		if err := os.Chmod(dir, 0o700); err != nil { // t.TempDir is for all
			t.Fatal(err)
		}
	}
	v, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = v.Close() })
	return v
}

func reopen(t *testing.T, v *Vault, dir string) *Vault {
	t.Helper()
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	return open(t, dir)
}

func newID(t *testing.T) domain.EventID {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return domain.EventID(id.String())
}

func must(t *testing.T) func(codec.Key, error) codec.Key {
	return func(key codec.Key, err error) codec.Key {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return key
	}
}
