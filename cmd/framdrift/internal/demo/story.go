package demo

import "github.com/fosenregionen/framdrift/domain"

// A course is what happens to one measure. Days are 2006-01-02, empty for
// what never happens.
type course struct {
	id       domain.MeasureID
	owner    domain.ActorID
	accepted string
	deadline string
	started  string
	done     string
	recorded string // when the completion was put on the log, if not the same day
	result   string
	// reports has a letter for each closed period, T2-2022 to T2-2024: green,
	// amber, red, unchanged in time, in capitals after the deadline; - is
	// missing and . not owed.
	reports string
}

var courses = []course{
	{"t01", "radet", "2022-06-24", "2023-06-30", "2022-08-15", "2023-06-20", "", "Felles uttalelse om arbeidsgiveravgift er sendt departementet.", "ggg...."},
	{"t02", "radmannsforum", "2022-06-29", "2023-03-31", "2022-09-05", "2023-03-28", "2023-05-22", "Planprospektet ligger på nett og er sendt til 40 bedrifter.", "gg-...."},
	{"t03", "radet", "2022-06-24", "2024-11-29", "2022-10-10", "", "", "", "ggaauaa"},
	{"t04", "utviklingsleder", "2022-06-21", "2023-12-31", "2022-09-12", "2023-12-12", "", "Pendlerstrategien er vedtatt i alle kommunene.", "ggug..."},
	{"t05", "radmannsforum", "2022-06-29", "2023-10-31", "2022-11-01", "2024-02-20", "", "Utredningen er lagt fram; felles drift anbefales fra 2025.", "ggaar.."},
	{"t06", "prosjektleder-kompetanse", "2022-06-27", "2024-06-30", "2022-08-22", "2024-06-14", "", "Kompetanseforumet er i drift med fire samlinger i året.", "ggggug."},
	{"t07", "radet", "2022-06-24", "2024-12-15", "2022-10-03", "2024-12-05", "", "Alle linjene er ført videre i fylkets skolebruksplan.", "ggggggu"},
	{"t08", "kompetanseforum", "2022-08-19", "2024-08-30", "2023-01-09", "2024-11-22", "", "To desentraliserte tilbud startet høsten 2024.", "g-gaaAg"},
	{"t09", "radmannsforum", "2022-06-29", "2024-05-31", "2022-12-05", "", "", "", "gaaarr-"},
	{"t10", "radet", "2022-06-24", "2024-12-20", "2022-09-19", "", "", "", "gguaaaa"},
	{"t11", "radmannsforum", "2022-06-29", "", "2023-01-16", "", "", "", "--g-g--"},
	{"t12", "utviklingsleder", "2022-06-21", "2023-11-15", "2023-02-06", "2023-11-09", "", "Konferansen samlet 140 deltakere.", "gggg..."},
	{"t13", "radmannsforum", "2022-06-29", "2024-12-31", "2022-08-29", "", "", "", "gggaagg"},
	{"t14", "utviklingsleder", "2022-06-21", "2023-05-31", "2022-09-01", "2023-05-25", "", "Felles profil er tatt i bruk av 32 bedrifter.", "ggg...."},
	{"t15", "utviklingsleder", "2022-06-21", "2022-12-30", "2022-09-01", "2022-12-14", "", "Nettverket er stiftet og har valgt styringsgruppe.", "g......"},
	{"t17", "utviklingsleder", "2022-08-26", "2024-12-31", "2023-02-01", "", "", "", "-gugggg"},
	{"t18", "politirad", "", "", "", "", "", "", "......."},
	{"t19", "utviklingsleder", "2022-06-21", "2024-03-31", "2022-10-17", "2024-03-20", "", "Matregionen har 18 produsenter og egen merkeordning.", "gguga.."},
	{"t20", "radmannsforum", "2022-06-29", "2023-12-01", "2022-10-24", "2023-11-28", "", "Vertskapskurs er holdt i alle kommunene.", "gggu..."},
	{"t21", "radmannsforum", "2022-06-29", "2024-10-31", "2023-01-23", "2024-10-25", "2024-11-04", "Bolystkampanjen er gjennomført og evaluert.", "gggagga"},
	{"t22", "radmannsforum", "2022-06-29", "2023-08-31", "2022-09-26", "2023-08-15", "", "22 elever fullførte fordypningen.", "ggg...."},
	{"t23", "radmannsforum", "2022-06-29", "2023-01-31", "2022-08-15", "2023-01-20", "", "Friluftsrådet er stiftet med alle kommunene som medlemmer.", "gg....."},
	{"t24", "radmannsforum", "2022-06-29", "2024-02-29", "2022-11-14", "2024-06-10", "", "Kalenderen er åpnet med 60 faste arrangører.", "ggggrR."},
	{"t25", "radmannsforum", "2022-06-29", "2024-06-15", "2023-03-13", "", "", "", "gggar.."},
	{"t26", "radmannsforum", "2022-06-29", "2024-11-15", "2022-11-07", "2024-11-12", "", "Innføringen er gjennomført i alle kommunene.", "ggarrag"},
}

