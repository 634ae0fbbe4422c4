//go:build powercut && linux

package app_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest/powerfs"
)

// changes are the calls that need room on the disk.
var changes = []string{"create", "link", "mkdir", "rename", "resize", "write"}

// A startable is a disk with a data directory in it.
type startable struct {
	kind   string
	disk   string // what it holds
	events uint64
	cut    string // the hash of its block without the torn record
}

// startables are a directory after a clean stop, after a kill, and after one in
// the middle of a write.
func startables(t *testing.T) []startable {
	t.Helper()
	clean, killed, events := dataDirs(t)
	block := filepath.Join(stream, "msgs/1.blk")
	cut := hashes(t, killed)[filepath.Join(killed, block)]
	torn := copyOf(t, killed)
	if err := os.WriteFile(filepath.Join(torn, block), append(contents(t, filepath.Join(torn, block)), 0x20, 3, 0, 0x80, 33), 0o600); err != nil {
		t.Fatal(err)
	}
	all := []startable{{"clean", clean, events, ""}, {"killed", killed, events, ""}, {"torn", torn, events, cut}}
	for i, s := range all {
		disk := t.TempDir()
		if err := os.Rename(s.disk, filepath.Join(disk, "data")); err != nil {
			t.Fatal(err)
		}
		all[i].disk = disk
	}
	return all
}

// failing opens the directory on a disk that fails at the nth call of some
// kinds (of all if none are named), and gives what came of it, or nothing when
// the start made fewer. Then the disk is well, and everything is there.
func (s startable) failing(t *testing.T, n int, errno syscall.Errno, kinds ...string) string {
	t.Helper()
	where := t.TempDir()
	disk, err := powerfs.Mount(where, s.disk)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := disk.Unmount(); err != nil {
			t.Error(err)
		}
	}()
	dir := filepath.Join(where, "data")
	before := hashes(t, dir)
	var failed powerfs.Call
	disk.Fail(func(c powerfs.Call) syscall.Errno {
		if len(kinds) > 0 && !slices.Contains(kinds, c.Op) {
			return 0
		}
		if n--; n == 0 {
			failed = c
			return errno
		}
		return 0
	})
	a, err := app.Open(t.Context(), app.Options{Dir: dir})
	disk.Fail(nil)
	what := fmt.Sprintf("%s: %v at %s of %s, and then %v", s.kind, errno, failed.Op, strings.TrimPrefix(failed.Path, "/data/"), err)
	outcome := "opened"
	if err != nil {
		outcome = domain.Explain(err).Code
		after := hashes(t, dir)
		for path, is := range before {
			if after[path] != is && after[path] != s.cut {
				t.Errorf("%s: %s has changed: %s", what, path, after[path])
			}
		}
		if a, err = app.Open(t.Context(), app.Options{Dir: dir}); err != nil {
			t.Errorf("%s: on a disk that is well: %v", what, err)
			return outcome
		}
	}
	if r, err := a.Region(""); err != nil || position(r) != s.events {
		t.Errorf("%s: it has %d events of %d: %v", what, position(r), s.events, err)
	}
	closeApp(t, a)
	if failed.Op == "" {
		return ""
	}
	return outcome
}

// The server deletes a log at the first error that it meets at a start.
func TestAStartOnADiskThatFailsAtAnyCallLosesNothing(t *testing.T) {
	for _, s := range startables(t) {
		outcomes := map[string]int{}
		for n, outcome := 1, " "; outcome != ""; n++ {
			outcome = s.failing(t, n, syscall.EIO)
			outcomes["EIO: "+outcome]++
		}
		for n, outcome := 1, " "; outcome != ""; n++ {
			outcome = s.failing(t, n, syscall.ENOSPC, changes...)
			outcomes["ENOSPC: "+outcome]++
		}
		for _, outcome := range slices.Sorted(maps.Keys(outcomes)) {
			t.Logf("%s: %s %d", s.kind, outcome, outcomes[outcome])
		}
	}
}
