package finalreport

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// strategies are the plan's in its own order, each with its measures by focus
// area, and after them any that only a measure names.
func (w *writer) strategies() []Strategy {
	all := make([]Strategy, 0, len(w.plan.Strategies))
	for _, s := range w.plan.Strategies {
		all = append(all, Strategy{s.ID, s.Title, []FocusArea{}})
	}
	for _, m := range w.plan.Measures {
		if m.Kind == plan.Arrangement {
			continue
		}
		i := slices.IndexFunc(all, func(s Strategy) bool { return s.ID == m.Strategy.ID })
		if i < 0 {
			i = len(all)
			all = append(all, Strategy{m.Strategy.ID, m.Strategy.Title, []FocusArea{}})
		}
		all[i].add(m.FocusArea, w.measure(m))
	}
	return all
}

// add puts the measure under its focus area; one that is met again is the same.
func (s *Strategy) add(area string, m Measure) {
	i := slices.IndexFunc(s.FocusAreas, func(a FocusArea) bool { return a.Title == area })
	if i < 0 {
		i = len(s.FocusAreas)
		s.FocusAreas = append(s.FocusAreas, FocusArea{area, []Measure{}})
	}
	s.FocusAreas[i].Measures = append(s.FocusAreas[i].Measures, m)
}

func (w *writer) measure(m planview.Measure) Measure {
	return Measure{
		ID: m.ID, Kind: m.Kind, State: m.State, Continues: m.Continues, Initiative: m.Initiative, Text: m.Text,
		Named: m.Owners, Owners: w.owners(m.ID),
		Adopted: m.Adopted, Started: m.Started, Withdrawn: m.Withdrawn, Withdrawal: m.Withdrawal,
		Deliverables: w.deliverables(m), Partners: w.partners(m), Reports: m.Reports, Deviations: m.Deviations,
		Reopened: m.Reopened, Edited: m.EditedAfterCompletion, Positions: positions(w.events[m.ID]...),
	}
}

// arrangements are the standing co-operations of the plan, in its order.
func (w *writer) arrangements() []Arrangement {
	all := []Arrangement{}
	for _, m := range w.plan.Measures {
		if m.Kind != plan.Arrangement {
			continue
		}
		all = append(all, Arrangement{
			ID: m.ID, Strategy: m.Strategy, FocusArea: m.FocusArea, Initiative: m.Initiative, Text: m.Text,
			Named: m.Owners, Partners: w.partners(m), Withdrawn: m.Withdrawn, Withdrawal: m.Withdrawal,
			Positions: positions(w.events[m.ID]...),
		})
	}
	return all
}
