package codec

import (
	"bytes"
	"os"
	"path/filepath"
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
	got, ok := scan(want, new(names))
	if !ok {
		return
	}
	var decoded envelope
	if err := unmarshal(want, &decoded); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(decoded, got, cmp.AllowUnexported(domain.Date{})); diff != "" {
		t.Fatalf("it read another envelope:\n%s", diff)
	}
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

// A slow way that is always right would be easy to fall back to unseen.
func TestEveryGoldenLineIsReadTheShortWay(t *testing.T) {
	files, err := filepath.Glob("testdata/golden/*")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden files (%v)", err)
	}
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		env, ok := scan(line, new(names))
		if !ok {
			t.Errorf("%s is not read the short way", file)
			continue
		}
		sameAsGeneral(t, env)
	}
}
