// Package jetstream keeps the contract of package eventstore on NATS
// JetStream, with a server inside this process or with servers elsewhere: one,
// or a cluster of three.
//
//	store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: "framdrift-data/log"})
//	store, err := jetstream.OpenExternal(jetstream.External{URL: "tls://n1:4222,tls://n2:4222", Replicas: 3})
//	log, err := store.Open(ctx, "fosen")
//	head, err := log.Append(ctx, head, eventstore.Commit{Subject: "-.actor.radet", Events: lines})
//	for m, err := range log.Read(ctx, eventstore.Head{}) { … }
//
// # What lies where
//
// The log of the region fosen is the stream FRAMDRIFT_fosen (see stream.go
// for how it must be kept). One Append is one message on it:
//
//	framdrift.fosen.handlingsplan-2022-2024.measure.t07   one commit about one thing
//	framdrift.fosen.pack                                  several, or about several
//
// with two headers that the server checks before it stores anything, and the
// lines of the commits, one after the other, as its payload:
//
//	Nats-Expected-Stream: FRAMDRIFT_fosen
//	Nats-Expected-Last-Sequence: 411
//
// # What an answer means
//
// The embedded server syncs each message to disk before it acknowledges it,
// so an Append without error outlives a power cut; a server elsewhere does it
// when it is configured to (docs/operating.md). An Append that got no answer
// (ErrUnknown) is never sent again by this package: whoever asked reads on and
// looks. What was not sent, because there was no connection or no leader, is
// sent for as long as the store has patience, and is then ErrUnavailable.
//
// A cluster compares the expected sequence with what its leader has accepted,
// also while that is not yet, and may never be, agreed with the others. So
// after ErrConflict there may be nothing to read for a while. A leader that
// was paused or cut off, and comes back, is given messages beside the one who
// took its place, and may be the first to answer: «wrong last sequence» to what
// the other then stores. So from a cluster ErrConflict is ErrUnknown too.
//
// # What is not trusted
//
// JetStream skips a message it cannot read, without a word. So a reader
// counts: each message must carry the sequence after the one before, and the
// last must be the one the stream said it had. Anything else is a
// DamageError, and nothing is repaired here.
package jetstream

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

const (
	// answerTimeout is how long the server may take over one answer.
	answerTimeout = 10 * time.Second
	// headerRoom is kept free of every message for its headers, which count
	// as payload to the server: two names and two values of at most 80 bytes.
	headerRoom = 1024

	pack = "pack" // the subject of a message that is not about one thing
)

// A Store is every log on one JetStream account. It is an eventstore.Store.
type Store struct {
	conn     *nats.Conn // may append and read
	js       natsjs.JetStream
	admin    func() (*nats.Conn, error)      // connects somebody who may make streams
	vault    func(*link) (*nats.Conn, error) // and somebody who may use the vault
	replicas int
	stop     func() error  // lets go of what the connection stands on
	patience time.Duration // how long a leader and a connection are waited for; 0 on the embedded server
	try      time.Duration // how long one question may take
	answer   time.Duration // how long an append may wait for its acknowledgement
	link     link
	failed   context.Context // ends when the server could not write; its cause says why
	fail     func(error)     // ends it
	dir      string          // of the server inside this process; empty: it is elsewhere
	creating sync.Mutex      // held while a stream is made in dir

	once sync.Once
	done chan struct{} // closed by Close
}

var _ eventstore.Store = (*Store)(nil)

// newStore puts a store on a connection; stop is called once, after the
// connection has been closed.
func newStore(conn *nats.Conn, admin func() (*nats.Conn, error), replicas int, stop func() error) (*Store, error) {
	js, err := natsjs.New(conn, natsjs.WithDefaultTimeout(answerTimeout))
	if err != nil {
		return nil, fmt.Errorf("jetstream: %w", err)
	}
	return &Store{conn: conn, js: js, admin: admin, replicas: replicas, stop: stop, try: answerTimeout, answer: answerTimeout, done: make(chan struct{}), failed: context.Background()}, nil
}

// Close ends every Read and Follow with ErrClosed and stops the server. An
// Append that is under way gets ErrUnknown. The error says that the server
// did not stop in time; a second Close does nothing.
func (s *Store) Close() error {
	var err error
	s.once.Do(func() {
		close(s.done)
		s.conn.Close()
		err = s.stop()
	})
	return err
}

func (s *Store) closed() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// explain is ErrClosed for whatever goes wrong after Close.
func (s *Store) explain(err error) error {
	if s.closed() {
		return eventstore.ErrClosed
	}
	return err
}

