package finalreport_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// The second tertial of 2023 is the period of these tests.
var tertialFrom, tertialTo = date("2023-05-01"), date("2023-08-31")

func tertialOf(t testing.TB, events []domain.Recorded, at delivery.At) finalreport.Tertial {
	t.Helper()
	r, err := folded(t, events).Tertial(thePlan, tertialFrom, tertialTo, at)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// happenings are those of some lists: what, of which measure, with the deadlines of a delay.
func happenings(lists ...[]finalreport.Happening) string {
	var all []string
	for _, list := range lists {
		for _, x := range list {
			said := fmt.Sprint(x.What, " ", x.Measure)
			for _, more := range []string{x.Deliverable, x.Was.String(), x.Deadline.String(), x.Forecast.String(), string(x.Who.ID)} {
				if more != "" {
					said += " " + more
				}
			}
			all = append(all, said)
		}
	}
	return strings.Join(all, "; ")
}

func delayed(r finalreport.Tertial) string { return happenings(r.Happened.Delayed) }

func period(day string, id domain.PeriodID, from, to, due string) domain.Recorded {
	return on(day, "", domain.About(domain.EntityPeriod, id), reporting.PeriodOpened{Period: id, From: date(from), To: date(to), ReportDeadline: date(due)})
}

func says(day string, report domain.ReportID, of domain.PeriodID, text domain.Text) domain.Recorded {
	return ofMeasure(day, reporting.Reported{Report: report, Period: of, Status: reporting.Green, Text: text})
}

func ofMeasure(day string, e domain.Event) domain.Recorded { return of(day, "", "t1", e) }

func saidBeside(r finalreport.Tertial) string {
	m := r.Strategies[0].Measures[0]
	said := []string{"-", "-"}
	if m.Report != nil {
		said[0] = string(m.Report.Text)
	}
	if m.Last != nil {
		said[1] = string(m.Last.Text)
	}
	return strings.Join(said, " | ")
}

func TestStatusReports(t *testing.T) {
	now := delivery.OnDay(date("2023-09-20"))
	hindsight := now.As(delivery.Corrected)
	two := []domain.Recorded{
		period("2023-01-02", "T1", "2023-01-01", "2023-04-30", "2023-05-15"), period("2023-05-02", "T2", "2023-05-01", "2023-08-31", "2023-09-15"),
	}
	lateDone := of("2023-06-01", "2023-04-20", "t1", plan.MeasureCompleted{Result: "Gjort"})
	for _, c := range []struct {
		rule string
		log  []domain.Recorded
		at   delivery.At
		ask  func(finalreport.Tertial) string
		want string
	}{
		{
			"as known what was recorded in the period belongs to it", adopted(started, lateDone), now,
			func(r finalreport.Tertial) string { return happenings(r.Happened.Completed, r.Happened.Started) }, "completed t1",
		},
		{
			"as corrected what took effect in it does", adopted(started, lateDone), hindsight,
			func(r finalreport.Tertial) string { return happenings(r.Happened.Completed, r.Happened.Started) }, "",
		},
		{
			"both its days are in it",
			adopted(ofMeasure("2023-05-01", plan.MeasureStarted{}), of("2023-08-31", "", "t2", plan.MeasureStarted{}), of("2023-09-01", "", "t2", plan.MeasureCompleted{Deliverable: "2023"})), now,
			func(r finalreport.Tertial) string { return happenings(r.Happened.Started, r.Happened.Completed) }, "started t1; started t2",
		},
		{
			"who was asked, and what they said",
			adopted(ofMeasure("2023-05-02", plan.MeasureAssigned{Owner: "radet"}), ofMeasure("2023-05-03", plan.MeasureDeclined{Owner: "radet"}), ofMeasure("2023-05-04", plan.MeasureAssigned{Owner: "roan"}), ofMeasure("2023-05-05", plan.MeasureAccepted{Owner: "roan"})), now,
			func(r finalreport.Tertial) string { return happenings(r.Happened.Assigned) }, "assigned t1 radet; declined t1 radet; assigned t1 roan; accepted t1 roan",
		},
		{"a deadline that passes with nothing done is a delay", adopted(deadline("2022-07-01", "", "2023-06-30")), now, delayed, "missed t1 2023-06-30"},
		{"one on the last day passes in the next period", adopted(deadline("2022-07-01", "", "2023-08-31")), now, delayed, ""},
		{"one on the day before the first passes in this", adopted(deadline("2022-07-01", "", "2023-04-30")), now, delayed, "missed t1 2023-04-30"},
		{"one that was met is no delay", adopted(deadline("2022-07-01", "", "2023-06-30"), ofMeasure("2023-06-30", plan.MeasureCompleted{})), now, delayed, ""},
		{"one that is moved before it falls is a delay and not missed", adopted(deadline("2022-07-01", "", "2023-06-30"), deadline("2023-06-01", "", "2023-12-31")), now, delayed, "moved t1 2023-06-30 2023-12-31"},
		{"a move after it fell does not undo the miss", adopted(deadline("2022-07-01", "", "2023-06-30"), deadline("2023-07-10", "", "2023-12-31")), now, delayed, "missed t1 2023-06-30; moved t1 2023-06-30 2023-12-31"},
		{"a move to an earlier day is no delay", adopted(deadline("2022-07-01", "", "2023-12-31"), deadline("2023-06-01", "", "2023-11-30")), now, delayed, ""},
		{"a forecast after the deadline is a delay the first time", adopted(deadline("2022-07-01", "", "2023-12-31"), ofMeasure("2023-06-01", plan.ForecastGiven{Forecast: date("2024-02-01")})), now, delayed, "slipped t1 2023-12-31 2024-02-01"},
		{"… and not again", adopted(deadline("2022-07-01", "", "2023-12-31"), ofMeasure("2023-03-01", plan.ForecastGiven{Forecast: date("2024-02-01")})), now, delayed, ""},
		{"what is withdrawn is not late", adopted(deadline("2022-07-01", "", "2023-06-30"), ofMeasure("2023-06-01", plan.MeasureWithdrawn{})), now, delayed, ""},
		{
			"beside what is said of the period stands what was said of the last",
			adopted(append(two, says("2023-05-10", "r1", "T1", "Om vinteren"), says("2023-09-10", "r2", "T2", "Om sommeren"))...), now, saidBeside, "Om sommeren | Om vinteren",
		},
		{
			"what has not come by T is not there",
			adopted(append(two, says("2023-05-10", "r1", "T1", "Om vinteren"), says("2023-09-10", "r2", "T2", "Om sommeren"))...), delivery.OnDay(date("2023-09-01")), saidBeside, "- | Om vinteren",
		},
		{
			"the last that stands goes before one that was returned",
			adopted(append(two, says("2023-09-10", "r2", "T2", "Første"), says("2023-09-11", "r3", "T2", "Andre"), ofMeasure("2023-09-12", reporting.Returned{Report: "r3"}))...), now, saidBeside, "Første | -",
		},
		{
			"what is due in as many days as the period had, by date",
			adopted(of("2022-07-01", "", "t2", plan.DeadlineAdopted{Deadline: date("2024-01-01"), Deliverable: "2023"}), of("2022-07-01", "", "t2", plan.DeadlineAdopted{Deadline: date("2024-01-02"), Deliverable: "2024"}), deadline("2022-07-01", "", "2023-09-01")), now,
			func(r finalreport.Tertial) string {
				var all []string
				for _, d := range r.Due {
					all = append(all, fmt.Sprint(d.Measure, d.Deliverable, " ", d.Deadline))
				}
				return strings.Join(all, "; ")
			}, "t1 2023-09-01; t22023 2024-01-01",
		},
		{
			"how a measure stood before the period",
			adopted(ofMeasure("2023-05-02", plan.MeasureStarted{})), now, func(r finalreport.Tertial) string {
				m := r.Strategies[0].Measures[0]
				return fmt.Sprint(m.StateBefore, " ", m.State, " ", m.ColourBefore, " ", m.Colour)
			}, "adopted started white white",
		},
		{
			"both ends, each as it was known on its day", adopted(started, lateDone), now,
			func(r finalreport.Tertial) string {
				return fmt.Sprint(r.Delivery.Before.Day, r.Delivery.Before.Whole.Counts.Completed, " ", r.Delivery.After.Day, r.Delivery.After.Whole.Counts.Completed)
			}, "2023-04-30 0 2023-08-31 1",
		},
		{
			"obstacles noted, and deviations handled, in the period",
			adopted(on("2023-05-02", "", domain.About(domain.EntityObstacle, "o1"), story.ObstacleNoted{Text: "Snø"}), ofMeasure("2023-06-01", plan.DeviationHandled{Text: "Flyttes"}), ofMeasure("2023-09-01", plan.DeviationHandled{Text: "Senere"})), now,
			func(r finalreport.Tertial) string {
				return fmt.Sprint(len(r.Obstacles), r.Obstacles[0].Text, len(r.Deviations), r.Deviations[0].Text)
			}, "1Snø1Flyttes",
		},
		{
			"what was recorded late in it is listed openly", adopted(started, lateDone), now,
			func(r finalreport.Tertial) string { return fmt.Sprint(len(r.Openly.Late), r.Openly.Late[0].Days) }, "1 42",
		},
		{
			"its last day is no later than T", adopted(), delivery.OnDay(date("2023-06-10")),
			func(r finalreport.Tertial) string { return fmt.Sprint(r.Period.To, " ", r.Period.Day) }, "2023-08-31 2023-06-10",
		},
		{
			"the command makes it again", adopted(started), now,
			func(r finalreport.Tertial) string { return r.Provenance.Command }, "framdrift report tertial --from=2023-05-01 --to=2023-08-31 --plan=p --per=2023-09-20",
		},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if got := c.ask(tertialOf(t, c.log, c.at)); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAPeriodThatIsNoneIsRefused(t *testing.T) {
	p := folded(t, adopted())
	for _, err := range []error{
		second(p.Tertial(thePlan, tertialTo, tertialFrom, onDay)), second(p.Tertial(thePlan, domain.Date{}, tertialTo, onDay)),
		second(p.Tertial(thePlan, date("2023-05-02"), tertialTo, onDay)), // T is 1 May
	} {
		if domain.KindOf(err) != domain.Invalid || !strings.Contains(err.Error(), "report.period") {
			t.Errorf("got %v", err)
		}
	}
}

func TestWhatWasPutOnTheLogAfterThePeriodIsKnownInHindsightOnly(t *testing.T) {
	log := adopted()
	for i := range log {
		log[i].Time, log[i].Effective = date("2023-10-01").At(12, 0).UTC(), date("2022-06-10")
	}
	p, at := folded(t, log), delivery.OnDay(date("2023-10-10"))
	if err := second(p.Tertial(thePlan, tertialFrom, tertialTo, at)); domain.KindOf(err) != domain.NotFound || !strings.Contains(err.Error(), "report.no-plan-then") {
		t.Errorf("as known: %v", err)
	}
	if err := second(p.Tertial(thePlan, tertialFrom, tertialTo, at.As(delivery.Corrected))); err != nil {
		t.Errorf("as corrected: %v", err)
	}
}

func TestAPlanAdoptedInThePeriodHasNothingBefore(t *testing.T) {
	r, err := folded(t, adopted()).Tertial(thePlan, date("2022-05-01"), date("2022-08-31"), onDay)
	if err != nil || r.Delivery.Before != nil || len(r.Happened.Changed) != 0 {
		t.Errorf("before %v, changed %v, %v", r.Delivery.Before, r.Happened.Changed, err)
	}
}

// Two periods after each other tell of everything once.
func TestNothingFallsBetweenTwoPeriods(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := folded(t, logs().Draw(r, "log"))
		at := delivery.OnDay(date("2023-12-31")).As(view().Draw(r, "view"))
		cut := date("2022-07-01").AddDays(rapid.IntRange(0, 400).Draw(r, "cut"))
		count := func(from, to domain.Date) int {
			one, err := p.Tertial(thePlan, from, to, at)
			if err != nil {
				r.Fatal(err)
			}
			h := one.Happened
			return len(h.Assigned) + len(h.Started) + len(h.Completed) + len(h.Changed)
		}
		first, last := date("2022-06-10"), date("2023-12-31")
		whole, parts := count(first, last), count(first, cut)+count(cut.AddDays(1), last)
		if whole != parts {
			r.Fatalf("the whole tells of %d, the parts of %d", whole, parts)
		}
	})
}

func TestAStatusReportReadsBackWithNoListNull(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		report := tertialOf(t, logs().Draw(r, "log"), delivery.OnDay(date("2023-12-31")).As(view().Draw(r, "view")))
		text, err := json.Marshal(report)
		if err != nil {
			r.Fatal(err)
		}
		if strings.Contains(string(text), ":null") {
			r.Fatal("a list is null")
		}
		var back finalreport.Tertial
		if err := json.Unmarshal(text, &back); err != nil {
			r.Fatal(err)
		}
		if again, _ := json.Marshal(back); string(again) != string(text) {
			r.Fatal("the report does not read back as it was")
		}
	})
}
