package app_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// A porter is an Observer that can stop the door when a pack has been stored.
type porter struct {
	stop   atomic.Bool
	stands chan struct{} // told when the door stands still
	goOn   chan struct{}
	then   func() // called when a pack has been stored; may be nil
}

func newPorter() *porter { return &porter{stands: make(chan struct{}), goOn: make(chan struct{})} }

func (p *porter) Appended(time.Duration, []domain.Recorded) {
	if p.then != nil {
		p.then()
	}
	if p.stop.CompareAndSwap(true, false) {
		p.stands <- struct{}{}
		<-p.goOn
	}
}

// watched is a region of some measures whose door a porter watches.
func watched(t *testing.T, p *porter) *app.Region {
	t.Helper()
	a, err := app.Create(t.Context(), app.Options{Dir: t.TempDir(), Clock: ticking("2022-06-20"), Observer: p})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeApp(t, a) })
	return fill(t, a, measures)
}

// standStill gives one command, and returns when it is stored and the door
// stands still. What it gives waits for the answer.
func standStill(t *testing.T, r *app.Region, p *porter) (answered func()) {
	t.Helper()
	p.stop.Store(true)
	var wait sync.WaitGroup
	wait.Go(func() {
		if _, err := r.Do(context.Background(), assign("first")); err != nil {
			t.Error(err)
		}
	})
	<-p.stands
	return wait.Wait
}

// assign is a command that changes something, with an id and a user of its own.
func assign(user string) domain.Request {
	return ask(app.NewCommandID(), plan.Assign{On: on(0), Owner: "radet", User: domain.UserID(user)})
}

func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for end := time.Now().Add(time.Minute); !so(); <-look.C {
		if time.Now().After(end) {
			t.Fatalf("after a minute it is not so that %s", what)
		}
	}
}

// Somebody who floods the door asks again as soon as he is answered. Who comes
// after him is in the next pack all the same.
func TestOneWhoFloodsTheDoorKeepsNobodyFromTheNextPack(t *testing.T) {
	const flood, rounds = 400, 4
	p := newPorter()
	r := watched(t, p)
	answered := standStill(t, r, p)
	before := position(r)
	var wait sync.WaitGroup
	for i := range flood {
		wait.Go(func() {
			for n := range rounds {
				if _, err := r.Do(context.Background(), assign(fmt.Sprintf("f%d-%d", i, n))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	eventually(t, "the flood has come", func() bool { return r.Waiting() == flood })
	var late app.Receipt
	wait.Go(func() { late = mustDo(t, r, assign("late")) })
	eventually(t, "who comes late waits", func() bool { return r.Waiting() == flood+1 })
	p.goOn <- struct{}{}
	answered()
	wait.Wait()
	if at := uint64(late.First) - before; at > flood+1 {
		t.Errorf("%d events of the flood came before it, and %d waited when it came", at-1, flood)
	}
	if added := position(r) - before; added != flood*rounds+1 {
		t.Errorf("%d events came", added)
	}
}

// The row has an end, and who finds it full is told so at once. Those in it are
// all answered, and nothing else is stored.
func TestARowThatIsFullIsSaidAndNothingIsSaved(t *testing.T) {
	const more = 20
	p := newPorter()
	r := watched(t, p)
	for i := range 2 {
		mustDo(t, r, ask(app.NewCommandID(), actors.Grant{User: clerk(i), Role: domain.RoleCoordinator}))
	}
	answered := standStill(t, r, p)
	before := position(r)
	var wait sync.WaitGroup
	var carriedOut atomic.Int64
	for i := range app.MaxWaiting {
		wait.Go(func() {
			q := assign(fmt.Sprintf("u%d", i))
			q.By = clerk(i % 2)
			if _, err := r.Do(context.Background(), q); err != nil {
				t.Error(err)
			}
			carriedOut.Add(1)
		})
	}
	eventually(t, "the row is full", func() bool { return r.Waiting() == app.MaxWaiting })
	for i := range more {
		_, err := r.Do(t.Context(), assign(fmt.Sprintf("m%d", i)))
		e := domain.Explain(err)
		if e.Code != "door.busy" || e.Kind != domain.Busy {
			t.Fatalf("number %d after the last is answered %v", i, err)
		}
		for _, sentence := range []string{e.Message.NB, e.Message.NN, e.Message.EN} {
			if !strings.Contains(sentence, fmt.Sprint(app.MaxWaiting)) {
				t.Errorf("it does not say how many wait: %s", sentence)
			}
		}
	}
	p.goOn <- struct{}{}
	answered()
	wait.Wait()
	if got := position(r) - before; got != app.MaxWaiting || carriedOut.Load() != app.MaxWaiting {
		t.Errorf("%d events came of %d commands", got, carriedOut.Load())
	}
	mustDo(t, r, assign("again"))
}

func clerk(i int) domain.UserID { return domain.UserID(fmt.Sprintf("clerk%d", i)) }

// One user can fill half the row and no more: there is always room for another,
// and for himself when he has been answered.
func TestNobodyFillsTheRowAlone(t *testing.T) {
	p := newPorter()
	r := watched(t, p)
	mustDo(t, r, ask(app.NewCommandID(), actors.Grant{User: clerk(0), Role: domain.RoleCoordinator}))
	answered := standStill(t, r, p)
	var wait sync.WaitGroup
	for i := range app.MaxShare - 1 { // the one that stands still is his, too
		wait.Go(func() { mustDo(t, r, assign(fmt.Sprintf("u%d", i))) })
	}
	eventually(t, "his share is full", func() bool { return r.Waiting() == app.MaxShare-1 })
	_, err := r.Do(t.Context(), assign("more"))
	if e := domain.Explain(err); e.Code != "door.share" || e.Kind != domain.Busy {
		t.Errorf("one more of his is answered %v", err)
	}
	wait.Go(func() {
		q := assign("another")
		q.By = clerk(0)
		mustDo(t, r, q)
	})
	eventually(t, "another has room", func() bool { return r.Waiting() == app.MaxShare })
	p.goOn <- struct{}{}
	answered()
	wait.Wait()
	mustDo(t, r, assign("again"))
}

// Who goes away while his command is stored is told that it was; who goes away
// before it is decided, that it was not.
func TestWhoGoesAwayIsToldWhatHappened(t *testing.T) {
	p := newPorter()
	r := watched(t, p)
	ctx, goAway := context.WithCancel(t.Context())
	p.then = goAway
	stored, before := assign("stored"), position(r)
	receipt, err := r.Do(ctx, stored)
	if err != nil || uint64(receipt.First) != before+1 || position(r) != before+1 || ctx.Err() == nil {
		t.Errorf("after the commit he is told %+v, %v", receipt, err)
	}
	p.then = nil
	if again := mustDo(t, r, stored); !again.Repeated || again.First != receipt.First {
		t.Errorf("asked again it says %+v", again)
	}

	answered := standStill(t, r, p)
	before = position(r)
	ctx, goAway = context.WithCancel(t.Context())
	waiting := assign("waiting")
	told := make(chan error, 1)
	go func() {
		_, err := r.Do(ctx, waiting)
		told <- err
	}()
	eventually(t, "he waits", func() bool { return r.Waiting() == 1 })
	goAway()
	p.goOn <- struct{}{}
	answered()
	if err := <-told; domain.Explain(err).Code != "door.cancelled" || !errors.Is(err, context.Canceled) || position(r) != before {
		t.Errorf("before the decision he is told %v, and the log went from %d to %d", err, before, position(r))
	}
	if again := mustDo(t, r, waiting); again.Repeated {
		t.Errorf("asked again it says %+v", again)
	}
}
