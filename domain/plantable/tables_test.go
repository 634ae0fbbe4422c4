package plantable_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// layout is a document as a format with cells of its own gives it. A line that
// begins with «~» is prose, with «=» a heading; «#» begins a table apart. A
// cell «^» is part of the one above, «<» of the one to its left.
func layout(lines ...string) plantable.Document {
	doc := plantable.Document{Name: "plan"}
	for i, text := range lines {
		l := plantable.Line{Number: i + 1}
		text, l.Apart = strings.CutPrefix(text, "#")
		text, l.Heading = strings.CutPrefix(text, "=")
		text, l.Prose = strings.CutPrefix(text, "~")
		l.Prose = l.Prose || l.Heading
		for cell := range strings.SplitSeq(text, "|") {
			c := plantable.Cell{Text: cell}
			switch cell {
			case "^":
				c = plantable.Cell{Of: plantable.Above}
			case "<":
				c = plantable.Cell{Of: plantable.Left}
			}
			l.Cells = append(l.Cells, c)
		}
		doc.Lines = append(doc.Lines, l)
	}
	return doc
}

// reading is the rows of a draft, a line each, and the codes of its doubts.
func reading(d plantable.Draft) string {
	var b strings.Builder
	names := func(all []plantable.Name) string {
		var texts []string
		for _, n := range all {
			texts = append(texts, n.Text)
		}
		return strings.Join(texts, "+")
	}
	for _, r := range d.Rows {
		fmt.Fprintf(&b, "%s %s/%s/%s/%s %s %s\n", r.ID, r.Strategy, r.FocusArea, r.Initiative, r.Measure, names(r.Owners), names(r.Partners))
	}
	for _, w := range d.Warnings {
		if w.Place.Line > 0 && !strings.HasPrefix(string(w.Code), "document.") && w.Code != plantable.ColumnNone {
			fmt.Fprintf(&b, "%d %s\n", w.Place.Line, w.Code)
		}
	}
	return b.String()
}

func TestTablesOfFormatsThatHaveThem(t *testing.T) {
	for _, tt := range []struct {
		rule  string
		lines []string
		want  string
	}{
		{"a heading between two tables is a strategy", []string{
			"=Handlingsplan 2024-2027", "=Vekst", "INNSATS|TILTAK|ANSVAR", "A|B|Rådet", "=Vern", "INNSATS|TILTAK|ANSVAR", "C|D|Rådet",
		}, "t01 Vekst/A//B Rådet \nt02 Vern/C//D Rådet \n"},
		{"a line that names a strategy is one wherever it stands", []string{
			"Mål 1: Vekst", "INNSATS|TILTAK|ANSVAR", "A|B|Rådet", "~Mål 2: Vern", "C|D|Rådet",
		}, "t01 Mål 1: Vekst/A//B Rådet \nt02 Mål 2: Vern/C//D Rådet \n"},
		{"other prose between the tables is outside", []string{"INNSATS|TILTAK|ANSVAR", "A|B|Rådet", "~Her kommer mer.", "C|D|Rådet"}, "t01 /A//B Rådet \nt02 /C//D Rådet \n3 line.outside\n"},
		{"a table with its columns in another order is read in that", []string{
			"INNSATS|TILTAK|ANSVAR", "A|B|Rådet", "#ANSVARLIG|TILTAK|INNSATS", "Rådet|D|C",
		}, "t01 /A//B Rådet \nt02 /C//D Rådet \n"},
		{"a table without a plan's headings is outside", []string{
			"INNSATS|TILTAK|ANSVAR", "A|B|Rådet", "#Møter|Dato|Sted", "1|2.3.2024|Brekstad", "#INNSATS|TILTAK|ANSVAR", "C|D|Rådet",
		}, "t01 /A//B Rådet \nt02 /C//D Rådet \n3 table.outside\n"},
		{"owners in a merged cell answer in each of its rows", []string{
			"INNSATS|TILTAK|ANSVAR|PARTNERE", "A|B|Rådet|NVE", "^|C|^|^", "|D||",
		}, "t01 /A//B Rådet NVE\nt02 /A//C Rådet NVE\nt03 /A//D  \n3 cell.merged\n3 cell.merged\n4 row.no-owner\n"},
		{"a measure in a merged cell is one measure", []string{
			"INNSATS|TILTAK|ANSVAR|PARTNERE", "A|B|Rådet|NVE", "^|^|Leder|NTNU",
		}, "t01 /A//B Rådet+Leder NVE+NTNU\n3 row.joined\n"},
		{"one heading over two columns is said of both", []string{"INNSATS|TILTAK|ANSVAR|<", "A|B|Rådet|Leder"}, "t01 /A//B Rådet \n1 column.twice\n"},
		{"a heading over the full width is a heading", []string{"INNSATS|TILTAK|ANSVAR", "VEKST OG VERN|<|<", "A|B|Rådet"}, "t01 VEKST OG VERN/A//B Rådet \n"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			d, err := plantable.Parse(layout(tt.lines...))
			if err != nil {
				t.Fatal(err)
			}
			if got := reading(d); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestAnEncodingThatWasGuessedIsSaid(t *testing.T) {
	doc := layout("TILTAK|ANSVAR", "A|Rådet")
	doc.Encoding = "windows-1252"
	d, err := plantable.Parse(doc)
	if err != nil || d.Warnings[0].Code != plantable.EncodingGuessed {
		t.Errorf("got %v, %v", d.Warnings, err)
	}
}
