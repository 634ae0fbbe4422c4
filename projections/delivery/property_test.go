package delivery_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// sumOf adds the figures of levels, and counts that are in no share.
func sumOf(levels []delivery.Level) (f delivery.Figures, rest [4]int) {
	for _, l := range levels {
		f = f.Plus(l.Figures())
		for i, n := range []int{l.Counts.Arrangements, l.K5.Moves, l.K7.Unresolved, l.Unscored.Age.N} {
			rest[i] += n
		}
	}
	return f, rest
}

func TestStrategiesAndFocusAreasAndOwnersAddUpToThePlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := of(t, drawLog(t, false).inOrder(), drawAt(t))
		want, wantRest := sumOf([]delivery.Level{got.Whole})
		for name, levels := range map[string][]delivery.Level{"strategies": got.Strategies, "focus areas": got.FocusAreas, "owners": got.Owners} {
			sum, rest := sumOf(levels)
			same(t, name, []any{sum, rest}, []any{want, wantRest})
		}
		states, colours := 0, 0
		for i := range want.States {
			states, colours = states+want.States[i], colours+want.Colours[i]
		}
		c := got.Whole.Counts
		same(t, "the states and the colours", [2]int{states, colours}, [2]int{c.Measures + c.Withdrawn, c.Measures})
	})
}

func TestARegionIsTheSumOfItsPlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawLog(t, true), drawLog(t, true)
		for _, r := range b.events {
			r.Plan, r.ID = "q", "q"+r.ID
			if e, ok := r.Event.(plan.Adopted); ok {
				e.Plan = "q"
				r.Event = e
			}
			a.events = append(a.events, r)
		}
		p, at := foldDrawn(t, a.inOrder()), drawAt(t)
		sum, ok := p.Region(at)
		one, _ := p.Profile(thePlan, at)
		other, _ := p.Profile("q", at)
		same(t, "the region", []any{sum, ok}, []any{one.Whole.Figures().Plus(other.Whole.Figures()), true})
	})
}

// A report that only says something about its period; one with a forecast, or
// one given for a partner, says more than that.
func TestAMissingReportNeverImprovesAnything(t *testing.T) {
	rank := map[delivery.Colour]int{delivery.Blue: 5, delivery.Green: 4, delivery.Amber: 3, delivery.Grey: 2, delivery.White: 1, delivery.Red: 0}
	rapid.Check(t, func(t *rapid.T) {
		l, at := drawLog(t, false), drawAt(t)
		missing := *l.report("2023-05-10", "a", "T1-2023")
		events := l.inOrder()
		without := slices.DeleteFunc(slices.Clone(events), func(r domain.Recorded) bool { return r.ID == missing.ID })
		a, b := of(t, events, at), of(t, without, at)
		for _, c := range delivery.Components() {
			with, less := a.Whole.Share(c).Ratio, b.Whole.Share(c).Ratio
			if less.Numerator > with.Numerator || less.Denominator != with.Denominator {
				t.Fatalf("%s %v, and %v without a report", c, with, less)
			}
		}
		if b.Whole.K4.AnyTime.Numerator > a.Whole.K4.AnyTime.Numerator || b.Whole.Counts.Grey.Numerator < a.Whole.Counts.Grey.Numerator {
			t.Fatal("at any time, or the grey share, is better without a report")
		}
		for i, m := range a.Measures {
			if rank[b.Measures[i].Colour] > rank[m.Colour] {
				t.Fatalf("%s is %s, and %s without a report", m.Measure, m.Colour, b.Measures[i].Colour)
			}
		}
	})
}

// What is about one measure and what is about another may come in any order.
func TestTheOrderOfUnrelatedEventsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := drawLog(t, false)
		events := l.inOrder()
		byMeasure := slices.Clone(l.events)
		slices.SortStableFunc(byMeasure, func(a, b domain.Recorded) int {
			return cmp.Or(a.Time.Compare(b.Time), -strings.Compare(a.Subject.String(), b.Subject.String()))
		})
		moved := (&log{byMeasure}).inOrder()
		at := drawAt(t)
		a, b := of(t, events, at), of(t, moved, at)
		same(t, "the figures", a.Whole.Figures(), b.Whole.Figures())
		same(t, "beside them", a.Whole.Unscored, b.Whole.Unscored)
	})
}

func TestTheLanguageOfLabelsChangesNoDigit(t *testing.T) {
	digits := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' }), " ")
	}
	rapid.Check(t, func(t *rapid.T) {
		whole := of(t, drawLog(t, false).inOrder(), drawAt(t)).Whole
		for _, c := range delivery.Components() {
			said := whole.Said(c)
			for _, l := range domain.Languages() {
				if digits(said.In(l)) != digits(said.NB) {
					t.Fatalf("%s is %q, and %q in %s", c, said.NB, said.In(l), l)
				}
			}
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
