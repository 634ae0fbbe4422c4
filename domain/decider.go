package domain

import "time"

// The shape of every decision in this program:
//
//	Decide(state, asked, command) → drafts or a refusal
//	Evolve(state, recorded)       → state
//
// Both are pure: no clock, no randomness, no order of a map. The state is
// what the log means so far; a draft is an event that has not been given its
// place on the log; a recorded event has. Package region puts the parts
// together.

// An Event is something that happened, in the past tense. Its kinds are the
// sealed sums actors.Event, plan.Event, reporting.Event, story.Event and
// correction.Event.
type Event interface {
	// EventName is the stored name without prefix and version: measure.completed.
	EventName() string
}

// A Command asks for one change, in the imperative. Its kinds are the sealed
// sums of the same packages.
type Command interface {
	// CommandName is the name in the table of permissions and on the wire: measure.complete.
	CommandName() string
}

// A Text is what a person wrote in free words. It may name people, so it is
// never stored in clear: see package vault.
type Text string

// Erased stands where a text was before its key was destroyed. No input can
// hold a NUL, so it is never mistaken for something written.
const Erased Text = "\x00"

// Elsewhere stands where a text cannot be read because its key is not here:
// it may be at another installation that writes to the same log, or destroyed.
const Elsewhere Text = "\x00\x00"

// A Subject is the thing an event is about, written measure/t07.
type Subject struct {
	Entity string // region, actor, user, plan, period, delivery, measure, event, and those of the story
	ID     string
}

// About names a subject.
func About[T ~string](entity string, id T) Subject { return Subject{entity, string(id)} }

func (s Subject) String() string { return s.Entity + "/" + s.ID }

// The entities a subject may be.
const (
	EntityRegion   = "region"
	EntityActor    = "actor"
	EntityUser     = "user"
	EntityPlan     = "plan"
	EntityPeriod   = "period"
	EntityDelivery = "delivery"
	EntityMeasure  = "measure"
	EntityEvent    = "event"

	// What the programme's story is made of (package story).
	EntityLead         = "lead"
	EntityGoal         = "goal"
	EntityResult       = "result"
	EntityAdvice       = "advice"
	EntityContinuation = "continuation"
	EntityObstacle     = "obstacle"
	EntityExcerpt      = "excerpt"
	EntityDocument     = "document"
	EntityTeam         = "team"
	EntityReport       = "report"
)

// A Channel is the way a command came in.
type Channel string

// The channels.
const (
	ChannelWeb    Channel = "web"
	ChannelAPI    Channel = "api"
	ChannelCLI    Channel = "cli"
	ChannelImport Channel = "import"
	ChannelSystem Channel = "system"
)

// A Request is a command and everything that is recorded about the asking.
type Request struct {
	ID            CommandID
	By            UserID
	OnBehalfOf    ActorID // empty: for nobody but the user, or as the command implies
	Channel       Channel
	Plan          PlanID // empty: the one plan in force
	Effective     Date   // zero: today
	Retrospective bool   // an etterregistrering: put on the log later than the rules allow
	Command       Command
}

// Asked is the part of a request that rules look at, with its gaps filled.
type Asked struct {
	By            UserID
	OnBehalfOf    ActorID
	Effective     Date // the day it happened or takes effect
	Today         Date // the day it is recorded, in Oslo
	Retrospective bool
}

// A Draft is an event that has been decided and not yet recorded. Zero
// fields take the value of the request.
type Draft struct {
	Subject    Subject
	Plan       PlanID // empty for what belongs to the region
	Event      Event
	Effective  Date
	OnBehalfOf ActorID
}

// A Recorded is an event on the log, with both its clocks.
type Recorded struct {
	ID       EventID
	Region   RegionID
	Position Position
	// Time is when it was recorded: set at append, never going backwards in a region.
	Time time.Time
	// Effective is the day it happened, as the user said; corrections may move it.
	Effective     Date
	Subject       Subject
	Plan          PlanID // empty for what belongs to the region
	Actor         UserID
	OnBehalfOf    ActorID
	Channel       Channel
	Command       CommandID
	Retrospective bool
	Event         Event
}

// BackDated reports whether it was recorded after the day it happened.
func (r Recorded) BackDated() bool { return r.Effective.Before(DateOf(r.Time)) }
