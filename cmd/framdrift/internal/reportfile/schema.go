package reportfile

import (
	"encoding/json"
	"reflect"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// Schema is the JSON schema (2020-12) of the JSON format, made from the types
// of the report: what is required, and nothing beside it.
func Schema() ([]byte, error) {
	s := schemaOf(reflect.TypeFor[finalreport.Report]())
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Framdrift sluttrapport"
	b, err := json.MarshalIndent(s, "", "  ")
	return append(b, '\n'), err
}

type schema map[string]any

func schemaOf(t reflect.Type) schema {
	switch t {
	case reflect.TypeFor[domain.Date]():
		return schema{"type": "string", "format": "date"}
	case reflect.TypeFor[time.Time]():
		return schema{"type": "string", "format": "date-time"}
	case reflect.TypeFor[json.RawMessage]():
		return schema{}
	case reflect.TypeFor[domain.Position]():
		return schema{"type": "integer", "minimum": 1, "description": "an event's number on the log"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return schemaOf(t.Elem())
	case reflect.Slice:
		return schema{"type": "array", "items": schemaOf(t.Elem())}
	case reflect.Map:
		return schema{"type": "object", "additionalProperties": schemaOf(t.Elem())}
	case reflect.Struct:
		members, required := schema{}, []string{}
		addMembers(t, members, &required)
		return schema{"type": "object", "properties": members, "required": required, "additionalProperties": false}
	case reflect.Bool:
		return schema{"type": "boolean"}
	case reflect.String:
		return schema{"type": "string"}
	case reflect.Float64, reflect.Float32:
		return schema{"type": "number"}
	default:
		return schema{"type": "integer"}
	}
}

// addMembers adds those of embedded structs too, as package json does.
func addMembers(t reflect.Type, members schema, required *[]string) {
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
			continue
		case f.Anonymous && name == "":
			addMembers(f.Type, members, required)
			continue
		case name == "":
			name = f.Name
		}
		members[name] = schemaOf(f.Type)
		if !strings.Contains(options, "omit") {
			*required = append(*required, name)
		}
	}
}
