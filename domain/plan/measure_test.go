package plan_test

import (
	"math"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
)

// Who answers for a measure, and who takes part.
var (
	asked = On("2022-09-01", plan.Assign{On: T01, Owner: "radet"})

	owners = []Row{
		Rule("An owner is asked to answer for a measure",
			Given(), On("2022-09-01", plan.Assign{On: T01, Owner: "radet", User: Ola}),
			Then(That("measure/t01", plan.MeasureAssigned{Owner: "radet", User: Ola}))),
		Rule("assigned names an actor in the register",
			Given(), On("2022-09-01", plan.Assign{On: T01, Owner: "ukjent"}), Refused("actor.not-registered")),
		Rule("… that is valid on the day: not after it became part of another",
			Given(On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord", From: day("2023-01-01")})),
			On("2023-02-01", plan.Assign{On: T01, Owner: "roan"}), Refused("actor.not-registered")),
		Rule("… but before it did, for history keeps the old names",
			Given(On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord", From: day("2023-01-01")})),
			On("2023-02-01", plan.Assign{On: T01, Owner: "roan"}).Dated("2022-12-31"),
			Then(That("measure/t01", plan.MeasureAssigned{Owner: "roan"}).Dated("2022-12-31"))),
		Rule("… and not before it was registered",
			Given(On("2023-03-01", actors.Register{Actor: "osen", Name: "Osen", Kind: actors.Municipality, Sector: actors.Public})),
			On("2023-03-02", plan.Assign{On: T01, Owner: "osen"}).Dated("2023-02-28"), Refused("actor.not-registered")),
		Rule("A user who answers is an id, not a name",
			Given(), On("2022-09-01", plan.Assign{On: T01, Owner: "radet", User: "Ola Nordmann"}), Refused("input.id")),
		Rule("One owner answers at a time: another replaces the first",
			Given(asked, On("2022-09-02", plan.Accept{On: T01}), On("2022-10-01", plan.Assign{On: T01, Owner: "radmannsforum"})),
			On("2022-10-02", plan.Accept{On: T01, Owner: "radet"}), Refused("measure.not-the-owner")),
		Rule("An owner who has been asked is not asked again",
			Given(asked), On("2022-10-01", plan.Assign{On: T01, Owner: "radet"}), Refused("measure.already-assigned")),
		Rule("… unless the answer was no",
			Given(asked, On("2022-09-02", plan.Decline{On: T01, Why: "Ikke vårt bord"})),
			On("2022-10-01", plan.Assign{On: T01, Owner: "radet"}), Then(That("measure/t01", plan.MeasureAssigned{Owner: "radet"}))),
		Rule("… or another user is to answer for it",
			Given(asked), On("2022-10-01", plan.Assign{On: T01, Owner: "radet", User: Ola}), Then(That("measure/t01", plan.MeasureAssigned{Owner: "radet", User: Ola}))),
		Rule("The owner's yes is recorded on behalf of the owner",
			Given(asked), On("2022-09-02", plan.Accept{On: T01}), Then(That("measure/t01", plan.MeasureAccepted{Owner: "radet"}).For("radet"))),
		Rule("Nobody answers before somebody is asked",
			Given(), On("2022-09-02", plan.Accept{On: T01}), Refused("measure.not-assigned")),
		Rule("Nobody answers on behalf of another than the one who was asked",
			Given(asked), On("2022-09-02", plan.Accept{On: T01}).For("ntnu"), Refused("measure.not-the-owner")),
		Rule("One yes is enough", Given(asked, On("2022-09-02", plan.Accept{On: T01})), On("2022-09-03", plan.Accept{On: T01}), Refused("measure.already-accepted")),
		Rule("Each assignment needs its own acceptance",
			Given(asked, On("2022-09-02", plan.Accept{On: T01}), On("2022-10-01", plan.Assign{On: T01, Owner: "radmannsforum"})),
			On("2022-10-02", plan.Accept{On: T01}), Then(That("measure/t01", plan.MeasureAccepted{Owner: "radmannsforum"}).For("radmannsforum"))),
		Rule("The owner's no says why, and is recorded on behalf of the owner",
			Given(asked), On("2022-09-02", plan.Decline{On: T01, Why: "Ikke vårt bord"}),
			Then(That("measure/t01", plan.MeasureDeclined{Owner: "radet", Why: "Ikke vårt bord"}).For("radet"))),
		Rule("A no without a reason is not enough", Given(asked), On("2022-09-02", plan.Decline{On: T01, Why: " \n"}), Refused("input.empty")),
		Rule("A yes may become a no",
			Given(asked, On("2022-09-02", plan.Accept{On: T01})), On("2022-09-03", plan.Decline{On: T01, Why: "Uten midler"}),
			Then(That("measure/t01", plan.MeasureDeclined{Owner: "radet", Why: "Uten midler"}).For("radet"))),
		Rule("A no may become a yes",
			Given(asked, On("2022-09-02", plan.Decline{On: T01, Why: "Uten midler"})), On("2022-09-03", plan.Accept{On: T01}),
			Then(That("measure/t01", plan.MeasureAccepted{Owner: "radet"}).For("radet"))),
		Rule("One no is enough",
			Given(asked, On("2022-09-02", plan.Decline{On: T01, Why: "Uten midler"})), On("2022-09-03", plan.Decline{On: T01, Why: "Fortsatt"}), Refused("measure.already-declined")),
		Rule("Nobody says no for another", Given(asked), On("2022-09-02", plan.Decline{On: T01, Owner: "ntnu", Why: "Nei"}), Refused("measure.not-the-owner")),
	}

	partners = []Row{
		Rule("A partner that the plan names may confirm", Given(), On("2022-09-01", plan.ConfirmPartner{On: T01, Partner: "ntnu"}),
			Then(That("measure/t01", plan.PartnerConfirmed{Partner: "ntnu"}))),
		Rule("A partner that the plan does not name may not", Given(), On("2022-09-01", plan.ConfirmPartner{On: T01, Partner: "orland"}), Refused("partner.not-named")),
		Rule("A collective is resolved into the actors it means here",
			Given(), On("2022-09-01", plan.ResolvePartner{On: T01, Partner: "kommunene", Into: []domain.ActorID{"orland", "afjord"}}),
			Then(That("measure/t01", plan.PartnerResolved{Partner: "kommunene", Into: []domain.ActorID{"orland", "afjord"}}))),
		Rule("Those a collective was resolved into are partners, and may confirm",
			Given(On("2022-09-01", plan.ResolvePartner{On: T01, Partner: "kommunene", Into: []domain.ActorID{"orland"}})),
			On("2022-09-02", plan.ConfirmPartner{On: T01, Partner: "orland"}), Then(That("measure/t01", plan.PartnerConfirmed{Partner: "orland"}))),
		Rule("… until it is resolved into others",
			Given(On("2022-09-01", plan.ResolvePartner{On: T01, Partner: "kommunene", Into: []domain.ActorID{"orland"}}),
				On("2022-09-02", plan.ResolvePartner{On: T01, Partner: "kommunene", Into: []domain.ActorID{"afjord"}})),
			On("2022-09-03", plan.ConfirmPartner{On: T01, Partner: "orland"}), Refused("partner.not-named")),
		Rule("Who stands in for a partner after a merger may confirm",
			Given(On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord"})),
			On("2023-01-11", plan.ConfirmPartner{On: T01, Partner: "afjord"}), Then(That("measure/t01", plan.PartnerConfirmed{Partner: "afjord"}))),
		Rule("… and not before it", Given(On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord"})),
			On("2023-01-11", plan.ConfirmPartner{On: T01, Partner: "afjord"}).Dated("2023-01-09"), Refused("partner.not-named")),
		Rule("A partner that has become part of another does not confirm any more",
			Given(On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord"})),
			On("2023-01-11", plan.ConfirmPartner{On: T01, Partner: "roan"}), Refused("actor.not-registered")),
		Rule("Only a collective is resolved",
			Given(), On("2022-09-01", plan.ResolvePartner{On: T01, Partner: "ntnu", Into: []domain.ActorID{"orland"}}), Refused("partner.not-a-collective")),
		Rule("… one that the plan names",
			Given(), On("2022-09-01", plan.ResolvePartner{On: T02, Partner: "kommunene", Into: []domain.ActorID{"orland"}}), Refused("partner.not-named")),
		Rule("… into somebody", Given(), On("2022-09-01", plan.ResolvePartner{On: T01, Partner: "kommunene"}), Refused("input.empty")),
		Rule("… who stands in the register",
			Given(), On("2022-09-01", plan.ResolvePartner{On: T01, Partner: "kommunene", Into: []domain.ActorID{"rissa"}}), Refused("actor.not-registered")),
		Rule("… and is not a collective again",
			Given(), On("2022-09-01", plan.ResolvePartner{On: T01, Partner: "kommunene", Into: []domain.ActorID{"kommunene"}}), Refused("partner.still-a-collective")),
		Rule("A contribution says what, with hours and money if they are known",
			Given(), On("2022-09-01", plan.RecordContribution{On: T01, Partner: "orland", Text: "Prosjektleder", Hours: 37.5, Amount: &plan.Money{Value: 100_000, Currency: "NOK"}}),
			Then(That("measure/t01", plan.ContributionRecorded{Partner: "orland", Text: "Prosjektleder", Hours: 37.5, Amount: &plan.Money{Value: 100_000, Currency: "NOK"}}))),
		Rule("Who contributes stands in the register", Given(), On("2022-09-01", plan.RecordContribution{On: T01, Partner: "ukjent"}), Refused("actor.not-registered")),
		Rule("Hours are not negative", Given(), On("2022-09-01", plan.RecordContribution{On: T01, Partner: "ntnu", Hours: -1}), Refused("input.number")),
		Rule("Hours are a number", Given(), On("2022-09-01", plan.RecordContribution{On: T01, Partner: "ntnu", Hours: math.NaN()}), Refused("input.number")),
		Rule("Money is not negative", Given(), On("2022-09-01", plan.RecordContribution{On: T01, Partner: "ntnu", Amount: &plan.Money{Value: -1, Currency: "NOK"}}), Refused("input.number")),
		Rule("Money is in a currency", Given(), On("2022-09-01", plan.RecordContribution{On: T01, Partner: "ntnu", Amount: &plan.Money{Value: 1}}), Refused("input.empty")),
	}

	shown = plan.EvidenceAttached{Evidence: "ev1", Name: "rapport.pdf", MediaType: "application/pdf", SHA256: "0a1b", Size: 12}

	evidence = []Row{
		Rule("Evidence is a file that is known by its hash", Given(), On("2023-05-01", plan.AttachEvidence{On: T01, Evidence: shown}), Then(That("measure/t01", shown))),
		Rule("Evidence is attached once",
			Given(On("2023-05-01", plan.AttachEvidence{On: T01, Evidence: shown})), On("2023-05-02", plan.AttachEvidence{On: T01, Evidence: shown}), Refused("evidence.exists")),
		Rule("Evidence has a name", Given(), On("2023-05-01", plan.AttachEvidence{On: T01, Evidence: plan.EvidenceAttached{Evidence: "ev1"}}), Refused("input.empty")),
		Rule("What shows that a measure was done may come after it was completed",
			Given(On("2023-01-10", plan.Start{On: T01}), On("2023-05-01", plan.Complete{On: T01})),
			On("2023-05-02", plan.AttachEvidence{On: T01, Evidence: shown}), Then(That("measure/t01", shown))),
		Rule("A completion names evidence of the measure",
			Given(On("2023-01-10", plan.Start{On: T01}), On("2023-05-01", plan.AttachEvidence{On: T01, Evidence: shown})),
			On("2023-05-02", plan.Complete{On: T01, Evidence: []domain.EvidenceID{"ev1"}}),
			Then(That("measure/t01", plan.MeasureCompleted{Evidence: []domain.EvidenceID{"ev1"}}))),
		Rule("… and not of another",
			Given(On("2023-01-10", plan.Start{On: T02}), On("2023-05-01", plan.AttachEvidence{On: T01, Evidence: shown})),
			On("2023-05-02", plan.Complete{On: T02, Evidence: []domain.EvidenceID{"ev1"}}), Refused("evidence.unknown")),
	}
)
