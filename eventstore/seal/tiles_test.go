package seal_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

func TestATileHasThePathOfTheSpecification(t *testing.T) {
	for path, tile := range map[string]seal.Tile{
		"tile/0/x001/x234/067":          {Level: 0, N: 1234067, Width: 256},
		"tile/63/000.p/1":               {Level: 63, N: 0, Width: 1},
		"tile/1/004.p/210":              {Level: 1, N: 4, Width: 210},
		"tile/entries/x001/234":         {Kind: seal.EntryBundle, N: 1234, Width: 256},
		"tile/lines/999.p/255":          {Kind: seal.LineBundle, N: 999, Width: 255},
		"tile/0/x004/x503/x599/627.p/3": {Level: 0, N: 4503599627, Width: 3},
	} {
		if got := tile.Path(); got != path {
			t.Errorf("%+v has the path %s, not %s", tile, got, path)
		}
		if got, err := seal.ParseTile(path); err != nil || got != tile {
			t.Errorf("%s is %+v, %v", path, got, err)
		}
	}
}

func TestWhatIsNotExactlyAPathIsRefused(t *testing.T) {
	for _, path := range []string{
		"", "/", "tile", "tile/", "tile/0", "tile/0/", "tile/0/0", "tile/0/0000", "tile/0/x000/001", "tile/0/x001",
		"tile/0/001/002", "tile/00/000", "tile/64/000", "tile/-1/000", "tile/+1/000", "tile/data/000", "tile/8/0/000",
		"tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/", "tile/0/000.p", "tile/0/-01",
		"/tile/0/000", "tile/0/000/", "tile//000", "tile/0/../000", "tile/entries/0", "tile/entries/000.p/256", "tile/ENTRIES/000",
		"tile/0/x004/x503/x599/x627/x370/497", "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/000?x", "tile/0/000\n",
		"checkpoint", "tile/0/" + strings.Repeat("x001/", 1000) + "000",
	} {
		if tile, err := seal.ParseTile(path); !errors.Is(err, seal.ErrMalformed) {
			t.Errorf("%q is %+v, %v", path, tile, err)
		}
	}
}

// The specification's own example of the tiles of a tree.
func TestATreeHasTheTilesOfTheSpecification(t *testing.T) {
	for path, there := range map[string]bool{
		"tile/0/000": true, "tile/0/272": true, "tile/0/273.p/112": true, "tile/0/273.p/113": false, "tile/0/273": false,
		"tile/1/000": true, "tile/1/001.p/17": true, "tile/1/001.p/18": false,
		"tile/2/000.p/1": true, "tile/2/000.p/2": false, "tile/3/000.p/1": false, "tile/63/000.p/1": false,
		"tile/entries/273.p/112": true, "tile/entries/274.p/1": false,
	} {
		tile, err := seal.ParseTile(path)
		if err != nil {
			t.Fatal(err)
		}
		if tile.In(70_000) != there {
			t.Errorf("%s in a tree of 70000: %v", path, !there)
		}
	}
}

func TestATileIsTheHashesOfTheEventsItCovers(t *testing.T) {
	all := lines(70_000)
	_, hashes := grow(t, all)
	for path, want := range map[string]struct{ first, last uint64 }{
		"tile/0/000":        {1, 256},
		"tile/0/273.p/112":  {69889, 70000},
		"tile/1/000.p/3":    {1, 768},
		"tile/1/001.p/17":   {65537, 69888},
		"tile/2/000.p/1":    {1, 65536},
		"tile/lines/001":    {257, 512},
		"tile/lines/0.p/7":  {},
		"tile/entries/0.p1": {},
	} {
		tile, err := seal.ParseTile(path)
		if want.last == 0 {
			if err == nil {
				t.Errorf("%s is a path", path)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if first, last := tile.Positions(); first != want.first || last != want.last {
			t.Errorf("%s covers %d…%d", path, first, last)
		}
		data, err := seal.ReadTile(hashes, tile, 70_000)
		if tile.Kind != seal.HashTile {
			if !errors.Is(err, seal.ErrNoTile) {
				t.Errorf("%s: %v", path, err)
			}
			continue
		}
		each := int(want.last-want.first+1) / tile.Width
		for i := range tile.Width {
			if of := mth(all[int(want.first)-1+i*each:][:each]); !bytes.Equal(data[i*32:][:32], of[:]) {
				t.Fatalf("%s: hash %d is not that of its events", path, i)
			}
		}
	}
}

func TestATileThatTheTreeHasNotIsNotRead(t *testing.T) {
	_, hashes := grow(t, lines(300))
	for _, tile := range []seal.Tile{
		{N: 1, Width: 45},
		{N: 1, Width: 256},
		{N: 2, Width: 1},
		{Level: 1, Width: 2},
		{Width: 0},
		{Width: -1},
		{Width: 257},
		{Level: -1, Width: 1},
		{N: 1 << 60, Width: 256},
		{Level: 64, Width: 1},
	} {
		if _, err := seal.ReadTile(hashes, tile, 300); !errors.Is(err, seal.ErrNoTile) {
			t.Errorf("%+v: %v", tile, err)
		}
	}
	if _, err := seal.ReadTile(hashes, seal.Tile{Width: 256}, 200); !errors.Is(err, seal.ErrNoTile) {
		t.Errorf("of a smaller tree: %v", err)
	}
}

// An auditor with nothing but tiles and a signed head makes every proof.
func TestProofsAreMadeOfTilesByPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lines(rapid.IntRange(1, 700).Draw(t, "events"))
		tree, hashes := grow(t, all)
		served := byPath{hashes, uint64(len(all))}
		at := rapid.Uint64Range(1, uint64(len(all))).Draw(t, "position")
		proof, err := seal.ProveEvent(served, tree.Head(), at)
		if err != nil {
			t.Fatal(err)
		}
		if err := seal.CheckEvent(proof, tree.Head(), at, all[at-1]); err != nil {
			t.Fatal(err)
		}
	})
}

