package planfile

import (
	"encoding/xml"
	"strings"
)

// A workbook is what the cells of its sheets point to.
type workbook struct {
	*sheet
	pack    *pack
	strings []string
	dates   []dateForm // by cell format
	era1904 bool
	hidden  []string // names of the sheets that cannot be seen
}

// A tab is a sheet that can be seen.
type tab struct{ name, part string }

// readExcel reads the sheets of a workbook that can be seen, one after the other.
func readExcel(s *sheet, p *pack, part string) error {
	b := &workbook{sheet: s, pack: p}
	rels, err := p.relations(part)
	if err != nil {
		return err
	}
	tabs, err := b.tabs(part, rels)
	s.hidden = b.hidden
	if err != nil {
		return err
	}
	for _, r := range rels {
		switch r.kind {
		case "sharedStrings":
			err = b.readStrings(r.target)
		case "styles":
			err = b.readStyles(r.target)
		}
		if err != nil {
			return err
		}
	}
	for i, t := range tabs {
		s.broken, s.apart = i > 0, i > 0
		if err := b.readTab(t, len(tabs) > 1); err != nil {
			return err
		}
	}
	if len(s.lines) == 0 {
		return Empty.With(s.name)
	}
	return nil
}

func (b *workbook) tabs(part string, rels map[string]relation) ([]tab, error) {
	var tabs []tab
	const most = 255 // as many as Excel makes room for
	err := b.pack.each(part, func(e xml.StartElement) {
		switch e.Name.Local {
		case "workbookPr":
			b.era1904 = attr(e, "date1904") == "1" || attr(e, "date1904") == "true"
		case "sheet":
			r, there := rels[relationID(e)]
			if !there || r.kind != "worksheet" || len(tabs)+len(b.hidden) == most {
				return
			}
			if state := attr(e, "state"); state == "" || state == "visible" {
				tabs = append(tabs, tab{short(attr(e, "name")), r.target})
			} else {
				b.hidden = append(b.hidden, short(attr(e, "name")))
			}
		}
	})
	return tabs, err
}

// relationID is r:id, told from an id without a namespace.
func relationID(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// readStrings reads the strings that cells share. Reading aids over the text
// (rPh) are no part of it.
func (b *workbook) readStrings(part string) error {
	t, err := b.pack.open(part)
	if err != nil {
		return err
	}
	defer t.close()
	if err := t.root(); err != nil {
		return err
	}
	bytes := 0
	return t.inside(func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok || e.Name.Local != "si" {
			return nil
		}
		text, err := t.richText(b.limits)
		b.strings = append(b.strings, text)
		if bytes += len(text); bytes > b.limits.Bytes || len(b.strings) > b.limits.Rows*b.limits.Cells {
			return Bomb.With(b.name, size(b.limits.Bytes))
		}
		return err
	})
}

// richText is the text of all runs in the element that has begun.
func (t *tokens) richText(limits Limits) (string, error) {
	var text strings.Builder
	inText := false
	err := t.inside(func(tok xml.Token) error {
		switch e := tok.(type) {
		case xml.CharData:
			if inText {
				text.Write(e)
			}
			if text.Len() > 4*limits.CellChars+mostToken {
				return Damaged.With(t.from.pack.name, t.from.part)
			}
		case xml.EndElement:
			inText = false
		case xml.StartElement:
			if e.Name.Local == "rPh" {
				return t.skip()
			}
			inText = e.Name.Local == "t"
		}
		return nil
	})
	return unescape(text.String()), err
}

// unescaped are line breaks as spreadsheets write them where XML would lose them.
var unescaped = strings.NewReplacer("_x000D_\n", "\n", "_x000D_", "\n", "_x000A_", "\n", "_x0009_", " ", "\r\n", "\n")

func unescape(text string) string {
	if !strings.ContainsAny(text, "_\r") {
		return text
	}
	return unescaped.Replace(text)
}

// cellText is a cell's value as people see it.
func (b *workbook) cellText(kind, value string, format int) (string, bool) {
	switch kind {
	case "s":
		i, ok := index(value)
		if !ok || i >= len(b.strings) {
			return "", false
		}
		return b.strings[i], true
	case "", "n":
		if format < len(b.dates) && b.dates[format] != noDate {
			return b.dates[format].text(value, b.era1904), true
		}
	}
	return unescape(value), true
}

// index reads a number that points somewhere, without sign and not too large.
func index(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' || n > 1<<24 {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, s != ""
}
