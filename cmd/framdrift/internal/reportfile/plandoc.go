package reportfile

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// The adopted plan with status.
var (
	wordPlanTitle    = label("Status for %[1]s", "Status for %[1]s", "Status of %[1]s")
	wordRegion       = label("Region", "Region", "Region")
	wordStrategy     = label("Strategi", "Strategi", "Strategy")
	wordFocusArea    = label("Innsatsområde", "Innsatsområde", "Focus area")
	wordOwner        = label("Ansvarlig", "Ansvarleg", "Responsible")
	wordTogetherWith = label("Partnere", "Partnarar", "Partners")
	wordStatus       = label("Status", "Status", "Status")
	wordByPlan       = label("%[1]s (etter planen, ikke spurt)", "%[1]s (etter planen, ikkje spurd)", "%[1]s (by the plan, not asked)")
	wordTakesPart    = label("%[1]s (har deltatt)", "%[1]s (har delteke)", "%[1]s (has taken part)")
	wordNobody       = label("ingen", "ingen", "nobody")
)

// planWritten is the adopted table, in its own order, with how each row stands.
func planWritten(t finalreport.PlanTable, l domain.Language) document {
	p := pageOf(finalreport.Report{
		Header: t.Header, Summary: t.Summary, Delivery: finalreport.Delivery{Measures: t.Standing},
		Strategies: t.Strategies, Arrangements: t.Arrangements, Provenance: t.Provenance, Trail: t.Trail,
	}, l)
	p.title = p.say(wordPlanTitle, t.Header.Plan.Title)
	p.source("")
	p.titled()
	p.asOf()
	p.paragraph(p.lead())
	p.plan(t.Header, []string{p.say(wordRegion), t.Header.Region.Name})
	p.endorsements()
	p.numbers()
	for _, s := range t.Strategies {
		p.heading(2, titled(string(s.ID), s.Title))
		if len(s.FocusAreas) == 0 {
			p.paragraph(p.say(wordNoMeasures))
		}
		for _, a := range s.FocusAreas {
			p.heading(3, titled(p.say(wordNoFocusArea), a.Title))
			p.planRows(s, a)
		}
	}
	p.arrangements()
	p.madeOf()
	p.trail()
	return p.document()
}

// asOf is the moment and the view, as the first page says them.
func (p *page) asOf() {
	h := p.report.Header
	if h.View == delivery.Corrected {
		p.strong(p.say(wordCorrected, h.AsOf.Date.Norwegian()), p.say(wordCorrectedIs))
		return
	}
	p.strong(p.say(wordKnown, h.AsOf.Date.Norwegian()), p.say(wordKnownIs))
}

// planRows is a row for each measure of a focus area.
func (p *page) planRows(s finalreport.Strategy, a finalreport.FocusArea) {
	var rows [][]string
	var cited [][]domain.Position
	for _, m := range a.Measures {
		rows = append(rows, []string{
			p.name(m.ID), p.owner(m), p.takingPart(m.Partners), p.deadlinesOf(m, firstBaseline), p.deadlinesOf(m, inForce), p.status(m),
		})
		cited = append(cited, m.Positions)
	}
	t := p.made([]string{p.say(wordMeasure), p.say(wordOwner), p.say(wordTogetherWith), p.say(wordFirst), p.say(wordDeadline), p.say(wordStatus)}, rows, cited)
	t.full, t.whole, t.part = true, p.say(wordMeasures), []fact{{p.say(wordStrategy), titled(string(s.ID), s.Title)}, {p.say(wordFocusArea), a.Title}}
	p.add(t)
}

// owner is who answers for the measure: the one who was last asked and what was
// said, else whom the plan names.
func (p *page) owner(m finalreport.Measure) string {
	if n := len(m.Owners); n > 0 {
		o := m.Owners[n-1]
		said := p.say(wordNoAnswer)
		if k := len(o.Answers); k > 0 {
			said = p.say(wordSaidNo, o.Answers[k-1].On.Norwegian())
			if o.Answers[k-1].Accepted {
				said = p.say(wordSaidYes, o.Answers[k-1].On.Norwegian())
			}
		}
		return p.party(o.Owner) + ", " + said
	}
	if len(m.Named) > 0 {
		return p.say(wordByPlan, p.parties(m.Named))
	}
	return p.say(wordNobody)
}

// takingPart is the partners, and which of them have taken part.
func (p *page) takingPart(all []finalreport.Partner) string {
	var names []string
	for _, x := range all {
		name := p.party(x.Party)
		if len(x.Contributions)+len(x.Reports) > 0 || !x.Confirmed.IsZero() {
			name = p.say(wordTakesPart, name)
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func firstBaseline(d finalreport.Deliverable) domain.Date { return d.FirstBaseline }

func inForce(d finalreport.Deliverable) domain.Date { return d.Deadline }

// deadlinesOf is a date of each deliverable, a line each.
func (p *page) deadlinesOf(m finalreport.Measure, of func(finalreport.Deliverable) domain.Date) string {
	var all []string
	for _, d := range m.Deliverables {
		if day := of(d); !day.IsZero() {
			all = append(all, joined(": ", d.Name, day.Norwegian()))
		}
	}
	return strings.Join(all, "\n")
}

// status is how the measure stands in words, what came of each deliverable, and
// the computed colour.
func (p *page) status(m finalreport.Measure) string {
	said := []string{p.state(m)}
	for _, d := range m.Deliverables {
		if d.Name != "" {
			said = append(said, joined(": ", d.Name, strings.Join(p.outcomes(d, m.Withdrawn), ", ")))
		}
	}
	for _, s := range p.report.Delivery.Measures {
		if s.Measure == m.ID {
			said = append(said, capital(p.say(s.Colour.Phrase())))
		}
	}
	return strings.Join(said, "\n")
}
