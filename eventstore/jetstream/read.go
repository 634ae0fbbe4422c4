package jetstream

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

const (
	batch = 1000       // messages asked for at a time
	room  = batch + 64 // a batch, and the statuses that come with it

	// A Follow that waits asks again after waitExpires. After silence the
	// server is taken to have lost the consumer.
	waitExpires = 30 * time.Second
	heartbeat   = 5 * time.Second
	silence     = 2*heartbeat + time.Second

	// maxTries is how many times a reader begins again at once without getting
	// one message further, and retryPause the time between later tries: those
	// of a Read end with the store's patience, those of a Follow do not.
	maxTries   = 3
	retryPause = 250 * time.Millisecond

	// idleConsumer is when the server drops the consumer of a reader that
	// does not ask for more; the reader then makes another.
	idleConsumer = 5 * time.Minute
)

func (l *regionLog) Read(ctx context.Context, after eventstore.Head) iter.Seq2[eventstore.Message, error] {
	return l.messages(ctx, after, false)
}

func (l *regionLog) Follow(ctx context.Context, after eventstore.Head) iter.Seq2[eventstore.Message, error] {
	return l.messages(ctx, after, true)
}

func (l *regionLog) messages(ctx context.Context, after eventstore.Head, follow bool) iter.Seq2[eventstore.Message, error] {
	return func(yield func(eventstore.Message, error) bool) {
		r := &reader{log: l, at: after, follow: follow, room: room}
		defer r.close()
		err := r.begin(ctx)
		for err == nil && (follow || r.at.Sequence < r.until) {
			var m eventstore.Message
			if m, err = r.next(ctx); err == nil && !yield(m, nil) {
				return
			}
		}
		if err != nil {
			yield(eventstore.Message{}, err)
		}
	}
}

// A reader is one Read or Follow under way. It works in the goroutine of the
// loop over it and starts none. It asks the server's consumer for a batch at
// a time:
//
//	make a consumer that begins after at ── ask for a batch ── receive ─┐
//	      ↑ lost, or messages lost on the way     ↑ batch done          │
//	      └───────────────────────────────────────┴─────────────────────┘
type reader struct {
	log    *regionLog
	follow bool
	at     eventstore.Head // the last message given
	until  uint64          // where the log stood at the start
	stream natsjs.Stream

	room     int                // of arrived
	inbox    string             // statuses come to <inbox>.<number of the batch>
	arrived  chan *nats.Msg     // filled by the connection, which throws away what finds no room
	sub      *nats.Subscription // nil without a consumer
	consumer string
	received uint64 // number of messages the consumer has given us
	batches  int
	left     int             // messages still to come of this batch
	tries    int             // consumers made since the last message
	down     <-chan struct{} // closed when the connection is lost that the consumer was made on
	moved    time.Time       // when the last message came, or the reading began
	timer    *time.Timer
}

// begin finds out where the log ends. A new leader may for a moment say less
// than an old one did, and an old one that is cut off until it is no longer
// believed; who goes on saying so after that has lost what was read.
func (r *reader) begin(ctx context.Context) error {
	var (
		head streamHead
		err  error
	)
	for r.moved = time.Now(); r.stream == nil; {
		head, err = r.log.head(ctx)
		switch {
		case r.follow && errors.Is(err, eventstore.ErrUnavailable):
			err = r.retry(ctx, err)
		case err == nil && head.last < r.at.Sequence:
			short := r.log.damage(head.last+1, fmt.Sprintf("it ends at %d and has been read up to %d", head.last, r.at.Sequence))
			if head.stream.CachedInfo().Config.Replicas < 2 || time.Since(r.moved) >= heardWithin+time.Second {
				return short
			}
			err = r.log.store.pause(ctx)
		case err == nil:
			r.stream, r.until = head.stream, head.last
		}
		if err != nil {
			return err
		}
	}
	r.moved = time.Now()
	return nil
}

// next gives the message after r.at.
func (r *reader) next(ctx context.Context) (eventstore.Message, error) {
	for {
		if err := r.ask(ctx); err != nil {
			return eventstore.Message{}, err
		}
		if r.sub == nil {
			continue // it tries again
		}
		m, err := r.receive(ctx)
		switch {
		case err != nil:
			return eventstore.Message{}, err
		case m == nil: // nothing came
			r.drop()
		case strings.HasPrefix(m.Subject, r.inbox):
			err = r.status(ctx, m)
		default:
			var ok bool
			var message eventstore.Message
			if message, ok, err = r.take(m); ok {
				return message, nil
			}
		}
		if err != nil {
			return eventstore.Message{}, err
		}
	}
}

