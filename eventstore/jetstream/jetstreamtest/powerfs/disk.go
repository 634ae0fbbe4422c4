//go:build powercut && linux

package powerfs

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/hanwen/go-fuse/v2/fuse"
)

// A Call is one call that a program made.
type Call struct {
	Op     string // create, fsync, getattr, link, lookup, mkdir, open, read, readdir, rename, resize, rmdir, unlink, write
	Path   string // below the mount, with a slash before each part; of a rename the old one
	Offset int64  // of a read or a write
	Size   int    // likewise
}

// A Disk is a mounted file system. All methods may be used at the same time,
// but Save and Unmount not while somebody else does either.
type Disk struct {
	fuse.RawFileSystem // answers what is not here with «not implemented»

	server *fuse.Server
	where  string

	mu      sync.Mutex // guards the rest, and every node
	nodes   map[uint64]*node
	listing map[uint64][]fuse.DirEntry // by the handle of an open directory
	last    uint64                     // the last number given to a node or a handle
	fail    func(Call) syscall.Errno
	room    int
	left    int           // calls until the cut
	dark    chan struct{} // closed by it
}

// Mount mounts a disk that holds what the directory content does, or nothing
// when it is empty.
func Mount(where, content string) (*Disk, error) {
	d := &Disk{
		RawFileSystem: fuse.NewDefaultRawFileSystem(), where: where,
		nodes: map[uint64]*node{}, listing: map[uint64][]fuse.DirEntry{}, room: math.MaxInt, left: math.MaxInt,
	}
	root := d.make(syscall.S_IFDIR | 0o700)
	if content != "" {
		if err := d.load(root, content); err != nil {
			return nil, fmt.Errorf("powerfs: loading %s: %w", content, err)
		}
	}
	server, err := fuse.NewServer(d, where, &fuse.MountOptions{
		DirectMountStrict: true, FsName: "powerfs", Name: "powerfs",
		MaxWrite: 1 << 20, DisableReadDirPlus: true, DisableXAttrs: true, DisableSplice: true,
	})
	if err != nil {
		return nil, fmt.Errorf("powerfs: mounting at %s, which takes root and /dev/fuse: %w", where, err)
	}
	d.server = server
	go server.Serve()
	if err := server.WaitMount(); err != nil {
		return nil, fmt.Errorf("powerfs: mounting at %s: %w", where, err)
	}
	return d, nil
}

// Start mounts a disk until the test ends, when whoever used it must have let
// go, and gives the directory.
func Start(t testing.TB, content string) (*Disk, string) {
	t.Helper()
	where := t.TempDir()
	d, err := Mount(where, content)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Unmount(); err != nil {
			t.Error(err)
		}
	})
	return d, where
}

// make is called with mu held, or before anybody else knows the disk.
func (d *Disk) make(mode uint32) *node {
	d.last++
	n := &node{id: d.last, mode: mode, mtime: time.Now()}
	if n.isDir() {
		n.entries, n.names = map[string]*node{}, map[string]*node{}
	}
	d.nodes[n.id] = n
	return n
}

func (d *Disk) load(into *node, from string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return err
		}
		path, perm := filepath.Join(from, e.Name()), uint32(info.Mode().Perm())
		var n *node
		switch {
		case info.IsDir():
			n = d.make(syscall.S_IFDIR | perm)
			into.put(change{e.Name(), n})
			err = d.load(n, path)
		case info.Mode().IsRegular():
			n = d.make(syscall.S_IFREG | perm)
			into.put(change{e.Name(), n})
			n.data, err = os.ReadFile(path)
		default:
			err = fmt.Errorf("%s is neither a file nor a directory", path)
		}
		if err != nil {
			return err
		}
		n.sync()
	}
	into.sync()
	return nil
}

// Cut cuts the power after so many more calls: each later one gets EIO and does
// nothing. The channel is closed by the first of them.
func (d *Disk) Cut(after int) <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.left, d.dark = after, make(chan struct{})
	return d.dark
}

// Mend ends a cut as if the power had not gone: calls see what they saw. So a
// program that is killed in between was killed at one certain call.
func (d *Disk) Mend() { d.Cut(math.MaxInt) }

// Fail lets fail answer calls in the disk's place, when it gives another
// errno than 0. It must not use the disk. Nil ends it.
func (d *Disk) Fail(fail func(Call) syscall.Errno) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail = fail
}

// Room sets how many bytes files may grow from now on.
func (d *Disk) Room(bytes int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.room = bytes
}

// Save writes into a new directory what a cut at this moment would have left;
// see the package for r.
func (d *Disk) Save(to string, r *rand.Rand) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.save(d.nodes[fuse.FUSE_ROOT_ID], to, r); err != nil {
		return fmt.Errorf("powerfs: saving: %w", err)
	}
	return nil
}

func (d *Disk) save(n *node, to string, r *rand.Rand) error {
	perm := fs.FileMode(n.mode).Perm()
	if !n.isDir() {
		return os.WriteFile(to, n.bytes(r), perm)
	}
	if err := os.Mkdir(to, perm); err != nil {
		return err
	}
	for name, child := range n.list(r) {
		if err := d.save(child, filepath.Join(to, name), r); err != nil {
			return err
		}
	}
	return nil
}

// Unmount takes the disk away; whoever used it must have let go.
func (d *Disk) Unmount() error {
	if err := d.server.Unmount(); err != nil {
		return errors.Join(fmt.Errorf("powerfs: unmounting %s: %w", d.where, err), syscall.Unmount(d.where, syscall.MNT_DETACH))
	}
	return nil
}
