//go:build faults

package jetstream

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// A crowd is clients that append to one log, and followers of it, one of each
// at every node, while things happen to the nodes. Each client appends commits
// of its own, one at a time and as many as it has leave to, and looks for its
// commit on the log when it does not know what became of it. (Without leave to
// wait for, the clients at the leader would always be first.)
type crowd struct {
	servers *jetstreamtest.Servers
	account jetstreamtest.Account
	logs    []eventstore.Log // of the nodes
	birth   time.Time

	mu       sync.Mutex // guards all below
	change   *sync.Cond
	acked    map[string]uint64 // lines of a commit → sequence
	leave    [][]int           // commits still to append, by node and client
	unknown  int               // appends whose outcome had to be looked for
	followed [][]eventstore.Message
	past     []porcupine.Operation // every append and reading, for linearizable
}

// crowdPatience is that of its stores: short, so that much can go wrong.
const crowdPatience = 4 * time.Second

// gather makes the log and lets each so many clients and a follower a node loose on it.
func gather(t *testing.T, s *jetstreamtest.Servers, account jetstreamtest.Account, clients int) *crowd {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	c := &crowd{
		servers: s, account: account, birth: time.Now(),
		acked: map[string]uint64{}, followed: make([][]eventstore.Message, len(s.Nodes)),
	}
	var work sync.WaitGroup
	c.change = sync.NewCond(&c.mu)
	var stores []*Store
	for _, n := range s.Nodes {
		stores = append(stores, dial(t, External{URL: n.URL(), NKey: account.Init, Replicas: len(s.Nodes), Patience: crowdPatience}))
	}
	maker := dial(t, External{URL: s.URL(), NKey: account.Init, Replicas: len(s.Nodes)})
	createLog(t, maker)
	closeStore(t, maker)
	for _, store := range stores {
		c.logs = append(c.logs, opened(t, store))
		c.leave = append(c.leave, make([]int, clients))
	}
	for i := range c.logs {
		work.Go(func() { c.follow(t, ctx, i) })
		for w := range clients {
			work.Go(func() { c.append(t, ctx, i, w) })
		}
	}
	t.Cleanup(func() {
		cancel()
		c.mu.Lock()
		c.change.Broadcast()
		c.mu.Unlock()
		for _, store := range stores {
			closeStore(t, store)
		}
		work.Wait()
	})
	return c
}

// opened is the log at a node, which may not have heard yet that it was made.
func opened(t *testing.T, store *Store) (log eventstore.Log) {
	t.Helper()
	jetstreamtest.Eventually(t, "every node knows the log", func() bool {
		var err error
		log, err = store.Open(t.Context(), region)
		if err != nil && !errors.Is(err, eventstore.ErrMissing) {
			t.Fatal(err)
		}
		return err == nil
	})
	return log
}

func (c *crowd) follow(t *testing.T, ctx context.Context, node int) {
	for m, err := range c.logs[node].Follow(ctx, eventstore.Head{}) {
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			t.Errorf("the follower of node %d ends: %v", node+1, err)
			return
		}
		c.mu.Lock()
		c.followed[node] = append(c.followed[node], m)
		c.change.Broadcast()
		c.mu.Unlock()
	}
}

func (c *crowd) append(t *testing.T, ctx context.Context, node, client int) {
	var at eventstore.Head
	for n := 0; c.mayGoOn(ctx, node, client); n++ {
		lines := linesOf(node, client, n)
		sequence, err := c.appendOne(ctx, node, client, &at, lines)
		if err != nil {
			if ctx.Err() == nil {
				t.Errorf("a client of node %d: %v", node+1, err)
			}
			return
		}
		c.mu.Lock()
		c.acked[lines] = sequence
		c.leave[node][client]--
		c.change.Broadcast()
		c.mu.Unlock()
	}
}

// linesOf is a client's commit number n: of one event, and every fourth of many.
func linesOf(node, client, n int) string {
	var lines strings.Builder
	for i := range 1 + n%4/3*manyEvents {
		fmt.Fprintf(&lines, "%d/%d/%d/%d\n", node, client, n, i)
	}
	return lines.String()
}

// manyEvents is how many more events than one a large commit has.
const manyEvents = 40

// commit is one of such lines.
func commit(lines string) eventstore.Commit {
	c := eventstore.Commit{Subject: "plan.measure.t01"}
	for line := range strings.Lines(lines) {
		c.Events = append(c.Events, []byte(line))
	}
	return c
}

