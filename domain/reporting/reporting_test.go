package reporting_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

var day = domain.MustDate

const longName = "rapportering-etter-forste-halvaar-i-samarbeidets-andre-driftsaar"

func TestReporting(t *testing.T) {
	Run(t, Fosen(), periods, reports, openInPeriod, answers, definitions)
}

func TestEveryRuleRefusesARow(t *testing.T) {
	Covers(t, reporting.Rules(), periods, reports, openInPeriod, answers, definitions)
}

func opened(period domain.PeriodID, from, to, deadline string) reporting.PeriodOpened {
	return reporting.PeriodOpened{Period: period, From: day(from), To: day(to), ReportDeadline: day(deadline)}
}

var (
	t1      = On("2023-01-05", reporting.OpenPeriod{Period: "T1-2023"})
	t1Ends  = On("2023-05-16", reporting.ClosePeriod{Period: "T1-2023"})
	closing = On("2025-01-15", plan.Close{Decision: Case("1/25")})

	periods = []Row{
		Rule("A period is a calendar tertial and has fifteen days to report in, when nothing else is said",
			Given(), t1, Then(That("period/T1-2023", opened("T1-2023", "2023-01-01", "2023-04-30", "2023-05-15")))),
		Rule("The third tertial ends with the year",
			Given(), On("2022-09-01", reporting.OpenPeriod{Period: "T3-2022"}), Then(That("period/T3-2022", opened("T3-2022", "2022-09-01", "2022-12-31", "2023-01-15")))),
		Rule("The report deadline follows the definition of delivery",
			Given(On("2022-09-01", reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: "2", ReportGraceDays: 30}})),
			t1, Then(That("period/T1-2023", opened("T1-2023", "2023-01-01", "2023-04-30", "2023-05-30")))),
		Rule("… the latest, and a definition that leaves it out means the default",
			Given(On("2022-09-01", reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: "2", ReportGraceDays: 30}}),
				On("2022-10-01", reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: "3"}})),
			t1, Then(That("period/T1-2023", opened("T1-2023", "2023-01-01", "2023-04-30", "2023-05-15")))),
		Rule("A period may have a name and dates of its own",
			Given(), On("2023-01-05", reporting.OpenPeriod{Period: "halvar-1", From: day("2023-01-01"), To: day("2023-06-30"), ReportDeadline: day("2023-06-30")}),
			Then(That("period/halvar-1", opened("halvar-1", "2023-01-01", "2023-06-30", "2023-06-30")))),
		Rule("A period that is no tertial has dates", Given(), On("2023-01-05", reporting.OpenPeriod{Period: "halvar-1"}), Refused("period.dates")),
		Rule("There are three tertials in a year", Given(), On("2023-01-05", reporting.OpenPeriod{Period: "T4-2023"}), Refused("period.dates")),
		Rule("A period does not end before it begins",
			Given(), On("2023-01-05", reporting.OpenPeriod{Period: "T1-2023", To: day("2022-12-31")}), Refused("period.dates")),
		Rule("A report is not due before the period is over",
			Given(), On("2023-01-05", reporting.OpenPeriod{Period: "T1-2023", ReportDeadline: day("2023-04-29")}), Refused("period.dates")),
		Rule("A report is due on a day that can be written",
			Given(), On("2023-01-05", reporting.OpenPeriod{Period: "evig", From: day("2023-01-01"), To: day("9999-12-31")}), Refused("period.dates")),
		Rule("A period has an id that can stand in a subject", Given(), On("2023-01-05", reporting.OpenPeriod{Period: "T1 2023"}), Refused("input.id")),
		Rule("A period that is open is not opened", Given(t1), On("2023-02-01", reporting.OpenPeriod{Period: "T1-2023"}), Refused("period.already-open")),
		Rule("A period is closed the day after its report deadline", Given(t1), t1Ends, Then(That("period/T1-2023", reporting.PeriodClosed{Period: "T1-2023"}))),
		Rule("A period is closed only after its report deadline", Given(t1), On("2023-05-15", reporting.ClosePeriod{Period: "T1-2023"}), Refused("period.before-report-deadline")),
		Rule("… by both clocks", Given(t1), On("2023-06-01", reporting.ClosePeriod{Period: "T1-2023"}).Dated("2023-05-15"), Refused("period.before-report-deadline")),
		Rule("… and an etterregistrering is no exception",
			Given(t1), On("2023-06-01", reporting.ClosePeriod{Period: "T1-2023"}).Dated("2023-05-15").Retrospectively(), Refused("period.before-report-deadline")),
		Rule("A period that was never opened is not closed", Given(), t1Ends, Refused("period.not-open")),
		Rule("A period is closed once", Given(t1, t1Ends), On("2023-06-01", reporting.ClosePeriod{Period: "T1-2023"}), Refused("period.not-open")),
		Rule("A closed period is opened again with the dates it had",
			Given(On("2023-01-05", reporting.OpenPeriod{Period: "T1-2023", ReportDeadline: day("2023-05-10")}), t1Ends),
			On("2023-06-01", reporting.OpenPeriod{Period: "T1-2023"}), Then(That("period/T1-2023", opened("T1-2023", "2023-01-01", "2023-04-30", "2023-05-10")))),
		Rule("… or with a new report deadline",
			Given(t1, t1Ends), On("2023-06-01", reporting.OpenPeriod{Period: "T1-2023", ReportDeadline: day("2023-06-15")}),
			Then(That("period/T1-2023", opened("T1-2023", "2023-01-01", "2023-04-30", "2023-06-15")))),
		Rule("A period is not opened before its plan was adopted", Given(), On("2022-09-01", reporting.OpenPeriod{Period: "T3-2022"}).Dated("2022-06-09"), Refused("date.before-adoption")),
		Rule("… except as an etterregistrering",
			Given(), On("2022-09-01", reporting.OpenPeriod{Period: "T3-2022"}).Dated("2022-06-09").Retrospectively(),
			Then(That("period/T3-2022", opened("T3-2022", "2022-09-01", "2022-12-31", "2023-01-15")).Dated("2022-06-09"))),
		Rule("A closed plan has no new periods", Given(closing), On("2025-02-01", reporting.OpenPeriod{Period: "T1-2025"}), Refused("reporting.plan-closed")),
	}

	green = On("2023-05-10", reporting.Report{Measure: "t01", Period: "T1-2023", Status: reporting.Green})

	reports = []Row{
		Rule("An owner says how a measure is doing, what was done, what is in the way, what comes next and when it will be done",
			Given(t1, On("2022-09-01", plan.Assign{On: T01, Owner: "radet"})),
			On("2023-05-10", reporting.Report{
				Measure: "t01", Period: "T1-2023", Status: reporting.Amber, Text: "Møte holdt", Obstacles: "Svar mangler", Next: "Purre", Forecast: day("2024-03-01"),
			}).By(Ola),
			Then(That("measure/t01", reporting.Reported{
				Report: "t01-T1-2023-1", Period: "T1-2023", Status: reporting.Amber, Text: "Møte holdt", Obstacles: "Svar mangler", Next: "Purre", Forecast: day("2024-03-01"),
			}).For("radet"))),
		Rule("A measure without an owner can be reported on by the coordinator, on behalf of nobody",
			Given(t1), green, Then(That("measure/t01", reporting.Reported{Report: "t01-T1-2023-1", Period: "T1-2023", Status: reporting.Green}))),
		Rule("A partner may report",
			Given(t1, On("2022-09-01", plan.Assign{On: T01, Owner: "radet"})), green.For("ntnu"),
			Then(That("measure/t01", reporting.Reported{Report: "t01-T1-2023-1", Period: "T1-2023", Status: reporting.Green}).For("ntnu"))),
		Rule("A new report has a new id", Given(t1, green), green, Then(That("measure/t01", reporting.Reported{Report: "t01-T1-2023-2", Period: "T1-2023", Status: reporting.Green}))),
		Rule("… the next that nobody has taken",
			Given(t1, On("2023-05-01", reporting.Report{Measure: "t02", Report: "t01-T1-2023-1", Period: "T1-2023", Status: reporting.Red})),
			green, Then(That("measure/t01", reporting.Reported{Report: "t01-T1-2023-2", Period: "T1-2023", Status: reporting.Green}))),
		Rule("… cut where names are so long that it would be no id",
			Given(On("2023-01-05", reporting.OpenPeriod{Period: longName, From: day("2023-01-01"), To: day("2023-04-30"), ReportDeadline: day("2023-05-15")})),
			On("2023-05-10", reporting.Report{Measure: "t01", Period: longName, Status: reporting.Green}),
			Then(That("measure/t01", reporting.Reported{Report: domain.ReportID("t01-" + longName[:58] + "-1"), Period: longName, Status: reporting.Green}))),
		Rule("An id that was given by hand is used once",
			Given(t1, green), On("2023-05-11", reporting.Report{Measure: "t02", Report: "t01-T1-2023-1", Period: "T1-2023", Status: reporting.Red}), Refused("report.exists")),
		Rule("An id that was given by hand can stand in a subject",
			Given(t1), On("2023-05-11", reporting.Report{Measure: "t02", Report: "første", Period: "T1-2023", Status: reporting.Red}), Refused("input.id")),
		Rule("A report has a status", Given(t1), On("2023-05-10", reporting.Report{Measure: "t01", Period: "T1-2023"}), Refused("input.choice")),
		Rule("«Unchanged» looks back on a report", Given(t1, green), On("2023-05-11", reporting.Report{Measure: "t01", Period: "T1-2023", Status: reporting.Unchanged}),
			Then(That("measure/t01", reporting.Reported{Report: "t01-T1-2023-2", Period: "T1-2023", Status: reporting.Unchanged}))),
		Rule("… of the same measure",
			Given(t1, green), On("2023-05-11", reporting.Report{Measure: "t02", Period: "T1-2023", Status: reporting.Unchanged}), Refused("report.nothing-to-look-back-on")),
		Rule("… that has not been withdrawn",
			Given(t1, green, On("2023-05-11", reporting.WithdrawReport{Report: "t01-T1-2023-1"})),
			On("2023-05-12", reporting.Report{Measure: "t01", Period: "T1-2023", Status: reporting.Unchanged}), Refused("report.nothing-to-look-back-on")),
		Rule("… nor returned",
			Given(t1, green, On("2023-05-11", reporting.Return{Report: "t01-T1-2023-1", Why: "Hva ble gjort?"})),
			On("2023-05-12", reporting.Report{Measure: "t01", Period: "T1-2023", Status: reporting.Unchanged}), Refused("report.nothing-to-look-back-on")),
		Rule("… or was approved after it was returned",
			Given(t1, green, On("2023-05-11", reporting.Return{Report: "t01-T1-2023-1", Why: "Hva?"}), On("2023-05-12", reporting.Approve{Report: "t01-T1-2023-1"})),
			On("2023-05-12", reporting.Report{Measure: "t01", Period: "T1-2023", Status: reporting.Unchanged}),
			Then(That("measure/t01", reporting.Reported{Report: "t01-T1-2023-2", Period: "T1-2023", Status: reporting.Unchanged}))),
	}
)
