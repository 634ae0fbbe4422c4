package codec

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/docstest"
)

// A text inside something would be stored in clear, so no such type can be born.
func TestATextThatWouldNotBeSealedStopsTheProgram(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an event with a text inside a list has been taken")
		}
	}()
	of[nested](1)
}

type nested struct {
	Notes []struct{ Note domain.Text } `json:"notes"`
}

func (nested) EventName() string { return "nested.made" }

// Every stored type stands in docs/format.md with the members of its data, as
// the Go types have them.
func TestDocsFormat(t *testing.T) {
	rows := [][]string{{"type", "data"}}
	for _, name := range Names() {
		data := "–"
		if shape := membersOf(kinds[name].event); shape != "" {
			data = "`" + shape + "`"
		}
		rows = append(rows, []string{"`" + name + ".v" + strconv.Itoa(kinds[name].version) + "`", data})
	}
	docstest.Section(t, "docs/format.md", "events", docstest.Table(rows...))
}

// The members of the envelope, in the order they are written.
func TestDocsEnvelope(t *testing.T) {
	docstest.Section(t, "docs/format.md", "envelope", "`"+membersOf(reflect.TypeFor[envelope]())+"`")
}

// membersOf lists name: shape for each field; ? marks those that are left out
// when they are empty.
func membersOf(t reflect.Type) string {
	var members []string
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if strings.Contains(options, "omit") {
			name += "?"
		}
		members = append(members, name+": "+shapeOf(f.Type))
	}
	return strings.Join(members, ", ")
}

func shapeOf(t reflect.Type) string {
	switch t {
	case reflect.TypeFor[domain.Date]():
		return "date"
	case reflect.TypeFor[domain.Text]():
		return "sealed text"
	case reflect.TypeFor[json.RawMessage]():
		return "JSON"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return shapeOf(t.Elem())
	case reflect.Slice:
		return "[" + shapeOf(t.Elem()) + "]"
	case reflect.Struct:
		return "{" + membersOf(t) + "}"
	case reflect.Bool:
		return "true"
	case reflect.Int, reflect.Int64, reflect.Uint64:
		return "integer"
	case reflect.Float64:
		return "number"
	default:
		return t.Name()
	}
}
