package snapshot_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/snapshot"
)

// everything has a field of every kind.
type everything struct {
	Yes     bool
	Int     int
	Small   int8
	Uint    uint32
	Float   float64
	Name    string
	Day     domain.Date
	At      time.Time
	Key     domain.Key
	Names   []string
	Pointer *inner
	Inner   inner
	Event   domain.Event
	Events  []domain.Event
	Table   domain.Table[string, inner]
	Set     domain.Table[domain.ActorID, struct{}]
	Raw     json.RawMessage
}

type inner struct {
	Name  string
	Count int
}

var format = snapshot.Of[everything](plan.MeasureStarted{}, plan.DeadlineAdopted{}, plan.MeasureAdopted{})

func draw(t *rapid.T) everything {
	text := func(label string) string {
		return rapid.SampledFrom([]string{"", "a", "fosen", "Åfjord", "🐑", "\x00\n"}).Draw(t, label)
	}
	day := func(label string) domain.Date {
		return domain.Date{}.AddDays(rapid.IntRange(0, 800_000).Draw(t, label))
	}
	e := everything{
		Yes: rapid.Bool().Draw(t, "yes"), Int: rapid.Int().Draw(t, "int"), Small: rapid.Int8().Draw(t, "small"), Uint: rapid.Uint32().Draw(t, "uint"),
		Float: rapid.Float64().Draw(t, "float"), Name: text("name"), Day: day("day"), Key: domain.KeyOf(text("key")),
		Inner: inner{text("inner"), rapid.Int().Draw(t, "count")}, Raw: json.RawMessage(text("raw")),
	}
	if e.Yes {
		e.At = time.Unix(0, rapid.Int64Range(0, 1<<62).Draw(t, "at")).UTC()
		e.Pointer = &inner{text("pointer"), 1}
		e.Event = plan.DeadlineAdopted{Deadline: day("deadline"), Decision: plan.Decision{Case: text("case")}}
		e.Events = []domain.Event{plan.MeasureStarted{}, nil, plan.MeasureAdopted{Partners: []domain.ActorID{"ntnu"}}}
		e.Names = []string{}
	}
	for range rapid.IntRange(0, 40).Draw(t, "rows") {
		key := rapid.StringMatching(`[a-f]{1,2}`).Draw(t, "row")
		e.Table, e.Set = e.Table.With(key, inner{text("row name"), len(key)}), e.Set.With(domain.ActorID(key), struct{}{})
		e.Names = append(e.Names, key)
	}
	return e
}

// columns makes tables that came about in different ways comparable.
func columns(e everything) []any {
	table, set := e.Table.Columns(), e.Set.Columns()
	e.Table, e.Set = domain.Table[string, inner]{}, domain.Table[domain.ActorID, struct{}]{}
	return []any{e, table, set}
}

func TestWhatIsWrittenIsReadAndTheSameIsWrittenTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := draw(t)
		b := format.Encode(want)
		got, err := format.Decode(b)
		if err != nil || !reflect.DeepEqual(columns(got), columns(want)) {
			t.Fatalf("%+v\nwas read as\n%+v (%v)", want, got, err)
		}
		if !bytes.Equal(format.Encode(got), b) {
			t.Fatal("it is written otherwise the second time")
		}
		for _, cut := range []int{0, len(b) / 2, len(b) - 1} {
			if _, err := format.Decode(b[:cut]); !errors.Is(err, snapshot.ErrMalformed) {
				t.Fatalf("%d of %d bytes are read: %v", cut, len(b), err)
			}
		}
		if _, err := format.Decode(append(b, 0)); !errors.Is(err, snapshot.ErrMalformed) {
			t.Fatalf("a byte too many is read: %v", err)
		}
	})
}

func FuzzDecode(f *testing.F) {
	rapid.Check(f, func(t *rapid.T) { f.Add(format.Encode(draw(t))) })
	f.Fuzz(func(t *testing.T, b []byte) {
		v, err := format.Decode(b)
		if err != nil {
			return
		}
		again, err := format.Decode(format.Encode(v))
		if err != nil || !bytes.Equal(format.Encode(again), format.Encode(v)) {
			t.Errorf("%+v cannot be written down (%v)", v, err)
		}
	})
}

// What somebody wrote, and may want erased, is not written down twice.
func TestAFreeTextIsNotWritten(t *testing.T) {
	format := snapshot.Of[reporting.Reported]()
	b := format.Encode(reporting.Reported{Report: "r1", Text: "Ola var syk"})
	if bytes.Contains(b, []byte("Ola")) {
		t.Errorf("%q", b)
	}
	if r, err := format.Decode(b); err != nil || r.Report != "r1" || r.Text != "" {
		t.Errorf("%+v (%v)", r, err)
	}
}

// A type that has changed is another shape, also when the change is further in.
func TestAnotherTypeHasAnotherShape(t *testing.T) {
	type (
		one     struct{ A, B string }
		renamed struct{ A, C string }
		retyped struct {
			A string
			B int
		}
		longer struct{ A, B, C string }
	)
	shapes := []string{
		snapshot.Of[one]().Shape(), snapshot.Of[renamed]().Shape(), snapshot.Of[retyped]().Shape(), snapshot.Of[longer]().Shape(),
		snapshot.Of[[]one]().Shape(), snapshot.Of[[]renamed]().Shape(),
		snapshot.Of[domain.Event](plan.MeasureStarted{}).Shape(), snapshot.Of[domain.Event](plan.MeasureAccepted{}).Shape(),
	}
	seen := map[string]int{}
	for i, s := range shapes {
		if j, ok := seen[s]; ok {
			t.Errorf("%d and %d have the same shape", i, j)
		}
		seen[s] = i
	}
	if a, b := snapshot.Of[everything](plan.MeasureStarted{}).Shape(), snapshot.Of[everything](plan.MeasureStarted{}).Shape(); a != b {
		t.Error("one type has two shapes")
	}
}
