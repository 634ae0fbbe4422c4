package delivery_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

// counted and rest are the members of a share, written m1, x7/2023 or m1 T3-2022.
func counted(s delivery.Share) []string { return members(s, true) }
func rest(s delivery.Share) []string    { return members(s, false) }

func members(s delivery.Share, in bool) []string {
	var all []string
	for _, m := range s.Members {
		if m.Counted != in {
			continue
		}
		name := string(m.Measure)
		if m.Deliverable != "" {
			name += "/" + m.Deliverable
		}
		if m.Period != "" {
			name += " " + string(m.Period)
		}
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s\n got %v\nwant %v", what, got, want)
	}
}

func ratio(n, of int) delivery.Ratio { return delivery.Ratio{Numerator: n, Denominator: of} }

// example1 is the log of the first worked example: A = 2022-06-10.
func example1() *log {
	var l log
	l.adopt("2022-06-10")
	deadlines := map[domain.MeasureID]string{
		"m1": "2023-01-31", "m2": "2023-04-30", "m3": "2023-06-30", "m4": "2023-08-31", "m5": "2024-03-31",
	}
	for _, id := range []domain.MeasureID{"m1", "m2", "m3", "m4", "m5", "m6"} {
		l.adoptMeasure("2022-06-10", id, plan.OneOff)
		if deadline, ok := deadlines[id]; ok {
			l.owner("2022-06-11", id)
			l.deadline("2022-06-12", id, deadline)
			l.measure("2022-06-13", "", id, plan.MeasureStarted{})
		}
	}
	l.period("2022-09-01", "T3-2022", "2022-09-01", "2022-12-31", "2023-01-15", "2023-01-16")
	l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-16")
	l.period("2023-05-02", "T2-2023", "2023-05-01", "2023-08-31", "2023-09-15", "2023-09-16")
	l.period("2023-09-02", "T3-2023", "2023-09-01", "2023-12-31", "2024-01-15", "")
	for _, id := range []domain.MeasureID{"m1", "m3", "m4", "m5"} {
		l.report("2023-01-10", id, "T3-2022")
	}
	l.report("2023-01-12", "m2", "T3-2022")
	l.report("2023-06-20", "m2", "T1-2023")
	for _, id := range []domain.MeasureID{"m3", "m4"} {
		l.report("2023-05-10", id, "T1-2023")
		l.report("2023-09-10", id, "T2-2023")
	}
	l.measure("2023-01-25", "2023-01-20", "m1", plan.MeasureCompleted{})
	l.measure("2023-06-20", "2023-04-28", "m2", plan.MeasureCompleted{})
	l.deadline("2023-06-01", "m3", "2023-10-31")
	l.measure("2023-10-16", "2023-10-15", "m3", plan.MeasureCompleted{})
	return &l
}

func TestTheFirstWorkedExample(t *testing.T) {
	p := example1().fold(t)
	for _, view := range []delivery.View{delivery.Known, delivery.Corrected} {
		t.Run(string(view), func(t *testing.T) {
			whole := profile(t, p, thePlan, delivery.OnDay(date("2023-12-31")).As(view)).Whole

			equal(t, "K1", whole.K1.Ratio, ratio(2, 3))
			equal(t, "K1 counted", counted(whole.K1), []string{"m4", "m5"})
			equal(t, "K1 rest", rest(whole.K1), []string{"m6"})

			equal(t, "K2", whole.K2.Ratio, ratio(2, 4))
			equal(t, "K2 counted", counted(whole.K2), []string{"m1", "m3"})
			equal(t, "K2 outcomes", outcomes(whole.K2), []delivery.Outcome{
				delivery.OnTime, delivery.DocumentedLate, delivery.OnTime, delivery.NotCompleted,
			})

			equal(t, "K4", whole.K4.Ratio, ratio(9, 15))
			equal(t, "K4 at any time", whole.K4.AnyTime, ratio(10, 15))
			equal(t, "K4 rest", rest(whole.K4.Share), []string{
				"m2 T1-2023", "m5 T1-2023", "m5 T2-2023", "m6 T1-2023", "m6 T2-2023", "m6 T3-2022",
			})
		})
	}
}

func outcomes(s delivery.Share) []delivery.Outcome {
	var all []delivery.Outcome
	for _, m := range s.Members {
		all = append(all, m.Outcome)
	}
	return all
}

