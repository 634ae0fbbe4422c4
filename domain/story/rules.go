package story

import "github.com/fosenregionen/framdrift/domain"

var book domain.Rulebook

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return book.All() }

var (
	rulePlanClosed = book.Rule(domain.Refused, "story.plan-closed",
		"Planen %[1]s er avsluttet, så fortellingen om den er ferdig. Bare rettelser og utgitte rapporter kan føres.",
		"Planen %[1]s er avslutta, så forteljinga om han er ferdig. Berre rettingar og utgjevne rapportar kan førast.",
		"The plan %[1]s is closed, so its story is told. Only corrections and published reports can be recorded.")
	ruleGoalUnknown = book.Rule(domain.Refused, "goal.unknown",
		"Planen %[2]s har ikke noe mål som heter %[1]s. Sett det først: framdrift story goal add …",
		"Planen %[2]s har ikkje noko mål som heiter %[1]s. Set det først: framdrift story goal add …",
		"The plan %[2]s has no goal called %[1]s. Set it first: framdrift story goal add …")
	ruleURL = book.Rule(domain.Invalid, "document.url",
		"«%[1]s» er ikke en lenke som kan trykkes på. Den må begynne med https:// eller http:// og ha et nettsted etter.",
		"«%[1]s» er ikkje ei lenkje som kan trykkjast på. Ho må byrje med https:// eller http:// og ha ein nettstad etter.",
		"“%[1]s” is not a link that can be followed. It must begin with https:// or http:// and a site must come after.")
	ruleHash = book.Rule(domain.Invalid, "report.hash",
		"«%[1]s» er ikke en SHA-256. Den har 64 tegn, tall og a–f.",
		"«%[1]s» er ikkje ein SHA-256. Han har 64 teikn, tal og a–f.",
		"“%[1]s” is not a SHA-256. It has 64 characters, digits and a–f.")
)
