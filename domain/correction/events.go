// Package correction says how a mistake on the log is put right: by another
// event that names the first one, its field, the old value and the new. What
// was recorded stays; views «as known» keep showing it, views «as corrected»
// show the new value. The command that makes corrections is not here yet; the
// event is, because logs that hold it must be read.
package correction

import (
	"encoding/json"

	"github.com/fosenregionen/framdrift/domain"
)

// An Event is a correction.
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

// EventName is the stored name.
func (EventCorrected) EventName() string { return "event.corrected" }

func (EventCorrected) correctionEvent() {}
