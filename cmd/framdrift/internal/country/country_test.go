package country_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/country"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

func made(t testing.TB, seed uint64, number, events int) country.History {
	t.Helper()
	h, err := country.Region(country.Options{Seed: seed, Number: number, Events: events, NewID: country.IDs(seed, number)})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func written(t testing.TB, log ...domain.Recorded) []byte {
	t.Helper()
	b, err := json.Marshal(log)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTheSameSeedGivesTheSameHistoryByteForByte(t *testing.T) {
	if !bytes.Equal(written(t, made(t, 7, 3, 3000).Log...), written(t, made(t, 7, 3, 3000).Log...)) {
		t.Error("two makings differ")
	}
}

func TestAnotherSeedOrAnotherRegionHasAnotherPlan(t *testing.T) {
	adopted := func(h country.History) (plans []string) {
		for _, e := range h.Log {
			if a, ok := e.Event.(plan.MeasureAdopted); ok {
				plans = append(plans, a.Text)
			}
		}
		return plans
	}
	first := adopted(made(t, 1, 1, 1000))
	for _, other := range []country.History{made(t, 2, 1, 1000), made(t, 1, 2, 1000)} {
		if slices.Equal(first, adopted(other)) {
			t.Errorf("%s has the same measures", other.Region)
		}
	}
}

// unasked are the events that no command leads to yet.
var unasked = []string{correction.EventCorrected{}.EventName()}

func TestEveryKindOfEventOccurs(t *testing.T) {
	seen := map[string]int{}
	for number := 1; number <= 3; number++ {
		for _, e := range made(t, 1, number, 5000).Log {
			seen[e.Event.EventName()]++
		}
	}
	for _, name := range codec.Names() {
		if (seen[name] == 0) != slices.Contains(unasked, name) {
			t.Errorf("%s occurs %d times", name, seen[name])
		}
	}
}

func TestAHistoryIsAsLongAsAskedForAndLastsSomeYears(t *testing.T) {
	for number := 1; number <= 8; number++ {
		h := made(t, 5, number, 5000)
		if n := len(h.Log); n < 5000 || n > 5400 {
			t.Errorf("%s has %d events", h.Region, n)
		}
		if years := h.Log[len(h.Log)-1].Time.Sub(h.Log[0].Time).Hours() / 24 / 365; years < 3 || years > 9 {
			t.Errorf("%s lasts %.1f years", h.Region, years)
		}
		if h.Refused*10 > len(h.Log) {
			t.Errorf("in %s %d commands were refused", h.Region, h.Refused)
		}
	}
}

// What is said of a region as a whole: it is as large as such regions are, and
// what makes projections work for their living is in it.
func TestAHistoryIsLikeLife(t *testing.T) {
	h := made(t, 1, 4, 5000)
	var state region.State
	var backDated, retrospective, continued, sealed, late int
	closes := map[domain.PeriodID]domain.Date{}
	for _, e := range h.Log {
		state = region.Evolve(state, e)
		if e.BackDated() {
			backDated++
		}
		if e.Retrospective {
			retrospective++
		}
		switch event := e.Event.(type) {
		case plan.MeasureAdopted:
			if event.Continues != nil {
				continued++
			}
		case reporting.PeriodOpened:
			closes[event.Period] = event.ReportDeadline
		case reporting.Reported:
			if event.Text != "" {
				sealed++
			}
			if e.Effective.After(closes[event.Period]) {
				late++
			}
		}
	}
	for what, n := range map[string]int{"back-dated": backDated, "retrospective": retrospective, "continued": continued, "with a text": sealed, "late": late} {
		if n == 0 {
			t.Errorf("no event is %s", what)
		}
	}
	if state.Plans.Len() < 2 {
		t.Error("no plan goes on where the first ended")
	}
	for id, p := range state.Plans.All() {
		if n := p.Plan.Measures.Len(); n < 40 || n > 115 {
			t.Errorf("%s has %d measures", id, n)
		}
	}
}

func TestAHistoryBeginsAsEveryLogDoesAndIsDecodedAsItWas(t *testing.T) {
	h, k := made(t, 3, 1, 600), codec.New(keys{})
	if _, begins := h.Log[0].Event.(actors.RegionRegistered); !begins {
		t.Errorf("it begins with %s", h.Log[0].Event.EventName())
	}
	for i, e := range h.Log {
		line, err := k.Encode(e)
		if err != nil {
			t.Fatal(err)
		}
		back, err := k.Decode(line)
		if err != nil || !bytes.Equal(written(t, back), written(t, e)) {
			t.Fatalf("event %d is %+v, and was %+v (%v)", i+1, back, e, err)
		}
	}
}

// keys seals every text with one key.
type keys struct{}

func (keys) Make(domain.EventID) (codec.Key, error) { return codec.Key{1}, nil }
func (keys) Find(domain.EventID) (codec.Key, error) { return codec.Key{1}, nil }

func BenchmarkRegion(b *testing.B) {
	events := 0
	for b.Loop() {
		events += len(made(b, 1, 1, 5000).Log)
	}
	b.ReportMetric(float64(events)/b.Elapsed().Seconds(), "events/s")
}
