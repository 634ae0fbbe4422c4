package delivery_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

// A projection that was written down somewhere and went on from there says what one
// says that read everything, whenever it is asked, and is written down the same.
func TestASnapshotAndTheRestIsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := drawLog(t, rapid.Bool().Draw(t, "regular")).inOrder()
		cut := rapid.IntRange(0, len(events)).Draw(t, "cut")
		whole, restored := foldDrawn(t, events), delivery.New()
		if err := restored.Restore(foldDrawn(t, events[:cut]).Snapshot()); err != nil {
			t.Fatal(err)
		}
		for _, r := range events[cut:] {
			if err := restored.Apply(r); err != nil {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(restored.Snapshot(), whole.Snapshot()) {
			t.Fatal("it is written down otherwise")
		}
		for range 3 {
			at := drawAt(t)
			one, there := restored.Profile(thePlan, at)
			other, is := whole.Profile(thePlan, at)
			same(t, "the profile", []any{one, there}, []any{other, is})
		}
	})
}

func FuzzRestore(f *testing.F) {
	rapid.Check(f, func(t *rapid.T) { f.Add(foldDrawn(t, drawLog(t, false).inOrder()).Snapshot()) })
	f.Fuzz(func(t *testing.T, b []byte) {
		p := delivery.New()
		if err := p.Restore(b); err == nil && delivery.New().Restore(p.Snapshot()) != nil {
			t.Error("what was read cannot be written")
		}
	})
}

// A snapshot says which version made it, and is believed. So what a version comes to
// of this log never changes: whoever changes it raises Version, and writes the new
// sum here.
func TestAVersionComesToTheSameForEver(t *testing.T) {
	const sum = "1f55f53f62a765892d340e51f21571b43df545c56b8bef0ccc8c29eabf8233f1"
	p := delivery.New()
	for _, e := range exampletest.Log(t) {
		if err := p.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if p.Version() != 2 || fmt.Sprintf("%x", sha256.Sum256(p.Snapshot())) != sum {
		t.Errorf("version %d comes to %x", p.Version(), sha256.Sum256(p.Snapshot()))
	}
}
