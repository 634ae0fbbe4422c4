package projections_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/projections"
)

// A pile keeps messages, up to one it cannot.
type pile struct {
	messages []eventstore.Message
	poison   uint64
}

func (*pile) Name() string { return "pile" }

func (p *pile) Keep(m eventstore.Message) error {
	if m.Head.Sequence == p.poison {
		return errors.New("poison")
	}
	p.messages = append(p.messages, m)
	return nil
}

func stored(t *testing.T, log eventstore.Log) []eventstore.Message {
	t.Helper()
	var all []eventstore.Message
	for m, err := range log.Read(t.Context(), eventstore.Head{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	return all
}

// What is read and what is appended here come to a keeper alike: the bytes on
// the log.
func TestAKeeperIsGivenEveryMessageAsItIsStored(t *testing.T) {
	log := newLog(t)
	appendEvents(t, log, eventstore.Head{}, 1, 3)
	p := &pile{}
	r := projections.NewRunner("fosen", log, plain)
	r.KeepIn(p)
	if err := r.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	for n := 4; n <= 60; n += 19 { // few at once, and many
		var commits []eventstore.Commit
		var events []domain.Recorded
		for i := n; i < n+19; i++ {
			events = append(events, event(i))
			commits = append(commits, eventstore.Commit{Subject: "-.actor.a", Events: [][]byte{line(t, event(i))}})
		}
		if err := r.Append(t.Context(), r.Head(), commits, events); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Append(t.Context(), r.Head(), []eventstore.Commit{{Subject: "-.actor.b", Events: [][]byte{line(t, event(61))}}}, []domain.Recorded{event(61)}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(stored(t, log), p.messages); diff != "" {
		t.Error(diff)
	}
}

func TestWhatAKeeperCannotKeepStopsItAlone(t *testing.T) {
	log := newLog(t)
	head := appendEvents(t, log, eventstore.Head{}, 1, 1)
	head = appendEvents(t, log, head, 2, 2)
	appendEvents(t, log, head, 3, 3)
	p, l := &pile{poison: 2}, &list{}
	r := projections.NewRunner("fosen", log, plain, l)
	r.KeepIn(p)
	if err := r.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(l.positions) != 3 || len(p.messages) != 1 {
		t.Errorf("the projection has %v, the keeper %d messages", l.positions, len(p.messages))
	}
	for _, h := range r.Health() {
		if (h.Err != nil) != (h.Name == "pile") {
			t.Errorf("%s: %v", h.Name, h.Err)
		}
		if h.Name == "pile" && h.Head.Sequence != 1 {
			t.Errorf("the keeper is at %d", h.Head.Sequence)
		}
	}
}
