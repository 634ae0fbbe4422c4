package delivery

// The outcomes of K1.
const (
	// Anchored: the owner has accepted, and there is an adopted deadline.
	Anchored Outcome = "anchored"
	// NoOwner: nobody is asked, or who was asked last has not said yes, or has declined since.
	NoOwner Outcome = "noOwner"
	// NoDeadline: an owner has accepted, and no deadline is adopted.
	NoDeadline Outcome = "noDeadline"
)

// k1 is forankring, by measure:
//
//	     open measures whose owner has accepted and that have an adopted deadline
//	K1 = ────────────────────────────────────────────────────────────────────────
//	                              open measures
//
// The owner is the actor of the latest assignment; each assignment needs its
// own yes. Of an ongoing measure the deadline is that of its current
// deliverable: when all are completed it has none (R9). Dates are the deadline.
func (r *reading) k1(m *measure, all []Member) []Member {
	if !m.open() {
		return all
	}
	current, ok := m.current()
	outcome := Anchored
	switch {
	case !m.accepted:
		outcome = NoOwner
	case !ok:
		outcome = NoDeadline
	}
	return append(all, Member{
		Measure: m.id, Deliverable: current.name, Counted: outcome == Anchored, Outcome: outcome,
		Dates: r.dates(current.date), Positions: r.because(m.adopted, m.assigned, m.answer, current.deadline),
	})
}
