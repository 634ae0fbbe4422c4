package planview

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// What a row asks of the measure t07 and of t16.
func t07(ask func(Measure) any) func(*View) any { return measure("t07", ask) }
func t16(ask func(Measure) any) func(*View) any { return measure("t16", ask) }

func measure(id domain.MeasureID, ask func(Measure) any) func(*View) any {
	return func(v *View) any {
		m, _ := v.Measure(thePlan, id)
		return ask(m)
	}
}

func state(m Measure) any { return m.State }

func dates(m Measure) any {
	return [3]string{m.FirstBaseline.String(), m.Deadline.String(), m.Forecast.String()}
}

func TestMeasures(t *testing.T) {
	day := domain.MustDate
	deadline := func(on string, d string) domain.Recorded {
		return event(on, "t07", plan.DeadlineAdopted{Deadline: day(d), Decision: plan.Decision{Case: "R 1/23"}})
	}
	assigned := event("2023-01-02", "t07", plan.MeasureAssigned{Owner: "roan", User: "u2"})
	started := event("2023-02-01", "t07", plan.MeasureStarted{})
	completed := event("2023-03-01", "t07", plan.MeasureCompleted{Result: "Ferdig"})
	for _, row := range []struct {
		rule  string
		given []domain.Recorded
		ask   func(*View) any
		want  any
	}{
		{"a measure begins as adopted", nil, t07(state), StateAdopted},
		{"an arrangement is in no state of work", nil, measure("o01", state), StateArrangement},
		{"assigned comes before the owner's answer", list(assigned), t07(state), StateAssigned},
		{
			"accepted is the owner's yes to the latest assignment",
			list(assigned, event("2023-01-03", "t07", plan.MeasureAccepted{Owner: "roan"})), t07(state), StateAccepted,
		},
		{
			"a new assignment needs a new yes",
			list(assigned, event("2023-01-03", "t07", plan.MeasureAccepted{Owner: "roan"}),
				event("2023-01-04", "t07", plan.MeasureAssigned{Owner: "radet"})), t07(state), StateAssigned,
		},
		{
			"a no is kept beside the owner who was asked",
			list(assigned, event("2023-01-03", "t07", plan.MeasureDeclined{Owner: "roan", Why: "Ikke vår"})),
			t07(func(m Measure) any { return m.Answers }),
			Answer{Party{ID: "roan", Name: "Roan"}, "u2", day("2023-01-02"), false, true},
		},
		{"started goes before assigned", list(started, assigned), t07(state), StateStarted},
		{"completed goes before started", list(started, completed), t07(state), StateCompleted},
		{
			"reopened is started again, and counted",
			list(started, completed, event("2023-04-01", "t07", plan.MeasureReopened{Why: "Feil"})),
			t07(func(m Measure) any { return []any{m.State, m.Reopened, m.Completed.IsZero(), m.Result} }),
			[]any{StateStarted, 1, true, domain.Text("")},
		},
		{
			"withdrawn goes before all",
			list(started, completed, event("2023-04-01", "t07", plan.MeasureWithdrawn{Decision: plan.Decision{Case: "RS 1"}})),
			t07(state), StateWithdrawn,
		},
		{
			"first baseline, deadline in force and forecast are never mixed",
			list(deadline("2023-01-02", "2023-06-30"), deadline("2023-02-01", "2023-10-31"),
				event("2023-02-02", "t07", plan.ForecastGiven{Forecast: day("2023-11-30")})),
			t07(dates),
			[3]string{"2023-06-30", "2023-10-31", "2023-11-30"},
		},
		{
			"a forecast in a report is the measure's forecast",
			list(event("2023-05-01", "t07", reporting.Reported{Report: "r1", Period: "T1-2023", Status: "green", Forecast: day("2023-12-01")})),
			t07(dates),
			[3]string{"", "", "2023-12-01"},
		},
		{
			"an ongoing measure shows the earliest deliverable that is not completed",
			list(yearly("2023", "2024-01-31"), yearly("2024", "2025-01-31"), event("2023-02-01", "t16", plan.MeasureStarted{}),
				event("2023-12-20", "t16", plan.MeasureCompleted{Deliverable: "2023"})),
			t16(func(m Measure) any { return []any{m.State, m.Deadline.String(), len(m.Deliverables)} }),
			[]any{StateStarted, "2025-01-31", 2},
		},
		{
			"a decision amends a column",
			list(event("2023-01-02", "t07", plan.MeasureAmended{Field: plan.FieldOwners, Old: "radet", New: "radet,afjord"})),
			t07(func(m Measure) any { return m.Owners }),
			[]Party{{ID: "radet", Name: "Rådet"}, {ID: "afjord", Name: "Åfjord"}},
		},
		{
			"unchanged looks back to the last report that stands",
			list(report("r1", "amber"), report("r2", "red"), returned("r2"), report("r3", "unchanged")),
			t07(func(m Measure) any { return []any{m.Status, m.LastReport.ID} }),
			[]any{reporting.Amber, domain.ReportID("r3")},
		},
		{
			"a withdrawn report stays withdrawn",
			list(report("r1", "red"), event("2023-05-03", "t07", reporting.Withdrawn{Report: "r1"}), returned("r1")),
			t07(func(m Measure) any { return m.Reports[0].Standing }), Withdrawn,
		},
		{
			"an edit after completion is flagged",
			list(started, completed, deadline("2023-04-01", "2023-12-31")),
			t07(func(m Measure) any { return m.EditedAfterCompletion }), true,
		},
		{
			"what shows that the work was done is no edit",
			list(started, completed, event("2023-04-01", "t07", plan.EvidenceAttached{Evidence: "e1", Name: "rapport.pdf"})),
			t07(func(m Measure) any { return m.EditedAfterCompletion }), false,
		},
		{
			"a correction of a completed measure is an edit of it and about it",
			list(started, withID("e-1", completed), event("2023-05-01", "t07", correction.EventCorrected{Event: "e-1", Field: "effective"})),
			t07(func(m Measure) any { return []any{m.EditedAfterCompletion, m.LastEvent} }),
			[]any{true, domain.Position(13)},
		},
		{
			"a merged actor is shown by the name it has today, and keeps its id",
			list(merged), t07(func(m Measure) any { return m.Partners[0].Party }),
			Party{ID: "roan", Name: "Åfjord", Now: "afjord", Was: "Roan"},
		},
		{
			"a collective says whom it means here, and they confirm themselves",
			list(event("2023-01-02", "t07", plan.PartnerResolved{Partner: "kommunene", Into: []domain.ActorID{"afjord"}}),
				event("2023-01-03", "t07", plan.PartnerConfirmed{Partner: "afjord"})),
			t07(func(m Measure) any { return []any{m.Partners[1].Into[0].Name, m.Confirmations[0].Partner.Name} }),
			[]any{"Åfjord", "Åfjord"},
		},
		{
			"a confirmed partner has a day",
			list(event("2023-01-02", "t07", plan.PartnerConfirmed{Partner: "roan"})),
			t07(func(m Measure) any { return m.Partners[0].Confirmed }), day("2023-01-02"),
		},
		{
			"who stands in a partner's place confirms for it",
			list(merged, event("2024-07-02", "t07", plan.PartnerConfirmed{Partner: "afjord"})),
			t07(func(m Measure) any { return m.Partners[0].Confirmed }), day("2024-07-02"),
		},
		{"what is said of a measure that is not adopted is shown nowhere", list(event("2023-01-02", "t99", plan.MeasureStarted{})), count, 3},
	} {
		t.Run(row.rule, func(t *testing.T) {
			v := folded(t, adopted(row.given...))
			if got := row.ask(v); !reflect.DeepEqual(got, row.want) {
				t.Errorf("got  %+v\nwant %+v", got, row.want)
			}
		})
	}
}

