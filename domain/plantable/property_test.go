package plantable_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// verbatim checks that nothing was invented: every string of a draft stands
// in the document. What was joined over page breaks stands there in as many
// pieces as its row has places; a suggestion may also leave out a space.
func verbatim(t interface{ Errorf(string, ...any) }, doc plantable.Document, d plantable.Draft) {
	var lines []string
	for _, l := range doc.Lines {
		for _, c := range l.Cells {
			lines = append(lines, c.Text)
		}
	}
	source := plantable.Fold(strings.Join(lines, " "))
	check := func(what, text string, pieces int) {
		if !stands(text, source, pieces) {
			t.Errorf("%s: %q does not stand in %q", what, text, source)
		}
	}
	p := d.Plan
	for _, f := range append([]plantable.Fact{p.Organisation, p.OrganisationForm, p.Title}, p.Strategies...) {
		check("fact", f.Text, 1)
	}
	check("period", p.Period.Raw, 1)
	check("body", p.Decision.Body, 1)
	check("case", p.Decision.Case, 1)
	for _, b := range p.BasedOn {
		check("basis", b.Title, 1)
	}
	n := 1 // an inherited text may come from a joined row
	for _, r := range d.Rows {
		n = max(n, len(r.Places))
		for _, text := range []string{r.Strategy, r.FocusArea, r.Initiative, r.Measure, r.Deadline.Raw, r.Cost, r.Status} {
			check("row", text, n)
		}
		for _, name := range slices.Concat(r.Owners, r.Partners) {
			check("name", name.Text, n)
		}
		for _, note := range r.Notes {
			check("note", note.Heading, 1)
			check("note", note.Text, 1)
		}
	}
	unspaced := spaceless(source)
	for _, w := range d.Warnings {
		for _, c := range w.Suggestion {
			for _, v := range c.Values {
				if !stands(spaceless(v), unspaced, n+1) {
					t.Errorf("suggestion: %q does not stand in the document", v)
				}
			}
		}
	}
}

func spaceless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// stands reports whether a text is a substring of the source, or that many
// substrings after each other.
func stands(text, source string, pieces int) bool {
	if strings.Contains(source, text) {
		return true
	}
	if pieces == 1 {
		return false
	}
	for i := len(text) - 1; i > 0; i-- {
		if strings.Contains(source, strings.TrimSpace(text[:i])) {
			return stands(strings.TrimSpace(text[i:]), source, pieces-1)
		}
	}
	return false
}

var someWords = []string{
	"Rådet", "Rådmannsforum", "kommune", "Trondheim", "Trøndelag", "fylkeskommune", "AS", "KF", "og", "i", "Fosen", "Fosna-", "Folket",
	"NTNU", "Kommunene", "næringsliv", "Privat", "Politiet", "/", ",", ";", "(", ")", "2024", "2022-2024", "årlig", "Vedtatt", "av",
	"10.06.2022", "RS", "03/22", "Handlingsplan", "Strategi", "1;", "basert", "på", "TILTAK", "ANSVAR", "innen", "•", "-", "–", "æ", "\u00a0", "\n",
}

func cellText() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(someWords), 0, 7).Draw(t, "words"), " ")
	})
}

func anyDocument() *rapid.Generator[plantable.Document] {
	return rapid.Custom(func(t *rapid.T) plantable.Document {
		doc := plantable.Document{Name: "plan"}
		add := func(cells ...string) {
			l := plantable.Line{Number: len(doc.Lines) + 1, Break: rapid.Bool().Draw(t, "break")}
			for _, c := range cells {
				l.Cells = append(l.Cells, plantable.Cell{Text: c})
			}
			doc.Lines = append(doc.Lines, l)
		}
		for range rapid.IntRange(0, 3).Draw(t, "above") {
			add(cellText().Draw(t, "text"))
		}
		add(rapid.Permutation([]string{"INNSATS", "HANDLINGSPLAN", "TILTAK", "ANSVAR", "PARTNERE", "FRIST", "ANNET"}).Draw(t, "head")...)
		for range rapid.IntRange(0, 12).Draw(t, "rows") {
			if rapid.IntRange(0, 3).Draw(t, "alone") == 0 {
				add(cellText().Draw(t, "text"))
				continue
			}
			add(rapid.SliceOfN(cellText(), 1, 8).Draw(t, "cells")...)
		}
		return doc
	})
}

