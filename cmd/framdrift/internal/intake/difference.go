package intake

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A State is how a row of the document stands to the plan.
type State string

// The states.
const (
	Same    State = "same"    // as it stands
	Moved   State = "moved"   // the same measure under another heading, or further up or down
	Changed State = "changed" // some of its columns say something else
	Added   State = "new"     // not in the plan
	Gone    State = "gone"    // in the plan, and not in the document
)

// A Difference is the document beside the plan in force: its rows in the
// document's order, then those that are gone.
type Difference struct{ Rows []Row }

// A Row is one measure on either side.
type Row struct {
	State   State
	ID      domain.MeasureID // in the plan; of a new one what it would be
	Was     planview.Measure // zero when new
	Now     plantable.Row    // zero when gone
	Changes []Change         // what would be amended
	Due     domain.Date      // the deadline that would be adopted
	Kept    domain.Phrase    // why something stays as it is; empty when nothing does

	adopt plan.MeasureAdopted
}

// A Change is one column and what it says on either side. Old and New are for
// people; To is what is stored.
type Change struct {
	Field        plan.Field
	Old, New, To string
}

// Changes reports whether anything would be stored.
func (d *Difference) Changes() bool {
	return slices.ContainsFunc(d.Rows, func(r Row) bool { return r.stores() })
}

func (r Row) stores() bool {
	return r.State == Added || len(r.Changes) > 0 || !r.Due.IsZero() || r.State == Gone && r.Kept == (domain.Phrase{})
}

// Count is how many rows have each state.
func (d *Difference) Count() map[State]int {
	n := map[State]int{}
	for _, r := range d.Rows {
		n[r.State]++
	}
	return n
}

// revision is the command for what differs.
func (d *Difference) revision() plan.Revise {
	var c plan.Revise
	for _, r := range d.Rows {
		switch {
		case r.State == Added:
			c.Adopt = append(c.Adopt, plan.Row{ID: r.ID, Measure: r.adopt, Deadline: r.Due})
			continue
		case r.State == Gone && r.stores():
			c.Withdraw = append(c.Withdraw, r.ID)
		}
		for _, change := range r.Changes {
			c.Amend = append(c.Amend, plan.Amendment{Measure: r.ID, Field: change.Field, To: change.To})
		}
		if !r.Due.IsZero() {
			c.Deadlines = append(c.Deadlines, plan.Due{Measure: r.ID, Deadline: r.Due})
		}
	}
	return c
}

// difference lays the rows of the document beside those of the plan. Measures
// that were taken out of the plan are not there.
func (b *builder) difference(drafts []plantable.Row, rows []plan.Row, here Here) *Difference {
	var was []planview.Measure
	for _, m := range here.Plan.Measures {
		if m.State != planview.StateWithdrawn {
			was = append(was, m)
		}
	}
	pairs := pair(was, rows)
	next := newIDs(here.Plan.Measures)
	d := &Difference{}
	met := make([]bool, len(was))
	for i, row := range rows {
		at := pairs[i]
		if at < 0 {
			row.ID = next(row.Measure.Kind)
			d.Rows = append(d.Rows, Row{State: Added, ID: row.ID, Now: drafts[i], Due: b.laterThan(row.Deadline, here.Today), adopt: row.Measure})
			continue
		}
		met[at] = true
		one := b.compare(was[at], row, here.Today)
		one.Now = drafts[i]
		d.Rows = append(d.Rows, one)
	}
	d.markMoved(pairs)
	for i, m := range was {
		if met[i] {
			continue
		}
		gone := Row{State: Gone, ID: m.ID, Was: m}
		if m.State == planview.StateCompleted {
			gone.Kept = notes.goneCompleted
		}
		d.Rows = append(d.Rows, gone)
	}
	return d
}

// markMoved marks the rows that are the same and stand elsewhere among the
// others. Those that stand under another heading have said so already.
func (d *Difference) markMoved(pairs []int) {
	order := slices.Clone(pairs)
	for i := range order {
		if d.Rows[i].State == Moved {
			order[i] = -1
		}
	}
	for i, moved := range outOfOrder(order) {
		if moved && d.Rows[i].State == Same {
			d.Rows[i].State = Moved
		}
	}
}

// laterThan is a deadline that can be adopted today; none when it has passed.
func (b *builder) laterThan(due, today domain.Date) domain.Date {
	if due.IsZero() || today.IsZero() || today.Before(due) {
		return due
	}
	return domain.Date{}
}

// compare is one measure on both sides.
func (b *builder) compare(was planview.Measure, row plan.Row, today domain.Date) Row {
	r := Row{State: Same, ID: was.ID, Was: was, Changes: b.changes(was, row.Measure)}
	heading := func(c Change) bool {
		return c.Field == plan.FieldStrategy || c.Field == plan.FieldFocusArea || c.Field == plan.FieldInitiative && was.Text != ""
	}
	switch {
	case len(r.Changes) == 0:
	case !slices.ContainsFunc(r.Changes, func(c Change) bool { return !heading(c) }):
		r.State = Moved
	default:
		r.State = Changed
	}
	if row.Measure.Kind == plan.OneOff && was.Kind == plan.OneOff && !row.Deadline.IsZero() && row.Deadline != was.Deadline {
		r.State, r.Due = Changed, b.laterThan(row.Deadline, today)
		if r.Due.IsZero() {
			r.Kept = notes.duePassed.Fill(row.Deadline.Norwegian())
		}
	}
	switch {
	case was.State == planview.StateCompleted && (len(r.Changes) > 0 || !r.Due.IsZero()):
		r.Kept, r.Changes, r.Due = notes.changedCompleted, nil, domain.Date{}
	case was.Kind != row.Measure.Kind:
		r.Kept = notes.kindKept
		r.State = Changed
	}
	return r
}

// changes is the columns that say something else.
func (b *builder) changes(was planview.Measure, now plan.MeasureAdopted) []Change {
	var all []Change
	text := func(f plan.Field, old, to string) {
		if plantable.Fold(old) != plantable.Fold(to) {
			all = append(all, Change{f, old, to, to})
		}
	}
	if was.Strategy.ID != now.Strategy {
		all = append(all, Change{plan.FieldStrategy, was.Strategy.Title, b.strategyTitle(now.Strategy), string(now.Strategy)})
	}
	text(plan.FieldFocusArea, was.FocusArea, now.FocusArea)
	text(plan.FieldInitiative, was.Initiative, now.Initiative)
	text(plan.FieldText, was.Text, now.Text)
	partners := make([]planview.Party, len(was.Partners))
	for i, p := range was.Partners {
		partners[i] = p.Party
	}
	for _, side := range []struct {
		field plan.Field
		old   []planview.Party
		now   []domain.ActorID
	}{{plan.FieldOwners, was.Owners, now.Owners}, {plan.FieldPartners, partners, now.Partners}} {
		if !sameParties(side.old, side.now) {
			all = append(all, Change{side.field, partyNames(side.old), b.actorNames(side.now), plan.JoinActors(side.now)})
		}
	}
	return all
}

// sameParties reports whether both name the same actors, whatever the order.
func sameParties(old []planview.Party, now []domain.ActorID) bool {
	if len(old) != len(now) {
		return false
	}
	for _, id := range now {
		if !slices.ContainsFunc(old, func(p planview.Party) bool { return p.Is(id) }) {
			return false
		}
	}
	return true
}
