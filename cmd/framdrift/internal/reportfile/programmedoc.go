package reportfile

import (
	"iter"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// Many regions in one document.
var (
	wordProgrammeTitle = label("Sluttrapport for %[1]s", "Sluttrapport for %[1]s", "Final report of %[1]s")
	wordAllRegions     = label("regionene", "regionane", "the regions")
	wordProgrammeKnown = label("Som kjent.", "Som kjent.", "As known.")
	wordProgrammeIs    = label(
		"Hver region er vist slik den var kjent på dagen i tabellen. Hver har sin egen logg og sin egen del, og delene har samme form.",
		"Kvar region er vist slik han var kjend på dagen i tabellen. Kvar har sin eigen logg og sin eigen del, og delane har same form.",
		"Each region is shown as it was known on the day in the table. Each has its own log and its own section, and the sections have the same shape.")
	wordProgrammeCorrected   = label("Korrigert.", "Korrigert.", "As corrected.")
	wordProgrammeCorrectedIs = label(
		"Hver region er vist slik den var på dagen i tabellen, med alt som er registrert og rettet senere. Hver har sin egen logg og sin egen del, og delene har samme form.",
		"Kvar region er vist slik han var på dagen i tabellen, med alt som er registrert og retta seinare. Kvar har sin eigen logg og sin eigen del, og delane har same form.",
		"Each region is shown as it was on the day in the table, with everything recorded and corrected later. Each has its own log and its own section, and the sections have the same shape.")
	wordRegions      = label("Regionene", "Regionane", "The regions")
	wordSideBySide   = label("Gjennomføringskraft i regionene", "Gjennomføringskraft i regionane", "Delivery in the regions")
	wordSideBySideIs = label(
		"Regionene står i fast rekkefølge, ikke etter resultat. En andel sier noe bare sammen med nevneren: planene er ulike, og små tall svinger mye. Summen er tellere og nevnere lagt sammen; framdrift i tid regnes ut for hver plan og har ingen sum.",
		"Regionane står i fast rekkjefølgje, ikkje etter resultat. Ein andel seier noko berre saman med nemnaren: planane er ulike, og små tal svingar mykje. Summen er teljarar og nemnarar lagde saman; framdrift i tid blir rekna ut for kvar plan og har ingen sum.",
		"The regions stand in a fixed order, not by result. A share says something only together with its denominator: the plans differ, and small numbers vary much. The sum is numerators and denominators added; progress in time is computed for each plan and has no sum.")
	wordTogether       = label("Til sammen", "Til saman", "Together")
	wordNotSummed      = label("summeres ikke", "blir ikkje summert", "not summed")
	wordNoPlanYet      = label("ingen vedtatt plan", "ingen vedteken plan", "no adopted plan")
	wordDaysBehindPlan = label("Dager bak planen", "Dagar bak planen", "Days behind the plan")
	wordDefinitionIs   = label("Definisjon av andelene", "Definisjon av andelane", "Definition of the shares")
	wordKnownTo        = label("Loggen, hendelser", "Loggen, hendingar", "The log, events")
	wordRootOf         = label("Loggens rot", "Rota av loggen", "The log's root")
	wordProgrammeMade  = label(
		"Ingen har skrevet rapporten. Den er laget ved å spille av loggen til hver region, så langt som tabellen sier, og alt i den følger av dem. Numrene på hendelsene er i regionens egen logg. Kommandoen under lager den på nytt:",
		"Ingen har skrive rapporten. Han er laga ved å spele av loggen til kvar region, så langt som tabellen seier, og alt i han følgjer av dei. Nummera på hendingane er i regionen sin eigen logg. Kommandoen under lagar han på nytt:",
		"Nobody wrote this report. It was made by replaying the log of each region, as far as the table says, and everything in it follows from them. The numbers of events are in the region's own log. This command makes it again:")
	wordOwnReport = label("Regionens egen rapport, med hvert tiltaks historie og målene bak hver andel:", "Regionen sin eigen rapport, med historia til kvart tiltak og tiltaka bak kvar andel:", "The region's own report, with the history of each measure and the measures behind each share:")
)

// A programmePage is the first part of a programme report: what is about all.
type programmePage struct {
	*page
	all finalreport.Programme
}

// programmeWritten is the regions beside each other, and then a section for
// each. A section is made when it is written, and let go of.
func programmeWritten(all finalreport.Programme, command string, sections iter.Seq2[finalreport.Report, error], l domain.Language) document {
	p := &programmePage{pageOf(finalreport.Report{}, l), all}
	name := all.Name
	if name == "" {
		name = p.say(wordAllRegions)
	}
	p.title = p.say(wordProgrammeTitle, name)
	p.add(source{})
	p.front(command)
	d := p.document()
	d.chapters = []chapter{}
	for i, b := range p.blocks {
		if h, ok := b.(heading); ok && h.level == 2 {
			h.anchor = "all-" + numbered(i)
			p.blocks[i] = h
			d.chapters = append(d.chapters, chapter{h.text, h.anchor})
		}
	}
	for _, r := range all.Regions {
		if r.HasPlan() {
			d.chapters = append(d.chapters, chapter{p.sectionTitle(r.Region, r.Plan), anchorOf(r.Region, r.Plan)})
		}
	}
	d.blocks = func(yield func(block, error) bool) {
		if !each(p.blocks, yield) {
			return
		}
		for r, err := range sections {
			if err != nil {
				yield(nil, err)
				return
			}
			if !each(p.part(r, l), yield) {
				return
			}
		}
	}
	return d
}

func (p *programmePage) front(command string) {
	p.heading(1, p.title)
	if slices.ContainsFunc(p.all.Regions, func(r finalreport.RegionFigures) bool { return r.Region.Demo }) {
		p.strong(p.say(wordDemo), p.say(wordDemoIs))
	}
	if p.all.View == delivery.Corrected {
		p.strong(p.say(wordProgrammeCorrected), p.say(wordProgrammeCorrectedIs))
	} else {
		p.strong(p.say(wordProgrammeKnown), p.say(wordProgrammeIs))
	}
	p.heading(2, p.say(wordRegions))
	p.regions()
	p.heading(2, p.say(wordSideBySide))
	p.paragraph(p.say(wordDeliveryIs))
	p.paragraph(p.say(wordSideBySideIs))
	p.comparison()
	p.heading(2, p.say(wordMade))
	p.paragraph(p.say(wordProgrammeMade))
	p.code(command)
	p.logs()
}

// regions is who the regions are, a row for each plan.
func (p *programmePage) regions() {
	var rows [][]string
	for _, r := range p.all.Regions {
		row := []string{r.Region.Name, p.say(wordNoPlanYet)}
		if r.HasPlan() {
			row = []string{
				r.Region.Name, p.say(wordSpan, r.Plan.Title, r.Plan.From.Norwegian(), r.Plan.To.Norwegian()), r.AsOf.Date.Norwegian(),
				p.grouped(r.Members), p.people(r.Population), p.grouped(r.Measures), p.grouped(r.Completed),
			}
		}
		rows = append(rows, row)
	}
	p.table([]string{
		p.say(wordRegion), p.say(wordPlan), p.say(wordDay), p.say(wordMembers), p.say(wordPopulation), p.say(wordInPlan), p.say(wordDone),
	}, rows)
}

func (p *programmePage) people(n finalreport.Population) string {
	if n.Count == 0 {
		return ""
	}
	return p.grouped(n.Count)
}

// comparison is the shares of each plan and their sums, each with its denominator.
func (p *programmePage) comparison() {
	var rows [][]string
	for _, r := range p.all.Regions {
		if !r.HasPlan() {
			continue
		}
		row := p.shares(p.sectionTitle(r.Region, r.Plan), r.Figures)
		behind := ""
		if r.Figures.K3.Denominator > 0 {
			behind = p.grouped(r.Figures.K3.DaysBehind)
		}
		rows = append(rows, append(row, behind))
	}
	sum := p.shares(p.say(wordTogether), p.all.Sum)
	sum[1+slices.Index(delivery.Components(), delivery.K3)] = p.say(wordNotSummed)
	headings := []string{p.say(wordRegion)}
	var names []string
	for _, c := range delivery.Components() {
		headings = append(headings, string(c))
		names = append(names, string(c)+" "+p.say(c.Name()))
	}
	p.paragraph(capital(strings.Join(names, ", ")) + ".")
	p.table(append(headings, p.say(wordDaysBehindPlan)), append(rows, sum))
}

// shares is the first cell and the shares of a line.
func (p *programmePage) shares(first string, f delivery.Figures) []string {
	row := []string{first}
	for _, c := range delivery.Components() {
		said := f.Ratio(c).Phrase()
		if c == delivery.K3 {
			said = f.K3.Phrase()
		}
		row = append(row, p.say(said))
	}
	return row
}

// logs is how far the log of each region was read.
func (p *programmePage) logs() {
	var rows [][]string
	for _, r := range p.all.Regions {
		if r.HasPlan() {
			rows = append(rows, []string{p.sectionTitle(r.Region, r.Plan), p.grouped(r.Provenance.Events), r.Provenance.Root, p.definition(r.Definition)})
		}
	}
	p.table([]string{p.say(wordRegion), p.say(wordKnownTo), p.say(wordRootOf), p.say(wordDefinitionIs)}, rows)
}

// sectionTitle is the region's name, and the plan's when the region has several.
func (p *programmePage) sectionTitle(r finalreport.Region, plan finalreport.Plan) string {
	n := 0
	for _, other := range p.all.Regions {
		if other.Region.ID == r.ID {
			n++
		}
	}
	if n > 1 {
		return joined(" – ", r.Name, plan.Title)
	}
	return r.Name
}

func anchorOf(r finalreport.Region, plan finalreport.Plan) string {
	return "region-" + string(r.ID) + "-" + string(plan.ID)
}

// part is the section of one region: the parts of its final report, each a
// level down, but for what its own report alone has room for.
func (p *programmePage) part(r finalreport.Report, l domain.Language) []block {
	s := pageOf(r, l)
	s.source(r.Header.Region.ID)
	title := p.sectionTitle(r.Header.Region, r.Header.Plan)
	s.section = title
	s.add(heading{level: 2, text: title, anchor: anchorOf(r.Header.Region, r.Header.Plan)})
	s.down = 1
	if told := r.Story.Lead; told != nil {
		s.add(paragraph{text: told.Text.In(l), cited: told.Positions})
	}
	s.paragraph(s.lead())
	s.plan(r.Header)
	s.endorsements()
	s.story()
	s.facts()
	s.numbers()
	s.profile()
	s.course()
	s.measureRows()
	s.arrangements()
	if r.Header.View != delivery.Known {
		s.then()
	}
	s.openly()
	s.heading(2, s.say(wordMade))
	s.paragraph(s.say(wordOwnReport))
	s.code(r.Provenance.Command + " --region=" + string(r.Header.Region.ID) + " -O " + string(r.Header.Region.ID) + ".html")
	s.trail()
	return s.blocks
}

// measureRows is a table of the measures of each strategy.
func (p *page) measureRows() {
	p.heading(2, p.say(wordMeasures))
	for _, s := range p.report.Strategies {
		p.heading(3, titled(string(s.ID), s.Title))
		if len(s.FocusAreas) == 0 {
			p.paragraph(p.say(wordNoMeasures))
			continue
		}
		var rows [][]string
		var cited [][]domain.Position
		for _, a := range s.FocusAreas {
			for _, m := range a.Measures {
				rows = append(rows, []string{
					p.name(m.ID), p.owner(m), p.takingPart(m.Partners), p.deadlinesOf(m, firstBaseline), p.deadlinesOf(m, inForce),
					joined("\n", p.status(m), in(p.say(wordForecast)+": %s", p.deadlinesOf(m, forecast)), p.decisions(m)),
				})
				cited = append(cited, m.Positions)
			}
		}
		t := p.made([]string{
			p.say(wordMeasure), p.say(wordOwner), p.say(wordTogetherWith), p.say(wordFirst), p.say(wordDeadline), p.say(wordStatus),
		}, rows, cited)
		t.full, t.whole, t.part = true, p.say(wordMeasures), []fact{{p.say(wordStrategy), titled(string(s.ID), s.Title)}}
		p.add(t)
	}
}

func forecast(d finalreport.Deliverable) domain.Date { return d.Forecast }

// decisions is what was decided of a measure that turned red.
func (p *page) decisions(m finalreport.Measure) string {
	var all []string
	for _, d := range m.Deviations {
		all = append(all, joined(" ", p.say(wordDeviations)+":", p.decided(p.say(wordHandled, d.Effective.Norwegian()), d.Effective, d.Decision), d.Text.In(p.language)))
	}
	return strings.Join(all, "\n")
}
