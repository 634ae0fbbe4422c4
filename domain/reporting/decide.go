package reporting

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// GraceDays is how long after a period owners may report when neither the
// period nor the definition of delivery says anything else.
const GraceDays = 15

// MaxDays is the most that a definition may say of anything, about a century.
const MaxDays = 36_525

// Decide is what a command leads to: drafts in the order they happen, or the
// refusal of one rule. The plan tells which measures were open when.
func Decide(s State, p plan.State, a domain.Asked, c Command) ([]domain.Draft, error) {
	if p.Closed {
		return nil, rulePlanClosed.With(p.ID)
	}
	if err := p.NotBeforeAdoption(a); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case OpenPeriod:
		return openPeriod(s, c)
	case ClosePeriod:
		return closePeriod(s, a, c)
	case Report:
		return report(s, p, a, c)
	case Return:
		if err := domain.RequireText("why", c.Why); err != nil {
			return nil, err
		}
		return s.answerWith(c.Report, c.Why, ReturnedToOwner, Returned(c))
	case Approve:
		return s.answerWith(c.Report, c.Why, LetStand, Approved(c))
	case WithdrawReport:
		return s.answerWith(c.Report, c.Why, Unanswered, Withdrawn(c))
	case DefineDelivery:
		return define(s, c)
	}
	return nil, fmt.Errorf("reporting: no rule for %T", c)
}

// Tertial is the calendar tertial that a period's name says: T1 is January to
// April, T2 May to August, T3 September to December.
func Tertial(id domain.PeriodID) (from, to domain.Date, ok bool) {
	m := tertialName.FindStringSubmatch(string(id))
	if m == nil {
		return from, to, false
	}
	number, _ := strconv.Atoi(m[1])
	year, _ := strconv.Atoi(m[2])
	first := time.Month(4*number - 3)
	return domain.NewDate(year, first, 1), domain.NewDate(year, first+4, 1).AddDays(-1), true
}

var tertialName = regexp.MustCompile(`^T([123])-([12]\d{3})$`)

func openPeriod(s State, c OpenPeriod) ([]domain.Draft, error) {
	if err := domain.CheckID(c.Period); err != nil {
		return nil, err
	}
	before, opened := s.Periods.Lookup(c.Period)
	if before.Open {
		return nil, rulePeriodOpen.With(c.Period)
	}
	from, to, _ := Tertial(c.Period)
	deadline := domain.Date{}
	if opened {
		from, to, deadline = before.From, before.To, before.ReportDeadline
	}
	c.From, c.To = orElse(c.From, from), orElse(c.To, to)
	if deadline.IsZero() && !c.To.IsZero() {
		deadline = c.To.AddDays(cmp.Or(s.GraceDays, GraceDays))
	}
	c.ReportDeadline = orElse(c.ReportDeadline, deadline)
	if c.From.IsZero() || c.To.Before(c.From) || c.ReportDeadline.Before(c.To) || c.ReportDeadline.Year() > 9999 {
		return nil, rulePeriodDates.With(c.Period)
	}
	return one(domain.About(domain.EntityPeriod, c.Period), PeriodOpened(c))
}

func orElse(given, otherwise domain.Date) domain.Date {
	if given.IsZero() {
		return otherwise
	}
	return given
}

func one(subject domain.Subject, e Event) ([]domain.Draft, error) {
	return []domain.Draft{{Subject: subject, Event: e}}, nil
}

func closePeriod(s State, a domain.Asked, c ClosePeriod) ([]domain.Draft, error) {
	p, _ := s.Periods.Lookup(c.Period)
	if !p.Open {
		return nil, rulePeriodNotOpen.With(c.Period)
	}
	for _, day := range []domain.Date{a.Effective, a.Today} {
		if !day.After(p.ReportDeadline) {
			return nil, rulePeriodBeforeDeadline.With(c.Period, p.ReportDeadline.Norwegian(), day.Norwegian())
		}
	}
	return one(domain.About(domain.EntityPeriod, c.Period), PeriodClosed(c))
}

