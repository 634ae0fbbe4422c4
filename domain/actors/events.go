package actors

import "github.com/fosenregionen/framdrift/domain"

// An Event is something that happened to the region, its register of actors
// or its users.
//
//sumtype:decl
type Event interface {
	domain.Event
	actorsEvent()
}

// A Kind is what sort of actor stands in the register.
type Kind string

// The kinds of actor.
const (
	Body         Kind = "body"         // organ: Rådet, Rådmannsforum
	Person       Kind = "role"         // rolle: Utviklingsleder; never a name
	Organisation Kind = "organisation" // one organisation: NTNU
	Municipality Kind = "municipality" // kommune
	Collective   Kind = "collective"   // samlebetegnelse: «Privat næringsliv»
)

// A Sector is the part of society an actor belongs to (triple helix, and the
// voluntary sector beside it).
type Sector string

// The sectors.
const (
	Public    Sector = "public"
	Business  Sector = "business"
	Knowledge Sector = "knowledge"
	Voluntary Sector = "voluntary"
)

// Kinds lists every kind of actor.
func Kinds() []Kind { return []Kind{Body, Person, Organisation, Municipality, Collective} }

// Sectors lists every sector.
func Sectors() []Sector { return []Sector{Public, Business, Knowledge, Voluntary} }

// The events. A field's JSON name is its stored name for ever.
type (
	// RegionRegistered is the first event of every log. Demo holds for ever.
	RegionRegistered struct {
		Name string `json:"name"`
		Form string `json:"form,omitempty"` // organisation form: interkommunalt politisk råd
		Demo bool   `json:"demo,omitzero"`
	}

	// RegionDescribed says who the region is, as its own report states it.
	RegionDescribed struct {
		Applicant  domain.ActorID `json:"applicant,omitempty"`
		Members    []Member       `json:"members,omitzero"`
		Population *Population    `json:"population,omitempty"`
		Area       *Area          `json:"area,omitempty"`
	}

	// ProgrammeJoined says which programme the region took part in, and when.
	ProgrammeJoined struct {
		Name string      `json:"name"`
		From domain.Date `json:"from,omitzero"`
		To   domain.Date `json:"to,omitzero"`
	}

	// Registered puts an actor in the register.
	Registered struct {
		Name   string `json:"name"`
		Kind   Kind   `json:"kind"`
		Sector Sector `json:"sector"`
	}

	// Classified moves an actor to another sector.
	Classified struct {
		Sector Sector `json:"sector"`
	}

	// Merged ends an actor: from the day on, Into stands in its place.
	Merged struct {
		Into domain.ActorID `json:"into"`
		From domain.Date    `json:"from"`
	}

	// UserGranted gives a user a role; an owner's for the actors named.
	UserGranted struct {
		Role   domain.Role      `json:"role"`
		Actors []domain.ActorID `json:"actors,omitzero"`
	}

	// UserRevoked takes a role back.
	UserRevoked struct {
		Role domain.Role `json:"role"`
	}

	// UserForgotten says that it was erased who a user is, and on which legal
	// ground, which is in clear: it names the law and nobody. The user's roles
	// and what the user did stay.
	UserForgotten struct {
		Ground string `json:"ground"`
	}
)

// A Member is a municipality that takes part, for a time.
type Member struct {
	Actor domain.ActorID `json:"actor"`
	From  domain.Date    `json:"from,omitzero"`
	To    domain.Date    `json:"to,omitzero"`
}

// A Population is a number of people on a day.
type Population struct {
	Count int         `json:"count"`
	Date  domain.Date `json:"date"`
}

// An Area is a size in square kilometres.
type Area struct {
	KM2 float64 `json:"km2"`
}

// EventName is the stored name.
func (RegionRegistered) EventName() string { return "region.registered" }

// EventName is the stored name.
func (RegionDescribed) EventName() string { return "region.described" }

// EventName is the stored name.
func (ProgrammeJoined) EventName() string { return "programme.joined" }

// EventName is the stored name.
func (Registered) EventName() string { return "actor.registered" }

// EventName is the stored name.
func (Classified) EventName() string { return "actor.classified" }

// EventName is the stored name.
func (Merged) EventName() string { return "actor.merged" }

// EventName is the stored name.
func (UserGranted) EventName() string { return "user.granted" }

// EventName is the stored name.
func (UserRevoked) EventName() string { return "user.revoked" }

// EventName is the stored name.
func (UserForgotten) EventName() string { return "user.forgotten" }

func (RegionRegistered) actorsEvent() {}
func (RegionDescribed) actorsEvent()  {}
func (ProgrammeJoined) actorsEvent()  {}
func (Registered) actorsEvent()       {}
func (Classified) actorsEvent()       {}
func (Merged) actorsEvent()           {}
func (UserGranted) actorsEvent()      {}
func (UserRevoked) actorsEvent()      {}
func (UserForgotten) actorsEvent()    {}
