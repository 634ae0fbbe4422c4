package finalreport

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// deliverables are what the measure is to give, in the order they were first
// spoken of. A measure that is done once gives itself.
func (w *writer) deliverables(m planview.Measure) []Deliverable {
	given := m.Deliverables
	if m.Kind != plan.Ongoing {
		given = []planview.Deliverable{{Forecast: m.Forecast, Completed: m.Completed, Result: m.Result}}
	}
	all := make([]Deliverable, 0, len(given))
	for _, g := range given {
		d := Deliverable{
			Name: g.Name, Forecast: g.Forecast, Completed: g.Completed, Result: g.Result,
			Deadlines: w.deadlines(m.ID, g.Name), Positions: []domain.Position{},
		}
		if n := len(d.Deadlines); n > 0 {
			d.FirstBaseline, d.Deadline = d.Deadlines[0].Deadline, d.Deadlines[n-1].Deadline
		}
		if done, ok := w.completion(m.ID, g.Name); ok {
			d.Recorded, d.Positions = domain.DateOf(done.Time), done.positions
		}
		d.DaysLate = w.late(d.Deadline, d.Completed, m.Withdrawn)
		d.DaysLateFirst = w.late(d.FirstBaseline, d.Completed, m.Withdrawn)
		all = append(all, d)
	}
	return all
}

// deadlines are those adopted, each replacing the one before.
func (w *writer) deadlines(id domain.MeasureID, deliverable string) []Deadline {
	all := []Deadline{}
	for _, s := range w.events[id] {
		if e, ok := s.Event.(plan.DeadlineAdopted); ok && e.Deliverable == deliverable {
			all = append(all, Deadline{e.Deadline, e.Decision, s.Effective, s.Retrospective, s.Position})
		}
	}
	return all
}

// completion is the one that stands: not undone by a reopening after it.
func (w *writer) completion(id domain.MeasureID, deliverable string) (standing seen, ok bool) {
	for _, s := range w.events[id] {
		switch e := s.Event.(type) {
		case plan.MeasureCompleted:
			if e.Deliverable == deliverable {
				standing, ok = s, true
			}
		case plan.MeasureReopened:
			if e.Deliverable == deliverable {
				standing, ok = seen{}, false
			}
		}
	}
	return standing, ok
}

// late is the days from a deadline to the completion, or to T when it has
// passed and nothing is done.
func (w *writer) late(deadline, completed, withdrawn domain.Date) *int {
	end := completed
	switch {
	case deadline.IsZero():
		return nil
	case completed.IsZero() && (!withdrawn.IsZero() || !w.profile.Day.After(deadline)):
		return nil
	case completed.IsZero():
		end = w.profile.Day
	}
	days := end.Sub(deadline)
	return &days
}
