package main

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// Two people with a data directory each and one master key work on one log, as
// the users that docs/operating.md gives them.
func TestALogOnAnotherServer(t *testing.T) {
	s := jetstreamtest.Start(t, 1, 1)
	users := s.Accounts[0]
	one, two, own := filepath.Join(t.TempDir(), "one"), filepath.Join(t.TempDir(), "two"), filepath.Join(t.TempDir(), "own")
	master := filepath.Join(one, "master.key")
	there := func(user string) []string { return []string{"--nats-url", s.URL(), "--nats-nkey", user} }
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	silent := "nats://" + nobody.Addr().String()
	if err := nobody.Close(); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		args []string
		code int
		says string
	}{
		{append(there(users.App), "init", "fosen", "--name", "Fosen", "--data", one), exitForbidden, "vault.not-allowed"},
		{append(there(users.Init), "init", "fosen", "--name", "Fosen", "--data", one), exitOK, ""},
		{append(there(users.App), "init", "namdal", "--name", "Namdal", "--data", one), exitForbidden, "log.not-allowed"},
		{append(there(users.App), "init", "fosen", "--name", "Fosen", "--data", two), exitFailed, "vault.no-master"},
		{append(there(users.App), "init", "fosen", "--name", "Fosen", "--data", two, "--master-key-file", master), exitOK, "Regionen fosen er her fra før"},
		{append(there(users.App), "actor", "add", "Rådet", "--data", two, "--master-key-file", master), exitOK, ""},
		{append(there(users.App), "actor", "list", "--data", one), exitOK, "Rådet"},
		{[]string{"init", "namdal", "--name", "Namdal", "--data", own}, exitOK, ""},
		{append(there(users.App), "actor", "list", "--data", own), exitUsage, "data.own-log"},
		{[]string{"actor", "list", "--data", one}, exitDamaged, "log.missing"},
		{[]string{"actor", "list", "--data", one, "--nats-url", silent}, exitFailed, "log.unreachable"},
		{[]string{"actor", "list", "--data", one, "--nats-url", "nats://user:hemmelig@127.0.0.1:1"}, exitFailed, "log.servers"},
		{[]string{"actor", "list", "--data", one, "--nats-url", "nats://user:hemmelig@127.0.0.1:x"}, exitFailed, "log.servers"},
		{[]string{"actor", "list", "--data", one, "--nats-url", s.URL()}, exitFailed, "log.servers"},
		{append(there(users.App), "actor", "list", "--data", one, "--nats-replicas", "3"), exitDamaged, "num_replicas 1"},
		{append(there(users.App), "actor", "list", "--data", one, "--nats-replicas", "2"), exitFailed, "log.servers"},
	} {
		var out bytes.Buffer
		code := run(t.Context(), tt.args, strings.NewReader(""), &out, &out)
		if code != tt.code || !strings.Contains(out.String(), tt.says) {
			t.Errorf("%v\nexit code %d, want %d and %q:\n%s", tt.args, code, tt.code, tt.says, out.String())
		}
		seed, err := os.ReadFile(users.App)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(out.String(), "hemmelig") || strings.Contains(out.String(), string(seed)) {
			t.Errorf("%v tells a secret:\n%s", tt.args, out.String())
		}
	}
}
