package segment_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fataler is a test, a benchmark or a property.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// small makes segments of a few messages.
var small = segment.Options{SegmentBytes: 2500}

// write keeps messages in a directory, and seals what is full.
func write(t fataler, dir string, options segment.Options, messages []eventstore.Message) {
	t.Helper()
	w, err := segment.OpenWriter(dir, options)
	if err != nil {
		t.Fatal(err)
	}
	keep(t, w, messages)
	if err := errors.Join(w.Sync(), w.Close()); err != nil {
		t.Fatal(err)
	}
}

func keep(t fataler, w *segment.Writer, messages []eventstore.Message) {
	t.Helper()
	for _, m := range messages {
		if err := w.Keep(m); err != nil {
			t.Fatal(err)
		}
	}
}

func open(t fataler, dir string) *segment.Archive {
	t.Helper()
	a, err := segment.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// read gives all there is after a head, and what ended it.
func read(ctx context.Context, a *segment.Archive, after eventstore.Head) (all []eventstore.Message, err error) {
	for m, err := range a.Read(ctx, after) {
		if err != nil {
			return all, err
		}
		all = append(all, m)
	}
	return all, nil
}

// holds fails the test unless the directory holds exactly the messages.
func holds(t testing.TB, dir string, want []eventstore.Message) {
	t.Helper()
	a := open(t, dir)
	got, err := read(t.Context(), a, eventstore.Head{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Fatalf("read (-want +got):\n%s", diff)
	}
	done, err := a.Verify(t.Context(), segment.Check{Heads: []seal.TreeHead{treeOf(want)}})
	if err != nil {
		t.Fatal(err)
	}
	if done.Head != headOf(want) || done.Tree != treeOf(want) || a.Head() != done.Head {
		t.Fatalf("verified %+v, opened at %+v", done, a.Head())
	}
}

func headOf(messages []eventstore.Message) eventstore.Head {
	if len(messages) == 0 {
		return eventstore.Head{}
	}
	return messages[len(messages)-1].Head
}

// treeOf is the head of the tree over the messages' lines.
func treeOf(messages []eventstore.Message) seal.TreeHead {
	heads := headsOf(messages)
	if len(heads) == 0 {
		return new(seal.Edge).Head()
	}
	return heads[len(heads)-1]
}

// headsOf are the heads of the tree after each of the messages.
func headsOf(messages []eventstore.Message) (heads []seal.TreeHead) {
	var edge seal.Edge
	for _, m := range messages {
		for line := range bytes.Lines(m.Payload) {
			edge.AppendHash(seal.LeafHash(line))
		}
		heads = append(heads, edge.Head())
	}
	return heads
}

// names are the files of a directory, in order.
func names(t fataler, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	all := make([]string, len(entries))
	for i, e := range entries {
		all[i] = e.Name()
	}
	return all
}

// endingIn are the paths of the files with an ending.
func endingIn(t fataler, dir, ending string) (paths []string) {
	t.Helper()
	for _, name := range names(t, dir) {
		if strings.HasSuffix(name, ending) {
			paths = append(paths, filepath.Join(dir, name))
		}
	}
	return paths
}

func readFile(t fataler, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeFile(t fataler, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// copyOf is a directory with the same files.
func copyOf(t testing.TB, dir string) string {
	t.Helper()
	to := t.TempDir()
	copyTo(t, dir, to)
	return to
}

func copyTo(t fataler, dir, to string) {
	t.Helper()
	for _, name := range names(t, dir) {
		writeFile(t, filepath.Join(to, name), readFile(t, filepath.Join(dir, name)))
	}
}
