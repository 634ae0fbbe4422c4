//go:build linux || darwin

package app_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// These in the environment make the test binary open a directory when it may
// have only so many files open.
const (
	openDir  = "FRAMDRIFT_TEST_OPEN"
	maxFiles = "FRAMDRIFT_TEST_FILES"
)

func init() {
	if dir := os.Getenv(openDir); dir != "" {
		fmt.Print(openWith(dir, os.Getenv(maxFiles)))
		os.Exit(0)
	}
}

// openWith opens a directory and closes it, and gives the code of what went wrong.
func openWith(dir, files string) string {
	n, err := strconv.ParseUint(files, 10, 64)
	if err != nil {
		return err.Error()
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: n, Max: n}); err != nil {
		return err.Error()
	}
	a, err := app.Open(context.Background(), app.Options{Dir: dir})
	if err != nil {
		return domain.Explain(err).Code
	}
	if err := a.Close(); err != nil {
		return err.Error()
	}
	return "opened"
}

// With too few files the server deletes a log that is whole (spare.go).
func TestAStartThatMayNotOpenEnoughFilesLeavesTheDirectoryAsItWas(t *testing.T) {
	clean, unclean, events := dataDirs(t)
	seen := map[string]int{}
	for _, from := range []string{clean, unclean} {
		for files, said := 3, ""; said != "opened"; files++ {
			dir := copyOf(t, from)
			before := hashes(t, dir)
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), openDir+"="+dir, maxFiles+"="+strconv.Itoa(files))
			out, err := cmd.Output()
			if err != nil {
				out = []byte("died") // the Go runtime needs a few itself
			}
			said = string(out)
			seen[said]++
			if after := hashes(t, dir); said != "opened" && !maps.Equal(before, after) {
				t.Errorf("with %d files it says %s, and the directory was touched", files, said)
			}
			a, err := app.Open(t.Context(), app.Options{Dir: dir})
			if err != nil {
				t.Fatalf("after a start with %d files, which said %s: %v", files, said, err)
			}
			if r, err := a.Region(""); err != nil || position(r) != events {
				t.Errorf("after a start with %d files, which said %s, it has %d events of %d: %v", files, said, position(r), events, err)
			}
			closeApp(t, a)
		}
	}
	if seen["failed"] == 0 || seen["log.missing"] > 0 {
		t.Errorf("it says %v", seen)
	}
	t.Log(seen)
}
