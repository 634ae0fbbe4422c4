//go:build powercut && linux

package powerfs

import (
	"cmp"
	"maps"
	"slices"
	"syscall"

	"github.com/hanwen/go-fuse/v2/fuse"
)

// What the kernel asks for. Every method takes the lock, asks whether the call
// is to fail, and does what the call says.

// allowed is called with mu held.
func (d *Disk) allowed(c Call) fuse.Status {
	if d.left == 0 {
		close(d.dark)
	}
	if d.left--; d.left < 0 {
		return fuse.EIO
	}
	if d.fail != nil {
		return fuse.Status(d.fail(c))
	}
	return fuse.OK
}

// begin gives the node of a call; with mu held.
func (d *Disk) begin(op string, id uint64) (*node, fuse.Status) {
	n := d.nodes[id]
	if n == nil {
		return nil, fuse.ENOENT
	}
	return n, d.allowed(Call{Op: op, Path: n.path()})
}

// beginIn gives the directory of a call and what lies at the name in it, or
// nil; with mu held.
func (d *Disk) beginIn(op string, dir uint64, name string) (parent, child *node, _ fuse.Status) {
	parent = d.nodes[dir]
	if parent == nil || !parent.isDir() {
		return nil, nil, fuse.ENOTDIR
	}
	return parent, parent.entries[name], d.allowed(Call{Op: op, Path: parent.path() + "/" + name})
}

func (d *Disk) attr(n *node, out *fuse.Attr) {
	*out = fuse.Attr{Ino: n.id, Mode: n.mode, Size: uint64(len(n.data)), Blksize: 4096, Nlink: 1}
	out.Blocks = (out.Size + sector - 1) / sector
	out.Owner = *fuse.CurrentOwner()
	out.SetTimes(&n.mtime, &n.mtime, &n.mtime)
}

func (d *Disk) entry(n *node, out *fuse.EntryOut) {
	out.NodeId = n.id
	d.attr(n, &out.Attr)
}

// handle numbers an open file or directory; with mu held.
func (d *Disk) handle(out *fuse.OpenOut, flags uint32) {
	d.last++
	out.Fh, out.OpenFlags = d.last, flags
}

// StatFs says that there is room, whatever Room says.
func (d *Disk) StatFs(_ <-chan struct{}, _ *fuse.InHeader, out *fuse.StatfsOut) fuse.Status {
	const blocks = 1 << 28 // of 4096 bytes
	*out = fuse.StatfsOut{Blocks: blocks, Bfree: blocks / 2, Bavail: blocks / 2, Files: blocks, Ffree: blocks, Bsize: 4096, Frsize: 4096, NameLen: 255}
	return fuse.OK
}

// Access lets everybody do everything.
func (d *Disk) Access(<-chan struct{}, *fuse.AccessIn) fuse.Status { return fuse.OK }

// Lookup finds a name.
func (d *Disk) Lookup(_ <-chan struct{}, in *fuse.InHeader, name string, out *fuse.EntryOut) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, child, status := d.beginIn("lookup", in.NodeId, name)
	if status == fuse.OK && child == nil {
		return fuse.ENOENT
	}
	if status == fuse.OK {
		d.entry(child, out)
	}
	return status
}

// GetAttr is stat.
func (d *Disk) GetAttr(_ <-chan struct{}, in *fuse.GetAttrIn, out *fuse.AttrOut) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, status := d.begin("getattr", in.NodeId)
	if status == fuse.OK {
		d.attr(n, &out.Attr)
	}
	return status
}

// SetAttr is truncate and chmod; times and owners are taken and forgotten.
func (d *Disk) SetAttr(_ <-chan struct{}, in *fuse.SetAttrIn, out *fuse.AttrOut) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, status := d.begin("resize", in.NodeId)
	if status != fuse.OK {
		return status
	}
	if size, ok := in.GetSize(); ok {
		n.resize(int(size))
	}
	if perm, ok := in.GetMode(); ok {
		n.mode = n.mode&syscall.S_IFMT | perm&0o7777
	}
	d.attr(n, &out.Attr)
	return fuse.OK
}

// Mkdir makes a directory.
func (d *Disk) Mkdir(_ <-chan struct{}, in *fuse.MkdirIn, name string, out *fuse.EntryOut) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	parent, child, status := d.beginIn("mkdir", in.NodeId, name)
	if status == fuse.OK && child != nil {
		return fuse.Status(syscall.EEXIST)
	}
	if status == fuse.OK {
		n := d.make(syscall.S_IFDIR | in.Mode&0o7777)
		parent.put(change{name, n})
		d.entry(n, out)
	}
	return status
}

// Create makes a file and opens it.
func (d *Disk) Create(_ <-chan struct{}, in *fuse.CreateIn, name string, out *fuse.CreateOut) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	parent, child, status := d.beginIn("create", in.NodeId, name)
	if status == fuse.OK && child != nil {
		return fuse.Status(syscall.EEXIST)
	}
	if status == fuse.OK {
		n := d.make(syscall.S_IFREG | in.Mode&0o7777)
		parent.put(change{name, n})
		d.entry(n, &out.EntryOut)
		d.handle(&out.OpenOut, fuse.FOPEN_DIRECT_IO)
	}
	return status
}

// Open opens a file. The kernel keeps nothing of it.
func (d *Disk) Open(_ <-chan struct{}, in *fuse.OpenIn, out *fuse.OpenOut) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, status := d.begin("open", in.NodeId)
	if status != fuse.OK {
		return status
	}
	if in.Flags&syscall.O_TRUNC != 0 {
		n.resize(0)
	}
	d.handle(out, fuse.FOPEN_DIRECT_IO)
	return fuse.OK
}

