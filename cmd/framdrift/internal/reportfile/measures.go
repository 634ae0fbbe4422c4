package reportfile

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/planview"
)

func (p *page) measures() {
	p.heading(2, p.say(wordMeasures))
	for _, s := range p.report.Strategies {
		p.heading(3, titled(string(s.ID), s.Title))
		if len(s.FocusAreas) == 0 {
			p.paragraph(p.say(wordNoMeasures))
			continue
		}
		p.overview(s)
		for _, a := range s.FocusAreas {
			p.heading(4, titled(p.say(wordNoFocusArea), a.Title))
			for _, m := range a.Measures {
				p.measure(m)
			}
		}
	}
	if len(p.report.Strategies) == 0 {
		p.paragraph(p.say(wordNoMeasures))
	}
}

// overview is a row for each deliverable of the strategy.
func (p *page) overview(s finalreport.Strategy) {
	var rows [][]string
	for _, a := range s.FocusAreas {
		for _, m := range a.Measures {
			state := p.say(stateWord(m))
			if len(m.Deliverables) == 0 { // an ongoing measure that nobody has set a deadline for
				rows = append(rows, []string{p.name(m.ID), state})
			}
			for _, d := range m.Deliverables {
				rows = append(rows, []string{
					joined(" – ", p.name(m.ID), d.Name), state, d.FirstBaseline.Norwegian(), d.Deadline.Norwegian(),
					d.Forecast.Norwegian(), d.Completed.Norwegian(), p.against(d),
				})
			}
		}
	}
	p.table([]string{
		p.say(wordMeasure), p.say(wordState), p.say(wordFirst), p.say(wordDeadline),
		p.say(wordForecast), p.say(wordDone), p.say(wordAgainst),
	}, rows)
}

// against is the days between the deadline in force and what came of it.
func (p *page) against(d finalreport.Deliverable) string {
	if d.DaysLate == nil {
		return ""
	}
	return p.distance(*d.DaysLate, d.Completed.IsZero(), wordDaysEarly, wordOnTheDay, wordDaysLate, wordOverdue)
}

// distance picks the phrase for days before, on and after a deadline, and for
// one that has passed with nothing done.
func (p *page) distance(days int, open bool, before, on, after, past domain.Phrase) string {
	switch {
	case open:
		return p.say(past, p.days(days))
	case days < 0:
		return p.say(before, p.days(-days))
	case days == 0:
		return p.say(on)
	}
	return p.say(after, p.days(days))
}

func (p *page) measure(m finalreport.Measure) {
	p.heading(5, p.name(m.ID))
	p.item(0, p.say(wordState), p.state(m))
	if m.Continues.Measure != "" {
		p.item(0, p.say(wordContinues), p.say(wordOfPlan, string(m.Continues.Measure), string(m.Continues.Plan)))
	}
	for _, d := range m.Deliverables {
		p.deliverable(d, m.Withdrawn)
	}
	p.owners(m)
	p.partners(m.Partners)
	p.reports(m.Reports)
	p.deviations(m.Deviations)
	p.item(0, p.say(wordPositions), events(m.Positions))
	p.endList()
}

// stateWord is how far the measure has come; an owner who said no is not one.
func stateWord(m finalreport.Measure) domain.Phrase {
	if n := len(m.Owners); m.State == planview.StateAssigned && n > 0 {
		if answers := m.Owners[n-1].Answers; len(answers) > 0 && !answers[len(answers)-1].Accepted {
			return domain.EventWords.Of("measure.declined")
		}
	}
	return domain.StateWords.Of(string(m.State))
}

