// Package correction is what may happen to an event that is on the log, which
// never changes: another event says it.
//
// EventCorrected puts a mistake right. It names the first event, its field, the
// old value and the new. Views «as known» keep showing what was recorded, views
// «as corrected» show the new value. The command that makes corrections is not
// here yet; the event is, because logs that hold it must be read.
//
// TextRedacted says that the free text of an event was erased. The text lies on
// the log under a key of its own, outside it; the key is destroyed when the
// event has been recorded (package vault). Numbers never look at texts, so none
// of them changes.
package correction

import (
	"encoding/json"

	"github.com/fosenregionen/framdrift/domain"
)

// An Event is about an earlier event.
//
//sumtype:decl
type Event interface {
	domain.Event
	correctionEvent()
}

// Effective is the Field that names the day an event took effect; every other
// Field is a member of the event's data.
const Effective = "effective"

// EventCorrected replaces one value of an earlier event. Its subject is
// event/<id>. Never time, id, type or position.
type EventCorrected struct {
	Event domain.EventID  `json:"event"`
	Field string          `json:"field"`
	Old   json.RawMessage `json:"old,omitempty"`
	New   json.RawMessage `json:"new,omitempty"`
	Why   domain.Text     `json:"why,omitempty"`
}

// TextRedacted says that the free texts of an earlier event were erased, and on
// which legal ground. Its subject is event/<id>. The ground is in clear: it must
// be readable when the text is not, so it names the law and nobody.
type TextRedacted struct {
	Event  domain.EventID `json:"event"`
	Ground string         `json:"ground"`
}

// EventName is the stored name.
func (EventCorrected) EventName() string { return "event.corrected" }

// EventName is the stored name.
func (TextRedacted) EventName() string { return "text.redacted" }

func (EventCorrected) correctionEvent() {}
func (TextRedacted) correctionEvent()   {}
