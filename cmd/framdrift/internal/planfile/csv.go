package planfile

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// separated reads comma-separated values (RFC 4180), with the semicolons that
// Norwegian spreadsheets write or with commas; quoted cells may hold line breaks.
func (s *sheet) separated(text string) error {
	text = unifyLines(text)
	text, comma := separator(text)
	if comma == 0 {
		return NoTable.With(s.name)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.LazyQuotes, r.FieldsPerRecord, r.ReuseRecord = comma, true, -1, true
	next := 1 // the line after the last record, where no line is blank
	if strings.HasPrefix(text, "\n") {
		next = 2
	}
	for {
		record, err := r.Read()
		switch {
		case errors.Is(err, io.EOF):
			if !s.wide {
				return NoTable.With(s.name)
			}
			return nil
		case err != nil: // lazy quotes leave nothing to refuse
			return Damaged.With(s.name, err)
		}
		number, _ := r.FieldPos(0)
		s.broken = s.broken || number > next
		last := len(record) - 1
		at, _ := r.FieldPos(last)
		next = at + strings.Count(record[last], "\n") + 1
		if err := s.record(number, record); err != nil {
			return err
		}
	}
}

func (s *sheet) record(number int, record []string) error {
	cells := make([]plantable.Cell, 0, min(len(record), s.limits.Cells+1))
	for i, text := range record {
		if i == cap(cells) && strings.TrimSpace(text) == "" {
			continue
		}
		// A cell may begin after a page break, as a line may.
		for strings.HasPrefix(text, "\f") && i == 0 {
			text, s.broken = text[1:], true
		}
		cells = append(cells, plantable.Cell{Text: strings.Clone(unguarded(text))})
	}
	return s.add(plantable.Line{Number: number, Cells: cells})
}

// unguarded is a cell without the apostrophe that keeps a spreadsheet from
// taking it for a formula (planexport writes it, and so do others).
func unguarded(text string) string {
	rest, ok := strings.CutPrefix(text, "'")
	if first, _ := utf8.DecodeRuneInString(rest); ok && strings.ContainsRune("=+-@\t\r\n'＝＋－＠", first) {
		return rest
	}
	return text
}

// unifyLines writes each way to end a line as \n, and leaves the number of lines.
func unifyLines(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// separator is what parts the cells: what a first line «sep=;» says, else the
// mark that lines hold most often outside quotes, the semicolon before the
// comma. Zero when no line has either. A first line that says it is emptied.
func separator(text string) (string, rune) {
	if rest, ok := strings.CutPrefix(text, "sep="); ok && len(rest) > 1 && rest[1] == '\n' && strings.ContainsAny(rest[:1], ";,|") {
		return rest[1:], rune(rest[0])
	}
	lines := map[rune]int{}
	quoted := false
	seen := map[rune]bool{}
	for _, r := range text {
		switch {
		case r == '\n':
			quoted = false // a stray quotation mark says nothing of the next line
			clear(seen)
		case r == '"':
			quoted = !quoted
		case quoted:
		case (r == ';' || r == ',') && !seen[r]:
			seen[r] = true
			lines[r]++
		}
	}
	switch {
	case lines[';'] > 0 && lines[';']*2 >= lines[',']:
		return text, ';'
	case lines[','] > 0:
		return text, ','
	}
	return text, 0
}
