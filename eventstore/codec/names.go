package codec

import (
	"hash/maphash"
	"sync"
)

// names are strings that have been read, each in the place that its hash gives
// until another takes it: a log says the same few thousand names over and over,
// and they are to lie in memory once.
type names [2048]string

// longestName is how long a name is at most that is worth a place.
const longestName = 40

var (
	seed     = maphash.MakeSeed() // decides what is kept, never what is read
	allNames = sync.Pool{New: func() any { return new(names) }}
)

func (n *names) place(b []byte) *string {
	return &n[maphash.Bytes(seed, b)%uint64(len(n))]
}
