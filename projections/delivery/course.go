package delivery

import (
	"iter"
	"slices"
	"time"

	"github.com/fosenregionen/framdrift/domain"
)

// A Point is one moment of a course.
type Point struct {
	Day        domain.Date       `json:"day"`        // in Oslo, no later than the day the plan closed
	Definition string            `json:"definition"` // the version in force
	Whole      Figures           `json:"whole"`      // of the part asked for
	Strategies []StrategyFigures `json:"strategies"` // in the order of the profile
}

// Clone is a point that the next does not overwrite.
func (p *Point) Clone() Point {
	copied := *p
	copied.Strategies = slices.Clone(p.Strategies)
	return copied
}

// StrategyFigures are those of one strategy.
type StrategyFigures struct {
	Strategy domain.StrategyID `json:"strategy"`
	Figures
}

// Course gives the figures of a plan, or of a part of it, at each of some
// instants, in the order asked; the number is that of the instant. Those before
// the plan was adopted are passed over. A point is overwritten by the next.
//
// It costs what has changed between the instants. What has been asked for once
// is kept, as far as it went; an event makes the course of its own measure anew
// from the moment it was recorded, and as corrected from the start.
func (p *Projection) Course(id domain.PlanID, v View, part Part, at []time.Time) iter.Seq2[int, *Point] {
	return func(yield func(int, *Point) bool) {
		if _, ok := p.plans[id]; !ok || id == "" || len(at) == 0 {
			return
		}
		points := make([]point, len(at))
		for i, t := range at {
			points[i] = pointOf(t)
		}
		s := p.sweep(id, v, part, points)
		for i, at := range points {
			if point := s.at(v, at); point != nil && !yield(i, point) {
				return
			}
		}
	}
}

// Instants are those after one time, up to another, at which the figures of a
// plan may be other than just before: the beginning of each day in Oslo, and
// whenever something was recorded that they look at. Read there, a
// course is whole. With the zero time they begin with the log.
func (p *Projection) Instants(id domain.PlanID, v View, after, to time.Time) []time.Time {
	of, ok := p.plans[id]
	if !ok || id == "" {
		return nil
	}
	var (
		all   []time.Time
		first = never.day
	)
	look := func(facts []*fact) {
		for _, f := range facts {
			begins := f.recorded.day
			if v == Corrected {
				begins = f.now().effective
			}
			if begins.Before(first) {
				first = begins
			}
			for x := range f.versions(Known) { // what was delivered goes by time in both views
				if x.time.After(after) && !x.time.After(to) {
					all = append(all, x.time)
				}
			}
		}
	}
	look(p.planFacts(id))
	look(p.register.region)
	for _, facts := range p.register.actors {
		look(facts)
	}
	for _, s := range of.measures {
		look(s.facts)
	}
	day := first
	if !after.IsZero() {
		day = domain.DateOf(after).AddDays(1)
	}
	for ; !day.At(0, 0).After(to); day = day.AddDays(1) {
		all = append(all, day.At(0, 0))
	}
	slices.SortFunc(all, time.Time.Compare)
	return slices.CompactFunc(all, time.Time.Equal)
}
