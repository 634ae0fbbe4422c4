package jetstreamtest

import (
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// Ready returns when the servers that are up have routes to each other and
// agree on who leads them.
func (s *Servers) Ready(t testing.TB) {
	t.Helper()
	Eventually(t, "the servers agree on a leader", func() bool {
		up, leaders := 0, 0
		for _, n := range s.Nodes {
			if !n.up() {
				continue
			}
			up++
			var health server.HealthStatus
			if len(s.Nodes) > 1 && !n.ask("/healthz?js-meta-only=true", &health) {
				return false
			}
			var js server.JSInfo
			if !n.ask("/jsz", &js) {
				return false
			}
			if len(s.Nodes) == 1 || js.Meta != nil && js.Meta.Leader == n.Name {
				leaders++
			}
		}
		return leaders == 1 && s.meshed(up)
	})
}

// meshed reports whether so many nodes have a route each to all others.
func (s *Servers) meshed(up int) bool {
	for _, n := range s.Nodes {
		if !n.up() {
			continue
		}
		var routes server.Routez
		if !n.ask("/routez", &routes) {
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

// replica is what a node says of its own replica of a stream.
func (n *Node) replica(account, stream string) (server.StreamDetail, bool) {
	var js server.JSInfo
	if !n.up() || !n.ask("/jsz?streams=true&acc="+account, &js) {
		return server.StreamDetail{}, false
	}
	for _, a := range js.AccountDetails {
		for _, d := range a.Streams {
			if d.Name == stream {
				return d, true
			}
		}
	}
	return server.StreamDetail{}, false
}

// Leader is the node that leads a stream, waited for.
func (s *Servers) Leader(t testing.TB, account, stream string) *Node {
	t.Helper()
	var leader *Node
	Eventually(t, stream+" has a leader", func() bool {
		for _, n := range s.Nodes {
			if r, ok := n.replica(account, stream); ok && r.Cluster != nil && r.Cluster.Leader == n.Name {
				leader = n
				return true
			}
		}
		return false
	})
	return leader
}

// Level waits until every node's replica of a stream holds so many messages.
func (s *Servers) Level(t testing.TB, account, stream string, messages uint64) {
	t.Helper()
	Eventually(t, "every replica has all messages", func() bool {
		for _, n := range s.Nodes {
			if r, ok := n.replica(account, stream); !ok || r.State.LastSeq != messages {
				return false
			}
		}
		return true
	})
}

// StepDown makes the leader of a stream give way, if it can be told.
func (s *Servers) StepDown(t testing.TB, a Account, stream string) {
	t.Helper()
	n := s.Leader(t, a.Name, stream)
	nkey, err := nats.NkeyOptionFromSeed(a.Root)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := nats.Connect(n.URL(), nkey)
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
