package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

var (
	errStrategyUnknown = book.Rule(domain.NotFound, "strategy.unknown",
		"Strategien %[1]s finnes ikke i planen. Her er: %[2]s.",
		"Strategien %[1]s finst ikkje i planen. Her er: %[2]s.",
		"There is no strategy %[1]s in the plan. Here are: %[2]s.")
	errFocusUnknown = book.Rule(domain.NotFound, "focus-area.unknown",
		"Innsatsområdet «%[1]s» finnes ikke i planen. Her er: %[2]s.",
		"Innsatsområdet «%[1]s» finst ikkje i planen. Her er: %[2]s.",
		"There is no focus area “%[1]s” in the plan. Here are: %[2]s.")
	errOwnerUnknown = book.Rule(domain.NotFound, "owner.unknown",
		"Ingen tiltak i planen har %[1]s som ansvarlig. Her er: %[2]s.",
		"Ingen tiltak i planen har %[1]s som ansvarleg. Her er: %[2]s.",
		"No measure in the plan has the owner %[1]s. Here are: %[2]s.")
)

// Delivery is gjennomføringskraft of one plan. Its own facts answer for any
// moment, in either view, without a new fold; only which plan was in force
// then needs one, and so does a moment before what a newer program wrote.
func (r *Region) Delivery(ctx context.Context, id domain.PlanID, part delivery.Part, per Per) (delivery.Profile, error) {
	if r.newer() != nil {
		return r.deliveryThen(ctx, id, part, per)
	}
	if id == "" && !per.IsNow() && per.View != delivery.Corrected {
		then, err := r.Plan(ctx, "", per)
		if err != nil {
			return delivery.Profile{}, err
		}
		id = then.ID
	}
	var (
		p     delivery.Profile
		wrong error
	)
	err := r.reading(ctx, func() {
		if end := r.position(); per.Position > end {
			wrong = errPastEnd.With(per.Position, end)
			return
		}
		p, wrong = profile(r.planview(), r.delivery(), id, part, per, r.now(r.ruling.current()))
	}, plans, figures)
	return p, domain.FirstError(err, wrong)
}

// deliveryThen is Delivery from a new fold.
func (r *Region) deliveryThen(ctx context.Context, id domain.PlanID, part delivery.Part, per Per) (delivery.Profile, error) {
	plans, shares := planview.New(), delivery.New()
	if _, err := r.fold(ctx, upToView(per), plans, shares); err != nil {
		return delivery.Profile{}, err
	}
	return profile(plans, shares, id, part, per, per.Time)
}

func profile(plans *planview.View, shares *delivery.Projection, id domain.PlanID, part delivery.Part, per Per, now time.Time) (delivery.Profile, error) {
	id, err := choose(plans, id, per)
	if err != nil {
		return delivery.Profile{}, err
	}
	p, ok := shares.ProfileOf(id, per.at(now), part)
	if !ok {
		return p, noSuchPlan(id, per)
	}
	if len(p.Owners) == 0 && part != (delivery.Part{}) { // nothing belongs to it
		whole, _ := shares.Profile(id, per.at(now))
		err = knows(whole, part)
	}
	return p, err
}

// knows refuses a part that names what the plan does not have.
func knows(p delivery.Profile, part delivery.Part) error {
	for _, x := range []struct {
		asked  string
		rule   domain.Rule
		levels []delivery.Level
		name   func(delivery.Level) string
	}{
		{string(part.Strategy), errStrategyUnknown, p.Strategies, func(l delivery.Level) string { return string(l.Strategy) }},
		{part.FocusArea, errFocusUnknown, p.FocusAreas, func(l delivery.Level) string { return l.FocusArea }},
		{string(part.Owner), errOwnerUnknown, p.Owners, func(l delivery.Level) string { return string(l.Owner) }},
	} {
		var there []string
		for _, l := range x.levels {
			if name := x.name(l); name != "" {
				there = append(there, name)
			}
		}
		if x.asked != "" && !slices.Contains(there, x.asked) {
			return x.rule.With(x.asked, strings.Join(there, ", "))
		}
	}
	return nil
}

// A Sum is what the region's plans in force come to together: numerators and
// denominators added, and no K3.
type Sum struct {
	Region     domain.RegionID  `json:"region"`
	InForce    bool             `json:"inForce"`    // whether any plan is
	Programmes []string         `json:"programmes"` // that the region takes part in
	Figures    delivery.Figures `json:"figures"`
}

// Sum is the region's plans in force together.
func (r *Region) Sum(ctx context.Context, per Per) (s Sum, err error) {
	if err := r.newer(); err != nil {
		return s, err
	}
	s.Region = r.id
	var wrong error
	err = r.reading(ctx, func() {
		if end := r.position(); per.Position > end {
			wrong = errPastEnd.With(per.Position, end)
			return
		}
		at := per.at(r.now(r.ruling.current()))
		s.Figures, s.InForce = r.delivery().Region(at)
		s.Programmes = r.delivery().Programmes(at)
	}, figures)
	return s, domain.FirstError(err, wrong)
}

// Sweep gives the figures of each plan at some instants, all from one moment of
// the log; with no instants, now. While it runs nothing is fed, so f is short:
// the point is overwritten by the next.
func (r *Region) Sweep(ctx context.Context, v delivery.View, at []time.Time, f func(plan domain.PlanID, i int, point *delivery.Point)) error {
	return r.reading(ctx, func() {
		if len(at) == 0 {
			at = []time.Time{r.now(r.ruling.current())}
		}
		for _, id := range r.delivery().Plans() {
			for i, point := range r.delivery().Course(id, v, delivery.Part{}, at) {
				f(id, i, point)
			}
		}
	}, figures)
}

// A Mark is how far somebody has replayed.
type Mark struct {
	Position domain.Position
	Time     time.Time
}

// Replay gives the figures of each plan at every instant at which they may have
// changed, from a mark to now, and the mark it came to. When the log is not as
// it was at the mark it says so with begin, and begins at the beginning. While
// it runs nothing is fed, as with Sweep.
func (r *Region) Replay(ctx context.Context, v delivery.View, from Mark, begin func(), f func(plan domain.PlanID, at time.Time, point *delivery.Point)) (to Mark, err error) {
	err = r.reading(ctx, func() {
		to = Mark{r.position(), r.now(r.ruling.current())}
		if from.Position != to.Position {
			from.Time = time.Time{}
			begin()
		}
		for _, id := range r.delivery().Plans() {
			instants := r.delivery().Instants(id, v, from.Time, to.Time)
			for i, point := range r.delivery().Course(id, v, delivery.Part{}, instants) {
				f(id, instants[i], point)
			}
		}
	}, figures)
	return to, err
}
