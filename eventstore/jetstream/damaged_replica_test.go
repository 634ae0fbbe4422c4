//go:build faults && unix

package jetstream

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// The server does not see that a bit has been flipped in a block while it was
// down: its replica is «current», is counted as whole, and goes on serving what
// it can read. Whoever reads from it is told of the first message that is not
// there; nobody is given other bytes. The replica is made anew by the others
// when the server starts with nothing.
func TestADamagedReplicaOnOneOfThreeServersIsToldAndMadeAnew(t *testing.T) {
	const messages, bad = 300, 100
	s := jetstreamtest.StartApart(t, 3, 1)
	account := s.Accounts[0]
	store := dial(t, External{URL: s.URL(), NKey: account.Init, Replicas: 3})
	defer closeStore(t, store)
	log := createLog(t, store)
	fill(t, log, eventstore.Head{}, messages)
	s.Level(t, account.Name, streamName(region), messages)

	damaged := s.Nodes[0]
	damaged.Stop(t)
	flipIn(t, blocks(damaged, account.Name)+"/1.blk", marker(bad))
	damaged.Start(t)
	s.Ready(t)
	s.Level(t, account.Name, streamName(region), messages)
	jetstreamtest.Eventually(t, "somebody reads from the damaged replica", func() bool {
		n, err := readAll(t.Context(), log, eventstore.Head{})
		var damage *eventstore.DamageError
		told := errors.As(err, &damage) && damage.Sequence == bad && n == bad-1
		if !told && (err != nil || n != messages) {
			t.Fatalf("%d of %d messages are read: %v", n, messages, err)
		}
		return told
	})

	damaged.Stop(t)
	if err := os.RemoveAll(damaged.Dir); err != nil {
		t.Fatal(err)
	}
	damaged.Start(t)
	s.Ready(t)
	fill(t, log, eventstore.Head{Sequence: messages, Position: messages}, 1)
	s.Level(t, account.Name, streamName(region), messages+1)
	for range 10 {
		if n, err := readAll(t.Context(), log, eventstore.Head{}); n != messages+1 || err != nil {
			t.Errorf("%d of %d messages are read: %v", n, messages+1, err)
		}
	}
	whole := make([][][]byte, len(s.Nodes))
	for i, n := range s.Nodes {
		n.Stop(t)
		whole[i] = records(t, n, account.Name)
		if !bytes.Equal(bytes.Join(whole[i], nil), bytes.Join(whole[0], nil)) || len(whole[i]) != messages+1 {
			t.Errorf("%s holds %d messages, and %s %d", n.Name, len(whole[i]), s.Nodes[0].Name, len(whole[0]))
		}
	}
}

// blocks is where a node keeps the records of an account's log.
func blocks(n *jetstreamtest.Node, account string) string {
	return filepath.Join(n.Dir, "jetstream", account, "streams", streamName(region), "msgs")
}

// flipIn flips a bit of the first place that holds a text.
func flipIn(t *testing.T, path, text string) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(data, []byte(text))
	if at < 0 {
		t.Fatalf("%s does not hold %q", path, text)
	}
	data[at] ^= 4
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
