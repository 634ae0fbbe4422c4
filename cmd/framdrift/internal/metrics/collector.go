package metrics

import (
	"context"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
)

// logPatience is how long a scrape waits for the log to say how long it is.
const logPatience = 2 * time.Second

// collector reads at scrape time how the logs, the projections and the disk are.
type collector struct{ app *app.App }

var (
	diskFree = prometheus.NewDesc("framdrift_disk_free_bytes",
		"Room on the disk that holds the data directory.", nil, nil)
	diskLeast = prometheus.NewDesc("framdrift_disk_least_free_bytes",
		"Changes are refused when less than this is free on the disk.", nil, nil)
	logMessages = prometheus.NewDesc("framdrift_log_messages",
		"Messages on the log, as the log itself says.", []string{"region"}, nil)
	logHeard = prometheus.NewDesc("framdrift_log_heard_timestamp_seconds",
		"When the log last said how long it is, in seconds since 1970.", []string{"region"}, nil)
	logVerified = prometheus.NewDesc("framdrift_log_verified",
		"Whether the log was what was signed (1) or not (0) when every hash was last computed anew.", []string{"region"}, nil)
	logVerifiedAt = prometheus.NewDesc("framdrift_log_verified_timestamp_seconds",
		"When that verification began, in seconds since 1970.", []string{"region"}, nil)
	logSigned = prometheus.NewDesc("framdrift_log_signed_position",
		"Position of the last event in the last signed checkpoint.", []string{"region"}, nil)
	logPosition = prometheus.NewDesc("framdrift_log_position",
		"Position of the last event that has been read of the log.", []string{"region"}, nil)
	logWritable = prometheus.NewDesc("framdrift_log_writable",
		"Whether changes are taken (1), or refused because the log cannot be trusted or reached, the disk failed or is nearly full (0).", []string{"region"}, nil)
	projectionPosition = prometheus.NewDesc("framdrift_projection_position",
		"Position of the last event the projection has.", []string{"region", "projection"}, nil)
	projectionLag = prometheus.NewDesc("framdrift_projection_lag_messages",
		"Messages on the log that the projection does not have.", []string{"region", "projection"}, nil)
	projectionLagEvents = prometheus.NewDesc("framdrift_projection_lag_events",
		"Events on the log that the projection does not have, at least.", []string{"region", "projection"}, nil)
	projectionLagSeconds = prometheus.NewDesc("framdrift_projection_lag_seconds",
		"For how long it has lacked the first of them; it grows also when nothing happens.", []string{"region", "projection"}, nil)
	projectionHealthy = prometheus.NewDesc("framdrift_projection_healthy",
		"Whether the projection runs (1) or has stopped (0).", []string{"region", "projection"}, nil)
)

func (collector) Describe(to chan<- *prometheus.Desc) {
	for _, d := range []*prometheus.Desc{
		diskFree, diskLeast, logMessages, logHeard, logVerified, logVerifiedAt, logSigned, logPosition, logWritable, projectionPosition, projectionLag, projectionHealthy,
		projectionLagEvents, projectionLagSeconds,
	} {
		to <- d
	}
}

func (c collector) Collect(to chan<- prometheus.Metric) {
	if s, err := c.app.Space(); err == nil {
		gauge(to, diskFree, float64(s.Free))
		gauge(to, diskLeast, float64(s.Least()))
	}
	for _, r := range c.app.Regions() {
		collectHealth(r, to)
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
	verdict := r.Verdict()
	gauge(to, logVerified, oneIf(verdict.Err == nil), region)
	gauge(to, logVerifiedAt, float64(verdict.At.UnixMilli())/1000, region)
	gauge(to, logSigned, float64(r.Signed().Events), region)
	gauge(to, logPosition, float64(r.Head().Position), region)
	gauge(to, logWritable, oneIf(r.Writable() == nil), region)
	for _, h := range r.Health() {
		gauge(to, projectionPosition, float64(h.Head.Position), region, h.Name)
		gauge(to, projectionHealthy, oneIf(h.Err == nil), region, h.Name)
		if err == nil && messages >= h.Head.Sequence {
			gauge(to, projectionLag, float64(messages-h.Head.Sequence), region, h.Name)
		}
	}
	all, _ := r.Projections(ctx) // never an error here
	for _, p := range all {
		gauge(to, projectionLagEvents, float64(p.Events), region, p.Name)
		gauge(to, projectionLagSeconds, p.Seconds, region, p.Name)
	}
}

func oneIf(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}
