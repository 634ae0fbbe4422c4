package jetstream

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
)

// The server syncs each record that it writes, but not the directory in which
// it made a new block, nor those above a new stream (server/filestore.go,
// newMsgBlockForWrite and newFileStoreWithCreated). A file that has been synced
// may then be without a name after a power cut: ext4, xfs and btrfs put the
// name on disk with the file, and POSIX does not promise it. So names are
// synced here, before anything that lies under them is acknowledged.

// names knows which blocks of a log have their names on disk.
type names struct {
	dir string // the blocks'; empty when they lie on a server elsewhere

	mu   sync.Mutex // guards the rest
	last int        // the number of the last that has; 0: nobody has asked
}

// keep syncs the names of blocks that the server has made since it was last
// asked. It makes one after the other.
func (n *names) keep() error {
	if n.dir == "" {
		return nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.last > 0 {
		_, err := os.Lstat(filepath.Join(n.dir, fmt.Sprintf("%d.blk", n.last+1)))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	last, err := lastBlock(n.dir)
	if err == nil {
		err = syncDir(n.dir)
	}
	if err == nil {
		n.last = last
	}
	return err
}

// Sync puts on disk what a program that was killed may have left with the
// operating system: the last block of a region's log, and the names of its
// files and directories. It is called for a log that is longer than it was
// known to be, before anybody is told so.
func Sync(dir, region string) error {
	messages := filepath.Join(streamPath(dir, region), "msgs")
	last, err := lastBlock(messages)
	if err == nil && last > 0 {
		err = syncFile(filepath.Join(messages, fmt.Sprintf("%d.blk", last)))
	}
	if err == nil {
		err = syncNames(messages, filepath.Dir(dir))
	}
	if err != nil {
		return fmt.Errorf("jetstream: syncing the log of %s: %w", region, err)
	}
	return nil
}

// lastBlock is the highest number of a block in a directory; 0 when there is none.
func lastBlock(dir string) (int, error) {
	entries, err := os.ReadDir(dir)
	last := 0
	for _, e := range entries {
		digits, ok := strings.CutSuffix(e.Name(), ".blk")
		if index, err := strconv.Atoi(digits); ok && err == nil {
			last = max(last, index)
		}
	}
	return last, err
}

// syncNames puts the names in a directory on disk, and those in the ones above
// it, up to the last.
func syncNames(dir, last string) error {
	for ; ; dir = filepath.Dir(dir) {
		if err := syncDir(dir); err != nil || dir == last || dir == filepath.Dir(dir) {
			return err
		}
	}
}

func syncDir(dir string) error { return syncOpened(os.Open(dir)) }

func syncFile(path string) error { return syncOpened(os.OpenFile(path, os.O_RDWR, 0)) }

func syncOpened(f *os.File, err error) error {
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