// state is how the measure stands, in words: what it is now, then when it
// began and what happened on the way.
func (p *page) state(m finalreport.Measure) string {
	said := []string{p.say(stateWord(m))}
	if !m.Withdrawn.IsZero() {
		said[0] = p.decided(p.say(wordWithdrawnOn, m.Withdrawn.Norwegian()), m.Withdrawn, m.Withdrawal)
	}
	for _, d := range m.Deliverables {
		if d.Name != "" {
			continue
		}
		if m.State == planview.StateCompleted {
			said = said[1:]
		}
		said = append(said, p.outcomes(d, m.Withdrawn)...)
	}
	if m.Adopted != p.report.Header.Plan.Adopted {
		said = append(said, p.say(wordAdoptedOn, m.Adopted.Norwegian()))
	}
	if !m.Started.IsZero() {
		said = append(said, p.say(wordStartedOn, m.Started.Norwegian()))
	}
	switch m.Reopened {
	case 0:
	case 1:
		said = append(said, p.say(wordReopenedOnce))
	default:
		said = append(said, p.say(wordReopened, m.Reopened))
	}
	if m.Edited {
		said = append(said, p.say(wordEditedAfter))
	}
	return capital(strings.Join(said, ", "))
}

func capital(s string) string {
	return domain.Phrase{NB: s}.Capital().NB
}

// outcomes is what came of a deliverable, against both deadlines.
func (p *page) outcomes(d finalreport.Deliverable, withdrawn domain.Date) []string {
	var said []string
	if !d.Completed.IsZero() {
		said = append(said, p.say(wordDoneOn, d.Completed.Norwegian()))
		if d.Recorded != d.Completed {
			said = append(said, p.say(wordRecordedOn, d.Recorded.Norwegian()))
		}
	}
	open := d.Completed.IsZero()
	switch {
	case d.DaysLate != nil:
		said = append(said, p.distance(*d.DaysLate, open, wordBefore, wordOnDeadline, wordAfter, wordPast))
	case d.Deadline.IsZero():
		said = append(said, p.say(wordNoDeadline))
	case withdrawn.IsZero():
		said = append(said, p.say(wordDue, d.Deadline.Norwegian()))
	}
	if d.DaysLateFirst != nil && d.FirstBaseline != d.Deadline {
		said = append(said, p.distance(*d.DaysLateFirst, open, wordBeforeFirst, wordOnFirst, wordAfterFirst, wordPastFirst))
	}
	return said
}

// deliverable is its deadlines, forecast and result; of an ongoing measure
// under its own name and with what came of it.
func (p *page) deliverable(d finalreport.Deliverable, withdrawn domain.Date) {
	depth := 0
	if d.Name != "" {
		p.item(0, p.say(wordDeliverable, d.Name), strings.Join(p.outcomes(d, withdrawn), ", "))
		depth = 1
	}
	if len(d.Deadlines) > 0 {
		var all []string
		for i, was := range d.Deadlines {
			day := was.Deadline.Norwegian()
			if i > 0 {
				day = p.say(wordMovedTo, day)
			}
			if was.Retrospective {
				day = joined(", ", day, p.say(wordRetro))
			}
			all = append(all, p.decided(day, was.Deadline, was.Decision))
		}
		p.item(depth, p.say(wordDeadlines), strings.Join(all, ", "))
	}
	if !d.Forecast.IsZero() {
		p.item(depth, p.say(wordForecast), d.Forecast.Norwegian())
	}
	if d.Result != "" {
		p.item(depth, p.say(wordResult), "")
		p.quote(depth, d.Result.In(p.language))
	}
}

func (p *page) arrangements() {
	if len(p.report.Arrangements) == 0 {
		return
	}
	p.heading(2, p.say(wordArrangements))
	for _, a := range p.report.Arrangements {
		name := named(a.ID, a.Initiative, a.Text)
		if !a.Withdrawn.IsZero() {
			name = joined(", ", name, p.decided(p.say(wordWithdrawnOn, a.Withdrawn.Norwegian()), a.Withdrawn, a.Withdrawal))
		}
		p.item(0, "", joined(" – ", titled(string(a.Strategy.ID), a.Strategy.Title), a.FocusArea, name))
		for _, x := range a.Partners {
			p.partner(1, x)
		}
	}
	p.endList()
}
