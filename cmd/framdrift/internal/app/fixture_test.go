package app_test

import (
	"context"
	"fmt"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

func TestMain(m *testing.M) {
	jetstreamtest.BeNode()
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir))
	}
	goleak.VerifyTestMain(m)
}

// A ticking clock starts at noon on a day and goes a second forward at each look.
func ticking(day string) func() time.Time {
	var ticks atomic.Int64
	begin := domain.MustDate(day).At(12, 0)
	return func() time.Time { return begin.Add(time.Duration(ticks.Add(1)) * time.Second) }
}

// commandID is a made-up id that is different for every n.
func commandID(n int) domain.CommandID {
	return domain.CommandID(fmt.Sprintf("00000000-0000-4000-8000-%012d", n))
}

func open(t testing.TB, dir string) *app.App {
	t.Helper()
	a, err := app.Create(context.Background(), app.Options{Dir: dir, Clock: ticking("2022-06-20")})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func closeApp(t testing.TB, a *app.App) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Error(err)
	}
}

func ask(id domain.CommandID, c domain.Command) domain.Request {
	return domain.Request{ID: id, By: "u1", Channel: domain.ChannelCLI, Command: c}
}

// newRegion is a region with a plan of n measures t01…, owned by radet.
func newRegion(t testing.TB, n int) (*app.App, *app.Region) {
	t.Helper()
	a := open(t, t.TempDir())
	t.Cleanup(func() { closeApp(t, a) })
	return a, fill(t, a, n)
}

func fill(t testing.TB, a *app.App, n int) *app.Region {
	t.Helper()
	ctx := context.Background()
	if _, err := a.Init(ctx, ask(commandID(1_000_000), actors.RegisterRegion{Region: "fosen", Name: "Fosenregionen"})); err != nil {
		t.Fatal(err)
	}
	r, err := a.Region("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Do(ctx, ask(commandID(1_000_001), planOf(n))); err != nil {
		t.Fatal(err)
	}
	return r
}

func planOf(n int) plan.Import {
	c := plan.Import{
		File: plan.Imported{File: "plan.txt", SHA256: "00", Format: "text"},
		Plan: plan.Adopted{
			Plan: "plan-2022", Title: "Plan", From: domain.MustDate("2022-01-01"), To: domain.MustDate("2024-12-31"),
			Decision: plan.Decision{Case: "RS 03/22", Date: domain.MustDate("2022-06-10")}, Strategies: []plan.Strategy{{ID: "s1", Title: "Ett"}},
		},
		Actors: []actors.Register{{Actor: "radet", Name: "Rådet", Kind: actors.Body, Sector: actors.Public}},
	}
	for i := range n {
		c.Measures = append(c.Measures, plan.Row{ID: measureID(i), Measure: plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: "s1", Text: fmt.Sprintf("Tiltak %d", i+1), Owners: []domain.ActorID{"radet"},
		}})
	}
	return c
}

func measureID(i int) domain.MeasureID { return domain.MeasureID(fmt.Sprintf("t%02d", i+1)) }

func on(i int) plan.On { return plan.On{Measure: measureID(i)} }

func mustDo(t testing.TB, r *app.Region, ask domain.Request) app.Receipt {
	t.Helper()
	receipt, err := r.Do(context.Background(), ask)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func position(r *app.Region) uint64 { return r.Head().Position }
