package actors

import "github.com/fosenregionen/framdrift/domain"

var book domain.Rulebook

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return book.All() }

var (
	ruleActorExists = book.Rule(domain.Refused, "actor.exists",
		"Aktøren %[1]s står allerede i registeret som «%[2]s». Velg en annen id.",
		"Aktøren %[1]s står alt i registeret som «%[2]s». Vel ein annan id.",
		"The actor %[1]s is in the register already, as “%[2]s”. Choose another id.")
	ruleActorUnknown = book.Rule(domain.Refused, "actor.not-registered",
		"Aktøren %[1]s står ikke i registeret per %[2]s. Registrer den først (framdrift actor add), eller se hvem som står der (framdrift actor list).",
		"Aktøren %[1]s står ikkje i registeret per %[2]s. Registrer han først (framdrift actor add), eller sjå kven som står der (framdrift actor list).",
		"The actor %[1]s is not in the register on %[2]s. Register it first (framdrift actor add), or see who is there (framdrift actor list).")
	ruleMergedIntoItself = book.Rule(domain.Refused, "actor.merged-into-itself",
		"Aktøren %[1]s kan ikke gå inn i seg selv, heller ikke gjennom andre.",
		"Aktøren %[1]s kan ikkje gå inn i seg sjølv, heller ikkje gjennom andre.",
		"The actor %[1]s cannot be merged into itself, nor by way of others.")
	ruleAlreadyMerged = book.Rule(domain.Refused, "actor.already-merged",
		"Aktøren %[1]s har gått inn i %[2]s (fra %[3]s) og kan ikke slås sammen en gang til.",
		"Aktøren %[1]s har gått inn i %[2]s (frå %[3]s) og kan ikkje slåast saman ein gong til.",
		"The actor %[1]s became part of %[2]s (from %[3]s) and cannot be merged again.")
	ruleSpan = book.Rule(domain.Invalid, "region.span",
		"%[1]s kan ikke vare fra %[2]s til %[3]s: slutten er før begynnelsen.",
		"%[1]s kan ikkje vare frå %[2]s til %[3]s: slutten er før starten.",
		"%[1]s cannot last from %[2]s to %[3]s: the end is before the beginning.")
	ruleRoleNotHeld = book.Rule(domain.Refused, "user.role-not-held",
		"Brukeren %[1]s har ikke rollen %[2]s, så den kan ikke tas tilbake.",
		"Brukaren %[1]s har ikkje rolla %[2]s, så ho kan ikkje takast tilbake.",
		"The user %[1]s does not have the role %[2]s, so it cannot be taken back.")
	ruleOwnerWithoutActors = book.Rule(domain.Refused, "user.owner-without-actors",
		"Rollen owner gjelder for bestemte aktører. Si hvilke (--actor).",
		"Rolla owner gjeld for bestemte aktørar. Sei kva for nokre (--actor).",
		"The role owner is for certain actors. Say which (--actor).")
	ruleLastAdministrator = book.Rule(domain.Refused, "user.last-administrator",
		"Brukeren %[1]s er den siste administratoren. Gi rollen til en annen først.",
		"Brukaren %[1]s er den siste administratoren. Gje rolla til ein annan først.",
		"The user %[1]s is the last administrator. Give the role to somebody else first.")
	ruleNothingDescribed = book.Rule(domain.Invalid, "region.nothing-described",
		"Beskrivelsen av regionen er tom. Oppgi søkerkommune, medlemmer, folketall eller areal.",
		"Skildringa av regionen er tom. Oppgje søkjarkommune, medlemmer, folketal eller areal.",
		"The description of the region is empty. Give applicant, members, population or area.")
)

// NotRegistered is the refusal of an actor that is not valid on a day; the
// other packages' rules about actors give the same.
func NotRegistered(id domain.ActorID, day domain.Date) error {
	return ruleActorUnknown.With(id, day.Norwegian())
}
