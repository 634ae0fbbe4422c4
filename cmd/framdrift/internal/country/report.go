package country

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// period opens a period and notes who will report when: most in time, some after
// the deadline, a few never.
func (m *maker) period(day domain.Date, f *following, id domain.PeriodID) {
	if !m.ask(day, m.coordinator(), reporting.OpenPeriod{Period: id}, of(f.id)) {
		return
	}
	from, to, _ := reporting.Tertial(id)
	deadline := to.AddDays(reporting.GraceDays)
	for _, r := range f.rows {
		if r.kind == plan.Arrangement || !m.measure(r).OpenDuring(from, to) || m.chance(5) {
			continue
		}
		when := day.AddDays(m.between(1, deadline.Sub(day)))
		if m.chance(12) {
			when = deadline.AddDays(m.between(1, 9))
		}
		m.on(when, func(day domain.Date) { m.report(day, r, id) })
	}
	m.in(deadline, 10, 20, func(day domain.Date) { m.closes(day, f, id) })
}

// closes ends a period, which now and then is opened again for one who was late.
func (m *maker) closes(day domain.Date, f *following, id domain.PeriodID) {
	if !m.ask(day, m.coordinator(), reporting.ClosePeriod{Period: id}, of(f.id)) || !m.chance(6) {
		return
	}
	m.in(day, 10, 25, func(day domain.Date) {
		if m.ask(day, m.coordinator(), reporting.OpenPeriod{Period: id}, of(f.id)) {
			m.in(day, 1, 3, func(day domain.Date) { m.report(day, pick(m, f.rows), id) })
			m.in(day, 5, 10, func(day domain.Date) { m.ask(day, m.coordinator(), reporting.ClosePeriod{Period: id}, of(f.id)) })
		}
	})
}

// drift is how it goes from one report to the next.
func (m *maker) drift(from reporting.Status) reporting.Status {
	switch n := m.rand.IntN(100); from {
	case reporting.Green:
		if n < 84 {
			return reporting.Green
		}
	case reporting.Amber:
		if n < 35 {
			return reporting.Green
		} else if n >= 80 {
			return reporting.Red
		}
	case reporting.Red:
		if n < 15 {
			return reporting.Green
		} else if n >= 50 {
			return reporting.Red
		}
	default:
		if n < 75 {
			return reporting.Green
		}
	}
	return reporting.Amber
}

// report is what the owner says, and what the coordinator says of that.
func (m *maker) report(day domain.Date, r *row, id domain.PeriodID) {
	c := reporting.Report{Measure: r.id, Period: id, Status: m.drift(r.status), Text: m.perhaps(85, went)}
	switch {
	case r.status == reporting.Green && c.Status == reporting.Green && m.chance(12):
		c.Status, c.Text = reporting.Unchanged, ""
	case c.Status != reporting.Green:
		c.Text, c.Obstacles = m.text(went, went), m.text(hinders)
		if m.chance(40) {
			c.Forecast = day.AddDays(m.between(30, 400))
		}
	}
	c.Next = m.perhaps(50, nexts)
	if !m.about(day, m.user(r), r, c) {
		return
	}
	if c.Status != reporting.Unchanged {
		r.status = c.Status
	}
	given := m.log[len(m.log)-1]
	if c.Text != "" {
		m.texts = append(m.texts, given.Position)
	}
	m.answer(day, r, id, given.Event.(reporting.Reported).Report)
	if r.status == reporting.Red && m.chance(55) {
		m.in(day, 8, 45, func(day domain.Date) { m.deviation(day, r) })
	}
}

// answer is what becomes of a report: it stands, is sent back and given again,
// or is taken back by its owner.
func (m *maker) answer(day domain.Date, r *row, id domain.PeriodID, report domain.ReportID) {
	again := func(day domain.Date) { m.report(day, r, id) }
	switch n := m.rand.IntN(100); {
	case n < 70:
		m.in(day, 1, 12, func(day domain.Date) {
			m.about(day, m.coordinator(), r, reporting.Approve{Report: report, Why: m.perhaps(10, went)})
		})
	case n < 78:
		m.in(day, 1, 5, func(day domain.Date) {
			if m.about(day, m.coordinator(), r, reporting.Return{Report: report, Why: m.text(whys)}) {
				m.in(day, 1, 6, again)
			}
		})
	case n < 80:
		m.in(day, 1, 4, func(day domain.Date) {
			if m.about(day, m.user(r), r, reporting.WithdrawReport{Report: report, Why: m.perhaps(50, whys)}) {
				m.in(day, 1, 4, again)
			}
		})
	}
}

// deviation is what is decided about a measure that is red: something, and often
// more time.
func (m *maker) deviation(day domain.Date, r *row) {
	if m.finished(r) {
		return
	}
	m.about(day, m.coordinator(), r, plan.HandleDeviation{On: r.on(), Text: m.perhaps(70, hinders, nexts), Decision: m.decision(day)})
	if r.kind == plan.OneOff && m.chance(50) {
		m.due(day, r, day.AddDays(m.between(60, 400)))
	}
}
