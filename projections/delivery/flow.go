package delivery

import (
	"fmt"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// Unscored are the figures that stand beside the profile and count for nothing in it.
type Unscored struct {
	// Completed is measures with a standing completion, by the calendar
	// tertial of its effective, the first first.
	Completed []TertialCount `json:"completed"`
	// Age is T − started, in days, of measures that are started and open.
	Age Spread `json:"age"`
	// Cycle is completed − started, in days, of measures completed in (T−W, T].
	Cycle Spread `json:"cycle"`
}

// A TertialCount is how many measures were completed in four calendar months.
type TertialCount struct {
	Tertial string `json:"tertial"` // T1-2024
	Count   int    `json:"count"`
}

// A Spread is two percentiles of some days, by nearest rank. N = 0 has none.
type Spread struct {
	N   int `json:"n"`
	P50 int `json:"p50"`
	P85 int `json:"p85"`
}

// flow is when a measure was started and completed: of measures, not of deliverables.
type flow struct {
	started, completed domain.Date
	inWindow           bool // completed in (T−W, T]
}

func (r *reading) flow(m *measure) flow {
	if !m.inPlan() {
		return flow{}
	}
	var f flow
	if m.started.is() {
		f.started = m.started.effective
	}
	if done, ok := m.completion(); ok {
		f.completed = done.effective
		f.inWindow = r.moment.inWindow(done.effective, r.definition.WindowDays)
	}
	return f
}

// unscored puts the flows of a level together on a day.
func unscored(all []flow, day domain.Date) Unscored {
	var (
		ages, cycles []int
		done         []domain.Date
	)
	for _, f := range all {
		switch {
		case f.completed.IsZero() && f.started.IsZero():
		case f.completed.IsZero():
			ages = append(ages, day.Sub(f.started))
		default:
			done = append(done, f.completed)
			if f.inWindow && !f.started.IsZero() {
				cycles = append(cycles, f.completed.Sub(f.started))
			}
		}
	}
	return Unscored{Completed: tertials(done), Age: spread(ages), Cycle: spread(cycles)}
}

func tertials(done []domain.Date) []TertialCount {
	slices.SortFunc(done, domain.Date.Sub)
	all := []TertialCount{}
	for _, d := range done {
		name := fmt.Sprintf("T%d-%d", (d.Month()+3)/4, d.Year())
		if n := len(all); n == 0 || all[n-1].Tertial != name {
			all = append(all, TertialCount{Tertial: name})
		}
		all[len(all)-1].Count++
	}
	return all
}

func spread(all []int) Spread {
	slices.Sort(all)
	return Spread{len(all), percentile(all, 50), percentile(all, 85)}
}

// percentile is by nearest rank: the least value that p percent are not above.
func percentile(sorted []int, p int) int {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(p*len(sorted)+99)/100-1]
}
