package history

import (
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
)

func (e Entry) tellPlan(event plan.Event) domain.Phrase {
	switch event := event.(type) {
	case plan.Imported:
		return e.tellImported(event)
	case plan.Adopted:
		return e.tellInForce(event)
	case plan.Endorsed:
		return e.tellEndorsed(event)
	case plan.Revised:
		return say("%[1]s reviderte %[2]s%[3]s", "%[1]s reviderte %[2]s%[3]s", "%[1]s revised %[2]s%[3]s", e.who(), e.thePlan(), by(event.Decision))
	case plan.Closed:
		return say("%[1]s avsluttet %[2]s%[3]s", "%[1]s avslutta %[2]s%[3]s", "%[1]s closed %[2]s%[3]s", e.who(), e.thePlan(), by(event.Decision))
	case plan.MeasureAdopted:
		return e.tellAdopted(event)
	case plan.MeasureAmended:
		return e.tellAmended(event)
	case plan.MeasureWithdrawn:
		return e.tellWithdrawn(event)
	case plan.MeasureAssigned:
		return e.tellAssigned(event)
	case plan.MeasureAccepted:
		return e.tellAccepted(event)
	case plan.MeasureDeclined:
		return e.tellDeclined(event)
	case plan.DeadlineAdopted:
		return e.tellDeadline(event)
	case plan.ForecastGiven:
		return e.tellForecast(event)
	case plan.MeasureStarted:
		return say("%[1]s satte i gang %[2]s", "%[1]s sette i gang %[2]s", "%[1]s started %[2]s", e.who(), e.thing())
	case plan.MeasureCompleted:
		return say("%[1]s fullførte %[2]s", "%[1]s fullførte %[2]s", "%[1]s completed %[2]s", e.who(), e.part(event.Deliverable))
	case plan.MeasureReopened:
		return say("%[1]s gjenåpnet %[2]s", "%[1]s gjenopna %[2]s", "%[1]s reopened %[2]s", e.who(), e.part(event.Deliverable))
	case plan.DeviationHandled:
		return e.tellDeviation(event)
	case plan.PartnerConfirmed:
		return e.tellConfirmed(event)
	case plan.PartnerResolved:
		return e.tellResolved(event)
	case plan.ContributionRecorded:
		return e.tellContribution(event)
	case plan.EvidenceAttached:
		return e.tellEvidence(event)
	}
	return domain.Phrase{}
}

func (e Entry) tellImported(event plan.Imported) domain.Phrase {
	warnings := counted(len(event.Warnings), say("varsel", "varsel", "warning"), say("varsler", "varsel", "warnings"))
	if len(event.Warnings) == 0 {
		warnings = say("ingen varsler", "ingen varsel", "no warnings")
	}
	return say("%[1]s importerte %[2]s fra filen «%[3]s», med %[4]s", "%[1]s importerte %[2]s frå fila «%[3]s», med %[4]s",
		"%[1]s imported %[2]s from the file “%[3]s”, with %[4]s", e.who(), e.thePlan(), event.File, warnings)
}

func (e Entry) tellInForce(event plan.Adopted) domain.Phrase {
	return say("%[1]s satte planen «%[2]s» i kraft for %[3]s–%[4]s%[5]s", "%[1]s sette planen «%[2]s» i kraft for %[3]s–%[4]s%[5]s",
		"%[1]s put the plan “%[2]s” in force for %[3]s–%[4]s%[5]s",
		e.who(), event.Title, event.From.Norwegian(), event.To.Norwegian(), by(event.Decision))
}

func (e Entry) tellEndorsed(event plan.Endorsed) domain.Phrase {
	return say("%[1]s registrerte at %[2]s har sluttet seg til %[3]s%[4]s", "%[1]s registrerte at %[2]s har slutta seg til %[3]s%[4]s",
		"%[1]s recorded that %[2]s has endorsed %[3]s%[4]s", e.who(), e.name(event.Municipality), e.thePlan(), by(event.Decision))
}

