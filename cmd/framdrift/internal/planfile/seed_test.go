package planfile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

func seed(t *testing.T, known ...string) plantable.Draft {
	t.Helper()
	d, err := plantable.Parse(read(t, string(readFile(t, "testdata/handlingsplan-2022-2024.txt"))).Document, known...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestTheAdoptedPlanHas26MeasuresAnd12Arrangements(t *testing.T) {
	d := seed(t)
	var ids []string
	for _, r := range d.Rows {
		ids = append(ids, string(r.ID))
	}
	var want []string
	for i := range 26 {
		want = append(want, fmt.Sprintf("t%02d", i+1))
	}
	for i := range 12 {
		want = append(want, fmt.Sprintf("o%02d", i+1))
	}
	if !slices.Equal(ids, want) {
		t.Errorf("got %v", ids)
	}
	if len(d.Plan.Strategies) != 3 {
		t.Errorf("strategies: %v", d.Plan.Strategies)
	}
}

// Every irregularity a careful reader finds in the adopted plan, and nothing else.
func TestTheDoubtsOfTheAdoptedPlan(t *testing.T) {
	want := `20 column.none
23 row.no-partners
24 measure.glued
29 partners.uncertain
31 row.joined
32 measure.glued
33 text.hyphen
36 measure.glued
39 measure.ongoing
40 heading.wrong-column
42 partners.uncertain
42 row.shifted
43 owners.uncertain
49 partners.uncertain
49 text.hyphen
53 partners.uncertain
66 row.name-twice
`
	var got strings.Builder
	for _, w := range seed(t).Warnings {
		fmt.Fprintf(&got, "%d %s\n", w.Place.Line, w.Code)
	}
	if got.String() != want {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}

// What the register knows is no longer doubted; without it the names still
// part by the rules, and say where they are unsure.
func TestTheRegisterSettlesDoubts(t *testing.T) {
	known := []string{
		"NTNU Videre", "NTNU", "Maritime Robotics", "Politiråd", "Barneverntjenesten", "Frivilligsentralen", "Kultur og fritid",
		"KulturCompagniet", "Fosna- Folket", "Helse Midt",
	}
	with, without := seed(t, known...), seed(t)
	for i := range with.Rows {
		a, b := with.Rows[i], without.Rows[i]
		if !slices.Equal(texts(a.Owners), texts(b.Owners)) || !slices.Equal(texts(a.Partners), texts(b.Partners)) {
			t.Errorf("%s: %v %v, without the register %v %v", a.ID, a.Owners, a.Partners, b.Owners, b.Partners)
		}
	}
	if got := uncertain(with); got != 0 {
		t.Errorf("%d cells are uncertain with the register", got)
	}
	if got := uncertain(without); got != 5 {
		t.Errorf("%d cells are uncertain without the register, want 5", got)
	}
}

func texts(names []plantable.Name) []string {
	var list []string
	for _, n := range names {
		list = append(list, n.Text)
	}
	return list
}

func uncertain(d plantable.Draft) int {
	n := 0
	for _, w := range d.Warnings {
		if w.Code == plantable.OwnersUncertain || w.Code == plantable.PartnersUncertain {
			n++
		}
	}
	return n
}
