package planfile

import (
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain/plantable"
)

// A wordTable is the table being read.
type wordTable struct {
	name   string
	row    int
	open   []bool // by column: the cell above may go on down
	begins []int  // columns of this row in which a cell begins that may
	width  int    // of its widest row
}

// tableOf reads the table that has begun.
func (w *wordReader) tableOf() error {
	w.table++
	t := &wordTable{name: "T" + strconv.Itoa(w.table)}
	first := len(w.lines)
	err := w.rows(t)
	if err != nil {
		return err
	}
	if first < len(w.lines) {
		w.lines[first].Apart = first > 0 && w.table > 1 && t.width != w.columns
		w.columns = t.width
	}
	return nil
}

func (w *wordReader) rows(t *wordTable) error {
	return w.t.inside(func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		if e.Name.Local == "tr" {
			return w.tableRow(t)
		}
		return w.pass(e)
	})
}

func (w *wordReader) tableRow(t *wordTable) error {
	w.number++
	t.row++
	l := plantable.Line{Number: w.number, Row: t.row, Sheet: t.name}
	t.begins = nil
	deleted := false
	err := w.t.inside(func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "gridBefore":
			return w.span(&l, count(e), plantable.Cell{})
		case "del": // in the row's properties: the row itself was deleted
			deleted = true
			return w.t.skip()
		case "tc":
			return w.tableCell(t, &l)
		}
		return w.pass(e)
	})
	if err != nil || deleted {
		return err
	}
	open := make([]bool, len(l.Cells))
	for i := range l.Cells {
		open[i] = l.Cells[i].Of == plantable.Above || slices.Contains(t.begins, i)
	}
	t.open, t.width = open, max(t.width, len(l.Cells))
	return w.add(l)
}

// span adds a cell and those beside it that it covers.
func (w *wordReader) span(l *plantable.Line, n int, first plantable.Cell) error {
	if n < 1 {
		n = 1
	}
	if len(l.Cells)+n > 2*w.limits.Cells {
		return TooManyCells.With(w.name, l.Number, len(l.Cells)+n, w.limits.Cells)
	}
	l.Cells = append(l.Cells, first)
	for range n - 1 {
		l.Cells = append(l.Cells, plantable.Cell{Of: max(first.Of, plantable.Left)})
	}
	return nil
}

// tableCell reads a cell.
func (w *wordReader) tableCell(t *wordTable, l *plantable.Line) error {
	var b strings.Builder
	width, begins, goesOn, newPage := 1, false, false, false
	err := w.t.inside(func(tok xml.Token) error {
		e, ok := tok.(xml.StartElement)
		if !ok {
			return nil
		}
		switch e.Name.Local {
		case "gridSpan":
			width = count(e)
		case "vMerge":
			begins, goesOn = attr(e, "val") == "restart", attr(e, "val") != "restart"
		case "p":
			p, err := w.paragraph()
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(p.text)
			newPage = newPage || p.newPage
			if err != nil || b.Len() <= 4*w.limits.CellChars {
				return err
			}
			return w.measure(l.Number, b.String())
		}
		return w.pass(e)
	})
	if err != nil {
		return err
	}
	l.Break = l.Break || newPage
	cell := plantable.Cell{Text: strings.Trim(b.String(), "\n")}
	at := len(l.Cells)
	switch {
	case goesOn && at < len(t.open) && t.open[at]:
		cell = plantable.Cell{Of: plantable.Above}
	case begins:
		t.begins = append(t.begins, at)
	}
	return w.span(l, width, cell)
}

// count is a small number that an element gives; one that is no number is 1.
func count(e xml.StartElement) int {
	n, err := strconv.Atoi(attr(e, "val"))
	if err != nil || n < 1 {
		return 1
	}
	return n
}
