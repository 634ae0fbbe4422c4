package jetstream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

const (
	// DefaultMaxStore is how many bytes the logs may take when nobody says.
	DefaultMaxStore = 64 << 30
	// MaxMessage is the largest message of the embedded server in bytes, headers included.
	MaxMessage = 8 << 20
	// MaxPayload is what of it an Append may fill.
	MaxPayload = MaxMessage - headerRoom

	startTimeout = 10 * time.Second
	// stopTimeout is how long Close waits for the server to write its state.
	stopTimeout = 30 * time.Second
	// maxPending is how many bytes may wait for our own connection before
	// the server cuts it: several readers share it.
	maxPending = 512 << 20

	account = "FRAMDRIFT"
)

// An Embedded says how the server inside this process is run. It has no port
// and no socket; the only ways in are our own connections. Two processes must
// not use the same Dir: the server does not notice.
type Embedded struct {
	// Dir is where the server keeps the logs, under jetstream/FRAMDRIFT/streams.
	Dir string
	// MaxStore is how many bytes the logs may take; 0 is DefaultMaxStore.
	MaxStore int64
	// Logger is told what the server says; nil is silence.
	Logger *slog.Logger

	fail func(error) // told when the server cannot write; may be nil
	warn func(error) // told what the server warns of; may be nil
}

// OpenEmbedded starts the server and connects to it. The server reads what is
// in Dir, and cuts off what it cannot read: look at the files first. A log that
// it could not open at all is put back, and is ErrNotOpened.
func OpenEmbedded(e Embedded) (*Store, error) {
	if e.Logger == nil {
		e.Logger = slog.New(slog.DiscardHandler)
	}
	if e.MaxStore == 0 {
		e.MaxStore = DefaultMaxStore
	}
	if err := os.MkdirAll(e.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("jetstream: making the directory of the log: %w", err)
	}
	var warned atomic.Pointer[error] // the latest
	e.warn = func(err error) { warned.Store(&err) }
	switch err := makeSpare(e.Dir); {
	case errors.Is(err, errors.ErrUnsupported):
		e.Logger.Warn("the file system knows no second names, so a log that the server cannot open is lost", "error", err)
	case err != nil:
		return nil, err
	}
	store, err := connected(e)
	if err != nil {
		return nil, err
	}
	if err := missing(e.Dir); err != nil {
		if why := warned.Load(); why != nil {
			err = fmt.Errorf("%w: %w", err, *why)
		}
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// connected starts the server, and puts back what it took away when it stops.
func connected(e Embedded) (*Store, error) {
	failed, fail := context.WithCancelCause(context.Background())
	e.fail = fail
	app, admin, keeper := appUser(), adminUser(), vaultUser()
	srv, err := start(e, app, admin, keeper)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("jetstream: starting the server: %w", err), PutBack(e.Dir))
	}
	stop := func() error {
		if err := shutdown(srv); err != nil {
			return err // it still runs; the next start puts back
		}
		return PutBack(e.Dir)
	}
	conn, err := app.connect(srv, e.Logger)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("jetstream: connecting to the server: %w", err), stop())
	}
	store, err := newStore(conn, func() (*nats.Conn, error) { return admin.connect(srv, e.Logger) }, 1, stop)
	if err != nil {
		conn.Close()
		return nil, errors.Join(err, stop())
	}
	store.failed, store.fail, store.dir = failed, fail, e.Dir
	store.vault = func(*link) (*nats.Conn, error) { return keeper.connect(srv, e.Logger) }
	return store, nil
}

func start(e Embedded, users ...user) (*server.Server, error) {
	opts, err := options(e, users)
	if err != nil {
		return nil, err
	}
	srv, err := server.NewServer(opts)
	if err != nil {
		return nil, err
	}
	log := &serverLog{log: e.Logger, fail: e.fail, warn: e.warn}
	srv.SetLoggerV2(log, false, false, false)
	srv.Start()
	if err := log.fatal(); err != nil {
		return nil, errors.Join(err, shutdown(srv))
	}
	if !srv.ReadyForConnections(startTimeout) || !srv.JetStreamEnabled() {
		return nil, errors.Join(fmt.Errorf("it was not ready after %v", startTimeout), shutdown(srv))
	}
	acc, err := srv.LookupAccount(account)
	if err == nil {
		err = acc.EnableJetStream(nil, nil)
	}
	if err != nil {
		return nil, errors.Join(err, shutdown(srv))
	}
	return srv, nil
}

