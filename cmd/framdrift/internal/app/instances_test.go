//go:build faults

package app_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/projections/history"
)

// instances are three Framdrifts with a data directory each, one at each node
// of a cluster, and one region of n measures. The first began it.
func instances(t *testing.T, n int) (*jetstreamtest.Servers, []*app.Region) {
	t.Helper()
	s := jetstreamtest.Start(t, 3, 1)
	master := newMaster(t) // all have the same
	var regions []*app.Region
	for i, node := range s.Nodes {
		at := jetstream.External{URL: node.URL(), NKey: s.Accounts[0].App, Replicas: 3}
		if i == 0 {
			at.NKey = s.Accounts[0].Init
		}
		a, err := app.Create(t.Context(), app.Options{Dir: t.TempDir(), Clock: ticking("2022-06-20"), NATS: at, MasterKeyFile: master})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { closeApp(t, a) })
		if i == 0 {
			fill(t, a, n)
		}
		r, err := a.Region("fosen") // the others find it on the servers
		if err != nil {
			t.Fatal(err)
		}
		regions = append(regions, r)
	}
	return s, regions
}

// same waits until every instance has come as far as the furthest, and
// compares what they answer.
func same(t *testing.T, regions []*app.Region) {
	t.Helper()
	days := cmp.Comparer(func(a, b domain.Date) bool { return a == b })
	end := uint64(0)
	for _, r := range regions {
		end = max(end, position(r))
	}
	plans, lines := make([]app.Plan, len(regions)), make([][]history.Line, len(regions))
	for i, r := range regions {
		if err := r.Wait(t.Context(), domain.Position(end)); err != nil {
			t.Fatal(err)
		}
		var err error
		if plans[i], err = r.Plan(t.Context(), "", app.Per{}); err != nil {
			t.Fatal(err)
		}
		if lines[i], err = r.History(t.Context(), app.HistoryQuery{Language: domain.English}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(plans[0], plans[i], days) + cmp.Diff(lines[0], lines[i], days); diff != "" {
			t.Errorf("instance %d differs from the first:\n%s", i+1, diff)
		}
		if err := r.Err(); err != nil {
			t.Errorf("instance %d: %v", i+1, err)
		}
	}
}

// Three instances assign the same measures to one user after the other, and
// give commands with ids in common. Each assignment stands, in an order that
// all see; a command that two were given is carried out once.
func TestThreeInstancesRaceAndLoseNothing(t *testing.T) {
	const measures, rounds = 3, 10
	_, regions := instances(t, measures)
	before := position(regions[0])
	var wait sync.WaitGroup
	shared := make([][]app.Receipt, len(regions))
	for i, r := range regions {
		shared[i] = make([]app.Receipt, rounds)
		for m := range measures {
			wait.Go(func() {
				for n := range rounds {
					user := domain.UserID(fmt.Sprintf("u-%d-%d-%d", i, m, n))
					q := ask(commandID(1000*i+100*m+n), plan.Assign{On: on(m), Owner: "radet", User: user})
					if _, err := r.Do(context.Background(), q); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Go(func() {
			for n := range rounds {
				c := actors.Register{Actor: domain.ActorID(fmt.Sprintf("a%d", n)), Name: fmt.Sprintf("A%d", n), Kind: actors.Body, Sector: actors.Public}
				var err error
				if shared[i][n], err = r.Do(context.Background(), ask(commandID(9000+n), c)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	same(t, regions)
	if got, want := position(regions[0])-before, uint64(len(regions)*measures*rounds+rounds); got != want {
		t.Errorf("%d events came, want %d", got, want)
	}
	for n := range rounds {
		for i := range regions {
			if shared[i][n].First != shared[0][n].First || !shared[i][n].Changed() {
				t.Errorf("the command they have in common stands at %+v and at %+v", shared[0][n], shared[i][n])
			}
		}
	}
}

// What one instance has acknowledged, the next must not refuse for not having
// heard of it.
func TestAnInstanceRefusesOnlyByWhatTheLogSaysNow(t *testing.T) {
	const measures = 30
	_, regions := instances(t, measures)
	for m := range measures {
		mustDo(t, regions[m%3], ask(commandID(m), plan.Start{On: on(m)}))
		mustDo(t, regions[(m+1)%3], ask(commandID(100+m), plan.Complete{On: on(m), Result: "Ferdig"}))
		_, err := regions[(m+2)%3].Do(t.Context(), ask(commandID(200+m), plan.Start{On: on(m)}))
		if domain.KindOf(err) != domain.Refused {
			t.Errorf("a completed measure can be started: %v", err)
		}
	}
	for i, r := range regions { // a text can be read by all, wherever it was written
		if err := r.Wait(t.Context(), domain.Position(position(regions[1]))); err != nil {
			t.Fatal(err)
		}
		p, err := r.Plan(t.Context(), "", app.Per{})
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Measures[0].Result; got != "Ferdig" {
			t.Errorf("instance %d shows %q", i+1, got)
		}
	}
}
