package reportfile

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// Parts of a Word file (ECMA-376) that are the same in every report.
const (
	wordMain  = `http://schemas.openxmlformats.org/wordprocessingml/2006/main`
	wordTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
		`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
		`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
		`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`
	relationships  = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	wordRels       = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	documentRels   = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationships + `/styles" Target="styles.xml"/><Relationship Id="rId2" Type="` + relationships + `/footer" Target="footer1.xml"/><Relationship Id="rId3" Type="` + relationships + `/settings" Target="settings.xml"/></Relationships>`
	wordSettings   = xml.Header + `<w:settings xmlns:w="` + wordMain + `"><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
	wordFooter     = xml.Header + `<w:ftr xmlns:w="` + wordMain + `"><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`
	wordPage       = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1021" w:bottom="1134" w:left="1021" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`
	wordPageWidth  = 9864 // of text on the page, in twentieths of a point
	wordIndent     = 360  // of one step into a list
	wordTOCHeading = `<w:p><w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "2-3" \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
)

// A wordWriter writes blocks as the body of a Word document. It is the only
// place that writes its markup, and escapes everything else.
type wordWriter struct {
	bytes.Buffer
	doc    document
	listed bool // the table of contents has been
}

// wordDocument is the document as Word has it: headings by style, tables whose
// first row is a heading and repeats, page numbers, a table of contents. The
// charts are left out; the tables that they are drawn from are there.
func wordDocument(to io.Writer, d document) error {
	w := &wordWriter{doc: d}
	z := zip.NewWriter(to)
	text := func(s string) func(io.Writer) error {
		return func(part io.Writer) error { _, err := io.WriteString(part, s); return err }
	}
	for _, part := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{"[Content_Types].xml", text(wordTypes)},
		{"_rels/.rels", text(wordRels)},
		{"docProps/core.xml", text(w.properties())},
		{"word/_rels/document.xml.rels", text(documentRels)},
		{"word/document.xml", w.body},
		{"word/footer1.xml", text(wordFooter)},
		{"word/settings.xml", text(wordSettings)},
		{"word/styles.xml", text(w.styles())},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate}) // no time: the same bytes
		if err != nil {
			return fmt.Errorf("reportfile: %s: %w", part.name, err)
		}
		if err := part.write(f); err != nil {
			return err
		}
	}
	return z.Close()
}

// body writes what people read, as the blocks come.
func (w *wordWriter) body(to io.Writer) error {
	w.WriteString(xml.Header + `<w:document xmlns:w="` + wordMain + `" xmlns:r="` + relationships + `"><w:body>`)
	for b, err := range w.doc.blocks {
		if err != nil {
			return err
		}
		w.block(b)
		if err := flush(to, &w.Buffer); err != nil {
			return err
		}
	}
	w.WriteString(wordPage + `</w:body></w:document>`)
	_, err := w.WriteTo(to)
	return err
}

func (w *wordWriter) properties() string {
	return xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		inXML(w.doc.title) + `</dc:title><dc:creator>Framdrift</dc:creator><dc:language>` + w.tag() + `</dc:language></cp:coreProperties>`
}

// tag is the language as Word's dictionaries know it.
func (w *wordWriter) tag() string {
	return map[domain.Language]string{domain.Bokmal: "nb-NO", domain.Nynorsk: "nn-NO", domain.English: "en-GB"}[w.doc.language]
}

func (w *wordWriter) styles() string {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:styles xmlns:w="` + wordMain + `"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="21"/><w:lang w:val="` + w.tag() + `"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>`)
	b.WriteString(`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>`)
	for level, size := range []int{36, 28, 25, 23, 21} {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="Heading%d"><w:name w:val="heading %d"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="%d"/></w:pPr><w:rPr><w:b/><w:sz w:val="%d"/></w:rPr></w:style>`, level+1, level+1, level, size)
	}
	for _, s := range [][2]string{{"Quote", `<w:pPr><w:ind w:left="567"/></w:pPr><w:rPr><w:i/></w:rPr>`}, {"Caption", `<w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr>`}, {"TableText", `<w:pPr><w:spacing w:after="20"/></w:pPr><w:rPr><w:sz w:val="17"/></w:rPr>`}, {"Code", `<w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/><w:sz w:val="18"/></w:rPr>`}} {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Normal"/>%s</w:style>`, s[0], s[0], s[1])
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

