//go:build faults

package app_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/history"
)

// While the leader is away, commands wait; those that gave up saved nothing or
// are found by their id.
func TestInstancesLiveThroughTheLossOfTheLeader(t *testing.T) {
	const measures, rounds = 3, 8
	s, regions := instances(t, measures)
	var wait sync.WaitGroup
	begun := make(chan struct{}, len(regions))
	for i, r := range regions {
		wait.Go(func() {
			for n := range rounds {
				q := ask(commandID(1000*i+n), plan.Assign{On: on(i), Owner: "radet", User: domain.UserID(fmt.Sprintf("u%d", n))})
				for _, err := r.Do(context.Background(), q); err != nil; _, err = r.Do(context.Background(), q) {
					if kind := domain.KindOf(err); kind != domain.Busy && kind != domain.Failed {
						t.Error(err)
						return
					}
				}
				if n == 1 {
					begun <- struct{}{}
				}
			}
		})
	}
	for range regions {
		<-begun
	}
	leader := s.Leader(t, s.Accounts[0].Name, "FRAMDRIFT_fosen")
	leader.Kill(t)
	var others []*app.Region
	for i, n := range s.Nodes {
		if n != leader {
			others = append(others, regions[i])
		}
	}
	mustDo(t, others[0], ask(commandID(5000), actors.Register{Actor: "a", Name: "A", Kind: actors.Body, Sector: actors.Public}))
	leader.Start(t)
	wait.Wait()
	same(t, regions)
	lines, err := regions[0].History(t.Context(), app.HistoryQuery{Filter: history.Filter{Type: "measure.assigned"}, Language: domain.English})
	if err != nil || len(lines) != len(regions)*rounds {
		t.Errorf("%d assignments stand, want %d: %v", len(lines), len(regions)*rounds, err)
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
