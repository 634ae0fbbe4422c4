package codec_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A typical event: a deadline adopted by decision, about 560 bytes.
func typical(b *testing.B) []byte {
	b.Helper()
	return []byte(`{"specversion":"1.0","id":"018ce84c-da80-77b1-a278-f5abe8e9da90","source":"/regions/fosen","type":"no.framdrift.deadline.adopted.v1","subject":"measure/t07","time":"2024-01-08T09:00:00.000000000Z","datacontenttype":"application/json","position":53,"plan":"handlingsplan-2023-2025","actor":"u1","onbehalfof":"utviklingsleder","channel":"cli","commandid":"018ce84c-da80-77a6-8a16-13a8b135b907","effective":"2023-12-20","data":{"deadline":"2025-01-31","decision":{"body":"Rådet","case":"R 1/24","date":"2024-02-10"},"deliverable":"2024"}}` + "\n")
}

func BenchmarkDecode(b *testing.B) {
	line, c := typical(b), codec.New(nil)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Decode(line); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEncode(b *testing.B) {
	c := codec.New(nil)
	e, err := c.Decode(typical(b))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Encode(e); err != nil {
			b.Fatal(err)
		}
	}
}
