package wordtemplate

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// left are the elements of a page setup that are not taken over: what was
// changed in it, what a printer is told, and columns, which no table fits in.
var left = []string{"sectPrChange", "printerSettings", "cols"}

// section reads the page setup of the last section, and gives the ids of the
// relations that it names. It is written anew, with our prefixes and nothing
// from other namespaces.
func (t *Template) section(p *pack, part string) (named []string, err error) {
	s := &setup{}
	err = p.each(part, func(token xml.Token, _ int64) error {
		switch e := token.(type) {
		case xml.StartElement:
			s.path = append(s.path, e.Name)
			s.start(e)
		case xml.EndElement:
			s.end(e)
			s.path = s.path[:len(s.path)-1]
		}
		return nil
	})
	if err == nil && !s.word {
		err = NotWord.With(p.name)
	}
	t.Section, t.TextWidth = s.text.String(), s.width
	return s.named, err
}

// A setup is the page setup as far as it is read.
type setup struct {
	path  []xml.Name
	word  bool // it is a document of Word
	skip  int  // the depth of what is left; 0 when nothing is
	text  strings.Builder
	named []string
	width int
}

func (s *setup) inside() bool {
	return len(s.path) >= 3 && s.path[2] == (xml.Name{Space: Main, Local: "sectPr"}) && s.path[1] == (xml.Name{Space: Main, Local: "body"})
}

func (s *setup) start(e xml.StartElement) {
	switch {
	case len(s.path) == 1:
		s.word = e.Name == xml.Name{Space: Main, Local: "document"}
		return
	case !s.inside() || s.skip > 0:
		return
	case e.Name.Space != Main || slices.Contains(left, e.Name.Local):
		s.skip = len(s.path)
		return
	}
	s.text.WriteString("<w:" + e.Name.Local)
	for _, a := range e.Attr {
		prefix, known := map[string]string{Main: "w:", Relationships: "r:"}[a.Name.Space]
		if !known {
			continue
		}
		s.text.WriteString(" " + prefix + a.Name.Local + `="`)
		_ = xml.EscapeText(&s.text, []byte(a.Value)) // to memory
		s.text.WriteString(`"`)
		if prefix == "r:" {
			s.named = append(s.named, a.Value)
		}
	}
	s.text.WriteString(">")
	s.measure(e)
}

// measure counts the width between the margins.
func (s *setup) measure(e xml.StartElement) {
	twips := func(name string) int {
		n, _ := strconv.Atoi(attribute(e, name)) // what is not a number is 0
		return n
	}
	switch e.Name.Local {
	case "pgSz":
		s.width += twips("w")
	case "pgMar":
		s.width -= twips("left") + twips("right") + twips("gutter")
	}
}

func (s *setup) end(e xml.EndElement) {
	switch {
	case !s.inside():
	case s.skip > 0:
		if len(s.path) == s.skip {
			s.skip = 0
		}
	default:
		s.text.WriteString("</w:" + e.Name.Local + ">")
	}
}
