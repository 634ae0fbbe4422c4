package app

import (
	"sync/atomic"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/region"
)

// A ruling is what the door decides by: the region's state, and every command
// that has been carried out, for ever. It is a projection like the others. A
// remembered command costs less than 100 bytes of memory
// (docs/decisions/0008-command-ids-for-ever.md).
type ruling struct {
	state    region.State // see current
	unseen   domain.Unseen
	commands map[domain.Key]span
	position domain.Position // of the latest event
	evolved  domain.Position // state has the events up to here
	expected atomic.Pointer[expected]
	erasures chan struct{} // holds one when an erasure has come
}

// expected is the state that a round of decisions leads to. It need not be
// worked out again if it is the round's events that come.
type expected struct {
	first domain.EventID
	last  domain.Position
	state region.State
}

// span is the positions of a command's events.
type span struct {
	first domain.Position
	count uint32
}

func newRuling() *ruling {
	r := &ruling{commands: map[domain.Key]span{}, erasures: make(chan struct{}, 1)}
	r.state = region.Begin(&r.unseen)
	return r
}

// current is the state as it stands, to keep. Until somebody has asked, which is
// while a log is read, the state is changed where it lies.
func (r *ruling) current() region.State {
	r.unseen.End()
	return r.state
}

func (r *ruling) Name() string { return "ruling" }
func (r *ruling) Version() int { return 1 }

// expect says what is about to be appended, and the state after it. One
// message is there whole or not at all, and no other event has its first id.
func (r *ruling) expect(events []domain.Recorded, after region.State) {
	r.expected.Store(&expected{first: events[0].ID, last: events[len(events)-1].Position, state: after})
}

func (r *ruling) Apply(e domain.Recorded) error {
	r.position = e.Position
	if x := r.expected.Load(); x != nil && x.first == e.ID {
		r.state, r.evolved = x.state, x.last
	}
	if e.Position > r.evolved {
		r.state, r.evolved = region.Evolve(r.state, e), e.Position
	}
	if _, ok := e.Event.(correction.TextRedacted); ok {
		select {
		case r.erasures <- struct{}{}:
		default: // it is known that there is something to erase
		}
	}
	key := domain.KeyOf(e.Command)
	s, ok := r.commands[key]
	if !ok {
		s.first = e.Position
	}
	s.count++
	r.commands[key] = s
	return nil
}

func (r *ruling) remembered(id domain.CommandID, key domain.Key) (Receipt, bool) {
	s, ok := r.commands[key]
	return Receipt{Command: id, First: s.first, Last: s.first + domain.Position(s.count) - 1}, ok
}