// ask sees to it that a batch is on its way.
func (r *reader) ask(ctx context.Context) error {
	if r.sub == nil {
		if err := r.consume(ctx); err != nil {
			return err
		}
	}
	if r.sub == nil || r.left > 0 {
		return nil
	}
	// A batch may hold two of the largest messages. While the end is not
	// reached, no_wait makes the server say so when it has nothing to give.
	want := pull{Batch: batch, MaxBytes: int(2 * r.log.store.conn.MaxPayload()), NoWait: true}
	if r.at.Sequence < r.until {
		want.Batch = int(min(batch, r.until-r.at.Sequence))
	} else {
		want.NoWait, want.Expires, want.Heartbeat = false, waitExpires, heartbeat
	}
	request, err := json.Marshal(want)
	if err != nil {
		return fmt.Errorf("jetstream: asking for messages: %w", err)
	}
	r.batches++
	r.left = want.Batch
	err = r.log.store.conn.PublishRequest("$JS.API.CONSUMER.MSG.NEXT."+r.log.stream+"."+r.consumer, r.replyTo(), request)
	if err != nil {
		return r.retry(ctx, fmt.Errorf("jetstream: asking for messages of %s: %w", r.log.stream, err))
	}
	return nil
}

// A pull is the request for a batch, as the server reads it.
type pull struct {
	Batch     int           `json:"batch"`
	MaxBytes  int           `json:"max_bytes"`
	NoWait    bool          `json:"no_wait,omitempty"`
	Expires   time.Duration `json:"expires,omitempty"`
	Heartbeat time.Duration `json:"idle_heartbeat,omitempty"`
}

func (r *reader) replyTo() string { return r.inbox + "." + strconv.Itoa(r.batches) }

// receive waits for what comes next; nil when the server has been silent for
// too long.
func (r *reader) receive(ctx context.Context) (*nats.Msg, error) {
	select { // without a timer, and first what is there
	case <-r.log.store.done:
		return nil, eventstore.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	default:
	}
	select {
	case m := <-r.arrived:
		return m, nil
	default:
	}
	long := silence
	if r.log.store.patience > 0 && r.at.Sequence < r.until { // an answer comes at once, or who should give it is gone
		long = r.log.store.try
	}
	if r.timer == nil {
		r.timer = time.NewTimer(long)
	}
	r.timer.Reset(long)
	select {
	case m := <-r.arrived:
		return m, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-r.log.store.done:
		return nil, eventstore.ErrClosed
	case <-r.timer.C:
		return nil, nil
	case <-r.down:
		return nil, nil
	}
}

// take checks a message against the one before. It is not taken when others
// before it were lost on the way.
func (r *reader) take(m *nats.Msg) (eventstore.Message, bool, error) {
	meta, err := m.Metadata()
	if err != nil {
		return eventstore.Message{}, false, fmt.Errorf("jetstream: reading %s: %w", r.log.stream, err)
	}
	r.received++
	if meta.Sequence.Consumer != r.received {
		r.drop()
		return eventstore.Message{}, false, nil
	}
	want := r.at.Sequence + 1
	subject, ours := strings.CutPrefix(m.Subject, r.log.prefix)
	switch {
	case meta.Sequence.Stream != want:
		err = r.log.damage(want, fmt.Sprintf("after %d comes %d", r.at.Sequence, meta.Sequence.Stream))
	case !ours:
		err = r.log.foreign(want, fmt.Sprintf("it lies on the subject %s", m.Subject))
	case len(m.Data) == 0 || m.Data[len(m.Data)-1] != '\n':
		err = r.log.foreign(want, "it does not end with a newline")
	}
	if err != nil {
		return eventstore.Message{}, false, err
	}
	r.left--
	r.tries = 0
	r.moved = time.Now()
	r.at = eventstore.Head{Sequence: want, Position: r.at.Position + uint64(eventstore.CountLines(m.Data))}
	return eventstore.Message{Head: r.at, Subject: shown(subject), Payload: m.Data}, true, nil
}

