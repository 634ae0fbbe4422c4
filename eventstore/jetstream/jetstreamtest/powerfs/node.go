//go:build powercut && linux

package powerfs

import (
	"maps"
	"math/rand/v2"
	"syscall"
	"time"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// A node is a file or a directory, as calls see it and as it is on the disk.
type node struct {
	id     uint64
	mode   uint32 // S_IFREG or S_IFDIR, and the permissions
	mtime  time.Time
	parent *node // where it was last put; nil is the root
	name   string

	// Of a file. Bytes before dirty are the same in both, as far as both go.
	data  []byte
	disk  []byte
	dirty int

	// Of a directory. The steps lead from the entries on the disk to those that
	// calls see; each is there whole or not at all.
	entries map[string]*node
	names   map[string]*node // on the disk
	steps   [][]change
}

// A change puts a node at a name, or, when it is nil, takes the name away.
type change struct {
	name string
	node *node
}

func (n *node) isDir() bool { return n.mode&syscall.S_IFMT == syscall.S_IFDIR }

// write puts bytes into a file; what it skips is zeros.
func (n *node) write(data []byte, at int) {
	n.dirty = min(n.dirty, at, len(n.data))
	n.grow(at + len(data))
	copy(n.data[at:], data)
	n.mtime = time.Now()
}

// resize cuts a file or lengthens it with zeros.
func (n *node) resize(size int) {
	n.dirty = min(n.dirty, size, len(n.data))
	if size < len(n.data) {
		clear(n.data[size:])
		n.data = n.data[:size]
	}
	n.grow(size)
	n.mtime = time.Now()
}

func (n *node) grow(size int) {
	if more := size - len(n.data); more > 0 {
		n.data = append(n.data, make([]byte, more)...)
	}
}

// put changes a directory, in one step.
func (n *node) put(step ...change) {
	for _, c := range step {
		c.do(n.entries)
		if c.node != nil && (c.node.parent == nil || c.node.parent.entries[c.node.name] != c.node) {
			c.node.parent, c.node.name = n, c.name
		}
	}
	n.steps = append(n.steps, step)
	n.mtime = time.Now()
}

func (c change) do(entries map[string]*node) {
	if c.node == nil {
		delete(entries, c.name)
	} else {
		entries[c.name] = c.node
	}
}

// path is where a node lies, or lay before it was removed.
func (n *node) path() string {
	if n.parent == nil {
		return ""
	}
	return n.parent.path() + "/" + n.name
}

// sync puts the file or the directory on the disk.
func (n *node) sync() {
	if n.isDir() {
		n.names, n.steps = maps.Clone(n.entries), nil
		return
	}
	n.disk = append(n.disk[:n.dirty], n.data[n.dirty:]...)
	n.dirty = len(n.data)
}

// bytes is what the disk holds of a file after a cut.
func (n *node) bytes(r *rand.Rand) []byte {
	if r == nil {
		return n.disk
	}
	left := append([]byte(nil), n.disk...)
	if len(n.data) < len(left) && r.IntN(2) == 0 {
		left = left[:len(n.data)]
	}
	first := n.dirty / sector
	written := (len(n.data)+sector-1)/sector - first
	if written <= 0 {
		return left
	}
	prefix := r.IntN(written + 1)
	survives := []func(i int) bool{
		func(int) bool { return false },
		func(int) bool { return true },
		func(i int) bool { return i < prefix },
		func(int) bool { return r.IntN(2) == 0 },
	}[r.IntN(4)]
	for i := range written {
		if !survives(i) {
			continue
		}
		begin := (first + i) * sector
		end := min(begin+sector, len(n.data))
		if more := end - len(left); more > 0 {
			left = append(left, make([]byte, more)...)
		}
		copy(left[begin:end], n.data[begin:end])
	}
	return left
}

// list is what the disk holds of a directory after a cut.
func (n *node) list(r *rand.Rand) map[string]*node {
	if r == nil {
		return n.names
	}
	left := maps.Clone(n.names)
	for _, step := range n.steps[:r.IntN(len(n.steps)+1)] {
		for _, c := range step {
			c.do(left)
		}
	}
	return left
}
