package history

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/exampletest"
)

// given is a log of a plan with t07 in it, and what more happens.
func given(more func(*chronicle)) []domain.Recorded {
	c := &chronicle{}
	c.on("2022-06-10")
	c.write(domain.About(domain.EntityActor, domain.ActorID("roan")), actors.Registered{Name: "Roan", Kind: actors.Municipality, Sector: actors.Public})
	c.measure("t07", plan.MeasureAdopted{Kind: plan.OneOff, Text: "Felles profilering", Owners: []domain.ActorID{"roan"}})
	more(c)
	return c.log
}

func deadline(day string) plan.DeadlineAdopted {
	return plan.DeadlineAdopted{Deadline: date(day), Decision: plan.Decision{Case: "R 1/23"}}
}

// TestChanges: what the last event of a log changed.
func TestChanges(t *testing.T) {
	for _, row := range []struct {
		rule string
		more func(*chronicle)
		want []Change
	}{
		{"an owner replaced is named with the old", func(c *chronicle) {
			c.measure("t07", plan.MeasureAssigned{Owner: "radet"})
			c.measure("t07", plan.MeasureAssigned{Owner: "radmannsforum"})
		}, []Change{{Field: "owner", Old: "radet", New: "radmannsforum"}}},
		{"a deadline moved is named with the old", func(c *chronicle) {
			c.measure("t07", deadline("2023-06-30"))
			c.measure("t07", deadline("2023-10-31"))
		}, []Change{{Field: "deadline", Old: "2023-06-30", New: "2023-10-31"}}},
		{"the same deadline again changes nothing", func(c *chronicle) {
			c.measure("t07", deadline("2023-06-30"))
			c.measure("t07", deadline("2023-06-30"))
		}, []Change{}},
		{"a forecast in a report is a change of the forecast", func(c *chronicle) {
			c.measure("t07", plan.ForecastGiven{Forecast: date("2023-06-30")})
			c.measure("t07", reporting.Reported{Report: "r1", Period: "T1-2023", Status: reporting.Red, Forecast: date("2023-07-31")})
		}, []Change{
			{Field: "forecast", Old: "2023-06-30", New: "2023-07-31"},
			{Field: "status", New: "red"},
			{Field: "report", Of: "r1", New: "delivered"},
		}},
		{"unchanged changes no status", func(c *chronicle) {
			c.measure("t07", reporting.Reported{Report: "r1", Status: reporting.Red})
			c.measure("t07", reporting.Reported{Report: "r2", Status: reporting.Unchanged})
		}, []Change{{Field: "report", Of: "r2", New: "delivered"}}},
		{"a withdrawn report stays withdrawn", func(c *chronicle) {
			c.measure("t07", reporting.Reported{Report: "r1", Status: reporting.Red})
			c.measure("t07", reporting.Withdrawn{Report: "r1"})
			c.measure("t07", reporting.Approved{Report: "r1"})
		}, []Change{}},
		{"reopening takes the completion away", func(c *chronicle) {
			c.measure("t07", plan.MeasureCompleted{})
			c.measure("t07", plan.MeasureReopened{})
		}, []Change{{Field: "state", Old: "completed", New: "adopted"}, {Field: "completed", Old: "2022-06-10"}}},
		{"what stands beside a measure changes nothing in it", func(c *chronicle) {
			c.measure("t07", plan.PartnerConfirmed{Partner: "roan"})
		}, []Change{}},
	} {
		t.Run(row.rule, func(t *testing.T) {
			all := told(t, given(row.more)).Entries(Filter{})
			if got := all[len(all)-1].Changes(); !reflect.DeepEqual(got, row.want) {
				t.Errorf("got  %v\nwant %v", got, row.want)
			}
		})
	}
}

func TestNamesAreThoseOfThen(t *testing.T) {
	h := told(t, given(func(c *chronicle) {
		c.by("roan", "t07", plan.MeasureStarted{})
		c.write(domain.About(domain.EntityActor, domain.ActorID("roan")), actors.Registered{Name: "Åfjord"})
		c.by("roan", "t07", plan.MeasureCompleted{})
	}))
	for position, want := range map[domain.Position]string{
		3: "Roan satte i gang t07 «Felles profilering»",
		5: "Åfjord fullførte t07 «Felles profilering»",
	} {
		if e, _ := h.Entry(position); e.Sentence(domain.Bokmal) != want {
			t.Errorf("got %q, want %q", e.Sentence(domain.Bokmal), want)
		}
	}
}

func TestAnEditAfterCompletionIsFlagged(t *testing.T) {
	h := told(t, everything())
	var flagged []domain.Position
	for _, e := range h.Entries(Filter{}) {
		if e.AfterCompletion {
			flagged = append(flagged, e.Position)
		}
	}
	if want := []domain.Position{60, 61}; !slices.Equal(flagged, want) {
		t.Errorf("flagged %v, want the correction and the moved deadline, %v", flagged, want)
	}
}

