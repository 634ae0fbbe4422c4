package jetstreamtest

import (
	"io"
	"net"
	"sync"
)

// A Wire is a piece of network that can be cut: it passes bytes from its own
// address to another's. It has no opinion about what they mean.
type Wire struct {
	listener net.Listener
	work     sync.WaitGroup

	mu     sync.Mutex // guards all below
	target string     // empty: nobody is there
	cut    bool       // what comes is closed at once
	frozen bool       // what comes is taken and goes no further
	change *sync.Cond // of frozen and conns
	conns  map[net.Conn]bool
}

// NewWire is a wire to nobody yet.
func NewWire() (*Wire, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	w := &Wire{listener: l, conns: map[net.Conn]bool{}}
	w.change = sync.NewCond(&w.mu)
	w.work.Go(w.accept)
	return w, nil
}

// Addr is where the wire begins: host:port.
func (w *Wire) Addr() string { return w.listener.Addr().String() }

// To says where it ends, for connections that are made from now on.
func (w *Wire) To(target string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.target = target
}

// Cut breaks every connection, and those that are tried until Mend.
func (w *Wire) Cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut, w.frozen = true, false
	w.drop()
}

// Freeze lets nothing through until Mend, and tells nobody: what is sent
// waits, as on a network that has gone silent.
func (w *Wire) Freeze() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.frozen = true
}

// Mend undoes Cut and Freeze.
func (w *Wire) Mend() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut, w.frozen = false, false
	w.change.Broadcast()
}

// Close ends the wire and returns when nothing of it runs.
func (w *Wire) Close() {
	_ = w.listener.Close()
	w.Cut()
	w.work.Wait()
}

// drop is called with mu held.
func (w *Wire) drop() {
	for c := range w.conns {
		_ = c.Close()
	}
	clear(w.conns)
	w.change.Broadcast()
}

func (w *Wire) accept() {
	for {
		from, err := w.listener.Accept()
		if err != nil {
			return
		}
		w.mu.Lock()
		target, cut := w.target, w.cut
		w.mu.Unlock()
		if cut || target == "" {
			_ = from.Close()
			continue
		}
		to, err := net.Dial("tcp", target)
		if err != nil {
			_ = from.Close()
			continue
		}
		w.join(from, to)
	}
}

func (w *Wire) join(from, to net.Conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.cut {
		_, _ = from.Close(), to.Close()
		return
	}
	w.conns[from], w.conns[to] = true, true
	w.work.Go(func() { w.pass(from, to) })
	w.work.Go(func() { w.pass(to, from) })
}

// pass copies until one side ends, and then ends the other.
func (w *Wire) pass(from, to net.Conn) {
	_, _ = io.Copy(gate{w, to}, from)
	_, _ = from.Close(), to.Close()
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.conns, from)
	delete(w.conns, to)
}

// A gate writes when the wire is not frozen.
type gate struct {
	wire *Wire
	to   net.Conn
}

func (g gate) Write(p []byte) (int, error) {
	g.wire.mu.Lock()
	for g.wire.frozen && g.wire.conns[g.to] {
		g.wire.change.Wait()
	}
	g.wire.mu.Unlock()
	return g.to.Write(p)
}
