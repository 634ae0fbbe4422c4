//go:build prometheus

package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	prom "github.com/prometheus/client_golang/api"
	promv1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/dashboards"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// These tests run Debian's Prometheus and promtool: make prometheus-test.

// promtool runs it, and fails the test when it finds something wrong.
func promtool(t *testing.T, stdin []byte, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "promtool", args...)
	cmd.Stdin = bytes.NewReader(stdin)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("promtool %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// A client asks a Prometheus, or a serve.
func client(t *testing.T, address string) promv1.API {
	t.Helper()
	c, err := prom.NewClient(prom.Config{Address: "http://" + address})
	if err != nil {
		t.Fatal(err)
	}
	return promv1.NewAPI(c)
}

// prometheus runs one on a directory of data, until the test is over, and
// returns when it answers.
func prometheus(t *testing.T, config, data string, args ...string) promv1.API {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	cmd := exec.Command("prometheus", append([]string{ //nolint:noctx // it is stopped below
		"--config.file=" + config, "--storage.tsdb.path=" + data, "--storage.tsdb.retention.time=100y", "--web.listen-address=" + address,
	}, args...)...)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(os.Interrupt); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("%v\n%s", err, said.String())
		}
	})
	c := client(t, address)
	await(t, "prometheus answers", func() bool {
		answer, err := http.Get("http://" + address + "/-/ready") //nolint:noctx // a loop of short ones
		if err != nil {
			return false
		}
		return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
	})
	return c
}

// await asks until it is so.
func await(t *testing.T, what string, so func() bool) {
	t.Helper()
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	end := time.After(2 * time.Minute)
	for !so() {
		select {
		case <-again.C:
		case <-end:
			t.Fatalf("it never came to this: %s", what)
		}
	}
}

func instant(t *testing.T, c promv1.API, query string, at time.Time) model.Vector {
	t.Helper()
	v, _, _, err := c.Query(t.Context(), query, at)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v.(model.Vector)
}

