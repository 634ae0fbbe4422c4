package plan

import (
	"fmt"
	"strings"

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
		return importPlan(s, register, a, c)
	case Endorse:
		return endorse(s, register, a, c)
	case Revise:
		return revise(s, register, a, c)
	case Close:
		if err := domain.FirstError(checkDecision(a, c.Decision), s.NotBeforeAdoption(a)); err != nil {
			return nil, err
		}
		return s.one(Closed(c))
	case Amend, Withdraw, Assign, Accept, Decline, AdoptDeadline, GiveForecast, Start, HandleDeviation,
		ConfirmPartner, ResolvePartner, RecordContribution, AttachEvidence, Complete, Reopen:
		// Every one of these is a MeasureCommand.
	}
	return nil, fmt.Errorf("plan: no rule for %T", c)
}

func (s State) one(e Event) ([]domain.Draft, error) {
	return []domain.Draft{{Subject: domain.About(domain.EntityPlan, s.ID), Event: e}}, nil
}

// NotBeforeAdoption refuses a day before the plan was adopted, unless the user
// says that this is an etterregistrering.
func (s State) NotBeforeAdoption(a domain.Asked) error {
	return notBefore(a, s.Adopted, string(s.ID))
}

// notBefore is the rule, for a plan or a measure.
func notBefore(a domain.Asked, adopted domain.Date, what string) error {
	if a.Effective.Before(adopted) && !a.Retrospective {
		return ruleBeforeAdoption.With(a.Effective.Norwegian(), what, adopted.Norwegian())
	}
	return nil
}

// checkDecision refuses a decision without a case number, and one of tomorrow.
func checkDecision(a domain.Asked, d Decision) error {
	switch {
	case strings.TrimSpace(d.Case) == "":
		return ruleNoCase.With()
	case d.Date.After(a.Today):
		return ruleDecisionFuture.With(d.Case, d.Date.Norwegian())
	}
	return domain.FirstError(domain.CheckLine("case", d.Case), domain.CheckLine("body", d.Body), domain.CheckLine("url", d.URL))
}

func mustStand(register actors.State, id domain.ActorID, day domain.Date) error {
	if !register.ValidOn(id, day) {
		return actors.NotRegistered(id, day)
	}
	return nil
}

func endorse(s State, register actors.State, a domain.Asked, c Endorse) ([]domain.Draft, error) {
	if err := domain.FirstError(checkDecision(a, c.Decision), mustStand(register, c.Municipality, a.Effective), s.NotBeforeAdoption(a)); err != nil {
		return nil, err
	}
	if actor, _ := register.Actors.Lookup(c.Municipality); actor.Kind != actors.Municipality {
		return nil, ruleNotAMunicipality.With(c.Municipality)
	}
	return s.one(Endorsed(c))
}
