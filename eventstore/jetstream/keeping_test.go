package jetstream

import (
	"errors"
	"strings"
	"testing"

	natsjs "github.com/nats-io/nats.go/jetstream"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

func TestEveryWrongSettingIsNamed(t *testing.T) {
	f := openWithRoot(t)
	f.unchecked(t, func(c *natsjs.StreamConfig) {
		c.MaxMsgs, c.DenyPurge, c.Compression = 1<<40, false, natsjs.S2Compression
	})
	kept, err := f.Keeping(t.Context(), region)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"max_msgs ", "deny_purge ", "compression "}
	if len(kept.Faults) != len(want) {
		t.Fatalf("it names %v", kept.Faults)
	}
	for i, fault := range kept.Faults {
		if !strings.HasPrefix(fault.Setting, want[i]) {
			t.Errorf("number %d is %q, want %q", i, fault.Setting, want[i])
		}
	}
}

func TestALogThatIsKeptWellHasNoFaults(t *testing.T) {
	servers := jetstreamtest.Start(t, 1, 1)
	s := dial(t, External{URL: servers.URL(), NKey: servers.Accounts[0].Init})
	defer closeStore(t, s)
	if _, err := s.Keeping(t.Context(), region); !errors.Is(err, eventstore.ErrMissing) {
		t.Errorf("of a log that is not there it says %v", err)
	}
	fill(t, createLog(t, s), eventstore.Head{}, 3)
	kept, err := s.Keeping(t.Context(), region)
	if err != nil || len(kept.Faults) != 0 || len(kept.Replicas) != 0 || kept.Messages != 3 || kept.Bytes == 0 {
		t.Errorf("it says %+v (%v)", kept, err)
	}
	if at := s.Server(); at.Name != "n1" || at.Version == "" || at.Cluster != "" || !at.Identified || at.Encrypted {
		t.Errorf("the server is %+v", at)
	}
	servers.Nodes[0].CutOff()
	jetstreamtest.Eventually(t, "it is connected to nobody", func() bool { return s.Server() == Server{} })
}

func TestALogOnThreeServersSaysHowEachCopyIs(t *testing.T) {
	servers := jetstreamtest.Start(t, 3, 1)
	s := dial(t, External{URL: servers.URL(), NKey: servers.Accounts[0].Init, Replicas: 3})
	defer closeStore(t, s)
	fill(t, createLog(t, s), eventstore.Head{}, 3)
	copies := func() (all, current, leading int) {
		kept, err := s.Keeping(t.Context(), region)
		if err != nil {
			return 0, 0, 0
		}
		for _, r := range kept.Replicas {
			all++
			if r.Current && !r.Offline {
				current++
			}
			if r.Leads && r.Server != "" {
				leading++
			}
		}
		return all, current, leading
	}
	jetstreamtest.Eventually(t, "three copies are current and one leads", func() bool {
		all, current, leading := copies()
		return all == 3 && current == 3 && leading == 1
	})
	leader := servers.Leader(t, servers.Accounts[0].Name, streamName(region))
	for _, n := range servers.Nodes {
		if n != leader {
			n.Kill(t)
			break
		}
	}
	jetstreamtest.Eventually(t, "a copy is missed", func() bool {
		all, current, leading := copies()
		return all == 3 && current == 2 && leading == 1
	})
}
