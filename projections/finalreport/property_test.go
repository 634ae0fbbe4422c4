package finalreport_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// logs draws a log in which anything happens to two measures, in time order.
func logs() *rapid.Generator[[]domain.Recorded] {
	return rapid.Custom(func(t *rapid.T) []domain.Recorded {
		var more []domain.Recorded
		day := date("2022-06-11")
		for range rapid.IntRange(0, 30).Draw(t, "events") {
			day = day.AddDays(rapid.IntRange(0, 40).Draw(t, "later"))
			more = append(more, one(t, day))
		}
		return adopted(more...)
	})
}

func one(t *rapid.T, day domain.Date) domain.Recorded {
	id := rapid.SampledFrom([]domain.MeasureID{"t1", "t2"}).Draw(t, "measure")
	deliverable := ""
	if id == "t2" {
		deliverable = rapid.SampledFrom([]string{"2022", "2023"}).Draw(t, "deliverable")
	}
	when := day.AddDays(-rapid.IntRange(0, 60).Draw(t, "earlier")).String()
	if when < "2022-06-10" {
		when = ""
	}
	text := rapid.SampledFrom([]domain.Text{"", "Skrevet", domain.Erased}).Draw(t, "text")
	period := rapid.SampledFrom([]domain.PeriodID{"T3-2022", "T1-2023"}).Draw(t, "period")
	from := date("2022-09-01")
	if period == "T1-2023" {
		from = date("2023-01-01")
	}
	events := []domain.Event{
		plan.MeasureAssigned{Owner: rapid.SampledFrom([]domain.ActorID{"radet", "roan"}).Draw(t, "owner")},
		plan.MeasureAccepted{Owner: "radet"},
		plan.MeasureDeclined{Owner: "radet", Why: text},
		plan.DeadlineAdopted{Deadline: day.AddDays(rapid.IntRange(-5, 200).Draw(t, "ahead")), Deliverable: deliverable},
		plan.ForecastGiven{Forecast: day.AddDays(30), Deliverable: deliverable},
		plan.MeasureStarted{},
		plan.MeasureStarted{},
		plan.MeasureCompleted{Result: text, Deliverable: deliverable},
		plan.MeasureCompleted{Deliverable: deliverable},
		plan.MeasureReopened{Why: text, Deliverable: deliverable},
		plan.MeasureWithdrawn{},
		plan.DeviationHandled{Text: text},
		plan.PartnerConfirmed{Partner: "roan"},
		plan.PartnerResolved{Partner: "alle", Into: []domain.ActorID{"ntnu"}},
		plan.ContributionRecorded{Partner: rapid.SampledFrom([]domain.ActorID{"roan", "ntnu", "ukjent"}).Draw(t, "giver"), Text: text},
		reporting.Reported{Report: "r1", Period: period, Status: reporting.Green, Text: text},
		reporting.Returned{Report: "r1"},
		reporting.PeriodOpened{Period: period, From: from, To: from.AddDays(120), ReportDeadline: from.AddDays(135)},
		reporting.PeriodClosed{Period: period},
	}
	e := rapid.SampledFrom(events).Draw(t, "event")
	switch e.(type) {
	case reporting.PeriodOpened, reporting.PeriodClosed:
		return on(day.String(), "", domain.About(domain.EntityPeriod, period), e)
	}
	return of(day.String(), when, id, e)
}

func view() *rapid.Generator[delivery.View] {
	return rapid.SampledFrom([]delivery.View{delivery.Known, delivery.Corrected})
}

func TestTheSameLogIsTheSameReportWhoeverAsksHowOften(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		log := logs().Draw(r, "log")
		at := delivery.OnDay(date("2023-12-31")).As(view().Draw(r, "view"))
		p := folded(t, log)
		one, err := p.Report(thePlan, at)
		if err != nil {
			r.Fatal(err)
		}
		two, _ := p.Report(thePlan, at)
		other := reportOf(t, log, at)
		if a := encoded(t, one); a != encoded(t, two) || a != encoded(t, other) {
			r.Fatal("the reports differ")
		}
	})
}

