package actors

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
)

// A State is what the log says about the region, its register and its users.
// The zero State is a log with nothing on it.
type State struct {
	ID     domain.RegionID
	Name   string // empty until the region is registered
	Demo   bool
	Actors domain.Table[domain.ActorID, Actor]
	Users  domain.Table[domain.UserID, []Granted]
	// Forgotten are the users of whom it was erased who they are.
	Forgotten domain.Table[domain.UserID, struct{}]
}

// An Actor is one line of the register.
type Actor struct {
	Name       string
	Kind       Kind
	Sector     Sector
	From       domain.Date    // the first day it is valid
	MergedInto domain.ActorID // empty while it stands
	MergedFrom domain.Date
}

// A Granted is a role that a user has.
type Granted struct {
	Role   domain.Role
	Actors []domain.ActorID
}

// Registered reports whether the region's log has begun.
func (s State) Registered() bool { return s.Name != "" }

// Knows reports whether the log says anything of the user: a role, now or
// before, or that who it is was erased.
func (s State) Knows(user domain.UserID) bool {
	_, had := s.Users.Lookup(user)
	_, forgotten := s.Forgotten.Lookup(user)
	return had || forgotten
}

// ValidOn reports whether the actor stands in the register on the day: not
// before it was registered, and not from the day it was merged into another.
func (s State) ValidOn(id domain.ActorID, day domain.Date) bool {
	a, ok := s.Actors.Lookup(id)
	return ok && !day.Before(a.From) && (a.MergedFrom.IsZero() || day.Before(a.MergedFrom))
}

// StandIns are the actor and, after it, those that stand in its place on the
// day: Rissa, and from 2018 Indre Fosen.
func (s State) StandIns(id domain.ActorID, day domain.Date) []domain.ActorID {
	all := []domain.ActorID{id}
	for {
		a, _ := s.Actors.Lookup(id)
		if a.MergedInto == "" || day.Before(a.MergedFrom) {
			return all
		}
		id = a.MergedInto // merge sees to it that this ends
		all = append(all, id)
	}
}

// May reports whether the user may, on the day, give a command about a measure
// that answers to owner; owner is empty when the command is about no measure.
// Who answers for Indre Fosen also answers for what was left by Rissa.
func (s State) May(user domain.UserID, command string, owner domain.ActorID, day domain.Date) bool {
	granted, _ := s.Users.Lookup(user)
	for _, g := range granted {
		if g.Role.May(command) && (!g.Role.OwnMeasureOnly() || owner != "" && s.answers(g, owner, day)) {
			return true
		}
	}
	return false
}

func (s State) answers(g Granted, owner domain.ActorID, day domain.Date) bool {
	return slices.ContainsFunc(s.StandIns(owner, day), func(id domain.ActorID) bool {
		return slices.Contains(g.Actors, id)
	})
}

// SpeaksFor reports whether the user may act on behalf of an actor: one the
// user's grant names, or any for a coordinator.
func (s State) SpeaksFor(user domain.UserID, actor domain.ActorID) bool {
	granted, _ := s.Users.Lookup(user)
	return slices.ContainsFunc(granted, func(g Granted) bool {
		return g.Role == domain.RoleCoordinator || slices.Contains(g.Actors, actor)
	})
}

// Evolve is the state after one more event. An event of another package
// changes nothing.
func Evolve(s State, r domain.Recorded) State {
	e, ok := r.Event.(Event)
	if !ok {
		return s
	}
	actor, user := domain.ActorID(r.Subject.ID), domain.UserID(r.Subject.ID)
	switch e := e.(type) {
	case RegionRegistered:
		s.ID, s.Name, s.Demo = domain.RegionID(r.Subject.ID), e.Name, e.Demo
	case Registered:
		s.Actors = s.Actors.With(actor, s.registered(actor, e, r.Effective))
	case Classified:
		a, _ := s.Actors.Lookup(actor)
		a.Sector = e.Sector
		s.Actors = s.Actors.With(actor, a)
	case Merged:
		a, _ := s.Actors.Lookup(actor)
		a.MergedInto, a.MergedFrom = e.Into, e.From
		s.Actors = s.Actors.With(actor, a)
	case UserGranted:
		granted := s.without(user, e.Role)
		s.Users = s.Users.With(user, append(granted, Granted(e)))
	case UserRevoked:
		s.Users = s.Users.With(user, s.without(user, e.Role))
	case UserForgotten:
		s.Forgotten = s.Forgotten.With(user, struct{}{})
	case RegionDescribed, ProgrammeJoined:
		// Nothing is decided by these.
	}
	return s
}

// registered is the line that an actor gets in the register. One that is there
// already, and is named by a plan adopted earlier, is only valid from earlier.
func (s State) registered(id domain.ActorID, e Registered, from domain.Date) Actor {
	a, there := s.Actors.Lookup(id)
	switch {
	case !there:
		return Actor{Name: e.Name, Kind: e.Kind, Sector: e.Sector, From: from}
	case from.Before(a.From):
		a.From = from
	}
	return a
}

// without is a copy of the user's roles less one.
func (s State) without(user domain.UserID, role domain.Role) []Granted {
	granted, _ := s.Users.Lookup(user)
	return slices.DeleteFunc(slices.Clone(granted), func(g Granted) bool { return g.Role == role })
}
