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
// in the window; else its outcome is that of the first it did not meet. Dates
// are those deadlines.
func (r *reading) k2(m *measure, all []Member) []Member {
	for _, f := range m.story.fell {
		if !r.fell(m, f) || !r.moment.inWindow(f.date, r.definition.WindowDays) {
			continue
		}
		outcome, facts := r.met(m, f)
		x := Member{
			Measure: m.id, Deliverable: f.deliverable, Counted: outcome == OnTime, Outcome: outcome,
			Dates: r.dates(f.date), Positions: r.because(facts[:]...),
		}
		if n := len(all); n > 0 && all[n-1].Deliverable == f.deliverable {
			all[n-1].also(x)
			continue
		}
		all = append(all, x)
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
func (r *reading) met(m *measure, f fallen) (Outcome, [4]seen) {
	d := m.named(f.deliverable)
	done, facts := d.completed, [...]seen{m.adopted, f.deadline, d.completed, d.reopened}
	switch {
	case !done.is():
		return NotCompleted, facts
	case done.effective.After(f.date):
		return Late, facts
	}
	due := r.reportDeadline(f.date)
	held := m.story.at(r.moment.endOf(due)).named(f.deliverable).completed
	if held.fact != done.fact || held.effective.After(f.date) || !done.by(due) {
		return DocumentedLate, facts
	}
	return OnTime, facts
}
