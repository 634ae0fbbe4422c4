package delivery_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

func TestTheExampleInThePackageComment(t *testing.T) {
	var l log
	l.adopt("2022-06-10")
	for _, id := range []domain.MeasureID{"a", "b", "c"} {
		l.adoptMeasure("2022-06-10", id, plan.OneOff)
		l.owner("2022-06-11", id)
	}
	l.deadline("2022-06-12", "a", "2023-01-31")
	l.deadline("2022-06-12", "b", "2023-01-31")
	l.measure("2023-01-25", "2023-01-20", "a", plan.MeasureCompleted{})
	l.measure("2023-06-20", "2023-01-28", "b", plan.MeasureCompleted{})
	p := l.fold(t)
	for _, row := range []struct {
		day    string
		k1, k2 delivery.Ratio
	}{
		{"2023-01-30", ratio(1, 2), ratio(0, 0)},
		{"2023-01-31", ratio(1, 2), ratio(1, 2)},
		{"2023-06-20", ratio(0, 1), ratio(1, 2)},
	} {
		whole := profile(t, p, thePlan, delivery.OnDay(date(row.day))).Whole
		equal(t, row.day+" K1", whole.K1.Ratio, row.k1)
		equal(t, row.day+" K2", whole.K2.Ratio, row.k2)
	}
}

func TestARatioIsWrittenByTheRuleOfFive(t *testing.T) {
	for _, row := range []struct {
		ratio      delivery.Ratio
		nb, nn, en string
	}{
		{ratio(0, 0), "ingen å måle på", "ingen å måle på", "none to measure"},
		{ratio(3, 4), "3 av 4", "3 av 4", "3 of 4"},
		{ratio(0, 5), "0 av 5 (0 %)", "0 av 5 (0 %)", "0 of 5 (0%)"},
		{ratio(12, 20), "12 av 20 (60 %)", "12 av 20 (60 %)", "12 of 20 (60%)"},
		{ratio(1, 8), "1 av 8 (13 %)", "1 av 8 (13 %)", "1 of 8 (13%)"},
		{ratio(2, 6), "2 av 6 (33 %)", "2 av 6 (33 %)", "2 of 6 (33%)"},
	} {
		got := row.ratio.Phrase()
		equal(t, "nb", got.In(domain.Bokmal), row.nb)
		equal(t, "nn", got.In(domain.Nynorsk), row.nn)
		equal(t, "en", got.In(domain.English), row.en)
	}
}

func TestAnEmptyDenominatorHasNoValue(t *testing.T) {
	if v, ok := ratio(0, 0).Value(); ok {
		t.Errorf("0 of 0 has the value %v", v)
	}
	if v, ok := ratio(3, 4).Value(); !ok || v != 0.75 {
		t.Errorf("3 of 4 is %v, %v", v, ok)
	}
}

