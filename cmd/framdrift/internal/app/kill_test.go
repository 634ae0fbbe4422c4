package app_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/history"
)

const (
	// childDir in the environment makes the test binary a writer to kill.
	childDir = "FRAMDRIFT_TEST_CHILD"
	// killRounds is how often a writer is killed.
	killRounds = 32
	writers    = 8
	// stages are the points on the way up where a writer says where it is, so
	// that it can be killed there too.
	stages = 3
)

// child writes as fast as it can until it is killed: every writer registers
// actors, and imports plans of many events, and says on stdout what was
// acknowledged.
func child(dir string) int {
	ctx := context.Background()
	fmt.Println("opening")
	a, err := app.Create(ctx, app.Options{Dir: dir})
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	fmt.Println("registering")
	if _, err := a.Init(ctx, ask(app.NewCommandID(), actors.RegisterRegion{Region: "fosen", Name: "Fosenregionen"})); err != nil {
		fmt.Println("error", err)
		return 1
	}
	r, err := a.Region("fosen")
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	fmt.Println("writing")
	var out sync.Mutex
	var wait sync.WaitGroup
	for range writers {
		wait.Go(func() {
			for {
				id := app.NewCommandID()
				if _, err := r.Do(ctx, ask(id, work(id))); err != nil {
					fmt.Println("error", err)
					return
				}
				out.Lock()
				fmt.Println(id)
				out.Unlock()
			}
		})
	}
	wait.Wait()
	return 1
}

// work is one event for most ids and a plan of a dozen for every fifth.
func work(id domain.CommandID) domain.Command {
	if id[len(id)-1]%5 != 0 {
		return actors.Register{Actor: domain.ActorID(id), Name: string(id), Kind: actors.Body, Sector: actors.Public}
	}
	c := planOf(8)
	c.Plan.Plan, c.File.SHA256 = domain.PlanID(id), string(id)
	return c
}

// whole reports whether n is all the events of a command: a plan brings its
// file, itself and eight measures, and radet the first time.
func whole(id domain.CommandID, n int) bool {
	if _, ok := work(id).(plan.Import); ok {
		return n == 10 || n == 11
	}
	return n == 1
}

func TestKilledAtAnyMomentEveryAcknowledgedCommandIsThereOnceAndWhole(t *testing.T) {
	dir := t.TempDir()
	acknowledged := map[domain.CommandID]bool{}
	for round := range killRounds {
		lines := rand.IntN(stages) + 1
		if round%2 == 1 {
			lines += rand.IntN(100)
		}
		for _, id := range runAndKill(t, dir, lines) {
			acknowledged[id] = true
		}
		found := commandsOnLog(t, dir)
		for id := range acknowledged {
			if found[id] == 0 {
				t.Fatalf("round %d: the acknowledged command %s is not on the log", round, id)
			}
		}
		for id, n := range found {
			if begins := n == 3 && !acknowledged[id]; !whole(id, n) && !begins {
				t.Fatalf("round %d: the command %s has %d events", round, id, n)
			}
		}
	}
	t.Logf("%d rounds, %d acknowledged commands", killRounds, len(acknowledged))
}

// runAndKill starts a writer on the directory, kills it after so many lines,
// and returns the acknowledgements that came out.
func runAndKill(t *testing.T, dir string, after int) []domain.CommandID {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var ids []domain.CommandID
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		line := lines.Text()
		if strings.HasPrefix(line, "error") {
			t.Fatalf("the writer says: %s", line)
		}
		if len(line) == 36 { // the last line may be torn by the kill
			ids = append(ids, domain.CommandID(line))
		}
		if after--; after == 0 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // killed, as it should be
	return ids
}

// commandsOnLog is how many events each command has.
func commandsOnLog(t *testing.T, dir string) map[domain.CommandID]int {
	t.Helper()
	a, err := app.Create(context.Background(), app.Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer closeApp(t, a)
	r, err := a.Region("fosen")
	if err != nil {
		return nil // killed before there was a region
	}
	lines, err := r.History(context.Background(), app.HistoryQuery{Filter: history.Filter{}, Language: domain.English})
	if err != nil {
		t.Fatal(err)
	}
	found := map[domain.CommandID]int{}
	for _, l := range lines {
		found[l.Command]++
	}
	return found
}