func (w *wordWriter) block(b block) {
	switch b := b.(type) {
	case heading:
		if b.level > 1 && !w.listed {
			w.contents()
		}
		w.paragraph(fmt.Sprintf("Heading%d", min(b.level, 5)), 0, "", b.text)
	case paragraph:
		w.paragraph("", 0, b.bold, joined(" ", b.text, in("(%s)", events(b.cited))))
	case item:
		mark := "• "
		if b.number > 0 {
			mark = fmt.Sprintf("%d. ", b.number)
		}
		w.paragraph("", b.depth+1, mark+in("%s:", b.label), joined(" ", b.text, in("(%s)", events(b.cited))))
	case quote:
		w.paragraph("Quote", 0, "", b.text)
	case code:
		w.paragraph("Code", 0, "", string(b))
	case table:
		w.table(b)
	case appendix:
		w.paragraph(fmt.Sprintf("Heading%d", b.level), 0, "", b.name)
		w.paragraph("", 0, "", wordTrailIs.In(w.doc.language))
		w.table(b.table)
	case listEnd, figure, source:
	}
}

// contents is a field that Word fills in, and the chapters until it does.
func (w *wordWriter) contents() {
	w.listed = true
	w.WriteString(wordTOCHeading)
	for _, c := range w.doc.contents() {
		w.WriteString(`</w:p><w:p>` + run(c.text, ""))
	}
	w.WriteString(`<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
}

// paragraph is a text in a style, some of it in bold first.
func (w *wordWriter) paragraph(style string, depth int, bold, text string) {
	w.WriteString("<w:p><w:pPr>")
	if style != "" {
		w.WriteString(`<w:pStyle w:val="` + style + `"/>`)
	}
	if depth > 0 {
		fmt.Fprintf(w, `<w:spacing w:after="60"/><w:ind w:left="%d" w:hanging="%d"/>`, depth*wordIndent, wordIndent/2)
	}
	w.WriteString("</w:pPr>")
	if bold != "" {
		w.WriteString(run(strings.TrimSpace(bold)+" ", "<w:b/>"))
	}
	w.WriteString(run(text, "") + "</w:p>")
}

// run is text with its line breaks.
func run(text, properties string) string {
	var b strings.Builder
	b.WriteString("<w:r><w:rPr>" + properties + "</w:rPr>")
	for i, part := range strings.Split(clean(strings.TrimRight(breaks.Replace(text), "\n"), true), "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		b.WriteString(`<w:t xml:space="preserve">` + inXML(part) + `</w:t>`)
	}
	b.WriteString("</w:r>")
	return b.String()
}

func inXML(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(clean(breaks.Replace(text), false))) // to a buffer
	return b.String()
}

func (w *wordWriter) table(t table) {
	headings := t.headings
	if t.cited != nil {
		headings = append(slices.Clip(headings), wordBehindIt.In(w.doc.language))
	}
	w.paragraph("Caption", 0, "", t.name)
	fmt.Fprintf(w, `<w:tbl><w:tblPr><w:tblW w:w="%d" w:type="dxa"/><w:tblBorders>`, wordPageWidth)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(w, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="B8C2CC"/>`, side)
	}
	w.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1"/><w:tblCaption w:val="` + inXML(t.name) + `"/></w:tblPr><w:tblGrid>`)
	width := wordPageWidth / len(headings)
	w.WriteString(strings.Repeat(fmt.Sprintf(`<w:gridCol w:w="%d"/>`, width), len(headings)) + `</w:tblGrid>`)
	w.row(headings, len(headings), width, true)
	for i, r := range t.rows {
		cells := make([]string, len(headings))
		copy(cells, r)
		if i < len(t.cited) {
			cells[len(headings)-1] = events(t.cited[i])
		}
		w.row(cells, len(headings), width, false)
	}
	w.WriteString(`</w:tbl><w:p/>`)
}

func (w *wordWriter) row(cells []string, columns, width int, head bool) {
	w.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + map[bool]string{true: `<w:tblHeader/>`}[head] + `</w:trPr>`)
	for i := range columns {
		fill := map[bool]string{true: `<w:shd w:val="clear" w:color="auto" w:fill="EEF3F7"/>`}[head]
		fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, width, fill)
		w.paragraph("TableText", 0, "", cells[i])
		w.WriteString(`</w:tc>`)
	}
	w.WriteString(`</w:tr>`)
}
