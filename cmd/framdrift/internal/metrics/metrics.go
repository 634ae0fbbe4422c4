// Package metrics is what Prometheus scrapes. What the log says is read from
// the projections when somebody asks (a Collector), so it is never stale and
// costs nothing in between; what the door does is counted as it happens.
//
//	framdrift_delivery_numerator{region,plan,strategy,component}    gjennomføringskraft (k1, k2, k4)
//	framdrift_delivery_denominator{region,plan,strategy,component}  numerators and denominators add up; divide the sums
//	framdrift_measures{region,plan,strategy,state}                  measures by how far they have come
//	framdrift_delivery_definition_info{region,plan,version}         the definition in force, always 1
//	framdrift_log_messages{region}                                  messages on the log
//	framdrift_log_heard_timestamp_seconds{region}                   when the log last said so
//	framdrift_log_position{region}                                  events that have been read of it
//	framdrift_projection_position{region,projection}                events each projection has
//	framdrift_projection_lag_messages{region,projection}            messages it has not
//	framdrift_projection_healthy{region,projection}                 0 when it has stopped
//	framdrift_events_appended_total{region,type}                    by this process
//	framdrift_append_duration_seconds                               one durable append
//
// An empty denominator has no series. No label holds a person or a measure's
// title. Per region there are at most 7 + 3·2·strategies + 6·strategies
// series and two per projection for each plan.
package metrics

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// logPatience is how long a scrape waits for the log to say how long it is.
const logPatience = 2 * time.Second

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

// Appended counts one durable append.
func (m *Metrics) Appended(took time.Duration, events []domain.Recorded) {
	m.duration.Observe(took.Seconds())
	for _, e := range events {
		m.appended.WithLabelValues(string(e.Region), e.Event.EventName()).Inc()
	}
}

// Handler answers scrapes with the app's regions as they stand. What cannot be
// read just then is left out; the rest is shown.
func (m *Metrics) Handler(a *app.App) http.Handler {
	m.registry.MustRegister(collector{a})
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{EnableOpenMetrics: true, ErrorHandling: promhttp.ContinueOnError})
}

// collector reads the projections at scrape time.
type collector struct{ app *app.App }

var (
	levelLabels = []string{"region", "plan", "strategy", "component"}

	numerator = prometheus.NewDesc("framdrift_delivery_numerator",
		"Numerator of a component of gjennomføringskraft, now, as known.", levelLabels, nil)
	denominator = prometheus.NewDesc("framdrift_delivery_denominator",
		"Denominator of a component of gjennomføringskraft, now, as known.", levelLabels, nil)
	measures = prometheus.NewDesc("framdrift_measures",
		"Measures of the plan, by how far they have come.", []string{"region", "plan", "strategy", "state"}, nil)
	definition = prometheus.NewDesc("framdrift_delivery_definition_info",
		"The definition of gjennomføringskraft in force.", []string{"region", "plan", "version"}, nil)
	logMessages = prometheus.NewDesc("framdrift_log_messages",
		"Messages on the log, as the log itself says.", []string{"region"}, nil)
	logHeard = prometheus.NewDesc("framdrift_log_heard_timestamp_seconds",
		"When the log last said how long it is, in seconds since 1970.", []string{"region"}, nil)
	logPosition = prometheus.NewDesc("framdrift_log_position",
		"Position of the last event that has been read of the log.", []string{"region"}, nil)
	logWritable = prometheus.NewDesc("framdrift_log_writable",
		"Whether changes are taken (1), or refused because the log cannot be trusted or reached, the disk failed or is nearly full (0).", []string{"region"}, nil)
	projectionPosition = prometheus.NewDesc("framdrift_projection_position",
		"Position of the last event the projection has.", []string{"region", "projection"}, nil)
	projectionLag = prometheus.NewDesc("framdrift_projection_lag_messages",
		"Messages on the log that the projection does not have.", []string{"region", "projection"}, nil)
	projectionHealthy = prometheus.NewDesc("framdrift_projection_healthy",
		"Whether the projection runs (1) or has stopped (0).", []string{"region", "projection"}, nil)
)

func (collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		numerator, denominator, measures, definition, logMessages, logHeard, logPosition, logWritable, projectionPosition, projectionLag, projectionHealthy,
	} {
		to <- d
	}
}

func (c collector) Collect(to chan<- prometheus.Metric) {
	for _, r := range c.app.Regions() {
		collectHealth(r, to)
		collectDelivery(r, to)
	}
}

func gauge(to chan<- prometheus.Metric, d *prometheus.Desc, value float64, labels ...string) {
	to <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
}

func collectHealth(r *app.Region, to chan<- prometheus.Metric) {
	region := string(r.ID())
	ctx, cancel := context.WithTimeout(context.Background(), logPatience)
	defer cancel()
	messages, err := r.Messages(ctx)
	if err != nil {
		to <- prometheus.NewInvalidMetric(logMessages, err)
	} else {
		gauge(to, logMessages, float64(messages), region)
	}
	gauge(to, logHeard, float64(r.Heard().UnixMilli())/1000, region)
	gauge(to, logPosition, float64(r.Head().Position), region)
	gauge(to, logWritable, oneIf(r.Writable() == nil), region)
	for _, h := range r.Health() {
		gauge(to, projectionPosition, float64(h.Head.Position), region, h.Name)
		gauge(to, projectionHealthy, oneIf(h.Err == nil), region, h.Name)
		if err == nil && messages >= h.Head.Sequence {
			gauge(to, projectionLag, float64(messages-h.Head.Sequence), region, h.Name)
		}
	}
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func collectDelivery(r *app.Region, to chan<- prometheus.Metric) {
	overview, err := r.Overview(context.Background(), app.Per{})
	if err != nil {
		return // nothing live refuses an overview; a scrape shows what it can
	}
	for _, plan := range overview.Plans {
		p, err := r.Delivery(context.Background(), plan.ID, delivery.Part{}, app.Per{})
		if err != nil {
			continue // adopted later than the clock says now
		}
		region, id := string(r.ID()), string(plan.ID)
		gauge(to, definition, 1, region, id, p.Definition.Version)
		for _, level := range p.Strategies {
			collectLevel(level, to, region, id)
		}
	}
}

func collectLevel(level delivery.Level, to chan<- prometheus.Metric, region, plan string) {
	strategy := string(level.Strategy)
	for component, share := range map[string]delivery.Ratio{"k1": level.K1.Ratio, "k2": level.K2.Ratio, "k4": level.K4.Ratio} {
		if share.Denominator == 0 {
			continue
		}
		gauge(to, numerator, float64(share.Numerator), region, plan, strategy, component)
		gauge(to, denominator, float64(share.Denominator), region, plan, strategy, component)
	}
	for _, s := range level.Counts.States {
		gauge(to, measures, float64(s.Count), region, plan, strategy, string(s.State))
	}
}
