package jetstream

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// The server deletes the directory of a stream that it cannot open at a start,
// whatever the reason: a read that failed once, a quota, too few files that may
// be open (server/stream.go, setupStore). A block whose size it is not told it
// takes for empty, and deletes (server/filestore.go, loadBlock). So before it
// starts, every file of every stream gets a second name,
//
//	jetstream/FRAMDRIFT/streams/FRAMDRIFT_fosen/msgs/1.blk
//	spare/FRAMDRIFT_fosen/msgs/1.blk
//
// until somebody has looked at what the server opened (Checked). If nobody has
// when the store is closed, what is gone is put back.

// ErrNotOpened is a server that could not open a log when it started. The log
// was put back as it was.
var ErrNotOpened = errors.New("jetstream: the server could not open a log, which was put back as it was")

func sparePath(dir string) string { return filepath.Join(dir, "spare") }

// Checked says that the logs have been found to be as they were before the
// store was opened: from now on the server takes nothing away. Errors are those
// of the file system, and then the next Close or OpenEmbedded tidies up.
func (s *Store) Checked() error {
	if s.dir == "" {
		return nil
	}
	if err := removeSpare(sparePath(s.dir)); err != nil {
		return fmt.Errorf("jetstream: taking away the second name of the log: %w", err)
	}
	return nil
}

// Found is Checked for one log.
func (s *Store) Found(region string) error {
	if s.dir == "" {
		return nil
	}
	if err := removeSpare(filepath.Join(sparePath(s.dir), streamName(region))); err != nil {
		return fmt.Errorf("jetstream: taking away the second name of the log of %s: %w", region, err)
	}
	return nil
}

// makeSpare gives every file of every log in the server's directory its
// second name. A file system that knows no second names is ErrUnsupported, and
// nothing is left then.
func makeSpare(dir string) error {
	if err := PutBack(dir); err != nil {
		return err
	}
	err := eachFile(streamsPath(dir), sparePath(dir), func(from, to string) error {
		if strings.HasPrefix(from, filepath.Join(streamsPath(dir), vaultStreamName)) { // what is erased there must be gone
			return nil
		}
		return os.Link(from, to)
	})
	if err == nil {
		return nil
	}
	if errors.Is(err, fs.ErrPermission) { // what Linux says of FAT
		err = fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return errors.Join(fmt.Errorf("jetstream: giving the log a second name: %w", err), removeSpare(sparePath(dir)))
}

// PutBack gives files of streams that the server took away their name again,
// if a start was cut off or came to nothing. It must not be called while a
// server runs on dir, and is called before anybody asks what lies there.
func PutBack(dir string) error {
	spare := sparePath(dir)
	streams, err := os.ReadDir(spare)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range streams {
		for tries := 0; err == nil; tries++ {
			err = putBack(filepath.Join(spare, e.Name()), filepath.Join(streamsPath(dir), e.Name()), dir)
			if !errors.Is(err, fs.ErrNotExist) || tries == maxTries {
				break
			}
			err = nil // the server was about to take away the directories above, which were empty
		}
	}
	if err == nil {
		err = removeSpare(spare)
	}
	if err != nil {
		return fmt.Errorf("jetstream: putting back what the server took away: %w", err)
	}
	return nil
}

// putBack does it for one stream. What the server made meanwhile and wrote
// nothing to goes, and the index becomes what it was: it would hide what the
// server took away.
func putBack(spare, stream, dir string) error {
	index := filepath.Join(stream, indexFile)
	if err := os.Remove(index); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := removeMade(spare, stream); err != nil {
		return err
	}
	found := false
	err := eachFile(spare, stream, func(from, to string) error {
		gone, err := takenAway(from, to)
		if !gone || err != nil {
			return err
		}
		found = found || to != index
		return os.Rename(from, to)
	})
	if err != nil || !found {
		return err
	}
	return syncNames(filepath.Join(stream, "msgs"), dir)
}

// removeMade removes the empty files of a stream that have no second name.
func removeMade(spare, stream string) error {
	return filepath.WalkDir(stream, func(path string, e fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil || info.Size() > 0 {
			return err
		}
		rel, err := filepath.Rel(stream, path)
		if err != nil {
			return err
		}
		if _, err := os.Lstat(filepath.Join(spare, rel)); !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		return os.Remove(path) //nolint:gosec // the directory is ours alone, and locked
	})
}

// takenAway reports whether a file is gone, or the server has made an empty
// block in its place.
func takenAway(spare, file string) (bool, error) {
	there, err := os.Lstat(file)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	was, wasErr := os.Lstat(spare)
	if err := errors.Join(err, wasErr); err != nil {
		return false, err
	}
	return there.Size() == 0 && !os.SameFile(there, was), nil
}

// missing is ErrNotOpened when the server that was started has taken a stream
// away: then its settings are gone.
func missing(dir string) error {
	entries, err := os.ReadDir(sparePath(dir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("jetstream: looking for what the server left: %w", err)
	}
	for _, e := range entries {
		_, had := os.Lstat(filepath.Join(sparePath(dir), e.Name(), metaFile))
		_, has := os.Lstat(filepath.Join(streamsPath(dir), e.Name(), metaFile))
		if had == nil && errors.Is(has, fs.ErrNotExist) {
			return fmt.Errorf("%w: %s", ErrNotOpened, e.Name())
		}
	}
	return nil
}

// eachFile makes the directories of one tree in another, and does something
// with every regular file and its place there.
func eachFile(from, to string, do func(from, to string) error) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if path == from && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
			return fs.SkipAll
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		there := filepath.Join(to, rel)
		switch {
		case e.IsDir():
			info, err := e.Info()
			if err != nil {
				return err
			}
			return os.MkdirAll(there, info.Mode().Perm())
		case e.Type().IsRegular():
			return do(path, there)
		}
		return nil
	})
}

// removeSpare is os.RemoveAll with one directory open at a time: it must do
// where files are scarce.
func removeSpare(spare string) error {
	var all []string
	err := filepath.WalkDir(spare, func(path string, _ fs.DirEntry, err error) error {
		all = append(all, path)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, path := range slices.Backward(all) {
		if err == nil {
			err = os.Remove(path)
		}
	}
	return err
}
