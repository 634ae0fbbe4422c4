package seal_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// proven is a log of n events, the proof of the one at a position, and a
// policy that believes it.
func proven(t fataler, n int, position uint64) (seal.Proof, *seal.Policy) {
	t.Helper()
	signer, vkey := logKey(t, 1)
	all := lines(n)
	tree, hashes := grow(t, all)
	proof, err := seal.Prove(hashes, sign(t, tree.Head(), signer), position, all[position-1])
	if err != nil {
		t.Fatal(err)
	}
	return proof, policy(t, []string{vkey}, nil, 0)
}

func TestAProofFileIsReadAsItWasWrittenAndVerifies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 600).Draw(t, "events")
		proof, known := proven(t, n, uint64(rapid.IntRange(1, n).Draw(t, "position")))
		text, err := proof.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		got, err := seal.ParseProof(text)
		if err != nil {
			t.Fatal(err)
		}
		if len(proof.Hashes) == 0 {
			proof.Hashes = nil
		}
		if diff := cmp.Diff(proof, got); diff != "" {
			t.Fatal(diff)
		}
		if c, _, err := got.Verify(known); err != nil || c.Size != uint64(n) {
			t.Fatalf("%+v, %v", c, err)
		}
	})
}

func TestAProofFileWithoutItsLineIsGivenIt(t *testing.T) {
	proof, known := proven(t, 9, 4)
	line := proof.Line
	proof.Line = nil
	text, err := proof.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	got, err := seal.ParseProof(text)
	if err != nil || bytes.Contains(text, []byte("extra")) {
		t.Fatalf("%v\n%s", err, text)
	}
	if _, _, err := got.Verify(known); !errors.Is(err, seal.ErrLine) {
		t.Errorf("without a line: %v", err)
	}
	got.Line = line
	if _, _, err := got.Verify(known); err != nil {
		t.Errorf("with its line: %v", err)
	}
	got.Line = []byte("{\"position\":4}\n")
	if _, _, err := got.Verify(known); !errors.Is(err, seal.ErrProof) {
		t.Errorf("with another line: %v", err)
	}
}

func TestNoByteOfAProofFileCanBeFlipped(t *testing.T) {
	proof, known := proven(t, 300, 77)
	text, err := proof.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		flipped := bytes.Clone(text)
		flipped[rapid.IntRange(0, len(text)-1).Draw(t, "byte")] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		got, err := seal.ParseProof(flipped)
		if err != nil {
			return
		}
		if _, _, err := got.Verify(known); err == nil {
			t.Fatalf("believed:\n%s", flipped)
		}
	})
}

func TestALineThatStandsElsewhereIsNotProven(t *testing.T) {
	signer, _ := logKey(t, 1)
	all := lines(9)
	tree, hashes := grow(t, all)
	signed := sign(t, tree.Head(), signer)
	for name, c := range map[string]struct {
		signed   []byte
		position uint64
		line     []byte
		want     error
	}{
		"another line":           {signed, 4, all[4], seal.ErrProof},
		"no line":                {signed, 4, nil, seal.ErrLine},
		"before the first":       {signed, 0, all[0], seal.ErrPosition},
		"after the last":         {signed, 10, all[0], seal.ErrPosition},
		"what is no checkpoint":  {nil, 4, all[3], seal.ErrMalformed},
		"the head of other logs": {sign(t, headOf(t, lines(8)[1:]), signer), 4, all[3], seal.ErrDamaged},
	} {
		if _, err := seal.Prove(hashes, c.signed, c.position, c.line); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAProofFileHasOneSpelling(t *testing.T) {
	proof, _ := proven(t, 9, 4)
	text, err := proof.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	head, checkpoint, _ := strings.Cut(string(text), "\n\n")
	rows := strings.Split(head, "\n")
	many := strings.Repeat("\n"+rows[3], 64)
	for name, s := range map[string]string{
		"nothing":                  "",
		"another version":          strings.Replace(string(text), "@v1", "@v2", 1),
		"no checkpoint":            head + "\n",
		"an empty checkpoint":      head + "\n\n",
		"a newline before it":      "\n" + string(text),
		"a newline after it":       string(text) + "\n",
		"carriage returns":         strings.ReplaceAll(string(text), "\n", "\r\n"),
		"an index with a zero":     strings.Replace(string(text), "index 3", "index 03", 1),
		"an index that is not in":  strings.Replace(string(text), "index 3", "index 9", 1),
		"a negative index":         strings.Replace(string(text), "index 3", "index -3", 1),
		"no index":                 rows[0] + "\n" + rows[1] + "\n\n" + checkpoint,
		"only the first line":      rows[0] + "\n\n" + checkpoint,
		"extra after the index":    rows[0] + "\n" + rows[2] + "\n" + rows[1] + "\n\n" + checkpoint,
		"extra that is nothing":    strings.Replace(string(text), rows[1], "extra ", 1),
		"extra that is no line":    strings.Replace(string(text), rows[1], "extra "+base64.StdEncoding.EncodeToString([]byte("{}")), 1),
		"extra twice":              strings.Replace(string(text), rows[1], rows[1]+"\n"+rows[1], 1),
		"a hash of 31 bytes":       strings.Replace(string(text), rows[3], rows[3][:40]+"QQ==", 1),
		"a hash in another way":    strings.Replace(string(text), rows[3], strings.TrimSuffix(rows[3], "="), 1),
		"more hashes than any log": strings.Replace(string(text), "\n"+rows[3], many, 1),
		"larger than any":          string(text) + strings.Repeat("x", seal.MaxProof),
	} {
		if _, err := seal.ParseProof([]byte(s)); !errors.Is(err, seal.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAProofThatCouldNotBeReadIsNotWritten(t *testing.T) {
	good, _ := proven(t, 9, 4)
	for name, change := range map[string]func(*seal.Proof){
		"no position":         func(p *seal.Proof) { p.Position = 0 },
		"another position":    func(p *seal.Proof) { p.Position = 10 },
		"a line that is none": func(p *seal.Proof) { p.Line = []byte("{}") },
		"too many hashes":     func(p *seal.Proof) { p.Hashes = make([]seal.Hash, 64) },
		"no checkpoint":       func(p *seal.Proof) { p.Checkpoint = nil },
	} {
		p := good
		change(&p)
		if _, err := p.MarshalText(); !errors.Is(err, seal.ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
