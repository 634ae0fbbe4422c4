package planview

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

// A Region is who owns the log, as it has described itself.
type Region struct {
	ID         domain.RegionID   `json:"id"`
	Name       string            `json:"name"`
	Form       string            `json:"form,omitempty"`
	Demo       bool              `json:"demo"`
	Applicant  Party             `json:"applicant,omitzero"`
	Members    []Member          `json:"members"`
	Population actors.Population `json:"population,omitzero"`
	Area       actors.Area       `json:"area,omitzero"`
	Programmes []Programme       `json:"programmes"`
}

// A Member is a municipality that takes part, for a time.
type Member struct {
	Party
	From domain.Date `json:"from,omitzero"`
	To   domain.Date `json:"to,omitzero"`
}

// A Programme is one that the region takes part in.
type Programme struct {
	Name string      `json:"name"`
	From domain.Date `json:"from,omitzero"`
	To   domain.Date `json:"to,omitzero"`
}

// An Actor is one line of the register as it stands. From is the first day it
// was valid; MergedFrom the first day that MergedInto stands in its place.
type Actor struct {
	ID         domain.ActorID `json:"id"`
	Name       string         `json:"name"`
	Kind       actors.Kind    `json:"kind"`
	Sector     actors.Sector  `json:"sector"`
	From       domain.Date    `json:"from"`
	MergedInto domain.ActorID `json:"mergedInto,omitempty"`
	MergedFrom domain.Date    `json:"mergedFrom,omitzero"`
}

// A User is a person behind an opaque id, and the roles held. One whose roles
// were all taken back is listed with none.
type User struct {
	ID    domain.UserID `json:"id"`
	Roles []Grant       `json:"roles"`
}

// A Grant is a role, an owner's for the actors named.
type Grant struct {
	Role   domain.Role `json:"role"`
	Actors []Party     `json:"actors"`
}

// A Party is an actor where something names it. ID is the one written there;
// Name is what it is called today. When another has taken its place since,
// Now is that one (group and filter by it) and Was the name it went by.
type Party struct {
	ID   domain.ActorID `json:"id"`
	Name string         `json:"name"`
	Now  domain.ActorID `json:"now,omitempty"`
	Was  string         `json:"was,omitempty"`
}

// Is reports whether the party is the actor, by its own id or today's.
func (p Party) Is(id domain.ActorID) bool { return id != "" && (p.ID == id || p.Now == id) }

func (g *Region) apply(r domain.Recorded, e actors.Event) {
	switch e := e.(type) {
	case actors.RegionRegistered:
		g.ID, g.Name, g.Form, g.Demo = r.Region, e.Name, e.Form, e.Demo
	case actors.RegionDescribed:
		g.describe(e)
	case actors.ProgrammeJoined:
		g.Programmes = append(g.Programmes, Programme(e))
	case actors.Registered, actors.Classified, actors.Merged, actors.UserGranted, actors.UserRevoked, actors.UserForgotten:
		// The register keeps these.
	}
}

// describe replaces what the event says and keeps what it leaves out.
func (g *Region) describe(e actors.RegionDescribed) {
	if e.Applicant != "" {
		g.Applicant = Party{ID: e.Applicant}
	}
	if e.Members != nil {
		g.Members = nil
		for _, m := range e.Members {
			g.Members = append(g.Members, Member{Party{ID: m.Actor}, m.From, m.To})
		}
	}
	if e.Population != nil {
		g.Population = *e.Population
	}
	if e.Area != nil {
		g.Area = *e.Area
	}
}

// Region is the region; the zero Region before it is registered.
func (v *View) Region() Region {
	g := v.region
	if g.Applicant.ID != "" {
		g.Applicant = v.party(g.Applicant.ID)
	}
	g.Members, g.Programmes = copied(g.Members), copied(g.Programmes)
	for i, m := range g.Members {
		g.Members[i].Party = v.party(m.ID)
	}
	return g
}

// Actors is the register in the order of ids, merged actors included.
func (v *View) Actors() []Actor {
	all := make([]Actor, 0, v.register.Actors.Len())
	for id, a := range v.register.Actors.All() {
		all = append(all, Actor{
			ID: id, Name: a.Name, Kind: a.Kind, Sector: a.Sector, From: a.From,
			MergedInto: a.MergedInto, MergedFrom: a.MergedFrom,
		})
	}
	return all
}

// Users is everybody who has held a role, in the order of ids.
func (v *View) Users() []User {
	all := make([]User, 0, v.register.Users.Len())
	for id, granted := range v.register.Users.All() {
		u := User{ID: id, Roles: []Grant{}}
		for _, g := range granted {
			u.Roles = append(u.Roles, Grant{g.Role, v.parties(g.Actors)})
		}
		all = append(all, u)
	}
	return all
}

// party follows mergers to who stands in the actor's place today, at most
// once through the register. An actor that is not in it goes by its id.
func (v *View) party(id domain.ActorID) Party {
	now := id
	for range v.register.Actors.Len() {
		a, _ := v.register.Actors.Lookup(now)
		if a.MergedInto == "" {
			break
		}
		now = a.MergedInto
	}
	p := Party{ID: id, Name: v.called(now)}
	if now != id {
		p.Now, p.Was = now, v.called(id)
	}
	return p
}

func (v *View) called(id domain.ActorID) string {
	if a, ok := v.register.Actors.Lookup(id); ok {
		return a.Name
	}
	return string(id)
}

func (v *View) parties(ids []domain.ActorID) []Party {
	all := make([]Party, len(ids))
	for i, id := range ids {
		all[i] = v.party(id)
	}
	return all
}
