package jetstream

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/eventstore"
)

// wantDamage reads from a head and expects so many good messages before the damage.
func wantDamage(t *testing.T, log eventstore.Log, after eventstore.Head, good int, sequence uint64) {
	t.Helper()
	for name, messages := range map[string]func(context.Context, eventstore.Head) (int, error){
		"Read": func(ctx context.Context, after eventstore.Head) (int, error) { return readAll(ctx, log, after) },
		"Follow": func(ctx context.Context, after eventstore.Head) (int, error) {
			n := 0
			for _, err := range log.Follow(ctx, after) {
				if err != nil {
					return n, err
				}
				n++
			}
			return n, nil
		},
	} {
		n, err := messages(t.Context(), after)
		var damage *eventstore.DamageError
		if n != good || !errors.As(err, &damage) || damage.Sequence != sequence || damage.Region != region {
			t.Errorf("%s after %d gives %d messages and %v; want %d, and damage at %d", name, after.Sequence, n, err, good, sequence)
		}
	}
}

// damaged is a store of ten messages in which one bit of one has turned while
// nobody had it open.
func damaged(t *testing.T, number uint64, remove ...string) eventstore.Log {
	t.Helper()
	dir := t.TempDir()
	s := openAt(t, Embedded{Dir: dir})
	fill(t, createLog(t, s), eventstore.Head{}, 10)
	closeStore(t, s)

	msgs := filepath.Join(dir, "jetstream", account, "streams", streamName(region), "msgs")
	blocks, err := filepath.Glob(filepath.Join(msgs, "*.blk"))
	if err != nil || len(blocks) != 1 {
		t.Fatalf("the blocks are %v: %v", blocks, err)
	}
	block, err := os.ReadFile(blocks[0])
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(block, []byte(marker(number)))
	if at < 0 {
		t.Fatal("the message is not in the block")
	}
	block[at] ^= 1
	if err := os.WriteFile(blocks[0], block, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range remove {
		if err := os.Remove(filepath.Join(msgs, name)); err != nil {
			t.Fatal(err)
		}
	}
	log, err := openAt(t, Embedded{Dir: dir}).Open(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func TestAFlippedBitIsDamageAtItsMessage(t *testing.T) {
	for _, number := range []uint64{1, 2, 5, 9, 10} {
		t.Run(fmt.Sprint("message ", number), func(t *testing.T) {
			log := damaged(t, number)
			wantDamage(t, log, eventstore.Head{}, int(number)-1, number)
			for after := number; after <= 10; after++ { // what lies behind it can be read
				n, err := readAll(t.Context(), log, eventstore.Head{Sequence: after, Position: after})
				if n != int(10-after) || err != nil {
					t.Errorf("after %d are %d messages: %v", after, n, err)
				}
			}
		})
	}
}

// After an unclean stop, which leaves no index, the server cuts the log off at
// the flipped bit. Only who knows how long it was can tell.
func TestATruncatedLogIsDamageForWhoHadReadIt(t *testing.T) {
	log := damaged(t, 6, "index.db")
	n, err := readAll(t.Context(), log, eventstore.Head{})
	if n != 5 || err != nil {
		t.Fatalf("the server left %d messages (%v), and this test expects it to leave 5", n, err)
	}
	wantDamage(t, log, eventstore.Head{Sequence: 10, Position: 10}, 0, 6)
	wantDamage(t, log, eventstore.Head{Sequence: 6, Position: 6}, 0, 6)
}

func TestADeletedMessageIsDamage(t *testing.T) {
	for _, number := range []uint64{1, 4, 6} {
		t.Run(fmt.Sprint("message ", number), func(t *testing.T) {
			f := openWithRoot(t)
			log := f.unchecked(t, func(c *natsjs.StreamConfig) { c.DenyDelete = false })
			fill(t, log, eventstore.Head{}, 6)
			stream, err := f.root.Stream(t.Context(), log.stream)
			if err != nil {
				t.Fatal(err)
			}
			if err := stream.DeleteMsg(t.Context(), number); err != nil {
				t.Fatal(err)
			}
			for _, after := range []uint64{0, 3, 6} {
				wantDamage(t, log, eventstore.Head{Sequence: after, Position: after}, 0, number)
			}
		})
	}
}

// A message that goes missing while somebody reads is seen as a gap.
func TestAGapIsDamage(t *testing.T) {
	f := openWithRoot(t)
	log := f.unchecked(t, func(c *natsjs.StreamConfig) { c.DenyDelete = false })
	fill(t, log, eventstore.Head{}, 2*batch)
	stream, err := f.root.Stream(t.Context(), log.stream)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, err = range log.Read(t.Context(), eventstore.Head{}) {
		if err != nil {
			break
		}
		if n++; n == 1 {
			if err := stream.DeleteMsg(t.Context(), batch+500); err != nil {
				t.Fatal(err)
			}
		}
	}
	var damage *eventstore.DamageError
	if !errors.As(err, &damage) || damage.Sequence != batch+500 || n != batch+499 {
		t.Errorf("Read gives %d messages and %v", n, err)
	}
}

func TestAMessageThatIsNotOursIsDamage(t *testing.T) {
	for _, tt := range []struct{ name, subject, payload string }{
		{"no newline", "framdrift.fosen.plan.measure.t01", "{}"},
		{"nothing", "framdrift.fosen.plan.measure.t01", ""},
		{"a foreign subject", "framdrift.elsewhere.a", "{}\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := openWithRoot(t)
			log := f.unchecked(t, func(c *natsjs.StreamConfig) { c.Subjects = append(c.Subjects, "framdrift.elsewhere.>") })
			head := fill(t, log, eventstore.Head{}, 2)
			if _, err := f.root.Publish(t.Context(), tt.subject, []byte(tt.payload)); err != nil {
				t.Fatal(err)
			}
			fill(t, log, eventstore.Head{Sequence: 3}, 1)
			wantDamage(t, log, eventstore.Head{}, 2, 3)
			wantDamage(t, log, head, 0, 3)
			if _, err := readAll(t.Context(), log, head); !errors.Is(err, eventstore.ErrForeign) {
				t.Errorf("it is %v, which does not say whose it is", err)
			}
		})
	}
}

// The server may forget a consumer, and the connection may throw messages away.
func TestAReaderGoesOnWhenItsConsumerIsLost(t *testing.T) {
	f := openWithRoot(t)
	log := createLog(t, f.Store)
	const last = 2*batch + 10
	head := fill(t, log, eventstore.Head{}, last)
	n := uint64(0)
	for m, err := range log.Follow(t.Context(), eventstore.Head{}) {
		if n++; err != nil || m.Head.Sequence != n {
			t.Fatalf("message %d is %+v: %v", n, m.Head, err)
		}
		switch n {
		case 5, batch, 2 * batch: // in the middle of a batch, and between two
			f.dropConsumers(t, log)
		case last: // it waits now
			f.dropConsumers(t, log)
			fill(t, log, head, 2)
		case last + 2:
			return
		}
	}
}

func (f fixture) dropConsumers(t *testing.T, log *regionLog) {
	t.Helper()
	stream, err := f.root.Stream(t.Context(), log.stream)
	if err != nil {
		t.Fatal(err)
	}
	names := stream.ConsumerNames(t.Context())
	for name := range names.Name() {
		if err := stream.DeleteConsumer(t.Context(), name); err != nil && !errors.Is(err, natsjs.ErrConsumerNotFound) {
			t.Fatal(err)
		}
	}
	if err := names.Err(); err != nil {
		t.Fatal(err)
	}
}

func TestMessagesLostOnTheWayAreReadAgain(t *testing.T) {
	s := openAt(t, Embedded{Dir: t.TempDir()})
	log := createLog(t, s)
	fill(t, log, eventstore.Head{}, 500)
	s.conn.SetErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}) // it says: slow consumer
	r := &reader{log: log, room: 60}                                       // of a batch of 500
	defer r.drop()
	if err := r.begin(t.Context()); err != nil {
		t.Fatal(err)
	}
	for want := uint64(1); want <= 500; want++ {
		m, err := r.next(t.Context())
		if err != nil || m.Head.Sequence != want || !strings.Contains(string(m.Payload), marker(want)) {
			t.Fatalf("message %d is %+v: %v", want, m.Head, err)
		}
	}
}

