package seal_test

import (
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain/docstest"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// The vectors of docs/format.md are what the code gives. Those of the eight
// leaves are tested against certificate transparency's, too.
func TestDocsSeal(t *testing.T) {
	var b strings.Builder
	b.WriteString("The eight leaves that RFC 6962 has been tested with since it was written. Their\nlines have no newline, which no event lacks:\n\n")
	b.WriteString(leafTable(t))
	b.WriteString("\nInclusion proofs, `event` in a log of `size`, and consistency proofs, a log of `old`\nin one of `size`, over the same leaves:\n\n")
	b.WriteString(proofTable(t))
	b.WriteString("\nThe log of the three lines `{\"position\":1}`, `{\"position\":2}` and `{\"position\":3}`, each\nwith its newline; the right edge; a log's key of 32 times 01 and a witness's of 32\ntimes 02; and the proof of the second event with a checkpoint that both have signed:\n\n")
	var example strings.Builder
	if err := walk(&example); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(example.String()) {
		if line != "\n" {
			line = "    " + line
		}
		b.WriteString(line)
	}
	docstest.Section(t, "docs/format.md", "seal", b.String())
}

func leafTable(t *testing.T) string {
	t.Helper()
	_, hashes := ctTree(t)
	rows := [][]string{{"size", "last leaf", "its hash", "root"}}
	for size := range len(ctLeaves) + 1 {
		head, err := seal.HeadAt(hashes, uint64(size))
		if err != nil {
			t.Fatal(err)
		}
		row := []string{fmt.Sprint(size), "", "", "`" + hex.EncodeToString(head.Root[:]) + "`"}
		if size > 0 {
			leaf, err := hex.DecodeString(ctLeaves[size-1])
			if err != nil {
				t.Fatal(err)
			}
			h := seal.LeafHash(leaf)
			row[1], row[2] = "`"+ctLeaves[size-1]+"`", "`"+hex.EncodeToString(h[:])+"`"
		}
		if size == 1 {
			row[1] = "empty"
		}
		rows = append(rows, row)
	}
	return docstest.Table(rows...)
}

func proofTable(t *testing.T) string {
	t.Helper()
	_, hashes := ctTree(t)
	rows := [][]string{{"proof", "hashes"}}
	for _, c := range []struct {
		what     string
		prove    func(seal.Hashes, seal.TreeHead, uint64) ([]seal.Hash, error)
		of, size uint64
	}{
		{"event %d, size %d", seal.ProveEvent, 1, 1},
		{"event %d, size %d", seal.ProveEvent, 1, 8},
		{"event %d, size %d", seal.ProveEvent, 6, 8},
		{"event %d, size %d", seal.ProveEvent, 3, 3},
		{"event %d, size %d", seal.ProveEvent, 2, 5},
		{"old %d, size %d", seal.ProveExtension, 1, 8},
		{"old %d, size %d", seal.ProveExtension, 6, 8},
		{"old %d, size %d", seal.ProveExtension, 2, 5},
		{"old %d, size %d", seal.ProveExtension, 4, 8},
	} {
		head, err := seal.HeadAt(hashes, c.size)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := c.prove(hashes, head, c.of)
		if err != nil {
			t.Fatal(err)
		}
		cell := "none"
		for i, h := range proof {
			if i == 0 {
				cell = ""
			}
			cell += "`" + hex.EncodeToString(h[:]) + "` "
		}
		rows = append(rows, []string{fmt.Sprintf(c.what, c.of, c.size), strings.TrimSpace(cell)})
	}
	return docstest.Table(rows...)
}
