package domain

import (
	"maps"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"
)

// A Table is a map in the order of its keys, and one that is kept stays as it was,
// also when it was made while nobody looked.
func TestATableIsASortedMapThatNeverChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin, model, unseen := Table[string, int]{}, map[string]int{}, new(Unseen)
		if rapid.Bool().Draw(t, "unseen") {
			begin = NewTable[string, int](unseen)
		}
		for i := range rapid.SampledFrom([]int{0, 1, 2 * leafSize, 10 * leafSize}).Draw(t, "already there") {
			key := strconv.Itoa(i / 2 * 7919 % 1_000) // in no order, and each twice
			begin, model[key] = begin.With(key, i), i
		}
		unseen.End()
		tables, models := []Table[string, int]{begin}, []map[string]int{model}
		for range rapid.IntRange(0, 40).Draw(t, "steps") {
			from := rapid.IntRange(0, len(tables)-1).Draw(t, "from") // also from an old one: futures branch
			key, value := rapid.StringMatching(`[0-9a-c]{0,3}`).Draw(t, "key"), rapid.Int().Draw(t, "value")
			model := maps.Clone(models[from])
			model[key] = value
			old := tables[from]
			if rapid.Bool().Draw(t, "written down") {
				old = old.Columns().Table()
			}
			tables, models = append(tables, old.With(key, value)), append(models, model)
		}
		for i, table := range tables {
			checkTable(t, table, models[i])
		}
	})
}

func checkTable(t *rapid.T, table Table[string, int], model map[string]int) {
	var keys []string
	for k, v := range table.All() {
		keys = append(keys, k)
		if want, there := model[k]; !there || v != want {
			t.Fatalf("%q is %d, want %d", k, v, want)
		}
	}
	if !slices.Equal(keys, slices.Sorted(maps.Keys(model))) || table.Len() != len(model) {
		t.Fatalf("the keys are %q (%d), want those of %v", keys, table.Len(), model)
	}
	for _, k := range []string{"", "0", "1", "317", "500", "9", "999", "a", "ab", "zz"} {
		got, there := table.Lookup(k)
		if want, is := model[k]; there != is || got != want {
			t.Fatalf("looking up %q gave %d, %t", k, got, there)
		}
	}
}

func TestWalkingATableMayStop(t *testing.T) {
	table := Table[int, int]{}.With(2, 2).With(1, 1).With(3, 3)
	seen := 0
	for k := range table.All() {
		seen = k
		if k == 2 {
			break
		}
	}
	if seen != 2 {
		t.Errorf("stopped at %d", seen)
	}
}
