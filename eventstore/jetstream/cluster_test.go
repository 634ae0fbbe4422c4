//go:build faults

package jetstream

import (
	"flag"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/eventstore/storetest"
)

// What may happen to three nodes while clients append at each of them.
func TestThreeServersInTrouble(t *testing.T) {
	s := jetstreamtest.Start(t, 3, 3)
	for i, tt := range []struct {
		name    string
		trouble func(*testing.T, *crowd)
	}{
		{"the leader steps down again and again", steppingDown},
		{"the leader is killed and comes back", killing},
		{"the leader is cut off from the others and does not know", isolating},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := gather(t, s, s.Accounts[i], 3)
			tt.trouble(t, c)
			c.done(t, 0, 1, 2)
			c.settle(t)
		})
	}
}

func steppingDown(t *testing.T, c *crowd) {
	for range 10 {
		c.let(3)
		c.begun(t)
		c.servers.StepDown(t, c.account, streamName(region))
	}
}

func killing(t *testing.T, c *crowd) {
	node, others := c.leader(t)
	c.let(20)
	c.begun(t)
	c.servers.Nodes[node].Kill(t)
	c.done(t, others...)
	c.servers.Nodes[node].Start(t)
	c.servers.Ready(t)
}

func isolating(t *testing.T, c *crowd) {
	node, others := c.leader(t)
	c.let(20)
	c.begun(t)
	c.servers.Nodes[node].Isolate()
	c.done(t, others...)
	c.servers.Nodes[node].Mend()
}

// leader is the number of the node that leads the log, and those of the others.
func (c *crowd) leader(t *testing.T) (int, []int) {
	t.Helper()
	i := slices.Index(c.servers.Nodes, c.servers.Leader(t, c.account.Name, streamName(region)))
	others := []int{0, 1, 2}
	return i, slices.Delete(others, i, i+1)
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
