package promapi

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/util/annotations"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A memory is the pasts of all regions: a storage.Queryable for the engine.
type memory struct {
	regions func() []*app.Region

	mu    sync.Mutex // guards pasts
	pasts map[*app.Region]*[2]*past
}

func newMemory(regions func() []*app.Region) *memory {
	return &memory{regions: regions, pasts: map[*app.Region]*[2]*past{}}
}

// of is the past of a region in a view.
func (m *memory) of(r *app.Region, v delivery.View) *past {
	m.mu.Lock()
	defer m.mu.Unlock()
	both, ok := m.pasts[r]
	if !ok {
		both = pastsOf(r, r.ID())
		m.pasts[r] = both
	}
	if v == delivery.Corrected {
		return both[1]
	}
	return both[0]
}

// Querier is of a range of times, both included.
func (m *memory) Querier(from, to int64) (storage.Querier, error) { return &querier{m, from, to}, nil }

type querier struct {
	memory   *memory
	from, to int64
}

// Close has nothing to let go of.
func (*querier) Close() error { return nil }

// Select finds the series that match. What a selector of an instant gets is
// the steps themselves, since the engine looks back for as long as it must; a
// window gets a value for each point of a grid, so that a mean over a month is
// one over its days.
func (q *querier) Select(ctx context.Context, sorted bool, hints *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
	all, err := q.matching(ctx, matchers)
	if err != nil {
		return storage.ErrSeriesSet(err)
	}
	set := &seriesSet{at: -1}
	var grid []int64
	if hints != nil && hints.Range > 0 {
		grid = gridOf(hints)
	}
	for _, s := range all {
		if hints != nil && hints.Func == "series" && !s.lives(q.from, q.to) {
			continue
		}
		set.all = append(set.all, found{s, grid})
	}
	if sorted {
		slices.SortFunc(set.all, func(a, b found) int { return labels.Compare(a.labels, b.labels) })
	}
	return set
}

// matching are the series that all matchers match. What is seen in hindsight is
// among them only where a matcher asks for it.
func (q *querier) matching(ctx context.Context, matchers []*labels.Matcher) ([]series, error) {
	var found []series
	for _, r := range q.memory.regions() {
		for _, v := range views(matchers) {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			past := q.memory.of(r, v)
			if !all(matchers, "region", string(past.id)) {
				continue
			}
			there, err := past.upToNow(ctx)
			if err != nil {
				return nil, err
			}
			for _, s := range there {
				if match(matchers, s.labels) {
					found = append(found, s)
				}
			}
		}
	}
	return found, nil
}

// views are those that matchers ask for: what was known, unless they say more.
func views(matchers []*labels.Matcher) []delivery.View {
	var chosen []delivery.View
	if all(matchers, viewLabel, "") {
		chosen = append(chosen, delivery.Known)
	}
	named := func(m *labels.Matcher) bool { return m.Name == viewLabel }
	if slices.ContainsFunc(matchers, named) && all(matchers, viewLabel, corrected) {
		chosen = append(chosen, delivery.Corrected)
	}
	return chosen
}

// all reports whether the matchers of one label all match a value.
func all(matchers []*labels.Matcher, name, value string) bool {
	return !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return m.Name == name && !m.Matches(value) })
}

func match(matchers []*labels.Matcher, l labels.Labels) bool {
	return !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches(l.Get(m.Name)) })
}

// LabelValues are those of a label among the series that match.
func (q *querier) LabelValues(ctx context.Context, name string, _ *storage.LabelHints, matchers ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return q.collect(ctx, matchers, func(l labels.Labels, add func(string)) {
		if v := l.Get(name); v != "" {
			add(v)
		}
	})
}

// LabelNames are those of the series that match.
func (q *querier) LabelNames(ctx context.Context, _ *storage.LabelHints, matchers ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return q.collect(ctx, matchers, func(l labels.Labels, add func(string)) {
		l.Range(func(l labels.Label) { add(l.Name) })
	})
}

// collect gathers words from the series of either view that match and have a
// value in the range, each word once.
func (q *querier) collect(ctx context.Context, matchers []*labels.Matcher, words func(labels.Labels, func(string))) ([]string, annotations.Annotations, error) {
	if !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return m.Name == viewLabel }) {
		matchers = append(slices.Clone(matchers), labels.MustNewMatcher(labels.MatchRegexp, viewLabel, ".*"))
	}
	matched, err := q.matching(ctx, matchers)
	if err != nil {
		return nil, nil, err
	}
	once := map[string]bool{}
	for _, s := range matched {
		if s.lives(q.from, q.to) {
			words(s.labels, func(word string) { once[word] = true })
		}
	}
	list := make([]string, 0, len(once))
	for word := range once {
		list = append(list, word)
	}
	slices.Sort(list)
	return list, nil, nil
}

// mostPoints is how long a grid may be.
const mostPoints = 1_000_000

// gridOf are the times that a window is filled at: the beginning of each day
// in Oslo for windows of two days or more, every hour for those of two hours or
// more, and every minute for shorter ones.
func gridOf(hints *storage.SelectHints) []int64 {
	var grid []int64
	if hints.Range >= 2*day {
		for d := domain.DateOf(time.UnixMilli(hints.Start)); ; d = d.AddDays(1) {
			switch at := d.At(0, 0).UnixMilli(); {
			case at > hints.End:
				return grid
			case at >= hints.Start:
				grid = append(grid, at)
			}
		}
	}
	step := int64(time.Minute / time.Millisecond)
	if hints.Range >= 2*60*step {
		step *= 60
	}
	for (hints.End-hints.Start)/step > mostPoints {
		step *= 2
	}
	for at := (hints.Start + step - 1) / step * step; at <= hints.End; at += step {
		grid = append(grid, at)
	}
	return grid
}

const day = int64(24 * time.Hour / time.Millisecond)

// A seriesSet is what a selector found.
type seriesSet struct {
	all []found
	at  int
}

func (s *seriesSet) Next() bool                        { s.at++; return s.at < len(s.all) }
func (s *seriesSet) At() storage.Series                { return s.all[s.at] }
func (s *seriesSet) Err() error                        { return nil }
func (s *seriesSet) Warnings() annotations.Annotations { return nil }

// found is a series, and the grid that it is read on, if it is.
type found struct {
	series
	grid []int64
}

// Labels are those of the series.
func (f found) Labels() labels.Labels { return f.labels }

// Iterator goes through its samples.
func (f found) Iterator(chunkenc.Iterator) chunkenc.Iterator {
	if f.grid != nil {
		return storage.NewListSeriesIterator(f.on(f.grid))
	}
	return storage.NewListSeriesIterator(f.steps)
}