func TestCounts(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	for _, id := range []domain.MeasureID{"adopted", "asked", "declined", "accepted", "started", "done", "reopened", "gone"} {
		l.adoptMeasure("2023-01-01", id, plan.OneOff)
	}
	l.adoptMeasure("2023-01-01", "ongoing", plan.Ongoing)
	l.adoptMeasure("2023-01-01", "o01", plan.Arrangement)
	l.adoptMeasure("2023-01-01", "o02", plan.Arrangement)
	l.measure("2023-03-01", "", "o02", plan.MeasureWithdrawn{})
	l.measure("2023-01-02", "", "asked", plan.MeasureAssigned{Owner: "radet"})
	l.measure("2023-01-02", "", "declined", plan.MeasureAssigned{Owner: "radet"})
	l.measure("2023-01-03", "", "declined", plan.MeasureDeclined{Owner: "radet"})
	l.owner("2023-01-02", "accepted")
	l.deadline("2023-01-03", "accepted", "2023-12-31")
	for _, id := range []domain.MeasureID{"started", "done", "reopened", "gone", "ongoing"} {
		l.owner("2023-01-02", id)
		l.measure("2023-01-04", "", id, plan.MeasureStarted{})
	}
	l.measure("2023-02-05", "2023-02-01", "done", plan.MeasureCompleted{})
	l.measure("2023-02-01", "", "reopened", plan.MeasureCompleted{})
	l.measure("2023-02-09", "", "reopened", plan.MeasureReopened{})
	l.measure("2023-02-01", "", "gone", plan.MeasureWithdrawn{})
	l.measure("2023-02-01", "", "ongoing", plan.MeasureCompleted{Deliverable: "2023"})

	l.adoptMeasure("2023-01-01", "goneOngoing", plan.Ongoing)
	l.measure("2023-02-05", "2023-02-01", "goneOngoing", plan.MeasureCompleted{Deliverable: "2023"})
	l.measure("2023-02-09", "", "goneOngoing", plan.MeasureWithdrawn{})

	got := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-04-01"))).Whole.Counts
	equal(t, "the counts", got, delivery.Counts{
		Measures: 8, Arrangements: 1, Open: 7, NotStarted: 4, Started: 3, Completed: 1, Withdrawn: 2,
		WithDeadline: 1, WithOwner: 4, Grey: ratio(0, 7), BackDated: ratio(1, 2),
		States: []delivery.StateCount{
			{State: delivery.Adopted, Count: 2},
			{State: delivery.Assigned, Count: 1},
			{State: delivery.Accepted, Count: 1},
			{State: delivery.Started, Count: 3},
			{State: delivery.Completed, Count: 1},
			{State: delivery.Withdrawn, Count: 2},
		},
		Colours: []delivery.ColourCount{
			{Colour: delivery.Blue, Count: 1},
			{Colour: delivery.Red, Count: 0},
			{Colour: delivery.White, Count: 6},
			{Colour: delivery.Grey, Count: 0},
			{Colour: delivery.Amber, Count: 0},
			{Colour: delivery.Green, Count: 1},
		},
	})
}

func TestOnTheDayOfImportNothingIsAnchored(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	for _, id := range []domain.MeasureID{"t01", "t02", "t03", "t04", "t05", "t06"} {
		l.adoptMeasure("2023-01-01", id, plan.OneOff)
	}
	whole := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-01-01"))).Whole
	equal(t, "K1", whole.K1.Phrase().In(domain.Bokmal), "0 av 6 (0 %)")
	equal(t, "K2", whole.K2.Ratio, ratio(0, 0))
	equal(t, "K4", whole.K4.Ratio, ratio(0, 0))
}

func TestAMeasureCountsUnderTheStrategyItHasAtT(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	l.adoptMeasure("2023-01-01", "m", plan.OneOff)
	l.measure("2023-03-01", "", "m", plan.MeasureAmended{Field: plan.FieldText, New: "s1"})
	l.measure("2023-03-01", "", "m", plan.MeasureAmended{Field: plan.FieldStrategy, Old: "s1", New: "s2"})
	l.measure("2023-06-01", "", "m", plan.MeasureAmended{Field: plan.FieldStrategy, Old: "s2", New: "s9"})
	p := l.fold(t)
	for day, want := range map[string]string{
		"2023-02-28": "s1:1 s2:0", "2023-03-01": "s1:0 s2:1", "2023-06-01": "s1:0 s2:0 s9:1",
	} {
		var got []string
		for _, s := range profile(t, p, thePlan, delivery.OnDay(date(day))).Strategies {
			got = append(got, string(s.Strategy)+":"+string(rune('0'+s.Counts.Measures)))
		}
		equal(t, day, strings.Join(got, " "), want)
	}
}

