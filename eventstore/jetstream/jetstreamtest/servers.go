// Package jetstreamtest runs NATS servers for tests: one, or a cluster of
// three with real routes, all on loopback, on disk, configured as
// docs/operating.md says. They run in this process, or each in its own, which
// can be killed and paused. Their networks can be cut.
//
//	servers := jetstreamtest.Start(t, 3, 1)
//	store, err := jetstream.OpenExternal(jetstream.External{URL: servers.URL(), NKey: servers.Accounts[0].App, Replicas: 3})
//	servers.Nodes[0].Kill(t)
package jetstreamtest

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nkeys"
)

// Config is the configuration of a server, as documented. Start runs it with
// other names, addresses and keys.
//
//go:embed nats-server.conf
var Config string

// patience is how long a test waits for servers to agree.
const patience = 90 * time.Second

// Servers are one server, or a cluster.
type Servers struct {
	Nodes    []*Node
	Accounts []Account
}

// An Account holds logs of its own. App, Init and Root are files with the
// seeds of its users: as documented, and one who may do anything.
type Account struct{ Name, App, Init, Root string }

// Start runs so many servers, 1 or 3, with so many accounts, until the test ends.
func Start(t testing.TB, nodes, accounts int) *Servers {
	t.Helper()
	return start(t, nodes, accounts, false)
}

// StartApart is Start with a process for each server. The test binary is the
// program that they run: its TestMain calls BeNode.
func StartApart(t testing.TB, nodes, accounts int) *Servers {
	t.Helper()
	return start(t, nodes, accounts, true)
}

func start(t testing.TB, nodes, accounts int, apart bool) *Servers {
	t.Helper()
	s := &Servers{}
	dir, nowhere := t.TempDir(), newWire(t).Addr()
	for i := range nodes {
		name := fmt.Sprintf("n%d", i+1)
		n := &Node{Name: name, Dir: filepath.Join(dir, name), config: filepath.Join(dir, name+".conf"), apart: apart, clients: newWire(t)}
		n.wires = []*Wire{n.clients}
		s.Nodes = append(s.Nodes, n)
	}
	keys := s.makeAccounts(t, dir, accounts)
	for _, n := range s.Nodes {
		var routes []string
		for _, other := range s.Nodes {
			if other == n {
				continue
			}
			w := newWire(t)
			n.wires, other.wires, other.routes = append(n.wires, w), append(other.wires, w), append(other.routes, w)
			routes = append(routes, fmt.Sprintf("%q", "nats://"+w.Addr()))
		}
		config := configOf(n, nowhere, routes, keys)
		if err := os.WriteFile(n.config, []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for _, n := range s.Nodes {
			n.end(t, running.kill)
			if t.Failed() {
				n.tell(t)
			}
		}
	})
	for _, n := range s.Nodes {
		n.Start(t)
	}
	s.Ready(t)
	return s
}

func newWire(t testing.TB) *Wire {
	t.Helper()
	w, err := NewWire()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.Close)
	return w
}

// makeAccounts gives the text of the accounts, with keys in files.
func (s *Servers) makeAccounts(t testing.TB, dir string, accounts int) string {
	_, after, _ := strings.Cut(Config, "  FRAMDRIFT {\n")
	users, _, _ := strings.Cut(after, "    ]\n  }\n")
	var text strings.Builder
	for i := range accounts {
		a := Account{Name: fmt.Sprintf("FRAMDRIFT%d", i+1)}
		key := func(file *string) string {
			public, path := seed(t, dir)
			*file = path
			return public
		}
		mine := strings.NewReplacer("APP_PUBLIC_KEY", key(&a.App), "INIT_PUBLIC_KEY", key(&a.Init)).Replace(users)
		fmt.Fprintf(&text, "  %s {\n%s      { nkey: %s }\n    ]\n  }\n", a.Name, mine, key(&a.Root))
		s.Accounts = append(s.Accounts, a)
	}
	public, _ := seed(t, dir)
	fmt.Fprintf(&text, "  SYS { users: [ { nkey: %s } ] }\n", public)
	return text.String()
}

// seed makes a user's key and a file that holds its seed.
func seed(t testing.TB, dir string) (public, path string) {
	t.Helper()
	key, err := nkeys.CreateUser()
	if err != nil {
		t.Fatal(err)
	}
	secret, err := key.Seed()
	if err != nil {
		t.Fatal(err)
	}
	if public, err = key.PublicKey(); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, public+".nk")
	if err := os.WriteFile(path, secret, 0o600); err != nil {
		t.Fatal(err)
	}
	return public, path
}

var (
	tlsBlock     = regexp.MustCompile(`(?m)^ *tls \{[^}]*\}\n`)
	clusterBlock = regexp.MustCompile(`(?ms)^cluster \{.*?^\}\n`)
	accountBlock = regexp.MustCompile(`(?ms)^accounts \{.*?^\}\n`)
	routesLine   = regexp.MustCompile(`(?m)^  routes:.*$`)
)

// configOf is the documented configuration for one node on loopback, without TLS.
func configOf(n *Node, nowhere string, routes []string, accounts string) string {
	text := tlsBlock.ReplaceAllString(Config, "")
	if len(routes) == 0 {
		text = clusterBlock.ReplaceAllString(text, "")
	}
	// Servers tell each other and clients where they are: that must not lead
	// around the wires.
	text = routesLine.ReplaceAllString(text, "  advertise: \""+nowhere+"\"\n  routes: ["+strings.Join(routes, ", ")+"]")
	text = accountBlock.ReplaceAllLiteralString(text, "accounts {\n"+accounts+"}\n") + "http: \"127.0.0.1:-1\"\n"
	return strings.NewReplacer("server_name: n1", "server_name: "+n.Name+"\nclient_advertise: \""+n.clients.Addr()+"\"", "0.0.0.0:4222", "127.0.0.1:-1", "0.0.0.0:6222", "127.0.0.1:-1",
		"/var/lib/nats", n.Dir).Replace(text)
}

// URL is where clients reach all of them.
func (s *Servers) URL() string {
	urls := make([]string, len(s.Nodes))
	for i, n := range s.Nodes {
		urls[i] = n.URL()
	}
	return strings.Join(urls, ",")
}
