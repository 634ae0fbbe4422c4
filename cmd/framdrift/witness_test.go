package main

import (
	"net/http"
	"os"
	"strings"
	"testing"
)

// A member municipality witnesses a log that is served, and the log keeps what
// it cosigned. Then a proof can be asked for that the witness has seen too.
func TestAMunicipalityWitnessesTheLogOfARegion(t *testing.T) {
	withPlan(t)
	s := serve(t)
	url := "http://" + s.address + "/api/regions/fosen/log"
	save := func(file, content string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	keys, _ := framdrift(t, exitOK, "log", "key", "show")
	save("fosen.pub", keys)
	vkey, _ := framdrift(t, exitOK, "witness", "key", "indre-fosen.example")
	save("vitne.pub", vkey)
	if info, err := os.Stat("witness.key"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret key is %v (%v)", info.Mode(), err)
	}
	framdrift(t, exitUsage, "witness", "key", "indre-fosen.example") // the file is there
	framdrift(t, exitUsage, "witness", "key", "Indre Fosen", "-O", "annen.key")

	cosigned, said := framdrift(t, exitOK, "witness", "run", url, "--key", "fosen.pub")
	save("medsignert", cosigned)
	if !strings.Contains(cosigned, "— indre-fosen.example ") || !strings.Contains(said, "medsignert") {
		t.Errorf("it says\n%s%s", cosigned, said)
	}
	framdrift(t, exitRefused, "log", "cosign", "medsignert") // by nobody who is known
	framdrift(t, exitOK, "log", "cosign", "medsignert", "--witness", "vitne.pub")
	if answer, body := s.ask(http.MethodGet, "/api/regions/fosen/log/cosigned", nil); answer.StatusCode != http.StatusOK || string(body) != cosigned {
		t.Errorf("the log serves %d:\n%s", answer.StatusCode, body)
	}
	framdrift(t, exitOK, "measure", "start", "t01")
	framdrift(t, exitOK, "log", "checkpoint")
	if _, said := framdrift(t, exitOK, "witness", "run", url+"/", "--key", strings.TrimSpace(keys)); !strings.Contains(said, "bygger videre") {
		t.Errorf("it says %s", said)
	}
	framdrift(t, exitFailed, "witness", "run", "http://127.0.0.1:1", "--key", "fosen.pub")
	framdrift(t, exitUsage, "witness", "run", url)
	framdrift(t, exitUsage, "witness", "run", url, "--key", "fosen.pub", "--secret", "fosen.pub")
	if _, said := framdrift(t, exitDamaged, "witness", "run", url, "--key", "framdrift/fosen+c9a5370a+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c"); !strings.Contains(said, "witness.unsigned") {
		t.Errorf("it says %s", said)
	}
}

// The tree is served as c2sp.org/tlog-tiles has it: nothing is signed by asking.
func TestTheTreeOfALogIsServed(t *testing.T) {
	withDemo(t)
	s := serve(t)
	get := func(path string) (int, []byte) {
		answer, body := s.ask(http.MethodGet, "/api/regions/fosen/log/"+path, nil)
		return answer.StatusCode, body
	}
	for path, size := range map[string]int{"tile/0/000": 256 * 32, "tile/0/001.p/128": 128 * 32, "tile/1/000.p/1": 32} {
		if status, body := get(path); status != http.StatusOK || len(body) != size {
			t.Errorf("%s: %d, %d bytes", path, status, len(body))
		}
	}
	stored, _ := framdrift(t, exitOK, "log", "export")
	_, first := get("tile/lines/000")
	_, rest := get("tile/lines/001.p/128")
	if string(first)+string(rest) != stored {
		t.Errorf("the lines served have %d bytes, and the log %d", len(first)+len(rest), len(stored))
	}
	if status, entries := get("tile/entries/000"); status != http.StatusOK || len(entries) != len(first)+2*256 {
		t.Errorf("the entries: %d, %d bytes beside %d of lines", status, len(entries), len(first))
	}
	for _, path := range []string{"tile/0/002", "tile/0/001", "tile/0/001.p/129", "tile/8/0/000", "tile/0/../../x", "proof?position=1"} {
		if status, body := get(path); status != http.StatusNotFound {
			t.Errorf("%s: %d %.80s", path, status, body)
		}
	}
	if answer, _ := s.ask(http.MethodPost, "/api/regions/fosen/log/checkpoint", nil); answer.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("signing over HTTP: %d", answer.StatusCode)
	}
}
