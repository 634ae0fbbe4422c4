// Package storetest is the contract of package eventstore as tests. Every
// implementation of it runs all of them:
//
//	func TestContract(t *testing.T) {
//		storetest.Run(t, func(t testing.TB, dir string) eventstore.Store {
//			s, err := mystore.Open(dir)
//			if err != nil {
//				t.Fatal(err)
//			}
//			return s
//		})
//	}
//
// Each test has a directory of its own. The suite closes what it opens, and
// opens the same directory again when it wants to see what is really stored.
package storetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/eventstore"
)

// An Open opens the store that lies in a directory: an empty one the first
// time, and after a Close what was there. It fails the test when it cannot.
type Open func(t testing.TB, dir string) eventstore.Store

// Run tests a store against the contract.
func Run(t *testing.T, open Open) {
	for _, tt := range []struct {
		name string
		test func(*testing.T, *place)
	}{
		{"a log that was never made is missing, and asking does not make it", testMissing},
		{"a log is made once", testExists},
		{"a region that cannot be a subject has no log", testRegionNames},
		{"an empty log reads as nothing", testEmpty},
		{"what is appended is read, with sequences and positions from 1", testAppendRead},
		{"commits that are appended together are one message", testPack},
		{"an append behind or ahead of the log is a conflict and stores nothing", testConflict},
		{"the zero head is only where an empty log stands", testZeroHead},
		{"the largest message is stored, and one byte more is not", testTooLarge},
		{"a commit that is not whole lines stores nothing", testMalformed},
		{"bytes are kept as they are", testBytes},
		{"a log knows how many messages it holds", testMessages},
		{"a read begins after any head", testReadMiddle},
		{"a read ends where the log stood when it was called", testReadEnds},
		{"a read can be left early and done again", testReadAgain},
		{"a log shorter than what was read before is damaged", testShorter},
		{"several readers read at once", testReaders},
		{"the logs of two regions are apart", testRegions},
		{"of many that append at one head one wins", testRace},
		{"a follower sees what is appended later", testFollow},
		{"a follower may begin anywhere", testFollowMiddle},
		{"a context that ends, ends reading and following", testCancel},
		{"an append without time stores nothing or says it does not know", testAppendCancelled},
		{"closing ends everything", testClose},
		{"a store that is opened again holds the same bytes", testReopen},
		{"whatever is done, the log is what a list would be", testModel},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, newPlace(t, open)) })
	}
}

// region is the one that tests use when they need only one.
const region = "fosen"

// patience is how long a test waits for what should come at once.
const patience = time.Minute

// A place is a directory, and the store that is open there now.
type place struct {
	open  Open
	dir   string
	store eventstore.Store
}

func newPlace(t *testing.T, open Open) *place {
	p := &place{open: open, dir: t.TempDir()}
	p.store = open(t, p.dir)
	t.Cleanup(func() {
		if err := p.store.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return p
}

// reopen closes the store and opens what it left.
func (p *place) reopen(t testing.TB) {
	t.Helper()
	if err := p.store.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	p.store = p.open(t, p.dir)
}

func (p *place) create(t testing.TB) eventstore.Log {
	t.Helper()
	log, err := p.store.Create(t.Context(), region)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	return log
}

// A message is what a test appends and expects to read.
type message struct {
	subject string
	lines   []string
}

// fill appends messages of one commit each and returns where the log then stands.
func fill(t testing.TB, log eventstore.Log, after eventstore.Head, messages ...message) eventstore.Head {
	t.Helper()
	for _, m := range messages {
		head, err := log.Append(t.Context(), after, commit(m.subject, m.lines...))
		if err != nil {
			t.Fatalf("Append after %+v: %v", after, err)
		}
		if want := (eventstore.Head{Sequence: after.Sequence + 1, Position: after.Position + uint64(len(m.lines))}); head != want {
			t.Fatalf("Append after %+v gives %+v, want %+v", after, head, want)
		}
		after = head
	}
	return after
}

// some is a number of messages, of one, two and three events in turn.
func some(n int) []message {
	messages := make([]message, n)
	position := 0
	for i := range messages {
		messages[i].subject = fmt.Sprintf("handlingsplan-2022-2024.measure.t%02d", i%7+1)
		for range i%3 + 1 {
			position++
			messages[i].lines = append(messages[i].lines, fmt.Sprintf("{\"position\":%d}\n", position))
		}
	}
	return messages
}

func commit(subject string, lines ...string) eventstore.Commit {
	c := eventstore.Commit{Subject: subject}
	for _, line := range lines {
		c.Events = append(c.Events, []byte(line))
	}
	return c
}

// read is everything after the head; the test fails if an error comes.
func read(t testing.TB, log eventstore.Log, after eventstore.Head) []eventstore.Message {
	t.Helper()
	var all []eventstore.Message
	for m, err := range log.Read(t.Context(), after) {
		if err != nil {
			t.Fatalf("Read after %+v, at message %d: %v", after, len(all)+1, err)
		}
		all = append(all, m)
	}
	return all
}

// readError is the error that ends a read.
func readError(ctx context.Context, log eventstore.Log, after eventstore.Head) error {
	for _, err := range log.Read(ctx, after) {
		if err != nil {
			return err
		}
	}
	return nil
}

// same compares what was read, from the message after a head, with what was appended.
func same(t testing.TB, got []eventstore.Message, after eventstore.Head, want []message) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d messages are read after %+v, want %d", len(got), after, len(want))
	}
	for i, w := range want {
		after.Sequence++
		after.Position += uint64(len(w.lines))
		if got[i].Head != after || got[i].Subject != w.subject {
			t.Fatalf("message %d stands at %+v about %q, want %+v about %q", i+1, got[i].Head, got[i].Subject, after, w.subject)
		}
		var lines []string
		position := after.Position - uint64(len(w.lines))
		for p, line := range got[i].Lines() {
			position++
			if p != position {
				t.Fatalf("an event of message %d has position %d, want %d", i+1, p, position)
			}
			lines = append(lines, string(line))
		}
		if !slices.Equal(lines, w.lines) {
			t.Fatalf("message %d holds %q, want %q", i+1, lines, w.lines)
		}
	}
}

func wantError(t testing.TB, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s gives the error %v, want %v", what, err, want)
	}
}

// headAt is where a log of some messages stands after n of them.
func headAt(messages []message, n int) eventstore.Head {
	var h eventstore.Head
	for _, m := range messages[:n] {
		h.Sequence++
		h.Position += uint64(len(m.lines))
	}
	return h
}
