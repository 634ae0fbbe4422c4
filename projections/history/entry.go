package history

import (
	"encoding/json"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// An Entry is one event and what was known when it came. It never changes, but
// that its texts may be erased.
type Entry struct {
	domain.Recorded
	// Measure is the one the event, or the event it corrects, is about.
	Measure domain.MeasureID
	// AfterCompletion marks an edit of what was completed: planview.EditsCompleted.
	AfterCompletion bool

	before, after facts // of the subject; nil when nothing was, or is, known
	plan          facts // the document; nil when there is none
	names         names
	corrects      *Entry // of a correction, or an erasure: the entry it is about
	erasedBy      *Entry // the entry that says the texts of this were erased
}

// A Change is one field that the event gave another value, as stored: ids,
// dates as 2024-05-31. Old is empty for what was not there, New for what is
// not there any more. Of names the deliverable, the report or
// the collective that has the field.
type Change struct {
	Field string `json:"field"`
	Of    string `json:"of,omitempty"`
	Old   string `json:"old"`
	New   string `json:"new"`
}

// A Line is an entry told in one language. Recorded and Effective are the two
// clocks: when it was put on the log, and the day it happened.
type Line struct {
	Position        domain.Position  `json:"position"`
	ID              domain.EventID   `json:"id"`
	Type            string           `json:"type"`
	Recorded        time.Time        `json:"recorded"`
	Effective       domain.Date      `json:"effective"`
	User            domain.UserID    `json:"user"`
	OnBehalfOf      Party            `json:"onBehalfOf,omitzero"`
	Channel         domain.Channel   `json:"channel"`
	Command         domain.CommandID `json:"commandId"`
	Plan            domain.PlanID    `json:"plan,omitempty"`
	Subject         string           `json:"subject"`
	Measure         domain.MeasureID `json:"measure,omitempty"`
	Retrospective   bool             `json:"retrospective"`
	BackDated       bool             `json:"backDated"`
	AfterCompletion bool             `json:"afterCompletion"`
	Changes         []Change         `json:"changes"`
	Why             string           `json:"why,omitempty"`
	Erased          *Erasure         `json:"erased,omitempty"`
	Decision        plan.Decision    `json:"decision,omitzero"`
	Sentence        string           `json:"sentence"`
}

// An Erasure says of an entry that its texts were erased: by which event, when,
// by whom and on which legal ground.
type Erasure struct {
	Position domain.Position `json:"position"`
	Recorded time.Time       `json:"recorded"`
	User     domain.UserID   `json:"user"`
	Ground   string          `json:"ground"`
}

// A Party is an actor and what it was called then.
type Party struct {
	ID   domain.ActorID `json:"id"`
	Name string         `json:"name"`
}

// In is the entry told in a language.
func (e Entry) In(l domain.Language) Line {
	line := Line{
		Position: e.Position, ID: e.ID, Type: e.Event.EventName(), Recorded: e.Time, Effective: e.Effective,
		User: e.Actor, Channel: e.Channel, Command: e.Command, Plan: e.Plan, Subject: e.Subject.String(), Measure: e.Measure,
		Retrospective: e.Retrospective, BackDated: e.BackDated(), AfterCompletion: e.AfterCompletion,
		Changes: e.Changes(), Why: e.Why(l), Erased: e.erasure(), Decision: e.Decision(), Sentence: e.Sentence(l),
	}
	if e.OnBehalfOf != "" {
		line.OnBehalfOf = Party{e.OnBehalfOf, e.name(e.OnBehalfOf)}
	}
	return line
}

// Changes is what the event changed, in the order the subject has its fields.
func (e Entry) Changes() []Change {
	if c, ok := e.Event.(correction.EventCorrected); ok {
		return []Change{{Field: c.Field, Old: plain(c.Old), New: plain(c.New)}}
	}
	return difference(e.before, e.after)
}

// plain is a JSON value as people read it: strings without quotes.
func plain(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

// Why is every free text of the event, one on each line; those that say
// something else than the main thing are marked with their field. When they
// were erased it is who did it, when and on which ground that stands there.
func (e Entry) Why(l domain.Language) string {
	why := ""
	for _, t := range texts(e.Event) {
		if t.text == "" {
			continue
		}
		if why != "" {
			why += "\n"
		}
		if t.field != "" {
			why += domain.FieldWords.Of(t.field).Capital().In(l) + ": "
		}
		if e.erasedBy != nil {
			t.text = domain.Erased
		}
		why += t.text.In(l)
	}
	if x := e.erasure(); x != nil && why != "" {
		why += say(" (%[1]s av %[2]s, hjemmel: %[3]s)", " (%[1]s av %[2]s, heimel: %[3]s)", " (%[1]s by %[2]s, ground: %[3]s)",
			domain.DateOf(x.Recorded).Norwegian(), userCalled(x.User), x.Ground).In(l)
	}
	return why
}

// erasure is nil when nothing was erased.
func (e Entry) erasure() *Erasure {
	if e.erasedBy == nil {
		return nil
	}
	by := e.erasedBy
	r, _ := by.Event.(correction.TextRedacted)
	return &Erasure{by.Position, by.Time, by.Actor, r.Ground}
}

// Decision is the decision the event rests on; zero when it names none.
func (e Entry) Decision() plan.Decision {
	switch e := e.Event.(type) {
	case plan.Adopted:
		return e.Decision
	case plan.Endorsed:
		return e.Decision
	case plan.Revised:
		return e.Decision
	case plan.Closed:
		return e.Decision
	case plan.MeasureAmended:
		return e.Decision
	case plan.MeasureWithdrawn:
		return e.Decision
	case plan.DeadlineAdopted:
		return e.Decision
	case plan.DeviationHandled:
		return e.Decision
	}
	return plan.Decision{}
}

// involves reports whether the user or actor acted, was acted for, answers
// for the measure before or after, or is whom the event is about.
func (e *Entry) involves(id string) bool {
	if id == string(e.Actor) || id == string(e.OnBehalfOf) {
		return true
	}
	if s := e.Subject; s.ID == id && (s.Entity == domain.EntityActor || s.Entity == domain.EntityUser) {
		return true
	}
	before, _ := e.before.(measure)
	after, _ := e.after.(measure)
	return id == string(before.row.Owner) || id == string(after.row.Owner)
}