// yearly is t16 Fosenmøtet: one deliverable a year.
var yearly = []struct{ year, deadline, done, result string }{
	{"2022", "2022-11-30", "2022-11-17", "Fosenmøtet 2022 samlet 180 deltakere."},
	{"2023", "2023-11-30", "2023-11-16", "Fosenmøtet 2023 samlet 210 deltakere."},
	{"2024", "2024-11-30", "2024-11-14", "Fosenmøtet 2024 samlet 240 deltakere."},
}

const yearlyReports = "g.gg.gg"

// periods are those that are closed, in the order of a course's reports.
var periods = []domain.PeriodID{"T2-2022", "T3-2022", "T1-2023", "T2-2023", "T3-2023", "T1-2024", "T2-2024"}

// lastPeriod is opened, and owes its reports after the story ends.
const lastPeriod domain.PeriodID = "T3-2024"

// municipalities are the seven of 2015 and those they have become.
var municipalities = []struct {
	id     domain.ActorID
	name   string
	into   domain.ActorID
	merged string
	since  string
}{
	{"indre-fosen", "Indre Fosen kommune", "", "", "2018-01-01"},
	{"orland", "Ørland kommune", "", "", "2015-01-01"},
	{"afjord", "Åfjord kommune", "", "", "2015-01-01"},
	{"osen", "Osen kommune", "", "", "2015-01-01"},
	{"bjugn", "Bjugn kommune", "orland", "2020-01-01", "2015-01-01"},
	{"roan", "Roan kommune", "afjord", "2020-01-01", "2015-01-01"},
	{"rissa", "Rissa kommune", "indre-fosen", "2018-01-01", "2015-01-01"},
	{"leksvik", "Leksvik kommune", "indre-fosen", "2018-01-01", "2015-01-01"},
}

// users answer for actors; who they are is nobody's business here.
var users = []struct {
	id      domain.UserID
	answers []domain.ActorID
}{
	{"u2", []domain.ActorID{"radet"}},
	{"u3", []domain.ActorID{"radmannsforum"}},
	{"u4", []domain.ActorID{"utviklingsleder"}},
	{"u5", []domain.ActorID{"prosjektleder-kompetanse", "kompetanseforum"}},
	{"u6", []domain.ActorID{"politirad"}},
}

// said is what owners write in their reports, by letter; a measure's place in
// the plan and the period choose which.
var said = map[byte][]string{
	'g': {
		"Arbeidet går etter planen.", "Møter holdt med alle kommunene; enighet om veien videre.",
		"Milepælen for perioden er nådd.", "Partnerne leverer som avtalt.",
	},
	'a': {
		"Noe forsinket: venter på avklaring fra fylkeskommunen.", "Mangler folk i høst; tar det igjen over nyttår.",
		"Utredningen tar lengre tid enn ventet.",
	},
	'r': {"Står stille til finansieringen er på plass.", "Fristen kan ikke holdes uten nye midler."},
	'u': {"Ingen endring siden sist."},
}
