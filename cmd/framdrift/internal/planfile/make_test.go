package planfile_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

// A layout is a plan as somebody laid it out; see testdata/regions/README.md.
type layout struct {
	name  string
	lines []layoutLine
}

type layoutLine struct {
	prose, heading, apart bool
	cells                 []string
}

// layouts reads every layout in testdata/regions.
func layouts(tb testing.TB) []layout {
	tb.Helper()
	files, err := filepath.Glob("testdata/regions/*.layout")
	if err != nil || len(files) < 6 {
		tb.Fatalf("there are %d layouts, %v", len(files), err)
	}
	var all []layout
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			tb.Fatal(err)
		}
		p := layout{name: strings.TrimSuffix(filepath.Base(file), ".layout")}
		for text := range strings.Lines(string(content)) {
			var l layoutLine
			text = strings.TrimRight(text, "\n")
			text, l.apart = strings.CutPrefix(text, "#")
			text, l.heading = strings.CutPrefix(text, "=")
			text, l.prose = strings.CutPrefix(text, "~")
			l.prose = l.prose || l.heading
			l.cells = strings.Split(strings.ReplaceAll(text, `\n`, "\n"), "|")
			p.lines = append(p.lines, l)
		}
		all = append(all, p)
	}
	return all
}

// own is what stands in a cell by itself, as people see it.
func own(cell string) string {
	if cell == "^" || cell == "<" {
		return ""
	}
	if day, ok := strings.CutPrefix(cell, "@"); ok {
		return domain.MustDate(day).Norwegian()
	}
	return cell
}

func (p layout) text() []byte {
	var b strings.Builder
	for _, l := range p.lines {
		for i, c := range l.cells {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(strings.ReplaceAll(own(c), "\n", " "))
		}
		b.WriteByte('\n')
	}
	return []byte(b.String())
}

func (p layout) csv(tb testing.TB) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	for _, l := range p.lines {
		cells := make([]string, len(l.cells))
		for i, c := range l.cells {
			cells[i] = own(c)
		}
		if err := w.Write(cells); err != nil {
			tb.Fatal(err)
		}
	}
	w.Flush()
	return b.Bytes()
}

// docx is the layout as Word has it: a table from each line that is no prose to the next that is.
func (p layout) docx(tb testing.TB) []byte {
	var b strings.Builder
	for i := 0; i < len(p.lines); {
		l := p.lines[i]
		if l.prose || len(l.cells) == 1 {
			style := ""
			if l.heading {
				style = `<w:pPr><w:outlineLvl w:val="1"/></w:pPr>`
			}
			b.WriteString("<w:p>" + style + run(l.cells[0]) + "</w:p>")
			i++
			continue
		}
		end := i + 1
		for end < len(p.lines) && !p.lines[end].prose && !p.lines[end].apart {
			end++
		}
		b.WriteString(wordTable(p.lines[i:end]))
		i = end
	}
	return docx(tb, b.String(), part{"_rels/.rels", opens + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`})
}

func wordTable(lines []layoutLine) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>` + strings.Repeat(`<w:gridCol w:w="2000"/>`, len(lines[0].cells)) + "</w:tblGrid>")
	for n, l := range lines {
		b.WriteString("<w:tr>")
		for i := 0; i < len(l.cells); {
			width := 1
			for i+width < len(l.cells) && l.cells[i+width] == "<" {
				width++
			}
			properties := fmt.Sprintf(`<w:tcW w:w="%d" w:type="dxa"/>`, 2000*width)
			if width > 1 {
				properties += fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, width)
			}
			switch {
			case l.cells[i] == "^":
				properties += `<w:vMerge/>`
			case n+1 < len(lines) && i < len(lines[n+1].cells) && lines[n+1].cells[i] == "^":
				properties += `<w:vMerge w:val="restart"/>`
			}
			b.WriteString("<w:tc><w:tcPr>" + properties + "</w:tcPr>")
			for text := range strings.SplitSeq(own(l.cells[i]), "\n") {
				b.WriteString(para(text))
			}
			b.WriteString("</w:tc>")
			i += width
		}
		b.WriteString("</w:tr>")
	}
	return b.String() + "</w:tbl><w:p/>"
}