func report(s State, p plan.State, a domain.Asked, c Report) ([]domain.Draft, error) {
	if err := domain.FirstError(
		domain.CheckChoice("status", c.Status, Green, Amber, Red, Unchanged),
		domain.CheckText("text", c.Text), domain.CheckText("obstacles", c.Obstacles), domain.CheckText("next", c.Next),
	); err != nil {
		return nil, err
	}
	m, err := reportable(s, p, a, c)
	if err != nil {
		return nil, err
	}
	n, _ := s.Counts.Lookup(c.Measure)
	if c.Status == Unchanged && n.Standing == 0 {
		return nil, ruleNothingUnchanged.With(c.Measure)
	}
	if c.Report == "" {
		c.Report = s.nextReport(c.Measure, c.Period, n.Given+1)
	}
	if err := domain.CheckID(c.Report); err != nil {
		return nil, err
	}
	if _, given := s.Given.Lookup(c.Report); given {
		return nil, ruleReportExists.With(c.Report)
	}
	return []domain.Draft{{
		Subject: domain.About(domain.EntityMeasure, c.Measure), OnBehalfOf: m.Owner,
		Event: Reported{
			Report: c.Report, Period: c.Period, Status: c.Status,
			Text: c.Text, Obstacles: c.Obstacles, Next: c.Next, Forecast: c.Forecast,
		},
	}}, nil
}

// reportable is a measure that stands, was open in the period, and the period
// is open. What was withdrawn or completed in the period may still be
// reported for it.
func reportable(s State, p plan.State, a domain.Asked, c Report) (plan.Measure, error) {
	m, err := p.Known(c.Measure, a)
	if err != nil {
		return m, err
	}
	if err := m.NotFollowed(c.Measure); err != nil {
		return m, err
	}
	period, _ := s.Periods.Lookup(c.Period)
	if !period.Open {
		return m, rulePeriodNotOpen.With(c.Period)
	}
	if !m.OpenDuring(period.From, period.To) {
		return m, ruleNotOpenInPeriod.With(c.Measure, c.Period)
	}
	return m, nil
}

// nextReport is an id that nobody has taken, from the n-th on. Long names are
// cut so that it is an id.
func (s State) nextReport(m domain.MeasureID, p domain.PeriodID, n int) domain.ReportID {
	name := fmt.Sprintf("%s-%s", m, p)
	for {
		number := fmt.Sprintf("-%d", n)
		id := domain.ReportID(name[:min(len(name), domain.MaxID-len(number))] + number)
		if _, taken := s.Given.Lookup(id); !taken {
			return id
		}
		n++
	}
}

// answerWith is the event e about a report that stands; Unanswered stands for
// its withdrawal.
func (s State) answerWith(id domain.ReportID, why domain.Text, answer Answer, e Event) ([]domain.Draft, error) {
	g, ok := s.Given.Lookup(id)
	switch {
	case !ok:
		return nil, ruleReportUnknown.With(id)
	case g.Withdrawn:
		return nil, ruleReportWithdrawn.With(id)
	case answer != Unanswered && g.Answer == answer:
		return nil, ruleReportAnswered.With(id)
	}
	if err := domain.CheckText("why", why); err != nil {
		return nil, err
	}
	return one(domain.About(domain.EntityMeasure, g.Measure), e)
}

func define(s State, c DefineDelivery) ([]domain.Draft, error) {
	d := c.Definition
	if err := domain.CheckID(d.Version); err != nil {
		return nil, err
	}
	if err := domain.FirstError(
		domain.CheckRange("windowDays", d.WindowDays, 0, MaxDays), domain.CheckRange("reportGraceDays", d.ReportGraceDays, 0, MaxDays),
		domain.CheckRange("toleranceDays", d.ToleranceDays, 0, MaxDays), domain.CheckRange("horizonDays", d.HorizonDays, 0, MaxDays),
		domain.CheckRange("openDays", d.OpenDays, 0, MaxDays), domain.CheckRange("closedPeriods", d.ClosedPeriods, 0, MaxDays),
	); err != nil {
		return nil, err
	}
	if slices.Contains(s.Definitions, d.Version) {
		return nil, ruleDefinitionExists.With(d.Version)
	}
	return one(domain.About(domain.EntityDelivery, d.Version), d)
}
