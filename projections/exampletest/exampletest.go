// Package exampletest holds the log of the second worked example of
// gjennomføringskraft, as it is stored, for the tests of every projection.
package exampletest

import (
	"bytes"
	_ "embed"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

//go:embed testdata/delivery-2.jsonl
var stored []byte

// Log is the example's events, from the first.
func Log(t testing.TB) []domain.Recorded {
	t.Helper()
	c := codec.New(nil)
	var events []domain.Recorded
	for line := range bytes.Lines(stored) {
		r, err := c.Decode(line)
		if err != nil {
			t.Fatal(err)
		}
		events = append(events, r)
	}
	return events
}
