package history

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

func (e Entry) tellReporting(event reporting.Event) domain.Phrase {
	who := e.who()
	switch event := event.(type) {
	case reporting.PeriodOpened:
		return e.tellOpened(event)
	case reporting.PeriodClosed:
		return say("%[1]s lukket rapporteringsperioden %[2]s", "%[1]s lukka rapporteringsperioden %[2]s",
			"%[1]s closed the reporting period %[2]s", who, string(event.Period))
	case reporting.DeliveryDefined:
		return say("%[1]s fastsatte versjon %[2]s av definisjonen av gjennomføringskraft", "%[1]s fastsette versjon %[2]s av definisjonen av gjennomføringskraft",
			"%[1]s set version %[2]s of the definition of delivery", who, event.Version)
	case reporting.Reported:
		return e.tellReported(event)
	case reporting.Returned:
		return say("%[1]s sendte tilbake %[2]s", "%[1]s sende tilbake %[2]s", "%[1]s returned %[2]s", who, e.report(event.Report))
	case reporting.Approved:
		return say("%[1]s godkjente %[2]s", "%[1]s godkjende %[2]s", "%[1]s approved %[2]s", who, e.report(event.Report))
	case reporting.Withdrawn:
		return say("%[1]s trakk tilbake %[2]s", "%[1]s trekte tilbake %[2]s", "%[1]s withdrew %[2]s", who, e.report(event.Report))
	}
	return domain.Phrase{}
}

func (e Entry) tellOpened(event reporting.PeriodOpened) domain.Phrase {
	again := domain.Phrase{}
	if e.before != nil {
		again = say(" på nytt", " på nytt", " again")
	}
	return say("%[1]s åpnet rapporteringsperioden %[2]s (%[3]s–%[4]s)%[6]s, med rapportfrist %[5]s",
		"%[1]s opna rapporteringsperioden %[2]s (%[3]s–%[4]s)%[6]s, med rapportfrist %[5]s",
		"%[1]s opened the reporting period %[2]s (%[3]s–%[4]s)%[6]s, with reports due %[5]s",
		e.who(), string(event.Period), event.From.Norwegian(), event.To.Norwegian(), event.ReportDeadline.Norwegian(), again)
}

func (e Entry) tellReported(event reporting.Reported) domain.Phrase {
	told := say("%[1]s rapporterte %[2]s status for %[3]s i %[4]s", "%[1]s rapporterte %[2]s status for %[3]s i %[4]s",
		"%[1]s reported %[2]s status for %[3]s in %[4]s",
		e.who(), domain.StatusWords.Of(string(event.Status)), e.thing(), string(event.Period))
	if event.Forecast.IsZero() {
		return told
	}
	return say("%[1]s, med prognose %[2]s", "%[1]s, med prognose %[2]s", "%[1]s, with forecast %[2]s", told, event.Forecast.Norwegian())
}

// report is «rapporten om t07 … for T1-2023».
func (e Entry) report(id domain.ReportID) domain.Phrase {
	m, _ := e.before.(measure)
	given, ok := m.reports.Lookup(id)
	if !ok {
		return say("rapporten %[1]s", "rapporten %[1]s", "the report %[1]s", string(id))
	}
	return say("rapporten om %[1]s for %[2]s", "rapporten om %[1]s for %[2]s", "the report on %[1]s for %[2]s", e.thing(), string(given.period))
}
