package app

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/region"
)

// A ruling is what the door decides by: the region's state, and every command
// that has been carried out. It is a projection like the others. A remembered
// command costs about 100 bytes of memory.
type ruling struct {
	state    region.State
	commands map[domain.CommandID]span
	position domain.Position // of the latest event
}

// span is the positions of a command's events.
type span struct{ first, last domain.Position }

func newRuling() *ruling { return &ruling{commands: map[domain.CommandID]span{}} }

func (r *ruling) Name() string { return "ruling" }
func (r *ruling) Version() int { return 1 }

func (r *ruling) Apply(e domain.Recorded) error {
	r.state, r.position = region.Evolve(r.state, e), e.Position
	s, ok := r.commands[e.Command]
	if !ok {
		s.first = e.Position
	}
	s.last = e.Position
	r.commands[e.Command] = s
	return nil
}

func (r *ruling) remembered(id domain.CommandID) (Receipt, bool) {
	s, ok := r.commands[id]
	return Receipt{Command: id, First: s.first, Last: s.last}, ok
}
