package delivery_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// first is T1-2023, closed on 20 May, with a measure m that was open all of it.
func first(l *log) {
	l.adoptMeasure("2023-01-01", "m", plan.OneOff)
	l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-20")
}

func says(on string, id domain.ReportID) func(*log) {
	return func(l *log) { l.measure(on, "", "m", reporting.Reported{Report: id, Period: "T1-2023"}) }
}

func event(on, effective string, e domain.Event) func(*log) {
	return func(l *log) { l.measure(on, effective, "m", e) }
}

func TestK4(t *testing.T) {
	var (
		none     []delivery.Outcome
		onTime   = []delivery.Outcome{delivery.OnTime}
		late     = []delivery.Outcome{delivery.Late}
		missing  = []delivery.Outcome{delivery.Missing}
		rejected = []delivery.Outcome{delivery.Rejected}

		returned  = reporting.Returned{Report: "r"}
		approved  = reporting.Approved{Report: "r"}
		withdrawn = reporting.Withdrawn{Report: "r"}
	)
	adoptedOn := func(day string) func(*log) {
		return func(l *log) {
			l.adoptMeasure(day, "m", plan.OneOff)
			l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-20")
		}
	}
	ongoing := func(l *log) {
		l.adoptMeasure("2023-01-01", "m", plan.Ongoing)
		l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-20")
	}
	openedAgain := func(l *log) {
		l.on("2023-06-01", domain.About[domain.PeriodID](domain.EntityPeriod, "T1-2023"), reporting.PeriodOpened{
			Period: "T1-2023", From: date("2023-01-01"), To: date("2023-04-30"), ReportDeadline: date("2023-06-15"),
		})
	}
	closedAgain := func(l *log) {
		l.on("2023-06-16", domain.About[domain.PeriodID](domain.EntityPeriod, "T1-2023"), reporting.PeriodClosed{Period: "T1-2023"})
	}
	for _, row := range []rule{
		{"a period that is not closed owes nothing", first, "2023-05-19", "", ratio(0, 0), none},
		{"a missing report is in the denominator", first, "2023-05-20", "", ratio(0, 1), missing},
		{"a report on the day of the report deadline is on time", then(first, says("2023-05-15", "r")), "2023-05-20", "", ratio(1, 1), onTime},
		{"a report the day after is late", then(first, says("2023-05-16", "r")), "2023-05-20", "", ratio(0, 1), late},
		{
			"delivered means recorded, also as corrected",
			then(first, event("2023-05-16", "2023-05-14", reporting.Reported{Report: "r", Period: "T1-2023"})),
			"2023-05-20", delivery.Corrected, ratio(0, 1), late,
		},
		{"a report for another period is not one for this", then(first, event("2023-05-10", "", reporting.Reported{Report: "r", Period: "T2-2023"})), "2023-05-20", "", ratio(0, 1), missing},

		{"a returned report does not count", then(first, says("2023-05-10", "r"), event("2023-05-18", "", returned)), "2023-05-20", "", ratio(0, 1), rejected},
		{"before it was returned it counted", then(first, says("2023-05-10", "r"), event("2023-05-22", "", returned)), "2023-05-21", "", ratio(1, 1), onTime},
		{
			"the latest of returned and approved decides",
			then(first, says("2023-05-10", "r"), event("2023-05-16", "", returned), event("2023-05-17", "", approved)),
			"2023-05-20", "", ratio(1, 1), onTime,
		},
		{
			"a withdrawn report stays withdrawn",
			then(first, says("2023-05-10", "r"), event("2023-05-16", "", withdrawn), event("2023-05-17", "", approved)),
			"2023-05-20", "", ratio(0, 1), rejected,
		},
		{
			"one good report is enough",
			then(first, says("2023-05-08", "r"), says("2023-05-10", "r2"), event("2023-05-16", "", returned)),
			"2023-05-20", "", ratio(1, 1), onTime,
		},
		{
			"a new report after the deadline does not mend a returned one in time",
			then(first, says("2023-05-10", "r"), event("2023-05-14", "", returned), says("2023-05-17", "r2")),
			"2023-05-20", "", ratio(0, 1), late,
		},

		{
			"a late report stays late when another one is returned",
			then(first, says("2023-05-16", "r2"), says("2023-05-17", "r"), event("2023-05-18", "", returned)),
			"2023-05-20", "", ratio(0, 1), late,
		},

		{"a completion in the period is its report", then(first, event("2023-05-15", "2023-04-30", plan.MeasureCompleted{})), "2023-05-20", "", ratio(1, 1), onTime},
		{"a completion recorded after the report deadline is no report", then(first, event("2023-05-16", "2023-04-30", plan.MeasureCompleted{})), "2023-05-20", "", ratio(0, 1), missing},
		{"a completion after the period is not its report", then(first, event("2023-05-15", "2023-05-01", plan.MeasureCompleted{})), "2023-05-20", "", ratio(0, 1), missing},
		{
			"a completion that was reopened is no report",
			then(first, event("2023-04-20", "", plan.MeasureCompleted{}), event("2023-05-10", "", plan.MeasureReopened{})),
			"2023-05-20", "", ratio(0, 1), missing,
		},
		{
			"of an ongoing measure the completion of any deliverable is the report",
			then(ongoing, event("2023-04-20", "", plan.MeasureCompleted{Deliverable: "2023"})),
			"2023-05-20", "", ratio(1, 1), onTime,
		},
		{
			"an ongoing measure owes a report after its deliverable is completed",
			then(ongoing, event("2023-01-02", "2023-01-01", plan.MeasureCompleted{Deliverable: "2022"}), says("2023-05-16", "r")),
			"2023-05-20", "", ratio(1, 1), onTime,
		},

		{"open 30 days of the period it owes a report: the day of adoption counts", adoptedOn("2023-04-01"), "2023-05-20", "", ratio(0, 1), missing},
		{"open 29 days it owes none", adoptedOn("2023-04-02"), "2023-05-20", "", ratio(0, 0), none},
		{"the day of completion counts", then(first, event("2023-06-01", "2023-01-30", plan.MeasureCompleted{})), "2023-06-02", "", ratio(0, 1), missing},
		{"the day after it does not", then(first, event("2023-06-01", "2023-01-29", plan.MeasureCompleted{})), "2023-06-02", "", ratio(0, 0), none},
		{
			"the day of reopening counts, and the days need not be consecutive",
			then(first, event("2023-01-20", "", plan.MeasureCompleted{}), event("2023-04-21", "", plan.MeasureReopened{})),
			"2023-05-20", "", ratio(0, 1), missing,
		},
		{
			"reopened one day later it was open 29 days",
			then(first, event("2023-01-20", "", plan.MeasureCompleted{}), event("2023-04-22", "", plan.MeasureReopened{})),
			"2023-05-20", "", ratio(0, 0), none,
		},
		{
			"how many days is the definition's",
			then(adoptedOn("2023-04-02"), func(l *log) {
				l.on("2023-05-01", domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{Version: "2", OpenDays: 29})
			}),
			"2023-05-20", "", ratio(0, 1), missing,
		},
		{
			"a definition of the region rules its plans",
			then(adoptedOn("2023-04-02"), func(l *log) {
				l.on("2023-05-01", domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{Version: "2", OpenDays: 29}).Plan = ""
			}),
			"2023-05-20", "", ratio(0, 1), missing,
		},

		{"withdrawn the day after the report deadline it still owes the report", then(first, event("2023-05-16", "", plan.MeasureWithdrawn{})), "2023-05-20", "", ratio(0, 1), missing},
		{"withdrawn on the report deadline it does not", then(first, event("2023-05-15", "", plan.MeasureWithdrawn{})), "2023-05-20", "", ratio(0, 0), none},
		{"as corrected the withdrawal is on its effective day", then(first, event("2023-05-18", "2023-05-15", plan.MeasureWithdrawn{})), "2023-05-20", delivery.Corrected, ratio(0, 0), none},
		{"arrangements owe no reports", func(l *log) {
			first(l)
			l.adoptMeasure("2023-01-01", "o01", plan.Arrangement)
		}, "2023-05-20", "", ratio(0, 1), missing},

		{"a period that is opened again is open", then(first, openedAgain), "2023-06-01", "", ratio(0, 0), none},
		{"before that it was closed", then(first, openedAgain), "2023-05-31", "", ratio(0, 1), missing},
		{
			"closed again it has the report deadline of its latest opening",
			then(first, openedAgain, closedAgain, says("2023-06-15", "r")), "2023-06-16", "", ratio(1, 1), onTime,
		},
		{
			"no period is closed before its report deadline has passed",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-10")
			},
			"2023-05-15", "", ratio(0, 0), none,
		},
	} {
		row.test(t, func(l delivery.Level) delivery.Share { return l.K4.Share })
	}
}

