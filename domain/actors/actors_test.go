package actors_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
)

var day = domain.MustDate

func TestBeforeTheRegion(t *testing.T) { Run(t, nil, begin) }

func TestRegion(t *testing.T) { Run(t, Registered(), again, describe, register, mergers, users) }

func TestEveryRuleRefusesARow(t *testing.T) {
	Covers(t, actors.Rules(), begin, again, describe, register, mergers, users)
}

var (
	fosen = actors.RegisterRegion{Region: Region, Name: "Fosenregionen", Demo: true}

	begin = []Row{
		Rule("Whoever begins a log becomes administrator and coordinator",
			Given(), On("2022-06-01", fosen).By(Siri),
			Then(
				That("region/fosen", actors.RegionRegistered{Name: "Fosenregionen", Demo: true}),
				That("user/siri", actors.UserGranted{Role: domain.RoleAdministrator}),
				That("user/siri", actors.UserGranted{Role: domain.RoleCoordinator}),
			)),
		Rule("A region has a name", Given(), On("2022-06-01", actors.RegisterRegion{Region: Region}), Refused("input.empty")),
		Rule("A region has an id that can name a stream", Given(), On("2022-06-01", actors.RegisterRegion{Region: "fosen.*", Name: "Fosen"}), Refused("input.id")),
		Rule("A log does not begin tomorrow", Given(), On("2022-06-01", fosen).Dated("2022-06-02"), Refused("date.future")),
		Rule("Nobody begins a log on behalf of an actor, for there is none yet", Given(), On("2022-06-01", fosen).For("radet"), Refused("actor.on-behalf-unknown")),
	}

	again = []Row{
		Rule("A region that is registered is not registered again", Given(), On("2022-06-02", fosen), Nothing()),
		Rule("… and nobody becomes administrator by asking for it", Given(), On("2022-06-02", fosen).By(Siri), Nothing()),
	}

	describe = []Row{
		Rule("A region says who it is: applicant, members, population with its date, area with its unit",
			Given(), On("2022-09-01", described),
			Then(That("region/fosen", actors.RegionDescribed(described)))),
		Rule("A description says something", Given(), On("2022-09-01", actors.DescribeRegion{}), Refused("region.nothing-described")),
		Rule("A population is of a day, for it is not a number otherwise",
			Given(), On("2022-09-01", actors.DescribeRegion{Population: &actors.Population{Count: 24_000}}), Refused("input.empty")),
		Rule("A population is not negative",
			Given(), On("2022-09-01", actors.DescribeRegion{Population: &actors.Population{Count: -1, Date: day("2022-01-01")}}), Refused("input.number")),
		Rule("An area is not negative", Given(), On("2022-09-01", actors.DescribeRegion{Area: &actors.Area{KM2: -1}}), Refused("input.number")),
		Rule("The applicant is in the register", Given(), On("2022-09-01", actors.DescribeRegion{Applicant: "rissa"}), Refused("actor.not-registered")),
		Rule("A member is in the register", Given(), On("2022-09-01", actors.DescribeRegion{Members: []actors.Member{{Actor: "rissa"}}}), Refused("actor.not-registered")),
		Rule("A member does not leave before it joins",
			Given(), On("2022-09-01", actors.DescribeRegion{Members: []actors.Member{{Actor: "afjord", From: day("2020-01-01"), To: day("2019-12-31")}}}), Refused("region.span")),
		Rule("A region takes part in a programme for a time",
			Given(), On("2022-09-01", actors.JoinProgramme{Name: "Regionvekst", From: day("2021-08-01"), To: day("2026-12-31")}),
			Then(That("region/fosen", actors.ProgrammeJoined{Name: "Regionvekst", From: day("2021-08-01"), To: day("2026-12-31")}))),
		Rule("A programme has a name", Given(), On("2022-09-01", actors.JoinProgramme{}), Refused("input.empty")),
		Rule("A programme does not end before it begins",
			Given(), On("2022-09-01", actors.JoinProgramme{Name: "Regionvekst", From: day("2021-08-01"), To: day("2021-07-31")}), Refused("region.span")),
	}
	described = actors.DescribeRegion{
		Applicant: "orland", Members: []actors.Member{{Actor: "afjord", From: day("2020-01-01")}, {Actor: "roan", To: day("2019-12-31")}},
		Population: &actors.Population{Count: 24_000, Date: day("2022-01-01")}, Area: &actors.Area{KM2: 2_700.5},
	}

	osen = actors.Register{Actor: "osen", Name: "Osen", Kind: actors.Municipality, Sector: actors.Public}

	register = []Row{
		Rule("An actor is registered with name, kind and sector",
			Given(), On("2022-09-01", osen), Then(That("actor/osen", actors.Registered{Name: "Osen", Kind: actors.Municipality, Sector: actors.Public}))),
		Rule("An actor may be valid from an earlier day than it was registered",
			Given(On("2022-09-01", osen).Dated("1999-01-01")), On("2022-09-02", actors.Classify{Actor: "osen", Sector: actors.Voluntary}).Dated("1999-01-01"),
			Then(That("actor/osen", actors.Classified{Sector: actors.Voluntary}).Dated("1999-01-01"))),
		Rule("An actor's id is its own", Given(), On("2022-09-01", actors.Register{Actor: "ntnu", Name: "Noen andre", Kind: actors.Body, Sector: actors.Public}), Refused("actor.exists")),
		Rule("An actor has a name", Given(), On("2022-09-01", actors.Register{Actor: "osen", Kind: actors.Body, Sector: actors.Public}), Refused("input.empty")),
		Rule("An actor's name stands on one line", Given(), On("2022-09-01", actors.Register{Actor: "osen", Name: "Osen\nkommune", Kind: actors.Body, Sector: actors.Public}), Refused("input.characters")),
		Rule("An actor's id can stand in a subject", Given(), On("2022-09-01", actors.Register{Actor: "å", Name: "Å", Kind: actors.Body, Sector: actors.Public}), Refused("input.id")),
		Rule("An actor is of a kind that is known", Given(), On("2022-09-01", actors.Register{Actor: "osen", Name: "Osen", Kind: "klubb", Sector: actors.Public}), Refused("input.choice")),
		Rule("An actor is of a sector that is known", Given(), On("2022-09-01", actors.Register{Actor: "osen", Name: "Osen", Kind: actors.Body}), Refused("input.choice")),
		Rule("An actor moves to another sector", Given(), On("2022-09-01", actors.Classify{Actor: "ntnu", Sector: actors.Business}), Then(That("actor/ntnu", actors.Classified{Sector: actors.Business}))),
		Rule("An actor that is of the sector already does not move", Given(), On("2022-09-01", actors.Classify{Actor: "ntnu", Sector: actors.Knowledge}), Nothing()),
		Rule("Who moves to another sector is in the register", Given(), On("2022-09-01", actors.Classify{Actor: "rissa", Sector: actors.Public}), Refused("actor.not-registered")),
		Rule("A sector that an actor moves to is known", Given(), On("2022-09-01", actors.Classify{Actor: "ntnu", Sector: "kultur"}), Refused("input.choice")),
	}

	merged = On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord", From: day("2023-01-01")})

	mergers = []Row{
		Rule("An actor becomes part of another from a day", Given(), merged, Then(That("actor/roan", actors.Merged{Into: "afjord", From: day("2023-01-01")}))),
		Rule("… the day of the request if nothing else is said",
			Given(), On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord"}), Then(That("actor/roan", actors.Merged{Into: "afjord", From: day("2023-01-10")}))),
		Rule("A merger that has been decided may lie ahead, for its day is data",
			Given(), On("2023-01-10", actors.Merge{Actor: "roan", Into: "afjord", From: day("2026-01-01")}), Then(That("actor/roan", actors.Merged{Into: "afjord", From: day("2026-01-01")}))),
		Rule("From its day on the old name is history", Given(merged), On("2023-02-01", actors.Classify{Actor: "roan", Sector: actors.Voluntary}), Refused("actor.not-registered")),
		Rule("An actor does not become part of itself", Given(), On("2023-01-10", actors.Merge{Actor: "roan", Into: "roan"}), Refused("actor.merged-into-itself")),
		Rule("… nor by way of others, whatever the days",
			Given(merged), On("2023-01-10", actors.Merge{Actor: "afjord", Into: "roan", From: day("2022-12-01")}), Refused("actor.merged-into-itself")),
		Rule("An actor becomes part of another once",
			Given(merged), On("2023-01-11", actors.Merge{Actor: "roan", Into: "orland", From: day("2022-12-01")}), Refused("actor.already-merged")),
		Rule("An actor may become part of one that later becomes part of a third",
			Given(merged), On("2024-01-10", actors.Merge{Actor: "afjord", Into: "orland"}), Then(That("actor/afjord", actors.Merged{Into: "orland", From: day("2024-01-10")}))),
		Rule("Nobody becomes part of an actor that is not in the register", Given(), On("2023-01-10", actors.Merge{Actor: "roan", Into: "rissa"}), Refused("actor.not-registered")),
		Rule("… or that is part of another itself", Given(merged), On("2023-01-10", actors.Merge{Actor: "orland", Into: "roan"}), Refused("actor.not-registered")),
		Rule("An actor that is not in the register becomes part of nothing", Given(), On("2023-01-10", actors.Merge{Actor: "rissa", Into: "afjord"}), Refused("actor.not-registered")),
	}

	users = []Row{
		Rule("A user is granted a role", Given(), On("2022-09-01", actors.Grant{User: Siri, Role: domain.RoleReader}), Then(That("user/siri", actors.UserGranted{Role: domain.RoleReader}))),
		Rule("An owner is granted the role for certain actors",
			Given(), On("2022-09-01", actors.Grant{User: Siri, Role: domain.RoleOwner, Actors: []domain.ActorID{"ntnu"}}),
			Then(That("user/siri", actors.UserGranted{Role: domain.RoleOwner, Actors: []domain.ActorID{"ntnu"}}))),
		Rule("… and not for none", Given(), On("2022-09-01", actors.Grant{User: Siri, Role: domain.RoleOwner}), Refused("user.owner-without-actors")),
		Rule("… who are valid on the day", Given(merged), On("2023-02-01", actors.Grant{User: Siri, Role: domain.RoleOwner, Actors: []domain.ActorID{"roan"}}), Refused("actor.not-registered")),
		Rule("A role is one of four", Given(), On("2022-09-01", actors.Grant{User: Siri, Role: "konge"}), Refused("input.choice")),
		Rule("A user is an opaque id", Given(), On("2022-09-01", actors.Grant{User: "siri@fosen.no", Role: domain.RoleReader}), Refused("input.id")),
		Rule("A role that is held as it is granted changes nothing", Given(), On("2022-09-01", actors.Grant{User: Ola, Role: domain.RoleOwner, Actors: []domain.ActorID{"radet"}}), Nothing()),
		Rule("A grant for other actors takes the place of the first",
			Given(), On("2022-09-01", actors.Grant{User: Ola, Role: domain.RoleOwner, Actors: []domain.ActorID{"ntnu"}}),
			Then(That("user/ola", actors.UserGranted{Role: domain.RoleOwner, Actors: []domain.ActorID{"ntnu"}}))),
		Rule("A role is taken back", Given(), On("2022-09-01", actors.Revoke{User: Kari, Role: domain.RoleCoordinator}), Then(That("user/kari", actors.UserRevoked{Role: domain.RoleCoordinator}))),
		Rule("A role is taken back once",
			Given(On("2022-09-01", actors.Revoke{User: Kari, Role: domain.RoleCoordinator})), On("2022-09-02", actors.Revoke{User: Kari, Role: domain.RoleCoordinator}), Refused("user.role-not-held")),
		Rule("A role that nobody gave is not taken back", Given(), On("2022-09-01", actors.Revoke{User: Siri, Role: domain.RoleReader}), Refused("user.role-not-held")),
		Rule("A user who loses a role has an opaque id", Given(), On("2022-09-01", actors.Revoke{User: "siri@fosen.no", Role: domain.RoleReader}), Refused("input.id")),
		Rule("It is recorded that a user was forgotten, and on which ground; the roles stay",
			Given(), On("2022-09-01", actors.Forget{User: Ola, Ground: "GDPR art. 17"}), Then(That("user/ola", actors.UserForgotten{Ground: "GDPR art. 17"}))),
		Rule("A user is forgotten once", Given(On("2022-09-01", actors.Forget{User: Ola, Ground: "GDPR art. 17"})), On("2022-09-02", actors.Forget{User: Ola, Ground: "GDPR art. 17"}), Nothing()),
		Rule("Nobody is forgotten without a ground", Given(), On("2022-09-01", actors.Forget{User: Ola}), Refused("input.empty")),
		Rule("Who is forgotten has an opaque id", Given(), On("2022-09-01", actors.Forget{User: "ola@fosen.no", Ground: "GDPR art. 17"}), Refused("input.id")),
		Rule("An administrator may step down when there is another",
			Given(), On("2022-09-01", actors.Revoke{User: Anne, Role: domain.RoleAdministrator}), Then(That("user/anne", actors.UserRevoked{Role: domain.RoleAdministrator}))),
		Rule("… but the last one may not",
			Given(On("2022-09-01", actors.Revoke{User: Olav, Role: domain.RoleAdministrator})), On("2022-09-02", actors.Revoke{User: Anne, Role: domain.RoleAdministrator}), Refused("user.last-administrator")),
	}
)
