package reportfile_test

import (
	"bytes"
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// everything that goldmark can read, so that nothing which some reader of
// Markdown gives a meaning slips by.
var everything = goldmark.New(goldmark.WithExtensions(
	extension.GFM, extension.Footnote, extension.DefinitionList,
))

func saying(t testing.TB, s string) []byte {
	t.Helper()
	return sayingIn(t, reportfile.Markdown, s)
}

// sayingIn is a report in which every text that a person may write is the same.
func sayingIn(t testing.TB, f reportfile.Format, s string) []byte {
	t.Helper()
	var l log
	words := domain.Text(s)
	by := plan.Decision{Body: s, Case: s, Date: date("2023-01-09"), URL: s}
	l.on("2023-01-10", "", domain.About(domain.EntityRegion, "fosen"), actors.RegionRegistered{Name: s, Form: s})
	l.on("2023-01-10", "", domain.About(domain.EntityRegion, "fosen"), actors.ProgrammeJoined{Name: s})
	l.actor("a", s, actors.Collective, actors.Public)
	l.on("2023-01-10", "", domain.About(domain.EntityPlan, thePlan), plan.Adopted{
		Plan: thePlan, Title: s, Decision: by, BasedOn: []plan.Source{{Title: s}}, Strategies: []plan.Strategy{{ID: "s1", Title: s}},
	})
	ongoing := plan.MeasureAdopted{
		Kind: plan.Ongoing, Strategy: "s1", FocusArea: s, Initiative: s, Text: s,
		Owners: []domain.ActorID{"a"}, Partners: []domain.ActorID{"a"},
	}
	arrangement := ongoing
	arrangement.Kind = plan.Arrangement
	l.measure("2023-01-10", "", "o01", arrangement)
	l.measure("2023-01-10", "", "t01", ongoing)
	l.measure("2023-01-11", "", "t01", plan.MeasureAssigned{Owner: "a"})
	l.measure("2023-01-11", "", "t01", plan.MeasureDeclined{Owner: "a", Why: words})
	l.measure("2023-01-11", "", "t01", plan.DeadlineAdopted{Deadline: date("2023-02-01"), Decision: by, Deliverable: s})
	l.measure("2023-01-11", "", "t01", plan.ContributionRecorded{Partner: "a", Text: words, Amount: &plan.Money{Value: 1, Currency: s}})
	l.measure("2023-01-11", "", "t01", plan.DeviationHandled{Text: words, Decision: by})
	l.measure("2023-01-11", "", "t01", reporting.Reported{Report: "r", Period: "T1", Status: reporting.Red, Text: words, Obstacles: words, Next: words})
	l.measure("2023-01-11", "", "t01", reporting.Returned{Report: "r", Why: words})
	l.measure("2023-01-12", "", "t01", plan.MeasureCompleted{Result: words, Deliverable: s})
	l.measure("2023-01-12", "", "t01", plan.MeasureReopened{Why: words, Deliverable: s})
	done := l.measure("2023-01-12", "2023-01-11", "t01", plan.MeasureCompleted{Result: words, Deliverable: s})
	for _, e := range []struct {
		entity string
		event  domain.Event
	}{
		{domain.EntityLead, story.LeadWritten{Text: words}},
		{domain.EntityGoal, story.GoalSet{Text: words}},
		{domain.EntityResult, story.ResultRecorded{Kind: story.Unplanned, Text: words}},
		{domain.EntityObstacle, story.ObstacleNoted{Text: words}},
		{domain.EntityAdvice, story.AdviceGiven{Text: words}},
		{domain.EntityContinuation, story.ContinuationPlanned{Text: words}},
		{domain.EntityExcerpt, story.ExcerptQuoted{Text: words, Source: s}},
		{domain.EntityDocument, story.DocumentLinked{Title: s, URL: s}},
		{domain.EntityTeam, story.TeamFormed{Name: s, Members: []domain.ActorID{"a"}, Text: words}},
	} {
		l.on("2023-01-13", "", domain.About(e.entity, "x"), e.event)
	}
	l.correct("2023-01-13", done, "result", s, s, words)
	return written(t, f, l.until(t, delivery.OnDay(date("2023-03-01"))), domain.Bokmal)
}

// shape is what the document is made of, apart from its text: every node, in
// order and at its depth. Paragraphs of a quote are as many as were written,
// so they are left out.
func shape(md []byte) string {
	var b strings.Builder
	depth := 0
	err := ast.Walk(everything.Parser().Parse(text.NewReader(md)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			depth--
			return ast.WalkContinue, nil
		}
		depth++
		switch {
		case n.Kind() == ast.KindText:
		case n.Kind() == ast.KindParagraph && n.Parent().Kind() == ast.KindBlockquote:
		default:
			fmt.Fprintln(&b, depth, n.Kind())
		}
		return ast.WalkContinue, nil
	})
	if err != nil {
		panic(err)
	}
	return b.String()
}

