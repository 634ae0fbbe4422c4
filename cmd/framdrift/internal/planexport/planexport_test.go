package planexport_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planexport"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

var formats = []planexport.Format{planexport.Excel, planexport.Word, planexport.CSV}

// parse reads a file of any format as a plan.
func parse(t testing.TB, content []byte, known ...string) (planfile.File, plantable.Draft) {
	t.Helper()
	f, err := planfile.Read("plan", bytes.NewReader(content), planfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := plantable.Parse(f.Document, known...)
	if err != nil {
		t.Fatal(err)
	}
	return f, d
}

// adopted is the plan that a text puts in force, and the names of its register.
func adopted(t testing.TB, text string) (planview.Plan, []string) {
	t.Helper()
	f, d := parse(t, []byte(text))
	c := intake.Importing(f, d, nil, plan.Decision{Body: "Representantskapet", Case: "RS 03/22", Date: domain.MustDate("2022-06-10")})
	return inForce(t, c)
}

func inForce(t testing.TB, c plan.Import) (planview.Plan, []string) {
	t.Helper()
	v := planview.New()
	n := domain.Position(0)
	apply := func(about domain.Subject, e domain.Event) {
		n++
		r := domain.Recorded{ID: domain.EventID(fmt.Sprint(n)), Position: n, Plan: c.Plan.Plan, Subject: about, Event: e, Effective: c.Plan.Decision.Date}
		if err := v.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	var names []string
	for _, a := range c.Actors {
		names = append(names, a.Name)
		apply(domain.About(domain.EntityActor, a.Actor), actors.Registered{Name: a.Name, Kind: a.Kind, Sector: a.Sector})
	}
	apply(domain.About(domain.EntityPlan, c.Plan.Plan), c.Plan)
	for _, m := range c.Measures {
		apply(domain.About(domain.EntityMeasure, m.ID), m.Measure)
		if !m.Deadline.IsZero() {
			apply(domain.About(domain.EntityMeasure, m.ID), plan.DeadlineAdopted{Deadline: m.Deadline, Decision: c.Plan.Decision})
		}
	}
	p, _ := v.Plan(c.Plan.Plan)
	return p, names
}

func write(t testing.TB, f planexport.Format, p planview.Plan, o planexport.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	o.Region, o.Made = "Fosenregionen", time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := planexport.Write(&b, f, p, o); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// rowsOf is what every format must give back.
func rowsOf(d plantable.Draft) []string {
	var rows []string
	for _, r := range d.Rows {
		names := func(all []plantable.Name) string {
			var texts []string
			for _, n := range all {
				texts = append(texts, n.Text)
			}
			return strings.Join(texts, "+")
		}
		rows = append(rows, fmt.Sprintf("%s|%s|%s|%s|%s|%s|%s|%s|%v", r.ID, r.Strategy, r.FocusArea, r.Initiative, r.Measure, names(r.Owners), names(r.Partners), r.Deadline.Date, r.Ongoing))
	}
	return rows
}

func content(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("../planfile/testdata/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestAnExportReadsBackAsTheSameRows(t *testing.T) {
	for _, name := range []string{"handlingsplan-2022-2024", "nynorsk", "annen-rekkefolge"} {
		p, names := adopted(t, content(t, name))
		_, original := parse(t, []byte(content(t, name)), names...)
		for _, f := range formats {
			for _, o := range []planexport.Options{{}, {Language: domain.Nynorsk, Status: true}, {Language: domain.English, OldExcel: true}} {
				t.Run(fmt.Sprint(name, f, o.Language), func(t *testing.T) {
					_, d := parse(t, write(t, f, p, o), names...)
					if diff := cmp.Diff(asAdopted(original), rowsOf(d)); diff != "" {
						t.Error(diff)
					}
					if d.Plan.Title.Text != p.Title || d.Plan.Period.From != p.From || d.Plan.Decision.Case != "RS 03/22" || d.Plan.Decision.Date != p.Decision.Date {
						t.Errorf("the document says %+v", d.Plan)
					}
				})
			}
		}
	}
}

// asAdopted is the rows with the deadlines that can be adopted: those of a
// single day, of measures that are not ongoing.
func asAdopted(d plantable.Draft) []string {
	for i := range d.Rows {
		r := &d.Rows[i]
		if r.Ongoing || r.Kind == plantable.Arrangement {
			r.Deadline.Date = domain.Date{}
		}
	}
	return rowsOf(d)
}

// The same plan exported and taken in again is no revision.
func TestAnExportTakenInAgainChangesNothing(t *testing.T) {
	p, names := adopted(t, content(t, "handlingsplan-2022-2024"))
	var register []planview.Actor
	for _, m := range p.Measures {
		for _, o := range m.Owners {
			register = append(register, planview.Actor{ID: o.ID, Name: o.Name})
		}
		for _, o := range m.Partners {
			register = append(register, planview.Actor{ID: o.ID, Name: o.Name})
		}
	}
	for _, f := range formats {
		file, d := parse(t, write(t, f, p, planexport.Options{}), names...)
		look, err := intake.Look(file, d, intake.Here{Register: register, Plan: &p}, intake.Answers{})
		if err != nil || look.Changes() || look.Difference.Count()[intake.Same] != 38 {
			t.Errorf("%s: %v, %+v", f, err, look.Difference.Count())
		}
	}
}

const hostile = `=HYPERLINK("http://x","y")`

// cells that a spreadsheet might run, or that mean something where they are written.
var cells = []string{hostile, "+1", "-1+1", "@SUM(A1)", "'", "'=1", "<b>&amp;</b>", "a;b", `"quoted"`, "﹦1", "＝1", "æøå – «sitat»"}

func TestNothingInAnExportIsAFormula(t *testing.T) {
	var b strings.Builder
	b.WriteString("HANDLINGSPLAN =2022-2024\n\nINNSATS\tHANDLINGSPLAN\tTILTAK\tANSVAR\tSAMARBEIDSPARTNERE\n")
	for i, c := range cells {
		fmt.Fprintf(&b, "%s\tPlan %d\t%s\tRådet\tNVE\n", c, i, c)
	}
	p, names := adopted(t, b.String())
	for _, f := range formats {
		t.Run(string(f), func(t *testing.T) {
			content := write(t, f, p, planexport.Options{})
			_, d := parse(t, content, names...)
			for i, r := range d.Rows {
				if r.Measure != cells[i] || r.FocusArea != cells[i] {
					t.Errorf("%q came back as %q and %q", cells[i], r.FocusArea, r.Measure)
				}
			}
			if f == planexport.CSV && strings.Contains(string(content), ";=") {
				t.Errorf("a cell begins as a formula:\n%s", content)
			}
			for _, part := range unpacked(t, f, content) {
				if strings.Contains(part, "<f>") || strings.Contains(part, "<f ") {
					t.Errorf("a formula in %s", part)
				}
			}
		})
	}
}

func TestCSVForAnOldExcelSaysItsSeparatorAndIsWindows1252(t *testing.T) {
	p, _ := adopted(t, content(t, "handlingsplan-2022-2024"))
	old, ordinary := write(t, planexport.CSV, p, planexport.Options{OldExcel: true}), write(t, planexport.CSV, p, planexport.Options{})
	if !bytes.HasPrefix(old, []byte("sep=;\r\n")) || !bytes.Contains(old, []byte("R\xe5det")) {
		t.Errorf("got %q", old[:40])
	}
	if !bytes.HasPrefix(ordinary, []byte("\xef\xbb\xbf")) || !bytes.Contains(ordinary, []byte("Rådet")) {
		t.Errorf("got %q", ordinary[:40])
	}
	p.Title = "Plan med ŋ 2022-2024"
	if odd := write(t, planexport.CSV, p, planexport.Options{OldExcel: true}); !bytes.HasPrefix(odd, []byte("\xef\xbb\xbf")) {
		t.Errorf("a letter that Windows-1252 lacks: %q", odd[:40])
	}
}

func TestStrategiesThatReadAsNoHeadingsAreAColumn(t *testing.T) {
	p, names := adopted(t, content(t, "handlingsplan-2022-2024"))
	p.Strategies[0].Title, p.Strategies[1].Title, p.Strategies[2].Title = "Vekst.", "vern", "Felles ting"
	for i := range p.Measures {
		for _, s := range p.Strategies {
			if p.Measures[i].Strategy.ID == s.ID {
				p.Measures[i].Strategy = s
			}
		}
	}
	for _, f := range formats {
		_, d := parse(t, write(t, f, p, planexport.Options{}), names...)
		if len(d.Rows) != 38 || d.Rows[0].Strategy != "Vekst." || d.Rows[37].Strategy != "Felles ting" {
			t.Errorf("%s: %d rows, %v", f, len(d.Rows), d.Plan.Strategies)
		}
	}
}

func TestTheFormatIsWhatTheEndingSays(t *testing.T) {
	for file, want := range map[string]planexport.Format{"a.xlsx": "xlsx", "b.DOCX": "docx", "c.csv": "csv"} {
		if got, err := planexport.FormatOf(file); got != want || err != nil {
			t.Errorf("%s: %s, %v", file, got, err)
		}
	}
	if _, err := planexport.FormatOf("plan.pdf"); domain.KindOf(err) != domain.Invalid {
		t.Errorf("got %v", err)
	}
}
