package delivery

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A state is what a measure is at a moment: a fold of the facts seen then.
// A state is never changed; one more fact gives a new state, which shares
// with the old one what is the same.
type state struct {
	adopted   seen
	kind      plan.Kind
	strategy  domain.StrategyID
	placed    seen // what put it under the strategy
	focusArea string
	headed    seen // what put it under the focus area
	partners  []domain.ActorID
	naming    seen // what named them
	withdrawn seen

	assigned seen // the latest assignment
	owner    domain.ActorID
	answer   seen // the owner's latest yes or no to it
	accepted bool // it was a yes

	started      seen
	deliverables []deliverable // by name
	reports      []report      // in log order
	resolved     []resolution  // of collectives, the one in force for each
	activities   []activity    // in log order
	deviations   []seen        // handled, in log order
}

// A deliverable (leveranse) is what a deadline is about (R9): a measure has
// one, without a name; an ongoing measure one for each year or occasion.
type deliverable struct {
	name      string
	deadline  seen // the adopted deadline in force
	date      domain.Date
	baseline  seen // the first adopted deadline
	first     domain.Date
	adoptions []seen // every adopted deadline, in log order
	moves     []seen // those with another date than the one in force before
	forecast  seen   // the forecast in force
	expected  domain.Date
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
	status    reporting.Status
	verdict   seen // the latest of returned and approved, or the withdrawal
	returned  bool
	withdrawn bool // for good
}

// A resolution says which actors a collective means for the measure.
type resolution struct {
	seen
	collective domain.ActorID
	into       []domain.ActorID
}

// An activity is that an actor took part: confirmed, contributed, or was reported for.
type activity struct {
	seen
	actor       domain.ActorID
	contributed bool
}

// stands reports whether it is a report that counts (K4).
func (r report) stands() bool { return !r.returned && !r.withdrawn }

// foldAt is the state at a moment, from the facts in log order.
func foldAt(facts []*fact, t moment) state {
	var s state
	for _, f := range facts {
		if x, ok := t.see(f); ok {
			s.add(x, t.view)
		}
	}
	return s
}

// add makes s the state after one more fact.
func (s *state) add(x seen, v View) {
	switch e := x.event.(type) {
	case plan.Event:
		s.addPlan(e, x, v)
	case reporting.Event:
		s.addReporting(e, x, v)
	}
}

func (s *state) addPlan(e plan.Event, x seen, v View) {
	switch e := e.(type) {
	case plan.MeasureAdopted:
		s.adopted, s.kind = x, e.Kind
		s.place(e.Strategy, x, v)
		s.head(e.FocusArea, x, v)
		s.name(e.Partners, x, v)
	case plan.MeasureAmended:
		s.amend(e, x, v)
	case plan.MeasureWithdrawn:
		s.withdrawn = x
	case plan.MeasureAssigned:
		if v.replaces(x, s.assigned) {
			s.assigned, s.owner, s.answer, s.accepted = x, e.Owner, seen{}, false
		}
	case plan.MeasureAccepted:
		s.answered(e.Owner, x, true)
	case plan.MeasureDeclined:
		s.answered(e.Owner, x, false)
	case plan.MeasureStarted:
		s.started = x
	case plan.DeadlineAdopted:
		s.deliverable(e.Deliverable).adopt(e.Deadline, x, v)
	case plan.ForecastGiven:
		s.deliverable(e.Deliverable).expect(e.Forecast, x, v)
	case plan.MeasureCompleted:
		s.deliverable(e.Deliverable).completed = x
	case plan.MeasureReopened:
		s.deliverable(e.Deliverable).reopen(x)
	case plan.DeviationHandled:
		s.deviations = append(s.deviations, x)
	case plan.PartnerConfirmed:
		s.activities = append(s.activities, activity{x, e.Partner, false})
	case plan.ContributionRecorded:
		s.activities = append(s.activities, activity{x, e.Partner, true})
	case plan.PartnerResolved:
		s.resolve(e, x, v)
	default: // about the plan, or kept by no figure
	}
}

