package planview

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

// differing is what differs between a log and the log with more on it, each
// change as field, entry, old and new.
func differing(t *testing.T, before, more []domain.Recorded) map[string][][4]string {
	t.Helper()
	was, _ := folded(t, adopted(before...)).Plan(thePlan)
	is, _ := folded(t, adopted(append(before, more...)...)).Plan(thePlan)
	d, err := Diff(was, is)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][][4]string{}
	keep := func(key string, changes []Change) {
		for _, c := range changes {
			all[key] = append(all[key], [4]string{c.Field, c.Of, string(c.Old), string(c.New)})
		}
	}
	keep("plan", d.Changes)
	for _, m := range d.Measures {
		keep(string(m.ID)+" "+string(m.Outcome), m.Changes)
	}
	return all
}

func TestWhatDiffersBetweenTwoMoments(t *testing.T) {
	day := domain.MustDate
	started := event("2023-02-01", "t07", plan.MeasureStarted{})
	for _, row := range []struct {
		rule        string
		given, when []domain.Recorded
		then        map[string][][4]string
	}{
		{"nothing when nothing has come", list(started), nil, map[string][][4]string{}},
		{
			"a measure that has begun has another state and a day", nil, list(started),
			map[string][][4]string{"t07 changed": {{"state", "", `"adopted"`, `"started"`}, {"started", "", "", `"2023-02-01"`}}},
		},
		{
			"a measure taken out is withdrawn, with the decision", nil,
			list(event("2023-04-01", "t07", plan.MeasureWithdrawn{Decision: plan.Decision{Case: "RS 1"}})),
			map[string][][4]string{"t07 withdrawn": {
				{"state", "", `"adopted"`, `"withdrawn"`}, {"withdrawn", "", "", `"2023-04-01"`}, {"withdrawal", "", "", `{"case":"RS 1"}`},
			}},
		},
		{
			"a deadline that moves keeps the first baseline",
			list(event("2023-01-02", "t07", plan.DeadlineAdopted{Deadline: day("2023-06-30")})),
			list(event("2023-02-02", "t07", plan.DeadlineAdopted{Deadline: day("2023-10-31")})),
			map[string][][4]string{"t07 changed": {{"deadline", "", `"2023-06-30"`, `"2023-10-31"`}}},
		},
		{
			"a row whose columns a decision amends says the old and the new", nil,
			list(event("2023-01-02", "t07", plan.MeasureAmended{Field: plan.FieldText, Old: "Felles profilering", New: "Profilering"}),
				event("2023-01-02", "t07", plan.MeasureAmended{Field: plan.FieldOwners, Old: "radet", New: "afjord"})),
			map[string][][4]string{"t07 changed": {
				{"text", "", `"Felles profilering"`, `"Profilering"`},
				{"owners", "", `[{"id":"radet","name":"Rådet"}]`, `[{"id":"afjord","name":"Åfjord"}]`},
			}},
		},
		{
			"what is done and undone in between differs in what it leaves",
			list(started),
			list(event("2023-03-01", "t07", plan.MeasureCompleted{Result: "Ferdig"}), event("2023-04-01", "t07", plan.MeasureReopened{Why: "Feil"})),
			map[string][][4]string{"t07 changed": {{"reopened", "", "", `1`}}},
		},
		{
			"each deliverable is compared by itself",
			list(yearly("2023", "2024-01-31")), list(yearly("2024", "2025-01-31")),
			map[string][][4]string{"t16 changed": {
				{"deliverables", "2024", "", `{"name":"2024","firstBaseline":"2025-01-31","deadline":"2025-01-31"}`},
			}},
		},
		{
			"the plan that closes differs itself", nil,
			list(on("2024-12-31", domain.About(domain.EntityPlan, thePlan), plan.Closed{Decision: plan.Decision{Case: "RS 9"}})),
			map[string][][4]string{"plan": {{"closed", "", "", `"2024-12-31"`}, {"closing", "", "", `{"case":"RS 9"}`}}},
		},
	} {
		t.Run(row.rule, func(t *testing.T) {
			if got := differing(t, row.given, row.when); !reflect.DeepEqual(got, row.then) {
				t.Errorf("got  %v\nwant %v", got, row.then)
			}
		})
	}
}

