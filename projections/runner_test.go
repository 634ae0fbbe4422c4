package projections_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/projections"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A list is a projection that remembers what it was given, and cannot take
// one position.
type list struct {
	positions []domain.Position
	poison    domain.Position
}

func (*list) Name() string { return "list" }
func (*list) Version() int { return 1 }

func (l *list) Apply(e domain.Recorded) error {
	if e.Position == l.poison {
		return errors.New("poison")
	}
	l.positions = append(l.positions, e.Position)
	return nil
}

var plain = codec.New(nil)

// event is one that registers an actor, at its place on the log.
func event(n int) domain.Recorded {
	at := time.Date(2022, 6, 10, 12, 0, n, 0, time.UTC)
	return domain.Recorded{
		ID: domain.EventID(fmt.Sprintf("e%d", n)), Region: "fosen", Position: domain.Position(n), Time: at, Effective: domain.DateOf(at),
		Subject: domain.About(domain.EntityActor, fmt.Sprintf("a%d", n)), Actor: "u1", Channel: domain.ChannelCLI, Command: domain.CommandID(fmt.Sprintf("c%d", n)),
		Event: actors.Registered{Name: "A", Kind: actors.Body, Sector: actors.Public},
	}
}

func line(t testing.TB, e domain.Recorded) []byte {
	t.Helper()
	b, err := plain.Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func newLog(t testing.TB) eventstore.Log {
	t.Helper()
	store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	log, err := store.Create(context.Background(), "fosen")
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func appendLines(t testing.TB, log eventstore.Log, after eventstore.Head, lines ...[]byte) eventstore.Head {
	t.Helper()
	head, err := log.Append(context.Background(), after, eventstore.Commit{Events: lines})
	if err != nil {
		t.Fatal(err)
	}
	return head
}

// appendEvents puts events from–to on the log, one a message.
func appendEvents(t testing.TB, log eventstore.Log, after eventstore.Head, from, to int) eventstore.Head {
	t.Helper()
	for n := from; n <= to; n++ {
		after = appendLines(t, log, after, line(t, event(n)))
	}
	return after
}

func inOrder(t *testing.T, r *projections.Runner, l *list, want int) {
	t.Helper()
	r.View(func() {
		if len(l.positions) != want {
			t.Errorf("it was given %d events, want %d", len(l.positions), want)
		}
		for i, p := range l.positions {
			if p != domain.Position(i+1) {
				t.Fatalf("event %d came as number %d", p, i+1)
			}
		}
	})
}

func TestEveryEventComesOnceAndInOrderHoweverItIsFed(t *testing.T) {
	log, l := newLog(t), &list{}
	r := projections.NewRunner("fosen", log, plain, l)
	appendEvents(t, log, eventstore.Head{}, 1, 5)
	if err := r.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	inOrder(t, r, l, 5)

	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.Run(ctx) }()
	for n := 6; n <= 40; n++ { // appended here and followed: still once, and there at once
		appendHere(t, r, r.Head(), n)
		inOrder(t, r, l, n)
	}
	appendEvents(t, log, r.Head(), 41, 60) // as another instance would
	if err := r.Wait(t.Context(), 60); err != nil {
		t.Fatal(err)
	}
	inOrder(t, r, l, 60)
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Run ended with %v", err)
	}
}

// appendHere appends event n through the runner.
func appendHere(t *testing.T, r *projections.Runner, after eventstore.Head, n int) {
	t.Helper()
	commits := []eventstore.Commit{{Events: [][]byte{line(t, event(n))}}}
	if err := r.Append(t.Context(), after, commits, []domain.Recorded{event(n)}); err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsAppendedAheadOfWhatIsReadWaitsForTheLog(t *testing.T) {
	log, l := newLog(t), &list{}
	r := projections.NewRunner("fosen", log, plain, l)
	head := appendEvents(t, log, eventstore.Head{}, 1, 2)
	appendHere(t, r, head, 3)
	inOrder(t, r, l, 0)
	if err := r.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	inOrder(t, r, l, 3)
}

func TestAnAppendThatIsRefusedFeedsNothing(t *testing.T) {
	log, l := newLog(t), &list{}
	r := projections.NewRunner("fosen", log, plain, l)
	appendEvents(t, log, eventstore.Head{}, 1, 1)
	commits := []eventstore.Commit{{Events: [][]byte{line(t, event(1))}}}
	if err := r.Append(t.Context(), eventstore.Head{}, commits, []domain.Recorded{event(1)}); !errors.Is(err, eventstore.ErrConflict) {
		t.Errorf("the answer is %v", err)
	}
	inOrder(t, r, l, 0)
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	r := projections.NewRunner("fosen", newLog(t), plain)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Wait(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("it ended with %v", err)
	}
}

func TestALogThatCannotBeTrustedStopsTheRunnerAtTheFirstBadMessage(t *testing.T) {
	change := func(f func(*domain.Recorded)) func(*testing.T) []byte {
		return func(t *testing.T) []byte {
			e := event(3)
			f(&e)
			return line(t, e)
		}
	}
	for _, tt := range []struct {
		rule string
		bad  func(*testing.T) []byte
	}{
		{"a position is left out", change(func(e *domain.Recorded) { e.Position = 4 })},
		{"a position comes again", change(func(e *domain.Recorded) { e.Position = 2 })},
		{"an event belongs to another region", change(func(e *domain.Recorded) { e.Region = "namdal" })},
		{"the clock goes back", change(func(e *domain.Recorded) { e.Time = event(1).Time })},
		{"a line is no event", func(*testing.T) []byte { return []byte("hei\n") }},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			log, l := newLog(t), &list{}
			head := appendEvents(t, log, eventstore.Head{}, 1, 2)
			head = appendLines(t, log, head, tt.bad(t))
			appendEvents(t, log, head, 4, 4)
			r := projections.NewRunner("fosen", log, plain, l)
			err := r.CatchUp(t.Context())
			var damage *eventstore.DamageError
			if !errors.As(err, &damage) || damage.Sequence != 3 {
				t.Errorf("it stopped with %v, want damage at sequence 3", err)
			}
			if !errors.Is(r.Wait(t.Context(), 4), err) || r.Err() == nil {
				t.Error("who waits for what comes after is not told why it never will")
			}
			inOrder(t, r, l, 2) // and keeps answering from before
			if health := r.Health()[0]; health.Err == nil || health.Head.Position != 2 {
				t.Errorf("its health is %+v", health)
			}
		})
	}
}