var merged = on("2024-07-01", domain.About(domain.EntityActor, "roan"), actors.Merged{Into: "afjord", From: domain.MustDate("2024-07-01")})

func list(events ...domain.Recorded) []domain.Recorded { return events }

func event(day string, id domain.MeasureID, e domain.Event) domain.Recorded {
	return on(day, about(id), e)
}

func withID(id domain.EventID, r domain.Recorded) domain.Recorded {
	r.ID = id
	return r
}

func yearly(name, deadline string) domain.Recorded {
	return event("2023-01-02", "t16", plan.DeadlineAdopted{Deadline: domain.MustDate(deadline), Deliverable: name})
}

func report(id domain.ReportID, s reporting.Status) domain.Recorded {
	return event("2023-05-01", "t07", reporting.Reported{Report: id, Period: "T1-2023", Status: s})
}

func returned(id domain.ReportID) domain.Recorded {
	return event("2023-05-02", "t07", reporting.Returned{Report: id})
}

func count(v *View) any {
	p, _ := v.Plan(thePlan)
	return len(p.Measures)
}

func TestFilter(t *testing.T) {
	v := folded(t, adopted(
		event("2023-01-02", "t16", plan.MeasureAssigned{Owner: "reiseliv"}),
		event("2023-01-02", "t07", plan.PartnerResolved{Partner: "kommunene", Into: []domain.ActorID{"radet"}}),
		merged,
	))
	for _, row := range []struct {
		rule   string
		filter Filter
		want   []domain.MeasureID
	}{
		{"an empty filter lets all pass, in the order of the document", Filter{}, []domain.MeasureID{"t07", "t16", "o01"}},
		{"owner is who the plan names", Filter{Owner: "radet"}, []domain.MeasureID{"t07"}},
		{"owner is who was asked", Filter{Owner: "reiseliv"}, []domain.MeasureID{"t16"}},
		{"partner is who the plan names", Filter{Partner: "roan"}, []domain.MeasureID{"t07"}},
		{"partner is who stands in its place today", Filter{Partner: "afjord"}, []domain.MeasureID{"t07"}},
		{"partner is whom a collective means", Filter{Partner: "radet"}, []domain.MeasureID{"t07"}},
		{"state", Filter{State: StateAssigned}, []domain.MeasureID{"t16"}},
		{"what is asked must all hold", Filter{Strategy: "s1", State: StateAdopted, Owner: "reiseliv"}, nil},
	} {
		t.Run(row.rule, func(t *testing.T) {
			all, ok := v.Measures(thePlan, row.filter)
			var got []domain.MeasureID
			for _, m := range all {
				got = append(got, m.ID)
			}
			if !ok || !slices.Equal(got, row.want) {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

func TestInForce(t *testing.T) {
	another := func(id domain.PlanID, e plan.Event) domain.Recorded {
		r := on("2023-01-02", domain.About(domain.EntityPlan, id), e)
		r.Plan = id
		return r
	}
	second := another("p2", plan.Adopted{Plan: "p2", Title: "Neste"})
	closed := another(thePlan, plan.Closed{Decision: plan.Decision{Case: "RS 9/24"}})
	for _, row := range []struct {
		rule  string
		given []domain.Recorded
		want  domain.PlanID
	}{
		{"none when there is no plan", nil, ""},
		{"the only one", adopted(), thePlan},
		{"none when there are several", adopted(second), ""},
		{"the one that is not closed", adopted(second, closed), "p2"},
		{"none when all are closed", adopted(closed), ""},
	} {
		t.Run(row.rule, func(t *testing.T) {
			got, ok := folded(t, row.given).InForce()
			if got.ID != row.want || ok != (row.want != "") {
				t.Errorf("got %q, %v; want %q", got.ID, ok, row.want)
			}
		})
	}
}

// TestExample holds the whole answer to the worked example, as JSON.
func TestExample(t *testing.T) {
	got := answers(t, folded(t, exampletest.Log(t)))
	const file = "testdata/example.json"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the answer is not that of %s; run with -update and read the difference", file)
	}
	if bytes.Contains(got, []byte("null")) {
		t.Error("an answer holds null")
	}
}

// answers is everything a view can answer.
func answers(t fataler, v *View) []byte {
	all := map[string]any{"region": v.Region(), "actors": v.Actors(), "users": v.Users(), "plans": v.Plans()}
	for _, s := range v.Plans() {
		p, _ := v.Plan(s.ID)
		all["plan "+string(s.ID)] = p
		all["periods "+string(s.ID)] = v.Periods(s.ID)
	}
	return marshal(t, all)
}

// A fataler is a test, of this kind or of rapid's.
type fataler interface{ Fatal(args ...any) }

func marshal(t fataler, v any) []byte {
	b, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}

func TestUnknownEvent(t *testing.T) {
	if err := New().Apply(domain.Recorded{Position: 1, Event: stranger{}}); err == nil {
		t.Error("an event of no known kind was taken")
	}
}

type stranger struct{}

func (stranger) EventName() string { return "stranger.came" }

// TestWords: every event, state and standing has a word in every language.
func TestWords(t *testing.T) {
	check := func(v domain.Vocabulary, name string) {
		for _, l := range domain.Languages() {
			if !slices.Contains(v.Names(), name) || v.Of(name).In(l) == "" {
				t.Errorf("%q has no word in %s", name, l)
			}
		}
	}
	for _, name := range codec.Names() {
		check(domain.EventWords, name)
	}
	for _, s := range States() {
		check(domain.StateWords, string(s))
	}
	for _, s := range []Standing{Delivered, Returned, Approved, Withdrawn} {
		check(domain.StandingWords, string(s))
	}
	for _, r := range domain.Roles() {
		check(domain.RoleWords, string(r))
	}
	for _, k := range []actors.Kind{actors.Body, actors.Person, actors.Organisation, actors.Municipality, actors.Collective} {
		check(domain.ActorKindWords, string(k))
	}
	for _, s := range []actors.Sector{actors.Public, actors.Business, actors.Knowledge, actors.Voluntary} {
		check(domain.SectorWords, string(s))
	}
	for _, k := range []plan.Kind{plan.OneOff, plan.Ongoing, plan.Arrangement} {
		check(domain.MeasureKindWords, string(k))
	}
	for _, f := range []plan.Field{
		plan.FieldStrategy, plan.FieldFocusArea, plan.FieldInitiative, plan.FieldText, plan.FieldOwners, plan.FieldPartners,
	} {
		check(domain.ColumnWords, string(f))
	}
	for _, s := range []reporting.Status{reporting.Green, reporting.Amber, reporting.Red, reporting.Unchanged} {
		check(domain.StatusWords, string(s))
	}
}

func BenchmarkApply(b *testing.B) {
	log := exampletest.Log(b)
	for b.Loop() {
		folded(b, log)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(log)), "ns/event")
}
