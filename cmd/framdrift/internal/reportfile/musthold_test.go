package reportfile_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/net/html"

	"github.com/xuri/excelize/v2"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// read is what somebody reads in a report, in whatever format: markup is gone,
// and runs of white space are one.
func read(t testing.TB, f reportfile.Format, file []byte) string {
	t.Helper()
	var b strings.Builder
	switch f {
	case reportfile.HTML, reportfile.PDF: // a PDF is that page
		for n := range dom(t, file).Descendants() {
			if n.Type == html.TextNode {
				b.WriteString(n.Data + " ")
			}
		}
	case reportfile.Word:
		_, text := parts(t, file)
		b.WriteString(text)
	case reportfile.Excel:
		w := workbook(t, file)
		for _, sheet := range w.GetSheetList() {
			rows, err := w.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				b.WriteString(strings.Join(row, " ") + " ")
			}
		}
	case reportfile.Markdown:
		var page bytes.Buffer
		if err := everything.Convert(file, &page); err != nil {
			t.Fatal(err)
		}
		return read(t, reportfile.HTML, page.Bytes())
	case reportfile.JSON:
		return flat(strings.NewReplacer(`\n`, " ", `\"`, `"`, `\\`, `\`).Replace(string(file)))
	}
	return flat(b.String())
}

// inEach is what is read of a report in each format.
func inEach(t testing.TB, r finalreport.Report) map[reportfile.Format]string {
	t.Helper()
	all := map[reportfile.Format]string{}
	for _, f := range reportfile.Formats() {
		var b bytes.Buffer
		if err := reportfile.Write(t.Context(), &b, f, r, domain.Bokmal, reportfile.Unprinted); err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		all[f] = read(t, f, b.Bytes())
	}
	return all
}

// saidBy is a plan of one measure that is called so, and done with that result.
func saidBy(s string) *log {
	l := planOf(0)
	l.measure("2022-06-21", "", "t01", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", FocusArea: "Vei", Initiative: s, Text: "Tiltak"})
	l.measure("2022-07-02", "", "t01", plan.MeasureStarted{})
	l.measure("2023-02-01", "", "t01", plan.MeasureCompleted{Result: domain.Text(s)})
	return l
}

func TestWhatPeopleWriteIsReadInEveryFormat(t *testing.T) {
	for name, s := range map[string]string{
		"Sámi":                 "Ovttas čuožžut – váldá áiggi, ŋuorra ja đuođđi",
		"emoji":                "Ferdig 🎉 av 🧑‍🤝‍🧑 og 🇳🇴",
		"a very long word":     strings.Repeat("samferdselsutbygging", 60),
		"markup":               `<b>Fosen</b> & "co" <script>alert('1')</script>`,
		"what XML cannot hold": "a ]]> b <![CDATA[ c",
		"from right to left":   "שלום Fosen",
	} {
		for f, text := range inEach(t, saidBy(s).until(t, delivery.OnDay(date("2023-12-31")))) {
			if n := strings.Count(text, s); n < 2 {
				t.Errorf("%s, %s: it is read %d times, as the name and as the result", f, name, n)
			}
		}
	}
}

func TestSmallAndLargePlansComeOutWholeInEveryFormat(t *testing.T) {
	for n, want := range map[int]string{0: "Planen har ingen tiltak.", 1: "Planen har ett tiltak.", 1000: "Planen har 1 000 tiltak."} {
		l := planOf(n)
		for f, text := range inEach(t, l.until(t, delivery.OnDay(date("2023-12-31")))) {
			if f != reportfile.JSON && !strings.Contains(text, want) {
				t.Errorf("%s: no %q", f, want)
			}
			last := fmt.Sprintf("t%03d", n)
			if n > 0 && !strings.Contains(text, last) {
				t.Errorf("%s of %d measures: %s is not there", f, n, last)
			}
		}
	}
}

// A measure that nobody has reported on, and that has no deadline, is told as
// that: nothing is made up, and nothing is left empty without a word.
func TestNoReportAndNoDeadlineAreSaid(t *testing.T) {
	l := planOf(0)
	l.measure("2022-06-21", "", "t01", plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", FocusArea: "Vei", Text: "Alene"})
	for f, text := range inEach(t, l.until(t, delivery.OnDay(date("2023-12-31")))) {
		if f == reportfile.JSON {
			continue
		}
		for _, want := range []string{"ingen vedtatt frist", "ingen levert"} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: no %q", f, want)
			}
		}
	}
}

// The text was there on the day, and is erased since: the report of that day
// has today's mark.
func TestAnErasedTextIsAMarkInEveryFormat(t *testing.T) {
	const secret = "Kari sluttet i juni"
	l := saidBy("Vei")
	for i := range l.events {
		if done, ok := l.events[i].Event.(plan.MeasureCompleted); ok {
			before := inEach(t, l.until(t, delivery.OnDay(date("2023-12-31"))))
			done.Result = secret
			l.events[i].Event = done
			for f, text := range inEach(t, l.until(t, delivery.OnDay(date("2023-12-31")))) {
				if !strings.Contains(text, secret) {
					t.Errorf("%s does not have the text before it is erased", f)
				}
			}
			done.Result = domain.Erased // as the log reads it, from then on and of every day before
			l.events[i].Event = done
			for f, text := range inEach(t, l.until(t, delivery.OnDay(date("2023-12-31")))) {
				if strings.Contains(text, secret) || !strings.Contains(text, "[slettet]") || strings.Contains(before[f], "[slettet]") {
					t.Errorf("%s: the text is there, or its mark is not", f)
				}
			}
		}
	}
}

// Excel holds 31 letters of a sheet's name, 32 767 of a cell and no two sheets
// of a name, and a file that has more is repaired by taking things away.
func TestAWorkbookKeepsWithinWhatExcelHolds(t *testing.T) {
	for _, s := range []string{strings.Repeat("navn ", 40), strings.Repeat("🚀", 17_000), "a/b\\c:d*e?f[g]'h", "History"} {
		w := workbook(t, sayingIn(t, reportfile.Excel, s))
		seen := map[string]bool{}
		for _, sheet := range w.GetSheetList() {
			if n := len(utf16.Encode([]rune(sheet))); n > excelize.MaxSheetNameLength || seen[strings.ToLower(sheet)] {
				t.Errorf("a sheet is called %q", sheet)
			}
			seen[strings.ToLower(sheet)] = true
			rows, err := w.GetRows(sheet)
			if err != nil || len(rows) > excelize.TotalRows {
				t.Fatal(len(rows), err)
			}
			for _, row := range rows {
				for _, cell := range row {
					if n := len(utf16.Encode([]rune(cell))); n > excelize.TotalCellChars {
						t.Errorf("%s has a cell of %d", sheet, n)
					}
				}
			}
		}
	}
}
