package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
)

// framdrift runs one command in this process, and fails the test when its exit
// code is not the one expected.
func framdrift(t testing.TB, code int, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	if got := run(context.Background(), args, strings.NewReader(""), &out, &err); got != code {
		t.Fatalf("framdrift %s: exit code %d, want %d\n%s%s", strings.Join(args, " "), got, code, out.String(), err.String())
	}
	return out.String(), err.String()
}

// atHome makes an empty directory the working directory, where the default
// data directory is, with a path that is short enough for a socket.
func atHome(t *testing.T) {
	t.Helper()
	plan, err := os.ReadFile(seed)
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("plan.txt", plan, 0o600); err != nil {
		t.Fatal(err)
	}
}

// withPlan is atHome with a region and the seed plan.
func withPlan(t *testing.T) {
	t.Helper()
	atHome(t)
	framdrift(t, exitOK, "init", "fosen", "--name", "Fosenregionen")
	framdrift(t, exitOK, "plan", "import", "plan.txt", "--yes")
}

// withDemo is atHome with the demo as the data.
func withDemo(t *testing.T) {
	t.Helper()
	atHome(t)
	framdrift(t, exitOK, "demo", "--data", defaultData)
}

// A served is a serve that runs in this process.
type served struct {
	t       *testing.T
	address string
	stop    context.CancelFunc
	ended   chan int // its exit code
	said    *bytes.Buffer
	http    *http.Client
}

