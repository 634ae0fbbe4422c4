package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
)

// A log that began in a data directory goes on on servers elsewhere: taken
// out, put in by the user who may make it, and used by the one who may not.
func TestALogMovesToServersByReplay(t *testing.T) {
	withDemo(t)
	framdrift(t, exitOK, "log", "export", "fosen.jsonl")
	want, err := os.ReadFile("fosen.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	shown, _ := framdrift(t, exitOK, "delivery", "show", "-o", "json")
	card, _ := framdrift(t, exitOK, "measure", "show", "t12")
	s := jetstreamtest.Start(t, 1, 1)
	users := s.Accounts[0]
	there := func(user, data string, args ...string) []string {
		if data == "three" {
			args = append(args, "--master-key-file", "one/master.key")
		}
		return append(args, "--nats-url", s.URL(), "--nats-nkey", user, "--data", data)
	}
	framdrift(t, exitOK, there(users.App, "one", "log", "restore", "fosen.jsonl", "--dry-run")...)
	if _, err := os.Stat("one"); err == nil {
		t.Error("a dry run has made a directory")
	}
	_, said := framdrift(t, exitForbidden, there(users.App, "two", "log", "restore", "fosen.jsonl")...)
	if !strings.Contains(said, "vault.not-allowed") {
		t.Errorf("who may not make a log is told %s", said)
	}
	_, said = framdrift(t, exitUsage, there(users.Init, "two", "log", "restore", "plan.txt")...)
	if !strings.Contains(said, "copy.foreign") {
		t.Errorf("what is no log is answered %s", said)
	}
	framdrift(t, exitOK, there(users.Init, "one", "log", "restore", "fosen.jsonl", "--master-key-file", defaultData+"/master.key")...)
	for _, name := range []string{"vault", "master.key"} { // before anything more is recorded
		if err := os.Rename(filepath.Join(defaultData, name), filepath.Join("one", name)); err != nil {
			t.Fatal(err)
		}
	}
	framdrift(t, exitOK, there(users.App, "three", "init", "fosen", "--name", "Fosenregionen")...)
	for _, data := range []string{"one", "three"} {
		if got, _ := framdrift(t, exitOK, there(users.App, data, "measure", "show", "t12")...); got != card {
			t.Errorf("%s: t12 is\n%s\nand was\n%s", data, got, card)
		}
		got, _ := framdrift(t, exitOK, there(users.App, data, "log", "export")...)
		if got != string(want) {
			t.Errorf("%s: %d bytes came out, and %d went in", data, len(got), len(want))
		}
		if got, _ := framdrift(t, exitOK, there(users.App, data, "delivery", "show", "-o", "json")...); got != shown {
			t.Errorf("%s: gjennomføringskraft is\n%s\nand was\n%s", data, got, shown)
		}
	}
	framdrift(t, exitOK, there(users.App, "three", "user", "grant", "u9", "--role", "reader")...)
	_, said = framdrift(t, exitUsage, there(users.Init, "one", "log", "restore", "fosen.jsonl")...)
	if !strings.Contains(said, "restore.longer") {
		t.Errorf("a log that has gone on is answered %s", said)
	}
}

func TestWhoStopsARestoreIsToldHowToGoOn(t *testing.T) {
	for l, want := range map[domain.Language]string{
		domain.Bokmal:  "er lest inn til og med hendelse 4 av 10. Gjør det samme igjen",
		domain.Nynorsk: "er lesen inn til og med hending 4 av 10. Gjer det same igjen",
		domain.English: "has been restored up to event 4 of 10. Do the same again",
	} {
		var said bytes.Buffer
		r := &restoring{cli: &cli{err: &said, language: l}, copy: &app.Copy{Region: "fosen", Events: 10}}
		if err := r.interrupted(app.Restored{Position: 4}, context.Canceled); !errors.Is(err, context.Canceled) || !strings.Contains(said.String(), want) {
			t.Errorf("%s: %v, and %s", l, err, said.String())
		}
	}
}