func TestAsCorrectedTheStrategyWithTheLatestEffectiveDayIsInForce(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	l.adoptMeasure("2023-01-01", "m", plan.OneOff)
	l.measure("2023-03-01", "", "m", plan.MeasureAmended{Field: plan.FieldStrategy, New: "s2"})
	l.measure("2023-04-01", "2023-02-01", "m", plan.MeasureAmended{Field: plan.FieldStrategy, New: "s1"})
	p := l.fold(t)
	for view, want := range map[delivery.View]int{delivery.Known: 1, delivery.Corrected: 0} {
		first := profile(t, p, thePlan, delivery.OnDay(date("2023-05-01")).As(view)).Strategies[0]
		equal(t, "s1 "+string(view), first.Counts.Measures, want)
	}
}

func TestTheCurrentDeliverableHasTheEarliestDeadlineNotCompleted(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	l.adoptMeasure("2023-01-01", "m", plan.Ongoing)
	l.owner("2023-01-02", "m")
	for _, d := range []struct{ name, deadline string }{{"a", "2024-12-31"}, {"b", "2023-12-31"}, {"c", "2025-12-31"}} {
		l.measure("2023-01-03", "", "m", plan.DeadlineAdopted{Deadline: date(d.deadline), Deliverable: d.name})
	}
	whole := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-02-01"))).Whole
	equal(t, "K1", counted(whole.K1), []string{"m/b"})
}

func TestACorrectedListLeavesTheOldOneAsItWas(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	adopted := l.events[0]
	l.correct("2023-02-01", &adopted, "strategies", []plan.Strategy{{ID: "s1", Title: "Verdiskaping"}, {ID: "s2", Title: "To"}})
	p := l.fold(t)
	for day, want := range map[string]string{"2023-01-31": "Ett", "2023-02-01": "Verdiskaping"} {
		equal(t, day, profile(t, p, thePlan, delivery.OnDay(date(day))).Strategies[0].Title, want)
	}
}

func TestAPositionIncludesItsEvent(t *testing.T) {
	p := fold(t, exampletest.Log(t))
	for position, want := range map[domain.Position]delivery.Ratio{
		17: ratio(0, 1), 20: ratio(0, 2), 45: ratio(1, 7), 46: ratio(2, 7), 98: ratio(2, 3), 1000: ratio(2, 3),
	} {
		got := profile(t, p, "handlingsplan-2023-2025", delivery.AtPosition(position)).Whole
		equal(t, string(rune(position)), got.K1.Ratio, want)
	}
	for _, position := range []domain.Position{0, 14} {
		if _, ok := p.Profile("handlingsplan-2023-2025", delivery.AtPosition(position)); ok {
			t.Errorf("the plan has a profile at position %d, before it was adopted", position)
		}
	}
}

func TestAnInstantIncludesWhatWasRecordedAtIt(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	l.adoptMeasure("2023-01-01", "m", plan.OneOff)
	completed := *l.measure("2023-02-01", "", "m", plan.MeasureCompleted{})
	p := l.fold(t)
	equal(t, "just before", profile(t, p, thePlan, delivery.AtTime(completed.Time.Add(-1))).Whole.Counts.Completed, 0)
	equal(t, "at it", profile(t, p, thePlan, delivery.AtTime(completed.Time)).Whole.Counts.Completed, 1)
}

func TestThereIsNoProfileOfAPlanThatIsNotAdopted(t *testing.T) {
	p := fold(t, exampletest.Log(t))
	for _, row := range []struct {
		plan domain.PlanID
		day  string
	}{{"another", "2024-12-31"}, {"", "2024-12-31"}, {"handlingsplan-2023-2025", "2022-12-14"}} {
		if _, ok := p.Profile(row.plan, delivery.OnDay(date(row.day))); ok {
			t.Errorf("%q has a profile on %s", row.plan, row.day)
		}
	}
	if _, ok := p.Profile("handlingsplan-2023-2025", delivery.At{}); ok {
		t.Error("there is a profile at the zero At")
	}
}

