package app

import "github.com/fosenregionen/framdrift/domain"

// Why a file is not taken for the log of a region. Lines are counted from 1,
// and the number of a line is the position of its event.
var (
	errCopyEmpty = book.Rule(domain.Invalid, "copy.empty",
		"Fila er tom: her er ingen logg å lese inn. Ingenting er lagret.",
		"Fila er tom: her er ingen logg å lese inn. Ingenting er lagra.",
		"The file is empty: there is no log to restore. Nothing was saved.")
	errCopyTorn = book.Rule(domain.Invalid, "copy.torn",
		"Linje %[1]d slutter uten linjeskift, så slutten av fila er borte. Ingenting er lagret; hent hele fila.",
		"Linje %[1]d sluttar utan linjeskift, så slutten av fila er borte. Ingenting er lagra; hent heile fila.",
		"Line %[1]d ends without a newline, so the end of the file is gone. Nothing was saved; fetch the whole file.")
	errCopyConverted = book.Rule(domain.Invalid, "copy.converted",
		"Linje %[1]d slutter med CR LF: fila er gjort om på veien. Ingenting er lagret; hent den byte for byte (binært).",
		"Linje %[1]d sluttar med CR LF: fila er gjord om på vegen. Ingenting er lagra; hent ho byte for byte (binært).",
		"Line %[1]d ends with CR LF: the file was converted on its way. Nothing was saved; fetch it byte for byte (binary).")
	errCopyForeign = book.Rule(domain.Invalid, "copy.foreign",
		"Linje %[1]d er ikke en hendelse fra Framdrift (%[2]s). Ingenting er lagret; fila må være skrevet av «framdrift log export».",
		"Linje %[1]d er ikkje ei hending frå Framdrift (%[2]s). Ingenting er lagra; fila må vere skriven av «framdrift log export».",
		"Line %[1]d is not an event of Framdrift (%[2]s). Nothing was saved; the file must be written by “framdrift log export”.")
	errCopyNewer = book.Rule(domain.Invalid, "copy.newer",
		"Linje %[1]d er en hendelse som et nyere Framdrift har skrevet. Ingenting er lagret; les inn fila med den nyere versjonen.",
		"Linje %[1]d er ei hending som eit nyare Framdrift har skrive. Ingenting er lagra; les inn fila med den nyare versjonen.",
		"Line %[1]d is an event that a newer Framdrift wrote. Nothing was saved; restore the file with the newer version.")
	errCopyMixed = book.Rule(domain.Invalid, "copy.mixed",
		"Linje %[1]d hører til regionen %[2]s, og de før den til %[3]s. Ingenting er lagret; en fil holder loggen til én region.",
		"Linje %[1]d høyrer til regionen %[2]s, og dei før ho til %[3]s. Ingenting er lagra; ei fil held loggen til éin region.",
		"Line %[1]d belongs to the region %[2]s, and those before it to %[3]s. Nothing was saved; a file holds the log of one region.")
	errCopyOrder = book.Rule(domain.Invalid, "copy.order",
		"Linje %[1]d er hendelse %[2]d og skulle vært hendelse %[1]d: en linje mangler, står to ganger eller har byttet plass. Ingenting er lagret.",
		"Linje %[1]d er hending %[2]d og skulle ha vore hending %[1]d: ei linje manglar, står to gonger eller har bytt plass. Ingenting er lagra.",
		"Line %[1]d is event %[2]d and should be event %[1]d: a line is missing, stands twice or has changed places. Nothing was saved.")
	errCopyClock = book.Rule(domain.Invalid, "copy.clock",
		"Linje %[1]d er ført på et tidligere tidspunkt enn den før. Ingenting er lagret; det kan ikke være en logg.",
		"Linje %[1]d er ført på eit tidlegare tidspunkt enn den før. Ingenting er lagra; det kan ikkje vere ein logg.",
		"Line %[1]d was recorded at an earlier time than the one before it. Nothing was saved; it cannot be a log.")
	errCopyChanged = book.Rule(domain.Failed, "copy.changed",
		"Fila ble endret mens den ble lest.",
		"Fila vart endra medan ho vart lesen.",
		"The file was changed while it was read.")
	errCopyTooLarge = book.Rule(domain.Invalid, "copy.too-large",
		"Endringen som begynner på linje %[1]d, er større enn loggen tar i én omgang, %[2]d byte. Ingenting er lagret. På egne servere kan max_payload settes høyere.",
		"Endringa som byrjar på linje %[1]d, er større enn loggen tek i éin omgang, %[2]d byte. Ingenting er lagra. På eigne serverar kan max_payload setjast høgare.",
		"The change that begins on line %[1]d is larger than the log takes at a time, %[2]d bytes. Nothing was saved. On servers of one's own, max_payload can be set higher.")
)

// Why a copy is not put on a log.
var (
	errDiffers = book.Rule(domain.Invalid, "restore.differs",
		"Loggen til %[1]s har noe annet enn fila fra hendelse %[2]d. Ingenting er lagret; les inn i en tom katalog med --data.",
		"Loggen til %[1]s har noko anna enn fila frå hending %[2]d. Ingenting er lagra; les inn i ein tom katalog med --data.",
		"The log of %[1]s has something else than the file from event %[2]d. Nothing was saved; restore into an empty directory with --data.")
	errLonger = book.Rule(domain.Invalid, "restore.longer",
		"Loggen til %[1]s har alt i fila og går videre: fila slutter ved hendelse %[2]d. Ingenting er lagret; her er ingenting å lese inn.",
		"Loggen til %[1]s har alt i fila og går vidare: fila sluttar ved hending %[2]d. Ingenting er lagra; her er ingenting å lese inn.",
		"The log of %[1]s has everything in the file and goes on: the file ends at event %[2]d. Nothing was saved; there is nothing to restore.")
	errNotThatRegion = book.Rule(domain.Invalid, "restore.region",
		"Fila er loggen til %[1]s, ikke til %[2]s, og en logg skifter ikke region. Ingenting er lagret; utelat --region.",
		"Fila er loggen til %[1]s, ikkje til %[2]s, og ein logg skiftar ikkje region. Ingenting er lagra; utelat --region.",
		"The file is the log of %[1]s, not of %[2]s, and a log does not change regions. Nothing was saved; leave out --region.")
	errHalfway = book.Rule(domain.Failed, "restore.halfway",
		"Loggen til %[1]s er lest inn til og med hendelse %[2]d av %[3]d, og det stanset der. Gjør det samme igjen for å gå videre.",
		"Loggen til %[1]s er lesen inn til og med hending %[2]d av %[3]d, og det stansa der. Gjer det same igjen for å gå vidare.",
		"The log of %[1]s has been restored up to event %[2]d of %[3]d, and it stopped there. Do the same again to go on.")
	errElse = book.Rule(domain.Busy, "restore.else",
		"Noen andre skrev på loggen samtidig.",
		"Nokon andre skreiv på loggen samstundes.",
		"Somebody else wrote on the log at the same time.")
)
