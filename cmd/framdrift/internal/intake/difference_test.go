package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

var (
	day   = domain.MustDate
	case1 = plan.Decision{Body: "Regionrådet", Case: "1/25", Date: day("2025-01-15")}
	case2 = plan.Decision{Case: "9/26", Date: day("2026-02-01")}
)

// read is a document as a file of text with tabs.
func read(t testing.TB, text string) (planfile.File, plantable.Draft) {
	t.Helper()
	file, err := planfile.Read("plan.txt", strings.NewReader(text), planfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	draft, err := plantable.Parse(file.Document)
	if err != nil {
		t.Fatal(err)
	}
	return file, draft
}

// inForce is the region after a command: its register and its plan.
func inForce(t testing.TB, commands ...plan.Import) intake.Here {
	t.Helper()
	v := planview.New()
	position := domain.Position(0)
	apply := func(p domain.PlanID, about domain.Subject, e domain.Event, on domain.Date) {
		position++
		id := domain.EventID(fmt.Sprintf("e%d", position))
		if err := v.Apply(domain.Recorded{ID: id, Position: position, Plan: p, Subject: about, Event: e, Effective: on}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range commands {
		for _, a := range c.Actors {
			apply("", domain.About(domain.EntityActor, a.Actor), registered(a), c.Plan.Decision.Date)
		}
		apply(c.Plan.Plan, domain.About(domain.EntityPlan, c.Plan.Plan), c.Plan, c.Plan.Decision.Date)
		for _, m := range c.Measures {
			apply(c.Plan.Plan, domain.About(domain.EntityMeasure, m.ID), m.Measure, c.Plan.Decision.Date)
			if !m.Deadline.IsZero() {
				apply(c.Plan.Plan, domain.About(domain.EntityMeasure, m.ID), plan.DeadlineAdopted{Deadline: m.Deadline, Decision: case1}, c.Plan.Decision.Date)
			}
		}
	}
	p, _ := v.Plan(commands[0].Plan.Plan)
	return intake.Here{Register: v.Actors(), Plan: &p, Today: day("2026-03-01")}
}

const before = "HANDLINGSPLAN Namdalen 2025-2028\n\nINNSATS\tHANDLINGSPLAN\tTILTAK\tANSVAR\tSAMARBEIDSPARTNERE\tFRIST\n" +
	"Strategi 1: Vekst\n" +
	"Næring\tHavn\tKartlegge behov for nye kaier\tRådet\tNVE\t2026\n" +
	"Næring\tHavn\tSøke om midler\tRådet\tNVE\t\n" +
	"Veg\tTunnel\tPlanlegge tunnel\tRådet\tNVE\t\n" +
	"Strategi 2: Vern\n" +
	"Natur\tElv\tRense elva\tRådet\tNVE\t\n"

// revised lays a changed document beside the plan that before put in force.
func revised(t testing.TB, answers intake.Answers, change ...string) intake.Preview {
	t.Helper()
	file, draft := read(t, before)
	here := inForce(t, intake.Importing(file, draft, nil, case1))
	file, draft = read(t, strings.NewReplacer(change...).Replace(before)+" ")
	p, err := intake.Look(file, draft, here, answers)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// told is a difference as tests write it: state, id and what would change.
func told(d *intake.Difference) string {
	var b strings.Builder
	for _, r := range d.Rows {
		fmt.Fprintf(&b, "%s %s", r.State, r.ID)
		for _, c := range r.Changes {
			fmt.Fprintf(&b, " %s:%s→%s", c.Field, c.Old, c.New)
		}
		if !r.Due.IsZero() {
			fmt.Fprintf(&b, " due %s", r.Due)
		}
		if r.Kept != (domain.Phrase{}) {
			b.WriteString(" kept")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestARevisedDocumentBesideThePlan(t *testing.T) {
	const same = "same t01\nsame t02\nsame t03\nsame t04\n"
	for _, tt := range []struct {
		rule   string
		change []string
		want   string
	}{
		{"the same rows are the same, whatever the file", []string{"", ""}, same},
		{"capitals and spaces in a heading are no change of strategy", []string{"Strategi 1: Vekst", "Strategi 1:  VEKST"}, same},
		{"a text that keeps most of its words is changed", []string{"Kartlegge behov for nye kaier", "Kartlegge behov for kaier"}, "changed t01 text:Kartlegge behov for nye kaier→Kartlegge behov for kaier\n" + same[9:]},
		{"owners and partners change by name, and their order is nothing", []string{"Søke om midler\tRådet\tNVE", "Søke om midler\tRådet/Leder\tNVE"}, "same t01\nchanged t02 owners:Rådet→Rådet, Leder\n" + same[18:]},
		{"another text is another measure", []string{"Rense elva", "Kjøpe båt"}, "same t01\nsame t02\nsame t03\nnew t05\ngone t04\n"},
		{
			"a row under another heading is moved",
			[]string{"Veg\tTunnel\tPlanlegge tunnel\tRådet\tNVE\t\n", "", "Natur\tElv\tRense elva\tRådet\tNVE\t\n", "Natur\tElv\tRense elva\tRådet\tNVE\t\nVeg\tTunnel\tPlanlegge tunnel\tRådet\tNVE\t\n"},
			"same t01\nsame t02\nsame t04\nmoved t03 strategy:Strategi 1: Vekst→Strategi 2: Vern\n",
		},
		{
			"a row further down is moved, and nothing is stored",
			[]string{"Næring\tHavn\tKartlegge behov for nye kaier\tRådet\tNVE\t2026\n", "", "Veg\tTunnel\tPlanlegge tunnel\tRådet\tNVE\t\n", "Veg\tTunnel\tPlanlegge tunnel\tRådet\tNVE\t\nNæring\tHavn\tKartlegge behov for nye kaier\tRådet\tNVE\t2026\n"},
			"same t02\nsame t03\nmoved t01\nsame t04\n",
		},
		{"a deadline is moved or set by the decision", []string{"\t2026\n", "\t2027\n", "Rense elva\tRådet\tNVE\t", "Rense elva\tRådet\tNVE\t30.6.2026"}, "changed t01 due 2027-12-31\nsame t02\nsame t03\nchanged t04 due 2026-06-30\n"},
		{"a deadline that has passed is not adopted now", []string{"\t2026\n", "\t28.2.2026\n"}, "changed t01 kept\n" + same[9:]},
		{"a measure is not made ongoing", []string{"Rense elva", "Rense elva årlig"}, "same t01\nsame t02\nsame t03\nchanged t04 text:Rense elva→Rense elva årlig kept\n"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			p := revised(t, intake.Answers{Decision: case2}, tt.change...)
			if got := told(p.Difference); got != tt.want {
				t.Errorf("got\n%swant\n%s", got, tt.want)
			}
		})
	}
}

func TestWhatIsOnlyMovedChangesNothing(t *testing.T) {
	if p := revised(t, intake.Answers{}, "", ""); p.Changes() {
		t.Error("the same document would change the plan")
	}
}

func TestARevisionNeedsADecisionThatThePlanHasNotHad(t *testing.T) {
	decided := "HANDLINGSPLAN Namdalen 2025-2028\nVedtatt av regionrådet 15.01.2025 i sak 1/25\n"
	change := []string{"HANDLINGSPLAN Namdalen 2025-2028\n", decided, "Rense elva", "Kjøpe båt"}
	if err := revised(t, intake.Answers{}, change...).Decided(); !intake.ErrNoDecision.Breaks(err) {
		t.Errorf("with the plan's own decision: %v", err)
	}
	p := revised(t, intake.Answers{Decision: case2}, change...)
	if err := p.Decided(); err != nil {
		t.Errorf("with another: %v", err)
	}
	if got := p.Import.Plan.Decision; got != case2 {
		t.Errorf("the decision given is mixed with the one the document carries: %+v", got)
	}
}

func TestARevisionIsTheCommandThatChangesWhatDiffers(t *testing.T) {
	p := revised(t, intake.Answers{Decision: case2}, "Rense elva", "Kjøpe båt", "Søke om midler\tRådet", "Søke om midler\tLeder", "\t2026\n", "\t2027\n")
	c, ok := p.Command().(plan.Revise)
	if !ok || c.Decision.Case != "9/26" || c.File.File != "plan.txt" || len(c.Actors) != 1 || c.Actors[0].Name != "Leder" {
		t.Fatalf("got %+v", c)
	}
	if fmt.Sprint(c.Amend) != "[{t02 owners leder}]" || fmt.Sprint(c.Withdraw) != "[t04]" || len(c.Adopt) != 1 || c.Adopt[0].ID != "t05" ||
		len(c.Deadlines) != 1 || c.Deadlines[0] != (plan.Due{Measure: "t01", Deadline: day("2027-12-31")}) {
		t.Errorf("got %+v", c)
	}
}

func TestAStrategyThatThePlanHasNotIsRefused(t *testing.T) {
	file, draft := read(t, before)
	here := inForce(t, intake.Importing(file, draft, nil, case1))
	file, draft = read(t, strings.Replace(before, "Strategi 2: Vern", "Strategi 3: Oppvekst og skole", 1))
	if _, err := intake.Look(file, draft, here, intake.Answers{}); domain.KindOf(err) != domain.Refused {
		t.Errorf("got %v", err)
	}
}
