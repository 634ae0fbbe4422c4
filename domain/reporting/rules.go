package reporting

import "github.com/fosenregionen/framdrift/domain"

var book domain.Rulebook

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return book.All() }

var (
	rulePlanClosed = book.Rule(domain.Refused, "reporting.plan-closed",
		"Planen %[1]s er avsluttet, så det rapporteres ikke lenger på den.",
		"Planen %[1]s er avslutta, så det blir ikkje lenger rapportert på han.",
		"The plan %[1]s is closed, so nothing more is reported on it.")
	rulePeriodDates = book.Rule(domain.Invalid, "period.dates",
		"Datoene for perioden %[1]s mangler eller henger ikke sammen. Oppgi første og siste dag og en rapportfrist som ikke er før perioden er over (--from, --to, --deadline); bare et tertial som T1-2023 har datoer fra før.",
		"Datoane for perioden %[1]s manglar eller heng ikkje saman. Oppgje første og siste dag og ein rapportfrist som ikkje er før perioden er over (--from, --to, --deadline); berre eit tertial som T1-2023 har datoar frå før.",
		"The dates of the period %[1]s are missing or do not fit together. Give its first and last day, and a report deadline that is not before the period is over (--from, --to, --deadline); only a tertial such as T1-2023 has dates of its own.")
	rulePeriodOpen = book.Rule(domain.Refused, "period.already-open",
		"Perioden %[1]s er åpen fra før.", "Perioden %[1]s er open frå før.", "The period %[1]s is open already.")
	rulePeriodNotOpen = book.Rule(domain.Refused, "period.not-open",
		"Perioden %[1]s er ikke åpen. Åpne den først: framdrift period open %[1]s",
		"Perioden %[1]s er ikkje open. Opne han først: framdrift period open %[1]s",
		"The period %[1]s is not open. Open it first: framdrift period open %[1]s")
	rulePeriodBeforeDeadline = book.Rule(domain.Refused, "period.before-report-deadline",
		"Perioden %[1]s har rapportfrist %[2]s og kan ikke lukkes %[3]s; tidligst dagen etter fristen.",
		"Perioden %[1]s har rapportfrist %[2]s og kan ikkje lukkast %[3]s; tidlegast dagen etter fristen.",
		"The period %[1]s has its report deadline on %[2]s and cannot be closed on %[3]s; at the earliest the day after.")
	ruleNotOpenInPeriod = book.Rule(domain.Refused, "report.measure-not-open-in-period",
		"Tiltaket %[1]s var ikke åpent på noe tidspunkt i perioden %[2]s, så det er ingenting å rapportere.",
		"Tiltaket %[1]s var ikkje ope på noko tidspunkt i perioden %[2]s, så det er ingenting å rapportere.",
		"The measure %[1]s was not open at any time in the period %[2]s, so there is nothing to report.")
	ruleNothingUnchanged = book.Rule(domain.Refused, "report.nothing-to-look-back-on",
		"Tiltaket %[1]s har ingen tidligere rapport som gjelder, så «uendret» sier ingenting. Velg green, amber eller red.",
		"Tiltaket %[1]s har ingen tidlegare rapport som gjeld, så «uendra» seier ingenting. Vel green, amber eller red.",
		"The measure %[1]s has no earlier report that stands, so “unchanged” says nothing. Choose green, amber or red.")
	ruleReportExists = book.Rule(domain.Refused, "report.exists",
		"Det finnes en rapport %[1]s fra før. En ny rapport må ha en ny id.",
		"Det finst ein rapport %[1]s frå før. Ein ny rapport må ha ein ny id.",
		"There is a report %[1]s already. A new report must have a new id.")
	ruleReportUnknown = book.Rule(domain.Refused, "report.unknown",
		"Det finnes ingen rapport %[1]s.", "Det finst ingen rapport %[1]s.", "There is no report %[1]s.")
	ruleReportWithdrawn = book.Rule(domain.Refused, "report.withdrawn",
		"Rapporten %[1]s er trukket tilbake for godt. Gi en ny.",
		"Rapporten %[1]s er trekt tilbake for godt. Gje ein ny.",
		"The report %[1]s has been withdrawn for good. Give a new one.")
	ruleReportAnswered = book.Rule(domain.Refused, "report.already-answered",
		"Rapporten %[1]s har allerede fått det svaret.", "Rapporten %[1]s har alt fått det svaret.", "The report %[1]s has been given that answer already.")
	ruleDefinitionExists = book.Rule(domain.Refused, "delivery.version-exists",
		"Definisjonen %[1]s finnes fra før. En endret definisjon må ha en ny versjon.",
		"Definisjonen %[1]s finst frå før. Ein endra definisjon må ha ein ny versjon.",
		"The definition %[1]s exists already. A changed definition must have a new version.")
)
