package doctor

import "github.com/fosenregionen/framdrift/domain"

// A Name is the thing that is looked at, as programs know it.
type Name string

const (
	program        Name = "program"
	directory      Name = "directory"
	access         Name = "access"
	fileSystemName Name = "fileSystem"
	space          Name = "space"
	lock           Name = "lock"
	vault          Name = "vault"
	zone           Name = "zone"
	syncing        Name = "sync"
	servers        Name = "servers"
	settings       Name = "settings"
	replicas       Name = "replicas"
	log            Name = "log"
	mark           Name = "mark"
	sealed         Name = "seal"
	events         Name = "events"
	clock          Name = "clock"
	projection     Name = "projection"
	changes        Name = "changes"
)

// Label is the name as people read it.
func (n Name) Label() domain.Phrase { return labels[n] }

var labels = map[Name]domain.Phrase{
	program:        {NB: "program", NN: "program", EN: "program"},
	directory:      {NB: "katalog", NN: "katalog", EN: "directory"},
	access:         {NB: "tilgang", NN: "tilgang", EN: "access"},
	fileSystemName: {NB: "filsystem", NN: "filsystem", EN: "file system"},
	space:          {NB: "plass", NN: "plass", EN: "space"},
	lock:           {NB: "lås", NN: "lås", EN: "lock"},
	vault:          {NB: "nøkler", NN: "nøklar", EN: "keys"},
	zone:           {NB: "tidssone", NN: "tidssone", EN: "time zone"},
	syncing:        {NB: "synk", NN: "synk", EN: "sync"},
	servers:        {NB: "servere", NN: "serverar", EN: "servers"},
	settings:       {NB: "oppsett", NN: "oppsett", EN: "settings"},
	replicas:       {NB: "kopier", NN: "kopiar", EN: "replicas"},
	log:            {NB: "logg", NN: "logg", EN: "log"},
	mark:           {NB: "merke", NN: "merke", EN: "mark"},
	sealed:         {NB: "segl", NN: "segl", EN: "seal"},
	events:         {NB: "hendelser", NN: "hendingar", EN: "events"},
	clock:          {NB: "klokke", NN: "klokke", EN: "clock"},
	projection:     {NB: "projeksjon", NN: "projeksjon", EN: "projection"},
	changes:        {NB: "endringer", NN: "endringar", EN: "changes"},
}

// Label is the status as people read it.
func (s Status) Label() domain.Phrase {
	return map[Status]domain.Phrase{
		Fine:    {NB: "ok", NN: "ok", EN: "ok"},
		Wrong:   {NB: "FEIL", NN: "FEIL", EN: "WRONG"},
		Unknown: {NB: "ukjent", NN: "ukjent", EN: "unknown"},
	}[s]
}

