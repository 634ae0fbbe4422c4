package metrics

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
	dto "github.com/prometheus/client_model/go"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A gatherer adds how the plans stand to what a registry has. Four hundred
// regions are fifty thousand series, which cannot be wrong one by one, so they
// do not go through the registry, which looks at each.
type gatherer struct {
	registry *prometheus.Registry
	app      *app.App
}

// Gather is one scrape.
func (g gatherer) Gather() ([]*dto.MetricFamily, error) {
	all, err := g.registry.Gather()
	var plans families
	for _, r := range g.app.Regions() {
		err = errors.Join(err, plans.add(r, r.ID()))
	}
	all = append(all, plans.list()...)
	slices.SortFunc(all, func(a, b *dto.MetricFamily) int { return strings.Compare(a.GetName(), b.GetName()) })
	return all, err
}

// families are the series of plans, by metric.
type families map[*Metric]*dto.MetricFamily

// add reads the projection at one moment of the log, while nothing is fed to
// it; the region is called as.
func (f *families) add(r *app.Region, as domain.RegionID) error {
	if *f == nil {
		*f = families{}
	}
	return r.Sweep(context.Background(), delivery.Known, nil, func(plan domain.PlanID, _ int, point *delivery.Point) {
		for s := range Samples(as, plan, point) {
			of, ok := (*f)[s.Metric]
			if !ok {
				of = &dto.MetricFamily{Name: &s.Metric.Name, Help: &s.Metric.Help, Type: dto.MetricType_GAUGE.Enum()}
				(*f)[s.Metric] = of
			}
			of.Metric = append(of.Metric, s.dto())
		}
	})
}

func (f families) list() []*dto.MetricFamily {
	var all []*dto.MetricFamily
	for _, m := range PlanMetrics() {
		if of, ok := f[m]; ok {
			all = append(all, of)
		}
	}
	return all
}

// dto is the sample as Prometheus' own library has it, its labels by name.
func (s Sample) dto() *dto.Metric {
	values := slices.Clone(s.Labels)
	pairs := make([]dto.LabelPair, len(values))
	labels := make([]*dto.LabelPair, len(values))
	for i, n := range s.Metric.sorted {
		pairs[i].Name, pairs[i].Value = &s.Metric.names[n], &values[n]
		labels[i] = &pairs[i]
	}
	return &dto.Metric{Label: labels, Gauge: &dto.Gauge{Value: &s.Value}}
}
