package app

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"runtime"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/country"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

func started(position domain.Position, id domain.EventID) domain.Recorded {
	at := time.Date(2024, time.January, 8, 9, 0, int(position), 0, time.UTC)
	return domain.Recorded{
		ID: id, Region: "fosen", Position: position, Time: at, Effective: domain.DateOf(at), Actor: "u1", Plan: "p", Command: NewCommandID(),
		Subject: domain.About(domain.EntityMeasure, domain.MeasureID("t01")), Event: plan.MeasureStarted{},
	}
}

// The state that a round led to is taken only with the round's own events:
// when others come in their place, the state is worked out from them.
func TestAnExpectedStateIsTakenOnlyWithItsOwnEvents(t *testing.T) {
	ours := []domain.Recorded{started(1, "ours-1"), started(2, "ours-2")}
	theirs := []domain.Recorded{started(1, "theirs-1"), started(2, "theirs-2"), started(3, "theirs-3")}
	after := region.State{Time: time.Date(2099, time.January, 1, 0, 0, 0, 0, time.UTC)} // unlike what events lead to
	for _, row := range []struct {
		name string
		come []domain.Recorded
		want time.Time
	}{
		{"ours come", ours, after.Time},
		{"ours come, and one more", append(append([]domain.Recorded{}, ours...), theirs[2]), theirs[2].Time},
		{"others were first", theirs, theirs[2].Time},
	} {
		r := newRuling()
		r.expect(ours, after)
		for _, e := range row.come {
			if err := r.Apply(e); err != nil {
				t.Fatal(err)
			}
		}
		if !r.state.Time.Equal(row.want) {
			t.Errorf("%s: the state is of %s, want %s", row.name, r.state.Time, row.want)
		}
	}
}

// BenchmarkRemembered: the memory of one command id.
func BenchmarkRemembered(b *testing.B) {
	const commands = 1_000_000
	var grown uint64
	for b.Loop() {
		r := newRuling()
		before := inUse()
		for i := range domain.Position(commands) {
			if err := r.Apply(started(i+1, "e")); err != nil {
				b.Fatal(err)
			}
		}
		grown += inUse() - before
		runtime.KeepAlive(r)
	}
	b.ReportMetric(float64(grown)/float64(b.N*commands), "B/command")
	b.ReportMetric(0, "ns/op")
}

func inUse() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// BenchmarkSnapshot: what it takes to write a projection down, and to make it again,
// for each event that it has.
func BenchmarkSnapshot(b *testing.B) {
	h, err := country.Region(country.Options{Seed: 1, Number: 1, Events: 5000, NewID: country.IDs(1, 1)})
	if err != nil {
		b.Fatal(err)
	}
	for _, fresh := range []func() projections.Snapshotter{
		func() projections.Snapshotter { return newRuling() },
		func() projections.Snapshotter { return delivery.New() },
	} {
		p := fresh()
		for _, e := range h.Log {
			if err := p.Apply(e); err != nil {
				b.Fatal(err)
			}
		}
		written := p.Snapshot()
		per := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(h.Log)), "ns/event")
		}
		b.Run(p.Name()+"/write", func(b *testing.B) {
			for b.Loop() {
				p.Snapshot()
			}
			b.ReportMetric(float64(len(written))/float64(len(h.Log)), "B/event")
			per(b)
		})
		b.Run(p.Name()+"/read", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := fresh().Restore(written); err != nil {
					b.Fatal(err)
				}
			}
			per(b)
		})
	}
}

// A snapshot says which version made it, and is believed. So what a version comes to
// of this log never changes: whoever changes it raises Version, and writes the new
// sum here.
func TestAVersionOfTheRulingComesToTheSameForEver(t *testing.T) {
	const sum = "c2b1321d6ed872685d0443c237e51ec09c6ff4cb228f15c4b8b4a04c22173ea4"
	r := newRuling()
	for _, e := range exampletest.Log(t) {
		if err := r.Apply(e); err != nil {
			t.Fatal(err)
		}
	}
	if r.Version() != 1 || fmt.Sprintf("%x", sha256.Sum256(r.Snapshot())) != sum {
		t.Errorf("version %d comes to %x", r.Version(), sha256.Sum256(r.Snapshot()))
	}
}

// A ruling that was written down somewhere and went on from there decides as one that
// read everything, of any history: it is written down the same.
func TestASnapshotOfTheRulingAndTheRestIsTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.Uint64Range(1, 1000).Draw(t, "seed")
		h, err := country.Region(country.Options{Seed: seed, Number: 1, Events: 300, NewID: country.IDs(seed, 1)})
		if err != nil {
			t.Fatal(err)
		}
		cut := rapid.IntRange(0, len(h.Log)).Draw(t, "cut")
		whole, first, second := newRuling(), newRuling(), newRuling()
		apply := func(r *ruling, events []domain.Recorded) {
			for _, e := range events {
				if err := r.Apply(e); err != nil {
					t.Fatal(err)
				}
			}
		}
		apply(whole, h.Log)
		apply(first, h.Log[:cut])
		if err := second.Restore(first.Snapshot()); err != nil {
			t.Fatal(err)
		}
		apply(second, h.Log[cut:])
		if !bytes.Equal(second.Snapshot(), whole.Snapshot()) {
			t.Fatalf("cut at %d of %d it is written down otherwise", cut, len(h.Log))
		}
	})
}
