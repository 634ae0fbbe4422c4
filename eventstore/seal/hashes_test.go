package seal_test

import (
	"errors"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// full is a store whose disk takes no more than some hashes.
type full struct {
	seal.Memory
	left int
}

var errFull = errors.New("no space left on device")

func (f *full) PutHash(level int, n uint64, h seal.Hash) error {
	if f.left--; f.left < 0 {
		return errFull
	}
	return f.Memory.PutHash(level, n, h)
}

func TestATreeThatCouldNotBeStoredTakesNothingMore(t *testing.T) {
	store := &full{left: 256} // the 256th event is stored, the hash it completes is not
	tree, err := seal.OpenTree(store, seal.Edge{})
	if err != nil {
		t.Fatal(err)
	}
	all := lines(300)
	for _, line := range all[:255] {
		if err := tree.Append(line); err != nil {
			t.Fatal(err)
		}
	}
	edge := tree.Edge()
	if err := tree.Append(all[255]); !errors.Is(err, errFull) {
		t.Fatalf("got %v", err)
	}
	store.left = 1000
	if err := tree.Append(all[256]); !errors.Is(err, errFull) {
		t.Errorf("it went on: %v", err)
	}
	if tree, err = seal.OpenTree(store, edge); err != nil {
		t.Fatal(err)
	}
	for _, line := range all[255:] {
		if err := tree.Append(line); err != nil {
			t.Fatal(err)
		}
	}
	if tree.Head() != headOf(t, all) {
		t.Error("opened again, it has another root")
	}
}

// A flipped bit in the store makes no wrong proof.
func TestAProofIsNeverMadeOfDamagedHashes(t *testing.T) {
	tree, memory := grow(t, lines(600))
	if err := memory.PutHash(0, 300, seal.Hash{1}); err != nil {
		t.Fatal(err)
	}
	if _, err := seal.ProveEvent(memory, tree.Head(), 310); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if _, err := seal.ProveExtension(memory, tree.Head(), 310); !errors.Is(err, seal.ErrDamaged) {
		t.Errorf("got %v", err)
	}
	if _, err := seal.ProveEvent(memory, seal.TreeHead{Size: 700}, 310); !errors.Is(err, seal.ErrNoHash) {
		t.Errorf("got %v", err)
	}
}

func TestMemoryTakesHashesInOrderOnly(t *testing.T) {
	var memory seal.Memory
	for _, c := range []struct {
		level int
		n     uint64
		ok    bool
	}{{0, 0, true}, {0, 1, true}, {0, 0, true}, {0, 3, false}, {0, 256, false}, {0, 257, false}, {1, 1, false}, {-1, 0, false}, {8, 0, false}} {
		if err := memory.PutHash(c.level, c.n, seal.Hash{}); (err == nil) != c.ok {
			t.Errorf("level %d, number %d: %v", c.level, c.n, err)
		}
	}
	for _, level := range []int{-1, 1, 8} {
		if err := memory.ReadHashes(level, 0, make([]byte, 32)); !errors.Is(err, seal.ErrNoHash) {
			t.Errorf("level %d: %v", level, err)
		}
	}
}

func TestEventsAreProvenWhileTheLogGrows(t *testing.T) {
	all := lines(2000)
	tree, memory := grow(t, all[:300])
	head := tree.Head()
	grown := make(chan error, 1)
	go func() {
		for _, line := range all[300:] {
			if err := tree.Append(line); err != nil {
				grown <- err
				return
			}
		}
		grown <- nil
	}()
	for position := uint64(1); position <= head.Size; position++ {
		if _, err := seal.ProveEvent(memory, head, position); err != nil {
			t.Error(err)
		}
	}
	if err := <-grown; err != nil || tree.Head() != headOf(t, all) {
		t.Errorf("it did not grow: %v", err)
	}
}
