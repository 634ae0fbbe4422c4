package seal

import (
	"fmt"
	"sync"

	"golang.org/x/mod/sumdb/tlog"
)

const (
	tileHeight = 8
	// TileWidth is how many hashes or events a full tile holds.
	TileWidth  = 1 << tileHeight
	tileBytes  = TileWidth * tlog.HashSize
	tileLevels = 60/tileHeight + 1 // MaxSize is 2^60
)

// Hashes gives the hashes of a tree by their level in its tiles. Level 0 is
// the leaves; number n of level l is the root of the full subtree over leaves
// n·256^l up to (n+1)·256^l. So a tile is a run of 256 hashes of one level,
// and what lies between the levels is computed from them.
type Hashes interface {
	// ReadHashes fills p with hashes of a level, 32 bytes each, from number
	// first on. ErrNoHash when one of them is not there.
	ReadHashes(level int, first uint64, p []byte) error
}

// A Store keeps hashes. Each level grows by one at a time, so a file for each
// level, only appended to, is a store. It costs 32·256/255 bytes an event.
type Store interface {
	Hashes
	// PutHash keeps hash n of a level. The numbers come in order; after a
	// crash some may come again, with the same hash.
	PutHash(level int, n uint64, h Hash) error
}

// Memory is a store in memory: 32.2 bytes an event, and at most 8 KiB for
// each level beside that. All methods may be used at the same time.
type Memory struct {
	mu     sync.RWMutex
	levels [tileLevels][][]byte // tiles of 8 KiB; the last of a level may be shorter
}

// PutHash keeps a hash. The number must be known, or the next.
func (m *Memory) PutHash(level int, n uint64, h Hash) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if level < 0 || level >= tileLevels {
		return fmt.Errorf("%w: level %d", ErrNoHash, level)
	}
	tiles, next := &m.levels[level], uint64(0)
	if last := len(*tiles) - 1; last >= 0 {
		next = uint64(last*TileWidth + len((*tiles)[last])/tlog.HashSize)
	}
	switch {
	case n > next:
		return fmt.Errorf("%w: level %d has %d, so not %d", ErrNoHash, level, next, n)
	case n < next:
		copy((*tiles)[n/TileWidth][n%TileWidth*tlog.HashSize:], h[:])
		return nil
	case n%TileWidth == 0:
		*tiles = append(*tiles, make([]byte, 0, tileBytes))
	}
	tile := &(*tiles)[n/TileWidth]
	*tile = append(*tile, h[:]...)
	return nil
}

// ReadHashes gives hashes.
func (m *Memory) ReadHashes(level int, first uint64, p []byte) error {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if level < 0 || level >= tileLevels {
		return fmt.Errorf("%w: level %d", ErrNoHash, level)
	}
	tiles := m.levels[level]
	for n := first; len(p) > 0; {
		i := n % TileWidth * tlog.HashSize
		if n/TileWidth >= uint64(len(tiles)) || i >= uint64(len(tiles[n/TileWidth])) {
			return fmt.Errorf("%w: level %d, number %d", ErrNoHash, level, n)
		}
		read := copy(p, tiles[n/TileWidth][i:])
		p, n = p[read:], n+uint64(read/tlog.HashSize)
	}
	return nil
}

// A tileReader gives tlog the hashes of a tree of size events. It reads tiles
// whole, as wide as that tree has them, and each once.
type tileReader struct {
	hashes Hashes
	size   uint64
	read   map[place][]byte
}

// A place is where a tile stands.
type place struct {
	level int
	n     int64
}

func newTileReader(hashes Hashes, size uint64) *tileReader {
	return &tileReader{hashes: hashes, size: size, read: map[place][]byte{}}
}

// ReadHashes gives stored hashes by tlog's numbers. What lies between the
// levels of tiles is hashed from the level below.
func (r *tileReader) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		tile := tlog.TileForIndex(tileHeight, index)
		first := uint64(tile.N) * TileWidth
		tile.W = int(min(r.size>>(tile.L*tileHeight)-first, TileWidth))
		data, ok := r.read[place{tile.L, tile.N}]
		if !ok {
			data = make([]byte, tile.W*tlog.HashSize)
			if err := r.hashes.ReadHashes(tile.L, first, data); err != nil {
				return nil, err
			}
			r.read[place{tile.L, tile.N}] = data
		}
		var err error
		if hashes[i], err = tlog.HashFromTile(tile, data, index); err != nil {
			return nil, fmt.Errorf("seal: %w", err)
		}
	}
	return hashes, nil
}
