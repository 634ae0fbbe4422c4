package delivery

import (
	"cmp"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// A story is a measure from its first event to its last: every state it has
// been in, so that what was known on any day is found and not folded again.
type story struct {
	view   View
	facts  []*fact // in log order
	states []since // in the order they were reached
	fell   []fallen
	tested map[horizon][]test
	red    map[int][]turn // by toleranceDays
}

// A horizon is the two parameters that tests are made by.
type horizon struct{ days, tolerance int }

// since is a state, and when it was reached: as known with the version of a
// fact that was recorded then, as corrected with the day that it took effect.
type since struct {
	version *version
	day     domain.Date
	state   state
}

// tell makes s the story of a measure. It folds the facts one by one, each
// state from the one before. Where that cannot be, because a correction changed
// an earlier fact or because something took effect before what stands earlier
// on the log, it folds from the start.
func (s *story) tell(facts []*fact, v View) {
	*s = story{
		view: v, facts: facts, states: slices.Grow(s.states[:0], len(facts)), // the room of the story before
		tested: map[horizon][]test{}, red: map[int][]turn{},
	}
	if v == Corrected {
		s.tellCorrected()
	} else {
		s.tellKnown()
	}
	s.fell = s.fallen()
}

func (s *story) tellKnown() {
	corrected := false
	for _, f := range s.facts {
		s.states = append(s.states, since{version: &f.recorded, day: f.recorded.day})
		for i := range f.corrections {
			c := &f.corrections[i]
			s.states, corrected = append(s.states, since{version: c, day: c.day}), true
		}
	}
	if corrected {
		slices.SortFunc(s.states, func(a, b since) int { return cmp.Compare(a.version.position, b.version.position) })
	}
	var last state
	next := 0 // of the facts
	for i := range s.states {
		now := &s.states[i]
		if next < len(s.facts) && now.version == &s.facts[next].recorded {
			last.add(seen{s.facts[next], now.version}, Known)
			next++
		} else {
			t := end(Known, now.day)
			t.position = now.version.position
			last = foldAt(s.facts, t)
		}
		now.state = last
	}
}

func (s *story) tellCorrected() {
	byDay := slices.Clone(s.facts)
	day := func(f *fact) domain.Date { return f.now().effective }
	slices.SortStableFunc(byDay, func(a, b *fact) int { return day(a).Sub(day(b)) })
	var (
		last   state
		folded domain.Position // the last that is in it
	)
	for len(byDay) > 0 {
		n, d := 1, day(byDay[0])
		for n < len(byDay) && day(byDay[n]) == d {
			n++
		}
		if byDay[0].recorded.position > folded {
			for _, f := range byDay[:n] {
				last.add(seen{f, f.now()}, Corrected)
			}
		} else {
			last = foldAt(s.facts, end(Corrected, d))
		}
		s.states = append(s.states, since{day: d, state: last})
		folded, byDay = max(folded, byDay[n-1].recorded.position), byDay[n:]
	}
}

var unheard state

// at is the state at a moment: of nothing at all before the first fact.
func (s *story) at(t moment) *state {
	n, _ := slices.BinarySearchFunc(s.states, t, func(a since, t moment) int {
		if a.version != nil && t.holds(a.version) || a.version == nil && !a.day.After(t.day) {
			return -1
		}
		return 1
	})
	if n == 0 {
		return &unheard
	}
	return &s.states[n-1].state
}

// asOf is the state at the end of a day.
func (s *story) asOf(d domain.Date) *state { return s.at(end(s.view, d)) }

// deliverables are the names of all there have ever been, in order.
func (s *story) deliverables() []string {
	var all []string
	for i := range s.states {
		for _, d := range s.states[i].state.deliverables {
			if !slices.Contains(all, d.name) {
				all = append(all, d.name)
			}
		}
	}
	slices.Sort(all)
	return all
}
