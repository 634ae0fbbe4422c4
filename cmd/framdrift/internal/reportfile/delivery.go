package reportfile

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

func (p *page) delivery() {
	d := p.report.Delivery
	p.heading(2, p.say(wordDelivery))
	p.paragraph(p.say(wordDeliveryIs))
	rows := [][]string{p.level(p.say(wordWhole), d.Whole)}
	for _, s := range d.Strategies {
		rows = append(rows, p.level(titled(string(s.Strategy), s.Title), s))
	}
	p.table(p.columns(p.say(wordLevel)), rows)
	p.course()
	for _, c := range delivery.Components() {
		p.share(c)
	}
	p.colours()
	p.beside()
}

// columns is the first headings and one for each component.
func (p *page) columns(first ...string) []string {
	for _, c := range delivery.Components() {
		first = append(first, p.component(c))
	}
	return first
}

// component is «Forankring (K1)».
func (p *page) component(c delivery.Component) string {
	return p.say(c.Name().Capital()) + " (" + string(c) + ")"
}

// level is the first cells and the shares of a level.
func (p *page) level(first string, l delivery.Level) []string {
	row := []string{first}
	for _, c := range delivery.Components() {
		row = append(row, p.say(l.Said(c)))
	}
	return row
}

func (p *page) course() {
	d := p.report.Delivery
	p.heading(3, p.say(wordCourse))
	if len(d.Course) == 0 {
		p.paragraph(p.say(wordNoCourse))
		return
	}
	intro := wordCourseIs
	if p.report.Header.View == delivery.Corrected {
		intro = wordCourseCorrected
	}
	p.paragraph(p.say(intro))
	var rows [][]string
	for _, s := range d.Course {
		rows = append(rows, slices.Insert(p.level(string(s.Period), s.Whole), 1, s.Day.Norwegian()))
	}
	now := p.level(p.say(wordReported), d.Whole)
	rows = append(rows, slices.Insert(now, 1, p.report.Header.AsOf.Date.Norwegian()))
	p.table(p.columns(p.say(wordPeriod), p.say(wordDay)), rows)
}

// share is one component and the measures behind it.
func (p *page) share(c delivery.Component) {
	d := p.report.Delivery
	p.heading(3, p.say(wordBehind, p.component(c), d.Whole.Said(c)))
	p.paragraph(p.say(c.Formula(d.Definition)))
	for _, more := range p.figuresBeside(c) {
		p.paragraph(more)
	}
	switch members := d.Whole.Share(c).Members; {
	case len(members) == 0:
	case c == delivery.K4:
		p.byPeriod(members)
	default:
		p.byMeasure(members)
	}
}

// figuresBeside are the sentences of what stands beside a component.
func (p *page) figuresBeside(c delivery.Component) []string {
	l := p.report.Delivery.Whole
	switch c {
	case delivery.K3:
		if l.K3.Denominator > 0 {
			return []string{p.say(wordDaysBehind, p.grouped(l.K3.DaysBehind), p.grouped(l.K3.First.DaysBehind))}
		}
	case delivery.K4:
		return []string{p.say(wordAnyTime, l.K4.AnyTime.Phrase())}
	case delivery.K5:
		all := []string{p.say(wordMoves, p.grouped(l.K5.Moves), p.report.Delivery.Definition.WindowDays)}
		if l.K5.MedianSlip != nil {
			all = append([]string{p.say(wordSlip, p.decimal(*l.K5.MedianSlip))}, all...)
		}
		return all
	case delivery.K7:
		return []string{
			p.say(wordUnresolved, p.grouped(l.K7.Unresolved)), p.say(wordSectors, l.K7.TwoSectors.Phrase(), l.K7.ThreeSectors.Phrase()),
			p.say(wordContributing, l.K7.Municipalities.Phrase()),
		}
	case delivery.K1, delivery.K2, delivery.K6:
	}
	return nil
}

