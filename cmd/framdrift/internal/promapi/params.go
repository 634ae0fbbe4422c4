package promapi

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/storage"
)

// timeOf is a parameter in seconds since 1970 or in RFC 3339. Without it it is
// what is said otherwise; the zero time says that it must be there.
func timeOf(r *http.Request, name string, otherwise time.Time) (time.Time, error) {
	s := r.FormValue(name)
	if s == "" && !otherwise.IsZero() {
		return otherwise, nil
	}
	if f, err := strconv.ParseFloat(s, 64); err == nil && math.Abs(f) < math.MaxInt64/1000 {
		whole, rest := math.Modf(f)
		return time.Unix(int64(whole), int64(math.Round(rest*1000))*int64(time.Millisecond)).UTC(), nil
	}
	if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
		return t, nil
	}
	return time.Time{}, invalid(name, fmt.Errorf("cannot parse %q to a valid timestamp", s))
}

// durationOf reads seconds, or 1d, 5m.
func durationOf(s string) (time.Duration, error) {
	if f, err := strconv.ParseFloat(s, 64); err == nil {
		d := f * float64(time.Second)
		if math.IsNaN(d) || math.Abs(d) > float64(math.MaxInt64) {
			return 0, fmt.Errorf("cannot parse %q to a valid duration. It overflows int64", s)
		}
		return time.Duration(d), nil
	}
	d, err := model.ParseDuration(s)
	if err != nil {
		return 0, fmt.Errorf("cannot parse %q to a valid duration", s)
	}
	return time.Duration(d), nil
}

// limitOf is how many are wanted at the most; 0 is all.
func limitOf(r *http.Request) (int, error) {
	s := r.FormValue("limit")
	if s == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	switch {
	case err != nil:
		return 0, invalid("limit", err)
	case n < 0:
		return 0, invalid("limit", errors.New("limit must be non-negative"))
	}
	return n, nil
}

var (
	earliest = time.UnixMilli(math.MinInt64 / 4)
	latest   = time.UnixMilli(math.MaxInt64 / 4)
)

// selection is what series and labels are asked by: from when to when, the
// selectors of match[], and the limit.
func (a *api) selection(r *http.Request) (storage.Querier, [][]*labels.Matcher, int, error) {
	limit, err := limitOf(r)
	if err != nil {
		return nil, nil, 0, err
	}
	start, err := timeOf(r, "start", earliest)
	if err != nil {
		return nil, nil, 0, err
	}
	end, err := timeOf(r, "end", latest)
	if err != nil {
		return nil, nil, 0, err
	}
	sets, err := a.parser.ParseMetricSelectors(r.Form["match[]"])
	if err != nil {
		return nil, nil, 0, invalid("match[]", err)
	}
	for _, matchers := range sets {
		if !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches("") }) {
			return nil, nil, 0, invalid("match[]", errors.New("match[] must contain at least one non-empty matcher"))
		}
	}
	q, err := a.memory.Querier(start.UnixMilli(), end.UnixMilli())
	return q, sets, limit, err
}

// words are what is found by any of the selectors, or by none of them at all,
// sorted and each once.
func (a *api) words(r *http.Request, find func(context.Context, storage.Querier, []*labels.Matcher) ([]string, error)) (any, warned, error) {
	q, sets, limit, err := a.selection(r)
	if err != nil {
		return nil, nil, err
	}
	if len(sets) == 0 {
		sets = [][]*labels.Matcher{nil}
	}
	all := []string{}
	for _, matchers := range sets {
		some, err := find(r.Context(), q, matchers)
		if err != nil {
			return nil, nil, asError(err)
		}
		all = append(all, some...)
	}
	slices.Sort(all)
	return first(slices.Compact(all), limit)
}

// first are as many of all as are wanted.
func first[T any](all []T, limit int) (any, warned, error) {
	if limit > 0 && len(all) > limit {
		return all[:limit], warned{[]string{truncated}, nil}, nil
	}
	return all, nil, nil
}
