package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// scrape is what Prometheus would see, by name and labels.
func (s *served) scrape() (text []byte, samples map[string]float64) {
	s.t.Helper()
	answer, text := s.ask(http.MethodGet, "/metrics", nil)
	if answer.StatusCode != http.StatusOK {
		s.t.Fatalf("%s\n%s", answer.Status, text)
	}
	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(bytes.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	samples = map[string]float64{}
	for name, family := range families {
		for _, m := range family.GetMetric() {
			samples[name+labels(m)] = m.GetGauge().GetValue() + m.GetCounter().GetValue() + m.GetHistogram().GetSampleSum()
		}
	}
	return text, samples
}

func labels(m *dto.Metric) string {
	var all []string
	for _, l := range m.GetLabel() {
		all = append(all, fmt.Sprintf("%s=%q", l.GetName(), l.GetValue()))
	}
	return "{" + strings.Join(all, ",") + "}"
}

func TestMetricNamesAreAsPrometheusWants(t *testing.T) {
	withDemo(t)
	s := serve(t)
	framdrift(t, exitOK, "measure", "forecast", "t03", "2099-01-31")
	text, _ := s.scrape()
	problems, err := promlint.New(bytes.NewReader(text)).Lint()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.HasPrefix(p.Metric, "framdrift_") {
			t.Errorf("%s: %s", p.Metric, p.Text)
		}
	}
}

// What is scraped is what delivery show says, strategy by strategy, and their
// sums are the plan's.
func TestMetricsAreTheNumbersOfDelivery(t *testing.T) {
	withDemo(t)
	s := serve(t)
	out, _ := framdrift(t, exitOK, "delivery", "show", "-o", "json")
	var p delivery.Profile
	if err := json.Unmarshal([]byte(out), &p); err != nil {
		t.Fatal(err)
	}
	_, samples := s.scrape()
	sums := map[string]int{}
	for _, level := range p.Strategies {
		for component, share := range map[string]delivery.Ratio{"k1": level.K1.Ratio, "k2": level.K2.Ratio, "k4": level.K4.Ratio} {
			series := fmt.Sprintf(`{component=%q,plan="handlingsplan-2022-2024",region="fosen",strategy=%q}`, component, level.Strategy)
			n, hasN := samples["framdrift_delivery_numerator"+series]
			d, hasD := samples["framdrift_delivery_denominator"+series]
			if there := share.Denominator > 0; hasN != there || hasD != there { // nothing to divide by is no series
				t.Errorf("%s: there are series (%v, %v) for %v", series, hasN, hasD, share)
			}
			if int(n) != share.Numerator || int(d) != share.Denominator {
				t.Errorf("%s: %v/%v is scraped, and %v is shown", series, n, d, share)
			}
			sums[component+"n"] += int(n)
			sums[component+"d"] += int(d)
		}
		for _, state := range level.Counts.States {
			series := fmt.Sprintf(`framdrift_measures{plan="handlingsplan-2022-2024",region="fosen",state=%q,strategy=%q}`, state.State, level.Strategy)
			if got, ok := samples[series]; !ok || int(got) != state.Count {
				t.Errorf("%s is %v, want %d", series, got, state.Count)
			}
		}
	}
	for component, share := range map[string]delivery.Ratio{"k1": p.Whole.K1.Ratio, "k2": p.Whole.K2.Ratio, "k4": p.Whole.K4.Ratio} {
		if sums[component+"n"] != share.Numerator || sums[component+"d"] != share.Denominator {
			t.Errorf("%s: the strategies sum to %d/%d, the plan has %v", component, sums[component+"n"], sums[component+"d"], share)
		}
	}
}

// Appends are counted as they are done, and the log's length is its own.
func TestMetricsCountWhatIsAppended(t *testing.T) {
	withPlan(t)
	s := serve(t)
	_, before := s.scrape()
	framdrift(t, exitOK, "measure", "start", "t01")
	framdrift(t, exitRefused, "measure", "start", "t01")
	_, after := s.scrape()
	for series, grown := range map[string]float64{
		`framdrift_events_appended_total{region="fosen",type="measure.started"}`:  1,
		`framdrift_log_messages{region="fosen"}`:                                  1,
		`framdrift_log_position{region="fosen"}`:                                  1,
		`framdrift_projection_position{projection="planview",region="fosen"}`:     1,
		`framdrift_projection_lag_messages{projection="planview",region="fosen"}`: 0,
		`framdrift_projection_healthy{projection="planview",region="fosen"}`:      0,
	} {
		if got := after[series] - before[series]; got != grown {
			t.Errorf("%s grew by %v, want %v", series, got, grown)
		}
	}
	if after[`framdrift_projection_healthy{projection="planview",region="fosen"}`] != 1 {
		t.Error("planview is not healthy")
	}
}

// No label holds a person, or what a measure is called.
func TestMetricsNameNobody(t *testing.T) {
	withDemo(t)
	s := serve(t)
	framdrift(t, exitOK, "user", "grant", "ola-nordmann", "--role", "reader")
	text, _ := s.scrape()
	var p app.Plan
	s.get("/api/regions/fosen/plan", &p)
	var o app.Overview
	s.get("/api/regions/fosen", &o)
	var private []string
	for _, m := range p.Measures {
		private = append(private, m.Text, m.Initiative, m.FocusArea, string(m.Answers.Name))
	}
	for _, u := range o.Users {
		private = append(private, string(u.ID))
	}
	for _, a := range o.Actors {
		private = append(private, a.Name, string(a.ID))
	}
	for _, word := range private {
		if word != "" && bytes.Contains(text, []byte(`="`+word+`"`)) {
			t.Errorf("a label holds %q", word)
		}
	}
}
