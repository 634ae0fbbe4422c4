package seal_test

import (
	"bytes"
	"fmt"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// fataler is a test, a benchmark or a property.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// lines are the lines of a log of n events.
func lines(n int) [][]byte {
	all := make([][]byte, n)
	for i := range all {
		all[i] = fmt.Appendf(nil, `{"position":%d,"data":{"of":"measure/t%02d"}}`+"\n", i+1, i%40)
	}
	return all
}

// grow is the tree of a log, and where it keeps its hashes.
func grow(t fataler, all [][]byte) (*seal.Tree, *seal.Memory) {
	t.Helper()
	var memory seal.Memory
	tree, err := seal.OpenTree(&memory, seal.Edge{})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range all {
		if err := tree.Append(line); err != nil {
			t.Fatal(err)
		}
	}
	return tree, &memory
}

// headOf is the head of a log, by the edge alone.
func headOf(t fataler, all [][]byte) seal.TreeHead {
	t.Helper()
	var edge seal.Edge
	for _, line := range all {
		if err := edge.Append(line); err != nil {
			t.Fatal(err)
		}
	}
	return edge.Head()
}

const origin = "framdrift/fosen"

// A key that tests know, made of one byte 32 times.
func key(t fataler, name string, use seal.Use, secret byte) (skey, vkey string) {
	t.Helper()
	skey, vkey, err := seal.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{secret}, 32)), name, use)
	if err != nil {
		t.Fatal(err)
	}
	return skey, vkey
}

// logKey is a key of the log fosen.
func logKey(t fataler, secret byte) (note.Signer, string) {
	t.Helper()
	skey, vkey := key(t, origin, seal.ForLog, secret)
	signer, err := seal.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return signer, vkey
}

func witnessKey(t fataler, name string, secret byte) (*seal.Cosigner, string) {
	t.Helper()
	skey, vkey := key(t, name, seal.ForWitness, secret)
	cosigner, err := seal.NewCosigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	return cosigner, vkey
}

func sign(t fataler, head seal.TreeHead, keys ...note.Signer) []byte {
	t.Helper()
	signed, err := seal.Checkpoint{Origin: origin, TreeHead: head}.Sign(keys...)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func policy(t fataler, keys, witnesses []string, quorum int) *seal.Policy {
	t.Helper()
	p, err := seal.NewPolicy(keys, witnesses, quorum)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func mustExtend(t *testing.T, hashes seal.Hashes, in seal.TreeHead, old uint64) []seal.Hash {
	t.Helper()
	proof, err := seal.ProveExtension(hashes, in, old)
	if err != nil {
		t.Fatal(err)
	}
	return proof
}
