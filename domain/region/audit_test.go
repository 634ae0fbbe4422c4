package region_test

import (
	"fmt"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

// An auditor reads a log of one plan from the beginning, knows nothing of the
// states that decided it, and keeps the contract's rules its own way.
type auditor struct {
	adopted  domain.Date
	closed   bool
	measures map[string]*dossier
	due      map[domain.PeriodID]domain.Date // report deadlines of periods that are open
	reports  map[domain.ReportID]*paper
	faults   []string
}

// A paper is a report.
type paper struct {
	measure  string
	no, gone bool
}

// A dossier is what an auditor knows of one measure.
type dossier struct {
	kind                    plan.Kind
	owner                   domain.ActorID
	answered, said          bool
	started, withdrawn      bool
	startDay                domain.Date
	completed               map[string]bool
	completedOn, reopenedOn map[string]domain.Date
}

func newAuditor() *auditor {
	return &auditor{measures: map[string]*dossier{}, due: map[domain.PeriodID]domain.Date{}, reports: map[domain.ReportID]*paper{}}
}

func (a *auditor) must(ok bool, r domain.Recorded, rule string) {
	if !ok {
		a.faults = append(a.faults, fmt.Sprintf("%d %s %s %+v effective %s recorded %s: %s",
			r.Position, r.Subject, r.Event.EventName(), r.Event, r.Effective, domain.DateOf(r.Time), rule))
	}
}

func (a *auditor) read(r domain.Recorded) {
	a.must(!r.Effective.IsZero() && !r.Effective.After(domain.DateOf(r.Time)), r, "effective is never in the future")
	if _, ofRegion := r.Event.(actors.Event); ofRegion {
		a.must(r.Plan == "", r, "what belongs to the region has no plan")
		return
	}
	a.must(r.Plan != "", r, "what belongs to a plan says which")
	_, published := r.Event.(story.ReportPublished)
	a.must(!a.closed || published, r, "a closed plan never changes")
	a.must(a.adopted.IsZero() || !r.Effective.Before(a.adopted) || r.Retrospective, r, "nothing is dated before its plan was adopted")
	switch e := r.Event.(type) {
	case plan.Event:
		a.readPlan(r, e)
	case reporting.Event:
		a.readReporting(r, e)
	}
}

func (a *auditor) readPlan(r domain.Recorded, e plan.Event) {
	switch e := e.(type) {
	case plan.Adopted:
		a.must(a.adopted.IsZero(), r, "a plan is adopted once")
		a.adopted = r.Effective
	case plan.Closed:
		a.closed = true
	case plan.MeasureAdopted:
		a.must(a.measures[r.Subject.ID] == nil, r, "a measure is adopted once")
		a.measures[r.Subject.ID] = &dossier{
			kind: e.Kind, completed: map[string]bool{}, completedOn: map[string]domain.Date{}, reopenedOn: map[string]domain.Date{},
		}
	case plan.Imported, plan.Endorsed, plan.Revised:
	default:
		m := a.measures[r.Subject.ID]
		if m == nil {
			a.must(false, r, "nothing happens to a measure that has not been adopted")
			return
		}
		a.must(!m.withdrawn, r, "a withdrawn measure never gets events except reports")
		a.readMeasure(m, r, e)
	}
}

func (a *auditor) readMeasure(m *dossier, r domain.Recorded, e plan.Event) {
	switch e.(type) {
	case plan.MeasureAmended, plan.MeasureWithdrawn:
	default:
		a.must(m.kind != plan.Arrangement, r, "an arrangement is listed and nothing more")
	}
	switch e.(type) {
	case plan.MeasureReopened, plan.EvidenceAttached, plan.ContributionRecorded, plan.PartnerConfirmed, plan.PartnerResolved:
	default:
		a.must(m.kind != plan.OneOff || !m.completed[""], r, "a completed measure can only be reopened, not edited")
	}
	switch e := e.(type) {
	case plan.MeasureAssigned:
		m.owner, m.answered, m.said = e.Owner, false, false
	case plan.MeasureAccepted:
		a.must(e.Owner == m.owner && r.OnBehalfOf == m.owner, r, "only the one who was asked answers")
		a.must(!m.answered || !m.said, r, "one yes is enough")
		m.answered, m.said = true, true
	case plan.MeasureDeclined:
		a.must(e.Owner == m.owner && r.OnBehalfOf == m.owner && e.Why != "", r, "only the one who was asked answers, and says why")
		m.answered, m.said = true, false
	case plan.DeadlineAdopted:
		a.must(e.Decision.Case != "", r, "a deadline moves only by a decision")
		a.must(r.Retrospective || r.Effective.Before(e.Deadline) && domain.DateOf(r.Time).Before(e.Deadline), r, "a deadline is adopted before its day")
		a.must((e.Deliverable != "") == (m.kind == plan.Ongoing), r, "a deliverable is named when there are several")
	case plan.MeasureStarted:
		a.must(!m.started, r, "a measure is started once")
		m.started, m.startDay = true, r.Effective
	case plan.MeasureCompleted:
		a.must(m.started && !r.Effective.Before(m.startDay), r, "a measure is completed only after it is started")
		a.must(!m.completed[e.Deliverable], r, "what is completed is not completed again")
		a.must(!r.Effective.Before(m.reopenedOn[e.Deliverable]), r, "what was reopened is completed later")
		m.completed[e.Deliverable], m.completedOn[e.Deliverable] = true, r.Effective
	case plan.MeasureReopened:
		a.must(m.completed[e.Deliverable] && e.Why != "", r, "only what is completed is reopened, and why")
		a.must(!r.Effective.Before(m.completedOn[e.Deliverable]), r, "nothing is reopened before it was completed")
		m.completed[e.Deliverable], m.reopenedOn[e.Deliverable] = false, r.Effective
	case plan.MeasureWithdrawn:
		a.must(e.Decision.Case != "", r, "a measure leaves the plan only by a decision")
		m.withdrawn = true
	}
}

func (a *auditor) readReporting(r domain.Recorded, e reporting.Event) {
	switch e := e.(type) {
	case reporting.PeriodOpened:
		a.must(a.due[e.Period].IsZero(), r, "a period that is open is not opened")
		a.due[e.Period] = e.ReportDeadline
	case reporting.PeriodClosed:
		due := a.due[e.Period]
		a.must(!due.IsZero() && r.Effective.After(due) && domain.DateOf(r.Time).After(due), r, "a period is closed only after its report deadline")
		delete(a.due, e.Period)
	case reporting.Reported:
		m := a.measures[r.Subject.ID]
		a.must(m != nil && m.kind != plan.Arrangement, r, "a report is about a measure")
		a.must(!a.due[e.Period].IsZero(), r, "a measure is reported only for a period that is open")
		a.must(a.reports[e.Report] == nil, r, "a new report has a new id")
		a.must(e.Status != reporting.Unchanged || a.stands(r.Subject.ID), r, "«unchanged» looks back on a report that stands")
		a.reports[e.Report] = &paper{measure: r.Subject.ID}
	case reporting.Returned:
		a.must(!a.reports[e.Report].gone && e.Why != "", r, "what is withdrawn stays so")
		a.reports[e.Report].no = true
	case reporting.Approved:
		a.must(!a.reports[e.Report].gone, r, "what is withdrawn stays so")
		a.reports[e.Report].no = false
	case reporting.Withdrawn:
		a.must(!a.reports[e.Report].gone, r, "what is withdrawn stays so")
		a.reports[e.Report].gone = true
	}
}

func (a *auditor) stands(measure string) bool {
	for _, p := range a.reports {
		if p.measure == measure && !p.no && !p.gone {
			return true
		}
	}
	return false
}
