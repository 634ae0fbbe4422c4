package region

import (
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

var book domain.Rulebook

// Rules lists every rule that any command may be refused by.
func Rules() []domain.Rule {
	return slices.Concat(book.All(), actors.Rules(), plan.Rules(), reporting.Rules(), story.Rules(), correction.Rules())
}

var (
	ruleNotRegistered = book.Rule(domain.Refused, "region.not-registered",
		"Regionen er ikke opprettet. Gjør det først: framdrift init ID --name NAVN",
		"Regionen er ikkje oppretta. Gjer det først: framdrift init ID --name NAMN",
		"The region has not been registered. Do that first: framdrift init ID --name NAME")
	ruleNotAllowed = book.Rule(domain.Forbidden, "user.not-allowed",
		"Brukeren %[1]s har ingen rolle som får gjøre dette (%[2]s). En administrator kan gi en slik rolle: framdrift user grant %[1]s --role …",
		"Brukaren %[1]s har inga rolle som får gjere dette (%[2]s). Ein administrator kan gje ei slik rolle: framdrift user grant %[1]s --role …",
		"The user %[1]s has no role that may do this (%[2]s). An administrator can grant such a role: framdrift user grant %[1]s --role …")
	ruleNotSpeakingFor = book.Rule(domain.Forbidden, "user.not-speaking-for",
		"Brukeren %[1]s kan ikke handle på vegne av %[2]s.",
		"Brukaren %[1]s kan ikkje handle på vegner av %[2]s.",
		"The user %[1]s cannot act on behalf of %[2]s.")
	ruleOnBehalfUnknown = book.Rule(domain.Refused, "actor.on-behalf-unknown",
		"Ingen kan handle på vegne av %[1]s, som ikke står i registeret per %[2]s.",
		"Ingen kan handle på vegner av %[1]s, som ikkje står i registeret per %[2]s.",
		"Nobody can act on behalf of %[1]s, which is not in the register on %[2]s.")
	ruleNoPlan = book.Rule(domain.Refused, "plan.none",
		"Regionen har ingen plan ennå. Importer den først: framdrift plan import FIL",
		"Regionen har ingen plan enno. Importer han først: framdrift plan import FIL",
		"The region has no plan yet. Import one first: framdrift plan import FILE")
	rulePlanUnknown = book.Rule(domain.Refused, "plan.not-adopted",
		"Planen %[1]s er ikke vedtatt i denne regionen. Se hvilke som er det: framdrift plan list",
		"Planen %[1]s er ikkje vedteken i denne regionen. Sjå kva for nokre som er det: framdrift plan list",
		"The plan %[1]s has not been adopted in this region. See which have: framdrift plan list")
	ruleSeveralPlans = book.Rule(domain.Refused, "plan.several",
		"Flere planer gjelder: %[1]s. Si hvilken (--plan, eller PLAN/t01).",
		"Fleire planar gjeld: %[1]s. Sei kva for ein (--plan, eller PLAN/t01).",
		"Several plans are in force: %[1]s. Say which (--plan, or PLAN/t01).")
	ruleFuture = book.Rule(domain.Refused, "date.future",
		"%[1]s er ikke kommet ennå (i dag er det %[2]s). Oppgi dagen det skjedde, senest i dag.",
		"%[1]s er ikkje komen enno (i dag er det %[2]s). Oppgje dagen det hende, seinast i dag.",
		"%[1]s has not come yet (today is %[2]s). Give the day it happened, today at the latest.")
)
