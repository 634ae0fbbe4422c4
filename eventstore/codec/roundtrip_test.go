package codec_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// draw fills a value with anything its type allows, the zero value among it.
func draw(t *rapid.T, name string, v reflect.Value) {
	switch v.Interface().(type) {
	case domain.Date:
		if rapid.Bool().Draw(t, name+" known") {
			day := rapid.IntRange(-800_000, 3_000_000).Draw(t, name)
			v.Set(reflect.ValueOf(domain.NewDate(2000, time.January, 1).AddDays(day)))
		}
		return
	case json.RawMessage:
		v.Set(reflect.ValueOf(json.RawMessage(rapid.SampledFrom([]string{`"2024-05-31"`, `["a","b"]`, `1.5`, `{"a":null}`}).Draw(t, name))))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.String().Draw(t, name))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, name))
	case reflect.Int, reflect.Int64:
		v.SetInt(rapid.Int64().Draw(t, name))
	case reflect.Float64:
		v.SetFloat(rapid.Float64().Draw(t, name))
	case reflect.Struct:
		for i := range v.NumField() {
			draw(t, name+"."+v.Type().Field(i).Name, v.Field(i))
		}
	case reflect.Pointer:
		if rapid.Bool().Draw(t, name+" there") {
			v.Set(reflect.New(v.Type().Elem()))
			draw(t, name, v.Elem())
		}
	case reflect.Slice:
		n := rapid.IntRange(-1, 3).Draw(t, name+" length")
		if n < 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), n, n))
		for i := range n {
			draw(t, name, v.Index(i))
		}
	default:
		t.Fatalf("%s is of a kind no event has had: %s", name, v.Type())
	}
}

// Whatever comes on the log can be read again, and says what was written, byte for byte.
func TestWhatIsEncodedIsReadBackAsItWas(t *testing.T) {
	c := codec.New(oneKey{})
	rapid.Check(t, func(t *rapid.T) {
		r := recorded(rapid.SampledFrom(examples).Draw(t, "type"))
		event := reflect.New(reflect.TypeOf(r.Event)).Elem()
		draw(t, r.Event.EventName(), event)
		r.Event = event.Interface().(domain.Event)
		line, err := c.Encode(r)
		if err != nil {
			return // refused before it came on the log
		}
		got, err := c.Decode(line)
		if err != nil {
			t.Fatalf("%s\n%v", line, err)
		}
		again, err := c.Encode(got)
		if err != nil || !bytes.Equal(again, line) {
			t.Fatalf("it was\n%sand is read as\n%s(%v)", line, again, err)
		}
	})
}
