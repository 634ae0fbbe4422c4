//go:build faults

package app_test

import (
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/eventstore"
)

// A tail is a data directory whose last record is to be torn: one event, or
// many. Its mark stands before that record, as when it was not acknowledged.
type tail struct {
	dir    string
	clean  bool
	block  []byte
	before eventstore.Head // the head without the last record
	from   int             // where that record begins in the block
}

// tails are a directory after a clean stop and one after a kill, with a last
// record of so many events.
func tails(t *testing.T, many bool) []tail {
	t.Helper()
	dir := t.TempDir()
	a := open(t, dir)
	r := fill(t, a, 5)
	for i := range 4 {
		mustDo(t, r, ask(commandID(i), plan.Start{On: on(i)}))
	}
	before, block := r.Head(), filepath.Join(dir, stream, "msgs/1.blk")
	from := len(contents(t, block))
	if many {
		c := planOf(3)
		c.Plan.Plan, c.File.SHA256 = "plan-2", "01"
		mustDo(t, r, ask(commandID(10), c))
	} else {
		mustDo(t, r, ask(commandID(10), plan.Start{On: on(4)}))
	}
	unclean := copyOf(t, dir)
	closeApp(t, a)
	all := []tail{{dir, true, contents(t, block), before, from}, {unclean, false, contents(t, block), before, from}}
	for _, x := range all {
		x.mark(t, x.dir, x.before)
	}
	return all
}

func (x tail) mark(t *testing.T, dir string, at eventstore.Head) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, "regions/fosen"), fmt.Appendf(nil, "%020d %020d\n", at.Sequence, at.Position), 0o600); err != nil {
		t.Fatal(err)
	}
}

func (x tail) put(t *testing.T, dir string, block []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, stream, "msgs/1.blk"), block, 0o600); err != nil {
		t.Fatal(err)
	}
}

// losesOnlyThat opens a directory with a torn tail: everything before it is
// there, and what comes after it stands in its place.
func (x tail) losesOnlyThat(t *testing.T, what, dir string) {
	t.Helper()
	for want := x.before; want.Position <= x.before.Position+1; want.Position++ {
		a, err := app.Open(t.Context(), app.Options{Dir: dir, Clock: ticking("2022-06-21")})
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		r, err := a.Region("")
		if err != nil || position(r) != want.Position {
			t.Errorf("%s: it has %d events of %d: %v", what, position(r), want.Position, err)
		}
		if want == x.before {
			mustDo(t, r, ask(commandID(20), plan.Complete{On: on(0), Result: "Ferdig"}))
		}
		closeApp(t, a)
	}
}

// isRefused opens a directory from which something acknowledged is gone. It is
// left as it was, and the first bad sequence is named.
func (x tail) isRefused(t *testing.T, what, dir, code string) {
	t.Helper()
	before := hashes(t, dir)
	a, err := app.Open(t.Context(), app.Options{Dir: dir})
	if err == nil {
		closeApp(t, a)
		t.Fatalf("%s: it opens", what)
	}
	damage, named := errors.AsType[*eventstore.DamageError](err)
	if e := domain.Explain(err); e.Code != code || e.Kind != domain.Damaged || named != x.clean || named && damage.Sequence != x.before.Sequence+1 {
		t.Errorf("%s: it is refused with %v", what, err)
	}
	if !maps.Equal(before, hashes(t, dir)) {
		t.Errorf("%s: the directory was touched", what)
	}
}

func TestALastRecordTornAtAnyByteIsLostAloneOrRefused(t *testing.T) {
	opened, refused := 0, 0
	for _, many := range []bool{false, true} {
		for _, x := range tails(t, many) {
			acknowledged := copyOf(t, x.dir)
			x.mark(t, acknowledged, eventstore.Head{Sequence: x.before.Sequence + 1, Position: x.before.Position + 1})
			for keep := x.from; keep < len(x.block); keep++ {
				what := fmt.Sprintf("clean %v, many %v, %d bytes of %d are left", x.clean, many, keep-x.from, len(x.block)-x.from)
				dir := acknowledged
				if x.put(t, dir, x.block[:keep]); x.clean { // the index knows too
					x.isRefused(t, what, dir, "log.damaged")
				} else {
					x.isRefused(t, what, dir, "log.shorter")
				}
				if refused++; x.clean {
					continue
				}
				dir = copyOf(t, x.dir)
				x.put(t, dir, x.block[:keep])
				x.losesOnlyThat(t, what, dir)
				opened++
			}
		}
	}
	t.Logf("%d times opened without it, %d times refused", opened, refused)
}

// A power cut leaves any of the sectors of what was being written, and zeros in
// the place of the others.
func TestALastRecordOfWhichTheDiskHasSomeSectorsIsLostAlone(t *testing.T) {
	const sector, rounds = 512, 300
	x := tails(t, true)[1]
	for range rounds {
		block, missing := append([]byte(nil), x.block...), false
		for at := x.from; at < len(block); at = (at/sector + 1) * sector {
			if rand.IntN(2) == 0 {
				clear(block[at:min(len(block), (at/sector+1)*sector)])
				missing = true
			}
		}
		if !missing {
			continue
		}
		dir := copyOf(t, x.dir)
		x.put(t, dir, block)
		x.losesOnlyThat(t, "some sectors", dir)
	}
}
