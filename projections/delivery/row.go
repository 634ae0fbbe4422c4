package delivery

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A place is where a measure belongs at T; levels are made of those that share one.
type place struct {
	strategy  domain.StrategyID
	focusArea string
	owner     domain.ActorID
}

// A row is all that one measure puts into the figures at T. It is filled again
// and again, so that reading a thousand moments takes no more room than one.
type row struct {
	place
	members      [components][]Member
	standing     Standing
	dated        []dated // of K3
	slips        []slip  // of K5
	moves        int     // beside K5
	unresolved   int     // beside K7
	sectors      int
	contributors []domain.ActorID
	flow
	tally tally
}

// A scope is what of a row is to be read.
type scope uint16

// The bits of components are in their order, K1 the first.
const (
	inK2 scope = 1 << (iota + 1)
	inK3
	inK4
	inK5
	inK6
	inK7
	inStanding
	inMoves
	everything = 1<<components<<2 - 1
	inK1       = 1
)

// fill reads a measure; its state is that of r's moment. What is not in the
// scope is as it was.
func (r *reading) fill(w *row, m *measure, what scope) {
	if what == everything {
		w.reset()
	}
	w.place = place{m.strategy, m.focusArea, r.owner(m)}
	w.tally = tally{}
	if m.kind == plan.Arrangement {
		w.tally.when(ofArrangements, m.inPlan())
		return
	}
	r.fillShares(w, m, what)
	if what&inStanding != 0 {
		w.standing = r.standing(m, w.place)
	}
	if what&inMoves != 0 {
		w.moves = r.moves(m)
	}
	w.flow = r.flow(m)
	w.count(m)
}

func (r *reading) fillShares(w *row, m *measure, what scope) {
	k := &w.members
	if what&inK1 != 0 {
		k[0] = r.k1(m, k[0][:0])
	}
	if what&inK2 != 0 {
		k[1] = r.k2(m, k[1][:0])
	}
	if what&inK3 != 0 {
		k[2], w.dated = r.k3(m, k[2][:0], w.dated[:0])
	}
	if what&inK4 != 0 {
		k[3] = r.k4(m, k[3][:0])
	}
	if what&inK5 != 0 {
		k[4], w.slips = r.k5(m, k[4][:0], w.slips[:0])
	}
	if what&inK6 != 0 {
		k[5] = r.k6(m, k[5][:0])
	}
	if what&inK7 != 0 {
		k[6], w.unresolved = r.k7(m, k[6][:0])
		w.contributors = r.contributors(m, w.contributors[:0])
		w.sectors = r.sectors(m, k[6])
	}
}

// reset empties the row and keeps its room.
func (w *row) reset() {
	old := *w
	*w = row{dated: old.dated[:0], slips: old.slips[:0], contributors: old.contributors[:0]}
	for i := range old.members {
		w.members[i] = old.members[i][:0]
	}
}
