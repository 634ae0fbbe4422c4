package app

import (
	"context"
	"errors"
	"iter"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/history"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A Reporter is what reports are made of, and compared with: a region, or its
// log in a file.
type Reporter interface {
	// Overview is the region, its register, its users and its plans.
	Overview(ctx context.Context, per Per) (Overview, error)
	// History is the entries chosen, told in a language. With wait it answers
	// when there is at least one, or when ctx ends.
	History(ctx context.Context, q HistoryQuery) ([]history.Line, error)
	// Report is the final report of one plan; with no id the one in force.
	Report(ctx context.Context, id domain.PlanID, per Per) (finalreport.Report, error)
	// Figures is one plan's line in a programme.
	Figures(ctx context.Context, id domain.PlanID, per Per) (finalreport.RegionFigures, error)
	// Tertial is the status report of one plan from one day to another; with no id of the one in force.
	Tertial(ctx context.Context, id domain.PlanID, from, to domain.Date, per Per) (finalreport.Tertial, error)
}

// A Service is what surfaces ask of one region: the door and the answers. A
// *Region is one, and so is the client of a running serve.
type Service interface {
	Reporter
	// Do is the one door for writes.
	Do(ctx context.Context, ask domain.Request) (Receipt, error)
	// Plan is one plan with its measures and periods; with no id the one in force.
	Plan(ctx context.Context, id domain.PlanID, per Per) (Plan, error)
	// Difference is what differs in a plan between two moments; with no id in the one in force at the second.
	Difference(ctx context.Context, id domain.PlanID, from, to Per) (Difference, error)
	// Delivery is gjennomføringskraft of one plan, or of a part of it; with no id the one in force.
	Delivery(ctx context.Context, id domain.PlanID, part delivery.Part, per Per) (delivery.Profile, error)
	// Course is the same on a number of days; with no id of the plan in force now.
	Course(ctx context.Context, id domain.PlanID, q CourseQuery) (Course, error)
	// Sum is the region's plans in force together.
	Sum(ctx context.Context, per Per) (Sum, error)
	// Checkpoint signs the log as it is now.
	Checkpoint(ctx context.Context) (Sealed, error)
	// AddCosigned keeps a checkpoint that a witness has cosigned.
	AddCosigned(ctx context.Context, cosigned string, witnesses []string) (names []string, err error)
	// Prove is the proof file of the event at a position.
	Prove(ctx context.Context, position uint64) (string, error)
	// Err is why the log can no longer be trusted, followed or written to.
	Err() error
	// Introduce says who a user is, outside the log.
	Introduce(ctx context.Context, by, user domain.UserID, who vault.Person) error
	// People is who the users are, as far as it has been said.
	People(ctx context.Context) ([]vault.Entry, error)
	// Would is why the rules would refuse a command just now; nil when they
	// would let it through. Nothing is recorded.
	Would(ctx context.Context, ask domain.Request) error
	// Projections is how each projection is doing.
	Projections(ctx context.Context) ([]Projected, error)
	// Compare holds a projection against one that is made of the whole log now; with no name all.
	Compare(ctx context.Context, name string) ([]Compared, error)
	// Rebuild makes a projection anew beside the one in use; with no name all.
	Rebuild(ctx context.Context, name string) ([]Projected, error)
}

// An Overview is what a region is and holds.
type Overview struct {
	Region   planview.Region    `json:"region"`
	Position domain.Position    `json:"position"` // how far the log had come
	Plans    []planview.Summary `json:"plans"`
	Actors   []planview.Actor   `json:"actors"`
	Users    []planview.User    `json:"users"`
}

// A Plan is a plan as it stands, and its periods.
type Plan struct {
	planview.Plan
	Periods  []planview.Period `json:"periods"`
	Position domain.Position   `json:"position"`
}

// A HistoryQuery chooses entries and how they are told.
type HistoryQuery struct {
	history.Filter
	Per      Per
	Language domain.Language
	Wait     bool
}

var (
	errNoPlan = book.Rule(domain.NotFound, "plan.none",
		"Regionen har ingen plan ennå. Importer en med «framdrift plan import FIL».",
		"Regionen har ingen plan enno. Importer ein med «framdrift plan import FIL».",
		"The region has no plan yet. Import one with “framdrift plan import FILE”.")
	errNoPlanThen = book.Rule(domain.NotFound, "plan.none-then",
		"Regionen hadde ingen plan på det tidspunktet. «framdrift plan list» viser når planene ble vedtatt.",
		"Regionen hadde ingen plan på det tidspunktet. «framdrift plan list» viser når planane vart vedtekne.",
		"The region had no plan at that moment. “framdrift plan list” shows when the plans were adopted.")
	errWhichPlan = book.Rule(domain.NotFound, "plan.which",
		"Det er ikke nøyaktig én plan som gjelder. Si hvilken med --plan; «framdrift plan list» viser dem.",
		"Det er ikkje nøyaktig éin plan som gjeld. Sei kva for ein med --plan; «framdrift plan list» viser dei.",
		"There is not exactly one plan in force. Say which with --plan; “framdrift plan list” shows them.")
	errPlanUnknown = book.Rule(domain.NotFound, "plan.unknown",
		"Det finnes ingen plan %[1]s her. «framdrift plan list» viser dem som er her.",
		"Det finst ingen plan %[1]s her. «framdrift plan list» viser dei som er her.",
		"There is no plan %[1]s here. “framdrift plan list” shows those that are.")
	errPlanUnknownThen = book.Rule(domain.NotFound, "plan.unknown-then",
		"Det fantes ingen plan %[1]s på det tidspunktet. «framdrift plan list» viser dem som er her.",
		"Det fanst ingen plan %[1]s på det tidspunktet. «framdrift plan list» viser dei som er her.",
		"There was no plan %[1]s at that moment. “framdrift plan list” shows those that are here.")
	errPastEnd = book.Rule(domain.NotFound, "log.past-end",
		"Loggen slutter ved hendelse %[2]d; hendelse %[1]d har ikke skjedd.",
		"Loggen sluttar ved hending %[2]d; hending %[1]d har ikkje hendt.",
		"The log ends at event %[2]d; event %[1]d has not happened.")
)

// at runs f on the plans and how far the log had come: live, or on a new fold
// of the log as it was at a moment that has been, or as it looks afterwards.
func (r *Region) at(ctx context.Context, per Per, f func(v *planview.View, position domain.Position)) error {
	then := planview.New()
	return r.when(ctx, per, then, projections.Settled, func(position domain.Position) {
		if per.isLive() {
			then = r.planview()
		}
		f(then, position)
	})
}

// when runs f where the projection is live, or after then has been fed with
// the log: up to a moment that has been, or in hindsight, in an order.
func (r *Region) when(ctx context.Context, per Per, then projections.Projection, order func([]domain.Recorded) []domain.Recorded, f func(domain.Position)) error {
	if per.isLive() {
		if err := r.newer(); err != nil {
			return err
		}
		return r.reading(ctx, func() { f(r.position()) }, need(then.Name()))
	}
	feed := r.fold
	if per.View == delivery.Corrected {
		feed = func(ctx context.Context, per Per, into ...projections.Projection) (domain.Position, error) {
			return r.hindsight(ctx, per, order, into...)
		}
	}
	position, err := feed(ctx, per, then)
	if err == nil {
		f(position)
	}
	return err
}

// position is how far planview has come; called inside runner.View.
func (r *Region) position() domain.Position { return r.ruling.position }

// fold feeds projections with the log up to a moment. A region that is well has
// read the whole log, and its history has every event of it, so that nothing is
// read or decoded again. Else the log is, and damage that it meets is the
// region's: nothing more is taken after it.
func (r *Region) fold(ctx context.Context, per Per, into ...projections.Projection) (domain.Position, error) {
	if end := domain.Position(r.Head().Position); per.Position > end && r.newer() == nil {
		return 0, errPastEnd.With(per.Position, end)
	}
	if r.Err() == nil {
		var events iter.Seq[domain.Recorded]
		if err := r.reading(ctx, func() { events = r.history().Events() }, trail); err != nil {
			return 0, err
		}
		return projections.FoldEvents(ctx, events, per.holds, into...)
	}
	reached, err := projections.Fold(ctx, r.sound(), r.codec, per.holds, into...)
	if _, damaged := errors.AsType[*eventstore.DamageError](err); damaged {
		r.damaged.CompareAndSwap(nil, &err)
	}
	return reached, explain(r.id, err)
}

// Overview is the region, its register, its users and its plans.
func (r *Region) Overview(ctx context.Context, per Per) (Overview, error) {
	var o Overview
	err := r.at(ctx, per, func(v *planview.View, position domain.Position) {
		o = Overview{Region: v.Region(), Position: position, Plans: v.Plans(), Actors: v.Actors(), Users: v.Users()}
	})
	return o, err
}

// Plan is one plan with its measures and periods.
func (r *Region) Plan(ctx context.Context, id domain.PlanID, per Per) (Plan, error) {
	var (
		p     Plan
		wrong error
	)
	err := r.at(ctx, per, func(v *planview.View, position domain.Position) {
		if id, wrong = choose(v, id, per); wrong != nil {
			return
		}
		shown, _ := v.Plan(id)
		p = Plan{Plan: shown, Periods: v.Periods(id), Position: position}
	})
	return p, domain.FirstError(err, wrong)
}

// choose is the plan asked for, or the only one in force, or the only one.
func choose(v *planview.View, id domain.PlanID, per Per) (domain.PlanID, error) {
	plans := v.Plans()
	if id != "" {
		if _, ok := v.Plan(id); !ok {
			return "", noSuchPlan(id, per)
		}
		return id, nil
	}
	if s, ok := v.InForce(); ok {
		return s.ID, nil
	}
	switch len(plans) {
	case 0:
		if per.IsNow() {
			return "", errNoPlan.With()
		}
		return "", errNoPlanThen.With()
	case 1:
		return plans[0].ID, nil
	}
	return "", errWhichPlan.With()
}

func noSuchPlan(id domain.PlanID, per Per) error {
	if per.IsNow() {
		return errPlanUnknown.With(id)
	}
	return errPlanUnknownThen.With(id)
}

// History is the entries chosen.
func (r *Region) History(ctx context.Context, q HistoryQuery) ([]history.Line, error) {
	if q.Wait {
		err := r.runner.Wait(ctx, q.After+1)
		switch {
		case ctx.Err() != nil:
			return []history.Line{}, nil // that nothing came before ctx ended is no error
		case err != nil:
			return nil, explain(r.id, err)
		}
	}
	lines := []history.Line{}
	told := history.New()
	err := r.when(ctx, q.Per, told, asRecorded, func(domain.Position) {
		if q.Per.isLive() {
			told = r.history()
		}
		for _, e := range told.Entries(q.Filter) {
			lines = append(lines, e.In(q.Language))
		}
	})
	return lines, err
}
