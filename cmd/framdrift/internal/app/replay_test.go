package app_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// A replayed is what a region answers after a start, and what the program says
// of how it came to it.
type replayed struct {
	Answers string // the plan, the delivery, the register and the history
	events  uint64 // how many came from segments
	warned  bool
}

func replay(t *testing.T, dir string) (r replayed) {
	t.Helper()
	var said bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&said, &slog.HandlerOptions{Level: slog.LevelDebug}))
	a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: ticking("2022-06-21"), Logger: logger})
	if err != nil {
		t.Fatal(err)
	}
	r.Answers = answers(t, theRegion(t, a))
	closeApp(t, a)
	for said := json.NewDecoder(&said); said.More(); {
		var line struct {
			Level, Msg string
			Events     uint64
		}
		if err := said.Decode(&line); err != nil {
			t.Fatal(err)
		}
		if line.Msg == "replayed from segments" {
			r.events = line.Events
		}
		r.warned = r.warned || line.Level == "WARN"
	}
	return r
}

// lived is a data directory after a clean stop, whose segments have everything.
func lived(t *testing.T) (dir string, events uint64) {
	t.Helper()
	dir = t.TempDir()
	a := open(t, dir)
	r := fill(t, a, 60)
	for i := range 60 {
		mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
	}
	events = position(r)
	closeApp(t, a)
	return dir, events
}

// segmentsOf rewrites the segments of a directory: all that are read go through
// each, and what it gives is written.
func segmentsOf(t *testing.T, dir string, small int, each func([]eventstore.Message) []eventstore.Message) {
	t.Helper()
	path := filepath.Join(dir, "segments/fosen")
	kept, err := segment.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []eventstore.Message
	for m, err := range kept.Read(t.Context(), eventstore.Head{}) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
	w, err := segment.OpenWriter(path, segment.Options{SegmentBytes: small})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range each(all) {
		if err := w.Keep(m); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(w.Sync(), w.Close()); err != nil {
		t.Fatal(err)
	}
}

func unchanged(all []eventstore.Message) []eventstore.Message { return all }

// With whatever lies beside the log, a region answers as without it. What is not
// the log's is told, and nothing that comes after it is taken.
func TestARegionAnswersTheSameWhateverItsSegmentsAre(t *testing.T) {
	dir, events := lived(t)
	gone := copyOf(t, dir)
	if err := os.RemoveAll(filepath.Join(gone, "segments")); err != nil {
		t.Fatal(err)
	}
	want := replay(t, gone)
	if want.events != 0 || want.warned {
		t.Fatalf("without segments it took %d events from them, warned: %v", want.events, want.warned)
	}
	for _, tt := range []struct {
		what   string
		spoil  func(dir string)
		least  uint64
		most   uint64
		warned bool
	}{
		{"they are as they were left", func(string) {}, events, events, false},
		{"they are many and sealed", func(dir string) { segmentsOf(t, dir, 2000, unchanged) }, events, events, false},
		{"they are behind", func(dir string) {
			segmentsOf(t, dir, 2000, func(all []eventstore.Message) []eventstore.Message { return all[:len(all)-3] })
		}, events - 3, events - 3, false},
		{"one of them is damaged", func(dir string) {
			segmentsOf(t, dir, 2000, unchanged)
			spoil(t, filepath.Join(dir, "segments/fosen"), 2)
		}, 1, events - 1, true},
		{"an event is another", func(dir string) {
			segmentsOf(t, dir, 2000, func(all []eventstore.Message) []eventstore.Message {
				last := &all[len(all)-1]
				last.Payload = bytes.Replace(last.Payload, []byte("measure/t60"), []byte("measure/t59"), 1)
				return all
			})
		}, 1, events - 1, true},
		{"two messages are one", func(dir string) {
			segmentsOf(t, dir, 2000, func(all []eventstore.Message) []eventstore.Message {
				return joined(all, len(all)-4)
			})
		}, 1, events - 4, true},
	} {
		into := copyOf(t, dir)
		tt.spoil(into)
		got := replay(t, into)
		if diff := cmp.Diff(want, got, cmp.Comparer(func(a, b replayed) bool { return a.Answers == b.Answers })); diff != "" {
			t.Errorf("when %s: %s", tt.what, diff)
		}
		if got.events < tt.least || got.events > tt.most || got.warned != tt.warned {
			t.Errorf("when %s: %d events of %d came from segments, warned: %v", tt.what, got.events, events, got.warned)
		}
	}
}

// spoil turns a bit in one of the sealed segments.
func spoil(t *testing.T, dir string, n int) {
	t.Helper()
	sealed, err := filepath.Glob(filepath.Join(dir, "*.zst"))
	if err != nil || len(sealed) <= n {
		t.Fatalf("%d segments are sealed (%v)", len(sealed), err)
	}
	if err := flip(sealed[n], 40); err != nil {
		t.Fatal(err)
	}
}

// joined is the same events with two of the messages made one, and those after
// them numbered accordingly.
func joined(all []eventstore.Message, at int) []eventstore.Message {
	one := eventstore.Message{Head: all[at+1].Head, Payload: bytes.Join([][]byte{all[at].Payload, all[at+1].Payload}, nil)}
	all = append(append(all[:at:at], one), all[at+2:]...)
	for n := range all {
		all[n].Head.Sequence = uint64(n + 1)
	}
	return all
}
