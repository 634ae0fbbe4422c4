package metrics

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/prometheus/client_golang/prometheus/promhttp"
	dto "github.com/prometheus/client_model/go"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// often is the demo so many times, each as a region with a name of its own.
type often struct {
	region *app.Region
	times  int
}

// Gather is what gatherer does.
func (o often) Gather() ([]*dto.MetricFamily, error) {
	var plans families
	for i := range o.times {
		if err := plans.add(o.region, domain.RegionID(fmt.Sprintf("region-%03d", i))); err != nil {
			return nil, err
		}
	}
	return plans.list(), nil
}

// BenchmarkScrape is a scrape of 400 regions, some 50 000 series, to the last
// byte of its text: alone, and while somebody appends to the region all the time.
func BenchmarkScrape(b *testing.B) {
	a, _, err := demo.Play(b.Context(), app.Options{Dir: b.TempDir()}, app.Create, func(int, int) {})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := a.Close(); err != nil {
			b.Error(err)
		}
	})
	r, err := a.Region(demo.Region)
	if err != nil {
		b.Fatal(err)
	}
	handler := promhttp.HandlerFor(often{r, 400}, promhttp.HandlerOpts{})
	scrape := func(b *testing.B) {
		for b.Loop() {
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, httptest.NewRequestWithContext(b.Context(), http.MethodGet, "/metrics", http.NoBody))
			b.ReportMetric(float64(answer.Body.Len()), "bytes")
		}
	}
	b.Run("alone", scrape)
	b.Run("appending", func(b *testing.B) {
		var stop atomic.Bool
		done := make(chan int)
		go func() {
			n := 0
			for ; !stop.Load(); n++ {
				ask := domain.Request{ID: app.NewCommandID(), By: "local", Channel: domain.ChannelCLI, Command: actors.Register{Actor: domain.ActorID(fmt.Sprint("a", n)), Name: "A", Kind: actors.Organisation, Sector: actors.Business}}
				if _, err := r.Do(b.Context(), ask); err != nil {
					b.Error(err)
					break
				}
			}
			done <- n
		}()
		scrape(b)
		stop.Store(true)
		b.ReportMetric(float64(<-done)/b.Elapsed().Seconds(), "appends/s")
	})
}
