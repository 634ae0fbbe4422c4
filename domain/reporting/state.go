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
	Counts      domain.Table[domain.MeasureID, Count]
	Definitions []string // versions, the latest last
	GraceDays   int      // as the latest definition has it; 0 when it leaves it out
}

// A Count is how many reports a measure has: given, and standing.
type Count struct{ Given, Standing int }

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

// Stands reports whether the report is neither withdrawn nor returned.
func (g Given) Stands() bool { return !g.Withdrawn && g.Answer != ReturnedToOwner }

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
		s.Periods = s.Periods.Change(e.Period, func(p *Period) { p.Open = false })
	case Reported:
		id := domain.MeasureID(r.Subject.ID)
		s.Given = s.Given.With(e.Report, Given{Measure: id, Status: e.Status})
		s.count(id, Count{Given: 1, Standing: 1})
	case Returned:
		s.answer(e.Report, func(g *Given) { g.Answer = ReturnedToOwner })
	case Approved:
		s.answer(e.Report, func(g *Given) { g.Answer = LetStand })
	case Withdrawn:
		s.answer(e.Report, func(g *Given) { g.Withdrawn = true })
	case DeliveryDefined:
		s.Definitions = append(slices.Clip(s.Definitions), e.Version)
		s.GraceDays = e.ReportGraceDays
	}
	return s
}

func (s *State) answer(id domain.ReportID, change func(*Given)) {
	var more Count
	var of domain.MeasureID
	s.Given = s.Given.Change(id, func(g *Given) {
		stood := g.Stands()
		change(g)
		of = g.Measure
		switch {
		case stood && !g.Stands():
			more.Standing = -1
		case !stood && g.Stands():
			more.Standing = 1
		}
	})
	if more != (Count{}) {
		s.count(of, more)
	}
}

func (s *State) count(id domain.MeasureID, more Count) {
	s.Counts = s.Counts.Change(id, func(n *Count) { *n = Count{n.Given + more.Given, n.Standing + more.Standing} })
}
