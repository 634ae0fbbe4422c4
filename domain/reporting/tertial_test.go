package reporting_test

import (
	"fmt"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

func TestTertialsFollowEachOtherWithoutGaps(t *testing.T) {
	next := day("1999-01-01")
	for year := 1999; year < 2101; year++ {
		for n := 1; n <= 3; n++ {
			from, to, ok := reporting.Tertial(domain.PeriodID(fmt.Sprintf("T%d-%d", n, year)))
			if !ok || from != next || to.Sub(from) < 119 || to.Sub(from) > 122 || to.Year() != year {
				t.Fatalf("T%d-%d is %s–%s, %t", n, year, from, to, ok)
			}
			next = to.AddDays(1)
		}
	}
}

func FuzzTertial(f *testing.F) {
	for _, s := range []string{"T1-2023", "T3-2999", "T0-2023", "T4-2023", "t1-2023", "T1-23", "T1-2023\n", " T1-2023"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		from, to, ok := reporting.Tertial(domain.PeriodID(s))
		if !ok {
			if !from.IsZero() || !to.IsZero() {
				t.Fatalf("%q is no tertial and %s–%s", s, from, to)
			}
			return
		}
		number := (int(from.Month()) + 3) / 4
		if name := fmt.Sprintf("T%d-%d", number, from.Year()); name != s || to.Before(from) || domain.CheckID(s) != nil {
			t.Fatalf("%q is %s–%s, which is %s", s, from, to, name)
		}
	})
}
