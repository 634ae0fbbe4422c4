package projections

import (
	"container/list"
	"fmt"
	"iter"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// Hindsight is the log as corrected, at the end of a day: every event says what
// it says after all its corrections, and what belongs to a plan is there when it
// took effect by the day. The region and its register are as known now, and so
// are the corrections themselves. The order is that of the log.
func Hindsight(log iter.Seq[domain.Recorded], day domain.Date) ([]domain.Recorded, error) {
	var seen []domain.Recorded
	corrections := map[domain.EventID][]domain.Recorded{}
	for r := range log {
		seen = append(seen, r)
		if c, ok := r.Event.(correction.EventCorrected); ok {
			corrections[c.Event] = append(corrections[c.Event], r)
		}
	}
	for i := range seen {
		r := &seen[i]
		if _, ok := r.Event.(correction.Event); ok {
			continue
		}
		for _, by := range corrections[r.ID] {
			e, effective, err := by.Event.(correction.EventCorrected).Correct(r.Event, r.Effective)
			if err != nil {
				return nil, fmt.Errorf("projections: event %d corrects event %d: %w", by.Position, r.Position, err)
			}
			r.Event, r.Effective = e, effective
		}
	}
	return slices.DeleteFunc(seen, func(r domain.Recorded) bool {
		_, corrects := r.Event.(correction.Event)
		return !corrects && r.Plan != "" && r.Effective.After(day)
	}), nil
}

// Settled is those events in the order in which a fold of them leaves in force
// what hindsight says is: of what replaces each other (a deadline, a forecast,
// an owner, a column of a row, whom a collective means) the latest effective,
// then the latest recorded. One that is recorded late is moved to just before
// the first that took effect after it. Nothing else moves: what answers
// something (a yes or no, a reopening, a verdict) answers what stood before it
// on the log. A forecast that a report gave stays with the report.
func Settled(events []domain.Recorded) []domain.Recorded {
	order := list.New()
	placed := map[subject][]*list.Element{} // of each the events that replace each other, by effective day
	day := func(e *list.Element) domain.Date { return e.Value.(domain.Recorded).Effective }
	for _, r := range events {
		var here *list.Element
		for _, what := range replaced(r.Event) {
			at := subject{r.Plan, r.Subject, what}
			i := slices.IndexFunc(placed[at], func(e *list.Element) bool { return day(e).After(r.Effective) })
			if _, adopts := r.Event.(plan.MeasureAdopted); adopts || i < 0 {
				i = len(placed[at])
			}
			switch {
			case here != nil:
			case i < len(placed[at]):
				here = order.InsertBefore(r, placed[at][i])
			default:
				here = order.PushBack(r)
			}
			placed[at] = slices.Insert(placed[at], i, here)
		}
		if here == nil {
			order.PushBack(r)
		}
	}
	settled := make([]domain.Recorded, 0, len(events))
	for e := order.Front(); e != nil; e = e.Next() {
		settled = append(settled, e.Value.(domain.Recorded))
	}
	return settled
}

// A subject is something of which one thing is in force.
type subject struct {
	plan domain.PlanID
	domain.Subject
	what string
}

// replaced is what an event puts another value in force of.
func replaced(e domain.Event) []string {
	switch e := e.(type) {
	case plan.MeasureAssigned:
		return []string{"owner"}
	case plan.DeadlineAdopted:
		return []string{"deadline " + e.Deliverable}
	case plan.ForecastGiven:
		return []string{"forecast " + e.Deliverable}
	case plan.PartnerResolved:
		return []string{"partner " + string(e.Partner)}
	case plan.MeasureAmended:
		return []string{"column " + string(e.Field)}
	case plan.MeasureAdopted:
		var columns []string
		for _, f := range []plan.Field{
			plan.FieldStrategy, plan.FieldFocusArea, plan.FieldInitiative, plan.FieldText, plan.FieldOwners, plan.FieldPartners,
		} {
			columns = append(columns, "column "+string(f))
		}
		return columns
	}
	return nil
}
