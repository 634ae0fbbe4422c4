package delivery

// The outcomes of K2.
const (
	// OnTime: done by the deadline and on the log by the report deadline (also
	// of K4: delivered by the report deadline).
	OnTime Outcome = "onTime"
	// DocumentedLate (dokumentert for sent): done by the deadline, as we know
	// now; by the report deadline the log did not say so.
	DocumentedLate Outcome = "documentedLate"
	// Late: done after the deadline (of K4: delivered after the report deadline).
	Late Outcome = "late"
	// NotCompleted: no completion stands.
	NotCompleted Outcome = "notCompleted"
)

// k2 is rettidig gjennomføring, by deliverable:
//
//	                          on time
//	K2 = ──────────────────────────────────────────────────
//	      deliverables with a deadline that fell in (T−W, T]
//
// The deadline is the one in force the day before it fell. A deliverable
// counts once, and is on time when it met every deadline of its own that fell
// in the window; else its outcome is that of the first it did not meet.
func (r *reading) k2() []Member {
	var all []Member
	for _, m := range r.measures {
		for _, f := range r.fallen(m, r.definition.WindowDays) {
			outcome, facts := r.met(m, f)
			if n := len(all); n > 0 && all[n-1].Measure == m.id && all[n-1].Deliverable == f.deliverable {
				all[n-1].also(outcome, because(facts...))
				continue
			}
			all = append(all, Member{
				Measure: m.id, Deliverable: f.deliverable, Counted: outcome == OnTime, Outcome: outcome,
				Positions: because(facts...), strategy: m.strategy,
			})
		}
	}
	return all
}

// met is how a deliverable stands to one deadline. By R6 it is on time when
//
//	effective ≤ deadline          as known at T
//	effective ≤ deadline          as the log held it on the report deadline
//	recorded  ≤ report deadline   of the period in which the deadline falls
//
// for the completion that stands at T (R11).
func (r *reading) met(m measure, f fallen) (Outcome, []seen) {
	d := m.named(f.deliverable)
	done, facts := d.completed, []seen{m.adopted, f.deadline, d.completed, d.reopened}
	switch {
	case !done.is():
		return NotCompleted, facts
	case done.effective.After(f.date):
		return Late, facts
	}
	due := r.reportDeadline(f.date)
	then := m.at(r.moment.endOf(due))
	held := then.named(f.deliverable).completed
	if held.fact != done.fact || held.effective.After(f.date) || !done.by(due) {
		return DocumentedLate, facts
	}
	return OnTime, facts
}