// MaxPayload is the largest message that the log of a new region would take.
func (s *Store) MaxPayload() int { return int(s.conn.MaxPayload()) - headerRoom }

// A regionLog is an eventstore.Log.
type regionLog struct {
	store  *Store
	region string
	stream string // FRAMDRIFT_<region>
	prefix string // framdrift.<region>.
	max    int    // bytes of payload
	copies int    // how many servers it lies on
	names  *names
}

func (l *regionLog) Messages(ctx context.Context) (uint64, error) {
	h, err := l.head(ctx)
	return h.last, err
}

func (l *regionLog) MaxPayload() int { return l.max }

func (l *regionLog) Append(ctx context.Context, after eventstore.Head, commits ...eventstore.Commit) (eventstore.Head, error) {
	if l.store.closed() {
		return eventstore.Head{}, eventstore.ErrClosed
	}
	payload, err := join(commits)
	if err != nil {
		return eventstore.Head{}, fmt.Errorf("jetstream: appending to %s: %w", l.stream, err)
	}
	if len(payload) > l.max {
		return eventstore.Head{}, fmt.Errorf("%w: %d bytes, and it takes %d", eventstore.ErrTooLarge, len(payload), l.max)
	}
	if err := ctx.Err(); err != nil {
		return eventstore.Head{}, fmt.Errorf("jetstream: appending to %s: nothing was sent: %w", l.stream, err)
	}
	if cause := context.Cause(l.store.failed); cause != nil {
		return eventstore.Head{}, fmt.Errorf("%w: appending to %s: nothing was sent: %w", eventstore.ErrFailed, l.stream, cause)
	}
	ack, err := l.publish(ctx, after.Sequence, l.prefix+subjectOf(commits), payload)
	switch {
	case err != nil:
		return eventstore.Head{}, l.store.orFailed(l.refused(err))
	case ack.Sequence != after.Sequence+1:
		return eventstore.Head{}, &eventstore.DamageError{
			Region: l.region, Sequence: after.Sequence + 1,
			Reason: fmt.Sprintf("what was appended there was stored as %d", ack.Sequence),
		}
	}
	if err := l.names.keep(); err != nil {
		l.store.fail(err)
		return eventstore.Head{}, fmt.Errorf("%w: putting the name of a block of %s on disk: %w", eventstore.ErrFailed, l.stream, err)
	}
	return eventstore.Head{Sequence: ack.Sequence, Position: after.Position + uint64(eventstore.CountLines(payload))}, nil
}

// publish sends a message, again as long as it certainly was not taken by
// anybody and the store's patience lasts.
func (l *regionLog) publish(ctx context.Context, after uint64, subject string, payload []byte) (*natsjs.PubAck, error) {
	untaken := errNoTime
	for end := time.Now().Add(l.store.patience); ; {
		ack, err := l.send(ctx, after, subject, payload)
		if errors.Is(err, errNoTime) {
			return nil, untaken
		}
		if err == nil || !unsent(err) || !time.Now().Before(end) {
			return ack, err
		}
		if untaken = err; l.store.pause(ctx) != nil {
			return nil, untaken
		}
	}
}

// send sends a message once, unless there is no time to.
func (l *regionLog) send(ctx context.Context, after uint64, subject string, payload []byte) (*natsjs.PubAck, error) {
	ctx, cancel := context.WithTimeout(ctx, l.store.answer)
	defer cancel()
	if end, _ := ctx.Deadline(); ctx.Err() != nil || !time.Now().Before(end) { // a context may end later than its deadline
		return nil, errNoTime
	}
	defer context.AfterFunc(l.store.failed, cancel)() // no answer comes then
	m := &nats.Msg{Subject: subject, Data: payload, Header: nats.Header{}}
	away := apart(l.store.conn)
	ack, err := l.store.js.PublishMsg(ctx, m, natsjs.WithExpectStream(l.stream), natsjs.WithExpectLastSequence(after), natsjs.WithRetryAttempts(0))
	if err != nil && ctx.Err() != nil && away() {
		return nil, errNoTime // its time was over between the look and the sending
	}
	return ack, err
}

// apart gives a function that tells whether there has been no connection to a
// server from now until it is called. What is sent then goes nowhere, and waits
// nowhere either.
func apart(conn *nats.Conn) func() bool {
	if conn == nil || conn.IsConnected() {
		return func() bool { return false }
	}
	before := conn.Stats().Reconnects
	return func() bool { return !conn.IsConnected() && conn.Stats().Reconnects == before }
}

