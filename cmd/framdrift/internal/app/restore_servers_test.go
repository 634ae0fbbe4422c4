package app_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// onServers is a Framdrift whose logs lie on servers, as the user who may make them.
func onServers(t *testing.T, s *jetstreamtest.Servers, replicas int, dir string) *app.App {
	t.Helper()
	at := jetstream.External{URL: s.URL(), NKey: s.Accounts[0].Init, Replicas: replicas}
	a, err := app.Create(t.Context(), app.Options{Dir: dir, NATS: at})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// once is a Watch that does something after the first message.
func once(f func()) app.Watch {
	done := false
	return func(int64, int64) {
		if !done {
			done = true
			f()
		}
	}
}

func TestARestoreWaitsForAServerThatComesBack(t *testing.T) {
	log, _ := played(t)
	s := jetstreamtest.Start(t, 1, 1)
	a := onServers(t, s, 1, t.TempDir())
	defer closeApp(t, a)
	restored := mustRestore(t, a, log, app.Restoring{Pack: 20_000, Watch: once(func() {
		s.Nodes[0].Kill(t)
		s.Nodes[0].Start(t)
	})})
	if n, err := theRegion(t, a).Messages(t.Context()); err != nil || int(n) != restored.Packs || n < 3 {
		t.Errorf("%d messages are there, and it says %+v (%v)", n, restored, err)
	}
}

// Who has restored half a log does not join it as a region, though the servers
// list it.
func TestARestoreToServersThatIsStoppedGoesOn(t *testing.T) {
	log, _ := played(t)
	s, dir := jetstreamtest.Start(t, 1, 1), t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	a := onServers(t, s, 1, dir)
	restored, err := restoring(ctx, a, log, app.Restoring{Pack: 20_000, Watch: once(cancel)})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped after its first message it says %+v, %v", restored, err)
	}
	closeApp(t, a)
	a = onServers(t, s, 1, dir)
	defer closeApp(t, a)
	if _, err := a.Region(""); domain.Explain(err).Code != "restore.under-way" {
		t.Errorf("half a log is a region: %v", err)
	}
	if again := mustRestore(t, a, log, app.Restoring{}); again.Found != restored.Position {
		t.Errorf("it went on from %d, and had come to %d", again.Found, restored.Position)
	}
}

// Whoever writes on a log that is being restored is found out: the restore
// stops where that is, and cannot be done again.
func TestSomebodyElseOnTheLogStopsARestore(t *testing.T) {
	log, _ := played(t)
	s := jetstreamtest.Start(t, 1, 1)
	a := onServers(t, s, 1, t.TempDir())
	defer closeApp(t, a)
	var there eventstore.Head
	restored, err := restore(a, log, app.Restoring{Pack: 20_000, Watch: once(func() {
		there = intrude(t, s, linesOf(bytes.Clone(log)))
	})})
	if domain.Explain(err).Code != "restore.halfway" || !strings.Contains(err.Error(), "restore.else") || restored.Position != there.Position-1 {
		t.Errorf("with somebody else at event %d it says %+v, %v", there.Position, restored, err)
	}
	if _, err := restore(a, log, app.Restoring{}); domain.Explain(err).Code != "restore.differs" {
		t.Errorf("done again it says %v", err)
	}
}

// intrude appends an event that is as good as the one that should come next,
// and gives where the log then stands.
func intrude(t *testing.T, s *jetstreamtest.Servers, all [][]byte) eventstore.Head {
	t.Helper()
	store, err := jetstream.OpenExternal(jetstream.External{URL: s.URL(), NKey: s.Accounts[0].App})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close() //nolint:errcheck // a connection of the test
	log, err := store.Open(t.Context(), "fosen")
	if err != nil {
		t.Fatal(err)
	}
	var head eventstore.Head
	for m, err := range log.Read(context.Background(), head) {
		if err != nil {
			t.Fatal(err)
		}
		head = m.Head
	}
	line := edit(all, int(head.Position), `"channel":"`, `"onbehalfof":"radet","channel":"`)[head.Position]
	if head, err = log.Append(t.Context(), head, eventstore.Commit{Events: [][]byte{line}}); err != nil {
		t.Fatal(err)
	}
	return head
}
