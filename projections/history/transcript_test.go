package history

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

var update = flag.Bool("update", false, "write the golden transcripts anew")

// TestTranscripts holds two logs told in three languages. Read them aloud
// before committing a new one.
func TestTranscripts(t *testing.T) {
	for name, log := range map[string][]domain.Recorded{"everything": whole(), "example": exampletest.Log(t)} {
		for _, l := range domain.Languages() {
			t.Run(name+"/"+string(l), func(t *testing.T) {
				golden(t, fmt.Sprintf("testdata/%s.%s.txt", name, l), transcript(told(t, log), l))
			})
		}
	}
}

// transcript is a line for each entry, and under it what changed and why.
func transcript(h *History, l domain.Language) string {
	var b strings.Builder
	for _, e := range h.Entries(Filter{}) {
		line := e.In(l)
		fmt.Fprintf(&b, "%d %s: %s\n", line.Position, domain.DateOf(line.Recorded).Norwegian(), line.Sentence)
		for _, c := range line.Changes {
			fmt.Fprintf(&b, "\t%s\n", strings.Join(strings.Fields(fmt.Sprintf("%s %s: %s → %s", c.Field, c.Of, c.Old, c.New)), " "))
		}
		for why := range strings.Lines(line.Why) {
			fmt.Fprintf(&b, "\t» %s\n", strings.TrimSuffix(why, "\n"))
		}
	}
	return b.String()
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s says otherwise; run with -update and read the difference", file)
	}
}

// TestEveryEventIsTold: no type on the log is without a sentence of its own
// in each of the three languages.
func TestEveryEventIsTold(t *testing.T) {
	var names []string
	for _, e := range told(t, whole()).Entries(Filter{}) {
		names = append(names, e.Event.EventName())
		nb, nn, en := e.Sentence(domain.Bokmal), e.Sentence(domain.Nynorsk), e.Sentence(domain.English)
		if nb == "" || nn == "" || en == "" || nb == en || nn == en {
			t.Errorf("%s is told as %q, %q, %q", e.Event.EventName(), nb, nn, en)
		}
		for _, s := range []string{nb, nn, en} {
			if strings.Contains(s, "%!") || strings.Contains(s, "  ") {
				t.Errorf("%s is told badly: %q", e.Event.EventName(), s)
			}
		}
	}
	for _, name := range codec.Names() {
		if !slices.Contains(names, name) {
			t.Errorf("%s is not in the log of everything", name)
		}
	}
}
