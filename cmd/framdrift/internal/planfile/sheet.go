package planfile

import (
	"strings"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// A sheet is the lines that a reader has found, kept within the limits.
type sheet struct {
	name   string // of the file
	limits Limits
	lines  []plantable.Line
	bytes  int               // of text in all cells
	broken bool              // a page ended since the last line
	apart  bool              // a table began that does not go on from the one before
	wide   bool              // some line has more than one cell
	hidden []string          // sheets that were not read
	texts  map[string]string // short texts that have been met, kept once
}

// once is the text itself, or the same that was met before: most cells of a
// large plan say what others say.
func (s *sheet) once(text string) string {
	const longest, most = 80, 1 << 12
	if len(text) > longest {
		return text
	}
	if same, ok := s.texts[text]; ok {
		return same
	}
	if s.texts == nil {
		s.texts = map[string]string{}
	}
	if len(s.texts) < most {
		s.texts[text] = text
	}
	return text
}

// add keeps a line that holds something; an empty one is the end of a page.
func (s *sheet) add(l plantable.Line) error {
	filled := 0
	for i, c := range l.Cells {
		if err := s.measure(l.Number, c.Text); err != nil {
			return err
		}
		if strings.TrimSpace(c.Text) != "" || c.Of == plantable.Above {
			filled = i + 1
		}
	}
	if filled == 0 {
		s.broken = true
		return nil
	}
	if filled > s.limits.Cells {
		return TooManyCells.With(s.name, l.Number, filled, s.limits.Cells)
	}
	if len(s.lines) == s.limits.Rows {
		return TooManyRows.With(s.name, l.Number, s.limits.Rows)
	}
	l.Cells = l.Cells[:filled]
	l.Break, l.Apart = l.Break || s.broken, l.Apart || s.apart
	s.broken, s.apart = false, false
	s.wide = s.wide || filled > 1
	s.lines = append(s.lines, l)
	return nil
}

// measure counts the text of a cell.
func (s *sheet) measure(number int, text string) error {
	if len(text) >= s.limits.CellChars {
		if n := utf8.RuneCountInString(text); n >= s.limits.CellChars {
			return CellTooLong.With(s.name, number, n, s.limits.CellChars)
		}
	}
	if s.bytes += len(text); s.bytes > s.limits.Bytes {
		return TooMuchText.With(s.name, number, size(s.limits.Bytes))
	}
	return nil
}
