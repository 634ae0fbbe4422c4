package bench

import (
	"reflect"
	"testing"
)

// zeros gives the fields that are zero, those of structs within too.
func zeros(v reflect.Value) (names []string) {
	for i := range v.NumField() {
		switch f := v.Field(i); {
		case f.Kind() == reflect.Struct:
			names = append(names, zeros(f)...)
		case f.IsZero():
			names = append(names, v.Type().Field(i).Name)
		}
	}
	return names
}

func TestEveryFigureOfACountryIsMeasured(t *testing.T) {
	dir, tiny := t.TempDir(), Scale{Regions: 4, Events: 2000, Seed: 1}
	last := 0
	step := func(done, of int) {
		if done != last+1 || done > of {
			t.Errorf("progress says %d of %d after %d", done, of, last)
		}
		last = done
	}
	made, err := RunCountry(t.Context(), dir, tiny, step)
	if err != nil {
		t.Fatal(err)
	}
	if left := zeros(reflect.ValueOf(made)); len(left) > 0 {
		t.Errorf("%v were not measured", left)
	}
	if made.Regions != tiny.Regions || made.Events < tiny.Events {
		t.Errorf("it has %d regions and %d events", made.Regions, made.Events)
	}
	last = 0
	again, err := RunCountry(t.Context(), dir, Scale{}, step)
	if err != nil {
		t.Fatal(err)
	}
	if again.MakeSeconds != 0 || again.Events < made.Events {
		t.Errorf("a country that is there was made anew: %d events, and %d before", again.Events, made.Events)
	}
}
