package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
)

// A system is what the operating system is asked.
type system struct {
	owner      func(info fs.FileInfo) (owner, bool)
	me         func() (id string)
	name       func(id string) string
	fileSystem func(path string) (fileSystem, error)
	holder     func(path string) string // who holds a lock: "framdrift, 1234"; empty when it cannot be seen
}

// An owner is whose a file is, by the system's id, and on which device it lies.
type owner struct {
	id     string
	device uint64
}

// A fileSystem is a name, and what it is worth when it is asked to sync.
type fileSystem struct {
	name string
	kind kind
}

type kind uint8

const (
	strange kind = iota // nobody can tell
	local
	memory  // gone with the machine
	network // written when somebody else says so
	layered // of a container, and gone with it
)

// directory reports whether there is a directory of ours to look into. One
// that lost the file which says so, and has regions, is.
func (e *examination) directory() bool {
	if err := e.look.Format(); err != nil {
		if errors.Is(err, fs.ErrPermission) {
			err = errNoEntry.With(e.look.Path(), e.me())
		}
		e.wrong(directory, "", err)
		known, _ := e.look.Known()
		return domain.KindOf(err) == domain.NotFound && len(known) > 0
	}
	path, err := filepath.Abs(e.look.Path())
	if err != nil {
		path = e.look.Path()
	}
	e.fine(directory, "", textDirectory, path)
	return true
}

func (e *examination) me() string { return e.system.name(e.system.me()) }

// access looks at who may come to the directory, and whether all of it is one
// user's and on one disk.
func (e *examination) access() {
	root, err := filepath.EvalSymlinks(e.look.Path())
	if err != nil {
		e.wrong(access, "", err)
		return
	}
	info, err := os.Stat(root)
	if err != nil {
		e.wrong(access, "", err)
		return
	}
	mine, ok := e.system.owner(info)
	mode := fmt.Sprintf("%04o", info.Mode().Perm())
	switch {
	case !ok:
		e.unknown(access, "", textOwnerUnseen, root)
		return
	case info.Mode().Perm()&^0o700 != 0:
		err = errOpen.With(root, mode)
	case mine.id != e.system.me():
		err = errOwner.With(root, e.system.name(mine.id), e.me())
	default:
		err = e.same(root, mine)
	}
	if err != nil {
		e.wrong(access, "", err)
		return
	}
	e.fine(access, "", textAccess, e.system.name(mine.id), mode)
}

// same looks for what lies in the directory and is somebody else's, or lies on
// another disk.
func (e *examination) same(root string, mine owner) error {
	return filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // it went away while we looked
		}
		if err != nil {
			return errNoEntry.With(path, e.me())
		}
		info, err := entry.Info()
		if err != nil {
			return nil //nolint:nilerr // as above
		}
		switch theirs, ok := e.system.owner(info); {
		case !ok:
		case theirs.id != mine.id:
			return errOwner.With(path, e.system.name(theirs.id), e.system.name(mine.id))
		case theirs.device != mine.device:
			return errOtherDisk.With(path, root)
		}
		return nil
	})
}

// disk looks at the file system and the room on it.
func (e *examination) disk() {
	path := e.look.Path()
	found, err := e.system.fileSystem(path)
	switch {
	case err != nil:
		e.unknown(fileSystemName, "", textFileSystemUnseen)
	case found.kind == local:
		e.fine(fileSystemName, "", textFileSystem, found.name)
	case found.kind == strange:
		e.unknown(fileSystemName, "", textFileSystemStrange, found.name)
	default:
		rules := map[kind]domain.Rule{memory: errMemory, network: errNetwork, layered: errLayered}
		e.wrong(fileSystemName, "", rules[found.kind].With(path, found.name))
	}
	s, least, err := e.look.Space()
	switch {
	case err != nil:
		e.unknown(space, "", textSpaceUnseen)
	case s.Room() != nil:
		e.wrong(space, "", s.Room())
	default:
		e.fine(space, "", textSpace, size(s.Free), size(s.Total), size(least))
	}
}

// size is a number of bytes as people read it.
func size(n uint64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f kB", float64(n)/1e3)
}

// lock says who has the directory open, and keeps others from it while it is
// looked at.
func (e *examination) lock() {
	who := e.system.holder(e.look.LockPath())
	err := e.look.Hold()
	switch {
	case e.look.Running():
		e.free = true
		e.fine(lock, "", textServes, os.Getpid())
	case err == nil:
		e.free = true
		e.fine(lock, "", textFree)
	case who == "":
		e.wrong(lock, "", err)
	default:
		e.wrong(lock, "", errHeld.With(e.look.Path(), who))
	}
}

// vault looks at the keys of texts, where they lie.
func (e *examination) vault(ctx context.Context) {
	n, err := e.look.Keys(ctx)
	if err != nil {
		e.wrong(vault, "", err)
		return
	}
	e.fine(vault, "", textKeys, n)
}

// zone looks whether days begin and end as they do in Norway, summer and winter.
func (e *examination) zone() {
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err == nil {
		for month, hours := range map[time.Month]int{time.January: 1, time.July: 2} {
			if _, east := time.Date(2024, month, 1, 12, 0, 0, 0, oslo).Zone(); east != hours*3600 {
				err = errZone.With(month, east)
			}
		}
	}
	if err != nil {
		e.wrong(zone, "", err)
		return
	}
	e.fine(zone, "", textZone, e.look.Now().In(oslo).Format("2006-01-02 15:04:05 -07:00"))
}

// sync says, once, what nobody can see from here.
func (e *examination) sync() {
	if hosts := e.look.NATS().Hosts(); strings.TrimSpace(hosts) != "" {
		e.unknown(syncing, "", textSyncThere, hosts)
		return
	}
	e.unknown(syncing, "", textSyncHere)
}
