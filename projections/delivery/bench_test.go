package delivery_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
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

// region is a plan such as that of Fosen: 26 measures under three strategies,
// three years, some 25 events each.
func region() []domain.Recorded {
	var l log
	l.adopt("2022-01-01")
	for i, actor := range []domain.ActorID{"radet", "osen", "ntnu"} {
		l.on("2022-01-01", domain.About(domain.EntityActor, actor), actors.Registered{
			Kind: actors.Organisation, Sector: []actors.Sector{actors.Public, actors.Business, actors.Knowledge}[i],
		}).Plan = ""
	}
	for year := 2022; year < 2025; year++ {
		day := func(s string) string { return fmt.Sprintf("%d-%s", year, s) }
		l.period(day("01-02"), domain.PeriodID(day("T1")), day("01-01"), day("04-30"), day("05-15"), day("05-16"))
		l.period(day("05-02"), domain.PeriodID(day("T2")), day("05-01"), day("08-31"), day("09-15"), day("09-16"))
		l.period(day("09-02"), domain.PeriodID(day("T3")), day("09-01"), day("12-31"), day("12-31"), "")
	}
	for n := range 26 {
		id := domain.MeasureID(fmt.Sprintf("t%02d", n))
		l.measure("2022-01-01", "", id, plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: []domain.StrategyID{"s1", "s2", "s3"}[n%3], Partners: []domain.ActorID{"osen", "ntnu"},
		})
		l.owner("2022-01-02", id)
		l.measure("2022-01-03", "", id, plan.MeasureStarted{})
		for i := range 6 {
			day := date("2022-02-01").AddDays(170*i + n)
			period := domain.PeriodID(fmt.Sprintf("%d-T%d", day.Year(), (day.Month()+3)/4))
			l.deadline(day.String(), id, day.AddDays(170).String())
			l.measure(day.AddDays(10).String(), "", id, reporting.Reported{Report: domain.ReportID(fmt.Sprint("r", i)), Period: period, Forecast: day.AddDays(180)})
			l.measure(day.AddDays(20).String(), "", id, plan.ContributionRecorded{Partner: "osen"})
		}
		l.measure(date("2024-06-01").AddDays(n).String(), "", id, plan.MeasureCompleted{})
	}
	l.measure("2024-12-01", "", "t00", plan.ContributionRecorded{Partner: "ntnu"}) // the last of all
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
	for name, events := range map[string][]domain.Recorded{"region": region(), "large": large()} {
		p := fold(b, events)
		for _, view := range []delivery.View{delivery.Known, delivery.Corrected} {
			b.Run(fmt.Sprintf("%s/%s/events=%d", name, view, len(events)), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					profile(b, p, thePlan, delivery.OnDay(date("2023-12-31")).As(view))
				}
			})
		}
	}
}

// days are the ends of every so many days of two years.
func everyDays(n int) []time.Time {
	var all []time.Time
	for day := date("2023-01-01"); day.Year() < 2025; day = day.AddDays(n) {
		all = append(all, day.End())
	}
	return all
}

// BenchmarkCourse draws 2 016 series over two years: of 48 regions with three
// strategies the numerators and denominators of the seven components. Cold is
// the first time somebody asks after the log was read; warm is every time
// after; appended is after one more event of one measure in each region.
func BenchmarkCourse(b *testing.B) {
	events := region()
	for step, instants := range map[string][]time.Time{"daily": everyDays(1), "weekly": everyDays(7)} {
		for _, view := range []delivery.View{delivery.Known, delivery.Corrected} {
			name := step + "/" + string(view)
			b.Run(name+"/cold", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					regions := many(b, events, 48)
					b.StartTimer()
					draw(regions, view, instants)
				}
			})
			b.Run(name+"/warm", func(b *testing.B) {
				regions := many(b, events, 48)
				draw(regions, view, instants)
				b.ReportAllocs()
				for b.Loop() {
					draw(regions, view, instants)
				}
			})
			b.Run(name+"/appended", func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					b.StopTimer()
					regions := many(b, events[:len(events)-1], 48)
					draw(regions, view, instants)
					for _, p := range regions {
						if err := p.Apply(events[len(events)-1]); err != nil {
							b.Fatal(err)
						}
					}
					b.StartTimer()
					draw(regions, view, instants)
				}
			})
		}
	}
}

// BenchmarkScrape reads what 400 regions come to just now, as Prometheus does.
func BenchmarkScrape(b *testing.B) {
	events := region()
	regions := many(b, events, 400)
	now := []time.Time{date("2024-12-31").At(12, 0)}
	draw(regions, delivery.Known, now)
	b.ReportAllocs()
	for b.Loop() {
		now[0] = now[0].Add(15 * time.Second)
		draw(regions, delivery.Known, now)
	}
}

func many(b *testing.B, events []domain.Recorded, n int) []*delivery.Projection {
	b.Helper()
	all := make([]*delivery.Projection, n)
	for i := range all {
		all[i] = fold(b, events)
	}
	return all
}

// draw fills a series for every region, strategy, component and half of it.
func draw(regions []*delivery.Projection, v delivery.View, instants []time.Time) [][]float64 {
	var all [][]float64
	for _, p := range regions {
		series := make([][]float64, 3*2*len(delivery.Components()))
		for i := range series {
			series[i] = make([]float64, len(instants))
		}
		for i, point := range p.Course(thePlan, v, delivery.Part{}, instants) {
			at := 0
			for _, s := range point.Strategies {
				for _, c := range delivery.Components() {
					r := s.Ratio(c)
					series[at][i], series[at+1][i] = float64(r.Numerator), float64(r.Denominator)
					at += 2
				}
			}
		}
		all = append(all, series...)
	}
	return all
}
