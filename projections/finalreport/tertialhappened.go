package finalreport

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// Happened is what became of the measures in the period, each list in the
// order of the plan.
type Happened struct {
	Assigned  []Happening `json:"assigned"` // who was asked, and what they said
	Started   []Happening `json:"started"`
	Completed []Happening `json:"completed"`
	Delayed   []Happening `json:"delayed"`
	Changed   []Happening `json:"changed"` // what came into the plan, left it or was opened again
}

// A Happening is one thing that became of a measure.
type Happening struct {
	What        What              `json:"what"`
	Measure     domain.MeasureID  `json:"measure"`
	Deliverable string            `json:"deliverable,omitempty"`
	Who         planview.Party    `json:"who,omitzero"`
	Deadline    domain.Date       `json:"deadline,omitzero"` // of a delay: in force then
	Was         domain.Date       `json:"was,omitzero"`      // the deadline that was moved
	Forecast    domain.Date       `json:"forecast,omitzero"`
	Effective   domain.Date       `json:"effective"`
	Recorded    domain.Date       `json:"recorded,omitzero"`
	Decision    plan.Decision     `json:"decision,omitzero"`
	Why         domain.Text       `json:"why,omitempty"`
	Positions   []domain.Position `json:"positions"`
}

// A What is what happened.
type What string

// What may happen. A deadline is missed when it passes and the thing is not
// done; a forecast slips when it is after the deadline and was not before.
const (
	Asked     What = "assigned"
	SaidYes   What = "accepted"
	SaidNo    What = "declined"
	Begun     What = "started"
	Done      What = "completed"
	Missed    What = "missed"
	Moved     What = "moved"
	Slipped   What = "slipped"
	Added     What = "adopted"
	Reopened  What = "reopened"
	Withdrawn What = "withdrawn"
)

func (w *periodWriter) happened() Happened {
	h := Happened{Assigned: []Happening{}, Started: []Happening{}, Completed: []Happening{}, Delayed: []Happening{}, Changed: []Happening{}}
	for _, m := range w.end.plan.Measures {
		if m.Kind == plan.Arrangement {
			continue
		}
		for _, s := range w.end.events[m.ID] {
			if w.holds(s.Recorded) {
				w.happen(&h, m, s)
			}
		}
		for _, d := range w.end.deliverables(m) {
			h.Delayed = append(h.Delayed, w.delays(m, d)...)
		}
	}
	return h
}

// happen puts an event in its list, when it belongs in one.
func (w *periodWriter) happen(h *Happened, m planview.Measure, s seen) {
	x := Happening{Measure: m.ID, Effective: s.Effective, Recorded: domain.DateOf(s.Time), Positions: s.positions}
	switch e := s.Event.(type) {
	case plan.MeasureAssigned:
		x.What, x.Who = Asked, w.end.party(e.Owner)
		h.Assigned = append(h.Assigned, x)
	case plan.MeasureAccepted:
		x.What, x.Who = SaidYes, w.end.party(e.Owner)
		h.Assigned = append(h.Assigned, x)
	case plan.MeasureDeclined:
		x.What, x.Who, x.Why = SaidNo, w.end.party(e.Owner), e.Why
		h.Assigned = append(h.Assigned, x)
	case plan.MeasureStarted:
		x.What = Begun
		h.Started = append(h.Started, x)
	case plan.MeasureCompleted:
		x.What, x.Deliverable, x.Why = Done, e.Deliverable, e.Result
		h.Completed = append(h.Completed, x)
	case plan.MeasureReopened:
		x.What, x.Deliverable, x.Why = Reopened, e.Deliverable, e.Why
		h.Changed = append(h.Changed, x)
	case plan.MeasureWithdrawn:
		x.What, x.Decision = Withdrawn, e.Decision
		h.Changed = append(h.Changed, x)
	case plan.MeasureAdopted:
		if x.What = Added; m.Adopted != w.end.plan.Adopted { // it came into the plan later
			h.Changed = append(h.Changed, x)
		}
	}
}

// delays are the deadlines that passed in the period with nothing done, those
// that were moved to a later day in it, and a forecast that slipped.
func (w *periodWriter) delays(m planview.Measure, d Deliverable) []Happening {
	var all []Happening
	for i, is := range d.Deadlines {
		x := Happening{Measure: m.ID, Deliverable: d.Name, Deadline: is.Deadline, Effective: is.Effective, Decision: is.Decision, Positions: []domain.Position{is.Position}}
		if i > 0 && is.Deadline.After(d.Deadlines[i-1].Deadline) && w.span.holds(w.known(is)) {
			moved := x
			moved.What, moved.Was = Moved, d.Deadlines[i-1].Deadline
			all = append(all, moved)
		}
		replaced := i+1 < len(d.Deadlines) && !w.known(d.Deadlines[i+1]).After(is.Deadline)
		left := !m.Withdrawn.IsZero() && !m.Withdrawn.After(is.Deadline)
		done := !d.Completed.IsZero() && !d.Completed.After(is.Deadline)
		if passed := is.Deadline.AddDays(1); w.span.holds(passed) && !replaced && !left && !done {
			x.What, x.Effective = Missed, passed
			all = append(all, x)
		}
	}
	if x, ok := w.slipped(m, d); ok {
		all = append(all, x)
	}
	return all
}

// known is the day from which a deadline counts: it was recorded, as corrected
// it took effect.
func (w *periodWriter) known(d Deadline) domain.Date {
	if e, ok := w.end.log.history.Entry(d.Position); ok && w.end.profile.View == delivery.Known {
		return domain.DateOf(e.Time)
	}
	return d.Effective
}

// slipped is a forecast that is after the deadline and was not when the period began.
func (w *periodWriter) slipped(m planview.Measure, d Deliverable) (Happening, bool) {
	if d.Deadline.IsZero() || !d.Forecast.After(d.Deadline) || !d.Completed.IsZero() || !m.Withdrawn.IsZero() {
		return Happening{}, false
	}
	if w.start != nil {
		before, _ := w.start.view.Measure(w.start.profile.Plan, m.ID)
		for _, was := range w.start.deliverables(before) {
			if was.Name == d.Name && was.Forecast == d.Forecast && was.Deadline == d.Deadline {
				return Happening{}, false
			}
		}
	}
	return Happening{
		What: Slipped, Measure: m.ID, Deliverable: d.Name, Deadline: d.Deadline, Forecast: d.Forecast,
		Effective: w.span.Day, Positions: w.end.forecast(m.ID, d.Name),
	}, true
}

// forecast is the positions of the events that say when a deliverable is expected.
func (w *writer) forecast(id domain.MeasureID, deliverable string) []domain.Position {
	for _, s := range w.profile.Measures {
		if s.Measure == id && s.Deliverable == deliverable {
			return s.Positions
		}
	}
	return inOrder(w.of(id, plan.ForecastGiven{}))
}