// What is said of what is fine.
var (
	textProgram = domain.Phrase{
		NB: "framdrift %[1]s, %[2]s, nats-server %[3]s", NN: "framdrift %[1]s, %[2]s, nats-server %[3]s", EN: "framdrift %[1]s, %[2]s, nats-server %[3]s",
	}
	textDirectory  = domain.Phrase{NB: "%[1]s", NN: "%[1]s", EN: "%[1]s"}
	textAccess     = domain.Phrase{NB: "alt eies av %[1]s, og ingen andre slipper inn (%[2]s)", NN: "alt er eigd av %[1]s, og ingen andre slepp inn (%[2]s)", EN: "all of it is owned by %[1]s, and nobody else comes in (%[2]s)"}
	textFileSystem = domain.Phrase{NB: "%[1]s, på én disk i maskinen", NN: "%[1]s, på éin disk i maskina", EN: "%[1]s, on one disk of the machine"}
	textSpace      = domain.Phrase{NB: "%[1]s av %[2]s er ledig; under %[3]s tas ingen endringer imot", NN: "%[1]s av %[2]s er ledig; under %[3]s blir ingen endringar tekne imot", EN: "%[1]s of %[2]s is free; below %[3]s no changes are taken"}
	textServes     = domain.Phrase{NB: "serve, prosess %[1]d, har katalogen og svarer", NN: "serve, prosess %[1]d, har katalogen og svarar", EN: "serve, process %[1]d, has the directory and answers"}
	textFree       = domain.Phrase{NB: "ingen andre har katalogen åpen", NN: "ingen andre har katalogen open", EN: "nobody else has the directory open"}
	textKeys       = domain.Phrase{NB: "%[1]d nøkler til tekster, som bare eieren kan lese", NN: "%[1]d nøklar til tekstar, som berre eigaren kan lese", EN: "%[1]d keys of texts, which only their owner can read"}
	textZone       = domain.Phrase{NB: "Europe/Oslo, der klokken er %[1]s", NN: "Europe/Oslo, der klokka er %[1]s", EN: "Europe/Oslo, where it is %[1]s"}
	textServers    = domain.Phrase{NB: "%[1]s, nats-server %[2]s, én av %[3]s", NN: "%[1]s, nats-server %[2]s, éin av %[3]s", EN: "%[1]s, nats-server %[2]s, one of %[3]s"}
	textSettings   = domain.Phrase{NB: "ingenting i oppsettet kan miste eller endre hendelser", NN: "ingenting i oppsettet kan miste eller endre hendingar", EN: "no setting can lose or change events"}
	textAlone      = domain.Phrase{NB: "loggen ligger på én server", NN: "loggen ligg på éin server", EN: "the log lies on one server"}
	textReplicas   = domain.Phrase{NB: "%[1]d servere har alt: %[2]s", NN: "%[1]d serverar har alt: %[2]s", EN: "%[1]d servers have everything: %[2]s"}
	textRead       = domain.Phrase{NB: "%[1]d meldinger med %[2]d hendelser, %[3]s, er lest fra ende til annen%[4]s", NN: "%[1]d meldingar med %[2]d hendingar, %[3]s, er lesne frå ende til annan%[4]s", EN: "%[1]d messages with %[2]d events, %[3]s, were read from end to end%[4]s"}
	textReadTorn   = domain.Phrase{
		NB: "%[1]d meldinger med %[2]d hendelser, %[3]s, er lest fra ende til annen%[4]s; en melding til ble avbrutt mens den ble skrevet, og aldri bekreftet, og kuttes ved neste start",
		NN: "%[1]d meldingar med %[2]d hendingar, %[3]s, er lesne frå ende til annan%[4]s; ei melding til vart avbroten medan ho vart skriven, og aldri stadfesta, og blir kutta ved neste start",
		EN: "%[1]d messages with %[2]d events, %[3]s, were read from end to end%[4]s; one more was cut off while it was written, was never acknowledged, and is removed by the next start",
	}
	textFromFiles     = domain.Phrase{NB: ": filer, innramming, sjekksummer, rekkefølge", NN: ": filer, innramming, sjekksummar, rekkjefølgje", EN: ": files, framing, checksums, order"}
	textThroughServer = domain.Phrase{NB: " gjennom serveren: rekkefølge, og at ingen mangler", NN: " gjennom serveren: rekkjefølgje, og at ingen manglar", EN: " through the server: order, and that none is missing"}
	textMark          = domain.Phrase{NB: "loggen har vært kommet til hendelse %[1]d, og har den", NN: "loggen har vore komen til hending %[1]d, og har henne", EN: "the log has been at event %[1]d, and has it"}
	textMarkEmpty     = domain.Phrase{NB: "ingenting er notert om hvor langt loggen har vært kommet", NN: "ingenting er notert om kor langt loggen har vore komen", EN: "nothing is noted of how far the log has been"}
	textSealed        = domain.Phrase{NB: "%[1]d hendelser er de som ble signert, regnet ut på nytt %[2]s", NN: "%[1]d hendingar er dei som vart signerte, rekna ut på nytt %[2]s", EN: "%[1]d events are those that were signed, computed anew %[2]s"}
	textEvents        = domain.Phrase{NB: "alle %[1]d er forstått", NN: "alle %[1]d er forstått", EN: "all %[1]d are understood"}
	textClock         = domain.Phrase{NB: "siste hendelse er ført %[1]s, før klokken her", NN: "siste hending er ført %[1]s, før klokka her", EN: "the last event was recorded %[1]s, before the clock here"}
	textClockDemo     = domain.Phrase{NB: "en demo med sin egen klokke; siste hendelse er ført %[1]s", NN: "ein demo med si eiga klokke; siste hending er ført %[1]s", EN: "a demo with a clock of its own; the last event was recorded %[1]s"}
	textProjection    = domain.Phrase{NB: "%[1]s er ved hendelse %[2]d, uten etterslep", NN: "%[1]s er ved hending %[2]d, utan etterslep", EN: "%[1]s is at event %[2]d, without lag"}
	textChanges       = domain.Phrase{NB: "tas imot", NN: "blir tekne imot", EN: "are taken"}
	textReadBefore    = domain.Phrase{NB: "Før det er %[1]d meldinger med %[2]d hendelser i orden (%[3]s er lest).", NN: "Før det er %[1]d meldingar med %[2]d hendingar i orden (%[3]s er lese).", EN: "Before it %[1]d messages with %[2]d events are in order (%[3]s was read)."}
)

