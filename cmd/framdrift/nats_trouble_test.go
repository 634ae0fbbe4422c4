//go:build faults

package main

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// What a person reads who gives a command while the servers have no leader:
// that nothing was saved, or that it is not known and what to do.
var unreachable = map[string][]string{
	"nb": {
		"Loggen kan ikke nås akkurat nå. Ingenting ble lagret; prøv igjen om litt.",
		"Loggen kan ikke leses akkurat nå, så det er uvisst om endringen ble lagret. Spør igjen med samme --command-id.",
	},
	"nn": {
		"Loggen kan ikkje nåast akkurat no. Ingenting vart lagra; prøv igjen om litt.",
		"Loggen kan ikkje lesast akkurat no, så det er uvisst om endringa vart lagra. Spør igjen med same --command-id.",
	},
	"en": {
		"The log cannot be reached just now. Nothing was saved; try again in a moment.",
		"The log cannot be read just now, so it is not known whether the change was saved. Ask again with the same --command-id.",
	},
}

// plainly gives a command, which must be carried out, or answered in plain
// words of the language that it asks in.
func plainly(t *testing.T, language, name string, id int) (done bool) {
	t.Helper()
	args := []string{"actor", "add", name, "--lang", language, "--command-id", fmt.Sprintf("00000000-0000-4000-8000-%012d", id)}
	var out, err bytes.Buffer
	code := run(t.Context(), args, strings.NewReader(""), &out, &err)
	told := slices.ContainsFunc(unreachable[language], func(one string) bool { return strings.Contains(err.String(), one) })
	if code != exitOK && (code != exitFailed || !told) {
		t.Errorf("%v: exit code %d\n%s", args, code, err.String())
	}
	return code == exitOK
}

// A change of leader is waited out, and so is the loss of one server of three.
// The loss of two is told, in the language of who asks, until it is over; then
// every command stands once.
func TestTroubleOfServersIsWaitedOutOrToldInPlainWords(t *testing.T) {
	s := jetstreamtest.Start(t, 3, 1)
	atHome(t)
	there := func(user string) []string {
		return []string{"--nats-url", s.URL(), "--nats-nkey", user, "--nats-replicas", "3"}
	}
	framdrift(t, exitOK, append(there(s.Accounts[0].Init), "init", "fosen", "--name", "Fosenregionen")...)
	served := serve(t, append(there(s.Accounts[0].App), "--lang", "en")...)

	s.StepDown(t, s.Accounts[0], "FRAMDRIFT_fosen")
	framdrift(t, exitOK, "actor", "add", "Ein")
	leader := s.Leader(t, s.Accounts[0].Name, "FRAMDRIFT_fosen")
	leader.Kill(t)
	jetstreamtest.Eventually(t, "the others carry it out", func() bool { return plainly(t, "nb", "To", 2) })
	second := s.Leader(t, s.Accounts[0].Name, "FRAMDRIFT_fosen")
	second.Kill(t)

	languages := []string{"nb", "nn", "en"}
	var wait sync.WaitGroup
	for i, language := range languages {
		wait.Go(func() {
			if plainly(t, language, language, 3+i) {
				t.Errorf("one server of three has carried out a command")
			}
		})
	}
	wait.Wait()
	jetstreamtest.Eventually(t, "readyz tells of it", func() bool {
		answer, body := served.ask(http.MethodGet, "/readyz", nil)
		return answer.StatusCode == http.StatusServiceUnavailable && strings.HasPrefix(string(body), "fosen: The log of fosen has not answered since ")
	})
	if answer, body := served.ask(http.MethodGet, "/api/regions/fosen", nil); answer.StatusCode != http.StatusOK {
		t.Errorf("reading is answered with %s\n%s", answer.Status, body)
	}

	leader.Start(t)
	second.Start(t)
	jetstreamtest.Eventually(t, "readyz says ok", func() bool {
		answer, body := served.ask(http.MethodGet, "/readyz", nil)
		return answer.StatusCode == http.StatusOK && string(body) == "ok\n"
	})
	for i, language := range languages {
		jetstreamtest.Eventually(t, "it is carried out", func() bool { return plainly(t, language, language, 3+i) })
	}
	if n, want := len(logged(t, "--type", "actor.registered")), 2+len(languages); n != want {
		t.Errorf("%d actors were registered, want %d", n, want)
	}
}