// colours is the computed colour of each measure, and its owner's own word.
func (p *page) colours() {
	p.heading(3, p.say(wordColours))
	p.paragraph(p.say(wordColoursAre))
	var rows [][]string
	for _, m := range p.report.Delivery.Measures {
		colour := p.say(m.Colour.Phrase())
		if m.Unknown && m.Colour != delivery.Grey {
			colour = p.say(wordUnknownBeside, colour)
		}
		own := ""
		if m.SelfAssessed != "" {
			own = p.say(domain.StatusWords.Of(string(m.SelfAssessed))) + " " + m.Reported.Norwegian()
		}
		rows = append(rows, []string{p.name(m.Measure), colour, own, events(m.Positions)})
	}
	p.table([]string{p.say(wordMeasure), p.say(wordColour), p.say(wordSelfAssessed), p.say(wordPositions)}, rows)
}

// beside is the unscored figures.
func (p *page) beside() {
	c, u := p.report.Delivery.Whole.Counts, p.report.Delivery.Whole.Unscored
	var tertials []string
	for _, t := range u.Completed {
		tertials = append(tertials, t.Tertial+": "+p.grouped(t.Count))
	}
	p.heading(3, p.say(wordBeside))
	p.table([]string{p.say(wordWhat), p.say(wordNumber)}, [][]string{
		{p.say(wordGrey), p.say(c.Grey.Phrase())},
		{p.say(wordWithoutDate), p.grouped(c.Open - c.WithDeadline)},
		{p.say(wordSelfGreen), p.grouped(c.SelfGreenRed)},
		{p.say(wordBackDated), p.say(c.BackDated.Phrase())},
		{p.say(wordAge), p.spread(u.Age)},
		{p.say(wordCycle), p.spread(u.Cycle)},
		{p.say(wordPerTertial), strings.Join(tertials, ", ")},
	})
}

func (p *page) spread(s delivery.Spread) string {
	if s.N == 0 {
		return ""
	}
	return p.say(wordSpread, p.grouped(s.P50), p.grouped(s.P85), p.grouped(s.N))
}

func (p *page) byMeasure(members []delivery.Member) {
	var rows [][]string
	for _, m := range members {
		var dates []string
		for _, d := range m.Dates {
			dates = append(dates, d.Norwegian())
		}
		rows = append(rows, []string{
			joined(" – ", p.name(m.Measure), m.Deliverable, p.actor(m.Partner)), strings.Join(dates, ", "), p.counts(m), p.outcome(m), events(m.Positions),
		})
	}
	p.table([]string{p.say(wordMeasure), p.say(wordDates), p.say(wordCounted), p.say(wordOutcome), p.say(wordPositions)}, rows)
}

// byPeriod is a row for each measure and a column for each period.
func (p *page) byPeriod(members []delivery.Member) {
	var (
		periods  []domain.PeriodID
		measures []domain.MeasureID
		cells    = map[domain.MeasureID]map[domain.PeriodID]string{}
	)
	for _, m := range members {
		if !slices.Contains(periods, m.Period) {
			periods = append(periods, m.Period)
		}
		if cells[m.Measure] == nil {
			measures = append(measures, m.Measure)
			cells[m.Measure] = map[domain.PeriodID]string{}
		}
		cells[m.Measure][m.Period] = p.outcome(m)
	}
	headings := []string{p.say(wordMeasure)}
	for _, id := range periods {
		headings = append(headings, string(id))
	}
	var rows [][]string
	for _, id := range measures {
		row := []string{p.name(id)}
		for _, period := range periods {
			row = append(row, cells[id][period])
		}
		rows = append(rows, row)
	}
	p.table(headings, rows)
}

func (p *page) counts(m delivery.Member) string {
	if m.Counted {
		return p.say(wordYes)
	}
	return p.say(wordNo)
}

func (p *page) outcome(m delivery.Member) string { return p.say(m.Outcome.Phrase()) }

func (p *page) name(id domain.MeasureID) string {
	if name, ok := p.names[id]; ok {
		return name
	}
	return string(id)
}

// actor is what an actor is called; its id when the report does not name it.
func (p *page) actor(id domain.ActorID) string {
	if name, ok := p.actors[id]; ok {
		return name
	}
	return string(id)
}

// titled is a strategy as it is headed: its title, or its id when it has none.
func titled(id, title string) string {
	if strings.TrimSpace(title) == "" {
		return id
	}
	return title
}
