package promapi

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// many is the demo so many times, each as a region with a name of its own: 129
// series each.
func many(b *testing.B, n int) *memory {
	b.Helper()
	var regions []*app.Region
	m := newMemory(func() []*app.Region { return regions })
	for i := range n {
		r := fosen(b, played(b, b.TempDir()))
		regions = append(regions, r)
		m.pasts[r] = pastsOf(r, domain.RegionID(fmt.Sprintf("fosen-%02d", i)))
	}
	return m
}

func (m *memory) forget() {
	for r, both := range m.pasts {
		m.pasts[r] = pastsOf(r, both[0].id)
	}
}

// BenchmarkQueryRange asks for two years of 2 064 series, day by day, as a
// panel does: all of them as they are, the shares of all regions, and one
// region's. Cold is when the steps are made anew from the course that the
// projection has, as after a change in every region.
func BenchmarkQueryRange(b *testing.B) {
	m := many(b, 16)
	handler := newAPI(m).routes()
	for name, query := range map[string]string{
		"all":    `{__name__=~"framdrift_.+"}`,
		"sums":   `sum by (component) (framdrift_delivery_numerator{component!~"k3.*"}) / sum by (component) (framdrift_delivery_denominator{component!~"k3.*"})`,
		"region": `sum by (component) (framdrift_delivery_numerator{region="fosen-07",component!~"k3.*"})`,
		"window": `sum by (component) (avg_over_time(framdrift_delivery_numerator{component!~"k3.*"}[30d]))`,
	} {
		q := url.Values{"query": {query}, "start": {"2022-12-31T12:00:00Z"}, "end": {"2024-12-30T12:00:00Z"}, "step": {"1d"}}
		ask := func(b *testing.B) {
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/api/v1/query_range?"+q.Encode(), http.NoBody))
			if answer.Code != http.StatusOK {
				b.Fatal(answer.Body)
			}
			b.ReportMetric(float64(answer.Body.Len()), "bytes")
		}
		b.Run(name+"/cold", func(b *testing.B) {
			for b.Loop() {
				m.forget()
				ask(b)
			}
		})
		b.Run(name+"/warm", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ask(b)
			}
		})
	}
}
