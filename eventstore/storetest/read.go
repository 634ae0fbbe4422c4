package storetest

import (
	"context"
	"errors"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
)

func testEmpty(t *testing.T, p *place) {
	before := p.store.MaxPayload()
	log := p.create(t)
	same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, nil)
	if got := log.MaxPayload(); got < 1<<16 || got != before {
		t.Errorf("MaxPayload is %d bytes, and the store said %d", got, before)
	}
}

func testMessages(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(4)
	var head eventstore.Head
	for i := range len(messages) + 1 {
		if n, err := log.Messages(t.Context()); n != uint64(i) || err != nil {
			t.Errorf("a log of %d messages says %d, %v", i, n, err)
		}
		if i < len(messages) {
			head = fill(t, log, head, messages[i])
		}
	}
}

func testReadMiddle(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(9)
	fill(t, log, eventstore.Head{}, messages...)
	for n := range len(messages) + 1 {
		after := headAt(messages, n)
		same(t, read(t, log, after), after, messages[n:])
	}
}

func testReadEnds(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(5)
	head := fill(t, log, eventstore.Head{}, messages...)
	n := 0
	for _, err := range log.Read(t.Context(), eventstore.Head{}) {
		if err != nil {
			t.Fatal(err)
		}
		n++
		head = fill(t, log, head, message{"", []string{"more\n"}})
	}
	if n != len(messages) {
		t.Errorf("%d messages are read of a log that had %d and grew", n, len(messages))
	}
}

func testReadAgain(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(30)
	fill(t, log, eventstore.Head{}, messages...)
	again := log.Read(t.Context(), eventstore.Head{})
	for stop := range 5 {
		n := 0
		for m, err := range again {
			if err != nil {
				t.Fatal(err)
			}
			if n++; m.Head.Sequence != uint64(n) {
				t.Fatalf("message %d has sequence %d", n, m.Head.Sequence)
			}
			if n == stop+1 {
				break
			}
		}
	}
	same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, messages)
}

func testShorter(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(3)
	head := fill(t, log, eventstore.Head{}, messages...)
	head.Sequence++
	head.Position++
	for name, next := range map[string]func() error{
		"Read":   func() error { return readError(t.Context(), log, head) },
		"Follow": func() error { return followError(t.Context(), log, head) },
	} {
		var damage *eventstore.DamageError
		if err := next(); !errors.As(err, &damage) || damage.Sequence != 4 || damage.Region != region {
			t.Errorf("%s after 4 of 3 messages gives %v", name, err)
		}
	}
}

func testReaders(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(300)
	fill(t, log, eventstore.Head{}, messages...)
	var g sync.WaitGroup
	for i := range 8 {
		after := headAt(messages, i*20)
		g.Go(func() {
			head := after
			for m, err := range log.Read(t.Context(), after) {
				if err != nil || m.Head.Sequence != head.Sequence+1 {
					t.Errorf("after %+v comes %+v, %v", head, m.Head, err)
					return
				}
				head = m.Head
			}
			if want := headAt(messages, len(messages)); head != want {
				t.Errorf("a reader ends at %+v, want %+v", head, want)
			}
		})
	}
	g.Wait()
}

// followError is the error that ends a follow.
func followError(ctx context.Context, log eventstore.Log, after eventstore.Head) error {
	for _, err := range log.Follow(ctx, after) {
		if err != nil {
			return err
		}
	}
	return errors.New("a Follow ended without an error")
}

// A follower is a Follow in a goroutine of its own.
type follower struct {
	messages chan eventstore.Message
	ended    chan error // gets the error that came last
	cancel   context.CancelFunc
}

func follow(t *testing.T, log eventstore.Log, after eventstore.Head) *follower {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	f := &follower{make(chan eventstore.Message), make(chan error, 1), cancel}
	var g sync.WaitGroup
	g.Go(func() {
		for m, err := range log.Follow(ctx, after) {
			if err != nil {
				f.ended <- err
				return
			}
			select {
			case f.messages <- m:
			case <-ctx.Done():
			}
		}
		f.ended <- errors.New("a Follow ended without an error")
	})
	t.Cleanup(func() { cancel(); g.Wait() })
	return f
}