func TestAnEventOfANewerProgramIsToldApart(t *testing.T) {
	log := newLog(t)
	newer := []byte(`{"specversion":"1.0","id":"e1","source":"/regions/fosen","type":"no.framdrift.measure.dreamt.v1","subject":"measure/t01","time":"2022-06-10T12:00:00.000000000Z","datacontenttype":"application/json","position":1,"actor":"u1","channel":"cli","commandid":"c1","effective":"2022-06-10","data":{}}` + "\n")
	appendLines(t, log, eventstore.Head{}, newer)
	if err := projections.NewRunner("fosen", log, plain).CatchUp(t.Context()); !errors.Is(err, codec.ErrUnknownType) {
		t.Errorf("it stopped with %v", err)
	}
}

func TestAProjectionThatCannotTakeAnEventStopsAloneAndSaysSo(t *testing.T) {
	log, well, ill := newLog(t), &list{}, &list{poison: 3}
	appendEvents(t, log, eventstore.Head{}, 1, 5)
	r := projections.NewRunner("fosen", log, plain, ill, well)
	if err := r.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	inOrder(t, r, well, 5)
	inOrder(t, r, ill, 2)
	health := r.Health()
	if health[0].Err == nil || health[0].Head.Position != 2 || health[1].Err != nil || health[1].Head.Position != 5 {
		t.Errorf("their health is %+v", health)
	}
}

func TestAFoldIsTheSameApplyStoppedEarly(t *testing.T) {
	log := newLog(t)
	appendEvents(t, log, eventstore.Head{}, 1, 5)
	for upTo := range 7 {
		l := &list{}
		in := func(e domain.Recorded) bool { return int(e.Position) <= upTo }
		reached, err := projections.Fold(t.Context(), log, plain, in, l)
		if want := min(upTo, 5); err != nil || len(l.positions) != want || reached != domain.Position(want) {
			t.Errorf("up to %d it reached %d with %d events (%v)", upTo, reached, len(l.positions), err)
		}
	}
}

func TestAFoldStopsBeforeAnEventThatOnlyANewerProgramKnows(t *testing.T) {
	log := newLog(t)
	head := appendEvents(t, log, eventstore.Head{}, 1, 3)
	newer := bytes.Replace(line(t, event(4)), []byte("actor.registered.v1"), []byte("actor.registered.v2"), 1)
	appendLines(t, log, head, newer, line(t, event(5)))
	for upTo := 1; upTo <= 5; upTo++ {
		l := &list{}
		reached, err := projections.Fold(t.Context(), log, plain, func(e domain.Recorded) bool { return int(e.Position) <= upTo }, l)
		if errors.Is(err, codec.ErrUnknownType) != (upTo > 3) || reached != domain.Position(min(upTo, 3)) {
			t.Errorf("up to %d it reached %d (%v)", upTo, reached, err)
		}
	}
}

func BenchmarkRunnerCatchUp(b *testing.B) {
	log := newLog(b)
	const events = 10_000
	head, n := eventstore.Head{}, 1
	for n <= events {
		var lines [][]byte
		for range 100 {
			lines = append(lines, line(b, event(n)))
			n++
		}
		head = appendLines(b, log, head, lines...)
	}
	for b.Loop() {
		if err := projections.NewRunner("fosen", log, plain, &list{}).CatchUp(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(events*b.N)/b.Elapsed().Seconds(), "events/s")
}
