package delivery

import "github.com/fosenregionen/framdrift/domain"

// Counts are how many there are of what, unscored, beside the profile.
type Counts struct {
	Measures     int `json:"measures"`     // in the plan at T, arrangements not among them: open + completed
	Arrangements int `json:"arrangements"` // ordninger in the plan at T; in no denominator
	Open         int `json:"open"`         // not started + started
	NotStarted   int `json:"notStarted"`   // open, and nobody has said that work began
	Started      int `json:"started"`      // open and started: work in progress
	Completed    int `json:"completed"`    // with a completion that stands; an ongoing measure never is
	Withdrawn    int `json:"withdrawn"`    // measures that have left the plan by decision
	WithDeadline int `json:"withDeadline"` // open, with an adopted deadline
	WithOwner    int `json:"withOwner"`    // open, with an accepted owner

	// BackDated is standing completions with effective before the recorded
	// day ÷ standing completions, of deliverables in the plan (R6).
	BackDated Ratio `json:"backDated"`
	// States are the measures by state, withdrawn ones too: every state, in
	// the order of States.
	States []StateCount `json:"states"`
}

// A StateCount is one series of framdrift_measures{state}.
type StateCount struct {
	State State `json:"state"`
	Count int   `json:"count"`
}

// A State is the one word that the metric framdrift_measures has for a measure.
type State string

// The states. A measure is in the last of them that holds, so that they sum
// to measures + withdrawn.
const (
	Adopted   State = "adopted"   // in the plan, and nobody is asked, or who was asked said no
	Assigned  State = "assigned"  // the owner has not answered the latest assignment
	Accepted  State = "accepted"  // the owner has said yes to it
	Started   State = "started"   // work has begun, whoever answers for it
	Completed State = "completed" // a completion stands; never an ongoing measure
	Withdrawn State = "withdrawn" // taken out of the plan by decision
)

// States lists them.
func States() []State {
	return []State{Adopted, Assigned, Accepted, Started, Completed, Withdrawn}
}

func (m measure) stateAt() State {
	_, done := m.completion()
	switch {
	case !m.inPlan():
		return Withdrawn
	case done:
		return Completed
	case m.started.is():
		return Started
	case m.accepted:
		return Accepted
	case m.assigned.is() && !m.answer.is():
		return Assigned
	default:
		return Adopted
	}
}

// counts are those of the measures under some strategies.
func (r *reading) counts(in func(domain.StrategyID) bool) Counts {
	var (
		c       Counts
		byState = map[State]int{}
	)
	for _, m := range r.arrangements {
		if in(m.strategy) && m.inPlan() {
			c.Arrangements++
		}
	}
	for _, m := range r.measures {
		if in(m.strategy) {
			byState[m.stateAt()]++
			c.add(m)
		}
	}
	for _, s := range States() {
		c.States = append(c.States, StateCount{s, byState[s]})
	}
	c.Completed, c.Withdrawn = byState[Completed], byState[Withdrawn]
	c.Open = c.NotStarted + c.Started
	c.Measures = c.Open + c.Completed
	return c
}

// add counts what the state of a measure does not say by itself.
func (c *Counts) add(m measure) {
	if m.inPlan() {
		for _, d := range m.deliverables {
			if d.completed.is() {
				c.BackDated = c.BackDated.Plus(backDated(d.completed))
			}
		}
	}
	if !m.open() {
		return
	}
	if m.started.is() {
		c.Started++
	} else {
		c.NotStarted++
	}
	if _, ok := m.current(); ok {
		c.WithDeadline++
	}
	if m.accepted {
		c.WithOwner++
	}
}

func backDated(completed seen) Ratio {
	if completed.effective.Before(completed.recordedOn()) {
		return Ratio{1, 1}
	}
	return Ratio{0, 1}
}
