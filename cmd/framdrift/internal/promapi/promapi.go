// Package promapi is the history of gjennomføringskraft as Prometheus would
// answer for it, had it scraped from the day the plan was adopted: the log is
// replayed, and Prometheus' own engine evaluates PromQL over what it says. So
// Grafana's ordinary Prometheus data source shows 2022–2024 on the day that the
// log is imported.
//
//	GET, POST /api/v1/query              ?query= &time=
//	GET, POST /api/v1/query_range        ?query= &start= &end= &step=
//	GET, POST /api/v1/series             ?match[]= &start= &end=
//	GET, POST /api/v1/labels             ?match[]= &start= &end=
//	GET       /api/v1/label/NAME/values  ?match[]= &start= &end=
//	GET       /api/v1/metadata           ?metric= &limit=
//	GET       /api/v1/status/buildinfo
//
// The series are those of package metrics that say how a plan stands, each with
// its value at every instant since the plan was adopted. What is asked for is
// as known then, as a scrape would have given it. The same in hindsight has the
// label view="corrected", and only a selector that names the label gets it:
//
//	framdrift_delivery_numerator{component="k2"}                     as known
//	framdrift_delivery_numerator{component="k2",view="corrected"}    as corrected
//	framdrift_delivery_numerator{component="k2",view=~"corrected|"}  both
//
// A series is a step function, exact to the millisecond, so a selector of an
// instant looks back as far as it must. In a window, as of avg_over_time, it has
// one value a day (midnight in Oslo); an hour in windows under two days, a
// minute in those under two hours. After now, the latest value holds.
//
// Answers and errors have the shape and status of Prometheus' own. Nothing is
// changed by any of them.
package promapi

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/metrics"
)

// The limits of a query. The last is Prometheus' own, and said in its words.
const (
	mostSamples     = 10_000_000
	longest         = 30 * time.Second
	mostAtOnce      = 4
	mostBody        = 1 << 20
	mostPerSeries   = 11_000
	engineVersion   = "3.15.0" // of which prometheus/prometheus v0.315.0 is the library
	lookback        = 100 * 365 * 24 * time.Hour
	subqueryDefault = 24 * time.Hour / time.Millisecond
)

// Handler answers for the app's regions as they stand.
func Handler(a *app.App) http.Handler { return newAPI(newMemory(a.Regions)).routes() }

type api struct {
	memory *memory
	engine *promql.Engine
	parser parser.Parser
}

func newAPI(m *memory) *api {
	p := parser.NewParser(parser.Options{})
	return &api{
		memory: m,
		parser: p,
		engine: promql.NewEngine(promql.EngineOpts{
			MaxSamples: mostSamples, Timeout: longest, LookbackDelta: lookback, ActiveQueryTracker: make(turnstile, mostAtOnce),
			NoStepSubqueryIntervalFn: func(int64) int64 { return int64(subqueryDefault) },
			EnableAtModifier:         true, EnableNegativeOffset: true, Parser: p,
		}),
	}
}

func (a *api) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		writeError(w, &apiError{notFound, errors.New("there is nothing at " + r.URL.Path)})
	})
	for path, read := range map[string]func(*http.Request) (any, warned, error){
		"/query": a.query, "/query_range": a.queryRange, "/series": a.series, "/labels": a.labelNames,
	} {
		mux.HandleFunc("GET /api/v1"+path, answer(read))
		mux.HandleFunc("POST /api/v1"+path, answer(read))
	}
	for path, read := range map[string]func(*http.Request) (any, warned, error){
		"/label/{name}/values": a.labelValues, "/metadata": metadata, "/status/buildinfo": buildInfo,
	} {
		mux.HandleFunc("GET /api/v1"+path, answer(read))
	}
	return mux
}

// queryData is the answer to a query.
type queryData struct{ value parser.Value }

func (a *api) query(r *http.Request) (any, warned, error) {
	at, err := timeOf(r, "time", time.Now())
	if err != nil {
		return nil, nil, err
	}
	return a.run(r, func(ctx context.Context) (promql.Query, error) {
		return a.engine.NewInstantQuery(ctx, a.memory, nil, r.FormValue("query"), at)
	})
}

func (a *api) queryRange(r *http.Request) (any, warned, error) {
	start, err := timeOf(r, "start", time.Time{})
	if err != nil {
		return nil, nil, err
	}
	end, err := timeOf(r, "end", time.Time{})
	if err != nil {
		return nil, nil, err
	}
	if end.Before(start) {
		return nil, nil, invalid("end", errors.New("end timestamp must not be before start time"))
	}
	step, err := durationOf(r.FormValue("step"))
	switch {
	case err != nil:
		return nil, nil, invalid("step", err)
	case step <= 0:
		return nil, nil, invalid("step", errors.New("zero or negative query resolution step widths are not accepted. Try a positive integer"))
	case end.Sub(start)/step > mostPerSeries:
		return nil, nil, &apiError{badData, errors.New("exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)")}
	}
	return a.run(r, func(ctx context.Context) (promql.Query, error) {
		return a.engine.NewRangeQuery(ctx, a.memory, nil, r.FormValue("query"), start, end, step)
	})
}

