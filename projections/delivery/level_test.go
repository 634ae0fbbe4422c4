package delivery_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

// levels is a log with two measures under different headings and owners.
func levels() *log {
	var l log
	l.adopt("2023-01-01")
	l.measure("2023-01-01", "", "a", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", FocusArea: "Klima"})
	l.measure("2023-01-01", "", "b", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s2", FocusArea: "Samferdsel"})
	l.measure("2023-01-01", "", "c", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s2", FocusArea: "Samferdsel"})
	l.owner("2023-01-02", "a")
	l.measure("2023-01-02", "", "b", plan.MeasureAssigned{Owner: "utviklingsleder"})
	return &l
}

func TestLevelsAreMadeByFocusAreaAndByOwnerToo(t *testing.T) {
	l := levels()
	l.measure("2023-02-01", "", "a", plan.MeasureAmended{Field: plan.FieldFocusArea, New: "Natur"})
	p := l.fold(t)
	for day, want := range map[string]string{
		"2023-01-31": "Klima:1 Samferdsel:2 | :1 radet:1 utviklingsleder:1 ", "2023-02-01": "Natur:1 Samferdsel:2 | :1 radet:1 utviklingsleder:1 ",
	} {
		got, said := profile(t, p, thePlan, delivery.OnDay(date(day))), ""
		for _, l := range got.FocusAreas {
			said += fmt.Sprint(l.FocusArea, ":", l.K1.Denominator, " ")
		}
		said += "| "
		for _, l := range got.Owners {
			said += fmt.Sprint(l.Owner, ":", l.K1.Denominator, " ")
		}
		equal(t, day, said, want)
	}
}

func TestAnOwnerIsCalledWhatItIsCalledAtT(t *testing.T) {
	l := levels()
	l.on("2023-02-01", domain.About[domain.ActorID](domain.EntityActor, "radet"), actors.Merged{Into: "utviklingsleder", From: date("2023-02-01")}).Plan = ""
	got := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-02-01")))
	equal(t, "the owner with two", [2]any{got.Owners[1].Owner, got.Owners[1].K1.Denominator}, "[utviklingsleder 2]")
}

func TestAPartHasAllThatItNames(t *testing.T) {
	p := levels().fold(t)
	for _, row := range []struct {
		part delivery.Part
		want int
	}{
		{delivery.Part{}, 3},
		{delivery.Part{Strategy: "s2"}, 2},
		{delivery.Part{Strategy: "s2", Owner: "utviklingsleder"}, 1},
		{delivery.Part{Strategy: "s1", Owner: "utviklingsleder"}, 0},
		{delivery.Part{FocusArea: "Klima"}, 1},
	} {
		got, ok := p.ProfileOf(thePlan, delivery.OnDay(date("2023-01-31")), row.part)
		equal(t, fmt.Sprint(row.part), [3]any{ok, got.Whole.K1.Denominator, got.Whole.Part}, fmt.Sprintf("[true %d %v]", row.want, row.part))
	}
}

func TestARegionIsItsPlansInForce(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	l.adoptMeasure("2023-01-01", "m", plan.OneOff)
	l.on("2023-05-01", domain.About(domain.EntityPlan, thePlan), plan.Closed{})
	p := l.fold(t)
	for day, want := range map[string]string{"2022-12-31": "{0 0} false", "2023-05-01": "{0 1} true", "2023-05-02": "{0 0} false"} {
		sum, ok := p.Region(delivery.OnDay(date(day)))
		equal(t, day, fmt.Sprint(sum.K1, " ", ok), want)
	}
}

func TestARegionIsInAProgrammeForATime(t *testing.T) {
	var l log
	l.on("2023-01-01", domain.About[domain.RegionID](domain.EntityRegion, "fosen"), actors.ProgrammeJoined{Name: "Byregion", From: date("2023-02-01"), To: date("2023-12-31")}).Plan = ""
	p := l.fold(t)
	for day, want := range map[string]string{"2023-01-31": "[]", "2023-02-01": "[Byregion]", "2023-12-31": "[Byregion]", "2024-01-01": "[]"} {
		equal(t, day, p.Programmes(delivery.OnDay(date(day))), want)
	}
}

func TestTheIndexIsTheMeanOfAtLeastFiveShares(t *testing.T) {
	five := delivery.Figures{
		K1: ratio(5, 5), K2: ratio(0, 5), K3: delivery.Earned{Ratio: ratio(200, 100), N: 5}, K4: ratio(5, 10), K5: ratio(5, 10), Grey: ratio(1, 4),
	}
	index, ok := five.Index()
	equal(t, "five, K3 capped, the grey share exactly a quarter", [2]any{index, ok}, "[0.6 true]")
	six := five
	six.K6 = ratio(4, 4)
	index, _ = six.Index()
	equal(t, "one with n < 5 is not looked at", index, 0.6)
	for sentence, change := range map[string]func(*delivery.Figures){
		"four":                             func(f *delivery.Figures) { f.K1 = ratio(4, 4) },
		"of K3 n is the deliverables":      func(f *delivery.Figures) { f.K3.N = 4 },
		"a grey share above a quarter":     func(f *delivery.Figures) { f.Grey = ratio(26, 100) },
		"none of a plan with nothing open": func(f *delivery.Figures) { *f = delivery.Figures{} },
	} {
		f := five
		change(&f)
		if _, ok := f.Index(); ok {
			t.Errorf("%s: there is an index", sentence)
		}
	}
}

func TestPercentilesAreByNearestRank(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	for i := range 7 {
		id := domain.MeasureID(fmt.Sprint("m", i))
		l.adoptMeasure("2023-01-01", id, plan.OneOff)
		l.measure("2023-01-10", "", id, plan.MeasureStarted{})
		l.measure(date("2023-01-10").AddDays(10*(i+1)).String(), "", id, plan.MeasureCompleted{})
	}
	p := l.fold(t)
	for day, want := range map[string]string{
		"2023-01-19": "{0 0 0} {7 9 9}", "2023-01-20": "{1 10 10} {6 10 10}", "2023-12-31": "{7 40 60} {0 0 0}", "2024-02-08": "{5 50 70} {0 0 0}",
	} {
		u := profile(t, p, thePlan, delivery.OnDay(date(day))).Whole.Unscored
		equal(t, day, fmt.Sprint(u.Cycle, u.Age), want)
	}
}

func TestEveryOutcomeAndColourAndComponentHasItsWords(t *testing.T) {
	said := func(what string, p domain.Phrase) {
		for _, l := range domain.Languages() {
			if p.In(l) == "" || strings.Contains(p.In(l), "%!") {
				t.Errorf("%s has no words in %s: %q", what, l, p.In(l))
			}
		}
	}
	for _, c := range delivery.Components() {
		said(string(c), c.Name())
		said(string(c), c.Formula(delivery.Default()))
	}
	for _, c := range delivery.Colours() {
		said(string(c), c.Phrase())
	}
	p := fold(t, exampletest.Log(t))
	for _, r := range exampletest.Log(t) {
		got, ok := p.Profile(thePlan2, delivery.AtPosition(r.Position))
		for _, c := range delivery.Components() {
			for _, m := range got.Whole.Share(c).Members {
				if ok {
					said(string(m.Outcome), m.Outcome.Phrase())
				}
			}
		}
	}
}
