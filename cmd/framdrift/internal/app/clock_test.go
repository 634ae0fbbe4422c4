package app_test

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// A jumping clock is set, at each look, up to a day forward or back.
func jumping(day string) func() time.Time {
	begin := domain.MustDate(day).At(12, 0)
	return func() time.Time { return begin.Add(time.Duration(rand.Int64N(int64(48*time.Hour))) - 24*time.Hour) }
}

// Whoever sets the machine's clock back, while the program runs or between two
// starts, stops nobody and turns no order around.
func TestAClockThatIsSetBackHoldsNobodyUp(t *testing.T) {
	const clients, rounds = 6, 10
	dir := t.TempDir()
	a := open(t, dir)
	fill(t, a, clients)
	closeApp(t, a)
	for _, day := range []string{"2022-06-25", "2022-06-15", "2022-07-01"} { // the second is before everything on the log
		a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: jumping(day)})
		if err != nil {
			t.Fatal(err)
		}
		r, err := a.Region("")
		if err != nil {
			t.Fatal(err)
		}
		before := position(r)
		var wait sync.WaitGroup
		for i := range clients {
			wait.Go(func() {
				for range rounds {
					if _, err := r.Do(context.Background(), ask(app.NewCommandID(), change(i))); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wait.Wait()
		if got := position(r) - before; got != clients*rounds {
			t.Errorf("%s: %d events came, want %d", day, got, clients*rounds)
		}
		lines, err := r.History(t.Context(), app.HistoryQuery{Language: domain.English})
		if err != nil {
			t.Fatal(err)
		}
		for i := 1; i < len(lines); i++ {
			if lines[i].Recorded.Before(lines[i-1].Recorded) {
				t.Errorf("%s: event %d was recorded before event %d", day, lines[i].Position, lines[i-1].Position)
			}
		}
		closeApp(t, a)
	}
}
