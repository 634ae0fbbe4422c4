package delivery

// The outcomes of K4 beside OnTime and Late, of which Late counts only at any time.
const (
	// Rejected: delivered, and standing as returned or withdrawn.
	Rejected Outcome = "rejected"
	// Missing: nothing was delivered (R4).
	Missing Outcome = "missing"
)

// Reporting is K4 and the figure beside it.
type Reporting struct {
	Share
	// AnyTime is reports delivered at any time up to T ÷ reports owed.
	AnyTime Ratio `json:"anyTime"`
}

// k4 is rapporteringsdisiplin, by measure and closed period:
//
//	     delivered by the report deadline and not standing as returned or withdrawn
//	K4 = ──────────────────────────────────────────────────────────────────────────
//	                  reports owed: measure × closed period
//
// over the last closedPeriods periods. A report is owed by a measure that was
// open at least openDays of the period. Dates are the report deadline.
func (r *reading) k4(m *measure, all []Member) []Member {
	for _, p := range r.counted() {
		if !r.owes(m, p) {
			continue
		}
		outcome, by := r.delivered(m, p)
		all = append(all, Member{
			Measure: m.id, Period: p.id, Counted: outcome == OnTime, Outcome: outcome,
			Dates: r.dates(p.reportDeadline), Positions: r.because(by[0], by[1], m.adopted, p.opened, p.closed),
		})
	}
	return all
}

// owes reports whether the measure owes a report for the period: the report
// deadline fell before the measure was withdrawn, if it was, and it was open
//
//	days of [from, to] on which it was open, by effective ≥ openDays
//
// which need not be consecutive.
func (r *reading) owes(m *measure, p *period) bool {
	return m.owed(p.reportDeadline, r.moment.view) && m.openDays(p.from, p.to) >= r.definition.OpenDays
}

// delivered is how the measure reported for the period, and by which events.
// One good report is enough. A standing completion, of any deliverable, is the
// report for the period its effective lies in, if it was recorded by the
// report deadline; recorded later it is no report.
func (r *reading) delivered(m *measure, p *period) (Outcome, [2]seen) {
	for i := range m.deliverables {
		c := m.deliverables[i].completed
		if c.is() && !c.effective.Before(p.from) && !c.effective.After(p.to) && c.by(p.reportDeadline) {
			return OnTime, [...]seen{c, {}}
		}
	}
	outcome, by := Missing, [2]seen{}
	for i := range m.reports {
		x := &m.reports[i]
		if x.period != p.id || !r.moment.holds(&x.fact.recorded) {
			continue
		}
		switch {
		case x.stands() && x.by(p.reportDeadline):
			return OnTime, [...]seen{x.seen, x.verdict}
		case x.stands():
			outcome, by = Late, [...]seen{x.seen, x.verdict}
		case outcome == Missing:
			outcome, by = Rejected, [...]seen{x.seen, x.verdict}
		}
	}
	return outcome, by
}
