//go:build faults && unix

package jetstream

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// sameBytes is called when the nodes have been stopped. It reads the blocks of
// every replica: the records are the same, byte for byte, and their lines are
// what the followers were given.
func (c *crowd) sameBytes(t *testing.T) {
	t.Helper()
	first := records(t, c.servers.Nodes[0], c.account.Name)
	if len(first) != len(c.followed[0]) {
		t.Errorf("%s holds %d messages, and %d were followed", c.account.Name, len(first), len(c.followed[0]))
		return
	}
	for i, m := range c.followed[0] {
		if !bytes.HasSuffix(first[i], append([]byte("\r\n\r\n"), m.Payload...)) {
			t.Errorf("%s: message %d is stored as %q, and was followed as %q", c.account.Name, i+1, first[i], m.Payload)
		}
	}
	for _, n := range c.servers.Nodes[1:] {
		other := records(t, n, c.account.Name)
		if len(other) != len(first) {
			t.Errorf("%s holds %d messages of %s, and %s %d", n.Name, len(other), c.account.Name, c.servers.Nodes[0].Name, len(first))
			continue
		}
		for i := range first {
			if !bytes.Equal(first[i], other[i]) {
				t.Errorf("%s, message %d: %s has\n%q\nand %s\n%q", c.account.Name, i+1, c.servers.Nodes[0].Name, first[i], n.Name, other[i])
			}
		}
	}
}

// records are the messages in a node's replica of the log: sequence, time,
// subject, headers and payload, as they lie there. Each has the right checksum
// and the number after the one before it.
func records(t *testing.T, n *jetstreamtest.Node, account string) [][]byte {
	t.Helper()
	msgs := blocks(n, account)
	files, err := filepath.Glob(filepath.Join(msgs, "*.blk"))
	if err != nil {
		t.Fatal(err)
	}
	var all [][]byte
	for index := 1; len(files) > 0; index++ {
		data, err := os.ReadFile(filepath.Join(msgs, fmt.Sprintf("%d.blk", index)))
		if os.IsNotExist(err) {
			continue // a replica that was given a snapshot may begin at a later block
		}
		if err != nil {
			t.Fatal(err)
		}
		files = files[1:]
		for len(data) > 0 {
			r, err := parse(data, blockHash(streamName(region), index))
			if err != nil || r.sequence != uint64(len(all)+1) {
				t.Fatalf("%s, block %d: after message %d comes %d: %v", n.Name, index, len(all), r.sequence, err)
			}
			all = append(all, data[4:r.size-recordSum])
			data = data[r.size:]
		}
	}
	return all
}
