//go:build powercut && linux

package app_test

import (
	"maps"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// seenReadOnly is a directory through a mount that takes no writes.
func seenReadOnly(t *testing.T, dir string) string {
	t.Helper()
	where := t.TempDir()
	if err := syscall.Mount(dir, where, "", syscall.MS_BIND, ""); err != nil {
		t.Fatalf("mounting takes root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(where, 0); err != nil {
			t.Error(err)
		}
	})
	if err := syscall.Mount("", where, "", syscall.MS_BIND|syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	return where
}

func TestAReadOnlyDirectoryIsRefusedAndLeftAsItWas(t *testing.T) {
	clean, killed, events := dataDirs(t)
	for kind, dir := range map[string]string{"clean": clean, "killed": killed} {
		for _, locked := range []bool{true, false} {
			if !locked {
				if err := os.Remove(filepath.Join(dir, "lock")); err != nil {
					t.Fatal(err)
				}
			}
			before := hashes(t, dir)
			a, err := app.Open(t.Context(), app.Options{Dir: seenReadOnly(t, dir)})
			if err == nil {
				closeApp(t, a)
			}
			if e := domain.Explain(err); e.Code != "data.read-only" || e.Kind != domain.Damaged {
				t.Errorf("%s: it is refused with %v", kind, err)
			}
			if !maps.Equal(before, hashes(t, dir)) {
				t.Errorf("%s: the directory was touched", kind)
			}
		}
		a, err := app.Open(t.Context(), app.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		if r, err := a.Region(""); err != nil || position(r) != events {
			t.Errorf("%s: written to, it has %d events of %d: %v", kind, position(r), events, err)
		}
		closeApp(t, a)
	}
}
