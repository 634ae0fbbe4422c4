package planview

import (
	"slices"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A Period is a reporting period. One that was closed and opened again is open.
type Period struct {
	ID             domain.PeriodID `json:"id"`
	State          PeriodState     `json:"state"`
	From           domain.Date     `json:"from"`
	To             domain.Date     `json:"to"`
	ReportDeadline domain.Date     `json:"reportDeadline"`
	Closed         domain.Date     `json:"closed,omitzero"` // the day it was last closed
}

// A PeriodState says whether reports are taken.
type PeriodState string

// The states of a period.
const (
	PeriodOpen   PeriodState = "open"
	PeriodClosed PeriodState = "closed"
)

// A Report is what an owner said about one measure in one period, and what
// became of it. Why is from the latest that was returned, approved or withdrawn.
type Report struct {
	ID         domain.ReportID  `json:"id"`
	Period     domain.PeriodID  `json:"period"`
	Status     reporting.Status `json:"status"`
	Text       domain.Text      `json:"text,omitempty"`
	Obstacles  domain.Text      `json:"obstacles,omitempty"`
	Next       domain.Text      `json:"next,omitempty"`
	Forecast   domain.Date      `json:"forecast,omitzero"`
	Standing   Standing         `json:"standing"`
	Why        domain.Text      `json:"why,omitempty"`
	OnBehalfOf domain.ActorID   `json:"onBehalfOf,omitempty"`
	Effective  domain.Date      `json:"effective"`
	Recorded   time.Time        `json:"recorded"`
	Position   domain.Position  `json:"position"`
}

// A Standing is what has become of a report (domain.StandingWords). The
// latest of returned and approved decides; one withdrawn stays withdrawn.
type Standing string

// The standings of a report.
const (
	Delivered Standing = "delivered"
	Returned  Standing = "returned"
	Approved  Standing = "approved"
	Withdrawn Standing = "withdrawn"
)

// Stands reports whether the report counts: neither returned nor withdrawn.
func (r Report) Stands() bool { return r.Standing == Delivered || r.Standing == Approved }

func (v *View) applyReporting(r domain.Recorded, e reporting.Event) {
	d := v.document(r.Plan)
	var m *entry
	switch e := e.(type) {
	case reporting.PeriodOpened:
		p := d.period(e.Period)
		p.State, p.From, p.To, p.ReportDeadline = PeriodOpen, e.From, e.To, e.ReportDeadline
	case reporting.PeriodClosed:
		p := d.period(e.Period)
		p.State, p.Closed = PeriodClosed, r.Effective
	case reporting.Reported:
		m = d.entry(domain.MeasureID(r.Subject.ID))
		m.report(r, e)
		d.given[e.Report] = m
	case reporting.Returned:
		m = d.answer(e.Report, Returned, e.Why)
	case reporting.Approved:
		m = d.answer(e.Report, Approved, e.Why)
	case reporting.Withdrawn:
		m = d.answer(e.Report, Withdrawn, e.Why)
	case reporting.DeliveryDefined:
		// Package delivery keeps the definition.
	}
	if m != nil {
		m.note(r)
		v.about.Add(r.ID, m)
	}
}

func (d *document) period(id domain.PeriodID) *Period {
	i := slices.IndexFunc(d.periods, func(p Period) bool { return p.ID == id })
	if i < 0 {
		i = len(d.periods)
		d.periods = append(d.periods, Period{ID: id})
	}
	return &d.periods[i]
}

// report adds the report; a forecast in it is the current deliverable's.
func (m *entry) report(r domain.Recorded, e reporting.Reported) {
	m.reports = append(m.reports, Report{
		ID: e.Report, Period: e.Period, Status: e.Status, Text: e.Text, Obstacles: e.Obstacles, Next: e.Next,
		Forecast: e.Forecast, Standing: Delivered, OnBehalfOf: r.OnBehalfOf,
		Effective: r.Effective, Recorded: r.Time, Position: r.Position,
	})
	if c := m.current(); c != nil && !e.Forecast.IsZero() {
		c.Forecast = e.Forecast
	}
}

// answer is what is said of a report; nil when the report is not there.
func (d *document) answer(id domain.ReportID, standing Standing, why domain.Text) *entry {
	m := d.given[id]
	if m == nil {
		return nil
	}
	i := slices.IndexFunc(m.reports, func(r Report) bool { return r.ID == id })
	if rep := &m.reports[i]; rep.Standing != Withdrawn {
		rep.Standing, rep.Why = standing, why
	}
	return m
}
