package delivery_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

const thePlan domain.PlanID = "p"

var date = domain.MustDate

// A log is written by hand in a test, in the order of its events. Times are
// noon in Oslo on the day, or as told.
type log struct {
	events []domain.Recorded
}

// on records an event at noon on a day, with effective the same day.
func (l *log) on(day string, subject domain.Subject, e domain.Event) *domain.Recorded {
	return l.at(date(day).At(12, 0), subject, e)
}

func (l *log) at(t time.Time, subject domain.Subject, e domain.Event) *domain.Recorded {
	n := len(l.events) + 1
	l.events = append(l.events, domain.Recorded{
		ID: domain.EventID(fmt.Sprint("e", n)), Position: domain.Position(n), Time: t,
		Effective: domain.DateOf(t), Subject: subject, Plan: thePlan, Event: e,
	})
	return &l.events[n-1]
}

// measure records an event about a measure; effective "" is the same day.
func (l *log) measure(day, effective string, id domain.MeasureID, e domain.Event) *domain.Recorded {
	r := l.on(day, domain.About(domain.EntityMeasure, id), e)
	if effective != "" {
		r.Effective = date(effective)
	}
	return r
}

// adopt adopts the plan with two strategies on a day.
func (l *log) adopt(day string) {
	l.on(day, domain.About(domain.EntityPlan, thePlan), plan.Adopted{
		Plan: thePlan, Strategies: []plan.Strategy{{ID: "s1", Title: "Ett"}, {ID: "s2", Title: "To"}},
	})
}

func (l *log) adoptMeasure(day string, id domain.MeasureID, k plan.Kind) {
	l.measure(day, "", id, plan.MeasureAdopted{Kind: k, Strategy: "s1"})
}

// owner assigns a measure to the council, and says yes.
func (l *log) owner(day string, id domain.MeasureID) {
	l.measure(day, "", id, plan.MeasureAssigned{Owner: "radet"})
	l.measure(day, "", id, plan.MeasureAccepted{Owner: "radet"})
}

func (l *log) deadline(day string, id domain.MeasureID, deadline string) *domain.Recorded {
	return l.measure(day, "", id, plan.DeadlineAdopted{Deadline: date(deadline)})
}

func (l *log) report(day string, id domain.MeasureID, period domain.PeriodID) *domain.Recorded {
	return l.measure(day, "", id, reporting.Reported{Report: reportID(id, period), Period: period})
}

func reportID(id domain.MeasureID, p domain.PeriodID) domain.ReportID {
	return domain.ReportID("r-" + string(id) + "-" + string(p))
}

func (l *log) period(opened string, id domain.PeriodID, from, to, deadline, closed string) {
	l.on(opened, domain.About(domain.EntityPeriod, id), reporting.PeriodOpened{
		Period: id, From: date(from), To: date(to), ReportDeadline: date(deadline),
	})
	if closed != "" {
		l.on(closed, domain.About(domain.EntityPeriod, id), reporting.PeriodClosed{Period: id})
	}
}

func (l *log) correct(day string, target *domain.Recorded, field string, value any) {
	id := target.ID
	raw, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	l.on(day, domain.About(domain.EntityEvent, id), correction.EventCorrected{Event: id, Field: field, New: raw})
}

// inOrder is the log in the order of time, as the store would have had it;
// what was recorded at the same time stays as written.
func (l *log) inOrder() []domain.Recorded {
	events := slices.Clone(l.events)
	slices.SortStableFunc(events, func(a, b domain.Recorded) int { return a.Time.Compare(b.Time) })
	for i := range events {
		events[i].Position = domain.Position(i + 1)
	}
	return events
}

// fold feeds the events to a new projection, in the order of their times.
func (l *log) fold(t testing.TB) *delivery.Projection {
	t.Helper()
	return fold(t, l.inOrder())
}

func fold(t testing.TB, events []domain.Recorded) *delivery.Projection {
	t.Helper()
	p := delivery.New()
	for _, r := range events {
		if err := p.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func profile(t testing.TB, p *delivery.Projection, id domain.PlanID, at delivery.At) delivery.Profile {
	t.Helper()
	got, ok := p.Profile(id, at)
	if !ok {
		t.Fatalf("no profile of %s", id)
	}
	return got
}
