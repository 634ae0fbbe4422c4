package country

import (
	"fmt"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/story"
)

// tell adds to the story of a plan.
func (m *maker) tell(day domain.Date, f *following, c domain.Command) {
	m.ask(day, m.coordinator(), c, of(f.id))
}

// open tells how a plan begins, and notes what will be told on the way.
func (m *maker) open(day domain.Date, f *following) {
	m.tell(day, f, story.WriteLead{Text: domain.Text("I " + m.name + " har kommunene gått sammen om det de ikke klarer alene.")})
	m.tell(day, f, story.QuoteExcerpt{Text: m.text(went, nexts), Source: "Søknaden"})
	for range m.between(3, 6) {
		m.tell(day, f, story.SetGoal{Text: domain.Text(pick(m, strategies))})
	}
	m.tell(day, f, story.FormTeam{Name: "Arbeidsgruppa for " + pick(m, about), Members: some(m, 3, m.standing()), Text: m.perhaps(50, gave)})
	for year := day; year.Before(f.to); year = year.AddDays(365) {
		m.in(year, 100, 360, func(day domain.Date) {
			m.tell(day, f, story.NoteObstacle{Text: m.text(hinders), Measures: m.ids(f, 2)})
			m.tell(day, f, m.result(f))
		})
	}
}

// result is something that came of a measure or two.
func (m *maker) result(f *following) story.RecordResult {
	return story.RecordResult{Kind: pick(m, story.Kinds()), Text: m.text(ends, went), Goals: []domain.StoryID{"goal-1"}, Measures: m.ids(f, m.between(1, 3))}
}

// ids are those of so many measures.
func (m *maker) ids(f *following, n int) []domain.MeasureID {
	var ids []domain.MeasureID
	for _, r := range some(m, n, f.rows) {
		ids = append(ids, r.id)
	}
	return ids
}

// end tells how a plan went, closes it by decision, and gives its report out.
func (m *maker) end(day domain.Date, f *following) {
	for range m.between(3, 8) {
		m.tell(day, f, m.result(f))
	}
	m.tell(day, f, story.GiveAdvice{Text: m.text(nexts)})
	m.tell(day, f, story.PlanContinuation{Text: m.text(nexts, ends), Measures: m.ids(f, 2)})
	m.tell(day, f, story.LinkDocument{Title: "Evaluering av " + string(f.id), URL: "https://example.org/" + string(m.id) + "/" + string(f.id) + ".pdf"})
	m.in(day, 5, 30, func(day domain.Date) {
		if !m.ask(day, m.coordinator(), plan.Close{Decision: m.decision(day)}, of(f.id)) {
			return
		}
		m.in(day, 1, 20, func(day domain.Date) {
			m.tell(day, f, story.PublishReport{Report: story.ReportPublished{
				Kind: story.Final, File: fmt.Sprintf("sluttrapport-%s.pdf", f.id), SHA256: hash("report", string(m.id), string(f.id)), Format: "pdf",
				Language: domain.Bokmal, Per: day, View: "known", Definition: "2014", LogSize: len(m.log), Root: hash("root", string(m.id), string(f.id)),
			}})
		})
	})
}
