package finalreport_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/exampletest"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// Ways of looking at a report of adopted: t1 and t2, and parts of them.
func t1(r finalreport.Report) finalreport.Measure { return r.Strategies[0].FocusAreas[0].Measures[0] }

func t2(r finalreport.Report) finalreport.Measure { return r.Strategies[1].FocusAreas[0].Measures[0] }

func dates(d finalreport.Deliverable) string {
	return fmt.Sprintf("first %s in force %s forecast %s completed %s late %s first %s",
		d.FirstBaseline, d.Deadline, d.Forecast, d.Completed, days(d.DaysLate), days(d.DaysLateFirst))
}

func days(n *int) string {
	if n == nil {
		return "-"
	}
	return fmt.Sprint(*n)
}

func owners(r finalreport.Report) string {
	var all []string
	for _, o := range t1(r).Owners {
		said := fmt.Sprint(o.Owner.ID, " ", o.Asked)
		for _, a := range o.Answers {
			said += fmt.Sprint(" ", a.Accepted, " ", a.On, " ", a.Why)
		}
		all = append(all, strings.TrimSpace(said))
	}
	return strings.Join(all, "; ")
}

func partners(r finalreport.Report) string {
	var all []string
	for _, p := range t1(r).Partners {
		said := fmt.Sprint(p.ID, " named ", p.Named, " confirmed ", p.Confirmed, " gave ", len(p.Contributions), " reported ", p.Reports)
		for _, i := range p.Into {
			said += fmt.Sprint(" means ", i.ID, " ", i.Confirmed)
		}
		all = append(all, said)
	}
	return strings.Join(all, "; ")
}

func deadline(day, effective, deadline string) domain.Recorded {
	return of(day, effective, "t1", plan.DeadlineAdopted{Deadline: date(deadline), Decision: plan.Decision{Case: "RS 1/23"}})
}

func late(r finalreport.Report) string {
	var all []string
	for _, l := range r.Openly.Late {
		all = append(all, fmt.Sprint(l.Position, " days ", l.Days, " retrospective ", l.Retrospective, " after report deadline ", l.AfterReportDeadline, " events ", l.Events))
	}
	return strings.Join(all, "; ")
}

var (
	started   = of("2022-09-01", "", "t1", plan.MeasureStarted{})
	completed = of("2023-04-10", "2023-04-01", "t1", plan.MeasureCompleted{Result: "Gjort"})
	onDay     = delivery.OnDay(date("2023-05-01"))
)

