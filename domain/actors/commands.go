package actors

import "github.com/fosenregionen/framdrift/domain"

// A Command asks for a change to the region, its register or its users.
//
//sumtype:decl
type Command interface {
	domain.Command
	actorsCommand()
}

// The commands.
type (
	// RegisterRegion begins a log. The user who asks becomes administrator
	// and coordinator. For a region that is registered it changes nothing.
	RegisterRegion struct {
		Region domain.RegionID
		Name   string
		Form   string
		Demo   bool
	}

	// DescribeRegion states who the region is.
	DescribeRegion struct {
		Applicant  domain.ActorID
		Members    []Member
		Population *Population
		Area       *Area
	}

	// JoinProgramme says which programme the region takes part in.
	JoinProgramme struct {
		Name     string
		From, To domain.Date
	}

	// Register puts an actor in the register.
	Register struct {
		Actor  domain.ActorID
		Name   string
		Kind   Kind
		Sector Sector
	}

	// Classify moves an actor to another sector.
	Classify struct {
		Actor  domain.ActorID
		Sector Sector
	}

	// Merge ends an actor on a day and lets another stand in its place.
	Merge struct {
		Actor, Into domain.ActorID
		From        domain.Date
	}

	// Grant gives a user a role.
	Grant struct {
		User   domain.UserID
		Role   domain.Role
		Actors []domain.ActorID
	}

	// Revoke takes it back.
	Revoke struct {
		User domain.UserID
		Role domain.Role
	}

	// Forget erases who a user is, for good, on a legal ground that is recorded.
	Forget struct {
		User   domain.UserID
		Ground string
	}
)

// CommandName is the name in the table of permissions.
func (RegisterRegion) CommandName() string { return "region.register" }

// CommandName is the name in the table of permissions.
func (DescribeRegion) CommandName() string { return "region.describe" }

// CommandName is the name in the table of permissions.
func (JoinProgramme) CommandName() string { return "programme.join" }

// CommandName is the name in the table of permissions.
func (Register) CommandName() string { return "actor.register" }

// CommandName is the name in the table of permissions.
func (Classify) CommandName() string { return "actor.classify" }

// CommandName is the name in the table of permissions.
func (Merge) CommandName() string { return "actor.merge" }

// CommandName is the name in the table of permissions.
func (Grant) CommandName() string { return "user.grant" }

// CommandName is the name in the table of permissions.
func (Revoke) CommandName() string { return "user.revoke" }

// CommandName is the name in the table of permissions.
func (Forget) CommandName() string { return "user.forget" }

func (RegisterRegion) actorsCommand() {}
func (DescribeRegion) actorsCommand() {}
func (JoinProgramme) actorsCommand()  {}
func (Register) actorsCommand()       {}
func (Classify) actorsCommand()       {}
func (Merge) actorsCommand()          {}
func (Grant) actorsCommand()          {}
func (Revoke) actorsCommand()         {}
func (Forget) actorsCommand()         {}
