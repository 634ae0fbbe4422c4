package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/doctor"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/history"
)

// Whoever waits for news does not keep a serve from stopping: they get what
// there is, at once.
func TestStoppingAnswersWhoWaits(t *testing.T) {
	withPlan(t)
	s := serve(t)
	const waiting = 8
	answers := make(chan error, waiting)
	for range waiting {
		client, err := api.Dial(t.Context(), app.SocketPath(defaultData))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { client.Close() })          //nolint:errcheck // lets go of connections
		r, err := client.Region(t.Context(), "fosen") // so that it has its connection before serve stops
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			lines, err := r.History(t.Context(), app.HistoryQuery{Filter: history.Filter{After: 86}, Wait: true})
			if len(lines) > 0 {
				err = fmt.Errorf("%d events came from nowhere", len(lines))
			}
			answers <- err
		}()
	}
	begun := time.Now()
	s.stop()
	for range waiting {
		if err := <-answers; err != nil && domain.KindOf(err) != domain.Busy {
			t.Error(err)
		}
	}
	if took := time.Since(begun); took > stopPatience {
		t.Errorf("stopping took %v", took)
	}
}

// While a serve stops, commands keep coming. Each is carried out once, by the
// serve or after it, and nobody is told of the change.
func TestStoppingLosesNothing(t *testing.T) {
	withPlan(t)
	const clients, rounds = 4, 12
	s := serve(t)
	var wait sync.WaitGroup
	for c := range clients {
		wait.Go(func() {
			for i := range rounds {
				if c == 0 && i == rounds/3 {
					s.stop()
				}
				var out, err bytes.Buffer
				args := []string{"user", "grant", fmt.Sprintf("u%d-%d", c, i), "--role", "reader"}
				if code := run(context.Background(), args, strings.NewReader(""), &out, &err); code != exitOK || out.Len() == 0 || err.Len() > 0 {
					t.Errorf("exit code %d\n%s%s", code, out.String(), err.String())
				}
			}
		})
	}
	wait.Wait()
	found := map[string]int{}
	for _, l := range logged(t, "--type", "user.granted") {
		found[l.Subject]++
	}
	for c := range clients {
		for i := range rounds {
			if n := found[fmt.Sprintf("user/u%d-%d", c, i)]; n != 1 {
				t.Errorf("the command of client %d, round %d, is there %d times", c, i, n)
			}
		}
	}
}

// logged is the log as lines.
func logged(t testing.TB, args ...string) []history.Line {
	t.Helper()
	out, _ := framdrift(t, exitOK, append([]string{"log", "show", "-o", "json"}, args...)...)
	var lines []history.Line
	if err := json.Unmarshal([]byte(out), &lines); err != nil {
		t.Fatal(err)
	}
	return lines
}

func TestAPortThatIsTakenIsSaidAndTheDataAreLetGo(t *testing.T) {
	withPlan(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close() //nolint:errcheck // a listener of the test
	_, said := framdrift(t, exitFailed, "serve", "--listen", taken.Addr().String())
	if want := "Kan ikke lytte på " + taken.Addr().String() + ": adressen er i bruk."; !strings.Contains(said, want) {
		t.Errorf("it says %s", said)
	}
	framdrift(t, exitOK, "measure", "start", "t01")
}

func TestASocketPathThatIsTooLongIsSaid(t *testing.T) {
	withPlan(t)
	long := filepath.Join(strings.Repeat("k", 60), strings.Repeat("l", 60))
	if err := os.MkdirAll(filepath.Dir(long), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(defaultData, long); err != nil {
		t.Fatal(err)
	}
	_, said := framdrift(t, exitUsage, "serve", "--listen", "127.0.0.1:0", "--data", long)
	if !strings.Contains(said, "[serve.socket-path]") {
		t.Errorf("it says %s", said)
	}
	framdrift(t, exitOK, "measure", "start", "t01", "--data", long)
}

// Ctrl-C in the middle of a question is no failure of the log.
func TestInterruptedACommandSaysSo(t *testing.T) {
	withPlan(t)
	ctx, stop := context.WithCancel(context.Background())
	stop()
	var out, err bytes.Buffer
	if code := run(ctx, []string{"measure", "start", "t01"}, strings.NewReader(""), &out, &err); code != exitFailed {
		t.Errorf("exit code %d\n%s", code, err.String())
	}
	if len(logged(t, "--measure", "t01")) != 1 {
		t.Error("it was carried out all the same")
	}
}

// A stander is an Observer that stands still when something has been stored.
type stander struct{ stored, goOn chan struct{} }

func (s stander) Appended(time.Duration, []domain.Recorded) {
	s.stored <- struct{}{}
	<-s.goOn
}

// Who is interrupted while a serve carries out a command cannot know what came
// of it, and is told so, with the id to ask again by.
func TestInterruptedBesideAServeTheOutcomeIsUnknownAndCanBeAsked(t *testing.T) {
	withPlan(t)
	s := stander{make(chan struct{}), make(chan struct{})}
	a, err := app.Open(t.Context(), app.Options{Dir: defaultData, Observer: s})
	if err != nil {
		t.Fatal(err)
	}
	socket, err := listenSocket(app.SocketPath(defaultData))
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: api.Everything(t.Context(), a, doctor.Build{}), ReadHeaderTimeout: time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(socket) }()

	ctx, interrupt := context.WithCancel(context.Background())
	const id = "00000000-0000-4000-8000-000000000001"
	told := make(chan string)
	go func() {
		var out, err strings.Builder
		code := run(ctx, []string{"measure", "start", "t01", "--command-id", id}, strings.NewReader(""), &out, &err)
		told <- fmt.Sprint(code, out.String(), err.String())
	}()
	<-s.stored
	interrupt()
	if got := <-told; !strings.HasPrefix(got, "1Kommandoens id: "+id+"\n") || !strings.Contains(got, "uvisst om endringen ble lagret") {
		t.Errorf("it says %s", got)
	}
	s.goOn <- struct{}{}
	out, said := framdrift(t, exitOK, "measure", "start", "t01", "--command-id", id)
	if !strings.Contains(out, "#87") || !strings.Contains(said, "Kommandoen var utført fra før") {
		t.Errorf("asked again it says %s%s", out, said)
	}
	if err := errors.Join(server.Shutdown(t.Context()), a.Close()); err != nil {
		t.Error(err)
	}
	if err := <-ended; !errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
}
