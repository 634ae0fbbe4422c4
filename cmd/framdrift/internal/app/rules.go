package app

import "github.com/fosenregionen/framdrift/domain"

var book domain.Rulebook

// Why the door says no when no rule of the plan does.
var (
	errBusy = book.Rule(domain.Busy, "door.busy",
		"Det er kø: %[1]d endringer venter. Ingenting ble lagret; prøv igjen om litt.",
		"Det er kø: %[1]d endringar ventar. Ingenting vart lagra; prøv igjen om litt.",
		"There is a queue: %[1]d changes are waiting. Nothing was saved; try again in a moment.")
	errShare = book.Rule(domain.Busy, "door.share",
		"Du har %[1]d endringer som venter, og flere kan du ikke ha samtidig. Ingenting ble lagret av denne; vent på svarene, og prøv igjen.",
		"Du har %[1]d endringar som ventar, og fleire kan du ikkje ha samstundes. Ingenting vart lagra av denne; vent på svara, og prøv igjen.",
		"You have %[1]d changes waiting, and may have no more at the same time. Nothing of this one was saved; wait for the answers, and try again.")
	errRestoring = book.Rule(domain.Busy, "restore.under-way",
		"Loggen til %[1]s er ikke lest inn helt ennå, så den kan ikke brukes. Ingenting ble lagret. Er innlesingen stanset, så gjør den om igjen: framdrift log restore FIL",
		"Loggen til %[1]s er ikkje lesen inn heilt enno, så han kan ikkje brukast. Ingenting vart lagra. Er innlesinga stansa, så gjer ho om igjen: framdrift log restore FIL",
		"The log of %[1]s has not been restored to its end yet, so it cannot be used. Nothing was saved. If the restore has stopped, do it again: framdrift log restore FILE")
	errOpening = book.Rule(domain.Busy, "region.opening",
		"Regionen %[1]s åpnes: loggen leses. Prøv igjen om litt.",
		"Regionen %[1]s blir opna: loggen blir lesen. Prøv igjen om litt.",
		"The region %[1]s is being opened: its log is being read. Try again in a while.")
	errClosing = book.Rule(domain.Busy, "door.closing",
		"Framdrift er i ferd med å stoppe. Ingenting ble lagret; prøv igjen når den er oppe.",
		"Framdrift er i ferd med å stoppe. Ingenting vart lagra; prøv igjen når han er oppe.",
		"Framdrift is stopping. Nothing was saved; try again when it is up.")
	errCancelled = book.Rule(domain.Failed, "door.cancelled",
		"Endringen ble avbrutt før den ble behandlet. Ingenting ble lagret.",
		"Endringa vart avbroten før ho vart handsama. Ingenting vart lagra.",
		"The change was cancelled before it was decided. Nothing was saved.")
	errTooLarge = book.Rule(domain.Invalid, "door.too-large",
		"Endringen er på %[1]d byte, og loggen tar %[2]d i én omgang. Ingenting ble lagret; del den opp.",
		"Endringa er på %[1]d byte, og loggen tek %[2]d i éin omgang. Ingenting vart lagra; del ho opp.",
		"The change is %[1]d bytes and the log takes %[2]d at a time. Nothing was saved; split it.")
	errEncoding = book.Rule(domain.Failed, "door.encoding",
		"Endringen kunne ikke skrives. Ingenting ble lagret.",
		"Endringa kunne ikkje skrivast. Ingenting vart lagra.",
		"The change could not be written. Nothing was saved.")
	errAppending = book.Rule(domain.Failed, "door.appending",
		"Loggen tok ikke imot endringen. Spør igjen med samme --command-id for å få vite om den ble lagret.",
		"Loggen tok ikkje imot endringa. Spør igjen med same --command-id for å få vite om ho vart lagra.",
		"The log did not take the change. Ask again with the same --command-id to learn whether it was saved.")
	errUnreachable = book.Rule(domain.Busy, "log.unreachable",
		"Loggen kan ikke nås akkurat nå. Ingenting ble lagret; prøv igjen om litt.",
		"Loggen kan ikkje nåast akkurat no. Ingenting vart lagra; prøv igjen om litt.",
		"The log cannot be reached just now. Nothing was saved; try again in a moment.")
	errReading = book.Rule(domain.Failed, "door.reading",
		"Loggen kan ikke leses akkurat nå, så det er uvisst om endringen ble lagret. Spør igjen med samme --command-id.",
		"Loggen kan ikkje lesast akkurat no, så det er uvisst om endringa vart lagra. Spør igjen med same --command-id.",
		"The log cannot be read just now, so it is not known whether the change was saved. Ask again with the same --command-id.")
)

