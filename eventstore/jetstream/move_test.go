//go:build faults && unix

package jetstream

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// A server that is cut off from the others goes on answering its clients, and
// its replica goes on telling followers that there is nothing new. A store that
// knows of others does not stay with it.
func TestAStoreLeavesTheOneOfThreeServersThatIsCutOff(t *testing.T) {
	for name, rank := range map[string]int{"the leader": leading, "a follower": following} {
		t.Run(name, func(t *testing.T) {
			s := jetstreamtest.StartApart(t, 3, 1)
			maker := dial(t, External{URL: s.URL(), NKey: s.Accounts[0].Init, Replicas: 3})
			head := fill(t, createLog(t, maker), eventstore.Head{}, 3)
			closeStore(t, maker)
			nodes, others := (&crowd{servers: s, account: s.Accounts[0]}).troubled(t, rank)

			// The address of one is enough: the servers tell of each other.
			near := dial(t, External{URL: nodes[0].URL(), NKey: s.Accounts[0].App, Replicas: 3, Patience: crowdPatience})
			defer closeStore(t, near)
			log := opened(t, near)
			var followed atomic.Uint64
			var work sync.WaitGroup
			ctx, stop := context.WithCancel(t.Context())
			defer work.Wait()
			defer stop()
			work.Go(func() {
				for m, err := range log.Follow(ctx, head) {
					if err != nil {
						return // it is stopped
					}
					followed.Store(m.Head.Sequence)
				}
			})
			far := dial(t, External{URL: s.Nodes[others[0]].URL(), NKey: s.Accounts[0].App, Replicas: 3})
			defer closeStore(t, far)
			there := opened(t, far)
			nodes[0].Isolate()
			var err error
			jetstreamtest.Eventually(t, "the others have a leader", func() bool {
				_, err = there.Append(t.Context(), head, event(4))
				return !errors.Is(err, eventstore.ErrUnavailable) && !errors.Is(err, eventstore.ErrUnknown)
			})
			if err != nil && !errors.Is(err, eventstore.ErrConflict) { // an unknown one was stored
				t.Fatal(err)
			}
			jetstreamtest.Eventually(t, "the log answers", func() bool {
				n, err := log.Messages(t.Context())
				if err == nil && n != 4 || err != nil && !errors.Is(err, eventstore.ErrUnavailable) {
					t.Fatalf("the log has %d messages: %v", n, err)
				}
				return err == nil
			})
			jetstreamtest.Eventually(t, "the follower comes to the end", func() bool { return followed.Load() == 4 })
		})
	}
}