func TestNothingIsInvented(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := anyDocument().Draw(t, "document")
		d, err := plantable.Parse(doc, "Rådet", "Trondheim kommune")
		if err == nil {
			verbatim(t, doc, d)
		}
	})
}

func TestNoNameIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := cellText().Draw(t, "cell")
		var kept strings.Builder
		for _, n := range plantable.Split(cell, "Rådet", "Trondheim kommune") {
			kept.WriteString(n.Text)
		}
		if letters(kept.String()) != letters(cell) {
			t.Errorf("%q became %q", cell, kept.String())
		}
	})
}

// letters is a text without marks, white space and the og that may stand between names.
func letters(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
	return strings.ReplaceAll(s, "og", "")
}

func TestTheOrderOfColumnsDoesNotMatter(t *testing.T) {
	headings := []string{"INNSATS", "HANDLINGSPLAN", "TILTAK", "ANSVAR", "PARTNERE", "FRIST"}
	rapid.Check(t, func(t *rapid.T) {
		rows := [][]string{headings}
		for range rapid.IntRange(1, 8).Draw(t, "rows") {
			row := []string{"", "", "Lage plan", "Rådet", "", ""}
			for i := range row {
				if row[i] == "" {
					row[i] = rapid.SampledFrom([]string{"", "Vekst", "2024"}).Draw(t, "cell")
				}
			}
			rows = append(rows, row)
		}
		order := rapid.Permutation([]int{0, 1, 2, 3, 4, 5}).Draw(t, "order")
		read := func(order []int) string {
			doc := plantable.Document{}
			for i, row := range rows {
				l := plantable.Line{Number: i + 1}
				for _, c := range order {
					l.Cells = append(l.Cells, plantable.Cell{Text: row[c]})
				}
				doc.Lines = append(doc.Lines, l)
			}
			d, err := plantable.Parse(doc)
			if err != nil {
				t.Fatal(err)
			}
			return shape(d)
		}
		if a, b := read([]int{0, 1, 2, 3, 4, 5}), read(order); a != b {
			t.Errorf("in order\n%sotherwise\n%s", a, b)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, p := range plans {
		f.Add(strings.ReplaceAll(p.text, "|", "\t"))
	}
	for _, r := range readings {
		f.Add("TILTAK\tANSVAR\tPARTNERE\nC\t" + r.cell + "\t" + r.cell)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc := cut(text, "\t")
		d, err := plantable.Parse(doc, "Rådet")
		if err != nil {
			return
		}
		if utf8.ValidString(text) { // what readers promise; without it there is only no panic
			verbatim(t, doc, d)
		}
		if _, err := d.MarshalJSON(); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	row := "A\tB\tLage plan for sykkelveier i Namdalen\tRådet/Rådmannsforum Utviklingsleder\tTrøndelag fylkeskommune Kommunene Roret KF\n"
	for _, size := range []struct {
		name string
		text string
	}{
		{"rows=10000", strings.Repeat(row, 10_000)},
		{"rows=20000", strings.Repeat(row, 20_000)},
		{"joined=20000", "A\tB\tC\tRådet\tNVE\n" + strings.Repeat("\n\t\t\t\tRådet, Kommunene, NVE\n", 20_000)},
		{"cell=5000", "A\tB\tC\t" + strings.Repeat("Rådet og ", 555)},
		{"cell=10000", "A\tB\tC\t" + strings.Repeat("Rådet og ", 1111)},
	} {
		doc := cut("INNSATS\tHANDLINGSPLAN\tTILTAK\tANSVAR\tPARTNERE\n"+size.text, "\t")
		b.Run(size.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := plantable.Parse(doc); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
