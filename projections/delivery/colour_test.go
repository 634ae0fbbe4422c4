package delivery_test

import (
	"fmt"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// periods opens and closes those of 2023, two days after their report deadlines.
func periods(l *log) {
	l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-17")
	l.period("2023-05-02", "T2-2023", "2023-05-01", "2023-08-31", "2023-09-15", "2023-09-17")
}

func TestColours(t *testing.T) {
	forecast := func(to string) func(*log) { return event("2023-02-01", "", plan.ForecastGiven{Forecast: date(to)}) }
	says := func(on, period string) func(*log) {
		return func(l *log) { l.report(on, "m", domain.PeriodID(period)) }
	}
	unanchored := func(l *log) {
		l.adoptMeasure("2023-01-01", "m", plan.OneOff)
		l.deadline("2023-01-03", "m", "2023-05-31")
	}
	for _, row := range []struct {
		sentence string
		log      func(*log)
		day      string
		view     delivery.View
		want     string
	}{
		{"completed is blue", done("2023-02-01", ""), "2023-02-01", "", "m:blue"},
		{"reopened it is not", then(done("2023-02-01", ""), event("2023-02-10", "", plan.MeasureReopened{})), "2023-02-10", "", "m:green"},
		{"on the day of its deadline it is not red", due, "2023-05-31", "", "m:green"},
		{"the day after it is", due, "2023-06-01", "", "m:red"},
		{"a forecast toleranceDays after the deadline is amber", then(due, forecast("2023-06-30")), "2023-02-01", "", "m:amber"},
		{"a day later is red", then(due, forecast("2023-07-01")), "2023-02-01", "", "m:red"},
		{"a forecast on the deadline is green", then(due, forecast("2023-05-31")), "2023-02-01", "", "m:green"},
		{"a forecast a day after is amber", then(due, forecast("2023-06-01")), "2023-02-01", "", "m:amber"},
		{"red takes precedence over white: it is red also without an owner", unanchored, "2023-06-01", "", "m:red"},
		{"without an owner who has said yes it is white", unanchored, "2023-05-31", "", "m:white"},
		{"without an adopted deadline it is white", func(l *log) { l.adoptMeasure("2023-01-01", "m", plan.OneOff); l.owner("2023-01-02", "m") }, "2023-05-31", "", "m:white"},
		{
			"an ongoing measure whose deliverables are all completed is white",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.Ongoing)
				l.owner("2023-01-02", "m")
				l.measure("2023-01-03", "", "m", plan.DeadlineAdopted{Deadline: date("2023-05-31"), Deliverable: "2023"})
				l.measure("2023-02-01", "", "m", plan.MeasureCompleted{Deliverable: "2023"})
			},
			"2023-02-01", "", "m:white",
		},
		{"a withdrawn measure has no colour", then(due, event("2023-02-01", "", plan.MeasureWithdrawn{})), "2023-02-01", "", ""},
		{"as known a move recorded after the deadline makes it green again", then(due, moved("2023-06-10", "2024-05-31")), "2023-06-10", "", "m:green"},

		{"the last report missing is amber", then(due, moved("2023-05-01", "2024-05-31"), periods), "2023-05-17", "", "m:amber"},
		{"the last two are grey", then(due, moved("2023-05-01", "2024-05-31"), periods), "2023-09-17", "", "m:grey*"},
		{"a report that came late is not missing", then(due, moved("2023-05-01", "2024-05-31"), periods, says("2023-09-10", "T1-2023")), "2023-09-17", "", "m:amber"},
		{"nor is the last one missing when it came", then(due, moved("2023-05-01", "2024-05-31"), periods, says("2023-09-10", "T2-2023")), "2023-09-17", "", "m:green"},
		{
			"a returned report is missing",
			then(due, moved("2023-05-01", "2024-05-31"), periods, says("2023-05-10", "T1-2023"), event("2023-05-12", "", reporting.Returned{Report: reportID("m", "T1-2023")})),
			"2023-09-17", "", "m:grey*",
		},
		{"white takes precedence over grey, and the state is ukjent all the same", func(l *log) { l.adoptMeasure("2023-01-01", "m", plan.OneOff); periods(l) }, "2023-09-17", "", "m:white*"},
		{"so does red", then(due, periods), "2023-09-17", "", "m:red*"},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			var l log
			l.adopt("2023-01-01")
			row.log(&l)
			view := row.view
			if view == "" {
				view = delivery.Known
			}
			equal(t, "the colour", standings(profile(t, l.fold(t), thePlan, delivery.OnDay(date(row.day)).As(view))), row.want)
		})
	}
}

func TestTheSelfAssessedColourIsThatOfTheLatestReportThatStands(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	due(&l)
	say := func(on string, id string, s reporting.Status) {
		l.measure(on, "", "m", reporting.Reported{Report: reportID("m", domain.PeriodID(id)), Period: "T1-2023", Status: s})
	}
	say("2023-02-01", "1", reporting.Green)
	say("2023-03-01", "2", reporting.Red)
	l.measure("2023-03-10", "", "m", reporting.Returned{Report: reportID("m", "2")})
	say("2023-04-01", "3", reporting.Unchanged)
	p := l.fold(t)
	for day, want := range map[string]string{
		"2023-01-31": " ", "2023-02-01": "green 2023-02-01", "2023-03-01": "red 2023-03-01", "2023-03-10": "green 2023-02-01", "2023-04-01": "green 2023-04-01",
	} {
		m := profile(t, p, thePlan, delivery.OnDay(date(day))).Measures[0]
		equal(t, day, fmt.Sprint(m.SelfAssessed, " ", m.Reported), want)
	}
	counts := profile(t, p, thePlan, delivery.OnDay(date("2023-06-01"))).Whole.Counts
	equal(t, "self green, computed red", counts.SelfGreenRed, 1)
}

func TestOnTheDayThePlanIsImportedAllIsWhite(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	for _, id := range drawnMeasures {
		l.adoptMeasure("2023-01-01", id, plan.OneOff)
	}
	equal(t, "the colours", standings(profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-01-01")))), "a:white b:white c:white d:white o:white")
}
