package segment_test

import (
	"bytes"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain/docstest"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

const golden = "testdata/golden"

// goldenLog are the events of the seal's vectors, in two messages.
var goldenLog = []eventstore.Message{
	{Head: eventstore.Head{Sequence: 1, Position: 1}, Subject: "plan-2022.measure.t07", Payload: []byte("{\"position\":1}\n")},
	{Head: eventstore.Head{Sequence: 2, Position: 3}, Payload: []byte("{\"position\":2}\n{\"position\":3}\n")},
}

const goldenBytes = 45 // of its lines

// The text that a sealed segment ends with, and how long it is.
func textOf(t testing.TB, path string) string {
	t.Helper()
	b := readFile(t, path)
	return string(b[len(b)-378:])
}

// Segments that were written once are read for ever.
func TestTheFormatIsWhatItWas(t *testing.T) {
	holds(t, golden, goldenLog)
	dir := t.TempDir()
	write(t, dir, segment.Options{SegmentBytes: goldenBytes}, goldenLog)
	holds(t, dir, goldenLog)
	was, is := textOf(t, filepath.Join(golden, firstLines+".zst")), textOf(t, filepath.Join(dir, firstLines+".zst"))
	cutSum := func(s string) string { return s[:strings.Index(s, "lines ")] } // zstd may pack otherwise
	if cutSum(is) != cutSum(was) {
		t.Errorf("it was\n%sand is\n%s", was, is)
	}
}

// The example in docs/format.md is the golden segment.
func TestDocsSegment(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, segment.Options{}, goldenLog)
	b := readFile(t, filepath.Join(golden, firstLines+".zst"))
	indent := func(s string) string {
		return "    " + strings.ReplaceAll(strings.TrimSuffix(s, "\n"), "\n", "\n    ") + "\n"
	}
	frame := bytes.Index(b, []byte{0x5a, 0x2a, 0x4d, 0x18})
	section := "The first three events of the seal's vectors, in two messages. The messages of the\nopen segment:\n\n" +
		indent(string(readFile(t, filepath.Join(dir, firstMessages)))) +
		fmt.Sprintf("\nThe same sealed, `eventstore/segment/testdata/golden`, has %d bytes. The skippable frame\nbegins at byte %d with `% x`, and ends\n\n", len(b), frame, b[frame:frame+8]) +
		indent(textOf(t, filepath.Join(golden, firstLines+".zst")))
	docstest.Section(t, "docs/format.md", "segment", section)
}