var plainShape = func() func(t testing.TB) string {
	var made string
	return func(t testing.TB) string {
		if made == "" {
			made = shape(saying(t, "x"))
		}
		return made
	}
}()

var hostile = []string{
	"a | b", `a \| b`, `\`, `\\`, "`code`", "``` x", "~~~ x", "~~struck~~", "*em* **strong** _em_ __strong__", "# heading", "## x ##",
	"> quote", "- item", "+ item", "* item", "1. one", "12) twelve", "- [ ] task", "[x] done", "---", "***", "___", "===", "--", ":-:", "|---|---|",
	"<script>alert(1)</script>", "<b>bold</b>", "<!-- comment -->", "<https://example.org>", "<a@example.org>", "&amp; &#35; &copy;",
	"[link](https://example.org)", "![image](x.png)", "[ref]: https://example.org", "[^1]", "[^1]: note", "https://example.org/a_b", "www.example.org", "WWW.example.org",
	"ftp://example.org", "mailto:a@example.org", "a@example.org", ": definition", "a\n: definition", "a\n===", "a\n---", "a\n\n    code", "\tcode", "{#id}", "# x {#id .c}",
	"a\n| - |", "a  \nb", "a\\\nb", "linje\r\nlinje\rlinje\u2028linje\u2029linje", "a\n\n\n\nb", "\u00a0- x", "Tab\there", "1\\. x", "$x$", "#", ">", "-", "1.", "+", "=",
}

func TestNothingAnybodyWroteBecomesMarkup(t *testing.T) {
	want := plainShape(t)
	for _, s := range hostile {
		t.Run(fmt.Sprintf("%q", s), func(t *testing.T) {
			md := saying(t, s)
			if got := shape(md); got != want {
				t.Errorf("the document has another shape:\n%s", md)
			}
			if title := titleOf(t, md); title != flat("Sluttrapport for "+s) {
				t.Errorf("the title reads %q", title)
			}
		})
	}
}

func TestNothingAnybodyCouldWriteBecomesMarkup(t *testing.T) {
	pieces := append([]string{" ", "\n", "\n\n", "a", "1", ".", ")", "(", "!", "[", "]", "<", ">", "|", "\\", "`", "*", "_", "~", "#", "-", "+", "=", ":", "/", "&", "@", "www.", "{", "}", "\"", "'"}, hostile...)
	rapid.Check(t, func(r *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 8).Draw(r, "text"), "")
		if strings.TrimSpace(s) == "" {
			s = "x"
		}
		md := saying(t, s)
		if shape(md) != plainShape(t) {
			r.Fatalf("%q gives the document another shape", s)
		}
		if title := titleOf(t, md); title != flat("Sluttrapport for "+s) {
			r.Fatalf("%q: the title reads %q", s, title)
		}
	})
}

var heading = regexp.MustCompile(`(?s)<h1[^>]*>(.*?)</h1>`)

// titleOf is the first heading as a reader sees it.
func titleOf(t testing.TB, md []byte) string {
	t.Helper()
	var b bytes.Buffer
	if err := everything.Convert(md, &b); err != nil {
		t.Fatal(err)
	}
	m := heading.FindSubmatch(b.Bytes())
	if m == nil {
		t.Fatalf("no title in\n%s", md)
	}
	return flat(html.UnescapeString(string(m[1])))
}

// flat is the text with one space for every run of them and of line breaks.
func flat(s string) string { return strings.Join(strings.Fields(s), " ") }
