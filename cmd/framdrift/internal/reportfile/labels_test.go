package reportfile

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
)

func TestEveryLabelIsInThreeLanguages(t *testing.T) {
	all := append(labels, ruleFormat.Text)
	if len(labels) < 100 {
		t.Fatalf("only %d labels are looked at", len(labels))
	}
	for _, p := range all {
		for _, l := range domain.Languages() {
			if p.In(l) == "" {
				t.Errorf("no %s of %q", l, p.NB+p.NN+p.EN)
			}
		}
	}
}

func TestNumbersAsPeopleReadThem(t *testing.T) {
	for _, c := range []struct {
		language domain.Language
		number   float64
		want     string
	}{
		{domain.Bokmal, 7, "7"},
		{domain.Bokmal, 999, "999"},
		{domain.Nynorsk, 1000, "1\u00a0000"},
		{domain.Bokmal, 25315, "25\u00a0315"},
		{domain.English, 1234567, "1,234,567"},
		{domain.Bokmal, 3037.5, "3\u00a0037,5"},
		{domain.English, 0.25, "0.25"},
	} {
		if got := (&page{language: c.language}).decimal(c.number); got != c.want {
			t.Errorf("%v in %s: got %q, want %q", c.number, c.language, got, c.want)
		}
	}
}