// options are the server's. SyncAlways is not for anybody to choose: with the
// server's default, one power cut can take two minutes of acknowledged events.
func options(e Embedded, users []user) (*server.Options, error) {
	acc := server.NewAccount(account)
	opts := &server.Options{
		ServerName:             "framdrift",
		DontListen:             true,
		NoSigs:                 true,
		MaxPayload:             MaxMessage,
		MaxPending:             maxPending,
		JetStream:              true,
		DisableJetStreamBanner: true,
		StoreDir:               e.Dir,
		JetStreamMaxStore:      e.MaxStore,
		JetStreamMaxMemory:     64 << 20, // no stream lies in memory; the server must be given some
		SyncAlways:             true,
		Accounts:               []*server.Account{acc},
	}
	for _, u := range users {
		public, err := u.key.PublicKey()
		if err != nil {
			return nil, err
		}
		opts.Nkeys = append(opts.Nkeys, &server.NkeyUser{Nkey: public, Account: acc, Permissions: u.may})
	}
	return opts, nil
}

// shutdown stops the server, and gives up waiting after stopTimeout.
func shutdown(srv *server.Server) error {
	stopped := make(chan struct{})
	go func() {
		srv.Shutdown()
		srv.WaitForShutdown()
		close(stopped)
	}()
	select {
	case <-stopped:
		return nil
	case <-time.After(stopTimeout):
		return fmt.Errorf("jetstream: the server has not stopped after %v", stopTimeout)
	}
}

// A serverLog hands the server's lines to slog. Its notices are our debug
// lines: a start that went well needs no words.
type serverLog struct {
	log  *slog.Logger
	fail func(error) // these two as in Embedded
	warn func(error) //
	mu   sync.Mutex  // guards last
	last error       // the last fatal line
}

var _ server.Logger = (*serverLog)(nil)

func (s *serverLog) write(level slog.Level, format string, args []any) {
	if ctx := context.Background(); s.log.Enabled(ctx, level) {
		s.log.Log(ctx, level, "nats-server: "+fmt.Sprintf(format, args...))
	}
}

func (s *serverLog) Noticef(format string, args ...any) { s.write(slog.LevelDebug, format, args) }
func (s *serverLog) Warnf(format string, args ...any)   { s.trouble(slog.LevelWarn, format, args) }
func (s *serverLog) Errorf(format string, args ...any)  { s.trouble(slog.LevelError, format, args) }
func (s *serverLog) Debugf(string, ...any)              {}
func (s *serverLog) Tracef(string, ...any)              {}

// trouble looks for the server's word that a write failed. It tells nobody
// else: whoever appends hears nothing, then and ever after (server/stream.go,
// setWriteErrLocked; server/jetstream.go, handleOutOfSpace and
// handleWritePermissionError).
func (s *serverLog) trouble(level slog.Level, format string, args []any) {
	s.write(level, format, args)
	if s.warn != nil {
		s.warn(fmt.Errorf("nats-server: "+format, args...))
	}
	line := strings.ToLower(fmt.Sprintf(format, args...))
	for _, word := range []string{"critical write error", "disabling jetstream", "will be disabled"} {
		if s.fail != nil && strings.Contains(line, word) {
			s.fail(fmt.Errorf("nats-server: "+format, args...))
		}
	}
}

// Fatalf keeps the line for whoever starts the server; the process goes on.
func (s *serverLog) Fatalf(format string, args ...any) {
	s.mu.Lock()
	s.last = fmt.Errorf(format, args...)
	s.mu.Unlock()
	s.write(slog.LevelError, format, args)
}

func (s *serverLog) fatal() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.last
}
