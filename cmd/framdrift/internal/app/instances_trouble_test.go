//go:build faults

package app_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// While an instance hears nothing it says so, reads as of then, and saves
// nothing; a server that is cut off is left for another.
func TestAnInstanceSaysWhenItCannotReachTheLog(t *testing.T) {
	const measures = 3
	s, regions := instances(t, measures)
	near, far := regions[0], regions[1]
	s.Nodes[0].Isolate() // it goes on telling near that there is nothing new
	q := ask(commandID(1), plan.Start{On: on(0)})
	for _, err := far.Do(t.Context(), q); err != nil; _, err = far.Do(t.Context(), q) {
		if kind := domain.KindOf(err); kind != domain.Busy && kind != domain.Failed {
			t.Fatal(err)
		}
	}
	jetstreamtest.Eventually(t, "near has what far wrote", func() bool { return position(near) == position(far) })
	s.Nodes[0].Mend()
	s.Ready(t)
	becomes(t, near, "")

	for _, n := range s.Nodes {
		n.Shut()
	}
	before := position(near)
	becomes(t, near, "log.silent")
	_, err := near.Do(t.Context(), ask(commandID(2), plan.Start{On: on(1)}))
	if e := domain.Explain(err); e.Code != "log.silent" || e.Kind != domain.Busy || position(near) != before {
		t.Errorf("a command is answered with %v", err)
	}
	if p, err := near.Plan(t.Context(), "", app.Per{}); err != nil || len(p.Measures) != measures || near.Writable() == nil {
		t.Errorf("%d measures can be read, and the region is writable: %v", len(p.Measures), err)
	}
	for _, n := range s.Nodes {
		n.Mend()
	}
	becomes(t, near, "")
	mustDo(t, near, ask(commandID(2), plan.Start{On: on(1)}))

	deleteLog(t, s)
	becomes(t, near, "log.missing")
	before = position(near)
	_, err = near.Do(t.Context(), ask(commandID(3), plan.Start{On: on(2)}))
	if e := domain.Explain(err); e.Code != "log.missing" || e.Kind != domain.Damaged || position(near) != before {
		t.Errorf("a command to a log that is gone is answered with %v", err)
	}
}

// becomes waits until the region is ready, or is not for a reason with the code.
func becomes(t *testing.T, r *app.Region, code string) {
	t.Helper()
	jetstreamtest.Eventually(t, "the instance becomes «"+code+"»", func() bool {
		err := r.Ready()
		return err == nil && code == "" || err != nil && domain.Explain(err).Code == code
	})
}

// deleteLog does what nobody may.
func deleteLog(t *testing.T, s *jetstreamtest.Servers) {
	t.Helper()
	nkey, err := nats.NkeyOptionFromSeed(s.Accounts[0].Root)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(s.URL(), nkey)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Request("$JS.API.STREAM.DELETE.FRAMDRIFT_fosen", nil, time.Minute); err != nil {
		t.Fatal(err)
	}
}

// The instance at the leader always has something to do, and is quicker than
// the others. They get their turn all the same.
func TestNoInstanceKeepsTheOthersOut(t *testing.T) {
	const hogs, turns = 8, 10
	s, regions := instances(t, hogs+1)
	near := slices.Index(s.Nodes, s.Leader(t, s.Accounts[0].Name, "FRAMDRIFT_fosen"))
	far := regions[(near+1)%len(regions)]
	ctx, cancel := context.WithCancel(t.Context())
	var wait sync.WaitGroup
	for i := range hogs {
		wait.Go(func() {
			for n := 0; ctx.Err() == nil; n++ {
				q := ask(app.NewCommandID(), plan.Assign{On: on(i), Owner: "radet", User: domain.UserID(fmt.Sprintf("u%d", n))})
				if _, err := regions[near].Do(ctx, q); err != nil && ctx.Err() == nil {
					t.Error(err)
					return
				}
			}
		})
	}
	begun := time.Now()
	for n := range turns {
		mustDo(t, far, ask(commandID(n), plan.Assign{On: on(hogs), Owner: "radet", User: domain.UserID(fmt.Sprintf("u%d", n))}))
	}
	t.Logf("%v a turn, while the other instance came to event %d", time.Since(begun)/turns, position(regions[near]))
	cancel()
	wait.Wait()
}
