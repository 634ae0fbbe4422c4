package projections

import (
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A count is a projection that takes anything.
type count struct {
	name string
	n    int
}

func (c *count) Name() string                { return c.name }
func (*count) Version() int                  { return 1 }
func (c *count) Apply(domain.Recorded) error { c.n++; return nil }

// events are n that follow each other.
func events(n int) (all []domain.Recorded) {
	for i := range n {
		all = append(all, domain.Recorded{
			ID: domain.EventID(fmt.Sprintf("e%d", i+1)), Region: "fosen", Position: domain.Position(i + 1),
			Time: time.Date(2022, 6, 10, 12, 0, i, 0, time.UTC), Event: actors.Registered{},
		})
	}
	return all
}

// packed puts events into messages and messages into batches as t draws.
func packed(t *rapid.T, all []domain.Recorded) (batches [][]decoded) {
	var head eventstore.Head
	for len(all) > 0 {
		var batch []decoded
		for range rapid.IntRange(1, 3).Draw(t, "messages") {
			n := min(len(all), rapid.IntRange(1, 20).Draw(t, "events"))
			head.Sequence++
			head.Position += uint64(n)
			batch = append(batch, decoded{Message: eventstore.Message{Head: head}, events: all[:n:n]})
			if all = all[n:]; len(all) == 0 {
				break
			}
		}
		batches = append(batches, batch)
	}
	return batches
}

// deal changes what is given of events: one is skipped, comes again, changes
// places with the next or is another.
func deal(t *rapid.T, all []domain.Recorded) []domain.Recorded {
	dealt, at := slices.Clone(all), rapid.IntRange(0, len(all)-2).Draw(t, "at")
	switch rapid.SampledFrom([]string{"skip", "repeat", "swap", "swap and renumber", "another"}).Draw(t, "what") {
	case "skip":
		return slices.Delete(dealt, at, at+1)
	case "repeat":
		return slices.Insert(dealt, at, dealt[at])
	case "swap":
		dealt[at], dealt[at+1] = dealt[at+1], dealt[at]
	case "swap and renumber":
		dealt[at].ID, dealt[at+1].ID = dealt[at+1].ID, dealt[at].ID
	case "another":
		dealt[at].ID += "x"
	}
	return dealt
}

func TestAProjectionThatIsNotGivenTheLogStopsAndNoOtherDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := events(rapid.IntRange(2, 80).Draw(t, "events"))
		r := NewRunner("fosen", nil, codec.New(nil), &count{name: "well"}, &count{name: "ill"})
		for _, batch := range packed(t, all) {
			if err := r.feed(batch...); err != nil {
				t.Fatal(err)
			}
		}
		ill := &fed{Projection: &count{name: "ill"}}
		for _, batch := range packed(t, deal(t, all)) {
			ill.take(batch)
		}
		r.fed[1] = ill
		ill.compare(r.head, r.digest)
		for _, h := range r.Health() {
			if errors.Is(h.Err, ErrMisfed) != (h.Name == "ill") {
				t.Errorf("%s: %v", h.Name, h.Err)
			}
		}
	})
}

// What is amiss with one projection is found with the next event, however it
// came about, and then it is given nothing more.
func TestAProjectionThatHasLostItsPlaceStopsAtTheNextEvent(t *testing.T) {
	for what, lose := range map[string]func(*fed){
		"it skipped one":             func(f *fed) { f.head.Position++ },
		"it will be given one again": func(f *fed) { f.head.Position-- },
		"it was given another":       func(f *fed) { f.digest++ },
	} {
		all := events(6)
		r := NewRunner("fosen", nil, codec.New(nil), &count{name: "well"}, &count{name: "ill"})
		message := func(first, last int) decoded {
			return decoded{Message: eventstore.Message{Head: eventstore.Head{Sequence: uint64(last), Position: uint64(last)}}, events: all[first-1 : last]}
		}
		for n := 1; n <= 6; n++ {
			if n == 4 {
				lose(r.fed[1])
			}
			if err := r.feed(message(n, n)); err != nil {
				t.Fatal(err)
			}
		}
		health := r.Health()
		if health[0].Err != nil || health[0].Head.Position != 6 || !errors.Is(health[1].Err, ErrMisfed) {
			t.Errorf("when %s: %+v", what, health)
		}
		if n := r.fed[1].Projection.(*count).n; n > 4 {
			t.Errorf("when %s: it was given %d events", what, n)
		}
	}
}

// Anybody can make the digest of a log: fnv1a64 of its ids, a line each.
func TestADigestIsTheHashOfTheIDs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all, want := events(rapid.IntRange(0, 40).Draw(t, "events")), fnv.New64a()
		r := NewRunner("fosen", nil, codec.New(nil), &count{name: "one"})
		for _, batch := range packed(t, all) {
			if err := r.feed(batch...); err != nil {
				t.Fatal(err)
			}
		}
		for _, e := range all {
			fmt.Fprintln(want, e.ID)
		}
		if got := r.Health()[0].Digest.String(); got != fmt.Sprintf("%016x", want.Sum64()) {
			t.Errorf("the digest of %d events is %s, not %016x", len(all), got, want.Sum64())
		}
	})
}
