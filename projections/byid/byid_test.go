package byid_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/byid"
)

// An index is a map, whenever it is asked for the first time.
func TestAnIndexFindsTheLatestValueOfAnEvent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var index byid.Index[int]
		model := map[domain.EventID]int{}
		ids := rapid.Custom(func(t *rapid.T) domain.EventID {
			n := rapid.IntRange(0, 9).Draw(t, "id")
			return domain.EventID(rapid.SampledFrom([]string{fmt.Sprintf("e-%d", n), fmt.Sprintf("018ce84c-da80-77b1-a278-f5abe8e9da9%d", n)}).Draw(t, "form"))
		})
		before := rapid.IntRange(0, 300).Draw(t, "others before")
		for i := range before {
			index.Add(domain.EventID(fmt.Sprint("other-", i)), i)
		}
		for i := range rapid.IntRange(0, 40).Draw(t, "steps") {
			id := ids.Draw(t, "event")
			if rapid.Bool().Draw(t, "add") {
				index.Add(id, i)
				model[id] = i
				continue
			}
			got, found := index.Find(id)
			if want, is := model[id]; got != want || found != is {
				t.Fatalf("%s is %d, %t; want %d, %t", id, got, found, want, is)
			}
		}
	})
}
