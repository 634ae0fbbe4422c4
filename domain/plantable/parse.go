package plantable

import (
	"fmt"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// Parse reads a document into a draft. The known names are those of the
// register; they help to tell names apart that stand together in a cell. It
// refuses only what has no plan table at all: NoHeader, NoMeasureColumn,
// HeaderOnly. Everything else is read, and warned about.
func Parse(doc Document, known ...string) (Draft, error) {
	h, err := findHeader(doc)
	if err != nil {
		return Draft{}, err
	}
	d := Draft{}
	if doc.Encoding != "" {
		d.warn(Place{Line: 1}, "", EncodingGuessed, doc.Encoding)
	}
	for _, name := range doc.Hidden {
		d.warn(Place{Line: 1}, "", SheetHidden, name)
	}
	d.readPlan(doc.Lines[:h.index], h.line.place())
	d.readHeader(h)
	for _, c := range []Column{ColumnOwners, ColumnDeadline} {
		if !h.has[c] {
			d.warn(h.line.place(), "", ColumnNone, columnLabels[c])
		}
	}
	records := d.join(d.records(h, doc))
	w := walk{d: &d, records: records, names: learn(records, doc.Lines[:h.index], known), splits: map[string]splitting{}}
	d.Rows, w.sources = make([]Row, 0, len(records)), make([]*record, 0, len(records))
	w.styled, w.strategy = styles(records)
	w.usual = usualColumn(records, w.styled, w.strategy)
	for i := range records {
		w.step(i)
	}
	if len(d.Rows) == 0 {
		return Draft{}, HeaderOnly.With(doc.Name, h.line.Number)
	}
	d.doubts(w.sources)
	d.sortWarnings()
	return d, nil
}

func (d *Draft) readHeader(h header) {
	for i, c := range h.columns {
		if c != note || h.headings[i] == "" {
			continue
		}
		at := Place{h.line.Number, h.line.Ref(i)}
		if same, ok := columnNamed(h.headings[i]); ok {
			d.warn(at, "", ColumnTwice, h.headings[i], columnLabels[same])
		} else {
			d.warn(at, "", ColumnUnknown, h.headings[i])
		}
	}
}

// learn gathers what the document knows about names before any is told apart.
func learn(records []*record, above []Line, known []string) *vocabulary {
	v := newVocabulary(known)
	for _, l := range above {
		v.learnPlaces(l.text())
	}
	var cells []cellWords
	seen := set{}
	for _, r := range records {
		for c, text := range r.cells {
			v.learnPlaces(text)
			if names := Column(c) == ColumnOwners || Column(c) == ColumnPartners; names && !seen[text] {
				seen[text] = true
				cells = append(cells, wordsOf(text))
			}
		}
	}
	v.learnNames(cells)
	return v
}

// A walk goes down the table and remembers what runs down into empty cells.
type walk struct {
	d        *Draft
	records  []*record
	styled   []style
	strategy style // of this document's strategy headings
	usual    int   // the column they stand in
	names    *vocabulary
	splits   map[string]splitting
	sources  []*record // the record of each row

	heading    string // the strategy, as it stands
	focusArea  string
	initiative string
	group      bool // the focus area stood on a line of its own
	measures   int
	orders     int
}

// step reads one record: a heading, a group, an initiative for the rows
// below, or a row.
func (w *walk) step(i int) {
	r := w.records[i]
	switch {
	case w.strategy > unstyled && w.styled[i] == w.strategy:
		w.enter(i)
	case r.has(ColumnStrategy) && r.text(ColumnStrategy) != w.heading:
		w.begin(r, r.text(ColumnStrategy))
		w.row(i)
	case r.alone != "" && r.left && !r.has(ColumnMeasure) && isSentence(r.alone):
		w.d.warn(r.place(), "", LineOutside, excerpt(r.alone))
	case r.alone != "" && (r.first == int(columns) || r.only(ColumnFocusArea)):
		w.enterGroup(i)
	case r.alone != "" && r.left && Column(r.first) > ColumnMeasure:
		w.d.warn(r.place(), "", LineOutside, excerpt(r.alone))
	default:
		w.row(i)
	}
}

// enter begins a strategy; focus area and initiative stop here.
func (w *walk) enter(i int) {
	r := w.records[i]
	w.begin(r, r.alone)
	if r.first != w.usual && !r.prose {
		w.d.warn(r.place(), "", HeadingWrongColumn, excerpt(r.alone))
	}
	if i+1 == len(w.records) || w.styled[i+1] == w.strategy {
		w.d.warn(r.place(), "", HeadingEmpty, excerpt(r.alone))
	}
}

func (w *walk) begin(r *record, heading string) {
	w.heading, w.focusArea, w.initiative, w.group = heading, "", "", false
	w.d.Plan.Strategies = append(w.d.Plan.Strategies, Fact{heading, []int{r.place().Line}})
}

// enterGroup takes a line with nothing but a focus area: it holds for the
// rows below, or for the bare list there.
func (w *walk) enterGroup(i int) {
	r := w.records[i]
	w.focusArea, w.initiative, w.group = r.alone, "", true
	switch next := w.after(i); {
	case next == nil || next.has(ColumnFocusArea) && !next.has(ColumnMeasure):
		w.d.warn(r.place(), "", HeadingEmpty, excerpt(r.alone))
	case next.has(ColumnFocusArea):
		w.d.warn(r.place(), "", HeadingUncertain, excerpt(r.alone)).Suggestion = Suggestion{{ColumnStrategy, []string{r.alone}}, {ColumnFocusArea, nil}}
	}
}

// after is the next record within the same strategy.
func (w *walk) after(i int) *record {
	if i+1 == len(w.records) || w.strategy > unstyled && w.styled[i+1] == w.strategy {
		return nil
	}
	return w.records[i+1]
}

func (w *walk) row(i int) {
	r := w.records[i]
	if r.has(ColumnFocusArea) {
		w.focusArea, w.initiative, w.group = r.text(ColumnFocusArea), "", false
	}
	if r.has(ColumnInitiative) {
		w.initiative = r.text(ColumnInitiative)
	}
	if r.only(ColumnInitiative) && w.headsRows(i) {
		return
	}
	row := Row{
		Strategy: w.heading, FocusArea: w.focusArea, Initiative: w.initiative, Measure: r.text(ColumnMeasure),
		Deadline: ParseDeadline(r.cells[ColumnDeadline]), Cost: r.text(ColumnCost), Status: r.text(ColumnStatus),
		Notes: r.notes, Places: r.places, Raw: r.raw,
	}
	w.kind(r, &row)
	w.ongoing(r, &row)
	w.people(r, &row)
	if row.Deadline.Unclear() {
		w.d.warn(r.at(ColumnDeadline), row.ID, DeadlineUnclear, excerpt(row.Deadline.Raw))
	}
	w.d.Rows = append(w.d.Rows, row)
	w.sources = append(w.sources, r)
}

// headsRows reports whether an initiative on a line of its own is for the rows below it.
func (w *walk) headsRows(i int) bool {
	next := w.after(i)
	return next != nil && next.has(ColumnMeasure) && !next.has(ColumnInitiative) && !next.has(ColumnFocusArea)
}

// kind tells measures from arrangements and numbers them. A row without
// measure and owner is an arrangement; outside a bare list that is a doubt.
func (w *walk) kind(r *record, row *Row) {
	if row.Measure == "" && !r.has(ColumnOwners) && r.has(ColumnInitiative) {
		w.orders++
		row.Kind, row.ID = Arrangement, domain.MeasureID(fmt.Sprintf("o%02d", w.orders))
		if !w.group || !r.only(ColumnInitiative) {
			w.d.warn(r.place(), row.ID, RowNoMeasure, excerpt(row.Initiative))
		}
		return
	}
	w.measures++
	row.ID = domain.MeasureID(fmt.Sprintf("t%02d", w.measures))
	if row.Measure == "" {
		w.d.warn(r.place(), row.ID, RowNoMeasure, excerpt(Fold(r.raw)))
	}
}

// ongoing takes løpende and årlig from the deadline, or from the measure's own words.
func (w *walk) ongoing(r *record, row *Row) {
	if row.Kind == Arrangement {
		return
	}
	row.Ongoing = row.Deadline.Ongoing
	if word, ok := ongoingWord(row.Measure); ok && !row.Ongoing {
		row.Ongoing = true
		w.d.warn(r.at(ColumnMeasure), row.ID, MeasureOngoing, word)
	}
}

func (w *walk) people(r *record, row *Row) {
	owners, partners := w.split(r.cells[ColumnOwners]), w.split(r.cells[ColumnPartners])
	row.Owners, row.Partners = owners.names, partners.names
	w.d.uncertainNames(r.at(ColumnOwners), row.ID, ColumnOwners, owners)
	w.d.uncertainNames(r.at(ColumnPartners), row.ID, ColumnPartners, partners)
}

// split tells the names of a cell apart, once for all cells that say the same.
func (w *walk) split(cell string) splitting {
	s, ok := w.splits[cell]
	if !ok {
		s = w.names.split(wordsOf(cell))
		s.names = slices.Clip(s.names)
		w.splits[cell] = s
	}
	return s
}
