package reportfile

import "github.com/fosenregionen/framdrift/domain"

// labels is every phrase below, for the test that none is missing.
var labels []domain.Phrase

func label(nb, nn, en string) domain.Phrase {
	p := domain.Phrase{NB: nb, NN: nn, EN: en}
	labels = append(labels, p)
	return p
}

// The first page.
var (
	wordTitle  = label("Sluttrapport for %[1]s", "Sluttrapport for %[1]s", "Final report of %[1]s")
	wordDemo   = label("DEMO.", "DEMO.", "DEMO.")
	wordDemoIs = label(
		"Dette er en demonstrasjon. Planen kan være ekte, men det som har skjedd med den her, er oppdiktet.",
		"Dette er ein demonstrasjon. Planen kan vere ekte, men det som har hendt med han her, er oppdikta.",
		"This is a demonstration. The plan may be real, but what has happened to it here is invented.")
	wordAbout   = label("Om rapporten", "Om rapporten", "About this report")
	wordPlan    = label("Plan", "Plan", "Plan")
	wordSpan    = label("%[1]s (%[2]s–%[3]s)", "%[1]s (%[2]s–%[3]s)", "%[1]s (%[2]s–%[3]s)")
	wordAdopted = label("Vedtatt", "Vedteken", "Adopted")
	wordBasedOn = label("Bygger på", "Byggjer på", "Based on")
	wordClosed  = label("Avsluttet", "Avslutta", "Closed")
	wordForm    = label("Organisasjonsform", "Organisasjonsform", "Form of organisation")
	wordContent = label("Innhold", "Innhald", "Content")
	wordKnown   = label("Per %[1]s, som kjent.", "Per %[1]s, som kjent.", "As of %[1]s, as known.")
	wordKnownIs = label(
		"Rapporten viser det som var registrert ved utgangen av dagen, med rettelsene som var gjort da.",
		"Rapporten viser det som var registrert ved utgangen av dagen, med rettingane som var gjorde då.",
		"The report shows what had been recorded by the end of the day, with the corrections made by then.")
	wordCorrected   = label("Per %[1]s, korrigert.", "Per %[1]s, korrigert.", "As of %[1]s, as corrected.")
	wordCorrectedIs = label(
		"Rapporten viser det som hadde skjedd til og med denne dagen, med alt som er registrert og rettet senere.",
		"Rapporten viser det som hadde hendt til og med denne dagen, med alt som er registrert og retta seinare.",
		"The report shows what had happened by the end of this day, with everything recorded and corrected later.")
	wordLog        = label("Loggen er lest til", "Loggen er lesen til", "The log was read to")
	wordLogTo      = label("hendelse %[1]s, registrert %[2]s kl. %[3]s", "hending %[1]s, registrert %[2]s kl. %[3]s", "event %[1]s, recorded %[2]s at %[3]s")
	wordDefinition = label("Definisjon av gjennomføringskraft", "Definisjon av gjennomføringskraft", "Definition of delivery")
	wordDefault    = label("standard", "standard", "default")
)

// The lead and the plan in numbers.
var (
	wordLeadNone = label("Planen har ingen tiltak.", "Planen har ingen tiltak.", "The plan has no measures.")
	wordLead     = label(
		"Planen har %[1]s tiltak. Fullført: %[2]s. I gang: %[3]s. Ikke startet: %[4]s.",
		"Planen har %[1]s tiltak. Fullførte: %[2]s. I gang: %[3]s. Ikkje starta: %[4]s.",
		"The plan has %[1]s measures. Completed: %[2]s. Under way: %[3]s. Not started: %[4]s.")
	wordLeadOne = label(
		"Planen har ett tiltak. Fullført: %[2]s. I gang: %[3]s. Ikke startet: %[4]s.",
		"Planen har eitt tiltak. Fullført: %[2]s. I gang: %[3]s. Ikkje starta: %[4]s.",
		"The plan has one measure. Completed: %[2]s. Under way: %[3]s. Not started: %[4]s.")
	wordNumbers      = label("Planen i tall", "Planen i tal", "The plan in numbers")
	wordNumber       = label("Antall", "Tal", "Number")
	wordWhat         = label("Hva", "Kva", "What")
	wordInPlan       = label("Tiltak i planen", "Tiltak i planen", "Measures in the plan")
	wordCompleted    = label("– fullført", "– fullførte", "– completed")
	wordStarted      = label("– i gang", "– i gang", "– under way")
	wordNotStarted   = label("– ikke startet", "– ikkje starta", "– not started")
	wordWithdrawn    = label("Tiltak tatt ut ved vedtak", "Tiltak tekne ut ved vedtak", "Measures withdrawn by decision")
	wordArrangements = label("Samarbeidsordninger", "Samarbeidsordningar", "Standing arrangements")
	wordReports      = label("Rapporter levert", "Rapportar leverte", "Reports delivered")
	wordBackDated    = label(
		"Fullføringer registrert etter dagen de gjelder",
		"Fullføringar registrerte etter dagen dei gjeld",
		"Completions recorded after the day they are for")
	wordEvents = label("Hendelser på loggen", "Hendingar på loggen", "Events on the log")
	wordPeople = label("Personer med rollen %[1]s", "Personar med rolla %[1]s", "People with the role of %[1]s")
)