// xlsx is the layout as Excel has it: a sheet from each «#» that prose follows
// to the next, and dates as dates.
func (p layout) xlsx(tb testing.TB) []byte {
	tb.Helper()
	x := excelize.NewFile()
	defer x.Close() //nolint:errcheck // in memory
	fail := func(err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
	format := "dd.mm.yyyy"
	date, err := x.NewStyle(&excelize.Style{CustomNumFmt: &format})
	fail(err)
	sheet, row := x.GetSheetName(0), 0
	for n, l := range p.lines {
		if l.apart && len(l.cells) == 1 && n > 0 {
			sheet, row = fmt.Sprintf("Ark%d", n), 0
			_, err := x.NewSheet(sheet)
			fail(err)
		}
		row++
		for i, c := range l.cells {
			name, err := excelize.CoordinatesToCellName(i+1, row)
			fail(err)
			switch day, isDay := strings.CutPrefix(c, "@"); {
			case isDay:
				at, err := time.Parse("2006-01-02", day)
				fail(err)
				fail(x.SetCellValue(sheet, name, at))
				fail(x.SetCellStyle(sheet, name, name, date))
			case own(c) != "":
				fail(x.SetCellStr(sheet, name, c))
			}
		}
	}
	p.merge(tb, x)
	var b bytes.Buffer
	fail(x.Write(&b))
	return b.Bytes()
}

// merge merges the cells of the last sheet, which is where plans have them.
func (p layout) merge(tb testing.TB, x *excelize.File) {
	sheets := x.GetSheetList()
	first := 0
	for n, l := range p.lines {
		if l.apart && len(l.cells) == 1 {
			first = n
		}
	}
	for n, l := range p.lines[first:] {
		for i, c := range l.cells {
			right, down := i, n
			for right+1 < len(l.cells) && l.cells[right+1] == "<" {
				right++
			}
			for first+down+1 < len(p.lines) && i < len(p.lines[first+down+1].cells) && p.lines[first+down+1].cells[i] == "^" {
				down++
			}
			if c == "^" || c == "<" || right == i && down == n {
				continue
			}
			from, err1 := excelize.CoordinatesToCellName(i+1, n+1)
			to, err2 := excelize.CoordinatesToCellName(right+1, down+1)
			if err := x.MergeCell(sheets[len(sheets)-1], from, to); err1 != nil || err2 != nil || err != nil {
				tb.Fatal(err1, err2, err)
			}
		}
	}
}

// told is a reading for people to check: what the document is, its rows, and
// every doubt but where it stands, which is another place in each format.
func told(tb testing.TB, content []byte) string {
	tb.Helper()
	f, err := planfile.Read("plan", bytes.NewReader(content), planfile.Limits{})
	if err != nil {
		tb.Fatal(err)
	}
	d, err := plantable.Parse(f.Document)
	if err != nil {
		tb.Fatal(err)
	}
	var b strings.Builder
	p := d.Plan
	fmt.Fprintf(&b, "%s · %s · %s–%s\n%s · %s · %s\n", p.Organisation.Text, p.Title.Text, p.Period.From, p.Period.To, p.Decision.Body, p.Decision.Case, p.Decision.Date)
	for _, s := range p.BasedOn {
		fmt.Fprintf(&b, "builds on %s (%d)\n", s.Title, s.Year)
	}
	for _, r := range d.Rows {
		mark := map[bool]string{true: " ongoing"}[r.Ongoing]
		fmt.Fprintf(&b, "%s %s / %s / %s / %s\n    %s | %s | «%s» %s%s", r.ID, r.Strategy, r.FocusArea, r.Initiative, r.Measure,
			strings.Join(texts(r.Owners), " + "), strings.Join(texts(r.Partners), " + "), r.Deadline.Raw, r.Deadline.Date, mark)
		for _, extra := range []string{r.Cost, r.Status} {
			fmt.Fprintf(&b, "  %s", extra)
		}
		for _, n := range r.Notes {
			fmt.Fprintf(&b, "  %s: %s", n.Heading, n.Text)
		}
		b.WriteString("\n")
	}
	for _, w := range d.Warnings {
		fmt.Fprintf(&b, "? %s %s\n", w.Code, w.Row)
	}
	return strings.ReplaceAll(b.String(), "  \n", "\n")
}
