package planfile_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
)

// A part of a pack: its name and what it holds.
type part struct{ name, text string }

func pack(tb testing.TB, parts ...part) []byte {
	tb.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err == nil {
			_, err = w.Write([]byte(p.text))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

const opens = `<?xml version="1.0" encoding="UTF-8"?>`

func types(main, kind string) part {
	return part{"[Content_Types].xml", opens + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/` +
		main + `" ContentType="application/vnd.openxmlformats-officedocument.` + kind + `"/></Types>`}
}

const wordSpace = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// docx is a Word document with this in its body.
func docx(tb testing.TB, body string, more ...part) []byte {
	return pack(tb, append([]part{
		types("word/document.xml", "wordprocessingml.document.main+xml"),
		{"word/document.xml", opens + `<w:document ` + wordSpace + `><w:body>` + body + `</w:body></w:document>`},
	}, more...)...)
}

// A book is the parts of a workbook that tests differ in.
type book struct {
	sheets  []string // each the elements of one
	strings []string
	formats []string // number formats of cell formats 1, 2, …
	setup   string   // in the workbook, before its sheets
	hidden  int      // number of the sheet that is hidden, from 1
}

const sheetSpace = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`

func xlsx(tb testing.TB, b book, more ...part) []byte {
	const rel = `<Relationship Id="%s" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
	var sheets, rels, shared, styles, codes strings.Builder
	parts := []part{types("xl/workbook.xml", "spreadsheetml.sheet.main+xml")}
	for i, sheet := range b.sheets {
		state := map[bool]string{true: ` state="hidden"`}[i+1 == b.hidden]
		fmt.Fprintf(&sheets, `<sheet name="Ark%d" sheetId="%[1]d" r:id="rId%[1]d"%s/>`, i+1, state)
		fmt.Fprintf(&rels, rel, fmt.Sprintf("rId%d", i+1), "worksheet", fmt.Sprintf("worksheets/sheet%d.xml", i+1))
		parts = append(parts, part{fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), opens + `<worksheet ` + sheetSpace + `>` + sheet + `</worksheet>`})
	}
	fmt.Fprintf(&rels, rel, "rId100", "sharedStrings", "/xl/sharedStrings.xml")
	fmt.Fprintf(&rels, rel, "rId101", "styles", "styles.xml")
	for _, s := range b.strings {
		shared.WriteString(`<si>` + s + `</si>`)
	}
	for i, f := range b.formats {
		fmt.Fprintf(&codes, `<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, f)
		fmt.Fprintf(&styles, `<xf numFmtId="%d"/>`, 200+i)
	}
	return pack(tb, append(append(parts,
		part{"xl/workbook.xml", opens + `<workbook ` + sheetSpace + `>` + b.setup + `<sheets>` + sheets.String() + `</sheets></workbook>`},
		part{"xl/_rels/workbook.xml.rels", opens + `<Relationships>` + rels.String() + `</Relationships>`},
		part{"xl/sharedStrings.xml", opens + `<sst ` + sheetSpace + `>` + shared.String() + `</sst>`},
		part{"xl/styles.xml", opens + `<styleSheet ` + sheetSpace + `><numFmts>` + codes.String() + `</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>` + styles.String() + `</cellXfs></styleSheet>`},
	), more...)...)
}

// rows is sheet data with a cell of text for each word, dashes for none.
func rows(lines ...string) string {
	var b strings.Builder
	b.WriteString("<sheetData>")
	for i, line := range lines {
		fmt.Fprintf(&b, `<row r="%d">`, i+1)
		for c, word := range strings.Fields(line) {
			if word != "-" {
				fmt.Fprintf(&b, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+c, i+1, word)
			}
		}
		b.WriteString("</row>")
	}
	return b.String() + "</sheetData>"
}

// shape is lines as tests write them: «^» a break before, «#» a table apart,
// «~» prose, «=» a heading; «<» and «^» for cells that are part of others.
func shape(f planfile.File) string {
	var got []string
	for _, l := range f.Document.Lines {
		line := ""
		for _, mark := range []struct {
			on   bool
			text string
		}{{l.Apart, "#"}, {l.Break, "^"}, {l.Prose && !l.Heading, "~"}, {l.Heading, "="}} {
			if mark.on {
				line += mark.text
			}
		}
		var cells []string
		for _, c := range l.Cells {
			cells = append(cells, []string{"", "<", "^"}[c.Of]+c.Text)
		}
		got = append(got, fmt.Sprintf("%s%d:%s", line, l.Number, strings.Join(cells, "|")))
	}
	return strings.Join(got, " ")
}

func table(t *testing.T, content []byte) planfile.File {
	t.Helper()
	f, err := planfile.Read("plan", bytes.NewReader(content), planfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Every way we know for a zipped file to be wrong, and what each is told.
func TestHostilePacks(t *testing.T) {
	plan := docx(t, `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>TILTAK</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`)
	locked := bytes.Clone(plan)
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1
	word := types("word/document.xml", "wordprocessingml.document.main+xml")
	body := func(text string) []byte { return pack(t, word, part{"word/document.xml", text}) }
	for _, tt := range []struct {
		name    string
		content []byte
		rule    domain.Rule
		says    string
	}{
		{"truncated", plan[:len(plan)-30], planfile.Damaged, "zip"},
		{"cut in a part", append(bytes.Clone(plan[:200]), plan[260:]...), planfile.Damaged, ""},
		{"nothing but the end of a zip", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), planfile.OtherKind, "zip"},
		{"a zip of something else", pack(t, part{"a.txt", "a"}), planfile.OtherKind, "zip"},
		{"LibreOffice's own format", pack(t, part{"mimetype", "application/vnd.oasis.opendocument.text"}), planfile.OtherKind, "OpenDocument"},
		{"a path out of the file", docx(t, "", part{"../../etc/passwd", "x"}), planfile.Outside, "../../etc/passwd"},
		{"a path from the root", docx(t, "", part{"/etc/passwd", "x"}), planfile.Outside, "/etc/passwd"},
		{"a Windows path", docx(t, "", part{`..\x`, "x"}), planfile.Outside, `..\x`},
		{"a part twice", docx(t, "", part{"Word/document.xml", "x"}), planfile.PartTwice, "Word/document.xml"},
		{"a password", locked, planfile.Password, "passord"},
		{"macros", docx(t, "", part{"word/vbaProject.bin", "x"}), planfile.Macros, "makroer"},
		{"macros by type", pack(t, types("word/document.xml", "ms-word.document.macroEnabled.main+xml")), planfile.Macros, "makroer"},
		{"a bomb", docx(t, "", part{"word/media/x", strings.Repeat("0", 1<<21)}), planfile.Bomb, "1 MB"},
		{"many small bombs", docx(t, "", part{"a", strings.Repeat("0", 1<<19)}, part{"b", strings.Repeat("0", 1<<19)}, part{"c", "0"}), planfile.Bomb, "1 MB"},
		{"a document type", body(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`), planfile.Entities, "word/document.xml"},
		{"a document type in the list of parts", pack(t, part{"[Content_Types].xml", `<!DOCTYPE a []><Types/>`}), planfile.Entities, "Content_Types"},
		{"an unknown entity", body(`<a>&x;</a>`), planfile.Damaged, "word/document.xml"},
		{"XML that ends early", body(`<w:document><w:body><w:p>`), planfile.Damaged, "word/document.xml"},
		{"tags that cross", body(`<w:document><w:body></w:document></w:body>`), planfile.Damaged, "word/document.xml"},
		{"no XML", body("\x00\x01"), planfile.Damaged, "word/document.xml"},
		{"an empty part", body(""), planfile.Damaged, "word/document.xml"},
		{"a part that is not there", pack(t, word), planfile.Damaged, "word/document.xml"},
		{"no end of depth", body(strings.Repeat("<a>", 300)), planfile.Damaged, "word/document.xml"},
		{"a document with nothing in it", docx(t, ""), planfile.Empty, "tom"},
		{"a workbook with nothing in it", xlsx(t, book{sheets: []string{""}}), planfile.Empty, "tom"},
		{"merged cells that overlap", xlsx(t, book{sheets: []string{rows("A B", "C D", "E F") + `<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/><mergeCell ref="A2:A3"/></mergeCells>`}}), planfile.Merges, "A1:B2 og A2:A3"},
		{"merged cells that end before they begin", xlsx(t, book{sheets: []string{rows("A B") + `<mergeCell ref="C2:A1"/>`}}), planfile.Damaged, "sheet1"},
		{"a string that is not there", xlsx(t, book{sheets: []string{`<sheetData><row><c t="s"><v>7</v></c></row></sheetData>`}}), planfile.Damaged, "sheet1"},
		{"rows in disorder", xlsx(t, book{sheets: []string{`<row r="2"/><row r="1"/>`}}), planfile.Damaged, "sheet1"},
		{"cells in disorder", xlsx(t, book{sheets: []string{`<row r="1"><c r="B1"/><c r="A1"/></row>`}}), planfile.Damaged, "sheet1"},
		{"a column beyond the sheet", xlsx(t, book{sheets: []string{`<row r="1"><c r="ZZZZ1"/></row>`}}), planfile.Damaged, "sheet1"},
		{"too many columns", xlsx(t, book{sheets: []string{`<row r="1"><c r="ZZ1"><v>1</v></c></row>`}}), planfile.TooManyCells, "702 celler"},
		{"too many rows", xlsx(t, book{sheets: []string{rows("A B", "A B", "A B", "A B", "A B", "A B")}}), planfile.TooManyRows, "linje 6"},
		{"a long cell", xlsx(t, book{sheets: []string{rows("A " + strings.Repeat("å", 20))}}), planfile.CellTooLong, "linje 1"},
		{"a long cell in Word", docx(t, "<w:p><w:r><w:t>"+strings.Repeat("å", 20)+"</w:t></w:r></w:p>"), planfile.CellTooLong, "linje 1"},
		{"a cell over too many columns", docx(t, `<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>`), planfile.TooManyCells, "2000000000"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			limits := small
			limits.Bytes, limits.Unpacked = 1<<20, 1<<20
			_, err := planfile.Read("plan.docx", bytes.NewReader(tt.content), limits)
			if !tt.rule.Breaks(err) || domain.KindOf(err) != domain.Invalid {
				t.Fatalf("got %v, want %s", err, tt.rule.Code)
			}
			var e *domain.Error
			errors.As(err, &e)
			if !strings.Contains(e.Message.NB, tt.says) || strings.Contains(e.Message.NB+e.Message.NN+e.Message.EN, "%!") {
				t.Errorf("it says: %v", e.Message)
			}
		})
	}
}

