package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
)

var testRule = domain.Rule{Kind: domain.Refused, Code: "a.code", Text: domain.Phrase{NB: "Ikke %[1]s", NN: "Ikkje %[1]s", EN: "Not %[1]s"}}

// Each kind of error has a status of its own, so that the client at the other
// end makes the same error of it.
func TestAProblemCarriesItsErrorThrough(t *testing.T) {
	seen := map[int]bool{}
	for kind := domain.Failed; kind <= domain.Damaged; kind++ {
		r := testRule
		r.Kind = kind
		w := httptest.NewRecorder()
		writeProblem(w, r.Because(errors.New("a secret of the machine"), "her"))
		if status, ok := statuses[kind]; !ok || seen[status] || w.Code != status {
			t.Errorf("kind %d has status %d", kind, w.Code)
		}
		seen[w.Code] = true
		if got := w.Header().Get("Content-Type"); got != "application/problem+json" {
			t.Errorf("kind %d is written as %q", kind, got)
		}
		if bytes.Contains(w.Body.Bytes(), []byte("secret")) {
			t.Errorf("kind %d tells its cause: %s", kind, w.Body)
		}
		var p problem
		if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
			t.Fatal(err)
		}
		e := domain.Explain(p.asError())
		if want := r.Text.Fill("her"); e.Kind != kind || e.Code != r.Code || e.Message != want || p.Detail != want.NB {
			t.Errorf("kind %d came through as %+v, %q", kind, e, p.Detail)
		}
	}
}

func TestOnlyWhatPassesIsToBeTriedAgain(t *testing.T) {
	for kind, again := range map[domain.Kind]string{domain.Busy: "1", domain.Refused: "", domain.Failed: ""} {
		w := httptest.NewRecorder()
		r := testRule
		r.Kind = kind
		writeProblem(w, r.With("her"))
		if got := w.Header().Get("Retry-After"); got != again {
			t.Errorf("kind %d: Retry-After %q", kind, got)
		}
	}
}

// The members of a problem are those of RFC 9457, and two of ours.
func TestTheShapeOfAProblem(t *testing.T) {
	w := httptest.NewRecorder()
	writeProblem(w, testRule.With("her"))
	var members map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &members); err != nil {
		t.Fatal(err)
	}
	var names []string
	eachName(members, func(name string) { names = append(names, name) })
	slices.Sort(names)
	if want := []string{"code", "detail", "en", "message", "nb", "nn", "status", "title"}; !slices.Equal(names, want) {
		t.Errorf("its members are %v, want %v", names, want)
	}
	if members["status"] != float64(http.StatusConflict) || members["title"] != "Conflict" {
		t.Errorf("it says %v %v", members["status"], members["title"])
	}
}

// What a mux answers by itself is a problem too.
func TestNoAddressAndNoMethodAreProblems(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /there", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	for _, c := range []struct {
		method, path string
		status       int
		code, allow  string
	}{
		{"GET", "/there", http.StatusNoContent, "", ""},
		{"HEAD", "/there", http.StatusNoContent, "", ""},
		{"POST", "/there", http.StatusMethodNotAllowed, "http.method", "GET, HEAD"},
		{"DELETE", "/there", http.StatusMethodNotAllowed, "http.method", "GET, HEAD"},
		{"GET", "/elsewhere", http.StatusNotFound, "http.path", ""},
		{"PUT", "/elsewhere", http.StatusNotFound, "http.path", ""},
	} {
		w := httptest.NewRecorder()
		Problems(mux).ServeHTTP(w, httptest.NewRequest(c.method, c.path, http.NoBody))
		var p problem
		if c.code != "" {
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
		}
		if w.Code != c.status || p.Code != c.code || w.Header().Get("Allow") != c.allow {
			t.Errorf("%s %s: %d %q, Allow %q", c.method, c.path, w.Code, p.Code, w.Header().Get("Allow"))
		}
	}
}

func TestOnlyThisMachineIsAnswered(t *testing.T) {
	inner := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	for host, ok := range map[string]bool{
		"localhost": true, "localhost:8080": true, "127.0.0.1": true, "127.0.0.1:8080": true, "[::1]:8080": true, "127.1.2.3:80": true,
		"framdrift.no": false, "framdrift.no:8080": false, "localhost.ond.no": false, "127.0.0.1.ond.no:8080": false,
		"192.168.1.2:8080": false, "0.0.0.0:8080": false, "": false, "localhost@ond.no": false, "[::ffff:10.0.0.1]:80": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.Host = host
		w := httptest.NewRecorder()
		OnlyLoopback(inner).ServeHTTP(w, r)
		if (w.Code == http.StatusNoContent) != ok || !ok && w.Code != http.StatusForbidden {
			t.Errorf("%q is answered %d", host, w.Code)
		}
	}
}
