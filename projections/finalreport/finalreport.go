// Package finalreport makes the final report (sluttrapport) of a plan. Nobody
// types it: the log is replayed up to a stated point, and the report is what
// it comes to there.
//
//	p := finalreport.New()
//	…                                              // Apply every event up to the point
//	r, err := p.Report("handlingsplan-2022-2024", delivery.AtPosition(98))
//
// A Report is plain data: the header says what it is made of, then come the
// region's facts and its own story, the plan in numbers, gjennomføringskraft and its course,
// every measure, the arrangements, and openly what was corrected, recorded
// late, reopened or edited after it was done. It holds no words of its own;
// package reportfile writes it as a document in one of three languages. What
// people wrote is domain.Text, and domain.Erased where it was erased.
//
// # Two views
//
// What is said of the measures and what delivery counts agree, because both
// read the log in the same way:
//
//	known      what was recorded by T, with the corrections recorded by T
//	corrected  everything on the log with all corrections, of which what takes
//	           effect by T; the region and its register are always as known now
//
// After the plan was closed T is no later than the day it closed: what is
// recorded later, a correction, is seen in the corrected view only.
//
// Beside it are two reports made of the same parts: Tertial, the status of a plan
// from one day to another, and PlanTable, the plan as it stands. A Programme is
// what many regions come to.
//
// Files: report.go is the data. log.go is the log as seen from T; plan.go,
// delivery.go, measure.go, deadline.go, owner.go, partner.go and story.go each make
// one part of the report from it, openly.go what is listed openly. tertial*.go,
// plantable.go and programme.go are the other reports.
package finalreport

import (
	"fmt"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

// A Projection is fed with the log of one region up to the point that a report
// is made of. It is not safe for use by several at once.
type Projection struct {
	delivery    *delivery.Projection
	history     *history.History                     // keeps every event
	corrections map[domain.EventID][]domain.Recorded // of an event, in log order
	byID        map[domain.EventID]domain.Position
}

// New has seen nothing.
func New() *Projection {
	return &Projection{
		delivery: delivery.New(), history: history.New(),
		corrections: map[domain.EventID][]domain.Recorded{}, byID: map[domain.EventID]domain.Position{},
	}
}

// Name is finalreport.
func (*Projection) Name() string { return "finalreport" }

// Version is of the answers; see projections.Projection.
func (*Projection) Version() int { return 3 }

// Apply takes the next event.
func (p *Projection) Apply(r domain.Recorded) error {
	if err := p.delivery.Apply(r); err != nil {
		return fmt.Errorf("finalreport: %w", err)
	}
	if err := p.history.Apply(r); err != nil {
		return fmt.Errorf("finalreport: %w", err)
	}
	if c, ok := r.Event.(correction.EventCorrected); ok {
		p.corrections[c.Event] = append(p.corrections[c.Event], r)
	}
	p.byID[r.ID] = r.Position
	return nil
}

var ruleNoPlan = domain.Rule{Kind: domain.NotFound, Code: "report.no-plan", Text: domain.Phrase{
	NB: "Planen %[1]s var ikke vedtatt på det tidspunktet, så det er ingen sluttrapport å lage. «framdrift plan list» viser planene.",
	NN: "Planen %[1]s var ikkje vedteken på det tidspunktet, så det er ingen sluttrapport å lage. «framdrift plan list» viser planane.",
	EN: "The plan %[1]s had not been adopted at that moment, so there is no final report to make. “framdrift plan list” shows the plans.",
}}

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return []domain.Rule{ruleNoPlan, ruleNoPlanThen, rulePeriod} }

// Report is the final report of a plan at T, in the view of T. As known, the
// projection has been fed with the log up to T and no further; as corrected,
// with all of it. It changes nothing.
func (p *Projection) Report(id domain.PlanID, at delivery.At) (Report, error) {
	profile, ok := p.delivery.Profile(id, at)
	if !ok {
		return Report{}, ruleNoPlan.With(id)
	}
	w, err := p.writer(profile)
	if err != nil {
		return Report{}, err
	}
	r := Report{
		Header:       w.header(),
		Facts:        w.facts(),
		Story:        w.story(),
		Summary:      w.summary(),
		Delivery:     w.delivery(),
		Strategies:   w.strategies(),
		Arrangements: w.arrangements(),
		Openly:       w.openly(),
		Provenance:   w.provenance(),
		Trail:        w.trail(),
	}
	return r, nil
}