// byPath reads each tile by its path, as over HTTP.
type byPath struct {
	hashes seal.Hashes
	size   uint64
}

func (b byPath) ReadHashes(level int, first uint64, p []byte) error {
	path := seal.Tile{Level: level, N: first / 256, Width: len(p) / 32}.Path()
	tile, err := seal.ParseTile(path)
	if err != nil || first%256 != 0 {
		return fmt.Errorf("%s, from %d: %w", path, first, err)
	}
	data, err := seal.ReadTile(b.hashes, tile, b.size)
	copy(p, data)
	return err
}

func TestAnEntryBundleHoldsLinesAfterTheirLengths(t *testing.T) {
	var bundle []byte
	var err error
	for _, line := range []string{"{}\n", "{\"a\":1}\n"} {
		if bundle, err = seal.AppendEntry(bundle, []byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if want := "\x00\x03{}\n\x00\x08{\"a\":1}\n"; string(bundle) != want {
		t.Errorf("it is %q, not %q", bundle, want)
	}
	got, err := seal.ParseEntries(bundle, 2)
	if err != nil || len(got) != 2 || string(got[0]) != "{}\n" || string(got[1]) != "{\"a\":1}\n" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestTheLongestLineOfAnEntryBundleIs65535Bytes(t *testing.T) {
	long := append(bytes.Repeat([]byte("x"), 65534), '\n')
	bundle, err := seal.AppendEntry(nil, long)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := seal.ParseEntries(bundle, 1); err != nil || !bytes.Equal(got[0], long) {
		t.Error(err)
	}
	if _, err := seal.AppendEntry(nil, append([]byte("x"), long...)); !errors.Is(err, seal.ErrTooLong) {
		t.Errorf("a byte more: %v", err)
	}
}

func TestAnEntryBundleOfAnotherLengthIsRefused(t *testing.T) {
	two := "\x00\x03{}\n\x00\x03{}\n"
	for name, c := range map[string]struct {
		bundle string
		width  int
		want   error
	}{
		"nothing":              {"", 1, seal.ErrMalformed},
		"one too few":          {two, 3, seal.ErrMalformed},
		"one too many":         {two, 1, seal.ErrMalformed},
		"cut in an event":      {two[:9], 2, seal.ErrMalformed},
		"cut in a length":      {two[:6], 2, seal.ErrMalformed},
		"a byte after it":      {two + "x", 2, seal.ErrMalformed},
		"a negative width":     {"", -1, seal.ErrMalformed},
		"an event with two":    {"\x00\x06{}\n{}\n", 1, seal.ErrLine},
		"an event that is not": {"\x00\x00", 1, seal.ErrLine},
	} {
		if _, err := seal.ParseEntries([]byte(c.bundle), c.width); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Package tlog names the same hashes, with the height in the path.
func TestTheTilesOfATreeAreThoseOfTlog(t *testing.T) {
	const size = 70_000
	for _, want := range tlog.NewTiles(8, 0, size) {
		tile, err := seal.ParseTile(strings.Replace(want.Path(), "tile/8/", "tile/", 1))
		if err != nil || !tile.In(size) || tile.Level != want.L || tile.N != uint64(want.N) || tile.Width != want.W {
			t.Errorf("%s is %+v, %v", want.Path(), tile, err)
		}
	}
}
