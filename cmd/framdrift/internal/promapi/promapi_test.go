package promapi

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	promv1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

var someDays = []string{"2022-06-09", "2022-06-30", "2022-12-31", "2023-01-31", "2023-06-01", "2023-12-31", "2024-05-15", "2024-12-15"}

// At the end of any day a query says what delivery show says of that day, in
// both views; what has nothing to be divided by has no series.
func TestTheHistoryIsWhatDeliveryShowSaysOfEachDay(t *testing.T) {
	a := played(t, t.TempDir())
	s, r := serve(t, a), fosen(t, a)
	for view, selector := range map[delivery.View]string{delivery.Known: "", delivery.Corrected: `,view="corrected"`} {
		for _, day := range someDays[1:] {
			p := profile(t, r, day, view)
			for _, level := range p.Strategies {
				f := level.Figures()
				for _, c := range delivery.Components() {
					want := f.Ratio(c)
					for half, n := range map[string]int{"numerator": want.Numerator, "denominator": want.Denominator} {
						query := fmt.Sprintf(`framdrift_delivery_%s{component=%q,strategy=%q%s}`, half, strings.ToLower(string(c)), level.Strategy, selector)
						got, ok := s.one(query, lastSecond(day))
						if ok != (want.Denominator != 0) || ok && got != float64(n) {
							t.Errorf("%s on %s is %v (%v), want %v", query, day, got, ok, want)
						}
					}
				}
			}
			query := fmt.Sprintf(`framdrift_delivery_behind_seconds{baseline="adopted",strategy=""%s} / 86400`, selector)
			got, ok := s.one(query, lastSecond(day))
			if ok != (p.Whole.K3.Denominator != 0) || ok && int(got) != p.Whole.K3.DaysBehind {
				t.Errorf("%s on %s is %v (%v), want %d", query, day, got, ok, p.Whole.K3.DaysBehind)
			}
		}
	}
}

// A range is those moments one after the other, as a panel asks for them.
func TestARangeIsItsMomentsOneByOne(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	query := `sum by (component) (framdrift_delivery_numerator{component!~"k3.*"}) / sum by (component) (framdrift_delivery_denominator{component!~"k3.*"})`
	seen := 0
	for _, series := range s.over(query, "2022-01-01", "2024-12-31", 31*24*time.Hour) {
		for _, point := range series.Values {
			got, _ := s.one(query+fmt.Sprintf(` and on (component) sum by (component) (framdrift_delivery_denominator{component=%q})`, series.Metric["component"]), point.Timestamp.Time())
			if got != float64(point.Value) {
				t.Errorf("%s at %s is %v, alone %v", series.Metric, point.Timestamp.Time(), point.Value, got)
			}
			seen++
		}
	}
	if seen < 100 {
		t.Errorf("only %d points", seen)
	}
}

// Before the plan was adopted there is nothing; after now what is now still holds.
func TestThereIsNothingBeforeThePlanAndNowHolds(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	const query = `framdrift_delivery_denominator{component="k1",strategy="s1"}`
	if v, ok := s.one(query, noon("2022-01-01")); ok {
		t.Errorf("before the plan was adopted K1 is of %v", v)
	}
	end, _ := s.one(query, demo.End().Time)
	if later, ok := s.one(query, noon("2031-01-01")); !ok || later != end {
		t.Errorf("later it is of %v (%v), at the end of %v", later, ok, end)
	}
}

// Hindsight is asked for by its label, and mixed into nothing.
func TestHindsightIsOnlyForThoseWhoAskForIt(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	at := demo.End().Time
	count := func(selector string) float64 {
		v, _ := s.one("count(framdrift_measures{"+selector+"})", at)
		return v
	}
	known, hindsight, both := count(""), count(`view="corrected"`), count(`view=~".*"`)
	if known == 0 || known != count(`view=""`) || hindsight != known || both != 2*known {
		t.Errorf("known %v, in hindsight %v, both %v", known, hindsight, both)
	}
}

