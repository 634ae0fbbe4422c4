package app_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// traces are what a write would leave: the content, the size and the time of
// every file of a directory.
func traces(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := hashes(t, dir)
	for path := range all {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		all[path] += fmt.Sprint(" ", info.Mode(), info.Size(), info.ModTime())
	}
	return all
}

// refusals are commands that lead to nothing, by the code of their answer; an
// empty code is a command that has nothing to change, or was carried out before.
func refusals(n int) map[string]domain.Request {
	by := func(q domain.Request, user domain.UserID) domain.Request { q.By = user; return q }
	id := commandID(10_000 + n)
	big := bigPlan(fmt.Sprintf("stor-%d", n), 1000)
	return map[string]domain.Request{
		"measure.not-started":  ask(id, plan.Complete{On: on(1), Result: "En tekst som skulle vært forseglet"}),
		"measure.not-adopted":  ask(id, plan.Start{On: on(77)}),
		"actor.not-registered": ask(id, plan.Assign{On: on(1), Owner: "ingen"}),
		"decision.no-case":     ask(id, plan.AdoptDeadline{On: on(1), Deadline: domain.MustDate("2030-01-01")}),
		"input.too-long":       ask(id, actors.Register{Actor: "x", Name: strings.Repeat("x", 2000), Kind: actors.Body, Sector: actors.Public}),
		"door.too-large":       ask(id, big),
		"user.not-allowed":     by(ask(id, plan.Start{On: on(1)}), "u9"),
		"":                     ask(commandID(1), plan.Start{On: on(0)}), // again
		"nothing":              ask(id, actors.RegisterRegion{Region: "fosen", Name: "Fosenregionen"}),
	}
}

// A command that loses to a rule, to another that was first, to a limit or to
// its own repetition costs no write: not to the log, nor to the keys or marks.
func TestACommandThatLeadsToNothingCostsNoDiskWrite(t *testing.T) {
	const clients, rounds = 8, 25
	dir := t.TempDir()
	p := newPorter()
	a, err := app.Create(t.Context(), app.Options{Dir: dir, Clock: ticking("2022-06-20"), Observer: p})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r := fill(t, a, measures)
	mustDo(t, r, ask(commandID(1), plan.Start{On: on(0)}))
	mustDo(t, r, ask(commandID(2), plan.Complete{On: on(0), Result: "Ferdig"})) // there is a key
	if err := r.Kept(); err != nil {
		t.Fatal(err)
	}
	head := r.Head()
	p.then = func() { t.Error("something was appended") }
	before := traces(t, dir)
	var wait sync.WaitGroup
	for c := range clients {
		wait.Go(func() {
			for n := range rounds {
				for code, q := range refusals(c*rounds + n) {
					if code == "door.too-large" && n > 0 {
						continue // it takes its time
					}
					receipt, err := r.Do(context.Background(), q)
					nothing := err == nil && (receipt.Repeated || !receipt.Changed())
					if wanted := code == "" || code == "nothing"; wanted != nothing || !wanted && domain.Explain(err).Code != code {
						t.Errorf("%s: it is answered %+v, %v", code, receipt, err)
					}
				}
			}
		})
	}
	wait.Wait()
	if r.Head() != head {
		t.Errorf("the log went from %v to %v", head, r.Head())
	}
	if n, err := r.Messages(t.Context()); n != head.Sequence || err != nil {
		t.Errorf("the server has %d messages (%v)", n, err)
	}
	for path, trace := range traces(t, dir) {
		if before[path] != trace {
			t.Errorf("%s was %s and is %s", path, before[path], trace)
		}
	}
}
