package jetstream

import (
	"bytes"
	"errors"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
)

func TestFilesGiveWhatTheServerGives(t *testing.T) {
	for _, s := range specimens(t) {
		log := Files(s.dir, region)
		store := openAt(t, Embedded{Dir: copied(t, s.dir)})
		kept, err := store.Open(t.Context(), region)
		if err != nil {
			t.Fatal(err)
		}
		for _, after := range []eventstore.Head{{}, {Sequence: 60, Position: 61}} {
			var want, got []eventstore.Message
			for m, err := range kept.Read(t.Context(), eventstore.Head{}) {
				if err != nil {
					t.Fatal(err)
				}
				if m.Head.Sequence > after.Sequence {
					want = append(want, m)
				}
			}
			for m, err := range log.Read(t.Context(), after) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, m)
			}
			if len(got) != len(want) {
				t.Fatalf("after %d come %d messages, want %d", after.Sequence, len(got), len(want))
			}
			for i := range got {
				if got[i].Head != want[i].Head || got[i].Subject != want[i].Subject || !bytes.Equal(got[i].Payload, want[i].Payload) {
					t.Fatalf("number %d is %+v, want %+v", i, got[i], want[i])
				}
			}
		}
		if n, err := log.Messages(t.Context()); n != uint64(len(s.payloads)) || err != nil {
			t.Errorf("it has %d messages (%v), want %d", n, err, len(s.payloads))
		}
	}
}

func TestFilesAreReadUpToTheDamage(t *testing.T) {
	for _, s := range specimens(t) {
		bad := s.records[200]
		data := readBlock(t, s.dir, bad.block)
		data[bad.offset+bad.size-20] ^= 4
		writeFile(t, inStream(s.dir, blockName(bad.block)), data)
		n, err := readAll(t.Context(), Files(s.dir, region), eventstore.Head{})
		var damage *eventstore.DamageError
		if !errors.As(err, &damage) || damage.Sequence != 201 || n != 200 {
			t.Errorf("it gives %d messages and %v", n, err)
		}
		report, err := Preflight(t.Context(), s.dir, region, nil)
		before := int64(bad.offset)
		for block := 1; block < bad.block; block++ {
			before += int64(len(readBlock(t, s.dir, block)))
		}
		if err == nil || report.Head.Sequence != 200 || report.Bytes != before {
			t.Errorf("the report is %+v (%v)", report, err)
		}
	}
}

func TestWhoHasReadEnoughOfFilesStops(t *testing.T) {
	s := specimens(t)[0]
	for m, err := range Files(s.dir, region).Read(t.Context(), eventstore.Head{}) {
		if err != nil {
			t.Fatal(err)
		}
		if m.Head.Sequence == 150 {
			break
		}
	}
	if _, err := Files(s.dir, region).Append(t.Context(), eventstore.Head{}, event(1)); err == nil {
		t.Error("files are written to")
	}
}