// Why a log is not opened, or no longer written to.
var (
	errStopped = book.Rule(domain.Damaged, "log.projection-stopped",
		"Projeksjonen %[1]s stoppet ved hendelse %[2]d og svarer fra der. Ingenting tas imot før det er rettet.",
		"Projeksjonen %[1]s stoppa ved hending %[2]d og svarar derfrå. Ingenting blir teke imot før det er retta.",
		"The projection %[1]s stopped at event %[2]d and answers from there. Nothing is accepted until that is put right.")
	errNewer = book.Rule(domain.Damaged, "log.newer",
		"Et nyere Framdrift har skrevet hendelse %[2]d på loggen til %[1]s; typen %[3]s er ukjent her. Ingenting tas imot, og det som er fra og med den, kan ikke vises: bruk den nyere versjonen. «framdrift log export» skriver linjene som de er.",
		"Eit nyare Framdrift har skrive hending %[2]d på loggen til %[1]s; typen %[3]s er ukjend her. Ingenting blir teke imot, og det som er frå og med henne, kan ikkje visast: bruk den nyare versjonen. «framdrift log export» skriv linjene som dei er.",
		"A newer Framdrift wrote event %[2]d on the log of %[1]s; its type %[3]s is not known here. Nothing is accepted, and what is from there on cannot be shown: use the newer version. “framdrift log export” writes the lines as they are.")
	errForeign = book.Rule(domain.Damaged, "log.foreign",
		"Meldingen med sekvens %[2]d på loggen til %[1]s er ikke skrevet av Framdrift. Det som kom før den, kan leses; ingenting mer tas imot. Finn ut hvem andre som kan skrive på loggen, steng dem ute, og flytt den til en ny (docs/operating.md).",
		"Meldinga med sekvens %[2]d på loggen til %[1]s er ikkje skriven av Framdrift. Det som kom før henne, kan lesast; ingenting meir blir teke imot. Finn ut kven andre som kan skrive på loggen, steng dei ute, og flytt han til ein ny (docs/operating.md).",
		"The message with sequence %[2]d on the log of %[1]s was not written by Framdrift. What came before it can be read; nothing more is accepted. Find out who else may write on the log, shut them out, and move it to a new one (docs/operating.md).")
	errDamaged = book.Rule(domain.Damaged, "log.damaged",
		"Loggen til %[1]s er skadet fra sekvens %[2]d. Ingenting er rettet eller skrevet. Ta vare på datakatalogen som den er, og sett loggen i stand med «framdrift log repair» eller hent den tilbake fra sikkerhetskopi.",
		"Loggen til %[1]s er skadd frå sekvens %[2]d. Ingenting er retta eller skrive. Ta vare på datakatalogen som han er, og set loggen i stand med «framdrift log repair» eller hent han tilbake frå tryggingskopi.",
		"The log of %[1]s is damaged from sequence %[2]d. Nothing was repaired or written. Keep the data directory as it is, and put the log in order with “framdrift log repair” or restore it from a backup.")
	errShorter = book.Rule(domain.Damaged, "log.shorter",
		"Loggen til %[1]s slutter ved hendelse %[2]d, men har vært kommet til %[3]d: slutten er borte, eller en eldre kopi er lagt inn. Ingenting er rørt. Ta vare på datakatalogen som den er, og sett loggen i stand med «framdrift log repair» eller hent den tilbake fra sikkerhetskopi.",
		"Loggen til %[1]s sluttar ved hending %[2]d, men har vore komen til %[3]d: slutten er borte, eller ein eldre kopi er lagd inn. Ingenting er rørt. Ta vare på datakatalogen som han er, og set loggen i stand med «framdrift log repair» eller hent han tilbake frå tryggingskopi.",
		"The log of %[1]s ends at event %[2]d and has been at %[3]d: its end is gone, or an older copy was put in its place. Nothing was touched. Keep the data directory as it is, and put the log in order with “framdrift log repair” or restore it from a backup.")
	errMark = book.Rule(domain.Damaged, "log.mark",
		"Filen %[1]s, som sier hvor langt loggen var kommet, kan ikke leses. Ingenting er rørt; hent den tilbake fra sikkerhetskopi, sammen med loggen.",
		"Fila %[1]s, som seier kor langt loggen var komen, kan ikkje lesast. Ingenting er rørt; hent ho tilbake frå tryggingskopi, saman med loggen.",
		"The file %[1]s, which says how far the log had come, cannot be read. Nothing was touched; restore it from a backup, together with the log.")
	errNoAccess = book.Rule(domain.Damaged, "log.no-access",
		"Framdrift får ikke lese og skrive filene i loggen til %[1]s: %[2]s. Ingenting er rørt. Gi filene tilbake til brukeren som kjører Framdrift, og start igjen.",
		"Framdrift får ikkje lese og skrive filene i loggen til %[1]s: %[2]s. Ingenting er rørt. Gje filene tilbake til brukaren som køyrer Framdrift, og start igjen.",
		"Framdrift may not read and write the files in the log of %[1]s: %[2]s. Nothing was touched. Give the files back to the user who runs Framdrift, and start again.")
	errNotOpened = book.Rule(domain.Damaged, "log.not-opened",
		"Serveren i Framdrift fikk ikke åpnet en logg i %[1]s, enda den er hel. Alt er slik det var. Se til disken, hvor mye den og kvoten har ledig, og hvor mange filer som kan være åpne, og start igjen.",
		"Serveren i Framdrift fekk ikkje opna ein logg i %[1]s, endå han er heil. Alt er slik det var. Sjå til disken, kor mykje han og kvoten har ledig, og kor mange filer som kan vere opne, og start igjen.",
		"The server inside Framdrift could not open a log in %[1]s, though it is whole. Everything is as it was. See to the disk, what it and its quota have free, and how many files may be open, and start again.")
	errReadOnlyDir = book.Rule(domain.Damaged, "data.read-only",
		"Datakatalogen %[1]s er montert slik at ingen kan skrive i den, og Framdrift må kunne det, også for å lese. Ingenting er rørt; monter disken skrivbar, og se hvorfor den ikke er det.",
		"Datakatalogen %[1]s er montert slik at ingen kan skrive i han, og Framdrift må kunne det, òg for å lese. Ingenting er rørt; monter disken skrivbar, og sjå kvifor han ikkje er det.",
		"The data directory %[1]s is mounted so that nobody can write in it, and Framdrift must be able to, even to read. Nothing was touched; mount the disk writable, and see why it is not.")
	errReadOnly = book.Rule(domain.Busy, "log.read-only",
		"Disken tok ikke imot noe som skulle på loggen til %[1]s, så alt kan leses, men ingenting tas imot. Ingenting ble lagret. Se til disken, og start Framdrift igjen.",
		"Disken tok ikkje imot noko som skulle på loggen til %[1]s, så alt kan lesast, men ingenting blir teke imot. Ingenting vart lagra. Sjå til disken, og start Framdrift igjen.",
		"The disk did not take something for the log of %[1]s, so everything can be read and nothing is accepted. Nothing was saved. See to the disk, and start Framdrift again.")
	errFull = book.Rule(domain.Busy, "disk.full",
		"Disken er nesten full: %[1]s er ledig, og Framdrift krever %[2]s. Ingenting ble lagret; gjør plass, og prøv igjen.",
		"Disken er nesten full: %[1]s er ledig, og Framdrift krev %[2]s. Ingenting vart lagra; gjer plass, og prøv igjen.",
		"The disk is nearly full: %[1]s is free, and Framdrift requires %[2]s. Nothing was saved; make room, and try again.")
	errSettings = book.Rule(domain.Damaged, "log.settings",
		"Loggen til %[1]s er satt opp slik at hendelser kan gå tapt: %[2]s; det må være %[3]s. Ingenting er rørt.",
		"Loggen til %[1]s er sett opp slik at hendingar kan gå tapt: %[2]s; det må vere %[3]s. Ingenting er rørt.",
		"The log of %[1]s is set up so that events can be lost: %[2]s; it must be %[3]s. Nothing was touched.")
	errMissing = book.Rule(domain.Damaged, "log.missing",
		"Loggen til %[1]s skulle vært her, men er borte. Det lages ikke en ny i stedet: sett den i stand med «framdrift log repair», eller hent den tilbake fra sikkerhetskopi.",
		"Loggen til %[1]s skulle ha vore her, men er borte. Det blir ikkje laga ein ny i staden: set han i stand med «framdrift log repair», eller hent han tilbake frå tryggingskopi.",
		"The log of %[1]s ought to be here and is gone. No new one is made in its place: put it in order with “framdrift log repair”, or restore it from a backup.")
	errSilent = book.Rule(domain.Busy, "log.silent",
		"Loggen til %[1]s har ikke svart siden kl. %[2]s, for %[3]d sekunder siden. Det som leses her, er som det var da, og endringer kan ikke lagres. Se til serverne den ligger på, og nettet dit.",
		"Loggen til %[1]s har ikkje svara sidan kl. %[2]s, for %[3]d sekund sidan. Det som blir lese her, er som det var då, og endringar kan ikkje lagrast. Sjå til serverane han ligg på, og nettet dit.",
		"The log of %[1]s has not answered since %[2]s, %[3]d seconds ago. What is read here is as it was then, and changes cannot be saved. See to the servers that keep it, and the network to them.")
	errBehind = book.Rule(domain.Busy, "log.behind",
		"Loggen til %[1]s er kommet til melding %[2]d, og her er den lest til %[3]d. Den var så lang alt kl. %[4]s, for %[5]d sekunder siden. Det som leses her, er eldre. Se til serverne den ligger på, og nettet dit.",
		"Loggen til %[1]s er komen til melding %[2]d, og her er han lesen til %[3]d. Han var så lang alt kl. %[4]s, for %[5]d sekund sidan. Det som blir lese her, er eldre. Sjå til serverane han ligg på, og nettet dit.",
		"The log of %[1]s has come to message %[2]d, and here it has been read to %[3]d. It was that long at %[4]s, %[5]d seconds ago. What is read here is older. See to the servers that keep it, and the network to them.")
	errServers = book.Rule(domain.Failed, "log.servers",
		"Serverne som loggen ligger på, kan ikke brukes slik: %[1]v. Ingenting er gjort; se valgene som begynner med --nats.",
		"Serverane som loggen ligg på, kan ikkje brukast slik: %[1]v. Ingenting er gjort; sjå vala som byrjar med --nats.",
		"The servers that keep the log cannot be used like this: %[1]v. Nothing was done; see the flags that begin with --nats.")
	errNotAllowed = book.Rule(domain.Forbidden, "log.not-allowed",
		"Serverne som loggen ligger på, lar ikke denne brukeren lage loggen til %[1]s. Ingenting er gjort; gjør det som brukeren som får det.",
		"Serverane som loggen ligg på, lèt ikkje denne brukaren lage loggen til %[1]s. Ingenting er gjort; gjer det som brukaren som får det.",
		"The servers that keep the log do not let this user make the log of %[1]s. Nothing was done; do it as the user who may.")
	errOwnLog = book.Rule(domain.Invalid, "data.own-log",
		"Datakatalogen %[1]s har en egen logg for %[2]s, så den kan ikke brukes med en logg på andre servere. Ingenting er rørt; utelat --nats-url, eller velg en annen katalog med --data.",
		"Datakatalogen %[1]s har ein eigen logg for %[2]s, så han kan ikkje brukast med ein logg på andre serverar. Ingenting er rørt; utelat --nats-url, eller vel ein annan katalog med --data.",
		"The data directory %[1]s has a log of its own for %[2]s, so it cannot be used with a log on other servers. Nothing was touched; leave out --nats-url, or choose another directory with --data.")
	errNoKeys = book.Rule(domain.Damaged, "vault.missing",
		"Nøklene til tekstene skulle vært i %[1]s, men er borte. Uten dem kan ingen tekst leses. Det lages ikke nye i stedet: hent dem tilbake fra sikkerhetskopi.",
		"Nøklane til tekstane skulle ha vore i %[1]s, men er borte. Utan dei kan ingen tekst lesast. Det blir ikkje laga nye i staden: hent dei tilbake frå tryggingskopi.",
		"The keys of the texts ought to be in %[1]s and are gone. Without them no text can be read. No new ones are made in their place: restore them from a backup.")
	errKeysDamaged = book.Rule(domain.Damaged, "vault.damaged",
		"Nøklene til tekstene i %[1]s er skadet. Ingenting er rettet eller skrevet. Ta vare på datakatalogen som den er, og hent nøklene tilbake fra sikkerhetskopi.",
		"Nøklane til tekstane i %[1]s er skadde. Ingenting er retta eller skrive. Ta vare på datakatalogen som han er, og hent nøklane tilbake frå tryggingskopi.",
		"The keys of the texts in %[1]s are damaged. Nothing was repaired or written. Keep the data directory as it is, and restore the keys from a backup.")
	errKeysOpen = book.Rule(domain.Failed, "vault.open-to-others",
		"Andre brukere på maskinen kan lese nøklene til tekstene i %[1]s, så Framdrift åpner dem ikke. Steng dem: chmod -R go= %[1]s",
		"Andre brukarar på maskina kan lese nøklane til tekstane i %[1]s, så Framdrift opnar dei ikkje. Steng dei: chmod -R go= %[1]s",
		"Other users of the machine can read the keys of the texts in %[1]s, so Framdrift does not open them. Close them: chmod -R go= %[1]s")
	errNoMaster = book.Rule(domain.Failed, "vault.no-master",
		"Hovednøkkelen, som nøklene til tekstene er kryptert med, skulle vært i %[1]s, men er borte. Ingenting er rørt; legg den tilbake, eller si hvor den er med --master-key-file. Instanser med logg på samme servere har den samme.",
		"Hovudnøkkelen, som nøklane til tekstane er krypterte med, skulle ha vore i %[1]s, men er borte. Ingenting er rørt; legg han tilbake, eller sei kvar han er med --master-key-file. Instansar med logg på same serverar har den same.",
		"The master key, under which the keys of the texts are encrypted, ought to be in %[1]s and is gone. Nothing was touched; put it back, or say where it is with --master-key-file. Instances with a log on the same servers have the same.")
	errNotMaster = book.Rule(domain.Failed, "vault.not-a-master",
		"Det som står i %[1]s, er ikke en hovednøkkel. Den skrives slik: framdrift-master-1: og 43 tegn. Ingenting er rørt.",
		"Det som står i %[1]s, er ikkje ein hovudnøkkel. Han blir skriven slik: framdrift-master-1: og 43 teikn. Ingenting er rørt.",
		"What is in %[1]s is not a master key. It is written like this: framdrift-master-1: and 43 characters. Nothing was touched.")
	errWrongMaster = book.Rule(domain.Failed, "vault.wrong-master",
		"Nøklene til tekstene i %[1]s er kryptert med en annen hovednøkkel enn den som er gitt. Ingenting er rørt; bruk den riktige, med --master-key-file.",
		"Nøklane til tekstane i %[1]s er krypterte med ein annan hovudnøkkel enn den som er gjeven. Ingenting er rørt; bruk den rette, med --master-key-file.",
		"The keys of the texts in %[1]s are encrypted under another master key than the one given. Nothing was touched; use the right one, with --master-key-file.")
	errVaultNotAllowed = book.Rule(domain.Forbidden, "vault.not-allowed",
		"Serverne som loggen ligger på, har ikke noe sted for nøklene til tekstene ennå, og lar ikke denne brukeren lage det. Ingenting er gjort; kjør init med brukeren som får det.",
		"Serverane som loggen ligg på, har ikkje nokon stad for nøklane til tekstane enno, og lèt ikkje denne brukaren lage han. Ingenting er gjort; køyr init med brukaren som får det.",
		"The servers that keep the log have no place for the keys of the texts yet, and do not let this user make it. Nothing was done; run init as the user who may.")
	errBackupDir = book.Rule(domain.Invalid, "vault.backup-dir",
		"Kopien av hvelvet kan ikke skrives til %[1]s: det må være en katalog som ikke finnes, eller er tom. Ingenting er skrevet.",
		"Kopien av kvelvet kan ikkje skrivast til %[1]s: det må vere ein katalog som ikkje finst, eller er tom. Ingenting er skrive.",
		"The copy of the vault cannot be written to %[1]s: it must be a directory that is not there, or is empty. Nothing was written.")
	errNotErased = book.Rule(domain.Failed, "vault.not-erased",
		"Slettingen står i loggen, og det som er slettet, vises ikke lenger, men det er ikke overskrevet overalt: disken, eller en server som har det, svarte ikke. Gi kommandoen på nytt når det er rettet; ellers gjøres det ved neste start.",
		"Slettinga står i loggen, og det som er sletta, blir ikkje vist lenger, men det er ikkje overskrive overalt: disken, eller ein server som har det, svara ikkje. Gje kommandoen på nytt når det er retta; elles blir det gjort ved neste start.",
		"The erasure is on the log, and what was erased is shown no more, but it is not overwritten everywhere: the disk, or a server that has it, did not answer. Give the command again when that is mended; otherwise the next start does it.")
	errUserUnknown = book.Rule(domain.NotFound, "user.unknown",
		"Det finnes ingen bruker %[1]s her. «framdrift user list» viser dem som er her.",
		"Det finst ingen brukar %[1]s her. «framdrift user list» viser dei som er her.",
		"There is no user %[1]s here. “framdrift user list” shows those that are.")
	errForgotten = book.Rule(domain.Refused, "user.forgotten",
		"Hvem brukeren %[1]s er, er slettet for godt, så iden kan ikke få navn igjen. Velg en annen id.",
		"Kven brukaren %[1]s er, er sletta for godt, så iden kan ikkje få namn igjen. Vel ein annan id.",
		"Who the user %[1]s is was erased for good, so the id cannot have a name again. Choose another id.")
	errPersonTooLong = book.Rule(domain.Invalid, "user.too-long",
		"Navn og e-postadresse er for lange; de får ha 400 byte til sammen, og 255 hver. Kort dem ned.",
		"Namn og e-postadresse er for lange; dei får ha 400 byte til saman, og 255 kvar. Kort dei ned.",
		"The name and the e-mail address are too long; they may have 400 bytes together, and 255 each. Shorten them.")
	errMayNotIntroduce = book.Rule(domain.Forbidden, "user.may-not-add",
		"Brukeren %[1]s får ikke si hvem brukere er. Det gjør en administrator.",
		"Brukaren %[1]s får ikkje seie kven brukarar er. Det gjer ein administrator.",
		"The user %[1]s may not say who users are. An administrator does.")
	errFormat = book.Rule(domain.Damaged, "data.newer",
		"Datakatalogen %[1]s er laget av et nyere Framdrift (format %[2]s). Ingenting er rørt; bruk den nyere versjonen.",
		"Datakatalogen %[1]s er laga av eit nyare Framdrift (format %[2]s). Ingenting er rørt; bruk den nyare versjonen.",
		"The data directory %[1]s was made by a newer Framdrift (format %[2]s). Nothing was touched; use the newer version.")
	errNoData = book.Rule(domain.NotFound, "data.none",
		"Det er ingen Framdrift-data i %[1]s. Lag dem med «framdrift init», eller se deg rundt med «framdrift demo».",
		"Det er ingen Framdrift-data i %[1]s. Lag dei med «framdrift init», eller sjå deg rundt med «framdrift demo».",
		"There is no Framdrift data in %[1]s. Make some with “framdrift init”, or look around with “framdrift demo”.")
	errNoRegion = book.Rule(domain.NotFound, "region.none",
		"Det er ingen region her ennå. Lag en med «framdrift init ID --name NAVN».",
		"Det er ingen region her enno. Lag ein med «framdrift init ID --name NAMN».",
		"There is no region here yet. Make one with “framdrift init ID --name NAME”.")
	errWhichRegion = book.Rule(domain.NotFound, "region.several",
		"Her er flere regioner: %[1]s. Si hvilken med --region.",
		"Her er fleire regionar: %[1]s. Sei kva for ein med --region.",
		"There are several regions here: %[1]s. Say which with --region.")
	errRegionUnknown = book.Rule(domain.NotFound, "region.unknown",
		"Regionen %[1]s finnes ikke her. Her er: %[2]s.",
		"Regionen %[1]s finst ikkje her. Her er: %[2]s.",
		"There is no region %[1]s here. Here are: %[2]s.")
	errInUse = book.Rule(domain.Busy, "data.in-use",
		"Datakatalogen %[1]s er i bruk av et annet Framdrift som ikke svarer. Ingenting ble gjort; prøv igjen om litt.",
		"Datakatalogen %[1]s er i bruk av eit anna Framdrift som ikkje svarar. Ingenting vart gjort; prøv igjen om litt.",
		"The data directory %[1]s is in use by another Framdrift that does not answer. Nothing was done; try again in a moment.")
	errNotDirectory = book.Rule(domain.Invalid, "data.not-a-directory",
		"%[1]s er en fil, ikke en katalog. Velg en katalog med --data.",
		"%[1]s er ei fil, ikkje ein katalog. Vel ein katalog med --data.",
		"%[1]s is a file, not a directory. Choose a directory with --data.")
	errNotEmpty = book.Rule(domain.Invalid, "data.not-empty",
		"Katalogen %[1]s har noe annet i seg enn Framdrift-data. Ingenting er rørt; velg en tom katalog med --data.",
		"Katalogen %[1]s har noko anna i seg enn Framdrift-data. Ingenting er rørt; vel ein tom katalog med --data.",
		"The directory %[1]s holds something other than Framdrift data. Nothing was touched; choose an empty one with --data.")
)
