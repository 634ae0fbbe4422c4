package app_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

func TestACourseIsOnTheLastDayOfEachStepAndOnTheLastDayAskedFor(t *testing.T) {
	for _, row := range []struct {
		step     app.Step
		from, to string
		want     string
	}{
		{app.Day, "2024-02-28", "2024-03-01", "2024-02-28 2024-02-29 2024-03-01"},
		{app.Day, "2024-02-28", "2024-02-28", "2024-02-28"},
		{app.Week, "2024-01-01", "2024-01-16", "2024-01-07 2024-01-14 2024-01-16"}, // Monday to Tuesday
		{app.Week, "2024-01-07", "2024-01-14", "2024-01-07 2024-01-14"},
		{app.Month, "2024-01-31", "2024-03-15", "2024-01-31 2024-02-29 2024-03-15"},
		{app.Month, "2023-12-01", "2024-01-31", "2023-12-31 2024-01-31"},
		{app.Tertial, "2023-06-01", "2024-05-01", "2023-08-31 2023-12-31 2024-04-30 2024-05-01"},
	} {
		days, err := row.step.Days(domain.MustDate(row.from), domain.MustDate(row.to))
		var got []string
		for _, d := range days {
			got = append(got, d.String())
		}
		if err != nil || strings.Join(got, " ") != row.want {
			t.Errorf("%s from %s to %s\n got %s (%v)\nwant %s", row.step, row.from, row.to, got, err, row.want)
		}
	}
}

func TestACourseThatCannotBeIsRefused(t *testing.T) {
	_, r := newRegion(t, 1)
	day := domain.MustDate
	for sentence, q := range map[string]app.CourseQuery{
		"input.backwards":       {From: day("2022-06-20"), To: day("2022-06-10")},
		"input.too-many-points": {From: day("1990-01-01"), Step: app.Day},
		"input.choice":          {Step: "år"},
		"strategy.unknown":      {Part: delivery.Part{Strategy: "s7"}},
		"owner.unknown":         {Part: delivery.Part{Owner: "ingen"}},
		"focus-area.unknown":    {Part: delivery.Part{FocusArea: "Romfart"}},
	} {
		if _, err := r.Course(t.Context(), "", q); domain.Explain(err).Code != sentence {
			t.Errorf("%+v: %v, want %s", q, err, sentence)
		}
	}
}

// The plan was adopted on 10 June and put on the log on the 20th, which is today.
func TestACourseRunsFromTheAdoptionToToday(t *testing.T) {
	_, r := newRegion(t, 3)
	for view, want := range map[delivery.View]string{"": "[2022-06-20]", delivery.Corrected: "[2022-06-10 2022-06-11 2022-06-12]"} {
		c, err := r.Course(t.Context(), "", app.CourseQuery{Step: app.Day, View: view})
		if err != nil {
			t.Fatal(err)
		}
		var days []string
		for _, p := range c.Points {
			days = append(days, p.Day.String())
			if p.Whole.K1 != (delivery.Ratio{Denominator: 3}) || p.Strategies[0].K1 != p.Whole.K1 {
				t.Errorf("%s: K1 is %v", p.Day, p.Whole.K1)
			}
		}
		if got := fmt.Sprint(days[:min(3, len(days))]); got != want || days[len(days)-1] != "2022-06-20" {
			t.Errorf("%s: the days are %v, want %s …", view, days, want)
		}
	}
}

func TestARegionIsSummedAndSweptAsItStandsNow(t *testing.T) {
	_, r := newRegion(t, 2)
	s, err := r.Sum(t.Context(), app.Per{})
	if err != nil || !s.InForce || s.Region != "fosen" || s.Figures.K1 != (delivery.Ratio{Denominator: 2}) || len(s.Programmes) != 0 {
		t.Errorf("%+v (%v)", s, err)
	}
	swept := 0
	err = r.Sweep(t.Context(), delivery.Known, nil, func(plan domain.PlanID, i int, point *delivery.Point) {
		swept++
		if plan != "plan-2022" || i != 0 || point.Whole.K1 != s.Figures.K1 {
			t.Errorf("%s %d %+v", plan, i, point)
		}
	})
	if swept != 1 || err != nil {
		t.Errorf("there were %d points (%v)", swept, err)
	}
}
