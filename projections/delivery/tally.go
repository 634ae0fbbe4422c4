package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A tally is what a measure counts: everything that a level is the sum of (R7).
// Two numbers for each ratio, one for each count.
type tally [tallied]int16

// A total is the sum of tallies.
type total [tallied]int

// The slots. K1…K7 are first, numerator and denominator; those of K3 stay
// empty, for it adds up to nothing.
const (
	ofAnyTime      = 2 * (components + iota)
	ofGrey         // open measures in state ukjent ÷ open measures
	ofBackDated    // standing completions with effective before the recorded day ÷ standing completions
	ofTwoSectors   // open measures with active actors of two sectors or more ÷ open measures
	ofThreeSectors // the same, three
	ofStates       // one for each state
)

const (
	ofColours = ofStates + states
	ofCounts  = ofColours + colours
)

const (
	ofArrangements = ofCounts + iota
	ofStarted      // open and started
	ofDeadline     // open, with an adopted deadline
	ofOwner        // open, with an accepted owner
	ofSelfGreen    // self-assessed green, computed red
	ofUnresolved   // collectives that no actors are named for
	ofMoves        // deadlines moved in W
	tallied
)

// add adds a tally so many times; −1 takes it out again.
func (t *total) add(o *tally, times int) {
	for i, n := range o {
		t[i] += times * int(n)
	}
}

func (t *total) ratio(slot int) Ratio { return Ratio{t[slot], t[slot+1]} }

// share is the ratio of a component.
func (t *total) share(c Component) Ratio { return t.ratio(2 * slices.Index(order, c)) }

var order, stateOrder, colourOrder = Components(), States(), Colours()

// How many there are of them, for the slots.
const (
	states  = 6
	colours = 6
)

// put counts one more in a denominator, and in the numerator if it holds.
func (t *tally) put(slot int, holds bool) {
	t[slot+1]++
	t.when(slot, holds)
}

// when counts one more if it holds.
func (t *tally) when(slot int, holds bool) {
	if holds {
		t[slot]++
	}
}

// count makes the tally of a row that has been read.
func (w *row) count(m *measure) {
	t := &w.tally
	for i, members := range w.members {
		for j := range members {
			if order[i] != K3 {
				t.put(2*i, members[j].Counted)
			}
			if order[i] == K4 {
				outcome := members[j].Outcome
				t.put(ofAnyTime, outcome == OnTime || outcome == Late)
			}
		}
	}
	t[ofUnresolved], t[ofMoves] = int16(w.unresolved), int16(w.moves)
	t[ofStates+slices.Index(stateOrder, w.standing.State)]++
	if !m.inPlan() {
		return
	}
	t[ofColours+slices.Index(colourOrder, w.standing.Colour)]++
	for i := range m.deliverables {
		if c := m.deliverables[i].completed; c.is() {
			t.put(ofBackDated, c.effective.Before(c.recordedOn()))
		}
	}
	if !m.open() {
		return
	}
	t.put(ofTwoSectors, w.sectors >= 2)
	t.put(ofThreeSectors, w.sectors >= 3)
	t.put(ofGrey, w.standing.Unknown)
	t.when(ofStarted, m.started.is())
	t.when(ofDeadline, !w.standing.Deadline.IsZero())
	t.when(ofOwner, m.accepted)
	t.when(ofSelfGreen, w.standing.SelfAssessed == reporting.Green && w.standing.Colour == Red)
}
