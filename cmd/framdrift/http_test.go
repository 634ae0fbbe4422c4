package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/projections/history"
)

var httpReads = []string{
	"/api/regions", "/api/regions/fosen", "/api/regions/fosen/plan", "/api/regions/fosen/plan/diff?from=%231", "/api/regions/fosen/history", "/api/regions/fosen/delivery", "/api/regions/fosen/delivery/course", "/api/regions/fosen/delivery/sum", "/api/regions/fosen/report",
	"/metrics", "/livez", "/readyz",
}

// Over TCP everything is a question. Whatever else is tried is refused in
// words that a program can read, and leaves no trace.
func TestOverHTTPNothingIsChanged(t *testing.T) {
	withPlan(t)
	s := serve(t)
	before := wholeLog(t)
	body := `{"id":"c1","by":"local","channel":"cli","command":"measure.start","data":{"measure":"t01"}}`
	for _, path := range append([]string{"/api/regions/fosen/commands", "/", "/api/nei"}, httpReads...) {
		for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
			answer, said := s.ask(method, path, func(r *http.Request) {
				r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
			})
			if answer.StatusCode != http.StatusMethodNotAllowed && answer.StatusCode != http.StatusNotFound {
				t.Errorf("%s %s: %s", method, path, answer.Status)
			}
			if got := answer.Header.Get("Content-Type"); got != "application/problem+json" || !json.Valid(said) {
				t.Errorf("%s %s is answered with %s: %s", method, path, got, said)
			}
		}
	}
	if wholeLog(t) != before {
		t.Error("the log has changed")
	}
}

func TestOverHTTPEveryReadIsJSONThatNobodyKeeps(t *testing.T) {
	withPlan(t)
	s := serve(t)
	for _, path := range httpReads[:9] {
		answer, body := s.ask(http.MethodGet, path, nil)
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "application/json" || !json.Valid(body) {
			t.Errorf("%s: %s, %s", path, answer.Status, answer.Header.Get("Content-Type"))
		}
		if answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, answer.Header)
		}
	}
	for _, path := range []string{"/livez", "/readyz"} {
		if answer, body := s.ask(http.MethodGet, path, nil); answer.StatusCode != http.StatusOK || string(body) != "ok\n" {
			t.Errorf("%s: %s %q", path, answer.Status, body)
		}
	}
}

func TestOverHTTPOnlyThisMachineIsAnswered(t *testing.T) {
	withPlan(t)
	s := serve(t)
	for _, path := range append([]string{"/", "/nei"}, httpReads...) {
		answer, body := s.ask(http.MethodGet, path, func(r *http.Request) { r.Host = "framdrift.ond.no" })
		if answer.StatusCode != http.StatusForbidden || !strings.Contains(string(body), "http.host") {
			t.Errorf("%s: %s %.100s", path, answer.Status, body)
		}
	}
}

// PromQL may be posted, as Grafana does. It is asked of this machine only, and
// changes nothing.
func TestOverHTTPTheHistoryIsAskedAndNotChanged(t *testing.T) {
	withDemo(t)
	s := serve(t)
	before := wholeLog(t)
	const query = "/api/v1/query?query=sum(framdrift_measures)&time=2024-06-01T12:00:00Z"
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if answer, body := s.ask(method, query, nil); answer.StatusCode != http.StatusOK || !strings.Contains(string(body), `"26"]`) {
			t.Errorf("%s: %s %s", method, answer.Status, body)
		}
		if answer, body := s.ask(method, query, func(r *http.Request) { r.Host = "framdrift.ond.no" }); answer.StatusCode != http.StatusForbidden {
			t.Errorf("%s from elsewhere: %s %s", method, answer.Status, body)
		}
	}
	for _, method := range []string{http.MethodPut, http.MethodPatch, http.MethodDelete} {
		if answer, body := s.ask(method, query, nil); answer.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: %s %s", method, answer.Status, body)
		}
	}
	if wholeLog(t) != before {
		t.Error("the log has changed")
	}
}