// next takes messages, as many as are wanted.
func (f *follower) next(t *testing.T, n int) []eventstore.Message {
	t.Helper()
	var got []eventstore.Message
	for range n {
		select {
		case m := <-f.messages:
			got = append(got, m)
		case err := <-f.ended:
			t.Fatalf("Follow ended after %d messages of %d: %v", len(got), n, err)
		}
	}
	return got
}

func testFollow(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(12)
	early, late := follow(t, log, eventstore.Head{}), (*follower)(nil)
	var head eventstore.Head
	for i, m := range messages {
		head = fill(t, log, head, m)
		same(t, early.next(t, 1), headAt(messages, i), messages[i:i+1])
		if i == 5 { // with six messages to catch up on
			late = follow(t, log, eventstore.Head{})
			same(t, late.next(t, 6), eventstore.Head{}, messages[:6])
		}
	}
	same(t, late.next(t, 6), headAt(messages, 6), messages[6:])
}

func testFollowMiddle(t *testing.T, p *place) {
	log := p.create(t)
	messages := some(6)
	head := fill(t, log, eventstore.Head{}, messages[:5]...)
	for n := range 6 {
		after := headAt(messages, n)
		same(t, follow(t, log, after).next(t, 5-n), after, messages[n:5])
	}
	f := follow(t, log, head)
	fill(t, log, head, messages[5])
	same(t, f.next(t, 1), head, messages[5:])
}

func testCancel(t *testing.T, p *place) {
	log := p.create(t)
	fill(t, log, eventstore.Head{}, some(3)...)

	f := follow(t, log, eventstore.Head{})
	f.next(t, 3) // it waits for a fourth now
	f.cancel()
	wantError(t, "Follow", <-f.ended, context.Canceled)

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	var last error
	for _, err := range log.Read(ctx, eventstore.Head{}) {
		n++
		cancel()
		last = err
	}
	if n > 3 { // what was read already may still be given
		t.Errorf("a Read whose context ended in the middle gives %d messages", n)
	}
	wantError(t, "Read", last, context.Canceled)
	wantError(t, "Read with a context that has ended", readError(ctx, log, eventstore.Head{}), context.Canceled)
	wantError(t, "Follow with a context that has ended", followError(ctx, log, eventstore.Head{}), context.Canceled)
}

func testClose(t *testing.T, p *place) {
	log := p.create(t)
	fill(t, log, eventstore.Head{}, some(3)...)
	f := follow(t, log, eventstore.Head{})
	f.next(t, 3)
	var last error
	for _, err := range log.Read(t.Context(), eventstore.Head{}) {
		if last = err; err != nil {
			break
		}
		if err := p.store.Close(); err != nil {
			t.Fatalf("Close: %v", err)
		}
	}
	wantError(t, "a Read that was under way", last, eventstore.ErrClosed)
	wantError(t, "a Follow that was under way", <-f.ended, eventstore.ErrClosed)

	_, err := log.Append(t.Context(), headAt(some(3), 3), commit("", "x\n"))
	wantError(t, "Append", err, eventstore.ErrClosed)
	wantError(t, "Read", readError(t.Context(), log, eventstore.Head{}), eventstore.ErrClosed)
	wantError(t, "Follow", followError(t.Context(), log, eventstore.Head{}), eventstore.ErrClosed)
	_, err = log.Messages(t.Context())
	wantError(t, "Messages", err, eventstore.ErrClosed)
	_, err = p.store.Open(t.Context(), region)
	wantError(t, "Open", err, eventstore.ErrClosed)
	_, err = p.store.Create(t.Context(), "another")
	wantError(t, "Create", err, eventstore.ErrClosed)
	if err := p.store.Close(); err != nil {
		t.Errorf("a second Close gives %v", err)
	}
}

func testReopen(t *testing.T, p *place) {
	messages := some(40)
	log := p.create(t)
	var head eventstore.Head
	for i := 0; i < len(messages); i += 10 {
		head = fill(t, log, head, messages[i:i+10]...)
		p.reopen(t)
		var err error
		if log, err = p.store.Open(t.Context(), region); err != nil {
			t.Fatal(err)
		}
		same(t, read(t, log, eventstore.Head{}), eventstore.Head{}, messages[:i+10])
	}
}
