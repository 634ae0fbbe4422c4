package delivery

import "github.com/fosenregionen/framdrift/domain"

// A Component is the short name of a share: K1.
type Component string

// The components.
const (
	K1 Component = "K1" // forankring
	K2 Component = "K2" // rettidig gjennomføring
	K3 Component = "K3" // framdrift i tid
	K4 Component = "K4" // rapporteringsdisiplin
	K5 Component = "K5" // forutsigbarhet
	K6 Component = "K6" // korrigeringsevne
	K7 Component = "K7" // samhandling
)

// Components lists them in the order of the profile.
func Components() []Component { return []Component{K1, K2, K3, K4, K5, K6, K7} }

// components is how many there are; a component's place in a list is its
// number less one.
const components = 7

// Name is what people call the component.
func (c Component) Name() domain.Phrase { return componentWords[c].name }

// Formula is the component in one sentence: the numerator, of the denominator.
func (c Component) Formula(d Definition) domain.Phrase {
	formula := componentWords[c].formula
	switch c {
	case K1, K3:
		return formula
	case K2, K4, K5, K6, K7:
	}
	return formula.Fill(d.WindowDays, d.ClosedPeriods, d.HorizonDays)
}
