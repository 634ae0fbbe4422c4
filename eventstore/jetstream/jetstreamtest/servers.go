// Package jetstreamtest runs NATS servers for tests: one, or a cluster of
// three with real routes, all on loopback, in this process, on disk, configured
// as docs/operating.md says. Their networks can be cut.
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

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
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

// A Node is one server. Everybody else reaches it through wires.
type Node struct {
	Name    string
	Server  *server.Server // nil when it is down
	config  string         // file
	clients *Wire
	routes  []*Wire // to it
	wires   []*Wire // every wire to and from it
}

// Start runs so many servers, 1 or 3, with so many accounts, until the test ends.
func Start(t testing.TB, nodes, accounts int) *Servers {
	t.Helper()
	s := &Servers{}
	dir, nowhere := t.TempDir(), newWire(t).Addr()
	for i := range nodes {
		n := &Node{Name: fmt.Sprintf("n%d", i+1), config: filepath.Join(dir, fmt.Sprintf("n%d.conf", i+1)), clients: newWire(t)}
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
		config := configOf(n, filepath.Join(dir, n.Name), nowhere, routes, keys)
		if err := os.WriteFile(n.config, []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for _, n := range s.Nodes {
			n.stop()
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
func configOf(n *Node, dir, nowhere string, routes []string, accounts string) string {
	text := tlsBlock.ReplaceAllString(Config, "")
	if len(routes) == 0 {
		text = clusterBlock.ReplaceAllString(text, "")
	}
	// Servers tell each other and clients where they are: that must not lead
	// around the wires.
	text = routesLine.ReplaceAllString(text, "  advertise: \""+nowhere+"\"\n  routes: ["+strings.Join(routes, ", ")+"]")
	text = accountBlock.ReplaceAllLiteralString(text, "accounts {\n"+accounts+"}\n")
	return strings.NewReplacer("server_name: n1", "server_name: "+n.Name+"\nclient_advertise: \""+n.clients.Addr()+"\"", "0.0.0.0:4222", "127.0.0.1:-1", "0.0.0.0:6222", "127.0.0.1:-1",
		"/var/lib/nats", dir).Replace(text)
}

// Start runs the node, again when it was killed, and connects its wires.
func (n *Node) Start(t testing.TB) {
	t.Helper()
	o, err := server.ProcessConfigFile(n.config)
	if err != nil {
		t.Fatal(err)
	}
	o.NoSigs, o.NoLog = true, true
	srv, err := server.NewServer(o)
	if err != nil {
		t.Fatal(err)
	}
	n.Server = srv
	srv.Start()
	if !srv.ReadyForConnections(patience) {
		t.Fatalf("%s is not ready", n.Name)
	}
	n.clients.To(srv.Addr().String())
	if addr := srv.ClusterAddr(); addr != nil {
		for _, w := range n.routes {
			w.To(addr.String())
		}
	}
	n.Mend()
}

// Kill stops the node so that the others see it vanish: it cannot tell them.
func (n *Node) Kill(t testing.TB) {
	t.Helper()
	n.CutOff()
	n.stop()
}

func (n *Node) stop() {
	if n.Server != nil {
		n.Server.Shutdown()
		n.Server.WaitForShutdown()
		n.Server = nil
	}
}

// CutOff breaks every connection of the node, and those that are tried.
func (n *Node) CutOff() {
	for _, w := range n.wires {
		w.Cut()
	}
}

// Isolate freezes what goes between the node and the others. Clients still
// reach it, and it still believes what it believed.
func (n *Node) Isolate() {
	for _, w := range n.wires {
		if w != n.clients {
			w.Freeze()
		}
	}
}

// Mend undoes CutOff and Isolate.
func (n *Node) Mend() {
	for _, w := range n.wires {
		w.Mend()
	}
}

// URL is where clients reach the node.
func (n *Node) URL() string { return "nats://" + n.clients.Addr() }

// URL is where clients reach all of them.
func (s *Servers) URL() string {
	urls := make([]string, len(s.Nodes))
	for i, n := range s.Nodes {
		urls[i] = n.URL()
	}
	return strings.Join(urls, ",")
}

// Ready returns when the servers that are up have routes to each other and
// agree on who leads them.
func (s *Servers) Ready(t testing.TB) {
	t.Helper()
	Eventually(t, "the servers agree on a leader", func() bool {
		up, leaders := 0, 0
		for _, n := range s.Nodes {
			if n.Server == nil {
				continue
			}
			up++
			if len(s.Nodes) > 1 && !n.Server.JetStreamIsCurrent() {
				return false
			}
			if len(s.Nodes) == 1 || n.Server.JetStreamIsLeader() {
				leaders++
			}
		}
		return leaders == 1 && s.meshed(up)
	})
}

// meshed reports whether so many nodes have a route each to all others.
func (s *Servers) meshed(up int) bool {
	for _, n := range s.Nodes {
		if n.Server == nil {
			continue
		}
		routes, err := n.Server.Routez(nil)
		if err != nil {
			return false
		}
		names := map[string]bool{}
		for _, r := range routes.Routes {
			names[r.RemoteName] = true
		}
		if len(names) < up-1 {
			return false
		}
	}
	return true
}

// Leader is the node that leads a stream, waited for.
func (s *Servers) Leader(t testing.TB, account, stream string) *Node {
	t.Helper()
	var leader *Node
	Eventually(t, stream+" has a leader", func() bool {
		for _, n := range s.Nodes {
			if n.Server != nil && n.Server.JetStreamIsStreamLeader(account, stream) {
				leader = n
				return true
			}
		}
		return false
	})
	return leader
}

// StepDown makes the leader of a stream give way, if it can be told.
func (s *Servers) StepDown(t testing.TB, a Account, stream string) {
	t.Helper()
	n := s.Leader(t, a.Name, stream)
	nkey, err := nats.NkeyOptionFromSeed(a.Root)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect("", nats.InProcessServer(n.Server), nkey)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := conn.Request("$JS.API.STREAM.LEADER.STEPDOWN."+stream, nil, patience); err != nil {
		t.Fatal(err)
	}
}

// Eventually waits until something is so.
func Eventually(t testing.TB, what string, so func() bool) {
	t.Helper()
	look := time.NewTicker(5 * time.Millisecond)
	defer look.Stop()
	for end := time.Now().Add(patience); !so(); <-look.C {
		if time.Now().After(end) {
			t.Fatalf("after %v it is not so that %s", patience, what)
		}
	}
}
