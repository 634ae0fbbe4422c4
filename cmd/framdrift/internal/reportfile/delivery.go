package reportfile

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
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
	for _, s := range d.Whole.Shares {
		p.share(s)
	}
}

// columns is the first headings and one for each component.
func (p *page) columns(first ...string) []string {
	for _, c := range finalreport.Components() {
		first = append(first, p.say(components[c].name))
	}
	return first
}

// level is the first cells and the shares of a level.
func (p *page) level(first string, l finalreport.Level) []string {
	row := []string{first}
	for _, s := range l.Shares {
		row = append(row, p.say(s.Phrase()))
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
func (p *page) share(s finalreport.Share) {
	d := p.report.Delivery.Definition
	p.heading(3, p.say(wordBehind, components[s.Component].name, s.Phrase()))
	p.paragraph(p.say(components[s.Component].is, parameters(s.Component, d)...))
	if s.AnyTime != nil {
		p.paragraph(p.say(wordAnyTime, s.AnyTime.Phrase()))
	}
	switch {
	case len(s.Members) == 0:
	case s.Component == finalreport.K4:
		p.byPeriod(s.Members)
	default:
		p.byMeasure(s.Members)
	}
}

// parameters are those of the definition that a component's phrase names.
func parameters(c finalreport.Component, d delivery.Definition) []any {
	switch c {
	case finalreport.K2:
		return []any{d.WindowDays}
	case finalreport.K4:
		return []any{d.ClosedPeriods}
	case finalreport.K1:
	}
	return nil
}

func (p *page) byMeasure(members []delivery.Member) {
	var rows [][]string
	for _, m := range members {
		rows = append(rows, []string{joined(" – ", p.name(m.Measure), m.Deliverable), p.counts(m), p.outcome(m), events(m.Positions)})
	}
	p.table([]string{p.say(wordMeasure), p.say(wordCounted), p.say(wordOutcome), p.say(wordPositions)}, rows)
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

func (p *page) outcome(m delivery.Member) string { return p.say(outcomes[m.Outcome]) }

func (p *page) name(id domain.MeasureID) string {
	if name, ok := p.names[id]; ok {
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
