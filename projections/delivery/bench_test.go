package delivery_test

import (
	"fmt"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// large is 100 measures over four years, 60 events each: deadlines that move,
// reports every tertial and beside them, verdicts, completions reopened.
func large() []domain.Recorded {
	var l log
	l.adopt("2020-01-01")
	for year := 2020; year < 2024; year++ {
		for i, p := range []struct{ from, to, deadline string }{
			{"01-01", "04-30", "05-15"}, {"05-01", "08-31", "09-15"}, {"09-01", "12-31", "12-31"},
		} {
			day := func(s string) string { return fmt.Sprintf("%d-%s", year, s) }
			id := domain.PeriodID(fmt.Sprintf("T%d-%d", i+1, year))
			l.period(day(p.from), id, day(p.from), day(p.to), day(p.deadline), date(day(p.deadline)).AddDays(1).String())
		}
	}
	for n := range 100 {
		id := domain.MeasureID(fmt.Sprintf("t%03d", n))
		l.adoptMeasure("2020-01-01", id, plan.OneOff)
		l.owner("2020-01-02", id)
		l.measure("2020-01-03", "", id, plan.MeasureStarted{})
		for i := range 14 {
			day := date("2020-02-01").AddDays(100 * i)
			period := domain.PeriodID(fmt.Sprintf("T%d-%d", (day.Month()+3)/4, day.Year()))
			report := domain.ReportID(fmt.Sprint("r", i))
			l.deadline(day.String(), id, day.AddDays(90+n%30).String())
			l.measure(day.AddDays(10).String(), "", id, reporting.Reported{Report: report, Period: period})
			l.measure(day.AddDays(11).String(), "", id, reporting.Approved{Report: report})
			l.measure(day.AddDays(80).String(), "", id, plan.MeasureCompleted{})
			if n%3 != 0 {
				l.measure(day.AddDays(95).String(), "", id, plan.MeasureReopened{})
			}
		}
	}
	return l.inOrder()
}

func BenchmarkApply(b *testing.B) {
	events := large()
	b.ReportAllocs()
	p, next := delivery.New(), 0
	for b.Loop() {
		if next == len(events) {
			p, next = delivery.New(), 0
		}
		if err := p.Apply(events[next]); err != nil {
			b.Fatal(err)
		}
		next++
	}
}

func BenchmarkProfile(b *testing.B) {
	events := large()
	p := fold(b, events)
	at := delivery.OnDay(date("2023-12-31"))
	for _, view := range []delivery.View{delivery.Known, delivery.Corrected} {
		b.Run(fmt.Sprintf("%s/events=%d", view, len(events)), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				profile(b, p, thePlan, at.As(view))
			}
		})
	}
}