func TestRules(t *testing.T) {
	retrospective := deadline("2023-02-02", "2022-12-01", "2023-01-31")
	retrospective.Retrospective = true
	importing := func(r domain.Recorded) domain.Recorded { r.Command = "import"; return r }
	for _, c := range []struct {
		rule string
		log  []domain.Recorded
		at   delivery.At
		ask  func(finalreport.Report) string
		want string
	}{
		{
			"the first deadline, the one in force and the forecast are three dates",
			adopted(deadline("2022-07-01", "", "2023-03-31"), deadline("2023-03-01", "", "2023-06-30"), of("2023-03-02", "", "t1", plan.ForecastGiven{Forecast: date("2023-08-01")})),
			onDay, func(r finalreport.Report) string { return dates(t1(r).Deliverables[0]) },
			"first 2023-03-31 in force 2023-06-30 forecast 2023-08-01 completed  late - first 31",
		},
		{
			"days late are counted to the completion, and are negative when it was early",
			adopted(deadline("2022-07-01", "", "2023-03-31"), deadline("2023-03-01", "", "2023-06-30"), started, completed),
			onDay, func(r finalreport.Report) string { return dates(t1(r).Deliverables[0]) },
			"first 2023-03-31 in force 2023-06-30 forecast  completed 2023-04-01 late -90 first 1",
		},
		{
			"a deadline that has not passed has no days",
			adopted(deadline("2022-07-01", "", "2023-05-01")),
			onDay, func(r finalreport.Report) string { return dates(t1(r).Deliverables[0]) },
			"first 2023-05-01 in force 2023-05-01 forecast  completed  late - first -",
		},
		{
			"what is withdrawn before it is done is not late",
			adopted(deadline("2022-07-01", "", "2023-03-31"), of("2023-04-02", "", "t1", plan.MeasureWithdrawn{})),
			onDay, func(r finalreport.Report) string { return dates(t1(r).Deliverables[0]) },
			"first 2023-03-31 in force 2023-03-31 forecast  completed  late - first -",
		},
		{
			"a completion that was reopened does not stand",
			adopted(deadline("2022-07-01", "", "2023-03-31"), started, completed, of("2023-04-20", "", "t1", plan.MeasureReopened{})),
			onDay, func(r finalreport.Report) string {
				return dates(t1(r).Deliverables[0]) + fmt.Sprint(" ", t1(r).Reopened)
			},
			"first 2023-03-31 in force 2023-03-31 forecast  completed  late 31 first 31 1",
		},
		{
			"as known a correction recorded by T is applied",
			adopted(started, completed, correct("2023-04-20", 12, "effective", "2023-03-30")),
			onDay, func(r finalreport.Report) string {
				return t1(r).Deliverables[0].Completed.String() + fmt.Sprint(t1(r).Deliverables[0].Positions)
			},
			"2023-03-30[12 13]",
		},
		{
			"as known a correction recorded after T is not",
			adopted(started, completed, correct("2023-05-20", 12, "effective", "2023-03-30")),
			onDay, func(r finalreport.Report) string {
				return t1(r).Deliverables[0].Completed.String() + fmt.Sprint(r.Summary.Events)
			},
			"2023-04-0112",
		},
		{
			"as corrected every correction is applied",
			adopted(started, completed, correct("2023-05-20", 12, "effective", "2023-03-30")),
			onDay.As(delivery.Corrected), func(r finalreport.Report) string { return t1(r).Deliverables[0].Completed.String() },
			"2023-03-30",
		},
		{
			"as corrected what takes effect after T is not seen, however early it was recorded",
			adopted(started, completed, correct("2023-04-11", 12, "effective", "2023-05-02")),
			onDay.As(delivery.Corrected), func(r finalreport.Report) string { return string(t1(r).State) },
			"started",
		},
		{
			"as corrected the deadline that took effect last is in force",
			adopted(deadline("2022-07-01", "", "2023-06-30"), deadline("2022-08-01", "2022-06-20", "2023-03-31")),
			onDay.As(delivery.Corrected), func(r finalreport.Report) string { return dates(t1(r).Deliverables[0]) },
			"first 2023-03-31 in force 2023-06-30 forecast  completed  late - first 31",
		},
		{
			"a correction of a field is applied to it",
			adopted(correct("2022-07-01", 8, "text", "Gjøre noe annet")),
			onDay, func(r finalreport.Report) string { return t1(r).Text + fmt.Sprint(t1(r).Positions) },
			"Gjøre noe annet[8 11]",
		},
		{
			"after the plan is closed T is the day it closed",
			adopted(deadline("2022-07-01", "", "2023-01-31"), on("2023-02-10", "2023-02-03", domain.About(domain.EntityPlan, thePlan), plan.Closed{})),
			onDay, func(r finalreport.Report) string {
				return fmt.Sprint(r.Header.AsOf.Date, days(t1(r).Deliverables[0].DaysLate))
			},
			"2023-02-033",
		},
		{
			"everybody who was asked is in the history of owners, with every answer",
			adopted(
				of("2022-07-01", "", "t1", plan.MeasureAssigned{Owner: "roan"}),
				of("2022-07-02", "", "t1", plan.MeasureDeclined{Owner: "roan", Why: "Nei"}),
				of("2022-07-03", "", "t1", plan.MeasureAssigned{Owner: "radet"}),
				of("2022-07-04", "", "t1", plan.MeasureAccepted{Owner: "radet"}),
				of("2022-07-05", "", "t1", plan.MeasureAssigned{Owner: "ntnu"})),
			onDay, owners, "roan 2022-07-01 false 2022-07-02 Nei; radet 2022-07-03 true 2022-07-04; ntnu 2022-07-05",
		},
		{
			"as corrected the one who was asked last by effect answers, whoever was recorded last",
			adopted(
				of("2022-07-10", "", "t1", plan.MeasureAssigned{Owner: "radet"}),
				of("2022-07-11", "", "t1", plan.MeasureAccepted{Owner: "radet"}),
				of("2022-07-20", "2022-07-01", "t1", plan.MeasureAssigned{Owner: "roan"})),
			onDay.As(delivery.Corrected), func(r finalreport.Report) string {
				return owners(r) + fmt.Sprint("; delivery: ", r.Delivery.Measures[0].Owner, " ", r.Delivery.Measures[0].State, "; state: ", t1(r).State)
			},
			"roan 2022-07-01; radet 2022-07-10 true 2022-07-11; delivery: radet accepted; state: accepted",
		},
		{
			"as known the one who was recorded last does",
			adopted(
				of("2022-07-10", "", "t1", plan.MeasureAssigned{Owner: "radet"}),
				of("2022-07-11", "", "t1", plan.MeasureAccepted{Owner: "radet"}),
				of("2022-07-20", "2022-07-01", "t1", plan.MeasureAssigned{Owner: "roan"})),
			onDay, func(r finalreport.Report) string {
				return owners(r) + fmt.Sprint("; delivery: ", r.Delivery.Measures[0].Owner, " ", r.Delivery.Measures[0].State, "; state: ", t1(r).State)
			},
			"radet 2022-07-10 true 2022-07-11; roan 2022-07-01; delivery: roan assigned; state: assigned",
		},
		{
			"who contributed without being named stands after those who were",
			adopted(of("2022-07-01", "", "t1", plan.ContributionRecorded{Partner: "ntnu"}), of("2022-07-02", "", "t1", plan.PartnerConfirmed{Partner: "roan"})),
			onDay, partners, "roan named true confirmed 2022-07-02 gave 0 reported []; alle named true confirmed  gave 0 reported []; ntnu named false confirmed  gave 1 reported []",
		},
		{
			"what an actor gave counts for the collective that means it",
			adopted(of("2022-07-01", "", "t1", plan.PartnerResolved{Partner: "alle", Into: []domain.ActorID{"ntnu"}}),
				of("2022-07-02", "", "t1", plan.ContributionRecorded{Partner: "ntnu"}), of("2022-07-03", "", "t1", plan.PartnerConfirmed{Partner: "ntnu"})),
			onDay, partners, "roan named true confirmed  gave 0 reported []; alle named true confirmed  gave 1 reported [] means ntnu 2022-07-03",
		},
		{
			"what the actor that took a partner's place gave counts for the partner",
			adopted(on("2022-07-01", "", domain.About(domain.EntityActor, "roan"), actors.Merged{Into: "afjord", From: date("2022-07-01")}),
				of("2022-07-02", "", "t1", plan.ContributionRecorded{Partner: "afjord"}), onBehalf("afjord", reported("2023-01-05"))),
			onDay, partners, "roan named true confirmed  gave 1 reported [13]; alle named true confirmed  gave 0 reported []",
		},
		{
			"an ongoing measure has a deliverable for each year it has spoken of",
			adopted(of("2022-07-01", "", "t2", plan.DeadlineAdopted{Deadline: date("2022-12-31"), Deliverable: "2022"}),
				of("2022-07-01", "", "t2", plan.DeadlineAdopted{Deadline: date("2023-12-31"), Deliverable: "2023"}),
				of("2022-07-02", "", "t2", plan.MeasureStarted{}), of("2022-12-01", "", "t2", plan.MeasureCompleted{Deliverable: "2022"})),
			onDay, func(r finalreport.Report) string {
				return t2(r).Deliverables[0].Name + " " + days(t2(r).Deliverables[0].DaysLate) + " " + t2(r).Deliverables[1].Name + " " + days(t2(r).Deliverables[1].DaysLate)
			}, "2022 -30 2023 -",
		},
		{
			"what was recorded after its day is listed with the days between",
			adopted(started, completed), onDay, late, "12 days 9 retrospective false after report deadline false events 1",
		},
		{
			"an etterregistrering is listed and marked",
			adopted(retrospective), onDay, late, "11 days 63 retrospective true after report deadline false events 1",
		},
		{
			"what one command put on the log late is one entry",
			adopted(importing(of("2022-07-01", "2022-06-12", "t1", plan.MeasureStarted{})), importing(of("2022-07-01", "2022-06-12", "t2", plan.MeasureStarted{}))),
			onDay, late, "11 days 19 retrospective false after report deadline false events 2",
		},
		{
			"a completion documented after the report deadline is marked",
			adopted(deadline("2022-07-01", "", "2022-12-31"), started, of("2023-01-20", "2022-12-20", "t1", plan.MeasureCompleted{})),
			onDay, late, "13 days 31 retrospective false after report deadline true events 1",
		},
		{
			"a reopening is listed with why",
			adopted(started, completed, of("2023-04-20", "", "t1", plan.MeasureReopened{Why: "Feil"})),
			onDay, func(r finalreport.Report) string {
				return fmt.Sprint(r.Openly.Reopened[0].Position, r.Openly.Reopened[0].Why)
			}, "13Feil",
		},
		{
			"an edit after completion is listed, and marks the measure",
			adopted(started, completed, of("2023-04-20", "", "t1", plan.MeasureAmended{Field: plan.FieldText, Old: "Gjøre noe", New: "Nytt"})),
			onDay, func(r finalreport.Report) string { return fmt.Sprint(r.Openly.Edited[0].Position, t1(r).Edited) }, "13 true",
		},
		{
			"a correction is listed with what it corrected",
			adopted(started, completed, correct("2023-04-20", 12, "effective", "2023-03-30")),
			onDay, func(r finalreport.Report) string {
				c := r.Openly.Corrections[0]
				return fmt.Sprint(c.Position, c.Of, c.Field, string(c.New), c.Measure)
			}, `13 12effective"2023-03-30"t1`,
		},
		{
			"an erased text is listed with its ground",
			adopted(started, completed, on("2023-04-20", "", domain.About(domain.EntityEvent, "e12"), correction.TextRedacted{Event: "e12", Ground: "GDPR art. 17"})),
			onDay, func(r finalreport.Report) string {
				e := r.Openly.Erased[0]
				return fmt.Sprint(e.Position, " ", e.Sentence.EN)
			}, "13 User u1 erased the text of event 12 (measure completed, t1 “Gjøre noe”), ground: GDPR art. 17",
		},
		{
			"people are counted by role, and named nowhere",
			adopted(on("2022-07-01", "", domain.About(domain.EntityUser, "u7"), actors.UserGranted{Role: domain.RoleOwner}),
				on("2022-07-01", "", domain.About(domain.EntityUser, "u8"), actors.UserGranted{Role: domain.RoleOwner})),
			onDay, func(r finalreport.Report) string { return fmt.Sprint(r.Summary.Roles) }, "[{owner 2}]",
		},
		{
			"the command names the last event when T is its day",
			adopted(started), delivery.OnDay(date("2022-09-01")), func(r finalreport.Report) string { return r.Provenance.Command }, "framdrift report final --plan=p --per=#11",
		},
		{
			"the command names the day when T is later",
			adopted(started), onDay.As(delivery.Corrected), func(r finalreport.Report) string { return r.Provenance.Command }, "framdrift report final --plan=p --per=2023-05-01 --visning=korrigert",
		},
		{
			"a period that is not over is not a stage of the course",
			adopted(on("2023-04-01", "", domain.About(domain.EntityPeriod, domain.PeriodID("T2")), reporting.PeriodOpened{
				Period: "T2", From: date("2023-03-01"), To: date("2023-04-20"), ReportDeadline: date("2023-05-01"),
			}), on("2023-04-02", "", domain.About(domain.EntityPeriod, domain.PeriodID("T2")), reporting.PeriodClosed{Period: "T2"})), onDay,
			func(r finalreport.Report) string { return fmt.Sprint(len(r.Delivery.Course)) }, "0",
		},
		{
			"a withdrawn measure is out of the count of the plan",
			adopted(of("2022-07-02", "", "t1", plan.MeasureWithdrawn{})), onDay,
			func(r finalreport.Report) string {
				return fmt.Sprint(r.Summary.Measures, r.Summary.Withdrawn, r.Summary.Arrangements)
			}, "{1 [9]} {1 [11]} {1 [10]}",
		},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := c.ask(reportOf(t, c.log, c.at)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func reported(day string) domain.Recorded {
	return of(day, "", "t1", reporting.Reported{Report: "r1", Period: "T3-2022", Status: reporting.Green})
}

func onBehalf(of domain.ActorID, r domain.Recorded) domain.Recorded {
	r.OnBehalfOf = of
	return r
}

func TestAPlanThatIsNotThereHasNoReport(t *testing.T) {
	p := folded(t, adopted())
	for _, err := range []error{
		second(p.Report("annen", onDay)), second(p.Report(thePlan, delivery.OnDay(date("2022-06-09")))), second(finalreport.New().Report(thePlan, onDay)),
	} {
		if domain.KindOf(err) != domain.NotFound || !strings.Contains(err.Error(), "report.no-plan") {
			t.Errorf("got %v", err)
		}
	}
}

func TestRefusalsAreInThreeLanguages(t *testing.T) {
	for _, r := range finalreport.Rules() {
		for _, l := range domain.Languages() {
			if r.Text.In(l) == "" {
				t.Errorf("%s: no %s", r.Code, l)
			}
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestACorrectionThatCannotBeAppliedIsAnError(t *testing.T) {
	p := folded(t, adopted(of("2022-07-01", "", "t1", plan.EvidenceAttached{Evidence: "bilde"}), correct("2022-07-02", 11, "ukjent", "x")))
	if _, err := p.Report(thePlan, onDay); err == nil {
		t.Error("the correction was passed over")
	}
}

// The numbers of the worked example, as the definition gives them.
func TestTheSecondWorkedExample(t *testing.T) {
	p := folded(t, exampletest.Log(t))
	for view, want := range map[delivery.View]string{
		delivery.Known:     "[{2 3} {1 6} {625 747} {12 20} {4 8} {3 5} {3 7}]",
		delivery.Corrected: "[{2 3} {2 6} {625 747} {12 20} {4 8} {2 4} {4 7}]",
	} {
		r, err := p.Report("handlingsplan-2023-2025", delivery.OnDay(date("2024-12-31")).As(view))
		if err != nil {
			t.Fatal(err)
		}
		var shares []delivery.Ratio
		for _, c := range delivery.Components() {
			shares = append(shares, r.Delivery.Whole.Share(c).Ratio)
		}
		equal(t, "K1–K7", fmt.Sprint(shares), want)
		equal(t, "K4 at any time", r.Delivery.Whole.K4.AnyTime, delivery.Ratio{Numerator: 14, Denominator: 20})
		s := r.Summary
		equal(t, "in the plan, completed, started, not started, withdrawn",
			[5]int{s.Measures.Count, s.Completed.Count, s.Started.Count, s.NotStarted.Count, s.Withdrawn.Count}, [5]int{7, 4, 2, 1, 1})
		equal(t, "back-dated", s.BackDated, delivery.Ratio{Numerator: 3, Denominator: 5})
		equal(t, "the course", []string{string(r.Delivery.Course[0].Period), string(r.Delivery.Course[1].Period), string(r.Delivery.Course[2].Period)}, "[T3-2023 T1-2024 T2-2024]")
		equal(t, "x4", dates(r.Strategies[1].FocusAreas[0].Measures[1].Deliverables[0]),
			"first 2024-07-31 in force 2024-07-31 forecast 2024-08-20 completed 2024-07-30 late -1 first -1")
	}
}
