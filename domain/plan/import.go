package plan

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// importPlan puts plan, measures and new actors in force from the day of the
// decision, whenever it is asked for; the file is recorded today.
func importPlan(s State, register actors.State, a domain.Asked, c Import) ([]domain.Draft, error) {
	if slices.Contains(s.Files, c.File.SHA256) {
		return nil, nil
	}
	if s.ID != "" {
		return nil, ruleExists.With(s.ID)
	}
	if err := checkImport(a, c); err != nil {
		return nil, err
	}
	adopted, plan := c.Plan.Decision.Date, domain.About(domain.EntityPlan, c.Plan.Plan)
	enrolled, isEnrolled, err := enrol(register, c.Actors, c.Measures, adopted)
	if err != nil {
		return nil, err
	}
	known := func(id domain.ActorID) bool { return isEnrolled[id] || register.ValidOn(id, adopted) }
	rows, err := adoptRows(State{ID: c.Plan.Plan, Strategies: c.Plan.Strategies}, c.Measures, c.Plan.Decision, adopted, known)
	if err != nil {
		return nil, err
	}
	return slices.Concat(
		[]domain.Draft{{Subject: plan, Event: c.File, Effective: a.Today}},
		enrolled,
		[]domain.Draft{{Subject: plan, Event: c.Plan, Effective: adopted}},
		rows,
	), nil
}

func checkImport(a domain.Asked, c Import) error {
	p := c.Plan
	if err := domain.FirstError(
		domain.CheckID(p.Plan), domain.CheckName("title", p.Title), checkDecision(a, p.Decision),
		domain.CheckName("file", c.File.File), domain.CheckName("sha256", c.File.SHA256),
	); err != nil {
		return err
	}
	switch {
	case p.Decision.Date.IsZero():
		return ruleNoDecisionDate.With()
	case p.From.IsZero() || p.To.Before(p.From):
		return ruleNoPeriod.With(p.From.Norwegian(), p.To.Norwegian())
	case len(c.Measures) == 0:
		return ruleNoMeasures.With()
	}
	for i, s := range p.Strategies {
		if err := domain.FirstError(domain.CheckID(s.ID), domain.CheckName("strategy", s.Title)); err != nil {
			return err
		}
		if (State{Strategies: p.Strategies[:i]}).hasStrategy(s.ID) {
			return ruleStrategyTwice.With(s.ID)
		}
	}
	for _, source := range p.BasedOn {
		if err := domain.CheckName("basedOn", source.Title); err != nil {
			return err
		}
	}
	return nil
}

// enrol lets the actors of a plan stand in the register from the day it was
// adopted: those that are new, and those that were registered from a later
// day and are named by it. What the register says of them stands.
func enrol(register actors.State, proposed []actors.Register, rows []Row, adopted domain.Date) (drafts []domain.Draft, done map[domain.ActorID]bool, err error) {
	done = map[domain.ActorID]bool{}
	add := func(id domain.ActorID, e actors.Registered) {
		done[id] = true
		drafts = append(drafts, domain.Draft{Subject: domain.About(domain.EntityActor, id), Event: e, Effective: adopted})
	}
	for _, actor := range proposed {
		if _, there := register.Actors.Lookup(actor.Actor); there || done[actor.Actor] {
			continue // somebody else registered it while this was being read
		}
		if err := actors.CheckNew(actor); err != nil {
			return nil, nil, err
		}
		add(actor.Actor, actors.Registered{Name: actor.Name, Kind: actor.Kind, Sector: actor.Sector})
	}
	for _, row := range rows {
		for _, id := range slices.Concat(row.Measure.Owners, row.Measure.Partners) {
			if actor, there := register.Actors.Lookup(id); there && !done[id] && adopted.Before(actor.From) {
				add(id, actors.Registered{Name: actor.Name, Kind: actor.Kind, Sector: actor.Sector})
			}
		}
	}
	return drafts, done, nil
}

// adoptRows is one MeasureAdopted for each row, in force from the day, and its
// deadline behind it.
func adoptRows(s State, rows []Row, decision Decision, day domain.Date, known func(domain.ActorID) bool) ([]domain.Draft, error) {
	drafts := make([]domain.Draft, 0, len(rows))
	taken := map[domain.MeasureID]bool{}
	for _, row := range rows {
		if _, there := s.Measures.Lookup(row.ID); there || taken[row.ID] {
			return nil, ruleMeasureExists.With(row.ID)
		}
		taken[row.ID] = true
		if err := checkRow(s, row, day, known); err != nil {
			return nil, err
		}
		subject := domain.About(domain.EntityMeasure, row.ID)
		drafts = append(drafts, domain.Draft{Subject: subject, Event: row.Measure, Effective: day})
		if !row.Deadline.IsZero() {
			drafts = append(drafts, domain.Draft{Subject: subject, Event: DeadlineAdopted{Deadline: row.Deadline, Decision: decision}, Effective: day})
		}
	}
	return drafts, nil
}

func checkRow(s State, row Row, day domain.Date, known func(domain.ActorID) bool) error {
	m := row.Measure
	err := domain.FirstError(
		domain.CheckID(row.ID), checkReference(m.Continues),
		domain.CheckChoice("kind", m.Kind, OneOff, Ongoing, Arrangement),
		check(FieldFocusArea, m.FocusArea), check(FieldInitiative, m.Initiative), check(FieldText, m.Text),
	)
	if err != nil {
		return err
	}
	if !s.hasStrategy(m.Strategy) {
		return ruleStrategyUnknown.With(m.Strategy)
	}
	if nameless(m.Text, m.Initiative) {
		return ruleEmptyMeasure.With(row.ID)
	}
	for _, id := range slices.Concat(m.Owners, m.Partners) {
		if !known(id) {
			return actors.NotRegistered(id, day)
		}
	}
	return checkDue(row, day)
}

// checkDue: the decision that adopts a measure adopts its deadline too, which
// is later than the decision. An ongoing measure has one for each deliverable,
// and an arrangement has none.
func checkDue(row Row, day domain.Date) error {
	switch {
	case row.Deadline.IsZero():
		return nil
	case row.Measure.Kind == Arrangement:
		return ruleArrangement.With(row.ID)
	case row.Measure.Kind == Ongoing:
		return ruleDeliverableMissing.With(row.ID)
	case !day.Before(row.Deadline):
		return ruleDeadlinePassed.With(row.Deadline.Norwegian(), day.Norwegian())
	}
	return nil
}

func checkReference(to *Reference) error {
	if to == nil {
		return nil
	}
	return domain.FirstError(domain.CheckID(to.Plan), domain.CheckID(to.Measure))
}

// check bounds a column of the plan. A cell may be as long as a text, for
// some plans put a paragraph in one.
func check(f Field, value string) error { return domain.CheckText(string(f), domain.Text(value)) }

// nameless reports whether a row says nothing of what is to be done.
func nameless(text, initiative string) bool {
	return strings.TrimSpace(text) == "" && strings.TrimSpace(initiative) == ""
}

func (s State) hasStrategy(id domain.StrategyID) bool {
	return slices.ContainsFunc(s.Strategies, func(st Strategy) bool { return st.ID == id })
}
