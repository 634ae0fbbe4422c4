package finalreport

import (
	"cmp"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// progresses are the plan's measures by strategy, in its order.
func (w *periodWriter) progresses() []Progresses {
	all := []Progresses{}
	for _, s := range w.end.strategies() {
		one := Progresses{s.ID, s.Title, []Progress{}}
		for _, area := range s.FocusAreas {
			for _, m := range area.Measures {
				one.Measures = append(one.Measures, w.progress(area.Title, m))
			}
		}
		all = append(all, one)
	}
	return all
}

func (w *periodWriter) progress(area string, m Measure) Progress {
	shown, _ := w.end.view.Measure(w.end.profile.Plan, m.ID)
	p := Progress{
		ID: m.ID, Kind: m.Kind, FocusArea: area, Initiative: m.Initiative, Text: m.Text,
		Owner: shown.Answers, State: m.State, Colour: w.end.colour(m.ID), Deliverables: m.Deliverables, Positions: m.Positions,
	}
	if w.start != nil {
		if before, ok := w.start.view.Measure(w.end.profile.Plan, m.ID); ok {
			p.StateBefore, p.ColourBefore = before.State, w.start.colour(m.ID)
		}
	}
	p.Report, p.Last = w.reports(m.ID)
	return p
}

func (w *writer) colour(id domain.MeasureID) delivery.Colour {
	for _, s := range w.profile.Measures {
		if s.Measure == id {
			return s.Colour
		}
	}
	return ""
}

// reports are the last of the period and the last before it: of the reporting
// periods that end in the one, and before it. One that stands goes before one
// that was returned or withdrawn.
func (w *periodWriter) reports(id domain.MeasureID) (of, last *planview.Report) {
	m, _ := w.now.view.Measure(w.now.profile.Plan, id)
	all := slices.Clone(m.Reports)
	ends := map[domain.PeriodID]domain.Date{}
	for _, p := range w.now.view.Periods(w.now.profile.Plan) {
		ends[p.ID] = p.To
	}
	slices.SortStableFunc(all, func(a, b planview.Report) int {
		return cmp.Or(ends[a.Period].Sub(ends[b.Period]), cmp.Compare(a.Position, b.Position))
	})
	latest := func(in func(end domain.Date) bool) (r *planview.Report) {
		for i := range all {
			if in(ends[all[i].Period]) && (r == nil || all[i].Stands() || !r.Stands()) {
				r = &all[i]
			}
		}
		return r
	}
	of = latest(func(end domain.Date) bool { return !end.Before(w.span.From) && !end.After(w.span.To) })
	return of, latest(func(end domain.Date) bool { return end.Before(w.span.From) })
}

// obstacles are those that were last told of in the period.
func (w *periodWriter) obstacles() []Told {
	var s Story
	for _, t := range w.end.tales {
		if _, ok := t.Event.(story.ObstacleNoted); ok && w.holds(t.Recorded) {
			w.end.place(&s, t)
		}
	}
	return append([]Told{}, s.Obstacles...)
}

// deviations are those handled in the period, in the order of the log.
func (w *periodWriter) deviations() []HandledDeviation {
	all := []HandledDeviation{}
	for _, m := range w.end.plan.Measures {
		for _, d := range m.Deviations {
			if w.holds(domain.Recorded{Time: d.Recorded, Effective: d.Effective}) {
				all = append(all, HandledDeviation{m.ID, d})
			}
		}
	}
	slices.SortFunc(all, func(a, b HandledDeviation) int { return cmp.Compare(a.Position, b.Position) })
	return all
}

// due is what is to be done in the next days, as many as the period had.
func (w *periodWriter) due() []Due {
	all := []Due{}
	until := w.span.Day.AddDays(w.span.To.Sub(w.span.From) + 1)
	for _, m := range w.end.plan.Measures {
		if m.Kind == plan.Arrangement || !m.Withdrawn.IsZero() || !w.end.plan.Closed.IsZero() {
			continue
		}
		for _, d := range w.end.deliverables(m) {
			if !d.Completed.IsZero() || !d.Deadline.After(w.span.Day) || d.Deadline.After(until) {
				continue
			}
			all = append(all, Due{m.ID, d.Name, d.Deadline, d.Forecast, m.Answers, []domain.Position{d.Deadlines[len(d.Deadlines)-1].Position}})
		}
	}
	slices.SortStableFunc(all, func(a, b Due) int { return a.Deadline.Sub(b.Deadline) })
	return all
}
