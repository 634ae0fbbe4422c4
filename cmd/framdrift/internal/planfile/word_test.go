package planfile_test

import (
	"strings"
	"testing"
)

func run(text string) string { return "<w:r><w:t>" + text + "</w:t></w:r>" }
func para(text string) string {
	return "<w:p>" + run(text) + "</w:p>"
}

// cells is a row with a cell for each text; one that begins with «<w:tcPr>» has its own properties.
func cells(texts ...string) string {
	var b strings.Builder
	for _, text := range texts {
		properties, rest, found := strings.Cut(text, "</w:tcPr>")
		if !found {
			properties, rest = "", text
		} else {
			properties += "</w:tcPr>"
		}
		b.WriteString("<w:tc>" + properties + para(rest) + "</w:tc>")
	}
	return "<w:tr>" + b.String() + "</w:tr>"
}

func tbl(rows ...string) string { return "<w:tbl>" + strings.Join(rows, "") + "</w:tbl>" }

const (
	over2  = `<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`
	begins = `<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>`
	goesOn = `<w:tcPr><w:vMerge/></w:tcPr>`
)

func TestWord(t *testing.T) {
	for _, tt := range []struct{ rule, body, want string }{
		{"paragraphs are prose and rows are lines", para("Plan") + tbl(cells("A", "B"), cells("C", "")) + para("Slutt"), "~1:Plan 2:A|B 3:C ~4:Slutt"},
		{
			"a paragraph may be a heading by style or by level",
			`<w:p><w:pPr><w:pStyle w:val="Overskrift1"/></w:pPr>` + run("A") + `</w:p><w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr>` + run("B") + `</w:p>`, "=1:A =2:B",
		},
		{"lines and paragraphs in a cell are lines", tbl("<w:tr><w:tc>" + para("A") + "<w:p>" + run("B") + "<w:r><w:br/></w:r>" + run("C") + "</w:p></w:tc></w:tr>"), "1:A\nB\nC"},
		{"text in runs is one text", "<w:p>" + run("Sam") + `<w:hyperlink>` + run("ar") + `</w:hyperlink>` + run("beid") + "</w:p>", "~1:Samarbeid"},
		{"a cell may run over columns", tbl(cells(over2+"A", "B"), cells("C", "D", "E")), "1:A|<|B 2:C|D|E"},
		{"a cell may run over rows", tbl(cells(begins+"A", "B"), cells(goesOn+"x", "C"), cells("D", "E")), "1:A|B 2:^|C 3:D|E"},
		{"a cell that goes on from nothing is its own", tbl(cells(goesOn+"A", "B"), cells("C", goesOn+"D")), "1:A|B 2:C|D"},
		{"a page that ends is a break", tbl(cells("A", "B")) + `<w:p><w:r><w:br w:type="page"/></w:r></w:p>` + tbl(cells("C", "D")), "1:A|B ^3:C|D"},
		{"a table as wide goes on, another is apart", tbl(cells("A", "B")) + "<w:p/>" + tbl(cells("C", "D")) + "<w:p/>" + tbl(cells("E", "F", "G")), "1:A|B 3:C|D #5:E|F|G"},
		{"what was deleted is gone, what was added is there", "<w:p><w:del><w:r><w:delText>A</w:delText></w:r></w:del><w:ins>" + run("B") + "</w:ins></w:p>" +
			tbl(`<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>`+para("C")+"</w:tc></w:tr>", cells("D", "E")), "~1:B 3:D|E"},
		{"hidden text is not read", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>A</w:t></w:r>` + run("B") + `</w:p>`, "~1:B"},
		{"text in a box is read once", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>` + para("Plan") + `</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>` + para("Plan") + `</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>`, "~1:Plan\n\n"},
		{"a content control is what it holds", "<w:sdt><w:sdtPr><w:t>x</w:t></w:sdtPr><w:sdtContent>" + para("A") + tbl("<w:sdt><w:sdtContent>"+cells("B", "C")+"</w:sdtContent></w:sdt>") + "</w:sdtContent></w:sdt>", "~1:A 2:B|C"},
		{"a table in a cell is text in it", tbl("<w:tr><w:tc>" + tbl(cells("A", "B")) + "<w:p/></w:tc><w:tc>" + para("C") + "</w:tc></w:tr>"), "1:A\n\nB|C"},
		{"a row may begin further in", tbl(cells("A", "B"), `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>`+para("C")+"</w:tc></w:tr>"), "1:A|B 2:|C"},
		{"a hyphen that never breaks is a hyphen", "<w:p>" + run("A") + "<w:r><w:noBreakHyphen/></w:r>" + run("B") + "</w:p>", "~1:A-B"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			if got := shape(table(t, docx(t, tt.body))); strings.ReplaceAll(got, "\n\n", "\n") != strings.ReplaceAll(tt.want, "\n\n", "\n") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCellsInWordHaveNames(t *testing.T) {
	f := table(t, docx(t, tbl(cells("A", "B"))+"<w:p/>"+tbl(cells("C", "D"), cells("E", "F"))))
	if got := f.Document.Lines[2].Ref(1); got != "T2!B2" {
		t.Errorf("got %s", got)
	}
}