// status reads what the server says about the batch that was asked for last.
func (r *reader) status(ctx context.Context, m *nats.Msg) error {
	if m.Subject != r.replyTo() {
		return nil
	}
	switch code, text := m.Header.Get("Status"), m.Header.Get("Description"); {
	case code == "100": // a heartbeat
	case code == "404" && r.at.Sequence < r.until:
		return r.short(ctx)
	case code == "404", code == "408", code == "409" && (strings.HasPrefix(text, "Message Size") || strings.HasPrefix(text, "Batch Completed")):
		r.left = 0
	default: // the consumer is gone, or its server is
		r.drop()
	}
	return nil
}

// short is for a consumer with nothing to give before the end is reached. The
// server skips what it cannot read, but a replica may also be behind: so the
// leader is asked for the message by its number.
func (r *reader) short(ctx context.Context) error {
	r.drop()
	want := r.at.Sequence + 1
	try, cancel := context.WithTimeout(ctx, r.log.store.try)
	defer cancel()
	_, err := r.stream.GetMsg(try, want)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, natsjs.ErrMsgNotFound):
		return r.log.damage(want, fmt.Sprintf("it is not there, and the log ends at %d", r.until))
	}
	return r.retry(ctx, fmt.Errorf("jetstream: reading message %d of %s: %w", want, r.log.stream, err))
}

// consume makes a consumer that begins after r.at, and subscribes to it.
func (r *reader) consume(ctx context.Context) error {
	if r.tries++; r.tries > maxTries {
		r.tries = 0
		return r.retry(ctx, fmt.Errorf("jetstream: reading %s: nothing came after message %d", r.log.stream, r.at.Sequence))
	}
	conn := r.log.store.conn
	r.inbox, r.arrived, r.down = conn.NewInbox(), make(chan *nats.Msg, r.room), r.log.store.link.down()
	sub, err := conn.ChanSubscribe(r.inbox+".*", r.arrived)
	if err != nil {
		return r.retry(ctx, fmt.Errorf("jetstream: subscribing to %s: %w", r.log.stream, err))
	}
	r.sub, r.consumer, r.received, r.left = sub, rand.Text(), 0, 0
	try, cancel := context.WithTimeout(ctx, r.log.store.try) // whoever asks may have all day
	defer cancel()
	_, err = r.log.store.js.CreateConsumer(try, r.log.stream, natsjs.ConsumerConfig{
		Name:              r.consumer,
		DeliverPolicy:     natsjs.DeliverByStartSequencePolicy,
		OptStartSeq:       r.at.Sequence + 1,
		AckPolicy:         natsjs.AckNonePolicy,
		MemoryStorage:     true,
		Replicas:          1,
		InactiveThreshold: idleConsumer,
	})
	switch {
	case errors.Is(err, natsjs.ErrStreamNotFound):
		if _, err := r.log.find(ctx); errors.Is(err, eventstore.ErrMissing) {
			return err
		}
		return r.retry(ctx, fmt.Errorf("jetstream: making a consumer of %s: %w", r.log.stream, err))
	case err != nil:
		return r.retry(ctx, fmt.Errorf("jetstream: making a consumer of %s: %w", r.log.stream, err))
	}
	return nil
}

// retry pauses, to forget the error and try again. It ends a Read with the
// error when the store's patience is over; a Follow goes on until ctx ends.
func (r *reader) retry(ctx context.Context, err error) error {
	r.drop()
	switch s := r.log.store; {
	case ctx.Err() != nil || s.closed():
		return s.explain(err)
	case !r.follow && time.Since(r.moved) >= s.patience:
		return s.unavailable("reading "+r.log.stream, err)
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-r.log.store.done:
		return eventstore.ErrClosed
	case <-time.After(retryPause):
		return nil
	}
}

// drop lets go of the consumer; ask makes another.
func (r *reader) drop() {
	if r.sub == nil {
		return
	}
	conn := r.log.store.conn
	// The connection may be gone, and the server forgets the consumer by itself.
	_ = r.sub.Unsubscribe()
	_ = conn.Publish("$JS.API.CONSUMER.DELETE."+r.log.stream+"."+r.consumer, nil)
	r.sub, r.left = nil, 0
}

func (r *reader) close() {
	r.drop()
	if r.timer != nil {
		r.timer.Stop()
	}
}
