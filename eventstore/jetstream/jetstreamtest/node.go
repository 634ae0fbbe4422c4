package jetstreamtest

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// A Node is one server. Everybody else reaches it through wires.
type Node struct {
	Name    string
	Dir     string // where it keeps what it is given, as store_dir
	config  string // file
	apart   bool   // in a process of its own
	running running
	at      addresses
	paused  bool
	clients *Wire
	routes  []*Wire // to it
	wires   []*Wire // every wire to and from it
}

// running is a server that has been started. A node that is down has none.
type running interface {
	stop() error // as one who operates it would
	kill() error
}

// addresses are where a server listens, host:port.
type addresses struct{ Clients, Routes, Monitor string }

// Start runs the node, again when it was stopped, and connects its wires.
func (n *Node) Start(t testing.TB) {
	t.Helper()
	start := inProcess
	if n.apart {
		start = asProcess
	}
	var err error
	if n.running, n.at, err = start(n.config); err != nil {
		t.Fatalf("starting %s: %v", n.Name, err)
	}
	n.clients.To(n.at.Clients)
	for _, w := range n.routes {
		w.To(n.at.Routes)
	}
	n.Mend()
}

// Kill stops the node so that the others see it vanish: it cannot tell them.
// A process of its own gets SIGKILL, and cannot do anything.
func (n *Node) Kill(t testing.TB) {
	t.Helper()
	if !n.apart {
		n.CutOff()
	}
	n.end(t, running.kill)
}

// Stop stops the node as one who operates it would, if it is up.
func (n *Node) Stop(t testing.TB) {
	t.Helper()
	n.end(t, running.stop)
}

func (n *Node) end(t testing.TB, how func(running) error) {
	t.Helper()
	if n.running == nil {
		return
	}
	if err := how(n.running); err != nil {
		t.Errorf("%s: %v", n.Name, err)
	}
	n.running, n.paused = nil, false
	for _, w := range append(n.routes, n.clients) {
		w.To("")
	}
}

// tell shows what the server warned of, when a test has failed.
func (n *Node) tell(t testing.TB) {
	t.Helper()
	log, err := os.ReadFile(logOf(n.config))
	if err != nil {
		return // it runs in this process, and has none
	}
	for line := range strings.Lines(string(log)) {
		for _, level := range []string{"[WRN]", "[ERR]", "[FTL]"} {
			if strings.Contains(line, level) && !strings.Contains(line, "Healthcheck") { // Ready asked
				t.Log(n.Name, strings.TrimSpace(line))
			}
		}
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

// Shut breaks the connections of clients, and those that are tried. The others
// still reach it.
func (n *Node) Shut() { n.clients.Cut() }

// Mend undoes CutOff, Isolate and Shut.
func (n *Node) Mend() {
	for _, w := range n.wires {
		w.Mend()
	}
}

// URL is where clients reach the node.
func (n *Node) URL() string { return "nats://" + n.clients.Addr() }

// up reports whether the node runs, and can answer.
func (n *Node) up() bool { return n.running != nil && !n.paused }

// asking is how long a node may take to say how it is.
const asking = 5 * time.Second

// ask reads a page of the node's monitoring; false when it has none to show.
func (n *Node) ask(page string, into any) bool {
	client := &http.Client{Timeout: asking, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Get("http://" + n.at.Monitor + page)
	if err != nil {
		return false
	}
	defer answer.Body.Close() //nolint:errcheck // it has been read
	return answer.StatusCode == http.StatusOK && json.NewDecoder(answer.Body).Decode(into) == nil
}
