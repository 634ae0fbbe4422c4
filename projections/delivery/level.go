package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// A Part is what a level is made of: the measures that have all that it names
// at T. The zero Part is the whole plan.
type Part struct {
	Strategy  domain.StrategyID `json:"strategy,omitempty"`
	FocusArea string            `json:"focusArea,omitempty"`
	Owner     domain.ActorID    `json:"owner,omitempty"` // asked last, accepted or not
}

func (p Part) holds(at place) bool {
	return (p.Strategy == "" || p.Strategy == at.strategy) &&
		(p.FocusArea == "" || p.FocusArea == at.focusArea) &&
		(p.Owner == "" || p.Owner == at.owner)
}

// A Level is the whole plan or a part of it: its counts and the components. A
// component is one field here and one file.
type Level struct {
	Part
	Title    string         `json:"title,omitempty"` // of a strategy, verbatim
	Counts   Counts         `json:"counts"`
	K1       Share          `json:"k1"`
	K2       Share          `json:"k2"`
	K3       Schedule       `json:"k3"`
	K4       Reporting      `json:"k4"`
	K5       Predictability `json:"k5"`
	K6       Share          `json:"k6"`
	K7       Collaboration  `json:"k7"`
	Unscored Unscored       `json:"unscored"`
}

// level puts the rows together that are in it.
func (r *reading) level(rows []row, in func(place) bool) Level {
	var (
		sum          total
		members      [components][]Member
		on           line
		slips        []slip
		flows        []flow
		contributors []domain.ActorID
	)
	for k := range members {
		members[k] = []Member{}
	}
	for i := range rows {
		w := &rows[i]
		if !in(w.place) {
			continue
		}
		sum.add(&w.tally, 1)
		for k := range members {
			members[k] = append(members[k], w.members[k]...)
		}
		on.add(w.dated)
		slips, flows = append(slips, w.slips...), append(flows, w.flow)
		contributors = append(contributors, w.contributors...)
	}
	share := func(c Component) Share {
		return Share{sum.share(c), members[slices.Index(order, c)]}
	}
	day := r.moment.day
	l := Level{
		Counts: sum.counts(), K1: share(K1), K2: share(K2), K6: share(K6),
		K3:       on.schedule(r.start, day, share(K3).Members),
		K4:       Reporting{share(K4), sum.ratio(ofAnyTime)},
		K5:       Predictability{share(K5), median(slips, day), sum[ofMoves]},
		K7:       Collaboration{Share: share(K7), Unresolved: sum[ofUnresolved], TwoSectors: sum.ratio(ofTwoSectors), ThreeSectors: sum.ratio(ofThreeSectors)},
		Unscored: unscored(flows, day),
	}
	l.K7.Municipalities, l.K7.Contributed = municipalities(r.members, contributors)
	return l
}

// Share is a component with its members. Of K3 the ratio is in days.
func (l Level) Share(c Component) Share {
	switch c {
	case K1:
		return l.K1
	case K2:
		return l.K2
	case K3:
		return Share{l.K3.Ratio, l.K3.Members}
	case K4:
		return l.K4.Share
	case K5:
		return l.K5.Share
	case K6:
		return l.K6
	case K7:
		return l.K7.Share
	}
	return Share{}
}

// Said is a component as people read it.
func (l Level) Said(c Component) domain.Phrase {
	if c == K3 {
		return l.K3.Phrase()
	}
	return l.Share(c).Phrase()
}

// Figures are the level's numbers alone.
func (l Level) Figures() Figures {
	f := Figures{
		K1: l.K1.Ratio, K2: l.K2.Ratio, K3: l.K3.Earned, K3First: l.K3.First, K4: l.K4.Ratio,
		K5: l.K5.Ratio, K6: l.K6.Ratio, K7: l.K7.Ratio,
		AnyTime: l.K4.AnyTime, Grey: l.Counts.Grey, BackDated: l.Counts.BackDated,
		TwoSectors: l.K7.TwoSectors, ThreeSectors: l.K7.ThreeSectors,
	}
	for i, s := range l.Counts.States {
		f.States[i] = s.Count
	}
	for i, c := range l.Counts.Colours {
		f.Colours[i] = c.Count
	}
	return f
}
