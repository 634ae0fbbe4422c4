package app_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/history"
)

func TestTheSameCommandIDTwiceIsOneSetOfEventsAndTheSameAnswer(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	r := fill(t, a, 1)
	assign := ask(commandID(1), plan.Assign{On: on(0), Owner: "radet"})
	first := mustDo(t, r, assign)
	after := position(r)
	second := mustDo(t, r, assign)
	if !second.Repeated || second.First != first.First || second.Last != first.Last {
		t.Errorf("the second answer is %+v, the first was %+v", second, first)
	}
	closeApp(t, a)

	a = open(t, dir) // also after a restart
	defer closeApp(t, a)
	r, err := a.Region("fosen")
	if err != nil {
		t.Fatal(err)
	}
	third := mustDo(t, r, assign)
	if diff := cmp.Diff(second, third); diff != "" {
		t.Errorf("after a restart the answer differs:\n%s", diff)
	}
	if position(r) != after {
		t.Errorf("the log is at %d, not %d", position(r), after)
	}
}

func TestARefusedCommandAppendsNothing(t *testing.T) {
	_, r := newRegion(t, 1)
	before := position(r)
	for name, command := range map[string]domain.Command{
		"measure.not-started":  plan.Complete{On: on(0)},
		"measure.not-adopted":  plan.Start{On: on(77)},
		"actor.not-registered": plan.Assign{On: on(0), Owner: "ingen"},
		"decision.no-case":     plan.AdoptDeadline{On: on(0), Deadline: domain.MustDate("2030-01-01")},
		"input.too-long":       actors.Register{Actor: "x", Name: string(make([]byte, 2000)), Kind: actors.Body, Sector: actors.Public},
	} {
		_, err := r.Do(context.Background(), ask(commandID(1), command))
		if code := domain.Explain(err).Code; code != name {
			t.Errorf("%T: refused by %s, want %s", command, code, name)
		}
	}
	if position(r) != before {
		t.Errorf("the log went from %d to %d", before, position(r))
	}
}

func TestAUserWithoutARoleIsNotAllowed(t *testing.T) {
	_, r := newRegion(t, 1)
	q := ask(commandID(1), plan.Start{On: on(0)})
	q.By = "u9"
	if _, err := r.Do(context.Background(), q); domain.KindOf(err) != domain.Forbidden {
		t.Errorf("the answer is %v", err)
	}
}

// Sixty-four clients at once, each with a command of its own and all with one
// in common: every command is there once, whole, in some order.
func TestCommandsThatRaceAreAllThereOnce(t *testing.T) {
	const clients = 64
	_, r := newRegion(t, clients)
	before := position(r)
	var wait sync.WaitGroup
	answers := make([]app.Receipt, clients)
	shared := make([]app.Receipt, clients)
	for i := range clients {
		wait.Go(func() {
			answers[i] = mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
			shared[i] = mustDo(t, r, ask(commandID(clients), plan.Assign{On: on(0), Owner: "radet"}))
		})
	}
	wait.Wait()
	if got, want := position(r)-before, uint64(clients+1); got != want {
		t.Errorf("%d events were added, want %d", got, want)
	}
	seen := map[domain.Position]bool{}
	for i, a := range answers {
		if !a.Changed() || seen[a.First] || a.First != a.Last {
			t.Errorf("client %d got %+v", i, a)
		}
		seen[a.First] = true
	}
	for _, s := range shared {
		if s.First != shared[0].First {
			t.Errorf("the common command is at %d and at %d", s.First, shared[0].First)
		}
	}
}