var errNoTime = errors.New("its time was over")

// unsent reports whether an error of a publish says that no server took the
// message: there was no connection, or nobody who listens to the subject.
func unsent(err error) bool {
	return errors.Is(err, errNoTime) || errors.Is(err, nats.ErrReconnectBufExceeded) || errors.Is(err, natsjs.ErrNoStreamResponse)
}

// join gives the lines of all commits, after a look at each: it must end with
// its only newline.
func join(commits []eventstore.Commit) ([]byte, error) {
	if len(commits) == 0 {
		return nil, errors.New("there is no commit")
	}
	size := 0
	for i, c := range commits {
		if len(c.Events) == 0 {
			return nil, fmt.Errorf("commit %d of %d has no events", i+1, len(commits))
		}
		if !validSubject(c.Subject) {
			return nil, fmt.Errorf("the subject %q of commit %d is not tokens of a–z, A–Z, 0–9, - and _", c.Subject, i+1)
		}
		for j, line := range c.Events {
			if n := bytes.IndexByte(line, '\n'); n < 1 || n != len(line)-1 {
				return nil, fmt.Errorf("event %d of commit %d is not one line that ends with a newline", j+1, i+1)
			}
			size += len(line)
		}
	}
	payload := make([]byte, 0, size)
	for _, c := range commits {
		for _, line := range c.Events {
			payload = append(payload, line...)
		}
	}
	return payload, nil
}

func subjectOf(commits []eventstore.Commit) string {
	if len(commits) == 1 && commits[0].Subject != "" {
		return commits[0].Subject
	}
	return pack
}

// shown is the way back, of a subject without its prefix.
func shown(subject string) string {
	if subject == pack {
		return ""
	}
	return subject
}

// refused sorts the errors of an append. Only those that tell for certain
// that nothing was stored are anything but ErrUnknown.
func (l *regionLog) refused(err error) error {
	if api, ok := errors.AsType[*natsjs.APIError](err); ok {
		switch api.ErrorCode {
		case codeWrongLastSequence, codeInFlight:
			if l.copies > 1 {
				return fmt.Errorf("%w; %w: appending to %s: %w", eventstore.ErrConflict, eventstore.ErrUnknown, l.stream, err)
			}
			return eventstore.ErrConflict
		case codeMessageTooLarge:
			return fmt.Errorf("%w: %w", eventstore.ErrTooLarge, err)
		case codeNoResources, codeStorageFull, codeStreamMismatch:
			return fmt.Errorf("jetstream: appending to %s: nothing was stored: %w", l.stream, err)
		}
	}
	if errors.Is(err, nats.ErrMaxPayload) { // the server we are connected to takes less than the one before
		return fmt.Errorf("%w: %w", eventstore.ErrTooLarge, err)
	}
	if unsent(err) {
		return fmt.Errorf("%w: appending to %s: nothing was sent: %w", eventstore.ErrUnavailable, l.stream, err)
	}
	return fmt.Errorf("%w: appending to %s: %w", eventstore.ErrUnknown, l.stream, err)
}

// orFailed is ErrFailed, and no longer ErrUnknown or ErrUnavailable, for what
// got no answer because the server could not write: it is no use to ask again.
func (s *Store) orFailed(err error) error {
	cause := context.Cause(s.failed)
	if cause == nil || !errors.Is(err, eventstore.ErrUnknown) && !errors.Is(err, eventstore.ErrUnavailable) {
		return err
	}
	return fmt.Errorf("%w: %s: %w", eventstore.ErrFailed, err.Error(), cause)
}

// Codes of the server's refusals (server/jetstream_errors_generated.go).
const (
	codeWrongLastSequence natsjs.ErrorCode = 10071
	codeInFlight          natsjs.ErrorCode = 10164 // somebody else's message for the same place is on its way
	codeMessageTooLarge   natsjs.ErrorCode = 10054
	codeNoResources       natsjs.ErrorCode = 10023
	codeStorageFull       natsjs.ErrorCode = 10047
	codeStreamMismatch    natsjs.ErrorCode = 10060
)

// validSubject accepts the empty subject, and tokens with dots between them
// that are neither wildcards nor the name of packs.
func validSubject(subject string) bool {
	if subject == "" {
		return true
	}
	for token := range strings.SplitSeq(subject, ".") {
		if !validToken(token) {
			return false
		}
	}
	return subject != pack
}

func validToken(token string) bool {
	return token != "" && strings.Trim(token, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == ""
}
