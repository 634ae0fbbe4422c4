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
	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

func TestMain(m *testing.M) {
	if os.Getenv(isChild) != "" {
		os.Exit(child())
	}
	goleak.VerifyTestMain(m)
}

var master = NewMaster()

// A stored vault is the content of its files.
type stored map[string][]byte

// some is a vault with three keys and two people, and whose they are.
func some(t testing.TB) (stored, []domain.EventID, []codec.Key) {
	t.Helper()
	dir := t.TempDir()
	v := open(t, dir)
	ids, keys := makeKeys(t, v, 3)
	for user, p := range map[domain.UserID]Person{"u1": {"Kari Nordmann", "kari@osen.example"}, "u2": {"Ola Hansen", "ola@osen.example"}} {
		if err := v.Put(t.Context(), user, p); err != nil {
			t.Fatal(err)
		}
	}
	closeVault(t, v)
	return read(t, dir), ids, keys
}

func makeKeys(t testing.TB, v *File, n int) ([]domain.EventID, []codec.Key) {
	t.Helper()
	ids, keys := make([]domain.EventID, n), make([]codec.Key, n)
	for i := range ids {
		ids[i] = newID(t)
		var err error
		if keys[i], err = v.Make(ids[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	return ids, keys
}

func read(t testing.TB, dir string) stored {
	t.Helper()
	files := stored{}
	for _, name := range []string{keysFile, namesFile} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = content
	}
	return files
}

// with is the same files, one of them with other content.
func (s stored) with(name string, content []byte) stored {
	other := maps.Clone(s)
	other[name] = content
	return other
}

// lay writes the files into a new directory.
func (s stored) lay(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range s {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// try opens the vault in a directory that t.TempDir made, which is for all.
func try(t testing.TB, dir string, m Master) (*File, error) {
	t.Helper()
	if err := os.Chmod(dir, 0o700); err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	v, err := Open(dir, m)
	if err == nil {
		t.Cleanup(func() { closeVault(t, v) })
	}
	return v, err
}

func open(t testing.TB, dir string) *File {
	t.Helper()
	v, err := try(t, dir, master)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func closeVault(t testing.TB, v *File) {
	t.Helper()
	if err := v.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func reopen(t testing.TB, v *File, dir string) *File {
	t.Helper()
	closeVault(t, v)
	return open(t, dir)
}

func newID(t testing.TB) domain.EventID {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return domain.EventID(id.String())
}

// holding lists the files below a directory that hold some bytes.
func holding(t testing.TB, dir string, what []byte) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, what) {
			found = append(found, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// slotOf is the n-th slot of a file.
func slotOf(k kind, content []byte, n int) []byte {
	return content[k.offset(n):k.offset(n+1)]
}
