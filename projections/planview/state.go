package planview

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A State is how far a measure has come, in one word (domain.StateWords).
type State string

// The states. The first that is true of a measure is its state.
const (
	StateWithdrawn   State = "withdrawn"   // out of the plan by decision
	StateArrangement State = "arrangement" // in the plan, and nobody follows it
	StateCompleted   State = "completed"   // done; never an ongoing measure, which has deliverables that are
	StateStarted     State = "started"     // work has begun
	StateAccepted    State = "accepted"    // the owner has said yes
	StateAssigned    State = "assigned"    // an owner has been asked, and has not said yes
	StateAdopted     State = "adopted"     // in the plan, nobody asked
)

// States lists them in that order.
func States() []State {
	return []State{
		StateWithdrawn, StateArrangement, StateCompleted, StateStarted, StateAccepted, StateAssigned, StateAdopted,
	}
}

// StateOf is the state of a measure as the domain holds it.
func StateOf(m plan.Measure) State {
	switch {
	case !m.Withdrawn.IsZero():
		return StateWithdrawn
	case m.Kind == plan.Arrangement:
		return StateArrangement
	case m.Completed():
		return StateCompleted
	case !m.Started.IsZero():
		return StateStarted
	case m.Accepted:
		return StateAccepted
	case m.Owner != "":
		return StateAssigned
	}
	return StateAdopted
}

// EditsCompleted reports whether the event edits a measure, or a deliverable
// of one, that is completed: a rule breaker, an etterregistrering or a
// correction, and flagged wherever it is shown. Reopening is not an edit, nor
// is what shows afterwards that the work was done (evidence, contributions,
// partners, reports).
func EditsCompleted(m plan.Measure, e domain.Event) bool {
	deliverable := ""
	switch e := e.(type) {
	case plan.DeadlineAdopted:
		deliverable = e.Deliverable
	case plan.ForecastGiven:
		deliverable = e.Deliverable
	case plan.MeasureCompleted:
		deliverable = e.Deliverable
	case plan.MeasureAmended, plan.MeasureWithdrawn, plan.MeasureAssigned, plan.MeasureAccepted,
		plan.MeasureDeclined, plan.MeasureStarted, plan.DeviationHandled, correction.EventCorrected:
	default:
		return false
	}
	if deliverable == "" {
		return m.Completed()
	}
	d, _ := m.Deliverables.Lookup(deliverable)
	return !d.Completed.IsZero()
}

// A Filter chooses measures. What is empty lets all pass; the rest must all hold.
type Filter struct {
	Owner    domain.ActorID // who was asked to answer for it, or whom the plan names
	Partner  domain.ActorID // whom the plan names as taking part, or a collective stands for
	State    State
	Strategy domain.StrategyID
}

// Passes reports whether the measure is chosen. An actor is found by its own
// id and by the id of whoever stands in its place today.
func (f Filter) Passes(m Measure) bool {
	return (f.Owner == "" || m.OwnedBy(f.Owner)) &&
		(f.Partner == "" || m.With(f.Partner)) &&
		(f.State == "" || m.State == f.State) &&
		(f.Strategy == "" || m.Strategy.ID == f.Strategy)
}
