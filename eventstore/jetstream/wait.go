package jetstream

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

const (
	// waitPause is the time between two tries of what is waited for.
	waitPause = 50 * time.Millisecond
	// heardWithin is how lately a leader must have heard from most replicas
	// to be believed. They answer every second; a leader that is cut off
	// goes on calling itself one for up to twenty.
	heardWithin = 3 * time.Second
	// missingFor is how long a cluster must say that a stream is not there.
	missingFor = 2 * time.Second
)

var (
	errNoLeader    = errors.New("the replicas have no leader just now")
	errNotYet      = errors.New("the cluster does not know the stream just now")
	errAloneLeader = errors.New("the leader does not hear from the other replicas just now")
	errAway        = errors.New("a server that keeps a copy is away, or behind")
)

// patiently does what may be done twice until it succeeds, until it fails with
// an error that does not pass by itself, or until patience is over, which is
// ErrUnavailable. With no patience there is one try.
func (s *Store) patiently(ctx context.Context, what string, do func(context.Context) error) error {
	for end := time.Now().Add(s.patience); ; {
		try, cancel := context.WithTimeout(ctx, s.try)
		err := do(try)
		cancel()
		switch {
		case err == nil:
			return nil
		case s.closed():
			return eventstore.ErrClosed
		case ctx.Err() != nil:
			return fmt.Errorf("jetstream: %s: %w", what, ctx.Err())
		case !passes(err):
			return fmt.Errorf("jetstream: %s: %w", what, err)
		case !time.Now().Before(end):
			return s.unavailable(what, err)
		}
		if err := s.pause(ctx); err != nil {
			return err
		}
	}
}

// leave goes to another server, if we know of any, when the one we are
// connected to has had our patience: it may be cut off from the others, and
// does not know it. Not earlier, for while the others choose a leader it is as
// good as they are, and the next may be the one that is cut off.
func (s *Store) leave() {
	if s.conn == nil || !s.conn.IsConnected() || len(s.conn.Servers()) < 2 || s.link.age() < s.patience {
		return
	}
	s.link.joined()
	_ = s.conn.ForceReconnect() // it errs when the connection is closed, and then so are we
}

// unavailable is the error of what was waited for in vain; the server that was
// asked is left. A server tells nobody who asks that he may not ask, so what it
// did say is told with it.
func (s *Store) unavailable(what string, err error) error {
	s.leave()
	if refusal := s.link.refusal(); refusal != nil {
		err = fmt.Errorf("%w (the server said: %w)", err, refusal)
	}
	return fmt.Errorf("%w: %s, tried for %v: %w", eventstore.ErrUnavailable, what, max(s.patience, s.try), err)
}

// pause waits a moment; its error is that of ctx, or ErrClosed.
func (s *Store) pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.done:
		return eventstore.ErrClosed
	case <-time.After(waitPause):
		return nil
	}
}

// passes reports whether an error is one that comes while a connection is made
// again, or a cluster chooses a leader, and then comes no more.
func passes(err error) bool {
	if api, ok := errors.AsType[*natsjs.APIError](err); ok {
		switch api.ErrorCode {
		case codeNoCluster, codeNotLeader, codeNoPeers, codeStreamOffline, codeNotEnabled:
			return true
		}
	}
	for _, passing := range []error{
		errNoLeader, errAloneLeader, errNotYet, errAway, nats.ErrNoServers,
		context.DeadlineExceeded, nats.ErrTimeout, nats.ErrNoResponders, natsjs.ErrNoStreamResponse, natsjs.ErrJetStreamNotEnabled,
		nats.ErrReconnectBufExceeded, nats.ErrDisconnected, nats.ErrConnectionClosed, nats.ErrConnectionReconnecting,
		io.EOF, // a server on its way down or up hangs up
	} {
		if errors.Is(err, passing) {
			return true
		}
	}
	_, network := errors.AsType[*net.OpError](err)
	return network
}

// Codes of the server's answers that pass (server/jetstream_errors_generated.go).
const (
	codeNoCluster     natsjs.ErrorCode = 10008 // the cluster has no leader
	codeNotLeader     natsjs.ErrorCode = 10009
	codeNoPeers       natsjs.ErrorCode = 10005 // too few servers are up for the replicas
	codeStreamOffline natsjs.ErrorCode = 10118
	codeNotEnabled    natsjs.ErrorCode = 10076 // the server is on its way up
)

// clustered reports whether the server we are connected to is one of several.
func (s *Store) clustered() bool { return s.patience > 0 && s.conn.ConnectedClusterName() != "" }

// believable gives the reason not to take what was said about a stream for how
// the stream is: that who answered does not lead it, or leads it alone.
func believable(info *natsjs.StreamInfo) error {
	if info.Config.Replicas < 2 || info.Cluster == nil {
		return nil
	}
	if info.Cluster.Leader == "" {
		return errNoLeader
	}
	heard := 1 // itself
	for _, peer := range info.Cluster.Replicas {
		if 0 < peer.Active && peer.Active < heardWithin { // 0 is never
			heard++
		}
	}
	if heard <= info.Config.Replicas/2 {
		return errAloneLeader
	}
	return nil
}

// A link is what is known about the connection besides whether it is up. The
// zero link is of one that never breaks.
type link struct {
	mu     sync.Mutex // guards all below
	since  time.Time  // when it was last made
	broken chan struct{}
	refuse error
}

// joined says that the connection has been made to a server.
func (l *link) joined() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.since = time.Now()
}

// age is how long it has been to the same server.
func (l *link) age() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Since(l.since)
}

// down is closed when the connection is next lost.
func (l *link) down() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken == nil {
		l.broken = make(chan struct{})
	}
	return l.broken
}

func (l *link) lost() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken != nil {
		close(l.broken)
		l.broken = nil
	}
}

// refused keeps what the server said that we may not do.
func (l *link) refused(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.refuse = err
}

func (l *link) refusal() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refuse
}
