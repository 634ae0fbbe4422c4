package reportfile

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/wordtemplate"
	"github.com/fosenregionen/framdrift/domain"
)

const (
	wordIndent     = 360 // of one step into a list
	wordTOCHeading = `<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \o "2-2" \h \z </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`
	wordDrawing    = ` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"`
)

// A wordWriter writes blocks as the body of a Word document. It is the only
// place that writes its markup, and escapes everything else.
type wordWriter struct {
	bytes.Buffer
	doc       document
	template  *wordtemplate.Template // nil is our own look
	plain     string                 // how text looks that is not bold
	sections  int
	listed    bool           // the table of contents has been
	chapters  map[string]int // by the anchor of their heading, from 1
	charts    []string
	relations []wordtemplate.Relation
}

func newWordWriter(d document, t *wordtemplate.Template) *wordWriter {
	w := &wordWriter{doc: d, template: t, chapters: map[string]int{}}
	if t != nil { // whose language is its own
		w.plain = `<w:lang w:val="` + w.tag() + `"/>`
	}
	return w
}

// width is of the text on a page, in twentieths of a point.
func (w *wordWriter) width() int {
	if w.template != nil && w.template.TextWidth > 0 {
		return w.template.TextWidth
	}
	return wordPageWidth
}

// body writes what people read, as the blocks come.
func (w *wordWriter) body(to io.Writer) error {
	w.WriteString(xml.Header + `<w:document xmlns:w="` + wordMain + `" xmlns:r="` + relationships + `"` + wordDrawing + `><w:body>`)
	for b, err := range w.doc.blocks {
		if err != nil {
			return err
		}
		w.block(b)
		if err := flush(to, &w.Buffer); err != nil {
			return err
		}
	}
	w.WriteString(w.section() + `</w:body></w:document>`)
	_, err := w.WriteTo(to)
	return err
}

func (w *wordWriter) block(b block) {
	switch b := b.(type) {
	case heading:
		if b.level > 1 && !w.listed {
			w.contents()
		}
		w.heading(b)
	case paragraph:
		w.paragraph("", 0, b.bold, joined(" ", b.text, in("(%s)", runs(b.cited))))
	case item:
		mark := "• "
		if b.number > 0 {
			mark = fmt.Sprintf("%d. ", b.number)
		}
		w.paragraph(w.id(wordListing), b.depth+1, mark+in("%s:", b.label), joined(" ", b.text, in("(%s)", runs(b.cited))))
	case quote:
		w.paragraph(w.id(wordQuote), 0, "", b.text)
	case code:
		w.paragraph(w.id(wordCode), 0, "", string(b))
	case table:
		w.table(b)
	case figure:
		w.figure(b)
	case appendix:
		w.heading(heading{level: b.level, text: b.name})
		w.paragraph("", 0, "", wordTrailIs.In(w.doc.language))
		w.table(b.table)
	case listEnd, source:
	}
}

// heading is one, with a bookmark when the contents lead to it.
func (w *wordWriter) heading(h heading) {
	w.sections++
	anchor := h.anchor
	if anchor == "" {
		anchor = numbered(w.sections)
	}
	start, end := "", ""
	if n := w.chapters[anchor]; n > 0 {
		start, end = fmt.Sprintf(`<w:bookmarkStart w:id="%d" w:name="%s"/>`, n, bookmark(n)), fmt.Sprintf(`<w:bookmarkEnd w:id="%d"/>`, n)
	}
	fmt.Fprintf(w, `<w:p><w:pPr><w:pStyle w:val="%s"/></w:pPr>%s%s%s</w:p>`, inXML(w.id(wordHeadings[min(h.level, len(wordHeadings))-1])), start, w.run(h.text, ""), end)
}

// bookmark is what Word calls a place that its table of contents leads to.
func bookmark(n int) string { return fmt.Sprintf("_Toc%09d", n) }

