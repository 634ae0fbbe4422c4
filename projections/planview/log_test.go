package planview

import (
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
)

const thePlan domain.PlanID = "p1"

// on is an event on a measure's or another subject's day; the day it is recorded is the same.
func on(day string, subject domain.Subject, e domain.Event) domain.Recorded {
	date := domain.MustDate(day)
	r := domain.Recorded{Region: "fosen", Effective: date, Time: date.At(12, 0).UTC(), Subject: subject, Actor: "u1", Event: e}
	if _, ok := e.(actors.Event); !ok {
		r.Plan = thePlan
	}
	return r
}

func about(id domain.MeasureID) domain.Subject { return domain.About(domain.EntityMeasure, id) }

// numbered gives each event its place on a log.
func numbered(events []domain.Recorded) []domain.Recorded {
	all := make([]domain.Recorded, len(events))
	for i, r := range events {
		r.Position = domain.Position(i + 1)
		if r.ID == "" {
			r.ID = domain.EventID(r.Time.Format(time.RFC3339) + string(rune('a'+i)))
		}
		all[i] = r
	}
	return all
}

func folded(t testing.TB, events []domain.Recorded) *View {
	t.Helper()
	v := New()
	for _, r := range events {
		if err := v.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

// adopted is a log with a register, a plan and t07 and an ongoing t16 in it.
func adopted(more ...domain.Recorded) []domain.Recorded {
	actor := func(id domain.ActorID, name string, kind actors.Kind, sector actors.Sector) domain.Recorded {
		return on("2022-06-10", domain.About(domain.EntityActor, id), actors.Registered{Name: name, Kind: kind, Sector: sector})
	}
	log := []domain.Recorded{
		on("2022-06-10", domain.About(domain.EntityRegion, "fosen"), actors.RegionRegistered{Name: "Fosenregionen"}),
		actor("radet", "Rådet", actors.Body, actors.Public),
		actor("roan", "Roan", actors.Municipality, actors.Public),
		actor("afjord", "Åfjord", actors.Municipality, actors.Public),
		actor("reiseliv", "Trøndelag reiseliv", actors.Organisation, actors.Business),
		actor("kommunene", "Kommunene", actors.Collective, actors.Public),
		on("2022-06-10", domain.About(domain.EntityPlan, thePlan), plan.Adopted{
			Plan: thePlan, Title: "Handlingsplan 2022–2024", From: domain.MustDate("2022-01-01"), To: domain.MustDate("2024-12-31"),
			Decision: plan.Decision{Case: "RS 03/22"}, Strategies: []plan.Strategy{{ID: "s1", Title: "VERDISKAPING"}},
		}),
		on("2022-06-10", about("t07"), plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: "s1", FocusArea: "Reiseliv", Initiative: "Opplev Fosen", Text: "Felles profilering",
			Owners: []domain.ActorID{"radet"}, Partners: []domain.ActorID{"roan", "kommunene"},
		}),
		on("2022-06-10", about("t16"), plan.MeasureAdopted{Kind: plan.Ongoing, Strategy: "s1", Text: "Årlig møte"}),
		on("2022-06-10", about("o01"), plan.MeasureAdopted{Kind: plan.Arrangement, Strategy: "s1", Initiative: "Fosen lønn"}),
	}
	return numbered(append(log, more...))
}
