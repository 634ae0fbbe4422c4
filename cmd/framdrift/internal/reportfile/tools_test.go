//go:build report

package reportfile_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// What other programs make of our files. They must be installed: chromium,
// poppler-utils and libreoffice.

// file writes a report to a directory and gives its name.
func file(t *testing.T, f reportfile.Format, l domain.Language) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "rapport."+string(f))
	if err := os.WriteFile(name, written(t, f, example().until(t, delivery.OnDay(date("2023-12-31"))), l), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// output is what a program says on stdout.
func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), name, args...).Output()
	if err != nil {
		t.Fatalf("%s %v: %v", name, args, err)
	}
	return string(out)
}

// inOrder fails where a text does not hold the others one after the other.
func inOrder(t *testing.T, text string, want ...string) {
	t.Helper()
	for _, s := range want {
		_, after, ok := strings.Cut(text, s)
		if !ok {
			t.Fatalf("no %q where it should be", s)
		}
		text = after
	}
}

var chapters = []string{
	"Sluttrapport for Fosenregionen", "\nMål\n", "\nResultater\n", "\nDette har regionen oppnådd\n", "\nRåd for samarbeid\n",
	"váldá áiggi", "\nFakta om regionen\n", "\nGjennomføringskraft\n", "\nTiltakene\n", "\nHva som var kjent når\n", "\nHendelsene\n",
}

func TestReportPDFIsTaggedAndReadInOrder(t *testing.T) {
	pdf := file(t, reportfile.PDF, domain.Bokmal)
	info := output(t, "pdfinfo", pdf)
	if !strings.Contains(info, "Tagged:          yes") || !strings.Contains(info, "Sluttrapport for Fosenregionen") || !strings.Contains(info, "A4") {
		t.Error(info)
	}
	inOrder(t, "\n"+output(t, "pdftotext", pdf, "-"), chapters...)
	structure, err := exec.CommandContext(t.Context(), "pdfinfo", "-struct-text", pdf).CombinedOutput()
	if err != nil || strings.Contains(string(structure), "Error") { // such as a tag that PDF 1.4 has not
		t.Errorf("%v: %.300s", err, structure)
	}
	inOrder(t, string(structure), "Document", " H1 ", "Sluttrapport for Fosenregionen", " Table ", " TH", " H2 ", "Mål", " L ", " LI", " Figure", "Hendelsene")
	raw := output(t, "cat", pdf)
	for what, want := range map[string]string{"language": "/Lang (nb)", "outline": "/Outlines", "text of the chart": "/Alt "} {
		if !strings.Contains(raw, want) {
			t.Errorf("the PDF has no %s", what)
		}
	}
}

func TestReportOfTheSamePageIsTheSamePDF(t *testing.T) {
	one, two := output(t, "cat", file(t, reportfile.PDF, domain.English)), output(t, "cat", file(t, reportfile.PDF, domain.English))
	if one != two {
		t.Error("printed twice, it is two files")
	}
}

func TestReportLibreOfficeOpensTheWorkbook(t *testing.T) {
	converted(t, file(t, reportfile.Excel, domain.Bokmal), "Sluttrapport for Fosenregionen", "som alle kommunene står bak", "Utrede felles innkjøp")
}

func TestReportLibreOfficeOpensTheWordFile(t *testing.T) {
	converted(t, file(t, reportfile.Word, domain.Bokmal), chapters[0], "váldá áiggi", "Fakta om regionen", "Utrede felles innkjøp", "Hendelsene")
}

// converted is the text of the file as LibreOffice prints it.
func converted(t *testing.T, name string, want ...string) {
	t.Helper()
	dir := t.TempDir()
	output(t, "soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "pdf", "--outdir", dir, name)
	inOrder(t, output(t, "pdftotext", filepath.Join(dir, "rapport.pdf"), "-"), want...)
}

func TestReportLibreOfficeOpensAWordFileLikeATemplate(t *testing.T) {
	name := filepath.Join(t.TempDir(), "rapport.docx")
	if err := os.WriteFile(name, like(t, sayingIn(t, reportfile.Word, "Malen"), "váldá áiggi 🚀"), 0o600); err != nil {
		t.Fatal(err)
	}
	converted(t, name, chapters[0], "váldá áiggi", "Hendelsene")
}
