package dashboards_test

import (
	"encoding/json"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/api"
	promv1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/dashboards"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/promapi"
	"github.com/fosenregionen/framdrift/domain"
)

// chosen is an expression as Grafana sends it, with the choices made.
func chosen(expr, view string) string {
	return strings.NewReplacer(
		"$region", string(demo.Region), "$plan", string(demo.Plan), "$view", view, "$__rate_interval", "1m",
	).Replace(expr)
}

// history is the official client of the demo's own /api/v1.
func history(t *testing.T, p played) promv1.API {
	t.Helper()
	s := httptest.NewServer(promapi.Handler(p.app))
	t.Cleanup(s.Close)
	c, err := api.NewClient(api.Config{Address: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	return promv1.NewAPI(c)
}

// Every picture of a plan has something to show of the demo, in both views, and
// what is known and what is corrected are drawn by the same expression.
func TestEveryPanelOfAPlanShowsTheDemo(t *testing.T) {
	h := history(t, play(t))
	over := promv1.Range{Start: domain.MustDate("2022-06-01").At(0, 0), End: domain.MustDate("2024-12-31").At(0, 0), Step: 7 * 24 * time.Hour}
	for _, d := range dashboards.All() {
		for _, p := range d.Panels {
			for _, q := range p.Queries {
				for _, view := range []string{"", "corrected"} {
					if !d.OfPlan {
						continue
					}
					var (
						v   model.Value
						err error
					)
					if p.Instant {
						v, _, _, err = h.Query(t.Context(), chosen(q.Expr, view), over.End)
					} else {
						v, _, _, err = h.QueryRange(t.Context(), chosen(q.Expr, view), over)
					}
					if err != nil || empty(v) {
						t.Errorf("%s, %s, %q: %s\nshows nothing (%v)", d.Title, p.Title, view, q.Expr, err)
					}
				}
			}
		}
	}
}

func empty(v model.Value) bool {
	switch v := v.(type) {
	case model.Matrix:
		return len(v) == 0
	case model.Vector:
		return len(v) == 0
	}
	return true
}

// What is scraped twice of a serve that has appended gives «Drift» and every
// alert something to look at, and no alert fires on a serve that is well.
func TestDriftAndTheAlertsHaveSomethingToLookAt(t *testing.T) {
	at := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	s := play(t).scrape(t, at.Add(-20*time.Minute), at.Add(-11*time.Minute), at.Add(-30*time.Second), at)
	engine := promql.NewEngine(promql.EngineOpts{MaxSamples: 1e6, Timeout: time.Minute, EnableAtModifier: true, Parser: parser.NewParser(parser.Options{})})
	ask := func(expr string) promql.Vector {
		q, err := engine.NewInstantQuery(t.Context(), s, nil, expr, at)
		if err != nil {
			t.Fatalf("%s: %v", expr, err)
		}
		defer q.Close()
		v, err := q.Exec(t.Context()).Vector()
		if err != nil {
			t.Fatalf("%s: %v", expr, err)
		}
		return slices.Clone(v)
	}
	for _, d := range dashboards.All() {
		for _, p := range d.Panels {
			for _, q := range p.Queries {
				if !d.OfPlan && len(ask(chosen(q.Expr, ""))) == 0 {
					t.Errorf("%s: %s\nshows nothing", p.Title, q.Expr)
				}
			}
		}
	}
	notFiring := map[string]bool{"FramdriftLoggenSvarerIkke": true} // the serve of a test heard long after
	for _, a := range dashboards.Alerts() {
		for _, selector := range selectors(t, a.Expr) {
			if len(ask(selector)) == 0 {
				t.Errorf("%s looks at %s, which is not there", a.Name, selector)
			}
		}
		if firing := ask(a.Expr); len(firing) > 0 && !notFiring[a.Name] && a.Severity != "info" {
			t.Errorf("%s fires: %v", a.Name, firing)
		}
	}
}

// selectors are those of an expression, as they are written.
func selectors(t *testing.T, expr string) []string {
	t.Helper()
	var all []string
	for _, s := range vectors(t, expr) {
		s.OriginalOffset, s.Offset = 0, 0
		all = append(all, s.String())
	}
	return all
}

func vectors(t *testing.T, expr string) []*parser.VectorSelector {
	t.Helper()
	e, err := parser.NewParser(parser.Options{}).ParseExpr(chosen(expr, ""))
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	var all []*parser.VectorSelector
	parser.Inspect(e, func(n parser.Node, _ []parser.Node) error {
		if s, ok := n.(*parser.VectorSelector); ok {
			all = append(all, s)
		}
		return nil
	})
	return all
}

// Every expression parses, and names metrics that a scrape has and labels that
// they have there.
func TestEveryExpressionAsksForMetricsThatExist(t *testing.T) {
	s := play(t).scrape(t, time.Unix(1, 0))
	names := s.names()
	var all []string
	for _, d := range dashboards.All() {
		for _, p := range d.Panels {
			for _, q := range p.Queries {
				all = append(all, q.Expr)
			}
		}
	}
	for _, a := range dashboards.Alerts() {
		all = append(all, a.Expr)
	}
	for _, expr := range all {
		for _, v := range vectors(t, expr) {
			if !names[v.Name] {
				t.Errorf("%s: there is no metric %s", expr, v.Name)
			}
		}
	}
}

// A panel says what it shows and in what unit, names its series, and asks the
// data source that was chosen.
func TestEveryPanelExplainsItself(t *testing.T) {
	seen := map[string]bool{}
	for _, d := range dashboards.All() {
		if d.Description == "" || d.Title == "" || seen[d.UID] || !strings.HasPrefix(d.UID, "framdrift-") {
			t.Errorf("%+v", d)
		}
		seen[d.UID] = true
		for _, p := range d.Panels {
			if p.Title == "" || len(p.Description) < 30 || p.Unit == "" || p.Width == 0 || p.Width > 24 || p.Height == 0 || len(p.Queries) == 0 {
				t.Errorf("%s: %q has no title, description, unit, size or query", d.Title, p.Title)
			}
			for _, q := range p.Queries {
				if q.Legend == "" {
					t.Errorf("%s, %s: %s has no legend", d.Title, p.Title, q.Expr)
				}
				if d.OfPlan && strings.Count(q.Expr, `region="$region",plan="$plan",view="$view"`) != len(vectors(t, q.Expr)) {
					t.Errorf("%s, %s: %s does not keep to what is chosen", d.Title, p.Title, q.Expr)
				}
				if p.Unit == "percentunit" && !strings.Contains(q.Expr, ">= 5") {
					t.Errorf("%s, %s: %s gives a percentage of few", d.Title, p.Title, q.Expr)
				}
			}
		}
	}
}

// The JSON is whole: of the zone, the source and the names that it must have,
// and nothing that asks whoever imports it.
func TestADashboardIsReadyToUse(t *testing.T) {
	for _, d := range dashboards.All() {
		text, err := d.JSON()
		if err != nil {
			t.Fatal(err)
		}
		var in struct {
			UID, Timezone string
			Templating    struct{ List []struct{ Name, Type string } }
			Panels        []struct {
				ID         int
				Datasource struct{ UID string }
				GridPos    struct{ X, Y, W, H int }
				Targets    []struct {
					RefID      string
					Datasource struct{ UID string }
				}
			}
		}
		if err := json.Unmarshal(text, &in); err != nil {
			t.Fatal(err)
		}
		if in.UID != d.UID || in.Timezone != "Europe/Oslo" || strings.Contains(string(text), "__inputs") || in.Templating.List[0].Type != "datasource" {
			t.Errorf("%s: %+v", d.Title, in)
		}
		for i, p := range in.Panels {
			for _, target := range p.Targets {
				if p.Datasource.UID != "${datasource}" || target.Datasource.UID != "${datasource}" {
					t.Errorf("%s: panel %d asks %s", d.Title, p.ID, target.Datasource.UID)
				}
			}
			for _, o := range in.Panels[:i] {
				if p.ID == o.ID || p.GridPos.X < o.GridPos.X+o.GridPos.W && o.GridPos.X < p.GridPos.X+p.GridPos.W && p.GridPos.Y < o.GridPos.Y+o.GridPos.H && o.GridPos.Y < p.GridPos.Y+p.GridPos.H {
					t.Errorf("%s: panels %d and %d lie over each other", d.Title, p.ID, o.ID)
				}
			}
		}
		if again, err := d.JSON(); err != nil || string(again) != string(text) {
			t.Errorf("%s is another the second time (%v)", d.Title, err)
		}
	}
}

// An alert says what has happened and what to do.
func TestEveryAlertSaysWhatToDo(t *testing.T) {
	rules := string(dashboards.RulesYAML())
	for _, a := range dashboards.Alerts() {
		if a.Summary == "" || len(a.Runbook) < 40 || a.For == "" || !slices.Contains([]string{"critical", "warning", "info"}, a.Severity) {
			t.Errorf("%+v", a)
		}
		if !strings.Contains(rules, "alert: "+a.Name) || strings.Contains(rules, "$region") {
			t.Errorf("%s is not in the file as it should be", a.Name)
		}
	}
}
