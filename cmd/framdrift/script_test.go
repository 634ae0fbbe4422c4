package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
)

// TestMain makes the test binary a framdrift too, for the scripts and for the
// tests that need a process of their own.
func TestMain(m *testing.M) {
	testscript.Main(leakless{m}, map[string]func(){"framdrift": main})
}

// leakless fails when a goroutine outlives the tests.
type leakless struct{ m *testing.M }

func (l leakless) Run() int {
	code := l.m.Run()
	if err := goleak.Find(); err != nil && code == 0 {
		io.WriteString(os.Stderr, err.Error()+"\n") //nolint:errcheck // what it says is the exit code too
		return 1
	}
	return code
}

// seed is the plan that the scripts find as plan.txt.
const seed = "internal/planfile/testdata/handlingsplan-2022-2024.txt"

func TestScripts(t *testing.T) {
	plan, err := os.ReadFile(seed)
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("ESC", "\x1b[31mrødt")               // what a terminal would obey
			e.Setenv("LATIN1", "R\xe5det")                // what is not UTF-8
			e.Setenv("LONG", strings.Repeat("å", 10_001)) // one more than a text may have
			e.Setenv("TEXT", strings.Repeat("å", 10_000)) // the most
			return os.WriteFile(filepath.Join(e.WorkDir, "plan.txt"), plan, 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":   exits,
			"serving": serving,
			"bytes":   write,
		},
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
	})
}

// exits CODE COMMAND… runs the command, which must end with exactly the code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	code := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// serving DIR returns when a serve takes commands in the data directory.
func serving(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: serving DIR")
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	ts.Check(awaitSocket(ctx, app.SocketPath(ts.MkAbs(args[0]))))
}

// awaitSocket returns when something answers there.
func awaitSocket(ctx context.Context, path string) error {
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for {
		if client, err := api.Dial(ctx, path); err == nil {
			return client.Close()
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// bytes FILE TEXT writes a text with Go escapes, such as \x00.
func write(ts *testscript.TestScript, _ bool, args []string) {
	text, err := strconv.Unquote(`"` + args[1] + `"`)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}
