package delivery

import (
	"maps"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// Region is the sum of the region's plans that are in force at T: numerators
// and denominators added (R7). K3 has no value above a plan. False when no plan
// is in force.
func (p *Projection) Region(at At) (Figures, bool) {
	var (
		sum total
		is  bool
	)
	for _, id := range slices.Sorted(maps.Keys(p.plans)) {
		r, ok := p.read(id, at)
		if t, placed := p.moment(at); !ok || !placed || !r.inForce(t) {
			continue
		}
		is, r.silent = true, true
		for _, w := range r.rows(p.plans[id]) {
			sum.add(&w.tally, 1)
		}
	}
	return sum.figures(), is
}

// Plans are the plans that anything is kept of, by id.
func (p *Projection) Plans() []domain.PlanID {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(p.plans)), func(id domain.PlanID) bool { return id == "" })
}

// Programmes are those that the region is in at T, by name. What a programme
// comes to is the sum of its regions: Figures.Plus.
func (p *Projection) Programmes(at At) []string {
	t, ok := p.moment(at)
	if !ok {
		return nil
	}
	return p.register.programmes(t)
}
