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

// A Member is one thing in a denominator: a measure (K1), a deliverable (K2,
// K3, K6), a report owed (K4), a deadline tested (K5), a named partner (K7).
type Member struct {
	Measure     domain.MeasureID  `json:"measure"`
	Deliverable string            `json:"deliverable,omitempty"` // of an ongoing measure
	Period      domain.PeriodID   `json:"period,omitempty"`
	Partner     domain.ActorID    `json:"partner,omitempty"`
	Dates       []domain.Date     `json:"dates"`     // each component says of what
	Counted     bool              `json:"counted"`   // it is in the numerator too
	Outcome     Outcome           `json:"outcome"`   // why, or why not
	Positions   []domain.Position `json:"positions"` // the events that put it there, in log order
}

// An Outcome is why a member is counted, or why it is not. Each component
// has its own few; they are listed with it.
type Outcome string

// positions are those of facts and of the corrections that changed them, in log order.
func positions(facts []seen) []domain.Position {
	var all []domain.Position
	for _, f := range facts {
		if f.is() {
			all = append(all, f.fact.recorded.position, f.position)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// also adds what another deadline, or another turn, of the same deliverable
// says: all must be counted, and the first that is not is the outcome.
func (m *Member) also(x Member) {
	if m.Counted {
		m.Counted, m.Outcome = x.Counted, x.Outcome
	}
	m.Dates = append(m.Dates, x.Dates...)
	m.Positions = append(m.Positions, x.Positions...)
	slices.Sort(m.Positions)
	m.Positions = slices.Compact(m.Positions)
}
