package app

import (
	"context"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A Difference is what differs in a plan between two moments, and how far the
// log had come at each.
type Difference struct {
	Plan domain.PlanID   `json:"plan"`
	From domain.Position `json:"from"`
	To   domain.Position `json:"to"`
	planview.Difference
}

// Difference is what differs in a plan between two moments. A plan that was
// not there at the first is new.
func (r *Region) Difference(ctx context.Context, id domain.PlanID, from, to Per) (Difference, error) {
	after, err := r.Plan(ctx, id, to)
	if err != nil {
		return Difference{}, err
	}
	var before Plan
	err = r.at(ctx, from, func(v *planview.View, position domain.Position) {
		before.Plan, _ = v.Plan(after.ID)
		before.Position = position
	})
	if err != nil {
		return Difference{}, err
	}
	d, err := planview.Diff(before.Plan, after.Plan)
	return Difference{after.ID, before.Position, after.Position, d}, err
}
