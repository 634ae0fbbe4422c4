//go:build office

package planfile_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// libreOffice opens files and saves them in a format, in one run.
func libreOffice(t *testing.T, format, into string, files ...string) {
	t.Helper()
	args := append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", format, "--outdir", into}, files...)
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
}

// LibreOffice opens the Word and Excel files of every layout and saves them
// in its own way, which is read alike. With -update what it saved is kept for
// the tests that run without it.
func TestOfficeWritesTheSamePlans(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	if *update {
		out = "testdata/regions/libreoffice"
	}
	files := map[string][]string{}
	for _, p := range layouts(t) {
		for format, content := range map[string][]byte{"docx": p.docx(t), "xlsx": p.xlsx(t)} {
			path := filepath.Join(in, p.name+"."+format)
			if err := os.WriteFile(path, content, 0o644); err != nil {
				t.Fatal(err)
			}
			files[format] = append(files[format], path)
		}
	}
	libreOffice(t, "docx:MS Word 2007 XML", out, files["docx"]...)
	libreOffice(t, "xlsx:Calc MS Excel 2007 XML", out, files["xlsx"]...)
	for _, p := range layouts(t) {
		for _, format := range []string{"docx", "xlsx"} {
			if got, want := told(t, readFile(t, filepath.Join(out, p.name+"."+format))), string(readFile(t, "testdata/regions/"+p.name+".golden")); got != want {
				t.Errorf("%s.%s: got\n%s\nwant\n%s", p.name, format, got, want)
			}
		}
	}
}
