package jetstream

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/nats-io/nats.go"
	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
)

func TestTheServerSyncsAlwaysAndListensNowhere(t *testing.T) {
	f := openWithRoot(t)
	if config := f.srv.JetStreamConfig(); !config.SyncAlways || config.MaxStore != DefaultMaxStore {
		t.Errorf("the server runs with %+v", config)
	}
	if addr := f.srv.Addr(); addr != nil {
		t.Errorf("the server listens on %v", addr)
	}
	if url := f.srv.MonitorAddr(); url != nil {
		t.Errorf("the server has a monitoring port: %v", url)
	}
}

// forbidden is what neither the application nor whoever makes streams may
// send. Each would succeed for root.
var forbidden = []struct{ what, subject, request string }{
	{"update a stream", "$JS.API.STREAM.UPDATE.FRAMDRIFT_fosen", `{"name":"FRAMDRIFT_fosen","subjects":["framdrift.fosen.>"],"max_age":100000000}`},
	{"purge a stream", "$JS.API.STREAM.PURGE.FRAMDRIFT_fosen", `{}`},
	{"delete a stream", "$JS.API.STREAM.DELETE.FRAMDRIFT_fosen", ``},
	{"delete a message", "$JS.API.STREAM.MSG.DELETE.FRAMDRIFT_fosen", `{"seq":2}`},
	{"take a snapshot", "$JS.API.STREAM.SNAPSHOT.FRAMDRIFT_fosen", `{"deliver_subject":"_INBOX_app.x"}`},
	{"restore a stream", "$JS.API.STREAM.RESTORE.FRAMDRIFT_namdal", `{}`},
	{"make a durable consumer", "$JS.API.CONSUMER.DURABLE.CREATE.FRAMDRIFT_fosen.d", `{"stream_name":"FRAMDRIFT_fosen","config":{"durable_name":"d"}}`},
	{"publish elsewhere", "elsewhere.fosen", `x`},
	{"talk to the system", "$SYS.REQ.SERVER.PING", ``},
}

func TestEachUserMayDoItsPartAndNoMore(t *testing.T) {
	f := openWithRoot(t)
	log := createLog(t, f.Store)
	head := fill(t, log, eventstore.Head{}, 3)
	create, err := json.Marshal(streamConfig("namdal", 1))
	if err != nil {
		t.Fatal(err)
	}
	admin, err := f.admin()
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close()

	for _, tt := range forbidden {
		for user, conn := range map[string]*nats.Conn{"app": f.Store.conn, "init": admin} {
			refused(t, user+" may "+tt.what, conn, func() error { return conn.Publish(tt.subject, []byte(tt.request)) })
		}
	}
	app := f.Store.conn
	refused(t, "app may make a stream", app, func() error { return app.Publish("$JS.API.STREAM.CREATE.FRAMDRIFT_namdal", create) })
	refused(t, "init may append", admin, func() error { return admin.Publish("framdrift.fosen.a.b", []byte("x\n")) })
	refused(t, "init may read", admin, func() error { return admin.Publish("$JS.API.STREAM.MSG.GET.FRAMDRIFT_fosen", []byte(`{"seq":1}`)) })
	refused(t, "init may make a consumer", admin, func() error {
		return admin.Publish("$JS.API.CONSUMER.CREATE.FRAMDRIFT_fosen.c", []byte(`{"stream_name":"FRAMDRIFT_fosen","config":{"name":"c"}}`))
	})
	for _, subject := range []string{"framdrift.>", ">", inboxPrefix("init") + ".>", "$JS.EVENT.>"} {
		refused(t, "app may listen to "+subject, app, func() error {
			_, err := app.SubscribeSync(subject)
			return err
		})
	}

	if n, err := readAll(t.Context(), log, eventstore.Head{}); n != 3 || err != nil {
		t.Errorf("afterwards %d of 3 messages are read: %v", n, err)
	}
	if _, err := f.Open(t.Context(), "namdal"); !errors.Is(err, eventstore.ErrMissing) {
		t.Errorf("afterwards there is another stream: %v", err)
	}
	fill(t, log, head, 1)
}

