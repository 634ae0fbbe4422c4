//go:build powercut && linux

package app_test

import (
	"bufio"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest/powerfs"
)

const (
	// powerLogs is how many logs lose their power, and powerCuts how often each:
	// many begin, for that is when most has just been made.
	powerLogs = 40
	powerCuts = 8
	// longest is the most calls of a writer before the power goes.
	longest = 1500
)

// A machine runs writers, one at a time, until its power goes, and then has what
// was left on its disk.
type machine struct {
	random *rand.Rand
	disk   *powerfs.Disk
	where  string // the disk is mounted
	told   acks
}

// up mounts what was left.
func (m *machine) up(t *testing.T, left string) {
	t.Helper()
	m.where = t.TempDir()
	var err error
	if m.disk, err = powerfs.Mount(m.where, left); err != nil {
		t.Fatal(err)
	}
}

// run lets a writer work until it has made so many calls to the file system,
// and kills it there.
func (m *machine) run(t *testing.T, calls int) {
	t.Helper()
	dark := m.disk.Cut(calls)
	cmd, out := writer(t, filepath.Join(m.where, "data"))
	killed := make(chan struct{})
	go func() {
		<-dark
		_ = cmd.Process.Kill() // it may have ended by itself, for want of a disk
		close(killed)
	}()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		m.told.note(lines.Text())
		select {
		case <-dark:
		default:
			if strings.HasPrefix(lines.Text(), "error") {
				t.Errorf("with power, the writer says: %s", lines.Text())
				m.disk.Cut(0)
			}
		}
	}
	_ = cmd.Wait() // killed, as it should be
	<-killed
}

// down gives what a disk may hold after the cut.
func (m *machine) down(t *testing.T) (left string) {
	t.Helper()
	left = filepath.Join(t.TempDir(), "left")
	random := m.random
	if m.random.IntN(4) == 0 {
		random = nil // nothing survives that was not synced
	}
	if err := m.disk.Save(left, random); err != nil {
		t.Fatal(err)
	}
	if err := m.disk.Unmount(); err != nil {
		t.Fatal(err)
	}
	return left
}

func TestAfterAPowerCutEveryAcknowledgedCommandStandsWhereItWasSaid(t *testing.T) {
	cuts, kills, acknowledged := 0, 0, 0
	base := rand.Uint64()
	for seed := range uint64(powerLogs) {
		m := &machine{random: rand.New(rand.NewPCG(seed, base)), told: acks{}}
		left := t.TempDir()
		for cut := range powerCuts {
			m.up(t, left)
			for m.random.IntN(2) == 0 { // killed alone; what it wrote is on its way to the disk
				m.run(t, m.calls())
				m.disk.Mend()
				kills++
			}
			m.run(t, m.calls())
			cuts++
			old := left
			left = m.down(t)
			check := copyOf(t, left)
			m.told.hold(t, filepath.Join(check, "data"), fmt.Sprintf("log %d of %d, cut %d", seed, base, cut))
			for _, dir := range []string{old, check} {
				if err := os.RemoveAll(dir); err != nil {
					t.Fatal(err)
				}
			}
		}
		acknowledged += len(m.told)
	}
	t.Logf("%d power cuts, %d kills before them, %d writers, %d acknowledged commands", cuts, kills, writers, acknowledged)
}

// calls is a number of calls: often few, so that a start is cut off, and
// sometimes many.
func (m *machine) calls() int { return int(math.Exp(m.random.Float64() * math.Log(longest))) }