// A batch ends at a number of bytes too, before the connection has to hold
// more than it should.
func TestLargeMessagesAreRead(t *testing.T) {
	log := createLog(t, openAt(t, Embedded{Dir: t.TempDir()}))
	line := append(bytes.Repeat([]byte("x"), 3<<20), '\n')
	var head eventstore.Head
	for range 20 {
		var err error
		if head, err = log.Append(t.Context(), head, eventstore.Commit{Events: [][]byte{line}}); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := readAll(t.Context(), log, eventstore.Head{}); n != 20 || err != nil {
		t.Errorf("%d messages of 3 MB are read: %v", n, err)
	}
}

func TestNothingOutlivesTheLoop(t *testing.T) {
	f := openWithRoot(t)
	log := createLog(t, f.Store)
	head := fill(t, log, eventstore.Head{}, 100)
	if _, err := readAll(t.Context(), log, eventstore.Head{}); err != nil {
		t.Fatal(err)
	}
	before := goleak.IgnoreCurrent()
	for range 5 {
		for _, err := range log.Read(t.Context(), eventstore.Head{}) {
			if err != nil {
				t.Fatal(err)
			}
			break
		}
		if _, err := readAll(t.Context(), log, eventstore.Head{}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		for m, err := range log.Follow(ctx, eventstore.Head{}) {
			if err != nil && !errors.Is(err, context.Canceled) {
				t.Fatal(err)
			}
			if m.Head == head {
				cancel()
			}
		}
		cancel()
	}
	goleak.VerifyNone(t, before)
	stream, err := f.root.Stream(t.Context(), log.stream)
	if err != nil {
		t.Fatal(err)
	}
	if n := stream.CachedInfo().State.Consumers; n != 0 {
		t.Errorf("the server still has %d consumers", n)
	}
	if n := f.Store.conn.NumSubscriptions(); n > 1 { // one for answers
		t.Errorf("the connection still has %d subscriptions", n)
	}
}

// A log that is gone from under its readers ends them, and is not made anew.
func TestAStreamThatIsDeletedIsMissing(t *testing.T) {
	f := openWithRoot(t)
	log := createLog(t, f.Store)
	head := fill(t, log, eventstore.Head{}, 3)
	var last error
	for m, err := range log.Follow(t.Context(), eventstore.Head{}) {
		if last = err; m.Head == head {
			if err := f.root.DeleteStream(t.Context(), log.stream); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !errors.Is(last, eventstore.ErrMissing) {
		t.Errorf("Follow ends with %v", last)
	}
	if _, err := readAll(t.Context(), log, head); !errors.Is(err, eventstore.ErrMissing) {
		t.Errorf("Read gives %v", err)
	}
	if _, err := log.Append(t.Context(), head, event(4)); err == nil || errors.Is(err, eventstore.ErrUnknown) {
		t.Errorf("Append gives %v", err)
	}
}

// A cluster may lose a question. It is asked again as long as the store has
// patience, and no longer, however long whoever reads would wait.
func TestAReadThatIsNotAnsweredEndsWithTheStoresPatience(t *testing.T) {
	mute := newUser("mute", []string{"$JS.API.STREAM.INFO.*"}) // who may not make a consumer is not told so
	root := user{name: "root", key: newKey()}
	e := Embedded{Dir: t.TempDir(), Logger: slog.New(slog.DiscardHandler)}
	srv, err := start(e, mute, root)
	if err != nil {
		t.Fatal(err)
	}
	open := func(u user) *Store {
		conn, err := u.connect(srv, e.Logger)
		if err != nil {
			t.Fatal(err)
		}
		s, err := newStore(conn, func() (*nats.Conn, error) { return u.connect(srv, e.Logger) }, 1, func() error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	all, some := open(root), open(mute)
	some.patience, some.try = 200*time.Millisecond, 50*time.Millisecond
	fill(t, createLog(t, all), eventstore.Head{}, 1)
	log, err := some.Open(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	long, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	if _, err := readAll(long, log, eventstore.Head{}); !errors.Is(err, eventstore.ErrUnavailable) {
		t.Errorf("it ends with %v", err)
	}
	if err := errors.Join(all.Close(), some.Close(), shutdown(srv)); err != nil {
		t.Error(err)
	}
}
