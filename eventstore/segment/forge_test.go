package segment_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// hashesOf are the stored hashes of the tree over a log.
func hashesOf(t fataler, log []eventstore.Message) seal.Hashes {
	t.Helper()
	var memory seal.Memory
	tree, err := seal.OpenTree(&memory, seal.Edge{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range log {
		for line := range bytes.Lines(m.Payload) {
			if err := tree.Append(line); err != nil {
				t.Fatal(err)
			}
		}
	}
	return &memory
}

// linesOf are the events of a log.
func linesOf(log []eventstore.Message) (lines [][]byte) {
	for _, m := range log {
		lines = append(lines, slices.Collect(bytes.Lines(m.Payload))...)
	}
	return lines
}

// logOf is a log of single events.
func logOf(lines [][]byte) (log []eventstore.Message) {
	for i, line := range lines {
		n := uint64(i + 1)
		log = append(log, eventstore.Message{Head: eventstore.Head{Sequence: n, Position: n}, Subject: "a", Payload: line})
	}
	return log
}

// forge gives other events than a log had, and the first position that differs.
func forge(t *rapid.T, lines [][]byte) ([][]byte, uint64) {
	i := rapid.IntRange(0, len(lines)-2).Draw(t, "event")
	j := rapid.IntRange(i+1, len(lines)-1).Draw(t, "other")
	forged := slices.Clone(lines)
	switch kind := rapid.IntRange(0, len(changes)+1).Draw(t, "change"); kind {
	case len(changes): // one byte
		line := slices.Clone(lines[i])
		line[rapid.IntRange(0, len(line)-2).Draw(t, "byte")] ^= 1
		forged[i] = line
	case len(changes) + 1: // everything from there on
		for ; i < len(forged); i++ {
			forged[i] = append([]byte(" "), lines[i]...)
		}
	default:
		forged = changes[kind](lines, i, j)
	}
	return forged, firstOther(1, bytes.Join(lines, nil), bytes.Join(forged, nil))
}

// Whoever writes the whole archive anew, with every checksum and root right,
// is found out by one checkpoint; the hashes of the tree tell where it began,
// and without them the last checkpoint that is right.
func TestWhoRewritesEverythingIsFoundByACheckpoint(t *testing.T) {
	tries := t.TempDir()
	log := newLife(4).log(t, 40)
	lines, leaves := linesOf(log), hashesOf(t, log)
	heads := headsOf(logOf(lines))
	rapid.Check(t, func(rt *rapid.T) {
		dir := inside(rt, tries)
		forged, first := forge(rt, lines)
		write(rt, dir, segment.Options{SegmentBytes: 8000}, logOf(forged))
		known := rapid.SliceOfNDistinct(rapid.SampledFrom(heads), 0, 5, rapid.ID).Draw(rt, "checkpoints")
		known = append(known, heads[len(heads)-1])
		a := open(rt, dir)
		if _, err := a.Verify(t.Context(), segment.Check{}); err != nil {
			rt.Fatalf("it is whole in itself: %v", err)
		}
		_, err := a.Verify(t.Context(), segment.Check{Heads: known, Leaves: leaves})
		if bad := because(rt, err); bad.Position != first {
			rt.Fatalf("position %d is the first that differs: %v", first, bad)
		}
		believed := uint64(1)
		for _, h := range known {
			if h.Size < first {
				believed = max(believed, h.Size+1)
			}
		}
		_, err = a.Verify(t.Context(), segment.Check{Heads: known})
		if bad := because(rt, err); errors.Is(bad, segment.ErrRoot) && bad.Position != believed {
			rt.Fatalf("position %d is the first that is not sealed by a checkpoint: %v", believed, bad)
		}
	})
}

// because fails the test unless the damage is a short archive or a wrong root.
func because(t *rapid.T, err error) *segment.DamageError {
	t.Helper()
	bad, ok := errors.AsType[*segment.DamageError](err)
	if !ok || !errors.Is(bad, segment.ErrShort) && !errors.Is(bad, segment.ErrRoot) {
		t.Fatalf("it is %v", err)
	}
	return bad
}

// One segment made anew shows where the next should go on from it; what was
// changed in it, only the tree tells.
func TestASegmentThatIsMadeAnewIsFound(t *testing.T) {
	log := newLife(5).log(t, 40)
	lines := linesOf(log)
	dir, other := t.TempDir(), t.TempDir()
	write(t, dir, small, logOf(lines))
	second := firstOf(endingIn(t, dir, ".zst")[1])
	event := second + 2
	forged := slices.Clone(lines)
	forged[event-1] = bytes.Replace(lines[event-1], []byte(`"u`), []byte(`"v`), 1)
	write(t, other, small, logOf(forged))
	path := endingIn(t, dir, ".zst")[1]
	writeFile(t, path, readFile(t, endingIn(t, other, ".zst")[1]))

	a, heads := open(t, dir), headsOf(logOf(lines))
	for name, tt := range map[string]struct {
		check segment.Check
		want  uint64
		file  string
	}{
		"by itself":       {segment.Check{}, firstOf(endingIn(t, dir, ".zst")[2]), endingIn(t, dir, ".zst")[2]},
		"one checkpoint":  {segment.Check{Heads: heads[39:]}, 1, endingIn(t, dir, ".zst")[0]},
		"two checkpoints": {segment.Check{Heads: []seal.TreeHead{heads[39], heads[event-2]}}, event, path},
		"the tree":        {segment.Check{Heads: heads[39:], Leaves: hashesOf(t, log)}, event, path},
	} {
		_, err := a.Verify(t.Context(), tt.check)
		bad, ok := errors.AsType[*segment.DamageError](err)
		if !ok || !errors.Is(bad, segment.ErrRoot) || bad.Position != tt.want || bad.File != tt.file {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// An older copy is a whole archive, and only a checkpoint tells that it is old.
func TestAnOlderCopyIsTooShort(t *testing.T) {
	dir := t.TempDir()
	log := newLife(6).log(t, 40)
	write(t, dir, small, log[:20])
	if _, err := open(t, dir).Verify(t.Context(), segment.Check{Heads: headsOf(log[:20])}); err != nil {
		t.Fatal(err)
	}
	_, err := open(t, dir).Verify(t.Context(), segment.Check{Heads: headsOf(log[:21])})
	bad, ok := errors.AsType[*segment.DamageError](err)
	if want := headOf(log[:20]).Position + 1; !ok || !errors.Is(bad, segment.ErrShort) || bad.Position != want || filepath.Dir(bad.File) != dir {
		t.Error(err)
	}
}
