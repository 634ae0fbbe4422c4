package delivery_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// The deadline of m is 31 May 2023; H = 120 days before it is 31 January, and
// without a forecast it is tested 30 days after it, on 30 June.
func TestK5(t *testing.T) {
	var (
		none   []delivery.Outcome
		kept   = []delivery.Outcome{delivery.Kept}
		broken = []delivery.Outcome{delivery.Broken}
	)
	forecast := func(on, effective, to string) func(*log) {
		return event(on, effective, plan.ForecastGiven{Forecast: date(to)})
	}
	for _, row := range []rule{
		{"a deadline nobody had a forecast for is its own forecast", done("2023-06-30", ""), "2023-06-30", "", ratio(1, 1), kept},
		{"the day before the test date it is not tested", done("2023-06-01", ""), "2023-06-29", "", ratio(0, 0), none},
		{"done the day after the test date is too late", done("2023-07-01", ""), "2023-07-31", "", ratio(0, 1), broken},
		{"as known a completion counts when it was on the log by the test date", done("2023-07-01", "2023-05-20"), "2023-07-31", "", ratio(0, 1), broken},
		{"as corrected when it took effect by the test date", done("2023-07-01", "2023-05-20"), "2023-07-31", delivery.Corrected, ratio(1, 1), kept},
		{"the window holds the last 365 days", due, "2024-06-28", "", ratio(0, 1), broken},
		{"the window does not hold the test date 365 days before T", due, "2024-06-29", "", ratio(0, 0), none},

		{"a forecast known on the day H before the deadline is tested", then(done("2023-07-15", ""), forecast("2023-01-31", "", "2023-06-20")), "2023-07-20", "", ratio(1, 1), kept},
		{"one given the day after is not", then(done("2023-07-15", ""), forecast("2023-02-01", "", "2023-06-20")), "2023-07-20", "", ratio(0, 1), broken},
		{"as corrected one that took effect by that day is", then(done("2023-07-15", ""), forecast("2023-02-10", "2023-01-31", "2023-06-20")), "2023-07-20", delivery.Corrected, ratio(1, 1), kept},
		{
			"the forecast recorded last is tested",
			then(done("2023-07-15", ""), forecast("2023-01-20", "", "2023-06-20"), forecast("2023-01-21", "", "2023-06-01")), "2023-07-20", "", ratio(0, 1), broken,
		},
		{
			"a report's forecast is a forecast",
			then(done("2023-07-15", ""), event("2023-01-20", "", reporting.Reported{Report: "r", Period: "T3-2022", Forecast: date("2023-06-20")})),
			"2023-07-20", "", ratio(1, 1), kept,
		},
		{
			"so is one given for an earlier deadline",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				l.deadline("2023-01-03", "m", "2023-03-31")
				l.measure("2023-01-20", "", "m", plan.ForecastGiven{Forecast: date("2023-06-20")})
				l.deadline("2023-02-20", "m", "2023-05-31")
				l.measure("2023-07-15", "", "m", plan.MeasureCompleted{})
			},
			"2023-07-20", "", ratio(1, 1), kept,
		},
		{"what was to be done early is tested early, but not before the deadline has fallen", then(due, forecast("2023-01-20", "", "2023-03-01")), "2023-05-30", "", ratio(0, 0), none},
		{"when it has, it is", then(done("2023-05-30", ""), forecast("2023-01-20", "", "2023-03-01")), "2023-05-31", "", ratio(0, 1), broken},

		{
			"completed on the test date counts though it was reopened later",
			then(done("2023-06-20", ""), event("2023-07-10", "", plan.MeasureReopened{})), "2023-07-31", "", ratio(1, 1), kept,
		},
		{"a deadline moved before it fell is not tested", then(due, moved("2023-05-30", "2023-12-31")), "2023-07-31", "", ratio(0, 0), none},
		{"a deadline moved after it fell is", then(due, moved("2023-06-02", "2023-12-31")), "2023-07-31", "", ratio(0, 1), broken},
		{"withdrawn the day after the test date it is tested", then(due, event("2023-07-01", "", plan.MeasureWithdrawn{})), "2023-07-31", "", ratio(0, 1), broken},
		{"withdrawn on the test date it is not", then(due, event("2023-06-30", "", plan.MeasureWithdrawn{})), "2023-07-31", "", ratio(0, 0), none},
		{
			"the tolerance is the definition's",
			then(done("2023-06-20", ""), func(l *log) {
				l.on("2023-02-01", domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{Version: "2", ToleranceDays: 10})
			}),
			"2023-07-31", "", ratio(0, 1), broken,
		},
		{
			"the horizon is the definition's",
			then(done("2023-07-15", ""), forecast("2023-03-01", "", "2023-06-20"), func(l *log) {
				l.on("2023-02-01", domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{Version: "2", HorizonDays: 30})
			}),
			"2023-07-20", "", ratio(1, 1), kept,
		},
		{
			"each deadline of a deliverable is tested",
			then(done("2023-06-10", ""), moved("2023-06-02", "2023-07-31")), "2023-12-31", "", ratio(2, 2),
			[]delivery.Outcome{delivery.Kept, delivery.Kept},
		},
	} {
		row.test(t, func(l delivery.Level) delivery.Share { return l.K5.Share })
	}
}

