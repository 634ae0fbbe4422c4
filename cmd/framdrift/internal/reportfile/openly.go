package reportfile

import (
	"strconv"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// openly is everything that was changed, or said, later than it should have been.
func (p *page) openly() {
	o := p.report.Openly
	p.heading(2, p.say(wordOpenly))
	p.paragraph(p.say(wordOpenlyIs))
	var corrections, late [][]string
	for _, c := range o.Corrections {
		corrections = append(corrections, p.entry(c.Entry))
	}
	for _, e := range o.Late {
		late = append(late, []string{number(e.Position), e.Effective.Norwegian(), recorded(e.Entry), p.grouped(e.Days), p.late(e)})
	}
	happened := []string{p.say(wordEvent), p.say(wordRecorded), p.say(wordSentence)}
	p.list(wordCorrections, happened, corrections)
	p.list(wordLate, []string{p.say(wordEvent), p.say(wordHappened), p.say(wordRecorded), p.say(wordDayCount), p.say(wordSentence)}, late)
	p.list(wordReopenings, happened, p.entries(o.Reopened))
	p.list(wordEdited, happened, p.entries(o.Edited))
	p.list(wordErased, happened, p.entries(o.Erased))
}

// list is a table under its heading, or one word when it is empty.
func (p *page) list(heading domain.Phrase, columns []string, rows [][]string) {
	p.heading(3, p.say(heading))
	if len(rows) == 0 {
		p.paragraph(p.say(wordNone))
		return
	}
	p.table(columns, rows)
}

func (p *page) entries(all []finalreport.Entry) [][]string {
	var rows [][]string
	for _, e := range all {
		rows = append(rows, p.entry(e))
	}
	return rows
}

func (p *page) entry(e finalreport.Entry) []string {
	return []string{number(e.Position), recorded(e), joined(". ", e.Sentence.In(p.language), e.Why.In(p.language))}
}

// late is the sentence and what makes it late.
func (p *page) late(e finalreport.Late) string {
	together, after := "", ""
	if e.Events > 1 {
		together = p.say(wordSame, e.Events)
	}
	if e.AfterReportDeadline {
		after = p.say(wordAfterReport)
	}
	return joined(" ", e.Sentence.In(p.language), in("(%s)", joined("; ", after, together)))
}

func recorded(e finalreport.Entry) string { return domain.DateOf(e.Recorded).Norwegian() }

func number(n domain.Position) string { return strconv.FormatUint(uint64(n), 10) }

var wordRoot = label(
	"Roten av loggens tre over de %[1]s hendelsene er den samme i et signert sjekkpunkt (framdrift log checkpoint):",
	"Rota av treet til loggen over dei %[1]s hendingane er den same i eit signert sjekkpunkt (framdrift log checkpoint):",
	"The root of the log's tree over those %[1]s events, as a signed checkpoint has it (framdrift log checkpoint):")

// madeOf is what the report was made of, and how to make it again.
func (p *page) madeOf() {
	p.heading(2, p.say(wordMade))
	p.paragraph(p.say(wordMadeIs, p.grouped(p.report.Provenance.Events)))
	p.code(p.report.Provenance.Command)
	if root := p.report.Provenance.Root; root != "" {
		p.paragraph(p.say(wordRoot, p.grouped(p.report.Provenance.Events)))
		p.code(root)
	}
}

// provenance is that, and what gjennomføringskraft was computed with.
func (p *page) provenance() {
	p.madeOf()
	d := p.report.Delivery.Definition
	p.paragraph(p.say(wordParameters, p.definition(d.Version)))
	var rows [][]string
	for _, v := range []struct {
		name  string
		value int
	}{
		{"windowDays", d.WindowDays},
		{"reportGraceDays", d.ReportGraceDays},
		{"toleranceDays", d.ToleranceDays},
		{"horizonDays", d.HorizonDays},
		{"openDays", d.OpenDays},
		{"closedPeriods", d.ClosedPeriods},
	} {
		rows = append(rows, []string{p.say(domain.FieldWords.Of(v.name).Capital()), p.grouped(v.value)})
	}
	p.table([]string{p.say(wordWhat), p.say(wordParameter)}, rows)
}
