package delivery

import (
	"cmp"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A fallen deadline is one that was in force the day before it fell. A move
// recorded on its own day or later does not undo it (R3).
type fallen struct {
	deliverable   string
	date, lastDay domain.Date
	deadline      seen // as it stood on the last day
}

// fallen are all deadlines of the measure that ever fall, by deliverable and date.
func (s *story) fallen() []fallen {
	var all []fallen
	for _, c := range s.candidates() {
		if d := s.asOf(c.lastDay).named(c.deliverable); d.deadline.is() && d.date == c.date {
			all = append(all, fallen{c.deliverable, c.date, c.lastDay, d.deadline})
		}
	}
	return slices.CompactFunc(all, func(a, b fallen) bool { return a.deliverable == b.deliverable && a.date == b.date })
}

// fell reports whether the deadline has fallen at T and is owed: what falls on
// the day of a withdrawal or later is not (R2).
func (r *reading) fell(m *measure, f fallen) bool {
	return !f.date.After(r.moment.day) && !f.lastDay.After(r.moment.day) && m.owed(f.date, r.moment.view)
}

// A candidate is a date that some version of some adopted deadline names. It
// fell if it was in force on its last day.
type candidate struct {
	deliverable   string
	date, lastDay domain.Date
}

// candidates are all of them, by deliverable and date, each once. The last
// day is the day before; only an etterregistrering that takes effect later is
// looked for on the day it takes effect, so that it is a miss as corrected
// (R3). As known nothing recorded after the day before is looked at.
func (s *story) candidates() []candidate {
	var all []candidate
	for _, f := range s.facts {
		for v := range f.versions(s.view) {
			e, ok := v.event.(plan.DeadlineAdopted)
			if !ok {
				continue
			}
			c := candidate{e.Deliverable, e.Deadline, e.Deadline.AddDays(-1)}
			if s.view == Corrected && f.retrospective && v.effective.After(c.lastDay) {
				c.lastDay = v.effective
			}
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b candidate) int {
		return cmp.Or(strings.Compare(a.deliverable, b.deliverable), a.date.Sub(b.date), a.lastDay.Sub(b.lastDay))
	})
	return slices.Compact(all)
}
