package delivery_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

// counted and rest are the members of a share, written m1, x7/2023, m1 T3-2022 or m1 osen.
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
		if m.Partner != "" {
			name += " " + string(m.Partner)
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
	partners := map[domain.MeasureID][]domain.ActorID{
		"m1": {"p1", "p2"}, "m2": {"p1", "p2"}, "m3": {"p1", "p2", "p3"}, "m4": {"p1", "p2"}, "m5": {"p1"},
	}
	for _, id := range []domain.MeasureID{"m1", "m2", "m3", "m4", "m5", "m6"} {
		l.measure("2022-06-10", "", id, plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Partners: partners[id]})
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
	l.measure("2023-05-20", "", "m3", plan.ForecastGiven{Forecast: date("2023-11-30")})
	l.measure("2023-10-12", "", "m4", plan.DeviationHandled{})
	l.measure("2023-01-20", "", "m1", plan.PartnerConfirmed{Partner: "p1"})
	l.measure("2023-03-01", "", "m3", plan.ContributionRecorded{Partner: "p1"})
	l.report("2023-03-02", "m3", "T1-2023").OnBehalfOf = "p3"
	l.measure("2023-06-01", "", "m4", plan.ContributionRecorded{Partner: "p2"})
	return &l
}

// ratios are the seven shares of a level, as they are written in the definition.
func ratios(l delivery.Level) string {
	var all []string
	for _, c := range delivery.Components() {
		r := l.Share(c).Ratio
		all = append(all, fmt.Sprintf("%d/%d", r.Numerator, r.Denominator))
	}
	return strings.Join(all, " ")
}

// standings are the colours of the measures, and a star where the state is ukjent.
func standings(p delivery.Profile) string {
	var all []string
	for _, m := range p.Measures {
		star := ""
		if m.Unknown {
			star = "*"
		}
		all = append(all, fmt.Sprintf("%s:%s%s", m.Measure, m.Colour, star))
	}
	return strings.Join(all, " ")
}

