package delivery

import "github.com/fosenregionen/framdrift/domain"

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

// reported is the share of the members of a level.
func reported(all []Member, in func(domain.StrategyID) bool) Reporting {
	s := share(all, in)
	r := Reporting{Share: s, AnyTime: s.Ratio}
	for _, m := range s.Members {
		if m.Outcome == Late {
			r.AnyTime.Numerator++
		}
	}
	return r
}

// k4 is rapporteringsdisiplin, by measure and closed period:
//
//	     delivered by the report deadline and not standing as returned or withdrawn
//	K4 = ──────────────────────────────────────────────────────────────────────────
//	                  reports owed: measure × closed period
//
// over the last closedPeriods periods. A report is owed by a measure that was
// open at least openDays of the period.
func (r *reading) k4() []Member {
	var all []Member
	for _, m := range r.measures {
		for _, p := range r.closedPeriods() {
			if !r.owes(m, p) {
				continue
			}
			outcome, by := r.delivered(m, p)
			all = append(all, Member{
				Measure: m.id, Period: p.id, Counted: outcome == OnTime, Outcome: outcome,
				Positions: because(append(by, m.adopted, p.opened, p.closed)...), strategy: m.strategy,
			})
		}
	}
	return all
}

// owes reports whether the measure owes a report for the period: the report
// deadline fell before the measure was withdrawn, if it was, and it was open
//
//	days of [from, to] on which it was open, by effective ≥ openDays
//
// which need not be consecutive.
func (r *reading) owes(m measure, p period) bool {
	if !m.owed(p.reportDeadline, r.moment.view) {
		return false
	}
	open := 0
	for day := p.from; !day.After(p.to); day = day.AddDays(1) {
		if m.openOn(day) {
			open++
		}
	}
	return open >= r.definition.OpenDays
}

// delivered is how the measure reported for the period, and by which events.
// One good report is enough. A standing completion, of any deliverable, is the
// report for the period its effective lies in, if it was recorded by the
// report deadline; recorded later it is no report.
func (r *reading) delivered(m measure, p period) (Outcome, []seen) {
	for _, d := range m.deliverables {
		c := d.completed
		if c.is() && !c.effective.Before(p.from) && !c.effective.After(p.to) && c.by(p.reportDeadline) {
			return OnTime, []seen{c}
		}
	}
	outcome, by := Missing, []seen(nil)
	for _, x := range m.reports {
		if x.period != p.id || !r.moment.holds(x.fact.recorded.time, x.fact.recorded.position) {
			continue
		}
		switch {
		case x.stands() && x.by(p.reportDeadline):
			return OnTime, []seen{x.seen, x.verdict}
		case x.stands():
			outcome, by = Late, []seen{x.seen, x.verdict}
		case outcome == Missing:
			outcome, by = Rejected, []seen{x.seen, x.verdict}
		}
	}
	return outcome, by
}