// contents is a field that Word fills in with pages when the file is opened,
// and until then the chapters: nobody knows the pages before.
func (w *wordWriter) contents() {
	w.listed = true
	first := wordTOCHeading
	for i, c := range w.doc.contents() {
		w.chapters[c.anchor] = i + 1
		fmt.Fprintf(w, `<w:p><w:pPr><w:pStyle w:val="%s"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs></w:pPr>%s<w:hyperlink w:anchor="%s" w:history="1">%s</w:hyperlink></w:p>`,
			inXML(w.id(wordTOC)), w.width(), first, bookmark(i+1), w.run(c.text, ""))
		first = ""
	}
	if first == "" {
		w.WriteString(`<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
	}
}

// paragraph is a text in a style, some of it in bold first.
func (w *wordWriter) paragraph(style string, depth int, bold, text string) {
	w.WriteString("<w:p><w:pPr>")
	if style != "" {
		w.WriteString(`<w:pStyle w:val="` + inXML(style) + `"/>`)
	}
	if depth > 0 {
		fmt.Fprintf(w, `<w:ind w:left="%d" w:hanging="%d"/>`, depth*wordIndent, wordIndent/2)
	}
	w.WriteString("</w:pPr>")
	if bold != "" {
		w.WriteString(w.run(strings.TrimSpace(bold)+" ", "<w:b/>"))
	}
	w.WriteString(w.run(text, "") + "</w:p>")
}

// run is text with its line breaks.
func (w *wordWriter) run(text, properties string) string {
	var b strings.Builder
	b.WriteString("<w:r><w:rPr>" + properties + w.plain + "</w:rPr>")
	for i, part := range strings.Split(clean(strings.TrimRight(breaks.Replace(text), "\n"), true), "\n") {
		if i > 0 {
			b.WriteString("<w:br/>")
		}
		b.WriteString(`<w:t xml:space="preserve">` + inXML(part) + `</w:t>`)
	}
	b.WriteString("</w:r>")
	return b.String()
}

// runs are the numbers of events, those that follow each other as 8–31.
func runs(all []domain.Position) string {
	var parts []string
	for i := 0; i < len(all); {
		end := i
		for end+1 < len(all) && all[end+1] == all[end]+1 {
			end++
		}
		part := number(all[i])
		if end > i {
			part += "–" + number(all[end])
		}
		parts, i = append(parts, part), end+1
	}
	return strings.Join(parts, ", ")
}

func (w *wordWriter) table(t table) {
	headings := t.headings
	if t.cited != nil && !t.wide() {
		headings = append(slices.Clip(headings), wordBehindIt.In(w.doc.language))
	}
	fmt.Fprintf(w, `<w:tbl><w:tblPr>%s<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="%s"/></w:tblPr><w:tblGrid>`, w.borders(), inXML(t.name))
	widths := columnWidths(t, headings, w.width())
	for _, wide := range widths {
		fmt.Fprintf(w, `<w:gridCol w:w="%d"/>`, wide)
	}
	w.WriteString(`</w:tblGrid>`)
	w.row(headings, widths, true)
	for i, r := range t.rows {
		cells := make([]string, len(headings))
		copy(cells, r)
		if i < len(t.cited) && !t.wide() {
			cells[len(headings)-1] = runs(t.cited[i])
		}
		w.row(cells, widths, false)
		if i < len(t.cited) && t.wide() {
			w.under(wordBehindIt.In(w.doc.language)+": "+runs(t.cited[i]), widths)
		}
	}
	w.WriteString(`</w:tbl><w:p/>`)
}

// borders is how a table looks: as the template's own, if it has one for us.
func (w *wordWriter) borders() string {
	wide := fmt.Sprintf(`<w:tblW w:w="%d" w:type="dxa"/>`, w.width())
	if w.template != nil {
		for _, name := range []string{"framdrift", "table grid"} {
			if id, ok := w.template.Styles.Table[name]; ok {
				return `<w:tblStyle w:val="` + inXML(id) + `"/>` + wide
			}
		}
	}
	lines := ""
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		lines += `<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="B8C2CC"/>`
	}
	return wide + `<w:tblBorders>` + lines + `</w:tblBorders>`
}

func (w *wordWriter) row(cells []string, widths []int, head bool) {
	w.WriteString(`<w:tr><w:trPr><w:cantSplit/>` + map[bool]string{true: `<w:tblHeader/>`}[head] + `</w:trPr>`)
	for i, wide := range widths {
		fill := map[bool]string{true: `<w:shd w:val="clear" w:color="auto" w:fill="EEF3F7"/>`}[head]
		fmt.Fprintf(w, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s</w:tcPr>`, wide, fill)
		w.paragraph(w.id(wordTableText), 0, "", cells[i])
		w.WriteString(`</w:tc>`)
	}
	w.WriteString(`</w:tr>`)
}

// under is a row of one cell over the whole width, under another.
func (w *wordWriter) under(text string, widths []int) {
	fmt.Fprintf(w, `<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:gridSpan w:val="%d"/></w:tcPr>`, w.width(), len(widths))
	w.paragraph(w.id(wordTableText), 0, "", text)
	w.WriteString(`</w:tc></w:tr>`)
}
