package intake_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// importing is what a person accepts who reads the text as a plan.
func importing(t testing.TB, text string, register []planview.Actor, decided plan.Decision) plan.Import {
	t.Helper()
	file, err := planfile.Read("plan.txt", strings.NewReader(text), planfile.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	draft, err := plantable.Parse(file.Document)
	if err != nil {
		t.Fatal(err)
	}
	return intake.Importing(file, draft, register, decided)
}

func seed(t testing.TB) string {
	t.Helper()
	b, err := os.ReadFile("../planfile/testdata/handlingsplan-2022-2024.txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

const head = "HANDLINGSPLAN Namdalen 2025-2028\n\nINNSATS\tHANDLINGSPLAN\tTILTAK\tANSVAR\tSAMARBEIDSPARTNERE\n"

func TestTheSeedBecomesTheWholePlan(t *testing.T) {
	c := importing(t, seed(t), nil, plan.Decision{})
	count := map[plan.Kind]int{}
	for _, m := range c.Measures {
		count[m.Measure.Kind]++
	}
	if want := (map[plan.Kind]int{plan.OneOff: 25, plan.Ongoing: 1, plan.Arrangement: 12}); !cmp.Equal(count, want) {
		t.Errorf("its measures are %v, want %v", count, want)
	}
	if c.Plan.Plan != "handlingsplan-2022-2024" || len(c.Plan.Strategies) != 3 || c.Plan.Strategies[2].ID != "s3" {
		t.Errorf("the plan is %+v", c.Plan)
	}
	if d := c.Plan.Decision; d.Case != "RS 03/22" || d.Date != domain.MustDate("2022-06-10") {
		t.Errorf("its decision is %+v", d)
	}
	if len(c.File.Warnings) != 17 || c.File.SHA256 == "" || len(c.File.Rejected) == 0 {
		t.Errorf("of the file is kept %d warnings, %q, %v", len(c.File.Warnings), c.File.SHA256, c.File.Rejected)
	}
	i := slices.IndexFunc(c.Measures, func(r plan.Row) bool { return r.ID == "t05" })
	want := plan.MeasureAdopted{
		Kind: plan.OneOff, Strategy: "s1", FocusArea: "Arbeidskraft og kompetanse", Initiative: c.Measures[i].Measure.Initiative, Text: c.Measures[i].Measure.Text,
		Owners: []domain.ActorID{"radmannsforum"}, Partners: []domain.ActorID{"trondelag-fylkeskommune", "afjord-utvikling-as", "omstillingsprogrammene-i-fosenregionen"},
		Source: &plan.Place{Place: "26", Raw: c.Measures[i].Measure.Source.Raw},
	}
	if diff := cmp.Diff(want, c.Measures[i].Measure, cmp.Comparer(func(a, b domain.Date) bool { return a == b })); diff != "" {
		t.Errorf("t05:\n%s", diff)
	}
}

func TestEveryNameOfTheSeedIsRegisteredOnceAndUsed(t *testing.T) {
	c := importing(t, seed(t), nil, plan.Decision{})
	registered := map[domain.ActorID]bool{}
	names := map[string]bool{}
	for _, a := range c.Actors {
		if registered[a.Actor] || names[a.Name] {
			t.Errorf("%s «%s» is registered twice", a.Actor, a.Name)
		}
		registered[a.Actor], names[a.Name] = true, true
	}
	used := map[domain.ActorID]bool{}
	for _, m := range c.Measures {
		for _, id := range append(slices.Clone(m.Measure.Owners), m.Measure.Partners...) {
			used[id] = true
			if !registered[id] {
				t.Errorf("%s names %s, which is not registered", m.ID, id)
			}
		}
	}
	if len(used) != len(registered) {
		t.Errorf("%d are registered and %d are named", len(registered), len(used))
	}
}

func TestARegisteredNameKeepsItsID(t *testing.T) {
	text := head + "Næring\tHavn\tKartlegge behov\tRådet\tNVE\nNæring\tHavn\tSøke om midler\tRådet\tNVE\n"
	register := []planview.Actor{{ID: "raad-1", Name: "Rådet"}}
	c := importing(t, text, register, plan.Decision{})
	if len(c.Actors) != 1 || c.Actors[0].Name != "NVE" {
		t.Errorf("registered are %+v", c.Actors)
	}
	for _, m := range c.Measures {
		if !slices.Equal(m.Measure.Owners, []domain.ActorID{"raad-1"}) || !slices.Equal(m.Measure.Partners, []domain.ActorID{"nve"}) {
			t.Errorf("%s has %v and %v", m.ID, m.Measure.Owners, m.Measure.Partners)
		}
	}
}

func TestNamesThatShareASlugGetAnIDEach(t *testing.T) {
	text := head + "Næring\tHavn\tKartlegge\tRådet\tHavn-AS\nNæring\tVei\tBygge\tRådet\tHavn AS\n"
	register := []planview.Actor{{ID: "radet", Name: "Et annet råd"}}
	c := importing(t, text, register, plan.Decision{})
	ids := map[string]domain.ActorID{}
	for _, a := range c.Actors {
		ids[a.Name] = a.Actor
	}
	if want := (map[string]domain.ActorID{"Rådet": "radet-2", "Havn-AS": "havn-as", "Havn AS": "havn-as-2"}); !cmp.Equal(ids, want) {
		t.Errorf("the ids are %v, want %v", ids, want)
	}
}

func TestAPlanWithoutStrategiesHasOneWithItsOwnTitle(t *testing.T) {
	c := importing(t, head+"Næring\tHavn\tKartlegge behov\tRådet\tNVE\n", nil, plan.Decision{})
	if len(c.Plan.Strategies) != 1 || c.Plan.Strategies[0] != (plan.Strategy{ID: "s1", Title: c.Plan.Title}) {
		t.Errorf("its strategies are %+v", c.Plan.Strategies)
	}
	if c.Measures[0].Measure.Strategy != "s1" {
		t.Errorf("its measure is of %q", c.Measures[0].Measure.Strategy)
	}
}

func TestADecisionGivenReplacesOnlyWhatItSays(t *testing.T) {
	given := plan.Decision{Body: "Regionrådet", URL: "https://innsyn.example/12"}
	d := importing(t, seed(t), nil, given).Plan.Decision
	want := plan.Decision{Body: "Regionrådet", Case: "RS 03/22", Date: domain.MustDate("2022-06-10"), URL: given.URL}
	if d != want {
		t.Errorf("the decision is %+v, want %+v", d, want)
	}
}

func TestAPlanIsNamedByItsYears(t *testing.T) {
	day := domain.MustDate
	for want, years := range map[domain.PlanID][2]domain.Date{
		"handlingsplan-2022-2024": {day("2022-01-01"), day("2024-12-31")},
		"handlingsplan-2025":      {day("2025-01-01"), day("2025-12-31")},
		"handlingsplan":           {},
	} {
		p := plantable.Plan{}
		p.Period.From, p.Period.To = years[0], years[1]
		if got := intake.PlanID(p); got != want {
			t.Errorf("%v is named %s, want %s", years, got, want)
		}
	}
}

// guesses is what is proposed for each name in the seed, and for names that
// stand in no plan we have seen. It is a proposal for a person to look at:
// Trøndelag reiseliv is a company, whatever its name sounds like.
var guesses = map[actors.Kind]map[actors.Sector]string{
	actors.Body: {
		actors.Public:    "Rådet; Rådmannsforum; Kompetanseforum; Politiråd; Barneverntjenesten; Kultur og fritid; Formannskapet; Kommunestyret; Ungdomsrådet",
		actors.Voluntary: "Frivilligsentralen",
	},
	actors.Person: {actors.Public: "Utviklingsleder; Prosjektleder kompetanse; Kommunedirektør; Næringssjef"},
	actors.Municipality: {
		actors.Public: "Trondheim kommune; Indre Fosen kommune",
	},
	actors.Organisation: {
		actors.Public:    "NVE; Trøndelag fylkeskommune; Politiet; Roret KF; Helse Midt; Fosen renovasjon IKS; Åfjord videregående skole",
		actors.Business:  "Åfjord Utvikling AS; Fosenbrua AS; Maritime Robotics; KulturCompagniet; Trøndersk mat og drikke; Mowi ASA; European region of gastronomy; Fosna- Folket",
		actors.Knowledge: "NTNU; NTNU Videre; Nord Universitet",
	},
	actors.Collective: {
		actors.Public:    "Kommunene; Politiske partier; Vannverk; Skolestedene i Fosenregionen; Kulturavdelingene i kommunene; Omstillingsprogrammene i Fosenregionen; kulturskolene",
		actors.Knowledge: "Trøndelag høyere fagskole",
		actors.Business:  "Privat næringsliv; Arbeids- og næringsliv; Nettselskaper; Reiselivsaktører i Fosenregionen; Bedriftene; Regionalt næringsliv; Alle aktører i kompetanseforum; Trøndelag reiseliv",
		actors.Voluntary: "Frivilligheten; Pendlerforeningene; Frivillighet og kulturliv i Fosen; Lag og foreninger",
	},
}

func TestKindAndSectorAreProposedByTheName(t *testing.T) {
	listed := map[string]actors.Register{}
	for _, a := range importing(t, seed(t), nil, plan.Decision{}).Actors {
		listed[a.Name] = a
	}
	for kind, sectors := range guesses {
		for sector, list := range sectors {
			for name := range strings.SplitSeq(list, "; ") {
				got, ok := listed[name]
				if !ok {
					got.Kind, got.Sector = actors.Guess(name, kind == actors.Body || kind == actors.Person)
				}
				if delete(listed, name); got.Kind != kind || got.Sector != sector {
					t.Errorf("%s is proposed as %s, %s, want %s, %s", name, got.Kind, got.Sector, kind, sector)
				}
			}
		}
	}
	for name := range listed {
		t.Errorf("%s stands in the seed, and nobody has said what it is", name)
	}
}
