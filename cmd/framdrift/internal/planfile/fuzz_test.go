package planfile_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

// sound reads what may be anything, and checks that every cell passes.
func sound(t *testing.T, content []byte, passes func(string) bool) {
	t.Helper()
	file, err := planfile.Read("plan", bytes.NewReader(content), planfile.Limits{Unpacked: 4 << 20})
	if err != nil {
		if domain.KindOf(err) != domain.Invalid {
			t.Errorf("not a refusal: %v", err)
		}
		return
	}
	for _, l := range file.Document.Lines {
		for _, c := range l.Cells {
			if !passes(c.Text) {
				t.Errorf("line %d: %q does not stand in the file", l.Number, c.Text)
			}
		}
	}
	if d, err := plantable.Parse(file.Document); err == nil {
		if _, err := json.Marshal(d); err != nil {
			t.Error(err)
		}
	} else if domain.KindOf(err) != domain.Invalid {
		t.Errorf("not a refusal: %v", err)
	}
}

// FuzzRead gives the readers of text and of packs any bytes at all.
func FuzzRead(f *testing.F) {
	for _, name := range []string{"handlingsplan-2022-2024", "nynorsk", "annen-rekkefolge"} {
		content, err := os.ReadFile(filepath.Join("testdata", name+".txt"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(content)
		f.Add(bytes.ReplaceAll(content, []byte("\t"), []byte(";")))
	}
	f.Add([]byte("\xff\xfeT\x00"))
	f.Add([]byte("TILTAK\tANSVAR\r\fA\tB\x00"))
	f.Add([]byte("sep=;\nTILTAK;ANSVAR\n\"A\n\"\"a\"\"\";R\xe5det"))
	f.Add(docx(f, tbl(cells("TILTAK", "ANSVAR"), cells("A", "B"))))
	f.Add(xlsx(f, book{sheets: []string{rows("TILTAK ANSVAR", "A B")}}))
	f.Fuzz(func(t *testing.T, content []byte) {
		zipped := bytes.HasPrefix(content, []byte("PK"))
		text := strings.ToValidUTF8(string(content), "")
		sound(t, content, func(cell string) bool {
			return zipped || strings.Contains(text, cell) || isWithin(ascii(cell), text)
		})
	})
}

// ascii is a text without what an older encoding writes in its own way.
func ascii(text string) string {
	return strings.Map(func(r rune) rune {
		if r > unicode.MaxASCII {
			return -1
		}
		return r
	}, text)
}

// FuzzWord gives the Word reader any body.
func FuzzWord(f *testing.F) {
	f.Add(para("Handlingsplan") + tbl(cells("INNSATS", "TILTAK", "ANSVAR"), cells(begins+"A", over2+"B"), cells(goesOn, "C", "D")))
	f.Add(`<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:pageBreakBefore/></w:pPr><w:del>` + run("x") + `</w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>y</w:t></w:r></w:p>`)
	f.Add(`<w:tbl><w:tr><w:trPr><w:gridBefore w:val="9"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="-1"/></w:tcPr><w:p><w:r><w:tab/><w:br w:type="page"/><w:noBreakHyphen/></w:r></w:p></w:tc></w:tr></w:tbl>`)
	f.Fuzz(func(t *testing.T, body string) {
		text := textOf(body)
		sound(t, docx(t, body), func(cell string) bool { return isWithin(cell, text) })
	})
}

// FuzzExcel gives the Excel reader any sheet, strings and number formats.
func FuzzExcel(f *testing.F) {
	f.Add(rows("INNSATS TILTAK ANSVAR", "A B C", "- D E")+`<mergeCells><mergeCell ref="A2:A3"/></mergeCells>`, "<t>A</t>", "dd.mm.yyyy")
	f.Add(`<sheetData><row r="5"><c r="B5" t="s"><v>0</v></c><c s="1"><v>45657.5</v></c></row></sheetData>`, "<r><t>A_x000D_</t></r>", "yyyy;@")
	f.Fuzz(func(t *testing.T, sheet, shared, format string) {
		text := textOf(sheet) + textOf("<si>"+shared+"</si>")
		sound(t, xlsx(t, book{sheets: []string{sheet}, strings: []string{shared}, formats: []string{format}}), func(cell string) bool {
			return isWithin(cell, text) || isDate(cell)
		})
	})
}

// isDate reports whether a cell is a date as the reader writes one.
func isDate(cell string) bool {
	d := plantable.ParseDeadline(cell)
	return !d.Date.IsZero()
}

// textOf is the character data of some XML, and every hyphen a format may ask for.
func textOf(body string) string {
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader("<x>" + body + "</x>"))
	for {
		tok, err := d.Token()
		if err != nil {
			return b.String()
		}
		switch e := tok.(type) {
		case xml.CharData:
			b.Write(e)
		case xml.StartElement:
			if e.Name.Local == "noBreakHyphen" {
				b.WriteByte('-')
			}
		}
	}
}

// isWithin reports whether the characters of a cell, but for white space, come
// one after the other in a text: something may have been left out between them.
func isWithin(cell, text string) bool {
	rest := text
	for _, r := range cell {
		if unicode.IsSpace(r) {
			continue
		}
		i := strings.IndexRune(rest, r)
		if i < 0 {
			return false
		}
		rest = rest[i+len(string(r)):]
	}
	return true
}
