package wordtemplate

import (
	"encoding/xml"
	"path"
	"slices"
	"strings"
)

// inParts are the kinds of parts that a header, a theme or a table of fonts may
// have with it.
var inParts = []string{"image", "font", "hdphoto"}

// fetching are the fields that read a file or start a program when they are
// updated (ECMA-376 part 1, 17.16.5).
var fetching = []string{"INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "IMPORT", "LINK", "DDE", "DDEAUTO", "DATABASE", "RD", "MACROBUTTON"}

// take takes a part, and the pictures and fonts that it shows.
func (p *pack) take(r Relation) error {
	if _, done := p.parts[r.Target]; done {
		return nil
	}
	if r.External {
		return Fetches.With(p.name, r.Target)
	}
	content, err := p.bytes(r.Target)
	if err != nil {
		return err
	}
	kind := p.typeOf(r.Target)
	p.parts[r.Target] = Part{r.Target, kind, content}
	if strings.HasSuffix(kind, "xml") {
		if err := p.harmless(r.Target); err != nil {
			return err
		}
	}
	relations, err := p.relations(r.Target)
	if err != nil || len(relations) == 0 {
		return err
	}
	for _, of := range relations {
		switch {
		case of.Kind() == "hyperlink" && (!of.External || leadsOut(of.Target)): // is followed by whoever clicks on it
		case of.External || !slices.Contains(inParts, of.Kind()):
			return Fetches.With(p.name, r.Target)
		default:
			if err := p.take(of); err != nil {
				return err
			}
		}
	}
	name := path.Join(path.Dir(r.Target), "_rels", path.Base(r.Target)+".rels")
	p.parts[name] = Part{Name: name, Content: []byte(Related(relations))}
	return nil
}

func leadsOut(address string) bool {
	for _, scheme := range []string{"https://", "http://", "mailto:", "tel:"} {
		if strings.HasPrefix(strings.ToLower(address), scheme) {
			return true
		}
	}
	return false
}

// harmless refuses a part with a field that fetches something.
func (p *pack) harmless(part string) error {
	var fields []string // that are open, as far as they are read
	check := func(field string) error {
		if words := strings.Fields(strings.ToUpper(field)); len(words) > 0 && slices.Contains(fetching, words[0]) {
			return Fetches.With(p.name, part)
		}
		return nil
	}
	inField := false
	return p.each(part, func(token xml.Token, _ int64) error {
		switch e := token.(type) {
		case xml.StartElement:
			inField = e.Name.Local == "instrText"
			switch kind := attribute(e, "fldCharType"); {
			case e.Name.Local == "fldSimple":
				return check(attribute(e, "instr"))
			case kind == "begin":
				fields = append(fields, "")
			case (kind == "separate" || kind == "end") && len(fields) > 0:
				last := fields[len(fields)-1]
				if kind == "end" {
					fields = fields[:len(fields)-1]
				}
				return check(last)
			}
		case xml.EndElement:
			inField = false
		case xml.CharData:
			if inField && len(fields) > 0 {
				fields[len(fields)-1] += string(e)
			}
		}
		return nil
	})
}

// holds reports whether a part has an element that is on.
func (p *pack) holds(part, local string) (found bool, err error) {
	err = p.each(part, func(token xml.Token, _ int64) error {
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == local {
			found = !slices.Contains([]string{"0", "false", "off"}, attribute(e, "val"))
		}
		return nil
	})
	return found, err
}

// Related is relations as a part of their own has them, to parts by their whole names.
func Related(all []Relation) string {
	var b strings.Builder
	b.WriteString(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`)
	for _, r := range all {
		target, mode := "/"+r.Target, ""
		if r.External {
			target, mode = r.Target, ` TargetMode="External"`
		}
		b.WriteString(`<Relationship Id="` + escaped(r.ID) + `" Type="` + escaped(r.Type) + `" Target="` + escaped(target) + `"` + mode + `/>`)
	}
	b.WriteString(`</Relationships>`)
	return b.String()
}

func escaped(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // to memory
	return b.String()
}
