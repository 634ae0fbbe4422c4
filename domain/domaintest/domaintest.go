// Package domaintest is the language that the tests of the rules are written
// in. A row is a sentence of the contract and an example of it:
//
//	Rule("A measure is completed only after it is started",
//	    Given(),
//	    On("2023-05-01", plan.Complete{On: T01}),
//	    Refused("measure.not-started")),
//
//	Rule("Each assignment needs its own acceptance",
//	    Given(On("2022-09-01", plan.Assign{On: T01, Owner: "radet"})),
//	    On("2022-09-02", plan.Accept{On: T01}),
//	    Then(That("measure/t01", plan.MeasureAccepted{Owner: "radet"}).For("radet"))),
//
// Everything goes through region.Decide and region.Evolve with a clock and ids
// that are passed in, so a row is also a test of the whole domain. Unless
// something else is said, Anne asks, at noon, and what is asked for takes
// effect the same day.
package domaintest

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/region"
)

// An Ask is a request and the moment it comes in.
type Ask struct {
	domain.Request
	Now time.Time
}

// On is a command that Anne gives at noon on a day.
func On(day string, c domain.Command) Ask {
	return Ask{
		Request: domain.Request{By: Anne, Channel: domain.ChannelCLI, Command: c},
		Now:     domain.MustDate(day).At(12, 0),
	}
}

// At is the same at another moment.
func (a Ask) At(now time.Time) Ask { a.Now = now; return a }

// By is the same from somebody else.
func (a Ask) By(user domain.UserID) Ask { a.Request.By = user; return a }

// Dated is the same, taking effect on a day that the user says.
func (a Ask) Dated(day string) Ask { a.Effective = domain.MustDate(day); return a }

// Retrospectively is the same as an etterregistrering.
func (a Ask) Retrospectively() Ask { a.Retrospective = true; return a }

// For is the same on behalf of an actor.
func (a Ask) For(actor domain.ActorID) Ask { a.OnBehalfOf = actor; return a }

// In is the same about a plan that is named.
func (a Ask) In(plan domain.PlanID) Ask { a.Plan = plan; return a }

// Given is what has happened before.
func Given(asks ...Ask) []Ask { return asks }

// A Happened is an event that a row expects, with all that is recorded about it.
type Happened struct{ draft domain.Draft }

// That is an event about a subject (measure/t07) that takes effect on the
// day the request says.
func That(subject string, e domain.Event) Happened {
	entity, id, _ := strings.Cut(subject, "/")
	return Happened{domain.Draft{Subject: domain.Subject{Entity: entity, ID: id}, Event: e}}
}

// Dated is the same taking effect on another day.
func (h Happened) Dated(day string) Happened { h.draft.Effective = domain.MustDate(day); return h }

// For is the same on behalf of an actor.
func (h Happened) For(actor domain.ActorID) Happened { h.draft.OnBehalfOf = actor; return h }

// Of is the same in a plan that is not the Plan, or in none.
func (h Happened) Of(plan domain.PlanID) Happened { h.draft.Plan = plan; return h }

// An Outcome is what a request leads to.
type Outcome struct {
	events []Happened
	code   string
}

// Then is the events, exactly these and in this order.
func Then(events ...Happened) Outcome { return Outcome{events: events} }

// Nothing is that there is nothing to change.
func Nothing() Outcome { return Outcome{} }

// Refused is the no of the rule with a code.
func Refused(code string) Outcome { return Outcome{code: code} }

// A Row is one rule and one example of it.
type Row struct {
	Rule  string
	Given []Ask
	When  Ask
	Then  Outcome
}

// Rule is a row: what the contract says, and what it means when …
func Rule(says string, given []Ask, when Ask, then Outcome) Row { return Row{says, given, when, then} }

// Run tries each row in a world where the asks of before have been carried out.
func Run(t *testing.T, before []Ask, rows ...[]Row) {
	t.Helper()
	start := NewWorld()
	start.MustDo(t, before...)
	for _, table := range rows {
		for _, row := range table {
			t.Run(row.Rule, func(t *testing.T) {
				w := start.Copy()
				w.MustDo(t, row.Given...)
				d, err := w.Decide(row.When)
				row.Then.check(t, row.When, d, err)
			})
		}
	}
}

func (o Outcome) check(t *testing.T, asked Ask, d region.Decided, err error) {
	t.Helper()
	if code := Code(err); code != o.code {
		t.Fatalf("%s: got refusal %q, want %q (%v)", asked.Command.CommandName(), code, o.code, err)
	}
	var no *domain.Error
	if errors.As(err, &no) && strings.Contains(no.Message.NB+no.Message.NN+no.Message.EN, "%!") {
		t.Errorf("%s is not filled in: %v", o.code, no.Message)
	}
	want := make([]domain.Draft, len(o.events))
	for i, h := range o.events {
		want[i] = h.draft
		if want[i].Effective.IsZero() {
			want[i].Effective = asked.Effective
		}
		if want[i].Effective.IsZero() {
			want[i].Effective = domain.DateOf(asked.Now)
		}
		if want[i].Plan == "" && ofPlan(want[i].Event) {
			want[i].Plan = Plan
		}
	}
	if len(want)+len(d.Drafts) > 0 && !reflect.DeepEqual(d.Drafts, want) {
		t.Errorf("%s led to\n%s\nwant\n%s", asked.Command.CommandName(), Lines(d.Drafts), Lines(want))
	}
}

// Code is the stable code of a refusal; empty for none.
func Code(err error) string {
	if err == nil {
		return ""
	}
	code, _, _ := strings.Cut(err.Error(), ": ")
	return code
}

// Lines is drafts as a person reads them, one a line.
func Lines(drafts []domain.Draft) string {
	var b strings.Builder
	for _, d := range drafts {
		data, err := json.Marshal(d.Event)
		if err != nil {
			data = []byte(err.Error())
		}
		fmt.Fprintf(&b, "\t%s %s %s %s plan %q for %q\n", d.Effective, d.Subject, d.Event.EventName(), data, d.Plan, d.OnBehalfOf)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Codes are the codes that rows are refused by.
func Codes(tables ...[]Row) map[string]bool {
	codes := map[string]bool{}
	for _, rows := range tables {
		for _, row := range rows {
			if row.Then.code != "" {
				codes[row.Then.code] = true
			}
		}
	}
	return codes
}

// Covers fails for a rule that no row is refused by.
func Covers(t *testing.T, rules []domain.Rule, tables ...[]Row) {
	t.Helper()
	tried := Codes(tables...)
	for _, rule := range rules {
		if !tried[rule.Code] {
			t.Errorf("no row is refused by %s", rule.Code)
		}
	}
}
