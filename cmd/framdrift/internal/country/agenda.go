package country

import (
	"container/heap"

	"github.com/fosenregionen/framdrift/domain"
)

// An agenda is what is to be done, and on which day: the earliest first, and on
// one day in the order it was noted.
type agenda struct {
	tasks tasks
	noted int
}

type task struct {
	day    domain.Date
	number int
	do     func(day domain.Date)
}

type tasks []task

func (t tasks) Len() int { return len(t) }

func (t tasks) Less(i, j int) bool {
	if t[i].day == t[j].day {
		return t[i].number < t[j].number
	}
	return t[i].day.Before(t[j].day)
}

func (t tasks) Swap(i, j int) { t[i], t[j] = t[j], t[i] }

// Push and Pop are those of container/heap.
func (t *tasks) Push(x any) { *t = append(*t, x.(task)) }

// Pop takes the last away.
func (t *tasks) Pop() any {
	last := (*t)[len(*t)-1]
	*t = (*t)[:len(*t)-1]
	return last
}

// on notes what is to be done on a day.
func (a *agenda) on(day domain.Date, do func(day domain.Date)) {
	a.noted++
	heap.Push(&a.tasks, task{day, a.noted, do})
}

// next does what comes first. There is always something: a plan is followed by
// the next.
func (a *agenda) next() {
	first := heap.Pop(&a.tasks).(task)
	first.do(first.day)
}

// in notes what is to be done some days later, at least so many and at the most.
func (m *maker) in(day domain.Date, least, most int, do func(day domain.Date)) {
	m.on(day.AddDays(m.between(least, most)), do)
}

// between is a number from least to most.
func (m *maker) between(least, most int) int { return least + m.rand.IntN(most-least+1) }

// chance is true in so many of a hundred times.
func (m *maker) chance(percent int) bool { return m.rand.IntN(100) < percent }

// pick is one of several, each as likely.
func pick[T any](m *maker, of []T) T { return of[m.rand.IntN(len(of))] }

// some is so many of several, in their order.
func some[T any](m *maker, n int, of []T) []T {
	var chosen []T
	for i, one := range of {
		if m.rand.IntN(len(of)-i) < n-len(chosen) {
			chosen = append(chosen, one)
		}
	}
	return chosen
}
