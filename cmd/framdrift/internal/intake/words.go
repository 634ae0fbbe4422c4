package intake

import "github.com/fosenregionen/framdrift/domain"

var book domain.Rulebook

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return book.All() }

var errNewStrategy = book.Rule(domain.Refused, "revision.new-strategy",
	"Dokumentet har strategien «%[1]s», som planen %[2]s ikke har. En revisjon endrer tiltak, ikke strategier, så ingenting er endret. Sett tiltakene under en av planens strategier, eller ta dokumentet inn som en ny plan (--plan).",
	"Dokumentet har strategien «%[1]s», som planen %[2]s ikkje har. Ein revisjon endrar tiltak, ikkje strategiar, så ingenting er endra. Set tiltaka under ein av strategiane i planen, eller ta dokumentet inn som ein ny plan (--plan).",
	"The document has the strategy “%[1]s”, which the plan %[2]s has not. A revision changes measures, not strategies, so nothing was changed. Put the measures under one of the plan's strategies, or take the document as a new plan (--plan).")

// ErrNoDecision refuses a revision without a decision of its own.
var ErrNoDecision = book.Rule(domain.Refused, "revision.no-decision",
	"Dokumentet endrer planen %[1]s, men bærer ikke vedtaket som gjorde det. En plan endres bare ved et nytt vedtak: oppgi det (--case \"RS 05/23\" --body … --date …). Ingenting er endret.",
	"Dokumentet endrar planen %[1]s, men ber ikkje vedtaket som gjorde det. Ein plan blir berre endra ved eit nytt vedtak: oppgje det (--case \"RS 05/23\" --body … --date …). Ingenting er endra.",
	"The document changes the plan %[1]s, but does not carry the decision that did. A plan changes only by a new decision: give it (--case \"RS 05/23\" --body … --date …). Nothing was changed.")

// notes is what an import says besides its doubts.
var notes = struct {
	variant, merged, near, arrangementDue, ongoingDue, pastDue, renamed domain.Phrase
	goneCompleted, changedCompleted, kindKept, duePassed                domain.Phrase
}{
	variant: domain.Phrase{
		NB: "«%[1]s» er lest som «%[2]s».", NN: "«%[1]s» er lesen som «%[2]s».", EN: "“%[1]s” is read as “%[2]s”.",
	},
	merged: domain.Phrase{
		NB: "«%[1]s» er slått sammen med andre, og er lest som «%[2]s».",
		NN: "«%[1]s» er slått saman med andre, og er lesen som «%[2]s».",
		EN: "“%[1]s” has been merged with others, and is read as “%[2]s”.",
	},
	near: domain.Phrase{
		NB: "«%[1]s» ligner på «%[2]s» i registeret, men er lest som en ny aktør.",
		NN: "«%[1]s» liknar på «%[2]s» i registeret, men er lesen som ein ny aktør.",
		EN: "“%[1]s” is like “%[2]s” in the register, but is read as a new actor.",
	},
	arrangementDue: domain.Phrase{
		NB: "En ordning har ingen frist, så «%[1]s» er bare tatt vare på som tekst.",
		NN: "Ei ordning har ingen frist, så «%[1]s» er berre teken vare på som tekst.",
		EN: "An arrangement has no deadline, so “%[1]s” is only kept as text.",
	},
	ongoingDue: domain.Phrase{
		NB: "Tiltaket er løpende og har en frist for hver leveranse, så «%[1]s» er bare tatt vare på som tekst. Sett fristene etterpå: framdrift measure deadline … --deliverable …",
		NN: "Tiltaket er løpande og har ein frist for kvar leveranse, så «%[1]s» er berre teken vare på som tekst. Set fristane etterpå: framdrift measure deadline … --deliverable …",
		EN: "The measure is ongoing and has a deadline for each deliverable, so “%[1]s” is only kept as text. Set them afterwards: framdrift measure deadline … --deliverable …",
	},
	pastDue: domain.Phrase{
		NB: "Fristen «%[1]s» er ikke etter vedtaket (%[2]s), så den er bare tatt vare på som tekst.",
		NN: "Fristen «%[1]s» er ikkje etter vedtaket (%[2]s), så han er berre teken vare på som tekst.",
		EN: "The deadline “%[1]s” is not after the decision (%[2]s), so it is only kept as text.",
	},
	renamed: domain.Phrase{
		NB: "Strategien «%[1]s» er lest som planens «%[2]s», og navnet er ikke endret.",
		NN: "Strategien «%[1]s» er lesen som «%[2]s» i planen, og namnet er ikkje endra.",
		EN: "The strategy “%[1]s” is read as the plan's “%[2]s”, and its name is not changed.",
	},
	goneCompleted: domain.Phrase{
		NB: "Tiltaket er fullført og blir stående.", NN: "Tiltaket er fullført og blir ståande.", EN: "The measure is completed, and stays.",
	},
	changedCompleted: domain.Phrase{
		NB: "Tiltaket er fullført og endres ikke.", NN: "Tiltaket er fullført og blir ikkje endra.", EN: "The measure is completed, and is not changed.",
	},
	kindKept: domain.Phrase{
		NB: "Dokumentet har det ene som løpende og det andre ikke. Det endres ikke ved en revisjon.",
		NN: "Dokumentet har det eine som løpande og det andre ikkje. Det blir ikkje endra ved ein revisjon.",
		EN: "One of the two is ongoing and the other is not. A revision does not change that.",
	},
	duePassed: domain.Phrase{
		NB: "Fristen %[1]s er passert og kan ikke vedtas nå.", NN: "Fristen %[1]s er passert og kan ikkje vedtakast no.", EN: "The deadline %[1]s has passed and cannot be adopted now.",
	},
}
