package promapi

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/metrics"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// viewLabel is the label that what is seen in hindsight has, and what it says.
// What was known then has none, so that it is what a scrape would have given.
const (
	viewLabel = "view"
	corrected = string(delivery.Corrected)
)

var numbers = metrics.Numbers()

// A series is one of a region in one view.
type series struct {
	labels labels.Labels
	steps
}

// A past is all of a region's series in one view, up to when it was last asked
// for. It is made anew when the log has grown; as time goes by it is continued.
type past struct {
	region *app.Region
	id     domain.RegionID
	view   delivery.View

	mu    sync.Mutex // guards the rest
	mark  app.Mark
	plans map[domain.PlanID]*planPast
	all   []*series
}

// pastsOf are those of a region, as known and as corrected.
func pastsOf(r *app.Region, id domain.RegionID) *[2]*past {
	return &[2]*past{{region: r, id: id, view: delivery.Known}, {region: r, id: id, view: delivery.Corrected}}
}

// planPast is a plan's: by strategy in the order of the numbers, and by version
// of the definition.
type planPast struct {
	levels      map[domain.StrategyID]*level
	definitions map[string]*series
}

type level struct {
	series []*series // nil where there has never been a value
	seen   int64     // when it was last in the plan
}

// upToNow are the series as they are now, to be read and not changed.
func (p *past) upToNow(ctx context.Context) ([]series, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	mark, err := p.region.Replay(ctx, p.view, p.mark, p.begin, p.take)
	if err != nil {
		return nil, err
	}
	p.mark = mark
	all := make([]series, len(p.all))
	for i, s := range p.all {
		all[i] = *s
	}
	return all, nil
}

func (p *past) begin() { p.plans, p.all = map[domain.PlanID]*planPast{}, nil }

// take adds a point of a plan's course.
func (p *past) take(plan domain.PlanID, at time.Time, point *delivery.Point) {
	in, ok := p.plans[plan]
	if !ok {
		in = &planPast{map[domain.StrategyID]*level{}, map[string]*series{}}
		p.plans[plan] = in
	}
	now := millis(at)
	p.takeLevel(in, plan, "", now, &point.Whole)
	for i := range point.Strategies {
		p.takeLevel(in, plan, point.Strategies[i].Strategy, now, &point.Strategies[i].Figures)
	}
	for _, l := range in.levels {
		if l.seen != now {
			l.end(now)
		}
	}
	if in.definitions[point.Definition] == nil {
		in.definitions[point.Definition] = p.add(metrics.Definition(), plan, point.Definition)
	}
	for version, s := range in.definitions {
		s.set(now, 1, version == point.Definition)
	}
}

// takeLevel adds the figures of a strategy; of the whole plan, which has no
// name, only what does not add up.
func (p *past) takeLevel(in *planPast, plan domain.PlanID, strategy domain.StrategyID, now int64, f *delivery.Figures) {
	l, ok := in.levels[strategy]
	if !ok {
		l = &level{series: make([]*series, len(numbers))}
		in.levels[strategy] = l
	}
	l.seen = now
	for i := range numbers {
		n := &numbers[i]
		if strategy == "" && !n.Whole {
			continue
		}
		v, is := n.Value(f)
		if l.series[i] == nil {
			if !is {
				continue
			}
			l.series[i] = p.add(n.Metric, plan, string(strategy), n.Label)
		}
		l.series[i].set(now, v, is)
	}
}

// end says that the level has no values from now on.
func (l *level) end(now int64) {
	for _, s := range l.series {
		if s != nil {
			s.set(now, 0, false)
		}
	}
}

// add makes a series. A label that says nothing is left out: to Prometheus it
// is the same.
func (p *past) add(m *metrics.Metric, plan domain.PlanID, own ...string) *series {
	b := labels.NewScratchBuilder(6)
	b.Add(model.MetricNameLabel, m.Name)
	b.Add("region", string(p.id))
	b.Add("plan", string(plan))
	for i, says := range own {
		if says != "" {
			b.Add(m.Labels[i], says)
		}
	}
	if p.view == delivery.Corrected {
		b.Add(viewLabel, corrected)
	}
	b.Sort()
	s := &series{labels: b.Labels()}
	p.all = append(p.all, s)
	return s
}

// millis is a time as Prometheus has it: the first millisecond that is not
// before it, so that nothing is known too early.
func millis(t time.Time) int64 { return t.Add(time.Millisecond - time.Nanosecond).UnixMilli() }
