package reportfile

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/wordtemplate"
	"github.com/fosenregionen/framdrift/domain"
)

// Parts of a Word file (ECMA-376) that are the same in every report.
const (
	wordMain      = wordtemplate.Main
	relationships = wordtemplate.Relationships
	wordType      = `application/vnd.openxmlformats-officedocument.wordprocessingml.`
	// What is not said to be anything else is a chart: how many there are is not
	// known before the document has been written.
	wordTypes = xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>` +
		`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>`
	wordRels = xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="word/document.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`
	wordSettings = xml.Header + `<w:settings xmlns:w="` + wordMain + `">%s<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`
	wordFooter   = xml.Header + `<w:ftr xmlns:w="` + wordMain + `"><w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` +
		`<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>`
	wordFooterReference = `<w:footerReference w:type="default" r:id="` + ownFooter + `"/>`
	wordPage            = `<w:sectPr>` + wordFooterReference + `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1021" w:bottom="1134" w:left="1021" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>`
	wordPageWidth       = 9864 // of text on the page, in twentieths of a point
)

// Ids of relations that are ours. A template has others.
const (
	ownFooter = "framdriftFooter"
	ownChart  = "framdriftChart%d"
)

// A wordPart is a part of the file, and what it is.
type wordPart struct {
	name, kind string // kind is its content type; empty when the types say it by its ending
	write      func(io.Writer) error
}

func wordText(s string) func(io.Writer) error {
	return func(part io.Writer) error { _, err := io.WriteString(part, s); return err }
}

// wordDocument writes the document as Word has it: headings by style, tables
// whose first row is a heading and repeats, charts with a text, page numbers, a
// table of contents. With a template it has that one's styles and pages.
func wordDocument(to io.Writer, d document, t *wordtemplate.Template) error {
	w := newWordWriter(d, t)
	z := zip.NewWriter(to)
	types, parts := wordTypes+override("word/document.xml", wordType+"document.main+xml"), w.parts()
	for _, p := range parts {
		types += override(p.name, p.kind)
	}
	first := []wordPart{
		{name: "[Content_Types].xml", write: wordText(types + `</Types>`)},
		{name: "_rels/.rels", write: wordText(wordRels)},
		{name: "docProps/core.xml", write: wordText(w.properties())},
	}
	for _, p := range append(append(first, parts...), wordPart{name: "word/document.xml", write: w.body}) {
		if err := writePart(z, p); err != nil {
			return err
		}
	}
	for i, chart := range w.charts {
		if err := writePart(z, wordPart{name: w.add(fmt.Sprintf(ownChart, i+1), "chart", fmt.Sprintf("word/charts/framdrift-chart%d.xml", i+1)), write: wordText(chart)}); err != nil {
			return err
		}
	}
	if err := writePart(z, wordPart{name: "word/_rels/document.xml.rels", write: wordText(wordtemplate.Related(w.relations))}); err != nil {
		return err
	}
	return z.Close()
}

// add has the document point at a part, and gives its name.
func (w *wordWriter) add(id, kind, name string) string {
	w.relations = append(w.relations, wordtemplate.Relation{ID: id, Type: relationships + "/" + kind, Target: name})
	return name
}

func writePart(z *zip.Writer, p wordPart) error {
	f, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Deflate}) // no time: the same bytes
	if err != nil {
		return fmt.Errorf("reportfile: %s: %w", p.name, err)
	}
	return p.write(f)
}

func override(name, kind string) string {
	if kind == "" {
		return ""
	}
	return `<Override PartName="/` + inXML(name) + `" ContentType="` + inXML(kind) + `"/>`
}

// parts are those beside the document that it points at.
func (w *wordWriter) parts() []wordPart {
	settings := ""
	parts := []wordPart{}
	if w.template != nil {
		w.relations = append(w.relations, w.template.Relations...)
		for _, p := range w.template.Parts {
			content := p.Content
			if p.Name == w.template.Styles.Part {
				content = slices.Concat(content[:w.template.Styles.End], []byte(w.styles()), content[w.template.Styles.End:])
			}
			parts = append(parts, wordPart{p.Name, p.ContentType, func(to io.Writer) error { _, err := to.Write(content); return err }})
		}
		if w.template.EvenOdd {
			settings = `<w:evenAndOddHeaders/>`
		}
	}
	add := func(id, kind, name, text string) {
		parts = append(parts, wordPart{w.add(id, kind, name), wordType + kind + "+xml", wordText(text)})
	}
	add("framdriftSettings", "settings", "word/framdrift-settings.xml", fmt.Sprintf(wordSettings, settings))
	if w.template == nil || w.template.Styles.Part == "" {
		add("framdriftStyles", "styles", "word/framdrift-styles.xml", w.ownStyles())
	}
	if w.template == nil || !w.template.Footer {
		add(ownFooter, "footer", "word/framdrift-footer.xml", wordFooter)
	}
	return parts
}

// section is the page setup: the template's, with our page numbers when it has
// no header or footer to hold its own.
func (w *wordWriter) section() string {
	if w.template == nil || w.template.Section == "" {
		return wordPage
	}
	if w.template.Footer {
		return w.template.Section
	}
	start := strings.IndexByte(w.template.Section, '>') + 1
	return w.template.Section[:start] + wordFooterReference + w.template.Section[start:]
}

func (w *wordWriter) properties() string {
	return xml.Header + `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` +
		inXML(w.doc.title) + `</dc:title><dc:creator>Framdrift</dc:creator><dc:language>` + w.tag() + `</dc:language></cp:coreProperties>`
}

// tag is the language as Word's dictionaries know it.
func (w *wordWriter) tag() string {
	return map[domain.Language]string{domain.Bokmal: "nb-NO", domain.Nynorsk: "nn-NO", domain.English: "en-GB"}[w.doc.language]
}

func inXML(text string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(clean(breaks.Replace(text), false))) // to memory
	return b.String()
}
