//go:build unix

package jetstreamtest

import (
	"syscall"
	"testing"
)

// Pause stops a node's process where it stands, with SIGSTOP: it keeps its
// connections and says nothing.
func (n *Node) Pause(t testing.TB) {
	t.Helper()
	n.signal(t, syscall.SIGSTOP)
	n.paused = true
}

// Resume lets a paused node go on. It does not know that time has passed.
func (n *Node) Resume(t testing.TB) {
	t.Helper()
	n.signal(t, syscall.SIGCONT)
	n.paused = false
}

func (n *Node) signal(t testing.TB, s syscall.Signal) {
	t.Helper()
	if err := n.running.(process).cmd.Process.Signal(s); err != nil {
		t.Fatalf("%s: %v", n.Name, err)
	}
}
