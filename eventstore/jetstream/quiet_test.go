package jetstream

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
)

// filesOf are the size and the time of every file of a store.
func filesOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err == nil {
			all[path] = fmt.Sprint(info.Mode(), info.Size(), info.ModTime())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Who expects another head than the log's, sends too much, or sends what is
// not lines, is told so and has cost the disk nothing.
func TestAnAppendThatIsRefusedWritesNothing(t *testing.T) {
	dir := t.TempDir()
	log := createLog(t, openAt(t, Embedded{Dir: dir}))
	head := fill(t, log, eventstore.Head{}, 5)
	before := filesOf(t, dir)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for n := range uint64(50) {
				after := eventstore.Head{Sequence: n % 5, Position: n % 5}
				if n%7 == 0 {
					after.Sequence = head.Sequence + 1 + n
				}
				if _, err := log.Append(t.Context(), after, event(n)); !errors.Is(err, eventstore.ErrConflict) {
					t.Errorf("after %d it gives %v", after.Sequence, err)
				}
			}
		})
	}
	wait.Wait()
	large := append(bytes.Repeat([]byte("x"), MaxMessage), '\n')
	for what, commit := range map[string]eventstore.Commit{
		"too large": {Events: [][]byte{large}}, "no line": {Events: [][]byte{[]byte("x")}}, "no subject": {Subject: "a.*.b", Events: [][]byte{[]byte("x\n")}},
	} {
		if _, err := log.Append(t.Context(), head, commit); err == nil {
			t.Errorf("%s: it is stored", what)
		}
	}
	if n, err := log.Messages(t.Context()); n != head.Sequence || err != nil {
		t.Errorf("it has %d messages (%v)", n, err)
	}
	if after := filesOf(t, dir); !maps.Equal(before, after) {
		t.Errorf("something was written:\n%v\n%v", before, after)
	}
}
