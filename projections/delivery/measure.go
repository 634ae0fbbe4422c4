package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A measure (tiltak) is what it has been, and what it is at T.
type measure struct {
	id    domain.MeasureID
	story *story
	*state
}

// named is the deliverable with the name; an empty one when none was spoken of.
func (s *state) named(name string) *deliverable {
	for i := range s.deliverables {
		if d := &s.deliverables[i]; d.name == name {
			return d
		}
	}
	return &nothing
}

var nothing deliverable

// current is the deliverable that K1 and the colour look at: the one with the
// earliest deadline among those not completed; false when there is none (R9).
func (s *state) current() (*deliverable, bool) {
	first := &nothing
	for i := range s.deliverables {
		d := &s.deliverables[i]
		if d.deadline.is() && !d.completed.is() && (first == &nothing || d.date.Before(first.date)) {
			first = d
		}
	}
	return first, first != &nothing
}

// completion is the standing completion of a measure that is done once. An
// ongoing measure has none: it stays open until it is withdrawn (R9).
func (s *state) completion() (seen, bool) {
	if s.kind == plan.Ongoing {
		return seen{}, false
	}
	for i := range s.deliverables {
		if c := s.deliverables[i].completed; c.is() {
			return c, true
		}
	}
	return seen{}, false
}

// inPlan reports whether the measure is in the plan; it leaves only by a
// withdrawal (R2).
func (s *state) inPlan() bool { return !s.withdrawn.is() }

// open reports whether it is in the plan and not completed. It need not be started.
func (s *state) open() bool {
	_, done := s.completion()
	return s.inPlan() && !done
}

// openDays is how many of the days from–to the measure was open on, by
// effective. The days of adoption, completion and reopening count (K4); what
// lies between a completion and its reopening does not.
func (s *state) openDays(from, to domain.Date) int {
	from = latest(from, s.adopted.effective)
	if s.kind == plan.Ongoing {
		return days(from, to)
	}
	var pauses []pause
	for i := range s.deliverables {
		d := &s.deliverables[i]
		if d.completed.is() {
			to = earliest(to, d.completed.effective)
		}
		pauses = append(pauses, d.pauses...)
	}
	slices.SortFunc(pauses, func(a, b pause) int { return a.completed.Sub(b.completed) })
	open := days(from, to)
	for _, p := range pauses {
		first, last := latest(from, p.completed.AddDays(1)), earliest(to, p.reopened.AddDays(-1))
		if away := days(first, last); away > 0 {
			open, from = open-away, last.AddDays(1)
		}
	}
	return open
}

// days is how many there are from–to, both included.
func days(from, to domain.Date) int { return max(0, to.Sub(from)+1) }

func latest(a, b domain.Date) domain.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func earliest(a, b domain.Date) domain.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// owed reports whether something that fell due on a day is still the
// measure's: it fell before the day of the withdrawal, which is the recorded
// day as known and the effective one as corrected (R2).
func (s *state) owed(day domain.Date, v View) bool {
	switch {
	case s.inPlan():
		return true
	case v == Corrected:
		return day.Before(s.withdrawn.effective)
	default:
		return day.Before(s.withdrawn.recordedOn())
	}
}
