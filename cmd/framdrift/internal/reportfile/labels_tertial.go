package reportfile

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

// The status report to the assembly.
var (
	wordTertialTitle = label("Statusrapport for %[1]s %[2]s–%[3]s", "Statusrapport for %[1]s %[2]s–%[3]s", "Status report of %[1]s %[2]s–%[3]s")
	wordTertialKnown = label("Som kjent %[1]s.", "Som kjent %[1]s.", "As known on %[1]s.")
	wordTertialIs    = label(
		"Planen er vist slik den var kjent ved utgangen av %[1]s. Det som ble registrert i perioden, hører til perioden; det som gjaldt tidligere dager, er merket. Rapportene fra de ansvarlige er dem som var levert %[2]s.",
		"Planen er vist slik han var kjend ved utgangen av %[1]s. Det som vart registrert i perioden, høyrer til perioden; det som galdt tidlegare dagar, er merkt. Rapportane frå dei ansvarlege er dei som var leverte %[2]s.",
		"The plan is shown as it was known at the end of %[1]s. What was recorded in the period belongs to the period; what was about earlier days is marked. The reports from the owners are those delivered by %[2]s.")
	wordTertialCorrected   = label("Korrigert %[1]s.", "Korrigert %[1]s.", "As corrected on %[1]s.")
	wordTertialCorrectedIs = label(
		"Planen er vist slik den var ved utgangen av %[1]s, med alt som er registrert og rettet senere. Det som skjedde i perioden, hører til perioden, når det enn ble registrert.",
		"Planen er vist slik han var ved utgangen av %[1]s, med alt som er registrert og retta seinare. Det som hende i perioden, høyrer til perioden, når det enn vart registrert.",
		"The plan is shown as it was at the end of %[1]s, with everything recorded and corrected later. What happened in the period belongs to the period, whenever it was recorded.")
	wordReportPeriod = label("Perioden", "Perioden", "The period")
	wordTheCounts    = label("Perioden i tall", "Perioden i tal", "The period in numbers")
	wordBegunCount   = label("Startet", "Starta", "Started")
	wordDoneCount    = label("Fullført", "Fullført", "Completed")
	wordDelayedCount = label("Forsinket: frist passert eller flyttet, eller ventet etter fristen", "Forseinka: frist passert eller flytta, eller venta etter fristen", "Delayed: a deadline missed or moved, or expected after it")
	wordAskedCount   = label("Spurt om å ha ansvaret", "Spurde om å ha ansvaret", "Asked to be responsible")
	wordHandledCount = label("Avvik behandlet", "Avvik behandla", "Deviations handled")
	wordDueCount     = label("Frister de neste %[1]s", "Fristar dei neste %[1]s", "Deadlines in the next %[1]s")
	wordEndsAre      = label(
		"Profilen for hele planen dagen før perioden og ved utgangen av den. Endringen er i prosentpoeng, og står bare der begge nevnerne er minst fem.",
		"Profilen for heile planen dagen før perioden og ved utgangen av han. Endringa er i prosentpoeng, og står berre der begge nemnarane er minst fem.",
		"The profile of the whole plan the day before the period and at the end of it. The change is in percentage points, and stands only where both denominators are at least five.")
	wordEndsFirst     = label("Planen var ikke vedtatt før perioden, så det er ingenting å sammenligne med.", "Planen var ikkje vedteken før perioden, så det er ingenting å samanlikne med.", "The plan had not been adopted before the period, so there is nothing to compare with.")
	wordEndsRedefined = label("Definisjonen var «%[1]s» før perioden og «%[2]s» ved utgangen av den.", "Definisjonen var «%[1]s» før perioden og «%[2]s» ved utgangen av han.", "The definition was “%[1]s” before the period and “%[2]s” at the end of it.")
	wordShare         = label("Andel", "Andel", "Share")
	wordPoints        = label("%[1]s prosentpoeng", "%[1]s prosentpoeng", "%[1]s percentage points")
	wordChange        = label("Endring", "Endring", "Change")
	wordByStrategy    = label("Ved utgangen av perioden, per strategi", "Ved utgangen av perioden, per strategi", "At the end of the period, by strategy")
	wordHappenedIn    = label("Dette skjedde i perioden", "Dette hende i perioden", "What happened in the period")
	wordWhoAnswers    = label("Ansvar", "Ansvar", "Responsibility")
	wordDelayed       = label("Forsinket", "Forseinka", "Delayed")
	wordPlanChanged   = label("Endringer i planen, og gjenåpnet", "Endringar i planen, og gjenopna", "Changes of the plan, and reopened")
	wordToldDay       = label("Dag", "Dag", "Day")
	wordHow           = label("Tilstand", "Tilstand", "State")
	wordFromTo        = label("%[1]s, før perioden %[2]s", "%[1]s, før perioden %[2]s", "%[1]s, before the period %[2]s")
	wordThisPeriod    = label("Rapport for perioden", "Rapport for perioden", "Report on the period")
	wordLastPeriod    = label("Forrige rapport", "Førre rapport", "The last report")
	wordNoReport      = label("ingen rapport", "ingen rapport", "no report")
	wordTheyReport    = label("Hva de ansvarlige rapporterer", "Kva dei ansvarlege rapporterer", "What the owners report")
	wordHindrances    = label("Hindringer", "Hindringar", "Obstacles")
	wordHandledOnes   = label("Avvik som er behandlet", "Avvik som er behandla", "Deviations handled")
	wordDueNext       = label("Frister som kommer", "Fristar som kjem", "Deadlines to come")
	wordDueNextAre    = label("De neste %[1]s, like lenge som perioden.", "Dei neste %[1]s, like lenge som perioden.", "The next %[1]s, as long as the period.")
	wordExplained     = label("Forklaring", "Forklaring", "Explanation")
)

// happeningWords are what each thing is called: %[1]s is who, or the deadline,
// %[2]s the deadline before it, or the forecast.
var happeningWords = map[finalreport.What]domain.Phrase{
	finalreport.Asked:     label("%[1]s ble spurt", "%[1]s vart spurd", "%[1]s was asked"),
	finalreport.SaidYes:   label("%[1]s sa ja", "%[1]s sa ja", "%[1]s accepted"),
	finalreport.SaidNo:    label("%[1]s sa nei", "%[1]s sa nei", "%[1]s declined"),
	finalreport.Begun:     label("startet", "starta", "started"),
	finalreport.Done:      label("fullført", "fullført", "completed"),
	finalreport.Missed:    label("fristen %[1]s gikk ut uten at det var gjort", "fristen %[1]s gjekk ut utan at det var gjort", "the deadline %[1]s passed and it was not done"),
	finalreport.Moved:     label("fristen ble flyttet fra %[2]s til %[1]s", "fristen vart flytta frå %[2]s til %[1]s", "the deadline was moved from %[2]s to %[1]s"),
	finalreport.Slipped:   label("ventes ferdig %[2]s, etter fristen %[1]s", "er venta ferdig %[2]s, etter fristen %[1]s", "is expected by %[2]s, after the deadline %[1]s"),
	finalreport.Added:     label("kom inn i planen", "kom inn i planen", "came into the plan"),
	finalreport.Reopened:  label("gjenåpnet", "gjenopna", "reopened"),
	finalreport.Withdrawn: label("tatt ut av planen", "teke ut av planen", "withdrawn from the plan"),
}
