package finalreport

import (
	"cmp"
	"slices"

	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// delivery is the profile at T and its course.
func (w *writer) delivery() Delivery {
	d := Delivery{
		Definition: w.profile.Definition, Whole: w.profile.Whole, Strategies: w.profile.Strategies,
		Measures: w.profile.Measures, Course: stages(w.course(w.profile.View)),
	}
	d.Then = d.Course
	if w.profile.View != delivery.Known {
		d.Then = stages(w.course(delivery.Known))
	}
	return d
}

func stages(course []stage) []Stage {
	all := []Stage{}
	for _, s := range course {
		all = append(all, Stage{s.period.ID, s.profile.Day, s.profile.Definition.Version, s.profile.Whole})
	}
	return all
}

// A stage is the profile on the last day of a closed period.
type stage struct {
	period  planview.Period
	profile delivery.Profile
}

// course is the stages in a view, by the end of their periods. A period that was opened
// again is not closed, none is before its report deadline has passed, and one
// that ended before the plan was adopted has no profile.
func (w *writer) course(v delivery.View) []stage {
	if made, ok := w.courses[v]; ok {
		return made
	}
	all := []stage{}
	for _, p := range w.view.Periods(w.profile.Plan) {
		if p.State != planview.PeriodClosed || !w.profile.Day.After(p.ReportDeadline) {
			continue
		}
		if then, ok := w.log.delivery.Profile(w.profile.Plan, delivery.OnDay(p.To).As(v)); ok {
			all = append(all, stage{p, then})
		}
	}
	slices.SortFunc(all, func(a, b stage) int {
		return cmp.Or(a.period.To.Sub(b.period.To), cmp.Compare(a.period.ID, b.period.ID))
	})
	w.courses[v] = all
	return all
}
