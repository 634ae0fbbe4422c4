package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
)

func testMissing(t *testing.T, p *place) {
	for range 2 {
		_, err := p.store.Open(t.Context(), region)
		wantError(t, "Open", err, eventstore.ErrMissing)
	}
	p.reopen(t)
	_, err := p.store.Open(t.Context(), region)
	wantError(t, "Open in a store that was opened again", err, eventstore.ErrMissing)
}

func testExists(t *testing.T, p *place) {
	messages := some(2)
	fill(t, p.create(t), eventstore.Head{}, messages...)
	_, err := p.store.Create(t.Context(), region)
	wantError(t, "a second Create", err, eventstore.ErrExists)
	p.reopen(t)
	_, err = p.store.Create(t.Context(), region)
	wantError(t, "a Create in a store that was opened again", err, eventstore.ErrExists)
	log, err := p.store.Open(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, messages)
}

func testRegionNames(t *testing.T, p *place) {
	for _, name := range []string{"", "*", ">", "a.b", "a b", "a/b", "..", "å", "a\n"} {
		if _, err := p.store.Create(t.Context(), name); err == nil {
			t.Errorf("Create(%q) gives no error", name)
		}
		_, err := p.store.Open(t.Context(), name)
		wantError(t, fmt.Sprintf("Open(%q)", name), err, eventstore.ErrMissing)
	}
}

func testAppendRead(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(20)
	fill(t, log, eventstore.Head{}, messages...)
	same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, messages)
}

func testPack(t *testing.T, p *place) {
	log := p.create(t)
	head, err := log.Append(t.Context(), eventstore.Head{}, commit("a.measure.t01", "1\n", "2\n"), commit("", "3\n"), commit("a.measure.t02", "4\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (eventstore.Head{Sequence: 1, Position: 4}); head != want {
		t.Errorf("the log stands at %+v, want %+v", head, want)
	}
	fill(t, log, head, message{"", []string{"5\n", "6\n"}}, message{"a.measure.t01", []string{"7\n"}})
	same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, []message{
		{"", []string{"1\n", "2\n", "3\n", "4\n"}},
		{"", []string{"5\n", "6\n"}},
		{"a.measure.t01", []string{"7\n"}},
	})
}

func testConflict(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(4)
	head := fill(t, log, eventstore.Head{}, messages...)
	for _, sequence := range []uint64{0, 1, 3, 5, 1 << 40} {
		got, err := log.Append(t.Context(), eventstore.Head{Sequence: sequence, Position: head.Position}, commit("", "no\n"))
		wantError(t, fmt.Sprintf("Append after %d of 4", sequence), err, eventstore.ErrConflict)
		if got != (eventstore.Head{}) {
			t.Errorf("a conflict gives the head %+v", got)
		}
	}
	same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, messages)
	fill(t, log, head, message{"", []string{"yes\n"}})
}

func testZeroHead(t *testing.T, p *place) {
	log := p.create(t)
	_, err := log.Append(t.Context(), eventstore.Head{Sequence: 1, Position: 1}, commit("", "no\n"))
	wantError(t, "Append after 1 of an empty log", err, eventstore.ErrConflict)
	fill(t, log, eventstore.Head{}, message{"", []string{"yes\n"}})
	_, err = log.Append(t.Context(), eventstore.Head{}, commit("", "no\n"))
	wantError(t, "Append after 0 of a log with one message", err, eventstore.ErrConflict)
}

func testTooLarge(t *testing.T, p *place) {
	log := p.create(t)
	largest := strings.Repeat("x", log.MaxPayload()-1) + "\n"
	_, err := log.Append(t.Context(), eventstore.Head{}, commit("", "x"+largest))
	wantError(t, "Append of one byte too much", err, eventstore.ErrTooLarge)
	_, err = log.Append(t.Context(), eventstore.Head{}, commit("", largest[1:]), commit("", "x\n"))
	wantError(t, "Append of commits that are too large together", err, eventstore.ErrTooLarge)
	if got := read(t, log, eventstore.Head{}); len(got) != 0 {
		t.Fatalf("%d messages were stored", len(got))
	}
	messages := []message{{"a.plan.a", []string{largest}}, {"", []string{largest}}, {"a.plan.a", []string{"small\n"}}}
	fill(t, log, eventstore.Head{}, messages...)
	same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, messages)
}

