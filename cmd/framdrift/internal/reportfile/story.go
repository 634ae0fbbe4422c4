package reportfile

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// What the region tells itself.
var (
	wordGoals         = label("Mål", "Mål", "Goals")
	wordResults       = label("Resultater", "Resultat", "Results")
	wordAchievements  = label("Dette har regionen oppnådd", "Dette har regionen oppnådd", "What the region has achieved")
	wordUnplanned     = label("I tillegg", "I tillegg", "In addition")
	wordAdds          = label("Regionen tilføyer", "Regionen legg til", "The region adds")
	wordAdvice        = label("Råd for samarbeid", "Råd for samarbeid", "Advice on working together")
	wordContinuations = label("Dette jobber regionen med etterpå", "Dette arbeider regionen med etterpå", "What the region goes on with")
	wordExcerpts      = label("Utdrag fra søknaden", "Utdrag frå søknaden", "From the application")
	wordDocuments     = label("Dokumenter", "Dokument", "Documents")
	wordTeams         = label("Team", "Team", "Teams")
	wordEndorsed      = label("Kommunenes egne vedtak", "Kommunane sine eigne vedtak", "The municipalities' own decisions")
	wordMunicipality  = label("Kommune", "Kommune", "Municipality")
	wordDecision      = label("Vedtak", "Vedtak", "Decision")
	wordNotEndorsed   = label("Ikke ført for: %[1]s.", "Ikkje ført for: %[1]s.", "Not recorded for: %[1]s.")
	wordThen          = label("Hva som var kjent når", "Kva som var kjent når", "What was known when")
	wordThenIs        = label(
		"Profilen ved utgangen av hver periode, slik den så ut da. Det som er rettet eller ført senere, er ikke med.",
		"Profilen ved utgangen av kvar periode, slik han såg ut då. Det som er retta eller ført seinare, er ikkje med.",
		"The profile at the end of each period, as it looked then. What was corrected or recorded later is not in it.")
	wordThenIsCourse = label(
		"Denne rapporten er som kjent, så utviklingen ovenfor er det som var kjent når.",
		"Denne rapporten er som kjent, så utviklinga ovanfor er det som var kjent når.",
		"This report is as known, so the course above is what was known when.")
	wordTrail   = label("Hendelsene", "Hendingane", "The events")
	wordTrailIs = label(
		"Alt ovenfor følger av disse hendelsene på loggen. Tallene viser til dem.",
		"Alt ovanfor følgjer av desse hendingane på loggen. Tala viser til dei.",
		"Everything above follows from these events on the log. The numbers refer to them.")
)

// story is the region's own words: goals, results, advice and the rest. A part
// that nobody has told anything of is left out.
func (p *page) story() {
	s := p.report.Story
	p.tellings(2, wordGoals, s.Goals, false)
	p.tellings(2, wordResults, s.Results, false)
	if len(s.Achievements)+len(s.Unplanned) > 0 {
		p.heading(2, p.say(wordAchievements))
		p.tellings(0, domain.Phrase{}, s.Achievements, false)
		p.tellings(3, wordUnplanned, s.Unplanned, false)
	}
	p.tellings(2, wordAdds, s.Obstacles, false)
	p.tellings(2, wordAdvice, s.Advice, true)
	p.tellings(2, wordContinuations, s.Continuations, false)
	p.excerpts(s.Excerpts)
	p.documents(s.Documents)
	p.teams(s.Teams)
}

// tellings are a list under its heading, which has no level when it stands already.
func (p *page) tellings(level int, heading domain.Phrase, all []finalreport.Told, counted bool) {
	if len(all) == 0 {
		return
	}
	if level > 0 {
		p.heading(level, p.say(heading))
	}
	for i, t := range all {
		told := item{text: joined(" ", t.Text.In(p.language), in("(%s)", p.about(t))), cited: t.Positions}
		if counted {
			told.number = i + 1
		}
		p.add(told)
	}
	p.endList()
}

// about is the measures that something is about.
func (p *page) about(t finalreport.Told) string {
	var all []string
	for _, id := range t.Measures {
		all = append(all, string(id))
	}
	return strings.Join(all, ", ")
}

func (p *page) excerpts(all []finalreport.Excerpt) {
	if len(all) == 0 {
		return
	}
	p.heading(2, p.say(wordExcerpts))
	for _, e := range all {
		p.add(item{text: titled(string(e.ID), e.Source), cited: e.Positions})
		p.quote(0, e.Text.In(p.language))
	}
	p.endList()
}

func (p *page) documents(all []finalreport.Document) {
	if len(all) == 0 {
		return
	}
	p.heading(2, p.say(wordDocuments))
	for _, d := range all {
		p.add(item{text: joined(" – ", d.Title, d.URL), link: d.URL, cited: d.Positions})
	}
	p.endList()
}

func (p *page) teams(all []finalreport.Team) {
	if len(all) == 0 {
		return
	}
	p.heading(2, p.say(wordTeams))
	for _, t := range all {
		p.add(item{label: t.Name, text: joined(". ", p.parties(t.Members), t.Text.In(p.language)), cited: t.Positions})
	}
	p.endList()
}

// endorsements are the plan's adoptions in the member municipalities, and
// those of the members that have none on the log.
func (p *page) endorsements() {
	all := p.report.Header.Plan.Endorsed
	if len(all) == 0 {
		return
	}
	p.heading(2, p.say(wordEndorsed))
	var rows [][]string
	var cited [][]domain.Position
	has := map[string]bool{}
	for _, e := range all {
		has[e.Municipality.Name] = true
		rows = append(rows, []string{p.party(e.Municipality), p.decided(e.On.Norwegian(), e.On, e.Decision)})
		cited = append(cited, e.Positions)
	}
	p.citing([]string{p.say(wordMunicipality), p.say(wordDecision)}, rows, cited)
	var missing []string
	for _, m := range p.report.Facts.Members {
		if !has[m.Name] && m.To.IsZero() {
			missing = append(missing, m.Name)
		}
	}
	if len(missing) > 0 {
		p.paragraph(p.say(wordNotEndorsed, strings.Join(missing, ", ")))
	}
}

// trail is the appendix of every event that is pointed at.
func (p *page) trail() {
	var rows [][]string
	for _, e := range p.report.Trail {
		rows = append(rows, []string{number(e.Position), recorded(e), e.Effective.Norwegian(), e.Sentence.In(p.language)})
	}
	p.section = p.say(wordTrail)
	p.add(appendix{level: 2 + p.down, table: p.made([]string{p.say(wordEvent), p.say(wordRecorded), p.say(wordHappened), p.say(wordSentence)}, rows, nil)})
}
