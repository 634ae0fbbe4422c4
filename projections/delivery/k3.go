package delivery

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// The outcomes of K3.
const (
	// Finished: a completion stands, whenever it came.
	Finished Outcome = "finished"
	// Behind: the deadline in force has come, and no completion stands.
	Behind Outcome = "behind"
	// NotDue: the deadline in force has not come, and no completion stands.
	NotDue Outcome = "notDue"
)

// Earned is earned schedule: how many days of the plan the work done so far
// corresponds to, ÷ how many days have gone. The ratio is uncapped; N = 0, and
// a plan that starts at T, have none.
type Earned struct {
	Ratio
	N          int `json:"n"`          // deliverables it is read from
	DaysBehind int `json:"daysBehind"` // negative when ahead
}

// Value is the ratio, at most 1; false when it is undefined (R5).
func (e Earned) Value() (float64, bool) {
	v, ok := e.Ratio.Value()
	return min(v, 1), ok
}

// Schedule is K3: against the deadlines in force, and against the first baselines.
type Schedule struct {
	Earned
	First   Earned   `json:"firstBaseline"`
	Members []Member `json:"members"` // deliverables with an adopted deadline; the completed are Counted
}

// A dated deliverable is what K3 looks at.
type dated struct{ deadline, first, completed domain.Date }

// k3 is framdrift i tid, by deliverable with an adopted deadline. The sum is
// not of members but of days; see line. Dates are the deadline in force.
func (r *reading) k3(m *measure, all []Member, days []dated) ([]Member, []dated) {
	if !m.inPlan() {
		return all, days
	}
	for i := range m.deliverables {
		d := &m.deliverables[i]
		if !d.deadline.is() {
			continue
		}
		x := Member{
			Measure: m.id, Deliverable: d.name, Counted: d.completed.is(), Outcome: NotDue, Dates: r.dates(d.date),
			Positions: r.because(m.adopted, d.baseline, d.deadline, d.completed, d.reopened),
		}
		in := dated{deadline: d.date, first: d.first}
		switch {
		case d.completed.is():
			x.Outcome, in.completed = Finished, d.completed.effective
		case !d.date.After(r.moment.day):
			x.Outcome = Behind
		}
		all, days = append(all, x), append(days, in)
	}
	return all, days
}

// A line is the deadlines of a level in order, and how far it has come:
//
//	K3 = ES ÷ AT
//
// over its N deliverables with an adopted deadline, d₁ ≤ … ≤ d_N, of which n
// are completed and PV had their deadline by T; A is the day the plan starts:
//
//	n = N            ES = d_N − A           AT = the latest completion − A
//	n < N, n < PV    ES = d₍ₙ₊₁₎ − A        AT = T − A
//	n < N, n = PV    ES = T − A             AT = T − A
//	n < N, n > PV    ES = dₙ − A            AT = T − A
//
// It is made anew for each level, and adds up to nothing above a plan (R7).
type line struct {
	deadlines, firsts []domain.Date // each in order
	completed         int
	last              domain.Date // completion
}

func (l *line) reset() { *l = line{deadlines: l.deadlines[:0], firsts: l.firsts[:0]} }

func (l *line) add(all []dated) {
	for _, d := range all {
		l.deadlines, l.firsts = append(l.deadlines, d.deadline), append(l.firsts, d.first)
		if !d.completed.IsZero() {
			l.completed, l.last = l.completed+1, latest(l.last, d.completed)
		}
	}
}

func (l *line) sort() {
	slices.SortFunc(l.deadlines, domain.Date.Sub)
	slices.SortFunc(l.firsts, domain.Date.Sub)
}

// schedule is K3 of the line on a day.
func (l *line) schedule(start, day domain.Date, members []Member) Schedule {
	l.sort()
	return Schedule{l.earned(l.deadlines, start, day), l.earned(l.firsts, start, day), members}
}

// earned reads one of the two lists of deadlines on a day.
func (l *line) earned(deadlines []domain.Date, start, day domain.Date) Earned {
	n, of := l.completed, len(deadlines)
	if of == 0 {
		return Earned{}
	}
	earned, actual := day, day
	planned, _ := slices.BinarySearchFunc(deadlines, day.AddDays(1), domain.Date.Sub)
	switch {
	case n == of:
		earned, actual = deadlines[of-1], l.last
	case n < planned:
		earned = deadlines[n]
	case n > planned:
		earned = deadlines[n-1]
	}
	e := Earned{Ratio: Ratio{earned.Sub(start), actual.Sub(start)}, N: of}
	if e.Denominator <= 0 {
		return Earned{N: of}
	}
	e.DaysBehind = e.Denominator - e.Numerator
	return e
}