func TestAReportThatIsReturnedIsOneReportThatDiffers(t *testing.T) {
	got := differing(t, list(report("r1", reporting.Amber)), list(returned("r1")))["t07 changed"]
	if len(got) != 2 || got[0][0] != "status" || got[1][0] != "reports" || got[1][1] != "r1" {
		t.Errorf("got %v", got)
	}
}

func TestAPlanThatWasNotThereIsNewWithAllItsRows(t *testing.T) {
	p, _ := folded(t, adopted()).Plan(thePlan)
	for _, row := range []struct {
		from, to Plan
		want     Outcome
	}{{Plan{}, p, Added}, {p, Plan{}, Removed}} {
		d, err := Diff(row.from, row.to)
		if err != nil || len(d.Changes) == 0 || len(d.Measures) != 3 {
			t.Fatalf("%+v (%v)", d, err)
		}
		for _, m := range d.Measures {
			if m.Outcome != row.want || m.Text == "" {
				t.Errorf("%+v, want %s", m, row.want)
			}
		}
	}
}

// TestADifferenceIsEmptyOnlyBetweenEqualPlans: of any two points of one log or
// of two; and asked backwards, old and new change places.
func TestADifferenceIsEmptyOnlyBetweenEqualPlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		log := logs().Draw(t, "log")
		a := somewhere(t, "a", log)
		b := somewhere(t, "b", rapid.OneOf(rapid.Just(log), logs()).Draw(t, "other log"))
		there, back := diff(t, a, b), diff(t, b, a)
		if there.Empty() != bytes.Equal(marshal(t, compared(a)), marshal(t, compared(b))) {
			t.Errorf("%s\nof\n%s\nand\n%s", marshal(t, there), marshal(t, a), marshal(t, b))
		}
		if !diff(t, a, a).Empty() {
			t.Error("a plan differs from itself")
		}
		if !bytes.Equal(marshal(t, there.Changes), marshal(t, turned(back.Changes))) || len(there.Measures) != len(back.Measures) {
			t.Error("backwards, something else differs")
		}
	})
}

// somewhere is the plan at a point of a log.
func somewhere(t *rapid.T, name string, log []domain.Recorded) Plan {
	v := New()
	apply(t, v, log[:rapid.IntRange(0, len(log)).Draw(t, name)])
	p, _ := v.Plan(thePlan)
	return p
}

func diff(t *rapid.T, a, b Plan) Difference {
	d, err := Diff(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// compared is the plan without what Diff does not look at.
func compared(p Plan) Plan {
	p.BasedOn, p.Strategies, p.Endorsements = copied(p.BasedOn), copied(p.Strategies), copied(p.Endorsements)
	p.Revisions, p.Imports, p.Measures = copied(p.Revisions), copied(p.Imports), copied(p.Measures)
	for i := range p.Measures {
		p.Measures[i].LastEvent, p.Measures[i].LastReport = 0, Report{}
	}
	return p
}

func turned(all []Change) []Change {
	out := copied(all)
	for i, c := range all {
		out[i].Old, out[i].New = c.New, c.Old
		out[i].Of = called(out[i])
	}
	return out
}

func TestADifferenceIsTheSameOverTheWire(t *testing.T) {
	p, _ := folded(t, adopted()).Plan(thePlan)
	d, err := Diff(Plan{}, p)
	if err != nil {
		t.Fatal(err)
	}
	var again Difference
	if err := json.Unmarshal(marshal(t, d), &again); err != nil || !bytes.Equal(marshal(t, again), marshal(t, d)) {
		t.Errorf("%+v (%v)", again, err)
	}
}