// Both want to assign the same measure. The second is decided on what the
// first left, so both stand, one after the other; nobody is told of a conflict.
func TestRacingOnOneMeasureLosesNothing(t *testing.T) {
	_, r := newRegion(t, 1)
	mustDo(t, r, ask(commandID(1), actors.Register{Actor: "a", Name: "A", Kind: actors.Body, Sector: actors.Public}))
	const rounds = 20
	var wait sync.WaitGroup
	for n, owner := range []domain.ActorID{"radet", "a"} {
		wait.Go(func() {
			for i := range rounds {
				q := ask(commandID(100+n*rounds+i), plan.Assign{On: on(0), Owner: owner, User: domain.UserID(fmt.Sprintf("u%d", i))})
				if _, err := r.Do(context.Background(), q); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	lines, err := r.History(context.Background(), app.HistoryQuery{Filter: history.Filter{Type: "measure.assigned"}, Language: domain.English})
	if err != nil || len(lines) != 2*rounds {
		t.Errorf("%d assignments stand, want %d (%v)", len(lines), 2*rounds, err)
	}
}

func TestACommandCancelledBeforeItIsDecidedSavesNothing(t *testing.T) {
	_, r := newRegion(t, 1)
	before := position(r)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := r.Do(ctx, ask(commandID(1), plan.Start{On: on(0)}))
	if !errors.Is(err, context.Canceled) || position(r) != before {
		t.Errorf("the answer is %v and the log at %d, it was %d", err, position(r), before)
	}
}

func TestWhatIsAcknowledgedIsInEveryAnswerAfter(t *testing.T) {
	_, r := newRegion(t, 1)
	for i := range 50 {
		receipt := mustDo(t, r, ask(commandID(i), plan.Assign{On: on(0), Owner: "radet", User: domain.UserID(fmt.Sprintf("v%d", i))}))
		p, err := r.Plan(context.Background(), "", app.Per{})
		if err != nil {
			t.Fatal(err)
		}
		if p.Position < receipt.Last || p.Measures[0].Answers.User != domain.UserID(fmt.Sprintf("v%d", i)) {
			t.Fatalf("after event %d the plan is at %d and says %v", receipt.Last, p.Position, p.Measures[0].Answers)
		}
	}
}

func TestTheRegionsClockNeverGoesBack(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	fill(t, a, 1)
	closeApp(t, a)
	a, err := app.Open(context.Background(), app.Options{Dir: dir, Clock: ticking("2022-06-15")}) // five days back
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r, err := a.Region("")
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, r, ask(commandID(1), plan.Start{On: on(0)}))
	lines, err := r.History(context.Background(), app.HistoryQuery{Language: domain.English})
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(lines); i++ {
		if lines[i].Recorded.Before(lines[i-1].Recorded) {
			t.Errorf("event %d was recorded before event %d", lines[i].Position, lines[i-1].Position)
		}
	}
}

func TestADemoHasAClockOfItsOwn(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	if _, err := a.Init(t.Context(), ask(commandID(1), actors.RegisterRegion{Region: "fosen", Name: "Fosenregionen", Demo: true})); err != nil {
		t.Fatal(err)
	}
	closeApp(t, a)
	a, err := app.Open(t.Context(), app.Options{Dir: dir}) // by nobody's clock
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r, err := a.Region("fosen")
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, r, ask(commandID(2), actors.Register{Actor: "a", Name: "A", Kind: actors.Body, Sector: actors.Public}))
	lines, err := r.History(t.Context(), app.HistoryQuery{Language: domain.English})
	if err != nil {
		t.Fatal(err)
	}
	last := lines[len(lines)-1]
	if since := last.Recorded.Sub(lines[len(lines)-2].Recorded); since != time.Minute || last.Effective != domain.MustDate("2022-06-20") {
		t.Errorf("it was recorded %s after the event before it, effective %s", since, last.Effective)
	}
}

func TestACommandTooLargeForTheLogIsRefusedWithTheLimit(t *testing.T) {
	_, r := newRegion(t, 1)
	before := position(r)
	big := planOf(2000)
	big.Plan.Plan, big.File.SHA256 = "plan-2", "01"
	text := string(make([]rune, 0))
	for len(text) < 9_000 {
		text += "abcdefghij"
	}
	for i := range big.Measures {
		big.Measures[i].Measure.Text = text
	}
	_, err := r.Do(context.Background(), ask(commandID(1), big))
	if domain.Explain(err).Code != "door.too-large" || position(r) != before {
		t.Errorf("the answer is %v", err)
	}
	mustDo(t, r, ask(commandID(2), plan.Start{On: plan.On{Measure: "t01"}}))
}
