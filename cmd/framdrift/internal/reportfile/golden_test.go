package reportfile_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

var update = flag.Bool("update", false, "write the golden files")

func written(t testing.TB, f reportfile.Format, r finalreport.Report, l domain.Language) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := reportfile.Write(t.Context(), &b, f, r, l); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is not what was written; run with -update and read the difference", path)
	}
}

func TestTheReportInThreeLanguages(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	for _, l := range domain.Languages() {
		golden(t, "sluttrapport."+string(l)+".md", written(t, reportfile.Markdown, r, l))
	}
	golden(t, "sluttrapport.json", written(t, reportfile.JSON, r, domain.Bokmal))
}

func TestTheCorrectedReport(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-08-31")).As(delivery.Corrected))
	golden(t, "korrigert.nb.md", written(t, reportfile.Markdown, r, domain.Bokmal))
}

func TestTheSameReportIsTheSameBytes(t *testing.T) {
	for _, f := range reportfile.Formats() {
		if f == reportfile.PDF { // has the time of printing in it, and needs a browser
			continue
		}
		one := written(t, f, example().until(t, delivery.OnDay(date("2023-12-31"))), domain.Bokmal)
		two := written(t, f, example().until(t, delivery.OnDay(date("2023-12-31"))), domain.Bokmal)
		if !bytes.Equal(one, two) {
			t.Errorf("%s: two reports of the same log differ", f)
		}
	}
}
