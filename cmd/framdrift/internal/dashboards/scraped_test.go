package dashboards_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/util/annotations"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/metrics"
)

// A played is the demo, and what has been counted while it was played.
type played struct {
	app     *app.App
	counted *metrics.Metrics
}

func play(t *testing.T) played {
	t.Helper()
	counted := metrics.New()
	a, _, err := demo.Play(t.Context(), app.Options{Dir: t.TempDir(), Observer: counted}, app.Create, func(int, int) {})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return played{a, counted}
}

// scraped is what a Prometheus has that scraped /metrics at some times.
type scraped struct {
	series map[string]*storage.SeriesEntry
	points map[string]points
}

func (p played) scrape(t *testing.T, times ...time.Time) *scraped {
	t.Helper()
	s := &scraped{map[string]*storage.SeriesEntry{}, map[string]points{}}
	handler := p.counted.Handler(p.app)
	for _, at := range times {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/metrics", http.NoBody))
		format := expfmt.NewFormat(expfmt.TypeTextPlain)
		in := expfmt.NewDecoder(answer.Body, format)
		var families []*dto.MetricFamily
		for {
			var f dto.MetricFamily
			if err := in.Decode(&f); err != nil {
				break // the end
			}
			families = append(families, &f)
		}
		all, err := expfmt.ExtractSamples(&expfmt.DecodeOptions{Timestamp: model.TimeFromUnixNano(at.UnixNano())}, families...)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, &model.Sample{Metric: model.Metric{"__name__": "up"}, Value: 1, Timestamp: model.TimeFromUnixNano(at.UnixNano())})
		for _, x := range all {
			s.add(x)
		}
	}
	return s
}

func (s *scraped) add(x *model.Sample) {
	own := map[string]string{"job": "framdrift", "instance": "127.0.0.1:8080"}
	for name, v := range x.Metric {
		own[string(name)] = string(v)
	}
	l := labels.FromMap(own)
	s.points[l.String()] = append(s.points[l.String()], point{int64(x.Timestamp), float64(x.Value)})
	list := s.points[l.String()]
	s.series[l.String()] = &storage.SeriesEntry{Lset: l, SampleIteratorFn: func(chunkenc.Iterator) chunkenc.Iterator { return storage.NewListSeriesIterator(list) }}
}

func (s *scraped) names() map[string]bool {
	all := map[string]bool{}
	for _, e := range s.series {
		all[e.Lset.Get("__name__")] = true
	}
	return all
}

// Querier has everything, whatever the range.
func (s *scraped) Querier(int64, int64) (storage.Querier, error) {
	return found{storage.NoopQuerier(), s}, nil
}

type found struct {
	storage.Querier
	in *scraped
}

// Select finds the series that match.
func (f found) Select(_ context.Context, _ bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
	all := &set{at: -1}
	for _, e := range f.in.series {
		if !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches(e.Lset.Get(m.Name)) }) {
			all.all = append(all.all, e)
		}
	}
	return all
}

type set struct {
	all []storage.Series
	at  int
}

func (s *set) Next() bool                        { s.at++; return s.at < len(s.all) }
func (s *set) At() storage.Series                { return s.all[s.at] }
func (s *set) Err() error                        { return nil }
func (s *set) Warnings() annotations.Annotations { return nil }

type point struct {
	at    int64
	value float64
}

type points []point

func (p points) Get(i int) chunks.Sample { return p[i] }
func (p points) Len() int                { return len(p) }

func (p point) T() int64                    { return p.at }
func (p point) F() float64                  { return p.value }
func (point) ST() int64                     { return 0 }
func (point) H() *histogram.Histogram       { return nil }
func (point) FH() *histogram.FloatHistogram { return nil }
func (point) Type() chunkenc.ValueType      { return chunkenc.ValFloat }
func (p point) Copy() chunks.Sample         { return p }