// The facts.
var (
	wordFacts      = label("Fakta om regionen", "Fakta om regionen", "Facts about the region")
	wordNoFacts    = label("Regionen har ikke beskrevet seg selv.", "Regionen har ikkje skildra seg sjølv.", "The region has not described itself.")
	wordFact       = label("Opplysning", "Opplysning", "Fact")
	wordApplicant  = label("Søkerkommune", "Søkjarkommune", "Applicant municipality")
	wordMembers    = label("Samarbeidskommuner", "Samarbeidskommunar", "Member municipalities")
	wordPopulation = label("Folketall", "Folketal", "Population")
	wordArea       = label("Areal", "Areal", "Area")
	wordProgrammes = label("Program", "Program", "Programmes")
	wordToday      = label("%[1]s (i dag %[2]s)", "%[1]s (i dag %[2]s)", "%[1]s (today %[2]s)")
	wordFrom       = label("fra %[1]s", "frå %[1]s", "from %[1]s")
	wordUntil      = label("til %[1]s", "til %[1]s", "until %[1]s")
)

// Gjennomføringskraft.
var (
	wordDelivery   = label("Gjennomføringskraft", "Gjennomføringskraft", "Delivery")
	wordDeliveryIs = label(
		"Gjennomføringskraft er en profil av andeler som er regnet ut fra hendelsene på loggen og ikke noe annet. Hver andel er skrevet som «teller av nevner»; prosent står bare der nevneren er minst fem. Profilen sier ikke om planen hadde ønsket virkning, og den er ingen karakter på en person.",
		"Gjennomføringskraft er ein profil av andelar som er rekna ut frå hendingane på loggen og ikkje noko anna. Kvar andel er skriven som «teljar av nemnar»; prosent står berre der nemnaren er minst fem. Profilen seier ikkje om planen hadde ønskt verknad, og han er ingen karakter på ein person.",
		"Delivery is a profile of shares, computed from the events on the log and nothing else. Each share is written as “numerator of denominator”; a percentage is given only where the denominator is at least five. The profile does not say whether the plan had the effect hoped for, and it is no grade on a person.")
	wordLevel      = label("Del av planen", "Del av planen", "Part of the plan")
	wordWhole      = label("Hele planen", "Heile planen", "The whole plan")
	wordCounted    = label("Teller med", "Tel med", "Counts")
	wordYes        = label("ja", "ja", "yes")
	wordNo         = label("nei", "nei", "no")
	wordBehind     = label("%[1]s – %[2]s", "%[1]s – %[2]s", "%[1]s – %[2]s")
	wordDaysBehind = label(
		"%[1]s dager bak planen slik fristene er nå, %[2]s bak de første fristene.",
		"%[1]s dagar bak planen slik fristane er no, %[2]s bak dei første fristane.",
		"%[1]s days behind the plan as the deadlines are now, %[2]s behind the first deadlines.")
	wordSlip = label(
		"Median avstand fra prognosen til fullføringen: %[1]s dager.",
		"Median avstand frå prognosen til fullføringa: %[1]s dagar.",
		"Median distance from the forecast to the completion: %[1]s days.")
	wordMoves        = label("Frister flyttet de siste %[2]d dagene: %[1]s.", "Fristar flytta dei siste %[2]d dagane: %[1]s.", "Deadlines moved in the last %[2]d days: %[1]s.")
	wordUnresolved   = label("Samlebetegnelser uten navngitte aktører: %[1]s.", "Samlenemningar utan namngjevne aktørar: %[1]s.", "Collectives without named actors: %[1]s.")
	wordSectors      = label("Åpne tiltak med aktive fra minst to sektorer: %[1]s. Fra minst tre: %[2]s.", "Opne tiltak med aktive frå minst to sektorar: %[1]s. Frå minst tre: %[2]s.", "Open measures with active actors from at least two sectors: %[1]s. From at least three: %[2]s.")
	wordContributing = label("Kommuner som har bidratt: %[1]s.", "Kommunar som har bidrege: %[1]s.", "Municipalities that have contributed: %[1]s.")
	wordDates        = label("Datoer", "Datoar", "Dates")
	wordColours      = label("Fargene", "Fargane", "The colours")
	wordColoursAre   = label(
		"Fargen er regnet ut av frister, prognoser og rapporter. Ved siden av står det den ansvarlige selv sa i den siste rapporten som står.",
		"Fargen er rekna ut av fristar, prognosar og rapportar. Ved sida av står det den ansvarlege sjølv sa i den siste rapporten som står.",
		"The colour is computed from deadlines, forecasts and reports. Beside it stands what the owner said in the latest report that stands.")
	wordColour        = label("Beregnet", "Utrekna", "Computed")
	wordSelfAssessed  = label("Egen vurdering", "Eiga vurdering", "Self-assessed")
	wordUnknownBeside = label("%[1]s, ukjent", "%[1]s, ukjend", "%[1]s, unknown")
	wordBeside        = label("Ved siden av profilen", "Ved sida av profilen", "Beside the profile")
	wordGrey          = label("Åpne tiltak i tilstanden ukjent", "Opne tiltak i tilstanden ukjend", "Open measures in state unknown")
	wordWithoutDate   = label("Åpne tiltak uten vedtatt frist", "Opne tiltak utan vedteken frist", "Open measures without an adopted deadline")
	wordSelfGreen     = label("Sier grønn selv, beregnet rød", "Seier grøn sjølv, utrekna raud", "Self-assessed green, computed red")
	wordAge           = label("Alder på tiltak i gang, dager (P50 / P85)", "Alder på tiltak i gang, dagar (P50 / P85)", "Age of measures under way, days (P50 / P85)")
	wordCycle         = label("Tid fra start til fullført, dager (P50 / P85)", "Tid frå start til fullført, dagar (P50 / P85)", "Time from start to completion, days (P50 / P85)")
	wordSpread        = label("%[1]s / %[2]s (%[3]s tiltak)", "%[1]s / %[2]s (%[3]s tiltak)", "%[1]s / %[2]s (%[3]s measures)")
	wordPerTertial    = label("Fullført per tertial", "Fullført per tertial", "Completed by tertial")
	wordAnyTime       = label("Levert, uansett når: %[1]s.", "Levert, uansett når: %[1]s.", "Delivered at any time: %[1]s.")
	wordOutcome       = label("Utfall", "Utfall", "Outcome")
	wordPositions     = label("Hendelser", "Hendingar", "Events")
	wordCourse        = label("Utviklingen", "Utviklinga", "The course")
	wordCourseIs      = label(
		"Profilen for hele planen ved utgangen av hver rapporteringsperiode som var lukket, slik den så ut da.",
		"Profilen for heile planen ved utgangen av kvar rapporteringsperiode som var lukka, slik han såg ut då.",
		"The profile of the whole plan at the end of each reporting period that had been closed, as it looked then.")
	wordCourseCorrected = label(
		"Profilen for hele planen ved utgangen av hver rapporteringsperiode som er lukket, slik den ser ut etter alle rettelser.",
		"Profilen for heile planen ved utgangen av kvar rapporteringsperiode som er lukka, slik han ser ut etter alle rettingar.",
		"The profile of the whole plan at the end of each reporting period that has been closed, as it looks after all corrections.")
	wordNoCourse = label("Ingen rapporteringsperiode er lukket.", "Ingen rapporteringsperiode er lukka.", "No reporting period has been closed.")
	wordPeriod   = label("Periode", "Periode", "Period")
	wordDay      = label("Per", "Per", "As of")
	wordReported = label("Denne rapporten", "Denne rapporten", "This report")
)
