package delivery_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

func TestK7(t *testing.T) {
	var (
		none    []delivery.Outcome
		active  = []delivery.Outcome{delivery.Active}
		passive = []delivery.Outcome{delivery.Passive}
		both    = func(a, b delivery.Outcome) []delivery.Outcome { return []delivery.Outcome{a, b} }
	)
	names := func(partners ...domain.ActorID) func(*log) {
		return func(l *log) {
			l.actors("2023-01-01")
			l.measure("2023-01-01", "", "m", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Partners: partners})
		}
	}
	contributed := func(on, effective string, by domain.ActorID) func(*log) {
		return event(on, effective, plan.ContributionRecorded{Partner: by})
	}
	merged := func(on, id, into, from string) func(*log) {
		return func(l *log) {
			l.on(on, domain.About(domain.EntityActor, domain.ActorID(id)), actors.Merged{Into: domain.ActorID(into), From: date(from)}).Plan = ""
		}
	}
	for _, row := range []rule{
		{"a named partner nobody has heard from is passive", names("osen"), "2023-06-30", "", ratio(0, 1), passive},
		{"one that is confirmed is active", then(names("osen"), event("2023-03-01", "", plan.PartnerConfirmed{Partner: "osen"})), "2023-06-30", "", ratio(1, 1), active},
		{"one that has contributed is", then(names("osen"), contributed("2023-03-01", "", "osen")), "2023-06-30", "", ratio(1, 1), active},
		{
			"one that was reported for is",
			then(names("osen"), func(l *log) {
				l.measure("2023-03-01", "", "m", reporting.Reported{Report: "r", Period: "T1-2023"}).OnBehalfOf = "osen"
			}),
			"2023-06-30", "", ratio(1, 1), active,
		},
		{"one that is not named does not count", then(names("osen"), contributed("2023-03-01", "", "ntnu")), "2023-06-30", "", ratio(0, 1), passive},
		{"the window holds the last 365 days by effective", then(names("osen"), contributed("2023-03-01", "2023-02-01", "osen")), "2024-01-31", "", ratio(1, 1), active},
		{"and not the day before", then(names("osen"), contributed("2023-03-01", "2023-02-01", "osen")), "2024-02-01", "", ratio(0, 1), passive},
		{"as known a contribution counts from when it was recorded", then(names("osen"), contributed("2023-07-01", "2023-03-01", "osen")), "2023-06-30", "", ratio(0, 1), passive},
		{"as corrected from its day", then(names("osen"), contributed("2023-07-01", "2023-03-01", "osen")), "2023-06-30", delivery.Corrected, ratio(1, 1), active},

		{"a collective is out until it is resolved", names("osen", "alle"), "2023-06-30", "", ratio(0, 1), passive},
		{
			"then those it means are in, each once",
			then(names("osen", "alle"), event("2023-03-01", "", plan.PartnerResolved{Partner: "alle", Into: []domain.ActorID{"ntnu", "osen"}}), contributed("2023-04-01", "", "ntnu")),
			"2023-06-30", "", ratio(1, 2), both(delivery.Active, delivery.Passive),
		},
		{
			"the latest resolution is in force",
			then(names("alle"), event("2023-03-01", "", plan.PartnerResolved{Partner: "alle", Into: []domain.ActorID{"ntnu", "osen"}}),
				event("2023-04-01", "", plan.PartnerResolved{Partner: "alle", Into: []domain.ActorID{"osen"}})),
			"2023-06-30", "", ratio(0, 1), passive,
		},
		{
			"two that have become one are one partner, and what either did is what it did",
			then(names("osen", "roan"), contributed("2023-03-01", "", "roan"), merged("2023-05-01", "roan", "osen", "2023-05-10")),
			"2023-05-10", "", ratio(1, 1), active,
		},
		{
			"before that day they are two",
			then(names("osen", "roan"), contributed("2023-03-01", "", "roan"), merged("2023-05-01", "roan", "osen", "2023-05-10")),
			"2023-05-09", "", ratio(1, 2), both(delivery.Passive, delivery.Active),
		},
		{
			"partners are those that the plan names at T",
			then(names("osen"), event("2023-03-01", "", plan.MeasureAmended{Field: plan.FieldPartners, New: "ntnu, roan"})),
			"2023-06-30", "", ratio(0, 2), both(delivery.Passive, delivery.Passive),
		},
		{"a measure completed in the window was open in it", then(names("osen"), event("2023-03-01", "", plan.MeasureCompleted{})), "2024-02-28", "", ratio(0, 1), passive},
		{"one completed before it was not", then(names("osen"), event("2023-03-01", "", plan.MeasureCompleted{})), "2024-02-29", "", ratio(0, 0), none},
		{"a withdrawn measure is out", then(names("osen"), event("2023-03-01", "", plan.MeasureWithdrawn{})), "2023-06-30", "", ratio(0, 0), none},
	} {
		row.test(t, func(l delivery.Level) delivery.Share { return l.K7.Share })
	}
}

