package plan

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// revise changes the plan by one decision. The decision stands first, then
// what it brought: new measures, amendments, deadlines, withdrawals, each held
// to the rule that it would be held to alone.
func revise(s State, register actors.State, a domain.Asked, c Revise) ([]domain.Draft, error) {
	if c.File != nil && slices.Contains(s.Files, c.File.SHA256) {
		return nil, nil
	}
	if err := domain.FirstError(checkDecision(a, c.Decision), s.NotBeforeAdoption(a), checkFile(c.File)); err != nil {
		return nil, err
	}
	enrolled, _, err := enrol(register, c.Actors, c.Adopt, a.Effective)
	if err != nil {
		return nil, err
	}
	for _, d := range enrolled {
		register = actors.Evolve(register, domain.Recorded{Subject: d.Subject, Event: d.Event, Effective: d.Effective})
	}
	known := func(id domain.ActorID) bool { return register.ValidOn(id, a.Effective) }
	rows, err := adoptRows(s, c.Adopt, c.Decision, a.Effective, known)
	if err != nil {
		return nil, err
	}
	changes, err := c.changes(s, register, a)
	if err != nil {
		return nil, err
	}
	about := domain.About(domain.EntityPlan, s.ID)
	var file []domain.Draft
	if c.File != nil {
		file = []domain.Draft{{Subject: about, Event: *c.File, Effective: a.Today}}
	}
	return slices.Concat(file, enrolled, []domain.Draft{{Subject: about, Event: Revised{c.Decision}}}, rows, changes), nil
}

func checkFile(f *Imported) error {
	if f == nil {
		return nil
	}
	return domain.FirstError(domain.CheckName("file", f.File), domain.CheckName("sha256", f.SHA256))
}

// changes is what the revision does to measures that stand in the plan. What
// leaves them as they are is no change.
func (c Revise) changes(s State, register actors.State, a domain.Asked) ([]domain.Draft, error) {
	var asked []MeasureCommand
	for _, m := range c.Amend {
		asked = append(asked, Amend{On{m.Measure}, m.Field, m.To, c.Decision})
	}
	for _, d := range c.Deadlines {
		asked = append(asked, AdoptDeadline{On: On{d.Measure}, Deadline: d.Deadline, Decision: c.Decision})
	}
	for _, id := range c.Withdraw {
		asked = append(asked, Withdraw{On{id}, c.Decision})
	}
	var drafts []domain.Draft
	for _, command := range asked {
		changed, err := decideMeasure(s, register, a, command)
		if err != nil {
			return nil, err
		}
		for _, d := range changed { // the next one is decided against what this leaves
			s = Evolve(s, domain.Recorded{Plan: s.ID, Subject: d.Subject, Event: d.Event, Effective: a.Effective})
		}
		drafts = append(drafts, changed...)
	}
	return drafts, nil
}
