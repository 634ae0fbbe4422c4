package jetstream

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

func TestTheUserOfTheVaultMayDoNothingElse(t *testing.T) {
	f := openWithRoot(t)
	log := createLog(t, f.Store)
	fill(t, log, eventstore.Head{}, 3)
	create := func(config natsjs.StreamConfig) []byte {
		request, err := json.Marshal(config)
		if err != nil {
			t.Fatal(err)
		}
		return request
	}
	if _, err := f.root.CreateStream(t.Context(), vaultConfig(1)); err != nil {
		t.Fatal(err)
	}
	keeper, err := f.vault(&link{})
	if err != nil {
		t.Fatal(err)
	}
	defer keeper.Close()
	for _, tt := range append([]struct{ what, subject, request string }{
		{"append to a log", "framdrift.fosen.a.b", "x\n"},
		{"read a log", "$JS.API.STREAM.MSG.GET.FRAMDRIFT_fosen", `{"seq":1}`},
		{"ask about a log", "$JS.API.STREAM.INFO.FRAMDRIFT_fosen", ""},
		{"follow a log", "$JS.API.CONSUMER.CREATE.FRAMDRIFT_fosen.c", `{"stream_name":"FRAMDRIFT_fosen","config":{"name":"c"}}`},
		{"make a stream", "$JS.API.STREAM.CREATE.FRAMDRIFT_namdal", string(create(streamConfig("namdal", 1)))},
		{"change the vault", "$JS.API.STREAM.UPDATE." + vaultStreamName, string(create(vaultConfig(1)))},
		{"purge the vault", "$JS.API.STREAM.PURGE." + vaultStreamName, "{}"},
		{"delete the vault", "$JS.API.STREAM.DELETE." + vaultStreamName, ""},
	}, forbidden...) {
		refused(t, "the user of the vault may "+tt.what, keeper, func() error { return keeper.Publish(tt.subject, []byte(tt.request)) })
	}
	app := f.Store.conn
	refused(t, "app may write to the vault", app, func() error { return app.Publish(vaultSubjectPrefix+"keys.x", nil) })
	refused(t, "app may erase in the vault", app, func() error {
		return app.Publish("$JS.API.STREAM.MSG.DELETE."+vaultStreamName, []byte(`{"seq":1}`))
	})
	if n, err := readAll(t.Context(), log, eventstore.Head{}); n != 3 || err != nil {
		t.Errorf("afterwards %d of 3 messages are read: %v", n, err)
	}
}

func TestAVaultThatIsNotThereIsNotMade(t *testing.T) {
	dir := t.TempDir()
	s := openAt(t, Embedded{Dir: dir})
	for range 2 {
		if _, err := s.Vault(t.Context()); !errors.Is(err, eventstore.ErrMissing) {
			t.Errorf("Vault gives %v", err)
		}
	}
	if err := errors.Join(s.CreateVault(t.Context()), s.CreateVault(t.Context())); err != nil {
		t.Errorf("CreateVault: %v", err)
	}
	if regions, err := Lying(dir); err != nil || len(regions) != 0 {
		t.Errorf("the vault is taken for the regions %v, %v", regions, err)
	}
}

func TestAVaultThatIsKeptOtherwiseIsRefused(t *testing.T) {
	for name, change := range map[string]func(*natsjs.StreamConfig){
		"max_age":              func(c *natsjs.StreamConfig) { c.MaxAge = 1 << 40 },
		"max_msgs":             func(c *natsjs.StreamConfig) { c.MaxMsgs = 10 },
		"max_msgs_per_subject": func(c *natsjs.StreamConfig) { c.MaxMsgsPerSubject = 1 },
		"deny_delete":          func(c *natsjs.StreamConfig) { c.DenyDelete = true },
		"deny_purge":           func(c *natsjs.StreamConfig) { c.DenyPurge = false },
		"storage":              func(c *natsjs.StreamConfig) { c.Storage = natsjs.MemoryStorage },
		"compression":          func(c *natsjs.StreamConfig) { c.Compression = natsjs.S2Compression },
		"allow_direct":         func(c *natsjs.StreamConfig) { c.AllowDirect = true },
		"republish":            func(c *natsjs.StreamConfig) { c.RePublish = &natsjs.RePublish{Source: ">", Destination: "copy.>"} },
	} {
		t.Run(name, func(t *testing.T) {
			f := openWithRoot(t)
			config := vaultConfig(1)
			change(&config)
			if _, err := f.root.CreateStream(t.Context(), config); err != nil {
				t.Fatal(err)
			}
			_, err := f.Vault(t.Context())
			if settings, ok := errors.AsType[*eventstore.SettingsError](err); !ok || !bytes.HasPrefix([]byte(settings.Setting), []byte(name+" ")) {
				t.Errorf("Vault gives %v", err)
			}
		})
	}
}

// The server passes over a message that it cannot read, without a word.
func TestAPageThatTheServerCannotReadIsDamage(t *testing.T) {
	dir, m := t.TempDir(), vault.NewMaster()
	v, err := openVault(t, mustOpen(t, Embedded{Dir: dir}), m)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		keyOf(t, v)
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
	block := filepath.Join(streamsPath(dir), vaultStreamName, "msgs", "1.blk")
	content, err := os.ReadFile(block)
	if err != nil {
		t.Fatal(err)
	}
	content[bytes.LastIndex(content, []byte("live"))+10] ^= 1
	if err := os.WriteFile(block, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if v, err := openVault(t, mustOpen(t, Embedded{Dir: dir}), m); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("it is opened: %v, %v", v, err)
	}
}
