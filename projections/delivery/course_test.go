package delivery_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// instants are some, in any order: ends of days, noons and whatever is between.
func drawInstants(t *rapid.T) []time.Time {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Time {
		day := date(firstDay).AddDays(rapid.IntRange(-5, lastDay+100).Draw(t, "day"))
		return rapid.SampledFrom([]time.Time{day.End(), day.At(12, 0), day.At(11, 59), day.At(0, 0)}).Draw(t, "instant")
	}), 1, 20).Draw(t, "instants")
}

func drawPart(t *rapid.T) delivery.Part {
	return delivery.Part{
		Strategy:  rapid.SampledFrom([]domain.StrategyID{"", "", "s1", "s9"}).Draw(t, "strategy"),
		FocusArea: rapid.SampledFrom([]string{"", "", "Klima"}).Draw(t, "focus area"),
		Owner:     rapid.SampledFrom([]domain.ActorID{"", "", "radet"}).Draw(t, "owner"),
	}
}

// alone is the course as each moment asked by itself would have it.
func alone(p *delivery.Projection, v delivery.View, part delivery.Part, instants []time.Time) map[int]delivery.Point {
	all := map[int]delivery.Point{}
	for i, at := range instants {
		profile, ok := p.ProfileOf(thePlan, delivery.AtTime(at).As(v), part)
		if !ok {
			continue
		}
		point := delivery.Point{Day: profile.Day, Definition: profile.Definition.Version, Whole: profile.Whole.Figures()}
		for _, l := range profile.Strategies {
			point.Strategies = append(point.Strategies, delivery.StrategyFigures{Strategy: l.Strategy, Figures: l.Figures()})
		}
		all[i] = point
	}
	return all
}

func course(p *delivery.Projection, v delivery.View, part delivery.Part, instants []time.Time) map[int]delivery.Point {
	all := map[int]delivery.Point{}
	for i, point := range p.Course(thePlan, v, part, instants) {
		all[i] = point.Clone()
	}
	return all
}

// However much of the log had come when somebody asked, and whatever was
// asked, the course is what each moment asked by itself would give.
func TestACourseIsTheSameAsEachMomentAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := drawLog(t, false).inOrder()
		p := delivery.New()
		for len(events) > 0 {
			n := rapid.IntRange(1, len(events)).Draw(t, "events fed")
			for _, r := range events[:n] {
				if err := p.Apply(r); err != nil {
					t.Fatal(err)
				}
			}
			events = events[n:]
			for _, v := range []delivery.View{delivery.Known, delivery.Corrected} {
				instants, part := drawInstants(t), drawPart(t)
				got, want := course(p, v, part, instants), alone(p, v, part, instants)
				for i := range instants {
					same(t, string(v)+" at "+instants[i].String(), got[i], want[i])
				}
			}
		}
	})
}

// Nothing changes between two of the instants, and they can be asked for piece by piece.
func TestBetweenTwoInstantsAFigureStaysAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := foldDrawn(t, drawLog(t, false).inOrder())
		for _, v := range []delivery.View{delivery.Known, delivery.Corrected} {
			for _, at := range drawInstants(t) {
				all := p.Instants(thePlan, v, time.Time{}, at)
				now := alone(p, v, delivery.Part{}, []time.Time{at})
				if len(all) == 0 {
					same(t, string(v)+" before the log", now, map[int]delivery.Point{})
					continue
				}
				last := all[len(all)-1]
				same(t, string(v)+" at "+at.String(), now, alone(p, v, delivery.Part{}, []time.Time{last}))
				cut := all[rapid.IntRange(0, len(all)-1).Draw(t, "cut")]
				same(t, "piece by piece", all, append(p.Instants(thePlan, v, time.Time{}, cut), p.Instants(thePlan, v, cut, at)...))
			}
		}
	})
}
