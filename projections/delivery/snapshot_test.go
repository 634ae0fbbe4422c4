package delivery_test

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/projections/delivery"
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
