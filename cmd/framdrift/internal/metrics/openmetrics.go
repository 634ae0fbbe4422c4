package metrics

import (
	"bufio"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A Backfill gathers the figures of plans at some moments, and writes them in
// the OpenMetrics text format, which «promtool tsdb create-blocks-from
// openmetrics» reads: the samples of a metric together, of them those of a
// series together, each with its time.
//
//	# TYPE framdrift_measures gauge
//	# HELP framdrift_measures Measures of the plan, by how far they have come.
//	framdrift_measures{region="fosen",plan="…",strategy="s1",state="started"} 4 1672527599
//	…
//	# EOF
type Backfill struct {
	View    delivery.View
	series  map[string]*strings.Builder
	order   map[*Metric][]string
	samples int
}

// Add takes a point of a plan's course.
func (b *Backfill) Add(region domain.RegionID, plan domain.PlanID, at time.Time, p *delivery.Point) {
	if b.series == nil {
		b.series, b.order = map[string]*strings.Builder{}, map[*Metric][]string{}
	}
	for s := range Samples(region, plan, p) {
		name := b.name(s)
		lines, ok := b.series[name]
		if !ok {
			lines = &strings.Builder{}
			b.series[name] = lines
			b.order[s.Metric] = append(b.order[s.Metric], name)
		}
		lines.WriteString(name + " " + strconv.FormatFloat(s.Value, 'f', -1, 64) + " " + strconv.FormatInt(at.Unix(), 10) + "\n")
		b.samples++
	}
}

// Samples is how many there are.
func (b *Backfill) Samples() int { return b.samples }

// name is the series as it is written; hindsight has the label view="corrected",
// and a label that says nothing is left out.
func (b *Backfill) name(s Sample) string {
	text := s.Metric.Name + `{region=` + strconv.Quote(s.Labels[0]) + `,plan=` + strconv.Quote(s.Labels[1])
	for i, label := range s.Metric.Labels {
		if s.Labels[2+i] != "" {
			text += "," + label + "=" + strconv.Quote(s.Labels[2+i])
		}
	}
	if b.View == delivery.Corrected {
		text += `,view="corrected"`
	}
	return text + "}"
}

// WriteTo writes it all.
func (b *Backfill) WriteTo(w io.Writer) (int64, error) {
	out := bufio.NewWriter(w)
	n := 0
	put := func(s string) { // the first error stays in out
		m, _ := out.WriteString(s)
		n += m
	}
	for _, m := range PlanMetrics() {
		names := slices.Clone(b.order[m])
		if len(names) == 0 {
			continue
		}
		slices.Sort(names)
		put("# TYPE " + m.Name + " gauge\n")
		if strings.HasSuffix(m.Name, "_seconds") {
			put("# UNIT " + m.Name + " seconds\n")
		}
		put("# HELP " + m.Name + " " + m.Help + "\n")
		for _, name := range names {
			put(b.series[name].String())
		}
	}
	put("# EOF\n")
	return int64(n), out.Flush()
}
