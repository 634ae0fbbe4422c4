package plantable

import "github.com/fosenregionen/framdrift/domain"

// messages says each doubt: what stands there, how it was read, what to do.
var messages = map[Code]domain.Phrase{
	NoTitle: {
		NB: "Fant ingen tittel over tabellen. Gi planen en tittel ved import.",
		NN: "Fann ingen tittel over tabellen. Gje planen ein tittel ved import.",
		EN: "Found no title above the table. Give the plan a title when importing.",
	},
	NoOrganisation: {
		NB: "Dokumentet sier ikke hvem planen gjelder for.",
		NN: "Dokumentet seier ikkje kven planen gjeld for.",
		EN: "The document does not say whose plan it is.",
	},
	OrganisationUncertain: {
		NB: "«%[1]s» er lest som navnet på organisasjonen, bare ut fra tittelen. Sjekk at det stemmer.",
		NN: "«%[1]s» er lese som namnet på organisasjonen, berre ut frå tittelen. Sjekk at det stemmer.",
		EN: "“%[1]s” is read as the name of the organisation, from the title alone. Check that it is right.",
	},
	NoPeriod: {
		NB: "Fant ingen planperiode over tabellen. Gi årene ved import.",
		NN: "Fann ingen planperiode over tabellen. Gje åra ved import.",
		EN: "Found no plan period above the table. Give the years when importing.",
	},
	PeriodDiffers: {
		NB: "Her står perioden «%[1]s», men planen er lest med «%[2]s».",
		NN: "Her står perioden «%[1]s», men planen er lesen med «%[2]s».",
		EN: "The period here is “%[1]s”, but the plan is read with “%[2]s”.",
	},
	NoDecision: {
		NB: "Dokumentet har ikke med vedtaket. Oppgi organ, sak og dato før planen settes i kraft.",
		NN: "Dokumentet har ikkje med vedtaket. Oppgje organ, sak og dato før planen blir sett i kraft.",
		EN: "The document does not carry its decision. Give body, case and date before the plan is put in force.",
	},
	DecisionIncomplete: {
		NB: "Vedtaket i dokumentet mangler organ, sak eller dato. Oppgi det som mangler før planen settes i kraft.",
		NN: "Vedtaket i dokumentet manglar organ, sak eller dato. Oppgje det som manglar før planen blir sett i kraft.",
		EN: "The decision in the document lacks body, case or date. Give what is missing before the plan is put in force.",
	},
	DecisionDiffers: {
		NB: "Her er vedtaket datert %[1]s, men planen er lest med %[2]s.",
		NN: "Her er vedtaket datert %[1]s, men planen er lesen med %[2]s.",
		EN: "The decision is dated %[1]s here, but the plan is read with %[2]s.",
	},
	EncodingGuessed: {
		NB: "Fila er ikke lagret som UTF-8. Den er lest som %[1]s; sjekk at æ, ø og å er riktige.",
		NN: "Fila er ikkje lagra som UTF-8. Ho er lesen som %[1]s; sjekk at æ, ø og å er rette.",
		EN: "The file is not saved as UTF-8. It is read as %[1]s; check that æ, ø and å are right.",
	},
	ColumnUnknown: {
		NB: "Kolonnen «%[1]s» er ukjent. Innholdet er tatt vare på som merknad til hver rad.",
		NN: "Kolonnen «%[1]s» er ukjend. Innhaldet er teke vare på som merknad til kvar rad.",
		EN: "The column “%[1]s” is unknown. What stands in it is kept as a note to each row.",
	},
	ColumnTwice: {
		NB: "Kolonnen «%[1]s» betyr det samme som «%[2]s». Innholdet er tatt vare på som merknad til hver rad.",
		NN: "Kolonnen «%[1]s» tyder det same som «%[2]s». Innhaldet er teke vare på som merknad til kvar rad.",
		EN: "The column “%[1]s” means the same as “%[2]s”. What stands in it is kept as a note to each row.",
	},
	ColumnNone: {
		NB: "Tabellen har ingen kolonne for %[1]s, så ingen tiltak har det. Ingenting er gjettet.",
		NN: "Tabellen har ingen kolonne for %[1]s, så ingen tiltak har det. Ingenting er gjetta.",
		EN: "The table has no column for %[1]s, so no measure has any. Nothing is guessed.",
	},
	HeadingWrongColumn: {
		NB: "Strategioverskriften «%[1]s» står i en annen kolonne enn de andre. Den er lest som overskrift.",
		NN: "Strategioverskrifta «%[1]s» står i ein annan kolonne enn dei andre. Ho er lesen som overskrift.",
		EN: "The strategy heading “%[1]s” stands in another column than the others. It is read as a heading.",
	},
	HeadingUncertain: {
		NB: "«%[1]s» kan være en strategioverskrift, men har ikke form som de andre. Den er lest som innsats.",
		NN: "«%[1]s» kan vere ei strategioverskrift, men har ikkje form som dei andre. Ho er lesen som innsats.",
		EN: "“%[1]s” may be a strategy heading, but has not the form of the others. It is read as a focus area.",
	},
	HeadingEmpty: {
		NB: "Det står ingenting under «%[1]s», så teksten er ikke med i noen rad.",
		NN: "Det står ingenting under «%[1]s», så teksten er ikkje med i noka rad.",
		EN: "Nothing stands under “%[1]s”, so the text is in no row.",
	},
	RowJoined: {
		NB: "Raden er delt av et sideskift og er lest som en fortsettelse av linje %[1]d: «%[2]s».",
		NN: "Rada er delt av eit sideskift og er lesen som eit framhald av linje %[1]d: «%[2]s».",
		EN: "The row is broken by a page and is read as going on from line %[1]d: “%[2]s”.",
	},
	RowShifted: {
		NB: "Kolonnene i raden ser forskjøvet ut: «%[1]s» står under TILTAK. Raden er lest slik den står.",
		NN: "Kolonnane i rada ser forskovne ut: «%[1]s» står under TILTAK. Rada er lesen slik ho står.",
		EN: "The columns of the row look shifted: “%[1]s” stands under TILTAK (measure). The row is read as it stands.",
	},
	RowNoMeasure: {
		NB: "Raden «%[1]s» har ikke noe tiltak. Skriv tiltaket, eller bekreft at dette er en ordning.",
		NN: "Rada «%[1]s» har ikkje noko tiltak. Skriv tiltaket, eller stadfest at dette er ei ordning.",
		EN: "The row “%[1]s” has no measure. Write the measure, or confirm that this is an arrangement.",
	},
	RowNoOwner: {
		NB: "Tiltaket «%[1]s» har ingen ansvarlig.",
		NN: "Tiltaket «%[1]s» har ingen ansvarleg.",
		EN: "The measure “%[1]s” has no owner.",
	},
	RowNoPartners: {
		NB: "Tiltaket «%[1]s» har ingen samarbeidspartnere, selv om nesten alle andre har det.",
		NN: "Tiltaket «%[1]s» har ingen samarbeidspartnarar, sjølv om nesten alle andre har det.",
		EN: "The measure “%[1]s” has no partners, although nearly all others have.",
	},
	RowExtraCells: {
		NB: "«%[1]s» står til høyre for den siste overskriften. Det er tatt vare på som merknad.",
		NN: "«%[1]s» står til høgre for den siste overskrifta. Det er teke vare på som merknad.",
		EN: "“%[1]s” stands to the right of the last heading. It is kept as a note.",
	},
	RowHidden: {
		NB: "Raden «%[1]s» er skjult i arket, og er lest likevel. Sjekk om den hører til planen.",
		NN: "Rada «%[1]s» er skjult i arket, og er lesen likevel. Sjekk om ho høyrer til planen.",
		EN: "The row “%[1]s” is hidden in the sheet, and is read all the same. Check whether it belongs to the plan.",
	},
	RowNameTwice: {
		NB: "Ordningen «%[1]s» har samme navn som handlingsplanen i linje %[2]d. Begge er tatt med.",
		NN: "Ordninga «%[1]s» har same namn som handlingsplanen i linje %[2]d. Begge er tekne med.",
		EN: "The arrangement “%[1]s” has the name of the initiative in line %[2]d. Both are kept.",
	},
	MeasureGlued: {
		NB: "Tiltaket «%[1]s» ser ut som %[2]d tiltak i én celle. Det er lest som ett.",
		NN: "Tiltaket «%[1]s» ser ut som %[2]d tiltak i éi celle. Det er lese som eitt.",
		EN: "The measure “%[1]s” looks like %[2]d measures in one cell. It is read as one.",
	},
	MeasureOngoing: {
		NB: "Tiltaket er lest som løpende på grunn av ordet «%[1]s».",
		NN: "Tiltaket er lese som løpande på grunn av ordet «%[1]s».",
		EN: "The measure is read as ongoing because of the word “%[1]s”.",
	},
	TextHyphen: {
		NB: "«%[1]s» har mellomrom etter bindestreken, kanskje fra en linjedeling. Det er lest slik det står.",
		NN: "«%[1]s» har mellomrom etter bindestreken, kanskje frå ei linjedeling. Det er lese slik det står.",
		EN: "“%[1]s” has a space after the hyphen, perhaps from a broken line. It is read as it stands.",
	},
	OwnersUncertain: {
		NB: "Det er usikkert hvor de ansvarlige skilles. Lest som %[1]s.",
		NN: "Det er uvisst kvar dei ansvarlege skil lag. Lese som %[1]s.",
		EN: "Where the owners part is uncertain. Read as %[1]s.",
	},
	PartnersUncertain: {
		NB: "Det er usikkert hvor samarbeidspartnerne skilles. Lest som %[1]s.",
		NN: "Det er uvisst kvar samarbeidspartnarane skil lag. Lese som %[1]s.",
		EN: "Where the partners part is uncertain. Read as %[1]s.",
	},
	CellMerged: {
		NB: "Cellen er slått sammen med cellen i linje %[2]d, så «%[1]s» er lest for begge radene.",
		NN: "Cella er slått saman med cella i linje %[2]d, så «%[1]s» er lese for begge radene.",
		EN: "The cell is merged with the one in line %[2]d, so “%[1]s” is read for both rows.",
	},
	DeadlineUnclear: {
		NB: "Fristen «%[1]s» er ikke en bestemt dag. Bare teksten er tatt med; sett datoen ved import.",
		NN: "Fristen «%[1]s» er ikkje ein bestemt dag. Berre teksten er teken med; set datoen ved import.",
		EN: "The deadline “%[1]s” is not a certain day. Only its text is kept; set the date when importing.",
	},
	LineOutside: {
		NB: "Linjen «%[1]s» hører ikke til tabellen og er ikke med i noen rad.",
		NN: "Linja «%[1]s» høyrer ikkje til tabellen og er ikkje med i noka rad.",
		EN: "The line “%[1]s” is no part of the table and is in no row.",
	},
	SheetHidden: {
		NB: "Arket «%[1]s» er skjult og er ikke lest. Vis det i regnearket hvis det hører til planen.",
		NN: "Arket «%[1]s» er skjult og er ikkje lese. Vis det i reknearket om det høyrer til planen.",
		EN: "The sheet “%[1]s” is hidden and is not read. Show it in the workbook if it belongs to the plan.",
	},
	TableOutside: {
		NB: "Arket eller tabellen som begynner med «%[1]s», har ingen overskrift TILTAK, så ingenting i den er lest.",
		NN: "Arket eller tabellen som byrjar med «%[1]s», har inga overskrift TILTAK, så ingenting der er lese.",
		EN: "The sheet or table that begins with “%[1]s” has no heading TILTAK (measure), so nothing in it is read.",
	},
}
