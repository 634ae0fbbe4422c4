package region_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/region"
)

var (
	code  = regexp.MustCompile(`^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$`)
	place = regexp.MustCompile(`%(\[[1-9]\])?[a-z]`)
)

func TestARuleIsOneSentenceInThreeLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range region.Rules() {
		if !code.MatchString(r.Code) {
			t.Errorf("%s is no code: two parts of lower-case letters and hyphens", r.Code)
		}
		if seen[r.Code] {
			t.Errorf("%s is the code of two rules", r.Code)
		}
		seen[r.Code] = true
		if r.Kind != domain.Refused && r.Kind != domain.Invalid && r.Kind != domain.Forbidden {
			t.Errorf("%s is of kind %d", r.Code, r.Kind)
		}
		for _, l := range domain.Languages() {
			checkSentence(t, r.Code, l, r.Text.In(l))
			if got, want := places(r.Text.In(l)), places(r.Text.NB); !slices.Equal(got, want) {
				t.Errorf("%s in %s fills %v, in nb %v", r.Code, l, got, want)
			}
		}
		if r.Text.EN == r.Text.NB || r.Text.EN == r.Text.NN {
			t.Errorf("%s is not English in English", r.Code)
		}
	}
}

func checkSentence(t *testing.T, code string, l domain.Language, s string) {
	t.Helper()
	switch {
	case len(s) < 10:
		t.Errorf("%s says nothing in %s: %q", code, l, s)
	case strings.Contains(s, "  ") || strings.TrimSpace(s) != s:
		t.Errorf("%s has too much space in %s: %q", code, l, s)
	case l == domain.English && strings.ContainsAny(s, "æøåÆØÅ«»"):
		t.Errorf("%s is Norwegian in English: %q", code, s)
	case l != domain.English && strings.ContainsAny(s, "“”"):
		t.Errorf("%s has English quotation marks in %s: %q", code, l, s)
	}
	for _, p := range place.FindAllString(s, -1) {
		if !strings.HasPrefix(p, "%[") {
			t.Errorf("%s in %s fills %s without a number", code, l, p)
		}
	}
}

func places(s string) []string {
	found := place.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// Words that are bokmål and nothing else do not stand in nynorsk, and the
// other way round.
func TestBokmalAndNynorskAreKeptApart(t *testing.T) {
	bokmal := []string{"ikke", "noe", "noen", "bare", "allerede", "hvilke", "hvilken", "jeg", "fra", "finnes", "må være", "gjør", "ennå", "enn å", "mangler"}
	nynorsk := []string{"ikkje", "noko", "nokon", "berre", "kva", "frå", "finst", "vere", "gjer", "enno", "manglar", "vart"}
	for _, r := range region.Rules() {
		refuseWords(t, r.Code+" in nynorsk", r.Text.NN, bokmal)
		refuseWords(t, r.Code+" in bokmål", r.Text.NB, nynorsk)
	}
}

func refuseWords(t *testing.T, where, s string, words []string) {
	t.Helper()
	padded := " " + strings.NewReplacer(",", " ", ".", " ", ":", " ", ";", " ").Replace(s) + " "
	for _, w := range words {
		if strings.Contains(padded, " "+w+" ") {
			t.Errorf("%s: «%s» in %q", where, w, s)
		}
	}
}

// A refusal is filled in: no place is left open, none is given too much.
func TestEveryRefusalIsFilledIn(t *testing.T) {
	for _, r := range region.Rules() {
		args := make([]any, len(places(r.Text.NB)))
		for i := range args {
			args[i] = "x"
		}
		for _, l := range domain.Languages() {
			if s := r.Text.Fill(args...).In(l); strings.Contains(s, "%") {
				t.Errorf("%s in %s: %q", r.Code, l, s)
			}
		}
	}
}
