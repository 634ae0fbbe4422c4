// Package history is the audit trail: for every event on a region's log one
// entry, in order, that says who did what and when, on whose behalf, through
// which channel, what it changed from and to, why, by which decision, and all
// of that in one sentence in bokmål, nynorsk and English.
//
//	Utviklingsleder fullførte t07 «Felles profilering», gjeldende 31.05.2024
//
// An entry keeps the event and what was known when it came: the names actors
// had then, the measure before and after. From these the sentence and the
// changes are made when somebody asks, so they never change, whatever is
// renamed or moved later.
//
// Files: history.go feeds and asks, entry.go is one entry, facts.go and
// measure.go are what events change, and plan.go, reporting.go, actors.go,
// story.go and correction.go hold the sentences.
package history

import (
	"cmp"
	"fmt"
	"iter"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A History is the projection of one region. It is not safe for use by
// several at once: whoever feeds it guards it.
type History struct {
	entries []*Entry // by position; never changed after they came, but for erasedBy
	byID    map[domain.EventID]*Entry
	facts   map[key]facts
	names   names
}

// names is the register as it was: immutable, and shared by entries.
type names = domain.Table[domain.ActorID, actors.Actor]

// A key is what an event is about. Measures and periods belong to a plan.
type key struct {
	plan    domain.PlanID
	subject domain.Subject
}

// New is the history of an empty log.
func New() *History {
	return &History{byID: map[domain.EventID]*Entry{}, facts: map[key]facts{}}
}

// Name is history.
func (*History) Name() string { return "history" }

// Version is of the answers; see projections.Projection.
func (*History) Version() int { return 1 }

// Apply takes the next event. Positions may have gaps, as when a fold leaves
// events out, but never go back.
func (h *History) Apply(r domain.Recorded) error {
	if n := len(h.entries); n > 0 && r.Position <= h.entries[n-1].Position {
		return fmt.Errorf("history: position %d came after %d", r.Position, h.entries[n-1].Position)
	}
	about := key{r.Plan, r.Subject}
	e := &Entry{Recorded: r, before: h.facts[about]}
	switch event := r.Event.(type) {
	case actors.Event:
		e.after = evolveActors(e.before, r, event)
		h.rename(r, e.after)
	case plan.Event:
		e.after = evolvePlan(e.before, r, event)
	case reporting.Event:
		e.after = evolveReporting(e.before, event)
	case story.Event:
		e.after = evolveStory(event)
	case correction.EventCorrected:
		e.corrects = h.byID[event.Event]
	case correction.TextRedacted:
		if e.corrects = h.byID[event.Event]; e.corrects != nil {
			e.corrects.erasedBy = e
		}
	default:
		return fmt.Errorf("history: position %d: %s is of no kind this history knows", r.Position, r.Event.EventName())
	}
	if e.after != nil {
		h.facts[about] = e.after
	}
	h.remember(e)
	return nil
}

func (h *History) rename(r domain.Recorded, f facts) {
	if a, ok := f.(actor); ok {
		h.names = h.names.With(domain.ActorID(r.Subject.ID), actors.Actor(a))
	}
}

// remember adds what else was known, and keeps the entry.
func (h *History) remember(e *Entry) {
	e.names = h.names
	e.plan = h.facts[key{e.Plan, domain.About(domain.EntityPlan, e.Plan)}]
	switch {
	case e.Subject.Entity == domain.EntityMeasure:
		e.Measure = domain.MeasureID(e.Subject.ID)
	case e.corrects != nil:
		e.Measure = e.corrects.Measure
	}
	if e.Measure != "" {
		before := e.before
		if e.corrects != nil {
			before = h.facts[key{e.corrects.Plan, domain.About(domain.EntityMeasure, e.Measure)}]
		}
		m, _ := before.(measure)
		e.AfterCompletion = planview.EditsCompleted(m.row, e.Event)
	}
	h.entries = append(h.entries, e)
	h.byID[e.ID] = e
}

// Events are all that have been applied until now, as they were. What comes
// later changes none of them, so they may be read while more is fed.
func (h *History) Events() iter.Seq[domain.Recorded] {
	entries := h.entries
	return func(yield func(domain.Recorded) bool) {
		for _, e := range entries {
			if !yield(e.Recorded) {
				return
			}
		}
	}
}

// A Filter chooses entries. What is empty lets all pass; the rest must all hold.
type Filter struct {
	Plan    domain.PlanID
	Measure domain.MeasureID // with Plan also the measures of earlier plans that it continues
	Actor   string           // the user, the actor acted for, the measure's owner then, or whom the event is about
	Type    string           // the stored name: measure.completed
	From    domain.Date      // recorded on this day in Oslo or later
	To      domain.Date      // recorded on this day in Oslo or earlier
	After   domain.Position  // later than this position
	Limit   int              // at most so many, the earliest; 0 is all
}

// Entries is the entries chosen, in the order of the log.
func (h *History) Entries(f Filter) []Entry {
	first, _ := slices.BinarySearchFunc(h.entries, f.After+1, byPosition)
	lineage := h.lineage(f)
	chosen := []Entry{}
	for _, e := range h.entries[first:] {
		if f.Limit > 0 && len(chosen) == f.Limit {
			break
		}
		if f.passes(e, lineage) {
			chosen = append(chosen, *e)
		}
	}
	return chosen
}

// Entry is the entry of the event at the position.
func (h *History) Entry(position domain.Position) (Entry, bool) {
	i, ok := slices.BinarySearchFunc(h.entries, position, byPosition)
	if !ok {
		return Entry{}, false
	}
	return *h.entries[i], true
}

func byPosition(e *Entry, p domain.Position) int { return cmp.Compare(e.Position, p) }

// lineage is the measure asked for and those of earlier plans it continues:
// their history is shown as one.
func (h *History) lineage(f Filter) []plan.Reference {
	var line []plan.Reference
	next := plan.Reference{Plan: f.Plan, Measure: f.Measure}
	for next.Measure != "" && !slices.Contains(line, next) {
		line = append(line, next)
		m, _ := h.facts[key{next.Plan, domain.About(domain.EntityMeasure, next.Measure)}].(measure)
		next = m.continues
	}
	return line
}

func (f Filter) passes(e *Entry, lineage []plan.Reference) bool {
	day := domain.DateOf(e.Time)
	return f.about(e, lineage) &&
		(f.Actor == "" || e.involves(f.Actor)) &&
		(f.Type == "" || f.Type == e.Event.EventName()) &&
		(f.From.IsZero() || !day.Before(f.From)) &&
		(f.To.IsZero() || !day.After(f.To))
}

func (f Filter) about(e *Entry, lineage []plan.Reference) bool {
	if f.Measure != "" && f.Plan != "" {
		return slices.Contains(lineage, plan.Reference{Plan: e.Plan, Measure: e.Measure})
	}
	return (f.Plan == "" || f.Plan == e.Plan) && (f.Measure == "" || f.Measure == e.Measure)
}
