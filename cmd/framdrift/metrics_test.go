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
	"github.com/fosenregionen/framdrift/domain"
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
// sums are the plan's; all but K3, which the plan has a series of its own for.
func TestMetricsAreTheNumbersOfDelivery(t *testing.T) {
	withDemo(t)
	s := serve(t)
	out, _ := framdrift(t, exitOK, "delivery", "show", "-o", "json")
	var p delivery.Profile
	if err := json.Unmarshal([]byte(out), &p); err != nil {
		t.Fatal(err)
	}
	_, samples := s.scrape()
	sums := map[delivery.Component]delivery.Ratio{}
	for _, level := range p.Strategies {
		f := level.Figures()
		for _, c := range delivery.Components() {
			same(t, samples, string(c), level.Strategy, f.Ratio(c))
			sums[c] = sums[c].Plus(f.Ratio(c))
		}
		same(t, samples, "grey", level.Strategy, f.Grey)
		same(t, samples, "back_dated", level.Strategy, f.BackDated)
		same(t, samples, "k3_first", level.Strategy, f.K3First.Ratio)
		same(t, samples, "k4_any_time", level.Strategy, f.AnyTime)
		same(t, samples, "two_sectors", level.Strategy, f.TwoSectors)
		same(t, samples, "three_sectors", level.Strategy, f.ThreeSectors)
		for i, state := range delivery.States() {
			has(t, samples, fmt.Sprintf(`framdrift_measures{plan="handlingsplan-2022-2024",region="fosen",state=%q,strategy=%q}`, state, level.Strategy), f.States[i])
		}
		for i, colour := range delivery.Colours() {
			has(t, samples, fmt.Sprintf(`framdrift_measure_colours{colour=%q,plan="handlingsplan-2022-2024",region="fosen",strategy=%q}`, colour, level.Strategy), f.Colours[i])
		}
	}
	whole := p.Whole.Figures()
	for _, c := range delivery.Components() {
		if c == delivery.K3 {
			same(t, samples, string(c), "", whole.K3.Ratio)
		} else if sums[c] != whole.Ratio(c) {
			t.Errorf("%s: the strategies sum to %v, the plan has %v", c, sums[c], whole.Ratio(c))
		}
	}
	has(t, samples, `framdrift_delivery_dated{plan="handlingsplan-2022-2024",region="fosen",strategy=""}`, whole.K3.N)
	for baseline, days := range map[string]int{"adopted": whole.K3.DaysBehind, "first": whole.K3First.DaysBehind} {
		has(t, samples, fmt.Sprintf(`framdrift_delivery_behind_seconds{baseline=%q,plan="handlingsplan-2022-2024",region="fosen",strategy=""}`, baseline), days*24*60*60)
	}
}

// same wants the two halves of a share as series; none when there is nothing to divide by.
func same(t *testing.T, samples map[string]float64, component string, strategy domain.StrategyID, want delivery.Ratio) {
	t.Helper()
	series := fmt.Sprintf(`{component=%q,plan="handlingsplan-2022-2024",region="fosen",strategy=%q}`, strings.ToLower(component), strategy)
	if want.Denominator == 0 {
		if _, ok := samples["framdrift_delivery_denominator"+series]; ok {
			t.Errorf("there is a series %s of nothing", series)
		}
		return
	}
	has(t, samples, "framdrift_delivery_numerator"+series, want.Numerator)
	has(t, samples, "framdrift_delivery_denominator"+series, want.Denominator)
}

func has(t *testing.T, samples map[string]float64, series string, want int) {
	t.Helper()
	if got, ok := samples[series]; !ok || int(got) != want {
		t.Errorf("%s is %v (%v), want %d", series, got, ok, want)
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
		`framdrift_events_appended_total{region="fosen",type="measure.started"}`: 1,
		`framdrift_log_messages{region="fosen"}`:                                 1,
		`framdrift_log_position{region="fosen"}`:                                 1,
		`framdrift_projection_position{projection="ruling",region="fosen"}`:      1,
		`framdrift_projection_lag_messages{projection="ruling",region="fosen"}`:  0,
		`framdrift_projection_lag_events{projection="ruling",region="fosen"}`:    0,
		`framdrift_projection_lag_seconds{projection="ruling",region="fosen"}`:   0,
		`framdrift_projection_healthy{projection="ruling",region="fosen"}`:       0,
	} {
		if got := after[series] - before[series]; got != grown {
			t.Errorf("%s grew by %v, want %v", series, got, grown)
		}
	}
	if after[`framdrift_projection_healthy{projection="ruling",region="fosen"}`] != 1 {
		t.Error("the ruling is not healthy")
	}
}

// A scrape is as large as the package says at the most, whatever the log holds.
func TestAScrapeIsBoundedByRegionsPlansAndStrategies(t *testing.T) {
	withDemo(t)
	s := serve(t)
	_, samples := s.scrape()
	var p delivery.Profile
	s.get("/api/regions/fosen/delivery", &p)
	ofPlan, ofRegion, projections := 0, 0, map[string]bool{}
	for series := range samples {
		switch {
		case strings.Contains(series, `plan="`):
			ofPlan++
		case strings.Contains(series, `projection="`):
			_, projection, _ := strings.Cut(series, `projection="`)
			projections[projection] = true
			ofRegion++
		case strings.Contains(series, `region="`):
			ofRegion++
		}
	}
	if most := 8 + 41*len(p.Strategies); ofPlan > most || ofPlan < most/2 {
		t.Errorf("the plan has %d series, at most %d were promised", ofPlan, most)
	}
	if most := 7 + 5*len(projections); ofRegion > most {
		t.Errorf("the region has %d series, at most %d were promised", ofRegion, most)
	}
}

// An append that took long can be found on the log: the scrape names the event.
func TestTheDurationOfAnAppendNamesItsLastEvent(t *testing.T) {
	withPlan(t)
	s := serve(t)
	framdrift(t, exitOK, "measure", "start", "t01")
	_, samples := s.scrape()
	_, text := s.ask(http.MethodGet, "/metrics", func(r *http.Request) { r.Header.Set("Accept", "application/openmetrics-text; version=1.0.0") })
	want := fmt.Sprintf(`sequence="%v"`, samples[`framdrift_log_position{region="fosen"}`])
	if !bytes.Contains(text, []byte(want)) || !bytes.Contains(text, []byte(`event_id="`)) {
		t.Errorf("no exemplar has %s", want)
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
