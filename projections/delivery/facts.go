package delivery

import (
	"iter"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A fact is an event that some figure looks at. What it said when it was
// recorded is kept for ever; each correction adds what it says from then on.
type fact struct {
	recorded      version
	corrections   []version // in log order; each is the whole fact after it
	retrospective bool      // an etterregistrering
}

// A version is what a fact says from a position on the log.
type version struct {
	position  domain.Position // of the event itself, or of the correction
	time      time.Time
	effective domain.Date
	event     domain.Event
}

// latest is the version with all corrections.
func (f *fact) latest() version {
	if n := len(f.corrections); n > 0 {
		return f.corrections[n-1]
	}
	return f.recorded
}

// versions are those that a view may ever show: all of them as known, since
// each was believed for a while, and the last one as corrected.
func (f *fact) versions(v View) iter.Seq[version] {
	return func(yield func(version) bool) {
		if v == Corrected {
			yield(f.latest())
			return
		}
		if !yield(f.recorded) {
			return
		}
		for _, c := range f.corrections {
			if !yield(c) {
				return
			}
		}
	}
}

// A seen is a fact as it looks from a moment: one of its versions. The zero
// seen is no fact.
type seen struct {
	fact *fact
	*version
}

func (s seen) is() bool { return s.fact != nil }

// by reports whether it was recorded no later than the end of the day, in
// both views: «recorded» and «delivered» always mean time (R1).
func (s seen) by(d domain.Date) bool { return !s.fact.recorded.time.After(d.End()) }

// recordedOn is the Oslo day on which the event came on the log.
func (s seen) recordedOn() domain.Date { return domain.DateOf(s.fact.recorded.time) }

// keep is the part of an event that the figures look at; nil when they look
// at none of it. Texts are let go of: memory follows the facts, not the log.
func keep(e domain.Event) domain.Event {
	switch e := e.(type) {
	case plan.Event:
		return keepPlan(e)
	case reporting.Event:
		return keepReporting(e)
	case correction.Event:
		return correction.EventCorrected{} // so that nobody corrects a correction
	}
	return nil // the register of actors and users
}

func keepPlan(e plan.Event) domain.Event {
	switch e := e.(type) {
	case plan.Adopted:
		return plan.Adopted{Plan: e.Plan, Strategies: e.Strategies}
	case plan.Closed:
		return plan.Closed{}
	case plan.MeasureAdopted:
		return plan.MeasureAdopted{Kind: e.Kind, Strategy: e.Strategy}
	case plan.MeasureAmended:
		return plan.MeasureAmended{Field: e.Field, New: e.New}
	case plan.MeasureWithdrawn:
		return plan.MeasureWithdrawn{}
	case plan.MeasureDeclined:
		return plan.MeasureDeclined{Owner: e.Owner}
	case plan.DeadlineAdopted:
		return plan.DeadlineAdopted{Deadline: e.Deadline, Deliverable: e.Deliverable}
	case plan.MeasureCompleted:
		return plan.MeasureCompleted{Deliverable: e.Deliverable}
	case plan.MeasureReopened:
		return plan.MeasureReopened{Deliverable: e.Deliverable}
	case plan.MeasureAssigned, plan.MeasureAccepted, plan.MeasureStarted:
		return e
	case plan.Imported, plan.Endorsed, plan.Revised, plan.ForecastGiven, plan.DeviationHandled,
		plan.PartnerConfirmed, plan.PartnerResolved, plan.ContributionRecorded, plan.EvidenceAttached:
		return nil
	}
	return nil
}

func keepReporting(e reporting.Event) domain.Event {
	switch e := e.(type) {
	case reporting.Reported:
		return reporting.Reported{Report: e.Report, Period: e.Period}
	case reporting.Returned:
		return reporting.Returned{Report: e.Report}
	case reporting.Approved:
		return reporting.Approved{Report: e.Report}
	case reporting.Withdrawn:
		return reporting.Withdrawn{Report: e.Report}
	case reporting.PeriodOpened, reporting.PeriodClosed, reporting.DeliveryDefined:
		return e
	}
	return nil
}

// correct adds what the fact says once a correction has been applied to what
// it said before: corrections are applied in log order (R10).
func (f *fact) correct(r domain.Recorded, c correction.EventCorrected) error {
	next := f.latest()
	next.position, next.time = r.Position, r.Time
	changed, effective, err := c.Correct(next.event, next.effective)
	if err != nil {
		return err
	}
	next.event, next.effective = keep(changed), effective
	f.corrections = append(f.corrections, next)
	return nil
}
