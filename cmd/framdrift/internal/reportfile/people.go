package reportfile

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// owners is whom the plan names, and everybody who was asked, in order.
func (p *page) owners(m finalreport.Measure) {
	if len(m.Named) > 0 {
		p.item(0, p.say(wordResponsible), p.parties(m.Named))
	}
	if len(m.Owners) == 0 {
		p.item(0, p.say(wordOwners), p.say(wordNobodyAsked))
		return
	}
	p.item(0, p.say(wordOwners), "")
	for _, o := range m.Owners {
		said := []string{p.say(wordAsked, p.party(o.Owner), o.Asked.Norwegian())}
		if len(o.Answers) == 0 {
			said = append(said, p.say(wordNoAnswer))
		}
		for _, a := range o.Answers {
			answer := wordSaidNo
			if a.Accepted {
				answer = wordSaidYes
			}
			said = append(said, p.say(answer, a.On.Norwegian()))
		}
		p.item(1, "", strings.Join(said, ", "))
		for _, a := range o.Answers {
			p.written(1, "", a.Why)
		}
	}
}

// written is a text under the line it belongs to, with its label if it has
// one; nothing when there is no text.
func (p *page) written(depth int, label string, t domain.Text) {
	if t == "" {
		return
	}
	text := t.In(p.language)
	if label != "" {
		text = label + ": " + text
	}
	p.quote(depth, text)
}

func (p *page) partners(all []finalreport.Partner) {
	if len(all) == 0 {
		p.item(0, p.say(wordPartners), p.say(wordNoPartners))
		return
	}
	p.item(0, p.say(wordPartners), "")
	for _, x := range all {
		p.partner(1, x)
	}
}

// partner is one partner, and under it what it has put in.
func (p *page) partner(depth int, x finalreport.Partner) {
	named := wordNotNamed
	if x.Named {
		named = wordNamed
	}
	said := []string{p.say(named)}
	if len(x.Into) > 0 {
		var all []string
		for _, a := range x.Into {
			all = append(all, joined(" ", p.party(a.Party), in("(%s)", p.confirmed(a.Confirmed))))
		}
		said = append(said, p.say(wordMeans, strings.Join(all, ", ")))
	}
	said = append(said, p.confirmed(x.Confirmed))
	if len(x.Reports) > 0 {
		said = append(said, p.say(wordReportedFor, events(x.Reports)))
	}
	p.item(depth, "", p.party(x.Party)+" – "+joined(", ", said...))
	for _, c := range x.Contributions {
		p.item(depth+1, "", p.contribution(x, c))
		p.written(depth+1, "", c.Text)
	}
}

func (p *page) confirmed(on domain.Date) string {
	if on.IsZero() {
		return ""
	}
	return p.say(wordConfirmed, on.Norwegian())
}

// contribution is «bidro 20.12.2023: 8 timer», with the name of who gave it
// when a collective stands above it.
func (p *page) contribution(x finalreport.Partner, c planview.Contribution) string {
	var gave []string
	switch {
	case c.Hours == 1:
		gave = append(gave, p.say(wordHour))
	case c.Hours != 0:
		gave = append(gave, p.say(wordHours, p.decimal(c.Hours)))
	}
	switch amount := p.grouped(int(c.Amount.Value)); c.Amount.Currency {
	case "":
	case "NOK":
		gave = append(gave, p.say(wordKroner, amount))
	default:
		gave = append(gave, amount+" "+c.Amount.Currency)
	}
	told := joined(": ", p.say(wordContributed, c.Effective.Norwegian()), strings.Join(gave, ", "))
	if c.Partner.ID != x.ID {
		told = p.party(c.Partner) + " " + told
	}
	return told
}

// reports is what the owner said, period by period as it came.
func (p *page) reports(all []planview.Report) {
	if len(all) == 0 {
		p.item(0, p.say(wordGivenReports), p.say(wordNoReports))
		return
	}
	p.item(0, p.say(wordGivenReports), "")
	for _, r := range all {
		told := []string{p.say(wordGiven, string(r.Period), domain.StatusWords.Of(string(r.Status)), domain.DateOf(r.Recorded).Norwegian())}
		if !r.Forecast.IsZero() {
			told = append(told, p.say(wordExpects, r.Forecast.Norwegian()))
		}
		if r.Standing != planview.Delivered {
			told = append(told, p.say(domain.StandingWords.Of(string(r.Standing))))
		}
		p.item(1, "", strings.Join(told, ", "))
		p.written(1, "", r.Text)
		p.written(1, p.say(wordObstacles), r.Obstacles)
		p.written(1, p.say(wordNext), r.Next)
		p.written(1, p.say(wordWhy), r.Why)
	}
}

// deviations is what was decided when the measure turned red.
func (p *page) deviations(all []planview.Deviation) {
	if len(all) == 0 {
		return
	}
	p.item(0, p.say(wordDeviations), "")
	for _, d := range all {
		p.item(1, "", p.decided(p.say(wordHandled, d.Effective.Norwegian()), d.Effective, d.Decision))
		p.written(1, "", d.Text)
	}
}
