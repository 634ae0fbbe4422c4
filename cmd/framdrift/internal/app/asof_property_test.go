package app_test

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// tried draws something that somebody may try; the rules refuse much of it.
func tried() *rapid.Generator[domain.Request] {
	decision := plan.Decision{Case: "RS 9/22", Date: domain.MustDate("2022-06-12")}
	return rapid.Custom(func(t *rapid.T) domain.Request {
		m := on(rapid.IntRange(0, 2).Draw(t, "measure"))
		day := domain.MustDate("2022-07-01").AddDays(rapid.IntRange(0, 200).Draw(t, "day"))
		c := rapid.SampledFrom([]domain.Command{
			plan.Assign{On: m, Owner: "radet", User: domain.UserID(rapid.SampledFrom([]string{"u2", "u3"}).Draw(t, "user"))},
			plan.Accept{On: m},
			plan.Decline{On: m, Why: "Har ikke folk"},
			plan.AdoptDeadline{On: m, Deadline: day, Decision: decision},
			plan.GiveForecast{On: m, Forecast: day, Why: "Ventet 3 uker"},
			plan.Start{On: m},
			plan.Complete{On: m, Result: "Ferdig 1. mai"},
			plan.Reopen{On: m, Why: "Var ikke ferdig"},
			plan.Amend{On: m, Field: plan.FieldText, To: "Endret " + day.String(), Decision: decision},
			plan.Withdraw{On: m, Decision: decision},
			reporting.OpenPeriod{Period: "T2-2022"},
			reporting.Report{Measure: m.Measure, Period: "T2-2022", Status: reporting.Amber, Text: "Noe sent", Forecast: day},
		}).Draw(t, "command")
		ask := ask("", c)
		if rapid.Bool().Draw(t, "back-dated") {
			ask.Effective, ask.Retrospective = domain.MustDate("2022-06-15"), true
		}
		return ask
	})
}

