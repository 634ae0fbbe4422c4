package domaintest

import (
	"fmt"
	"slices"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/region"
)

// A World is a region, its log and the state the log folds into.
type World struct {
	State region.State
	Log   []domain.Recorded
	asked int
}

// NewWorld is an empty log.
func NewWorld() *World { return &World{} }

// Copy is a world that goes its own way from here.
func (w *World) Copy() *World {
	c := *w
	c.Log = slices.Clip(w.Log)
	return &c
}

// Decide is what a request would lead to.
func (w *World) Decide(a Ask) (region.Decided, error) {
	if a.ID == "" {
		a.ID = domain.CommandID(fmt.Sprintf("command-%d", w.asked+1))
	}
	return region.Decide(w.State, a.Request, a.Now)
}

// Do carries a request out: its events are recorded and the state evolves.
func (w *World) Do(a Ask) ([]domain.Recorded, error) {
	d, err := w.Decide(a)
	w.asked++
	if err != nil {
		return nil, err
	}
	first := len(w.Log)
	for _, draft := range d.Drafts {
		n := len(w.Log) + 1
		r := domain.Recorded{
			ID: domain.EventID(fmt.Sprintf("event-%d", n)), Region: Region, Position: domain.Position(n), Time: a.Now,
			Effective: draft.Effective, Subject: draft.Subject, Plan: draft.Plan,
			Actor: a.Request.By, OnBehalfOf: draft.OnBehalfOf, Channel: a.Channel,
			Retrospective: a.Retrospective, Event: draft.Event,
		}
		w.Log = append(w.Log, r)
		w.State = region.Evolve(w.State, r)
	}
	return w.Log[first:], nil
}

// MustDo carries requests out that may not be refused.
func (w *World) MustDo(t testing.TB, asks ...Ask) {
	t.Helper()
	for _, a := range asks {
		if _, err := w.Do(a); err != nil {
			t.Fatalf("given %s %+v: %v", a.Command.CommandName(), a.Command, err)
		}
	}
}

// Fold is the state that events lead to from nothing.
func Fold(log []domain.Recorded) region.State {
	var s region.State
	for _, r := range log {
		s = region.Evolve(s, r)
	}
	return s
}

func ofPlan(e domain.Event) bool {
	_, ofRegion := e.(actors.Event)
	return !ofRegion
}
