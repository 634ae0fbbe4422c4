package domain

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// A Vocabulary is what people read in place of one kind of stored name.
// Words are in lower case, as inside a sentence; Capital begins a line.
type Vocabulary struct {
	words map[string]Phrase
}

// Of is the word for a stored name. A name without a word is shown as stored.
func (v Vocabulary) Of(name string) Phrase {
	if word, ok := v.words[name]; ok {
		return word
	}
	return Phrase{name, name, name}
}

// Has reports whether the stored name has a word.
func (v Vocabulary) Has(name string) bool {
	_, ok := v.words[name]
	return ok
}

// Names lists the stored names that have a word, in alphabetical order.
func (v Vocabulary) Names() []string {
	names := make([]string, 0, len(v.words))
	for name := range v.words {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Capital is the phrase with a capital first letter: a heading, a label.
func (p Phrase) Capital() Phrase {
	return Phrase{capital(p.NB), capital(p.NN), capital(p.EN)}
}

func capital(s string) string {
	first, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(first)) + s[size:]
}

// In is the text as it is shown: as written, or what stands where it was erased or cannot be read.
func (t Text) In(l Language) string {
	switch t {
	case Erased:
		return erased.In(l)
	case Elsewhere:
		return elsewhere.In(l)
	}
	return string(t)
}

var (
	erased    = Phrase{"[slettet]", "[sletta]", "[erased]"}
	elsewhere = Phrase{"[kan ikke leses her]", "[kan ikkje lesast her]", "[cannot be read here]"}
)

// EventWords are the short labels of events, by stored name: measure.completed.
var EventWords = Vocabulary{map[string]Phrase{
	"region.registered": {"region registrert", "region registrert", "region registered"},
	"region.described":  {"region beskrevet", "region skildra", "region described"},
	"programme.joined":  {"med i program", "med i program", "programme joined"},
	"actor.registered":  {"aktør registrert", "aktør registrert", "actor registered"},
	"actor.classified":  {"sektor endret", "sektor endra", "sector changed"},
	"actor.merged":      {"aktør slått sammen", "aktør slått saman", "actor merged"},
	"user.granted":      {"rolle gitt", "rolle gitt", "role granted"},
	"user.revoked":      {"rolle trukket tilbake", "rolle trekt tilbake", "role revoked"},
	"user.forgotten":    {"bruker glemt", "brukar gløymd", "user forgotten"},

	"plan.imported": {"plan importert", "plan importert", "plan imported"},
	"plan.adopted":  {"plan vedtatt", "plan vedteken", "plan adopted"},
	"plan.endorsed": {"tilslutning til planen", "tilslutning til planen", "plan endorsed"},
	"plan.revised":  {"plan revidert", "plan revidert", "plan revised"},
	"plan.closed":   {"plan avsluttet", "plan avslutta", "plan closed"},

	"measure.adopted":   {"tiltak vedtatt", "tiltak vedteke", "measure adopted"},
	"measure.amended":   {"tiltak endret", "tiltak endra", "measure amended"},
	"measure.withdrawn": {"tiltak tatt ut", "tiltak teke ut", "measure withdrawn"},
	"measure.assigned":  {"ansvar gitt", "ansvar gitt", "responsibility assigned"},
	"measure.accepted":  {"ansvar bekreftet", "ansvar stadfesta", "responsibility accepted"},
	"measure.declined":  {"ansvar avvist", "ansvar avvist", "responsibility declined"},
	"measure.started":   {"tiltak satt i gang", "tiltak sett i gang", "measure started"},
	"measure.completed": {"tiltak fullført", "tiltak fullført", "measure completed"},
	"measure.reopened":  {"tiltak gjenåpnet", "tiltak gjenopna", "measure reopened"},

	"deadline.adopted":      {"frist vedtatt", "frist vedteken", "deadline adopted"},
	"forecast.given":        {"prognose gitt", "prognose gitt", "forecast given"},
	"deviation.handled":     {"avvik behandlet", "avvik behandla", "deviation handled"},
	"partner.confirmed":     {"samarbeidspartner bekreftet", "samarbeidspartnar stadfesta", "partner confirmed"},
	"partner.resolved":      {"samlebetegnelse avklart", "samlenemning avklart", "collective resolved"},
	"contribution.recorded": {"bidrag registrert", "bidrag registrert", "contribution recorded"},
	"evidence.attached":     {"dokumentasjon vedlagt", "dokumentasjon vedlagd", "evidence attached"},

	"period.opened":    {"periode åpnet", "periode opna", "period opened"},
	"period.closed":    {"periode lukket", "periode lukka", "period closed"},
	"delivery.defined": {"gjennomføringskraft definert", "gjennomføringskraft definert", "delivery defined"},
	"measure.reported": {"rapport levert", "rapport levert", "report delivered"},
	"report.returned":  {"rapport returnert", "rapport returnert", "report returned"},
	"report.approved":  {"rapport godkjent", "rapport godkjend", "report approved"},
	"report.withdrawn": {"rapport trukket tilbake", "rapport trekt tilbake", "report withdrawn"},

	"lead.written":         {"ingress skrevet", "ingress skriven", "lead written"},
	"goal.set":             {"mål satt", "mål sett", "goal set"},
	"result.recorded":      {"resultat ført", "resultat ført", "result recorded"},
	"advice.given":         {"råd gitt", "råd gjeve", "advice given"},
	"continuation.planned": {"videreføring planlagt", "vidareføring planlagd", "continuation planned"},
	"obstacle.noted":       {"hindring notert", "hindring notert", "obstacle noted"},
	"excerpt.quoted":       {"utdrag sitert", "utdrag sitert", "excerpt quoted"},
	"document.linked":      {"dokument lenket", "dokument lenkja", "document linked"},
	"team.formed":          {"team satt ned", "team sett ned", "team formed"},
	"report.published":     {"rapport utgitt", "rapport utgjeven", "report published"},

	"event.corrected": {"hendelse rettet", "hending retta", "event corrected"},
	"text.redacted":   {"tekst slettet", "tekst sletta", "text erased"},
}}

// RoleWords are the roles of users.
var RoleWords = Vocabulary{map[string]Phrase{
	string(RoleAdministrator): {"administrator", "administrator", "administrator"},
	string(RoleCoordinator):   {"koordinator", "koordinator", "coordinator"},
	string(RoleOwner):         {"tiltaksansvarlig", "tiltaksansvarleg", "measure owner"},
	string(RoleReader):        {"leser", "lesar", "reader"},
}}

// ActorKindWords are the kinds of actor in the register.
var ActorKindWords = Vocabulary{map[string]Phrase{
	"body":         {"organ", "organ", "body"},
	"role":         {"rolle", "rolle", "role"},
	"organisation": {"organisasjon", "organisasjon", "organisation"},
	"municipality": {"kommune", "kommune", "municipality"},
	"collective":   {"samlebetegnelse", "samlenemning", "collective term"},
}}

// SectorWords are the parts of society an actor may belong to.
var SectorWords = Vocabulary{map[string]Phrase{
	"public":    {"offentlig sektor", "offentleg sektor", "public sector"},
	"business":  {"næringsliv", "næringsliv", "business"},
	"knowledge": {"kunnskapsmiljø", "kunnskapsmiljø", "knowledge institutions"},
	"voluntary": {"frivillig sektor", "frivillig sektor", "voluntary sector"},
}}

// MeasureKindWords are the kinds of row of a plan.
var MeasureKindWords = Vocabulary{map[string]Phrase{
	"measure":     {"tiltak", "tiltak", "measure"},
	"ongoing":     {"løpende tiltak", "løpande tiltak", "ongoing measure"},
	"arrangement": {"samarbeidsordning", "samarbeidsordning", "standing arrangement"},
}}

// StatusWords are what an owner may say of a measure in a report.
var StatusWords = Vocabulary{map[string]Phrase{
	"green":     {"grønn", "grøn", "green"},
	"amber":     {"gul", "gul", "amber"},
	"red":       {"rød", "raud", "red"},
	"unchanged": {"uendret", "uendra", "unchanged"},
}}

// StandingWords are what has become of a report.
var StandingWords = Vocabulary{map[string]Phrase{
	"delivered": {"levert", "levert", "delivered"},
	"returned":  {"returnert", "returnert", "returned"},
	"approved":  {"godkjent", "godkjend", "approved"},
	"withdrawn": {"trukket tilbake", "trekt tilbake", "withdrawn"},
}}

// StateWords are how far a measure has come, and whether a period takes reports.
var StateWords = Vocabulary{map[string]Phrase{
	"withdrawn":   {"tatt ut av planen", "teke ut av planen", "withdrawn"},
	"completed":   {"fullført", "fullført", "completed"},
	"started":     {"i gang", "i gang", "under way"},
	"accepted":    {"ansvar bekreftet", "ansvar stadfesta", "accepted"},
	"assigned":    {"ansvar gitt", "ansvar gitt", "assigned"},
	"adopted":     {"vedtatt", "vedteke", "adopted"},
	"arrangement": {"samarbeidsordning", "samarbeidsordning", "standing arrangement"},
	"open":        {"åpen", "open", "open"},
	"closed":      {"lukket", "lukka", "closed"},
}}

// ResultKindWords are the kinds of result that a programme's story tells.
var ResultKindWords = Vocabulary{map[string]Phrase{
	"result":      {"resultat", "resultat", "result"},
	"achievement": {"oppnådd", "oppnådd", "achievement"},
	"unplanned":   {"i tillegg", "i tillegg", "unplanned"},
}}

// ReportKindWords are the reports that may be published.
var ReportKindWords = Vocabulary{map[string]Phrase{
	"final":     {"sluttrapporten", "sluttrapporten", "the final report"},
	"tertial":   {"statusrapporten", "statusrapporten", "the status report"},
	"plan":      {"planen med status", "planen med status", "the plan with status"},
	"programme": {"programrapporten", "programrapporten", "the programme report"},
}}

// ChannelWords are the ways a command may come in.
var ChannelWords = Vocabulary{map[string]Phrase{
	string(ChannelWeb):    {"nettsiden", "nettsida", "web page"},
	string(ChannelAPI):    {"programmeringsgrensesnitt", "programmeringsgrensesnitt", "API"},
	string(ChannelCLI):    {"kommandolinje", "kommandolinje", "command line"},
	string(ChannelImport): {"import", "import", "import"},
	string(ChannelSystem): {"systemet", "systemet", "system"},
}}

// ColumnWords are the columns of an adopted plan, as plans head them.
var ColumnWords = Vocabulary{map[string]Phrase{
	"strategy":   {"strategi", "strategi", "strategy"},
	"focusArea":  {"innsats", "innsats", "focus area"},
	"initiative": {"handlingsplan", "handlingsplan", "initiative"},
	"text":       {"tiltak", "tiltak", "measure"},
	"owners":     {"ansvar", "ansvar", "responsible"},
	"partners":   {"samarbeidspartnere", "samarbeidspartnarar", "partners"},
}}

// FieldWords are what a change or a correction may name, besides the columns
// of the plan (ColumnWords).
var FieldWords = Vocabulary{map[string]Phrase{
	"accepted":        {"godtatte forslag", "godtekne forslag", "accepted suggestions"},
	"actors":          {"aktører", "aktørar", "actors"},
	"adopted":         {"vedtatt", "vedteken", "adopted"},
	"amount":          {"beløp", "beløp", "amount"},
	"applicant":       {"søkerkommune", "søkjarkommune", "applicant municipality"},
	"area":            {"areal", "areal", "area"},
	"basedOn":         {"bygger på", "byggjer på", "based on"},
	"closed":          {"avsluttet", "avslutta", "closed"},
	"closedPeriods":   {"antall lukkede perioder", "talet på lukka periodar", "closed periods"},
	"completed":       {"fullført", "fullført", "completed"},
	"continues":       {"videreføring av", "vidareføring av", "continues"},
	"deadline":        {"frist", "frist", "deadline"},
	"decision":        {"vedtak", "vedtak", "decision"},
	"definition":      {"definisjon", "definisjon", "definition"},
	"deliverable":     {"leveranse", "leveranse", "deliverable"},
	"demo":            {"demo", "demo", "demo"},
	"effective":       {"virkningsdato", "verknadsdato", "effective date"},
	"endorsements":    {"tilslutninger", "tilslutningar", "endorsements"},
	"evidence":        {"dokumentasjon", "dokumentasjon", "evidence"},
	"file":            {"fil", "fil", "file"},
	"forecast":        {"prognose", "prognose", "forecast"},
	"form":            {"organisasjonsform", "organisasjonsform", "organisation form"},
	"format":          {"format", "format", "format"},
	"from":            {"fra", "frå", "from"},
	"goals":           {"mål", "mål", "goals"},
	"horizonDays":     {"horisont i dager", "horisont i dagar", "horizon in days"},
	"hours":           {"timer", "timar", "hours"},
	"into":            {"går inn i", "går inn i", "merged into"},
	"kind":            {"type", "type", "kind"},
	"language":        {"språk", "språk", "language"},
	"logSize":         {"hendelser på loggen", "hendingar på loggen", "events on the log"},
	"measures":        {"tiltak", "tiltak", "measures"},
	"members":         {"medlemskommuner", "medlemskommunar", "member municipalities"},
	"name":            {"navn", "namn", "name"},
	"next":            {"neste steg", "neste steg", "next step"},
	"obstacles":       {"hindringer", "hindringar", "obstacles"},
	"openDays":        {"dager åpent", "dagar ope", "days open"},
	"owner":           {"ansvarlig", "ansvarleg", "owner"},
	"partner":         {"samarbeidspartner", "samarbeidspartnar", "partner"},
	"per":             {"per", "per", "as of"},
	"period":          {"periode", "periode", "period"},
	"population":      {"folketall", "folketal", "population"},
	"programme":       {"program", "program", "programme"},
	"programmes":      {"program", "program", "programmes"},
	"rejected":        {"avviste forslag", "avviste forslag", "rejected suggestions"},
	"report":          {"rapport", "rapport", "report"},
	"reportDeadline":  {"rapportfrist", "rapportfrist", "report deadline"},
	"reportGraceDays": {"dager til rapportfrist", "dagar til rapportfrist", "days until reports are due"},
	"result":          {"resultat", "resultat", "result"},
	"role":            {"rolle", "rolle", "role"},
	"roles":           {"roller", "roller", "roles"},
	"root":            {"rot", "rot", "root"},
	"sector":          {"sektor", "sektor", "sector"},
	"sha256":          {"SHA-256", "SHA-256", "SHA-256"},
	"source":          {"kilde", "kjelde", "source"},
	"sourceSha256":    {"SHA-256 av siden", "SHA-256 av sida", "SHA-256 of the page"},
	"started":         {"satt i gang", "sett i gang", "started"},
	"state":           {"tilstand", "tilstand", "state"},
	"status":          {"status", "status", "status"},
	"strategies":      {"strategier", "strategiar", "strategies"},
	"templateSha256":  {"SHA-256 av malen", "SHA-256 av malen", "SHA-256 of the template"},
	"text":            {"tekst", "tekst", "text"},
	"title":           {"tittel", "tittel", "title"},
	"to":              {"til", "til", "to"},
	"toleranceDays":   {"toleranse i dager", "toleranse i dagar", "tolerance in days"},
	"url":             {"lenke", "lenkje", "link"},
	"user":            {"bruker", "brukar", "user"},
	"version":         {"versjon", "versjon", "version"},
	"view":            {"visning", "vising", "view"},
	"why":             {"begrunnelse", "grunngjeving", "reason"},
	"windowDays":      {"vindu i dager", "vindauge i dagar", "window in days"},
}}
