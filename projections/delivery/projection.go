package delivery

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
)

// A Projection keeps, for one region, the facts that the figures are made of.
// Asking changes nothing, so any number may ask at once; the Runner sees to it
// that nobody asks while it is fed.
type Projection struct {
	plans map[domain.PlanID]*planFacts // the empty id: what belongs to the region
	byID  map[domain.EventID]*fact     // what a correction may name
	days  []firstOfDay                 // in order
	head  domain.Position              // of the last event applied
}

// planFacts is what is kept about one plan.
type planFacts struct {
	facts    []*fact                      // of the plan, its periods and definitions, in log order
	measures map[domain.MeasureID][]*fact // in log order
	ids      []domain.MeasureID           // the keys of measures, sorted
}

// firstOfDay is the first event recorded on a day in Oslo. One for each such
// day is enough to tell on which day any position was recorded.
type firstOfDay struct {
	position domain.Position
	day      domain.Date
}

// New returns a projection that has seen nothing.
func New() *Projection {
	return &Projection{plans: map[domain.PlanID]*planFacts{}, byID: map[domain.EventID]*fact{}}
}

// Name is delivery.
func (*Projection) Name() string { return "delivery" }

// Version is 1: the counts, K1, K2 and K4.
func (*Projection) Version() int { return 1 }

// Apply takes the next event. Events that no figure looks at are passed over.
// It errs on what would make figures wrong: an event out of order, and a
// correction of a kept fact that cannot be applied.
func (p *Projection) Apply(r domain.Recorded) error {
	if r.Position <= p.head {
		return fmt.Errorf("delivery: event %d after event %d", r.Position, p.head)
	}
	if c, ok := r.Event.(correction.EventCorrected); ok {
		if err := p.correct(r, c); err != nil {
			return fmt.Errorf("delivery: event %d corrects %s: %w", r.Position, c.Event, err)
		}
	}
	p.head = r.Position
	p.keepDay(r)
	p.keepFact(r)
	return nil
}

func (p *Projection) correct(r domain.Recorded, c correction.EventCorrected) error {
	f, ok := p.byID[c.Event]
	if !ok {
		return nil // no figure looks at that event
	}
	if _, ok := f.recorded.event.(correction.EventCorrected); ok {
		return fmt.Errorf("it is a correction; correct the event itself again")
	}
	return f.correct(r, c)
}

func (p *Projection) keepFact(r domain.Recorded) {
	kept := keep(r.Event)
	if kept == nil {
		return
	}
	f := &fact{recorded: version{r.Position, r.Time, r.Effective, kept}, retrospective: r.Retrospective}
	p.byID[r.ID] = f
	facts, ok := p.plans[r.Plan]
	if !ok {
		facts = &planFacts{measures: map[domain.MeasureID][]*fact{}}
		p.plans[r.Plan] = facts
	}
	switch r.Subject.Entity {
	case domain.EntityMeasure:
		facts.ofMeasure(domain.MeasureID(r.Subject.ID), f)
	case domain.EntityEvent: // a correction is looked at through the fact it corrects
	default:
		facts.facts = append(facts.facts, f)
	}
}

func (p *planFacts) ofMeasure(id domain.MeasureID, f *fact) {
	if _, ok := p.measures[id]; !ok {
		at, _ := slices.BinarySearch(p.ids, id)
		p.ids = slices.Insert(p.ids, at, id)
	}
	p.measures[id] = append(p.measures[id], f)
}

func (p *Projection) keepDay(r domain.Recorded) {
	day := domain.DateOf(r.Time)
	if n := len(p.days); n == 0 || p.days[n-1].day != day {
		p.days = append(p.days, firstOfDay{r.Position, day})
	}
}

// dayOf is the day on which a position was recorded; false before the first.
func (p *Projection) dayOf(n domain.Position) (domain.Date, bool) {
	i, exact := slices.BinarySearchFunc(p.days, n, func(d firstOfDay, n domain.Position) int {
		return cmp.Compare(d.position, n)
	})
	if !exact {
		i--
	}
	if i < 0 {
		return domain.Date{}, false
	}
	return p.days[i].day, true
}

// planFacts are the facts about a plan as a whole, in log order: its own and
// those of the region, such as a definition that holds for every plan.
func (p *Projection) planFacts(id domain.PlanID) []*fact {
	own, regional := p.plans[id].facts, p.plans[""]
	if regional == nil || id == "" {
		return own
	}
	all := slices.Concat(own, regional.facts)
	slices.SortFunc(all, func(a, b *fact) int { return cmp.Compare(a.recorded.position, b.recorded.position) })
	return all
}
