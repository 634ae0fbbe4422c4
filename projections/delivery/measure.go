package delivery

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A measure (tiltak) is its facts and what they come to at T.
type measure struct {
	id    domain.MeasureID
	facts []*fact // in log order
	state
}

// A state is what a measure is at a moment: a fold of the facts seen then.
// What was known on an earlier day is the same fold, stopped that day.
type state struct {
	adopted   seen
	kind      plan.Kind
	strategy  domain.StrategyID
	placed    seen // what put it under the strategy
	withdrawn seen

	assigned seen // the latest assignment
	owner    domain.ActorID
	answer   seen // the owner's latest yes or no to it
	accepted bool // it was a yes

	started      seen
	deliverables []deliverable // by name
	reports      []report      // in log order
}

// A deliverable (leveranse) is what a deadline is about (R9): a measure has
// one, without a name; an ongoing measure one for each year or occasion.
type deliverable struct {
	name      string
	deadline  seen // the adopted deadline in force
	date      domain.Date
	completed seen // the completion that stands
	reopened  seen // the latest reopening
	pauses    []pause
}

// A pause lies between the effective day of a completion that did not stand
// and that of its reopening. Neither of the two days belongs to it.
type pause struct{ completed, reopened domain.Date }

// A report is what was said about the measure in one period.
type report struct {
	seen
	id        domain.ReportID
	period    domain.PeriodID
	verdict   seen // the latest of returned and approved, or the withdrawal
	returned  bool
	withdrawn bool // for good
}

// stands reports whether it is a report that counts (K4).
func (r report) stands() bool { return !r.returned && !r.withdrawn }

// at folds the facts that are seen from a moment.
func (m measure) at(t moment) state {
	var s state
	for _, f := range m.facts {
		x, ok := t.see(f)
		if !ok {
			continue
		}
		switch e := x.event.(type) {
		case plan.Event:
			s.plan(e, x, t)
		case reporting.Event:
			s.reporting(e, x)
		}
	}
	return s
}

func (s *state) plan(e plan.Event, x seen, t moment) {
	switch e := e.(type) {
	case plan.MeasureAdopted:
		s.adopted, s.kind = x, e.Kind
		s.place(e.Strategy, x, t)
	case plan.MeasureAmended:
		if e.Field == plan.FieldStrategy {
			s.place(domain.StrategyID(e.New), x, t)
		}
	case plan.MeasureWithdrawn:
		s.withdrawn = x
	case plan.MeasureAssigned:
		if t.replaces(x, s.assigned) {
			s.assigned, s.owner, s.answer, s.accepted = x, e.Owner, seen{}, false
		}
	case plan.MeasureAccepted:
		s.answered(e.Owner, x, true)
	case plan.MeasureDeclined:
		s.answered(e.Owner, x, false)
	case plan.MeasureStarted:
		s.started = x
	case plan.DeadlineAdopted:
		if d := s.deliverable(e.Deliverable); t.replaces(x, d.deadline) {
			d.deadline, d.date = x, e.Deadline
		}
	case plan.MeasureCompleted:
		s.deliverable(e.Deliverable).completed = x
	case plan.MeasureReopened:
		s.deliverable(e.Deliverable).reopen(x)
	default: // about the plan, or kept by no figure
	}
}

func (s *state) reporting(e reporting.Event, x seen) {
	switch e := e.(type) {
	case reporting.Reported:
		s.reports = append(s.reports, report{seen: x, id: e.Report, period: e.Period})
	case reporting.Returned:
		s.judge(e.Report, x, func(r *report) { r.returned = true })
	case reporting.Approved:
		s.judge(e.Report, x, func(r *report) { r.returned = false })
	case reporting.Withdrawn:
		s.judge(e.Report, x, func(r *report) { r.withdrawn = true })
	default: // about the plan's periods and its definition
	}
}

func (s *state) place(id domain.StrategyID, x seen, t moment) {
	if t.replaces(x, s.placed) {
		s.strategy, s.placed = id, x
	}
}

// answered notes an answer to the latest assignment; anybody else's is not one.
func (s *state) answered(by domain.ActorID, x seen, yes bool) {
	if s.assigned.is() && by == s.owner {
		s.answer, s.accepted = x, yes
	}
}

func (s *state) judge(id domain.ReportID, x seen, verdict func(*report)) {
	for i := range s.reports {
		if r := &s.reports[i]; r.id == id {
			verdict(r)
			r.verdict = x
		}
	}
}

// deliverable is the one with the name, made when it is first spoken of. The
// pointer holds until the next one is made.
func (s *state) deliverable(name string) *deliverable {
	i, ok := slices.BinarySearchFunc(s.deliverables, name, func(d deliverable, name string) int {
		return strings.Compare(d.name, name)
	})
	if !ok {
		s.deliverables = slices.Insert(s.deliverables, i, deliverable{name: name})
	}
	return &s.deliverables[i]
}

// named is the deliverable with the name; an empty one when none was spoken of.
func (s *state) named(name string) deliverable {
	for _, d := range s.deliverables {
		if d.name == name {
			return d
		}
	}
	return deliverable{name: name}
}

// reopen undoes the completion before it on the log (R11).
func (d *deliverable) reopen(x seen) {
	d.reopened = x
	if d.completed.is() {
		d.pauses = append(d.pauses, pause{d.completed.effective, x.effective})
		d.completed = seen{}
	}
}

// current is the deliverable that K1 and the colour look at: the one with the
// earliest deadline among those not completed; false when there is none (R9).
func (s *state) current() (deliverable, bool) {
	var first deliverable
	for _, d := range s.deliverables {
		if d.deadline.is() && !d.completed.is() && (!first.deadline.is() || d.date.Before(first.date)) {
			first = d
		}
	}
	return first, first.deadline.is()
}

// completion is the standing completion of a measure that is done once. An
// ongoing measure has none: it stays open until it is withdrawn (R9).
func (s *state) completion() (seen, bool) {
	if s.kind == plan.Ongoing {
		return seen{}, false
	}
	for _, d := range s.deliverables {
		if d.completed.is() {
			return d.completed, true
		}
	}
	return seen{}, false
}

// inPlan reports whether the measure is in the plan; it leaves only by a
// withdrawal (R2).
func (s *state) inPlan() bool { return !s.withdrawn.is() }

// open reports whether it is in the plan and not completed. It need not be started.
func (s *state) open() bool {
	_, done := s.completion()
	return s.inPlan() && !done
}

// openOn reports whether the measure was open on a day by effective. The days
// of adoption, completion and reopening count (K4).
func (s *state) openOn(day domain.Date) bool {
	if day.Before(s.adopted.effective) {
		return false
	}
	if s.kind == plan.Ongoing {
		return true
	}
	for _, d := range s.deliverables {
		if d.completed.is() && day.After(d.completed.effective) {
			return false
		}
		for _, p := range d.pauses {
			if day.After(p.completed) && day.Before(p.reopened) {
				return false
			}
		}
	}
	return true
}

// owed reports whether something that fell due on a day is still the
// measure's: it fell before the day of the withdrawal, which is the recorded
// day as known and the effective one as corrected (R2).
func (s *state) owed(day domain.Date, v View) bool {
	switch {
	case s.inPlan():
		return true
	case v == Corrected:
		return day.Before(s.withdrawn.effective)
	default:
		return day.Before(s.withdrawn.recordedOn())
	}
}