func (e Entry) tellAdopted(event plan.MeasureAdopted) domain.Phrase {
	told := say("%[1]s førte %[2]s inn i planen", "%[1]s førte %[2]s inn i planen", "%[1]s entered %[2]s in the plan", e.who(), e.thing())
	if event.Kind == plan.Arrangement {
		told = say("%[1]s førte samarbeidsordningen %[2]s inn i planen", "%[1]s førte samarbeidsordninga %[2]s inn i planen",
			"%[1]s entered the standing arrangement %[2]s in the plan", e.who(), e.thing())
	}
	if len(event.Owners) > 0 {
		told = say("%[1]s, med ansvar hos %[2]s", "%[1]s, med ansvar hos %[2]s", "%[1]s, with %[2]s responsible", told, e.nameAll(event.Owners))
	}
	if c := event.Continues; c != nil {
		told = say("%[1]s, som videreføring av %[2]s i %[3]s", "%[1]s, som vidareføring av %[2]s i %[3]s", "%[1]s, continuing %[2]s of %[3]s",
			told, string(c.Measure), string(c.Plan))
	}
	return told
}

// tellAmended names the column as the plan heads it.
func (e Entry) tellAmended(event plan.MeasureAmended) domain.Phrase {
	column, decision := domain.ColumnWords.Of(string(event.Field)), by(event.Decision)
	was, is := e.column(event.Field, event.Old), e.column(event.Field, event.New)
	switch {
	case event.Old == "":
		return say("%[1]s fylte ut kolonnen «%[2]s» for %[3]s med «%[4]s»%[5]s", "%[1]s fylte ut kolonnen «%[2]s» for %[3]s med «%[4]s»%[5]s",
			"%[1]s filled in the column “%[2]s” of %[3]s with “%[4]s”%[5]s", e.who(), column, e.thing(), is, decision)
	case event.New == "":
		return say("%[1]s tømte kolonnen «%[2]s» for %[3]s (det stod «%[4]s»)%[5]s", "%[1]s tømte kolonnen «%[2]s» for %[3]s (det stod «%[4]s»)%[5]s",
			"%[1]s emptied the column “%[2]s” of %[3]s (it said “%[4]s”)%[5]s", e.who(), column, e.thing(), was, decision)
	}
	return say("%[1]s endret kolonnen «%[2]s» for %[3]s fra «%[4]s» til «%[5]s»%[6]s", "%[1]s endra kolonnen «%[2]s» for %[3]s frå «%[4]s» til «%[5]s»%[6]s",
		"%[1]s changed the column “%[2]s” of %[3]s from “%[4]s” to “%[5]s”%[6]s", e.who(), column, e.thing(), was, is, decision)
}

// column is a column's value with names for ids.
func (e Entry) column(f plan.Field, value string) domain.Phrase {
	switch f {
	case plan.FieldOwners, plan.FieldPartners:
		return e.nameAll(plan.SplitActors(value))
	case plan.FieldStrategy:
		return same(e.strategy(value))
	case plan.FieldFocusArea, plan.FieldInitiative, plan.FieldText:
	}
	return same(shortened(value, 80))
}

func (e Entry) tellAssigned(event plan.MeasureAssigned) domain.Phrase {
	m, _ := e.before.(measure)
	was, owner := m.row.Owner, e.name(event.Owner)
	var told domain.Phrase
	switch was {
	case "":
		told = say("%[1]s ga %[2]s ansvaret for %[3]s", "%[1]s gav %[2]s ansvaret for %[3]s", "%[1]s made %[2]s responsible for %[3]s",
			e.who(), owner, e.thing())
	case event.Owner:
		told = say("%[1]s ga %[2]s ansvaret for %[3]s på nytt", "%[1]s gav %[2]s ansvaret for %[3]s på nytt",
			"%[1]s made %[2]s responsible for %[3]s again", e.who(), owner, e.thing())
	default:
		told = say("%[1]s flyttet ansvaret for %[3]s fra %[4]s til %[2]s", "%[1]s flytta ansvaret for %[3]s frå %[4]s til %[2]s",
			"%[1]s moved the responsibility for %[3]s from %[4]s to %[2]s", e.who(), owner, e.thing(), e.name(was))
	}
	if event.User == "" {
		return told
	}
	return say("%[1]s, ved %[2]s", "%[1]s, ved %[2]s", "%[1]s, through %[2]s", told, userCalled(event.User))
}

