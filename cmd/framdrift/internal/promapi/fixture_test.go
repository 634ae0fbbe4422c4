package promapi

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	prom "github.com/prometheus/client_golang/api"
	promv1 "github.com/prometheus/client_golang/api/prometheus/v1"
	"github.com/prometheus/common/model"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// played is the demo: two years of the Fosen plan.
func played(t testing.TB, dir string) *app.App {
	t.Helper()
	a, _, err := demo.Play(t.Context(), app.Options{Dir: dir}, app.Create, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func fosen(t testing.TB, a *app.App) *app.Region {
	t.Helper()
	r, err := a.Region(demo.Region)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A served is the handler behind a port, and Prometheus' own client of it.
type served struct {
	t      testing.TB
	url    string
	client promv1.API
}

func serve(t testing.TB, a *app.App) served {
	t.Helper()
	s := httptest.NewServer(Handler(a))
	t.Cleanup(s.Close)
	c, err := prom.NewClient(prom.Config{Address: s.URL})
	if err != nil {
		t.Fatal(err)
	}
	return served{t, s.URL, promv1.NewAPI(c)}
}

func (s served) at(query string, at time.Time) model.Vector {
	s.t.Helper()
	v, warnings, _, err := s.client.Query(s.t.Context(), query, at)
	if err != nil || len(warnings) > 0 {
		s.t.Fatalf("%s: %v %v", query, warnings, err)
	}
	return v.(model.Vector)
}

// one is the only value of a query, and whether there is one.
func (s served) one(query string, at time.Time) (float64, bool) {
	s.t.Helper()
	v := s.at(query, at)
	if len(v) > 1 {
		s.t.Fatalf("%s is of %d series", query, len(v))
	}
	if len(v) == 0 {
		return 0, false
	}
	return float64(v[0].Value), true
}

func (s served) over(query string, from, to string, step time.Duration) model.Matrix {
	s.t.Helper()
	v, warnings, _, err := s.client.QueryRange(s.t.Context(), query, promv1.Range{Start: noon(from), End: noon(to), Step: step})
	if err != nil || len(warnings) > 0 {
		s.t.Fatalf("%s: %v %v", query, warnings, err)
	}
	return v.(model.Matrix)
}

// get asks as a browser would; values are names and values.
func (s served) get(path string, values ...string) *http.Response {
	s.t.Helper()
	q := url.Values{}
	for i := 0; i < len(values); i += 2 {
		q.Add(values[i], values[i+1])
	}
	r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+path+"?"+q.Encode(), http.NoBody)
	if err != nil {
		s.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = answer.Body.Close() })
	return answer
}

func noon(day string) time.Time { return domain.MustDate(day).At(12, 0) }

func lastSecond(day string) time.Time { return domain.MustDate(day).End().Truncate(time.Second) }

// profile is what delivery show says of the demo at the end of a day.
func profile(t testing.TB, r *app.Region, day string, v delivery.View) delivery.Profile {
	t.Helper()
	p, err := r.Delivery(t.Context(), demo.Plan, delivery.Part{}, app.Per{Time: domain.MustDate(day).End(), View: v})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
