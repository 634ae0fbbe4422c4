package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// known is every command somebody may give, and the one that begins a region.
func known() []string {
	names := append(domain.Commands(), actors.RegisterRegion{}.CommandName())
	slices.Sort(names)
	return names
}

func TestEveryCommandCanBeSentAndNoOther(t *testing.T) {
	var sendable []string
	for name := range decoders {
		sendable = append(sendable, name)
	}
	slices.Sort(sendable)
	if want := known(); !slices.Equal(sendable, want) {
		t.Errorf("what can be sent is\n%v\nand what can be given\n%v", sendable, want)
	}
}

// Whatever a command holds, it is the same on the other side of the wire.
func TestACommandIsTheSameOnBothSides(t *testing.T) {
	for _, name := range known() {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				ask := anyRequest(t, name)
				got, err := send(ask)
				if err != nil {
					t.Fatalf("%#v: %v", ask, err)
				}
				if !reflect.DeepEqual(ask, got) {
					t.Fatalf("sent %#v\ngot  %#v", ask, got)
				}
			})
		})
	}
}

// send is what serve reads of what a client writes.
func send(ask domain.Request) (domain.Request, error) {
	wire, err := encodeRequest(ask)
	if err != nil {
		return domain.Request{}, err
	}
	body, err := json.Marshal(wire)
	if err != nil {
		return domain.Request{}, err
	}
	return receive(body)
}

func receive(body []byte) (domain.Request, error) {
	return readRequest(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body)))
}

func anyRequest(t *rapid.T, name string) domain.Request {
	command, err := decoders[name]([]byte("{}"))
	if err != nil {
		t.Fatal(err)
	}
	whole := reflect.New(reflect.TypeOf(command)).Elem()
	fill(t, whole)
	var ask domain.Request
	rest := reflect.ValueOf(&ask).Elem()
	for i := range rest.NumField() {
		switch rest.Type().Field(i).Name {
		case "Command":
			rest.Field(i).Set(whole)
		case "Channel":
			ask.Channel = rapid.SampledFrom(channels).Draw(t, "channel")
		default:
			fill(t, rest.Field(i))
		}
	}
	return ask
}

// fill gives a value anything its type can hold.
func fill(t *rapid.T, v reflect.Value) {
	if v.Type() == reflect.TypeFor[domain.Date]() {
		v.Set(reflect.ValueOf(anyDate(t)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.String().Draw(t, "text"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64Range(-1<<53, 1<<53).Draw(t, "int"))
	case reflect.Uint64:
		v.SetUint(rapid.Uint64Range(0, 1<<53).Draw(t, "uint"))
	case reflect.Float64:
		v.SetFloat(rapid.Float64Range(-1e15, 1e15).Draw(t, "float"))
	case reflect.Struct:
		for f, field := range v.Fields() {
			if f.Tag.Get("json") != "-" { // that is not sent
				fill(t, field)
			}
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "there") {
			v.Set(reflect.New(v.Type().Elem()))
			fill(t, v.Elem())
		}
	case reflect.Slice:
		if n := rapid.IntRange(-1, 2).Draw(t, "length"); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(t, v.Index(i))
			}
		}
	default:
		t.Fatalf("nobody has said how a %s is made", v.Type())
	}
}

func anyDate(t *rapid.T) domain.Date {
	if rapid.Bool().Draw(t, "known") {
		return domain.NewDate(rapid.IntRange(1000, 9999).Draw(t, "year"), 1, rapid.IntRange(1, 365).Draw(t, "day"))
	}
	return domain.Date{}
}

var outsideName = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)

func TestNamesOnTheWireAreLowerCamelCase(t *testing.T) {
	for _, name := range known() {
		rapid.Check(t, func(t *rapid.T) {
			wire, err := encodeRequest(anyRequest(t, name))
			if err != nil {
				t.Fatal(err)
			}
			body, err := json.Marshal(wire)
			if err != nil {
				t.Fatal(err)
			}
			var value any
			if err := json.Unmarshal(body, &value); err != nil {
				t.Fatal(err)
			}
			eachName(value, func(name string) {
				if !outsideName.MatchString(name) {
					t.Fatalf("%q stands in %s", name, body)
				}
			})
		})
	}
}

func eachName(value any, visit func(string)) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			visit(name)
			eachName(inner, visit)
		}
	case []any:
		for _, inner := range v {
			eachName(inner, visit)
		}
	}
}

