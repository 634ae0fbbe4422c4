//go:build faults && unix

package jetstream

import (
	"flag"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/eventstore/storetest"
)

// What may happen to three nodes, each a process of its own, while clients
// append at each of them. Afterwards the three replicas hold the same bytes,
// and they are what the clients were told.
func TestThreeServersInTrouble(t *testing.T) {
	troubles := []struct {
		name    string
		rounds  int
		trouble func(*testing.T, *crowd)
	}{
		{"the leader steps down", 10, steppingDown},
		{"the leader is killed", 2, killing(leading)},
		{"a follower is killed", 2, killing(following)},
		{"the leader and a follower are killed at once", 2, killing(leading, following)},
		{"all three are killed at once", 3, killing(leading, following, following+1)},
		{"the leader is paused", 3, pausing(leading)},
		{"a follower is paused", 1, pausing(following)},
		{"the leader is cut off from the others and does not know", 1, isolating(leading)},
		{"a follower is cut off from the others and does not know", 1, isolating(following)},
	}
	s := jetstreamtest.StartApart(t, 3, len(troubles))
	var crowds []*crowd
	for i, tt := range troubles {
		t.Run(tt.name, func(t *testing.T) {
			c := gather(t, s, s.Accounts[i], 3)
			for range tt.rounds {
				tt.trouble(t, c)
			}
			c.done(t, 0, 1, 2)
			c.settle(t)
			s.Level(t, c.account.Name, streamName(region), uint64(len(c.followed[0])))
			crowds = append(crowds, c)
		})
	}
	for _, n := range s.Nodes {
		n.Stop(t)
	}
	for _, c := range crowds {
		c.sameBytes(t)
	}
}

// Which nodes trouble comes to: the leader has the rank 0.
const leading, following = 0, 1

func steppingDown(t *testing.T, c *crowd) {
	c.let(3)
	c.begun(t)
	c.servers.StepDown(t, c.account, streamName(region))
}

// troubled gives the nodes of such ranks, and the numbers of the others.
func (c *crowd) troubled(t *testing.T, ranks ...int) (nodes []*jetstreamtest.Node, others []int) {
	t.Helper()
	leader := slices.Index(c.servers.Nodes, c.servers.Leader(t, c.account.Name, streamName(region)))
	for rank := range c.servers.Nodes {
		i := (leader + rank) % len(c.servers.Nodes)
		if slices.Contains(ranks, rank) {
			nodes = append(nodes, c.servers.Nodes[i])
		} else {
			others = append(others, i)
		}
	}
	return nodes, others
}

// killing kills nodes, and lets the others go on for as long as they can.
func killing(ranks ...int) func(*testing.T, *crowd) {
	return func(t *testing.T, c *crowd) {
		nodes, others := c.troubled(t, ranks...)
		c.let(8)
		c.begun(t)
		for _, n := range nodes {
			n.Kill(t)
		}
		if len(others) > 1 {
			c.done(t, others...)
		}
		for _, n := range nodes {
			n.Start(t)
		}
		c.servers.Ready(t)
		c.done(t, 0, 1, 2)
	}
}

func pausing(rank int) func(*testing.T, *crowd) {
	return func(t *testing.T, c *crowd) {
		nodes, others := c.troubled(t, rank)
		c.let(20)
		c.begun(t)
		nodes[0].Pause(t)
		c.done(t, others...)
		c.let(8) // so that it has something to do when it comes back
		nodes[0].Resume(t)
	}
}

func isolating(rank int) func(*testing.T, *crowd) {
	return func(t *testing.T, c *crowd) {
		nodes, others := c.troubled(t, rank)
		c.let(20)
		c.begun(t)
		nodes[0].Isolate()
		c.done(t, others...)
		nodes[0].Mend()
	}
}

// Each directory of the suite is an account of one cluster. The model makes a
// stream a case, which three servers take their time over.
func TestContractOnThreeServers(t *testing.T) {
	checks := flag.Lookup("rapid.checks").Value
	defer func(before string) { _ = checks.Set(before) }(checks.String())
	if err := checks.Set("15"); err != nil {
		t.Fatal(err)
	}
	s := jetstreamtest.Start(t, 3, 30)
	used := map[string]int{}
	storetest.Run(t, func(t testing.TB, dir string) eventstore.Store {
		if _, ok := used[dir]; !ok {
			used[dir] = len(used)
		}
		return dial(t, External{URL: s.URL(), NKey: s.Accounts[used[dir]].Init, Replicas: 3})
	})
}