func TestTheFirstWorkedExample(t *testing.T) {
	p := example1().fold(t)
	for view, want := range map[delivery.View]struct {
		ratios, k5, k6 string
	}{
		delivery.Known:     {"2/3 2/4 508/569 9/15 2/4 3/3 4/10", "[m1 m3]", "[m2 m3 m4]"},
		delivery.Corrected: {"2/3 2/4 508/569 9/15 3/4 2/2 4/10", "[m1 m2 m3]", "[m3 m4]"},
	} {
		t.Run(string(view), func(t *testing.T) {
			got := profile(t, p, thePlan, delivery.OnDay(date("2023-12-31")).As(view))
			whole := got.Whole
			equal(t, "K1–K7", ratios(whole), want.ratios)
			equal(t, "K1 counted", counted(whole.K1), "[m4 m5]")
			equal(t, "K2 counted", counted(whole.K2), "[m1 m3]")
			equal(t, "K2 outcomes", outcomes(whole.K2), []delivery.Outcome{
				delivery.OnTime, delivery.DocumentedLate, delivery.OnTime, delivery.NotCompleted,
			})
			equal(t, "K3 behind the adopted plan", whole.K3.DaysBehind, 61)
			equal(t, "K3 against the first baseline", whole.K3.First, delivery.Earned{Ratio: ratio(447, 569), N: 5, DaysBehind: 122})
			equal(t, "K4 at any time", whole.K4.AnyTime, ratio(10, 15))
			equal(t, "K4 rest", rest(whole.K4.Share), []string{
				"m2 T1-2023", "m5 T1-2023", "m5 T2-2023", "m6 T1-2023", "m6 T2-2023", "m6 T3-2022",
			})
			equal(t, "K5 counted", counted(whole.K5.Share), want.k5)
			equal(t, "K5 median slip and moves", [2]any{*whole.K5.MedianSlip, whole.K5.Moves}, "[-6.5 1]")
			equal(t, "K6 counted", counted(whole.K6), want.k6)
			equal(t, "K7 counted", counted(whole.K7.Share), "[m1 p1 m3 p1 m3 p3 m4 p2]")
			equal(t, "the colours", standings(got), "m1:blue m2:blue m3:blue m4:red m5:grey* m6:white*")
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

const thePlan2 domain.PlanID = "handlingsplan-2023-2025"

func TestTheSecondWorkedExample(t *testing.T) {
	p := fold(t, exampletest.Log(t))
	for view, want := range map[delivery.View]struct {
		ratios, s1, s2, k2, k6, k7 string
		twoSectors                 delivery.Ratio
	}{
		delivery.Known: {
			"2/3 1/6 625/747 12/20 4/8 3/5 3/7", "2/3 1/4 625/747 5/12 2/6 1/3 2/6", "0/0 0/2 594/660 7/8 2/2 2/2 1/1",
			"[x7/2023]", "[x1 x2 x4]", "[x2 ntnu x3 afjord x7 fosenbrua]", ratio(1, 3),
		},
		delivery.Corrected: {
			"2/3 2/6 625/747 12/20 4/8 2/4 4/7", "2/3 1/4 625/747 5/12 2/6 1/3 3/6", "0/0 1/2 594/660 7/8 2/2 1/1 1/1",
			"[x4 x7/2023]", "[x1 x2]", "[x2 ntnu x3 afjord x3 nord x7 fosenbrua]", ratio(2, 3),
		},
	} {
		t.Run(string(view), func(t *testing.T) {
			got := profile(t, p, thePlan2, delivery.OnDay(date("2024-12-31")).As(view))
			whole := got.Whole
			equal(t, "K1–K7", ratios(whole), want.ratios)
			equal(t, "K1–K7 of s1", ratios(got.Strategies[0]), want.s1)
			equal(t, "K1–K7 of s2", ratios(got.Strategies[1]), want.s2)
			equal(t, "K1", [2]any{counted(whole.K1), rest(whole.K1)}, "[[x7/2024 x8] [x3]]")
			equal(t, "K2 counted", counted(whole.K2), want.k2)
			equal(t, "K4 counted", counted(whole.K4.Share), []string{
				"x1 T1-2024", "x1 T2-2024", "x1 T3-2023", "x2 T2-2024", "x2 T3-2023", "x4 T1-2024",
				"x4 T2-2024", "x4 T3-2023", "x5 T1-2024", "x6 T1-2024", "x6 T3-2023", "x7 T3-2023",
			})
			equal(t, "K4 rest", rest(whole.K4.Share), []string{
				"x2 T1-2024", "x3 T1-2024", "x3 T2-2024", "x3 T3-2023",
				"x5 T2-2024", "x5 T3-2023", "x7 T1-2024", "x7 T2-2024",
			})
			equal(t, "K4 at any time", whole.K4.AnyTime, ratio(14, 20))
			equal(t, "K6 counted", counted(whole.K6), want.k6)
			equal(t, "K7 counted", counted(whole.K7.Share), want.k7)
			equal(t, "two sectors", whole.K7.TwoSectors, want.twoSectors)
			same2(t, got)
		})
	}
}

// same2 is what the second worked example has the same in both views.
func same2(t *testing.T, got delivery.Profile) {
	t.Helper()
	whole := got.Whole
	equal(t, "K3 behind, N, n", [3]any{whole.K3.DaysBehind, whole.K3.N, counted(delivery.Share{Members: whole.K3.Members})}, "[122 7 [x1 x2 x4 x7/2023]]")
	equal(t, "K3 against the first baseline", whole.K3.First, delivery.Earned{Ratio: ratio(594, 747), N: 7, DaysBehind: 153})
	equal(t, "K3 of s2 behind", got.Strategies[1].K3.DaysBehind, 66)
	equal(t, "K5 counted and rest", [2]any{counted(whole.K5.Share), rest(whole.K5.Share)}, "[[x1 x2 x4 x7/2023] [x1 x3 x3 x5]]")
	equal(t, "K5 median slip and moves", [2]any{*whole.K5.MedianSlip, whole.K5.Moves}, "[150 2]")
	equal(t, "K7 unresolved", whole.K7.Unresolved, 1)
	equal(t, "three sectors", whole.K7.ThreeSectors, ratio(0, 3))
	equal(t, "municipalities", [2]any{whole.K7.Municipalities, whole.K7.Contributed}, "[{1 3} [afjord]]")
	equal(t, "the colours", standings(got), "x1:blue x2:blue x3:red* x4:blue x6:blue x7:amber x8:green")

	c := whole.Counts
	equal(t, "grey share", c.Grey, ratio(1, 3))
	equal(t, "back-dated", c.BackDated, ratio(3, 5))
	equal(t, "self green, computed red", c.SelfGreenRed, 1)
	equal(t, "in the plan, open, completed, withdrawn", [4]int{c.Measures, c.Open, c.Completed, c.Withdrawn}, [4]int{7, 3, 4, 1})
	equal(t, "not started, started", [2]int{c.NotStarted, c.Started}, [2]int{1, 2})
	equal(t, "with deadline, with owner", [2]int{c.WithDeadline, c.WithOwner}, [2]int{3, 2})
	equal(t, "age", whole.Unscored.Age, delivery.Spread{N: 2, P50: 699, P85: 699})
	equal(t, "cycle time", whole.Unscored.Cycle, delivery.Spread{N: 4, P50: 545, P85: 612})
	equal(t, "completed by tertial", whole.Unscored.Completed, "[{T1-2024 1} {T2-2024 2} {T3-2024 1}]")
	if index, ok := whole.Figures().Index(); ok {
		t.Errorf("index %v, with a grey share above a quarter", index)
	}
}

// The date of x4 was corrected to the day before its deadline on 1 October:
// too late for the report deadline, and seen by nobody before.
func TestACompletionCorrectedAfterTheReportDeadlineIsDocumentedLate(t *testing.T) {
	p := fold(t, exampletest.Log(t))
	for day, want := range map[string]delivery.Outcome{
		"2024-08-31": delivery.NotCompleted, "2024-09-30": delivery.Late, "2024-10-01": delivery.DocumentedLate,
	} {
		whole := profile(t, p, thePlan2, delivery.OnDay(date(day))).Whole
		i := slices.IndexFunc(whole.K2.Members, func(m delivery.Member) bool { return m.Measure == "x4" })
		equal(t, day, whole.K2.Members[i].Outcome, want)
	}
}

func TestMembersNameTheEventsThatPutThemThere(t *testing.T) {
	whole := profile(t, fold(t, exampletest.Log(t)), thePlan2, delivery.OnDay(date("2024-12-31"))).Whole
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
