package metrics

import (
	"iter"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A Metric is one that says how a plan stands. Its labels are region, plan and
// those in Labels, in that order.
type Metric struct {
	Name, Help string
	Labels     []string
	names      []string // of all labels
	sorted     []int    // the places of names, in the order of the alphabet
}

func metric(name, help string, labels ...string) *Metric {
	m := &Metric{Name: name, Help: help, Labels: labels, names: append([]string{"region", "plan"}, labels...)}
	for i := range m.names {
		m.sorted = append(m.sorted, i)
	}
	slices.SortFunc(m.sorted, func(a, b int) int { return strings.Compare(m.names[a], m.names[b]) })
	return m
}

var (
	numerator   = metric("framdrift_delivery_numerator", "Numerator of a component of gjennomføringskraft, as known.", "strategy", "component")
	denominator = metric("framdrift_delivery_denominator", "Denominator of a component of gjennomføringskraft, as known.", "strategy", "component")
	behind      = metric("framdrift_delivery_behind_seconds",
		"How far behind its schedule the plan, or the strategy, is (K3): AT − ES, in seconds of whole days; negative when ahead.", "strategy", "baseline")
	dated      = metric("framdrift_delivery_dated", "Deliverables with an adopted deadline, that K3 is read from (N).", "strategy")
	measures   = metric("framdrift_measures", "Measures of the plan, by how far they have come.", "strategy", "state")
	colours    = metric("framdrift_measure_colours", "Measures of the plan, by computed colour.", "strategy", "colour")
	definition = metric("framdrift_delivery_definition_info", "The definition of gjennomføringskraft in force.", "version")
)

// Definition is the one that names the definition in force.
func Definition() *Metric { return definition }

// PlanMetrics lists them.
func PlanMetrics() []*Metric {
	return []*Metric{numerator, denominator, behind, dated, measures, colours, definition}
}

// A Number is one series of each strategy: a metric, what its last label says,
// and how it is read from the figures. Number makes false of what has no value:
// a ratio without a denominator has no series (R5).
type Number struct {
	Metric *Metric
	Label  string
	Whole  bool // it does not add up, and is told of the whole plan too, with the strategy ""
	Value  func(f *delivery.Figures) (value float64, ok bool)
}

// Numbers lists them.
func Numbers() []Number { return numbers }

var numbers = listNumbers()

func listNumbers() []Number {
	var all []Number
	ratio := func(component string, whole bool, of func(*delivery.Figures) delivery.Ratio) {
		for half, m := range []*Metric{numerator, denominator} {
			all = append(all, Number{m, component, whole, func(f *delivery.Figures) (float64, bool) {
				r := of(f)
				return float64([]int{r.Numerator, r.Denominator}[half]), r.Denominator != 0
			}})
		}
	}
	for _, c := range delivery.Components() {
		ratio(strings.ToLower(string(c)), c == delivery.K3, func(f *delivery.Figures) delivery.Ratio { return f.Ratio(c) })
	}
	ratio("k3_first", true, func(f *delivery.Figures) delivery.Ratio { return f.K3First.Ratio })
	ratio("k4_any_time", false, func(f *delivery.Figures) delivery.Ratio { return f.AnyTime })
	ratio("grey", false, func(f *delivery.Figures) delivery.Ratio { return f.Grey })
	ratio("back_dated", false, func(f *delivery.Figures) delivery.Ratio { return f.BackDated })
	ratio("two_sectors", false, func(f *delivery.Figures) delivery.Ratio { return f.TwoSectors })
	ratio("three_sectors", false, func(f *delivery.Figures) delivery.Ratio { return f.ThreeSectors })
	schedule := func(baseline string, of func(*delivery.Figures) *delivery.Earned) {
		all = append(all, Number{behind, baseline, true, func(f *delivery.Figures) (float64, bool) {
			e := of(f)
			return float64(e.DaysBehind) * secondsPerDay, e.Denominator != 0
		}})
	}
	schedule("adopted", func(f *delivery.Figures) *delivery.Earned { return &f.K3 })
	schedule("first", func(f *delivery.Figures) *delivery.Earned { return &f.K3First })
	all = append(all, Number{dated, "", true, func(f *delivery.Figures) (float64, bool) { return float64(f.K3.N), f.K3.N != 0 }})
	for i, s := range delivery.States() {
		all = append(all, Number{measures, string(s), false, func(f *delivery.Figures) (float64, bool) { return float64(f.States[i]), true }})
	}
	for i, c := range delivery.Colours() {
		all = append(all, Number{colours, string(c), false, func(f *delivery.Figures) (float64, bool) { return float64(f.Colours[i]), true }})
	}
	return all
}

// A Sample is the value of one series at one moment.
type Sample struct {
	Metric *Metric
	Labels []string // the values of region, plan and the metric's own
	Value  float64
}

// Samples are those of a plan at a point of its course. The labels are
// overwritten by the next.
func Samples(region domain.RegionID, plan domain.PlanID, p *delivery.Point) iter.Seq[Sample] {
	return func(yield func(Sample) bool) {
		labels := []string{string(region), string(plan), p.Definition, ""}
		if !yield(Sample{definition, labels[:3], 1}) {
			return
		}
		level := func(strategy domain.StrategyID, f *delivery.Figures, whole bool) bool {
			labels[2] = string(strategy)
			for i := range numbers {
				n := &numbers[i]
				if whole && !n.Whole {
					continue
				}
				labels[3] = n.Label
				if v, ok := n.Value(f); ok && !yield(Sample{n.Metric, labels[:2+len(n.Metric.Labels)], v}) {
					return false
				}
			}
			return true
		}
		if !level("", &p.Whole, true) {
			return
		}
		for i := range p.Strategies {
			if !level(p.Strategies[i].Strategy, &p.Strategies[i].Figures, false) {
				return
			}
		}
	}
}
