package delivery_test

import (
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// due is a started measure m with the deadline 31 May 2023.
func due(l *log) {
	l.adoptMeasure("2023-01-01", "m", plan.OneOff)
	l.owner("2023-01-02", "m")
	l.deadline("2023-01-03", "m", "2023-05-31")
}

func done(recorded, effective string) func(*log) {
	return func(l *log) {
		due(l)
		l.measure(recorded, effective, "m", plan.MeasureCompleted{})
	}
}

// then is one log after another.
func then(all ...func(*log)) func(*log) {
	return func(l *log) {
		for _, f := range all {
			f(l)
		}
	}
}

func moved(on, to string) func(*log) { return func(l *log) { l.deadline(on, "m", to) } }

func TestK2(t *testing.T) {
	var (
		none   []delivery.Outcome
		onTime = []delivery.Outcome{delivery.OnTime}
		late   = []delivery.Outcome{delivery.Late}
		later  = []delivery.Outcome{delivery.DocumentedLate}
		missed = []delivery.Outcome{delivery.NotCompleted}
	)
	t2 := func(deadline string) func(*log) {
		return func(l *log) { l.period("2023-05-02", "T2-2023", "2023-05-01", "2023-08-31", deadline, "") }
	}
	retrospective := func(effective string) func(*log) {
		return func(l *log) {
			l.adoptMeasure("2023-01-01", "m", plan.OneOff)
			r := l.measure("2023-06-05", effective, "m", plan.DeadlineAdopted{Deadline: date("2023-05-31")})
			r.Retrospective = true
		}
	}
	withdrawn := func(recorded, effective string) func(*log) {
		return func(l *log) { l.measure(recorded, effective, "m", plan.MeasureWithdrawn{}) }
	}
	defined := func(on string, e reporting.DeliveryDefined) func(*log) {
		return func(l *log) { l.on(on, domain.About(domain.EntityDelivery, thePlan), e) }
	}
	for _, row := range []rule{
		{"a deadline has not fallen the day before its own", due, "2023-05-30", "", ratio(0, 0), none},
		{"a deadline falls on its own day", due, "2023-05-31", "", ratio(0, 1), missed},
		{"the window holds the last 365 days", due, "2024-05-29", "", ratio(0, 1), missed},
		{"the window does not hold the day 365 days before T", due, "2024-05-30", "", ratio(0, 0), none},

		{"done on the day of the deadline is on time", done("2023-05-31", ""), "2023-06-30", "", ratio(1, 1), onTime},
		{"done the day after is late", done("2023-06-01", ""), "2023-06-30", "", ratio(0, 1), late},
		{
			"without a period the report deadline is the end of the calendar tertial and 15 days",
			done("2023-09-15", "2023-05-31"), "2023-12-31", "", ratio(1, 1), onTime,
		},
		{
			"recorded the day after that it is documented too late",
			done("2023-09-16", "2023-05-31"), "2023-12-31", "", ratio(0, 1), later,
		},
		{
			"a period's own report deadline comes before the calendar's",
			then(done("2023-09-20", "2023-05-31"), t2("2023-09-20")), "2023-12-31", "", ratio(1, 1), onTime,
		},
		{
			"a period that the deadline does not lie in says nothing of it",
			then(done("2023-09-16", "2023-05-31"), func(l *log) {
				l.period("2023-09-02", "T3-2023", "2023-09-01", "2023-12-31", "2024-01-15", "")
			}),
			"2023-12-31", "", ratio(0, 1), later,
		},
		{
			"a correction between T and the report deadline is not known at T",
			func(l *log) {
				due(l)
				completion := *l.measure("2023-05-20", "", "m", plan.MeasureCompleted{})
				l.correct("2023-07-10", &completion, "effective", "2023-06-05")
			},
			"2023-06-30", "", ratio(1, 1), onTime,
		},
		{
			"documented too late is so as corrected as well: recorded means time in both views",
			done("2023-09-16", "2023-05-31"), "2023-12-31", delivery.Corrected, ratio(0, 1), later,
		},

		{"a deadline moved the day before it falls does not fall", then(due, moved("2023-05-30", "2023-10-31")), "2023-06-30", "", ratio(0, 0), none},
		{"a deadline moved on its own day has fallen", then(due, moved("2023-05-31", "2023-10-31")), "2023-06-30", "", ratio(0, 1), missed},
		{
			"a deadline moved after it passed does not undo the miss",
			then(due, moved("2023-06-20", "2023-10-31"), func(l *log) { l.measure("2023-10-01", "", "m", plan.MeasureCompleted{}) }),
			"2023-12-31", "", ratio(0, 1), late,
		},
		{
			"a deliverable that met each of its deadlines counts once",
			then(done("2023-05-20", ""), moved("2023-06-20", "2023-10-31")), "2023-12-31", "", ratio(1, 1), onTime,
		},
		{
			"as corrected a deadline moved with effect before it fell did not fall",
			then(due, func(l *log) { l.deadline("2023-06-20", "m", "2023-10-31").Effective = date("2023-05-01") }),
			"2023-06-30", delivery.Corrected, ratio(0, 0), none,
		},
		{
			"as corrected the deadline with the latest effective day is in force, though recorded first",
			then(due, func(l *log) { l.deadline("2023-02-01", "m", "2023-10-31").Effective = date("2023-01-02") }),
			"2023-06-30", delivery.Corrected, ratio(0, 1), missed,
		},

		{"as known an etterregistrert deadline fell before anybody knew it", retrospective("2023-03-01"), "2023-06-30", "", ratio(0, 0), none},
		{"as known that is so also when it takes effect after its own day", retrospective("2023-06-05"), "2023-06-30", "", ratio(0, 0), none},
		{"as corrected an etterregistrert deadline is a miss", retrospective("2023-03-01"), "2023-06-30", delivery.Corrected, ratio(0, 1), missed},
		{"as corrected it is a miss also when it takes effect after its own day", retrospective("2023-06-05"), "2023-06-30", delivery.Corrected, ratio(0, 1), missed},

		{"a reopened completion does not count", then(done("2023-05-20", ""), func(l *log) { l.measure("2023-06-10", "", "m", plan.MeasureReopened{}) }), "2023-06-30", "", ratio(0, 1), missed},
		{
			"the completion that stands at T counts, not the first",
			then(done("2023-05-20", ""), func(l *log) {
				l.measure("2023-06-10", "", "m", plan.MeasureReopened{})
				l.measure("2023-06-20", "", "m", plan.MeasureCompleted{})
			}),
			"2023-06-30", "", ratio(0, 1), late,
		},

		{"a deadline that fell before the day of the withdrawal stays", then(due, withdrawn("2023-06-01", "")), "2023-06-30", "", ratio(0, 1), missed},
		{"a deadline on the day of the withdrawal is not owed", then(due, withdrawn("2023-05-31", "")), "2023-06-30", "", ratio(0, 0), none},
		{"as known the withdrawal is on its recorded day", then(due, withdrawn("2023-06-10", "2023-05-01")), "2023-06-30", "", ratio(0, 1), missed},
		{"as corrected the withdrawal is on its effective day", then(due, withdrawn("2023-06-10", "2023-05-01")), "2023-06-30", delivery.Corrected, ratio(0, 0), none},

		{
			"a plan that is closed is looked at on the day it closed",
			then(due, func(l *log) {
				l.on("2023-05-30", domain.About(domain.EntityPlan, thePlan), plan.Closed{})
			}),
			"2023-12-31", "", ratio(0, 0), none,
		},
		{
			"a correction after the plan closed is seen only as corrected",
			correctedAfterClosing, "2023-12-31", "", ratio(0, 1), late,
		},
		{
			"as corrected, a correction after the plan closed is seen",
			correctedAfterClosing, "2023-12-31", delivery.Corrected, ratio(1, 1), onTime,
		},

		{"as known the plan closed on the day that was recorded", then(due, closedWrongly), "2023-12-31", "", ratio(0, 1), missed},
		{"as corrected it closed on the day it was corrected to", then(due, closedWrongly), "2023-12-31", delivery.Corrected, ratio(0, 0), none},

		{"the window is the one that the definition known at T says", then(due, defined("2023-06-10", reporting.DeliveryDefined{Version: "2", WindowDays: 10})), "2023-06-30", "", ratio(0, 0), none},
		{"a definition recorded after T does not rule", then(due, defined("2023-07-10", reporting.DeliveryDefined{Version: "2", WindowDays: 10})), "2023-06-30", "", ratio(0, 1), missed},
		{"what a definition leaves out has its default", then(due, defined("2023-06-10", reporting.DeliveryDefined{Version: "2", OpenDays: 10})), "2023-06-30", "", ratio(0, 1), missed},
		{
			"the grace after a calendar tertial is the definition's",
			then(done("2023-09-16", "2023-05-31"), defined("2023-06-10", reporting.DeliveryDefined{Version: "2", ReportGraceDays: 16})),
			"2023-12-31", "", ratio(1, 1), onTime,
		},

		{
			"a date corrected before the deadline passed is the one that falls",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				wrong := *l.deadline("2023-01-03", "m", "2023-05-13")
				l.correct("2023-05-12", &wrong, "deadline", "2023-05-31")
			},
			"2023-05-30", "", ratio(0, 0), none,
		},
		{
			"as known a date corrected after it passed has fallen",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				wrong := *l.deadline("2023-01-03", "m", "2023-05-13")
				l.correct("2023-05-14", &wrong, "deadline", "2023-12-31")
			},
			"2023-06-30", "", ratio(0, 1), missed,
		},
		{
			"as corrected it has not",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				wrong := *l.deadline("2023-01-03", "m", "2023-05-13")
				l.correct("2023-05-14", &wrong, "deadline", "2023-12-31")
			},
			"2023-06-30", delivery.Corrected, ratio(0, 0), none,
		},
		{
			"as corrected the new date falls",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				wrong := *l.deadline("2023-01-03", "m", "2023-12-31")
				l.correct("2023-06-14", &wrong, "deadline", "2023-05-31")
			},
			"2023-06-30", delivery.Corrected, ratio(0, 1), missed,
		},
		{
			"each deliverable of an ongoing measure counts by itself",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.Ongoing)
				for name, deadline := range map[string]string{"vår": "2023-04-30", "høst": "2023-10-31"} {
					l.measure("2023-01-03", "", "m", plan.DeadlineAdopted{Deadline: date(deadline), Deliverable: name})
				}
				l.measure("2023-04-20", "", "m", plan.MeasureCompleted{Deliverable: "vår"})
			},
			"2023-12-31", "", ratio(1, 2),
			[]delivery.Outcome{delivery.NotCompleted, delivery.OnTime},
		},
	} {
		row.test(t, func(l delivery.Level) delivery.Share { return l.K2 })
	}
}

