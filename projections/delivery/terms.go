package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// Terms are what a plan is measured by from one of its own events to the
// next: the plan as adopted, the definition in force, the periods.
type terms struct {
	plan       plan.Adopted
	start      domain.Date // A: the effective day of the adoption
	closed     domain.Date // the day the plan closed; zero while it has not
	definition Definition
	periods    []period // by end date
}

// termsAt are those seen from a moment; false when the plan had not been adopted.
func termsAt(facts []*fact, t moment) (terms, bool) {
	in := terms{closed: closedOn(facts, t)}
	t = in.until(t)
	adopted, x := adoption(facts, t)
	if !x.is() {
		return in, false
	}
	in.plan, in.start = adopted, x.effective
	in.definition, in.periods = definition(facts, t), periods(facts, t)
	return in, true
}

// closedOn is the day the plan closed, by its effective, once it is seen to
// have closed. A correction of that day is always recorded later, so it is
// seen only as corrected (R2).
func closedOn(facts []*fact, t moment) domain.Date {
	for _, f := range facts {
		x, ok := t.see(f)
		if _, is := x.event.(plan.Closed); !ok || !is {
			continue
		}
		if t.view == Known {
			return f.recorded.effective
		}
		return x.effective
	}
	return domain.Date{}
}

// until is T, moved back to the day the plan closed.
func (in *terms) until(t moment) moment {
	if in.closed.IsZero() {
		return t
	}
	return t.endOf(in.closed)
}

// inForce reports whether the plan had not been closed before T's day.
func (in *terms) inForce(t moment) bool {
	return in.closed.IsZero() || !t.day.After(in.closed)
}

// adoption is the plan as it was adopted, and the fact that says so.
func adoption(facts []*fact, t moment) (plan.Adopted, seen) {
	var (
		latest seen
		in     plan.Adopted
	)
	for _, f := range facts {
		x, ok := t.see(f)
		if e, is := x.event.(plan.Adopted); ok && is && t.view.replaces(x, latest) {
			latest, in = x, e
		}
	}
	return in, latest
}

// A reading is what one moment's figures are read from: the terms that hold,
// the register, and what counts as closed.
type reading struct {
	*terms
	register *register
	moment   moment           // no later than the day the plan closed
	ended    []*period        // closed, and their report deadlines have passed; by end date
	members  []domain.ActorID // municipalities of the region, by name; not set when silent
	silent   bool             // only the numbers are wanted, not the events behind them
}

// readAt makes r the reading of a moment.
func (r *reading) readAt(in *terms, t moment) {
	r.terms, r.moment, r.ended = in, in.until(t), r.ended[:0]
	for i := range in.periods {
		if p := &in.periods[i]; p.closed.is() && r.moment.day.After(p.reportDeadline) {
			r.ended = append(r.ended, p)
		}
	}
}

// because lists the events behind a member: each fact's own position and, if
// a correction changed what it says, that of the correction.
func (r *reading) because(facts ...seen) []domain.Position {
	if r.silent {
		return nil
	}
	return positions(facts)
}

// dates is a list for a member, of those that are known.
func (r *reading) dates(all ...domain.Date) []domain.Date {
	if r.silent {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all), domain.Date.IsZero)
}
