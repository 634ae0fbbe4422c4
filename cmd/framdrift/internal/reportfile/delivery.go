package reportfile

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

func (p *page) delivery() {
	p.profile()
	p.course()
	for _, c := range delivery.Components() {
		p.share(c)
	}
	p.colours()
	p.beside()
}

// profile is the shares of the plan and its strategies.
func (p *page) profile() {
	d := p.report.Delivery
	p.heading(2, p.say(wordDelivery))
	p.paragraph(p.say(wordDeliveryIs))
	rows, cited := [][]string{p.level(p.say(wordWhole), d.Whole)}, [][]domain.Position{behind(d.Whole)}
	for _, s := range d.Strategies {
		rows, cited = append(rows, p.level(titled(string(s.Strategy), s.Title), s)), append(cited, behind(s))
	}
	p.citing(p.columns(p.say(wordLevel)), rows, cited)
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
	now := finalreport.Stage{Period: domain.PeriodID(p.say(wordReported)), Day: p.report.Header.AsOf.Date, Whole: d.Whole}
	p.stages(append(slices.Clip(d.Course), now))
}

// stages are a chart of the shares over time, and its table.
func (p *page) stages(all []finalreport.Stage) {
	f := figure{name: p.section}
	for _, c := range delivery.Components() {
		f.lines = append(f.lines, line{name: p.component(c)})
	}
	var rows [][]string
	var cited [][]domain.Position
	for _, s := range all {
		rows = append(rows, slices.Insert(p.level(string(s.Period), s.Whole), 1, s.Day.Norwegian()))
		cited = append(cited, behind(s.Whole))
		f.labels = append(f.labels, string(s.Period))
		for i, c := range delivery.Components() {
			f.lines[i].points = append(f.lines[i].points, p.point(s.Whole, c))
		}
	}
	p.add(f)
	p.citing(p.columns(p.say(wordPeriod), p.say(wordDay)), rows, cited)
}

func (p *page) point(l delivery.Level, c delivery.Component) point {
	share := l.Share(c).Ratio
	if share.Denominator == 0 {
		return point{}
	}
	return point{true, float64(share.Numerator) / float64(share.Denominator), p.say(l.Said(c))}
}

// behind is the events that shares of a level follow from; with none named, all of them.
func behind(l delivery.Level, shares ...delivery.Component) []domain.Position {
	var all []domain.Position
	if len(shares) == 0 {
		shares = delivery.Components()
	}
	for _, c := range shares {
		for _, m := range l.Share(c).Members {
			all = append(all, m.Positions...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// then is what was known when; as known it is the course itself.
func (p *page) then() {
	p.heading(2, p.say(wordThen))
	if p.report.Header.View == delivery.Known {
		p.paragraph(p.say(wordThenIsCourse))
		return
	}
	if len(p.report.Delivery.Then) == 0 {
		p.paragraph(p.say(wordNoCourse))
		return
	}
	p.paragraph(p.say(wordThenIs))
	p.stages(p.report.Delivery.Then)
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
