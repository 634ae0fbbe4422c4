package history

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
)

// logs draws a log in which the events of everything come in any order and
// any number, about any of their subjects.
func logs() *rapid.Generator[[]domain.Recorded] {
	one := rapid.SampledFrom(everything())
	return rapid.Map(rapid.SliceOfN(one, 0, 80), func(log []domain.Recorded) []domain.Recorded {
		for i := range log {
			log[i].Position = domain.Position(i + 1)
		}
		return log
	})
}

func folded(t *rapid.T, h *History, log []domain.Recorded) {
	for _, r := range log {
		if err := h.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
}

// TestEveryEventIsOneEntry: in order, once each, told in every language.
func TestEveryEventIsOneEntry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := logs().Draw(t, "log")
		h := New()
		folded(t, h, log)
		all := h.Entries(Filter{})
		if len(all) != len(log) {
			t.Fatalf("%d events are %d entries", len(log), len(all))
		}
		for i, e := range all {
			if e.Position != log[i].Position || e.Event.EventName() != log[i].Event.EventName() {
				t.Fatalf("entry %d is of event %d", i, e.Position)
			}
			for _, l := range domain.Languages() {
				if e.Sentence(l) == "" {
					t.Fatalf("%s is not told in %s", e.Event.EventName(), l)
				}
			}
		}
	})
}

// TestEntriesStay: what was told stays told the same when more comes, and a
// prefix and the rest make the whole.
func TestEntriesStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := logs().Draw(t, "log")
		at := rapid.IntRange(0, len(log)).Draw(t, "at")
		h, whole := New(), New()
		folded(t, h, log[:at])
		kept := h.Entries(Filter{})
		early := transcript(h, domain.Bokmal)
		folded(t, h, log[at:])
		folded(t, whole, log)
		if transcript(h, domain.Nynorsk) != transcript(whole, domain.Nynorsk) {
			t.Error("a prefix and the rest do not make the whole")
		}
		if now := h.Entries(Filter{Limit: max(at, 1)}); at > 0 && !slices.EqualFunc(now, kept, sameLine) {
			t.Error("an entry changed after it was given")
		}
		first := New()
		folded(t, first, log[:at])
		if transcript(first, domain.Bokmal) != early {
			t.Error("the same events were told otherwise")
		}
	})
}

func sameLine(a, b Entry) bool {
	return a.Sentence(domain.English) == b.Sentence(domain.English) && slices.Equal(a.Changes(), b.Changes())
}

// TestReadersMayCrowd: asking changes nothing, so any number may ask at once.
func TestReadersMayCrowd(t *testing.T) {
	h := told(t, everything())
	want := transcript(h, domain.Nynorsk)
	got := make([]string, 8)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() { got[i] = transcript(h, domain.Nynorsk) })
	}
	all.Wait()
	for _, g := range got {
		if g != want {
			t.Error("readers got different answers")
		}
	}
}