func TestFilter(t *testing.T) {
	c := &chronicle{log: everything()}
	c.on("2025-01-10")
	next := c.measure("t01", plan.MeasureAdopted{Kind: plan.OneOff, Text: "Videre", Continues: &plan.Reference{Plan: thePlan, Measure: "o01"}})
	next.Plan = "p2"
	h := told(t, c.log)
	for _, row := range []struct {
		rule   string
		filter Filter
		want   []domain.Position
	}{
		{"a measure's own events, corrections of them and erasures", Filter{Plan: thePlan, Measure: "t07", From: date("2024-01-01")}, []domain.Position{58, 60, 61, 62, 67}},
		{"a measure that continues another has its history too", Filter{Plan: "p2", Measure: "t01"}, []domain.Position{21, 64, 68}},
		{"a measure of any plan", Filter{Measure: "t01"}, []domain.Position{68}},
		{"a plan leaves out what belongs to the region", Filter{Plan: thePlan, From: date("2024-07-01")}, []domain.Position{64, 65, 67}},
		{"an actor acted for", Filter{Actor: "ntnu", After: 40}, []domain.Position{46}},
		{"an actor as owner, until another is", Filter{Actor: "radet"}, []domain.Position{2, 28, 29, 30}},
		{"a user who acts, is granted something or is forgotten", Filter{Actor: "u3"}, []domain.Position{15, 16, 66}},
		{"a type", Filter{Type: "measure.completed"}, []domain.Position{58, 59}},
		{"recorded between two days, both included", Filter{From: date("2024-06-12"), To: date("2024-07-01"), Type: "plan.closed"}, []domain.Position{65}},
		{"at most so many after a position", Filter{After: 10, Limit: 2}, []domain.Position{11, 12}},
		{"nothing is an empty list", Filter{After: 99}, []domain.Position{}},
	} {
		t.Run(row.rule, func(t *testing.T) {
			got := []domain.Position{}
			for _, e := range h.Entries(row.filter) {
				got = append(got, e.Position)
			}
			if !slices.Equal(got, row.want) {
				t.Errorf("got %v, want %v", got, row.want)
			}
		})
	}
}

func TestLine(t *testing.T) {
	e, ok := told(t, everything()).Entry(36)
	got, err := json.MarshalIndent(e.In(domain.Nynorsk), "", "\t")
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	golden(t, "testdata/line.json", string(got)+"\n")
	if _, ok := told(t, everything()).Entry(99); ok {
		t.Error("there is no event 99")
	}
}

// TestWhyHoldsEveryText: no free text of any event is left out of the trail.
func TestWhyHoldsEveryText(t *testing.T) {
	for _, r := range everything() {
		filled, texts := withTexts(r.Event)
		r.Event = filled
		why := Entry{Recorded: r}.Why(domain.English)
		for _, text := range texts {
			if !strings.Contains(why, text) {
				t.Errorf("why of %s is %q, without the text of %s", r.Event.EventName(), why, text)
			}
		}
	}
}

// TestAnErasureShowsAsOne: who erased it, when and on which ground stands where
// the text was, whatever the memory still holds.
func TestAnErasureShowsAsOne(t *testing.T) {
	h := told(t, everything())
	entries := h.Entries(Filter{Type: "measure.reopened"})
	line := entries[len(entries)-1].In(domain.Bokmal)
	if want := "[slettet] (01.07.2024 av bruker u1, hjemmel: GDPR art. 17)"; line.Why != want {
		t.Errorf("the reason reads %q, want %q", line.Why, want)
	}
	erasures := h.Entries(Filter{Type: "text.redacted"})
	by := erasures[len(erasures)-1]
	if x := line.Erased; x == nil || x.Position != by.Position || x.User != by.Actor || x.Ground != "GDPR art. 17" || !x.Recorded.Equal(by.Time) {
		t.Errorf("the erasure is %+v", x)
	}
	if by.Measure != "t07" {
		t.Errorf("it is in the history of %q", by.Measure)
	}
}

// withTexts is the event with the name of each free text written in it.
func withTexts(e domain.Event) (domain.Event, []string) {
	var names []string
	filled := reflect.New(reflect.TypeOf(e)).Elem()
	filled.Set(reflect.ValueOf(e))
	for i := range filled.NumField() {
		if filled.Field(i).Type() == reflect.TypeFor[domain.Text]() {
			name := "the " + filled.Type().Field(i).Name
			filled.Field(i).SetString(name)
			names = append(names, name)
		}
	}
	return filled.Interface().(domain.Event), names
}

// TestEveryDecisionIsShown: an event with a decision has it in its entry.
func TestEveryDecisionIsShown(t *testing.T) {
	for _, r := range everything() {
		v := reflect.ValueOf(r.Event).FieldByName("Decision")
		if v.IsValid() && (Entry{Recorded: r}).Decision() != v.Interface() {
			t.Errorf("the decision of %s is not shown", r.Event.EventName())
		}
	}
}

func TestEveryFieldHasAWord(t *testing.T) {
	for _, e := range told(t, everything()).Entries(Filter{}) {
		for _, c := range e.Changes() {
			if !domain.FieldWords.Has(c.Field) && !domain.ColumnWords.Has(c.Field) {
				t.Errorf("%s changes %q, which has no word", e.Event.EventName(), c.Field)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	h := told(t, everything())
	again := everything()[3]
	if h.Apply(again) == nil {
		t.Error("a position was taken twice")
	}
	if h.Apply(domain.Recorded{Position: 1000, Event: stranger{}}) == nil {
		t.Error("an event of no known kind was taken")
	}
}

type stranger struct{}

func (stranger) EventName() string { return "stranger.came" }

func BenchmarkApply(b *testing.B) {
	log := exampletest.Log(b)
	for b.Loop() {
		told(b, log)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(log)), "ns/event")
}

func BenchmarkTell(b *testing.B) {
	all := told(b, exampletest.Log(b)).Entries(Filter{})
	for b.Loop() {
		for _, e := range all {
			_ = e.In(domain.Bokmal)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(all)), "ns/entry")
}
