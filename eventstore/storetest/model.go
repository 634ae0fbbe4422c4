package storetest

import (
	"errors"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore"
)

// A model is what a log should be: a list.
type model []message

func (m model) head() eventstore.Head { return headAt(m, len(m)) }

// testModel does anything in any order to a log and to a list, and looks for
// a difference; at the end also in a store that was opened again. Each case
// has a region of its own.
func testModel(t *testing.T, p *place) {
	models := map[string]model{}
	rapid.Check(t, func(rt *rapid.T) {
		name := "region-" + strconv.Itoa(len(models)+1)
		log, err := p.store.Create(t.Context(), name)
		if err != nil {
			rt.Fatal(err)
		}
		m := &machine{t: t, log: log}
		defer func() { models[name] = m.model }()
		rt.Repeat(map[string]func(*rapid.T){
			"append": m.append,
			"misses": m.misses,
			"reads":  m.reads,
		})
		same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, m.model)
	})
	p.reopen(t)
	for name, want := range models {
		log, err := p.store.Open(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, want)
	}
}

// A machine is a log, its model, and what may be done to both.
type machine struct {
	t     *testing.T
	log   eventstore.Log
	model model
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
