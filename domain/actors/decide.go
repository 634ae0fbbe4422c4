package actors

import (
	"fmt"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// Decide is what a command leads to: drafts in the order they happen, none
// when there is nothing to change, or the refusal of one rule.
func Decide(s State, a domain.Asked, c Command) ([]domain.Draft, error) {
	switch c := c.(type) {
	case RegisterRegion:
		return registerRegion(s, a, c)
	case DescribeRegion:
		return describeRegion(s, a, c)
	case JoinProgramme:
		if err := domain.FirstError(domain.CheckName("name", c.Name), checkSpan(c.Name, c.From, c.To)); err != nil {
			return nil, err
		}
		return one(region(s), ProgrammeJoined(c))
	case Register:
		return register(s, c)
	case Classify:
		return classify(s, a, c)
	case Merge:
		return merge(s, a, c)
	case Grant:
		return grant(s, a, c)
	case Revoke:
		return revoke(s, a, c)
	case Forget:
		return forget(s, c)
	}
	return nil, fmt.Errorf("actors: no rule for %T", c)
}

func one(subject domain.Subject, e Event) ([]domain.Draft, error) {
	return []domain.Draft{{Subject: subject, Event: e}}, nil
}

func region(s State) domain.Subject { return domain.About(domain.EntityRegion, s.ID) }

func registerRegion(s State, a domain.Asked, c RegisterRegion) ([]domain.Draft, error) {
	if s.Registered() {
		return nil, nil
	}
	if err := domain.FirstError(domain.CheckID(c.Region), domain.CheckName("name", c.Name), domain.CheckLine("form", c.Form)); err != nil {
		return nil, err
	}
	user := domain.About(domain.EntityUser, a.By)
	return []domain.Draft{
		{Subject: domain.About(domain.EntityRegion, c.Region), Event: RegionRegistered{Name: c.Name, Form: c.Form, Demo: c.Demo}},
		{Subject: user, Event: UserGranted{Role: domain.RoleAdministrator}},
		{Subject: user, Event: UserGranted{Role: domain.RoleCoordinator}},
	}, nil
}

func describeRegion(s State, a domain.Asked, c DescribeRegion) ([]domain.Draft, error) {
	if c.Applicant == "" && len(c.Members) == 0 && c.Population == nil && c.Area == nil {
		return nil, ruleNothingDescribed.With()
	}
	if _, ok := s.Actors.Lookup(c.Applicant); c.Applicant != "" && !ok {
		return nil, NotRegistered(c.Applicant, a.Effective)
	}
	for _, m := range c.Members {
		if _, ok := s.Actors.Lookup(m.Actor); !ok {
			return nil, NotRegistered(m.Actor, a.Effective)
		}
		if err := checkSpan(string(m.Actor), m.From, m.To); err != nil {
			return nil, err
		}
	}
	if p := c.Population; p != nil {
		if err := domain.FirstError(domain.CheckNotNegative("population", p.Count), domain.RequireDate("population.date", p.Date)); err != nil {
			return nil, err
		}
	}
	if c.Area != nil {
		if err := domain.CheckNotNegative("area", c.Area.KM2); err != nil {
			return nil, err
		}
	}
	return one(region(s), RegionDescribed(c))
}

// checkSpan refuses a span that ends before it begins. Either end may be unknown.
func checkSpan(what string, from, to domain.Date) error {
	if !to.IsZero() && to.Before(from) {
		return ruleSpan.With(what, from.Norwegian(), to.Norwegian())
	}
	return nil
}

func register(s State, c Register) ([]domain.Draft, error) {
	if err := CheckNew(c); err != nil {
		return nil, err
	}
	if old, ok := s.Actors.Lookup(c.Actor); ok {
		return nil, ruleActorExists.With(c.Actor, old.Name)
	}
	return one(domain.About(domain.EntityActor, c.Actor), Registered{Name: c.Name, Kind: c.Kind, Sector: c.Sector})
}

// CheckNew refuses an actor that could never stand in the register.
func CheckNew(c Register) error {
	return domain.FirstError(
		domain.CheckID(c.Actor),
		domain.CheckName("name", c.Name),
		domain.CheckChoice("kind", c.Kind, Kinds()...),
		checkSector(c.Sector),
	)
}

func checkSector(s Sector) error {
	return domain.CheckChoice("sector", s, Sectors()...)
}

func mustStand(s State, id domain.ActorID, day domain.Date) error {
	if !s.ValidOn(id, day) {
		return NotRegistered(id, day)
	}
	return nil
}

func classify(s State, a domain.Asked, c Classify) ([]domain.Draft, error) {
	if err := domain.FirstError(checkSector(c.Sector), mustStand(s, c.Actor, a.Effective)); err != nil {
		return nil, err
	}
	if actor, _ := s.Actors.Lookup(c.Actor); actor.Sector == c.Sector {
		return nil, nil
	}
	return one(domain.About(domain.EntityActor, c.Actor), Classified{c.Sector})
}

// merge lets an actor go on in another, once, and never in a circle.
func merge(s State, a domain.Asked, c Merge) ([]domain.Draft, error) {
	if c.From.IsZero() {
		c.From = a.Effective
	}
	if old, _ := s.Actors.Lookup(c.Actor); old.MergedInto != "" {
		return nil, ruleAlreadyMerged.With(c.Actor, old.MergedInto, old.MergedFrom.Norwegian())
	}
	for id := c.Into; id != ""; {
		if id == c.Actor {
			return nil, ruleMergedIntoItself.With(c.Actor)
		}
		next, _ := s.Actors.Lookup(id)
		id = next.MergedInto
	}
	if err := domain.FirstError(mustStand(s, c.Actor, c.From), mustStand(s, c.Into, c.From)); err != nil {
		return nil, err
	}
	return one(domain.About(domain.EntityActor, c.Actor), Merged{Into: c.Into, From: c.From})
}

func grant(s State, a domain.Asked, c Grant) ([]domain.Draft, error) {
	if err := domain.FirstError(domain.CheckID(c.User), domain.CheckChoice("role", c.Role, domain.Roles()...)); err != nil {
		return nil, err
	}
	if c.Role == domain.RoleOwner && len(c.Actors) == 0 {
		return nil, ruleOwnerWithoutActors.With()
	}
	for _, id := range c.Actors {
		if err := mustStand(s, id, a.Effective); err != nil {
			return nil, err
		}
	}
	held, _ := s.Users.Lookup(c.User)
	if slices.ContainsFunc(held, func(g Granted) bool { return g.Role == c.Role && slices.Equal(g.Actors, c.Actors) }) {
		return nil, nil
	}
	return one(domain.About(domain.EntityUser, c.User), UserGranted{Role: c.Role, Actors: c.Actors})
}

func revoke(s State, a domain.Asked, c Revoke) ([]domain.Draft, error) {
	if err := domain.CheckID(c.User); err != nil {
		return nil, err
	}
	held, _ := s.Users.Lookup(c.User)
	if len(s.without(c.User, c.Role)) == len(held) {
		return nil, ruleRoleNotHeld.With(c.User, c.Role)
	}
	if c.Role == domain.RoleAdministrator && s.administrators(a.Today) == 1 {
		return nil, ruleLastAdministrator.With(c.User)
	}
	return one(domain.About(domain.EntityUser, c.User), UserRevoked{c.Role})
}

func (s State) administrators(day domain.Date) int {
	n := 0
	for user := range s.Users.All() {
		if s.May(user, Grant{}.CommandName(), "", day) {
			n++
		}
	}
	return n
}

func forget(s State, c Forget) ([]domain.Draft, error) {
	if err := domain.FirstError(domain.CheckID(c.User), domain.CheckName("ground", c.Ground)); err != nil {
		return nil, err
	}
	if _, already := s.Forgotten.Lookup(c.User); already {
		return nil, nil
	}
	return one(domain.About(domain.EntityUser, c.User), UserForgotten{c.Ground})
}