func TestTheSecondWorkedExample(t *testing.T) {
	p := fold(t, exampletest.Log(t))
	for _, row := range []struct {
		view              delivery.View
		k2, k2s1, k2s2    delivery.Ratio
		k2counted, k2rest []string
	}{
		{
			delivery.Known, ratio(1, 6), ratio(1, 4), ratio(0, 2),
			[]string{"x7/2023"},
			[]string{"x1", "x2", "x3", "x4", "x5"},
		},
		{
			delivery.Corrected, ratio(2, 6), ratio(1, 4), ratio(1, 2),
			[]string{"x4", "x7/2023"},
			[]string{"x1", "x2", "x3", "x5"},
		},
	} {
		t.Run(string(row.view), func(t *testing.T) {
			got := profile(t, p, "handlingsplan-2023-2025", delivery.OnDay(date("2024-12-31")).As(row.view))
			whole := got.Whole

			equal(t, "K1", whole.K1.Ratio, ratio(2, 3))
			equal(t, "K1 counted", counted(whole.K1), []string{"x7/2024", "x8"})
			equal(t, "K1 rest", rest(whole.K1), []string{"x3"})

			equal(t, "K2", whole.K2.Ratio, row.k2)
			equal(t, "K2 counted", counted(whole.K2), row.k2counted)
			equal(t, "K2 rest", rest(whole.K2), row.k2rest)

			equal(t, "K4", whole.K4.Ratio, ratio(12, 20))
			equal(t, "K4 at any time", whole.K4.AnyTime, ratio(14, 20))
			equal(t, "K4 counted", counted(whole.K4.Share), []string{
				"x1 T1-2024", "x1 T2-2024", "x1 T3-2023", "x2 T2-2024", "x2 T3-2023", "x4 T1-2024",
				"x4 T2-2024", "x4 T3-2023", "x5 T1-2024", "x6 T1-2024", "x6 T3-2023", "x7 T3-2023",
			})
			equal(t, "K4 rest", rest(whole.K4.Share), []string{
				"x2 T1-2024", "x3 T1-2024", "x3 T2-2024", "x3 T3-2023",
				"x5 T2-2024", "x5 T3-2023", "x7 T1-2024", "x7 T2-2024",
			})

			equal(t, "strategies", [2]domain.StrategyID{got.Strategies[0].Strategy, got.Strategies[1].Strategy}, "[s1 s2]")
			equal(t, "K2 of s1", got.Strategies[0].K2.Ratio, row.k2s1)
			equal(t, "K2 of s2", got.Strategies[1].K2.Ratio, row.k2s2)

			c := whole.Counts
			equal(t, "back-dated", c.BackDated, ratio(3, 5))
			equal(t, "in the plan, open, completed, withdrawn",
				[4]int{c.Measures, c.Open, c.Completed, c.Withdrawn}, [4]int{7, 3, 4, 1})
			equal(t, "not started, started", [2]int{c.NotStarted, c.Started}, [2]int{1, 2})
			equal(t, "with deadline, with owner", [2]int{c.WithDeadline, c.WithOwner}, [2]int{3, 2})
		})
	}
}

// The date of x4 was corrected to the day before its deadline on 1 October:
// too late for the report deadline, and seen by nobody before.
func TestACompletionCorrectedAfterTheReportDeadlineIsDocumentedLate(t *testing.T) {
	p := fold(t, exampletest.Log(t))
	for day, want := range map[string]delivery.Outcome{
		"2024-08-31": delivery.NotCompleted, "2024-09-30": delivery.Late, "2024-10-01": delivery.DocumentedLate,
	} {
		whole := profile(t, p, "handlingsplan-2023-2025", delivery.OnDay(date(day))).Whole
		i := slices.IndexFunc(whole.K2.Members, func(m delivery.Member) bool { return m.Measure == "x4" })
		equal(t, day, whole.K2.Members[i].Outcome, want)
	}
}

func TestMembersNameTheEventsThatPutThemThere(t *testing.T) {
	whole := profile(t, fold(t, exampletest.Log(t)), "handlingsplan-2023-2025", delivery.OnDay(date("2024-12-31"))).Whole
	positions := func(s delivery.Share, id domain.MeasureID, p domain.PeriodID) []domain.Position {
		i := slices.IndexFunc(s.Members, func(m delivery.Member) bool { return m.Measure == id && m.Period == p })
		return s.Members[i].Positions
	}
	equal(t, "K1 x3: adopted, assigned again, the deadline moved", positions(whole.K1, "x3", ""), "[22 68 97]")
	equal(t, "K2 x1: adopted, both deadlines, completed", positions(whole.K2, "x1", ""), "[16 45 69 86]")
	equal(t, "K2 x4: adopted, deadline, completed, corrected", positions(whole.K2, "x4", ""), "[25 48 88 93]")
	equal(t, "K4 x3 T2: adopted, period opened, reported, returned, period closed",
		positions(whole.K4.Share, "x3", "T2-2024"), "[22 71 90 91 92]")
}
