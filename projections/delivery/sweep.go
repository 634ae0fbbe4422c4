package delivery

import (
	"cmp"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// A sweep goes through the tracks of a plan's measures side by side, and keeps
// the sums as pieces come and go.
type sweep struct {
	part       Part
	chapters   []chapter
	tracks     []cursor
	whole      sum
	strategies []*sum // by id
	point      Point
}

// A cursor is a track and which of its pieces holds; −1 is before the first.
type cursor struct {
	pieces []piece
	now    int
}

// piece is the one that holds; nil while the measure is not in the plan.
func (c *cursor) piece() *piece {
	if c.now < 0 || c.pieces[c.now].place == nil {
		return nil
	}
	return &c.pieces[c.now]
}

// A sum is a level under way.
type sum struct {
	strategy domain.StrategyID
	rows     int
	total    total
	line     line
	stale    bool // the line is not that of the pieces
}

// sweep makes the tracks of a plan right for some points, and begins before them all.
func (p *Projection) sweep(id domain.PlanID, v View, part Part, at []point) *sweep {
	p.mu.Lock()
	defer p.mu.Unlock()
	of := p.plans[id]
	if of.chapters[v.number()] == nil {
		of.chapters[v.number()] = chapters(p.planFacts(id), v)
	}
	s := &sweep{part: part, chapters: of.chapters[v.number()]}
	mk := maker{
		view: v, register: &p.register, chapters: s.chapters,
		from: slices.MinFunc(at, point.compare), to: slices.MaxFunc(at, point.compare),
		reading: reading{register: &p.register, silent: true},
	}
	for _, id := range of.ids {
		subject := of.measures[id]
		t := &subject.tracks[v.number()]
		mk.make(t, subject)
		s.tracks = append(s.tracks, cursor{t.pieces, -1})
	}
	return s
}

// at is the point of a course; nil before the plan was adopted.
func (s *sweep) at(v View, at point) *Point {
	c := chapterAt(s.chapters, at)
	if c == nil {
		return nil
	}
	for i := range s.tracks {
		s.move(&s.tracks[i], at)
	}
	day := c.until(at.moment(v)).day
	s.point = Point{
		Day: day, Definition: c.definition.Version, Strategies: s.point.Strategies[:0],
		Whole: s.figures(&s.whole, func(place) bool { return true }, c.start, day),
	}
	for _, in := range c.plan.Strategies {
		s.addStrategy(s.of(in.ID), c.start, day)
	}
	for _, more := range s.strategies {
		if more.rows > 0 && !slices.ContainsFunc(s.point.Strategies, func(f StrategyFigures) bool { return f.Strategy == more.strategy }) {
			s.addStrategy(more, c.start, day)
		}
	}
	return &s.point
}

func (s *sweep) addStrategy(in *sum, start, day domain.Date) {
	if s.part.Strategy == "" || s.part.Strategy == in.strategy {
		f := s.figures(in, func(at place) bool { return at.strategy == in.strategy }, start, day)
		s.point.Strategies = append(s.point.Strategies, StrategyFigures{in.strategy, f})
	}
}

// figures are those of a sum on a day; its line is made anew if it must be.
func (s *sweep) figures(of *sum, in func(place) bool, start, day domain.Date) Figures {
	if of.stale {
		of.line.reset()
		for i := range s.tracks {
			if piece := s.tracks[i].piece(); piece != nil && s.part.holds(*piece.place) && in(*piece.place) {
				of.line.add(piece.dated)
			}
		}
		of.line.sort()
		of.stale = false
	}
	f := of.total.figures()
	f.K3 = of.line.earned(of.line.deadlines, start, day)
	f.K3First = of.line.earned(of.line.firsts, start, day)
	return f
}

// move makes the cursor's piece the one that holds at a point.
func (s *sweep) move(c *cursor, at point) {
	now := c.now
	if now >= 0 && c.pieces[now].from.compare(at) > 0 {
		now = -1
	}
	for now+1 < len(c.pieces) && c.pieces[now+1].from.compare(at) <= 0 {
		now++
	}
	if now == c.now {
		return
	}
	s.change(c.piece(), -1)
	c.now = now
	s.change(c.piece(), 1)
}

// change takes a piece into the sums, or out of them.
func (s *sweep) change(p *piece, by int) {
	if p == nil || !s.part.holds(*p.place) {
		return
	}
	for _, in := range []*sum{&s.whole, s.of(p.place.strategy)} {
		in.rows += by
		in.stale = in.stale || len(p.dated) > 0
		in.total.add(&p.tally, by)
	}
}

// of is the sum of a strategy, made when it is first spoken of.
func (s *sweep) of(id domain.StrategyID) *sum {
	i, ok := slices.BinarySearchFunc(s.strategies, id, func(in *sum, id domain.StrategyID) int { return cmp.Compare(in.strategy, id) })
	if !ok {
		s.strategies = slices.Insert(s.strategies, i, &sum{strategy: id})
	}
	return s.strategies[i]
}
