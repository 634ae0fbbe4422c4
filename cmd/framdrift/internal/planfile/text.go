package planfile

import (
	"strings"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// linesOf cuts a text into lines and cells. Lines end with \n, \r\n or \r.
func linesOf(name, text string, limits Limits) ([]plantable.Line, error) {
	var lines []plantable.Line
	tabbed := false
	ended := false
	for number := 1; text != ""; number++ {
		var row string
		row, text = cutLine(text)
		for i, part := range strings.Split(row, "\f") {
			ended = ended || i > 0
			if strings.TrimSpace(part) == "" {
				ended = true
				continue
			}
			if len(lines) == limits.Rows {
				return nil, TooManyRows.With(name, number, limits.Rows)
			}
			cells, err := cellsOf(name, number, part, limits)
			if err != nil {
				return nil, err
			}
			tabbed = tabbed || len(cells) > 1
			lines = append(lines, plantable.Line{Number: number, Cells: cells, Break: ended})
			ended = false
		}
	}
	if !tabbed {
		return nil, NoTable.With(name)
	}
	return lines, nil
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
func cellsOf(name string, number int, row string, limits Limits) ([]plantable.Cell, error) {
	row = strings.TrimRight(row, " \t")
	n := strings.Count(row, "\t") + 1
	if n > limits.Cells {
		return nil, TooManyCells.With(name, number, n, limits.Cells)
	}
	cells := make([]plantable.Cell, 0, n)
	for text := range strings.SplitSeq(row, "\t") {
		if len(text) >= limits.CellChars && utf8.RuneCountInString(text) >= limits.CellChars {
			return nil, CellTooLong.With(name, number, utf8.RuneCountInString(text), limits.CellChars)
		}
		cells = append(cells, plantable.Cell{Text: text})
	}
	return cells, nil
}
