package seal_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// tamper does one thing to a log that must not go unseen, and tells the first
// position that it touched.
func tamper(t *rapid.T, all [][]byte) (changed [][]byte, first int) {
	changed = slices.Clone(all)
	i := rapid.IntRange(0, len(all)-1).Draw(t, "at")
	j := rapid.IntRange(0, len(all)-1).Draw(t, "and")
	switch what := rapid.SampledFrom([]string{"flip", "drop", "duplicate", "swap", "insert", "truncate"}).Draw(t, "what"); what {
	case "flip": // any byte but the newline: then it is no line
		line := bytes.Clone(all[i])
		at := rapid.IntRange(0, len(line)-2).Draw(t, "byte")
		line[at] ^= byte(rapid.IntRange(1, 255).Draw(t, "bits"))
		if bytes.IndexByte(line, '\n') != len(line)-1 {
			line[at] = '!'
		}
		changed[i] = line
	case "drop":
		changed = slices.Delete(changed, i, i+1)
	case "duplicate":
		changed = slices.Insert(changed, i, all[i])
		i++
	case "swap":
		changed[i], changed[j] = changed[j], changed[i]
		i = min(i, j)
	case "insert":
		changed = slices.Insert(changed, i, []byte("{\"forged\":true}\n"))
	case "truncate":
		changed = changed[:i]
	}
	return changed, i + 1
}

func same(a, b [][]byte) bool { return slices.EqualFunc(a, b, bytes.Equal) }

func TestWhateverIsDoneToALogChangesItsRoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lines(rapid.IntRange(1, 600).Draw(t, "events"))
		changed, _ := tamper(t, all)
		if same(all, changed) {
			return // an event swapped with itself
		}
		if headOf(t, all).Root == headOf(t, changed).Root {
			t.Fatal("the same root")
		}
	})
}

// A log that goes on after it was changed cannot prove that it extends what
// was seen, neither with its own proof nor with that of the true log.
func TestALogThatWasChangedDoesNotExtendWhatWasSeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lines(rapid.IntRange(2, 600).Draw(t, "events"))
		seen := headOf(t, all)
		changed, first := tamper(t, all)
		if same(all, changed) || first > len(all) {
			return // nothing that was seen is changed
		}
		more := lines(2 * len(all))[len(all):]
		changed = append(changed, more...)
		forged, memory := grow(t, changed)
		_, true2 := grow(t, append(all, more...))
		for _, hashes := range []seal.Hashes{memory, true2} {
			proof, err := seal.ProveExtension(hashes, forged.Head(), seen.Size)
			if err != nil {
				continue // the true hashes do not give a forged root
			}
			if err := seal.CheckExtension(proof, seen, forged.Head()); !errors.Is(err, seal.ErrProof) {
				t.Fatalf("got %v", err)
			}
		}
	})
}

func TestAProofShowsOneLineAtOnePositionOnly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := lines(rapid.IntRange(2, 600).Draw(t, "events"))
		tree, memory := grow(t, all)
		at := rapid.Uint64Range(1, uint64(len(all))).Draw(t, "position")
		proof, err := seal.ProveEvent(memory, tree.Head(), at)
		if err != nil {
			t.Fatal(err)
		}
		other := rapid.Uint64Range(1, uint64(len(all))).Filter(func(n uint64) bool { return n != at }).Draw(t, "other")
		wrong := map[string]error{
			"another line":     seal.CheckEvent(proof, tree.Head(), at, all[other-1]),
			"another position": seal.CheckEvent(proof, tree.Head(), other, all[at-1]),
			"a hash less":      seal.CheckEvent(proof[1:], tree.Head(), at, all[at-1]),
			"a hash more":      seal.CheckEvent(append(slices.Clone(proof), seal.Hash{}), tree.Head(), at, all[at-1]),
		}
		flipped := slices.Clone(proof)
		flipped[rapid.IntRange(0, len(proof)-1).Draw(t, "hash")][rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		wrong["a flipped bit"] = seal.CheckEvent(flipped, tree.Head(), at, all[at-1])
		for what, err := range wrong {
			if !errors.Is(err, seal.ErrProof) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}

func TestNoPositionOutsideOfALogIsProven(t *testing.T) {
	tree, memory := grow(t, lines(9))
	for _, position := range []uint64{0, 10, 1 << 63} {
		if _, err := seal.ProveEvent(memory, tree.Head(), position); !errors.Is(err, seal.ErrPosition) {
			t.Errorf("%d: %v", position, err)
		}
		if err := seal.CheckEvent(nil, tree.Head(), position, []byte("{}\n")); !errors.Is(err, seal.ErrPosition) {
			t.Errorf("%d: %v", position, err)
		}
	}
	if _, err := seal.ProveExtension(memory, tree.Head(), 10); !errors.Is(err, seal.ErrPosition) {
		t.Errorf("an older log that is longer: %v", err)
	}
}
