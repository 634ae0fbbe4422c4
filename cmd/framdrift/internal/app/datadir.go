package app

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/gofrs/flock"

	"github.com/fosenregionen/framdrift/domain"
)

// A data directory holds
//
//	format            "framdrift 1\n": what wrote it; a newer one is refused
//	lock              held by the one process that has it open
//	socket            where a running serve takes commands
//	regions/fosen     a file for each region whose log ought to be here, and how
//	                  far it had come (mark.go); fosen.restoring until a restore
//	                  has come to its end
//	jetstream/        the log, kept by the embedded server
//	vault/            keys of texts and names of people; elsewhere with a log on servers
//	master.key        what they are encrypted under, if nobody says where it lies
//	seal/             what each log is signed with, and how it last was (package notary)
//	segments/fosen/   each log once more, in files that can be verified (package segment)
//
// and belongs to one operating-system user: 0700.
type dataDir struct {
	path string
	held *flock.Flock
	made bool // the lock was not there before
}

const format = "framdrift 1\n"

// SocketPath is where a running serve on the directory takes commands.
func SocketPath(dir string) string { return filepath.Join(dir, "socket") }

func newDataDir(path string) *dataDir {
	return &dataDir{path: path, held: flock.New(filepath.Join(path, "lock"), flock.SetPermissions(0o600))}
}

func (d *dataDir) file(parts ...string) string {
	return filepath.Join(append([]string{d.path}, parts...)...)
}

func (d *dataDir) log() string   { return d.file("jetstream") }
func (d *dataDir) vault() string { return d.file("vault") }
func (d *dataDir) seal() string  { return d.file("seal") }

func (d *dataDir) segments(id domain.RegionID) string { return d.file("segments", string(id)) }

// holdsKeys reports whether the keys of texts are where the vault keeps them.
func (d *dataDir) holdsKeys() bool { return there(d.file("vault", "keys")) }

func (d *dataDir) exists() bool { return there(d.file("format")) }

// there reports whether something is, or may be, at a path: what the disk does
// not let us look at is not gone.
func there(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR)
}

// make lays out an empty directory. It refuses one that holds something else.
func (d *dataDir) make() error {
	if d.exists() {
		return nil
	}
	if info, err := os.Stat(d.path); err == nil && !info.IsDir() {
		return errNotDirectory.With(d.path)
	}
	there, err := os.ReadDir(d.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("app: looking into the data directory: %w", err)
	}
	for _, e := range there {
		if e.Name() != "format"+unfinished {
			return errNotEmpty.With(d.path)
		}
	}
	if err := makeSynced(d.path); err != nil {
		return fmt.Errorf("app: making the data directory: %w", err)
	}
	return writeSynced(d.file("format"), format)
}

// lock takes the directory, or says errInUse; then it reads what wrote it.
func (d *dataDir) lock() error {
	for held := false; !held; held = d.holdsLock() {
		_, err := os.Lstat(d.held.Path())
		d.made = errors.Is(err, fs.ErrNotExist)
		ok, err := d.held.TryLock()
		if err != nil {
			return fmt.Errorf("app: locking the data directory: %w", err)
		}
		if !ok {
			return errInUse.With(d.path)
		}
	}
	wrote, err := os.ReadFile(d.file("format"))
	if err == nil && string(wrote) != format {
		err = errFormat.With(d.path, strings.TrimSpace(string(wrote)))
	}
	if err != nil {
		return errors.Join(err, d.abandon())
	}
	return nil
}

// explain is errReadOnlyDir for what went wrong because nobody may write there.
func (d *dataDir) explain(err error) error {
	if errors.Is(err, syscall.EROFS) {
		return errReadOnlyDir.Because(err, d.path)
	}
	return err
}

// holdsLock reports whether the file that is locked is the one in the
// directory; if not, another start has taken it away, and it is let go.
func (d *dataDir) holdsLock() bool {
	there, err := os.Stat(d.held.Path())
	mine, errMine := d.held.Stat()
	if err == nil && errMine == nil && os.SameFile(there, mine) {
		return true
	}
	_ = d.held.Unlock() // it guards nothing
	return false
}

func (d *dataDir) unlock() error { return d.held.Unlock() }

// abandon is unlock for a start that came to nothing: it takes away the lock
// that it made, so that the directory is as it was.
func (d *dataDir) abandon() error {
	if !d.made {
		return d.unlock()
	}
	return errors.Join(os.Remove(d.held.Path()), d.unlock())
}

