package app

import (
	"context"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A Step is how far apart the days of a course are.
type Step string

// The steps. Of each the last day is asked for: of a week Sunday.
const (
	Day     Step = "day"
	Week    Step = "week"
	Month   Step = "month"
	Tertial Step = "tertial"
)

// mostPoints is how many days one course may have: ten years of them.
const mostPoints = 3660

// A CourseQuery is the days a course is asked for. Zero is from the day the
// plan was adopted to today, month by month, as known.
type CourseQuery struct {
	From, To domain.Date
	Step     Step
	View     delivery.View
	Part     delivery.Part
}

// A Course is gjennomføringskraft over time.
type Course struct {
	Plan   domain.PlanID    `json:"plan"`
	View   delivery.View    `json:"view"`
	Step   Step             `json:"step"`
	Part   delivery.Part    `json:"part"`
	Points []delivery.Point `json:"points"`
}

var (
	errBackwards = book.Rule(domain.Invalid, "input.backwards",
		"Fra %[1]s til %[2]s er baklengs. Sett --from til en dag før --to.",
		"Frå %[1]s til %[2]s er baklengs. Set --from til ein dag før --to.",
		"From %[1]s to %[2]s is backwards. Set --from to a day before --to.")
	errTooManyPoints = book.Rule(domain.Invalid, "input.too-many-points",
		"Det blir %[1]d dager, og høyst %[2]d vises om gangen. Velg et lengre --step eller en kortere tid.",
		"Det blir %[1]d dagar, og høgst %[2]d blir viste om gongen. Vel eit lengre --step eller ei kortare tid.",
		"That is %[1]d days, and at most %[2]d are shown at a time. Choose a longer --step or a shorter time.")
)

// Days are the last days of the steps from one day to another, and that other.
func (s Step) Days(from, to domain.Date) ([]domain.Date, error) {
	if to.Before(from) {
		return nil, errBackwards.With(from.Norwegian(), to.Norwegian())
	}
	var all []domain.Date
	for d := s.last(from); d.Before(to); d = s.last(d.AddDays(1)) {
		all = append(all, d)
	}
	if all = append(all, to); len(all) > mostPoints {
		return nil, errTooManyPoints.With(len(all), mostPoints)
	}
	return all, nil
}

// last is the last day of the step that a day is in.
func (s Step) last(d domain.Date) domain.Date {
	switch s {
	case Week:
		return d.AddDays((7 - int(d.At(12, 0).Weekday())) % 7)
	case Month:
		return domain.NewDate(d.Year(), d.Month()+1, 1).AddDays(-1)
	case Tertial:
		return domain.NewDate(d.Year(), (d.Month()+3)/4*4+1, 1).AddDays(-1)
	case Day:
	}
	return d
}

// Course is gjennomføringskraft of one plan over time. Days that are not over,
// or have not come, are seen as of now.
func (r *Region) Course(ctx context.Context, id domain.PlanID, q CourseQuery) (c Course, err error) {
	if q.Step == "" {
		q.Step = Month
	}
	err = domain.FirstError(r.newer(), domain.CheckChoice("step", q.Step, Day, Week, Month, Tertial))
	if err != nil {
		return c, err
	}
	var wrong error
	err = r.reading(ctx, func() { c, wrong = r.course(id, q, r.now(r.ruling.current())) }, plans, figures)
	return c, domain.FirstError(err, wrong)
}

func (r *Region) course(id domain.PlanID, q CourseQuery, now time.Time) (Course, error) {
	id, err := choose(r.planview(), id, Per{})
	if err != nil {
		return Course{}, err
	}
	p, _ := r.planview().Plan(id)
	today := domain.DateOf(now)
	if q.From.IsZero() {
		q.From = p.Adopted
	}
	if q.To.IsZero() || q.To.After(today) {
		q.To = today
	}
	if !p.Closed.IsZero() && q.To.After(p.Closed) { // after that it stands still
		q.To = p.Closed
	}
	days, err := q.Step.Days(q.From, q.To)
	if err != nil {
		return Course{}, err
	}
	if q.View == "" {
		q.View = delivery.Known
	}
	if whole, ok := r.delivery().Profile(id, delivery.OnDay(q.To).As(q.View)); ok && q.Part != (delivery.Part{}) {
		if err := knows(whole, q.Part); err != nil {
			return Course{}, err
		}
	}
	c := Course{Plan: id, View: q.View, Step: q.Step, Part: q.Part, Points: []delivery.Point{}}
	ends := make([]time.Time, len(days))
	for i, d := range days {
		ends[i] = d.End()
	}
	for _, point := range r.delivery().Course(id, q.View, q.Part, ends) {
		c.Points = append(c.Points, point.Clone())
	}
	return c, nil
}
