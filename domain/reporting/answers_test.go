package reporting_test

import (
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// Which periods a measure is reported for, what is said of a report, and the
// definition of gjennomføringskraft.
var (
	started  = On("2022-09-01", plan.Start{On: T01})
	inPeriod = reporting.Report{Measure: "t01", Period: "T1-2023", Status: reporting.Green}
	reported = That("measure/t01", reporting.Reported{Report: "t01-T1-2023-1", Period: "T1-2023", Status: reporting.Green})

	openInPeriod = []Row{
		Rule("A measure is reported only for a period that is open", Given(), green, Refused("period.not-open")),
		Rule("… and not after it was closed", Given(t1, t1Ends), On("2023-05-17", inPeriod), Refused("period.not-open")),
		Rule("… unless it was opened again",
			Given(t1, t1Ends, On("2023-05-20", reporting.OpenPeriod{Period: "T1-2023"})), On("2023-05-21", inPeriod), Then(reported)),
		Rule("A measure is reported only for a period in which it was open: not one that ended before it was adopted",
			Given(On("2022-09-01", reporting.OpenPeriod{Period: "T1-2022"})),
			On("2022-09-02", reporting.Report{Measure: "t01", Period: "T1-2022", Status: reporting.Green}), Refused("report.measure-not-open-in-period")),
		Rule("… nor one that began after it was completed",
			Given(t1, started, On("2022-12-31", plan.Complete{On: T01})), green, Refused("report.measure-not-open-in-period")),
		Rule("A measure that was completed in the period may be reported for it",
			Given(t1, started, On("2023-01-01", plan.Complete{On: T01})), green, Then(reported)),
		Rule("A measure that was completed before the period by the day it happened, and recorded in it, may not",
			Given(t1, started, On("2023-01-10", plan.Complete{On: T01}).Dated("2022-12-31")), green, Refused("report.measure-not-open-in-period")),
		Rule("A measure that was withdrawn in the period may be reported for it",
			Given(t1, On("2023-02-01", plan.Withdraw{On: T01, Decision: Case("1/23")})), green, Then(reported)),
		Rule("A measure that was withdrawn before the period may not",
			Given(t1, On("2022-12-01", plan.Withdraw{On: T01, Decision: Case("1/22")})), green, Refused("report.measure-not-open-in-period")),
		Rule("A measure that was reopened in the period may be reported for it",
			Given(t1, started, On("2022-12-01", plan.Complete{On: T01}), On("2023-04-30", plan.Reopen{On: T01, Why: "Feil"})), green, Then(reported)),
		Rule("A measure that was completed between two openings was not open in between",
			Given(t1, started, On("2022-12-01", plan.Complete{On: T01}), On("2023-05-01", plan.Reopen{On: T01, Why: "Feil"})),
			green, Refused("report.measure-not-open-in-period")),
		Rule("A measure that was done before the plan was adopted was never open",
			Given(On("2022-09-01", reporting.OpenPeriod{Period: "T2-2022"}),
				On("2022-09-01", plan.Start{On: T01}).Dated("2022-05-01").Retrospectively(),
				On("2022-09-01", plan.Complete{On: T01}).Dated("2022-06-01").Retrospectively()),
			On("2022-09-02", reporting.Report{Measure: "t01", Period: "T2-2022", Status: reporting.Green}), Refused("report.measure-not-open-in-period")),
		Rule("An ongoing measure is open though a deliverable is completed",
			Given(t1, On("2022-09-01", plan.Start{On: T03}), On("2022-12-01", plan.Complete{On: T03, Deliverable: "2022"})),
			On("2023-05-10", reporting.Report{Measure: "t03", Period: "T1-2023", Status: reporting.Red}),
			Then(That("measure/t03", reporting.Reported{Report: "t03-T1-2023-1", Period: "T1-2023", Status: reporting.Red}))),
		Rule("A measure that is not in the plan is not reported on", Given(t1), On("2023-05-10", reporting.Report{Measure: "t99", Period: "T1-2023", Status: reporting.Red}), Refused("measure.not-adopted")),
		Rule("A report is not dated before the measure was adopted, though the measure has been withdrawn",
			Given(t1, On("2023-02-01", plan.Withdraw{On: T01, Decision: Case("1/23")})), green.Dated("2022-06-09"), Refused("date.before-adoption")),
	}

	answers = []Row{
		Rule("A report is returned, and why", Given(t1, green), On("2023-05-11", reporting.Return{Report: "t01-T1-2023-1", Why: "Hva ble gjort?"}),
			Then(That("measure/t01", reporting.Returned{Report: "t01-T1-2023-1", Why: "Hva ble gjort?"}))),
		Rule("A report is not returned without a reason", Given(t1, green), On("2023-05-11", reporting.Return{Report: "t01-T1-2023-1"}), Refused("input.empty")),
		Rule("A report is approved", Given(t1, green), On("2023-05-11", reporting.Approve{Report: "t01-T1-2023-1", Why: "Bra"}),
			Then(That("measure/t01", reporting.Approved{Report: "t01-T1-2023-1", Why: "Bra"}))),
		Rule("A report is withdrawn by its owner",
			Given(t1, On("2022-09-01", plan.Assign{On: T01, Owner: "radet"}), green), On("2023-05-11", reporting.WithdrawReport{Report: "t01-T1-2023-1"}).By(Ola),
			Then(That("measure/t01", reporting.Withdrawn{Report: "t01-T1-2023-1"}))),
		Rule("A report may be returned after its period is closed",
			Given(t1, green, t1Ends), On("2023-06-01", reporting.Return{Report: "t01-T1-2023-1", Why: "Tallene stemmer ikke"}),
			Then(That("measure/t01", reporting.Returned{Report: "t01-T1-2023-1", Why: "Tallene stemmer ikke"}))),
		Rule("The latest answer counts: what was approved may be returned",
			Given(t1, green, On("2023-05-11", reporting.Approve{Report: "t01-T1-2023-1"})), On("2023-05-12", reporting.Return{Report: "t01-T1-2023-1", Why: "Likevel ikke"}),
			Then(That("measure/t01", reporting.Returned{Report: "t01-T1-2023-1", Why: "Likevel ikke"}))),
		Rule("The same answer is given once",
			Given(t1, green, On("2023-05-11", reporting.Approve{Report: "t01-T1-2023-1"})), On("2023-05-12", reporting.Approve{Report: "t01-T1-2023-1"}), Refused("report.already-answered")),
		Rule("A report that nobody gave is not approved", Given(), On("2023-05-12", reporting.Approve{Report: "t01-T1-2023-1"}), Refused("report.unknown")),
		Rule("A withdrawn report stays withdrawn",
			Given(t1, green, On("2023-05-11", reporting.WithdrawReport{Report: "t01-T1-2023-1"})), On("2023-05-12", reporting.Approve{Report: "t01-T1-2023-1"}), Refused("report.withdrawn")),
		Rule("… and is not withdrawn again",
			Given(t1, green, On("2023-05-11", reporting.WithdrawReport{Report: "t01-T1-2023-1"})), On("2023-05-12", reporting.WithdrawReport{Report: "t01-T1-2023-1"}), Refused("report.withdrawn")),
		Rule("An answer is not dated before the plan was adopted",
			Given(t1, green), On("2023-05-12", reporting.Approve{Report: "t01-T1-2023-1"}).Dated("2022-06-09"), Refused("date.before-adoption")),
		Rule("A closed plan's reports are not answered any more",
			Given(t1, green, closing), On("2025-02-01", reporting.Approve{Report: "t01-T1-2023-1"}), Refused("reporting.plan-closed")),
	}

	yearly = reporting.DeliveryDefined{Version: "2023", WindowDays: 365, ReportGraceDays: 20, ToleranceDays: 30, HorizonDays: 120, OpenDays: 30, ClosedPeriods: 3}

	definitions = []Row{
		Rule("The parameters of gjennomføringskraft are an event, versioned",
			Given(), On("2023-01-01", reporting.DefineDelivery{Definition: yearly}), Then(That("delivery/2023", yearly))),
		Rule("A changed definition has a new version",
			Given(On("2023-01-01", reporting.DefineDelivery{Definition: yearly})),
			On("2023-02-01", reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: "2023", WindowDays: 180}}), Refused("delivery.version-exists")),
		Rule("A version is an id", Given(), On("2023-01-01", reporting.DefineDelivery{}), Refused("input.id")),
		Rule("A parameter is not negative",
			Given(), On("2023-01-01", reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: "2", HorizonDays: -1}}), Refused("input.range")),
		Rule("A window is not longer than a century",
			Given(), On("2023-01-01", reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: "2", WindowDays: reporting.MaxDays + 1}}), Refused("input.range")),
	}
)