// run waits its turn and evaluates a query, within the time the request gives it.
func (a *api) run(r *http.Request, parse func(context.Context) (promql.Query, error)) (any, warned, error) {
	patience := longest
	if s := r.FormValue("timeout"); s != "" {
		d, err := durationOf(s)
		if err != nil {
			return nil, nil, invalid("timeout", err)
		}
		patience = min(patience, d)
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	limit, err := limitOf(r)
	if err != nil {
		return nil, nil, err
	}
	q, err := parse(ctx)
	switch {
	case ctx.Err() != nil && err != nil: // it waited its turn for too long
		return nil, nil, asError(ctx.Err())
	case err != nil:
		return nil, nil, invalid("query", err)
	}
	res := q.Exec(ctx)
	if res.Err != nil {
		q.Close()
		return nil, nil, asError(res.Err)
	}
	warnings, infos := res.Warnings.AsStrings(r.FormValue("query"), 10, 10)
	value, cut := cutTo(res.Value, limit)
	if cut {
		warnings = append(warnings, truncated)
	}
	// The query's memory is used again once it is closed, so the answer is written first.
	return writing{queryData{value}, q.Close}, warned{warnings, infos}, nil
}

const truncated = "results truncated due to limit"

// cutTo is at most so many series of a result.
func cutTo(v parser.Value, limit int) (parser.Value, bool) {
	switch v := v.(type) {
	case promql.Matrix:
		if limit > 0 && len(v) > limit {
			return v[:limit], true
		}
	case promql.Vector:
		if limit > 0 && len(v) > limit {
			return v[:limit], true
		}
	}
	return v, false
}

func (a *api) series(r *http.Request) (any, warned, error) {
	q, sets, limit, err := a.selection(r)
	if err != nil {
		return nil, nil, err
	}
	if len(sets) == 0 {
		return nil, nil, &apiError{badData, errors.New("no match[] parameter provided")}
	}
	found, seen := []labels.Labels{}, map[uint64]bool{}
	for _, matchers := range sets {
		set := q.Select(r.Context(), true, &storage.SelectHints{Func: "series"}, matchers...)
		for set.Next() {
			if l := set.At().Labels(); !seen[l.Hash()] {
				seen[l.Hash()] = true
				found = append(found, l)
			}
		}
		if set.Err() != nil {
			return nil, nil, asError(set.Err())
		}
	}
	return first(found, limit)
}

func (a *api) labelNames(r *http.Request) (any, warned, error) {
	return a.words(r, func(ctx context.Context, q storage.Querier, matchers []*labels.Matcher) ([]string, error) {
		all, _, err := q.LabelNames(ctx, nil, matchers...)
		return all, err
	})
}

func (a *api) labelValues(r *http.Request) (any, warned, error) {
	return a.words(r, func(ctx context.Context, q storage.Querier, matchers []*labels.Matcher) ([]string, error) {
		all, _, err := q.LabelValues(ctx, r.PathValue("name"), nil, matchers...)
		return all, err
	})
}

// A Metadata is what Prometheus tells of a metric.
type metadatum struct {
	Type string `json:"type"`
	Help string `json:"help"`
	Unit string `json:"unit"`
}

func metadata(r *http.Request) (any, warned, error) {
	limit, err := limitOf(r)
	all := map[string][]metadatum{}
	for _, m := range metrics.PlanMetrics() {
		if asked := r.FormValue("metric"); (asked == "" || asked == m.Name) && (limit == 0 || len(all) < limit) {
			all[m.Name] = []metadatum{{"gauge", m.Help, ""}}
		}
	}
	return all, nil, err
}

// buildInfo is how Grafana learns what it may ask for: the version is that of
// the engine.
func buildInfo(*http.Request) (any, warned, error) {
	return map[string]string{
		"version": engineVersion, "revision": "framdrift", "branch": "", "buildUser": "", "buildDate": "", "goVersion": runtime.Version(),
	}, nil, nil
}

// A turnstile lets so many queries through at a time.
type turnstile chan struct{}

func (t turnstile) GetMaxConcurrent() int { return cap(t) }

func (t turnstile) Insert(ctx context.Context, _ string) (int, error) {
	select {
	case t <- struct{}{}:
		return 0, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (t turnstile) Delete(int)   { <-t }
func (t turnstile) Close() error { return nil }
