// Package docstest keeps the parts of docs that are made from the code like
// the code. A page has a section between two comments,
//
//	<!-- generated: rules -->
//	…
//	<!-- end: rules -->
//
// and a test that says what must stand there:
//
//	docstest.Section(t, "docs/rules.md", "rules", table)
//
// The test fails when the section says something else. With the flag -update
// it writes the section instead:
//
//	go test ./domain ./domain/region ./eventstore/codec ./cmd/framdrift/internal/metrics -run Docs -update
package docstest

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the generated sections of docs anew")

// Section compares a section of a page with what it must hold; with -update
// it writes it. The page is named from the root of the module.
func Section(t *testing.T, page, name, want string) {
	t.Helper()
	path := filepath.Join(Root(t), filepath.FromSlash(page))
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	begin, end := "<!-- generated: "+name+" -->\n", "<!-- end: "+name+" -->\n"
	before, rest, ok := strings.Cut(string(b), begin)
	has, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		t.Fatalf("%s has no section between %q and %q", page, begin, end)
	}
	want = "\n" + strings.Trim(want, "\n") + "\n\n"
	if has == want {
		return
	}
	if !*update {
		t.Fatalf("the section %s of %s is not what the code says. Run the test with -update and look at the difference.\n%s", name, page, firstDifference(has, want))
	}
	if err := os.WriteFile(path, []byte(before+begin+want+end+after), 0o600); err != nil { //nolint:gosec // a page of this repository, named by its test
		t.Fatal(err)
	}
}

// firstDifference shows the first line that is not the same.
func firstDifference(has, want string) string {
	h, w := strings.Split(has, "\n"), strings.Split(want, "\n")
	for i := range max(len(h), len(w)) {
		if a, b := lineOf(h, i), lineOf(w, i); a != b {
			return "it says  " + a + "\nthe code " + b
		}
	}
	return ""
}

func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}

// Table is a Markdown table; the first row is its heading.
func Table(rows ...[]string) string {
	var b strings.Builder
	for i, row := range rows {
		for _, cell := range row {
			b.WriteString("| " + strings.ReplaceAll(cell, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
		if i == 0 {
			b.WriteString(strings.Repeat("| --- ", len(row)) + "|\n")
		}
	}
	return b.String()
}

// Root is the directory of the module: the one above that has go.mod.
func Root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("no go.mod in any directory above")
		}
		dir = above
	}
}
