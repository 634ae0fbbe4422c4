package vault

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

const (
	newSuffix = ".new" // a file that is being written
	oldSuffix = ".old" // one that another has taken the place of, and that is to be overwritten
)

// private refuses a file or directory with more permissions than it may have.
func private(path string, most fs.FileMode) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("vault: looking at its permissions: %w", err)
	}
	if has := info.Mode().Perm(); has&^most != 0 {
		return fmt.Errorf("%w: %s has mode %04o and may have at most %04o", ErrOpenToOthers, path, has, most)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// writeSynced writes a new file, for us alone, that is on disk when it returns.
func writeSynced(path string, content io.Reader) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	return errors.Join(err, file.Sync(), file.Close())
}

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// swap puts path.new in the place of path, and overwrites what path held. At
// every moment path is one of them, whole; finish does what a crash left.
func swap(path string) error {
	if err := os.Link(path, path+oldSuffix); err != nil {
		return err
	}
	if err := os.Rename(path+newSuffix, path); err != nil {
		return err
	}
	return errors.Join(syncDir(filepath.Dir(path)), finish(path))
}

// finish overwrites and removes what a swap, or the writing of path.new, left
// beside path.
func finish(path string) error {
	if !exists(path + oldSuffix) {
		return wipe(path + newSuffix)
	}
	old, err := os.Stat(path + oldSuffix)
	if err != nil {
		return err
	}
	if now, err := os.Stat(path); err == nil && os.SameFile(old, now) { // cut off before the rename
		return errors.Join(os.Remove(path+oldSuffix), wipe(path+newSuffix))
	}
	return wipe(path + oldSuffix)
}

// wipe overwrites a file with zeros, to the disk, and removes it. One that is
// not there needs nothing.
func wipe(path string) error {
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	info, err := file.Stat()
	if err == nil {
		_, err = io.CopyN(file, zeros{}, info.Size())
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return errors.Join(os.Remove(path), syncDir(filepath.Dir(path)))
}

// zeros is an endless reader of them.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}
