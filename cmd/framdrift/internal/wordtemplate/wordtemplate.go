// Package wordtemplate reads a Word document (ECMA-376) for how it looks: its
// styles, fonts, numbering, theme, headers, footers and page setup, for a report
// to take over. What is written in it is left behind.
//
//	t, err := wordtemplate.Read("mal.docx", file)
//
// The file comes from anybody, and what is taken from it ends up in a document
// that is given out. So it is read within limits, and nothing is taken that can
// run, or that fetches something when somebody opens the report.
package wordtemplate

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"slices"
	"strings"
)

// Namespaces of a Word document.
const (
	Main          = `http://schemas.openxmlformats.org/wordprocessingml/2006/main`
	Relationships = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
)

// A Template is what a report takes over. It is only read.
type Template struct {
	SHA256 string // of the file
	Parts  []Part // in order of name; the relations of a part come with it
	// Relations are the document's: to its styles, fonts, numbering and theme,
	// and to the headers and footers of its last section.
	Relations []Relation
	Section   string // the page setup of its last section: a w:sectPr; empty when it has none
	Footer    bool   // it has one, or a header
	EvenOdd   bool   // even pages have headers and footers of their own
	TextWidth int    // between the margins, in twentieths of a point; 0 when it does not say
	Styles    Styles
}

// A Part is a file in the document.
type Part struct {
	Name, ContentType string
	Content           []byte
}

// A Relation is what a part points at: another part by its name, or an address.
type Relation struct {
	ID, Type, Target string
	External         bool
}

// Kind is the last word of its type: styles, header, image.
func (r Relation) Kind() string { return r.Type[strings.LastIndexByte(r.Type, '/')+1:] }

// Styles are those of a template, by the names that are the same in every
// language of Word, in lower case.
type Styles struct {
	Part             string // its name; empty when there is none
	End              int    // where more styles can be put in the part
	Paragraph, Table map[string]string
}

// taken are the parts of a document that say how it looks.
var taken = []string{"styles", "theme", "numbering", "fontTable"}

// Read reads a template. Errors: those of Rules, one sentence each.
func Read(name string, file []byte) (*Template, error) {
	p, err := openPack(name, file)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(file)
	t := &Template{SHA256: hex.EncodeToString(sum[:])}
	main, err := p.document()
	if err != nil {
		return nil, err
	}
	named, err := t.section(p, main)
	if err != nil {
		return nil, err
	}
	relations, err := p.relations(main)
	if err != nil {
		return nil, err
	}
	for _, r := range relations {
		switch kind := r.Kind(); {
		case kind == "settings":
			if t.EvenOdd, err = p.holds(r.Target, "evenAndOddHeaders"); err != nil {
				return nil, err
			}
		case slices.Contains(taken, kind), slices.Contains(named, r.ID) && (kind == "header" || kind == "footer"):
			if err := p.take(r); err != nil {
				return nil, err
			}
			t.Relations = append(t.Relations, r)
			t.Footer = t.Footer || kind == "header" || kind == "footer"
			if kind == "styles" {
				if t.Styles, err = p.styles(r.Target); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, id := range named {
		if !slices.ContainsFunc(t.Relations, func(r Relation) bool { return r.ID == id }) {
			return nil, Damaged.With(name, main)
		}
	}
	t.Parts = p.inOrder()
	return t, nil
}

// styles reads what styles there are.
func (p *pack) styles(part string) (Styles, error) {
	s := Styles{Part: part, Paragraph: map[string]string{}, Table: map[string]string{}}
	var id, kind string
	depth := 0
	err := p.each(part, func(token xml.Token, at int64) error {
		switch e := token.(type) {
		case xml.StartElement:
			depth++
			switch {
			case e.Name.Local == "style" && depth == 2:
				id, kind = attribute(e, "styleId"), attribute(e, "type")
			case e.Name.Local == "name" && depth == 3 && kind == "paragraph":
				s.Paragraph[strings.ToLower(attribute(e, "val"))] = id
			case e.Name.Local == "name" && depth == 3 && kind == "table":
				s.Table[strings.ToLower(attribute(e, "val"))] = id
			}
		case xml.EndElement:
			if depth--; depth == 0 {
				s.End = int(at)
			}
		}
		return nil
	})
	if err == nil && !strings.HasPrefix(string(p.parts[part].Content[s.End:]), "</") {
		err = Damaged.With(p.name, part)
	}
	return s, err
}

func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}
