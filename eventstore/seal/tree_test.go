package seal_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/mod/sumdb/tlog"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// The eight leaves and the roots that implementations of certificate
// transparency have tested with since the first one.
var (
	ctLeaves = []string{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}
	ctRoots  = []string{
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
		"fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
		"aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
		"d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
		"4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
		"76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
		"ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
		"5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	}
)

// ctTree is the tree of the eight leaves.
func ctTree(t fataler) (*seal.Tree, *seal.Memory) {
	t.Helper()
	tree, memory := grow(t, nil)
	for _, leaf := range ctLeaves {
		b, err := hex.DecodeString(leaf)
		if err != nil {
			t.Fatal(err)
		}
		if err := tree.AppendHash(seal.LeafHash(b)); err != nil {
			t.Fatal(err)
		}
	}
	return tree, memory
}

func TestTheEightKnownLeavesHaveTheKnownRoots(t *testing.T) {
	_, memory := ctTree(t)
	for size, want := range ctRoots {
		head, err := seal.HeadAt(memory, uint64(size))
		if err != nil {
			t.Fatal(err)
		}
		if got := hex.EncodeToString(head.Root[:]); got != want {
			t.Errorf("%d leaves have the root %s, not %s", size, got, want)
		}
	}
}

// Some of the hashes in their tree.
const (
	leaf0  = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
	leaf1  = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
	leaf4  = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
	node01 = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"
	node23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
	node45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
	node67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
	root4  = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"
	root47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
)

// The proofs of certificate transparency's own tests.
func TestTheEightKnownLeavesHaveTheKnownProofs(t *testing.T) {
	_, memory := ctTree(t)
	for _, c := range []struct {
		prove func(seal.Hashes, seal.TreeHead, uint64) ([]seal.Hash, error)
		of    uint64
		size  uint64
		want  []string
	}{
		{seal.ProveEvent, 1, 1, nil},
		{seal.ProveEvent, 1, 8, []string{leaf1, node23, root47}},
		{seal.ProveEvent, 6, 8, []string{leaf4, node67, root4}},
		{seal.ProveEvent, 3, 3, []string{node01}},
		{seal.ProveEvent, 2, 5, []string{leaf0, node23, leaf4}},
		{seal.ProveExtension, 1, 1, nil},
		{seal.ProveExtension, 1, 8, []string{leaf1, node23, root47}},
		{seal.ProveExtension, 6, 8, []string{node45, node67, root4}},
		{seal.ProveExtension, 2, 5, []string{node23, leaf4}},
	} {
		head, err := seal.HeadAt(memory, c.size)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := c.prove(memory, head, c.of)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, h := range proof {
			got = append(got, hex.EncodeToString(h[:]))
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%d in %d:\n%s", c.of, c.size, diff)
		}
	}
}

// The word of the RFC, package tlog's stored hashes and ours give one root at
// every size.
func TestEveryRootIsThatOfTheRFCAndOfTlog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lines(rapid.IntRange(0, 700).Draw(t, "events"))
		tree, memory := grow(t, all)
		size := rapid.IntRange(0, len(all)).Draw(t, "size")
		want := mth(all[:size])
		head, err := seal.HeadAt(memory, uint64(size))
		if err != nil {
			t.Fatal(err)
		}
		byTlog, err := tlog.TreeHash(int64(size), storedByTlog(t, all))
		if err != nil {
			t.Fatal(err)
		}
		if head.Root != want || byTlog != want || headOf(t, all[:size]).Root != want {
			t.Fatalf("%d of %d: %v by the store, %v by the edge, %v by tlog, %v by the RFC", size, len(all), head.Root, headOf(t, all[:size]).Root, byTlog, want)
		}
		if size == len(all) && tree.Head() != head {
			t.Fatalf("the tree says %v", tree.Head())
		}
	})
}

// storedByTlog is the hashes as tlog's own layout has them.
func storedByTlog(t fataler, all [][]byte) tlog.HashReader {
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, x := range indexes {
			hashes[i] = stored[x]
		}
		return hashes, nil
	})
	for n, line := range all {
		hashes, err := tlog.StoredHashes(int64(n), line, reader)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, hashes...)
	}
	return reader
}

func TestEveryProofIsThatOfTheRFC(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lines(rapid.IntRange(1, 700).Draw(t, "events"))
		_, memory := grow(t, all)
		size := rapid.IntRange(1, len(all)).Draw(t, "size")
		at := rapid.IntRange(1, size).Draw(t, "position")
		head := headOf(t, all[:size])
		event, err := seal.ProveEvent(memory, head, uint64(at))
		if err != nil {
			t.Fatal(err)
		}
		extension, err := seal.ProveExtension(memory, head, uint64(at))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(auditPath(at-1, all[:size]), append([]seal.Hash(nil), event...)); diff != "" {
			t.Fatalf("event %d of %d:\n%s", at, size, diff)
		}
		if diff := cmp.Diff(consistency(at, all[:size]), append([]seal.Hash(nil), extension...)); diff != "" {
			t.Fatalf("the first %d of %d:\n%s", at, size, diff)
		}
		if err := seal.CheckEvent(event, head, uint64(at), all[at-1]); err != nil {
			t.Fatal(err)
		}
		if err := seal.CheckExtension(extension, headOf(t, all[:at]), head); err != nil {
			t.Fatal(err)
		}
	})
}

