package reportfile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

func TestTheFormatFollowsTheEnding(t *testing.T) {
	for name, want := range map[string]reportfile.Format{
		"sluttrapport.md": reportfile.Markdown, "a/b.c/RAPPORT.MD": reportfile.Markdown, "r.json": reportfile.JSON, "r.html": reportfile.HTML,
	} {
		if got, err := reportfile.FormatOf(name); err != nil || got != want {
			t.Errorf("%s: got %q, %v, want %q", name, got, err, want)
		}
	}
}

func TestAnyOtherEndingIsRefusedWithTheFormatsThereAre(t *testing.T) {
	_, unknown := reportfile.FormatOf("rapport.odt")
	_, none := reportfile.FormatOf("rapport")
	wrong := reportfile.Write(t.Context(), &bytes.Buffer{}, "odt", finalreport.Report{}, domain.Bokmal)
	for _, err := range []error{unknown, none, wrong} {
		var refused *domain.Error
		if !errors.As(err, &refused) || refused.Kind != domain.Invalid || refused.Code != "report.format" {
			t.Fatalf("got %v", err)
		}
		for _, l := range domain.Languages() {
			if said := refused.Message.In(l); !strings.Contains(said, ".html, .pdf, .docx, .xlsx, .md, .json") {
				t.Errorf("%s names no formats: %s", l, said)
			}
		}
	}
}

func TestJSONIsTheWholeReportAndReadsBack(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	raw := written(t, reportfile.JSON, r, domain.Nynorsk)
	var back finalreport.Report
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if again := written(t, reportfile.JSON, r, domain.Nynorsk); !bytes.Equal(raw, again) {
		t.Error("writing changed the report")
	}
	if got := back.Strategies[0].FocusAreas[0].Measures[1].Deliverables[0].Result; got != "[sletta]" {
		t.Errorf("the erased result came out as %q", got)
	}
	if !bytes.Contains(raw, []byte("<ikke svart>")) || bytes.Contains(raw, []byte("null")) {
		t.Error("HTML is escaped, or something is null")
	}
}

func TestErasedTextsHaveAMarkInEachLanguage(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	for l, mark := range map[domain.Language]string{
		domain.Bokmal: `\[slettet\]`, domain.Nynorsk: `\[sletta\]`, domain.English: `\[erased\]`,
	} {
		md := written(t, reportfile.Markdown, r, l)
		if n := bytes.Count(md, []byte(mark)); n != 2 || bytes.ContainsRune(md, 0) {
			t.Errorf("%s: %q stands %d times, want 2", l, mark, n)
		}
	}
}

func TestDemoStandsOnTheFirstPageOnlyOfADemo(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	for _, demo := range []bool{true, false} {
		r.Header.Region.Demo = demo
		first, _, _ := bytes.Cut(written(t, reportfile.Markdown, r, domain.Bokmal), []byte("\n## "))
		if got := bytes.Contains(first, []byte("**DEMO.**")); got != demo {
			t.Errorf("demo %v: the first page says %v", demo, got)
		}
	}
}

// Small plans: each is a log and a line that its report must have.
func TestSmallReports(t *testing.T) {
	adopt := func(l *log) {
		l.on("2023-01-10", "", domain.About(domain.EntityPlan, thePlan), plan.Adopted{
			Plan: thePlan, Title: "Liten plan", Strategies: []plan.Strategy{{ID: "s1", Title: "Ett"}},
		})
	}
	measure := func(l *log, k plan.Kind) {
		l.measure("2023-01-10", "", "t01", plan.MeasureAdopted{Kind: k, Strategy: "s1", Text: "Alene"})
	}
	for rule, c := range map[string]struct {
		log  func(l *log)
		want string
	}{
		"a plan without measures says so":                    {func(*log) {}, "Planen har ingen tiltak.\n"},
		"a strategy without measures says so":                {func(*log) {}, "### Ett\n\nIngen tiltak.\n"},
		"a region that has not described itself":             {func(*log) {}, "Regionen har ikke beskrevet seg selv.\n"},
		"no period closed, no course":                        {func(*log) {}, "Ingen rapporteringsperiode er lukket.\n"},
		"nothing to measure is not 0":                        {func(*log) {}, "### Forankring (K1) – ingen å måle på\n"},
		"one measure is ett tiltak":                          {func(l *log) { measure(l, plan.OneOff) }, "Planen har ett tiltak. Fullført: 0. I gang: 0. Ikke startet: 1.\n"},
		"a measure without a deadline says so":               {func(l *log) { measure(l, plan.OneOff) }, "- **Tilstand:** Vedtatt, ingen vedtatt frist\n"},
		"a measure without reports says so":                  {func(l *log) { measure(l, plan.OneOff) }, "- **Rapporter:** ingen levert\n"},
		"an ongoing measure without deliverables has a line": {func(l *log) { measure(l, plan.Ongoing) }, "| t01 Alene | vedtatt |  |  |  |  |  |\n"},
		"one day is in the singular": {func(l *log) {
			measure(l, plan.OneOff)
			l.deadline("2023-01-11", "t01", "", "2023-02-28", "S 1")
		}, "Vedtatt, 1 dag over fristen\n"},
		"one done on its day": {func(l *log) {
			measure(l, plan.OneOff)
			l.deadline("2023-01-11", "t01", "", "2023-02-28", "S 1")
			l.measure("2023-02-28", "", "t01", plan.MeasureCompleted{})
		}, "Fullført 28.02.2023, på fristdagen\n"},
		"nothing corrected": {func(*log) {}, "### Rettelser\n\nIngen.\n"},
	} {
		t.Run(rule, func(t *testing.T) {
			var l log
			adopt(&l)
			c.log(&l)
			md := written(t, reportfile.Markdown, l.until(t, delivery.OnDay(date("2023-03-01"))), domain.Bokmal)
			if !bytes.Contains(md, []byte(c.want)) {
				t.Errorf("no %q in\n%s", c.want, md)
			}
		})
	}
}