// An earlier T is the same fold, stopped early.
func TestAnEarlierDayIsTheFoldOfTheLogUntilThen(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		log := logs().Draw(r, "log")
		n := rapid.IntRange(10, len(log)).Draw(r, "events")
		day := domain.DateOf(log[n-1].Time)
		for n < len(log) && domain.DateOf(log[n].Time) == day {
			n++
		}
		whole, prefix := reportOf(t, log, delivery.OnDay(day)), reportOf(t, log[:n], delivery.AtPosition(domain.Position(n)))
		if encoded(t, whole) != encoded(t, prefix) {
			r.Fatalf("the day %s and event %d give two reports", day, n)
		}
	})
}

func TestTheSummaryIsWhatDeliveryCounts(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		log := logs().Draw(r, "log")
		at := delivery.OnDay(date("2023-12-31")).As(view().Draw(r, "view"))
		d := delivery.New()
		for _, e := range log {
			if err := d.Apply(e); err != nil {
				r.Fatal(err)
			}
		}
		profile, _ := d.Profile(thePlan, at)
		c, s := profile.Whole.Counts, reportOf(t, log, at).Summary
		got := []int{s.Measures.Count, s.Completed.Count, s.Started.Count, s.NotStarted.Count, s.Withdrawn.Count, s.Arrangements.Count}
		if want := []int{c.Measures, c.Completed, c.Started, c.NotStarted, c.Withdrawn, c.Arrangements}; fmt.Sprint(got) != fmt.Sprint(want) {
			r.Fatalf("the report counts %v, delivery %v", got, want)
		}
	})
}

// The owner who is asked last, the deadline and the forecast of a measure that
// is open are those that delivery reckons with, in both views.
func TestWhatIsInForceIsWhatDeliveryReckonsWith(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		report := reportOf(t, logs().Draw(r, "log"), delivery.OnDay(date("2023-12-31")).As(view().Draw(r, "view")))
		m := t1(report)
		for _, s := range report.Delivery.Measures {
			if s.Measure != m.ID || s.State == delivery.Completed {
				continue
			}
			var owner domain.ActorID
			if n := len(m.Owners); n > 0 {
				owner = m.Owners[n-1].Owner.ID
			}
			d := m.Deliverables[0]
			if got, want := fmt.Sprint(owner, d.Deadline), fmt.Sprint(s.Owner, s.Deadline); got != want {
				r.Fatalf("the report has %s, delivery %s", got, want)
			}
			if !s.Deadline.IsZero() && !d.Forecast.IsZero() && d.Forecast != s.Forecast {
				r.Fatalf("the report has the forecast %s, delivery %s", d.Forecast, s.Forecast)
			}
		}
	})
}

func TestListsAreNeverNullAndTheReportReadsBack(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		report := reportOf(t, logs().Draw(r, "log"), delivery.OnDay(date("2023-12-31")))
		if path := nilSlice(reflect.ValueOf(report), "report"); path != "" {
			r.Fatalf("%s is nil", path)
		}
		var back finalreport.Report
		if err := json.Unmarshal([]byte(encoded(t, report)), &back); err != nil {
			r.Fatal(err)
		}
		if encoded(t, back) != encoded(t, report) {
			r.Fatal("the report does not read back as it was")
		}
	})
}

// nilSlice is the path of the first list that is nil. Raw JSON is a value, not a list.
func nilSlice(v reflect.Value, path string) string {
	switch v.Kind() {
	case reflect.Slice:
		if v.IsNil() && v.Type() != reflect.TypeFor[json.RawMessage]() {
			return path
		}
		for i := range v.Len() {
			if p := nilSlice(v.Index(i), fmt.Sprint(path, "[", i, "]")); p != "" {
				return p
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if p := nilSlice(v.Field(i), path+"."+v.Type().Field(i).Name); p != "" {
				return p
			}
		}
	}
	return ""
}