func TestOverHTTPANoSaysWhichRule(t *testing.T) {
	withPlan(t)
	s := serve(t)
	for path, want := range map[string]struct {
		status int
		code   string
	}{
		"/nei": {404, "http.path"}, "/api/regions/osen": {404, "region.unknown"}, "/api/regions/osen/plan": {404, "region.unknown"},
		"/api/regions/fosen/nei": {404, "http.path"}, "/api/regions/fosen/plan?plan=nei": {404, "plan.unknown"},
		"/api/regions/fosen/plan?per=snart": {422, "input.per"}, "/api/regions/fosen/plan?visning=vakker": {422, "input.view"},
		"/api/regions/fosen/plan?per=2022-01-01": {404, "plan.none-then"}, "/api/regions/fosen/plan?per=%239999": {404, "log.past-end"},
		"/api/regions/fosen/history?limit=x": {422, "input.whole-number"}, "/api/regions/fosen/history?after=-1": {422, "input.whole-number"},
		"/api/regions/fosen/history?from=x": {422, "input.date"}, "/api/regions/fosen/history?lang=xx": {422, "input.language"},
	} {
		answer, body := s.ask(http.MethodGet, path, nil)
		var p struct {
			Status       int
			Code, Detail string
			Message      map[string]string
		}
		if err := json.Unmarshal(body, &p); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if answer.StatusCode != want.status || p.Status != want.status || p.Code != want.code {
			t.Errorf("%s: %d %d %s, want %v", path, answer.StatusCode, p.Status, p.Code, want)
		}
		if p.Detail == "" || p.Message["nb"] != p.Detail || p.Message["nn"] == "" || p.Message["en"] == "" {
			t.Errorf("%s says %v", path, p)
		}
	}
}

// Commands come by the socket; what is no command is refused there.
func TestBySocketANoSaysWhichRule(t *testing.T) {
	withPlan(t)
	serve(t)
	before := wholeLog(t)
	start := func(by, measure string) string {
		return fmt.Sprintf(`{"id":"c-%s-%s","by":%q,"channel":"cli","command":"measure.start","data":{"measure":%q}}`, by, measure, by, measure)
	}
	for _, c := range []struct {
		path, body string
		status     int
		code       string
	}{
		{"/api/regions/fosen/commands", start("local", "t99"), 409, "measure.not-adopted"},
		{"/api/regions/fosen/commands", start("u9", "t01"), 403, "user.not-allowed"},
		{"/api/regions/osen/commands", start("local", "t01"), 404, "region.unknown"},
		{"/api/regions/fosen/commands", "ikke JSON", 422, "input.body"},
		{"/api/regions/fosen/commands", strings.ReplaceAll(start("local", "t01"), "measure.start", "measure.stop"), 422, "input.command"},
		{"/api/regions", start("local", "t01"), 422, "input.begin"},
		{"/api/regions", `{"id":"c","by":"local","channel":"cli","command":"region.register","data":{"region":"../ut","name":"X"}}`, 422, "input.id"},
		{"/api/regions", `{"id":"c","by":"local","channel":"cli","command":"region.register","data":{"region":"osen"}}`, 422, "input.empty"},
		{"/api/regions/fosen/plan", "", 405, "http.method"},
	} {
		answer, body := throughSocket(t, http.MethodPost, c.path, c.body)
		if answer.StatusCode != c.status || !strings.Contains(string(body), `"`+c.code+`"`) {
			t.Errorf("%s %s: %s %s, want %d %s", c.path, c.body, answer.Status, body, c.status, c.code)
		}
	}
	if wholeLog(t) != before {
		t.Error("the log has changed")
	}
	if regions, _ := framdrift(t, exitOK, "plan", "list"); regions == "" {
		t.Error("another region has come")
	}
}

// A page of history says whether there is more, and the pages are the whole.
func TestHistoryComesInPages(t *testing.T) {
	withDemo(t)
	s := serve(t)
	type page struct {
		Entries []history.Line
		More    bool
	}
	var next, pages uint64
	for more := true; more; pages++ {
		var p page
		s.get(fmt.Sprintf("/api/regions/fosen/history?limit=100&after=%d", next), &p)
		for _, e := range p.Entries {
			if next++; uint64(e.Position) != next {
				t.Fatalf("event %d stands where %d should", e.Position, next)
			}
		}
		more = p.More
		if more && len(p.Entries) != 100 {
			t.Errorf("a page of %d is not the last", len(p.Entries))
		}
	}
	if next != 384 || pages != 4 {
		t.Errorf("%d events came in %d pages", next, pages)
	}
	var p page
	if s.get("/api/regions/fosen/history?limit=0", &p); len(p.Entries) != 1 || !p.More {
		t.Errorf("limit=0 gives %d", len(p.Entries))
	}
	if s.get("/api/regions/fosen/history?after=384", &p); len(p.Entries) != 0 || p.More {
		t.Errorf("after the last there are %d", len(p.Entries))
	}
	if s.get("/api/regions/fosen/history?after=4611686018427387903", &p); len(p.Entries) != 0 {
		t.Error("far after the last there is something")
	}
}

