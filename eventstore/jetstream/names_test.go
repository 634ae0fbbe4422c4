//go:build powercut && linux

package jetstream

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest/powerfs"
)

// durable is what Preflight finds on the disk if the power is cut now, and
// nothing survives that was not synced.
func durable(t *testing.T, disk *powerfs.Disk) (Report, error) {
	t.Helper()
	left := filepath.Join(t.TempDir(), "left")
	must(t, disk.Save(left, nil))
	report, err := Preflight(t.Context(), filepath.Join(left, "log"), region, nil)
	must(t, os.RemoveAll(left))
	return report, err
}

// The server begins a new block every 8 MB, and does not sync its name.
func TestWhatIsAcknowledgedIsOnDiskWithItsName(t *testing.T) {
	disk, where := powerfs.Start(t, "")
	store := openAt(t, Embedded{Dir: filepath.Join(where, "log")})
	log := createLog(t, store)
	if report, err := durable(t, disk); err != nil || report.Head.Sequence != 0 {
		t.Errorf("a log that was made is not on disk: %+v, %v", report, err)
	}
	line := append(bytes.Repeat([]byte("y"), 1_500_000), '\n')
	var head eventstore.Head
	for range 18 {
		var err error
		if head, err = log.Append(t.Context(), head, eventstore.Commit{Events: [][]byte{line}}); err != nil {
			t.Fatal(err)
		}
		if report, err := durable(t, disk); err != nil || report.Head != head {
			t.Fatalf("%+v is acknowledged, and on disk is %+v: %v", head, report.Head, err)
		}
	}
	if _, err := os.Stat(filepath.Join(where, "log", "jetstream", "FRAMDRIFT", "streams", streamName(region), blockName(3))); err != nil {
		t.Errorf("it took too few blocks: %v", err)
	}
}

// A program that was killed had written, and not yet synced.
func TestSyncPutsALogOnDiskWithEveryName(t *testing.T) {
	dir := t.TempDir()
	store := openAt(t, Embedded{Dir: dir})
	head := fill(t, createLog(t, store), eventstore.Head{}, 5)
	closeStore(t, store)
	disk, where := powerfs.Start(t, "")
	to := filepath.Join(where, "log")
	must(t, os.CopyFS(to, os.DirFS(dir)))
	for _, name := range []string{metaFile, sumFile} { // the server syncs these
		must(t, syncFile(inStream(to, name)))
	}
	if _, err := durable(t, disk); err == nil {
		t.Error("it is on disk before it is synced")
	}
	must(t, Sync(to, region))
	if report, err := durable(t, disk); err != nil || report.Head != head {
		t.Errorf("on disk is %+v: %v", report, err)
	}
}

func TestANameThatCannotBeSyncedIsNotAcknowledged(t *testing.T) {
	disk, where := powerfs.Start(t, "")
	store := openAt(t, Embedded{Dir: filepath.Join(where, "log")})
	log := createLog(t, store)
	disk.Fail(func(c powerfs.Call) syscall.Errno {
		if c.Op == "fsync" && filepath.Base(c.Path) == "msgs" {
			return syscall.EIO
		}
		return 0
	})
	for range 2 {
		head, err := log.Append(t.Context(), eventstore.Head{}, event(1))
		if !errors.Is(err, eventstore.ErrFailed) {
			t.Errorf("%+v: %v", head, err)
		}
	}
	disk.Fail(nil)
}