var answersAt = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)/metrics`)

// serve starts serve on the default data directory, and returns when it
// answers. When the test is over it is stopped, and must end well.
func serve(t *testing.T, args ...string) *served {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	s := &served{t: t, stop: stop, ended: make(chan int, 1), said: &bytes.Buffer{}}
	s.http = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	read, write := io.Pipe()
	lines := bufio.NewScanner(read)
	go func() {
		code := run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), strings.NewReader(""), io.Discard, write)
		write.Close() //nolint:errcheck // a pipe's end
		s.ended <- code
	}()
	for lines.Scan() {
		s.said.WriteString(lines.Text() + "\n")
		if m := answersAt.FindStringSubmatch(lines.Text()); m != nil {
			s.address = m[1]
			break
		}
	}
	if s.address == "" {
		stop()
		t.Fatalf("serve ended with %d before it answered:\n%s", <-s.ended, s.said)
	}
	rest := make(chan struct{})
	go func() {
		defer close(rest)
		io.Copy(s.said, read) //nolint:errcheck // a pipe
	}()
	t.Cleanup(func() {
		stop()
		if code := <-s.ended; code != exitOK {
			t.Errorf("serve ended with %d:\n%s", code, s.said)
		}
		<-rest
	})
	if err := awaitSocket(t.Context(), app.SocketPath(defaultData)); err != nil {
		t.Fatal(err)
	}
	return s
}

// ask makes a request over TCP.
func (s *served) ask(method, path string, change func(*http.Request)) (*http.Response, []byte) {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, "http://"+s.address+path, http.NoBody)
	if err != nil {
		s.t.Fatal(err)
	}
	if change != nil {
		change(r)
	}
	return answerOf(s.t, s.http, r)
}

func answerOf(t testing.TB, client *http.Client, r *http.Request) (*http.Response, []byte) {
	t.Helper()
	answer, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer, body
}

// get is ask for JSON that must come.
func (s *served) get(path string, into any) {
	s.t.Helper()
	answer, body := s.ask(http.MethodGet, path, nil)
	if answer.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %s\n%s", path, answer.Status, body)
	}
	if err := json.Unmarshal(body, into); err != nil {
		s.t.Fatalf("%s: %v\n%s", path, err, body)
	}
}

// throughSocket makes a request by the socket, as no command line would.
func throughSocket(t testing.TB, method, path, body string) (*http.Response, []byte) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "unix", app.SocketPath(defaultData))
	}}}
	r, err := http.NewRequestWithContext(t.Context(), method, "http://framdrift"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	return answerOf(t, client, r)
}

// wholeLog is everything on the log, as data.
func wholeLog(t testing.TB) string {
	t.Helper()
	log, _ := framdrift(t, exitOK, "log", "show", "-o", "json")
	return log
}

func TestTheSocketIsForItsUserOnly(t *testing.T) {
	withPlan(t)
	serve(t)
	for path, want := range map[string]os.FileMode{
		app.SocketPath(defaultData): os.ModeSocket | 0o600, defaultData: os.ModeDir | 0o700, filepath.Join(defaultData, "vault"): os.ModeDir | 0o700,
	} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s has mode %v, want %v", path, info.Mode(), want)
		}
	}
}

// reads is every command that asks and changes nothing.
var reads = [][]string{
	{"plan", "list"},
	{"plan", "show"},
	{"plan", "show", "--per", "2023-06-30"},
	{"plan", "show", "--per", "#100"},
	{"plan", "show", "nei"},
	{"measure", "list"},
	{"measure", "list", "--state", "started"},
	{"measure", "show", "t12"},
	{"measure", "show", "t16", "--per", "2023-06-30"},
	{"measure", "show", "t99"},
	{"period", "list"},
	{"actor", "list"},
	{"user", "list"},
	{"user", "list", "--per", "#4"},
	{"log", "show"},
	{"log", "show", "--measure", "t13"},
	{"log", "show", "--actor", "radet", "--from", "2023-01-01", "--to", "2023-12-31"},
	{"log", "show", "--type", "measure.reported", "--after", "200", "--limit", "7"},
	{"log", "show", "--per", "2022-06-13"},
	{"log", "show", "--lang", "en"},
	{"log", "show", "--lang", "nn"},
	{"delivery", "show"},
	{"delivery", "show", "--strategy", "s2"},
	{"delivery", "show", "--strategy", "s2", "--owner", "radmannsforum"},
	{"delivery", "show", "--focus", "nei"},
	{"delivery", "show", "--from", "2023-01-01", "--to", "2024-06-30", "--step", "week"},
	{"delivery", "show", "--step", "uke"},
	{"delivery", "why", "K4", "--lang", "nn"},
	{"delivery", "sum"},
	{"delivery", "sum", "--programme", "nei"},
	{"delivery", "show", "--per", "2023-12-31", "--visning", "korrigert"},
	{"delivery", "show", "--per", "2022-01-01"},
	{"delivery", "show", "--per", "#9999"},
	{"report", "final", "-O", "-"},
	{"report", "final", "-O", "-", "--per", "2023-12-31"},
	{"report", "final", "-O", "-", "--lang", "en", "--visning", "korrigert"},
	{"report", "plan", "-O", "-", "-o", "json"},
	{"report", "tertial", "--from", "2023-05-01", "--to", "2023-08-31", "-O", "-"},
	{"report", "tertial", "--from", "2023-05-01", "--to", "2023-08-31", "-O", "-", "-o", "json", "--visning", "korrigert"},
	{"report", "programme", "-O", "-"},
	{"report", "programme", "-O", "-", "-o", "json"},
}

func TestTheSameAnswerWithAndWithoutServe(t *testing.T) {
	withDemo(t)
	type answer struct {
		code     int
		out, err string
	}
	ask := func(args []string) answer {
		var out, err bytes.Buffer
		return answer{run(context.Background(), args, strings.NewReader(""), &out, &err), out.String(), err.String()}
	}
	all := func() map[string]answer {
		given := map[string]answer{}
		for i, read := range reads {
			args := append([]string{"-o", "json"}, read...)
			given[strings.Join(args, " ")] = ask(args)
			if i%5 == 0 { // forms are made of the same data
				given[strings.Join(read, " ")] = ask(read)
			}
		}
		return given
	}
	alone := all()
	serve(t)
	for args, beside := range all() {
		if alone[args] != beside {
			t.Errorf("framdrift %s\nalone:  %.500v\nbeside: %.500v", args, alone[args], beside)
		}
	}
}