// tellAccepted tells apart the owner's own word and somebody who passes it on.
func (e Entry) tellAccepted(event plan.MeasureAccepted) domain.Phrase {
	if event.Owner == e.OnBehalfOf {
		return say("%[1]s tok på seg ansvaret for %[2]s", "%[1]s tok på seg ansvaret for %[2]s", "%[1]s accepted the responsibility for %[2]s",
			e.who(), e.thing())
	}
	return say("%[1]s registrerte at %[2]s tok på seg ansvaret for %[3]s", "%[1]s registrerte at %[2]s tok på seg ansvaret for %[3]s",
		"%[1]s recorded that %[2]s accepted the responsibility for %[3]s", e.who(), e.name(event.Owner), e.thing())
}

func (e Entry) tellDeclined(event plan.MeasureDeclined) domain.Phrase {
	if event.Owner == e.OnBehalfOf {
		return say("%[1]s sa nei til ansvaret for %[2]s", "%[1]s sa nei til ansvaret for %[2]s", "%[1]s declined the responsibility for %[2]s",
			e.who(), e.thing())
	}
	return say("%[1]s registrerte at %[2]s sa nei til ansvaret for %[3]s", "%[1]s registrerte at %[2]s sa nei til ansvaret for %[3]s",
		"%[1]s recorded that %[2]s declined the responsibility for %[3]s", e.who(), e.name(event.Owner), e.thing())
}

func (e Entry) tellDeadline(event plan.DeadlineAdopted) domain.Phrase {
	m, _ := e.before.(measure)
	old, _ := m.row.Deliverables.Lookup(event.Deliverable)
	part, day, decision := e.part(event.Deliverable), event.Deadline.Norwegian(), by(event.Decision)
	if old.Deadline.IsZero() || old.Deadline == event.Deadline {
		return say("%[1]s satte fristen for %[2]s til %[3]s%[4]s", "%[1]s sette fristen for %[2]s til %[3]s%[4]s",
			"%[1]s set the deadline of %[2]s to %[3]s%[4]s", e.who(), part, day, decision)
	}
	return say("%[1]s flyttet fristen for %[2]s fra %[5]s til %[3]s%[4]s", "%[1]s flytta fristen for %[2]s frå %[5]s til %[3]s%[4]s",
		"%[1]s moved the deadline of %[2]s from %[5]s to %[3]s%[4]s", e.who(), part, day, decision, old.Deadline.Norwegian())
}

func (e Entry) tellForecast(event plan.ForecastGiven) domain.Phrase {
	m, _ := e.before.(measure)
	old, _ := m.forecasts.Lookup(event.Deliverable)
	part, day := e.part(event.Deliverable), event.Forecast.Norwegian()
	if old.IsZero() || old == event.Forecast {
		return say("%[1]s satte prognosen for %[2]s til %[3]s", "%[1]s sette prognosen for %[2]s til %[3]s",
			"%[1]s set the forecast for %[2]s to %[3]s", e.who(), part, day)
	}
	return say("%[1]s endret prognosen for %[2]s fra %[4]s til %[3]s", "%[1]s endra prognosen for %[2]s frå %[4]s til %[3]s",
		"%[1]s changed the forecast for %[2]s from %[4]s to %[3]s", e.who(), part, day, old.Norwegian())
}

