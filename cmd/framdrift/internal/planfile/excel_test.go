package planfile_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

func TestExcel(t *testing.T) {
	merged := func(refs ...string) string {
		s := ""
		for _, r := range refs {
			s += `<mergeCell ref="` + r + `"/>`
		}
		return "<mergeCells>" + s + "</mergeCells>"
	}
	for _, tt := range []struct {
		rule string
		book book
		want string
	}{
		{"a row is a line", book{sheets: []string{rows("A B", "C - D")}}, "1:A|B 2:C||D"},
		{"a blank row is a break", book{sheets: []string{rows("A B", "-", "C D")}}, "1:A|B ^3:C|D"},
		{"cells share strings", book{sheets: []string{`<sheetData><row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row></sheetData>`}, strings: []string{"<t>A</t>", "<r><t>B</t></r><rPh><t>x</t></rPh><r><t>b</t></r>"}}, "1:Bb|A"},
		{"a formula is what it gave", book{sheets: []string{`<row r="3"><c r="B3" t="str"><f>A1&amp;A2</f><v>AB</v></c></row>`}}, "3:|AB"},
		{"a number is as it stands", book{sheets: []string{`<row><c><v>2024</v></c><c t="n"><v>1.5</v></c></row>`}}, "1:2024|1.5"},
		{"a date is shown as far as its format shows it", book{
			sheets:  []string{`<row><c s="1"><v>45657</v></c><c s="2"><v>45657</v></c><c s="3"><v>45657</v></c><c s="4"><v>45657</v></c><c s="5"><v>45657</v></c></row>`},
			formats: []string{`dd\.mm\.yyyy`, `mmm yy`, `yyyy`, `0&quot; d&quot;`, `[$-414]d. mmmm yyyy;@`},
		}, "1:31.12.2024|desember 2024|2024|45657|31.12.2024"},
		{"the first days of 1900 have their own rule", book{sheets: []string{`<row><c s="1"><v>1</v></c><c s="1"><v>61</v></c><c s="1"><v>-4</v></c></row>`}, formats: []string{"d.m.yy"}}, "1:01.01.1900|01.03.1900|-4"},
		{"a workbook may count from 1904", book{sheets: []string{`<row><c s="1"><v>1</v></c></row>`}, formats: []string{"d.m.yy"}, setup: `<workbookPr date1904="1"/>`}, "1:02.01.1904"},
		{"merged cells are part of the first", book{sheets: []string{rows("A - B", "- - C", "D E F") + merged("A1:B2", "C3:D3")}}, "1:A|<|B 2:^|^|C 3:D|E|F|<"},
		{"a merge goes no further than the rows", book{sheets: []string{rows("A B", "- C") + merged("A1:A1048576")}}, "1:A|B 2:^|C"},
		{"sheets come one after the other", book{sheets: []string{rows("A B"), rows("C D")}}, "1:A|B #^1:C|D"},
		{"a hidden sheet is not read", book{sheets: []string{rows("A B"), rows("C D")}, hidden: 1}, "1:C|D"},
		{"line breaks that a cell spells out are line breaks", book{sheets: []string{rows("A_x000D_B B")}}, "1:A\nB|B"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			if got := shape(table(t, xlsx(t, tt.book))); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// What nobody sees is not taken in, or left out, without a word.
func TestWhatASheetHidesIsSaid(t *testing.T) {
	shown := rows("TILTAK ANSVAR", "A Rådet") + `<row r="3" hidden="1"><c r="A3" t="str"><v>B</v></c><c r="B3" t="str"><v>Rådet</v></c></row>`
	d, err := plantable.Parse(table(t, xlsx(t, book{sheets: []string{shown, rows("C D")}, hidden: 2})).Document)
	if err != nil || len(d.Rows) != 2 {
		t.Fatalf("got %d rows, %v", len(d.Rows), err)
	}
	codes := map[plantable.Code]string{}
	for _, w := range d.Warnings {
		codes[w.Code] = w.Message.NB
	}
	if !strings.Contains(codes[plantable.SheetHidden], "Ark2") || !strings.Contains(codes[plantable.RowHidden], "B Rådet") {
		t.Errorf("got %v", codes)
	}
}

// A value in a million pieces is put together once, and no further than a cell is long.
func TestAValueInPiecesIsNoLongerThanACell(t *testing.T) {
	pieces := `<row><c t="str"><v>` + strings.Repeat("1<!---->", 1<<20) + `</v></c></row>`
	if _, err := planfile.Read("plan", bytes.NewReader(xlsx(t, book{sheets: []string{pieces}})), planfile.Limits{}); !planfile.CellTooLong.Breaks(err) {
		t.Errorf("got %v", err)
	}
}

func TestCellsInExcelHaveNames(t *testing.T) {
	one := table(t, xlsx(t, book{sheets: []string{rows("A B")}}))
	two := table(t, xlsx(t, book{sheets: []string{rows("A B"), rows("C D")}}))
	if a, b := one.Document.Lines[0].Ref(1), two.Document.Lines[1].Ref(1); a != "B1" || b != "Ark2!B1" {
		t.Errorf("got %s and %s", a, b)
	}
}
