package reportfile_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// writtenAs is a report of a kind of the log: a status report of the second
// tertial of 2023, a programme of the region and its twin.
func (l *log) writtenAs(t testing.TB, kind story.ReportKind, f reportfile.Format, at delivery.At, language domain.Language) []byte {
	t.Helper()
	var b bytes.Buffer
	var err error
	switch kind {
	case story.Final:
		err = reportfile.Write(t.Context(), &b, f, l.until(t, at), language)
	case story.PlanTable:
		err = reportfile.WritePlan(t.Context(), &b, f, l.until(t, at).PlanTable(), language)
	case story.Tertial:
		err = reportfile.WriteTertial(t.Context(), &b, f, l.tertial(t, at), language)
	case story.Programme:
		err = writeProgramme(t.Context(), &b, f, language, l.until(t, at), twin(l.until(t, at)))
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (l *log) tertial(t testing.TB, at delivery.At) finalreport.Tertial {
	t.Helper()
	p := finalreport.New()
	for _, r := range l.events {
		if err := p.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	r, err := p.Tertial(thePlan, date("2023-05-01"), date("2023-08-31"), at)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// twin is another region with the same plan.
func twin(r finalreport.Report) finalreport.Report {
	r.Header.Region.ID, r.Header.Region.Name = "namdal", "Namdalen <nord>"
	return r
}

// figures are the report's line in a programme.
func figures(r finalreport.Report) finalreport.RegionFigures {
	return finalreport.RegionFigures{
		Region: r.Header.Region, Plan: r.Header.Plan, AsOf: r.Header.AsOf, Definition: r.Header.Definition, Members: 4,
		Population: r.Facts.Population, Measures: r.Summary.Measures.Count, Completed: r.Summary.Completed.Count,
		Figures: r.Delivery.Whole.Figures(), Provenance: r.Provenance,
	}
}

func writeProgramme(ctx context.Context, w io.Writer, f reportfile.Format, l domain.Language, all ...finalreport.Report) error {
	p := finalreport.Programme{View: all[0].Header.View, Regions: []finalreport.RegionFigures{}}
	for _, r := range all {
		p.Add(figures(r))
	}
	p.Add(finalreport.RegionFigures{Region: finalreport.Region{ID: "tom", Name: "Uten plan"}})
	return reportfile.WriteProgramme(ctx, w, f, p, func(yield func(finalreport.Report, error) bool) {
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}, l)
}

var others = []story.ReportKind{story.Tertial, story.PlanTable, story.Programme}

func TestEachKindOfReportInBokmal(t *testing.T) {
	day := delivery.OnDay(date("2023-12-31"))
	for _, kind := range others {
		golden(t, string(kind)+".nb.md", example().writtenAs(t, kind, reportfile.Markdown, day, domain.Bokmal))
	}
}

func TestTheSameLogIsTheSameBytesOfEachKind(t *testing.T) {
	day := delivery.OnDay(date("2023-12-31"))
	for _, kind := range story.ReportKinds() {
		for _, f := range reportfile.Formats() {
			if f == reportfile.PDF { // a browser's; the page it is printed from is HTML
				continue
			}
			one, two := example().writtenAs(t, kind, f, day, domain.Nynorsk), example().writtenAs(t, kind, f, day, domain.Nynorsk)
			if !bytes.Equal(one, two) {
				t.Errorf("%s as %s: two reports of the same log differ", kind, f)
			}
		}
	}
}

func TestNothingIsLeftUnsaidInALanguage(t *testing.T) {
	for _, kind := range others {
		for _, l := range domain.Languages() {
			for _, v := range []delivery.View{delivery.Known, delivery.Corrected} {
				md := example().writtenAs(t, kind, reportfile.Markdown, delivery.OnDay(date("2023-12-31")).As(v), l)
				if i := bytes.Index(md, []byte("%!")); i >= 0 {
					t.Errorf("%s, %s, %s: %s", kind, l, v, md[i:min(len(md), i+80)])
				}
			}
		}
	}
}

func TestRegionsStandByIDWithTheirDenominators(t *testing.T) {
	md := string(example().writtenAs(t, story.Programme, reportfile.Markdown, delivery.OnDay(date("2023-12-31")), domain.Bokmal))
	for _, want := range []string{
		"| Uten plan | ingen vedtatt plan |  |  |  |  |  |\n", "summeres ikke", "\n## Namdalen \\<nord\\>\n", "\n### Råd for samarbeid\n",
	} {
		if !strings.Contains(md, want) {
			t.Errorf("no %q", want)
		}
	}
}

var errCut = errors.New("the log was cut")

func TestASectionThatCannotBeMadeEndsTheReport(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	p := finalreport.Programme{View: delivery.Known, Regions: []finalreport.RegionFigures{}}
	p.Add(figures(r))
	for _, f := range reportfile.Formats() {
		err := reportfile.WriteProgramme(t.Context(), io.Discard, f, p, func(yield func(finalreport.Report, error) bool) {
			yield(finalreport.Report{}, errCut)
		}, domain.Bokmal, reportfile.Unprinted)
		if !errors.Is(err, errCut) {
			t.Errorf("%s: %v", f, err)
		}
	}
}

func TestAReportThatNobodyWaitsForIsGivenUp(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	for _, f := range []reportfile.Format{reportfile.HTML, reportfile.Word, reportfile.Excel, reportfile.Markdown} {
		if err := reportfile.Write(ctx, io.Discard, f, r, domain.Bokmal); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", f, err)
		}
	}
}
