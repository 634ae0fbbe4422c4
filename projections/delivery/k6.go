package delivery

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// The outcomes of K6.
const (
	// Answered: something was done about it each time it turned red.
	Answered Outcome = "answered"
	// Unanswered: at least once nothing was, or too late.
	Unanswered Outcome = "unanswered"
)

// A turn is when a deliverable turned red: the first day at whose end it was,
// as known then.
type turn struct {
	deliverable string
	day         domain.Date // r
	deadline    seen        // in force at the end of r
	date        domain.Date
	forecast    seen
	reopened    seen
}

// k6 is korrigeringsevne, by deliverable:
//
//	      every such turn answered
//	K6 = ─────────────────────────────────────────────────────────────
//	      deliverables that turned red at some r with r+H in (T−W, T]
//
// Answered is a handled deviation, a new adopted deadline differing from the
// one in force at the end of r, or a completion that stands, recorded from r
// to r+H, both days included. Dates are the days it turned red.
func (r *reading) k6(m *measure, all []Member) []Member {
	for _, t := range m.story.turns(r.definition.ToleranceDays) {
		due := t.day.AddDays(r.definition.HorizonDays)
		if !r.moment.inWindow(due, r.definition.WindowDays) || !m.owed(due, r.moment.view) {
			continue
		}
		answer, ok := m.reaction(t, due)
		outcome := Unanswered
		if ok {
			outcome = Answered
		}
		x := Member{
			Measure: m.id, Deliverable: t.deliverable, Counted: ok, Outcome: outcome,
			Dates: r.dates(t.day), Positions: r.because(m.adopted, t.deadline, t.forecast, t.reopened, answer),
		}
		if n := len(all); n > 0 && all[n-1].Deliverable == t.deliverable {
			all[n-1].also(x)
			continue
		}
		all = append(all, x)
	}
	return all
}

// reaction is the first that was done about a turn from its day to the last day
// for it. A handled deviation answers for every deliverable; a better forecast
// is none.
func (s *state) reaction(t turn, last domain.Date) (seen, bool) {
	in := func(x seen) bool { return !x.recordedOn().Before(t.day) && x.by(last) }
	for _, x := range s.deviations {
		if in(x) {
			return x, true
		}
	}
	d := s.named(t.deliverable)
	for _, x := range d.adoptions {
		if e, ok := x.event.(plan.DeadlineAdopted); ok && in(x) && e.Deadline != t.date {
			return x, true
		}
	}
	if d.completed.is() && in(d.completed) {
		return d.completed, true
	}
	return seen{}, false
}

// turns are all there ever are, by deliverable and day. Between two events a
// deliverable can turn red on one day only: the day after its deadline.
func (s *story) turns(tolerance int) []turn {
	all, ok := s.red[tolerance]
	if ok {
		return all
	}
	for _, name := range s.deliverables() {
		all = append(all, s.turnsOf(name, tolerance)...)
	}
	s.red[tolerance] = all
	return all
}

func (s *story) turnsOf(name string, tolerance int) []turn {
	var all []turn
	was := false // red at the end of the day before
	for i := range s.states {
		now := &s.states[i]
		if i+1 < len(s.states) && s.states[i+1].day == now.day {
			continue // the day has not ended
		}
		d := now.state.named(name)
		from, red := now.state.redFrom(d, tolerance)
		from = latest(from, now.day)
		if red && i+1 < len(s.states) && !from.Before(s.states[i+1].day) {
			red = false // it changed before it came to that
		}
		if red && (!was || from.After(now.day)) {
			all = append(all, turn{name, from, d.deadline, d.date, d.forecast, d.reopened})
		}
		was = red
	}
	return all
}

// redFrom is the day from whose end a deliverable is red, as long as nothing
// happens to it; false when it never will be.
//
//	forecast > deadline + toleranceDays    at once
//	not completed                          the day after the deadline
func (s *state) redFrom(d *deliverable, tolerance int) (domain.Date, bool) {
	switch {
	case !s.adopted.is() || !s.inPlan() || d.completed.is() || !d.deadline.is():
		return domain.Date{}, false
	case d.forecast.is() && d.expected.After(d.date.AddDays(tolerance)):
		return domain.Date{}, true
	}
	return d.date.AddDays(1), true
}
