package domaintest

import (
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// The people and places of the examples.
const (
	Region = domain.RegionID("fosen")
	Plan   = domain.PlanID("handlingsplan-2022-2024")

	Anne = domain.UserID("anne") // began the log: administrator and coordinator
	Olav = domain.UserID("olav") // administrator
	Kari = domain.UserID("kari") // coordinator
	Ola  = domain.UserID("ola")  // owner, for radet
	Rita = domain.UserID("rita") // reader
	Siri = domain.UserID("siri") // nobody has granted her anything
)

// Adopted is the day of the Plan's decision.
const Adopted = "2022-06-10"

// Measures of the Plan.
var (
	T01 = plan.On{Measure: "t01"} // once; partners ntnu, roan, kommunene
	T02 = plan.On{Measure: "t02"} // once; no partners
	T03 = plan.On{Measure: "t03"} // ongoing
	O01 = plan.On{Measure: "o01"} // arrangement
)

// Decision is one with all that a decision may say.
var Decision = plan.Decision{Body: "Representantskapet", Case: "RS 03/22", Date: domain.MustDate(Adopted)}

// Case is one with a case number and nothing else.
func Case(number string) plan.Decision { return plan.Decision{Case: number} }

// Registered is a region with its users and its register, and no plan.
func Registered() []Ask {
	const day = "2022-06-01"
	asks := []Ask{
		On(day, actors.RegisterRegion{Region: Region, Name: "Fosenregionen", Form: "interkommunalt politisk råd"}),
	}
	for _, a := range []actors.Register{
		{Actor: "radet", Name: "Rådet", Kind: actors.Body, Sector: actors.Public},
		{Actor: "radmannsforum", Name: "Rådmannsforum", Kind: actors.Body, Sector: actors.Public},
		{Actor: "ntnu", Name: "NTNU", Kind: actors.Organisation, Sector: actors.Knowledge},
		{Actor: "afjord", Name: "Åfjord", Kind: actors.Municipality, Sector: actors.Public},
		{Actor: "orland", Name: "Ørland", Kind: actors.Municipality, Sector: actors.Public},
		{Actor: "roan", Name: "Roan", Kind: actors.Municipality, Sector: actors.Public},
		{Actor: "kommunene", Name: "Kommunene", Kind: actors.Collective, Sector: actors.Public},
	} {
		asks = append(asks, On(day, a))
	}
	return append(asks,
		On(day, actors.Grant{User: Olav, Role: domain.RoleAdministrator}),
		On(day, actors.Grant{User: Kari, Role: domain.RoleCoordinator}),
		On(day, actors.Grant{User: Ola, Role: domain.RoleOwner, Actors: []domain.ActorID{"radet"}}),
		On(day, actors.Grant{User: Rita, Role: domain.RoleReader}),
	)
}

// Fosen is Registered with the Plan in force.
func Fosen() []Ask { return append(Registered(), On("2022-06-20", Import())) }

// Import is the Plan as a file brings it.
func Import() plan.Import {
	return plan.Import{
		File: plan.Imported{File: "plan.docx", SHA256: "0a1b", Format: "docx"},
		Plan: plan.Adopted{
			Plan: Plan, Title: "Handlingsplan 2022–2024", From: domain.MustDate("2022-01-01"), To: domain.MustDate("2024-12-31"),
			Decision: Decision, Strategies: []plan.Strategy{{ID: "s1", Title: "Verdiskaping"}, {ID: "s2", Title: "Bolyst"}},
		},
		Measures: []plan.Row{
			{ID: "t01", Measure: plan.MeasureAdopted{
				Kind: plan.OneOff, Strategy: "s1", FocusArea: "Rammebetingelser", Initiative: "Felles arbeidsgiveravgift", Text: "Politisk arbeid",
				Owners: []domain.ActorID{"radet"}, Partners: []domain.ActorID{"ntnu", "roan", "kommunene"},
			}},
			{ID: "t02", Measure: plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s2", Text: "Boligplan"}},
			{ID: "t03", Measure: plan.MeasureAdopted{Kind: plan.Ongoing, Strategy: "s2", Text: "Årlig konferanse"}},
			{ID: "o01", Measure: plan.MeasureAdopted{Kind: plan.Arrangement, Strategy: "s1", Initiative: "Felles legevakt"}},
		},
	}
}
