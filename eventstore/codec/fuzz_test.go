package codec_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

func FuzzDecode(f *testing.F) {
	for _, e := range examples {
		f.Add(golden(f, e))
	}
	f.Add([]byte(`{"specversion":"1.0"}`))
	f.Add([]byte(`null`))
	c := codec.New(testKey)
	f.Fuzz(func(t *testing.T, line []byte) {
		first, err := c.Decode(line)
		if err != nil {
			return
		}
		again, err := c.Encode(first)
		if err != nil { // only a line without a date that its type must have, which Encode never wrote
			return
		}
		second, err := c.Decode(again)
		if err != nil {
			t.Fatalf("it is written again as %s, which gives %v", again, err)
		}
		if !reflect.DeepEqual(compact(t, first), compact(t, second)) {
			t.Errorf("it reads as\n%#v\nand written again as\n%#v", first, second)
		}
	})
}

// compact takes the spaces out of JSON that a correction carries as it was.
func compact(t *testing.T, r domain.Recorded) domain.Recorded {
	t.Helper()
	e, ok := r.Event.(correction.EventCorrected)
	if !ok {
		return r
	}
	for _, raw := range []*json.RawMessage{&e.Old, &e.New} {
		var b bytes.Buffer
		if len(*raw) == 0 {
			continue
		}
		if err := json.Compact(&b, *raw); err != nil {
			t.Fatal(err)
		}
		*raw = b.Bytes()
	}
	r.Event = e
	return r
}
