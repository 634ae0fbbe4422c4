package reportfile_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

func TestTheSchemaIsPublished(t *testing.T) {
	for _, kind := range story.ReportKinds() {
		name, text, err := reportfile.Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "../../../../../docs/"+name, text)
	}
}

func TestEveryReportIsAsTheSchemaSays(t *testing.T) {
	day := delivery.OnDay(date("2023-12-31"))
	for _, kind := range story.ReportKinds() {
		_, raw, err := reportfile.Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		var says map[string]any
		if err := json.Unmarshal(raw, &says); err != nil {
			t.Fatal(err)
		}
		for name, l := range map[string]*log{"the example": example(), "no measures": planOf(0), "one measure": planOf(1)} {
			for _, v := range []delivery.View{delivery.Known, delivery.Corrected} {
				d := json.NewDecoder(bytes.NewReader(l.writtenAs(t, kind, reportfile.JSON, day.As(v), domain.Bokmal)))
				d.UseNumber()
				var report any
				if err := d.Decode(&report); err != nil {
					t.Fatal(err)
				}
				for _, wrong := range against(says, says["$defs"].(map[string]any), report, "") {
					t.Errorf("%s of %s, %s: %s", kind, name, v, wrong)
				}
			}
		}
	}
}

// against is where a value is not as the schema says.
func against(says, defs map[string]any, v any, at string) (wrong []string) {
	if of, named := says["$ref"].(string); named {
		says = defs[strings.TrimPrefix(of, "#/$defs/")].(map[string]any)
	}
	kind := says["type"]
	switch v := v.(type) {
	case map[string]any:
		if kind == nil {
			return nil
		}
		members, _ := says["properties"].(map[string]any)
		required, _ := says["required"].([]any)
		for _, name := range required {
			if _, ok := v[name.(string)]; !ok {
				wrong = append(wrong, fmt.Sprintf("%s/%s is missing", at, name))
			}
		}
		for name, member := range v {
			of, ok := members[name].(map[string]any)
			if more, free := says["additionalProperties"].(map[string]any); !ok && free {
				of, ok = more, true
			}
			if !ok || kind != "object" {
				wrong = append(wrong, at+"/"+name+" is not in the schema")
				continue
			}
			wrong = append(wrong, against(of, defs, member, at+"/"+name)...)
		}
	case []any:
		items, ok := says["items"].(map[string]any)
		if !ok && kind != nil {
			return []string{at + " is a list"}
		}
		for i, item := range v {
			wrong = append(wrong, against(items, defs, item, fmt.Sprint(at, "/", i))...)
		}
	default:
		want := map[string]bool{"<nil>": v == nil, "string": isA[string](v), "boolean": isA[bool](v), "integer": isA[json.Number](v), "number": isA[json.Number](v)}
		if !want[fmt.Sprint(kind)] && kind != nil {
			wrong = append(wrong, fmt.Sprintf("%s is %v and not a %v", at, v, kind))
		}
	}
	return wrong
}

func isA[T any](v any) bool {
	_, ok := v.(T)
	return ok
}
