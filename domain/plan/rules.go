package plan

import "github.com/fosenregionen/framdrift/domain"

var book domain.Rulebook

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return book.All() }

// Rules about plans.
var (
	ruleClosed = book.Rule(domain.Refused, "plan.closed",
		"Planen %[1]s er avsluttet. Den tar bare imot rettelser og publiserte rapporter.",
		"Planen %[1]s er avslutta. Han tek berre imot rettingar og publiserte rapportar.",
		"The plan %[1]s is closed. It takes only corrections and published reports.")
	ruleExists = book.Rule(domain.Refused, "plan.exists",
		"Planen %[1]s er vedtatt fra før, fra en annen fil. Et nytt dokument kan bare endre den ved et nytt vedtak.",
		"Planen %[1]s er vedteken frå før, frå ei anna fil. Eit nytt dokument kan berre endre han ved eit nytt vedtak.",
		"The plan %[1]s has been adopted already, from another file. A new document can change it only by a new decision.")
	ruleNoCase = book.Rule(domain.Refused, "decision.no-case",
		"Det mangler et saksnummer. En plan og en frist endres bare ved vedtak: oppgi saken (--case \"RS 03/22\").",
		"Det manglar eit saksnummer. Ein plan og ein frist blir berre endra ved vedtak: oppgje saka (--case \"RS 03/22\").",
		"The case number is missing. A plan and a deadline change only by decision: give the case (--case \"RS 03/22\").")
	ruleDecisionFuture = book.Rule(domain.Refused, "decision.future",
		"Vedtaket %[1]s er datert %[2]s, og den dagen er ikke kommet ennå.",
		"Vedtaket %[1]s er datert %[2]s, og den dagen er ikkje komen enno.",
		"The decision %[1]s is dated %[2]s, a day that has not come yet.")
	ruleNoDecisionDate = book.Rule(domain.Refused, "decision.no-date",
		"Det mangler en dato for vedtaket. Planen gjelder fra den dagen den ble vedtatt: oppgi datoen (--date 2022-06-10).",
		"Det manglar ein dato for vedtaket. Planen gjeld frå den dagen han vart vedteken: oppgje datoen (--date 2022-06-10).",
		"The date of the decision is missing. The plan is in force from the day it was adopted: give the date (--date 2022-06-10).")
	ruleNoPeriod = book.Rule(domain.Invalid, "plan.no-period",
		"Planperioden %[1]s–%[2]s er ikke et tidsrom. Oppgi første og siste dag.",
		"Planperioden %[1]s–%[2]s er ikkje eit tidsrom. Oppgje første og siste dag.",
		"The plan's period %[1]s–%[2]s is not a span of time. Give its first and last day.")
	ruleNoMeasures = book.Rule(domain.Invalid, "plan.no-measures",
		"Planen har ingen tiltak, så det er ingenting å følge.",
		"Planen har ingen tiltak, så det er ingenting å følgje.",
		"The plan has no measures, so there is nothing to follow.")
	ruleNotAMunicipality = book.Rule(domain.Refused, "plan.not-a-municipality",
		"%[1]s er ikke en kommune. Det er medlemskommunene som slutter seg til planen.",
		"%[1]s er ikkje ein kommune. Det er medlemskommunane som sluttar seg til planen.",
		"%[1]s is not a municipality. It is the member municipalities that endorse the plan.")
	ruleStrategyUnknown = book.Rule(domain.Invalid, "plan.strategy-unknown",
		"Strategien %[1]s står ikke i planen.", "Strategien %[1]s står ikkje i planen.", "The strategy %[1]s is not in the plan.")
	ruleStrategyTwice = book.Rule(domain.Invalid, "plan.strategy-twice",
		"Strategien %[1]s står to ganger i planen.", "Strategien %[1]s står to gonger i planen.", "The strategy %[1]s is in the plan twice.")
	ruleEmptyMeasure = book.Rule(domain.Invalid, "measure.empty",
		"Tiltaket %[1]s har verken tekst eller handlingsplan, så ingen kan se hva det er.",
		"Tiltaket %[1]s har verken tekst eller handlingsplan, så ingen kan sjå kva det er.",
		"The measure %[1]s has neither text nor initiative, so nobody can see what it is.")
	ruleMeasureExists = book.Rule(domain.Refused, "measure.exists",
		"Tiltaket %[1]s står i planen fra før.", "Tiltaket %[1]s står i planen frå før.", "The measure %[1]s is in the plan already.")
)

