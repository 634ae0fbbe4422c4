package planfile

import "github.com/fosenregionen/framdrift/domain"

// Why a Word or Excel file is not read. Such a file is a zip of XML parts.
var (
	// Damaged is a file that is not whole, or not what it says it is.
	Damaged = domain.Rule{Kind: domain.Invalid, Code: "planfile.damaged", Text: domain.Phrase{
		NB: "%[1]s er skadet eller ikke hel: %[2]s kan ikke leses. Hent eller lagre fila på nytt, og prøv igjen.",
		NN: "%[1]s er skadd eller ikkje heil: %[2]s kan ikkje lesast. Hent eller lagre fila på nytt, og prøv igjen.",
		EN: "%[1]s is damaged or not whole: %[2]s cannot be read. Fetch or save the file again, and try again.",
	}}
	// Bomb is a file that unpacks to more than Limits.Unpacked.
	Bomb = domain.Rule{Kind: domain.Invalid, Code: "planfile.bomb", Text: domain.Phrase{
		NB: "%[1]s pakker seg ut til mer enn grensen på %[2]s. Ingen plan er så stor. Ta bort bilder og innhold som ikke er planen, og prøv igjen.",
		NN: "%[1]s pakkar seg ut til meir enn grensa på %[2]s. Ingen plan er så stor. Ta bort bilete og innhald som ikkje er planen, og prøv igjen.",
		EN: "%[1]s unpacks to more than the limit of %[2]s. No plan is that large. Remove pictures and what is not the plan, and try again.",
	}}
	// Outside is a zip that names a part outside itself.
	Outside = domain.Rule{Kind: domain.Invalid, Code: "planfile.outside", Text: domain.Phrase{
		NB: "%[1]s har en del som vil ligge utenfor fila («%[2]s»). Slik lager verken Word eller Excel filer, så den leses ikke. Lagre dokumentet på nytt, og prøv igjen.",
		NN: "%[1]s har ein del som vil liggje utanfor fila («%[2]s»). Slik lagar verken Word eller Excel filer, så ho blir ikkje lesen. Lagre dokumentet på nytt, og prøv igjen.",
		EN: "%[1]s has a part that wants to lie outside the file (“%[2]s”). Neither Word nor Excel makes such files, so it is not read. Save the document again, and try again.",
	}}
	// PartTwice is a zip with two parts of one name: programs disagree on which counts.
	PartTwice = domain.Rule{Kind: domain.Invalid, Code: "planfile.part-twice", Text: domain.Phrase{
		NB: "%[1]s har delen «%[2]s» to ganger, så det er uvisst hva som gjelder. Lagre dokumentet på nytt, og prøv igjen.",
		NN: "%[1]s har delen «%[2]s» to gonger, så det er uvisst kva som gjeld. Lagre dokumentet på nytt, og prøv igjen.",
		EN: "%[1]s has the part “%[2]s” twice, so there is no telling which counts. Save the document again, and try again.",
	}}
	// TooManyParts is a zip with more parts than any document has.
	TooManyParts = domain.Rule{Kind: domain.Invalid, Code: "planfile.too-many-parts", Text: domain.Phrase{
		NB: "%[1]s har flere enn %[2]d deler. Ta bort bilder og innhold som ikke er planen, og prøv igjen.",
		NN: "%[1]s har fleire enn %[2]d delar. Ta bort bilete og innhald som ikkje er planen, og prøv igjen.",
		EN: "%[1]s has more than %[2]d parts. Remove pictures and what is not the plan, and try again.",
	}}
	// Password is a file that must be opened with one.
	Password = domain.Rule{Kind: domain.Invalid, Code: "planfile.password", Text: domain.Phrase{
		NB: "%[1]s er låst med passord. Åpne fila, fjern passordet, lagre den, og prøv igjen.",
		NN: "%[1]s er låst med passord. Opne fila, fjern passordet, lagre ho, og prøv igjen.",
		EN: "%[1]s is locked with a password. Open the file, remove the password, save it, and try again.",
	}}
	// Macros is a document that carries a program.
	Macros = domain.Rule{Kind: domain.Invalid, Code: "planfile.macros", Text: domain.Phrase{
		NB: "%[1]s har makroer, og slike filer tas ikke imot. Lagre den som .docx eller .xlsx uten makroer, og prøv igjen.",
		NN: "%[1]s har makroar, og slike filer blir ikkje tekne imot. Lagre ho som .docx eller .xlsx utan makroar, og prøv igjen.",
		EN: "%[1]s has macros, and such files are not taken. Save it as .docx or .xlsx without macros, and try again.",
	}}
	// Entities is XML with a document type of its own, by which a file can
	// make its reader fetch other files or grow without end.
	Entities = domain.Rule{Kind: domain.Invalid, Code: "planfile.entities", Text: domain.Phrase{
		NB: "%[1]s har en egen dokumenttype (DTD) i %[2]s, som kan hente inn andre filer. Verken Word eller Excel lager slike, så den leses ikke. Lagre dokumentet på nytt, og prøv igjen.",
		NN: "%[1]s har ein eigen dokumenttype (DTD) i %[2]s, som kan hente inn andre filer. Verken Word eller Excel lagar slike, så ho blir ikkje lesen. Lagre dokumentet på nytt, og prøv igjen.",
		EN: "%[1]s has a document type (DTD) of its own in %[2]s, which can fetch other files. Neither Word nor Excel makes such files, so it is not read. Save the document again, and try again.",
	}}
	// LongRun is a tag or a run of text that is longer than mostToken.
	LongRun = domain.Rule{Kind: domain.Invalid, Code: "planfile.long-run", Text: domain.Phrase{
		NB: "%[1]s har mer enn %[3]s tekst i ett stykke (i %[2]s). Ingen celle i en plan er så lang. Sjekk at riktig fil er valgt, og prøv igjen.",
		NN: "%[1]s har meir enn %[3]s tekst i eitt stykke (i %[2]s). Inga celle i ein plan er så lang. Sjekk at rett fil er vald, og prøv igjen.",
		EN: "%[1]s has more than %[3]s of text in one piece (in %[2]s). No cell of a plan is that long. Check that it is the right file, and try again.",
	}}
	// Merges is a sheet whose merged areas overlap.
	Merges = domain.Rule{Kind: domain.Invalid, Code: "planfile.merges", Text: domain.Phrase{
		NB: "%[1]s, ark %[2]s: de sammenslåtte områdene %[3]s og %[4]s overlapper, så det er uvisst hvor teksten hører til. Opphev sammenslåingen, og prøv igjen.",
		NN: "%[1]s, ark %[2]s: dei samanslåtte områda %[3]s og %[4]s overlappar, så det er uvisst kvar teksten høyrer til. Opphev samanslåinga, og prøv igjen.",
		EN: "%[1]s, sheet %[2]s: the merged areas %[3]s and %[4]s overlap, so there is no telling where the text belongs. Undo the merging, and try again.",
	}}
	// TooManyMerges is a sheet with more merged areas than rows are taken.
	TooManyMerges = domain.Rule{Kind: domain.Invalid, Code: "planfile.too-many-merges", Text: domain.Phrase{
		NB: "%[1]s, ark %[2]s: her er flere enn %[3]d sammenslåtte områder. Opphev sammenslåingen der den ikke trengs, og prøv igjen.",
		NN: "%[1]s, ark %[2]s: her er fleire enn %[3]d samanslåtte område. Opphev samanslåinga der ho ikkje trengst, og prøv igjen.",
		EN: "%[1]s, sheet %[2]s: there are more than %[3]d merged areas. Undo the merging where it is not needed, and try again.",
	}}
)
