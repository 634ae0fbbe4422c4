package plantable_test

import (
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// chosen takes the suggestions of all warnings with a code.
func chosen(d plantable.Draft, code plantable.Code) plantable.Draft {
	var which []int
	for i, w := range d.Warnings {
		if w.Code == code {
			which = append(which, i)
		}
	}
	return d.Take(which...)
}

func TestAReadingThatIsTaken(t *testing.T) {
	const owned = "INNSATS|TILTAK|ANSVAR|PARTNERE"
	for _, tt := range []struct {
		rule  string
		code  plantable.Code
		lines []string
		want  string
	}{
		{
			"several measures in one cell become as many rows", plantable.MeasureGlued,
			[]string{owned, "A|Bygge veg\nBygge bru|Rådet|NVE", "C|Lage plan|Rådet|NVE"},
			"t01 /A//Bygge veg Rådet NVE\nt02 /A//Bygge bru Rådet NVE\nt03 /C//Lage plan Rådet NVE",
		},
		{
			"names are as chosen", plantable.PartnersUncertain,
			[]string{owned, "A|B|Rådet|Maritime Robotics"},
			"t01 /A//B Rådet Maritime+Robotics",
		},
		{
			"a hyphen from a broken line is healed", plantable.TextHyphen,
			[]string{owned, "A|B|Rådet|Fosna- Folket, NVE"},
			"t01 /A//B Rådet Fosna-Folket+NVE",
		},
		{
			"a heading that was read as a focus area heads what is below it", plantable.HeadingUncertain,
			[]string{owned, "1. Vekst|||", "A|B|Rådet|NVE", "Vern|||", "C|D|Rådet|NVE"},
			"t01 1. Vekst/A//B Rådet NVE\nt02 Vern/C//D Rådet NVE",
		},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			d, err := plantable.Parse(layout(tt.lines...))
			if err != nil {
				t.Fatal(err)
			}
			before := reading(d)
			got, _, _ := strings.Cut(reading(chosen(d, tt.code)), "\n2 ")
			got, _, _ = strings.Cut(got, "\n4 ")
			if got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
			if after := reading(d); after != before {
				t.Errorf("the draft itself became\n%s", after)
			}
		})
	}
}

func TestWarningsFollowTheirRows(t *testing.T) {
	d, err := plantable.Parse(layout("INNSATS|TILTAK|ANSVAR|PARTNERE", "A|Bygge veg\nBygge bru|Rådet|NVE", "C|Lage plan||NVE"))
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range chosen(d, plantable.MeasureGlued).Warnings {
		if w.Code == plantable.RowNoOwner && w.Row != "t03" {
			t.Errorf("the doubt about the last row is of %s", w.Row)
		}
	}
	if got := d.Take(-1, 99); len(got.Rows) != 2 {
		t.Errorf("an index out of range gave %d rows", len(got.Rows))
	}
}
