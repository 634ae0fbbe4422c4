package app_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// restoreFile in the environment makes the test binary one that restores the
// file into the directory data beside it, in small messages.
const restoreFile = "FRAMDRIFT_TEST_RESTORE"

func init() {
	if file := os.Getenv(restoreFile); file != "" {
		if err := restoreInto(filepath.Join(filepath.Dir(file), "data"), file); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
}

// restoreInto says on stdout how many bytes are on the log, as they come, and
// goes on when it is given a byte.
func restoreInto(dir, file string) error {
	ctx := context.Background()
	log, err := os.Open(file)
	if err != nil {
		return err
	}
	a, err := app.Create(ctx, app.Options{Dir: dir})
	if err != nil {
		return err
	}
	c, err := a.ReadCopy(ctx, log, unwatched)
	if err != nil {
		return err
	}
	watch := func(done, _ int64) {
		fmt.Println("at", done)
		os.Stdin.Read(make([]byte, 1)) //nolint:errcheck // closed is a go-ahead too
	}
	if _, err := a.Restore(ctx, c, app.Restoring{Pack: 8000, Watch: watch}); err != nil {
		return err
	}
	return a.Close()
}

// Killed again and again, a restore does nothing twice and comes to its end;
// until then there is no region.
func TestARestoreThatIsKilledGoesOn(t *testing.T) {
	log, _ := played(t)
	home := t.TempDir()
	file, dir := filepath.Join(home, "log.jsonl"), filepath.Join(home, "data")
	if err := os.WriteFile(file, log, 0o600); err != nil {
		t.Fatal(err)
	}
	kills, last := 0, int64(0)
	for ended := false; !ended; kills++ {
		var first, end int64
		if first, end, ended = restoreAndKill(t, file, 1+kills%4, kills%2 == 0); end > 0 && (first <= last || end < first) {
			t.Fatalf("after %d bytes were there it went on from %d to %d", last, first, end)
		}
		last = max(last, end)
		a, err := app.Open(context.Background(), app.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Region("")
		if half := err != nil && domain.Explain(err).Code == "restore.under-way"; half && ended || !half && !bytes.Equal(exported(t, a), log) {
			t.Errorf("after %d bytes, at its end %t, the region is %v", last, ended, err)
		}
		closeApp(t, a)
	}
	if kills < 3 {
		t.Errorf("it was killed %d times", kills)
	}
	a := open(t, dir)
	defer closeApp(t, a)
	if restored := mustRestore(t, a, log, app.Restoring{}); restored.Packs > 0 {
		t.Errorf("the last restore had everything there, and says %+v", restored)
	}
}

// restoreAndKill kills when it has heard of so many messages, on the way to the
// next or before that is begun, and gives how many bytes were there after the
// first and after the last; ended is when it came to the end before.
func restoreAndKill(t *testing.T, file string, messages int, underWay bool) (first, last int64, ended bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), restoreFile+"="+file)
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); messages-- {
		var at int64
		if _, err := fmt.Sscanf(lines.Text(), "at %d", &at); err != nil {
			t.Fatalf("it says %s", lines.Text())
		}
		if last = at; first == 0 {
			first = at
		}
		if messages > 1 || messages == 1 && underWay {
			in.Write([]byte("\n")) //nolint:errcheck // it may be gone
		}
		if messages == 1 {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	return first, last, cmd.Wait() == nil
}
