package reportfile_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

func workbook(t testing.TB, file []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func cellOf(t testing.TB, f *excelize.File, sheet, cell string) string {
	t.Helper()
	raw, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func TestAWorkbookHasASheetForEachTableTyped(t *testing.T) {
	f := workbook(t, written(t, reportfile.Excel, example().until(t, delivery.OnDay(date("2023-12-31"))), domain.Bokmal))
	sheets := strings.Join(f.GetSheetList(), "|")
	for _, want := range []string{"Rapporten", "Fakta om regionen", "Planen i tall", "Utviklingen", "Rettelser", "Hendelsene"} {
		if !strings.Contains(sheets, want) {
			t.Errorf("no sheet %q in %s", want, sheets)
		}
	}
	if n := cellOf(t, f, "Planen i tall", "B2"); n != "4" {
		t.Errorf("the number of measures is %q", n)
	}
	if kind, err := f.GetCellType("Hendelsene", "B2"); err != nil || kind == excelize.CellTypeSharedString || cellOf(t, f, "Hendelsene", "B2") != "44732" {
		t.Errorf("20.06.2022 is %q of type %v (%v)", cellOf(t, f, "Hendelsene", "B2"), kind, err)
	}
	if cited := cellOf(t, f, "Planen i tall", "C2"); cited != "26, 27, 28, 30" {
		t.Errorf("the measures are of the events %q", cited)
	}
}

func TestNothingAnybodyWroteIsAFormula(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "a\x00b", "bad\xff", strings.Repeat("å", 9_000), strings.Repeat("🚀", 5000), "<b>", "]]>"} {
		f := workbook(t, sayingIn(t, reportfile.Excel, s))
		for _, sheet := range f.GetSheetList() {
			rows, err := f.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			for y, row := range rows {
				for x := range row {
					cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
					if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula != "" {
						t.Fatalf("%q: %s %s has the formula %q (%v)", s, sheet, cell, formula, err)
					}
				}
			}
		}
	}
}

func TestAWorkbookOfNoMeasuresAndOfAThousand(t *testing.T) {
	for n, want := range map[int]string{0: "0", 1: "1", 1000: "1000"} {
		f := workbook(t, written(t, reportfile.Excel, planOf(n).until(t, delivery.OnDay(date("2023-12-31"))), domain.Bokmal))
		if got := cellOf(t, f, "Planen i tall", "B2"); got != want {
			t.Errorf("%d measures are %q", n, got)
		}
	}
}
