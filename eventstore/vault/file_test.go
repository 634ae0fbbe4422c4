package vault

import (
	"bytes"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

func TestTheFilesAndTheirDirectoryAreOurs(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "vault")
	open(t, dir)
	for path, want := range map[string]fs.FileMode{
		dir: 0o700, filepath.Join(dir, keysFile): 0o600, filepath.Join(dir, namesFile): 0o600, filepath.Join(dir, lockFile): 0o600,
	} {
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
		{"the group may read the keys", keysFile, 0o640},
		{"all may write the keys", keysFile, 0o602},
		{"all may read the names", namesFile, 0o604},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "vault")
			closeVault(t, open(t, dir))
			if err := os.Chmod(filepath.Join(dir, tt.path), tt.mode); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(dir, master); !errors.Is(err, ErrOpenToOthers) {
				t.Errorf("Open gives %v", err)
			}
		})
	}
}

// To destroy is to write zeros where the key lay, in the file as it is: who
// holds the same file by another name sees it.
func TestADestroyedKeyIsOverwrittenWhereItLay(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	ids, _ := makeKeys(t, v, 3)
	aside := filepath.Join(t.TempDir(), "the same file")
	if err := os.Link(filepath.Join(dir, keysFile), aside); err != nil {
		t.Fatal(err)
	}
	slot := slotOf(keyKind, read(t, dir)[keysFile], 1)
	if err := v.Destroy(t.Context(), ids[1]); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(aside)
	if err != nil {
		t.Fatal(err)
	}
	n := name(uuid.MustParse(string(ids[1])))
	if got := slotOf(keyKind, content, 1); !keyKind.isDestroyed(got) || name(got) != n {
		t.Errorf("the slot holds %x", got)
	}
	if found := holding(t, dir, slot[36:]); len(found) > 0 {
		t.Errorf("the key is still in %v", found)
	}
}

func TestKeysThatWaitTogetherAreOneWrite(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	makeKeys(t, v, 100)
	if err := v.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v.keys.whole != 100 || len(v.keys.pending) != 0 {
		t.Errorf("%d slots are written, and %d bytes wait", v.keys.whole, len(v.keys.pending))
	}
}

func TestAWipedVaultLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	v := open(t, dir)
	makeKeys(t, v, 3)
	aside := filepath.Join(t.TempDir(), "the same file")
	if err := os.Link(filepath.Join(dir, keysFile), aside); err != nil {
		t.Fatal(err)
	}
	if err := v.Wipe(); err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("there is still %v, %v", left, err)
	}
	if content, err := os.ReadFile(aside); err != nil || len(content) != 4*keyKind.size() || !zero(content) {
		t.Errorf("the file was not overwritten: %x, %v", content, err)
	}
}

func zero(content []byte) bool {
	for _, b := range content {
		if b != 0 {
			return false
		}
	}
	return true
}

func TestOnlyAVaultUnderAMasterKeyNeedsOne(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	if Needs(dir) {
		t.Error("one that is not there needs a master key")
	}
	plain, _, _ := plainVault(t, 2)
	if Needs(plain) {
		t.Error("one of version 1 needs a master key")
	}
	closeVault(t, open(t, dir))
	if !Needs(dir) {
		t.Error("one that was written under a master key needs none")
	}
}

func TestWhoLooksChangesNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "vault")
	if _, err := Look(dir, master); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("where there is no vault it says %v", err)
	}
	if exists(dir) {
		t.Error("it made one")
	}
	files, ids, keys := some(t)
	torn := append(files[keysFile], 1, 2, 3) // a torn tail stays
	half := bytes.Clone(torn)
	copy(slotOf(keyKind, half, 1)[piece:], markGone) // as a destruction that was cut off
	plainDir, plainIDs, plainKeys := plainVault(t, 3)
	for what, tt := range map[string]struct {
		dir  string
		m    Master
		n    int
		id   domain.EventID
		key  codec.Key
		kari string
	}{
		"a torn tail":                 {files.with(keysFile, torn).lay(t), master, 3, ids[2], keys[2], "Kari Nordmann"},
		"half a destruction":          {files.with(keysFile, half).lay(t), master, 2, ids[0], keys[0], "Kari Nordmann"},
		"an older master key":         {files.lay(t), NewMaster().Then(master), 3, ids[1], keys[1], "Kari Nordmann"},
		"version 1, and no key of it": {plainDir, Master{}, 3, plainIDs[1], plainKeys[1], ""},
	} {
		before := listing(t, tt.dir)
		if err := os.Chmod(tt.dir, 0o700); err != nil {
			t.Fatal(err)
		}
		v, err := Look(tt.dir, tt.m)
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if key, err := v.Find(tt.id); err != nil || key != tt.key || v.Len() != tt.n {
			t.Errorf("%s: of %d keys one reads %v", what, v.Len(), err)
		}
		if p, _ := v.Person("u1"); p.Name != tt.kari {
			t.Errorf("%s: u1 is %+v", what, p)
		}
		if _, err := v.Make(newID(t)); err != nil {
			t.Errorf("%s: Make: %v", what, err)
		}
		if v.Sync(t.Context()) == nil || v.Destroy(t.Context(), tt.id) == nil {
			t.Errorf("%s: it wrote", what)
		}
		closeVault(t, v)
		if after := listing(t, tt.dir); !maps.Equal(before, after) {
			t.Errorf("%s: what lies there is %v, and was %v", what, after, before)
		}
	}
}

// listing is every file of a directory, with what it holds.
func listing(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(content)
	}
	return files
}
