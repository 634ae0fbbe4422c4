package plantable

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// A Column is what the cells below a heading are.
type Column uint8

// The columns a plan table may have, in the order of the adopted form.
const (
	ColumnStrategy Column = iota
	ColumnFocusArea
	ColumnInitiative
	ColumnMeasure
	ColumnOwners
	ColumnPartners
	ColumnDeadline
	ColumnCost
	ColumnStatus
	columns        // how many there are
	note    Column = 255
)

// headings are the words that columns go by, in bokmål, nynorsk and English.
// The first of each is the column's own name.
var headings = [columns]string{
	ColumnStrategy:   "strategi hovedmål hovudmål strategy",
	ColumnFocusArea:  "innsats innsatsområde satsingsområde satsningsområde satsing fokusområde tema temaområde focus area",
	ColumnInitiative: "handlingsplan prosjekt delmål mål initiative project objective",
	ColumnMeasure:    "tiltak tiltaket aktivitet aktivitetar aktiviteter handling measure measures action actions activity",
	ColumnOwners:     "ansvar ansvarlig ansvarleg ansvarlige ansvarlege tiltakseier tiltakseigar eier eigar owner responsible responsibility",
	ColumnPartners: `samarbeidspartnere samarbeidspartnarar samarbeidspartner samarbeidspartnar samarbeid partnere
		partnarar aktører aktørar deltakere deltakarar partners participants`,
	ColumnDeadline: "frist tidsfrist tidsplan tidsramme tid når tidspunkt gjennomføring deadline due when timeline",
	ColumnCost:     "kostnad kostnader kostnadar budsjett økonomi finansiering ressurser ressursar cost costs budget funding",
	ColumnStatus:   "status framdrift fremdrift progress",
}

var columnOf = func() map[string]Column {
	m := map[string]Column{}
	for c, names := range headings {
		for name := range strings.FieldsSeq(names) {
			m[name] = Column(c)
		}
	}
	return m
}()

// String is the column's key in the outside form.
func (c Column) String() string {
	if c >= columns {
		return "merknad"
	}
	name, _, _ := strings.Cut(headings[c], " ")
	return name
}

var columnLabels = [columns]domain.Phrase{
	ColumnStrategy:   {NB: "strategi", NN: "strategi", EN: "strategy"},
	ColumnFocusArea:  {NB: "innsats", NN: "innsats", EN: "focus area"},
	ColumnInitiative: {NB: "handlingsplan", NN: "handlingsplan", EN: "initiative"},
	ColumnMeasure:    {NB: "tiltak", NN: "tiltak", EN: "measure"},
	ColumnOwners:     {NB: "ansvar", NN: "ansvar", EN: "owners"},
	ColumnPartners:   {NB: "samarbeidspartnere", NN: "samarbeidspartnarar", EN: "partners"},
	ColumnDeadline:   {NB: "frist", NN: "frist", EN: "deadline"},
	ColumnCost:       {NB: "kostnad", NN: "kostnad", EN: "cost"},
	ColumnStatus:     {NB: "status", NN: "status", EN: "status"},
}

// columnNamed places a heading: by all of it, then by its first word
// («Ansvarlig enhet», «Tiltak/aktivitet», «Frist for gjennomføring»).
func columnNamed(heading string) (Column, bool) {
	h := strings.ToLower(Fold(heading))
	if c, ok := columnOf[bare(h)]; ok {
		return c, true
	}
	first := strings.FieldsFunc(h, func(r rune) bool { return strings.ContainsRune(" /,:;(-–&+*", r) })
	if len(first) == 0 {
		return note, false
	}
	c, ok := columnOf[bare(first[0])]
	return c, ok
}

// A header is the row of headings: where it stands and what each column is.
type header struct {
	index    int // in Document.Lines
	line     Line
	columns  []Column // by cell; note where it could not be placed
	headings []string // by cell, verbatim
	has      [columns]bool
	twice    []int // cells whose heading another cell had first
}

// readHeader tries a line as the header row.
func readHeader(line Line) (h header, placed int) {
	h.line = line
	h.columns = make([]Column, len(line.Cells))
	h.headings = make([]string, len(line.Cells))
	exact := [columns]int{}
	for i, cell := range line.Cells {
		h.headings[i] = Fold(cell.Text)
		h.columns[i] = note
		if cell.Of == Left && i > 0 { // one heading over several columns
			h.headings[i] = h.headings[i-1]
		}
		if c, ok := columnOf[lower(h.headings[i])]; ok && exact[c] == 0 {
			exact[c] = i + 1
		}
	}
	for i, text := range h.headings {
		c, ok := columnNamed(text)
		switch {
		case !ok:
		case h.has[c] || exact[c] != 0 && exact[c] != i+1:
			h.twice = append(h.twice, i)
		default:
			h.columns[i], h.has[c] = c, true
			placed++
		}
	}
	return h, placed
}

// findHeader is the first line with a measure column and one more cell. A
// line with two other headings is a header that lacks its measure column.
func findHeader(doc Document) (header, error) {
	var lacking *header
	for i, line := range doc.Lines {
		if line.Prose || line.filled() < 2 {
			continue
		}
		h, placed := readHeader(line)
		h.index = i
		if h.has[ColumnMeasure] {
			return h, nil
		}
		if placed >= 2 && lacking == nil {
			lacking = &h
		}
	}
	if lacking != nil {
		return header{}, NoMeasureColumn.With(doc.Name, lacking.line.Number, lacking.list())
	}
	return header{}, NoHeader.With(doc.Name)
}

// another is a header row further down whose columns are others: that of the
// next sheet or table (apart), or one in which every cell is a heading.
func (h header) another(line Line, apart bool) (header, bool) {
	if line.Prose || !line.namesMeasure() || line.filled() < 2 || h.repeats(line) {
		return h, false
	}
	next, placed := readHeader(line)
	next.index = h.index
	return next, next.has[ColumnMeasure] && (apart || placed >= 3 && placed == line.filled())
}

// namesMeasure reports whether some cell may be the heading of the measures:
// what most lines are not, found out at little cost.
func (l Line) namesMeasure() bool {
	const longest = 60
	for _, cell := range l.Cells {
		if len(cell.Text) <= longest {
			if c, ok := columnNamed(cell.Text); ok && c == ColumnMeasure {
				return true
			}
		}
	}
	return false
}

// headingAbove is the line just above the header where it heads the table
// and not the document: one like «Strategi 1: Verdiskaping», or a heading
// that has sisters between the tables below.
func headingAbove(h header, doc Document) (Line, bool) {
	if h.index == 0 {
		return Line{}, false
	}
	l := doc.Lines[h.index-1]
	if l.filled() != 1 || namesPlan(l.text()) || decided(l.text()) {
		return Line{}, false
	}
	if formOf(l.text()) == named {
		return l, true
	}
	for _, below := range doc.Lines[h.index:] {
		if l.Heading && below.Heading {
			return l, true
		}
	}
	return Line{}, false
}

func (h header) list() string {
	var b strings.Builder
	for _, text := range h.headings {
		if text != "" {
			if b.Len() > 0 {
				b.WriteString(", ")
			}
			b.WriteString(text)
		}
	}
	return b.String()
}

// repeats reports whether a line is the header row once more, as on each page of a printed table.
func (h header) repeats(line Line) bool {
	same := 0
	for i, cell := range line.Cells {
		text := Fold(cell.Text)
		if text == "" {
			continue
		}
		if i >= len(h.headings) || !strings.EqualFold(text, h.headings[i]) {
			return false
		}
		same++
	}
	return same >= 2
}
