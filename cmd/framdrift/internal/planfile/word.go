package planfile

import (
	"encoding/xml"
	"strings"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// A wordReader goes through the body of a Word document: each paragraph
// outside the tables is a line of prose, each row of a table is a line.
//
// A document knows no pages. A row's number counts paragraphs and rows from
// the top; its cells are called T2!C7, row 7 under column C of the second
// table, as in a spreadsheet.
type wordReader struct {
	*sheet
	t       *tokens
	number  int
	table   int
	columns int // of the table before
}

func readWord(s *sheet, p *pack, part string) error {
	t, err := p.open(part)
	if err != nil {
		return err
	}
	defer t.close()
	w := &wordReader{sheet: s, t: t}
	if err := t.root(); err != nil {
		return err
	}
	if err := w.blocks(); err != nil {
		return err
	}
	if len(s.lines) == 0 {
		return Empty.With(s.name)
	}
	return nil
}

// blocks reads what stands inside the element that has begun, however deep:
// body, content controls, tracked insertions.
func (w *wordReader) blocks() error {
	return w.t.inside(func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "p":
			return w.prose()
		case "tbl":
			return w.tableOf()
		}
		return w.pass(e)
	})
}

// pass skips an element that shows nothing: what was deleted or moved away,
// the twin of a drawing, properties.
func (w *wordReader) pass(e xml.StartElement) error {
	switch e.Name.Local {
	case "del", "moveFrom", "Fallback", "tblPr", "tblGrid", "sectPr", "sdtPr", "instrText", "delText", "rubyPr", "rt":
		return w.t.skip()
	}
	return nil
}

func (w *wordReader) prose() error {
	w.number++
	p, err := w.paragraph()
	if err != nil {
		return err
	}
	w.broken = w.broken || p.newPage
	if strings.TrimSpace(p.text) == "" { // an empty paragraph keeps tables apart, and is no page
		return nil
	}
	return w.add(plantable.Line{
		Number: w.number, Prose: true, Heading: p.heading, Cells: []plantable.Cell{{Text: p.text}},
	})
}

// A paragraph's text has the line breaks that stand in it.
type paragraph struct {
	text    string
	heading bool
	newPage bool
}

// paragraph reads to the end of the paragraph that has begun. What stands in a
// box that hangs on it is part of it.
func (w *wordReader) paragraph() (paragraph, error) {
	var p paragraph
	var b strings.Builder
	shown, inText := true, false
	err := w.t.inside(func(tok xml.Token) error {
		switch e := tok.(type) {
		case xml.CharData:
			if inText && shown {
				b.Write(e)
			}
		case xml.EndElement:
			inText = inText && e.Name.Local != "t"
			if e.Name.Local == "p" {
				b.WriteByte('\n')
			}
		case xml.StartElement:
			switch e.Name.Local {
			case "t":
				inText = true
			case "r":
				shown = true
			case "vanish":
				shown = off(e)
			case "tab", "ptab":
				b.WriteByte(' ')
			case "br", "cr":
				b.WriteByte('\n')
				p.newPage = p.newPage || attr(e, "type") == "page"
			case "noBreakHyphen":
				b.WriteByte('-')
			case "pPr":
				return w.properties(&p)
			default:
				return w.pass(e)
			}
		}
		if b.Len() > 4*w.limits.CellChars+mostToken {
			return w.measure(w.number, b.String())
		}
		return nil
	})
	p.text = b.String()
	return p, err
}

// properties of a paragraph: whether it is a heading, by its style or its
// level in the outline.
func (w *wordReader) properties(p *paragraph) error {
	return w.t.inside(func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "pStyle":
			style := strings.ToLower(attr(e, "val"))
			p.heading = p.heading || strings.HasPrefix(style, "heading") || strings.HasPrefix(style, "overskrift")
		case "outlineLvl":
			p.heading = p.heading || attr(e, "val") != "9"
		case "pageBreakBefore":
			p.newPage = p.newPage || !off(e)
		}
		return nil
	})
}

// off reports whether a property that can be on or off says off.
func off(e xml.StartElement) bool {
	v := attr(e, "val")
	return v == "0" || v == "false" || v == "off"
}
