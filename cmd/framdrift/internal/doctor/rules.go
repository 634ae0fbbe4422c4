package doctor

import "github.com/fosenregionen/framdrift/domain"

var book domain.Rulebook

// What can be wrong that no start would refuse.
var (
	errUnwell = book.Rule(domain.Failed, "doctor.unwell",
		"%[1]d av %[2]d ting er ikke som de skal; linjene over sier hva du gjør.",
		"%[1]d av %[2]d ting er ikkje som dei skal; linjene over seier kva du gjer.",
		"%[1]d of %[2]d things are not as they should be; the lines above say what to do.")
	errNoEntry = book.Rule(domain.Failed, "data.no-entry",
		"%[2]s slipper ikke inn i %[1]s. Kjør dette som brukeren som kjører Framdrift.",
		"%[2]s slepp ikkje inn i %[1]s. Køyr dette som brukaren som køyrer Framdrift.",
		"%[2]s is not let into %[1]s. Run this as the user who runs Framdrift.")
	errOpen = book.Rule(domain.Failed, "data.open-to-others",
		"Andre på maskinen slipper inn i %[1]s (%[2]s), der loggen og nøklene ligger. Steng den: chmod go= %[1]s",
		"Andre på maskina slepp inn i %[1]s (%[2]s), der loggen og nøklane ligg. Steng han: chmod go= %[1]s",
		"Others on the machine are let into %[1]s (%[2]s), where the log and the keys lie. Close it: chmod go= %[1]s")
	errOwner = book.Rule(domain.Failed, "data.other-owner",
		"%[1]s eies av %[2]s og ikke av %[3]s. Kjør alt som én bruker: som %[2]s, eller gi katalogen til %[3]s med chown -R.",
		"%[1]s er eigd av %[2]s og ikkje av %[3]s. Køyr alt som éin brukar: som %[2]s, eller gje katalogen til %[3]s med chown -R.",
		"%[1]s is owned by %[2]s and not by %[3]s. Run everything as one user: as %[2]s, or give the directory to %[3]s with chown -R.")
	errOtherDisk = book.Rule(domain.Failed, "data.other-disk",
		"%[1]s ligger på en annen disk enn %[2]s. Bare én av dem passes på, og en disk som ikke er montert, ser ut som en logg som er borte. Legg alt på samme disk.",
		"%[1]s ligg på ein annan disk enn %[2]s. Berre éin av dei blir passa på, og ein disk som ikkje er montert, ser ut som ein logg som er borte. Legg alt på same disk.",
		"%[1]s lies on another disk than %[2]s. Only one of them is watched, and a disk that is not mounted looks like a log that is gone. Put everything on one disk.")
	errMemory = book.Rule(domain.Failed, "disk.memory",
		"%[1]s ligger i minnet (%[2]s), og er borte når maskinen stopper. Flytt katalogen til en disk.",
		"%[1]s ligg i minnet (%[2]s), og er borte når maskina stoppar. Flytt katalogen til ein disk.",
		"%[1]s lies in memory (%[2]s), and is gone when the machine stops. Move the directory to a disk.")
	errNetwork = book.Rule(domain.Failed, "disk.network",
		"%[1]s ligger på et nettverksfilsystem (%[2]s), som kan si at noe er skrevet før det er det. Flytt katalogen til en lokal disk.",
		"%[1]s ligg på eit nettverksfilsystem (%[2]s), som kan seie at noko er skrive før det er det. Flytt katalogen til ein lokal disk.",
		"%[1]s lies on a network file system (%[2]s), which may say that something is written before it is. Move the directory to a local disk.")
	errLayered = book.Rule(domain.Failed, "disk.layered",
		"%[1]s ligger i et lag over et annet filsystem (%[2]s), som regel i en container, og går bort med den. Legg katalogen på et volum.",
		"%[1]s ligg i eit lag over eit anna filsystem (%[2]s), som regel i ein container, og går bort med han. Legg katalogen på eit volum.",
		"%[1]s lies in a layer over another file system (%[2]s), most often in a container, and goes away with it. Put the directory on a volume.")
	errHeld = book.Rule(domain.Busy, "data.held",
		"%[2]s har %[1]s åpen og svarer ikke her. Vent til den er ferdig, eller se til den prosessen.",
		"%[2]s har %[1]s open og svarar ikkje her. Vent til han er ferdig, eller sjå til den prosessen.",
		"%[2]s has %[1]s open and does not answer here. Wait until it is done, or see to that process.")
	errZone = book.Rule(domain.Failed, "clock.zone",
		"Europe/Oslo er %[2]d sekunder øst for UTC i måned %[1]d, og det er feil. Bruk et Framdrift som er bygd med tidssonene i seg.",
		"Europe/Oslo er %[2]d sekund aust for UTC i månad %[1]d, og det er feil. Bruk eit Framdrift som er bygd med tidssonene i seg.",
		"Europe/Oslo is %[2]d seconds east of UTC in month %[1]d, which is wrong. Use a Framdrift that was built with the time zones in it.")
	errClock = book.Rule(domain.Failed, "clock.behind",
		"Klokken her er %[1]s, før siste hendelse, som er ført %[2]s. Til den har tatt igjen det, får endringer loggens tid: se til at klokken blir stilt over nettet (NTP).",
		"Klokka her er %[1]s, før siste hending, som er ført %[2]s. Til ho har teke igjen det, får endringar tida til loggen: sjå til at klokka blir stilt over nettet (NTP).",
		"The clock here says %[1]s, before the last event, which was recorded %[2]s. Until it has caught up, changes get the log's time: see to it that the clock is set over the network (NTP).")
	errStopped = book.Rule(domain.Damaged, "log.projection-stopped",
		"%[1]s stoppet ved hendelse %[2]d og svarer derfra. Hvorfor, sier linjen om hendelser; ellers ta vare på loggen, og meld fra om den neste hendelsen.",
		"%[1]s stoppa ved hending %[2]d og svarar derfrå. Kvifor, seier linja om hendingar; elles ta vare på loggen, og meld frå om den neste hendinga.",
		"%[1]s stopped at event %[2]d and answers from there. The line about events says why; if not, keep the log, and report the event after it.")
	errDisconnected = book.Rule(domain.Busy, "log.unreachable",
		"Forbindelsen til serverne (%[1]s) er nede akkurat nå. Se til dem og nettet; Framdrift prøver igjen selv.",
		"Sambandet med serverane (%[1]s) er nede akkurat no. Sjå til dei og nettet; Framdrift prøver igjen sjølv.",
		"The connection to the servers (%[1]s) is down just now. See to them and the network; Framdrift tries again by itself.")
	errAnybody = book.Rule(domain.Failed, "log.anybody",
		"Serverne (%[1]s) slipper inn hvem som helst, som da kan skrive på loggen. Gi dem brukere som i docs/operating.md.",
		"Serverane (%[1]s) slepp inn kven som helst, som då kan skrive på loggen. Gje dei brukarar som i docs/operating.md.",
		"The servers (%[1]s) let anybody in, who may then write on the log. Give them users as in docs/operating.md.")
	errInClear = book.Rule(domain.Failed, "log.in-clear",
		"Forbindelsen til serverne (%[1]s) er ikke kryptert. Bruk tls:// og --nats-tls-ca.",
		"Sambandet med serverane (%[1]s) er ikkje kryptert. Bruk tls:// og --nats-tls-ca.",
		"The connection to the servers (%[1]s) is not encrypted. Use tls:// and --nats-tls-ca.")
	errSetting = book.Rule(domain.Damaged, "log.settings",
		"Loggen til %[1]s er satt opp slik at hendelser kan gå tapt eller bli endret: %[2]s; det må være %[3]s. Finn ut hvem som satte det slik, og rett det på serveren.",
		"Loggen til %[1]s er sett opp slik at hendingar kan gå tapt eller bli endra: %[2]s; det må vere %[3]s. Finn ut kven som sette det slik, og rett det på serveren.",
		"The log of %[1]s is set up so that events can be lost or changed: %[2]s; it must be %[3]s. Find out who set it so, and put it right on the server.")
	errOffline = book.Rule(domain.Failed, "log.replica-offline",
		"Serveren %[2]s, som har en kopi av loggen til %[1]s, svarer ikke de andre. Få den opp: svarer én til ikke, står loggen stille.",
		"Serveren %[2]s, som har ein kopi av loggen til %[1]s, svarar ikkje dei andre. Få han opp: svarar éin til ikkje, står loggen stille.",
		"The server %[2]s, which has a replica of the log of %[1]s, does not answer the others. Bring it up: if one more does not answer, the log stands still.")
	errVersion = book.Rule(domain.Failed, "doctor.version",
		"Den som svarer, er en annen versjon enn denne kommandoen (%[1]s). Start serve på nytt.",
		"Den som svarar, er ein annan versjon enn denne kommandoen (%[1]s). Start serve på nytt.",
		"What answers is another version than this command (%[1]s). Start serve again.")
)