func TestK4LooksAtTheLastThreeClosedPeriodsByEndDate(t *testing.T) {
	var l log
	l.adopt("2022-01-01")
	l.adoptMeasure("2022-01-01", "m", plan.OneOff)
	l.period("2022-09-02", "T3-2022", "2022-09-01", "2022-12-31", "2023-01-15", "2023-12-02") // closed last
	l.period("2022-01-02", "T1-2022", "2022-01-01", "2022-04-30", "2022-05-15", "2022-05-16")
	l.period("2022-05-02", "T2-2022", "2022-05-01", "2022-08-31", "2022-09-15", "2022-09-16")
	l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-16")
	l.period("2023-05-02", "T2-2023", "2023-05-01", "2023-08-31", "2023-09-15", "") // open

	whole := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-12-31"))).Whole
	equal(t, "K4", rest(whole.K4.Share), []string{"m T1-2023", "m T2-2022", "m T3-2022"})
}

func TestAReportDeliveredAfterTIsNotDeliveredAtAnyTimeInEitherView(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	first(&l)
	l.measure("2023-07-01", "2023-05-14", "m", reporting.Reported{Report: "r", Period: "T1-2023"})
	p := l.fold(t)
	for day, want := range map[string]delivery.Ratio{"2023-06-30": ratio(0, 1), "2023-07-01": ratio(1, 1)} {
		for _, view := range []delivery.View{delivery.Known, delivery.Corrected} {
			whole := profile(t, p, thePlan, delivery.OnDay(date(day)).As(view)).Whole
			equal(t, day+" "+string(view), whole.K4.AnyTime, want)
		}
	}
}
