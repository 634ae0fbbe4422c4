package jetstream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"
)

const (
	// DefaultPatience is how long a connection and a leader are waited for
	// when nobody says. A cluster that lost its leader without a word takes
	// four to nine seconds to choose another.
	DefaultPatience = 12 * time.Second
	// tries is how many questions without an answer fit into that: after a
	// change of leader a question may have gone to one who no longer answers.
	tries = 4

	externalUser = "framdrift" // its inbox is _INBOX_framdrift, which the server's permissions name

	reconnectWait = 250 * time.Millisecond
	// A connection without an answer to two pings, this far apart, is lost.
	pingInterval = 2 * time.Second
)

// ErrNotAllowed is what the server's permissions do not let us do.
var ErrNotAllowed = errors.New("jetstream: the server does not allow it")

// An External says which servers keep the logs and how we prove who we are.
// docs/operating.md has the configuration of the servers.
type External struct {
	// URL is one server, or several of one cluster with commas between:
	// nats://host:4222 or tls://host:4222. It holds no user and no password.
	URL string
	// Credentials is a file with a JWT and its seed; NKey a file with a seed.
	// At most one of them.
	Credentials, NKey string
	// CA is a file of certificates to trust, instead of the machine's; Cert
	// and Key are files that show who we are. Any of them demands TLS.
	CA, Cert, Key string
	// Replicas is how many servers each log lies on: 1 or 3; 0 is 1.
	Replicas int
	// Patience is how long a call waits for a connection and a leader before
	// it gives ErrUnavailable, and leaves the server for another one of the
	// cluster; 0 is DefaultPatience. An append waits a quarter of it for its
	// acknowledgement before it gives ErrUnknown.
	Patience time.Duration
	// Logger is told when the connection is lost and found; nil is silence.
	Logger *slog.Logger
}

// OpenExternal connects to the servers. From then on the connection is made
// again whenever it is lost, for as long as the store is open. Errors:
// ErrUnavailable when nobody answers, and a plain one when we are not let in.
func OpenExternal(e External) (*Store, error) {
	if err := e.check(); err != nil {
		return nil, fmt.Errorf("jetstream: %w", err)
	}
	if e.Logger == nil {
		e.Logger = slog.New(slog.DiscardHandler)
	}
	if e.Patience == 0 {
		e.Patience = DefaultPatience
	}
	s := &Store{
		failed:   context.Background(), // these tell nobody
		admin:    func() (*nats.Conn, error) { return e.connect(&link{}) },
		vault:    e.connect,
		replicas: max(e.Replicas, 1), stop: func() error { return nil },
		patience: e.Patience, try: e.Patience / tries, answer: e.Patience / tries, done: make(chan struct{}),
	}
	err := s.patiently(context.Background(), "connecting to "+e.Hosts(), func(context.Context) (err error) {
		s.conn, err = e.connect(&s.link)
		return err
	})
	if err != nil {
		return nil, err
	}
	if s.js, err = natsjs.New(s.conn, natsjs.WithDefaultTimeout(s.try)); err != nil {
		s.conn.Close()
		return nil, fmt.Errorf("jetstream: %w", err)
	}
	if !s.conn.AuthRequired() {
		e.Logger.Warn("the log's server lets anybody in: give it users (docs/operating.md)", "servers", e.Hosts())
	}
	return s, nil
}

// check refuses what cannot be, without repeating what may be secret.
func (e External) check() error {
	for one := range strings.SplitSeq(e.URL, ",") {
		u, err := url.Parse(strings.TrimSpace(one))
		switch {
		case err != nil || u.Host == "" || (u.Scheme != "nats" && u.Scheme != "tls"):
			return errors.New("the address of a server is nats://host:4222 or tls://host:4222")
		case u.User != nil:
			return errors.New("the address of a server holds no user and no password: put them in a credentials file")
		}
	}
	switch {
	case e.Credentials != "" && e.NKey != "":
		return errors.New("there is a credentials file and a seed file: choose one")
	case (e.Cert == "") != (e.Key == ""):
		return errors.New("a certificate and its key go together")
	case e.Replicas != 0 && e.Replicas != 1 && e.Replicas != 3:
		return fmt.Errorf("a log lies on 1 or 3 servers, not on %d", e.Replicas)
	case e.Patience < 0:
		return fmt.Errorf("patience cannot be %v", e.Patience)
	}
	return nil
}

