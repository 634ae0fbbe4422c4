package reportfile_test

import (
	"bytes"
	"flag"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

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

func TestTheReport(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	golden(t, "sluttrapport.nb.html", written(t, reportfile.HTML, r, domain.Bokmal))
	golden(t, "sluttrapport.nb.md", written(t, reportfile.Markdown, r, domain.Bokmal))
	golden(t, "sluttrapport.json", written(t, reportfile.JSON, r, domain.Bokmal))
}

// In another language the report is the same, but for the words that are ours:
// those are what lies in testdata, each once.
func TestTheReportInOtherLanguages(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	page := written(t, reportfile.HTML, r, domain.Bokmal)
	shape, known := skeleton(dom(t, page)), map[string]bool{}
	for _, s := range said(dom(t, page)) {
		known[s] = true
	}
	for _, l := range []domain.Language{domain.Nynorsk, domain.English} {
		page := dom(t, written(t, reportfile.HTML, r, l))
		if got := skeleton(page); got != shape {
			t.Errorf("%s: the page has another shape", l)
		}
		var b bytes.Buffer
		seen := maps.Clone(known)
		for _, s := range said(page) {
			if !seen[s] {
				b.WriteString(s + "\n")
			}
			seen[s] = true
		}
		golden(t, "ord."+string(l)+".txt", b.Bytes())
	}
}

// said is every text of a page and every name that is only read out, in order,
// but for the log's own sentences in the appendix.
func said(root *html.Node) (all []string) {
	for n := range root.Descendants() {
		if n.Type == html.TextNode && strings.TrimSpace(n.Data) != "" && !slices.ContainsFunc(slices.Collect(n.Ancestors()), isEvent) {
			all = append(all, strings.Join(strings.Fields(n.Data), " "))
		}
		for _, a := range n.Attr {
			if a.Key == "aria-label" {
				all = append(all, a.Val)
			}
		}
	}
	return all
}

func isEvent(n *html.Node) bool {
	return n.Data == "tr" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "id" })
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
