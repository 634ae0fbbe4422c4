package planview

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
)

// A Difference is what differs between a plan at two moments. It is empty when
// every field compared (Compared) is the same at both.
type Difference struct {
	Changes  []Change            `json:"changes"`  // of the plan itself
	Measures []MeasureDifference `json:"measures"` // that differ: in the order of the document at the second, then those only at the first
}

// A MeasureDifference is what differs of one measure.
type MeasureDifference struct {
	ID      domain.MeasureID `json:"id"`
	Text    string           `json:"text"` // its text, else its initiative, at the second moment if it is there
	Outcome Outcome          `json:"outcome"`
	Changes []Change         `json:"changes"`
}

// An Outcome is what became of a measure between the two moments.
type Outcome string

// The outcomes. A measure is removed only when the moments are asked
// backwards: on the log a row that has come stays, and is withdrawn.
const (
	Added    Outcome = "added"
	TakenOut Outcome = "withdrawn" // by decision
	Changed  Outcome = "changed"
	Removed  Outcome = "removed"
)

// A Change is one field that differs. Field is its name in Plan or Measure as
// JSON, Old and New its values there: absent for what is not there, for an
// empty list, false and 0. Lists whose entries stand by themselves
// are compared entry by entry, and Of is then the id or name of the entry.
type Change struct {
	Field string          `json:"field"`
	Of    string          `json:"of,omitempty"`
	Old   json.RawMessage `json:"old,omitempty"`
	New   json.RawMessage `json:"new,omitempty"`
}

// Empty reports whether nothing differs.
func (d Difference) Empty() bool { return len(d.Changes) == 0 && len(d.Measures) == 0 }

// uncompared are the fields that say nothing of their own: what the reports
// say, where the log is, and the rows.
var uncompared = []string{"lastReport", "lastEvent", "measures"}

// entries are the lists whose entries come one by one and stay in their order.
var entries = []string{
	"deliverables", "reports", "confirmations", "contributions", "deviations", "evidence",
	"endorsements", "revisions", "imports", "strategies", "basedOn",
}

// Compared lists the fields of a plan and of a measure that Diff looks at.
func Compared() (ofPlan, ofMeasure []string) { return fieldsOf[Plan](), fieldsOf[Measure]() }

func fieldsOf[T any]() []string {
	var names []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.Anonymous && !slices.Contains(uncompared, name) {
			names = append(names, name)
		}
	}
	return names
}

// Diff is what differs between a plan at two moments. The zero Plan is one
// that was not there yet. An error means that a value has no JSON.
func Diff(from, to Plan) (Difference, error) {
	d := Difference{Measures: []MeasureDifference{}}
	ofPlan, ofMeasure := Compared()
	var err error
	if d.Changes, err = changes(ofPlan, from, to); err != nil {
		return d, err
	}
	for _, m := range to.Measures {
		was, outcome := Measure{}, Added
		if i := indexOf(from, m); i >= 0 {
			was, outcome = from.Measures[i], Changed
			if was.Withdrawn.IsZero() && !m.Withdrawn.IsZero() {
				outcome = TakenOut
			}
		}
		if err := d.add(ofMeasure, m, outcome, was, m); err != nil {
			return d, err
		}
	}
	for _, m := range from.Measures {
		if indexOf(to, m) < 0 {
			if err := d.add(ofMeasure, m, Removed, m, Measure{}); err != nil {
				return d, err
			}
		}
	}
	return d, nil
}

func indexOf(p Plan, m Measure) int {
	return slices.IndexFunc(p.Measures, func(other Measure) bool { return other.ID == m.ID })
}

// add keeps what differs of a measure, if anything does.
func (d *Difference) add(fields []string, shown Measure, outcome Outcome, was, is Measure) error {
	all, err := changes(fields, was, is)
	if err != nil || len(all) == 0 {
		return err
	}
	text := shown.Text
	if text == "" {
		text = shown.Initiative
	}
	d.Measures = append(d.Measures, MeasureDifference{shown.ID, text, outcome, all})
	return nil
}

func changes(fields []string, was, is any) ([]Change, error) {
	all := []Change{}
	older, err := members(was)
	if err != nil {
		return all, err
	}
	newer, err := members(is)
	if err != nil {
		return all, err
	}
	for _, f := range fields {
		switch {
		case bytes.Equal(older[f], newer[f]):
		case slices.Contains(entries, f):
			all = append(all, entryByEntry(f, split(older[f]), split(newer[f]))...)
		default:
			all = append(all, Change{Field: f, Old: older[f], New: newer[f]})
		}
	}
	return all, nil
}

// members are the fields of a struct that hold something.
func members(v any) (map[string]json.RawMessage, error) {
	var all map[string]json.RawMessage
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		return nil, fmt.Errorf("planview: comparing: %w", err)
	}
	for name, value := range all {
		switch string(value) {
		case `""`, `[]`, `{}`, `0`, `false`, `null`:
			delete(all, name)
		}
	}
	return all, nil
}

// split is the entries of a JSON list; none of what is no list.
func split(text json.RawMessage) (all []json.RawMessage) {
	_ = json.Unmarshal(text, &all)
	return all
}

func entryByEntry(field string, older, newer []json.RawMessage) []Change {
	var all []Change
	for i := range max(len(older), len(newer)) {
		c := Change{Field: field}
		if i < len(older) {
			c.Old = older[i]
		}
		if i < len(newer) {
			c.New = newer[i]
		}
		if !bytes.Equal(c.Old, c.New) {
			c.Of = called(c)
			all = append(all, c)
		}
	}
	return all
}

// called is the id of an entry, or else its name; many have neither.
func called(c Change) string {
	var entry struct{ ID, Name string }
	for _, text := range []json.RawMessage{c.New, c.Old} {
		_ = json.Unmarshal(text, &entry)
		if entry.ID != "" {
			return entry.ID
		}
	}
	return entry.Name
}
