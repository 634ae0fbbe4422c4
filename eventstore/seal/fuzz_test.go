package seal_test

import (
	"bytes"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// What is read is written again as it was, or it was refused.

func FuzzCheckpoint(f *testing.F) {
	f.Add([]byte(public))
	f.Add([]byte(empty + "\n— framdrift/fosen AAAAAAA=\n"))
	f.Add([]byte("a\n1\nU7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=\nmore\n\n— a b\n"))
	known, err := seal.NewPolicy([]string{publicKey}, publicWitnesses, 1)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, signed []byte) {
		c, err := seal.Unverified(signed)
		if err == nil && !bytes.HasPrefix(signed, []byte(c.Text()+"\n")) {
			t.Fatalf("%q was read as %q", signed, c.Text())
		}
		// Nobody but the log can make another text that is believed.
		if c, _, err := known.Open(signed); err == nil && (c.Size != 1432088532 || c.Extensions != nil) {
			t.Fatalf("believed: %+v", c)
		}
	})
}

func FuzzProof(f *testing.F) {
	proof, known := proven(f, 9, 4)
	text, err := proof.MarshalText()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte("c2sp.org/tlog-proof@v1\nindex 0\n\n" + empty + "\n— framdrift/fosen AAAAAAA=\n"))
	line := proof.Line
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := seal.ParseProof(b)
		if err != nil {
			return
		}
		if again, err := p.MarshalText(); err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%v: %q became %q", err, b, again)
		}
		if _, _, err := p.Verify(known); err == nil && (p.Position != 4 || !bytes.Equal(p.Line, line)) {
			t.Fatalf("believed: %+v", p)
		}
	})
}

func FuzzTilePath(f *testing.F) {
	for _, path := range []string{"tile/0/000", "tile/1/x001/234.p/210", "tile/entries/x001/x234/067", "tile/lines/000.p/1", "tile/data/000"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		tile, err := seal.ParseTile(path)
		if err == nil && tile.Path() != path {
			t.Fatalf("%q was read as %q", path, tile.Path())
		}
		if err == nil && tile.In(1000) {
			if first, last := tile.Positions(); first < 1 || last > 1000 || first > last {
				t.Fatalf("%s covers %d…%d of 1000", path, first, last)
			}
		}
	})
}

func FuzzEntries(f *testing.F) {
	f.Add([]byte("\x00\x03{}\n\x00\x03{}\n"), 2)
	f.Fuzz(func(t *testing.T, bundle []byte, width int) {
		got, err := seal.ParseEntries(bundle, width)
		if err != nil {
			return
		}
		var again []byte
		for _, line := range got {
			if again, err = seal.AppendEntry(again, line); err != nil {
				t.Fatal(err)
			}
		}
		if len(got) != width || !bytes.Equal(again, bundle) {
			t.Fatalf("%q became %q", bundle, again)
		}
	})
}
