package planexport

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

// The parts of a document that are the same in all (ECMA-376): the styles of
// headings and text, and what points to what.
var (
	//go:embed parts/styles.xml
	wordStyles string
	//go:embed parts/content-types.xml
	wordTypes string
	//go:embed parts/rels.xml
	wordRels string
	//go:embed parts/document-rels.xml
	wordDocumentRels string
)

// writeWord writes a document on landscape pages: the title as a heading, one
// table whose header row is repeated on each page, and strategies over its
// full width.
func (t *table) writeWord(w io.Writer) error {
	var b strings.Builder
	b.WriteString(xml.Header + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	b.WriteString(paragraph("Title", t.title))
	for _, text := range t.front {
		b.WriteString(paragraph("", text))
	}
	t.wordTable(&b)
	b.WriteString(`<w:p/><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>` +
		`<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425" w:gutter="0"/></w:sectPr></w:body></w:document>`)
	made := t.Made.UTC().Format(time.RFC3339)
	core := fmt.Sprintf(`%s<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" `+
		`xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+
		`<dc:title>%s</dc:title><dc:creator>%s</dc:creator><dc:language>%s</dc:language>`+
		`<dcterms:created xsi:type="dcterms:W3CDTF">%s</dcterms:created></cp:coreProperties>`,
		xml.Header, escaped(t.title), escaped(t.Region), tag(t.Language), made)
	z := zip.NewWriter(w)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", wordTypes},
		{"_rels/.rels", wordRels},
		{"word/document.xml", b.String()},
		{"word/_rels/document.xml.rels", wordDocumentRels},
		{"word/styles.xml", strings.ReplaceAll(wordStyles, "LANGUAGE", tag(t.Language))},
		{"docProps/core.xml", core},
	} {
		f, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Deflate, Modified: t.Made.UTC()})
		if err == nil {
			_, err = io.WriteString(f, part.text)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// pageWidth is what a landscape A4 page has room for, in twentieths of a point.
const pageWidth = 15138

func (t *table) wordTable(b *strings.Builder) {
	widths := t.wordWidths()
	b.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="` + fmt.Sprint(pageWidth) + `" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`)
	for _, width := range widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`)
	for i, c := range t.columns {
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="1F4E79"/></w:tcPr>%s</w:tc>`, widths[i], paragraph("TableHead", c.heading))
	}
	b.WriteString(`</w:tr>`)
	for _, l := range t.lines {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`)
		if l.heading != "" {
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/><w:shd w:val="clear" w:color="auto" w:fill="DDEBF7"/></w:tcPr>%s</w:tc>`,
				pageWidth, len(t.columns), paragraph(fmt.Sprintf("Heading%d", l.level), l.heading))
		}
		for i, c := range l.cells {
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>%s</w:tc>`, widths[i], paragraph("", c.String()))
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// wordWidths is the columns' shares of the page.
func (t *table) wordWidths() []int {
	all := 0.0
	for _, c := range t.columns {
		all += c.width
	}
	widths := make([]int, len(t.columns))
	for i, c := range t.columns {
		widths[i] = int(c.width / all * pageWidth)
	}
	return widths
}

// paragraph is a text in a style; line breaks in it are line breaks.
func paragraph(style, text string) string {
	var b strings.Builder
	b.WriteString("<w:p>")
	if style != "" {
		b.WriteString(`<w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>`)
	}
	for i, part := range strings.Split(text, "\n") {
		if i > 0 {
			b.WriteString("<w:r><w:br/></w:r>")
		}
		if part != "" {
			b.WriteString(`<w:r><w:t xml:space="preserve">` + escaped(part) + `</w:t></w:r>`)
		}
	}
	b.WriteString("</w:p>")
	return b.String()
}

// escaped is a text as XML has it; what XML has no way to write is left out.
func escaped(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(text)) // to a buffer
	return b.String()
}
