package delivery

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

	// SelfGreenRed is the open measures that call themselves green and are
	// computed red.
	SelfGreenRed int `json:"selfGreenComputedRed"`
	// Grey is the open measures in state ukjent ÷ open measures, also where
	// another colour takes precedence.
	Grey Ratio `json:"grey"`
	// BackDated is standing completions with effective before the recorded
	// day ÷ standing completions, of deliverables in the plan (R6).
	BackDated Ratio `json:"backDated"`
	// States are the measures by state, withdrawn ones too: every state, in
	// the order of States.
	States []StateCount `json:"states"`
	// Colours are the measures in the plan by computed colour: every colour,
	// in the order of Colours.
	Colours []ColourCount `json:"colours"`
}

// A StateCount is one series of framdrift_measures{state}.
type StateCount struct {
	State State `json:"state"`
	Count int   `json:"count"`
}

// A ColourCount is one series of framdrift_measure_colours{colour}.
type ColourCount struct {
	Colour Colour `json:"colour"`
	Count  int    `json:"count"`
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

func (m *measure) stateAt() State {
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

// counts are those that a total comes to.
func (t *total) counts() Counts {
	grey := t.ratio(ofGrey)
	c := Counts{
		Arrangements: t[ofArrangements], Open: grey.Denominator, Started: t[ofStarted],
		WithDeadline: t[ofDeadline], WithOwner: t[ofOwner], SelfGreenRed: t[ofSelfGreen],
		Grey: grey, BackDated: t.ratio(ofBackDated),
	}
	for i, s := range stateOrder {
		c.States = append(c.States, StateCount{s, t[ofStates+i]})
		switch s {
		case Completed:
			c.Completed = t[ofStates+i]
		case Withdrawn:
			c.Withdrawn = t[ofStates+i]
		case Adopted, Assigned, Accepted, Started:
		}
	}
	for i, x := range colourOrder {
		c.Colours = append(c.Colours, ColourCount{x, t[ofColours+i]})
	}
	c.NotStarted = c.Open - c.Started
	c.Measures = c.Open + c.Completed
	return c
}
