package delivery_test

import (
	"encoding/json"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// The logs drawn here begin on 1 January 2023 and end within 300 days, so that
// no deadline that fell has left the window. They hold more than the rules of
// the plan would let in: the figures must add up all the same.
const (
	firstDay = "2023-01-01"
	lastDay  = 300
)

var drawnMeasures = []domain.MeasureID{"a", "b", "c", "d", "o"}

// drawLog is a plan of five rows with some 60 events. plain keeps to events
// that take effect the day they are recorded, and makes no corrections.
func drawLog(t *rapid.T, plain bool) *log {
	var l log
	l.adopt(firstDay)
	for _, id := range drawnMeasures {
		k := rapid.SampledFrom([]plan.Kind{plan.OneOff, plan.OneOff, plan.Ongoing, plan.Arrangement}).Draw(t, "kind")
		l.measure(firstDay, "", id, plan.MeasureAdopted{Kind: k, Strategy: drawStrategy(t)})
	}
	l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-16")
	l.period("2023-05-02", "T2-2023", "2023-05-01", "2023-08-31", "2023-09-15", "2023-09-18")
	for range rapid.IntRange(0, 60).Draw(t, "events") {
		day := date(firstDay).AddDays(rapid.IntRange(0, lastDay).Draw(t, "day"))
		if !plain && rapid.IntRange(0, 9).Draw(t, "correct") == 0 {
			target := rapid.SampledFrom(ofMeasures(l.events)).Draw(t, "target")
			l.correct(later(day, target), &target, "effective", drawBefore(t, day))
			continue
		}
		r := l.measure(day.String(), "", rapid.SampledFrom(drawnMeasures).Draw(t, "measure"), drawEvent(t, day))
		if !plain {
			r.Effective = drawBefore(t, day)
			r.Retrospective = rapid.Bool().Draw(t, "retrospective")
		}
	}
	return &l
}

func ofMeasures(events []domain.Recorded) []domain.Recorded {
	return slices.DeleteFunc(slices.Clone(events), func(r domain.Recorded) bool { return r.Subject.Entity != domain.EntityMeasure })
}

// later is the day, or the day of the target if that is later.
func later(day domain.Date, target domain.Recorded) string {
	if recorded := domain.DateOf(target.Time); day.Before(recorded) {
		day = recorded
	}
	return day.String()
}

func drawBefore(t *rapid.T, day domain.Date) domain.Date {
	return day.AddDays(-rapid.SampledFrom([]int{0, 0, 1, 10, 40}).Draw(t, "days before"))
}

func drawStrategy(t *rapid.T) domain.StrategyID {
	return rapid.SampledFrom([]domain.StrategyID{"s1", "s2", "s3"}).Draw(t, "strategy")
}

func drawEvent(t *rapid.T, day domain.Date) domain.Event {
	var (
		actor       = rapid.SampledFrom([]domain.ActorID{"radet", "utviklingsleder"}).Draw(t, "actor")
		deliverable = rapid.SampledFrom([]string{"", "", "2023"}).Draw(t, "deliverable")
		report      = rapid.SampledFrom([]domain.ReportID{"r1", "r2", "r3"}).Draw(t, "report")
		period      = rapid.SampledFrom([]domain.PeriodID{"T1-2023", "T2-2023"}).Draw(t, "period")
		deadline    = day.AddDays(rapid.IntRange(-10, 90).Draw(t, "deadline"))
	)
	return rapid.SampledFrom([]domain.Event{
		plan.MeasureAssigned{Owner: actor},
		plan.MeasureAccepted{Owner: actor},
		plan.MeasureDeclined{Owner: actor},
		plan.DeadlineAdopted{Deadline: deadline, Deliverable: deliverable},
		plan.DeadlineAdopted{Deadline: deadline, Deliverable: deliverable},
		plan.MeasureStarted{},
		plan.MeasureCompleted{Deliverable: deliverable},
		plan.MeasureReopened{Deliverable: deliverable},
		reporting.Reported{Report: report, Period: period},
		reporting.Reported{Report: report, Period: period},
		reporting.Returned{Report: report},
		reporting.Approved{Report: report},
		reporting.Withdrawn{Report: report},
		plan.MeasureAmended{Field: plan.FieldStrategy, New: string(drawStrategy(t))},
		plan.MeasureWithdrawn{},
	}).Draw(t, "event")
}

func drawAt(t *rapid.T) delivery.At {
	at := delivery.OnDay(date(firstDay).AddDays(rapid.IntRange(0, lastDay+30).Draw(t, "T")))
	return at.As(rapid.SampledFrom([]delivery.View{delivery.Known, delivery.Corrected}).Draw(t, "view"))
}

// foldDrawn and of are fold and profile for a log that was drawn.
func foldDrawn(t *rapid.T, events []domain.Recorded) *delivery.Projection {
	p := delivery.New()
	for _, r := range events {
		if err := p.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func of(t *rapid.T, events []domain.Recorded, at delivery.At) delivery.Profile {
	got, ok := foldDrawn(t, events).Profile(thePlan, at)
	if !ok {
		t.Fatal("no profile")
	}
	return got
}

func same(t *rapid.T, what string, a, b any) {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	if errX != nil || errY != nil || string(x) != string(y) {
		t.Fatalf("%s\none   %s\nother %s", what, x, y)
	}
}

func TestStrategiesAddUpToThePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := of(t, drawLog(t, false).inOrder(), drawAt(t))
		var k1, k2, k4, anyTime, backDated delivery.Ratio
		var measures, open, completed, withdrawn, arrangements int
		for _, s := range got.Strategies {
			k1, k2, k4 = k1.Plus(s.K1.Ratio), k2.Plus(s.K2.Ratio), k4.Plus(s.K4.Ratio)
			anyTime, backDated = anyTime.Plus(s.K4.AnyTime), backDated.Plus(s.Counts.BackDated)
			measures, open, completed = measures+s.Counts.Measures, open+s.Counts.Open, completed+s.Counts.Completed
			withdrawn, arrangements = withdrawn+s.Counts.Withdrawn, arrangements+s.Counts.Arrangements
		}
		w := got.Whole
		same(t, "the shares", []delivery.Ratio{k1, k2, k4, anyTime, backDated},
			[]delivery.Ratio{w.K1.Ratio, w.K2.Ratio, w.K4.Ratio, w.K4.AnyTime, w.Counts.BackDated})
		same(t, "the counts", []int{measures, open, completed, withdrawn, arrangements},
			[]int{w.Counts.Measures, w.Counts.Open, w.Counts.Completed, w.Counts.Withdrawn, w.Counts.Arrangements})
		states := 0
		for _, s := range w.Counts.States {
			states += s.Count
		}
		same(t, "the states", states, measures+withdrawn)
	})
}

func TestAMissingReportNeverImprovesAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, at := drawLog(t, false), drawAt(t)
		missing := *l.report("2023-05-10", "a", "T1-2023")
		events := l.inOrder()
		without := slices.DeleteFunc(slices.Clone(events), func(r domain.Recorded) bool { return r.ID == missing.ID })
		a, b := of(t, events, at).Whole, of(t, without, at).Whole
		same(t, "K1, K2 and what is owed", []any{a.K1, a.K2, a.K4.Denominator}, []any{b.K1, b.K2, b.K4.Denominator})
		if b.K4.Numerator > a.K4.Numerator || b.K4.AnyTime.Numerator > a.K4.AnyTime.Numerator {
			t.Fatalf("K4 %v and %v without a report", a.K4.Ratio, b.K4.Ratio)
		}
	})
}

func TestMovingADeadlineAfterItPassedNeverImprovesK2(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLog(t, true)
		end := date(firstDay).AddDays(lastDay + 1)
		missed := of(t, l.inOrder(), delivery.OnDay(end)).Whole.K2
		moved := log{events: slices.Clone(l.events)}
		for _, m := range missed.Members {
			moved.measure(end.String(), "", m.Measure, plan.DeadlineAdopted{Deadline: end.AddDays(30), Deliverable: m.Deliverable})
		}
		for _, m := range missed.Members {
			for _, l := range []*log{l, &moved} {
				l.measure(end.AddDays(20).String(), "", m.Measure, plan.MeasureCompleted{Deliverable: m.Deliverable})
			}
		}
		after := delivery.OnDay(end.AddDays(40))
		a, b := of(t, l.inOrder(), after).Whole.K2, of(t, moved.inOrder(), after).Whole.K2
		if b.Numerator > a.Numerator || b.Denominator < a.Denominator {
			t.Fatalf("K2 %v, moved %v", a.Ratio, b.Ratio)
		}
	})
}

func TestAsKnownAtTLaterEventsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := drawLog(t, false).inOrder()
		n := rapid.IntRange(1, len(events)).Draw(t, "position")
		at := delivery.AtPosition(domain.Position(n))
		same(t, "at a position", of(t, events, at), of(t, events[:n], at))

		day := date(firstDay).AddDays(rapid.IntRange(0, lastDay).Draw(t, "T"))
		then := slices.DeleteFunc(slices.Clone(events), func(r domain.Recorded) bool { return r.Time.After(day.End()) })
		same(t, "on a day", of(t, events, delivery.OnDay(day)), of(t, then, delivery.OnDay(day)))
	})
}

func TestADeclinedOwnerNeverRaisesK1(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLog(t, false)
		end := date(firstDay).AddDays(lastDay + 1)
		at := delivery.OnDay(end).As(rapid.SampledFrom([]delivery.View{delivery.Known, delivery.Corrected}).Draw(t, "view"))
		before := of(t, l.inOrder(), at).Whole.K1
		l.measure(end.String(), "", rapid.SampledFrom(drawnMeasures).Draw(t, "declined"), plan.MeasureDeclined{Owner: "radet"})
		after := of(t, l.inOrder(), at).Whole.K1
		if after.Numerator > before.Numerator || after.Denominator != before.Denominator {
			t.Fatalf("K1 %v, and %v when an owner declines", before.Ratio, after.Ratio)
		}
	})
}

func TestTheOrderOfStrategiesDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events, at := drawLog(t, false).inOrder(), drawAt(t)
		a := of(t, events, at)
		adopted := events[0].Event.(plan.Adopted)
		adopted.Strategies = rapid.Permutation([]plan.Strategy{{ID: "s3"}, {ID: "s2", Title: "To"}, {ID: "s1", Title: "Ett"}}).Draw(t, "order")
		events[0].Event = adopted
		b := of(t, events, at)
		same(t, "the whole", a.Whole, b.Whole)
		for _, s := range a.Strategies {
			i := slices.IndexFunc(b.Strategies, func(l delivery.Level) bool { return l.Strategy == s.Strategy })
			same(t, string(s.Strategy), s, b.Strategies[i])
		}
	})
}

// Where every event took effect the day it was recorded and nothing was
// corrected, hindsight has nothing to add.
func TestOfAPlainLogTheTwoViewsAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := drawLog(t, true).inOrder()
		day := date(firstDay).AddDays(rapid.IntRange(0, lastDay+30).Draw(t, "T"))
		known, corrected := of(t, events, delivery.OnDay(day)), of(t, events, delivery.OnDay(day).As(delivery.Corrected))
		same(t, "the whole", known.Whole, corrected.Whole)
		same(t, "the strategies", known.Strategies, corrected.Strategies)
	})
}
