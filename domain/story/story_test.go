package story_test

import (
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/story"
)

const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

var (
	closing = On("2025-01-10", plan.Close{Decision: Case("1/25")})
	report  = story.ReportPublished{
		Kind: story.Final, File: "sluttrapport.html", SHA256: hash, Format: "html", Language: domain.Bokmal,
		Per: domain.MustDate("2024-12-31"), View: "known", Definition: "1", LogSize: 12, Root: "e3b0",
	}
	goal = On("2022-07-01", story.SetGoal{Text: "Én strategi"})
)

func TestRules(t *testing.T) {
	Covers(t, story.Rules(), told, published)
	Run(t, Fosen(), told, published)
}

func as(id domain.StoryID) story.As { return story.As{ID: id} }

func changed(change func(*story.ReportPublished)) story.PublishReport {
	r := report
	change(&r)
	return story.PublishReport{Report: r}
}

var told = []Row{
	Rule("What is told gets the next free id", Given(goal), On("2022-07-02", story.SetGoal{Text: "To"}), Then(That("goal/goal-2", story.GoalSet{Text: "To"}))),
	Rule("… also when somebody has taken it", Given(On("2022-07-01", story.SetGoal{As: as("goal-2"), Text: "To"})),
		On("2022-07-02", story.SetGoal{Text: "Tre"}), Then(That("goal/goal-3", story.GoalSet{Text: "Tre"}))),
	Rule("Told under an id that is there it is told anew", Given(goal),
		On("2022-07-02", story.SetGoal{As: as("goal-1"), Text: "Felles strategi"}), Then(That("goal/goal-1", story.GoalSet{Text: "Felles strategi"}))),
	Rule("There is one lead, and the latest stands", Given(On("2022-07-01", story.WriteLead{Text: "A"})),
		On("2022-07-02", story.WriteLead{Text: "B"}), Then(That("lead/lead", story.LeadWritten{Text: "B"}))),
	Rule("A result is one of three kinds, and a result when nothing is said", Given(goal),
		On("2022-07-02", story.RecordResult{Text: "Et fond", Goals: []domain.StoryID{"goal-1"}, Measures: []domain.MeasureID{"t01"}}),
		Then(That("result/result-1", story.ResultRecorded{Kind: story.Result, Text: "Et fond", Goals: []domain.StoryID{"goal-1"}, Measures: []domain.MeasureID{"t01"}}))),
	Rule("… and no fourth", Given(), On("2022-07-02", story.RecordResult{Kind: "luck", Text: "Flaks"}), Refused("input.choice")),
	Rule("A result serves goals that are set", Given(), On("2022-07-02", story.RecordResult{Text: "Et fond", Goals: []domain.StoryID{"goal-1"}}), Refused("goal.unknown")),
	Rule("… and comes of measures of the plan", Given(), On("2022-07-02", story.RecordResult{Text: "Et fond", Measures: []domain.MeasureID{"t99"}}), Refused("measure.not-adopted")),
	Rule("So does what stood in the way", Given(), On("2022-07-02", story.NoteObstacle{Text: "Reformen", Measures: []domain.MeasureID{"t99"}}), Refused("measure.not-adopted")),
	Rule("… and what goes on", Given(), On("2022-07-02", story.PlanContinuation{Text: "Videre", Measures: []domain.MeasureID{"t99"}}), Refused("measure.not-adopted")),
	Rule("A team is of actors in the register", Given(), On("2022-07-02", story.FormTeam{Name: "Team", Members: []domain.ActorID{"ukjent"}}), Refused("actor.not-registered")),
	Rule("… and has a name", Given(), On("2022-07-02", story.FormTeam{Members: []domain.ActorID{"ntnu"}}), Refused("input.empty")),
	Rule("Advice says something", Given(), On("2022-07-02", story.GiveAdvice{Text: " "}), Refused("input.empty")),
	Rule("… and not a book", Given(), On("2022-07-02", story.GiveAdvice{Text: domain.Text(strings.Repeat("å", domain.MaxText+1))}), Refused("input.too-long")),
	Rule("An excerpt says what it is from, or nothing", Given(), On("2022-07-02", story.QuoteExcerpt{Text: "Vi vil\nmer"}),
		Then(That("excerpt/excerpt-1", story.ExcerptQuoted{Text: "Vi vil\nmer"}))),
	Rule("A document may have no link", Given(), On("2022-07-02", story.LinkDocument{Title: "Planen"}), Then(That("document/document-1", story.DocumentLinked{Title: "Planen"}))),
	Rule("A link is to a site", Given(), On("2022-07-02", story.LinkDocument{Title: "Planen", URL: "javascript:alert(1)"}), Refused("document.url")),
	Rule("… that has a name", Given(), On("2022-07-02", story.LinkDocument{Title: "Planen", URL: "https:///plan"}), Refused("document.url")),
	Rule("An id is a token", Given(), On("2022-07-02", story.SetGoal{As: as("mål 1"), Text: "Mål"}), Refused("input.id")),
	Rule("Nothing is told of the time before the plan", Given(), On("2022-07-02", goal.Command).Dated("2022-06-01"), Refused("date.before-adoption")),
	Rule("… unless it is an etterregistrering", Given(), On("2022-07-02", goal.Command).Dated("2022-06-01").Retrospectively(), Then(That("goal/goal-1", story.GoalSet{Text: "Én strategi"}))),
	Rule("The story of a closed plan is told", Given(closing), On("2025-02-01", goal.Command), Refused("story.plan-closed")),
	Rule("Only those who coordinate tell it", Given(), On("2022-07-02", goal.Command).By(Ola), Refused("user.not-allowed")),
}

var published = []Row{
	Rule("A report is published, also of a plan that is closed", Given(closing), On("2025-02-01", story.PublishReport{Report: report}), Then(That("report/report-1", report))),
	Rule("The same file is published once", Given(closing, On("2025-02-01", story.PublishReport{Report: report})), On("2025-02-02", story.PublishReport{Report: report}), Nothing()),
	Rule("Its hash is a hash", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.SHA256 = "0a1b" })), Refused("report.hash")),
	Rule("… and so are those of what it was made with", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.TemplateSHA256 = "0a1b" })), Refused("report.hash")),
	Rule("… of the page of a PDF too", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.SourceSHA256 = "0A1B" })), Refused("report.hash")),
	Rule("It was made of something", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.LogSize = -1 })), Refused("input.number")),
	Rule("A status report says its days", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.Kind = story.Tertial })), Refused("input.empty")),
	Rule("There are four kinds of report, and no fifth", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.Kind = "annual" })), Refused("input.choice")),
	Rule("It is as of a day", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.Per = domain.Date{} })), Refused("input.empty")),
	Rule("… in one of two views", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.View = "pen" })), Refused("input.choice")),
	Rule("… in one of three languages", Given(), On("2025-02-01", changed(func(r *story.ReportPublished) { r.Language = "sv" })), Refused("input.choice")),
}