// mayGoOn waits until the client has leave; false when all is over.
func (c *crowd) mayGoOn(ctx context.Context, node, client int) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for c.leave[node][client] == 0 && ctx.Err() == nil {
		c.change.Wait()
	}
	return ctx.Err() == nil
}

// appendOne returns when the commit is known to be on the log.
func (c *crowd) appendOne(ctx context.Context, node, client int, at *eventstore.Head, lines string) (uint64, error) {
	for {
		begun, asked := time.Since(c.birth), at.Sequence
		head, err := c.logs[node].Append(ctx, *at, commit(lines))
		c.remember(node, client, begun, appending{asked, lines}, err)
		switch {
		case err == nil:
			*at = head
			return head.Sequence, nil
		case ctx.Err() != nil:
			return 0, err
		case errors.Is(err, eventstore.ErrUnknown) && !errors.Is(err, eventstore.ErrConflict):
			c.mu.Lock()
			c.unknown++
			c.mu.Unlock()
		case !errors.Is(err, eventstore.ErrConflict) && !errors.Is(err, eventstore.ErrUnavailable):
			return 0, err
		}
		if sequence, err := c.look(ctx, node, client, at, lines); sequence != 0 || err != nil {
			return sequence, err
		}
	}
}

// look reads on, and gives where the commit stands if it comes.
func (c *crowd) look(ctx context.Context, node, client int, at *eventstore.Head, lines string) (sequence uint64, err error) {
	begun, r := time.Since(c.birth), reading{after: at.Sequence}
	defer func() { c.remember(node, client, begun, r, nil) }()
	for m, err := range c.logs[node].Read(ctx, *at) {
		if errors.Is(err, eventstore.ErrUnavailable) {
			break
		}
		if err != nil {
			return 0, err
		}
		*at = m.Head
		r.gave = append(r.gave, string(m.Payload))
		if string(m.Payload) == lines {
			sequence = m.Head.Sequence
		}
	}
	return sequence, nil
}

// await waits until something about the crowd is so.
func (c *crowd) await(t *testing.T, what string, so func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	defer context.AfterFunc(ctx, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.change.Broadcast()
	})()
	c.mu.Lock()
	defer c.mu.Unlock()
	for !so() {
		if ctx.Err() != nil {
			t.Fatalf("it does not come about that %s: %d commits acknowledged, and to come %v", what, len(c.acked), c.leave)
		}
		c.change.Wait()
	}
}

// let gives every client leave to append n lines more.
func (c *crowd) let(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, clients := range c.leave {
		for i := range clients {
			clients[i] += n
		}
	}
	c.change.Broadcast()
}

// done waits until the clients of the nodes have used their leave.
func (c *crowd) done(t *testing.T, nodes ...int) {
	t.Helper()
	c.await(t, fmt.Sprintf("the clients of %v come to their end", nodes), func() bool {
		for _, node := range nodes {
			if slices.Max(c.leave[node]) > 0 {
				return false
			}
		}
		return true
	})
}

// begun waits until a few of the commits that there is leave for are there.
func (c *crowd) begun(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	before := len(c.acked)
	c.mu.Unlock()
	c.await(t, "the clients begin", func() bool { return len(c.acked) >= before+5 })
}

// settle is called when the clients are done, and looks: every acknowledged
// commit stands whole where it was said to stand, none stands twice, and every
// node's follower comes as far and sees the same.
func (c *crowd) settle(t *testing.T) {
	t.Helper()
	last, err := c.logs[0].Messages(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.await(t, "every follower has come to the end", func() bool {
		for _, seen := range c.followed {
			if uint64(len(seen)) < last {
				return false
			}
		}
		return true
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	stored := map[string]uint64{}
	for i, m := range c.followed[0] {
		lines := string(m.Payload)
		if stored[lines] != 0 {
			t.Errorf("%q is stored as %d and as %d", lines, stored[lines], m.Head.Sequence)
		}
		stored[lines] = m.Head.Sequence
		for node, seen := range c.followed {
			if len(seen) != int(last) || string(seen[i].Payload) != lines || seen[i].Head != m.Head {
				t.Errorf("message %d of %d is not the same at node 1 and at node %d", i+1, last, node+1)
			}
		}
	}
	for lines, sequence := range c.acked {
		if stored[lines] != sequence {
			t.Errorf("%q was acknowledged as %d and is stored as %d", lines, sequence, stored[lines])
		}
	}
	c.linearizable(t)
	t.Logf("%d commits acknowledged, %d stored, %d outcomes not known at first", len(c.acked), last, c.unknown)
}
