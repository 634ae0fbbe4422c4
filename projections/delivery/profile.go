package delivery

import (
	"cmp"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A Profile is gjennomføringskraft of one plan, or of a part of it, at T.
type Profile struct {
	Plan       domain.PlanID `json:"plan"`
	Day        domain.Date   `json:"day"`  // T's day in Oslo, no later than the day the plan closed (R2)
	View       View          `json:"view"` // corrected is always shown with its label (R1)
	Definition Definition    `json:"definition"`
	Whole      Level         `json:"whole"`      // of the part asked for: the sum of the strategies (R7)
	Strategies []Level       `json:"strategies"` // in the plan's order
	FocusAreas []Level       `json:"focusAreas"` // in the order of their measures
	Owners     []Level       `json:"owners"`     // by id; the one without an id nobody is asked to answer for
	Measures   []Standing    `json:"measures"`   // in the plan, by id
}

// Profile computes the profile of a plan at T from the facts alone: the same
// log and the same T give the same profile. False when the plan had not been
// adopted, or not yet.
func (p *Projection) Profile(id domain.PlanID, at At) (Profile, bool) {
	return p.ProfileOf(id, at, Part{})
}

// ProfileOf is the profile of a part of a plan; one that nothing belongs to is
// empty.
func (p *Projection) ProfileOf(id domain.PlanID, at At, part Part) (Profile, bool) {
	r, ok := p.read(id, at)
	if !ok {
		return Profile{}, false
	}
	rows := r.rows(p.plans[id])
	rows = slices.DeleteFunc(rows, func(w row) bool { return !part.holds(w.place) })
	return r.profile(rows, part), true
}

// read places a reading on the log; false when there is nothing to read.
func (p *Projection) read(id domain.PlanID, at At) (*reading, bool) {
	t, ok := p.moment(at)
	if _, known := p.plans[id]; !ok || !known || id == "" {
		return nil, false
	}
	in, ok := termsAt(p.planFacts(id), t)
	if !ok {
		return nil, false
	}
	r := &reading{register: &p.register}
	r.readAt(&in, t)
	r.members = p.register.members(r.moment)
	return r, true
}

// rows are those of the plan's measures and arrangements, by id.
func (r *reading) rows(of *planFacts) []row {
	var (
		all   []row
		story story
	)
	for _, id := range of.ids {
		story.tell(of.measures[id].facts, r.moment.view)
		m := measure{id, &story, story.at(r.moment)}
		if !m.adopted.is() {
			continue
		}
		var w row
		r.fill(&w, &m, everything)
		all = append(all, w)
	}
	return all
}

func (r *reading) profile(rows []row, part Part) Profile {
	whole := r.level(rows, func(place) bool { return true })
	whole.Part = part
	p := Profile{
		Plan: r.plan.Plan, Day: r.moment.day, View: r.moment.view, Definition: r.definition, Whole: whole,
		Strategies: []Level{}, FocusAreas: []Level{}, Owners: []Level{}, Measures: []Standing{},
	}
	for _, s := range r.strategies(rows, part) {
		l := r.level(rows, func(at place) bool { return at.strategy == s.ID })
		l.Part, l.Strategy, l.Title = part, s.ID, s.Title
		p.Strategies = append(p.Strategies, l)
	}
	for _, heading := range distinct(rows, func(at place) string { return at.focusArea }) {
		l := r.level(rows, func(at place) bool { return at.focusArea == heading })
		l.Part, l.FocusArea = part, heading
		p.FocusAreas = append(p.FocusAreas, l)
	}
	for _, owner := range slices.Sorted(slices.Values(distinct(rows, func(at place) domain.ActorID { return at.owner }))) {
		l := r.level(rows, func(at place) bool { return at.owner == owner })
		l.Part, l.Owner = part, owner
		p.Owners = append(p.Owners, l)
	}
	for i := range rows {
		if s := rows[i].standing; s.Colour != "" {
			p.Measures = append(p.Measures, s)
		}
	}
	return p
}

// distinct are what the rows have of something, each once, in the order of the rows.
func distinct[T comparable](rows []row, of func(place) T) []T {
	var all []T
	for i := range rows {
		if x := of(rows[i].place); !slices.Contains(all, x) {
			all = append(all, x)
		}
	}
	return all
}

// strategies are the plan's in its own order, and after them, by id, any that
// only a measure names: the whole is the sum of its strategies, always.
func (r *reading) strategies(rows []row, part Part) []plan.Strategy {
	all := slices.Clone(r.plan.Strategies)
	var more []plan.Strategy
	for i := range rows {
		same := func(s plan.Strategy) bool { return s.ID == rows[i].strategy }
		if !slices.ContainsFunc(all, same) && !slices.ContainsFunc(more, same) {
			more = append(more, plan.Strategy{ID: rows[i].strategy})
		}
	}
	slices.SortFunc(more, func(a, b plan.Strategy) int { return cmp.Compare(a.ID, b.ID) })
	all = append(all, more...)
	if part.Strategy != "" {
		all = slices.DeleteFunc(all, func(s plan.Strategy) bool { return s.ID != part.Strategy })
	}
	return all
}
