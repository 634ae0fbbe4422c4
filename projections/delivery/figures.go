package delivery

import (
	"encoding/json"
	"fmt"
)

// Figures are the numbers of a level at one moment, without the members behind
// them: what a course and a series are drawn from.
type Figures struct {
	K1      Ratio  `json:"k1"`
	K2      Ratio  `json:"k2"`
	K3      Earned `json:"k3"`              // against the deadlines in force; none above a plan
	K3First Earned `json:"k3FirstBaseline"` // against the first baselines
	K4      Ratio  `json:"k4"`
	K5      Ratio  `json:"k5"`
	K6      Ratio  `json:"k6"`
	K7      Ratio  `json:"k7"`

	AnyTime      Ratio `json:"k4AnyTime"`
	Grey         Ratio `json:"grey"`
	BackDated    Ratio `json:"backDated"`
	TwoSectors   Ratio `json:"twoSectors"`
	ThreeSectors Ratio `json:"threeSectors"`

	States  StateNumbers  `json:"states"`
	Colours ColourNumbers `json:"colours"`
}

type (
	// StateNumbers are measures by state, in the order of States; in JSON by name.
	StateNumbers [states]int
	// ColourNumbers are measures by colour, in the order of Colours; in JSON by name.
	ColourNumbers [colours]int
)

// MarshalJSON writes {"accepted":1,…}.
func (n StateNumbers) MarshalJSON() ([]byte, error) { return marshalNumbers(stateOrder, n[:]) }

// UnmarshalJSON reads it back.
func (n *StateNumbers) UnmarshalJSON(b []byte) error { return unmarshalNumbers(stateOrder, n[:], b) }

// MarshalJSON writes {"amber":1,…}.
func (n ColourNumbers) MarshalJSON() ([]byte, error) { return marshalNumbers(colourOrder, n[:]) }

// UnmarshalJSON reads it back.
func (n *ColourNumbers) UnmarshalJSON(b []byte) error { return unmarshalNumbers(colourOrder, n[:], b) }

func marshalNumbers[K ~string](order []K, n []int) ([]byte, error) {
	named := map[K]int{}
	for i, k := range order {
		named[k] = n[i]
	}
	return json.Marshal(named)
}

func unmarshalNumbers[K ~string](order []K, n []int, b []byte) error {
	named := map[K]int{}
	if err := json.Unmarshal(b, &named); err != nil {
		return fmt.Errorf("delivery: %w", err)
	}
	for i, k := range order {
		n[i] = named[k]
	}
	return nil
}

// figures are those of a total, without K3.
func (t *total) figures() Figures {
	f := Figures{
		K1: t.share(K1), K2: t.share(K2), K4: t.share(K4), K5: t.share(K5), K6: t.share(K6), K7: t.share(K7),
		AnyTime: t.ratio(ofAnyTime), Grey: t.ratio(ofGrey), BackDated: t.ratio(ofBackDated),
		TwoSectors: t.ratio(ofTwoSectors), ThreeSectors: t.ratio(ofThreeSectors),
	}
	for i := range f.States {
		f.States[i] = t[ofStates+i]
	}
	for i := range f.Colours {
		f.Colours[i] = t[ofColours+i]
	}
	return f
}

// Ratio is a component's numerator and denominator; of K3 in days.
func (f *Figures) Ratio(c Component) Ratio {
	switch c {
	case K1:
		return f.K1
	case K2:
		return f.K2
	case K3:
		return f.K3.Ratio
	case K4:
		return f.K4
	case K5:
		return f.K5
	case K6:
		return f.K6
	case K7:
		return f.K7
	}
	return Ratio{}
}

// Plus is both together: of two plans, two regions. Numerators and
// denominators add (R7); K3 is recomputed per level, and so has no value here.
func (f Figures) Plus(o Figures) Figures {
	sum := Figures{
		K1: f.K1.Plus(o.K1), K2: f.K2.Plus(o.K2), K4: f.K4.Plus(o.K4), K5: f.K5.Plus(o.K5), K6: f.K6.Plus(o.K6), K7: f.K7.Plus(o.K7),
		AnyTime: f.AnyTime.Plus(o.AnyTime), Grey: f.Grey.Plus(o.Grey), BackDated: f.BackDated.Plus(o.BackDated),
		TwoSectors: f.TwoSectors.Plus(o.TwoSectors), ThreeSectors: f.ThreeSectors.Plus(o.ThreeSectors),
	}
	for i := range sum.States {
		sum.States[i] = f.States[i] + o.States[i]
	}
	for i := range sum.Colours {
		sum.Colours[i] = f.Colours[i] + o.Colours[i]
	}
	return sum
}

// Index is the mean of the shares, for whoever demands a single number: of
// those with n ≥ 5, K3 at most 1, only when there are at least five of them and
// no more than a quarter of the open measures are in state ukjent. It is shown
// with the profile or not at all, and no municipality is ranked on it.
func (f Figures) Index() (float64, bool) {
	sum, n := 0.0, 0
	for _, c := range order {
		share, of := f.Ratio(c), f.Ratio(c).Denominator
		value, ok := share.Value()
		if c == K3 {
			value, ok = f.K3.Value()
			of = f.K3.N
		}
		if ok && of >= fewest {
			sum, n = sum+value, n+1
		}
	}
	if n < fewest || 4*f.Grey.Numerator > f.Grey.Denominator {
		return 0, false
	}
	return sum / float64(n), true
}
