//go:build office

package planexport_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planexport"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// libreOffice opens files and saves them in a format, in one run.
func libreOffice(t *testing.T, format, into string, files ...string) {
	t.Helper()
	args := append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", format, "--outdir", into}, files...)
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
}

// everyPlan is the plans there are to export, by name, and the names of each.
func everyPlan(t *testing.T) (plans map[string]planview.Plan, known map[string][]string) {
	t.Helper()
	plans, known = map[string]planview.Plan{}, map[string][]string{}
	for _, name := range []string{"handlingsplan-2022-2024", "nynorsk", "annen-rekkefolge"} {
		plans[name], known[name] = adopted(t, content(t, name))
	}
	files, err := filepath.Glob("../planfile/testdata/regions/libreoffice/*.docx")
	if err != nil || len(files) < 6 {
		t.Fatalf("there are %d regions, %v", len(files), err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		f, d := parse(t, b)
		name := strings.TrimSuffix(filepath.Base(file), ".docx")
		plans[name], known[name] = inForce(t, intake.Importing(f, d, nil, plan.Decision{Body: "Rådet", Case: "1/22", Date: domain.MustDate("2022-01-01")}))
	}
	return plans, known
}

// written is every export of every plan as a file, by format.
func written(t *testing.T, plans map[string]planview.Plan, dir string) map[planexport.Format][]string {
	t.Helper()
	files := map[planexport.Format][]string{}
	for name, p := range plans {
		for _, f := range formats {
			path := filepath.Join(dir, name+"."+string(f))
			if err := os.WriteFile(path, write(t, f, p, planexport.Options{}), 0o644); err != nil {
				t.Fatal(err)
			}
			files[f] = append(files[f], path)
		}
	}
	return files
}

func TestOfficeOpensEveryExportAndPrintsIt(t *testing.T) {
	plans, _ := everyPlan(t)
	for f, files := range written(t, plans, t.TempDir()) {
		out := t.TempDir()
		libreOffice(t, "pdf", out, files...)
		for _, file := range files {
			pdf, err := os.ReadFile(filepath.Join(out, strings.TrimSuffix(filepath.Base(file), "."+string(f))+".pdf"))
			if err != nil || !bytes.HasPrefix(pdf, []byte("%PDF-")) || len(pdf) < 5000 {
				t.Errorf("%s: %d bytes of PDF, %v", filepath.Base(file), len(pdf), err)
			}
		}
	}
}

// What LibreOffice opens and saves again is the same plan.
func TestOfficeSavesTheSameRows(t *testing.T) {
	plans, known := everyPlan(t)
	files := written(t, plans, t.TempDir())
	for f, filter := range map[planexport.Format]string{planexport.Excel: "xlsx:Calc MS Excel 2007 XML", planexport.Word: "docx:MS Word 2007 XML"} {
		out := t.TempDir()
		libreOffice(t, filter, out, files[f]...)
		for name, p := range plans {
			t.Run(fmt.Sprint(name, ".", f), func(t *testing.T) {
				saved, err := os.ReadFile(filepath.Join(out, name+"."+string(f)))
				if err != nil {
					t.Fatal(err)
				}
				_, want := parse(t, write(t, f, p, planexport.Options{}), known[name]...)
				_, got := parse(t, saved, known[name]...)
				if diff := cmp.Diff(rowsOf(want), rowsOf(got)); diff != "" {
					t.Error(diff)
				}
			})
		}
	}
}

// Whatever a cell begins with, LibreOffice shows what stands in it.
func TestOfficeRunsNothing(t *testing.T) {
	var b strings.Builder
	b.WriteString("HANDLINGSPLAN 2022-2024\n\nINNSATS\tHANDLINGSPLAN\tTILTAK\tANSVAR\tSAMARBEIDSPARTNERE\n")
	for _, c := range []string{"=1+41", "+1+41", "-1+41", "@SUM(41;1)", "=41+1;x"} {
		fmt.Fprintf(&b, "A\tPlan\t%s\tRådet\tNVE\n", c)
	}
	p, _ := adopted(t, b.String())
	dir, out := t.TempDir(), t.TempDir()
	for _, f := range []planexport.Format{planexport.Excel, planexport.CSV} {
		path := filepath.Join(dir, string(f)+"."+string(f))
		if err := os.WriteFile(path, write(t, f, p, planexport.Options{}), 0o644); err != nil {
			t.Fatal(err)
		}
		args := "csv:Text - txt - csv (StarCalc):59,34,76"
		if f == planexport.CSV { // opened as Excel would: semicolons, UTF-8
			path = asExcelOpens(t, path, dir)
		}
		libreOffice(t, args, out, path)
		shown, err := os.ReadFile(filepath.Join(out, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"=1+41", "+1+41", "-1+41", "@SUM(41;1)", "=41+1;x"} {
			if !strings.Contains(string(shown), want) {
				t.Errorf("%s: %s is not shown as it stands in\n%s", f, want, shown)
			}
		}
	}
}

// asExcelOpens is a CSV opened with semicolons and saved as a workbook, so
// that what would have been a formula has become one.
func asExcelOpens(t *testing.T, path, dir string) string {
	t.Helper()
	out := filepath.Join(dir, "opened")
	args := []string{
		"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--infilter=Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false",
		"--convert-to", "xlsx", "--outdir", out, path,
	}
	if o, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, o)
	}
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(path), ".csv")+".xlsx")
}
