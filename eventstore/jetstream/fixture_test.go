package jetstream

import (
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"
	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

func TestMain(m *testing.M) {
	jetstreamtest.BeNode()
	goleak.VerifyTestMain(m)
}

const region = "fosen"

func openAt(t testing.TB, e Embedded) *Store {
	t.Helper()
	s, err := OpenEmbedded(e)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	return s
}

func closeStore(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// A fixture is a store on a server that also knows root, who may do anything.
type fixture struct {
	*Store
	srv  *server.Server
	conn *nats.Conn       // root's
	root natsjs.JetStream // the same
}

func openWithRoot(t testing.TB) fixture {
	t.Helper()
	e := Embedded{Dir: t.TempDir(), MaxStore: DefaultMaxStore, Logger: slog.New(slog.DiscardHandler)}
	app, admin, keeper, root := appUser(), adminUser(), vaultUser(), user{"root", newKey(), nil}
	srv, err := start(e, app, admin, keeper, root)
	if err != nil {
		t.Fatal(err)
	}
	dial := func(u user) *nats.Conn {
		conn, err := u.connect(srv, e.Logger)
		if err != nil {
			t.Fatal(err)
		}
		return conn
	}
	s, err := newStore(dial(app), func() (*nats.Conn, error) { return admin.connect(srv, e.Logger) }, 1, func() error { return shutdown(srv) })
	if err != nil {
		t.Fatal(err)
	}
	s.vault = func(*link) (*nats.Conn, error) { return keeper.connect(srv, e.Logger) }
	t.Cleanup(func() { closeStore(t, s) })
	conn := dial(root)
	t.Cleanup(conn.Close)
	js, err := natsjs.New(conn)
	if err != nil {
		t.Fatal(err)
	}
	return fixture{s, srv, conn, js}
}

// unchecked is a log on a stream that Open might refuse.
func (f fixture) unchecked(t testing.TB, change func(*natsjs.StreamConfig)) *regionLog {
	t.Helper()
	config := streamConfig(region, 1)
	change(&config)
	if _, err := f.root.CreateStream(t.Context(), config); err != nil {
		t.Fatal(err)
	}
	return &regionLog{store: f.Store, region: region, stream: streamName(region), prefix: subjectPrefix + region + ".", max: MaxMessage - headerRoom, names: &names{}}
}

func createLog(t testing.TB, s *Store) *regionLog {
	t.Helper()
	log, err := s.Create(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	return log.(*regionLog)
}

// fill appends n messages of one event of about 100 bytes, each with its number.
func fill(t testing.TB, log eventstore.Log, after eventstore.Head, n int) eventstore.Head {
	t.Helper()
	for range n {
		head, err := log.Append(t.Context(), after, event(after.Sequence+1))
		if err != nil {
			t.Fatal(err)
		}
		after = head
	}
	return after
}

func event(number uint64) eventstore.Commit {
	return eventstore.Commit{Subject: "plan.measure.t01", Events: [][]byte{fmt.Appendf(nil, "{\"event\":%q}\n", marker(number))}}
}

// marker is found in the files of the server when they are to be damaged.
func marker(number uint64) string { return fmt.Sprintf("this is event number %060d", number) }

// readAll counts what is read after a head, and gives the error that ended it.
func readAll(ctx context.Context, log eventstore.Log, after eventstore.Head) (int, error) {
	n := 0
	for _, err := range log.Read(ctx, after) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}
