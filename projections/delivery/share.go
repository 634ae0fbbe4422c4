package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// A Ratio is «teller av nevner». Ratios of a higher level are sums, never
// means of percentages (R7).
type Ratio struct {
	Numerator   int `json:"numerator"`
	Denominator int `json:"denominator"`
}

// fewest is the least denominator that a percentage is shown for (R5).
const fewest = 5

// Plus is the ratio of both together.
func (r Ratio) Plus(o Ratio) Ratio {
	return Ratio{r.Numerator + o.Numerator, r.Denominator + o.Denominator}
}

// Value is the share, 0 to 1; false when the denominator is empty, for then
// there is no value: undefined is not 0 (R5).
func (r Ratio) Value() (float64, bool) {
	if r.Denominator == 0 {
		return 0, false
	}
	return float64(r.Numerator) / float64(r.Denominator), true
}

var (
	ratioNone    = domain.Phrase{NB: "ingen å måle på", NN: "ingen å måle på", EN: "none to measure"}
	ratioFew     = domain.Phrase{NB: "%[1]d av %[2]d", NN: "%[1]d av %[2]d", EN: "%[1]d of %[2]d"}
	ratioPercent = domain.Phrase{NB: "%[1]d av %[2]d (%[3]d %%)", NN: "%[1]d av %[2]d (%[3]d %%)", EN: "%[1]d of %[2]d (%[3]d%%)"}
)

// Phrase is the ratio as people read it (R5):
//
//	n = 0   ingen å måle på
//	n < 5   3 av 4
//	n ≥ 5   12 av 20 (60 %)   the percentage rounded, half up
func (r Ratio) Phrase() domain.Phrase {
	switch n := r.Denominator; {
	case n == 0:
		return ratioNone
	case n < fewest:
		return ratioFew.Fill(r.Numerator, n)
	default:
		return ratioPercent.Fill(r.Numerator, n, (200*r.Numerator+n)/(2*n))
	}
}

// A Share is a ratio and everything it counts: Members is the denominator,
// those with Counted are the numerator.
type Share struct {
	Ratio
	Members []Member `json:"members"`
}

// A Member is one thing in a denominator: a measure (K1), a deliverable (K2),
// a report owed (K4).
type Member struct {
	Measure     domain.MeasureID  `json:"measure"`
	Deliverable string            `json:"deliverable,omitempty"` // of an ongoing measure
	Period      domain.PeriodID   `json:"period,omitempty"`
	Counted     bool              `json:"counted"`   // it is in the numerator too
	Outcome     Outcome           `json:"outcome"`   // why, or why not
	Positions   []domain.Position `json:"positions"` // the events that put it there, in log order

	strategy domain.StrategyID // that the measure has at T
}

// An Outcome is why a member is counted, or why it is not. Each component
// has its own few; they are listed with it.
type Outcome string

// share counts the members that belong to a level, in the order they have.
func share(all []Member, in func(domain.StrategyID) bool) Share {
	s := Share{Members: []Member{}}
	for _, m := range all {
		if !in(m.strategy) {
			continue
		}
		s.Members = append(s.Members, m)
		s.Denominator++
		if m.Counted {
			s.Numerator++
		}
	}
	return s
}

// because lists the events behind a member: each fact's own position and, if
// a correction changed what it says, that of the correction.
func because(facts ...seen) []domain.Position {
	var all []domain.Position
	for _, f := range facts {
		if f.is() {
			all = append(all, f.fact.recorded.position, f.position)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// also adds what another deadline of the same deliverable says: one that was
// not met is enough, and the first of them is the outcome.
func (m *Member) also(o Outcome, positions []domain.Position) {
	if m.Counted {
		m.Counted, m.Outcome = o == OnTime, o
	}
	m.Positions = append(m.Positions, positions...)
	slices.Sort(m.Positions)
	m.Positions = slices.Compact(m.Positions)
}
