package delivery_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// The plan is adopted on 1 January 2023. Day 100 of it is 11 April, day 200 is
// 20 July, day 300 is 28 October.
func TestK3(t *testing.T) {
	three := func(l *log) {
		for id, deadline := range map[domain.MeasureID]string{"a": "2023-04-11", "b": "2023-07-20", "c": "2023-10-28"} {
			l.adoptMeasure("2023-01-01", id, plan.OneOff)
			l.deadline("2023-01-02", id, deadline)
		}
	}
	completed := func(id domain.MeasureID, recorded, effective string) func(*log) {
		return func(l *log) { l.measure(recorded, effective, id, plan.MeasureCompleted{}) }
	}
	var (
		finished, behind, notDue = delivery.Finished, delivery.Behind, delivery.NotDue
		of                       = func(all ...delivery.Outcome) []delivery.Outcome { return all }
	)
	for _, row := range []rule{
		{"before the first deadline a plan with nothing done is on schedule", three, "2023-02-10", "", ratio(40, 40), of(notDue, notDue, notDue)},
		{"on the day of a deadline its work is planned, and not done", three, "2023-04-11", "", ratio(100, 100), of(behind, notDue, notDue)},
		{"with n < PV the earned days are those to the next deadline", three, "2023-05-31", "", ratio(100, 150), of(behind, notDue, notDue)},
		{"with n = PV the earned days are those that have gone", then(three, completed("a", "2023-04-01", "")), "2023-05-31", "", ratio(150, 150), of(finished, notDue, notDue)},
		{
			"with n > PV the earned days are those to the last deadline met",
			then(three, completed("a", "2023-03-01", ""), completed("b", "2023-03-01", "")), "2023-05-31", "", ratio(200, 150), of(finished, finished, notDue),
		},
		{"which work is done does not matter, but how much", then(three, completed("c", "2023-03-01", "")), "2023-05-31", "", ratio(150, 150), of(behind, notDue, finished)},
		{
			"when all is done the days end with the latest completion, whatever T",
			then(three, completed("a", "2023-04-11", ""), completed("b", "2023-07-20", ""), completed("c", "2023-08-11", "2023-08-09")), "2023-12-31", "",
			ratio(300, 220), of(finished, finished, finished),
		},
		{"as known a completion counts from when it was recorded", then(three, completed("a", "2023-06-10", "2023-04-01")), "2023-05-31", "", ratio(100, 150), of(behind, notDue, notDue)},
		{"as corrected from the day it took effect", then(three, completed("a", "2023-06-10", "2023-04-01")), "2023-05-31", delivery.Corrected, ratio(150, 150), of(finished, notDue, notDue)},
		{
			"a reopened completion does not count",
			then(three, completed("a", "2023-04-01", ""), func(l *log) { l.measure("2023-05-01", "", "a", plan.MeasureReopened{}) }),
			"2023-05-31", "", ratio(100, 150), of(behind, notDue, notDue),
		},
		{
			"a withdrawn measure is out",
			then(three, func(l *log) { l.measure("2023-05-01", "", "a", plan.MeasureWithdrawn{}) }), "2023-05-31", "", ratio(150, 150), of(notDue, notDue),
		},
		{
			"what has no adopted deadline is not looked at, done or not",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "a", plan.OneOff)
				l.measure("2023-02-01", "", "a", plan.MeasureCompleted{})
			},
			"2023-05-31", "", ratio(0, 0), nil,
		},
		{
			"on the day of adoption there is no schedule to be on",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "a", plan.OneOff)
				l.deadline("2023-01-01", "a", "2023-04-11")
			},
			"2023-01-01", "", ratio(0, 0), of(notDue),
		},
		{
			"each deliverable of an ongoing measure has a deadline of its own",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "a", plan.Ongoing)
				for name, deadline := range map[string]string{"1": "2023-04-11", "2": "2023-07-20"} {
					l.measure("2023-01-02", "", "a", plan.DeadlineAdopted{Deadline: date(deadline), Deliverable: name})
				}
				l.measure("2023-03-01", "", "a", plan.MeasureCompleted{Deliverable: "1"})
			},
			"2023-05-31", "", ratio(150, 150), of(finished, notDue),
		},
	} {
		row.test(t, func(l delivery.Level) delivery.Share { return l.Share(delivery.K3) })
	}
}

func TestTheFirstBaselineIsTheFirstAdoptedDeadline(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	l.adoptMeasure("2023-01-01", "a", plan.OneOff)
	l.deadline("2023-01-10", "a", "2023-04-11")
	l.deadline("2023-02-01", "a", "2023-10-28").Effective = date("2023-01-05")
	p := l.fold(t)
	for view, want := range map[delivery.View][2]int{delivery.Known: {150, 100}, delivery.Corrected: {100, 150}} {
		k3 := profile(t, p, thePlan, delivery.OnDay(date("2023-05-31")).As(view)).Whole.K3
		equal(t, string(view), [2]int{k3.Numerator, k3.First.Numerator}, want)
	}
}

func TestK3IsAtMostOneInTheProfileAndUncappedInDays(t *testing.T) {
	e := delivery.Earned{Ratio: ratio(200, 150), N: 5, DaysBehind: -50}
	v, ok := e.Value()
	equal(t, "the value", [2]any{v, ok}, "[1 true]")
	equal(t, "in words", e.Phrase().In(domain.Bokmal), "200 av 150 dager (100 %)")
	e.N = 4
	equal(t, "in words, of fewer than five", e.Phrase().In(domain.Bokmal), "200 av 150 dager")
	equal(t, "of nothing", delivery.Earned{}.Phrase().In(domain.Bokmal), "ingen å måle på")
}

func TestK3IsMadeAnewForEachLevelAndNotSummed(t *testing.T) {
	whole := profile(t, example1().fold(t), thePlan, delivery.OnDay(date("2023-12-31"))).Whole.Figures()
	equal(t, "K3 of two plans", whole.Plus(whole).K3, delivery.Earned{})
	equal(t, "K4 of two plans", whole.Plus(whole).K4, ratio(18, 30))
}