// A report speaks of the deliverable that was current when it was recorded.
func TestAReportsForecastIsOfTheDeliverableThatWasCurrentThen(t *testing.T) {
	for day, want := range map[string]string{"2023-02-01": "2023", "2023-03-01": "2024"} {
		var l log
		l.adopt("2023-01-01")
		l.adoptMeasure("2023-01-01", "m", plan.Ongoing)
		l.measure("2023-01-02", "", "m", plan.DeadlineAdopted{Deadline: date("2023-12-31"), Deliverable: "2023"})
		l.measure("2023-01-02", "", "m", plan.DeadlineAdopted{Deadline: date("2024-12-31"), Deliverable: "2024"})
		l.measure(day, "", "m", reporting.Reported{Report: "r", Period: "T1-2023", Forecast: date("2025-05-01")})
		l.measure("2023-02-20", "", "m", plan.MeasureCompleted{Deliverable: "2023"})
		p := l.fold(t)
		for _, view := range []delivery.View{delivery.Known, delivery.Corrected} {
			red := profile(t, p, thePlan, delivery.OnDay(date("2024-02-01")).As(view)).Whole.K6
			equal(t, day+" "+string(view), red.Members[0].Deliverable, want)
		}
	}
}

func TestTheMedianSlipIsTheMeanOfTheMiddleTwo(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	for i, id := range []domain.MeasureID{"a", "b", "c"} {
		l.adoptMeasure("2023-01-01", id, plan.OneOff)
		l.deadline("2023-01-03", id, "2023-05-31")
		if id != "c" {
			l.measure(date("2023-06-10").AddDays(i).String(), "", id, plan.MeasureCompleted{})
		}
	}
	p := l.fold(t)
	for day, want := range map[string]float64{"2023-06-30": 11, "2024-05-30": 11} {
		equal(t, day, *profile(t, p, thePlan, delivery.OnDay(date(day))).Whole.K5.MedianSlip, want) // 10, 11, T − 31 May
	}
	l.measure("2023-06-15", "", "b", plan.MeasureReopened{})
	l.measure("2023-06-25", "", "c", plan.MeasureCompleted{})
	l.adoptMeasure("2023-01-01", "d", plan.OneOff)
	l.deadline("2023-01-03", "d", "2023-05-31")
	l.measure("2023-05-21", "", "d", plan.MeasureCompleted{})
	k5 := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-06-30"))).Whole.K5
	equal(t, "−10, 10, 25, T", *k5.MedianSlip, 17.5)
	equal(t, "nothing tested", profile(t, p, thePlan, delivery.OnDay(date("2023-06-29"))).Whole.K5.MedianSlip == nil, true)
}

func TestAMoveIsAnAdoptedDeadlineWithAnotherDateRecordedInTheWindow(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	due(&l)
	l.deadline("2023-02-01", "m", "2023-05-31") // the same again is no move
	l.deadline("2023-03-01", "m", "2023-06-30")
	l.deadline("2023-04-01", "m", "2023-12-31").Effective = date("2023-03-20")
	p := l.fold(t)
	for day, want := range map[string]int{"2023-02-28": 0, "2023-03-01": 1, "2023-04-01": 2, "2024-02-28": 2, "2024-02-29": 1, "2024-03-31": 0} {
		for _, view := range []delivery.View{delivery.Known, delivery.Corrected} {
			equal(t, day+" "+string(view), profile(t, p, thePlan, delivery.OnDay(date(day)).As(view)).Whole.K5.Moves, want)
		}
	}
}
