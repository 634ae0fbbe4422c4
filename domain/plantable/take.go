package plantable

import (
	"fmt"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// ByChoice is the reason of a name that a person chose.
const ByChoice Reason = "choice"

// Take is the draft with other readings taken: those of the warnings with
// these indexes. Warnings without a suggestion, and indexes out of range, are
// left alone. A measure that is taken for several becomes as many rows, with
// owners, partners and deadline each; rows are numbered anew, and warnings
// follow their rows. The warnings themselves stand, so that an import can say
// what was chosen.
func (d Draft) Take(warnings ...int) Draft {
	out := d
	out.Rows, out.Warnings = slices.Clone(d.Rows), slices.Clone(d.Warnings)
	out.Plan.Strategies = slices.Clone(d.Plan.Strategies)
	split := map[domain.MeasureID][]string{}
	for i, w := range d.Warnings {
		if w.Suggestion == nil || !slices.Contains(warnings, i) {
			continue
		}
		if w.Row == "" {
			out.takeHeading(w)
			continue
		}
		at := slices.IndexFunc(out.Rows, func(r Row) bool { return r.ID == w.Row })
		if at < 0 {
			continue
		}
		for _, c := range w.Suggestion {
			if c.Column == ColumnMeasure && len(c.Values) > 1 {
				split[w.Row] = c.Values
				continue
			}
			out.Rows[at].take(w.Code, c, d.Rows[at])
		}
	}
	out.split(split)
	return out
}

// take puts a column's other contents in the row. Of names that were only
// healed, others that have been chosen since are left as chosen.
func (r *Row) take(code Code, c Change, was Row) {
	one := ""
	if len(c.Values) > 0 {
		one = c.Values[0]
	}
	switch c.Column {
	case ColumnStrategy:
		r.Strategy = one
	case ColumnFocusArea:
		r.FocusArea = one
	case ColumnInitiative:
		r.Initiative = one
	case ColumnMeasure:
		r.Measure = one
	case ColumnOwners:
		r.Owners = taken(code, c.Values, was.Owners, r.Owners)
	case ColumnPartners:
		r.Partners = taken(code, c.Values, was.Partners, r.Partners)
	case ColumnDeadline:
		r.Deadline = ParseDeadline(one)
	case ColumnCost:
		r.Cost = one
	case ColumnStatus:
		r.Status = one
	}
}

func taken(code Code, values []string, was, now []Name) []Name {
	if code == TextHyphen && len(values) == len(was) {
		now = slices.Clone(now)
		for i := range now {
			if at := slices.IndexFunc(was, func(n Name) bool { return n.Text == now[i].Text }); at >= 0 {
				now[i].Text = values[at]
			}
		}
		return now
	}
	names := make([]Name, len(values))
	for i, v := range values {
		names[i] = Name{Text: v, Confidence: Certain, By: ByChoice}
	}
	return names
}

// takeHeading makes a strategy of a line that was read as a focus area: it
// holds for the rows below, as far down as their strategy did.
func (d *Draft) takeHeading(w Warning) {
	heading := ""
	for _, c := range w.Suggestion {
		if c.Column == ColumnStrategy && len(c.Values) == 1 {
			heading = c.Values[0]
		}
	}
	first := slices.IndexFunc(d.Rows, func(r Row) bool { return r.Places[0].Line > w.Place.Line })
	if heading == "" || first < 0 {
		return
	}
	under := d.Rows[first].Strategy
	for i := first; i < len(d.Rows) && d.Rows[i].Strategy == under; i++ {
		r := &d.Rows[i]
		if r.Strategy = heading; r.FocusArea == heading {
			r.FocusArea = ""
		}
	}
	at := slices.IndexFunc(d.Plan.Strategies, func(s Fact) bool { return s.Lines[0] > w.Place.Line })
	if at < 0 {
		at = len(d.Plan.Strategies)
	}
	d.Plan.Strategies = slices.Insert(d.Plan.Strategies, at, Fact{heading, []int{w.Place.Line}})
}

// split makes several rows of one, and numbers all of them.
func (d *Draft) split(measures map[domain.MeasureID][]string) {
	var rows []Row
	for _, r := range d.Rows {
		texts, ok := measures[r.ID]
		if !ok {
			texts = []string{r.Measure}
		}
		for _, text := range texts {
			one := r
			one.Measure = text
			rows = append(rows, one)
		}
	}
	now := map[domain.MeasureID]domain.MeasureID{}
	count := [2]int{}
	for i := range rows {
		r := &rows[i]
		count[r.Kind]++
		id := domain.MeasureID(fmt.Sprintf("%c%02d", "to"[r.Kind], count[r.Kind]))
		if _, ok := now[r.ID]; !ok {
			now[r.ID] = id
		}
		r.ID = id
	}
	d.Rows = rows
	for i := range d.Warnings {
		d.Warnings[i].Row = now[d.Warnings[i].Row]
	}
}
