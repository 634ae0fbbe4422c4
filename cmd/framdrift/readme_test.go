package main_test

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain/docstest"
)

// Every line in a ```sh block of README.md is run, in order, in a directory
// of its own with a program that was just built. A reader can do the same.
func TestREADME(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	lines := shellLines(t, filepath.Join(r.root, "README.md"))
	for _, line := range lines {
		r.line(line)
	}
	if first := []string{"go run ./cmd/framdrift demo", "go test ./..."}; !slices.Equal(lines[:2], first) {
		t.Errorf("the page begins with %q, and a newcomer with %q", lines[:2], first)
	}
	if r.serve == nil {
		t.Error("the page never serves")
	}
}

// The same with the commands of the user guide, on a plan of one's own.
func TestUserGuide(t *testing.T) {
	t.Parallel()
	r := newReader(t)
	plan, err := os.ReadFile(filepath.Join("internal", "demo", "handlingsplan-2022-2024.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(r.dir, "handlingsplan.txt"), plan, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, line := range shellLines(t, filepath.Join(r.root, "docs", "bruk.md")) {
		r.line(line)
	}
}

// shellLines are the lines of the ```sh blocks, without comments.
func shellLines(t *testing.T, page string) []string {
	t.Helper()
	b, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	inside := false
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") {
			inside = line == "```sh"
			continue
		}
		line, _, _ = strings.Cut(line, " #")
		if line = strings.TrimSpace(line); inside && line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	if len(lines) < 2 {
		t.Fatalf("%s has %d lines to run", page, len(lines))
	}
	return lines
}

// A reader does what the page says.
type reader struct {
	t       *testing.T
	root    string // of the module
	dir     string // where commands are run
	program string
	env     []string
	serve   *exec.Cmd
	address string // where serve answers
}

func newReader(t *testing.T) *reader {
	t.Helper()
	r := &reader{t: t, root: docstest.Root(t), dir: t.TempDir()}
	r.program = filepath.Join(r.dir, "bin", "framdrift")
	for _, kv := range os.Environ() {
		if !strings.HasPrefix(kv, "FRAMDRIFT_") {
			r.env = append(r.env, kv)
		}
	}
	r.env = append(r.env, "FRAMDRIFT_LISTEN=127.0.0.1:0") // a port that nobody has
	build := exec.CommandContext(t.Context(), "go", "build", "-o", r.program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	// So that the page may name files of the repository.
	if err := os.Symlink(filepath.Join(r.root, "cmd"), filepath.Join(r.dir, "cmd")); err != nil {
		t.Fatal(err)
	}
	return r
}

var quoted = regexp.MustCompile(`"([^"]*)"|(\S+)`)

func words(line string) []string {
	var all []string
	for _, m := range quoted.FindAllStringSubmatch(line, -1) {
		all = append(all, m[1]+m[2])
	}
	return all
}

// line does one line; one of a kind it does not know is an error of the page.
func (r *reader) line(line string) {
	r.t.Helper()
	w := words(line)
	switch {
	case line == "go test ./...": // this test is part of it
	case w[0] == "make" && len(w) > 1:
		r.made(w[1:])
	case w[0] == "export" && len(w) == 2 && strings.Contains(w[1], "="):
		r.env = append(r.env, w[1])
	case strings.HasPrefix(line, "go run ./cmd/framdrift serve"):
		r.begin(w[3:])
	case strings.HasPrefix(line, "go run ./cmd/framdrift "):
		r.run(w[3:])
	case w[0] == "framdrift" && w[1] != "serve":
		r.run(w[1:])
	case strings.HasPrefix(line, "curl -s http://127.0.0.1:8080/") && len(w) == 3:
		r.fetch(strings.TrimPrefix(w[2], "http://127.0.0.1:8080"))
	default:
		r.t.Errorf("nobody knows how to run %q", line)
	}
}

// made looks for each word in the Makefile.
func (r *reader) made(targets []string) {
	r.t.Helper()
	b, err := os.ReadFile(filepath.Join(r.root, "Makefile"))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, target := range targets {
		if !regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(target) + `:`).Match(b) {
			r.t.Errorf("make %s: the Makefile has no such word", target)
		}
	}
}

func (r *reader) command(args []string) *exec.Cmd {
	cmd := exec.CommandContext(r.t.Context(), r.program, args...)
	cmd.Dir, cmd.Env = r.dir, r.env
	return cmd
}

func (r *reader) run(args []string) {
	r.t.Helper()
	if out, err := r.command(args).CombinedOutput(); err != nil {
		r.t.Errorf("framdrift %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// answers is the line of serve that says where it answers.
var answers = regexp.MustCompile(`http://(127\.0\.0\.1:\d+)/metrics`)

// begin starts serve, and returns when it has said that it answers. It is
// stopped as a reader would, when the test is over.
func (r *reader) begin(args []string) {
	r.t.Helper()
	r.serve = exec.Command(r.program, args...) // outlives t.Context, to be stopped politely
	r.serve.Dir, r.serve.Env = r.dir, r.env
	said, err := r.serve.StderrPipe()
	if err != nil {
		r.t.Fatal(err)
	}
	if err := r.serve.Start(); err != nil {
		r.t.Fatal(err)
	}
	lines := bufio.NewScanner(said)
	r.t.Cleanup(func() { r.end(said) })
	var heard strings.Builder
	for lines.Scan() {
		heard.WriteString(lines.Text() + "\n")
		if m := answers.FindStringSubmatch(lines.Text()); m != nil {
			r.address = m[1]
			return
		}
	}
	r.t.Fatalf("serve never said where it answers:\n%s", heard.String())
}

func (r *reader) end(said io.Reader) {
	stopped := r.serve.Process.Signal(os.Interrupt)
	_, read := io.Copy(io.Discard, said)
	if err := errors.Join(stopped, read, r.serve.Wait()); err != nil {
		r.t.Errorf("serve: %v", err)
	}
}

// fetch is curl, from where serve answers in this test.
func (r *reader) fetch(path string) {
	r.t.Helper()
	if r.address == "" {
		r.t.Errorf("curl %s before anything is served", path)
		return
	}
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, "http://"+r.address+path, http.NoBody)
	if err != nil {
		r.t.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err = errors.Join(err, answer.Body.Close()); err != nil || answer.StatusCode != http.StatusOK || len(body) == 0 {
		r.t.Errorf("curl %s: %s, %d bytes, %v", path, answer.Status, len(body), err)
	}
}