func (s *state) addReporting(e reporting.Event, x seen, v View) {
	switch e := e.(type) {
	case reporting.Reported:
		s.reports = append(s.reports, report{seen: x, id: e.Report, period: e.Period, status: e.Status})
		if of := x.fact.onBehalfOf; of != "" {
			s.activities = append(s.activities, activity{x, of, false})
		}
		if of := x.fact.current; !e.Forecast.IsZero() && (s.kind != plan.Ongoing || of != "") {
			s.deliverable(of).expect(e.Forecast, x, v)
		}
	case reporting.Returned:
		s.judge(e.Report, x, func(r *report) { r.returned = true })
	case reporting.Approved:
		s.judge(e.Report, x, func(r *report) { r.returned = false })
	case reporting.Withdrawn:
		s.judge(e.Report, x, func(r *report) { r.withdrawn = true })
	default: // about the plan's periods and its definition
	}
}

func (s *state) amend(e plan.MeasureAmended, x seen, v View) {
	switch e.Field {
	case plan.FieldStrategy:
		s.place(domain.StrategyID(e.New), x, v)
	case plan.FieldFocusArea:
		s.head(e.New, x, v)
	case plan.FieldPartners:
		s.name(plan.SplitActors(e.New), x, v)
	case plan.FieldInitiative, plan.FieldText, plan.FieldOwners: // in no figure
	}
}

func (s *state) place(id domain.StrategyID, x seen, v View) {
	if v.replaces(x, s.placed) {
		s.strategy, s.placed = id, x
	}
}

func (s *state) head(focusArea string, x seen, v View) {
	if v.replaces(x, s.headed) {
		s.focusArea, s.headed = focusArea, x
	}
}

func (s *state) name(partners []domain.ActorID, x seen, v View) {
	if v.replaces(x, s.naming) {
		s.partners, s.naming = partners, x
	}
}

// answered notes an answer to the latest assignment; anybody else's is not one.
func (s *state) answered(by domain.ActorID, x seen, yes bool) {
	if s.assigned.is() && by == s.owner {
		s.answer, s.accepted = x, yes
	}
}

func (s *state) resolve(e plan.PartnerResolved, x seen, v View) {
	s.resolved = slices.Clone(s.resolved)
	i := slices.IndexFunc(s.resolved, func(r resolution) bool { return r.collective == e.Partner })
	switch {
	case i < 0:
		s.resolved = append(s.resolved, resolution{x, e.Partner, e.Into})
	case v.replaces(x, s.resolved[i].seen):
		s.resolved[i] = resolution{x, e.Partner, e.Into}
	}
}

func (s *state) judge(id domain.ReportID, x seen, verdict func(*report)) {
	s.reports = slices.Clone(s.reports)
	for i := range s.reports {
		if r := &s.reports[i]; r.id == id {
			verdict(r)
			r.verdict = x
		}
	}
}

// deliverable is the one with the name, to be changed; made when it is first
// spoken of. The pointer holds until the next one is asked for.
func (s *state) deliverable(name string) *deliverable {
	s.deliverables = slices.Clone(s.deliverables) // older states have the old ones
	i, ok := slices.BinarySearchFunc(s.deliverables, name, func(d deliverable, name string) int {
		return strings.Compare(d.name, name)
	})
	if !ok {
		s.deliverables = slices.Insert(s.deliverables, i, deliverable{name: name})
	}
	return &s.deliverables[i]
}

func (d *deliverable) adopt(date domain.Date, x seen, v View) {
	d.adoptions = append(d.adoptions, x)
	if d.deadline.is() && date != d.date {
		d.moves = append(d.moves, x)
	}
	if !d.baseline.is() || v == Corrected && x.effective.Before(d.baseline.effective) {
		d.baseline, d.first = x, date
	}
	if v.replaces(x, d.deadline) {
		d.deadline, d.date = x, date
	}
}

func (d *deliverable) expect(date domain.Date, x seen, v View) {
	if v.replaces(x, d.forecast) {
		d.forecast, d.expected = x, date
	}
}

// reopen undoes the completion before it on the log (R11).
func (d *deliverable) reopen(x seen) {
	d.reopened = x
	if d.completed.is() {
		d.pauses = append(d.pauses, pause{d.completed.effective, x.effective})
		d.completed = seen{}
	}
}
