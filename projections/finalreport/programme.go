package finalreport

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A Programme is many regions beside each other, in the order of their ids: what
// comes before the report of each. It ranks nobody.
type Programme struct {
	Name    string           `json:"name,omitempty"` // empty when it is all the regions there are
	View    delivery.View    `json:"view"`
	Regions []RegionFigures  `json:"regions"`
	Sum     delivery.Figures `json:"sum"` // of them all; K3 has no value above a plan
}

// RegionFigures are one plan of one region in a programme: what its own report
// says of it as a whole. A region without a plan has only its own name.
type RegionFigures struct {
	Region     Region           `json:"region"`
	Plan       Plan             `json:"plan,omitzero"`
	AsOf       AsOf             `json:"asOf,omitzero"`
	Definition string           `json:"definition,omitempty"`
	Members    int              `json:"members"` // municipalities on the day
	Population Population       `json:"population,omitzero"`
	Measures   int              `json:"measures"` // in the plan
	Completed  int              `json:"completed"`
	Figures    delivery.Figures `json:"figures"`
	Provenance Provenance       `json:"provenance,omitzero"`
}

// Figures are the line of a plan in a programme, at T: what its report says of
// it as a whole. The projection has been fed as for Report.
func (p *Projection) Figures(id domain.PlanID, at delivery.At) (RegionFigures, error) {
	profile, ok := p.delivery.Profile(id, at)
	if !ok {
		return RegionFigures{}, ruleNoPlan.With(id)
	}
	w, err := p.writer(profile)
	if err != nil {
		return RegionFigures{}, err
	}
	h, facts, s := w.header(), w.facts(), w.summary()
	members := 0
	for _, m := range facts.Members {
		if !m.From.After(h.AsOf.Date) && (m.To.IsZero() || !m.To.Before(h.AsOf.Date)) {
			members++
		}
	}
	return RegionFigures{
		Region: h.Region, Plan: h.Plan, AsOf: h.AsOf, Definition: h.Definition,
		Members: members, Population: facts.Population, Measures: s.Measures.Count, Completed: s.Completed.Count,
		Figures: profile.Whole.Figures(), Provenance: w.provenance(),
	}, nil
}

// HasPlan reports whether there is a report of the region to show.
func (r RegionFigures) HasPlan() bool { return r.Plan.ID != "" }

// Add puts one more at the end, and into the sum. Numerators and denominators
// add up (R7).
func (p *Programme) Add(r RegionFigures) {
	p.Regions = append(p.Regions, r)
	p.Sum = p.Sum.Plus(r.Figures)
}

// IDs are those of the regions, each once.
func (p *Programme) IDs() []string {
	all := make([]string, len(p.Regions))
	for i, r := range p.Regions {
		all[i] = string(r.Region.ID)
	}
	return slices.Compact(all)
}

// Day is the day that the regions are shown on, those whose plan has been closed
// aside, which are shown on the day it was; false when they differ.
func (p *Programme) Day() (day domain.Date, same bool) {
	for _, r := range p.Regions {
		is := r.AsOf.Date
		switch open := r.HasPlan() && r.Plan.Closed.IsZero(); {
		case open && same && is != day:
			return domain.Date{}, false
		case open:
			day, same = is, true
		case !same && is.After(day):
			day = is
		}
	}
	return day, !day.IsZero()
}