func testMalformed(t *testing.T, p *place) {
	log := p.create(t)
	good := commit("", "x\n")
	for name, commits := range map[string][]eventstore.Commit{
		"no commit":                  {},
		"no event":                   {commit("a.plan.a")},
		"no event in the second":     {good, commit("a.plan.a")},
		"an empty event":             {commit("", "")},
		"an event of a newline":      {commit("", "\n")},
		"no newline":                 {commit("", "x")},
		"no newline in the second":   {commit("", "x\n", "y")},
		"two newlines":               {commit("", "x\n\n")},
		"two lines in one event":     {commit("", "x\ny\n")},
		"a newline in front":         {commit("", "\nx\n")},
		"a wildcard for a subject":   {commit("a.*", "x\n")},
		"all subjects":               {commit(">", "x\n")},
		"an empty token":             {commit("a..b", "x\n")},
		"a subject that ends in a .": {commit("a.b.", "x\n")},
		"a space in the subject":     {commit("a b", "x\n")},
		"a line in the subject":      {commit("a\r\nb", "x\n")},
		"a bad subject in a pack":    {good, commit("a.*", "x\n")},
	} {
		if _, err := log.Append(t.Context(), eventstore.Head{}, commits...); err == nil {
			t.Errorf("%s: Append gives no error", name)
		}
	}
	if got := read(t, log, eventstore.Head{}); len(got) != 0 {
		t.Fatalf("%d messages were stored", len(got))
	}
}

func testBytes(t *testing.T, p *place) {
	log := p.create(t)
	var all []byte
	for b := range 256 {
		if b != '\n' {
			all = append(all, byte(b))
		}
	}
	messages := []message{{"a.measure.T-0_1", []string{string(all) + "\n", "\r\n", "\x00\n", "\xff\xfe\n", " \n", "Rådet «sa» nei\n"}}}
	fill(t, log, eventstore.Head{}, messages...)
	same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, messages)
}

func testRegions(t *testing.T, p *place) {
	var logs []eventstore.Log
	for _, name := range []string{"fosen", "namdal", "fosen-nord", "Fosen_2"} {
		log, err := p.store.Create(t.Context(), name)
		if err != nil {
			t.Fatal(err)
		}
		logs = append(logs, log)
	}
	for i, log := range logs {
		fill(t, log, eventstore.Head{}, message{"", []string{fmt.Sprintf("log %d\n", i)}})
	}
	for i, log := range logs {
		same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, []message{{"", []string{fmt.Sprintf("log %d\n", i)}}})
	}
}

// testRace lets goroutines append a number of messages each, every one at the
// head it knows; who loses reads on and tries again.
func testRace(t *testing.T, p *place) {
	const workers, each = 8, 25
	log := p.create(t)
	won := make([]map[uint64]string, workers) // sequence → line
	var g sync.WaitGroup
	for w := range workers {
		won[w] = map[uint64]string{}
		g.Go(func() {
			var head eventstore.Head
			for n := 0; n < each; {
				line := fmt.Sprintf("worker %d, number %d\n", w, n)
				stored, err := log.Append(t.Context(), head, commit("", line))
				switch {
				case err == nil:
					won[w][stored.Sequence] = line
					head = stored
					n++
				case !errors.Is(err, eventstore.ErrConflict):
					t.Errorf("Append: %v", err)
					return
				}
				for m, err := range log.Read(t.Context(), head) {
					if err != nil {
						t.Errorf("Read: %v", err)
						return
					}
					head = m.Head
				}
			}
		})
	}
	g.Wait()
	stored := read(t, log, eventstore.Head{})
	if len(stored) != workers*each {
		t.Fatalf("%d messages are stored, and %d appends had no error", len(stored), workers*each)
	}
	for _, m := range stored {
		winners := 0
		for w := range won {
			if line, ok := won[w][m.Head.Sequence]; ok && line == string(m.Payload) {
				winners++
			}
		}
		if winners != 1 {
			t.Errorf("%d workers were told that %q is theirs", winners, m.Payload)
		}
	}
}

func testAppendCancelled(t *testing.T, p *place) {
	log := p.create(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := log.Append(ctx, eventstore.Head{}, commit("", "x\n"))
	wantError(t, "Append with a context that has ended", err, context.Canceled)
	if got := read(t, log, eventstore.Head{}); len(got) != 0 && !errors.Is(err, eventstore.ErrUnknown) {
		t.Errorf("%v, and yet it was stored", err)
	}
}
