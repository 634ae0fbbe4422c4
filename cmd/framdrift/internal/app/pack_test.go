package app_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// bigPlan is a plan of its own of so many measures with texts of 9 000 characters.
func bigPlan(id string, measures int) plan.Import {
	p := planOf(measures)
	p.Plan.Plan, p.File.SHA256, p.Actors = domain.PlanID(id), id, nil
	for i := range p.Measures {
		p.Measures[i].Measure.Text = strings.Repeat("abcdefghi ", 900)
	}
	return p
}

// Plans of 3 MB wait at the door together, and one that no message takes, and
// small changes: the message holds 8 MB, so they go in several, each plan whole.
func TestWhatDoesNotFitInOneMessageGoesInTheNext(t *testing.T) {
	const plans, measures = 6, 330
	_, r := newRegion(t, 1)
	before := position(r)
	var wait sync.WaitGroup
	receipts := make([]app.Receipt, plans)
	for i := range plans {
		wait.Go(func() { receipts[i] = mustDo(t, r, ask(commandID(i), bigPlan(fmt.Sprintf("stor-%d", i), measures))) })
		wait.Go(func() {
			change := ask(commandID(100+i), plan.Assign{On: on(0), Owner: "radet", User: domain.UserID(fmt.Sprintf("u%d", i))})
			change.Plan = "plan-2022"
			mustDo(t, r, change)
		})
	}
	wait.Go(func() {
		_, err := r.Do(context.Background(), ask(commandID(plans), bigPlan("altfor-stor", 1000)))
		if code := domain.Explain(err).Code; code != "door.too-large" {
			t.Errorf("a plan of 9 MB: %v", err)
		}
	})
	wait.Wait()
	if added := position(r) - before; added != plans*(measures+2)+plans {
		t.Errorf("%d events were added", added)
	}
	for i, receipt := range receipts {
		p, err := r.Plan(context.Background(), domain.PlanID(fmt.Sprintf("stor-%d", i)), app.Per{})
		if err != nil || len(p.Measures) != measures || receipt.Last-receipt.First+1 != measures+2 {
			t.Errorf("plan %d: %d measures, events %d to %d (%v)", i, len(p.Measures), receipt.First, receipt.Last, err)
		}
	}
}

// Whoever asks again with a command id is answered from memory, however many
// commands there have been: also ids that are no UUIDs.
func TestEveryCommandIsRememberedByItsWholeID(t *testing.T) {
	_, r := newRegion(t, 1)
	given := map[domain.CommandID]app.Receipt{}
	ids := []domain.CommandID{"en", "to", "018ce84c-da80-77a6-8a16-13a8b135b907", "018CE84C-DA80-77A6-8A16-13A8B135B907", "018ce84cda8077a68a1613a8b135b907"}
	for i, id := range ids {
		given[id] = mustDo(t, r, ask(id, plan.Assign{On: on(0), Owner: "radet", User: domain.UserID(fmt.Sprintf("u%d", i))}))
		if given[id].Repeated {
			t.Errorf("%s was taken for another command", id)
		}
	}
	for id, first := range given {
		if again := mustDo(t, r, ask(id, plan.Start{On: on(0)})); !again.Repeated || again.First != first.First {
			t.Errorf("%s: first %+v, then %+v", id, first, again)
		}
	}
}
