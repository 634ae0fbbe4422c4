package delivery

import "github.com/fosenregionen/framdrift/domain"

func phrase(nb, nn, en string) domain.Phrase { return domain.Phrase{NB: nb, NN: nn, EN: en} }

// componentWords are what each component is called, and what it counts: %[1]d is
// the window, %[2]d how many periods, %[3]d the horizon.
var componentWords = map[Component]struct{ name, formula domain.Phrase }{
	K1: {
		phrase("forankring", "forankring", "anchoring"),
		phrase("Åpne tiltak der den ansvarlige har sagt ja og en frist er vedtatt, av alle åpne tiltak.",
			"Opne tiltak der den ansvarlege har sagt ja og ein frist er vedteken, av alle opne tiltak.",
			"Open measures whose owner has accepted and that have an adopted deadline, of all open measures."),
	},
	K2: {
		phrase("rettidig gjennomføring", "rettidig gjennomføring", "completion on time"),
		phrase("Leveranser gjort innen fristen og dokumentert innen rapportfristen, av dem med frist i de siste %[1]d dagene.",
			"Leveransar gjorde innan fristen og dokumenterte innan rapportfristen, av dei med frist i dei siste %[1]d dagane.",
			"Deliverables done by the deadline and documented by the report deadline, of those whose deadline fell in the last %[1]d days."),
	},
	K3: {
		phrase("framdrift i tid", "framdrift i tid", "progress in time"),
		phrase("Dager av planen som det fullførte svarer til, av dager som har gått siden vedtaket.",
			"Dagar av planen som det fullførte svarar til, av dagar som har gått sidan vedtaket.",
			"Days of the plan that the work completed corresponds to, of days that have gone since its adoption."),
	},
	K4: {
		phrase("rapporteringsdisiplin", "rapporteringsdisiplin", "reporting discipline"),
		phrase("Rapporter levert innen rapportfristen, av dem som skulle leveres for de siste lukkede periodene (høyst %[2]d).",
			"Rapportar leverte innan rapportfristen, av dei som skulle leverast for dei siste lukka periodane (høgst %[2]d).",
			"Reports delivered by the report deadline, of those owed for the last closed periods (at most %[2]d)."),
	},
	K5: {
		phrase("forutsigbarhet", "føreseielegheit", "predictability"),
		phrase("Frister som ble holdt slik prognosen %[3]d dager før sa, av dem som er prøvd de siste %[1]d dagene.",
			"Fristar som vart haldne slik prognosen %[3]d dagar før sa, av dei som er prøvde dei siste %[1]d dagane.",
			"Deadlines kept as the forecast %[3]d days before said, of those tested in the last %[1]d days."),
	},
	K6: {
		phrase("korrigeringsevne", "korrigeringsevne", "corrective action"),
		phrase("Leveranser som ble røde og fikk et svar innen %[3]d dager, av dem der svarfristen gikk ut de siste %[1]d dagene.",
			"Leveransar som vart raude og fekk eit svar innan %[3]d dagar, av dei der svarfristen gjekk ut dei siste %[1]d dagane.",
			"Deliverables that turned red and were answered within %[3]d days, of those whose time for an answer ended in the last %[1]d days."),
	},
	K7: {
		phrase("samhandling", "samhandling", "collaboration"),
		phrase("Navngitte partnere som har vært aktive de siste %[1]d dagene, av alle navngitte partnere.",
			"Namngjevne partnarar som har vore aktive dei siste %[1]d dagane, av alle namngjevne partnarar.",
			"Named partners that have been active in the last %[1]d days, of all named partners."),
	},
}

// outcomeWords are why something is counted, or why it is not.
var outcomeWords = map[Outcome]domain.Phrase{
	Anchored:       phrase("har ansvarlig og frist", "har ansvarleg og frist", "has an owner and a deadline"),
	NoOwner:        phrase("ingen har sagt ja til ansvaret", "ingen har sagt ja til ansvaret", "nobody has accepted responsibility"),
	NoDeadline:     phrase("ingen vedtatt frist", "ingen vedteken frist", "no adopted deadline"),
	OnTime:         phrase("i tide", "i tide", "on time"),
	DocumentedLate: phrase("dokumentert for sent", "dokumentert for seint", "documented too late"),
	Late:           phrase("for sent", "for seint", "late"),
	NotCompleted:   phrase("ikke fullført", "ikkje fullført", "not completed"),
	Finished:       phrase("fullført", "fullført", "completed"),
	Behind:         phrase("fristen er kommet", "fristen er komen", "the deadline has come"),
	NotDue:         phrase("fristen er ikke kommet", "fristen er ikkje komen", "the deadline has not come"),
	Rejected:       phrase("returnert eller trukket tilbake", "returnert eller trekt tilbake", "returned or withdrawn"),
	Missing:        phrase("mangler", "manglar", "missing"),
	Kept:           phrase("holdt", "halden", "kept"),
	Broken:         phrase("ikke holdt", "ikkje halden", "not kept"),
	Answered:       phrase("svart på i tide", "svara på i tide", "answered in time"),
	Unanswered:     phrase("ikke svart på i tide", "ikkje svara på i tide", "not answered in time"),
	Active:         phrase("aktiv", "aktiv", "active"),
	Passive:        phrase("ikke aktiv", "ikkje aktiv", "not active"),
}

// Phrase is the outcome in words.
func (o Outcome) Phrase() domain.Phrase { return outcomeWords[o] }

// colourWords are the words that always stand with a colour.
var colourWords = map[Colour]domain.Phrase{
	Blue:  phrase("blå (fullført)", "blå (fullført)", "blue (completed)"),
	Red:   phrase("rød (forsinket)", "raud (forseinka)", "red (late)"),
	White: phrase("hvit (ikke forankret)", "kvit (ikkje forankra)", "white (not anchored)"),
	Grey:  phrase("grå (ukjent)", "grå (ukjend)", "grey (unknown)"),
	Amber: phrase("gul (i fare)", "gul (i fare)", "amber (at risk)"),
	Green: phrase("grønn (i rute)", "grøn (i rute)", "green (on track)"),
}

// Phrase is the colour and its word.
func (c Colour) Phrase() domain.Phrase { return colourWords[c] }

var (
	earnedFew     = phrase("%[1]d av %[2]d dager", "%[1]d av %[2]d dagar", "%[1]d of %[2]d days")
	earnedPercent = phrase("%[1]d av %[2]d dager (%[3]d %%)", "%[1]d av %[2]d dagar (%[3]d %%)", "%[1]d of %[2]d days (%[3]d%%)")
)

// Phrase is earned schedule as people read it: the percentage at most 100, and
// none with fewer than five deliverables (R5).
func (e Earned) Phrase() domain.Phrase {
	switch n, of := e.Numerator, e.Denominator; {
	case of == 0:
		return ratioNone
	case e.N < fewest:
		return earnedFew.Fill(n, of)
	default:
		return earnedPercent.Fill(n, of, min(100, (200*n+of)/(2*of)))
	}
}
