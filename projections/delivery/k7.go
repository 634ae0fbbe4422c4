package delivery

import (
	"cmp"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// The outcomes of K7.
const (
	// Active: confirmed, contributed, or reported for.
	Active Outcome = "active"
	// Passive: named, and none of these.
	Passive Outcome = "passive"
)

// Collaboration is K7 and the figures beside it.
type Collaboration struct {
	Share
	// Unresolved is collectives that no actors are named for: measure × collective.
	Unresolved int `json:"unresolved"`
	// TwoSectors and ThreeSectors are the open measures whose active actors
	// come from so many sectors or more ÷ open measures.
	TwoSectors   Ratio `json:"twoSectors"`
	ThreeSectors Ratio `json:"threeSectors"`
	// Municipalities is those with a contribution to any measure of the level
	// in W ÷ those that were members at T, by today's names. It is not summed.
	Municipalities Ratio            `json:"municipalities"`
	Contributed    []domain.ActorID `json:"contributed"` // the municipalities in its numerator
}

// A partner is one that the plan names, as it is called at T.
type partner struct {
	id       domain.ActorID
	resolved seen // what put it in the place of a collective
}

// k7 is samhandling, by measure and named partner:
//
//	      named partners active in W
//	K7 = ────────────────────────────
//	      named partners
//
// over measures in the plan that were open at some time in W, each partner
// once, as named and called at T. Active is confirmed, contributed or reported
// on behalf of, with effective in (T−W, T]. Dates are the latest such day.
func (r *reading) k7(m *measure, all []Member) (members []Member, unresolved int) {
	from := r.moment.day.AddDays(1 - r.definition.WindowDays)
	if !m.inPlan() || m.openDays(from, r.moment.day) == 0 {
		return all, 0
	}
	partners, unresolved := r.partners(m)
	for _, p := range partners {
		active := r.activity(m, p.id)
		outcome, on := Passive, domain.Date{}
		if active.is() {
			outcome, on = Active, active.effective
		}
		all = append(all, Member{
			Measure: m.id, Partner: p.id, Counted: active.is(), Outcome: outcome,
			Dates: r.dates(on), Positions: r.because(m.adopted, m.naming, p.resolved, active),
		})
	}
	return all, unresolved
}

// partners are those named at T, by name, each once, and how many collectives
// stand for nobody yet.
func (r *reading) partners(m *measure) (named []partner, unresolved int) {
	var collectives []domain.ActorID
	for _, id := range m.partners {
		called := r.register.called(id, r.moment)
		if r.register.actor(id, r.moment).kind != actors.Collective && r.register.actor(called, r.moment).kind != actors.Collective {
			named = append(named, partner{id: called})
			continue
		}
		i := slices.IndexFunc(m.resolved, func(x resolution) bool { return x.collective == id || x.collective == called })
		if i < 0 {
			collectives = append(collectives, called)
			continue
		}
		for _, into := range m.resolved[i].into {
			named = append(named, partner{r.register.called(into, r.moment), m.resolved[i].seen})
		}
	}
	slices.SortStableFunc(named, func(a, b partner) int { return cmp.Compare(a.id, b.id) })
	slices.Sort(collectives)
	return slices.CompactFunc(named, func(a, b partner) bool { return a.id == b.id }), len(slices.Compact(collectives))
}

// activity is the latest sign in W that an actor took part in the measure.
func (r *reading) activity(m *measure, id domain.ActorID) seen {
	for _, a := range slices.Backward(m.activities) {
		if r.moment.inWindow(a.effective, r.definition.WindowDays) && r.register.called(a.actor, r.moment) == id {
			return a.seen
		}
	}
	return seen{}
}

// sectors is how many the active actors of an open measure come from: its
// accepted owner and its active named partners (triple helix).
func (r *reading) sectors(m *measure, partners []Member) int {
	var all []actors.Sector
	add := func(id domain.ActorID) {
		if s := r.register.actor(r.register.called(id, r.moment), r.moment).sector; s != "" && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if m.accepted {
		add(m.owner)
	}
	for _, p := range partners {
		if p.Counted {
			add(p.Partner)
		}
	}
	return len(all)
}

// contributors are those who contributed to a measure in W, as called at T.
func (r *reading) contributors(m *measure, all []domain.ActorID) []domain.ActorID {
	if !m.inPlan() {
		return all
	}
	for _, a := range m.activities {
		if a.contributed && r.moment.inWindow(a.effective, r.definition.WindowDays) {
			all = append(all, r.register.called(a.actor, r.moment))
		}
	}
	return all
}

// municipalities is the part of those that were members at T that contributed.
func municipalities(members, contributors []domain.ActorID) (Ratio, []domain.ActorID) {
	in := []domain.ActorID{}
	for _, id := range members {
		if slices.Contains(contributors, id) {
			in = append(in, id)
		}
	}
	return Ratio{len(in), len(members)}, in
}