// Flush is close, which syncs nothing.
func (d *Disk) Flush(<-chan struct{}, *fuse.FlushIn) fuse.Status { return fuse.OK }

// Read reads.
func (d *Disk) Read(_ <-chan struct{}, in *fuse.ReadIn, buf []byte) (fuse.ReadResult, fuse.Status) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := d.nodes[in.NodeId]
	if status := d.allowed(Call{"read", n.path(), int64(in.Offset), len(buf)}); status != fuse.OK {
		return nil, status
	}
	begin := min(int(in.Offset), len(n.data))
	return fuse.ReadResultData(buf[:copy(buf, n.data[begin:])]), fuse.OK
}

// Write writes, as far as there is room.
func (d *Disk) Write(_ <-chan struct{}, in *fuse.WriteIn, data []byte) (uint32, fuse.Status) {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, at := d.nodes[in.NodeId], int(in.Offset)
	if status := d.allowed(Call{"write", n.path(), int64(at), len(data)}); status != fuse.OK {
		return 0, status
	}
	if more := at + len(data) - len(n.data); more > d.room {
		data = data[:max(0, len(data)-(more-d.room))]
		if len(data) == 0 {
			return 0, fuse.Status(syscall.ENOSPC)
		}
	}
	d.room -= max(0, at+len(data)-len(n.data))
	n.write(data, at)
	if in.Flags&syscall.O_SYNC == syscall.O_SYNC || in.Flags&syscall.O_DSYNC != 0 {
		n.sync()
	}
	return uint32(len(data)), fuse.OK
}

// Fsync puts a file on the disk.
func (d *Disk) Fsync(_ <-chan struct{}, in *fuse.FsyncIn) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, status := d.begin("fsync", in.NodeId)
	if status == fuse.OK {
		n.sync()
	}
	return status
}

// FsyncDir puts the entries of a directory on the disk.
func (d *Disk) FsyncDir(cancel <-chan struct{}, in *fuse.FsyncIn) fuse.Status {
	return d.Fsync(cancel, in)
}

// Unlink takes the name of a file away.
func (d *Disk) Unlink(_ <-chan struct{}, in *fuse.InHeader, name string) fuse.Status {
	return d.remove("unlink", in.NodeId, name)
}

// Rmdir takes an empty directory away.
func (d *Disk) Rmdir(_ <-chan struct{}, in *fuse.InHeader, name string) fuse.Status {
	return d.remove("rmdir", in.NodeId, name)
}

func (d *Disk) remove(op string, dir uint64, name string) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	parent, child, status := d.beginIn(op, dir, name)
	switch {
	case status != fuse.OK:
		return status
	case child == nil:
		return fuse.ENOENT
	case len(child.entries) > 0:
		return fuse.Status(syscall.ENOTEMPTY)
	}
	parent.put(change{name, nil})
	return fuse.OK
}

// Link gives a file another name.
func (d *Disk) Link(_ <-chan struct{}, in *fuse.LinkIn, name string, out *fuse.EntryOut) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	parent, there, status := d.beginIn("link", in.NodeId, name)
	n := d.nodes[in.Oldnodeid]
	switch {
	case status != fuse.OK:
		return status
	case there != nil:
		return fuse.Status(syscall.EEXIST)
	case n == nil || n.isDir():
		return fuse.EPERM
	}
	parent.put(change{name, n})
	d.entry(n, out)
	return fuse.OK
}

// Rename moves a name, over what lies there. Between two directories it is two
// changes, of which a cut may leave one.
func (d *Disk) Rename(_ <-chan struct{}, in *fuse.RenameIn, from, to string) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	parent, child, status := d.beginIn("rename", in.NodeId, from)
	target := d.nodes[in.Newdir]
	switch {
	case status != fuse.OK:
		return status
	case in.Flags != 0:
		return fuse.EINVAL
	case child == nil || target == nil:
		return fuse.ENOENT
	case target.entries[to] != nil && len(target.entries[to].entries) > 0:
		return fuse.Status(syscall.ENOTEMPTY)
	}
	if target == parent {
		parent.put(change{from, nil}, change{to, child})
		return fuse.OK
	}
	parent.put(change{from, nil})
	target.put(change{to, child})
	return fuse.OK
}

// OpenDir notes what a directory holds.
func (d *Disk) OpenDir(_ <-chan struct{}, in *fuse.OpenIn, out *fuse.OpenOut) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	n, status := d.begin("readdir", in.NodeId)
	if status != fuse.OK {
		return status
	}
	d.handle(out, 0)
	for _, name := range slices.SortedFunc(maps.Keys(n.entries), cmp.Compare[string]) {
		child := n.entries[name]
		d.listing[out.Fh] = append(d.listing[out.Fh], fuse.DirEntry{Name: name, Mode: child.mode, Ino: child.id})
	}
	return fuse.OK
}

// ReadDir lists what OpenDir noted.
func (d *Disk) ReadDir(_ <-chan struct{}, in *fuse.ReadIn, out *fuse.DirEntryList) fuse.Status {
	d.mu.Lock()
	defer d.mu.Unlock()
	for all := d.listing[in.Fh]; int(in.Offset) < len(all) && out.AddDirEntry(all[in.Offset]); in.Offset++ {
	}
	return fuse.OK
}

// ReleaseDir forgets what OpenDir noted.
func (d *Disk) ReleaseDir(in *fuse.ReleaseIn) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.listing, in.Fh)
}
