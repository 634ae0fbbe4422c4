package delivery_test

import (
	"encoding/json"
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// The logs drawn here begin on 1 January 2023 and end within 300 days, so that
// no deadline that fell has left the window. They hold more than the rules of
// the plan would let in: the figures must add up all the same.
const (
	firstDay = "2023-01-01"
	lastDay  = 300
)

var drawnMeasures = []domain.MeasureID{"a", "b", "c", "d", "o"}

// drawLog is a plan of five rows with some 60 events. plain keeps to events
// that take effect the day they are recorded, and makes no corrections.
func drawLog(t *rapid.T, plain bool) *log {
	var l log
	l.adopt(firstDay)
	for _, id := range drawnMeasures {
		k := rapid.SampledFrom([]plan.Kind{plan.OneOff, plan.OneOff, plan.Ongoing, plan.Arrangement}).Draw(t, "kind")
		l.measure(firstDay, "", id, plan.MeasureAdopted{
			Kind: k, Strategy: drawStrategy(t), FocusArea: drawFocusArea(t), Partners: rapid.SliceOfN(rapid.SampledFrom(drawnActors), 0, 3).Draw(t, "partners"),
		})
	}
	l.actors(firstDay)
	l.period("2023-01-02", "T1-2023", "2023-01-01", "2023-04-30", "2023-05-15", "2023-05-16")
	l.period("2023-05-02", "T2-2023", "2023-05-01", "2023-08-31", "2023-09-15", "2023-09-18")
	for range rapid.IntRange(0, 60).Draw(t, "events") {
		day := date(firstDay).AddDays(rapid.IntRange(0, lastDay).Draw(t, "day"))
		if !plain && rapid.IntRange(0, 9).Draw(t, "correct") == 0 {
			target := rapid.SampledFrom(ofMeasures(l.events)).Draw(t, "target")
			l.correct(later(day, target), &target, "effective", drawBefore(t, day))
			continue
		}
		if !plain && rapid.IntRange(0, 9).Draw(t, "of the region") == 0 {
			drawRegional(t, &l, day)
			continue
		}
		r := l.measure(day.String(), "", rapid.SampledFrom(drawnMeasures).Draw(t, "measure"), drawEvent(t, day))
		if _, ok := r.Event.(reporting.Reported); ok {
			r.OnBehalfOf = rapid.SampledFrom(drawnActors).Draw(t, "on behalf of")
		}
		if !plain {
			r.Effective = drawBefore(t, day)
			r.Retrospective = rapid.Bool().Draw(t, "retrospective")
		}
	}
	return &l
}

var drawnActors = []domain.ActorID{"radet", "utviklingsleder", "osen", "roan", "ntnu", "alle", "alle2", "unknown"}

// actors is the register: bodies, two members, and two collectives.
func (l *log) actors(day string) {
	for id, e := range map[domain.ActorID]actors.Registered{
		"radet": {Kind: actors.Body, Sector: actors.Public}, "utviklingsleder": {Kind: actors.Person, Sector: actors.Public},
		"osen": {Kind: actors.Municipality, Sector: actors.Public}, "roan": {Kind: actors.Municipality, Sector: actors.Public},
		"ntnu": {Kind: actors.Organisation, Sector: actors.Knowledge},
		"alle": {Kind: actors.Collective, Sector: actors.Business}, "alle2": {Kind: actors.Collective, Sector: actors.Voluntary},
	} {
		l.on(day, domain.About(domain.EntityActor, id), e).Plan = ""
	}
	l.on(day, domain.About[domain.RegionID](domain.EntityRegion, "fosen"), actors.RegionDescribed{
		Members: []actors.Member{{Actor: "osen"}, {Actor: "roan", To: date("2023-06-30")}},
	}).Plan = ""
}

// drawRegional is something that is about no measure.
func drawRegional(t *rapid.T, l *log, day domain.Date) {
	actor := rapid.SampledFrom(drawnActors).Draw(t, "actor")
	switch rapid.IntRange(0, 9).Draw(t, "what") {
	case 0, 1, 2:
		l.on(day.String(), domain.About(domain.EntityActor, actor), actors.Merged{
			Into: rapid.SampledFrom(drawnActors).Draw(t, "into"), From: day.AddDays(rapid.IntRange(-5, 20).Draw(t, "from")),
		}).Plan = ""
	case 3, 4, 5:
		sector := rapid.SampledFrom([]actors.Sector{actors.Public, actors.Business, actors.Knowledge}).Draw(t, "sector")
		l.on(day.String(), domain.About(domain.EntityActor, actor), actors.Classified{Sector: sector}).Plan = ""
	case 6:
		if effective := drawBefore(t, day); effective.After(date(firstDay)) {
			l.on(day.String(), domain.About(domain.EntityPlan, thePlan), plan.Closed{}).Effective = effective
		}
	default:
		l.on(day.String(), domain.About(domain.EntityDelivery, thePlan), reporting.DeliveryDefined{
			Version:    fmt.Sprint("v", len(l.events)),
			WindowDays: rapid.SampledFrom([]int{0, 10, 100}).Draw(t, "W"), HorizonDays: rapid.SampledFrom([]int{0, 5, 40}).Draw(t, "H"),
			ToleranceDays: rapid.SampledFrom([]int{0, 3}).Draw(t, "tolerance"), OpenDays: rapid.SampledFrom([]int{0, 5}).Draw(t, "open"),
			ClosedPeriods: rapid.SampledFrom([]int{0, 1}).Draw(t, "closed"),
		})
	}
}

func ofMeasures(events []domain.Recorded) []domain.Recorded {
	return slices.DeleteFunc(slices.Clone(events), func(r domain.Recorded) bool { return r.Subject.Entity != domain.EntityMeasure })
}

// later is the day, or the day of the target if that is later.
func later(day domain.Date, target domain.Recorded) string {
	if recorded := domain.DateOf(target.Time); day.Before(recorded) {
		day = recorded
	}
	return day.String()
}

func drawBefore(t *rapid.T, day domain.Date) domain.Date {
	return day.AddDays(-rapid.SampledFrom([]int{0, 0, 1, 10, 40}).Draw(t, "days before"))
}

func drawStrategy(t *rapid.T) domain.StrategyID {
	return rapid.SampledFrom([]domain.StrategyID{"s1", "s2", "s3"}).Draw(t, "strategy")
}

func drawFocusArea(t *rapid.T) string {
	return rapid.SampledFrom([]string{"", "Samferdsel", "Klima"}).Draw(t, "focus area")
}

func drawEvent(t *rapid.T, day domain.Date) domain.Event {
	var (
		actor       = rapid.SampledFrom([]domain.ActorID{"radet", "utviklingsleder"}).Draw(t, "actor")
		deliverable = rapid.SampledFrom([]string{"", "", "2023"}).Draw(t, "deliverable")
		report      = rapid.SampledFrom([]domain.ReportID{"r1", "r2", "r3"}).Draw(t, "report")
		period      = rapid.SampledFrom([]domain.PeriodID{"T1-2023", "T2-2023"}).Draw(t, "period")
		deadline    = day.AddDays(rapid.IntRange(-10, 90).Draw(t, "deadline"))
		partner     = rapid.SampledFrom(drawnActors).Draw(t, "partner")
		status      = rapid.SampledFrom([]reporting.Status{reporting.Green, reporting.Red, reporting.Unchanged}).Draw(t, "status")
	)
	return rapid.SampledFrom([]domain.Event{
		plan.MeasureAssigned{Owner: actor},
		plan.MeasureAccepted{Owner: actor},
		plan.MeasureDeclined{Owner: actor},
		plan.DeadlineAdopted{Deadline: deadline, Deliverable: deliverable},
		plan.DeadlineAdopted{Deadline: deadline, Deliverable: deliverable},
		plan.MeasureStarted{},
		plan.MeasureCompleted{Deliverable: deliverable},
		plan.MeasureReopened{Deliverable: deliverable},
		reporting.Reported{Report: report, Period: period, Status: status},
		reporting.Reported{Report: report, Period: period, Status: status, Forecast: deadline},
		plan.ForecastGiven{Forecast: deadline, Deliverable: deliverable},
		plan.ForecastGiven{Forecast: deadline, Deliverable: deliverable},
		plan.DeviationHandled{},
		plan.PartnerConfirmed{Partner: partner},
		plan.ContributionRecorded{Partner: partner},
		plan.ContributionRecorded{Partner: partner},
		plan.PartnerResolved{Partner: "alle", Into: []domain.ActorID{partner, "osen"}},
		plan.MeasureAmended{Field: plan.FieldPartners, New: string(partner) + ",alle2"},
		plan.MeasureAmended{Field: plan.FieldFocusArea, New: drawFocusArea(t)},
		reporting.Returned{Report: report},
		reporting.Approved{Report: report},
		reporting.Withdrawn{Report: report},
		plan.MeasureAmended{Field: plan.FieldStrategy, New: string(drawStrategy(t))},
		plan.MeasureWithdrawn{},
	}).Draw(t, "event")
}

func drawAt(t *rapid.T) delivery.At {
	at := delivery.OnDay(date(firstDay).AddDays(rapid.IntRange(0, lastDay+30).Draw(t, "T")))
	return at.As(rapid.SampledFrom([]delivery.View{delivery.Known, delivery.Corrected}).Draw(t, "view"))
}

// foldDrawn and of are fold and profile for a log that was drawn.
func foldDrawn(t *rapid.T, events []domain.Recorded) *delivery.Projection {
	p := delivery.New()
	for _, r := range events {
		if err := p.Apply(r); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func of(t *rapid.T, events []domain.Recorded, at delivery.At) delivery.Profile {
	got, ok := foldDrawn(t, events).Profile(thePlan, at)
	if !ok {
		t.Fatal("no profile")
	}
	return got
}

func same(t *rapid.T, what string, a, b any) {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	if errX != nil || errY != nil || string(x) != string(y) {
		t.Fatalf("%s\none   %s\nother %s", what, x, y)
	}
}
