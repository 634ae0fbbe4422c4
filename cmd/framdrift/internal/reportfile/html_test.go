package reportfile_test

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// dom is what a browser makes of the file.
func dom(t testing.TB, file []byte) *html.Node {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// skeleton is every element and the attributes that do something, without the
// text: what hostile text must not change.
func skeleton(root *html.Node) string {
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || leadsOut(n) {
			continue
		}
		b.WriteString(n.Data)
		for _, a := range n.Attr {
			switch {
			case a.Key == "class" && a.Val == "long": // follows the text
			case a.Key == "id" || a.Key == "class" || a.Key == "href" && strings.HasPrefix(a.Val, "#"):
				fmt.Fprintf(&b, " %s=%s", a.Key, a.Val)
			default:
				fmt.Fprintf(&b, " %s", a.Key)
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// leadsOut reports whether it is a link to another site: there may be one
// where the text is an address.
func leadsOut(n *html.Node) bool {
	return n.Data == "a" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "rel" })
}

func TestOnlyAnAddressOfASiteIsALink(t *testing.T) {
	for s, want := range map[string]int{"https://fosenregionen.no/a?b=1&c": 1, "http://x": 1, "javascript:alert(1)": 0, "#e1": 0, "data:text/html,x": 0, "//x": 0} {
		got := 0
		for n := range dom(t, sayingIn(t, reportfile.HTML, s)).Descendants() {
			if leadsOut(n) {
				got++
			}
		}
		if got != want {
			t.Errorf("%q is %d links", s, got)
		}
	}
}

func TestNothingAnybodyWroteBecomesAnElement(t *testing.T) {
	want := skeleton(dom(t, sayingIn(t, reportfile.HTML, "x")))
	more := []string{
		`"><script>alert(1)</script>`, `' onmouseover='alert(1)`, "</main></html>", "</style><script>", "<svg onload=alert(1)>", "&lt;b&gt;", "]]>", "<!--",
		"čáhppes 🧑‍🤝‍🧑 ŋuorra", strings.Repeat("langtord", 120), "\u202eigjen\u202c", "a\x00b", "bad\xff",
	}
	for _, s := range append(more, hostile...) {
		if got := skeleton(dom(t, sayingIn(t, reportfile.HTML, s))); got != want {
			t.Errorf("%q gives the page another shape", s)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(more, hostile...)), 1, 4).Draw(r, "text"), "")
		if got := skeleton(dom(t, sayingIn(t, reportfile.HTML, s))); got != want {
			r.Fatalf("%q gives the page another shape", s)
		}
	})
}

func TestWhatWasWrittenIsReadAsItWas(t *testing.T) {
	const said = `Buorre <beaivi> & 🚀 "hei"`
	var text strings.Builder
	for n := range dom(t, sayingIn(t, reportfile.HTML, said)).Descendants() {
		if n.Type == html.TextNode {
			text.WriteString(n.Data)
		}
	}
	if n := strings.Count(text.String(), said); n < 20 {
		t.Errorf("it is read %d times", n)
	}
}

var anEvent = regexp.MustCompile(`(^|-)e[0-9]+$`)

var reference = regexp.MustCompile(`href="#([^"]+)"`)

// A figure's events are found in the file itself.
func TestEveryLinkLeadsSomewhereAndNothingIsFetched(t *testing.T) {
	for name, file := range pages(t) {
		ids := map[string]int{}
		for n := range dom(t, file).Descendants() {
			for _, a := range n.Attr {
				if a.Key == "id" {
					ids[a.Val]++
				}
				if a.Key == "src" || a.Key == "srcset" || n.Data == "script" || n.Data == "link" || strings.HasPrefix(a.Key, "on") {
					t.Errorf("%s: <%s %s> fetches or runs something", name, n.Data, a.Key)
				}
			}
		}
		for id, n := range ids {
			if n > 1 {
				t.Errorf("%s: %s is the id of %d elements", name, id, n)
			}
		}
		events := 0
		for _, m := range reference.FindAllSubmatch(file, -1) {
			if ids[string(m[1])] == 0 {
				t.Errorf("%s: nothing at #%s", name, m[1])
			}
			if anEvent.Match(m[1]) {
				events++
			}
		}
		if events == 0 && !strings.HasSuffix(name, " of no measures") {
			t.Errorf("%s: no figure leads to an event", name)
		}
		for _, word := range []string{"url(", "@import", "\x00"} {
			if bytes.Contains(file, []byte(word)) {
				t.Errorf("%s: there is %q in it", name, word)
			}
		}
	}
}

// Headings go down one level at a time, tables have a caption and headings,
// charts have a text.
func TestAPageIsReadByThoseWhoDoNotSeeIt(t *testing.T) {
	for name, file := range pages(t) {
		last, counts := 0, map[string]int{}
		for n := range dom(t, file).Descendants() {
			counts[n.Data]++
			if len(n.Data) == 2 && n.Data[0] == 'h' && '1' <= n.Data[1] && n.Data[1] <= '6' {
				level := int(n.Data[1] - '0')
				if level > last+1 {
					t.Errorf("%s: a heading of level %d comes after one of level %d", name, level, last)
				}
				last = level
			}
		}
		if counts["h1"] != 1 || counts["main"] != 1 || counts["table"] != counts["caption"] || counts["table"] != counts["thead"] || counts["svg"] != counts["figcaption"] {
			t.Errorf("%s: %v", name, counts)
		}
	}
}

func TestErasedTextIsAMarkInAPageToo(t *testing.T) {
	r := example().until(t, delivery.OnDay(date("2023-12-31")))
	if n := bytes.Count(written(t, reportfile.HTML, r, domain.Nynorsk), []byte("[sletta]")); n != 2 {
		t.Errorf("the mark stands %d times, want 2", n)
	}
}

// pages are reports of all sizes.
func pages(t testing.TB) map[string][]byte {
	t.Helper()
	day := delivery.OnDay(date("2023-12-31"))
	all := map[string][]byte{
		"the example":    written(t, reportfile.HTML, example().until(t, day), domain.Bokmal),
		"in hindsight":   written(t, reportfile.HTML, example().until(t, day.As(delivery.Corrected)), domain.English),
		"no measures":    written(t, reportfile.HTML, planOf(0).until(t, day), domain.Nynorsk),
		"one measure":    written(t, reportfile.HTML, planOf(1).until(t, day), domain.Bokmal),
		"1 000 measures": written(t, reportfile.HTML, planOf(1000).until(t, day), domain.Bokmal),
	}
	for _, kind := range others {
		for size, l := range map[string]*log{"the example": example(), "no measures": planOf(0), "one measure": planOf(1)} {
			all[string(kind)+" of "+size] = l.writtenAs(t, kind, reportfile.HTML, day, domain.Bokmal)
		}
	}
	return all
}

// planOf is an adopted plan of n measures, of which every other is under way.
func planOf(n int) *log {
	var l log
	l.register()
	l.on("2022-06-21", "", domain.About(domain.EntityPlan, thePlan), plan.Adopted{Plan: thePlan, Title: "Plan", Strategies: []plan.Strategy{{ID: "s1", Title: "Ett"}}})
	for i := range n {
		id := domain.MeasureID(fmt.Sprintf("t%03d", i+1))
		l.measure("2022-06-21", "", id, plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", FocusArea: "Vei", Text: "Tiltak", Partners: []domain.ActorID{"ntnu"}})
		if i%2 == 0 {
			l.deadline("2022-07-01", id, "", "2023-06-30", "1/22")
			l.measure("2022-07-02", "", id, plan.MeasureStarted{})
		}
	}
	return &l
}
