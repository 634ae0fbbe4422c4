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
	deliverable string
	date        domain.Date
	deadline    seen // as it stood the day before
}

// fallen are the measure's deadlines that fell in (T−days, T], by deliverable
// and date. What fell on the day of a withdrawal or later is not owed (R2).
func (r *reading) fallen(m measure, days int) []fallen {
	var all []fallen
	for _, c := range r.candidates(m) {
		if !r.moment.inWindow(c.date, days) || !m.owed(c.date, r.moment.view) {
			continue
		}
		before := m.at(r.moment.endOf(c.lastDay))
		if d := before.named(c.deliverable); d.deadline.is() && d.date == c.date {
			all = append(all, fallen{c.deliverable, c.date, d.deadline})
		}
	}
	return slices.CompactFunc(all, func(a, b fallen) bool { return a.deliverable == b.deliverable && a.date == b.date })
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
func (r *reading) candidates(m measure) []candidate {
	var all []candidate
	for _, f := range m.facts {
		for v := range f.versions(r.moment.view) {
			e, ok := v.event.(plan.DeadlineAdopted)
			if !ok {
				continue
			}
			c := candidate{e.Deliverable, e.Deadline, e.Deadline.AddDays(-1)}
			if r.moment.view == Corrected && f.retrospective && v.effective.After(c.lastDay) {
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