func (e Entry) tellWithdrawn(event plan.MeasureWithdrawn) domain.Phrase {
	return say("%[1]s tok %[2]s ut av planen%[3]s", "%[1]s tok %[2]s ut av planen%[3]s", "%[1]s took %[2]s out of the plan%[3]s",
		e.who(), e.thing(), by(event.Decision))
}

func (e Entry) tellDeviation(event plan.DeviationHandled) domain.Phrase {
	return say("%[1]s behandlet avviket i %[2]s%[3]s", "%[1]s behandla avviket i %[2]s%[3]s", "%[1]s handled the deviation in %[2]s%[3]s",
		e.who(), e.thing(), by(event.Decision))
}

func (e Entry) tellConfirmed(event plan.PartnerConfirmed) domain.Phrase {
	if event.Partner == e.OnBehalfOf {
		return say("%[1]s bekreftet sin deltakelse i %[2]s", "%[1]s stadfesta si deltaking i %[2]s", "%[1]s confirmed taking part in %[2]s",
			e.who(), e.thing())
	}
	return say("%[1]s bekreftet at %[2]s er med i %[3]s", "%[1]s stadfesta at %[2]s er med i %[3]s",
		"%[1]s confirmed that %[2]s takes part in %[3]s", e.who(), e.name(event.Partner), e.thing())
}

func (e Entry) tellResolved(event plan.PartnerResolved) domain.Phrase {
	return say("%[1]s avklarte at «%[2]s» i %[3]s er %[4]s", "%[1]s avklarte at «%[2]s» i %[3]s er %[4]s",
		"%[1]s settled that “%[2]s” in %[3]s means %[4]s", e.who(), e.name(event.Partner), e.thing(), e.nameAll(event.Into))
}

func (e Entry) tellContribution(event plan.ContributionRecorded) domain.Phrase {
	if event.Partner == e.OnBehalfOf {
		return say("%[1]s registrerte et bidrag til %[2]s%[3]s", "%[1]s registrerte eit bidrag til %[2]s%[3]s",
			"%[1]s recorded a contribution to %[2]s%[3]s", e.who(), e.thing(), contributed(event))
	}
	return say("%[1]s registrerte et bidrag fra %[4]s til %[2]s%[3]s", "%[1]s registrerte eit bidrag frå %[4]s til %[2]s%[3]s",
		"%[1]s recorded a contribution from %[4]s to %[2]s%[3]s", e.who(), e.thing(), contributed(event), e.name(event.Partner))
}

func (e Entry) tellEvidence(event plan.EvidenceAttached) domain.Phrase {
	return say("%[1]s la ved «%[2]s» som dokumentasjon på %[3]s", "%[1]s la ved «%[2]s» som dokumentasjon på %[3]s",
		"%[1]s attached “%[2]s” as evidence of %[3]s", e.who(), event.Name, e.thing())
}

// contributed is «: 8 timer og 50 000 kr»; empty when neither is known.
func contributed(event plan.ContributionRecorded) domain.Phrase {
	var parts []domain.Phrase
	if event.Hours != 0 {
		word := say("timer", "timar", "hours")
		if event.Hours == 1 {
			word = say("time", "time", "hour")
		}
		parts = append(parts, say("%[1]s %[2]s", "%[1]s %[2]s", "%[1]s %[2]s", decimal(event.Hours), word))
	}
	if a := event.Amount; a != nil {
		currency := strings.Replace(a.Currency, "NOK", "kr", 1)
		parts = append(parts, say("%[1]s %[2]s", "%[1]s %[2]s", "%[3]s %[1]s", grouped(a.Value), currency, a.Currency))
	}
	switch len(parts) {
	case 0:
		return domain.Phrase{}
	case 1:
		return say(": %[1]s", ": %[1]s", ": %[1]s", parts[0])
	}
	return say(": %[1]s og %[2]s", ": %[1]s og %[2]s", ": %[1]s and %[2]s", parts[0], parts[1])
}
