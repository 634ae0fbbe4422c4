package correction_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
)

func TestACorrectionReplacesOneValueAndLeavesTheEventAsItWas(t *testing.T) {
	day, other := domain.MustDate("2024-08-20"), domain.MustDate("2024-07-30")
	adopted := plan.MeasureAdopted{Kind: plan.OneOff, Text: "Nettverk", Partners: []domain.ActorID{"ntnu", "osen"}}
	for _, tt := range []struct {
		rule       string
		field, new string
		event      plan.Event
		effective  domain.Date
	}{
		{"the day it took effect", "effective", `"2024-07-30"`, adopted, other},
		{"a text", "text", `"Nettverk reiseliv"`, plan.MeasureAdopted{Kind: plan.OneOff, Text: "Nettverk reiseliv", Partners: adopted.Partners}, day},
		{"a list", "partners", `["nord"]`, plan.MeasureAdopted{Kind: plan.OneOff, Text: "Nettverk", Partners: []domain.ActorID{"nord"}}, day},
		{"no value takes the member away", "partners", ``, plan.MeasureAdopted{Kind: plan.OneOff, Text: "Nettverk"}, day},
	} {
		c := correction.EventCorrected{Field: tt.field, New: json.RawMessage(tt.new)}
		got, effective, err := c.Correct(adopted, day)
		if err != nil || !reflect.DeepEqual(got, tt.event) || effective != tt.effective {
			t.Errorf("%s: %+v on %s (%v)", tt.rule, got, effective, err)
		}
		if adopted.Partners[0] != "ntnu" || len(adopted.Partners) != 2 {
			t.Fatalf("%s: the event itself was changed: %+v", tt.rule, adopted)
		}
	}
}

func TestACorrectionThatFitsNothingIsAnError(t *testing.T) {
	for rule, c := range map[string]correction.EventCorrected{
		"a member the event does not have": {Field: "deadline", New: json.RawMessage(`"2024-01-01"`)},
		"a value of another shape":         {Field: "partners", New: json.RawMessage(`"nord"`)},
		"no day":                           {Field: "effective", New: json.RawMessage(`null`)},
		"not a day":                        {Field: "effective", New: json.RawMessage(`"i går"`)},
		"its own envelope":                 {Field: "position", New: json.RawMessage(`1`)},
	} {
		if _, _, err := c.Correct(plan.MeasureAdopted{}, domain.MustDate("2024-01-01")); err == nil {
			t.Errorf("%s: no error", rule)
		}
	}
}
