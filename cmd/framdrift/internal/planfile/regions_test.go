package planfile_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// golden compares a reading with the one that was checked by hand.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata/regions", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(readFile(t, path)), got); diff != "" {
		t.Errorf("the reading has changed; see it with -update and git diff\n%s", diff)
	}
}

// A plan is read alike from whatever writes it, as far as the format can say
// the same.
func TestPlansOfOtherRegions(t *testing.T) {
	for _, p := range layouts(t) {
		for format, content := range map[string][]byte{"text": p.text(), "csv": p.csv(t)} {
			t.Run(p.name+"."+format, func(t *testing.T) { golden(t, p.name+"."+format, told(t, content)) })
		}
		for writer, content := range map[string][]byte{
			"docx": p.docx(t), "xlsx": p.xlsx(t),
			"libreoffice.docx": readFile(t, "testdata/regions/libreoffice/"+p.name+".docx"),
			"libreoffice.xlsx": readFile(t, "testdata/regions/libreoffice/"+p.name+".xlsx"),
		} {
			t.Run(p.name+"."+writer, func(t *testing.T) { golden(t, p.name, told(t, content)) })
		}
	}
}