// regions lists the regions whose logs ought to be here.
func (d *dataDir) regions() ([]domain.RegionID, error) {
	entries, err := os.ReadDir(d.file("regions"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("app: listing the regions: %w", err)
	}
	var ids []domain.RegionID
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), unfinished) || strings.HasSuffix(e.Name(), halfRestored) {
			continue // an init was cut off here, and was not acknowledged; or a restore
		}
		id := domain.RegionID(e.Name())
		if err := domain.CheckID(id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// remember notes that the region's log ought to be here from now on.
func (d *dataDir) remember(id domain.RegionID) error {
	path := d.file("regions", string(id))
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	if err := os.MkdirAll(d.file("regions"), 0o700); err != nil {
		return fmt.Errorf("app: noting the region: %w", err)
	}
	return errors.Join(writeSynced(path, ""), syncDir(d.path))
}

// halfRestored ends the name of the file of a region whose log is not whole.
const halfRestored = ".restoring"

// restoring reports whether a restore of the region's log has begun and not
// come to its end.
func (d *dataDir) restoring(id domain.RegionID) bool {
	_, err := os.Stat(d.file("regions", string(id)+halfRestored))
	return err == nil
}

// halves lists the regions whose restores have not come to their ends.
func (d *dataDir) halves() []domain.RegionID {
	var ids []domain.RegionID
	entries, _ := os.ReadDir(d.file("regions")) // a directory that is not there holds none
	for _, e := range entries {
		if half, ok := strings.CutSuffix(e.Name(), halfRestored); ok {
			ids = append(ids, domain.RegionID(half))
		}
	}
	return ids
}

// orRestoring is err, why there is no such region, unless it is that the
// region's log is not whole. No id asks for any.
func (d *dataDir) orRestoring(id domain.RegionID, err error) error {
	for _, half := range d.halves() {
		if half == id || id == "" && errNoRegion.Breaks(err) {
			return errRestoring.With(half)
		}
	}
	return err
}

func (d *dataDir) beginRestoring(id domain.RegionID) error {
	if err := os.MkdirAll(d.file("regions"), 0o700); err != nil {
		return fmt.Errorf("app: noting the region: %w", err)
	}
	return errors.Join(writeSynced(d.file("regions", string(id)+halfRestored), ""), syncDir(d.path))
}

// endRestoring is remember for a log that has been restored.
func (d *dataDir) endRestoring(id domain.RegionID) error {
	path := d.file("regions", string(id))
	if err := os.Rename(path+halfRestored, path); err != nil {
		return fmt.Errorf("app: noting the region: %w", err)
	}
	return syncDir(d.file("regions"))
}

// unfinished ends the name of a file that is being written.
const unfinished = ".tmp"

// writeSynced makes a file that is there whole or not at all, and on disk,
// name and all, when it returns.
func writeSynced(path, content string) error {
	f, err := os.OpenFile(path+unfinished, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("app: %w", err)
	}
	_, err = f.WriteString(content)
	if err = errors.Join(err, f.Sync(), f.Close()); err == nil {
		err = os.Rename(path+unfinished, path)
	}
	if err != nil {
		return fmt.Errorf("app: writing %s: %w", path, err)
	}
	return syncDir(filepath.Dir(path))
}

// makeSynced makes a directory and those above it, and they have their names
// on disk when it returns.
func makeSynced(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	above := filepath.Dir(filepath.Clean(path))
	if err := makeSynced(above); err != nil {
		return err
	}
	if err := os.Mkdir(path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	return syncDir(above)
}

func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("app: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("app: syncing %s: %w", path, err)
	}
	return nil
}

// Stamp is a fingerprint of what a data directory's log looks like from
// outside: another one says that somebody may have written, or that a serve
// has come or gone.
func Stamp(dir string) string {
	stamp := fnv.New64a()
	d := newDataDir(dir)
	for _, root := range []string{d.log(), SocketPath(dir)} {
		_ = filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
			if err != nil {
				return nil //nolint:nilerr // what goes away while we look is a change too
			}
			if info, err := e.Info(); err == nil {
				fmt.Fprintln(stamp, path, info.Size(), info.ModTime().UnixNano())
			}
			return nil
		})
	}
	return strconv.FormatUint(stamp.Sum64(), 16)
}
