package app

import (
	"context"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections"
)

// A memory keeps the events that it is fed.
type memory struct {
	events []domain.Recorded
	day    domain.Date // the day the last of them at the moment asked for was recorded
	per    Per
}

func (*memory) Name() string { return "memory" }

func (*memory) Version() int { return 1 }

func (m *memory) Apply(r domain.Recorded) error {
	m.events = append(m.events, r)
	if r.Position == m.per.Position {
		m.day = domain.DateOf(r.Time)
	}
	return nil
}

// hindsight feeds projections with the whole log as corrected, at the end of
// the day asked for, in an order; of an event that is the day it was recorded.
func (r *Region) hindsight(ctx context.Context, per Per, order func([]domain.Recorded) []domain.Recorded, into ...projections.Projection) (domain.Position, error) {
	all := &memory{per: per}
	end, err := r.fold(ctx, upToView(per), all)
	if err != nil {
		return 0, err
	}
	day := all.day
	switch {
	case per.Position > end:
		return 0, errPastEnd.With(per.Position, end)
	case !per.Time.IsZero():
		day = domain.DateOf(per.Time)
	case per.Position == 0:
		r.runner.View(func() { day = domain.DateOf(r.now(r.ruling.current())) })
	}
	seen, err := projections.Hindsight(slices.Values(all.events), day)
	if err != nil {
		return 0, err
	}
	_, err = projections.FoldEvents(ctx, slices.Values(order(seen)), everything, into...)
	return end, err
}

func everything(domain.Recorded) bool { return true }

// asRecorded is the order of the log.
func asRecorded(events []domain.Recorded) []domain.Recorded { return events }
