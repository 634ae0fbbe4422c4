package plantable

import (
	"strings"
	"unicode/utf8"
)

// A record is a line of the table with its cells under their columns.
type record struct {
	cells  [columns]string   // as they stand, with the format's line breaks
	index  [columns]int16    // where in the line they stand
	line   Line              // without its cells
	refs   map[Column]string // of those that came from another line
	first  int               // column of the first placed cell; columns when none is
	left   bool              // the leftmost cell of the table is filled
	filled int               // how many cells hold something
	alone  string            // the text of its only cell; empty when there are more
	brk    bool              // a page ended before it
	above  [columns]bool     // cells that are part of the one above
	prose  bool              // a heading outside the table
	notes  []Note
	places []Place
	raw    string
}

func (r *record) has(c Column) bool    { return !blank(r.cells[c]) }
func (r *record) text(c Column) string { return Fold(r.cells[c]) }
func (r *record) place() Place         { return r.places[0] }

// at is the place of one of its cells.
func (r *record) at(c Column) Place { return Place{r.places[0].Line, r.ref(c)} }

func (r *record) ref(c Column) string {
	if name, ok := r.refs[c]; ok {
		return name
	}
	if !r.has(c) && !r.above[c] {
		return ""
	}
	return r.line.Ref(int(r.index[c]))
}

// only reports whether a column holds all there is in the record.
func (r *record) only(c Column) bool { return r.filled == 1 && r.has(c) }

// records are the lines below the header, without what printing adds to a
// page: the headings again, page numbers, and lines that also stand above
// the table. A heading just above the table is the first of them.
func (d *Draft) records(h header, doc Document) []*record {
	above := set{}
	for _, l := range doc.Lines[:h.index] {
		above[l.text()] = true
	}
	var records []*record
	if l, ok := headingAbove(h, doc); ok {
		delete(above, l.text())
		records = append(records, d.record(h, l))
	}
	brk, apart := false, false
	for _, l := range doc.Lines[h.index+1:] {
		brk, apart = brk || l.Break, apart || l.Apart
		text := l.text()
		next, another := h.another(l, apart)
		switch {
		case text == "":
			brk = true
		case h.repeats(l), l.filled() == 1 && (above[text] || isPageNumber(text)):
			brk, apart = true, apart && !h.repeats(l)
		case another:
			d.readHeader(next)
			h, brk, apart = next, true, false
		case l.Prose && !l.heads():
			d.warn(l.place(), "", LineOutside, excerpt(text))
		case apart && !l.Prose:
			d.outside(l, text)
		default:
			r := d.record(h, l)
			r.brk, brk = brk, false
			if l.Hidden {
				d.warn(l.place(), "", RowHidden, excerpt(text))
			}
			d.takeMerged(r, records)
			records = append(records, r)
		}
	}
	return records
}

// outside warns about a sheet or table that is no part of the plan, once.
func (d *Draft) outside(l Line, text string) {
	if l.Apart {
		d.warn(l.place(), "", TableOutside, excerpt(text))
	}
}

// takeMerged gives a row what its merged cells hold: one that answers, takes
// part or is due in a cell that runs over several rows does so in each.
func (d *Draft) takeMerged(r *record, records []*record) {
	if len(records) == 0 || r.above[ColumnMeasure] {
		return
	}
	last := records[len(records)-1]
	for c := ColumnOwners; c < columns; c++ {
		if !r.above[c] || r.has(c) || !last.has(c) {
			continue
		}
		r.cells[c] = last.cells[c]
		r.filled++
		r.alone = ""
		d.warn(r.at(c), "", CellMerged, excerpt(r.text(c)), last.place().Line)
	}
}

func (d *Draft) record(h header, l Line) *record {
	r := &record{places: []Place{l.place()}, first: int(columns), filled: l.filled(), line: Line{Row: l.Row, Sheet: l.Sheet}}
	r.left = len(l.Cells) > 0 && !blank(l.Cells[0].Text)
	raw, extra := make([]string, len(l.Cells)), false
	if r.prose = l.Prose; r.prose { // it stands in no column
		h.columns = nil
	}
	for i, cell := range l.Cells {
		raw[i] = Fold(cell.Text)
		switch {
		case cell.Of == Above && i < len(h.columns) && h.columns[i] != note:
			r.above[h.columns[i]], r.index[h.columns[i]] = true, int16(i)
		case raw[i] != "" && l.Prose:
		case raw[i] == "":
		case i >= len(h.columns):
			r.notes = append(r.notes, Note{Text: raw[i]})
			if !extra { // once for the row, however many there are
				extra = true
				d.warn(Place{l.Number, l.Ref(i)}, "", RowExtraCells, excerpt(raw[i]))
			}
		case h.columns[i] == note:
			r.notes = append(r.notes, Note{h.headings[i], raw[i]})
		default:
			c := h.columns[i]
			r.cells[c], r.index[c] = cell.Text, int16(i)
			if r.first == int(columns) {
				r.first = int(c)
			}
		}
		if raw[i] != "" {
			r.alone = raw[i]
		}
	}
	r.raw = strings.Join(raw, "\t")
	if r.filled != 1 {
		r.alone = ""
	}
	return r
}

// isPageNumber: 3, Side 3, Side 3 av 9, Page 3 of 9, - 3 -.
func isPageNumber(text string) bool {
	numbers := 0
	for word := range strings.FieldsSeq(text) {
		w := lower(word)
		switch {
		case isNumber(w) && len(w) <= 4:
			numbers++
		case w == "" || w == "side" || w == "av" || w == "page" || w == "of":
		default:
			return false
		}
	}
	return numbers == 1 || numbers == 2
}

// mostPages is how many pages one row may run over; what goes on for longer
// is no row of a plan, and joining it would take time without end.
const mostPages = 20

// join puts a row that a page broke back together.
func (d *Draft) join(records []*record) []*record {
	var joined []*record
	for _, r := range records {
		if len(joined) > 0 {
			if last := joined[len(joined)-1]; last.filled > 1 && len(last.places) < mostPages && r.continues() {
				last.takeIn(r)
				d.warn(r.place(), "", RowJoined, last.place().Line, excerpt(Fold(r.raw)))
				continue
			}
		}
		joined = append(joined, r)
	}
	return joined
}

// continues reports whether a record goes on from the one above: when its
// measure is part of the cell above; after a page break when its cells all stand to the right of the measure or all begin in
// the middle of a sentence; without one when it has nothing but partners.
func (r *record) continues() bool {
	if r.above[ColumnMeasure] {
		return true
	}
	if r.first == int(columns) {
		return false
	}
	if !r.brk {
		return r.only(ColumnPartners) && !r.left
	}
	trailing, midSentence := !r.left, true
	for c := range columns {
		if r.has(c) {
			trailing = trailing && c > ColumnMeasure
			midSentence = midSentence && isLower(r.cells[c])
		}
	}
	return trailing || midSentence
}

func (r *record) takeIn(more *record) {
	for c := range columns {
		switch {
		case !more.has(c):
		case r.has(c):
			r.cells[c] += string(pageBreak) + more.cells[c]
		default:
			if ref := more.ref(c); ref != "" {
				if r.refs == nil {
					r.refs = map[Column]string{}
				}
				r.refs[c] = ref
			}
			r.cells[c] = more.cells[c]
		}
	}
	r.notes = append(r.notes, more.notes...)
	r.places = append(r.places, more.places...)
	r.filled += more.filled
	r.raw += "\n" + more.raw
}

// excerpt keeps messages short however long a cell is.
func excerpt(text string) string {
	const most = 120
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + " …"
}
