package reportfile

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// described is what each kind of report is as JSON, and the name of its schema.
var described = map[story.ReportKind]struct {
	name string
	of   reflect.Type
}{
	story.Final:     {"sluttrapport", reflect.TypeFor[finalreport.Report]()},
	story.Tertial:   {"statusrapport", reflect.TypeFor[finalreport.Tertial]()},
	story.PlanTable: {"plan", reflect.TypeFor[finalreport.PlanTable]()},
	story.Programme: {"program", reflect.TypeFor[ProgrammeFile]()},
}

// Schema is the JSON schema (2020-12) of a kind of report as JSON, made from its
// types: what is required, and nothing beside it. Its name is that of its file.
func Schema(kind story.ReportKind) (name string, text []byte, err error) {
	d, ok := described[kind]
	if !ok {
		return "", nil, fmt.Errorf("reportfile: no schema of %q", kind)
	}
	defs := schema{}
	s := objectOf(d.of, defs)
	s["$defs"] = defs
	s["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	s["title"] = "Framdrift " + d.name
	b, err := json.MarshalIndent(s, "", "  ")
	return d.name + ".schema.json", append(b, '\n'), err
}

type schema map[string]any

// schemaOf is the schema of a type. A struct is described once, under its name
// in defs.
func schemaOf(t reflect.Type, defs schema) schema {
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
		return schemaOf(t.Elem(), defs)
	case reflect.Slice:
		return schema{"type": "array", "items": schemaOf(t.Elem(), defs)}
	case reflect.Map:
		return schema{"type": "object", "additionalProperties": schemaOf(t.Elem(), defs)}
	case reflect.Array: // of numbers by name
		return schema{"type": "object", "additionalProperties": schemaOf(t.Elem(), defs)}
	case reflect.Struct:
		if _, described := defs[t.String()]; !described {
			defs[t.String()] = schema{} // it may be a part of itself
			defs[t.String()] = objectOf(t, defs)
		}
		return schema{"$ref": "#/$defs/" + t.String()}
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

func objectOf(t reflect.Type, defs schema) schema {
	members, required := schema{}, []string{}
	addMembers(t, members, defs, &required)
	return schema{"type": "object", "properties": members, "required": required, "additionalProperties": false}
}

// addMembers adds those of embedded structs too, as package json does.
func addMembers(t reflect.Type, members, defs schema, required *[]string) {
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() && !f.Anonymous:
			continue
		case f.Anonymous && name == "":
			addMembers(f.Type, members, defs, required)
			continue
		case name == "":
			name = f.Name
		}
		members[name] = schemaOf(f.Type, defs)
		if !strings.Contains(options, "omit") {
			*required = append(*required, name)
		}
	}
}