// collaboration is a log with three measures, owners who said yes, and a register.
func collaboration() *log {
	var l log
	l.adopt("2023-01-01")
	l.actors("2023-01-01")
	for _, id := range []domain.MeasureID{"a", "b", "c"} {
		l.measure("2023-01-01", "", id, plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Partners: []domain.ActorID{"osen", "ntnu", "firma", "alle", "alle2"}})
	}
	l.on("2023-01-02", domain.About[domain.ActorID](domain.EntityActor, "firma"), actors.Registered{Kind: actors.Organisation, Sector: actors.Public}).Plan = ""
	l.on("2023-02-01", domain.About[domain.ActorID](domain.EntityActor, "firma"), actors.Classified{Sector: actors.Business}).Plan = ""
	l.owner("2023-01-02", "a")
	l.owner("2023-01-02", "b")
	l.measure("2023-03-01", "", "a", plan.ContributionRecorded{Partner: "ntnu"})
	l.measure("2023-03-01", "", "a", plan.ContributionRecorded{Partner: "firma"})
	l.measure("2023-03-01", "", "b", plan.ContributionRecorded{Partner: "osen"})
	l.measure("2023-03-01", "", "c", plan.ContributionRecorded{Partner: "firma"})
	return &l
}

func TestSectorsAreThoseOfTheAcceptedOwnerAndTheActivePartners(t *testing.T) {
	k7 := profile(t, collaboration().fold(t), thePlan, delivery.OnDay(date("2023-06-30"))).Whole.K7
	equal(t, "two: a; not b, whose owner and partner are of one, nor c, which has no owner", k7.TwoSectors, ratio(1, 3))
	equal(t, "three: a", k7.ThreeSectors, ratio(1, 3))
	equal(t, "unresolved: two collectives on each of three", k7.Unresolved, 6)

	before := profile(t, collaboration().fold(t), thePlan, delivery.OnDay(date("2023-02-28"))).Whole.K7
	equal(t, "before anybody contributed", [2]delivery.Ratio{before.TwoSectors, before.ThreeSectors}, "[{0 3} {0 3}]")
}

// Osen and Roan are members, Roan to the end of June 2023.
func TestMunicipalitiesAreThoseThatWereMembersAtT(t *testing.T) {
	l := collaboration()
	l.measure("2023-04-01", "", "c", plan.ContributionRecorded{Partner: "roan"})
	p := l.fold(t)
	for day, want := range map[string]string{
		"2023-03-31": "{1 2} [osen]", "2023-04-01": "{2 2} [osen roan]", "2023-07-01": "{1 1} [osen]", "2024-02-29": "{0 1} []",
	} {
		k7 := profile(t, p, thePlan, delivery.OnDay(date(day))).Whole.K7
		equal(t, day, []any{k7.Municipalities, k7.Contributed}, "["+want+"]")
	}
	l.on("2023-05-01", domain.About[domain.ActorID](domain.EntityActor, "roan"), actors.Merged{Into: "osen", From: date("2023-05-01")}).Plan = ""
	k7 := profile(t, l.fold(t), thePlan, delivery.OnDay(date("2023-05-01"))).Whole.K7
	equal(t, "as one", k7.Municipalities, ratio(1, 1))
}