// What is said of what cannot be seen from here.
var (
	textSyncHere = domain.Phrase{
		NB: "Hver endring synkes til disken før den bekreftes. Om disken da har den, kan ikke ses herfra: bruk en disk som holder det den lover ved strømbrudd, og mål den med «framdrift bench».",
		NN: "Kvar endring blir synka til disken før ho blir stadfesta. Om disken då har henne, kan ikkje sjåast herfrå: bruk ein disk som held det han lovar ved straumbrot, og mål han med «framdrift bench».",
		EN: "Every change is synced to the disk before it is acknowledged. Whether the disk then has it cannot be seen from here: use a disk that keeps its word in a power cut, and measure it with “framdrift bench”.",
	}
	textSyncThere = domain.Phrase{
		NB: "Om serverne (%[1]s) synker til disk før de bekrefter, sier de ikke: sett «sync_interval: always» på hver av dem (docs/operating.md).",
		NN: "Om serverane (%[1]s) synkar til disk før dei stadfestar, seier dei ikkje: set «sync_interval: always» på kvar av dei (docs/operating.md).",
		EN: "Whether the servers (%[1]s) sync to disk before they acknowledge, they do not say: set “sync_interval: always” on each of them (docs/operating.md).",
	}
	textOwnerUnseen = domain.Phrase{
		NB: "Hvem som eier %[1]s, kan ikke ses her: se selv til at bare brukeren som kjører Framdrift, slipper inn.",
		NN: "Kven som eig %[1]s, kan ikkje sjåast her: sjå sjølv til at berre brukaren som køyrer Framdrift, slepp inn.",
		EN: "Who owns %[1]s cannot be seen here: make sure that only the user who runs Framdrift comes in.",
	}
	textFileSystemUnseen = domain.Phrase{
		NB: "Hva slags filsystem det er, kan ikke ses her: bruk en lokal disk.",
		NN: "Kva slags filsystem det er, kan ikkje sjåast her: bruk ein lokal disk.",
		EN: "What file system it is cannot be seen here: use a local disk.",
	}
	textFileSystemStrange = domain.Phrase{
		NB: "%[1]s: hva det lover når det synker, kan ikke ses herfra. Bruk en lokal disk med ext4, xfs, btrfs eller zfs.",
		NN: "%[1]s: kva det lovar når det synkar, kan ikkje sjåast herfrå. Bruk ein lokal disk med ext4, xfs, btrfs eller zfs.",
		EN: "%[1]s: what it promises when it syncs cannot be seen from here. Use a local disk with ext4, xfs, btrfs or zfs.",
	}
	textSpaceUnseen = domain.Phrase{
		NB: "Hvor full disken er, kan ikke ses her: pass på at den har plass.",
		NN: "Kor full disken er, kan ikkje sjåast her: pass på at han har plass.",
		EN: "How full the disk is cannot be seen here: make sure that it has room.",
	}
	textLogLost = domain.Phrase{
		NB: "Loggen er ikke lest, for serverne svarer ikke: spør igjen når de gjør det.",
		NN: "Loggen er ikkje lesen, for serverane svarar ikkje: spør igjen når dei gjer det.",
		EN: "The log was not read, for the servers do not answer: ask again when they do.",
	}
	textLogHeld = domain.Phrase{
		NB: "Loggen er ikke lest, for noen andre har katalogen åpen: spør igjen når de er ferdige.",
		NN: "Loggen er ikkje lesen, for nokon andre har katalogen open: spør igjen når dei er ferdige.",
		EN: "The log was not read, for somebody else has the directory open: ask again when they are done.",
	}
	textLogRefused = domain.Phrase{
		NB: "Loggen er ikke lest, for oppsettet er feil: rett det først.",
		NN: "Loggen er ikkje lesen, for oppsettet er feil: rett det først.",
		EN: "The log was not read, for its settings are wrong: put them right first.",
	}
	textReadPart = domain.Phrase{
		NB: "De første %[1]d hendelsene (%[2]s) er lest på ett minutt, og er i orden. Stopp serve og spør igjen for å få lest alt.",
		NN: "Dei første %[1]d hendingane (%[2]s) er lesne på eitt minutt, og er i orden. Stopp serve og spør igjen for å få lese alt.",
		EN: "The first %[1]d events (%[2]s) were read in a minute, and are in order. Stop serve and ask again to have everything read.",
	}
	textMarkUnread = domain.Phrase{
		NB: "Loggen har vært kommet til hendelse %[1]d; om den har den, er ikke sett, for den ble ikke lest til ende.",
		NN: "Loggen har vore komen til hending %[1]d; om han har henne, er ikkje sett, for han vart ikkje lesen til ende.",
		EN: "The log has been at event %[1]d; whether it has it was not seen, for it was not read to its end.",
	}
	textEventsUnread = domain.Phrase{
		NB: "Hva hendelsene sier, er ikke sett, for loggen ble ikke lest til ende: rett det først.",
		NN: "Kva hendingane seier, er ikkje sett, for loggen vart ikkje lesen til ende: rett det først.",
		EN: "What the events say was not seen, for the log was not read to its end: put that right first.",
	}
	textBehind = domain.Phrase{
		NB: "Serveren %[1]s er %[2]d meldinger etter lederen, eller har ikke sagt noe på en stund: spør igjen om litt, og se til den hvis det ikke går over.",
		NN: "Serveren %[1]s er %[2]d meldingar etter leiaren, eller har ikkje sagt noko på ei stund: spør igjen om litt, og sjå til han viss det ikkje går over.",
		EN: "The server %[1]s is %[2]d messages behind the leader, or has not been heard for a while: ask again in a moment, and see to it if that does not pass.",
	}
	textLag = domain.Phrase{
		NB: "%[1]s er ved hendelse %[2]d, %[3]d meldinger etter loggen: spør igjen om litt, og start serve på nytt hvis det ikke blir mindre.",
		NN: "%[1]s er ved hending %[2]d, %[3]d meldingar etter loggen: spør igjen om litt, og start serve på nytt viss det ikkje blir mindre.",
		EN: "%[1]s is at event %[2]d, %[3]d messages behind the log: ask again in a moment, and start serve again if that does not shrink.",
	}
)