func TestATreeGoesOnFromItsEdge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lines(rapid.IntRange(0, 700).Draw(t, "events"))
		stop := rapid.IntRange(0, len(all)).Draw(t, "stop")
		first, memory := grow(t, all[:stop])
		edge := first.Edge()
		b, err := edge.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var again seal.Edge
		if err := again.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
		tree, err := seal.OpenTree(memory, again)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range all[stop:] {
			if err := tree.Append(line); err != nil {
				t.Fatal(err)
			}
		}
		if tree.Head() != headOf(t, all) {
			t.Fatalf("stopped at %d of %d: another root", stop, len(all))
		}
	})
}

// A crash may leave hashes in the store that the kept edge does not know of.
func TestATreeGoesOnFromAnOlderEdgeOfTheSameStore(t *testing.T) {
	all := lines(600)
	_, memory := grow(t, all)
	edge, err := seal.EdgeAt(memory, 500)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := seal.OpenTree(memory, edge)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range all[500:] {
		if err := tree.Append(line); err != nil {
			t.Fatal(err)
		}
	}
	if tree.Head() != headOf(t, all) {
		t.Error("another root")
	}
}

func TestATreeIsNotOpenedOnTheHashesOfAnother(t *testing.T) {
	_, memory := grow(t, lines(300))
	other := lines(300)
	other[7] = []byte("{\"position\":8}\n")
	tree, _ := grow(t, other)
	if _, err := seal.OpenTree(memory, tree.Edge()); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("got %v", err)
	}
	longer, _ := grow(t, lines(301))
	if _, err := seal.OpenTree(memory, longer.Edge()); !errors.Is(err, seal.ErrNoHash) {
		t.Errorf("a store that is too short: got %v", err)
	}
}

func TestAnEdgeOfAnotherLengthIsRefused(t *testing.T) {
	tree, _ := grow(t, lines(7))
	edge := tree.Edge()
	good, err := edge.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	tooLarge := append(bytes.Repeat([]byte{0xff}, 8), bytes.Repeat(good[8:40], 64)...)
	for _, b := range [][]byte{nil, good[:7], good[:len(good)-1], append(slices.Clip(good), 0), tooLarge} {
		was := edge
		if err := edge.UnmarshalBinary(b); !errors.Is(err, seal.ErrMalformed) || edge != was {
			t.Errorf("%d bytes: %v", len(b), err)
		}
	}
}

func TestOnlyOneWholeLineIsAnEvent(t *testing.T) {
	tree, _ := grow(t, nil)
	var edge seal.Edge
	for _, line := range []string{"", "{}", "{}\n{}\n", "\n\n", "{}\n "} {
		if err := tree.Append([]byte(line)); !errors.Is(err, seal.ErrLine) {
			t.Errorf("%q: %v", line, err)
		}
		if err := edge.Append([]byte(line)); !errors.Is(err, seal.ErrLine) {
			t.Errorf("%q: %v", line, err)
		}
	}
	if tree.Head().Size != 0 || edge.Size() != 0 {
		t.Error("the tree has grown")
	}
}

// Package tlog never returns from a check in a tree of more than 2^62 leaves.
func TestATreeThatNoLogCanHaveIsRefusedAtOnce(t *testing.T) {
	huge := seal.TreeHead{Size: 1<<62 + 1}
	path := make([]seal.Hash, 62)
	if err := seal.CheckEvent(path, huge, 1, []byte("{}\n")); !errors.Is(err, seal.ErrPosition) {
		t.Errorf("got %v", err)
	}
	if err := seal.CheckExtension(path, seal.TreeHead{Size: 5}, huge); !errors.Is(err, seal.ErrPosition) {
		t.Errorf("got %v", err)
	}
	var memory seal.Memory
	if _, err := seal.ProveEvent(&memory, huge, 1); !errors.Is(err, seal.ErrPosition) {
		t.Errorf("got %v", err)
	}
	if _, err := seal.ProveExtension(&memory, huge, 1); !errors.Is(err, seal.ErrPosition) {
		t.Errorf("got %v", err)
	}
	if _, err := seal.HeadAt(&memory, huge.Size); !errors.Is(err, seal.ErrNoHash) {
		t.Errorf("got %v", err)
	}
}
