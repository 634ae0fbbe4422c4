package snapshot_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/projections/snapshot"
)

func TestAFileHoldsWhatWasWrittenLastAndNoOtherByte(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fosen", "delivery")
	if _, _, err := snapshot.Read(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("there is one: %v", err)
	}
	h := snapshot.Header{Region: "fosen", Projection: "delivery", Version: 2, Position: 384, Time: time.Date(2024, 12, 31, 12, 0, 0, 0, time.UTC), Root: "abc"}
	for _, value := range []string{"first\nof all", "second"} {
		if err := snapshot.Write(path, h, []byte(value)); err != nil {
			t.Fatal(err)
		}
		got, b, err := snapshot.Read(path)
		if got.SHA256 = ""; err != nil || got != h || string(b) != value {
			t.Errorf("%+v %q (%v)", got, b, err)
		}
	}
	if got, err := snapshot.Look(path); err != nil || got.Position != 384 {
		t.Errorf("%+v (%v)", got, err)
	}
	if all, err := os.ReadDir(filepath.Dir(path)); err != nil || len(all) != 1 {
		t.Errorf("beside it lie %v (%v)", all, err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		flipped := append([]byte{}, whole...)
		flipped[i] ^= 1
		if err := os.WriteFile(path, flipped, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := snapshot.Read(path); !errors.Is(err, snapshot.ErrMalformed) {
			t.Errorf("with byte %d changed it is read: %v", i, err)
		}
	}
	for cut := range whole {
		if err := os.WriteFile(path, whole[:cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := snapshot.Read(path); !errors.Is(err, snapshot.ErrMalformed) {
			t.Errorf("with %d bytes it is read: %v", cut, err)
		}
	}
}
