// Package metrics is what Prometheus scrapes. What the log says is read from
// the projections when somebody asks (a Collector), so it is never stale and
// costs nothing in between; what the door does is counted as it happens.
//
//	framdrift_delivery_numerator{region,plan,strategy,component}     gjennomføringskraft: k1 … k7, and beside them
//	framdrift_delivery_denominator{region,plan,strategy,component}   k3_first, k4_any_time, grey, back_dated, two_sectors, three_sectors
//	framdrift_delivery_behind_seconds{region,plan,strategy,baseline} how far behind: baseline adopted or first
//	framdrift_delivery_dated{region,plan,strategy}                   deliverables that K3 is read from
//	framdrift_measures{region,plan,strategy,state}                   measures by how far they have come
//	framdrift_measure_colours{region,plan,strategy,colour}           measures by computed colour
//	framdrift_delivery_definition_info{region,plan,version}          the definition in force, always 1
//	framdrift_log_messages{region}                                   messages on the log
//	framdrift_log_heard_timestamp_seconds{region}                    when the log last said so
//	framdrift_log_position{region}                                   events that have been read of it
//	framdrift_log_writable{region}                                   0 when changes are refused
//	framdrift_projection_position{region,projection}                 events each projection has
//	framdrift_projection_lag_messages{region,projection}             messages it has not
//	framdrift_projection_lag_events{region,projection}               events it has not, at least
//	framdrift_projection_lag_seconds{region,projection}              for how long it has lacked the first
//	framdrift_projection_healthy{region,projection}                  0 when it has stopped
//	framdrift_disk_free_bytes, framdrift_disk_least_free_bytes       room, and what must be left of it
//	framdrift_events_appended_total{region,type}                     by this process
//	framdrift_append_duration_seconds                                one durable append
//
// An empty denominator has no series. No label holds a person or a measure's
// title. A region has at most 7 series, 5 for each projection, and one for each
// type of event; each of its plans has at most 8, and 41 for each strategy.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

const secondsPerDay = 24 * 60 * 60

// Metrics counts what the door does (it is an app.Observer) and shows what
// the projections say.
type Metrics struct {
	registry *prometheus.Registry
	appended *prometheus.CounterVec
	duration prometheus.Histogram
}

// New counts from zero.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		appended: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "framdrift_events_appended_total", Help: "Events this process has appended, by type.",
		}, []string{"region", "type"}),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "framdrift_append_duration_seconds", Help: "Time of one durable append, from sending to on disk.",
			Buckets: prometheus.ExponentialBuckets(0.0002, 2, 15),
		}),
	}
	m.registry.MustRegister(m.appended, m.duration,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Appended counts one durable append. The last of the events is its exemplar:
// which one it was, and where on the log.
func (m *Metrics) Appended(took time.Duration, events []domain.Recorded) {
	last := events[len(events)-1]
	m.duration.(prometheus.ExemplarObserver).ObserveWithExemplar(took.Seconds(), prometheus.Labels{
		"event_id": string(last.ID), "sequence": strconv.FormatUint(uint64(last.Position), 10),
	})
	for _, e := range events {
		m.appended.WithLabelValues(string(e.Region), e.Event.EventName()).Inc()
	}
}

// Handler answers scrapes with the app's regions as they stand. What cannot be
// read just then is left out; the rest is shown.
func (m *Metrics) Handler(a *app.App) http.Handler {
	m.registry.MustRegister(collector{a})
	return promhttp.HandlerFor(gatherer{m.registry, a}, promhttp.HandlerOpts{EnableOpenMetrics: true, ErrorHandling: promhttp.ContinueOnError})
}