func TestTheDefaultLimitsOfPacks(t *testing.T) {
	row := `<row><c><v>1</v></c><c><v>2</v></c></row>`
	for name, content := range map[string][]byte{
		"planfile.too-many-rows":  xlsx(t, book{sheets: []string{`<sheetData>` + strings.Repeat(row, 200_000) + `</sheetData>`}}),
		"planfile.cell-too-long":  docx(t, "<w:p><w:r><w:t>"+strings.Repeat("å", 10_000)+"</w:t></w:r></w:p>"),
		"planfile.bomb":           docx(t, "", part{"word/media/a", strings.Repeat("0", 200<<20)}),
		"planfile.long-run":       docx(t, "<w:p><w:r><w:t>"+strings.Repeat("a", 50<<20)+"</w:t></w:r></w:p>"),
		"planfile.too-many-parts": pack(t, slices.Repeat([]part{{"a", ""}}, 5_001)...),
	} {
		_, err := planfile.Read("plan", bytes.NewReader(content), planfile.Limits{})
		var e *domain.Error
		if !errors.As(err, &e) || e.Code != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}

// One long string shown in every cell is small in the file and large as cells.
func TestTextThatIsSharedCountsWhereverItIsShown(t *testing.T) {
	row := `<row>` + strings.Repeat(`<c t="s"><v>0</v></c>`, 90) + `</row>`
	b := book{sheets: []string{`<sheetData>` + strings.Repeat(row, 1000) + `</sheetData>`}, strings: []string{"<t>" + strings.Repeat("tekst ", 1500) + "</t>"}}
	_, err := planfile.Read("plan.xlsx", bytes.NewReader(xlsx(t, b)), planfile.Limits{})
	if !planfile.TooMuchText.Breaks(err) {
		t.Errorf("got %v", err)
	}
}

// A part may say that it is small, and grow.
func TestAPartThatLiesAboutItsSizeIsReadNoFurther(t *testing.T) {
	const grown = 3 << 20
	content := docx(t, "<w:p><w:r><w:t>"+strings.Repeat("<w:br/>", grown/7)+"</w:t></w:r></w:p>")
	for at := 0; ; { // the size in each entry of the directory
		next := bytes.Index(content[at:], []byte("PK\x01\x02"))
		if next < 0 {
			break
		}
		at += next + 4
		copy(content[at+20:at+24], "\x10\x00\x00\x00")
	}
	_, err := planfile.Read("plan.docx", bytes.NewReader(content), planfile.Limits{Unpacked: 1 << 20})
	if !planfile.Bomb.Breaks(err) && !planfile.Damaged.Breaks(err) {
		t.Errorf("got %v", err)
	}
}

func TestTheFormatIsToldByContent(t *testing.T) {
	for want, content := range map[planfile.Format][]byte{
		planfile.Word:  docx(t, "<w:p><w:r><w:t>A</w:t></w:r></w:p>"),
		planfile.Excel: xlsx(t, book{sheets: []string{rows("A B")}}),
		planfile.CSV:   []byte("A;B\n"),
		planfile.Text:  []byte("A\tB\n"),
	} {
		for _, name := range []string{"plan.docx", "plan.xlsx", "plan.csv", "plan"} {
			f, err := planfile.Read(name, bytes.NewReader(content), planfile.Limits{})
			if err != nil || f.Format != want {
				t.Errorf("%s: got %s, %v; want %s", name, f.Format, err, cmp.Or(want, "none"))
			}
		}
	}
}
