package finalreport_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

const thePlan domain.PlanID = "p"

var date = domain.MustDate

// on is an event recorded at noon on a day; effective "" is the same day.
func on(day, effective string, subject domain.Subject, e domain.Event) domain.Recorded {
	r := domain.Recorded{
		Region: "fosen", Time: date(day).At(12, 0).UTC(), Effective: date(day), Subject: subject,
		Plan: thePlan, Actor: "u1", Channel: domain.ChannelWeb, Event: e,
	}
	if _, ok := e.(actors.Event); ok {
		r.Plan = ""
	}
	if effective != "" {
		r.Effective = date(effective)
	}
	return r
}

func of(day, effective string, id domain.MeasureID, e domain.Event) domain.Recorded {
	return on(day, effective, domain.About(domain.EntityMeasure, id), e)
}

// correct puts the event at a position of the log (adopted) right.
func correct(day string, position int, field string, value any) domain.Recorded {
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	id := eventID(position)
	return on(day, "", domain.About(domain.EntityEvent, id), correction.EventCorrected{Event: id, Field: field, New: raw})
}

func eventID(position int) domain.EventID { return domain.EventID(fmt.Sprint("e", position)) }

func numbered(events []domain.Recorded) []domain.Recorded {
	all := make([]domain.Recorded, len(events))
	for i, r := range events {
		r.Position, r.ID = domain.Position(i+1), eventID(i+1)
		if r.Command == "" {
			r.Command = domain.CommandID(r.ID)
		}
		all[i] = r
	}
	return all
}

// adopted is a log of ten events in which a plan is adopted with the measures
// t1 (position 8) and t2 (ongoing) and the arrangement o1, and then more.
func adopted(more ...domain.Recorded) []domain.Recorded {
	actor := func(id domain.ActorID, k actors.Kind) domain.Recorded {
		return on("2022-06-10", "", domain.About(domain.EntityActor, id), actors.Registered{Name: "Navn " + string(id), Kind: k, Sector: actors.Public})
	}
	return numbered(append([]domain.Recorded{
		on("2022-06-10", "", domain.About(domain.EntityRegion, "fosen"), actors.RegionRegistered{Name: "Fosenregionen"}),
		actor("radet", actors.Body), actor("roan", actors.Municipality), actor("afjord", actors.Municipality),
		actor("ntnu", actors.Organisation), actor("alle", actors.Collective),
		on("2022-06-10", "", domain.About(domain.EntityPlan, thePlan), plan.Adopted{
			Plan: thePlan, Title: "Plan", Strategies: []plan.Strategy{{ID: "s1", Title: "Ett"}, {ID: "s2", Title: "To"}},
		}),
		of("2022-06-10", "", "t1", plan.MeasureAdopted{
			Kind: plan.OneOff, Strategy: "s1", FocusArea: "Vei", Text: "Gjøre noe", Partners: []domain.ActorID{"roan", "alle"},
		}),
		of("2022-06-10", "", "t2", plan.MeasureAdopted{Kind: plan.Ongoing, Strategy: "s2", Text: "Møtes"}),
		of("2022-06-10", "", "o1", plan.MeasureAdopted{Kind: plan.Arrangement, Strategy: "s2", Text: "Ordning"}),
	}, more...))
}

func folded(t testing.TB, events []domain.Recorded) *finalreport.Projection {
	t.Helper()
	p := finalreport.New()
	for _, r := range events {
		if err := p.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func reportOf(t testing.TB, events []domain.Recorded, at delivery.At) finalreport.Report {
	t.Helper()
	r, err := folded(t, events).Report(thePlan, at)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// encoded is the report whole, to compare.
func encoded(t testing.TB, r finalreport.Report) string {
	t.Helper()
	b, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func equal(t *testing.T, what string, got, want any) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%s\n got %v\nwant %v", what, got, want)
	}
}
