package jetstream

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

const (
	// DefaultMaxStore is how many bytes the logs may take when nobody says.
	DefaultMaxStore = 64 << 30
	// MaxMessage is the largest message of the embedded server in bytes, headers included.
	MaxMessage = 8 << 20

	startTimeout = 10 * time.Second
	// stopTimeout is how long Close waits for the server to write its state.
	stopTimeout = 30 * time.Second
	// maxPending is how many bytes may wait for our own connection before
	// the server cuts it: several readers share it.
	maxPending = 512 << 20

	account   = "FRAMDRIFT"
	appUser   = "app"
	adminUser = "init"
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
}

// OpenEmbedded starts the server and connects to it. The server reads what is
// in Dir, and throws away what it cannot read: look at the files first.
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
	appPassword, adminPassword := rand.Text(), rand.Text()
	srv, err := start(e, users(appPassword, adminPassword))
	if err != nil {
		return nil, fmt.Errorf("jetstream: starting the server: %w", err)
	}
	app, err := connect(srv, e.Logger, appUser, appPassword)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("jetstream: connecting to the server: %w", err), shutdown(srv))
	}
	admin := func() (*nats.Conn, error) { return connect(srv, e.Logger, adminUser, adminPassword) }
	store, err := newStore(app, admin, 1, func() error { return shutdown(srv) })
	if err != nil {
		app.Close()
		return nil, errors.Join(err, shutdown(srv))
	}
	return store, nil
}

func start(e Embedded, users []*server.User) (*server.Server, error) {
	srv, err := server.NewServer(options(e, users))
	if err != nil {
		return nil, err
	}
	log := &serverLog{log: e.Logger}
	srv.SetLoggerV2(log, false, false, false)
	srv.Start()
	if !srv.ReadyForConnections(startTimeout) || !srv.JetStreamEnabled() {
		return nil, errors.Join(errors.New("it is not ready"), log.fatal(), shutdown(srv))
	}
	acc, err := srv.LookupAccount(account)
	if err != nil {
		return nil, errors.Join(err, shutdown(srv))
	}
	if err := acc.EnableJetStream(nil, nil); err != nil {
		return nil, errors.Join(err, shutdown(srv))
	}
	return srv, nil
}

// options are the server's. SyncAlways is not for anybody to choose: with the
// server's default, one power cut can take two minutes of acknowledged events.
func options(e Embedded, users []*server.User) *server.Options {
	acc := server.NewAccount(account)
	for _, u := range users {
		u.Account = acc
	}
	return &server.Options{
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
		Users:                  users,
	}
}

// users are the two that the server knows. A wildcard in a NATS permission
// stands for a whole token, so * is where FRAMDRIFT_* is meant; the account
// holds no other streams.
func users(appPassword, adminPassword string) []*server.User {
	app := &server.User{Username: appUser, Password: appPassword, Permissions: &server.Permissions{
		Publish: &server.SubjectPermission{Allow: []string{
			subjectPrefix + ">",
			"$JS.API.STREAM.INFO.*",
			"$JS.API.STREAM.MSG.GET.*",
			"$JS.API.CONSUMER.CREATE.*.*", // ephemeral: a durable one has its own subject
			"$JS.API.CONSUMER.MSG.NEXT.*.*",
			"$JS.API.CONSUMER.DELETE.*.*",
		}},
		Subscribe: &server.SubjectPermission{Allow: []string{inboxPrefix(appUser) + ".>"}},
	}}
	admin := &server.User{Username: adminUser, Password: adminPassword, Permissions: &server.Permissions{
		Publish:   &server.SubjectPermission{Allow: []string{"$JS.API.STREAM.CREATE.*"}},
		Subscribe: &server.SubjectPermission{Allow: []string{inboxPrefix(adminUser) + ".>"}},
	}}
	return []*server.User{app, admin}
}

func inboxPrefix(user string) string { return "_INBOX_" + user }

// connect opens a connection that is not buffered when it is down: what could
// not be sent now is an error now, and is never sent later.
func connect(srv *server.Server, log *slog.Logger, user, password string) (*nats.Conn, error) {
	return nats.Connect("", nats.InProcessServer(srv), nats.UserInfo(user, password), nats.Name("framdrift "+user),
		nats.CustomInboxPrefix(inboxPrefix(user)), nats.MaxReconnects(-1), nats.ReconnectWait(100*time.Millisecond),
		nats.ReconnectBufSize(-1), nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			log.Warn("the connection to the log has a problem", "user", user, "error", err)
		}))
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
	mu   sync.Mutex // guards last
	last error      // the last fatal line
}

var _ server.Logger = (*serverLog)(nil)

func (s *serverLog) write(level slog.Level, format string, args []any) {
	if ctx := context.Background(); s.log.Enabled(ctx, level) {
		s.log.Log(ctx, level, "nats-server: "+fmt.Sprintf(format, args...))
	}
}

func (s *serverLog) Noticef(format string, args ...any) { s.write(slog.LevelDebug, format, args) }
func (s *serverLog) Warnf(format string, args ...any)   { s.write(slog.LevelWarn, format, args) }
func (s *serverLog) Errorf(format string, args ...any)  { s.write(slog.LevelError, format, args) }
func (s *serverLog) Debugf(string, ...any)              {}
func (s *serverLog) Tracef(string, ...any)              {}

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