// The completion was dated a day too late; the plan closed; that was corrected.
func correctedAfterClosing(l *log) {
	due(l)
	completion := *l.measure("2023-06-01", "", "m", plan.MeasureCompleted{})
	l.on("2023-12-01", domain.About(domain.EntityPlan, thePlan), plan.Closed{})
	l.correct("2023-12-10", &completion, "effective", "2023-05-31")
}

// The plan closed in December, and that was corrected to a day in May.
func closedWrongly(l *log) {
	closed := *l.on("2023-12-01", domain.About(domain.EntityPlan, thePlan), plan.Closed{})
	l.correct("2023-12-10", &closed, "effective", "2023-05-15")
}

// The report deadline lasts to midnight in Oslo, which in summer is 22.00 UTC.
func TestTheReportDeadlineEndsWithItsDayInOslo(t *testing.T) {
	for instant, want := range map[string]delivery.Outcome{
		"2023-09-15T21:59:59Z": delivery.OnTime, "2023-09-15T22:00:00Z": delivery.DocumentedLate,
	} {
		var l log
		l.adopt("2023-01-01")
		due(&l)
		recorded, err := time.Parse(time.RFC3339, instant)
		if err != nil {
			t.Fatal(err)
		}
		l.at(recorded, domain.About[domain.MeasureID](domain.EntityMeasure, "m"), plan.MeasureCompleted{}).Effective = date("2023-05-31")
		whole := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-12-31"))).Whole
		equal(t, instant, outcomes(whole.K2), []delivery.Outcome{want})
	}
}
