package storetest

import (
	"errors"
	"path/filepath"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore"
)

// A model is what a log should be: a list.
type model []message

func (m model) head() eventstore.Head { return headAt(m, len(m)) }

// testModel does anything in any order to a log and to a list, and looks for
// a difference, at the end in a store that was opened again.
func testModel(t *testing.T, p *place) {
	place, number := p, 0
	rapid.Check(t, func(rt *rapid.T) {
		number++
		p := newMachine(t, rt, place.open, filepath.Join(place.dir, strconv.Itoa(number)))
		defer p.close(rt)
		rt.Repeat(map[string]func(*rapid.T){
			"append":  p.append,
			"misses":  p.misses,
			"reads":   p.reads,
			"reopens": p.reopens,
		})
		p.reopen(rt)
		same(t, read(t, p.log, eventstore.Head{}), eventstore.Head{}, p.model)
	})
}

// A machine is a log, its model, and what may be done to both.
type machine struct {
	t     *testing.T
	place *place
	log   eventstore.Log
	model model
}

func newMachine(t *testing.T, rt *rapid.T, open Open, dir string) *machine {
	m := &machine{t: t, place: &place{open: open, dir: dir, store: open(t, dir)}}
	var err error
	if m.log, err = m.place.store.Create(t.Context(), region); err != nil {
		rt.Fatal(err)
	}
	return m
}

func (m *machine) close(rt *rapid.T) {
	if err := m.place.store.Close(); err != nil {
		rt.Errorf("Close: %v", err)
	}
}

// drawCommits gives commits and the message that they should become. Their
// subjects and events are few and short: what they hold is for other tests.
func drawCommits(rt *rapid.T) ([]eventstore.Commit, message) {
	var commits []eventstore.Commit
	var whole message
	for range rapid.IntRange(1, 3).Draw(rt, "commits") {
		subject := rapid.SampledFrom([]string{"", "-.actor.radet", "p.measure.t01", "p.measure.t02"}).Draw(rt, "subject")
		var lines []string
		for range rapid.IntRange(1, 3).Draw(rt, "events") {
			lines = append(lines, strconv.Itoa(rapid.Int().Draw(rt, "event"))+"\n")
		}
		commits = append(commits, commit(subject, lines...))
		whole.lines = append(whole.lines, lines...)
	}
	if len(commits) == 1 {
		whole.subject = commits[0].Subject
	}
	return commits, whole
}

func (m *machine) append(rt *rapid.T) {
	commits, whole := drawCommits(rt)
	head, err := m.log.Append(m.t.Context(), m.model.head(), commits...)
	if err != nil {
		rt.Fatalf("Append: %v", err)
	}
	m.model = append(m.model, whole)
	if head != m.model.head() {
		rt.Fatalf("Append gives %+v, want %+v", head, m.model.head())
	}
}

// misses appends at a head where the log does not stand.
func (m *machine) misses(rt *rapid.T) {
	commits, _ := drawCommits(rt)
	wrong := rapid.Uint64Range(0, uint64(len(m.model))+3).Filter(func(n uint64) bool { return n != uint64(len(m.model)) }).Draw(rt, "sequence")
	if _, err := m.log.Append(m.t.Context(), eventstore.Head{Sequence: wrong}, commits...); !errors.Is(err, eventstore.ErrConflict) {
		rt.Fatalf("Append after %d of %d gives %v", wrong, len(m.model), err)
	}
}

func (m *machine) reads(rt *rapid.T) {
	n := rapid.IntRange(0, len(m.model)).Draw(rt, "after")
	after := headAt(m.model, n)
	same(m.t, read(m.t, m.log, after), after, m.model[n:])
}

// reopens does so seldom: a start takes as long as a hundred appends.
func (m *machine) reopens(rt *rapid.T) {
	if rapid.IntRange(0, 9).Draw(rt, "reopen at 9") == 9 {
		m.reopen(rt)
	}
}

func (m *machine) reopen(rt *rapid.T) {
	m.place.reopen(m.t)
	var err error
	if m.log, err = m.place.store.Open(m.t.Context(), region); err != nil {
		rt.Fatal(err)
	}
}
