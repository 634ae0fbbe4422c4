// Package metrics is what Prometheus scrapes. What the log says is read from
// the projections when somebody asks (a Collector), so it is never stale and
// costs nothing in between; what the door does is counted as it happens.
//
//	framdrift_delivery_numerator{region,plan,strategy,component}    gjennomføringskraft: k1 … k7, grey, back_dated
//	framdrift_delivery_denominator{region,plan,strategy,component}  numerators and denominators add up; divide the sums
//	framdrift_delivery_behind_seconds{region,plan,strategy,baseline} how far behind: baseline adopted or first
//	framdrift_measures{region,plan,strategy,state}                  measures by how far they have come
//	framdrift_measure_colours{region,plan,strategy,colour}          measures by computed colour
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
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

const secondsPerDay = 24 * 60 * 60

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
	colours = prometheus.NewDesc("framdrift_measure_colours",
		"Measures of the plan, by computed colour.", []string{"region", "plan", "strategy", "colour"}, nil)
	behind = prometheus.NewDesc("framdrift_delivery_behind_seconds",
		"How far behind its schedule the plan, or the strategy, is (K3): AT − ES, in seconds of whole days; negative when ahead.",
		[]string{"region", "plan", "strategy", "baseline"}, nil)
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
		numerator, denominator, measures, colours, behind, definition, logMessages, logHeard, logPosition, logWritable, projectionPosition, projectionLag, projectionHealthy,
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
	to <- sample(d, value, labels...)
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

// collectDelivery reads the projection at one moment of the log, while nothing
// is fed to it.
func collectDelivery(r *app.Region, to chan<- prometheus.Metric) {
	var all []prometheus.Metric
	r.Sweep(delivery.Known, nil, func(plan domain.PlanID, _ int, point *delivery.Point) {
		at := where{string(r.ID()), string(plan), ""}
		all = append(all, sample(definition, 1, at[0], at[1], point.Definition))
		all = appendSchedule(all, &point.Whole, at) // what does not add up is told of the whole plan too
		for i := range point.Strategies {
			at[2] = string(point.Strategies[i].Strategy)
			all = appendStrategy(all, &point.Strategies[i].Figures, at)
		}
	})
	for _, m := range all {
		to <- m
	}
}

// where is the region, the plan and the strategy.
type where [3]string

func (at where) sample(d *prometheus.Desc, value float64, label string) prometheus.Metric {
	return sample(d, value, append(at[:], label)...)
}

func sample(d *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
}

// appendStrategy adds the series of a strategy.
func appendStrategy(all []prometheus.Metric, f *delivery.Figures, at where) []prometheus.Metric {
	for _, c := range delivery.Components() {
		if c != delivery.K3 {
			all = appendRatio(all, string(c), f.Ratio(c), at)
		}
	}
	all = appendSchedule(all, f, at)
	all = appendRatio(all, "grey", f.Grey, at)
	all = appendRatio(all, "back_dated", f.BackDated, at)
	for i, s := range delivery.States() {
		all = append(all, at.sample(measures, float64(f.States[i]), string(s)))
	}
	for i, c := range delivery.Colours() {
		all = append(all, at.sample(colours, float64(f.Colours[i]), string(c)))
	}
	return all
}

// appendRatio adds the two halves of a share, or nothing when there is nothing
// to divide by (R5).
func appendRatio(all []prometheus.Metric, component string, r delivery.Ratio, at where) []prometheus.Metric {
	if r.Denominator == 0 {
		return all
	}
	component = strings.ToLower(component)
	return append(all, at.sample(numerator, float64(r.Numerator), component), at.sample(denominator, float64(r.Denominator), component))
}

// appendSchedule adds K3, which is made anew for each level, and how far behind it is.
func appendSchedule(all []prometheus.Metric, f *delivery.Figures, at where) []prometheus.Metric {
	all = appendRatio(all, string(delivery.K3), f.K3.Ratio, at)
	for _, b := range []struct {
		baseline string
		earned   delivery.Earned
	}{{"adopted", f.K3}, {"first", f.K3First}} {
		if b.earned.Denominator > 0 {
			all = append(all, at.sample(behind, float64(b.earned.DaysBehind)*secondsPerDay, b.baseline))
		}
	}
	return all
}
