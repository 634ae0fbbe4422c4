package domain

import "slices"

// A Role is what a user may do, granted by an event and taken back by one.
type Role string

const (
	// RoleAdministrator looks after users, the register and the definition of delivery.
	RoleAdministrator Role = "administrator"
	// RoleCoordinator (utviklingsleder) imports the plan, assigns, opens periods and chases reports.
	RoleCoordinator Role = "coordinator"
	// RoleOwner (ansvarlig) answers for the measures of the actors the grant names.
	RoleOwner Role = "owner"
	// RoleReader sees everything and changes nothing: auditor, funder, assembly.
	RoleReader Role = "reader"
)

// Roles lists them.
func Roles() []Role {
	return []Role{RoleAdministrator, RoleCoordinator, RoleOwner, RoleReader}
}

// May reports whether the role may give the command. An owner may only do so
// for a measure that one of the owner's own actors answers for; who asks must
// check that as well (see OwnMeasureOnly).
func (r Role) May(command string) bool {
	return slices.Contains(permissions[command], r)
}

// OwnMeasureOnly reports whether the role's permission stops at measures that
// the grant's actors answer for.
func (r Role) OwnMeasureOnly() bool { return r == RoleOwner }

// Commands lists every command that somebody may give, in alphabetical order.
func Commands() []string {
	names := make([]string, 0, len(permissions))
	for name := range permissions {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// permissions is the whole table: which roles may give which command. A
// command that is not here may be given by nobody.
var permissions = func() map[string][]Role {
	var (
		admin  = []Role{RoleAdministrator}
		coord  = []Role{RoleCoordinator}
		either = []Role{RoleAdministrator, RoleCoordinator}
		owners = []Role{RoleCoordinator, RoleOwner}
	)
	return map[string][]Role{
		"user.grant": admin, "user.revoke": admin, "user.forget": admin, "event.redact": admin,
		"region.describe": either, "programme.join": either,
		"actor.register": either, "actor.classify": either, "actor.merge": either,
		"delivery.define": either,

		"plan.import": coord, "plan.endorse": coord, "plan.revise": coord, "plan.close": coord,
		"period.open": coord, "period.close": coord,
		"measure.amend": coord, "measure.withdraw": coord, "measure.assign": coord,
		"deadline.adopt": coord, "deviation.handle": coord,
		"report.return": coord, "report.approve": coord, "partner.resolve": coord,
		"measure.reopen": coord,
		"lead.write":     coord, "goal.set": coord, "result.record": coord, "advice.give": coord,
		"continuation.plan": coord, "obstacle.note": coord, "excerpt.quote": coord,
		"document.link": coord, "team.form": coord, "report.publish": coord,

		"measure.accept": owners, "measure.decline": owners, "measure.start": owners,
		"forecast.give": owners, "measure.report": owners, "report.withdraw": owners,
		"measure.complete": owners, "partner.confirm": owners,
		"contribution.record": owners, "evidence.attach": owners,
	}
}()
