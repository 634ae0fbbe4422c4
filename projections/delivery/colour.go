package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A Colour is how a measure stands, computed. It is always shown with its word.
type Colour string

// The colours. A measure has the first that holds; one that has been withdrawn
// has none.
const (
	Blue  Colour = "blue"  // completed
	Red   Colour = "red"   // the deadline has passed, or forecast > deadline + toleranceDays
	White Colour = "white" // no accepted owner, or no adopted deadline
	Grey  Colour = "grey"  // ukjent: the last two reports it owed are missing
	Amber Colour = "amber" // forecast 1–toleranceDays after the deadline, or the last report missing
	Green Colour = "green" // otherwise
)

// Colours lists them, the one that takes precedence first.
func Colours() []Colour { return []Colour{Blue, Red, White, Grey, Amber, Green} }

// A Standing is how one measure of the plan stands at T.
type Standing struct {
	Measure   domain.MeasureID  `json:"measure"`
	Strategy  domain.StrategyID `json:"strategy"`
	FocusArea string            `json:"focusArea,omitempty"`
	Owner     domain.ActorID    `json:"owner,omitempty"`
	State     State             `json:"state"`
	Colour    Colour            `json:"colour"`
	// Unknown (ukjent) is that the last two reports it owed are missing, also
	// where another colour takes precedence.
	Unknown     bool        `json:"unknown"`
	Deliverable string      `json:"deliverable,omitempty"` // the current one, of an ongoing measure
	Deadline    domain.Date `json:"deadline,omitzero"`
	Forecast    domain.Date `json:"forecast,omitzero"`
	// SelfAssessed is the status of the latest report that stands (unchanged
	// looks back), and Reported the day of that report: the last known state.
	SelfAssessed reporting.Status  `json:"selfAssessed,omitempty"`
	Reported     domain.Date       `json:"reported,omitzero"`
	Positions    []domain.Position `json:"positions"` // the events that give the colour
}

// standing computes the colour from the current deliverable and the reports.
func (r *reading) standing(m *measure, at place) Standing {
	s := Standing{Measure: m.id, Strategy: at.strategy, FocusArea: at.focusArea, Owner: at.owner, State: m.stateAt()}
	if !m.inPlan() {
		return s
	}
	done, completed := m.completion()
	current, dated := m.current()
	s.Deliverable, s.Deadline, s.Forecast = current.name, current.date, current.expected
	missing, facts := r.missing(m)
	s.Unknown = missing >= 2 && !completed
	s.SelfAssessed, s.Reported = r.selfAssessed(m)
	allowed := current.date.AddDays(r.definition.ToleranceDays)
	switch {
	case completed:
		s.Colour, s.Positions = Blue, r.because(m.adopted, done)
	case dated && (current.date.Before(r.moment.day) || current.expected.After(allowed)):
		s.Colour, s.Positions = Red, r.because(m.adopted, current.deadline, current.forecast)
	case !m.accepted || !dated:
		s.Colour, s.Positions = White, r.because(m.adopted, m.assigned, m.answer, current.deadline)
	case s.Unknown:
		s.Colour, s.Positions = Grey, r.because(append(facts, m.adopted)...)
	case current.expected.After(current.date) || missing == 1:
		s.Colour, s.Positions = Amber, r.because(append(facts, m.adopted, current.deadline, current.forecast)...)
	default:
		s.Colour, s.Positions = Green, r.because(m.adopted, m.answer, current.deadline, current.forecast)
	}
	return s
}

// missing is how many of the last two reports that the measure owed are: not
// delivered by T, or standing as returned or withdrawn (R4). One that follows
// on a report that came is not counted on. The facts are the periods and what
// was rejected.
func (r *reading) missing(m *measure) (n int, facts []seen) {
	for _, p := range slices.Backward(r.ended) {
		if !r.owes(m, p) {
			continue
		}
		outcome, by := r.delivered(m, p)
		if outcome != Missing && outcome != Rejected {
			return n, facts
		}
		n++
		if !r.silent {
			facts = append(facts, p.opened, p.closed, by[0], by[1])
		}
		if n == 2 {
			return n, facts
		}
	}
	return n, facts
}

// selfAssessed is the owner's own word: the status of the latest report that
// is not returned or withdrawn, and the day of that report. Unchanged looks back to the
// one before it.
func (r *reading) selfAssessed(m *measure) (reporting.Status, domain.Date) {
	var last, telling *report
	for i := range m.reports {
		x := &m.reports[i]
		if !x.stands() {
			continue
		}
		if last == nil || r.moment.view.replaces(x.seen, last.seen) {
			last = x
		}
		if x.status != reporting.Unchanged && (telling == nil || r.moment.view.replaces(x.seen, telling.seen)) {
			telling = x
		}
	}
	if telling == nil {
		return "", domain.Date{}
	}
	return telling.status, last.effective
}

// owner is who was asked last to answer for the measure, as called at T.
func (r *reading) owner(m *measure) domain.ActorID {
	if !m.assigned.is() {
		return ""
	}
	return r.register.called(m.owner, r.moment)
}
