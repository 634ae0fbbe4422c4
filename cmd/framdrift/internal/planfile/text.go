package planfile

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// isTabbed reports whether tabs part the cells of a text: some line has one.
// A CSV may hold a stray one in a cell, but not in as many lines as it has
// separators.
func isTabbed(text string) bool {
	tabs := strings.Count(text, "\t")
	return tabs > 0 && tabs*4 >= strings.Count(text, ";")
}

// tabbed cuts a text into lines and cells. Lines end with \n, \r\n or \r.
func (s *sheet) tabbed(text string) error {
	for number := 1; text != ""; number++ {
		var row string
		row, text = cutLine(text)
		for i, part := range strings.Split(row, "\f") {
			s.broken = s.broken || i > 0
			cells, err := s.cellsOf(number, part)
			if err == nil {
				err = s.add(plantable.Line{Number: number, Cells: cells})
			}
			if err != nil {
				return err
			}
		}
	}
	if !s.wide {
		return NoTable.With(s.name)
	}
	return nil
}

func cutLine(text string) (row, rest string) {
	i := strings.IndexAny(text, "\r\n")
	switch {
	case i < 0:
		return text, ""
	case strings.HasPrefix(text[i:], "\r\n"):
		return text[:i], text[i+2:]
	}
	return text[:i], text[i+1:]
}

// cellsOf cuts a line at its tabs; empty cells at the end are left out.
func (s *sheet) cellsOf(number int, row string) ([]plantable.Cell, error) {
	row = strings.TrimRight(row, " \t")
	n := strings.Count(row, "\t") + 1
	if n > s.limits.Cells {
		return nil, TooManyCells.With(s.name, number, n, s.limits.Cells)
	}
	cells := make([]plantable.Cell, 0, n)
	for text := range strings.SplitSeq(row, "\t") {
		cells = append(cells, plantable.Cell{Text: text})
	}
	return cells, nil
}
