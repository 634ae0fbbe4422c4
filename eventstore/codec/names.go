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
const longestName = 64

var (
	seed     = maphash.MakeSeed() // decides what is kept, never what is read
	allNames = sync.Pool{New: func() any { return new(names) }}
)

// of is the string of some bytes.
func (n *names) of(b []byte) string {
	if len(b) > longestName {
		return string(b)
	}
	kept := &n[maphash.Bytes(seed, b)%uint64(len(n))]
	if *kept != string(b) {
		*kept = string(b)
	}
	return *kept
}
