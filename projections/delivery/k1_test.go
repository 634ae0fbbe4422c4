package delivery_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

// A rule is one row: what is on the log beside the adopted plan (1 January
// 2023), and what a component says about it on a day.
type rule struct {
	sentence string
	log      func(*log)
	day      string
	view     delivery.View // known, unless told
	want     delivery.Ratio
	outcomes []delivery.Outcome
}

func (r rule) test(t *testing.T, component func(delivery.Level) delivery.Share) {
	t.Run(r.sentence, func(t *testing.T) {
		var l log
		l.adopt("2023-01-01")
		r.log(&l)
		view := r.view
		if view == "" {
			view = delivery.Known
		}
		got := component(profile(t, l.fold(t), thePlan, delivery.OnDay(date(r.day)).As(view)).Whole)
		equal(t, "the share", got.Ratio, r.want)
		equal(t, "the outcomes", outcomes(got), r.outcomes)
	})
}

func accepted(by string) plan.MeasureAccepted { return plan.MeasureAccepted{Owner: domain.ActorID(by)} }

func TestK1(t *testing.T) {
	anchored := func(l *log) {
		l.adoptMeasure("2023-01-01", "m", plan.OneOff)
		l.owner("2023-01-02", "m")
		l.deadline("2023-01-03", "m", "2023-12-31")
	}
	ongoing := func(l *log) {
		l.adoptMeasure("2023-01-01", "m", plan.Ongoing)
		l.owner("2023-01-02", "m")
		l.measure("2023-01-03", "", "m", plan.DeadlineAdopted{Deadline: date("2023-12-31"), Deliverable: "2023"})
	}
	for _, row := range []rule{
		{
			"a measure with an accepted owner and an adopted deadline is anchored", anchored,
			"2023-02-01", "", ratio(1, 1),
			[]delivery.Outcome{delivery.Anchored},
		},
		{
			"an owner who is asked and has not answered is no owner",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				l.measure("2023-01-02", "", "m", plan.MeasureAssigned{Owner: "radet"})
				l.deadline("2023-01-03", "m", "2023-12-31")
			},
			"2023-02-01", "", ratio(0, 1),
			[]delivery.Outcome{delivery.NoOwner},
		},
		{
			"a new assignment of the same owner needs a new yes",
			func(l *log) { anchored(l); l.measure("2023-01-20", "", "m", plan.MeasureAssigned{Owner: "radet"}) },
			"2023-02-01", "", ratio(0, 1),
			[]delivery.Outcome{delivery.NoOwner},
		},
		{
			"an owner who has declined since has not accepted",
			func(l *log) { anchored(l); l.measure("2023-01-20", "", "m", plan.MeasureDeclined{Owner: "radet"}) },
			"2023-02-01", "", ratio(0, 1),
			[]delivery.Outcome{delivery.NoOwner},
		},
		{
			"an owner who declined and then said yes has accepted",
			func(l *log) {
				anchored(l)
				l.measure("2023-01-20", "", "m", plan.MeasureDeclined{Owner: "radet"})
				l.measure("2023-01-21", "", "m", accepted("radet"))
			},
			"2023-02-01", "", ratio(1, 1),
			[]delivery.Outcome{delivery.Anchored},
		},
		{
			"the yes of another than the owner is no yes",
			func(l *log) {
				anchored(l)
				l.measure("2023-01-20", "", "m", plan.MeasureAssigned{Owner: "utviklingsleder"})
				l.measure("2023-01-21", "", "m", accepted("radet"))
			},
			"2023-02-01", "", ratio(0, 1),
			[]delivery.Outcome{delivery.NoOwner},
		},
		{
			"a measure without an adopted deadline is not anchored",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				l.owner("2023-01-02", "m")
				l.measure("2023-01-03", "", "m", plan.ForecastGiven{Forecast: date("2023-12-31")})
			},
			"2023-02-01", "", ratio(0, 1),
			[]delivery.Outcome{delivery.NoDeadline},
		},
		{
			"arrangements are in no denominator",
			func(l *log) { l.adoptMeasure("2023-01-01", "o01", plan.Arrangement) },
			"2023-02-01", "", ratio(0, 0), nil,
		},
		{
			"a completed measure is not open",
			func(l *log) { anchored(l); l.measure("2023-01-20", "", "m", plan.MeasureCompleted{}) },
			"2023-02-01", "", ratio(0, 0), nil,
		},
		{
			"a reopened measure is open again",
			func(l *log) {
				anchored(l)
				l.measure("2023-01-20", "", "m", plan.MeasureCompleted{})
				l.measure("2023-01-25", "", "m", plan.MeasureReopened{})
			},
			"2023-02-01", "", ratio(1, 1),
			[]delivery.Outcome{delivery.Anchored},
		},
		{
			"a withdrawn measure is out from the day it is withdrawn",
			func(l *log) { anchored(l); l.measure("2023-02-01", "", "m", plan.MeasureWithdrawn{}) },
			"2023-02-01", "", ratio(0, 0), nil,
		},
		{
			"as known a withdrawal counts from the day it was recorded",
			func(l *log) { anchored(l); l.measure("2023-02-10", "2023-01-20", "m", plan.MeasureWithdrawn{}) },
			"2023-02-01", "", ratio(1, 1),
			[]delivery.Outcome{delivery.Anchored},
		},
		{
			"as corrected a withdrawal counts from its effective day",
			func(l *log) { anchored(l); l.measure("2023-02-10", "2023-01-20", "m", plan.MeasureWithdrawn{}) },
			"2023-02-01", delivery.Corrected, ratio(0, 0), nil,
		},
		{
			"an ongoing measure with a completed deliverable is open, without a deadline",
			func(l *log) { ongoing(l); l.measure("2023-01-20", "", "m", plan.MeasureCompleted{Deliverable: "2023"}) },
			"2023-02-01", "", ratio(0, 1),
			[]delivery.Outcome{delivery.NoDeadline},
		},
		{
			"an ongoing measure is anchored by the deadline of its next deliverable",
			func(l *log) {
				ongoing(l)
				l.measure("2023-01-20", "", "m", plan.MeasureCompleted{Deliverable: "2023"})
				l.measure("2023-01-21", "", "m", plan.DeadlineAdopted{Deadline: date("2024-12-31"), Deliverable: "2024"})
			},
			"2023-02-01", "", ratio(1, 1),
			[]delivery.Outcome{delivery.Anchored},
		},
		{
			"as corrected the assignment with the latest effective day is in force",
			func(l *log) {
				anchored(l)
				l.measure("2023-01-20", "2023-01-01", "m", plan.MeasureAssigned{Owner: "utviklingsleder"})
			},
			"2023-02-01", delivery.Corrected, ratio(1, 1),
			[]delivery.Outcome{delivery.Anchored},
		},
		{
			"as known the assignment recorded last is in force",
			func(l *log) {
				anchored(l)
				l.measure("2023-01-20", "2023-01-01", "m", plan.MeasureAssigned{Owner: "utviklingsleder"})
			},
			"2023-02-01", "", ratio(0, 1),
			[]delivery.Outcome{delivery.NoOwner},
		},
		{
			"a correction of a data field counts from when it was recorded",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				l.measure("2023-01-02", "", "m", plan.MeasureAssigned{Owner: "radet"})
				yes := *l.measure("2023-01-02", "", "m", accepted("raadet"))
				l.deadline("2023-01-03", "m", "2023-12-31")
				l.correct("2023-02-02", &yes, "owner", "radet")
			},
			"2023-02-01", "", ratio(0, 1),
			[]delivery.Outcome{delivery.NoOwner},
		},
		{
			"as corrected a correction of a data field counts from the start",
			func(l *log) {
				l.adoptMeasure("2023-01-01", "m", plan.OneOff)
				l.measure("2023-01-02", "", "m", plan.MeasureAssigned{Owner: "radet"})
				yes := *l.measure("2023-01-02", "", "m", accepted("raadet"))
				l.deadline("2023-01-03", "m", "2023-12-31")
				l.correct("2023-02-02", &yes, "owner", "radet")
			},
			"2023-02-01", delivery.Corrected, ratio(1, 1),
			[]delivery.Outcome{delivery.Anchored},
		},
	} {
		row.test(t, func(l delivery.Level) delivery.Share { return l.K1 })
	}
}
