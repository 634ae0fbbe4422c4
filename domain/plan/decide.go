package plan

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// Decide is what a command leads to: drafts in the order they happen, none
// when there is nothing to change, or the refusal of one rule. The register
// tells which actors are valid.
func Decide(s State, register actors.State, a domain.Asked, c Command) ([]domain.Draft, error) {
	if s.Closed {
		return nil, ruleClosed.With(s.ID)
	}
	if c, ok := c.(MeasureCommand); ok {
		return decideMeasure(s, register, a, c)
	}
	switch c := c.(type) {
	case Import:
		return importPlan(s, register, c)
	case Endorse:
		if err := domain.FirstError(checkDecision(c.Decision), mustStand(register, c.Municipality, a.Effective), s.notBeforeAdoption(a)); err != nil {
			return nil, err
		}
		return s.one(Endorsed(c))
	case Revise:
		return revise(s, register, a, c)
	case Close:
		if err := domain.FirstError(checkDecision(c.Decision), s.notBeforeAdoption(a)); err != nil {
			return nil, err
		}
		return s.one(Closed(c))
	case Amend, Withdraw, Assign, Accept, Decline, AdoptDeadline, GiveForecast, Start, HandleDeviation,
		ConfirmPartner, ResolvePartner, RecordContribution, AttachEvidence, Complete, Reopen:
		// Every one of these is a MeasureCommand.
	}
	return nil, nil
}

func (s State) one(e Event) ([]domain.Draft, error) {
	return []domain.Draft{{Subject: domain.About(domain.EntityPlan, s.ID), Event: e}}, nil
}

func (s State) notBeforeAdoption(a domain.Asked) error {
	return notBefore(a, s.Adopted, string(s.ID))
}

// notBefore refuses a day before something was adopted, unless the user says
// that this is an etterregistrering.
func notBefore(a domain.Asked, adopted domain.Date, what string) error {
	if a.Effective.Before(adopted) && !a.Retrospective {
		return ruleBeforeAdoption.With(a.Effective.Norwegian(), what, adopted.Norwegian())
	}
	return nil
}

func checkDecision(d Decision) error {
	if d.Case == "" {
		return ruleNoCase.With()
	}
	return domain.FirstError(domain.CheckLine("case", d.Case), domain.CheckLine("body", d.Body), domain.CheckLine("url", d.URL))
}

func mustStand(register actors.State, id domain.ActorID, day domain.Date) error {
	if !register.ValidOn(id, day) {
		return actors.NotRegistered(id, day)
	}
	return nil
}

// importPlan puts plan, measures and new actors in force from the day of the
// decision; the file itself is recorded today.
func importPlan(s State, register actors.State, c Import) ([]domain.Draft, error) {
	if slices.Contains(s.Files, c.File.SHA256) {
		return nil, nil
	}
	if s.ID != "" {
		return nil, ruleExists.With(s.ID)
	}
	if err := checkImport(c); err != nil {
		return nil, err
	}
	adopted := c.Plan.Decision.Date
	known := func(id domain.ActorID) bool { return register.ValidOn(id, adopted) }
	drafts := []domain.Draft{{Subject: domain.About(domain.EntityPlan, c.Plan.Plan), Event: c.File}}
	added := map[domain.ActorID]bool{}
	for _, actor := range c.Actors {
		if known(actor.Actor) || added[actor.Actor] {
			continue // somebody else registered it while this was being read
		}
		if err := actors.CheckNew(actor); err != nil {
			return nil, err
		}
		added[actor.Actor] = true
		drafts = append(drafts, domain.Draft{
			Subject: domain.About(domain.EntityActor, actor.Actor), Effective: adopted,
			Event: actors.Registered{Name: actor.Name, Kind: actor.Kind, Sector: actor.Sector},
		})
	}
	drafts = append(drafts, domain.Draft{Subject: domain.About(domain.EntityPlan, c.Plan.Plan), Event: c.Plan, Effective: adopted})
	inForce := State{ID: c.Plan.Plan, Adopted: adopted, Strategies: c.Plan.Strategies}
	rows, err := adoptRows(inForce, c.Measures, adopted, func(id domain.ActorID) bool { return added[id] || known(id) })
	return append(drafts, rows...), err
}

func checkImport(c Import) error {
	p := c.Plan
	if err := domain.FirstError(domain.CheckID(p.Plan), domain.CheckName("title", p.Title), checkDecision(p.Decision)); err != nil {
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
	for _, s := range p.Strategies {
		if err := domain.FirstError(domain.CheckID(s.ID), domain.CheckName("strategy", s.Title)); err != nil {
			return err
		}
	}
	return domain.FirstError(domain.CheckName("file", c.File.File), domain.CheckName("sha256", c.File.SHA256))
}

func revise(s State, register actors.State, a domain.Asked, c Revise) ([]domain.Draft, error) {
	if err := domain.FirstError(checkDecision(c.Decision), s.notBeforeAdoption(a)); err != nil {
		return nil, err
	}
	rows, err := adoptRows(s, c.Adopt, a.Effective, func(id domain.ActorID) bool { return register.ValidOn(id, a.Effective) })
	if err != nil {
		return nil, err
	}
	drafts, _ := s.one(Revised{c.Decision})
	return append(drafts, rows...), nil
}

// adoptRows is one MeasureAdopted for each row, in force from the day.
func adoptRows(s State, rows []Row, day domain.Date, known func(domain.ActorID) bool) ([]domain.Draft, error) {
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
		drafts = append(drafts, domain.Draft{
			Subject: domain.About(domain.EntityMeasure, row.ID), Event: row.Measure, Effective: day,
		})
	}
	return drafts, nil
}

func checkRow(s State, row Row, day domain.Date, known func(domain.ActorID) bool) error {
	m := row.Measure
	err := domain.FirstError(
		domain.CheckID(row.ID),
		domain.CheckChoice("kind", m.Kind, OneOff, Ongoing, Arrangement),
		check(FieldFocusArea, m.FocusArea), check(FieldInitiative, m.Initiative), check(FieldText, m.Text),
	)
	if err != nil {
		return err
	}
	if !s.hasStrategy(m.Strategy) {
		return ruleStrategyUnknown.With(m.Strategy)
	}
	if m.Text == "" && m.Initiative == "" {
		return ruleEmptyMeasure.With(row.ID)
	}
	for _, id := range slices.Concat(m.Owners, m.Partners) {
		if !known(id) {
			return actors.NotRegistered(id, day)
		}
	}
	return nil
}

// check bounds a column of the plan. A cell may be as long as a text, for
// some plans put a paragraph in one.
func check(f Field, value string) error { return domain.CheckText(string(f), domain.Text(value)) }

func (s State) hasStrategy(id domain.StrategyID) bool {
	return slices.ContainsFunc(s.Strategies, func(st Strategy) bool { return st.ID == id })
}