// A mean over a month is one over its days, each as it began.
func TestAWindowHasOneValueADay(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	const query = `framdrift_delivery_numerator{component="k3",strategy=""}`
	at := domain.MustDate("2023-12-31").At(0, 0)
	sum := 0.0
	for i := range 30 {
		v, _ := s.one(query, domain.MustDate("2023-12-31").AddDays(-i).At(0, 0))
		sum += v
	}
	got, _ := s.one("avg_over_time("+query+"[30d])", at)
	n, _ := s.one("count_over_time("+query+"[30d])", at)
	if n != 30 || got-sum/30 > 1e-9 || sum/30-got > 1e-9 {
		t.Errorf("the mean is %v of %v, by the days %v", got, n, sum/30)
	}
	if n, _ := s.one("count_over_time("+query+"[1h])", noon("2023-12-31")); n != 60 {
		t.Errorf("an hour has %v values", n)
	}
}

func TestSeriesLabelsAndMetadataAreThoseOfTheScrape(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	ctx := t.Context()
	found, _, _, err := s.client.Series(ctx, []string{`{component="k1",strategy="s1"}`}, noon("2022-01-01"), noon("2025-01-01"))
	if err != nil || len(found) != 2 {
		t.Errorf("%v (%v)", found, err)
	}
	if none, _, _, err := s.client.Series(ctx, []string{`{component="k1",strategy="s1"}`}, noon("2020-01-01"), noon("2021-01-01")); err != nil || len(none) != 0 {
		t.Errorf("before the plan %v (%v)", none, err)
	}
	names, _, _, err := s.client.LabelNames(ctx, nil, noon("2022-01-01"), noon("2025-01-01"))
	if got := fmt.Sprint(names); err != nil || got != "__name__, baseline, colour, component, plan, region, state, strategy, version, view" {
		t.Errorf("the labels are %s (%v)", got, err)
	}
	values, _, _, err := s.client.LabelValues(ctx, "component", []string{"framdrift_delivery_numerator"}, noon("2022-01-01"), noon("2025-01-01"))
	if err != nil || fmt.Sprint(values) != "[back_dated grey k1 k2 k3 k3_first k4 k4_any_time k5 k6 k7 three_sectors two_sectors]" {
		t.Errorf("the components are %v (%v)", values, err)
	}
	metadata, err := s.client.Metadata(ctx, "framdrift_measures", "")
	if err != nil || metadata["framdrift_measures"][0].Type != "gauge" || metadata["framdrift_measures"][0].Help == "" {
		t.Errorf("%v (%v)", metadata, err)
	}
	built, err := s.client.Buildinfo(ctx)
	if err != nil || !strings.HasPrefix(built.Version, "3.") {
		t.Errorf("%v (%v)", built, err)
	}
}

