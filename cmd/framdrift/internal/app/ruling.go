package app

import (
	"cmp"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/projections/snapshot"
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

// written is a ruling as it is written down; the commands in the order they came.
type written struct {
	Actors      actors.State
	Plans       domain.Table[domain.PlanID, region.Plan]
	Corrections correction.State
	Time        time.Time
	Position    domain.Position
	Commands    []writtenCommand
}

type writtenCommand struct {
	Key   domain.Key
	First domain.Position
	Count uint32
}

var rulingFormat = snapshot.Of[written]()

// Shape is that of the format.
func (*ruling) Shape() string { return rulingFormat.Shape() }

// Snapshot is the state and the commands.
func (r *ruling) Snapshot() []byte {
	s := r.current()
	w := written{s.Actors, s.Plans, s.Corrections, s.Time, r.position, make([]writtenCommand, 0, len(r.commands))}
	for key, of := range r.commands {
		w.Commands = append(w.Commands, writtenCommand{key, of.first, of.count})
	}
	slices.SortFunc(w.Commands, func(a, b writtenCommand) int { return cmp.Compare(a.First, b.First) })
	return rulingFormat.Encode(w)
}

// Restore takes the state as it was.
func (r *ruling) Restore(b []byte) error {
	w, err := rulingFormat.Decode(b)
	if err != nil {
		return fmt.Errorf("app: the ruling: %w", err)
	}
	r.state = region.State{Actors: w.Actors, Plans: w.Plans, Corrections: w.Corrections, Time: w.Time}
	r.position, r.evolved = w.Position, w.Position
	r.commands = make(map[domain.Key]span, len(w.Commands))
	for _, c := range w.Commands {
		r.commands[c.Key] = span{c.First, c.Count}
	}
	return nil
}

func (r *ruling) remembered(id domain.CommandID, key domain.Key) (Receipt, bool) {
	s, ok := r.commands[key]
	return Receipt{Command: id, First: s.first, Last: s.first + domain.Position(s.count) - 1}, ok
}
