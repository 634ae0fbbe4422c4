package correction

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// Correct is what an event says, and the day it took effect, once the
// correction has been applied; the event given is not changed. No new value
// means that the member is absent from now on. A member the event does not
// have, a value of another shape and no day where there must be one are errors.
func (c EventCorrected) Correct(e domain.Event, effective domain.Date) (domain.Event, domain.Date, error) {
	if c.Field != Effective {
		changed, err := withMember(e, c.Field, c.New)
		return changed, effective, err
	}
	var day domain.Date
	if err := json.Unmarshal(c.New, &day); err != nil {
		return nil, day, fmt.Errorf("correction: effective: %w", err)
	}
	if day.IsZero() {
		return nil, day, fmt.Errorf("correction: no day in %s", c.New)
	}
	return e, day, nil
}

// withMember is a copy of the event with one member of its data replaced.
func withMember(e domain.Event, member string, value json.RawMessage) (domain.Event, error) {
	changed := reflect.New(reflect.TypeOf(e)).Elem()
	changed.Set(reflect.ValueOf(e))
	for i := range changed.NumField() {
		name, _, _ := strings.Cut(changed.Type().Field(i).Tag.Get("json"), ",")
		if name != member {
			continue
		}
		changed.Field(i).SetZero() // decoding into the old slice would change the old event
		if len(value) > 0 {
			if err := json.Unmarshal(value, changed.Field(i).Addr().Interface()); err != nil {
				return nil, fmt.Errorf("correction: member %s: %w", member, err)
			}
		}
		return changed.Interface().(domain.Event), nil
	}
	return nil, fmt.Errorf("correction: %s has no member %q", e.EventName(), member)
}
