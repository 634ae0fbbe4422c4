//go:build powercut && linux

package powerfs

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// saved is what a cut would leave now: the files by path, with their content.
func saved(t *testing.T, d *Disk, r *rand.Rand) map[string]string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "saved")
	if err := d.Save(to, r); err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	err := fs.WalkDir(os.DirFS(to), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(to, path))
		all[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func must(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func fsync(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	must(t, err)
	must(t, f.Sync(), f.Close())
}

func TestWhatIsNotSyncedIsLost(t *testing.T) {
	d, where := Start(t, "")
	path := filepath.Join(where, "a")
	holds := func(when, want string) {
		t.Helper()
		if got := saved(t, d, nil)["a"]; got != want {
			t.Errorf("%s the disk holds %q", when, got)
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	must(t, err)
	_, err = f.WriteString("first")
	must(t, err, f.Sync())
	if _, there := saved(t, d, nil)["a"]; there {
		t.Error("a file has a name before its directory is synced")
	}
	fsync(t, where)
	holds("synced,", "first")
	_, err = f.WriteAt([]byte("second"), 3)
	must(t, err)
	holds("written and not synced,", "first")
	must(t, f.Sync())
	holds("synced again,", "firsecond")
	must(t, f.Truncate(2))
	holds("shortened and not synced,", "firsecond")
	_, err = f.WriteAt([]byte("x"), 4)
	must(t, err, f.Sync(), f.Close())
	holds("shortened and synced,", "fi\x00\x00x")
	if data, err := os.ReadFile(path); err != nil || string(data) != "fi\x00\x00x" {
		t.Errorf("calls see %q: %v", data, err)
	}
	f, err = os.OpenFile(path, os.O_WRONLY|os.O_TRUNC|os.O_SYNC, 0)
	must(t, err)
	holds("emptied and not synced,", "fi\x00\x00x")
	_, err = f.WriteString("at once")
	must(t, err, f.Close())
	holds("written with O_SYNC,", "at once")
}

func TestNamesAreKeptByTheirDirectory(t *testing.T) {
	d, where := Start(t, "")
	in := func(name string) string { return filepath.Join(where, name) }
	must(t, os.MkdirAll(in("x/y"), 0o700), os.WriteFile(in("x/y/a"), []byte("a"), 0o600), os.WriteFile(in("x/b"), nil, 0o640))
	fsync(t, in("x/y/a"))
	fsync(t, in("x/y"))
	fsync(t, where)
	if got := saved(t, d, nil); len(got) != 0 {
		t.Errorf("there is %v, and x was not synced", got)
	}
	fsync(t, in("x"))
	if got := saved(t, d, nil); len(got) != 2 || got["x/y/a"] != "a" {
		t.Errorf("there is %v", got)
	}
	must(t, os.Rename(in("x/y"), in("x/z")), os.Rename(in("x/b"), in("x/z/c")), os.Remove(in("x/z/a")))
	if _, err := os.Stat(in("x/z/c")); err != nil {
		t.Error(err)
	}
	if got := saved(t, d, nil); len(got) != 2 || got["x/y/a"] != "a" {
		t.Errorf("there is %v, and nothing was synced after it was moved", got)
	}
	fsync(t, in("x"))
	fsync(t, in("x/z"))
	if got := saved(t, d, nil); len(got) != 1 || got["x/z/c"] != "" {
		t.Errorf("there is %v", got)
	}
	if err := os.Remove(in("x")); !errors.Is(err, syscall.ENOTEMPTY) {
		t.Errorf("a directory with something in it is removed: %v", err)
	}
}

func TestWhatWasSavedCanBeMountedAgain(t *testing.T) {
	d, where := Start(t, "")
	must(t, os.Mkdir(filepath.Join(where, "x"), 0o700), os.WriteFile(filepath.Join(where, "x", "a"), bytes.Repeat([]byte("ab"), 3<<20), 0o640))
	fsync(t, filepath.Join(where, "x", "a"))
	fsync(t, filepath.Join(where, "x"))
	fsync(t, where)
	to := filepath.Join(t.TempDir(), "saved")
	must(t, d.Save(to, nil))
	again, where := Start(t, to)
	info, err := os.Stat(filepath.Join(where, "x", "a"))
	if err != nil || info.Size() != 6<<20 || info.Mode() != 0o640 {
		t.Errorf("it is %v: %v", info, err)
	}
	if got := saved(t, again, nil)["x/a"]; got != strings.Repeat("ab", 3<<20) {
		t.Error("it holds something else")
	}
}

// Of what was not synced anything may survive, and each way of it does.
func TestACutMayLeaveSomeOfWhatWasNotSynced(t *testing.T) {
	d, where := Start(t, "")
	f, err := os.OpenFile(filepath.Join(where, "a"), os.O_CREATE|os.O_RDWR, 0o600)
	must(t, err)
	_, err = f.Write(bytes.Repeat([]byte("s"), 700))
	must(t, err, f.Sync())
	fsync(t, where)
	_, err = f.Write(bytes.Repeat([]byte("w"), 3*sector))
	must(t, err, f.Close())
	seen := map[string]int{}
	for seed := range uint64(400) {
		left := saved(t, d, rand.New(rand.NewPCG(seed, 0)))["a"]
		if !strings.HasPrefix(left, strings.Repeat("s", 700)) {
			t.Fatalf("what was synced is gone: %q", left)
		}
		kind := ""
		for i := 700; i < len(left); {
			end := min((i/sector+1)*sector, len(left))
			if s := left[i:end]; strings.Trim(s, "w") != "" && strings.Trim(s, "\x00") != "" {
				t.Fatalf("a sector is torn: %q", s)
			}
			kind += left[i : i+1]
			i = end
		}
		seen[kind]++
	}
	for _, kind := range []string{"", "w", "ww", "www", "wwww", "\x00w", "w\x00\x00w", "\x00\x00\x00w"} {
		if seen[kind] == 0 {
			t.Errorf("%q never survives: %v", kind, seen)
		}
	}
}

func TestARenameIsThereWholeOrNotAtAll(t *testing.T) {
	d, where := Start(t, "")
	in := func(name string) string { return filepath.Join(where, name) }
	must(t, os.WriteFile(in("a"), []byte("old"), 0o600))
	fsync(t, in("a"))
	fsync(t, where)
	must(t, os.WriteFile(in("a.tmp"), []byte("new"), 0o600))
	fsync(t, in("a.tmp"))
	must(t, os.Rename(in("a.tmp"), in("a")), os.WriteFile(in("b"), nil, 0o600))
	seen := map[string]int{}
	for seed := range uint64(100) {
		left := saved(t, d, rand.New(rand.NewPCG(seed, 0)))
		_, tmp := left["a.tmp"]
		_, later := left["b"]
		if left["a"] == "" || left["a"] == "new" && tmp || later && left["a"] != "new" {
			t.Fatalf("there is %v", left)
		}
		seen[left["a"]]++
	}
	if seen["old"] == 0 || seen["new"] == 0 {
		t.Errorf("it is always there, or never: %v", seen)
	}
}

func TestAfterTheCutNothingIsDone(t *testing.T) {
	d, where := Start(t, "")
	f, err := os.OpenFile(filepath.Join(where, "a"), os.O_CREATE|os.O_RDWR, 0o600)
	must(t, err)
	defer f.Close() //nolint:errcheck // on a disk that is dead
	fsync(t, where)
	_, err = f.WriteString("written")
	must(t, err)
	dark := d.Cut(1)
	if _, err := f.WriteAt([]byte("W"), 0); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := f.Sync(); !errors.Is(err, syscall.EIO) {
			t.Errorf("it syncs: %v", err)
		}
	}
	<-dark
	if _, err := os.Stat(filepath.Join(where, "a")); !errors.Is(err, syscall.EIO) {
		t.Errorf("it finds: %v", err)
	}
	if got := saved(t, d, nil); got["a"] != "" {
		t.Errorf("there is %v", got)
	}
}

func TestADiskThatFailsDoesNothing(t *testing.T) {
	d, where := Start(t, "")
	path := filepath.Join(where, "a")
	must(t, os.WriteFile(path, []byte("some"), 0o600))
	var calls []Call
	d.Fail(func(c Call) syscall.Errno {
		if c.Op == "read" || c.Op == "fsync" && c.Path == "/a" {
			calls = append(calls, c)
			return syscall.EIO
		}
		return 0
	})
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	if n, err := f.ReadAt(make([]byte, 2), 1); n != 0 || !errors.Is(err, syscall.EIO) {
		t.Errorf("it reads: %v", err)
	}
	if err := f.Sync(); !errors.Is(err, syscall.EIO) {
		t.Errorf("it syncs: %v", err)
	}
	d.Fail(nil)
	fsync(t, where)
	if got := saved(t, d, nil)["a"]; got != "" || len(calls) != 2 || calls[0] != (Call{"read", "/a", 1, 2}) {
		t.Errorf("the disk holds %q after %v", got, calls)
	}
	d.Room(3)
	if n, err := f.WriteAt([]byte("someone"), 0); n != 7 || err != nil {
		t.Errorf("%d bytes find room: %v", n, err)
	}
	if _, err := f.WriteAt([]byte("where"), 5); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a disk that is full says %v", err)
	}
	must(t, f.Close())
	if data, err := os.ReadFile(path); err != nil || string(data) != "someowh" {
		t.Errorf("it holds %q: %v", data, err)
	}
}
