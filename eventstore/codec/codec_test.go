package codec_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// writeGolden writes the golden files that are missing. It never changes one:
// what has been stored once must be readable for ever.
var writeGolden = flag.Bool("golden", false, "write the golden files that are missing")

// oneKey seals every event with the same key, so that the bytes are always the same.
type oneKey codec.Key

func (k oneKey) Make(domain.EventID) (codec.Key, error) { return codec.Key(k), nil }
func (k oneKey) Find(domain.EventID) (codec.Key, error) { return codec.Key(k), nil }
func (k oneKey) other() oneKey                          { k[0] ^= 1; return k }

// noKeys answers everything with an error.
type noKeys struct{ error }

func (n noKeys) Make(domain.EventID) (codec.Key, error) { return codec.Key{}, n.error }
func (n noKeys) Find(domain.EventID) (codec.Key, error) { return codec.Key{}, n.error }

var testKey = oneKey([]byte("a key of thirty-two bytes, known"))

func golden(t testing.TB, e domain.Event) []byte {
	t.Helper()
	stored, err := codec.TypeOf(e)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "golden", strings.TrimPrefix(stored, "no.framdrift.")+goldenNumber(e)+".json")
	line, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) && *writeGolden {
		if line, err = codec.New(testKey).Encode(recorded(e)); err == nil {
			err = os.WriteFile(path, line, 0o644)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	return line
}

// goldenNumber tells apart the golden lines of a type that members were added to.
func goldenNumber(e domain.Event) string {
	n := slices.IndexFunc(earlier[e.EventName()], func(was domain.Event) bool { return reflect.DeepEqual(was, e) })
	if n < 0 {
		n = len(earlier[e.EventName()])
	}
	if n == 0 {
		return ""
	}
	return "-" + strconv.Itoa(n+1)
}

func TestEveryEventTypeHasAGoldenLine(t *testing.T) {
	c := codec.New(testKey)
	missing := map[string]bool{}
	for _, name := range codec.Names() {
		missing[name] = true
	}
	all := slices.Clone(examples)
	for _, was := range earlier {
		all = append(all, was...)
	}
	for _, e := range all {
		t.Run(e.EventName()+goldenNumber(e), func(t *testing.T) {
			delete(missing, e.EventName())
			line := golden(t, e)
			got, err := c.Decode(line)
			if err != nil {
				t.Fatal(err)
			}
			if want := recorded(e); !reflect.DeepEqual(got, want) {
				t.Errorf("it reads as\n%#v\nwant\n%#v", got, want)
			}
			again, err := c.Encode(got)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(again, line) {
				t.Errorf("it is written again as\n%s\nand was\n%s", again, line)
			}
			if n := bytes.IndexByte(line, '\n'); n != len(line)-1 {
				t.Errorf("its first newline stands at byte %d of %d", n, len(line))
			}
		})
	}
	for name := range missing {
		t.Errorf("%s has no example", name)
	}
}

// A field that is not filled in a golden line is a field whose storage nobody looks after.
func TestEveryFieldOfTheExamplesIsFilled(t *testing.T) {
	var look func(at string, v reflect.Value)
	look = func(at string, v reflect.Value) {
		switch {
		case v.Type() == reflect.TypeFor[domain.Date]():
			if v.IsZero() {
				t.Errorf("%s is unknown", at)
			}
		case v.Kind() == reflect.Struct:
			for i := range v.NumField() {
				look(at+"."+v.Type().Field(i).Name, v.Field(i))
			}
		case v.IsZero():
			t.Errorf("%s is empty", at)
		case v.Kind() == reflect.Pointer:
			look(at, v.Elem())
		case v.Kind() == reflect.Slice:
			for i := range v.Len() {
				look(at, v.Index(i))
			}
		}
	}
	for _, e := range examples {
		look(e.EventName(), reflect.ValueOf(e))
	}
}

func TestWhatIsEmptyIsLeftOut(t *testing.T) {
	r := recorded(plan.MeasureStarted{})
	r.Plan, r.OnBehalfOf, r.Retrospective = "", "", false
	line, err := codec.New(nil).Encode(r)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"specversion":"1.0","id":"0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12","source":"/regions/fosen",` +
		`"type":"no.framdrift.measure.started.v1","subject":"measure/t07","time":"2026-11-21T12:00:00.123456789Z",` +
		`"datacontenttype":"application/json","position":412,"actor":"u1","channel":"cli",` +
		`"commandid":"b8f0c6de-3d5a-4a1e-9c57-0a1b2c3d4e5f","effective":"2024-05-31","data":{}}` + "\n"
	if string(line) != want {
		t.Errorf("the line is\n%swant\n%s", line, want)
	}
}

var report = reporting.Reported{
	Report: "r1", Period: "T3-2022", Status: reporting.Green, Text: "Ferdig med første del.", Obstacles: "Ingen.", Next: "Andre del.",
}

func encode(t testing.TB, c *codec.Codec, e domain.Event) []byte {
	t.Helper()
	line, err := c.Encode(recorded(e))
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestATextIsNotInTheLine(t *testing.T) {
	line := encode(t, codec.New(testKey), report)
	for _, text := range []domain.Text{report.Text, report.Obstacles, report.Next} {
		if bytes.Contains(line, []byte(text)) {
			t.Errorf("%q stands in clear in %s", text, line)
		}
	}
}

func TestEqualTextsOfOneEventAreSealedDifferently(t *testing.T) {
	same := report
	same.Obstacles, same.Next = same.Text, same.Text
	var line struct {
		Data struct{ Text, Obstacles, Next string }
	}
	if err := json.Unmarshal(encode(t, codec.New(testKey), same), &line); err != nil {
		t.Fatal(err)
	}
	if d := line.Data; d.Text == d.Obstacles || d.Text == d.Next || d.Obstacles == d.Next {
		t.Errorf("equal texts are sealed as %+v", d)
	}
}

func TestATextWhoseKeyIsDestroyedIsErasedAndOneWhoseKeyIsMissingIsElsewhere(t *testing.T) {
	line := encode(t, codec.New(testKey), report)
	for _, tt := range []struct {
		name string
		keys codec.Keys
		text domain.Text
	}{
		{"the key was destroyed", noKeys{fmt.Errorf("vault: %w", codec.ErrDestroyed)}, domain.Erased},
		{"the key was never here", noKeys{fmt.Errorf("vault: %w", codec.ErrNoKey)}, domain.Elsewhere},
		{"there is no vault", nil, domain.Erased},
	} {
		got, err := codec.New(tt.keys).Decode(line)
		if err != nil {
			t.Fatalf("%s: %v", tt.name, err)
		}
		want := report
		want.Text, want.Obstacles, want.Next = tt.text, tt.text, tt.text
		if got.Event != domain.Event(want) {
			t.Errorf("%s: it reads as %+v", tt.name, got.Event)
		}
		if again, err := codec.New(tt.keys).Encode(recorded(report)); err == nil {
			t.Errorf("%s: and yet it is encoded: %s", tt.name, again)
		}
	}
	damaged := errors.New("vault: damaged")
	if _, err := codec.New(noKeys{damaged}).Decode(line); !errors.Is(err, damaged) {
		t.Errorf("of a vault that cannot say, a text reads with the error %v", err)
	}
	none := report
	none.Text, none.Obstacles, none.Next = "", "", ""
	encode(t, codec.New(nil), none) // what has no text needs no key
}

func TestATamperedTextIsAnError(t *testing.T) {
	c := codec.New(testKey)
	good := encode(t, c, report)
	if _, err := codec.New(testKey.other()).Decode(good); err == nil {
		t.Error("another key opens it")
	}
	var line struct {
		Data struct{ Text, Next string }
	}
	if err := json.Unmarshal(good, &line); err != nil {
		t.Fatal(err)
	}
	flipped := []byte(line.Data.Text)
	if flipped[10]++; flipped[10] == 'z'+1 {
		flipped[10] = 'a'
	}
	for name, bad := range map[string][]byte{
		"a character changed": bytes.Replace(good, []byte(line.Data.Text), flipped, 1),
		"cut short":           bytes.Replace(good, []byte(line.Data.Text), []byte(line.Data.Text[:20]), 1),
		"nothing in it":       bytes.Replace(good, []byte(line.Data.Text), []byte("s1:"), 1),
		"in clear":            bytes.Replace(good, []byte(line.Data.Text), []byte("Ferdig."), 1),
		"not base64":          bytes.Replace(good, []byte(line.Data.Text), []byte("s1:%%%%"), 1),
		"another member's":    bytes.Replace(good, []byte(line.Data.Text), []byte(line.Data.Next), 1),
		"another event's":     bytes.Replace(good, []byte("0193471e-7a5c"), []byte("0193471e-7a5d"), 1),
	} {
		if bytes.Equal(good, bad) {
			t.Fatalf("%s: the line is the same", name)
		}
		if got, err := c.Decode(bad); err == nil {
			t.Errorf("%s: it reads as %+v", name, got.Event)
		}
	}
}

func TestALineThatIsNotOursIsRefused(t *testing.T) {
	good := string(encode(t, codec.New(testKey), plan.DeadlineAdopted{Deadline: day("2023-06-30"), Decision: vedtak}))
	for _, tt := range []struct {
		name, old, new string
		unknownType    bool
	}{
		{"another type", "deadline.adopted.v1", "deadline.invented.v1", true},
		{"a newer version", "deadline.adopted.v1", "deadline.adopted.v2", true},
		{"version 0", "deadline.adopted.v1", "deadline.adopted.v0", false},
		{"no version", "deadline.adopted.v1", "deadline.adopted", false},
		{"a version that is not a number", "deadline.adopted.v1", "deadline.adopted.vx", false},
		{"somebody else's type", "no.framdrift.", "no.other.", false},
		{"another type in an envelope with more in it", `deadline.adopted.v1"`, `deadline.adopted.v2","colour":"red"`, true},
		{"another specversion", `"specversion":"1.0"`, `"specversion":"2.0"`, false},
		{"another content type", "application/json", "text/plain", false},
		{"an unknown member", `"position":412`, `"position":412,"colour":"red"`, false},
		{"an unknown member of data", `"data":{`, `"data":{"colour":"red",`, false},
		{"an unknown member inside data", `"decision":{`, `"decision":{"colour":"red",`, false},
		{"a second value", "}\n", "} {}\n", false},
		{"rubbish behind", "}\n", "}}\n", false},
		{"half a line", `"position"`, "\n", false},
		{"another source", "/regions/fosen", "/fosen", false},
		{"no region", "/regions/fosen", "/regions/", false},
		{"a subject without an entity", "measure/t07", "/t07", false},
		{"a subject without an id", "measure/t07", "measure/", false},
		{"a subject without a slash", "measure/t07", "measure", false},
		{"no id", `"id":"0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12",`, "", false},
		{"no command", `"commandid":"b8f0c6de-3d5a-4a1e-9c57-0a1b2c3d4e5f",`, "", false},
		{"no actor", `"actor":"u1",`, "", false},
		{"no position", `"position":412,`, "", false},
		{"no effective day", `"effective":"2024-05-31",`, "", false},
		{"a day that is not", `"effective":"2024-05-31"`, `"effective":"2024-05-32"`, false},
		{"no time", `"time":"2026-11-21T12:00:00.123456789Z",`, "", false},
		{"a time in another zone", "123456789Z", "123456789+01:00", false},
		{"a time with fewer digits", "123456789Z", "123Z", false},
		{"no data", `"data":{`, `"data":[{`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bad := strings.Replace(good, tt.old, tt.new, 1)
			if bad == good {
				t.Fatal("the line is the same")
			}
			got, err := codec.New(testKey).Decode([]byte(bad))
			if err == nil {
				t.Fatalf("it reads as %+v", got)
			}
			if errors.Is(err, codec.ErrUnknownType) != tt.unknownType || errors.Is(err, eventstore.ErrForeign) == tt.unknownType {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

// What is recorded about an event can be read also by who does not know it.
func TestOfAnUnknownEventTheEnvelopeIsRead(t *testing.T) {
	c := codec.New(testKey)
	want := recorded(plan.MeasureStarted{})
	newer := bytes.Replace(encode(t, c, want.Event), []byte("measure.started.v1"), []byte("measure.started.v2"), 1)
	got, err := c.Decode(newer)
	unknown, ok := errors.AsType[*codec.UnknownTypeError](err)
	if !ok || unknown.Position != want.Position || unknown.Type != "no.framdrift.measure.started.v2" {
		t.Errorf("the error is %v", err)
	}
	if want.Event = nil; got != want {
		t.Errorf("it reads as %+v, not %+v", got, want)
	}
}

// What cannot be read must never come on the log, which is for ever.
func TestWhatCouldNotBeReadIsNotWritten(t *testing.T) {
	if line, err := codec.New(testKey).Encode(recorded(plan.DeadlineAdopted{Decision: vedtak})); err == nil {
		t.Errorf("a deadline without a date becomes %s", line)
	}
	for name, change := range map[string]func(*domain.Recorded){
		"no id":        func(r *domain.Recorded) { r.ID = "" },
		"no region":    func(r *domain.Recorded) { r.Region = "" },
		"no subject":   func(r *domain.Recorded) { r.Subject = domain.Subject{} },
		"no actor":     func(r *domain.Recorded) { r.Actor = "" },
		"no command":   func(r *domain.Recorded) { r.Command = "" },
		"no position":  func(r *domain.Recorded) { r.Position = 0 },
		"no day":       func(r *domain.Recorded) { r.Effective = domain.Date{} },
		"the year 10k": func(r *domain.Recorded) { r.Time = r.Time.AddDate(8000, 0, 0) },
	} {
		r := recorded(plan.MeasureStarted{})
		change(&r)
		if line, err := codec.New(testKey).Encode(r); err == nil {
			t.Errorf("%s: it becomes %s", name, line)
		}
	}
	if _, err := codec.New(testKey).Encode(recorded(unknown{})); !errors.Is(err, codec.ErrUnknownType) {
		t.Errorf("an event that is not on the list gives %v", err)
	}
}

type unknown struct{}

func (unknown) EventName() string { return "plan.forgotten" }
