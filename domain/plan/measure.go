package plan

import (
	"fmt"
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// decideMeasure first asks what every command about a measure must pass, then
// the command's own rules.
func decideMeasure(s State, register actors.State, a domain.Asked, c MeasureCommand) ([]domain.Draft, error) {
	id := c.AboutMeasure()
	m, err := s.Standing(id, a)
	if err != nil {
		return nil, err
	}
	if m.Kind == Arrangement && !touchesArrangements(c) {
		return nil, ruleArrangement.With(id)
	}
	if m.Completed() && !followsCompletion(c) {
		d, _ := m.Deliverables.Lookup("")
		return nil, ruleCompleted.With(id, d.Completed.Norwegian())
	}
	e, err := m.decide(id, s, register, a, c)
	if err != nil || e == nil {
		return nil, err
	}
	d := domain.Draft{Subject: domain.About(domain.EntityMeasure, id), Event: e}
	switch c.(type) {
	case Accept, Decline:
		d.OnBehalfOf = m.Owner
	}
	return []domain.Draft{d}, nil
}

// Standing is a measure that is in the plan, on a day that is not before it
// was adopted.
func (s State) Standing(id domain.MeasureID, a domain.Asked) (Measure, error) {
	m, err := s.Known(id, a)
	if err == nil && !m.Withdrawn.IsZero() {
		err = ruleWithdrawn.With(id, m.Withdrawn.Norwegian())
	}
	return m, err
}

// Known is Standing for what may also be said of a measure that has been
// taken out of the plan.
func (s State) Known(id domain.MeasureID, a domain.Asked) (Measure, error) {
	m, ok := s.Measures.Lookup(id)
	if !ok {
		return m, ruleNotAdopted.With(id, s.ID)
	}
	return m, notBefore(a, m.Adopted, string(id))
}

// NotFollowed refuses an arrangement, which nobody follows.
func (m Measure) NotFollowed(id domain.MeasureID) error {
	if m.Kind == Arrangement {
		return ruleArrangement.With(id)
	}
	return nil
}

// touchesArrangements: what is in the plan may change by decision, whatever it is.
func touchesArrangements(c MeasureCommand) bool {
	switch c.(type) {
	case Amend, Withdraw:
		return true
	}
	return false
}

// followsCompletion: a completed measure can be reopened, and what shows that
// it was done may still come in. It cannot be edited.
func followsCompletion(c MeasureCommand) bool {
	switch c.(type) {
	case Reopen, AttachEvidence, RecordContribution, ConfirmPartner, ResolvePartner:
		return true
	}
	return false
}

func (m Measure) decide(id domain.MeasureID, s State, register actors.State, a domain.Asked, c MeasureCommand) (Event, error) {
	switch c := c.(type) {
	case Assign:
		return m.assign(id, register, a, c)
	case Accept:
		return m.accept(id, a, c)
	case Decline:
		return m.decline(id, a, c)
	case AdoptDeadline:
		return m.adoptDeadline(id, a, c)
	case GiveForecast:
		return m.giveForecast(id, c)
	case Start:
		if !m.Started.IsZero() {
			return nil, ruleAlreadyStarted.With(id, m.Started.Norwegian())
		}
		return MeasureStarted{}, nil
	case Complete:
		return m.complete(id, a, c)
	case Reopen:
		return m.reopen(id, a, c)
	case Amend:
		return m.amend(s, register, a, c)
	case Withdraw:
		return MeasureWithdrawn{c.Decision}, domain.FirstError(checkDecision(a, c.Decision), m.notBeforeReopened(id, "", a))
	case HandleDeviation:
		return DeviationHandled{c.Text, c.Decision}, domain.FirstError(domain.CheckText("text", c.Text), checkDecision(a, c.Decision))
	case ConfirmPartner:
		return PartnerConfirmed{c.Partner}, m.mustTakePart(id, c.Partner, register, a.Effective)
	case ResolvePartner:
		return m.resolvePartner(id, register, a, c)
	case RecordContribution:
		return recordContribution(register, a, c)
	case AttachEvidence:
		return m.attachEvidence(id, c)
	}
	return nil, fmt.Errorf("plan: no rule for %T", c)
}

func (m Measure) assign(id domain.MeasureID, register actors.State, a domain.Asked, c Assign) (Event, error) {
	if err := mustStand(register, c.Owner, a.Effective); err != nil {
		return nil, err
	}
	if c.User != "" {
		if err := domain.CheckID(c.User); err != nil {
			return nil, err
		}
	}
	if m.Owner == c.Owner && m.User == c.User && !m.Declined {
		return nil, ruleAlreadyAssigned.With(id, c.Owner)
	}
	return MeasureAssigned{Owner: c.Owner, User: c.User}, nil
}

// asked refuses an answer from anybody but the one who was asked.
func (m Measure) asked(id domain.MeasureID, answering ...domain.ActorID) error {
	if m.Owner == "" {
		return ruleNotAssigned.With(id)
	}
	for _, actor := range answering {
		if actor != "" && actor != m.Owner {
			return ruleNotTheOwner.With(id, m.Owner, actor)
		}
	}
	return nil
}

func (m Measure) accept(id domain.MeasureID, a domain.Asked, c Accept) (Event, error) {
	if err := m.asked(id, c.Owner, a.OnBehalfOf); err != nil {
		return nil, err
	}
	if m.Accepted {
		return nil, ruleAlreadyAccepted.With(id, m.Owner)
	}
	return MeasureAccepted{m.Owner}, nil
}

func (m Measure) decline(id domain.MeasureID, a domain.Asked, c Decline) (Event, error) {
	if err := domain.FirstError(m.asked(id, c.Owner, a.OnBehalfOf), domain.RequireText("why", c.Why)); err != nil {
		return nil, err
	}
	if m.Declined {
		return nil, ruleAlreadyDeclined.With(id, m.Owner)
	}
	return MeasureDeclined{Owner: m.Owner, Why: c.Why}, nil
}

// adoptDeadline: a deadline is set and moved only by a decision with a case
// number, and before its own day unless it is an etterregistrering.
func (m Measure) adoptDeadline(id domain.MeasureID, a domain.Asked, c AdoptDeadline) (Event, error) {
	if err := domain.FirstError(
		domain.RequireDate("deadline", c.Deadline), checkDecision(a, c.Decision), m.takes(id, c.Deliverable),
	); err != nil {
		return nil, err
	}
	if !a.Retrospective {
		for _, day := range []domain.Date{a.Effective, a.Today} {
			if !day.Before(c.Deadline) {
				return nil, ruleDeadlinePassed.With(c.Deadline.Norwegian(), day.Norwegian())
			}
		}
	}
	return DeadlineAdopted{Deadline: c.Deadline, Decision: c.Decision, Deliverable: c.Deliverable}, nil
}

func (m Measure) giveForecast(id domain.MeasureID, c GiveForecast) (Event, error) {
	if err := domain.FirstError(
		domain.RequireDate("forecast", c.Forecast), m.takes(id, c.Deliverable), domain.CheckText("why", c.Why),
	); err != nil {
		return nil, err
	}
	return ForecastGiven{Forecast: c.Forecast, Why: c.Why, Deliverable: c.Deliverable}, nil
}

// has refuses a deliverable where there is none to name, and the lack of one
// where there is.
func (m Measure) has(id domain.MeasureID, deliverable string) error {
	switch {
	case m.Kind == Ongoing && strings.TrimSpace(deliverable) == "":
		return ruleDeliverableMissing.With(id)
	case m.Kind != Ongoing && deliverable != "":
		return ruleDeliverableRefused.With(id, deliverable)
	}
	return domain.CheckLine("deliverable", deliverable)
}

// takes is has, and refuses a deliverable that is completed.
func (m Measure) takes(id domain.MeasureID, deliverable string) error {
	d, _ := m.Deliverables.Lookup(deliverable)
	if m.Kind == Ongoing && !d.Completed.IsZero() {
		return ruleDeliverableCompleted.With(id, deliverable, d.Completed.Norwegian())
	}
	return m.has(id, deliverable)
}

// notBeforeReopened: what was open again on a day had not been done, nor taken
// out of the plan, before it.
func (m Measure) notBeforeReopened(id domain.MeasureID, deliverable string, a domain.Asked) error {
	if d, _ := m.Deliverables.Lookup(deliverable); a.Effective.Before(d.Reopened) {
		return ruleBeforeReopened.With(called(id, deliverable), d.Reopened.Norwegian(), a.Effective.Norwegian())
	}
	return nil
}

// called names a measure, or one deliverable of it: t07, «t07 2023».
func called(id domain.MeasureID, deliverable string) string {
	if deliverable == "" {
		return string(id)
	}
	return string(id) + " " + deliverable
}

func (m Measure) complete(id domain.MeasureID, a domain.Asked, c Complete) (Event, error) {
	if err := domain.FirstError(
		m.takes(id, c.Deliverable), domain.CheckText("result", c.Result), m.notBeforeReopened(id, c.Deliverable, a),
	); err != nil {
		return nil, err
	}
	switch {
	case m.Started.IsZero():
		return nil, ruleNotStarted.With(id)
	case a.Effective.Before(m.Started):
		return nil, ruleCompletedBeforeStart.With(id, m.Started.Norwegian(), a.Effective.Norwegian())
	}
	for _, ev := range c.Evidence {
		if !slices.Contains(m.Evidence, ev) {
			return nil, ruleEvidenceUnknown.With(id, ev)
		}
	}
	return MeasureCompleted{Result: c.Result, Evidence: c.Evidence, Deliverable: c.Deliverable}, nil
}

func (m Measure) reopen(id domain.MeasureID, a domain.Asked, c Reopen) (Event, error) {
	if err := domain.FirstError(m.has(id, c.Deliverable), domain.RequireText("why", c.Why)); err != nil {
		return nil, err
	}
	d, _ := m.Deliverables.Lookup(c.Deliverable)
	switch {
	case d.Completed.IsZero():
		return nil, ruleNotCompleted.With(called(id, c.Deliverable))
	case a.Effective.Before(d.Completed):
		return nil, ruleReopenedBeforeCompleted.With(called(id, c.Deliverable), d.Completed.Norwegian(), a.Effective.Norwegian())
	}
	return MeasureReopened{Why: c.Why, Deliverable: c.Deliverable}, nil
}

func (m Measure) amend(s State, register actors.State, a domain.Asked, c Amend) (Event, error) {
	if err := domain.FirstError(
		domain.CheckChoice("field", c.Field, FieldStrategy, FieldFocusArea, FieldInitiative, FieldText, FieldOwners, FieldPartners),
		check(c.Field, c.To), checkDecision(a, c.Decision),
	); err != nil {
		return nil, err
	}
	old := m.Value(c.Field)
	switch c.Field {
	case FieldStrategy:
		if !s.hasStrategy(domain.StrategyID(c.To)) {
			return nil, ruleStrategyUnknown.With(c.To)
		}
	case FieldOwners, FieldPartners:
		for _, actor := range SplitActors(c.To) {
			if err := mustStand(register, actor, a.Effective); err != nil {
				return nil, err
			}
		}
		c.To = JoinActors(SplitActors(c.To))
	case FieldFocusArea, FieldInitiative, FieldText:
	}
	m.set(c.Field, c.To)
	if nameless(m.Text, m.Initiative) {
		return nil, ruleEmptyMeasure.With(c.Measure)
	}
	if old == c.To {
		return nil, nil
	}
	return MeasureAmended{Field: c.Field, Old: old, New: c.To, Decision: c.Decision}, nil
}

func (m Measure) mustName(id domain.MeasureID, partner domain.ActorID) error {
	if !slices.Contains(m.Partners, partner) {
		return rulePartnerNotNamed.With(id, partner)
	}
	return nil
}

// mustTakePart refuses a partner that does not stand on the day, and one that
// the plan does not name: neither by its own name, nor by one that it stands
// in for, nor by a collective that means it here.
func (m Measure) mustTakePart(id domain.MeasureID, partner domain.ActorID, register actors.State, day domain.Date) error {
	named := slices.Clone(m.Partners)
	for _, collective := range m.Partners {
		into, _ := m.Resolved.Lookup(collective)
		named = append(named, into...)
	}
	for _, n := range named {
		if slices.Contains(register.StandIns(n, day), partner) {
			return mustStand(register, partner, day)
		}
	}
	return rulePartnerNotNamed.With(id, partner)
}

func (m Measure) resolvePartner(id domain.MeasureID, register actors.State, a domain.Asked, c ResolvePartner) (Event, error) {
	if err := m.mustName(id, c.Partner); err != nil {
		return nil, err
	}
	if actor, _ := register.Actors.Lookup(c.Partner); actor.Kind != actors.Collective {
		return nil, ruleNotACollective.With(c.Partner)
	}
	for _, into := range c.Into {
		if err := mustStand(register, into, a.Effective); err != nil {
			return nil, err
		}
		if actor, _ := register.Actors.Lookup(into); actor.Kind == actors.Collective {
			return nil, ruleStillACollective.With(into)
		}
	}
	if err := domain.CheckName("into", JoinActors(c.Into)); err != nil {
		return nil, err
	}
	return PartnerResolved{Partner: c.Partner, Into: c.Into}, nil
}

// recordContribution: anybody in the register may have contributed, named by the plan or not.
func recordContribution(register actors.State, a domain.Asked, c RecordContribution) (Event, error) {
	if err := domain.FirstError(
		mustStand(register, c.Partner, a.Effective), domain.CheckText("text", c.Text), domain.CheckNotNegative("hours", c.Hours),
	); err != nil {
		return nil, err
	}
	if c.Amount != nil {
		if err := domain.FirstError(domain.CheckNotNegative("amount", c.Amount.Value), domain.CheckName("currency", c.Amount.Currency)); err != nil {
			return nil, err
		}
	}
	return ContributionRecorded{Partner: c.Partner, Text: c.Text, Hours: c.Hours, Amount: c.Amount}, nil
}

func (m Measure) attachEvidence(id domain.MeasureID, c AttachEvidence) (Event, error) {
	e := c.Evidence
	if slices.Contains(m.Evidence, e.Evidence) {
		return nil, ruleEvidenceExists.With(id, e.Evidence)
	}
	return e, domain.FirstError(
		domain.CheckID(e.Evidence), domain.CheckName("name", e.Name), domain.CheckName("mediaType", e.MediaType),
		domain.CheckName("sha256", e.SHA256), domain.CheckNotNegative("size", e.Size), domain.CheckLine("where", e.Where),
	)
}
