package app_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// Every row of the seed can be put in force as it was read.
func TestWhatIsAcceptedIsPutInForce(t *testing.T) {
	content, err := os.ReadFile("../planfile/testdata/handlingsplan-2022-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	file, err := planfile.Read("plan.txt", bytes.NewReader(content), planfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	draft, err := plantable.Parse(file.Document)
	if err != nil {
		t.Fatal(err)
	}
	a := open(t, t.TempDir())
	defer closeApp(t, a)
	r := fill(t, a, 1)
	receipt := mustDo(t, r, ask(commandID(5), intake.Importing(file, draft, []planview.Actor{{ID: "radet", Name: "Rådet"}}, plan.Decision{})))
	if got, want := int(receipt.Last-receipt.First)+1, 2+38+42; got != want {
		t.Errorf("it is %d events, want %d", got, want)
	}
}
