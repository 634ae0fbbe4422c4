package seal

import (
	"encoding/binary"
	"fmt"
	"math"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// What a log is served as, under its prefix (c2sp.org/tlog-tiles).
const (
	// CheckpointPath is the path of the last signed checkpoint.
	CheckpointPath = "checkpoint"
	// maxEntry is the longest event an entry bundle takes, newline included.
	maxEntry = math.MaxUint16
	maxPath  = 64
)

// A Kind is what a tile holds.
type Kind byte

const (
	// HashTile holds hashes of one level, 32 bytes each.
	HashTile Kind = iota
	// EntryBundle holds events, each after its length, 2 bytes with the
	// highest first.
	EntryBundle
	// LineBundle holds events as they are, one a line. It is ours, for events
	// that are too long for an entry bundle.
	LineBundle
)

// A Tile is up to 256 hashes of one level, or as many events, that have a path:
//
//	tile/0/x001/234          hashes 315904…316159 of level 0
//	tile/1/004.p/210         the first 210 hashes of the fifth tile of level 1
//	tile/entries/x001/234    events 315905…316160, as an entry bundle
//	tile/lines/x001/234      the same, as lines
type Tile struct {
	Kind  Kind
	Level int    // of hashes, 0…63; 0 for events
	N     uint64 // which tile of the level
	Width int    // how many it holds, 1…256; a full tile has 256
}

// words are what stands in a path where tlog has "data".
var words = map[Kind]string{EntryBundle: "entries", LineBundle: "lines"}

// Path is the tile's path under the prefix of the log.
func (t Tile) Path() string {
	if word, ok := words[t.Kind]; ok {
		path := tlog.Tile{H: tileHeight, L: -1, N: int64(t.N), W: t.Width}.Path()
		return strings.Replace(path, "tile/8/data/", "tile/"+word+"/", 1)
	}
	path := tlog.Tile{H: tileHeight, L: t.Level, N: int64(t.N), W: t.Width}.Path()
	return strings.Replace(path, "tile/8/", "tile/", 1)
}

// ParseTile is the way back: ErrMalformed for what is not exactly a path.
func ParseTile(path string) (Tile, error) {
	level, rest, _ := strings.Cut(strings.TrimPrefix(path, "tile/"), "/")
	t := Tile{}
	for kind, word := range words {
		if level == word {
			t.Kind, level = kind, "data"
		}
	}
	parsed, err := tlog.ParseTilePath("tile/8/" + level + "/" + rest)
	if err != nil || len(path) > maxPath || parsed.L > 63 || parsed.N < 0 || parsed.N > MaxSize/TileWidth {
		return Tile{}, fmt.Errorf("%w path of a tile: %.80q", ErrMalformed, path)
	}
	t.Level, t.N, t.Width = max(parsed.L, 0), uint64(parsed.N), parsed.W
	if t.Path() != path {
		return Tile{}, fmt.Errorf("%w path of a tile: %.80q", ErrMalformed, path)
	}
	return t, nil
}

// In tells whether the tree of size events has the tile, whole.
func (t Tile) In(size uint64) bool {
	return t.Width > 0 && t.Width <= TileWidth && t.N <= MaxSize/TileWidth && t.Level >= 0 &&
		t.N*TileWidth+uint64(t.Width) <= size>>(t.Level*tileHeight)
}

// Positions are those of the first and last event that a bundle holds, or
// that the hashes of a tile cover.
func (t Tile) Positions() (first, last uint64) {
	return t.N<<((t.Level+1)*tileHeight) + 1, (t.N*TileWidth + uint64(t.Width)) << (t.Level * tileHeight)
}

// ReadTile gives a tile of hashes in the tree of size events: 32 bytes a
// hash. ErrNoTile when the tree has it not, and the errors of the hashes.
func ReadTile(hashes Hashes, t Tile, size uint64) ([]byte, error) {
	if t.Kind != HashTile || !t.In(size) {
		return nil, fmt.Errorf("%w: %s with %d events", ErrNoTile, t.Path(), size)
	}
	data := make([]byte, t.Width*tlog.HashSize)
	return data, hashes.ReadHashes(t.Level, t.N*TileWidth, data)
}

// AppendEntry adds an event's line, newline included, to an entry bundle.
// ErrTooLong when it has more than 65535 bytes: then the bundle is not to be
// served, and its lines are.
func AppendEntry(bundle, line []byte) ([]byte, error) {
	if len(line) > maxEntry {
		return nil, fmt.Errorf("%w: %d bytes", ErrTooLong, len(line))
	}
	return append(binary.BigEndian.AppendUint16(bundle, uint16(len(line))), line...), nil
}

// ParseEntries takes an entry bundle of width events apart. The lines lie in
// the bundle. ErrMalformed when it has more or fewer, and ErrLine for what is
// not an event's line.
func ParseEntries(bundle []byte, width int) ([][]byte, error) {
	lines := make([][]byte, 0, min(max(width, 0), TileWidth))
	for len(bundle) >= 2 && len(lines) < width {
		n := int(binary.BigEndian.Uint16(bundle))
		if n > len(bundle)-2 {
			break
		}
		line := bundle[2 : 2+n]
		if err := checkLine(line); err != nil {
			return nil, err
		}
		lines, bundle = append(lines, line), bundle[2+n:]
	}
	if len(bundle) > 0 || len(lines) != width {
		return nil, fmt.Errorf("%w entry bundle: it does not hold %d events", ErrMalformed, width)
	}
	return lines, nil
}
