//go:build linux || darwin

package app_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// limitedDir in the environment makes the test binary a writer whose files
// may not grow, as on a disk that is full.
const limitedDir = "FRAMDRIFT_TEST_LIMITED"

func init() {
	if dir := os.Getenv(limitedDir); dir != "" {
		if err := limited(dir); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// room is how many bytes the block may grow.
const room = 5000

// limited writes until the disk takes no more, and says on stdout what came.
func limited(dir string) error {
	ctx := context.Background()
	a, err := app.Open(ctx, app.Options{Dir: dir})
	if err != nil {
		return err
	}
	r, err := a.Region("")
	if err != nil {
		return err
	}
	block, err := os.Stat(filepath.Join(dir, stream, "msgs/1.blk"))
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	size := uint64(block.Size()) + room
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size, Max: size}); err != nil {
		return err
	}
	var last domain.CommandID
	begun := time.Now()
	for err == nil {
		id := app.NewCommandID()
		begun = time.Now()
		if _, err = r.Do(ctx, ask(id, change(0))); err == nil {
			fmt.Println("acknowledged", id)
			last = id
		}
	}
	fmt.Println("then", domain.Explain(err).Code, time.Since(begun) < 5*time.Second)
	_, err = r.Do(ctx, ask(app.NewCommandID(), change(0)))
	fmt.Println("after", domain.Explain(err).Code)
	fmt.Println("region", domain.Explain(r.Err()).Code)
	again, err := r.Do(ctx, ask(last, change(0)))
	fmt.Println("again", again.Repeated, err)
	p, err := r.Plan(ctx, "", app.Per{})
	fmt.Println("reading", len(p.Measures), err)
	return a.Close()
}

func TestADiskThatTakesNoMoreMakesTheRegionReadOnly(t *testing.T) {
	dir, _, _ := dataDirs(t)
	var stderr bytes.Buffer
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), limitedDir+"="+dir)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s%s", err, out, stderr.String())
	}
	var acknowledged []domain.CommandID
	said := map[string]string{}
	for lines := bufio.NewScanner(bytes.NewReader(out)); lines.Scan(); {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		if said[word] = rest; word == "acknowledged" {
			acknowledged = append(acknowledged, domain.CommandID(rest))
		}
	}
	for word, want := range map[string]string{
		"then": "door.appending true", "after": "log.read-only", "region": "log.read-only", "again": "true <nil>", "reading": "30 <nil>",
	} {
		if said[word] != want {
			t.Errorf("%s: %s, and should be %s", word, said[word], want)
		}
	}
	found := commandsOnLog(t, dir)
	for _, id := range acknowledged {
		if len(found[id]) != 1 {
			t.Errorf("the acknowledged command %s stands at %v", id, found[id])
		}
	}
	if len(acknowledged) < 2 {
		t.Errorf("%d were acknowledged", len(acknowledged))
	}
	a := open(t, dir)
	defer closeApp(t, a)
	r, err := a.Region("")
	if err != nil {
		t.Fatal(err)
	}
	mustDo(t, r, ask(app.NewCommandID(), change(0)))
}
