package delivery

import "slices"

// A track is the course of one measure in one view: a piece for each stretch
// in which its row stays the same. It is made as far back and as far on as
// somebody has asked, and what is recorded later only makes it anew from there.
type track struct {
	pieces []piece
	first  point // the pieces are right from here
	next   point // until just before here, where something changes; there are none when that is not later
}

// A piece is a row until the next piece. One without a place says that the
// measure was not in the plan yet.
type piece struct {
	from  point
	place *place
	tally tally
	dated []dated
}

// stale says that the track is right no longer than until something that was
// recorded then; as corrected not at all, for hindsight knows no earlier.
func (t *track) stale(v View, at point) {
	switch {
	case v == Corrected || at.compare(t.first) <= 0:
		*t = track{}
	case at.compare(t.next) < 0:
		t.next = at
	}
}

// A maker makes tracks right from one point to another, both included.
type maker struct {
	view     View
	register *register
	chapters []chapter
	from, to point

	story   story // room that is used again
	points  points
	reading reading
	row     row
}

func (mk *maker) make(t *track, s *subject) {
	if t.first.compare(t.next) >= 0 || mk.from.compare(t.first) < 0 {
		*t = track{first: mk.from, next: mk.from}
	}
	if mk.to.compare(t.next) < 0 {
		return
	}
	at, _ := slices.BinarySearchFunc(t.pieces, t.next, func(p piece, at point) int { return p.from.compare(at) })
	t.pieces = t.pieces[:at]
	mk.story.tell(s.facts, mk.view)
	p := &mk.points
	*p = points{view: mk.view, from: t.next, to: mk.to, all: p.all[:0]}
	p.changes(&mk.story, mk.register, mk.chapters)
	if at == 0 {
		p.at(t.next, everything)
	}
	mk.read(t, p.sorted())
	if t.next = p.after; t.next.isZero() {
		t.next = never
	}
}

// read adds a piece to the track for each change.
func (mk *maker) read(t *track, changes []change) {
	var (
		r, w = &mk.reading, &mk.row
		had  bool // w is the row just before
		here *place
	)
	for _, x := range changes {
		m := measure{story: &mk.story, state: &unheard}
		if c := chapterAt(mk.chapters, x.point); c != nil {
			r.readAt(&c.terms, x.moment(mk.view))
			m.state = mk.story.at(r.moment)
		}
		if !m.adopted.is() {
			had = false
			t.append(piece{from: x.point})
			continue
		}
		if !had {
			x.scope, had = everything, true
		}
		r.fill(w, &m, x.scope)
		if here == nil || *here != w.place {
			moved := w.place
			here = &moved
		}
		t.append(piece{x.point, here, w.tally, w.dated})
	}
}

// append adds a piece, unless it says the same as the one before.
func (t *track) append(p piece) {
	if n := len(t.pieces); n > 0 {
		last := &t.pieces[n-1]
		same := slices.Equal(last.dated, p.dated)
		if same && last.place == p.place && last.tally == p.tally {
			return
		}
		if same {
			p.dated = last.dated
			t.pieces = append(t.pieces, p)
			return
		}
	}
	p.dated = slices.Clone(p.dated)
	t.pieces = append(t.pieces, p)
}

// A chapter is the terms from a point on.
type chapter struct {
	from point
	terms
	adopted bool  // the plan is seen to have been
	scope   scope // what may be other than in the chapter before
}

// chapters are all there are of a plan in a view, in order.
func chapters(facts []*fact, v View) []chapter {
	p := points{view: v, to: never}
	for _, f := range facts {
		p.fact(f, everything)
	}
	var all []chapter
	for _, x := range p.sorted() {
		c := chapter{from: x.point, scope: everything}
		c.terms, c.adopted = termsAt(facts, x.moment(v))
		if n := len(all); n > 0 && c.sameButPeriods(&all[n-1]) {
			c.scope = inK2 | inK4 | inStanding
		}
		all = append(all, c)
	}
	return all
}

// sameButPeriods reports whether nothing but the periods differs.
func (c *chapter) sameButPeriods(before *chapter) bool {
	return c.adopted == before.adopted && c.start == before.start && c.closed == before.closed && c.definition == before.definition
}

// chapterAt is the one that a point is in; nil when the plan had not been adopted.
func chapterAt(all []chapter, at point) *chapter {
	n, _ := slices.BinarySearchFunc(all, at, func(c chapter, at point) int {
		if c.from.compare(at) <= 0 {
			return -1
		}
		return 1
	})
	if n == 0 || !all[n-1].adopted {
		return nil
	}
	return &all[n-1]
}