// With wait=1 an answer comes when there is something to tell.
func TestWhoWaitsIsToldWhenItComes(t *testing.T) {
	withPlan(t)
	s := serve(t)
	type page struct{ Entries []history.Line }
	var at struct{ Position uint64 }
	s.get("/api/regions/fosen", &at)
	var there page
	if s.get("/api/regions/fosen/history?wait=1", &there); len(there.Entries) != int(at.Position) {
		t.Errorf("%d of %d events were told at once", len(there.Entries), at.Position)
	}
	told := make(chan page, 1)
	go func() {
		var p page
		defer func() { told <- p }()
		s.get(fmt.Sprintf("/api/regions/fosen/history?wait=1&after=%d", at.Position), &p)
	}()
	framdrift(t, exitOK, "measure", "start", "t01")
	if p := <-told; len(p.Entries) != 1 || p.Entries[0].Type != "measure.started" {
		t.Errorf("what was told is %+v", p)
	}
}

// log follow goes on from where it was, whoever has the data.
func TestFollowTellsWhatComesWithAndWithoutServe(t *testing.T) {
	withPlan(t)
	ctx, stop := context.WithCancel(context.Background())
	read, write := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		code := run(ctx, []string{"log", "follow", "--after", "86", "-o", "json"}, strings.NewReader(""), write, io.Discard)
		write.Close() //nolint:errcheck // a pipe's end
		ended <- code
	}()
	lines := json.NewDecoder(read)
	next := func(measure string) {
		t.Helper()
		var l history.Line
		if err := lines.Decode(&l); err != nil || string(l.Measure) != measure {
			t.Fatalf("told %v of %q, want %s", err, l.Measure, measure)
		}
	}
	framdrift(t, exitOK, "measure", "start", "t01")
	next("t01")
	t.Run("beside serve", func(t *testing.T) {
		serve(t)
		framdrift(t, exitOK, "measure", "start", "t02")
		next("t02")
	})
	framdrift(t, exitOK, "measure", "start", "t03")
	next("t03")
	stop()
	if code := <-ended; code != exitOK {
		t.Errorf("stopped by its user it ended with %d", code)
	}
}

var outsideName = regexp.MustCompile(`^[a-z][A-Za-z0-9]*$`)

// Outside, names are lowerCamelCase, and an erased text is [slettet], never
// the mark it has inside.
func TestWhatGoesOutIsForOutside(t *testing.T) {
	withDemo(t)
	destroyKeys(t)
	s := serve(t)
	for _, read := range reads {
		for _, form := range []string{"table", "json", "csv"} {
			var out strings.Builder
			run(t.Context(), append([]string{"-o", form}, read...), strings.NewReader(""), &out, io.Discard)
			if text := out.String(); strings.Contains(text, "\x00") || strings.Contains(text, `\u0000`) {
				t.Errorf("framdrift %v -o %s shows the mark of an erased text", read, form)
			}
		}
	}
	for _, path := range httpReads[:9] {
		_, body := s.ask(http.MethodGet, path, nil)
		if strings.Contains(string(body), `\u0000`) {
			t.Errorf("%s shows the mark of an erased text", path)
		}
		var value any
		if err := json.Unmarshal(body, &value); err != nil {
			t.Fatal(err)
		}
		checkNames(t, path, value)
	}
	card, _ := framdrift(t, exitOK, "measure", "show", "t12")
	if !regexp.MustCompile(`(?m)^  Resultat +\[slettet\]$`).MatchString(card) || !strings.Contains(card, "gjenåpnet t12 «Samferdselskonferanse»: [slettet]") {
		t.Errorf("the erased texts of t12 are shown as\n%s", card)
	}
	if card, _ = framdrift(t, exitOK, "measure", "show", "t12", "--lang", "nn", "-o", "json"); !strings.Contains(card, "[sletta]") {
		t.Errorf("in nynorsk they are\n%s", card)
	}
}

// destroyKeys erases every text of the demo.
func destroyKeys(t *testing.T) {
	t.Helper()
	out, _ := framdrift(t, exitOK, "log", "show", "-o", "json")
	var entries []struct{ ID domain.EventID }
	if err := json.Unmarshal([]byte(out), &entries); err != nil {
		t.Fatal(err)
	}
	master, err := vault.ReadMaster(filepath.Join(defaultData, "master.key"))
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Open(filepath.Join(defaultData, "vault"), master)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := v.Destroy(t.Context(), e.ID); err != nil && !errors.Is(err, vault.ErrNoKey) {
			t.Fatal(err)
		}
	}
	if err := v.Close(); err != nil {
		t.Fatal(err)
	}
}

func checkNames(t *testing.T, where string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if !outsideName.MatchString(name) {
				t.Errorf("%s has a field %q", where, name)
			}
			checkNames(t, where+"."+name, inner)
		}
	case []any:
		for _, inner := range v {
			checkNames(t, where, inner)
		}
	}
}