// refused does something and waits for the server's refusal.
func refused(t *testing.T, what string, conn *nats.Conn, do func() error) {
	t.Helper()
	errs := make(chan error, 1)
	conn.SetErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { errs <- err })
	if err := do(); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if err := conn.Flush(); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	// The refusal is on its way before the answer to the flush, but is
	// handed to us by a goroutine of the connection.
	select {
	case err := <-errs:
		if !errors.Is(err, nats.ErrPermissionViolation) {
			t.Errorf("%s: %v", what, err)
		}
	case <-t.Context().Done():
	}
}

func TestRootMayDoWhatTheOthersMayNot(t *testing.T) {
	f := openWithRoot(t)
	fill(t, f.unchecked(t, func(c *natsjs.StreamConfig) { c.DenyDelete, c.DenyPurge = false, false }), eventstore.Head{}, 3)
	for _, subject := range []string{"MSG.DELETE", "PURGE", "UPDATE", "DELETE"} {
		for _, tt := range forbidden {
			if tt.subject != "$JS.API.STREAM."+subject+".FRAMDRIFT_fosen" {
				continue
			}
			reply, err := f.conn.Request(tt.subject, []byte(tt.request), answerTimeout)
			if err != nil || bytes.Contains(reply.Data, []byte(`"error"`)) {
				t.Errorf("root may not %s, so nobody is shown to be refused: %v, %s", tt.what, err, reply.Data)
			}
		}
	}
}

func TestAnOrdinaryStartAndStopIsQuiet(t *testing.T) {
	var lines lockedBuffer
	s := openAt(t, Embedded{Dir: t.TempDir(), Logger: slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug}))})
	fill(t, createLog(t, s), eventstore.Head{}, 3)
	closeStore(t, s)
	said := lines.String()
	if !strings.Contains(said, "nats-server: ") || strings.Contains(said, "level=INFO") {
		t.Errorf("the server's lines are not for debugging:\n%s", said)
	}
	for line := range strings.Lines(said) {
		warns := strings.Contains(line, "level=WARN") || strings.Contains(line, "level=ERROR")
		if slow := strings.Contains(line, "took too long"); warns && !slow { // that is the disk's doing
			t.Errorf("there is a warning:\n%s", line)
		}
	}
}

type lockedBuffer struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buf.String()
}

func TestAFullStoreSaysThatNothingWasStored(t *testing.T) {
	s := openAt(t, Embedded{Dir: t.TempDir(), MaxStore: 20_000})
	log := createLog(t, s)
	var head eventstore.Head
	var err error
	for stored := head; err == nil; stored, err = log.Append(t.Context(), head, event(head.Sequence+1)) {
		head = stored
	}
	for _, unwanted := range []error{eventstore.ErrUnknown, eventstore.ErrConflict, eventstore.ErrClosed, eventstore.ErrTooLarge} {
		if errors.Is(err, unwanted) {
			t.Errorf("a full store is %v", err)
		}
	}
	if n, readErr := readAll(t.Context(), log, eventstore.Head{}); uint64(n) != head.Sequence || readErr != nil {
		t.Errorf("%d of %d messages are read: %v", n, head.Sequence, readErr)
	}
}

func TestAPlaceThatCannotBeUsedIsAnError(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err := OpenEmbedded(Embedded{Dir: file}); err == nil {
		closeStore(t, s)
		t.Error("a file is taken for a directory")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "jetstream"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := OpenEmbedded(Embedded{Dir: dir})
	if err == nil {
		closeStore(t, s)
		t.Fatal("a file is taken for the store")
	}
	if !strings.Contains(err.Error(), "JetStream") {
		t.Errorf("the error does not hold the server's reason: %v", err)
	}
}

func TestOnlyAStreamThatWasMadeIsPresent(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, Embedded{Dir: dir})
	if Present(dir, region) {
		t.Error("it is present before it is made")
	}
	createLog(t, s)
	closeStore(t, s)
	if !Present(dir, region) || Present(dir, "namdal") {
		t.Error("what is present is not what was made")
	}
}
