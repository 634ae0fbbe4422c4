package reportfile

import (
	"slices"
	"strconv"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A tertialPage is the status report as far as it is written.
type tertialPage struct {
	*page
	t finalreport.Tertial
}

// tertialWritten is the status report as a document: what the assembly asks
// first stands first.
func tertialWritten(t finalreport.Tertial, l domain.Language) document {
	p := &tertialPage{pageOf(finalreport.Report{Header: t.Header, Summary: t.Summary, Openly: t.Openly, Provenance: t.Provenance, Trail: t.Trail}, l), t}
	for _, s := range t.Strategies {
		for _, m := range s.Measures {
			p.names[m.ID] = named(m.ID, m.Initiative, m.Text)
		}
	}
	p.title = p.say(wordTertialTitle, t.Header.Region.Name, t.Period.From.Norwegian(), t.Period.To.Norwegian())
	p.source("")
	p.titled()
	p.looked()
	p.paragraph(p.lead())
	p.plan(t.Header, []string{p.say(wordReportPeriod), p.period(t.Period.From, t.Period.To)})
	p.inNumbers()
	p.ends()
	p.happened()
	p.reported()
	p.tellings(2, wordHindrances, t.Obstacles, false)
	p.handled()
	p.due()
	p.openly()
	p.madeOf()
	p.trail()
	return p.document()
}

// looked is which view it is, and what belongs to the period in it.
func (p *tertialPage) looked() {
	day, now := p.t.Period.Day.Norwegian(), p.t.Header.AsOf.Date.Norwegian()
	if p.t.Header.View == delivery.Corrected {
		p.strong(p.say(wordTertialCorrected, now), p.say(wordTertialCorrectedIs, day))
		return
	}
	p.strong(p.say(wordTertialKnown, now), p.say(wordTertialIs, day, now))
}

// length is how many days the period has.
func (p *tertialPage) length() string { return p.days(p.t.Period.To.Sub(p.t.Period.From) + 1) }

// inNumbers is how many of what there were in the period.
func (p *tertialPage) inNumbers() {
	h := p.t.Happened
	asked := slices.DeleteFunc(slices.Clone(h.Assigned), func(x finalreport.Happening) bool { return x.What != finalreport.Asked })
	p.heading(2, p.say(wordTheCounts))
	var rows [][]string
	var cited [][]domain.Position
	for _, r := range []struct {
		what domain.Phrase
		of   [][]domain.Position
	}{
		{wordDoneCount, eventsOf(h.Completed)},
		{wordBegunCount, eventsOf(h.Started)},
		{wordDelayedCount, eventsOf(h.Delayed)},
		{wordAskedCount, eventsOf(asked)},
		{wordHandledCount, p.handledEvents()},
		{wordDueCount.Fill(p.length()), p.dueEvents()},
	} {
		rows = append(rows, []string{p.say(r.what), p.grouped(len(r.of))})
		all := slices.Concat(r.of...)
		slices.Sort(all)
		cited = append(cited, slices.Compact(all))
	}
	p.citing([]string{p.say(wordWhat), p.say(wordNumber)}, rows, cited)
}

func eventsOf(all []finalreport.Happening) (events [][]domain.Position) {
	for _, x := range all {
		events = append(events, x.Positions)
	}
	return events
}

func (p *tertialPage) handledEvents() (events [][]domain.Position) {
	for _, d := range p.t.Deviations {
		events = append(events, []domain.Position{d.Position})
	}
	return events
}

func (p *tertialPage) dueEvents() (events [][]domain.Position) {
	for _, d := range p.t.Due {
		events = append(events, d.Positions)
	}
	return events
}

// ends is the profile before the period and at its end, and what changed.
func (p *tertialPage) ends() {
	d := p.t.Delivery
	p.heading(2, p.say(wordDelivery))
	p.paragraph(p.say(wordDeliveryIs))
	headings := []string{p.say(wordShare), d.After.Day.Norwegian()}
	if d.Before == nil {
		p.paragraph(p.say(wordEndsFirst))
	} else {
		p.paragraph(p.say(wordEndsAre))
		headings = []string{p.say(wordShare), d.Before.Day.Norwegian(), d.After.Day.Norwegian(), p.say(wordChange)}
		if d.Before.Definition != d.After.Definition {
			p.paragraph(p.say(wordEndsRedefined, p.definition(d.Before.Definition), p.definition(d.After.Definition)))
		}
	}
	var rows [][]string
	var cited [][]domain.Position
	for _, c := range delivery.Components() {
		row, events := []string{p.component(c)}, behind(d.After.Whole, c)
		if d.Before != nil {
			row = append(row, p.say(d.Before.Whole.Said(c)))
		}
		row = append(row, p.say(d.After.Whole.Said(c)))
		if d.Before != nil {
			row = append(row, p.change(c))
		}
		rows, cited = append(rows, row), append(cited, events)
	}
	p.citing(headings, rows, cited)
	p.heading(3, p.say(wordByStrategy))
	rows, cited = nil, nil
	for _, s := range d.Strategies {
		rows, cited = append(rows, p.level(titled(string(s.Strategy), s.Title), s)), append(cited, behind(s))
	}
	p.citing(p.columns(p.say(wordLevel)), rows, cited)
}

// change is how many percentage points a share has moved; empty where either
// day has too few to say (R5).
func (p *tertialPage) change(c delivery.Component) string {
	before, wasEnough := percent(p.t.Delivery.Before.Whole, c)
	after, enough := percent(p.t.Delivery.After.Whole, c)
	if !wasEnough || !enough {
		return ""
	}
	switch moved := after - before; {
	case moved > 0:
		return p.say(wordPoints, "+"+strconv.Itoa(moved))
	case moved < 0:
		return p.say(wordPoints, "−"+strconv.Itoa(-moved))
	}
	return p.say(wordPoints, "0")
}

// fewest is the least that a percentage is written for (R5).
const fewest = 5

// percent is a share as it is written, and whether there are enough to write it.
func percent(l delivery.Level, c delivery.Component) (int, bool) {
	r, n := l.Share(c).Ratio, l.Share(c).Denominator
	if c == delivery.K3 {
		n = l.K3.N
		r.Numerator = min(r.Numerator, r.Denominator)
	}
	if r.Denominator == 0 {
		return 0, false
	}
	return (200*r.Numerator + r.Denominator) / (2 * r.Denominator), n >= fewest
}

func (p *tertialPage) happened() {
	h := p.t.Happened
	p.heading(2, p.say(wordHappenedIn))
	for _, part := range []struct {
		heading domain.Phrase
		all     []finalreport.Happening
	}{{wordDoneCount, h.Completed}, {wordBegunCount, h.Started}, {wordDelayed, h.Delayed}, {wordWhoAnswers, h.Assigned}, {wordPlanChanged, h.Changed}} {
		p.heading(3, p.say(part.heading))
		if len(part.all) == 0 {
			p.paragraph(p.say(wordNone))
			continue
		}
		var rows [][]string
		var cited [][]domain.Position
		for _, x := range part.all {
			rows, cited = append(rows, []string{joined(" – ", p.name(x.Measure), x.Deliverable), p.told(x), p.onDay(x), x.Why.In(p.language)}), append(cited, x.Positions)
		}
		p.citing([]string{p.say(wordMeasure), p.say(wordWhat), p.say(wordToldDay), p.say(wordExplained)}, rows, cited)
	}
}

// told is what happened in words, with the decision behind it.
func (p *tertialPage) told(x finalreport.Happening) string {
	words := happeningWords[x.What]
	switch x.What {
	case finalreport.Asked, finalreport.SaidYes, finalreport.SaidNo:
		words = words.Fill(p.party(x.Who))
	case finalreport.Missed:
		return capital(p.say(words, x.Deadline.Norwegian()))
	case finalreport.Moved:
		words = words.Fill(x.Deadline.Norwegian(), x.Was.Norwegian())
	case finalreport.Slipped:
		words = words.Fill(x.Deadline.Norwegian(), x.Forecast.Norwegian())
	case finalreport.Begun, finalreport.Done, finalreport.Added, finalreport.Reopened, finalreport.Withdrawn:
	}
	return p.decided(capital(p.say(words)), x.Effective, x.Decision)
}

// onDay is the day something happened, and the day it was recorded when that is another.
func (p *tertialPage) onDay(x finalreport.Happening) string {
	if x.Recorded.IsZero() || x.Recorded == x.Effective {
		return x.Effective.Norwegian()
	}
	return joined(", ", x.Effective.Norwegian(), p.say(wordRecordedOn, x.Recorded.Norwegian()))
}

// reported is every measure, with what its owner says of the period beside
// what was said of the last.
func (p *tertialPage) reported() {
	p.heading(2, p.say(wordTheyReport))
	for _, s := range p.t.Strategies {
		p.heading(3, titled(string(s.ID), s.Title))
		if len(s.Measures) == 0 {
			p.paragraph(p.say(wordNoMeasures))
			continue
		}
		var rows [][]string
		var cited [][]domain.Position
		for _, m := range s.Measures {
			rows, cited = append(rows, []string{p.name(m.ID), p.stands(m), p.said(m.Report), p.said(m.Last)}), append(cited, reportsOf(m))
		}
		t := p.made([]string{p.say(wordMeasure), p.say(wordHow), p.say(wordThisPeriod), p.say(wordLastPeriod)}, rows, cited)
		t.whole, t.part = p.say(wordTheyReport), []fact{{p.say(wordStrategy), titled(string(s.ID), s.Title)}}
		p.add(t)
	}
}

func reportsOf(m finalreport.Progress) []domain.Position {
	all := []domain.Position{}
	for _, r := range []*planview.Report{m.Last, m.Report} {
		if r != nil {
			all = append(all, r.Position)
		}
	}
	return all
}

// stands is the measure's state and colour, what they were before the period,
// its deadline and who answers for it.
func (p *tertialPage) stands(m finalreport.Progress) string {
	words := domain.StateWords
	is := words.Of(string(m.State))
	if m.State == planview.StateAssigned && m.Owner.Declined {
		is = domain.EventWords.Of("measure.declined")
	}
	said := []string{p.moved(is, words.Of(string(m.StateBefore)), m.StateBefore != "" && m.StateBefore != m.State)}
	if m.Colour != "" {
		said = append(said, p.moved(m.Colour.Phrase(), m.ColourBefore.Phrase(), m.ColourBefore != "" && m.ColourBefore != m.Colour))
	}
	for _, d := range m.Deliverables {
		said = append(said, capital(joined(": ", d.Name, joined(", ", p.outcomes(d, withdrawn(m))...))))
	}
	if m.Owner.ID != "" {
		said = append(said, p.party(m.Owner.Party))
	}
	return joined("\n", said...)
}

// withdrawn says that no deadline of the measure is to come.
func withdrawn(m finalreport.Progress) domain.Date {
	if m.State == planview.StateWithdrawn {
		return domain.NewDate(1, 1, 1)
	}
	return domain.Date{}
}

// moved is what something is, and what it was before the period when it was another.
func (p *tertialPage) moved(is, was domain.Phrase, changed bool) string {
	if changed {
		is = wordFromTo.Fill(is, was)
	}
	return capital(p.say(is))
}

// said is one report as a cell.
func (p *tertialPage) said(r *planview.Report) string {
	if r == nil {
		return capital(p.say(wordNoReport))
	}
	expects, standing := "", ""
	if !r.Forecast.IsZero() {
		expects = p.say(wordExpects, r.Forecast.Norwegian())
	}
	if r.Standing != planview.Delivered {
		standing = p.say(domain.StandingWords.Of(string(r.Standing)))
	}
	about := p.say(wordGiven, string(r.Period), domain.StatusWords.Of(string(r.Status)), domain.DateOf(r.Recorded).Norwegian())
	return joined("\n", joined(", ", about, expects, standing), r.Text.In(p.language),
		in(p.say(wordObstacles)+": %s", r.Obstacles.In(p.language)), in(p.say(wordNext)+": %s", r.Next.In(p.language)))
}

func (p *tertialPage) handled() {
	p.heading(2, p.say(wordHandledOnes))
	if len(p.t.Deviations) == 0 {
		p.paragraph(p.say(wordNone))
		return
	}
	var rows [][]string
	var cited [][]domain.Position
	for _, d := range p.t.Deviations {
		rows = append(rows, []string{p.name(d.Measure), capital(p.decided(p.say(wordHandled, d.Effective.Norwegian()), d.Effective, d.Decision)), d.Text.In(p.language)})
		cited = append(cited, []domain.Position{d.Position})
	}
	p.citing([]string{p.say(wordMeasure), p.say(wordDecision), p.say(wordExplained)}, rows, cited)
}

func (p *tertialPage) due() {
	p.heading(2, p.say(wordDueNext))
	p.paragraph(p.say(wordDueNextAre, p.length()))
	if len(p.t.Due) == 0 {
		p.paragraph(p.say(wordNone))
		return
	}
	var rows [][]string
	var cited [][]domain.Position
	for _, d := range p.t.Due {
		who := p.say(wordNobody)
		if d.Owner.ID != "" {
			who = p.party(d.Owner.Party)
		}
		rows = append(rows, []string{joined(" – ", p.name(d.Measure), d.Deliverable), d.Deadline.Norwegian(), d.Forecast.Norwegian(), who})
		cited = append(cited, d.Positions)
	}
	p.citing([]string{p.say(wordMeasure), p.say(wordDeadline), p.say(wordForecast), p.say(wordOwner)}, rows, cited)
}
