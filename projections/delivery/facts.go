package delivery

import (
	"iter"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A fact is an event that some figure looks at. What it said when it was
// recorded is kept for ever; each correction adds what it says from then on.
type fact struct {
	recorded      version
	corrections   []version      // in log order; each is the whole fact after it
	retrospective bool           // an etterregistrering
	onBehalfOf    domain.ActorID // of a report: the partner that it was given for
	current       string         // of a report about an ongoing measure: the deliverable then current
	about         *subject       // nil for what is about a plan or the region
}

// A version is what a fact says from a position on the log.
type version struct {
	position  domain.Position // of the event itself, or of the correction
	time      time.Time
	day       domain.Date // of time, in Oslo
	effective domain.Date
	event     domain.Event
}

// now is the version with all corrections.
func (f *fact) now() *version {
	if n := len(f.corrections); n > 0 {
		return &f.corrections[n-1]
	}
	return &f.recorded
}

// versions are those that a view may ever show: all of them as known, since
// each was believed for a while, and the last one as corrected.
func (f *fact) versions(v View) iter.Seq[version] {
	return func(yield func(version) bool) {
		if v == Corrected {
			yield(*f.now())
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
func (s seen) by(d domain.Date) bool { return !s.fact.recorded.day.After(d) }

// recordedOn is the Oslo day on which the event came on the log.
func (s seen) recordedOn() domain.Date { return s.fact.recorded.day }

// keep is the part of an event that the figures look at; nil when they look
// at none of it. Texts are let go of: memory follows the facts, not the log.
func keep(e domain.Event) domain.Event {
	switch e := e.(type) {
	case plan.Event:
		return keepPlan(e)
	case reporting.Event:
		return keepReporting(e)
	case actors.Event:
		return keepActors(e)
	case correction.EventCorrected:
		return correction.EventCorrected{} // so that nobody corrects a correction
	}
	return nil
}

func keepPlan(e plan.Event) domain.Event {
	switch e := e.(type) {
	case plan.Adopted:
		return plan.Adopted{Plan: e.Plan, Strategies: e.Strategies}
	case plan.Closed:
		return plan.Closed{}
	case plan.MeasureAdopted:
		return plan.MeasureAdopted{Kind: e.Kind, Strategy: e.Strategy, FocusArea: e.FocusArea, Partners: e.Partners}
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
	case plan.ForecastGiven:
		return plan.ForecastGiven{Forecast: e.Forecast, Deliverable: e.Deliverable}
	case plan.DeviationHandled:
		return plan.DeviationHandled{}
	case plan.ContributionRecorded:
		return plan.ContributionRecorded{Partner: e.Partner}
	case plan.MeasureAssigned, plan.MeasureAccepted, plan.MeasureStarted, plan.PartnerConfirmed, plan.PartnerResolved:
		return e
	case plan.Imported, plan.Endorsed, plan.Revised, plan.EvidenceAttached:
		return nil
	}
	return nil
}

func keepReporting(e reporting.Event) domain.Event {
	switch e := e.(type) {
	case reporting.Reported:
		return reporting.Reported{Report: e.Report, Period: e.Period, Status: e.Status, Forecast: e.Forecast}
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

func keepActors(e actors.Event) domain.Event {
	switch e := e.(type) {
	case actors.RegionDescribed:
		return actors.RegionDescribed{Members: e.Members}
	case actors.Registered:
		return actors.Registered{Kind: e.Kind, Sector: e.Sector}
	case actors.ProgrammeJoined, actors.Classified, actors.Merged:
		return e
	case actors.RegionRegistered, actors.UserGranted, actors.UserRevoked, actors.UserForgotten:
		return nil
	}
	return nil
}

// correct adds what the fact says once a correction has been applied to what
// it said before: corrections are applied in log order (R10).
func (f *fact) correct(r domain.Recorded, c correction.EventCorrected) error {
	next := *f.now()
	next.position, next.time, next.day = r.Position, r.Time, domain.DateOf(r.Time)
	changed, effective, err := c.Correct(next.event, next.effective)
	if err != nil {
		return err
	}
	next.event, next.effective = keep(changed), effective
	f.corrections = append(f.corrections, next)
	return nil
}
