package reporting

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// A State is what the log says about one plan's reporting. The zero State is
// a plan that has no periods yet.
type State struct {
	Periods     domain.Table[domain.PeriodID, Period]
	Given       domain.Table[domain.ReportID, Given]
	Reported    domain.Table[domain.MeasureID, int] // how many reports each measure has given
	Definitions []string                            // versions, the latest last
}

// A Period is a span that owners report for.
type Period struct {
	From, To       domain.Date
	ReportDeadline domain.Date
	Open           bool
}

// A Given is a report on the log.
type Given struct {
	Measure   domain.MeasureID
	Status    Status
	Withdrawn bool
	Answer    Answer // the latest
}

// An Answer is what the coordinator has said of a report.
type Answer uint8

// The answers.
const (
	Unanswered Answer = iota
	ReturnedToOwner
	LetStand
)

// Evolve is the state after one more event of this plan. An event of another
// package changes nothing.
func Evolve(s State, r domain.Recorded) State {
	e, ok := r.Event.(Event)
	if !ok {
		return s
	}
	switch e := e.(type) {
	case PeriodOpened:
		s.Periods = s.Periods.With(e.Period, Period{From: e.From, To: e.To, ReportDeadline: e.ReportDeadline, Open: true})
	case PeriodClosed:
		p, _ := s.Periods.Lookup(e.Period)
		p.Open = false
		s.Periods = s.Periods.With(e.Period, p)
	case Reported:
		id := domain.MeasureID(r.Subject.ID)
		n, _ := s.Reported.Lookup(id)
		s.Reported = s.Reported.With(id, n+1)
		s.Given = s.Given.With(e.Report, Given{Measure: id, Status: e.Status})
	case Returned:
		s.answer(e.Report, func(g *Given) { g.Answer = ReturnedToOwner })
	case Approved:
		s.answer(e.Report, func(g *Given) { g.Answer = LetStand })
	case Withdrawn:
		s.answer(e.Report, func(g *Given) { g.Withdrawn = true })
	case DeliveryDefined:
		s.Definitions = append(slices.Clip(s.Definitions), e.Version)
	}
	return s
}

func (s *State) answer(id domain.ReportID, change func(*Given)) {
	g, _ := s.Given.Lookup(id)
	change(&g)
	s.Given = s.Given.With(id, g)
}
