package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// upToView is the moment that must be read to for a view: hindsight reads
// everything, or all there was when a report was made.
func upToView(per Per) Per {
	if per.View == delivery.Corrected {
		if !per.Time.IsZero() {
			return Per{Position: per.Position}
		}
		return Per{}
	}
	return per
}

// Report is the final report of one plan, made by replaying the log.
func (r *Region) Report(ctx context.Context, id domain.PlanID, per Per) (report finalreport.Report, err error) {
	err = r.replayed(ctx, id, per, func(p *finalreport.Projection, id domain.PlanID, at delivery.At) (*finalreport.Provenance, error) {
		var err error
		report, err = p.Report(id, at)
		return &report.Provenance, err
	})
	return report, err
}

// Figures is one plan's line in a programme.
func (r *Region) Figures(ctx context.Context, id domain.PlanID, per Per) (figures finalreport.RegionFigures, err error) {
	err = r.replayed(ctx, id, per, func(p *finalreport.Projection, id domain.PlanID, at delivery.At) (*finalreport.Provenance, error) {
		var err error
		figures, err = p.Figures(id, at)
		return &figures.Provenance, err
	})
	return figures, err
}

// Tertial is the status report of one plan from one day to another, made by
// replaying the log.
func (r *Region) Tertial(ctx context.Context, id domain.PlanID, from, to domain.Date, per Per) (report finalreport.Tertial, err error) {
	err = r.replayed(ctx, id, per, func(p *finalreport.Projection, id domain.PlanID, at delivery.At) (*finalreport.Provenance, error) {
		var err error
		report, err = p.Tertial(id, from, to, at)
		return &report.Provenance, err
	})
	return report, err
}

// replayed feeds a new projection with the log up to a moment, has a report
// made from it, and says the root of what it was made of.
func (r *Region) replayed(ctx context.Context, id domain.PlanID, per Per, report func(p *finalreport.Projection, id domain.PlanID, at delivery.At) (*finalreport.Provenance, error)) error {
	p, plans := finalreport.New(), planview.New()
	if _, err := r.fold(ctx, upToView(per), p, plans); err != nil {
		return err
	}
	id, err := choose(plans, id, per)
	if err != nil {
		return err
	}
	var now time.Time
	r.runner.View(func() { now = r.now(r.ruling.current()) })
	made, err := report(p, id, per.at(now))
	if err != nil {
		return err
	}
	made.Root, err = r.rootAt(ctx, uint64(made.Position))
	return err
}

// rootAt is the root of the tree over the first events, as checkpoints write it.
func (r *Region) rootAt(ctx context.Context, events uint64) (string, error) {
	head, err := r.archive.notary.HeadAt(events)
	if errors.Is(err, seal.ErrNoHash) { // they are being fed
		if err := r.runner.Wait(ctx, domain.Position(events)); err != nil {
			return "", explain(r.id, err)
		}
		head, err = r.archive.notary.HeadAt(events)
	}
	if err != nil {
		return "", fmt.Errorf("app: the root of %d events: %w", events, err)
	}
	return head.Root.String(), nil
}