func TestWhatCannotBeReadIsRefusedWhole(t *testing.T) {
	const start = `{"id":"c","by":"u","channel":"cli","command":"measure.start","data":{"measure":"t01"}}`
	if _, err := receive([]byte(start)); err != nil {
		t.Fatalf("the table begins with what can be read: %v", err)
	}
	for name, body := range map[string]string{
		"nothing":                   ``,
		"not JSON":                  `measure start t01`,
		"not an object":             `["measure.start"]`,
		"two values":                start + start,
		"text behind":               start + `x`,
		"a field nobody knows":      strings.Replace(start, `"by"`, `"why":"x","by"`, 1),
		"a field of the command":    strings.Replace(start, `"measure":`, `"why":"x","measure":`, 1),
		"a name twice":              strings.Replace(start, `"by"`, `"by":"v","by"`, 1),
		"a name twice, inside":      strings.Replace(start, `"measure":`, `"Measure":"t02","measure":`, 1),
		"a date that is none":       strings.Replace(start, `"by"`, `"effective":"2022-02-30","by"`, 1),
		"an empty date":             strings.Replace(start, `"by"`, `"effective":"","by"`, 1),
		"a command nobody knows":    strings.Replace(start, `measure.start`, `measure.stop`, 1),
		"a command with no name":    strings.Replace(start, `measure.start`, ``, 1),
		"a channel nobody knows":    strings.Replace(start, `"cli"`, `"telefon"`, 1),
		"no channel":                strings.Replace(start, `"cli"`, `""`, 1),
		"a number for a text":       strings.Replace(start, `"t01"`, `1`, 1),
		"a list for a text":         strings.Replace(start, `"t01"`, `["t01"]`, 1),
		"a text that is not UTF-8":  strings.Replace(start, `t01`, "t\xe501", 1),
		"half a surrogate":          strings.Replace(start, `t01`, `\ud800`, 1),
		"no data":                   strings.Replace(start, `,"data":{"measure":"t01"}`, ``, 1),
		"data that are a list":      strings.Replace(start, `{"measure":"t01"}`, `[]`, 1),
		"more than a command holds": strings.Replace(start, `t01`, strings.Repeat("x", maxBody), 1),
	} {
		if ask, err := receive([]byte(body)); domain.KindOf(err) != domain.Invalid {
			t.Errorf("%s: %.200v, %.200v", name, ask, err)
		}
	}
}

func TestATextThatIsNotUTF8IsRefusedBeforeItIsSent(t *testing.T) {
	ask := domain.Request{ID: "c", By: "u", Channel: domain.ChannelCLI, Command: plan.Complete{On: plan.On{Measure: "t01"}, Result: "R\xe5det"}}
	if _, err := encodeRequest(ask); err == nil {
		t.Error("it was written, and would be another text on the other side")
	}
}

// Whatever comes in, it is refused, or it is a command that can be sent on
// and is the same again.
func FuzzRequest(f *testing.F) {
	for _, c := range []domain.Command{
		plan.Start{On: plan.On{Measure: "t01"}},
		plan.AdoptDeadline{On: plan.On{Measure: "t01"}, Deadline: domain.MustDate("2024-05-31"), Decision: plan.Decision{Case: "RS 03/22"}},
		plan.Import{Plan: plan.Adopted{Plan: "p"}, Actors: []actors.Register{{Actor: "radet"}}, Measures: []plan.Row{{ID: "t01"}}},
		reporting.Report{Measure: "t01", Period: "T1-2023", Text: "æøå \U0001F6A7"},
		actors.Grant{User: "u2", Role: domain.RoleOwner, Actors: []domain.ActorID{"radet"}},
	} {
		wire, err := encodeRequest(domain.Request{ID: "c", By: "u", Channel: domain.ChannelCLI, Command: c})
		if err != nil {
			f.Fatal(err)
		}
		body, err := json.Marshal(wire)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(body)
	}
	f.Add([]byte(`{"command":"measure.start","channel":"cli","data":null}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		ask, err := receive(body)
		if err != nil {
			if kind := domain.KindOf(err); kind != domain.Invalid {
				t.Fatalf("%q is refused as %v: %v", body, kind, err)
			}
			return
		}
		again, err := send(ask)
		if err != nil {
			t.Fatalf("%q can be read and not sent: %v", body, err)
		}
		if a, b := fmt.Sprintf("%#v", ask), fmt.Sprintf("%#v", again); !sameButForEmpty(a, b) {
			t.Fatalf("%q\nis %s\nand then %s", body, a, b)
		}
	})
}

// sameButForEmpty is equality where an empty list is no list.
func sameButForEmpty(a, b string) bool {
	empty := regexp.MustCompile(`\(nil\)|\{\}`)
	return empty.ReplaceAllString(a, "") == empty.ReplaceAllString(b, "")
}
