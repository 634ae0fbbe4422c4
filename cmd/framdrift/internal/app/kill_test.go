package app_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
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
)

const (
	// childDir in the environment makes the test binary a writer to kill.
	childDir = "FRAMDRIFT_TEST_CHILD"
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
			for last := domain.Position(0); ; {
				id := app.NewCommandID()
				receipt, err := r.Do(ctx, ask(id, work(id)))
				if err == nil && receipt.First <= last {
					err = fmt.Errorf("position %d was given after %d", receipt.First, last)
				}
				if err != nil {
					fmt.Println("error", err)
					return
				}
				last = receipt.Last
				out.Lock()
				fmt.Println(id, receipt.First, receipt.Last, "stands")
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

// acks are what a writer was told: where the events of each command stand.
type acks map[domain.CommandID]span

type span struct{ first, last domain.Position }

func TestKilledAtAnyMomentEveryAcknowledgedCommandStandsWhereItWasSaid(t *testing.T) {
	rounds, acknowledged := 0, 0
	for range killLogs {
		dir, told := t.TempDir(), acks{}
		for round := range killRounds {
			lines := rand.IntN(stages) + 1
			if round%2 == 1 {
				lines += rand.IntN(12 * writers)
			}
			runAndKill(t, dir, lines, told)
			told.hold(t, dir, fmt.Sprintf("round %d", round))
			rounds++
		}
		acknowledged += len(told)
	}
	t.Logf("%d rounds, %d writers, %d acknowledged commands", rounds, writers, acknowledged)
}

// writer starts a writer on a directory.
func writer(t *testing.T, dir string) (*exec.Cmd, io.Reader) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out
}

// runAndKill starts a writer on the directory, kills it after so many lines,
// and notes what it was told until then.
func runAndKill(t *testing.T, dir string, after int, told acks) {
	t.Helper()
	cmd, out := writer(t, dir)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "error") {
			t.Fatalf("the writer says: %s", lines.Text())
		}
		told.note(lines.Text())
		if after--; after == 0 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = cmd.Wait() // killed, as it should be
}

// note takes what one line says, if it is whole: the last may be torn.
func (a acks) note(line string) {
	var id domain.CommandID
	var s span
	if n, err := fmt.Sscanf(line, "%s %d %d stands", &id, &s.first, &s.last); n == 3 && err == nil {
		a[id] = s
	}
}

// hold opens the directory, and looks for what was told. Nothing else may stand
// there twice or in part.
func (a acks) hold(t *testing.T, dir, when string) {
	t.Helper()
	found := commandsOnLog(t, dir)
	for id, told := range a {
		if at := found[id]; len(at) == 0 || at[0] != told.first || at[len(at)-1] != told.last {
			t.Fatalf("%s: the command %s was acknowledged at %d to %d, and stands at %v", when, id, told.first, told.last, at)
		}
	}
	for id, at := range found {
		_, acknowledged := a[id]
		if begins := len(at) == 3 && !acknowledged; !whole(id, len(at)) && !begins {
			t.Fatalf("%s: the command %s has %d events", when, id, len(at))
		}
		if at[len(at)-1]-at[0] != domain.Position(len(at)-1) {
			t.Fatalf("%s: the events of the command %s lie apart: %v", when, id, at)
		}
	}
}

// commandsOnLog is where the events of each command stand.
func commandsOnLog(t *testing.T, dir string) map[domain.CommandID][]domain.Position {
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
	lines, err := r.History(context.Background(), app.HistoryQuery{Language: domain.English})
	if err != nil {
		t.Fatal(err)
	}
	found := map[domain.CommandID][]domain.Position{}
	for _, l := range lines {
		found[l.Command] = append(found[l.Command], l.Position)
	}
	return found
}