// What cannot be answered is refused as Prometheus would: status, kind and words.
func TestABadQueryIsRefusedAsPrometheusRefusesIt(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	tenYears := []string{"start", "1500000000", "end", "1815360000", "query", "framdrift_measures"}
	for _, row := range []struct {
		path   string
		values []string
		status int
		kind   string
		says   string
	}{
		{"/query", []string{"query", "sum("}, 400, "bad_data", `invalid parameter "query": 1:5: parse error`},
		{"/query", nil, 400, "bad_data", `invalid parameter "query": unknown position: parse error: no expression`},
		{"/query", []string{"query", "1", "time", "i går"}, 400, "bad_data", `invalid parameter "time": cannot parse "i går"`},
		{"/query", []string{"query", "1", "timeout", "lenge"}, 400, "bad_data", `invalid parameter "timeout"`},
		{"/query", []string{"query", "1", "limit", "-1"}, 400, "bad_data", `invalid parameter "limit"`},
		{"/query", []string{"query", "framdrift_measures", "timeout", "0.000000001"}, 503, "timeout", "query timed out"},
		{"/query", []string{"query", "framdrift_measures * on (plan) framdrift_measures"}, 422, "execution", "many-to-many"},
		{"/query", []string{"query", `label_replace(framdrift_measures, "x", "$1", "state", "(")`}, 422, "execution", "regular expression"},
		{"/query_range", []string{"query", "1"}, 400, "bad_data", `invalid parameter "start"`},
		{"/query_range", []string{"query", "1", "start", "2", "end", "1", "step", "1"}, 400, "bad_data", "end timestamp must not be before start time"},
		{"/query_range", []string{"query", "1", "start", "1", "end", "2", "step", "0"}, 400, "bad_data", "zero or negative"},
		{"/query_range", []string{"query", "1", "start", "1", "end", "2", "step", "1e300"}, 400, "bad_data", "overflows"},
		{"/query_range", append(tenYears, "step", "60"), 400, "bad_data", "exceeded maximum resolution of 11,000 points per timeseries"},
		{"/query", []string{"query", "max_over_time(framdrift_measures[2y:1m])", "time", "1720000000"}, 422, "execution", "query processing would load too many samples"},
		{"/series", nil, 400, "bad_data", "no match[] parameter provided"},
		{"/series", []string{"match[]", `{plan=~".*"}`}, 400, "bad_data", "at least one non-empty matcher"},
		{"/labels", []string{"match[]", "{"}, 400, "bad_data", "parse error"},
		{"/label/plan/values", []string{"start", "x"}, 400, "bad_data", `invalid parameter "start"`},
		{"/query_exemplars", nil, 404, "not_found", "there is nothing at /api/v1/query_exemplars"},
	} {
		answer := s.get("/api/v1"+row.path, row.values...)
		var said struct{ Status, ErrorType, Error string }
		if err := json.NewDecoder(answer.Body).Decode(&said); err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != row.status || said.Status != "error" || said.ErrorType != row.kind || !strings.Contains(said.Error, row.says) {
			t.Errorf("%s %v: %d %+v\nwant %d %s: %s", row.path, row.values, answer.StatusCode, said, row.status, row.kind, row.says)
		}
	}
}

// Grafana posts its queries as forms; a form too large is refused.
func TestAQueryMayBePosted(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	post := func(body string) *http.Response {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/api/v1/query", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = answer.Body.Close() })
		return answer
	}
	if answer := post("query=vector(1)"); answer.StatusCode != http.StatusOK {
		t.Error(answer.Status)
	}
	if answer := post("query=" + strings.Repeat("1+", mostBody) + "1"); answer.StatusCode != http.StatusBadRequest {
		t.Error(answer.Status)
	}
}

// A limit is kept to, and said.
func TestALimitedAnswerSaysSo(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	v, warnings, _, err := s.client.Query(t.Context(), "framdrift_measures", demo.End().Time, promv1.WithLimit(2))
	if err != nil || len(v.(model.Vector)) != 2 || fmt.Sprint(warnings) != "["+truncated+"]" {
		t.Errorf("%v %v %v", v, warnings, err)
	}
	values, warnings, _, err := s.client.LabelValues(t.Context(), "state", nil, noon("2022-01-01"), noon("2025-01-01"), promv1.WithLimit(1))
	if err != nil || len(values) != 1 || len(warnings) != 1 {
		t.Errorf("%v %v %v", values, warnings, err)
	}
}

// Numbers are written as Prometheus writes them.
func TestNumbersAreWrittenAsPrometheusDoes(t *testing.T) {
	s := serve(t, played(t, t.TempDir()))
	for query, want := range map[string]string{
		"1e21": `[1.5,"1e+21"]`, "1e-7": `[1.5,"1e-07"]`, "0.1": `[1.5,"0.1"]`, "1/0": `[1.5,"+Inf"]`, "0/0": `[1.5,"NaN"]`, "123456789": `[1.5,"123456789"]`,
	} {
		answer := s.get("/api/v1/query", "query", query, "time", "1.5")
		var said struct {
			Data struct{ Result json.RawMessage }
		}
		if err := json.NewDecoder(answer.Body).Decode(&said); err != nil || string(said.Data.Result) != want {
			t.Errorf("%s is %s (%v), want %s", query, said.Data.Result, err, want)
		}
	}
}
