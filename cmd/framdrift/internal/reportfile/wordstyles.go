package reportfile

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// A wordStyle is a style of ours: the name that Word knows it by in every
// language, the id it has here, and how it looks where no template says it.
type wordStyle struct{ name, id, looks string }

// wordHeadings are the styles of headings by level, from 1.
var wordHeadings = func() (all []wordStyle) {
	for level, size := range []int{36, 28, 25, 23, 21} {
		all = append(all, wordStyle{
			fmt.Sprintf("heading %d", level+1), fmt.Sprintf("Heading%d", level+1),
			fmt.Sprintf(`<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="%d"/></w:pPr><w:rPr><w:b/><w:sz w:val="%d"/></w:rPr>`, level, size),
		})
	}
	return all
}()

// The other styles of paragraphs.
var (
	wordQuote     = wordStyle{"Quote", "Quote", `<w:pPr><w:ind w:left="567"/></w:pPr><w:rPr><w:i/></w:rPr>`}
	wordTOC       = wordStyle{"toc 2", "TOC2", `<w:pPr><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="%d"/></w:tabs><w:spacing w:after="60"/></w:pPr>`}
	wordListing   = wordStyle{"framdrift list", "FramdriftList", `<w:pPr><w:spacing w:after="60"/></w:pPr>`}
	wordTableText = wordStyle{"framdrift table", "FramdriftTable", `<w:pPr><w:spacing w:before="0" w:after="20"/></w:pPr><w:rPr><w:sz w:val="17"/></w:rPr>`}
	wordCode      = wordStyle{"framdrift code", "FramdriftCode", `<w:rPr><w:rFonts w:ascii="Consolas" w:hAnsi="Consolas"/><w:sz w:val="18"/></w:rPr>`}
)

var wordOthers = []wordStyle{wordQuote, wordTOC, wordListing, wordTableText, wordCode}

// id is what the file calls a style: the template's, when it has it.
func (w *wordWriter) id(s wordStyle) string {
	if w.template != nil {
		if id, ok := w.template.Styles.Paragraph[strings.ToLower(s.name)]; ok {
			return id
		}
	}
	return s.id
}

// styles are those of ours that the template lacks. A heading is then like the
// one above it, if that is the template's.
func (w *wordWriter) styles() string {
	var b strings.Builder
	base := `<w:basedOn w:val="` + inXML(w.id(wordStyle{"normal", "Normal", ""})) + `"/>`
	above := ""
	for level, h := range wordHeadings {
		id := w.id(h)
		switch {
		case id != h.id || w.has(h):
			above = `<w:basedOn w:val="` + inXML(id) + `"/>`
		case above != "":
			w.style(&b, h, above, fmt.Sprintf(`<w:pPr><w:outlineLvl w:val="%d"/></w:pPr>`, level))
		default:
			w.style(&b, h, base, h.looks)
		}
	}
	for _, s := range wordOthers {
		if s == wordTOC {
			s.looks = fmt.Sprintf(s.looks, w.width())
		}
		if !w.has(s) {
			w.style(&b, s, base, s.looks)
		}
	}
	return b.String()
}

// has reports whether the template has a style.
func (w *wordWriter) has(s wordStyle) bool {
	if w.template == nil {
		return false
	}
	_, ok := w.template.Styles.Paragraph[strings.ToLower(s.name)]
	return ok
}

func (w *wordWriter) style(b *strings.Builder, s wordStyle, base, looks string) {
	fmt.Fprintf(b, `<w:style xmlns:w="%s" w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/>%s%s</w:style>`, wordMain, s.id, s.name, base, looks)
}

// ownStyles is all of them, where there is no template or it has none.
func (w *wordWriter) ownStyles() string {
	return xml.Header + `<w:styles xmlns:w="` + wordMain + `"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="21"/><w:lang w:val="` + w.tag() +
		`"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>` +
		`<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>` + w.styles() + `</w:styles>`
}
