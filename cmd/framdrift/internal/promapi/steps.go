package promapi

import (
	"math"
	"slices"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
)

// A sample is a value at a time, in milliseconds since 1970.
type sample struct {
	at    int64
	value float64
}

// T and F are the time and the value; the rest says that it is a plain number.
func (s *sample) T() int64                    { return s.at }
func (s *sample) F() float64                  { return s.value }
func (*sample) ST() int64                     { return 0 }
func (*sample) H() *histogram.Histogram       { return nil }
func (*sample) FH() *histogram.FloatHistogram { return nil }
func (*sample) Type() chunkenc.ValueType      { return chunkenc.ValFloat }
func (s *sample) Copy() chunks.Sample         { c := *s; return &c }
func (s *sample) is(v float64) bool           { return math.Float64bits(s.value) == math.Float64bits(v) }
func (s *sample) isStale() bool               { return s.is(stale) }

var stale = math.Float64frombits(value.StaleNaN)

// steps are the values that a series has had, in order: each holds from its
// time until the next. A stale marker says that there is none.
type steps []sample

// Get and Len make them storage.Samples.
func (s steps) Get(i int) chunks.Sample { return &s[i] }
func (s steps) Len() int                { return len(s) }

// set says what the value is from a time on. What somebody has been given is
// never changed, only continued.
func (s *steps) set(at int64, v float64, is bool) {
	if !is {
		v = stale
	}
	switch n := len(*s); {
	case n == 0 && !is:
	case n > 0 && (*s)[n-1].is(v):
	case n > 0 && (*s)[n-1].at == at:
		*s = append(slices.Clone((*s)[:n-1]), sample{at, v})
	default:
		*s = append(*s, sample{at, v})
	}
}

// lives reports whether there is a value at some time from one to another.
func (s steps) lives(from, to int64) bool {
	n := len(s)
	return n > 0 && s[0].at <= to && (!s[n-1].isStale() || s[n-1].at > from)
}

// on is the value at each time of a grid at which there is one.
func (s steps) on(grid []int64) steps {
	all := make(steps, 0, len(grid))
	next := 0
	for _, at := range grid {
		for next < len(s) && s[next].at <= at {
			next++
		}
		if next > 0 && !s[next-1].isStale() {
			all = append(all, sample{at, s[next-1].value})
		}
	}
	return all
}
