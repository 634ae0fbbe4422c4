package intake_test

import (
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/planview"
)

func registered(a actors.Register) actors.Registered {
	return actors.Registered{Name: a.Name, Kind: a.Kind, Sector: a.Sector}
}

// names looks a document up whose only partner is name.
func names(t *testing.T, name string, decided domain.Date, choices map[string]intake.Choice) (intake.Match, intake.Preview) {
	t.Helper()
	list := []planview.Actor{
		{ID: "radet", Name: "Rådet"},
		{ID: "tfk", Name: "Trøndelag fylkeskommune"},
		{ID: "utvikling", Name: "Åfjord Utvikling AS"},
		{ID: "folket", Name: "Fosna-Folket"},
		{ID: "rissa", Name: "Rissa kommune", MergedInto: "indre-fosen", MergedFrom: day("2018-01-01")},
		{ID: "indre-fosen", Name: "Indre Fosen kommune"},
		{ID: "forum", Name: "Kompetanseforum"},
		{ID: "nve", Name: "NVE"},
	}
	file, draft := read(t, head+"A\tB\tLage plan\tRådet\t"+name+"\n")
	p, err := intake.Look(file, draft, intake.Here{Register: list}, intake.Answers{
		Decision: plan.Decision{Case: "1/25", Date: decided}, Actors: choices,
	})
	if err != nil {
		t.Fatal(err)
	}
	return p.Names[len(p.Names)-1], p
}

func TestANameIsMatchedToTheRegister(t *testing.T) {
	for _, tt := range []struct {
		rule, name string
		decided    string
		actor      domain.ActorID
		how        intake.How
	}{
		{"as it is written", "Trøndelag fylkeskommune", "2025-01-01", "tfk", intake.Known},
		{"in other capitals", "TRØNDELAG FYLKESKOMMUNE", "2025-01-01", "tfk", intake.Variant},
		{"with a stroke in its form", "Åfjord Utvikling A/S", "2025-01-01", "utvikling", intake.Variant},
		{"with a space after its hyphen", "Fosna- Folket", "2025-01-01", "folket", intake.Variant},
		{"by who has taken its place", "Rissa kommune", "2025-01-01", "indre-fosen", intake.Successor},
		{"by itself, before anybody had", "Rissa kommune", "2016-01-01", "rissa", intake.Known},
		{"not because it is like it", "Kompetanseforumet", "2025-01-01", "kompetanseforumet", intake.New},
		{"not because a short one is like it", "NVK", "2025-01-01", "nvk", intake.New},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			m, p := names(t, tt.name, day(tt.decided), nil)
			if m.Actor != tt.actor || m.How != tt.how {
				t.Errorf("got %+v", m)
			}
			if registers := len(p.New()) > 0; registers != (tt.how == intake.New) {
				t.Errorf("it would register %+v", p.New())
			}
			if told := len(p.Notes) > 0; told != (tt.how == intake.Variant || tt.how == intake.Successor || m.Near != "") {
				t.Errorf("it notes %+v", p.Notes)
			}
		})
	}
}

func TestANewNameThatIsLikeAnotherIsAsked(t *testing.T) {
	m, _ := names(t, "Kompetanseforumet", day("2025-01-01"), nil)
	if m.Near != "forum" {
		t.Fatalf("got %+v", m)
	}
	m, p := names(t, "Kompetanseforumet", day("2025-01-01"), map[string]intake.Choice{"Kompetanseforumet": {Actor: "forum"}})
	if m.Actor != "forum" || m.How != intake.Chosen || len(p.New()) != 0 {
		t.Errorf("got %+v and %+v", m, p.New())
	}
}

func TestWhatIsProposedForANewNameMayBeChosen(t *testing.T) {
	_, p := names(t, "Trøndelag reiseliv", day("2025-01-01"), map[string]intake.Choice{
		"Trøndelag reiseliv": {Kind: actors.Organisation, Sector: actors.Business},
	})
	if got := p.New()[0]; got.Kind != actors.Organisation || got.Sector != actors.Business {
		t.Errorf("got %+v", got)
	}
}

func TestAReadingThatIsTakenIsKeptWithTheImport(t *testing.T) {
	file, draft := read(t, head+"A\tB\tLage plan\tRådet\tFosna- Folket\n")
	which := -1
	for i, w := range draft.Warnings {
		if w.Suggestion != nil {
			which = i
		}
	}
	p, err := intake.Look(file, draft, intake.Here{}, intake.Answers{Readings: []int{which}})
	if err != nil {
		t.Fatal(err)
	}
	if f := p.Import.File; len(f.Accepted) != 1 || len(f.Rejected) != 0 || !strings.Contains(p.New()[1].Name, "Fosna-Folket") {
		t.Errorf("got %+v and %+v", f, p.New())
	}
}

func TestDeadlinesOfTheDocumentAreAdoptedWithIt(t *testing.T) {
	const columns = "HANDLINGSPLAN Namdalen 2025-2028\n\nINNSATS\tTILTAK\tANSVAR\tFRIST\n"
	file, draft := read(t, columns+"A\tB\tRådet\t2. halvår 2026\nA\tC\tRådet\tinnen sommeren 2026\nA\tD\tRådet\t2024\nA\tÅrlig E\tRådet\t2026\n")
	p, err := intake.Look(file, draft, intake.Here{}, intake.Answers{Decision: case1})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range p.Import.Measures {
		got = append(got, m.Deadline.String())
	}
	if strings.Join(got, " ") != "2026-12-31   " {
		t.Errorf("the deadlines are %q", got)
	}
	var codes []string
	for _, n := range p.Notes {
		codes = append(codes, n.Code)
	}
	if strings.Join(codes, " ") != "deadline.passed deadline.ongoing" {
		t.Errorf("it notes %v", codes)
	}
}
