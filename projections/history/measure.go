package history

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// measure is what is known of a measure. What the rules know of it holds the
// columns, the owner and what is done.
type measure struct {
	row       plan.Measure
	continues plan.Reference
	forecasts domain.Table[string, domain.Date] // by deliverable
	reports   domain.Table[domain.ReportID, report]
	status    reporting.Status // the latest said, never «unchanged»
}

type report struct {
	period   domain.PeriodID
	standing planview.Standing
}

// evolvePlan is the plan or the measure after the event.
func evolvePlan(before facts, r domain.Recorded, e plan.Event) facts {
	d, _ := before.(document)
	m, _ := before.(measure)
	switch e := e.(type) {
	case plan.Imported:
		d.file = e.File
		return d
	case plan.Adopted:
		d.Adopted = e
		return d
	case plan.Endorsed:
		d.endorsements = append(slices.Clip(d.endorsements), e.Municipality)
		return d
	case plan.Closed:
		d.closed = r.Effective
		return d
	case plan.Revised, plan.DeviationHandled, plan.PartnerConfirmed, plan.ContributionRecorded:
		return before // these stand beside what they are about and change nothing in it
	case plan.MeasureAdopted:
		if e.Continues != nil {
			m.continues = *e.Continues
		}
	case plan.ForecastGiven:
		m.forecasts = m.forecasts.With(e.Deliverable, e.Forecast)
	case plan.MeasureAmended, plan.MeasureWithdrawn, plan.MeasureAssigned, plan.MeasureAccepted, plan.MeasureDeclined,
		plan.DeadlineAdopted, plan.MeasureStarted, plan.PartnerResolved, plan.EvidenceAttached, plan.MeasureCompleted,
		plan.MeasureReopened:
		// The row keeps these.
	}
	m.row = m.row.Evolve(e, r.Effective)
	return m
}

// evolveReporting is the measure, the period or the definition after the event.
func evolveReporting(before facts, e reporting.Event) facts {
	p, _ := before.(period)
	m, _ := before.(measure)
	switch e := e.(type) {
	case reporting.PeriodOpened:
		return period{From: e.From, To: e.To, ReportDeadline: e.ReportDeadline, Open: true}
	case reporting.PeriodClosed:
		p.Open = false
		return p
	case reporting.DeliveryDefined:
		return definition(e)
	case reporting.Reported:
		m.reports = m.reports.With(e.Report, report{e.Period, planview.Delivered})
		if e.Status != reporting.Unchanged {
			m.status = e.Status
		}
		if !e.Forecast.IsZero() {
			m.forecasts = m.forecasts.With(m.current(), e.Forecast)
		}
	case reporting.Returned:
		m.answer(e.Report, planview.Returned)
	case reporting.Approved:
		m.answer(e.Report, planview.Approved)
	case reporting.Withdrawn:
		m.answer(e.Report, planview.Withdrawn)
	}
	return m
}

// answer changes what has become of a report; one withdrawn stays withdrawn.
func (m *measure) answer(id domain.ReportID, standing planview.Standing) {
	rep, ok := m.reports.Lookup(id)
	if !ok || rep.standing == planview.Withdrawn {
		return
	}
	rep.standing = standing
	m.reports = m.reports.With(id, rep)
}

// current is the deliverable that a forecast in a report is about: the one
// with the earliest deadline that is not completed.
func (m measure) current() string {
	name, first := "", domain.Date{}
	for n, d := range m.row.Deliverables.All() {
		open := !d.Deadline.IsZero() && d.Completed.IsZero()
		if open && (first.IsZero() || d.Deadline.Before(first)) {
			name, first = n, d.Deadline
		}
	}
	return name
}

func (m measure) fields() []field {
	row := m.row
	f := []field{
		{name: "kind", value: string(row.Kind)},
		{name: "strategy", value: string(row.Strategy)},
		{name: "focusArea", value: row.FocusArea},
		{name: "initiative", value: row.Initiative},
		{name: "text", value: row.Text},
		{name: "owners", value: joined(row.Owners)},
		{name: "partners", value: joined(row.Partners)},
		{name: "continues", value: reference(m.continues)},
		{name: "owner", value: string(row.Owner)},
		{name: "user", value: string(row.User)},
		{name: "state", value: string(planview.StateOf(row))},
		{name: "started", value: row.Started.String()},
	}
	if row.Adopted.IsZero() {
		f = f[:0]
	}
	for id, into := range row.Resolved.All() {
		f = append(f, field{"partner", string(id), joined(into)})
	}
	for name, d := range row.Deliverables.All() {
		f = append(f, field{"deadline", name, d.Deadline.String()}, field{"completed", name, d.Completed.String()})
	}
	for name, day := range m.forecasts.All() {
		f = append(f, field{"forecast", name, day.String()})
	}
	f = append(f, field{name: "status", value: string(m.status)}, field{name: "evidence", value: joined(row.Evidence)})
	for id, rep := range m.reports.All() {
		f = append(f, field{"report", string(id), string(rep.standing)})
	}
	return f
}

func reference(r plan.Reference) string {
	if r.Measure == "" {
		return ""
	}
	return string(r.Plan) + "/" + string(r.Measure)
}
