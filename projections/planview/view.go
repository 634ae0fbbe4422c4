// Package planview is the plan as it stands: the region and its register, the
// adopted plans, and every measure with its dates, its owner, its partners
// and what has been reported and shown.
//
// It is the view as known: a correction marks the measure it is about and
// changes nothing else. What is said of a measure that has not been adopted
// at the moment looked at is kept under that measure and shown nowhere, so
// that a fold stopped early never fails.
//
// Answers are copies and stay as they were when the log moves on. Actors are
// shown by the names they have today: Roan in an old plan is shown as Åfjord
// after the merger, with its own id kept beside it. Free texts are
// domain.Text, and domain.Erased when erased; Text.In shows either.
package planview

import (
	"fmt"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/byid"
)

// A View is the projection of one region. It is not safe for use by several
// at once: whoever feeds it guards it.
type View struct {
	region   Region
	register actors.State
	plans    map[domain.PlanID]*document
	order    []domain.PlanID    // as adopted on the log
	about    byid.Index[*entry] // which measure an event is about
}

// New is the view of an empty log.
func New() *View {
	return &View{plans: map[domain.PlanID]*document{}}
}

// Name is planview.
func (*View) Name() string { return "planview" }

// Version is of the answers; see projections.Projection.
func (*View) Version() int { return 1 }

// Apply takes the next event.
func (v *View) Apply(r domain.Recorded) error {
	switch e := r.Event.(type) {
	case actors.Event:
		v.register = actors.Evolve(v.register, r)
		v.region.apply(r, e)
	case plan.Event:
		v.applyPlan(r, e)
	case reporting.Event:
		v.applyReporting(r, e)
	case correction.EventCorrected:
		if m, ok := v.about.Find(e.Event); ok {
			m.note(r)
			v.about.Add(r.ID, m)
		}
	case story.Event: // for the final report
	case correction.TextRedacted: // of texts that are read no more
	default:
		return fmt.Errorf("planview: position %d: %s is of no kind this view knows", r.Position, r.Event.EventName())
	}
	return nil
}

// Plans lists the adopted plans, in the order they were adopted on the log.
func (v *View) Plans() []Summary {
	all := make([]Summary, len(v.order))
	for i, id := range v.order {
		all[i] = v.plans[id].Summary
	}
	return all
}

// Plan is an adopted plan with all its rows.
func (v *View) Plan(id domain.PlanID) (Plan, bool) {
	d, ok := v.adopted(id)
	if !ok {
		return Plan{}, false
	}
	return d.show(v), true
}

// InForce is the one plan that is not closed; false when there is none, or
// several so that one must be named.
func (v *View) InForce() (Summary, bool) {
	var open []Summary
	for _, s := range v.Plans() {
		if s.Closed.IsZero() {
			open = append(open, s)
		}
	}
	if len(open) != 1 {
		return Summary{}, false
	}
	return open[0], true
}

// Measure is one row of an adopted plan.
func (v *View) Measure(id domain.PlanID, measure domain.MeasureID) (Measure, bool) {
	d, ok := v.adopted(id)
	if !ok {
		return Measure{}, false
	}
	m := d.byID[measure]
	if m == nil || !m.adopted() {
		return Measure{}, false
	}
	return m.show(v, d), true
}

// Measures is the rows of an adopted plan that pass the filter, in the order
// of the document.
func (v *View) Measures(id domain.PlanID, f Filter) ([]Measure, bool) {
	d, ok := v.adopted(id)
	if !ok {
		return nil, false
	}
	return slices.DeleteFunc(d.measures(v), func(m Measure) bool { return !f.Passes(m) }), true
}

// Periods is the reporting periods of a plan, in the order they were first opened.
func (v *View) Periods(id domain.PlanID) []Period {
	d, ok := v.adopted(id)
	if !ok {
		return []Period{}
	}
	return copied(d.periods)
}

func (v *View) adopted(id domain.PlanID) (*document, bool) {
	d := v.plans[id]
	return d, d != nil && d.ID != ""
}

// copied is a slice of its own that is never nil.
func copied[T any](s []T) []T { return append(make([]T, 0, len(s)), s...) }