func TestTheProfileSaysWhatItWasComputedWith(t *testing.T) {
	var l log
	l.adopt("2023-01-01")
	l.on("2023-02-01", domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{Version: "2024", WindowDays: 100})
	l.on("2023-03-01", domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{Version: "2025", OpenDays: 10})
	p := l.fold(t)
	want := delivery.Default()
	equal(t, "before any", profile(t, p, thePlan, delivery.OnDay(date("2023-01-31"))).Definition, want)
	want.Version, want.OpenDays = "2025", 10
	got := profile(t, p, thePlan, delivery.OnDay(date("2023-03-01")).As(delivery.Corrected))
	equal(t, "the latest, its gaps filled from the defaults", got.Definition, want)
	equal(t, "the day and the view", [2]any{got.Day, got.View}, "[2023-03-01 corrected]")
}

func TestTheProfileAsJSON(t *testing.T) {
	got, err := json.Marshal(profile(t, fold(t, exampletest.Log(t)), "handlingsplan-2023-2025", delivery.OnDay(date("2024-12-31"))).Whole.K4)
	if err != nil {
		t.Fatal(err)
	}
	start := `{"numerator":12,"denominator":20,"members":[{"measure":"x1","period":"T3-2023","dates":["2024-01-15"],"counted":true,"outcome":"onTime","positions":[16,51,55,62]},`
	if !strings.HasPrefix(string(got), start) || !strings.HasSuffix(string(got), `"anyTime":{"numerator":14,"denominator":20}}`) {
		t.Errorf("K4 as JSON\n got %s\nwant %s…", got, start)
	}
}

func TestApplyErrsOnlyOnWhatWouldMakeFiguresWrong(t *testing.T) {
	build := func(field string, value any) []domain.Recorded {
		var l log
		l.adopt("2023-01-01")
		l.adoptMeasure("2023-01-01", "m", plan.OneOff)
		done := *l.measure("2023-02-01", "", "m", plan.MeasureCompleted{})
		l.correct("2023-02-02", &done, field, value)
		return l.inOrder()
	}
	last := func(events []domain.Recorded) error {
		p := fold(t, events[:len(events)-1])
		return p.Apply(events[len(events)-1])
	}
	twice := build("effective", "2023-01-31")
	twice = append(twice, twice[len(twice)-1])
	ofACorrection := log{events: build("effective", "2023-01-31")}
	ofACorrection.correct("2023-02-03", &ofACorrection.events[3], "new", "2023-01-30")
	ofNothingWeKeep := log{events: build("effective", "2023-01-31")}
	ofNothingWeKeep.correct("2023-02-03", &domain.Recorded{ID: "elsewhere"}, "name", "Et annet navn")
	for _, row := range []struct {
		sentence string
		events   []domain.Recorded
		want     string // of the error; empty for none
	}{
		{"a correction of the day is applied", build("effective", "2023-01-31"), ""},
		{"a correction of a text is passed over", build("result", "s1:xxxx"), ""},
		{"a correction of an event no figure looks at is passed over", ofNothingWeKeep.inOrder(), ""},
		{"a day that is not one is an error", build("effective", "31 January"), "corrects e3"},
		{"no day is an error", build("effective", nil), "no day"},
		{"a member that the event has not is an error", build("deadline", "2023-01-31"), `no member "deadline"`},
		{"a value of another type is an error", build("evidence", 7), "member evidence"},
		{"a correction of a correction is an error", ofACorrection.inOrder(), "it is a correction"},
		{"the same event twice is an error", twice, "event 4 after event 4"},
	} {
		switch err := last(row.events); {
		case row.want == "" && err != nil:
			t.Errorf("%s: %v", row.sentence, err)
		case row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)):
			t.Errorf("%s: got %v, want …%s…", row.sentence, err, row.want)
		}
	}
}

func TestNameAndVersion(t *testing.T) {
	p := delivery.New()
	equal(t, "name and version", [2]any{p.Name(), p.Version()}, "[delivery 2]")
}