// setup is what metrics dashboards writes, with the address that serve got.
func setup(t *testing.T, target string) (dir string) {
	t.Helper()
	framdrift(t, exitOK, "metrics", "dashboards", "grafana")
	config := filepath.Join("grafana", "prometheus.yml")
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.NewReplacer("127.0.0.1:8080", target, "15s", "1s").Replace(string(text))
	if err := os.WriteFile(config, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return "grafana"
}

func TestPromtoolFindsNothingWrong(t *testing.T) {
	tests, err := os.ReadFile(filepath.Join("internal", "dashboards", "testdata", "rules_test.yml"))
	if err != nil {
		t.Fatal(err)
	}
	withDemo(t)
	s := serve(t)
	text, _ := s.scrape()
	promtool(t, text, "check", "metrics")
	dir := setup(t, s.address)
	promtool(t, nil, "check", "config", filepath.Join(dir, "prometheus.yml"))
	promtool(t, nil, "check", "rules", filepath.Join(dir, "rules", "framdrift.yml"))
	if err := os.WriteFile(filepath.Join(dir, "rules_test.yml"), tests, 0o600); err != nil {
		t.Fatal(err)
	}
	promtool(t, nil, "test", "rules", filepath.Join(dir, "rules_test.yml"))
}

// promtool queries serve as it would a Prometheus.
func TestPromtoolQueriesTheHistory(t *testing.T) {
	withDemo(t)
	s := serve(t)
	for _, row := range []struct {
		want string
		args []string
	}{
		{"=> 26 @", []string{"instant", "--time=2024-06-01T12:00:00Z", "http://" + s.address, "sum(framdrift_measures)"}},
		{"{component=\"k1\"} =>", []string{"range", "--start=2023-01-01T00:00:00Z", "--end=2023-12-31T00:00:00Z", "--step=720h", "http://" + s.address, `sum by (component) (framdrift_delivery_numerator{component="k1"})`}},
		{`strategy="s1"`, []string{"series", "--match=framdrift_measures", "--start=2023-01-01T00:00:00Z", "--end=2023-12-31T00:00:00Z", "http://" + s.address}},
		{"k4_any_time", []string{"labels", "http://" + s.address, "component"}},
	} {
		if out := promtool(t, nil, append([]string{"query"}, row.args...)...); !strings.Contains(out, row.want) {
			t.Errorf("%v says\n%s", row.args, out)
		}
	}
}

// A Prometheus scrapes a serve with the files that we write, and has then what
// serve says, to the letter; a change is seen at the next scrape.
func TestPrometheusScrapesServe(t *testing.T) {
	withPlan(t)
	s := serve(t)
	dir := setup(t, s.address)
	c := prometheus(t, filepath.Join(dir, "prometheus.yml"), t.TempDir())
	position := func() float64 {
		v := instant(t, c, "framdrift_log_position", time.Now())
		if len(v) == 0 {
			return 0
		}
		return float64(v[0].Value)
	}
	await(t, "the first scrape", func() bool { return position() > 0 })
	before := position()
	framdrift(t, exitOK, "measure", "start", "t01")
	await(t, "the change is scraped", func() bool { return position() == before+1 })
	_, samples := s.scrape()
	for series, want := range samples {
		if !strings.HasPrefix(series, "framdrift_delivery_") && !strings.HasPrefix(series, "framdrift_measure") {
			continue
		}
		if v := instant(t, c, series, time.Now()); len(v) != 1 || float64(v[0].Value) != want {
			t.Errorf("%s is %v, want %v", series, v, want)
		}
	}
	rules, err := c.Rules(t.Context(), nil)
	if err != nil || len(rules.Groups) != 1 || len(rules.Groups[0].Rules) != len(dashboards.Alerts()) {
		t.Errorf("%+v (%v)", rules, err)
	}
}

// A Prometheus that was given the history answers every panel at the end of any
// day as serve does; how long both take to draw two years is told.
func TestABackfilledPrometheusAnswersAsServeDoes(t *testing.T) {
	withDemo(t)
	framdrift(t, exitOK, "metrics", "backfill", "-O", "known.om")
	framdrift(t, exitOK, "metrics", "backfill", "-O", "corrected.om", "--visning", "korrigert")
	for _, file := range []string{"known.om", "corrected.om"} {
		promtool(t, nil, "tsdb", "create-blocks-from", "openmetrics", "--max-block-duration=4000h", file, "data")
	}
	if err := os.WriteFile("empty.yml", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	theirs, s := prometheus(t, "empty.yml", "data", "--query.lookback-delta=25h"), serve(t)
	ours := client(t, s.address)
	queries, sums := panelQueries(), [2]time.Duration{}
	for _, query := range queries {
		for _, day := range []string{"2022-10-15", "2023-01-31", "2023-09-30", "2024-02-29", "2024-12-15"} {
			at := domain.MustDate(day).End().Truncate(time.Second)
			if got, want := fmt.Sprint(values(instant(t, ours, query, at))), fmt.Sprint(values(instant(t, theirs, query, at))); got != want {
				t.Errorf("%s on %s\nserve      %s\nPrometheus %s", query, day, got, want)
			}
		}
		best := took(t, query, ours, theirs)
		sums[0], sums[1] = sums[0]+best[0], sums[1]+best[1]
	}
	t.Logf("%d queries of two years, day by day: serve %v, Prometheus %v, ratio %.2f", len(queries), sums[0], sums[1], sums[0].Seconds()/sums[1].Seconds())
}

// panelQueries are those of the panels about a plan, in both views.
func panelQueries() []string {
	var all []string
	for _, d := range dashboards.All() {
		for _, p := range d.Panels {
			for _, q := range p.Queries {
				for _, view := range []string{"", string(delivery.Corrected)} {
					if d.OfPlan {
						all = append(all, strings.NewReplacer("$region", string(demo.Region), "$plan", string(demo.Plan), "$view", view).Replace(q.Expr))
					}
				}
			}
		}
	}
	return all
}

// values are what a query says, by its labels.
func values(v model.Vector) map[string]float64 {
	all := map[string]float64{}
	for _, x := range v {
		all[x.Metric.String()] = float64(x.Value)
	}
	return all
}

// took is how long each takes to draw two years, day by day: the best of five.
func took(t *testing.T, query string, both ...promv1.API) [2]time.Duration {
	t.Helper()
	over := promv1.Range{Start: domain.MustDate("2022-12-15").At(0, 0), End: domain.MustDate("2024-12-15").At(0, 0), Step: 24 * time.Hour}
	var best [2]time.Duration
	for range 5 {
		for i, c := range both {
			begun := time.Now()
			if _, _, _, err := c.QueryRange(t.Context(), query, over); err != nil {
				t.Fatal(err)
			}
			if d := time.Since(begun); best[i] == 0 || d < best[i] {
				best[i] = d
			}
		}
	}
	return best
}
