package bench

import (
	"os"
	"reflect"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestEveryFigureIsMeasuredAndNothingIsLeft(t *testing.T) {
	dir := t.TempDir()
	var told int
	r, err := Run(t.Context(), dir, 1, func(done, of int) {
		if told++; done != told || done > of {
			t.Errorf("progress says %d of %d at step %d", done, of, told)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		if v.Field(i).IsZero() {
			t.Errorf("%s was not measured", v.Type().Field(i).Name)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 0 {
		t.Errorf("it left %v (%v)", left, err)
	}
}
