package planfile_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

var update = flag.Bool("update", false, "write the golden readings anew; check them by hand afterwards")

func read(t *testing.T, content string) planfile.File {
	t.Helper()
	f, err := planfile.Read("plan.txt", strings.NewReader(content), planfile.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// The readings beside the plans were checked by hand, row by row.
func TestGoldenReadings(t *testing.T) {
	for name, language := range map[string]domain.Language{
		"handlingsplan-2022-2024": domain.Bokmal, "nynorsk": domain.Nynorsk, "annen-rekkefolge": domain.English,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join("testdata", name)
			d, err := plantable.Parse(read(t, string(readFile(t, path+".txt"))).Document)
			if err != nil {
				t.Fatal(err)
			}
			var got bytes.Buffer
			e := json.NewEncoder(&got)
			e.SetEscapeHTML(false)
			e.SetIndent("", "  ")
			if err := e.Encode(d.Outside(language)); err != nil {
				t.Fatal(err)
			}
			if *update {
				if err := os.WriteFile(path+".golden.json", got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := readFile(t, path+".golden.json"); !bytes.Equal(got.Bytes(), want) {
				t.Errorf("%s: the reading has changed; see it with -update and git diff\n%s", name, got.Bytes())
			}
		})
	}
}

func TestAFileKnowsItsNameFormatAndHash(t *testing.T) {
	content := "TILTAK\tANSVAR\nLage plan\tRådet\n"
	f := read(t, content)
	sum := sha256.Sum256([]byte(content))
	if f.Name != "plan.txt" || f.Format != planfile.Text || f.SHA256 != hex.EncodeToString(sum[:]) || f.Document.Name != "plan.txt" {
		t.Errorf("got %+v", f)
	}
}

func TestLines(t *testing.T) {
	for _, tt := range []struct{ rule, content, want string }{
		{"cells have tabs between them", "A\tB\nC\tD", "1:A|B 2:C|D"},
		{"lines end in any of the three ways", "A\tB\r\nC\rD\nE", "1:A|B 2:C 3:D 4:E"},
		{"a blank line is a break before the next", "A\tB\n\n \t \nC\tD\n", "1:A|B ^4:C|D"},
		{"a form feed is a break before what follows it", "A\tB\n\fC\tD\nE\fF", "1:A|B ^2:C|D 3:E ^3:F"},
		{"empty cells are kept inside and left out at the end", "\tA\t\tB\t\t\n", "1:|A||B"},
		{"a byte order mark is no text", "\ufeffA\tB", "1:A|B"},
		{"CSV has semicolons", "A;B\nC;D", "1:A|B 2:C|D"},
		{"CSV has commas", "A,B\r\n\r\nC,D", "1:A|B ^3:C|D"},
		{"a semicolon goes before the commas in its cells", "A, a, a;B\nC, c;D", "1:A, a, a|B 2:C, c|D"},
		{"a quoted cell may hold line breaks and separators", "A;\"B;\nb \"\"c\"\"\"\nC;D", "1:A|B;\nb \"c\" 3:C|D"},
		{"sep= says what parts the cells", "sep=,\nA;a,B", "2:A;a|B"},
		{"CSV may be Windows-1252", "R\xe5d;B\x96b", "1:Råd|B–b"},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			var got []string
			for _, l := range read(t, tt.content).Document.Lines {
				var cells []string
				for _, c := range l.Cells {
					cells = append(cells, c.Text)
				}
				mark := map[bool]string{true: "^"}[l.Break]
				got = append(got, mark+string(rune('0'+l.Number))+":"+strings.Join(cells, "|"))
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}

var small = planfile.Limits{Bytes: 1 << 10, Rows: 5, Cells: 6, CellChars: 20}

func TestRefusals(t *testing.T) {
	const table = "TILTAK\tANSVAR\nLage plan\tRådet\n"
	for _, tt := range []struct {
		name, content string
		rule          domain.Rule
		says          string
	}{
		{"empty", "", planfile.Empty, "plan.txt"},
		{"white space", " \n\t\r\n", planfile.Empty, "plan.txt"},
		{"nothing but a byte order mark", "\ufeff", planfile.Empty, "plan.txt"},
		{"PDF", "%PDF-1.7\n…", planfile.PDF, "PDF"},
		{"Word 97", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1…", planfile.OtherKind, "Word/Excel 97–2003"},
		{"a password", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1…E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", planfile.Password, "passord"},
		{"picture", "\x89PNG\r\n\x1a\n", planfile.Picture, "PNG"},
		{"a web page", "<!DOCTYPE html><table>", planfile.OtherKind, "HTML"},
		{"UTF-16 with a mark", "\xff\xfeA\x00\t\x00", planfile.UTF16, "UTF-16"},
		{"UTF-16 without one", "T\x00I\x00L\x00T\x00A\x00K\x00", planfile.UTF16, "UTF-16"},
		{"NUL", table + "Mer\x00\tRådet\n", planfile.NUL, "linje 3"},
		{"NUL after all kinds of line ends", "A\tB\r\nC\rD\n\x00", planfile.NUL, "linje 4"},
		{"tabs and Windows-1252", table + "Nytt\tR\xe5det\n", planfile.NotUTF8, "linje 3"},
		{"CSV that is neither UTF-8 nor Windows-1252", "TILTAK;ANSVAR\nNytt;R\xe5det Rå\n", planfile.NotUTF8, "linje 2"},
		{"text without a table", "Dette er en plan.\nUten tabell.\n", planfile.NoTable, "tabulator"},
		{"too large", strings.Repeat("A\tB\n", 1<<8+1), planfile.TooLarge, "1024 byte"},
		{"too many rows", strings.Repeat("A\tB\n\n", 6), planfile.TooManyRows, "linje 11"},
		{"too many rows of CSV", strings.Repeat("A;B\n\n", 6), planfile.TooManyRows, "linje 11"},
		{"too many cells of CSV", "A;B\nA" + strings.Repeat(";B", 6), planfile.TooManyCells, "linje 2"},
		{"a quotation that never ends", "A;B\n\"" + strings.Repeat("A;B\n", 20), planfile.CellTooLong, "linje 2"},
		{"too many cells", "A\tB\nA" + strings.Repeat("\tB", 6), planfile.TooManyCells, "linje 2"},
		{"too long a cell", table + "\t" + strings.Repeat("å", 20), planfile.CellTooLong, "linje 3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := planfile.Read("plan.txt", strings.NewReader(tt.content), small)
			if !tt.rule.Breaks(err) || domain.KindOf(err) != domain.Invalid {
				t.Fatalf("got %v, want %s", err, tt.rule.Code)
			}
			var e *domain.Error
			errors.As(err, &e)
			if !strings.Contains(e.Message.NB, tt.says) || strings.Contains(e.Message.NB+e.Message.NN+e.Message.EN, "%!") {
				t.Errorf("it says: %v", e.Message)
			}
		})
	}
}

func TestWhatIsWithinTheLimitsIsRead(t *testing.T) {
	content := strings.Repeat("A"+strings.Repeat("\tB", 5)+"\n\n", 4) + "C\t" + strings.Repeat("å", 19)
	if _, err := planfile.Read("plan.txt", strings.NewReader(content), small); err != nil {
		t.Error(err)
	}
}

func TestTheDefaultLimits(t *testing.T) {
	for name, content := range map[string]string{
		"planfile.too-large":      strings.Repeat(" ", 20<<20+1),
		"planfile.too-many-rows":  strings.Repeat("A\tB\n", 20_001),
		"planfile.cell-too-long":  "A\t" + strings.Repeat("å", 10_000),
		"planfile.too-many-cells": strings.Repeat("A\t", 100) + "B",
	} {
		_, err := planfile.Read("plan.txt", strings.NewReader(content), planfile.Limits{})
		var e *domain.Error
		if !errors.As(err, &e) || e.Code != name {
			t.Errorf("got %v, want %s", err, name)
		}
	}
}

func TestAReaderThatBreaksIsNotThePlansFault(t *testing.T) {
	_, err := planfile.Read("plan.txt", iotest.ErrReader(errors.New("the disk is gone")), planfile.Limits{})
	if err == nil || domain.KindOf(err) != domain.Failed || !strings.Contains(err.Error(), "the disk is gone") {
		t.Errorf("got %v", err)
	}
}