// Hosts is the address without anything but hosts: it can be shown.
func (e External) Hosts() string {
	var hosts []string
	for one := range strings.SplitSeq(e.URL, ",") {
		if u, err := url.Parse(strings.TrimSpace(one)); err == nil {
			hosts = append(hosts, u.Host)
		}
	}
	return strings.Join(hosts, ", ")
}

// connect opens a connection that is not buffered when it is down: what could
// not be sent now is an error now, and is never sent later.
func (e External) connect(l *link) (*nats.Conn, error) {
	options, err := e.identity()
	if err != nil {
		return nil, err
	}
	log := e.Logger.With("servers", e.Hosts())
	options = append(options,
		nats.Name("framdrift"), nats.CustomInboxPrefix(inboxPrefix(externalUser)), nats.Timeout(e.Patience/tries),
		nats.MaxReconnects(-1), nats.ReconnectWait(reconnectWait), nats.ReconnectBufSize(-1), nats.IgnoreAuthErrorAbort(),
		nats.PingInterval(pingInterval), nats.MaxPingsOutstanding(2),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			l.lost()
			if err != nil {
				log.Warn("the connection to the log is lost, and is tried again", "error", err)
			}
		}),
		nats.ConnectHandler(func(*nats.Conn) { l.joined() }),
		nats.ReconnectHandler(func(conn *nats.Conn) {
			l.joined()
			log.Info("the connection to the log is back", "server", conn.ConnectedServerName())
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			if errors.Is(err, nats.ErrPermissionViolation) {
				l.refused(err)
			}
			log.Warn("the connection to the log has a problem", "error", err)
		}),
	)
	return nats.Connect(e.URL, options...)
}

// identity is who we are and whom we trust. Its errors name files.
func (e External) identity() ([]nats.Option, error) {
	var options []nats.Option
	if e.Credentials != "" {
		options = append(options, nats.UserCredentials(e.Credentials))
	}
	if e.NKey != "" {
		nkey, err := nats.NkeyOptionFromSeed(e.NKey)
		if err != nil {
			return nil, fmt.Errorf("reading the seed in %s: %w", e.NKey, err)
		}
		options = append(options, nkey)
	}
	if e.CA != "" {
		options = append(options, nats.RootCAs(e.CA))
	}
	if e.Cert != "" {
		options = append(options, nats.ClientCert(e.Cert, e.Key))
	}
	return options, nil
}

// Regions lists the regions whose logs the servers have, those that could not
// be opened too. ErrNotAllowed where the permissions do not let us ask.
func (s *Store) Regions(ctx context.Context) ([]string, error) {
	var regions []string
	err := s.apart(ctx, "listing the logs", func(ctx context.Context, js natsjs.JetStream) error {
		regions = nil
		names := js.StreamNames(ctx)
		for name := range names.Name() {
			if region, ok := strings.CutPrefix(name, streamPrefix); ok && validToken(region) {
				regions = append(regions, region)
			}
		}
		return names.Err()
	})
	return regions, err
}

// apart does something on a connection of its own, patiently. There a refusal
// by the server, which is not an answer to anything, is known to be of this:
// ErrNotAllowed.
func (s *Store) apart(ctx context.Context, what string, do func(context.Context, natsjs.JetStream) error) error {
	var conn *nats.Conn
	err := s.patiently(ctx, "connecting", func(context.Context) (err error) {
		conn, err = s.admin()
		return err
	})
	if err != nil {
		return err
	}
	defer conn.Close()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	conn.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
		if errors.Is(err, nats.ErrPermissionViolation) {
			cancel(fmt.Errorf("%w: %w", ErrNotAllowed, err))
		}
	})
	js, err := natsjs.New(conn)
	if err != nil {
		return err
	}
	err = s.patiently(ctx, what, func(ctx context.Context) error { return do(ctx, js) })
	if cause := context.Cause(ctx); errors.Is(cause, ErrNotAllowed) {
		return fmt.Errorf("jetstream: %s: %w", what, cause)
	}
	return err
}
