package delivery

import (
	"cmp"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A Profile is gjennomføringskraft of one plan at T.
type Profile struct {
	Plan       domain.PlanID `json:"plan"`
	Day        domain.Date   `json:"day"`  // T's day in Oslo, no later than the day the plan closed (R2)
	View       View          `json:"view"` // corrected is always shown with its label (R1)
	Definition Definition    `json:"definition"`
	Whole      Level         `json:"whole"`      // the sum of the strategies (R7)
	Strategies []Level       `json:"strategies"` // in the plan's order
}

// A Level is the whole plan or one strategy of it: its counts and the
// components. A component is one field here and one file.
type Level struct {
	Strategy domain.StrategyID `json:"strategy,omitempty"` // empty for the whole plan
	Title    string            `json:"title,omitempty"`    // the strategy's, verbatim
	Counts   Counts            `json:"counts"`
	K1       Share             `json:"k1"`
	K2       Share             `json:"k2"`
	K4       Reporting         `json:"k4"`
}

// Profile computes the profile of a plan at T from the facts alone: the same
// log and the same T give the same profile. False when the plan had not been
// adopted, or not yet.
func (p *Projection) Profile(id domain.PlanID, at At) (Profile, bool) {
	r, ok := p.read(id, at)
	if !ok {
		return Profile{}, false
	}
	return r.profile(), true
}

// A reading is what a profile is computed from: the facts of one plan, and
// what they come to at one moment.
type reading struct {
	plan         plan.Adopted
	moment       moment
	definition   Definition
	periods      []period  // by end date
	measures     []measure // by id, also the withdrawn; they may be in K2 and K4 still
	arrangements []measure // by id; in no denominator
}

func (p *Projection) read(id domain.PlanID, at At) (*reading, bool) {
	t, ok := p.moment(at)
	if _, known := p.plans[id]; !ok || !known {
		return nil, false
	}
	facts := p.planFacts(id)
	r := &reading{moment: untilClosed(facts, t)}
	if r.plan, ok = adopted(facts, r.moment); !ok {
		return nil, false
	}
	r.definition = definition(facts, r.moment)
	r.periods = periods(facts, r.moment)
	for _, mid := range p.plans[id].ids {
		m := measure{id: mid, facts: p.plans[id].measures[mid]}
		m.state = m.at(r.moment)
		switch {
		case !m.adopted.is():
		case m.kind == plan.Arrangement:
			r.arrangements = append(r.arrangements, m)
		default:
			r.measures = append(r.measures, m)
		}
	}
	return r, true
}

// untilClosed moves T back to the day the plan closed, by its effective, once
// it is seen to have closed. A correction of that day is always recorded
// later, so it is seen only as corrected (R2).
func untilClosed(facts []*fact, t moment) moment {
	for _, f := range facts {
		x, ok := t.see(f)
		if _, is := x.event.(plan.Closed); !ok || !is {
			continue
		}
		if t.view == Known {
			x.version = &f.recorded
		}
		return t.endOf(x.effective)
	}
	return t
}

// adopted is the plan as it was adopted.
func adopted(facts []*fact, t moment) (plan.Adopted, bool) {
	var (
		latest seen
		in     plan.Adopted
	)
	for _, f := range facts {
		x, ok := t.see(f)
		if e, is := x.event.(plan.Adopted); ok && is && t.replaces(x, latest) {
			latest, in = x, e
		}
	}
	return in, latest.is()
}

func (r *reading) profile() Profile {
	k1, k2, k4 := r.k1(), r.k2(), r.k4()
	level := func(in func(domain.StrategyID) bool) Level {
		return Level{Counts: r.counts(in), K1: share(k1, in), K2: share(k2, in), K4: reported(k4, in)}
	}
	p := Profile{
		Plan: r.plan.Plan, Day: r.moment.day, View: r.moment.view, Definition: r.definition,
		Whole:      level(func(domain.StrategyID) bool { return true }),
		Strategies: []Level{},
	}
	for _, s := range r.strategies() {
		l := level(func(id domain.StrategyID) bool { return id == s.ID })
		l.Strategy, l.Title = s.ID, s.Title
		p.Strategies = append(p.Strategies, l)
	}
	return p
}

// strategies are the plan's in its own order, and after them, by id, any that
// only a measure names: the whole is the sum of its strategies, always.
func (r *reading) strategies() []plan.Strategy {
	all := slices.Clone(r.plan.Strategies)
	var more []plan.Strategy
	for _, m := range slices.Concat(r.measures, r.arrangements) {
		same := func(s plan.Strategy) bool { return s.ID == m.strategy }
		if !slices.ContainsFunc(all, same) && !slices.ContainsFunc(more, same) {
			more = append(more, plan.Strategy{ID: m.strategy})
		}
	}
	slices.SortFunc(more, func(a, b plan.Strategy) int { return cmp.Compare(a.ID, b.ID) })
	return append(all, more...)
}
