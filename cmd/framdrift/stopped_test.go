package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

// written puts lines at the end of the log, a message each, as another program
// would.
func written(t *testing.T, lines ...string) {
	t.Helper()
	store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: filepath.Join(defaultData, "jetstream")})
	if err != nil {
		t.Fatal(err)
	}
	log, err := store.Open(t.Context(), "fosen")
	if err != nil {
		t.Fatal(err)
	}
	var head eventstore.Head
	for m, err := range log.Read(t.Context(), head) {
		if err != nil {
			t.Fatal(err)
		}
		head = m.Head
	}
	for _, line := range lines {
		if head, err = log.Append(t.Context(), head, eventstore.Commit{Events: [][]byte{[]byte(line + "\n")}}); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// paused is what a newer Framdrift might write as event 87, after the import.
const paused = `{"specversion":"1.0","id":"0193471e-7a5c-7d3e-8f10-2b4c6d8e0f12","source":"/regions/fosen","type":"no.framdrift.measure.paused.v1","subject":"measure/t01","time":"2099-06-21T12:00:00.000000000Z","datacontenttype":"application/json","position":87,"plan":"handlingsplan-2022-2024","actor":"local","channel":"cli","commandid":"c87","effective":"2099-06-21","data":{"until":"2100-01-01"}}`

// withAndWithoutServe runs a test on the data directory, alone and beside a serve.
func withAndWithoutServe(t *testing.T, test func(t *testing.T, s *served)) {
	t.Helper()
	t.Run("alone", func(t *testing.T) { test(t, nil) })
	t.Run("beside a serve", func(t *testing.T) { test(t, serve(t)) })
}

// said fails unless every text stands in what was said.
func said(t *testing.T, what string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(what, text) {
			t.Errorf("it does not say %q:\n%s", text, what)
		}
	}
}

func TestALogOfANewerProgramIsReadByItsLinesAndNotWritten(t *testing.T) {
	withPlan(t)
	written(t, paused)
	withAndWithoutServe(t, func(t *testing.T, s *served) {
		for _, args := range [][]string{
			{"plan", "show"},
			{"measure", "list"},
			{"log", "show"},
			{"log", "follow"},
			{"delivery", "show"},
			{"report", "final", "-O", "-"},
			{"plan", "show", "--per", "#87"},
			{"measure", "start", "t01"},
			{"init", "fosen", "--name", "Fosenregionen"},
		} {
			out, err := framdrift(t, exitDamaged, args...)
			said(t, err, "skrevet hendelse 87 på loggen til fosen", "no.framdrift.measure.paused.v1 er ukjent her", "bruk den nyere versjonen", "[log.newer]")
			if out != "" {
				t.Errorf("%v prints %s", args, out)
			}
		}
		raw, _ := framdrift(t, exitOK, "log", "export")
		if lines := strings.SplitAfter(raw, "\n"); len(lines) != 88 || lines[86] != paused+"\n" {
			t.Errorf("it has %d lines, and the last is %s", len(lines)-1, lines[max(len(lines)-2, 0)])
		}
		for _, args := range [][]string{{"plan", "show"}, {"log", "show"}, {"delivery", "show"}, {"report", "final", "-O", "-"}} {
			_, err := framdrift(t, exitOK, append(args, "--per", "#86")...)
			said(t, err, "Obs: Et nyere Framdrift har skrevet hendelse 87")
		}
		if s == nil {
			return
		}
		for path, status := range map[string]int{"/readyz": http.StatusServiceUnavailable, "/livez": http.StatusOK, "/api/regions/fosen/plan": http.StatusInsufficientStorage, "/api/regions/fosen/plan?per=%2386": http.StatusOK} {
			if answer, body := s.ask(http.MethodGet, path, nil); answer.StatusCode != status {
				t.Errorf("%s: %s %s", path, answer.Status, body)
			}
		}
	})
}

func TestAServeThatBeginsOnSuchALogSaysSo(t *testing.T) {
	withPlan(t)
	written(t, paused)
	var s *served
	t.Cleanup(func() { said(t, s.said.String(), "fosen, 86 hendelser", "har skrevet hendelse 87") }) // when it has ended
	s = serve(t)
}

func TestALogThatEndsInSomethingForeignAnswersFromBeforeItAndSaysSo(t *testing.T) {
	withPlan(t)
	before := wholeLog(t)
	written(t, "hei")
	withAndWithoutServe(t, func(t *testing.T, _ *served) {
		out, err := framdrift(t, exitOK, "log", "show", "-o", "json")
		if said(t, err, "Obs: Meldingen med sekvens 3 på loggen til fosen er ikke skrevet av Framdrift"); out != before {
			t.Errorf("it tells of something else than before:\n%s", out)
		}
		_, err = framdrift(t, exitDamaged, "measure", "start", "t01")
		said(t, err, "ingenting mer tas imot", "[log.foreign]")
		raw, _ := framdrift(t, exitOK, "log", "export")
		if lines := strings.Split(raw, "\n"); len(lines) != 88 || lines[86] != "hei" {
			t.Errorf("it has %d lines", len(lines)-1)
		}
	})
}

// A change that is too large is refused with the limit, however it comes: in
// one sentence, and the log goes on.
func TestAChangeThatIsTooLargeIsRefusedWithTheLimit(t *testing.T) {
	withPlan(t)
	plan, err := os.ReadFile("plan.txt")
	if err != nil {
		t.Fatal(err)
	}
	begin := strings.Join(strings.SplitAfter(string(plan), "\n")[:22], "")
	var large strings.Builder
	large.WriteString(strings.ReplaceAll(begin, "2022-2024", "2025-2028"))
	for i := range 1000 {
		fmt.Fprintf(&large, "Innsats\tHandling %d\tTiltak %d %s\tRådet\tNTNU\n", i, i, strings.Repeat("x", 9000))
	}
	if err := os.WriteFile("large.txt", []byte(large.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	before := wholeLog(t)
	withAndWithoutServe(t, func(t *testing.T, s *served) {
		_, err := framdrift(t, exitUsage, "plan", "import", "large.txt", "--yes")
		limit := "8387584"
		if s != nil {
			limit = "16777216"
		}
		said(t, err, limit+" ", "Ingenting ble lagret; del den opp.", "[door.too-large]")
		if lines := strings.Split(err[strings.Index(err, "framdrift: "):], "\n"); len(lines) != 2 {
			t.Errorf("it is not one sentence:\n%s", err)
		}
		if wholeLog(t) != before {
			t.Error("the log has changed")
		}
	})
	framdrift(t, exitOK, "measure", "start", "t01")
}
