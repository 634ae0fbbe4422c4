package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
)

// process is framdrift as a process of its own, in the working directory.
func process(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return &exec.Cmd{Path: program, Args: append([]string{"framdrift"}, args...)}
}

// Two people at two machines' worth of processes assign the same measure over
// and over. Both always get their way, one after the other; nobody is told of
// the other, and no assignment is lost.
func TestProcessesThatRaceOnOneMeasureLoseNothing(t *testing.T) {
	for name, serving := range map[string]bool{"without serve": false, "with serve": true} {
		t.Run(name, func(t *testing.T) {
			withPlan(t)
			if serving {
				serveApart(t)
			}
			const rounds = 8
			var wait sync.WaitGroup
			for _, owner := range []string{"radet", "radmannsforum"} {
				wait.Go(func() {
					for i := range rounds {
						cmd := process(t, "measure", "assign", "t07", "--owner", owner, "--user", fmt.Sprintf("u%d", i))
						if out, err := cmd.CombinedOutput(); err != nil {
							t.Errorf("%v\n%s", err, out)
						}
					}
				})
			}
			wait.Wait()
			given := map[string]int{}
			for _, l := range logged(t, "--measure", "t07", "--type", "measure.assigned") {
				given[l.Sentence]++
			}
			for sentence, n := range given {
				if n != 1 {
					t.Errorf("%d times: %s", n, sentence)
				}
			}
			if len(given) != 2*rounds {
				t.Errorf("%d assignments stand, want %d", len(given), 2*rounds)
			}
		})
	}
}

// The same command from several processes at once is one command.
func TestProcessesThatGiveTheSameCommandGetTheSameAnswer(t *testing.T) {
	withPlan(t)
	const clients = 4
	answers := make([]string, clients)
	var wait sync.WaitGroup
	for i := range clients {
		wait.Go(func() {
			out, err := process(t, "measure", "start", "t01", "--command-id", "00000000-0000-4000-8000-000000000001").Output()
			if answers[i] = string(out); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	for _, a := range answers {
		if a != answers[0] || a == "" {
			t.Errorf("one was answered %q, another %q", answers[0], a)
		}
	}
	if n := len(logged(t, "--type", "measure.started")); n != 1 {
		t.Errorf("it was carried out %d times", n)
	}
}

// serveApart is serve as a process of its own, told to stop as systemd would.
func serveApart(t *testing.T) {
	t.Helper()
	cmd := process(t, "serve", "--listen", "127.0.0.1:0")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("serve ended with %v", err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	if err := awaitSocket(ctx, app.SocketPath(defaultData)); err != nil {
		t.Fatal(err)
	}
}
