package seal_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// watched is a log of 30 events, its key, and a witness of it.
func watched(t *testing.T) (witness seal.Witness, hashes seal.Hashes, signer note.Signer, at func(n int) seal.TreeHead) {
	t.Helper()
	signer, vkey := logKey(t, 1)
	all := lines(30)
	_, hashes = grow(t, all)
	cosigner, _ := witnessKey(t, "afjord.example", 2)
	return seal.Witness{Log: policy(t, []string{vkey}, nil, 0), Key: cosigner}, hashes, signer,
		func(n int) seal.TreeHead { return headOf(t, all[:n]) }
}

func TestAWitnessCosignsALogAsItGrows(t *testing.T) {
	witness, hashes, signer, at := watched(t)
	seen := seal.TreeHead{}
	for _, size := range []int{0, 0, 1, 7, 7, 8, 30} {
		proof := mustExtend(t, hashes, at(size), seen.Size)
		line, now, err := witness.Cosign(seen, sign(t, at(size), signer), proof, noon.Add(time.Duration(size)*time.Minute))
		if err != nil || now != at(size) || len(line) == 0 {
			t.Fatalf("from %d to %d: %v", seen.Size, size, err)
		}
		seen = now
	}
}

func TestAWitnessRefusesAndSaysWhy(t *testing.T) {
	witness, hashes, signer, at := watched(t)
	stranger, _ := logKey(t, 9)
	other := lines(30)
	other[3] = []byte("{}\n")
	forked, forkedHashes := grow(t, other)
	skey, _ := key(t, "framdrift/namdal", seal.ForLog, 1)
	namdal, err := seal.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := seal.Checkpoint{Origin: "framdrift/namdal", TreeHead: at(30)}.Sign(namdal)
	if err != nil {
		t.Fatal(err)
	}
	good := mustExtend(t, hashes, at(30), 20)
	for name, c := range map[string]struct {
		last   seal.TreeHead
		signed []byte
		proof  []seal.Hash
		want   error
	}{
		"what is no checkpoint":           {at(20), []byte("framdrift/fosen\n"), good, seal.ErrMalformed},
		"another log":                     {at(20), elsewhere, good, seal.ErrOrigin},
		"a key it does not know":          {at(20), sign(t, at(30), stranger), good, seal.ErrSignature},
		"a log that is shorter":           {at(30), sign(t, at(20), signer), nil, seal.ErrRollback},
		"a log that is empty again":       {at(30), sign(t, at(0), signer), nil, seal.ErrRollback},
		"as many events, another root":    {at(30), sign(t, forked.Head(), signer), nil, seal.ErrFork},
		"a fork, and its own proof":       {at(20), sign(t, forked.Head(), signer), mustExtend(t, forkedHashes, forked.Head(), 20), seal.ErrUnproven},
		"a fork, and the true log's":      {at(20), sign(t, forked.Head(), signer), good, seal.ErrUnproven},
		"no proof":                        {at(20), sign(t, at(30), signer), nil, seal.ErrUnproven},
		"a proof from another size":       {at(20), sign(t, at(30), signer), mustExtend(t, hashes, at(30), 19), seal.ErrUnproven},
		"a proof where there is none":     {seal.TreeHead{}, sign(t, at(30), signer), good, seal.ErrUnproven},
		"a proof of the same, which is 0": {at(30), sign(t, at(30), signer), good[:1], seal.ErrUnproven},
	} {
		line, seen, err := witness.Cosign(c.last, c.signed, c.proof, noon)
		if !errors.Is(err, c.want) || line != nil || seen != c.last {
			t.Errorf("%s: %q, %+v, %v", name, line, seen, err)
		}
	}
}

// Whatever is done to the log after a witness saw it, and however it goes on,
// the witness does not cosign it, and names a rollback, a fork or no proof.
func TestAWitnessNeverCosignsALogThatWasChanged(t *testing.T) {
	signer, vkey := logKey(t, 1)
	cosigner, _ := witnessKey(t, "afjord.example", 2)
	witness := seal.Witness{Log: policy(t, []string{vkey}, nil, 0), Key: cosigner}
	rapid.Check(t, func(t *rapid.T) {
		all := lines(rapid.IntRange(1, 300).Draw(t, "events"))
		last := headOf(t, all)
		changed, first := tamper(t, all)
		changed = append(changed, lines(400)[len(all):len(all)+rapid.IntRange(0, 100).Draw(t, "more")]...)
		if first > len(all) || len(changed) >= len(all) && same(all, changed[:len(all)]) {
			return // nothing that was seen is changed
		}
		tree, hashes := grow(t, changed)
		var proof []seal.Hash
		if last.Size <= tree.Head().Size {
			var err error
			if proof, err = seal.ProveExtension(hashes, tree.Head(), last.Size); err != nil {
				t.Fatal(err)
			}
		}
		_, _, err := witness.Cosign(last, sign(t, tree.Head(), signer), proof, noon)
		if !slices.ContainsFunc([]error{seal.ErrRollback, seal.ErrFork, seal.ErrUnproven}, func(want error) bool { return errors.Is(err, want) }) {
			t.Fatalf("of %d events, changed from position %d on: %v", len(all), first, err)
		}
	})
}
