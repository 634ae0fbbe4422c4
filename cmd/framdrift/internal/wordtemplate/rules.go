package wordtemplate

import "github.com/fosenregionen/framdrift/domain"

var book domain.Rulebook

// Rules lists every rule this package refuses by.
func Rules() []domain.Rule { return book.All() }

// Why a template is not used.
var (
	// NotWord is a file of another kind.
	NotWord = book.Rule(domain.Invalid, "template.not-word",
		"%[1]s er ikke et Word-dokument, så rapporten er ikke skrevet. Malen må være en .docx; lagre den som det fra Word eller LibreOffice.",
		"%[1]s er ikkje eit Word-dokument, så rapporten er ikkje skriven. Malen må vere ei .docx; lagre han som det frå Word eller LibreOffice.",
		"%[1]s is not a Word document, so the report was not written. The template must be a .docx; save it as one from Word or LibreOffice.")
	// Macros is a document that carries a program.
	Macros = book.Rule(domain.Invalid, "template.macros",
		"Malen %[1]s har makroer, og slike tas ikke imot, så rapporten er ikke skrevet. Lagre den som .docx uten makroer.",
		"Malen %[1]s har makroar, og slike blir ikkje tekne imot, så rapporten er ikkje skriven. Lagre han som .docx utan makroar.",
		"The template %[1]s has macros, and such are not taken, so the report was not written. Save it as .docx without macros.")
	// TooLarge is more than any letterhead is, or a zip that grows.
	TooLarge = book.Rule(domain.Invalid, "template.too-large",
		"Malen %[1]s er for stor: den kan være %[2]d MB, og %[3]d MB pakket ut. Rapporten er ikke skrevet. Gjør bildene mindre, eller ta bort det som ikke hører til malen.",
		"Malen %[1]s er for stor: han kan vere %[2]d MB, og %[3]d MB pakka ut. Rapporten er ikkje skriven. Gjer bileta mindre, eller ta bort det som ikkje høyrer til malen.",
		"The template %[1]s is too large: it may be %[2]d MB, and %[3]d MB unpacked. The report was not written. Make its pictures smaller, or remove what is no part of the template.")
	// Fetches is a document that gets something from elsewhere when it is opened.
	Fetches = book.Rule(domain.Invalid, "template.fetches",
		"Malen %[1]s henter noe utenfra eller har noe innebygd (i %[2]s), og det skulle fulgt med rapporten til alle som leser den. Rapporten er ikke skrevet. Sett inn bildet eller teksten i malen i stedet for en kobling, og lagre på nytt.",
		"Malen %[1]s hentar noko utanfrå eller har noko innebygd (i %[2]s), og det skulle ha følgt med rapporten til alle som les han. Rapporten er ikkje skriven. Set inn biletet eller teksten i malen i staden for ei kopling, og lagre på nytt.",
		"The template %[1]s fetches something from elsewhere or has something embedded (in %[2]s), and that would follow the report to all who read it. The report was not written. Put the picture or the text in the template in place of a link, and save it again.")
	// Damaged is a document that is not whole.
	Damaged = book.Rule(domain.Invalid, "template.damaged",
		"Malen %[1]s er skadet, ikke hel eller låst med passord: %[2]s kan ikke leses. Rapporten er ikke skrevet. Åpne malen i Word, lagre den på nytt, og prøv igjen.",
		"Malen %[1]s er skadd, ikkje heil eller låst med passord: %[2]s kan ikkje lesast. Rapporten er ikkje skriven. Opne malen i Word, lagre han på nytt, og prøv igjen.",
		"The template %[1]s is damaged, not whole or locked with a password: %[2]s cannot be read. The report was not written. Open the template in Word, save it again, and try again.")
)
