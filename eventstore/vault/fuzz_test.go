package vault

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// Whatever lies in a file, it is opened or refused; what is found in it was
// written to it; and what is written to it then is found.
func FuzzFiles(f *testing.F) {
	m, err := ReadMaster(goldenMaster(f))
	if err != nil {
		f.Fatal(err)
	}
	files := read(f, golden)
	f.Add(files[keysFile], files[namesFile])
	f.Add([]byte(plainHead+"0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12 and thirty-two bytes or more"), []byte{})
	f.Add(files[namesFile], files[keysFile])
	f.Fuzz(func(t *testing.T, keys, names []byte) {
		lay := stored{keysFile: keys}
		if len(names) > 0 {
			lay = lay.with(namesFile, names)
		}
		dir := lay.lay(t)
		v, err := try(t, dir, m)
		if err != nil {
			for _, known := range []error{ErrDamaged, ErrWrongMaster} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatalf("it is refused without a reason: %v", err)
		}
		if !bytes.HasPrefix(keys, []byte(plainHead)) {
			for n, number := range v.keys.index {
				if _, err := v.keys.find(n); err == nil && !bytes.Contains(files[keysFile], slotOf(keyKind, keys, int(number))) {
					t.Fatalf("a key is found that was never written")
				}
			}
		}
		if _, err := v.People(); err != nil && !errors.Is(err, ErrDamaged) {
			t.Fatal(err)
		}
		ids, made := makeKeys(t, v, 1)
		closeVault(t, v)
		if v, err = try(t, dir, m); err != nil {
			t.Fatalf("it does not open again: %v", err)
		}
		if key, err := v.Find(ids[0]); err != nil || key != made[0] {
			t.Fatalf("what was written to it reads %v", err)
		}
		closeVault(t, v)
	})
}

// goldenMaster is the golden master key in a file that nobody else may read.
func goldenMaster(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(golden, "master.txt"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "master.key")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
