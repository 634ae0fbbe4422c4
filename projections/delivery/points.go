package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// A row changes at few points: when something is recorded (as corrected: takes
// effect), and on the days that follow from it. Between two such points it is
// the same, so a course is read there and nowhere else, and there only what
// may have changed.
type points struct {
	view     View
	from, to point // those outside are not asked for
	all      []change
	after    point // the first that is after them; zero when there is none
}

// A change is a point and what may be other from there on.
type change struct {
	point
	scope scope
}

func (p *points) at(x point, what scope) {
	switch {
	case x.compare(p.from) < 0:
	case x.compare(p.to) <= 0:
		p.all = append(p.all, change{x, what})
	case p.after.isZero() || x.compare(p.after) < 0:
		p.after = x
	}
}

func (p *points) on(d domain.Date, what scope) { p.at(point{day: d}, what) }

// window is the day something enters (T−days, T], and the day it leaves it.
func (p *points) window(d domain.Date, days int, what scope) {
	p.on(d, what)
	p.on(d.AddDays(days), what)
}

// fact is every point at which a fact may be seen for the first time, or anew.
func (p *points) fact(f *fact, what scope) {
	if p.view == Corrected {
		p.on(f.now().effective, what)
		return
	}
	p.at(f.recorded.point(), what)
	for i := range f.corrections {
		p.at(f.corrections[i].point(), everything)
	}
}

// scopeOf is what an event about a measure changes at once. What follows from
// it later, such as a deadline that falls, has points of its own.
func scopeOf(e domain.Event) scope {
	switch e.(type) {
	case plan.PartnerConfirmed, plan.PartnerResolved, plan.ContributionRecorded:
		return inK7
	case plan.MeasureAssigned, plan.MeasureAccepted, plan.MeasureDeclined:
		return inK1 | inK7 | inStanding
	case plan.DeadlineAdopted:
		return inK1 | inK2 | inK3 | inK5 | inK6 | inStanding | inMoves
	case plan.ForecastGiven, plan.MeasureStarted:
		return inStanding
	case plan.DeviationHandled:
		return inK6
	case reporting.Reported:
		return inK4 | inK7 | inStanding
	case reporting.Returned, reporting.Approved, reporting.Withdrawn:
		return inK4 | inStanding
	}
	return everything
}

// sorted are the changes in order, each point once.
func (p *points) sorted() []change {
	slices.SortFunc(p.all, func(a, b change) int { return a.compare(b.point) })
	all := p.all[:0]
	for _, next := range p.all {
		if n := len(all); n > 0 && all[n-1].compare(next.point) == 0 {
			all[n-1].scope |= next.scope
			continue
		}
		all = append(all, next)
	}
	return all
}

// changes adds those of the row of a measure under terms that follow on each
// other.
func (p *points) changes(s *story, g *register, chapters []chapter) {
	for i := range chapters {
		c := &chapters[i]
		if i == 0 || !c.sameButPeriods(&chapters[i-1]) {
			p.defined(s, c.definition)
		}
		p.at(c.from, c.scope)
		for _, in := range c.periods {
			p.on(in.reportDeadline.AddDays(1), inK4|inStanding)
		}
	}
	for _, f := range s.facts {
		p.fact(f, scopeOf(f.recorded.event))
	}
	p.register(s, g)
}

// defined adds those that the parameters of a definition give.
func (p *points) defined(s *story, d Definition) {
	for _, f := range s.fell {
		p.window(f.date, d.WindowDays, inK2)
	}
	for _, t := range s.tests(d) {
		p.on(t.fell.date, inK5)
		p.window(t.day, d.WindowDays, inK5)
	}
	for _, t := range s.turns(d.ToleranceDays) {
		p.window(t.day.AddDays(d.HorizonDays), d.WindowDays, inK6)
	}
	for _, f := range s.facts {
		for v := range f.versions(s.view) {
			switch e := v.event.(type) {
			case plan.DeadlineAdopted:
				p.on(e.Deadline.AddDays(1), inStanding) // it has passed
				p.window(f.recorded.day, d.WindowDays, inMoves)
			case plan.MeasureCompleted, plan.PartnerConfirmed, plan.ContributionRecorded:
				p.window(v.effective, d.WindowDays, inK7)
			case reporting.Reported:
				p.window(v.effective, d.WindowDays, inK7)
				p.at(f.recorded.point(), inK4|inStanding) // delivered, in both views
			}
		}
	}
}

// register adds those at which an actor that the measure names is called
// something else, or becomes of another sector.
func (p *points) register(s *story, g *register) {
	var ids []domain.ActorID
	add := func(more ...domain.ActorID) {
		for _, id := range more {
			if id != "" && !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for _, f := range s.facts {
		add(f.onBehalfOf)
		for v := range f.versions(s.view) {
			add(named(v.event)...)
		}
	}
	for i := 0; i < len(ids); i++ { // who they become is added on the way
		for _, f := range g.actors[ids[i]] {
			p.fact(f, inK7)
			for v := range f.versions(s.view) {
				if e, ok := v.event.(actors.Merged); ok {
					p.on(e.From, inK7)
					add(e.Into)
				}
			}
		}
	}
}

// named are the actors that an event about a measure names.
func named(e domain.Event) []domain.ActorID {
	switch e := e.(type) {
	case plan.MeasureAdopted:
		return e.Partners
	case plan.MeasureAmended:
		if e.Field == plan.FieldPartners {
			return plan.SplitActors(e.New)
		}
	case plan.MeasureAssigned:
		return []domain.ActorID{e.Owner}
	case plan.PartnerConfirmed:
		return []domain.ActorID{e.Partner}
	case plan.ContributionRecorded:
		return []domain.ActorID{e.Partner}
	case plan.PartnerResolved:
		return append([]domain.ActorID{e.Partner}, e.Into...)
	}
	return nil
}
