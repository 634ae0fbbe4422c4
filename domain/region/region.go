// Package region puts the parts together: a region's whole log folds into one
// State, and every command to it is decided here, in this order:
//
//  1. is the request whole, and the region registered?
//  2. which plan is it about?
//  3. may this user give this command, and speak for that actor?
//  4. is its day not in the future?
//  5. what do the rules of actors, plan, reporting, story or correction say?
//
// The State is immutable: deciding several commands on trial, each against the
// state the earlier ones leave, costs nothing to undo.
package region

import (
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

// A State is what a region's log says. The zero State is an empty log.
type State struct {
	Actors      actors.State
	Plans       domain.Table[domain.PlanID, Plan]
	Corrections correction.State
	Time        time.Time // of the latest event; the next is not earlier

	unseen *domain.Unseen
}

// A Plan is a plan, its reporting and its story.
type Plan struct {
	Plan      plan.State
	Reporting reporting.State
	Story     story.State
}

// Begin is an empty log whose State nobody is shown before unseen ends. Until
// then Evolve need not leave the states before it as they were.
func Begin(unseen *domain.Unseen) State {
	return State{Plans: domain.NewTable[domain.PlanID, Plan](unseen), unseen: unseen}
}

// Evolve is the state after one more event.
func Evolve(s State, r domain.Recorded) State {
	s.Time = r.Time
	switch r.Event.(type) {
	case actors.Event:
		s.Actors = actors.Evolve(s.Actors, r)
	case plan.Event:
		s.change(r.Plan, func(p *Plan) { p.Plan = plan.Evolve(p.Plan, r) })
	case reporting.Event:
		s.change(r.Plan, func(p *Plan) { p.Reporting = reporting.Evolve(p.Reporting, r) })
	case story.Event:
		s.change(r.Plan, func(p *Plan) { p.Story = story.Evolve(p.Story, r) })
	case correction.Event:
		s.Corrections = correction.Evolve(s.Corrections, r)
	}
	return s
}

// change changes what the log says of a plan.
func (s *State) change(id domain.PlanID, change func(*Plan)) {
	if _, begun := s.Plans.Lookup(id); !begun {
		var p Plan
		p.Plan.Measures = domain.NewTable[domain.MeasureID, plan.Measure](s.unseen)
		p.Reporting.Given = domain.NewTable[domain.ReportID, reporting.Given](s.unseen)
		p.Reporting.Counts = domain.NewTable[domain.MeasureID, reporting.Count](s.unseen)
		s.Plans = s.Plans.With(id, p)
	}
	s.Plans = s.Plans.Change(id, change)
}

// A Decided is what a request leads to: events about one plan, or about none.
type Decided struct {
	Plan   domain.PlanID
	Drafts []domain.Draft // nothing left out: subject, plan, effective and on behalf of whom
}

// Decide is what a request leads to at a moment; no drafts when there is
// nothing to change. Now is when it will be recorded.
func Decide(s State, r domain.Request, now time.Time) (Decided, error) {
	if err := checkRequest(s, r); err != nil {
		return Decided{}, err
	}
	today := domain.DateOf(now)
	a := domain.Asked{By: r.By, OnBehalfOf: r.OnBehalfOf, Effective: r.Effective, Today: today, Retrospective: r.Retrospective}
	if a.Effective.IsZero() {
		a.Effective = today
	}
	id, p, err := choosePlan(s, r)
	if err != nil {
		return Decided{}, err
	}
	if err := authorise(s, p, r, a); err != nil {
		return Decided{}, err
	}
	if a.Effective.After(today) { // only deadlines and forecasts lie there, and those are data
		return Decided{}, ruleFuture.With(a.Effective.Norwegian(), today.Norwegian())
	}
	var drafts []domain.Draft
	switch c := r.Command.(type) {
	case actors.Command:
		drafts, err = actors.Decide(s.Actors, a, c)
	case plan.Command:
		drafts, err = plan.Decide(p.Plan, s.Actors, a, c)
	case reporting.Command:
		drafts, err = reporting.Decide(p.Reporting, p.Plan, a, c)
	case story.Command:
		drafts, err = story.Decide(p.Story, story.Setting{Plan: p.Plan, Register: s.Actors}, a, c)
	case correction.Command:
		drafts, err = correction.Decide(s.Corrections, c)
	}
	if err != nil {
		return Decided{}, err
	}
	return complete(Decided{id, drafts}, a), nil
}

func checkRequest(s State, r domain.Request) error {
	if err := domain.FirstError(domain.CheckID(r.ID), domain.CheckID(r.By)); err != nil {
		return err
	}
	_, begins := r.Command.(actors.RegisterRegion)
	if !begins && !s.Actors.Registered() {
		return ruleNotRegistered.With()
	}
	return nil
}

// choosePlan is the plan a command is about: the one named, or the only one
// in force. An import names the plan it brings; what concerns the region has
// none, and what concerns an event has that of the event.
func choosePlan(s State, r domain.Request) (domain.PlanID, Plan, error) {
	if c, ok := r.Command.(plan.Import); ok {
		p, _ := s.Plans.Lookup(c.Plan.Plan)
		return c.Plan.Plan, p, nil
	}
	switch c := r.Command.(type) {
	case actors.Command:
		return "", Plan{}, nil
	case correction.Redact: // the event's own, also when it is closed
		if c.Target != nil {
			return c.Target.Plan, Plan{}, nil
		}
		return "", Plan{}, nil
	}
	if r.Plan != "" {
		p, ok := s.Plans.Lookup(r.Plan)
		if !ok {
			return "", Plan{}, rulePlanUnknown.With(r.Plan)
		}
		return r.Plan, p, nil
	}
	return onlyPlan(s)
}

func onlyPlan(s State) (domain.PlanID, Plan, error) {
	var (
		only  domain.PlanID
		found Plan
		list  string
	)
	for id, p := range s.Plans.All() {
		if !p.Plan.InForce() {
			continue
		}
		if only != "" {
			return "", Plan{}, ruleSeveralPlans.With(list + ", " + string(id))
		}
		only, found, list = id, p, string(id)
	}
	switch {
	case only != "":
		return only, found, nil
	case s.Plans.Len() > 0: // all closed: let the last say so
		for id, p := range s.Plans.All() {
			only, found = id, p
		}
		return only, found, nil
	}
	return "", Plan{}, ruleNoPlan.With()
}

// authorise asks the table of permissions. Whoever begins a log need not be
// in it: there is nobody yet to grant anything.
func authorise(s State, p Plan, r domain.Request, a domain.Asked) error {
	if _, begins := r.Command.(actors.RegisterRegion); !begins && !s.Actors.May(r.By, r.Command.CommandName(), p.answersFor(r.Command), a.Today) {
		return ruleNotAllowed.With(r.By, r.Command.CommandName())
	}
	if r.OnBehalfOf == "" {
		return nil
	}
	if !s.Actors.ValidOn(r.OnBehalfOf, a.Effective) {
		return ruleOnBehalfUnknown.With(r.OnBehalfOf, a.Effective.Norwegian())
	}
	if !s.Actors.SpeaksFor(r.By, r.OnBehalfOf) {
		return ruleNotSpeakingFor.With(r.By, r.OnBehalfOf)
	}
	return nil
}

// answersFor is the owner of the measure that a command is about.
func (p Plan) answersFor(c domain.Command) domain.ActorID {
	var id domain.MeasureID
	switch c := c.(type) {
	case plan.MeasureCommand:
		id = c.AboutMeasure()
	case reporting.Report:
		id = c.Measure
	case reporting.WithdrawReport:
		given, _ := p.Reporting.Given.Lookup(c.Report)
		id = given.Measure
	}
	m, _ := p.Plan.Measures.Lookup(id)
	return m.Owner
}

// complete fills what a draft leaves to the request.
func complete(d Decided, a domain.Asked) Decided {
	for i := range d.Drafts {
		draft := &d.Drafts[i]
		if _, ofRegion := draft.Event.(actors.Event); !ofRegion {
			draft.Plan = d.Plan
		}
		if draft.Effective.IsZero() {
			draft.Effective = a.Effective
		}
		if a.OnBehalfOf != "" {
			draft.OnBehalfOf = a.OnBehalfOf
		}
	}
	return d
}
