package reportfile

import (
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// pageOf is an empty page that knows what a report calls its measures and partners.
func pageOf(r finalreport.Report, l domain.Language) *page {
	p := &page{language: l, names: map[domain.MeasureID]string{}, actors: map[domain.ActorID]string{}, report: r}
	for _, s := range r.Strategies {
		for _, a := range s.FocusAreas {
			for _, m := range a.Measures {
				p.names[m.ID] = named(m.ID, m.Initiative, m.Text)
				p.nameActors(m.Partners)
			}
		}
	}
	return p
}

// written is the report as a document in a language.
func written(r finalreport.Report, l domain.Language) document {
	p := pageOf(r, l)
	p.title = p.say(wordTitle, r.Header.Region.Name)
	p.source("")
	p.firstPage()
	p.story()
	p.facts()
	p.numbers()
	p.delivery()
	p.measures()
	p.arrangements()
	p.then()
	p.openly()
	p.provenance()
	p.trail()
	return p.document()
}

// nameActors notes what partners, and those that collectives mean, are called.
func (p *page) nameActors(partners []finalreport.Partner) {
	note := func(a planview.Party) {
		p.actors[a.ID] = a.Name
		if a.Now != "" {
			p.actors[a.Now] = a.Name
		}
	}
	for _, a := range partners {
		note(a.Party)
		for _, meant := range a.Into {
			note(meant.Party)
		}
	}
}

// named is «t07 Felles profilering: Opplev Fosen».
func named(id domain.MeasureID, initiative, text string) string {
	switch {
	case initiative == "":
		return string(id) + " " + text
	case text == "":
		return string(id) + " " + initiative
	}
	return string(id) + " " + initiative + ": " + text
}

func (p *page) firstPage() {
	h := p.report.Header
	p.titled()
	p.asOf()
	if told := p.report.Story.Lead; told != nil {
		p.add(paragraph{text: told.Text.In(p.language), cited: told.Positions})
	}
	p.paragraph(p.lead())
	p.plan(h)
	p.endorsements()
}

// titled is the title, and that it is a demo where it is.
func (p *page) titled() {
	p.heading(1, p.title)
	if p.report.Header.Region.Demo {
		p.strong(p.say(wordDemo), p.say(wordDemoIs))
	}
}

// plan is the plan and what the report is made of, after rows of the report's own.
func (p *page) plan(h finalreport.Header, own ...[]string) {
	rows := append(own, [][]string{
		{p.say(wordPlan), p.say(wordSpan, h.Plan.Title, h.Plan.From.Norwegian(), h.Plan.To.Norwegian())},
		{p.say(wordAdopted), p.decided(h.Plan.Adopted.Norwegian(), h.Plan.Adopted, h.Plan.Decision)},
	}...)
	if len(h.Plan.BasedOn) > 0 {
		var all []string
		for _, s := range h.Plan.BasedOn {
			if s.Year != 0 {
				s.Title += " (" + strconv.Itoa(s.Year) + ")"
			}
			all = append(all, s.Title)
		}
		rows = append(rows, []string{p.say(wordBasedOn), strings.Join(all, "; ")})
	}
	if !h.Plan.Closed.IsZero() {
		rows = append(rows, []string{p.say(wordClosed), h.Plan.Closed.Norwegian()})
	}
	if h.Region.Form != "" {
		rows = append(rows, []string{p.say(wordForm), h.Region.Form})
	}
	rows = append(rows,
		[]string{p.say(wordLog), p.say(wordLogTo, p.grouped(int(h.AsOf.Position)), domain.DateOf(h.AsOf.Time).Norwegian(), h.AsOf.Time.In(domain.Oslo).Format("15.04"))},
		[]string{p.say(wordDefinition), p.definition(h.Definition)},
	)
	t := p.made([]string{p.say(wordAbout), p.say(wordContent)}, rows, nil)
	t.whole = p.say(wordAbout)
	p.add(t)
}

func (p *page) lead() string {
	s := p.report.Summary
	lead := wordLead
	switch s.Measures.Count {
	case 0:
		return p.say(wordLeadNone)
	case 1:
		lead = wordLeadOne
	}
	return p.say(lead, p.grouped(s.Measures.Count), p.grouped(s.Completed.Count), p.grouped(s.Started.Count), p.grouped(s.NotStarted.Count))
}

// definition is its version; the one that nobody adopted has a word.
func (p *page) definition(version string) string {
	if version == "default" {
		return p.say(wordDefault)
	}
	return version
}

func (p *page) numbers() {
	s := p.report.Summary
	p.heading(2, p.say(wordNumbers))
	rows := [][]string{
		{p.say(wordInPlan), p.grouped(s.Measures.Count)},
		{p.say(wordCompleted), p.grouped(s.Completed.Count)},
		{p.say(wordStarted), p.grouped(s.Started.Count)},
		{p.say(wordNotStarted), p.grouped(s.NotStarted.Count)},
		{p.say(wordWithdrawn), p.grouped(s.Withdrawn.Count)},
		{p.say(wordArrangements), p.grouped(s.Arrangements.Count)},
		{p.say(wordReports), p.grouped(s.Reports.Count)},
		{p.say(wordBackDated), p.say(s.BackDated.Phrase())},
	}
	cited := [][]domain.Position{
		s.Measures.Positions, s.Completed.Positions, s.Started.Positions, s.NotStarted.Positions,
		s.Withdrawn.Positions, s.Arrangements.Positions, s.Reports.Positions,
	}
	for _, r := range s.Roles {
		rows = append(rows, []string{p.say(wordPeople, domain.RoleWords.Of(string(r.Role))), p.grouped(r.People)})
	}
	rows = append(rows, []string{p.say(wordEvents), p.grouped(s.Events)})
	p.citing([]string{p.say(wordWhat), p.say(wordNumber)}, rows, cited)
}

func (p *page) facts() {
	f := p.report.Facts
	p.heading(2, p.say(wordFacts))
	var rows [][]string
	if f.Applicant.ID != "" {
		rows = append(rows, []string{p.say(wordApplicant), p.party(f.Applicant)})
	}
	if len(f.Members) > 0 {
		var all []string
		for _, m := range f.Members {
			all = append(all, joined(", ", p.party(m.Party), p.period(m.From, m.To)))
		}
		rows = append(rows, []string{p.say(wordMembers), strings.Join(all, "; ")})
	}
	if f.Population.Count > 0 {
		rows = append(rows, []string{p.say(wordPopulation), joined(" ", p.grouped(f.Population.Count), in("(%s)", f.Population.Date.Norwegian()))})
	}
	if f.AreaKM2 > 0 {
		rows = append(rows, []string{p.say(wordArea), p.decimal(f.AreaKM2) + " km²"})
	}
	if len(f.Programmes) > 0 {
		var all []string
		for _, g := range f.Programmes {
			all = append(all, joined(", ", g.Name, p.period(g.From, g.To)))
		}
		rows = append(rows, []string{p.say(wordProgrammes), strings.Join(all, "; ")})
	}
	if len(rows) == 0 {
		p.paragraph(p.say(wordNoFacts))
		return
	}
	cited := make([][]domain.Position, len(rows))
	for i := range cited {
		cited[i] = f.Positions
	}
	p.citing([]string{p.say(wordFact), p.say(wordContent)}, rows, cited)
}
