package seal_test

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// A line of 600 bytes, as a typical event has.
var typical = append(bytes.Repeat([]byte("x"), 599), '\n')

func BenchmarkAppend(b *testing.B) {
	tree, _ := grow(b, nil)
	b.ReportAllocs()
	b.SetBytes(int64(len(typical)))
	for b.Loop() {
		if err := tree.Append(typical); err != nil {
			b.Fatal(err)
		}
	}
}

// What SHA-256 alone takes: the line and a node, once each.
func BenchmarkBareHashes(b *testing.B) {
	line := append([]byte{0}, typical...)
	inner := make([]byte, 65)
	b.SetBytes(int64(len(typical)))
	for b.Loop() {
		a, c := sha256.Sum256(line), sha256.Sum256(inner)
		copy(inner[1:], a[:])
		copy(inner[33:], c[:])
	}
}

// What a verifier that keeps nothing does.
func BenchmarkEdge(b *testing.B) {
	var edge seal.Edge
	b.ReportAllocs()
	b.SetBytes(int64(len(typical)))
	for b.Loop() {
		if err := edge.Append(typical); err != nil {
			b.Fatal(err)
		}
	}
}

// million is a log of a million events, but for the lines.
func million(b *testing.B) (*seal.Tree, *seal.Memory) {
	b.Helper()
	tree, memory := grow(b, nil)
	leaf := seal.LeafHash(typical)
	for range 1_000_000 {
		if err := tree.AppendHash(leaf); err != nil {
			b.Fatal(err)
		}
	}
	return tree, memory
}

func BenchmarkProveEvent(b *testing.B) {
	tree, memory := million(b)
	head, position := tree.Head(), uint64(0)
	b.ReportAllocs()
	for b.Loop() {
		position = position%head.Size + 1
		if _, err := seal.ProveEvent(memory, head, position); err != nil {
			b.Fatal(err)
		}
		position += 7919
	}
}

func BenchmarkProveExtension(b *testing.B) {
	tree, memory := million(b)
	head, size := tree.Head(), uint64(0)
	for b.Loop() {
		size = size%head.Size + 1
		if _, err := seal.ProveExtension(memory, head, size); err != nil {
			b.Fatal(err)
		}
		size += 7919
	}
}

func BenchmarkHeadAt(b *testing.B) {
	_, memory := million(b)
	for b.Loop() {
		if _, err := seal.HeadAt(memory, 999_999); err != nil {
			b.Fatal(err)
		}
	}
}

// From the bytes of a file to believing it.
func BenchmarkVerifyProof(b *testing.B) {
	tree, memory := million(b)
	signer, vkey := logKey(b, 1)
	known := policy(b, []string{vkey}, nil, 0)
	proof, err := seal.Prove(memory, sign(b, tree.Head(), signer), 654_321, typical)
	if err != nil {
		b.Fatal(err)
	}
	text, err := proof.MarshalText()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p, err := seal.ParseProof(text)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := p.Verify(known); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSign(b *testing.B) {
	signer, _ := logKey(b, 1)
	head := headOf(b, lines(9))
	for b.Loop() {
		sign(b, head, signer)
	}
}
