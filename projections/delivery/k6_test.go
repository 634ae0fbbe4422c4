package delivery_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// m turns red on 1 June 2023, the day after its deadline; the last day for an
// answer is H = 120 days later, 29 September.
func TestK6(t *testing.T) {
	var (
		none       []delivery.Outcome
		answered   = []delivery.Outcome{delivery.Answered}
		unanswered = []delivery.Outcome{delivery.Unanswered}
	)
	handled := func(on string) func(*log) { return event(on, "", plan.DeviationHandled{}) }
	forecast := func(on, to string) func(*log) { return event(on, "", plan.ForecastGiven{Forecast: date(to)}) }
	for _, row := range []rule{
		{"before r+H nobody can say that it was not answered", due, "2023-09-28", "", ratio(0, 0), none},
		{"on r+H it counts", due, "2023-09-29", "", ratio(0, 1), unanswered},
		{"the window holds the last 365 days", due, "2024-09-27", "", ratio(0, 1), unanswered},
		{"the window does not hold r+H 365 days before T", due, "2024-09-28", "", ratio(0, 0), none},
		{"what was done on the day of the deadline never turned red", done("2023-05-31", ""), "2023-10-31", "", ratio(0, 0), none},

		{"a deviation handled on r answers", then(due, handled("2023-06-01")), "2023-10-31", "", ratio(1, 1), answered},
		{"so does one handled on r+H", then(due, handled("2023-09-29")), "2023-10-31", "", ratio(1, 1), answered},
		{"the day after is too late", then(due, handled("2023-09-30")), "2023-10-31", "", ratio(0, 1), unanswered},
		{"the day before r it answers nothing", then(due, handled("2023-05-31")), "2023-10-31", "", ratio(0, 1), unanswered},
		{
			"when it was handled does not matter, but when it was recorded",
			then(due, event("2023-09-30", "2023-09-20", plan.DeviationHandled{})), "2023-10-31", delivery.Corrected, ratio(0, 1), unanswered,
		},
		{"a new adopted deadline answers", then(due, moved("2023-08-01", "2024-05-31")), "2023-10-31", "", ratio(1, 1), answered},
		{"the same deadline again does not", then(due, moved("2023-08-01", "2023-05-31")), "2023-10-31", "", ratio(0, 1), unanswered},
		{"a deadline moved on r is the one in force at its end: no turn", then(due, moved("2023-06-01", "2024-05-31")), "2023-10-31", "", ratio(0, 0), none},
		{"a completion answers", done("2023-09-29", ""), "2023-10-31", "", ratio(1, 1), answered},
		{"a completion that was reopened does not", then(done("2023-07-01", ""), event("2023-07-05", "", plan.MeasureReopened{})), "2023-10-31", "", ratio(0, 1), unanswered},
		{"a better forecast is no answer", then(due, forecast("2023-06-10", "2023-06-20")), "2023-10-31", "", ratio(0, 1), unanswered},

		{
			"a forecast more than toleranceDays after the deadline turns it red at once",
			then(due, forecast("2023-03-01", "2023-07-01"), handled("2023-06-29")), "2023-06-29", "", ratio(1, 1), answered,
		},
		{"a forecast toleranceDays after it does not", then(due, forecast("2023-03-01", "2023-06-30")), "2023-06-29", "", ratio(0, 0), none},
		{
			"red only between two hours of a day it did not turn red: the end of the day says",
			then(due, forecast("2023-03-01", "2023-07-01"), forecast("2023-03-01", "2023-06-20")), "2023-06-29", "", ratio(0, 0), none,
		},
		{
			"it turns red once though its forecast and then its deadline make it so",
			then(due, forecast("2023-05-01", "2023-09-01"), handled("2023-05-10")), "2023-10-31", "", ratio(1, 1), answered,
		},
		{
			"every turn must be answered, and a deliverable counts once",
			then(due, moved("2023-06-20", "2023-07-10")), "2023-11-30", "", ratio(0, 1), unanswered,
		},
		{
			"reopened after its deadline it turns red then",
			then(done("2023-05-20", ""), event("2023-07-01", "", plan.MeasureReopened{}), handled("2023-07-02")), "2023-10-29", "", ratio(1, 1), answered,
		},

		{"as known what was recorded late was red meanwhile", done("2023-06-20", "2023-05-20"), "2023-10-31", "", ratio(1, 1), answered},
		{"as corrected it never was", done("2023-06-20", "2023-05-20"), "2023-10-31", delivery.Corrected, ratio(0, 0), none},
		{
			"an etterregistrert deadline that has passed is red at once",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				l.deadline("2023-06-05", "m", "2023-05-31").Retrospective = true
			},
			"2023-10-03", "", ratio(0, 1), unanswered,
		},
		{"withdrawn the day after r+H it stays", then(due, event("2023-09-30", "", plan.MeasureWithdrawn{})), "2023-10-31", "", ratio(0, 1), unanswered},
		{"withdrawn on r+H it does not", then(due, event("2023-09-29", "", plan.MeasureWithdrawn{})), "2023-10-31", "", ratio(0, 0), none},
		{"without an adopted deadline nothing turns red", func(l *log) {
			l.adoptMeasure("2023-01-01", "m", plan.OneOff)
			l.measure("2023-01-02", "", "m", plan.ForecastGiven{Forecast: date("2030-01-01")})
		}, "2023-12-31", "", ratio(0, 0), none},
		{
			"the horizon is the definition's",
			then(due, handled("2023-07-05"), func(l *log) {
				l.on("2023-02-01", domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{Version: "2", HorizonDays: 30})
			}),
			"2023-07-31", "", ratio(0, 1), unanswered,
		},
	} {
		row.test(t, func(l delivery.Level) delivery.Share { return l.K6 })
	}
}

func TestAHandledDeviationAnswersForEveryDeliverable(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	l.adoptMeasure("2023-01-01", "m", plan.Ongoing)
	for _, name := range []string{"nord", "sør"} {
		l.measure("2023-01-02", "", "m", plan.DeadlineAdopted{Deadline: date("2023-05-31"), Deliverable: name})
	}
	l.measure("2023-08-01", "", "m", plan.DeviationHandled{})
	k6 := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-10-31"))).Whole.K6
	equal(t, "K6", counted(k6), "[m/nord m/sør]")
}

func TestK6SaysWhenItTurnedRed(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	then(due, moved("2023-06-20", "2023-07-10"))(&l)
	k6 := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-11-30"))).Whole.K6
	equal(t, "the days", k6.Members[0].Dates, "[2023-06-01 2023-07-11]")
}
