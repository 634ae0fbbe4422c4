package delivery

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/byid"
)

// A Projection keeps, for one region, the facts that the figures are made of.
// Any number may ask at once; the Runner sees to it that nobody asks while it
// is fed.
type Projection struct {
	plans    map[domain.PlanID]*planFacts // the empty id: what belongs to the region
	register register
	byID     byid.Index[*fact] // what a correction may name
	days     []firstOfDay      // in order
	head     domain.Position   // of the last event applied

	mu sync.Mutex // guards the tracks and the chapters, which are made when they are asked for
}

// planFacts is what is kept about one plan.
type planFacts struct {
	facts    []*fact                       // of the plan, its periods and definitions, in log order
	measures map[domain.MeasureID]*subject // and arrangements
	ids      []domain.MeasureID            // the keys of measures, sorted
	chapters [2][]chapter                  // by view; nil when they are not made
}

// A subject is what is kept about one measure.
type subject struct {
	facts   []*fact  // in log order
	ongoing bool     // it has been said to be
	tracks  [2]track // by view
}

// firstOfDay is the first event recorded on a day in Oslo. One for each such
// day is enough to tell on which day any position was recorded.
type firstOfDay struct {
	position domain.Position
	day      domain.Date
}

// New returns a projection that has seen nothing.
func New() *Projection {
	return &Projection{plans: map[domain.PlanID]*planFacts{}, register: register{actors: map[domain.ActorID][]*fact{}}}
}

// Name is delivery.
func (*Projection) Name() string { return "delivery" }

// Version is 2: K1–K7, the colours and the unscored figures.
func (*Projection) Version() int { return 2 }

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
	day := domain.DateOf(r.Time)
	p.keepDay(r.Position, day)
	p.keepFact(r, day)
	return nil
}

func (p *Projection) correct(r domain.Recorded, c correction.EventCorrected) error {
	f, ok := p.byID.Find(c.Event)
	if !ok {
		return nil // no figure looks at that event
	}
	if _, ok := f.recorded.event.(correction.EventCorrected); ok {
		return fmt.Errorf("it is a correction; correct the event itself again")
	}
	if err := f.correct(r, c); err != nil {
		return err
	}
	if f.about != nil {
		f.about.say(f.now().event)
	}
	p.stale(f, f.now())
	return nil
}

func (p *Projection) keepFact(r domain.Recorded, day domain.Date) {
	kept := keep(r.Event)
	if kept == nil {
		return
	}
	f := &fact{recorded: version{r.Position, r.Time, day, r.Effective, kept}, retrospective: r.Retrospective}
	p.byID.Add(r.ID, f)
	if s := p.place(r.Plan, r.Subject, f); s != nil {
		if _, ok := r.Event.(reporting.Reported); ok { // what the log held when it was recorded
			f.onBehalfOf, f.current = r.OnBehalfOf, s.current(r)
		}
		s.add(f)
	}
	if r.Subject.Entity != domain.EntityEvent { // a correction is looked at through the fact it corrects
		p.stale(f, &f.recorded)
	}
}

// place puts a fact where it belongs. One about a measure is the subject's to add.
func (p *Projection) place(plan domain.PlanID, about domain.Subject, f *fact) *subject {
	switch about.Entity {
	case domain.EntityRegion, domain.EntityActor:
		p.register.keep(domain.ActorID(about.ID), f)
	case domain.EntityMeasure:
		return p.plan(plan).subject(domain.MeasureID(about.ID))
	case domain.EntityEvent:
	default:
		of := p.plan(plan)
		of.facts = append(of.facts, f)
	}
	return nil
}

// stale says that what has been made of the courses is right no longer than
// until a fact said something new: that of its measure, or of all.
func (p *Projection) stale(f *fact, x *version) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f.about != nil {
		f.about.stale(x)
		return
	}
	for _, of := range p.plans {
		of.chapters = [2][]chapter{}
		for _, s := range of.measures {
			s.stale(x)
		}
	}
}

func (s *subject) stale(x *version) {
	for _, v := range []View{Known, Corrected} {
		s.tracks[v.number()].stale(v, x.point())
	}
}

func (p *Projection) plan(id domain.PlanID) *planFacts {
	facts, ok := p.plans[id]
	if !ok {
		facts = &planFacts{measures: map[domain.MeasureID]*subject{}}
		p.plans[id] = facts
	}
	return facts
}

// subject is what is kept about a measure.
func (p *planFacts) subject(id domain.MeasureID) *subject {
	s, ok := p.measures[id]
	if !ok {
		at, _ := slices.BinarySearch(p.ids, id)
		p.ids = slices.Insert(p.ids, at, id)
		s = &subject{}
		p.measures[id] = s
	}
	return s
}

func (s *subject) add(f *fact) {
	f.about = s
	s.facts = append(s.facts, f)
	s.say(f.recorded.event)
}

// say notes what is said of the kind of measure.
func (s *subject) say(e domain.Event) {
	if adopted, ok := e.(plan.MeasureAdopted); ok && adopted.Kind == plan.Ongoing {
		s.ongoing = true
	}
}

// current is the deliverable of an ongoing measure that a report recorded now
// speaks of; empty when there is none, and of a measure that is done once.
func (s *subject) current(r domain.Recorded) string {
	if !s.ongoing {
		return ""
	}
	now := foldAt(s.facts, pointOf(r.Time).moment(Known))
	if now.kind != plan.Ongoing {
		return ""
	}
	d, _ := now.current()
	return d.name
}

func (p *Projection) keepDay(n domain.Position, day domain.Date) {
	if last := len(p.days) - 1; last < 0 || p.days[last].day != day {
		p.days = append(p.days, firstOfDay{n, day})
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
