package segment_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// replayed is what a replay gives of a directory to who knows the trees.
func replayed(t *testing.T, dir string, agrees func(seal.TreeHead) error) (all []eventstore.Message, err error) {
	t.Helper()
	for m, err := range open(t, dir).Replay(t.Context(), agrees) {
		if err != nil {
			return all, err
		}
		all = append(all, m)
	}
	return all, nil
}

var errOther = errors.New("another tree")

// knows agrees with the trees of a log, after each of its messages.
func knows(log []eventstore.Message) func(seal.TreeHead) error {
	right := map[seal.TreeHead]bool{}
	for _, head := range headsOf(log) {
		right[head] = true
	}
	return func(have seal.TreeHead) error {
		if !right[have] {
			return errOther
		}
		return nil
	}
}

func TestAReplayGivesTheLogSealedOrNot(t *testing.T) {
	log := newLife(1).log(t, 900)
	for what, size := range map[string]int{"one plain segment": 8 << 20, "many sealed": 64 << 10} {
		dir := t.TempDir()
		write(t, dir, segment.Options{SegmentBytes: size}, log)
		all, err := replayed(t, dir, knows(log))
		if diff := cmp.Diff(log, all); err != nil || diff != "" {
			t.Errorf("%s: %v %s", what, err, diff)
		}
	}
}

// Every event that is given lies before the first segment that is not agreed to.
func TestNothingIsReplayedOfASegmentThatIsAnotherTree(t *testing.T) {
	log := newLife(2).log(t, 900)
	dir := t.TempDir()
	write(t, dir, segment.Options{SegmentBytes: 64 << 10}, log)
	var ends []uint64
	if _, err := replayed(t, dir, func(h seal.TreeHead) error { ends = append(ends, h.Size); return nil }); err != nil || len(ends) < 4 {
		t.Fatalf("%d segments (%v)", len(ends), err)
	}
	for n, end := range ends {
		var before uint64
		if n > 0 {
			before = ends[n-1]
		}
		all, err := replayed(t, dir, func(h seal.TreeHead) error {
			if h.Size == end {
				return errOther
			}
			return nil
		})
		if !errors.Is(err, errOther) || headOf(all).Position != before {
			t.Errorf("segment %d is refused: %d events came, and %d are before it (%v)", n, headOf(all).Position, before, err)
		}
	}
}

func TestAReplayOfAnotherLogGivesNothing(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, segment.Options{SegmentBytes: 64 << 10}, newLife(3).log(t, 400))
	if all, err := replayed(t, dir, knows(newLife(4).log(t, 400))); !errors.Is(err, errOther) || len(all) > 0 {
		t.Errorf("%d messages came (%v)", len(all), err)
	}
}

func TestAReplayEndsBeforeADamagedSegment(t *testing.T) {
	log := newLife(5).log(t, 900)
	dir := t.TempDir()
	write(t, dir, segment.Options{SegmentBytes: 64 << 10}, log)
	path := endingIn(t, dir, ".zst")[1]
	file := readFile(t, path)
	file[len(file)/3] ^= 4
	writeFile(t, path, file)
	all, err := replayed(t, dir, knows(log))
	var damage *segment.DamageError
	if !errors.As(err, &damage) || len(all) == 0 || cmp.Diff(log[:len(all)], all) != "" {
		t.Errorf("%d messages came, and %v", len(all), err)
	}
}