// answersThen is every answer about the moment just after an event, as JSON.
func answersThen(t *rapid.T, r *app.Region, per app.Per) string {
	ctx := context.Background()
	p, err := r.Plan(ctx, "", per)
	f, err2 := r.Report(ctx, "", per)
	h, err3 := r.History(ctx, app.HistoryQuery{Per: per, Language: domain.Bokmal})
	g, err4 := r.Delivery(ctx, "", delivery.Part{}, per)
	text, err5 := json.Marshal([]any{p, f, h, g})
	if err := domain.FirstError(err, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// planNow is what the live projections say.
func planNow(t *rapid.T, r *app.Region, per app.Per) string {
	p, err := r.Plan(context.Background(), "", per)
	h, err2 := r.History(context.Background(), app.HistoryQuery{Per: per, Language: domain.Bokmal})
	text, err3 := json.Marshal([]any{p, h})
	if err := domain.FirstError(err, err2, err3); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// regionsOf gives new regions with a plan of three measures, in one directory
// whose clock goes on by most of a day at each look.
func regionsOf(t *testing.T) func(*rapid.T) *app.Region {
	var looks atomic.Int64
	begin := domain.MustDate("2022-06-20").At(12, 0)
	a, err := app.Create(t.Context(), app.Options{Dir: t.TempDir(), Clock: func() time.Time {
		return begin.Add(time.Duration(looks.Add(1)) * 17 * time.Hour)
	}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeApp(t, a) })
	made := 0
	return func(t *rapid.T) *app.Region {
		made++
		looks.Store(0)
		id := domain.RegionID(fmt.Sprintf("r%d", made))
		if _, err := a.Init(context.Background(), ask(app.NewCommandID(), actors.RegisterRegion{Region: id, Name: "Fosenregionen"})); err != nil {
			t.Fatal(err)
		}
		r, err := a.Region(id)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Do(context.Background(), ask(app.NewCommandID(), planOf(3))); err != nil {
			t.Fatal(err)
		}
		return r
	}
}

// TestAPastMomentIsToldAsItWasToldThen: what was answered live when the log
// ended at an event, a fold of just so many, is answered about that event for
// ever, whatever comes after it: the plan, the history, delivery and the report.
func TestAPastMomentIsToldAsItWasToldThen(t *testing.T) {
	begin := regionsOf(t)
	rapid.Check(t, func(t *rapid.T) {
		r := begin(t)
		live, then := map[app.Per]string{}, map[app.Per]string{}
		for _, ask := range append([]domain.Request{{}}, rapid.SliceOfN(tried(), 0, 12).Draw(t, "tried")...) {
			if ask.Command != nil {
				ask.ID = app.NewCommandID()
				if _, err := r.Do(context.Background(), ask); err != nil && domain.KindOf(err) != domain.Refused && domain.KindOf(err) != domain.Invalid {
					t.Fatal(err)
				}
			}
			per := app.Per{Position: domain.Position(position(r))}
			live[per], then[per] = planNow(t, r, app.Per{}), answersThen(t, r, per)
		}
		for per := range live {
			if got := planNow(t, r, per); got != live[per] {
				t.Errorf("at %s\n%s\nand live then\n%s", per, got, live[per])
			}
			if got := answersThen(t, r, per); got != then[per] {
				t.Errorf("at %s\n%s\nand asked then\n%s", per, got, then[per])
			}
		}
	})
}

// TestHindsightOfWhatCameInTimeIsWhatWasKnown: where nothing was back-dated or
// corrected, the two clocks show the same plan on every day.
func TestHindsightOfWhatCameInTimeIsWhatWasKnown(t *testing.T) {
	begin := regionsOf(t)
	rapid.Check(t, func(t *rapid.T) {
		r := begin(t)
		for _, ask := range rapid.SliceOfN(tried(), 0, 12).Draw(t, "tried") {
			ask.ID, ask.Effective, ask.Retrospective = app.NewCommandID(), domain.Date{}, false
			_, _ = r.Do(context.Background(), ask) // what is refused is not on the log
		}
		day := domain.MustDate("2022-06-25").AddDays(rapid.IntRange(0, 12).Draw(t, "day"))
		known, err := r.Plan(context.Background(), "", app.Per{Time: day.End()})
		seen, err2 := r.Plan(context.Background(), "", app.Per{Time: day.End(), View: delivery.Corrected})
		if err := domain.FirstError(err, err2); err != nil {
			t.Fatal(err)
		}
		seen.Position = known.Position // hindsight has read the whole log
		if !reflect.DeepEqual(known, seen) {
			t.Errorf("known %+v\nand seen %+v", known, seen)
		}
	})
}

var digits = regexp.MustCompile(`\d+`)

// TestNoLanguageChangesADigit: the trail of any history in nynorsk and English
// is that in bokmål but for its words; sentences have the same numbers in them.
func TestNoLanguageChangesADigit(t *testing.T) {
	begin := regionsOf(t)
	rapid.Check(t, func(t *rapid.T) {
		r := begin(t)
		for _, ask := range rapid.SliceOfN(tried(), 0, 12).Draw(t, "tried") {
			ask.ID = app.NewCommandID()
			_, _ = r.Do(context.Background(), ask) // what is refused is not on the log
		}
		told := map[domain.Language][]string{}
		for _, l := range domain.Languages() {
			lines, err := r.History(context.Background(), app.HistoryQuery{Language: l})
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range lines {
				numbers := digits.FindAllString(line.Sentence, -1)
				slices.Sort(numbers)
				line.Sentence = fmt.Sprint(numbers)
				told[l] = append(told[l], fmt.Sprintf("%+v", line))
			}
		}
		for l, lines := range told {
			if !reflect.DeepEqual(lines, told[domain.Bokmal]) {
				t.Errorf("in %s\n%s\nin bokmål\n%s", l, lines, told[domain.Bokmal])
			}
		}
	})
}
