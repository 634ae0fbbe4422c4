package app

import "github.com/fosenregionen/framdrift/domain"

// Why a log is not believed, or cannot be put in order again.
var (
	errAltered = book.Rule(domain.Damaged, "log.altered",
		"Loggen til %[1]s er ikke den som ble signert: minst én av de første %[2]d hendelsene er en annen. Ingenting er rørt. Kjør «framdrift log verify» for å se hvilken, og «framdrift log repair» for å hente loggen tilbake.",
		"Loggen til %[1]s er ikkje den som vart signert: minst éi av dei første %[2]d hendingane er ei anna. Ingenting er rørt. Køyr «framdrift log verify» for å sjå kva for ei, og «framdrift log repair» for å hente loggen tilbake.",
		"The log of %[1]s is not the one that was signed: at least one of its first %[2]d events is another. Nothing was touched. Run “framdrift log verify” to see which, and “framdrift log repair” to get the log back.")
	errSealMissing = book.Rule(domain.Damaged, "seal.missing",
		"Nøkkelen eller sjekkpunktet som loggen til %[1]s er signert med, er ikke i %[2]s. Ingenting er rørt. Hent filene tilbake fra sikkerhetskopi; er nøkkelen tapt, lager «framdrift log key new» en ny.",
		"Nøkkelen eller sjekkpunktet som loggen til %[1]s er signert med, er ikkje i %[2]s. Ingenting er rørt. Hent filene tilbake frå tryggingskopi; er nøkkelen tapt, lagar «framdrift log key new» ein ny.",
		"The key or the checkpoint that the log of %[1]s is signed with is not in %[2]s. Nothing was touched. Restore the files from a backup; if the key is lost, “framdrift log key new” makes another.")
	errSealDamaged = book.Rule(domain.Damaged, "seal.damaged",
		"Nøkkelen eller sjekkpunktet til loggen til %[1]s i %[2]s er skadet, eller ikke denne loggens. Ingenting er rørt. Hent filene tilbake fra sikkerhetskopi.",
		"Nøkkelen eller sjekkpunktet til loggen til %[1]s i %[2]s er skadd, eller ikkje denne loggen sine. Ingenting er rørt. Hent filene tilbake frå tryggingskopi.",
		"The key or the checkpoint of the log of %[1]s in %[2]s is damaged, or not this log's. Nothing was touched. Restore the files from a backup.")
	errUnverified = book.Rule(domain.Damaged, "log.unverified",
		"Loggen til %[1]s kan ikke stoles på: i %[2]s er det noe galt fra hendelse %[3]d. Ingenting er rørt.",
		"Loggen til %[1]s kan ein ikkje lite på: i %[2]s er det noko gale frå hending %[3]d. Ingenting er rørt.",
		"The log of %[1]s cannot be trusted: in %[2]s something is wrong from event %[3]d on. Nothing was touched.")
	errRepairServers = book.Rule(domain.Invalid, "repair.servers",
		"Loggen ligger på NATS-servere og repareres ikke herfra. Les den inn i en ny: framdrift log restore.",
		"Loggen ligg på NATS-serverar og blir ikkje reparert herfrå. Les han inn i ein ny: framdrift log restore.",
		"The log lies on NATS servers and is not repaired from here. Restore it into a new one: framdrift log restore.")
	errRepairSegments = book.Rule(domain.Damaged, "repair.segments",
		"Segmentene av loggen til %[1]s i %[2]s er ikke hele, så loggen kan ikke repareres fra dem. Ingenting er rørt. Hent loggen tilbake fra sikkerhetskopi: framdrift log restore.",
		"Segmenta av loggen til %[1]s i %[2]s er ikkje heile, så loggen kan ikkje reparerast frå dei. Ingenting er rørt. Hent loggen tilbake frå tryggingskopi: framdrift log restore.",
		"The segments of the log of %[1]s in %[2]s are not whole, so the log cannot be repaired from them. Nothing was touched. Restore the log from a backup: framdrift log restore.")
	errRepairShort = book.Rule(domain.Damaged, "repair.short",
		"Loggen til %[1]s har vært kommet til hendelse %[3]d, og det som er helt, slutter ved %[2]d. Ingenting er rørt, for bekreftede hendelser ville gått tapt. Hent loggen tilbake fra sikkerhetskopi: framdrift log restore.",
		"Loggen til %[1]s har vore komen til hending %[3]d, og det som er heilt, sluttar ved %[2]d. Ingenting er rørt, for stadfesta hendingar ville gått tapt. Hent loggen tilbake frå tryggingskopi: framdrift log restore.",
		"The log of %[1]s has been at event %[3]d, and what is whole ends at %[2]d. Nothing was touched, for acknowledged events would be lost. Restore the log from a backup: framdrift log restore.")
	errSegmentsStopped = book.Rule(domain.Failed, "segments.stopped",
		"Segmentene av loggen til %[1]s blir ikke skrevet lenger: se «framdrift doctor». Loggen selv er hel.",
		"Segmenta av loggen til %[1]s blir ikkje skrivne lenger: sjå «framdrift doctor». Loggen sjølv er heil.",
		"The segments of the log of %[1]s are no longer written: see “framdrift doctor”. The log itself is whole.")
	errSegmentsDamaged = book.Rule(domain.Failed, "segments.damaged",
		"Segmentene av loggen til %[1]s er skadet fra hendelse %[2]d. Loggen selv er den som ble signert. Flytt segments/%[1]s ut av datakatalogen; de blir laget på nytt ved neste start.",
		"Segmenta av loggen til %[1]s er skadde frå hending %[2]d. Loggen sjølv er den som vart signert. Flytt segments/%[1]s ut av datakatalogen; dei blir laga på nytt ved neste start.",
		"The segments of the log of %[1]s are damaged from event %[2]d on. The log itself is the one that was signed. Move segments/%[1]s out of the data directory; they are made anew at the next start.")
	errNoEvent = book.Rule(domain.NotFound, "log.no-event",
		"Loggen til %[1]s har ingen hendelse %[2]d; den går til %[3]d.",
		"Loggen til %[1]s har inga hending %[2]d; han går til %[3]d.",
		"The log of %[1]s has no event %[2]d; it goes to %[3]d.")
	errNoTile = book.Rule(domain.NotFound, "log.no-tile",
		"Treet over loggen har ingen flis «%[1]s».",
		"Treet over loggen har inga flis «%[1]s».",
		"The tree of the log has no tile “%[1]s”.")
	errBackup = book.Rule(domain.Failed, "backup.failed",
		"Loggen kom ikke helt ut i %[1]s. Det som er skrevet der, er helt så langt det går; gjør det samme igjen.",
		"Loggen kom ikkje heilt ut i %[1]s. Det som er skrive der, er heilt så langt det går; gjer det same igjen.",
		"The log did not come out whole in %[1]s. What was written there is whole as far as it goes; do the same again.")
	errBackupOther = book.Rule(domain.Refused, "backup.other",
		"%[1]s inneholder en annen logg, eller mer av denne enn det som er her. Ingenting er skrevet; velg en annen katalog, og finn ut hvilken som er den rette.",
		"%[1]s inneheld ein annan logg, eller meir av denne enn det som er her. Ingenting er skrive; vel ein annan katalog, og finn ut kva for ein som er den rette.",
		"%[1]s holds another log, or more of this one than is here. Nothing was written; choose another directory, and find out which is the right one.")
	errNoBackup = book.Rule(domain.NotFound, "backup.none",
		"%[1]s er ikke en sikkerhetskopi av en logg: den har et sjekkpunkt, nøkler og segmenter («framdrift log export KATALOG»).",
		"%[1]s er ikkje ein tryggingskopi av ein logg: han har eit sjekkpunkt, nøklar og segment («framdrift log export KATALOG»).",
		"%[1]s is not a backup of a log: that has a checkpoint, keys and segments (“framdrift log export DIRECTORY”).")
	errKeys = book.Rule(domain.Invalid, "seal.keys",
		"Nøkkelen er ikke en offentlig nøkkel for en logg. Den ser ut som framdrift/fosen+0123abcd+Base64; «framdrift log key show» viser den.",
		"Nøkkelen er ikkje ein offentleg nøkkel for ein logg. Han ser ut som framdrift/fosen+0123abcd+Base64; «framdrift log key show» viser han.",
		"The key is not the public key of a log. It looks like framdrift/fosen+0123abcd+Base64; “framdrift log key show” shows it.")
	errWitnessKey = book.Rule(domain.Invalid, "witness.key",
		"Nøkkelen er ikke den offentlige nøkkelen til et vitne. Den ser ut som indre-fosen.example+0123abcd+Base64; «framdrift witness key» skriver den.",
		"Nøkkelen er ikkje den offentlege nøkkelen til eit vitne. Han ser ut som indre-fosen.example+0123abcd+Base64; «framdrift witness key» skriv han.",
		"The key is not the public key of a witness. It looks like indre-fosen.example+0123abcd+Base64; “framdrift witness key” writes it.")
	errCosigned = book.Rule(domain.Refused, "witness.refused",
		"Det medsignerte sjekkpunktet tas ikke imot: det er ikke av loggen til %[1]s slik den er her, er eldre enn det siste, eller mangler signaturen til et kjent vitne. Ingenting ble lagret.",
		"Det medsignerte sjekkpunktet blir ikkje teke imot: det er ikkje av loggen til %[1]s slik han er her, er eldre enn det siste, eller manglar signaturen til eit kjent vitne. Ingenting vart lagra.",
		"The cosigned checkpoint is not accepted: it is not of the log of %[1]s as it is here, is older than the last, or lacks the signature of a known witness. Nothing was saved.")
	errUntil = book.Rule(domain.Invalid, "restore.middle",
		"Hendelse %[1]d står midt i det én kommando førte til, og det er der helt eller ikke. Ingenting ble lagret; velg en hendelse før eller etter.",
		"Hending %[1]d står midt i det éin kommando førte til, og det er der heilt eller ikkje. Ingenting vart lagra; vel ei hending før eller etter.",
		"Event %[1]d stands in the middle of what one command led to, which is there whole or not at all. Nothing was saved; choose an event before or after.")
)

// NotKeys is why what was given as public keys cannot be used.
func NotKeys(err error) error { return errKeys.Because(err) }