// Rules about measures.
var (
	ruleNotAdopted = book.Rule(domain.Refused, "measure.not-adopted",
		"Tiltaket %[1]s står ikke i planen %[2]s, så det kan ikke skje noe med det. Se hvilke som står der: framdrift measure list",
		"Tiltaket %[1]s står ikkje i planen %[2]s, så det kan ikkje skje noko med det. Sjå kva for nokre som står der: framdrift measure list",
		"The measure %[1]s is not in the plan %[2]s, so nothing can happen to it. See which are there: framdrift measure list")
	ruleBeforeAdoption = book.Rule(domain.Refused, "date.before-adoption",
		"%[1]s er før %[2]s ble vedtatt (%[3]s). Er det riktig, må det føres som etterregistrering (--retrospective).",
		"%[1]s er før %[2]s vart vedteke (%[3]s). Er det rett, må det førast som etterregistrering (--retrospective).",
		"%[1]s is before %[2]s was adopted (%[3]s). If that is right it must be recorded as retrospective (--retrospective).")
	ruleArrangement = book.Rule(domain.Refused, "measure.arrangement",
		"%[1]s er en ordning. Ordninger har ingen ansvarlig, frist eller status å følge.",
		"%[1]s er ei ordning. Ordningar har ingen ansvarleg, frist eller status å følgje.",
		"%[1]s is an arrangement. Arrangements have no owner, deadline or status to follow.")
	ruleWithdrawn = book.Rule(domain.Refused, "measure.withdrawn",
		"Tiltaket %[1]s er tatt ut av planen ved vedtak (%[2]s).",
		"Tiltaket %[1]s er teke ut av planen ved vedtak (%[2]s).",
		"The measure %[1]s was taken out of the plan by decision (%[2]s).")
	ruleCompleted = book.Rule(domain.Refused, "measure.completed",
		"Tiltaket %[1]s er fullført (%[2]s) og kan bare gjenåpnes: framdrift measure reopen %[1]s --why …",
		"Tiltaket %[1]s er fullført (%[2]s) og kan berre opnast att: framdrift measure reopen %[1]s --why …",
		"The measure %[1]s is completed (%[2]s) and can only be reopened: framdrift measure reopen %[1]s --why …")
	ruleNotCompleted = book.Rule(domain.Refused, "measure.not-completed",
		"%[1]s er ikke fullført, så det er ingenting å gjenåpne.",
		"%[1]s er ikkje fullført, så det er ingenting å opne att.",
		"%[1]s is not completed, so there is nothing to reopen.")
	ruleNotStarted = book.Rule(domain.Refused, "measure.not-started",
		"Tiltaket %[1]s er ikke startet, så det kan ikke fullføres. Start det først: framdrift measure start %[1]s",
		"Tiltaket %[1]s er ikkje starta, så det kan ikkje fullførast. Start det først: framdrift measure start %[1]s",
		"The measure %[1]s has not been started, so it cannot be completed. Start it first: framdrift measure start %[1]s")
	ruleCompletedBeforeStart = book.Rule(domain.Refused, "measure.completed-before-start",
		"Tiltaket %[1]s ble startet %[2]s og kan ikke ha vært fullført %[3]s.",
		"Tiltaket %[1]s vart starta %[2]s og kan ikkje ha vore fullført %[3]s.",
		"The measure %[1]s was started on %[2]s and cannot have been completed on %[3]s.")
	ruleReopenedBeforeCompleted = book.Rule(domain.Refused, "measure.reopened-before-completed",
		"%[1]s ble fullført %[2]s og kan ikke ha vært gjenåpnet %[3]s.",
		"%[1]s vart fullført %[2]s og kan ikkje ha vore opna att %[3]s.",
		"%[1]s was completed on %[2]s and cannot have been reopened on %[3]s.")
	ruleBeforeReopened = book.Rule(domain.Refused, "measure.before-reopened",
		"%[1]s ble gjenåpnet %[2]s og kan ikke ha vært fullført eller tatt ut av planen %[3]s.",
		"%[1]s vart opna att %[2]s og kan ikkje ha vore fullført eller teke ut av planen %[3]s.",
		"%[1]s was reopened on %[2]s and cannot have been completed or taken out of the plan on %[3]s.")
	ruleAlreadyStarted = book.Rule(domain.Refused, "measure.already-started",
		"Tiltaket %[1]s ble startet %[2]s og kan ikke startes én gang til.",
		"Tiltaket %[1]s vart starta %[2]s og kan ikkje startast éin gong til.",
		"The measure %[1]s was started on %[2]s and cannot be started again.")
	ruleAlreadyAssigned = book.Rule(domain.Refused, "measure.already-assigned",
		"Tiltaket %[1]s er allerede tildelt %[2]s.", "Tiltaket %[1]s er alt tildelt %[2]s.", "The measure %[1]s is assigned to %[2]s already.")
	ruleNotAssigned = book.Rule(domain.Refused, "measure.not-assigned",
		"Tiltaket %[1]s er ikke tildelt noen. Tildel det først: framdrift measure assign %[1]s --owner …",
		"Tiltaket %[1]s er ikkje tildelt nokon. Tildel det først: framdrift measure assign %[1]s --owner …",
		"The measure %[1]s has not been assigned to anybody. Assign it first: framdrift measure assign %[1]s --owner …")
	ruleNotTheOwner = book.Rule(domain.Refused, "measure.not-the-owner",
		"Tiltaket %[1]s er tildelt %[2]s, så bare %[2]s kan svare, ikke %[3]s.",
		"Tiltaket %[1]s er tildelt %[2]s, så berre %[2]s kan svare, ikkje %[3]s.",
		"The measure %[1]s is assigned to %[2]s, so only %[2]s can answer, not %[3]s.")
	ruleAlreadyAccepted = book.Rule(domain.Refused, "measure.already-accepted",
		"%[2]s har allerede sagt ja til tiltaket %[1]s.", "%[2]s har alt sagt ja til tiltaket %[1]s.", "%[2]s has accepted the measure %[1]s already.")
	ruleAlreadyDeclined = book.Rule(domain.Refused, "measure.already-declined",
		"%[2]s har allerede sagt nei til tiltaket %[1]s.", "%[2]s har alt sagt nei til tiltaket %[1]s.", "%[2]s has declined the measure %[1]s already.")
	ruleDeadlinePassed = book.Rule(domain.Refused, "deadline.passed",
		"Fristen %[1]s kan ikke vedtas %[2]s: en frist må være vedtatt og ført før dagen den faller. Ble den vedtatt i tide, må den føres som etterregistrering (--retrospective).",
		"Fristen %[1]s kan ikkje vedtakast %[2]s: ein frist må vere vedteken og ført før dagen han fell. Vart han vedteken i tide, må han førast som etterregistrering (--retrospective).",
		"The deadline %[1]s cannot be adopted on %[2]s: a deadline must be adopted and recorded before its own day. If it was adopted in time it must be recorded as retrospective (--retrospective).")
	ruleDeliverableMissing = book.Rule(domain.Refused, "deliverable.missing",
		"Tiltaket %[1]s er løpende. Si hvilken leveranse det gjelder, for eksempel året (--deliverable 2023).",
		"Tiltaket %[1]s er løpande. Sei kva leveranse det gjeld, til dømes året (--deliverable 2023).",
		"The measure %[1]s is ongoing. Say which deliverable this is about, such as the year (--deliverable 2023).")
	ruleDeliverableRefused = book.Rule(domain.Refused, "deliverable.refused",
		"Tiltaket %[1]s gjøres én gang og har ingen leveranse som heter «%[2]s».",
		"Tiltaket %[1]s blir gjort éin gong og har ingen leveranse som heiter «%[2]s».",
		"The measure %[1]s is done once and has no deliverable called “%[2]s”.")
	ruleDeliverableCompleted = book.Rule(domain.Refused, "deliverable.completed",
		"Leveransen «%[2]s» av tiltaket %[1]s er fullført (%[3]s) og kan bare gjenåpnes: framdrift measure reopen %[1]s --deliverable \"%[2]s\" --why …",
		"Leveransen «%[2]s» av tiltaket %[1]s er fullført (%[3]s) og kan berre opnast att: framdrift measure reopen %[1]s --deliverable \"%[2]s\" --why …",
		"The deliverable “%[2]s” of the measure %[1]s is completed (%[3]s) and can only be reopened: framdrift measure reopen %[1]s --deliverable \"%[2]s\" --why …")
	rulePartnerNotNamed = book.Rule(domain.Refused, "partner.not-named",
		"Planen nevner ikke %[2]s som samarbeidspartner for %[1]s.",
		"Planen nemner ikkje %[2]s som samarbeidspartnar for %[1]s.",
		"The plan does not name %[2]s as a partner of %[1]s.")
	ruleNotACollective = book.Rule(domain.Refused, "partner.not-a-collective",
		"%[1]s er ikke en samlebetegnelse, så den står for seg selv.",
		"%[1]s er ikkje ei samlenemning, så ho står for seg sjølv.",
		"%[1]s is not a collective, so it stands for itself.")
	ruleStillACollective = book.Rule(domain.Refused, "partner.still-a-collective",
		"%[1]s er også en samlebetegnelse. Oppgi aktørene den står for.",
		"%[1]s er òg ei samlenemning. Oppgje aktørane ho står for.",
		"%[1]s is a collective too. Give the actors it stands for.")
	ruleEvidenceUnknown = book.Rule(domain.Refused, "evidence.unknown",
		"Dokumentasjonen %[2]s er ikke lagt ved tiltaket %[1]s.",
		"Dokumentasjonen %[2]s er ikkje lagd ved tiltaket %[1]s.",
		"The evidence %[2]s is not attached to the measure %[1]s.")
	ruleEvidenceExists = book.Rule(domain.Refused, "evidence.exists",
		"Dokumentasjonen %[2]s er lagt ved tiltaket %[1]s fra før.",
		"Dokumentasjonen %[2]s er lagd ved tiltaket %[1]s frå før.",
		"The evidence %[2]s is attached to the measure %[1]s already.")
)
