package planview

import (
	"bytes"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

// logs draws a log in which anything may happen to a few measures, in any order.
func logs() *rapid.Generator[[]domain.Recorded] {
	text := rapid.SampledFrom([]domain.Text{"", "Ferdig", domain.Erased})
	day := rapid.Custom(func(t *rapid.T) domain.Date {
		return domain.MustDate("2023-01-01").AddDays(rapid.IntRange(0, 700).Draw(t, "day"))
	})
	actor := rapid.SampledFrom([]domain.ActorID{"radet", "roan", "afjord", "kommunene", "ukjent"})
	one := rapid.Custom(func(t *rapid.T) domain.Recorded {
		deliverable := rapid.SampledFrom([]string{"", "2023", "2024"}).Draw(t, "deliverable")
		rep := domain.ReportID(rapid.SampledFrom([]string{"r1", "r2", "r3"}).Draw(t, "report"))
		e := rapid.SampledFrom([]domain.Event{
			plan.MeasureAdopted{Kind: plan.OneOff, Text: "Nytt", Partners: []domain.ActorID{actor.Draw(t, "partner")}},
			plan.MeasureAmended{Field: plan.FieldPartners, New: "roan,afjord"},
			plan.MeasureAssigned{Owner: actor.Draw(t, "owner")},
			plan.MeasureAccepted{},
			plan.MeasureDeclined{Why: text.Draw(t, "why")},
			plan.DeadlineAdopted{Deadline: day.Draw(t, "deadline"), Deliverable: deliverable},
			plan.ForecastGiven{Forecast: day.Draw(t, "forecast"), Deliverable: deliverable},
			plan.MeasureStarted{},
			plan.DeviationHandled{Text: text.Draw(t, "text")},
			plan.PartnerConfirmed{Partner: actor.Draw(t, "confirmed")},
			plan.PartnerResolved{Partner: "kommunene", Into: []domain.ActorID{actor.Draw(t, "into")}},
			plan.ContributionRecorded{Partner: actor.Draw(t, "giver"), Hours: 2},
			plan.EvidenceAttached{Evidence: "e1"},
			plan.MeasureCompleted{Result: text.Draw(t, "result"), Deliverable: deliverable},
			plan.MeasureReopened{Deliverable: deliverable},
			plan.MeasureWithdrawn{},
			correction.EventCorrected{Event: "e-1"},
			reporting.Reported{Report: rep, Status: reporting.Green, Forecast: day.Draw(t, "expected")},
			reporting.Returned{Report: rep},
			reporting.Approved{Report: rep},
			reporting.Withdrawn{Report: rep},
			reporting.PeriodOpened{Period: "T1-2023"},
			reporting.PeriodClosed{Period: "T1-2023"},
			merged.Event,
		}).Draw(t, "event")
		id := rapid.SampledFrom([]domain.MeasureID{"t07", "t16", "o01", "t99"}).Draw(t, "measure")
		if e == merged.Event {
			return merged
		}
		return event(day.Draw(t, "on").String(), id, e)
	})
	return rapid.Map(rapid.SliceOfN(one, 0, 40), func(more []domain.Recorded) []domain.Recorded { return adopted(more...) })
}

// TestAnswersStay: an answer asked for on the way changes neither what comes
// later nor, when more has come, itself.
func TestAnswersStay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := logs().Draw(t, "log")
		at := rapid.IntRange(0, len(log)).Draw(t, "at")
		v := New()
		apply(t, v, log[:at])
		plan, _ := v.Plan(thePlan)
		early := answers(t, v)
		kept := marshal(t, plan)
		apply(t, v, log[at:])
		if !bytes.Equal(marshal(t, plan), kept) {
			t.Error("an answer changed after it was given")
		}
		whole := New()
		apply(t, whole, log)
		if !bytes.Equal(answers(t, v), answers(t, whole)) {
			t.Error("a prefix and the rest do not make the whole")
		}
		first := New()
		apply(t, first, log[:at])
		if !bytes.Equal(answers(t, first), early) {
			t.Error("the same events gave another answer")
		}
	})
}

func apply(t *rapid.T, v *View, events []domain.Recorded) {
	for _, r := range events {
		if err := v.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadersMayCrowd: asking changes nothing, so any number may ask at once.
func TestReadersMayCrowd(t *testing.T) {
	v := folded(t, exampletest.Log(t))
	want := answers(t, v)
	got := make([][]byte, 8)
	var all sync.WaitGroup
	for i := range got {
		all.Go(func() { got[i] = answers(t, v) })
	}
	all.Wait()
	for _, g := range got {
		if !bytes.Equal(g, want) {
			t.Error("readers got different answers")
		}
	}
}
