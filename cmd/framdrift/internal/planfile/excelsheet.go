package planfile

import (
	"encoding/xml"
	"strings"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// The size of a sheet (ECMA-376 part 1, 18.3.1.73 and 18.3.1.4).
const (
	mostSheetRows    = 1 << 20
	mostSheetColumns = 1 << 14
)

// A tabReader goes through one sheet.
type tabReader struct {
	*workbook
	t      *tokens
	tab    tab
	row    int // number of the last row
	last   int // of the last row that held something
	merges []area
}

// readTab reads a sheet. Its name stands in the names of cells where there are several.
func (b *workbook) readTab(at tab, several bool) error {
	t, err := b.pack.open(at.part)
	if err != nil {
		return err
	}
	defer t.close()
	r := &tabReader{workbook: b, t: t, tab: at}
	if err := t.root(); err != nil {
		return err
	}
	first := len(b.lines)
	err = t.inside(func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "row":
			return r.readRow(e)
		case "mergeCell":
			return r.merge(attr(e, "ref"))
		}
		return nil
	})
	if err != nil {
		return err
	}
	lines := b.lines[first:]
	for i := range lines {
		lines[i].Row = lines[i].Number
		if several {
			lines[i].Sheet = at.name
		}
	}
	return r.markMerged(lines)
}

func (r *tabReader) damaged() error { return Damaged.With(r.name, short(r.tab.part)) }

func (r *tabReader) readRow(e xml.StartElement) error {
	number := r.row + 1
	if given := attr(e, "r"); given != "" {
		n, ok := index(given)
		if !ok || n < number || n > mostSheetRows {
			return r.damaged()
		}
		number = n
	}
	r.row = number
	l := plantable.Line{Number: number, Hidden: attr(e, "hidden") == "1" || attr(e, "hidden") == "true"}
	if n := len(r.lines); n > 0 {
		l.Cells = make([]plantable.Cell, 0, len(r.lines[n-1].Cells))
	}
	next := 0
	err := r.t.inside(func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok || e.Name.Local != "c" {
			return nil
		}
		column := next
		if given := attr(e, "r"); given != "" {
			c, row, ok := parseRef(given)
			if !ok || c < next || row != number {
				return r.damaged()
			}
			column = c
		}
		if next = column + 1; next > mostSheetColumns {
			return r.damaged()
		}
		text, err := r.readCell(e)
		if err != nil || strings.TrimSpace(text) == "" {
			return err
		}
		if column >= r.limits.Cells {
			return TooManyCells.With(r.name, number, column+1, r.limits.Cells)
		}
		for len(l.Cells) < column {
			l.Cells = append(l.Cells, plantable.Cell{})
		}
		l.Cells = append(l.Cells, plantable.Cell{Text: r.once(text)})
		return nil
	})
	if err != nil || len(l.Cells) == 0 {
		return err
	}
	r.broken = r.broken || r.last > 0 && number > r.last+1
	r.last = number
	return r.add(l)
}

// readCell reads the value of a cell; a formula's is what it gave when the
// file was saved.
func (r *tabReader) readCell(e xml.StartElement) (string, error) {
	format, _ := index(attr(e, "s"))
	kind := attr(e, "t")
	var value strings.Builder
	inline, inValue := "", false
	err := r.t.inside(func(tok xml.Token) error {
		switch e := tok.(type) {
		case xml.CharData:
			if inValue {
				value.Write(e)
			}
			if value.Len() > 4*r.limits.CellChars {
				return r.measure(r.row, value.String())
			}
		case xml.EndElement:
			inValue = false
		case xml.StartElement:
			inValue = e.Name.Local == "v"
			if e.Name.Local == "is" {
				text, err := r.t.richText(r.limits)
				inline = text
				return err
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return "", err
	case kind == "inlineStr":
		return inline, nil
	case value.Len() == 0:
		return "", nil
	}
	text, ok := r.cellText(kind, value.String(), format)
	if !ok {
		return "", r.damaged()
	}
	return text, nil
}

// parseRef reads a cell's name, C7, as column and row; the column counts from 0.
func parseRef(s string) (column, row int, ok bool) {
	i := 0
	for ; i < len(s) && 'A' <= s[i] && s[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(s[i]-'A') + 1
	}
	row, ok = index(s[i:])
	return column - 1, row, ok && i > 0 && column <= mostSheetColumns && row > 0 && row <= mostSheetRows
}
