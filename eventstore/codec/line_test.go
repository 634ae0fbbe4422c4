package codec

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	json2 "github.com/go-json-experiment/json"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
)

// general is the line as the general encoder writes it.
func general(t interface{ Fatal(...any) }, env envelope) []byte {
	line, err := json2.Marshal(env)
	if err != nil {
		t.Fatal(err)
	}
	return append(line, '\n')
}

// sameAsGeneral is what the short cut promises: the same bytes and the same
// envelope as the general way, or nothing.
func sameAsGeneral(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, env envelope,
) {
	want := general(t, env)
	if got, plain := env.appendTo(nil); plain && !bytes.Equal(got, want) {
		t.Fatalf("it wrote\n%swant\n%s", got, want)
	}
	readTheSame(t, want)
}

// readTheSame is that for reading any bytes: the envelope, and the event of a
// known kind.
func readTheSame(t interface {
	Fatal(...any)
	Fatalf(string, ...any)
}, line []byte,
) {
	short, ok := scan(line, new(names))
	if !ok {
		return
	}
	var general envelope
	err := unmarshal(line, &general)
	if diff := cmp.Diff(general, short, cmp.AllowUnexported(domain.Date{})); err == nil && diff != "" {
		t.Fatalf("it read another envelope:\n%s", diff)
	}
	k, unknown := short.kind()
	if unknown != nil {
		return
	}
	event := reflect.New(k.event)
	invalid := unmarshal(short.Data, event.Interface())
	if err != nil && invalid == nil {
		t.Fatalf("it read the envelope of a line that is not JSON: %v", err)
	}
	got := reflect.New(k.event)
	refused := k.decode(short.Data, got.Interface(), new(names))
	switch {
	case (refused == nil) != (invalid == nil):
		t.Fatalf("it answered %v to data that are answered with %v", refused, invalid)
	case refused == nil && !reflect.DeepEqual(got.Interface(), event.Interface()):
		t.Fatalf("it read\n%+v\nwant\n%+v", got.Elem(), event.Elem())
	}
}

func FuzzTheShortWayIsTheGeneralWay(f *testing.F) {
	for _, line := range goldenLines(f) {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line []byte) { readTheSame(t, line) })
}

func TestTheShortWayIsTheGeneralWay(t *testing.T) {
	for _, retrospective := range []bool{false, true} { // strings that need no escapes are rare below
		sameAsGeneral(t, envelope{SpecVersion: "1.0", Effective: domain.NewDate(2022, 6, 1), Retrospective: retrospective, Data: []byte(`{}`)})
		sameAsGeneral(t, envelope{Plan: "p", OnBehalfOf: "a", Effective: domain.NewDate(2022, 6, 1), Retrospective: retrospective, Data: []byte(`{}`)})
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.StringMatching(`[a-zA-Z0-9/. _:-]{0,20}`), rapid.String())
		sameAsGeneral(t, envelope{
			SpecVersion: text.Draw(t, "specversion"), ID: domain.EventID(text.Draw(t, "id")), Source: text.Draw(t, "source"),
			Type: text.Draw(t, "type"), Subject: text.Draw(t, "subject"), Time: text.Draw(t, "time"), DataContentType: text.Draw(t, "content"),
			Position: domain.Position(rapid.Uint64().Draw(t, "position")), Plan: domain.PlanID(text.Draw(t, "plan")),
			Actor: domain.UserID(text.Draw(t, "actor")), OnBehalfOf: domain.ActorID(text.Draw(t, "onbehalfof")),
			Channel: domain.Channel(text.Draw(t, "channel")), CommandID: domain.CommandID(text.Draw(t, "command")),
			Effective: domain.NewDate(2022, 6, rapid.IntRange(1, 1000).Draw(t, "day")), Retrospective: rapid.Bool().Draw(t, "retrospective"),
			Data: []byte(`{"a":"}\n"}`),
		})
	})
}

// A slow way that is always right would be easy to fall back to unseen: of all
// events, only those with lists, fractions and values of any type take it.
func TestEveryGoldenLineIsReadTheShortWay(t *testing.T) {
	long := map[string]bool{}
	for _, line := range goldenLines(t) {
		env, ok := scan(line, new(names))
		if !ok {
			t.Errorf("%s is not read the short way", line)
			continue
		}
		sameAsGeneral(t, env)
		k, err := env.kind()
		if err != nil {
			t.Fatal(err)
		}
		r := reader{rest: env.Data, ok: true, known: new(names)}
		if k.object.read(&r, reflect.New(k.event).Elem()); !r.ok || len(r.rest) > 0 {
			long[reflect.Zero(k.event).Interface().(domain.Event).EventName()] = true
		}
	}
	want := "continuation.planned contribution.recorded event.corrected measure.adopted measure.completed obstacle.noted partner.resolved " +
		"plan.adopted plan.imported region.described region.registered result.recorded team.formed user.granted"
	if got := strings.Join(slices.Sorted(maps.Keys(long)), " "); got != want {
		t.Errorf("the general decoder is left with %s, want %s", got, want)
	}
}

func goldenLines(t testing.TB) (all [][]byte) {
	files, err := filepath.Glob("testdata/golden/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files (%v)", err)
	}
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	return all
}
