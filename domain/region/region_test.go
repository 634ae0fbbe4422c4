package region_test

import (
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

var day = domain.MustDate

func TestEmptyLog(t *testing.T) { Run(t, nil, nothingYet) }

func TestRegionWithoutPlan(t *testing.T) { Run(t, Registered(), noPlan) }

func TestWhichPlan(t *testing.T) { Run(t, Fosen(), whichPlan) }

func TestDays(t *testing.T) { Run(t, Fosen(), days) }

func TestOnBehalfOf(t *testing.T) { Run(t, Fosen(), onBehalfOf) }

func TestEveryRuleRefusesARow(t *testing.T) {
	Covers(t, rulesOfRegion(), nothingYet, noPlan, whichPlan, days, onBehalfOf, owners)
}

// rulesOfRegion are those that are not of the packages beneath, which have
// rows of their own.
func rulesOfRegion() []domain.Rule {
	n := len(actors.Rules()) + len(plan.Rules()) + len(reporting.Rules()) + len(story.Rules()) + len(correction.Rules())
	return region.Rules()[:len(region.Rules())-n]
}

var (
	start = plan.Start{On: T01}
	next  = func() plan.Import {
		c := Import()
		c.Plan.Plan, c.Plan.Decision.Date, c.File.SHA256 = "handlingsplan-2025", day("2025-01-20"), "2025"
		return c
	}()
	closing = plan.Close{Decision: Case("RS 01/25")}

	nothingYet = []Row{
		Rule("Nothing is decided before the region is registered", Given(), On("2022-06-01", start), Refused("region.not-registered")),
		Rule("… not even who may do what", Given(), On("2022-06-01", actors.Grant{User: Anne, Role: domain.RoleAdministrator}), Refused("region.not-registered")),
		Rule("A command comes from somebody", Given(), On("2022-06-01", actors.RegisterRegion{Region: Region, Name: "Fosen"}).By(""), Refused("input.id")),
	}

	noPlan = []Row{
		Rule("A region without a plan has no measures", Given(), On("2022-06-02", start), Refused("plan.none")),
		Rule("A plan that is named has been adopted", Given(), On("2022-06-02", start).In(Plan), Refused("plan.not-adopted")),
		Rule("What concerns the region needs no plan", Given(), On("2022-06-02", actors.Grant{User: Siri, Role: domain.RoleReader}),
			Then(That("user/siri", actors.UserGranted{Role: domain.RoleReader}))),
	}

	whichPlan = []Row{
		Rule("One plan in force need not be named", Given(), On("2023-01-10", start), Then(That("measure/t01", plan.MeasureStarted{}))),
		Rule("Of several in force, the plan must be named", Given(On("2025-02-01", next)), On("2025-02-02", start), Refused("plan.several")),
		Rule("… and then it is that one",
			Given(On("2025-02-01", next)), On("2025-02-02", start).In("handlingsplan-2025"), Then(That("measure/t01", plan.MeasureStarted{}).Of("handlingsplan-2025"))),
		Rule("What happens in one plan does not happen in another",
			Given(On("2025-02-01", next), On("2025-02-02", start).In("handlingsplan-2025")), On("2025-02-03", start).In(Plan), Then(That("measure/t01", plan.MeasureStarted{}))),
		Rule("A closed plan is not in force, so the other need not be named",
			Given(On("2025-02-01", next), On("2025-02-02", closing).In(Plan)), On("2025-02-03", start), Then(That("measure/t01", plan.MeasureStarted{}).Of("handlingsplan-2025"))),
		Rule("When every plan is closed, that is said", Given(On("2025-02-01", closing)), On("2025-02-02", start), Refused("plan.closed")),
		Rule("A plan that is named has been adopted", Given(), On("2023-01-10", start).In("handlingsplan-2030"), Refused("plan.not-adopted")),
		Rule("The register has no plan, whatever plan the request names",
			Given(), On("2023-01-10", actors.Classify{Actor: "ntnu", Sector: actors.Public}).In(Plan), Then(That("actor/ntnu", actors.Classified{Sector: actors.Public}))),
	}

	days = []Row{
		Rule("What has happened has a day that has been", Given(), On("2023-01-10", start).Dated("2023-01-11"), Refused("date.future")),
		Rule("It happened today unless somebody says otherwise", Given(), On("2023-01-10", start), Then(That("measure/t01", plan.MeasureStarted{}).Dated("2023-01-10"))),
		Rule("An etterregistrering does not lie in the future either", Given(), On("2023-01-10", start).Dated("2023-01-11").Retrospectively(), Refused("date.future")),
		Rule("A deadline and a forecast may lie in the future, for they are data",
			Given(), On("2023-01-10", plan.GiveForecast{On: T01, Forecast: day("2031-01-01")}), Then(That("measure/t01", plan.ForecastGiven{Forecast: day("2031-01-01")}))),
		Rule("A day begins at midnight in Oslo, in winter",
			Given(), On("2023-01-10", start).At(utc("2023-01-10T23:00:00Z")), Then(That("measure/t01", plan.MeasureStarted{}).Dated("2023-01-11"))),
		Rule("… and not before it", Given(), On("2023-01-10", start).At(utc("2023-01-10T22:59:59Z")).Dated("2023-01-11"), Refused("date.future")),
		Rule("… and in summer", Given(), On("2023-07-10", start).At(utc("2023-07-10T22:00:00Z")), Then(That("measure/t01", plan.MeasureStarted{}).Dated("2023-07-11"))),
		Rule("… and not before it", Given(), On("2023-07-10", start).At(utc("2023-07-10T21:59:59Z")), Then(That("measure/t01", plan.MeasureStarted{}).Dated("2023-07-10"))),
	}

	assigned = On("2022-09-01", plan.Assign{On: T01, Owner: "radet"})
	helps    = plan.RecordContribution{On: T01, Partner: "ntnu"}
	helped   = That("measure/t01", plan.ContributionRecorded{Partner: "ntnu"})

	onBehalfOf = []Row{
		Rule("A coordinator speaks for any actor", Given(), On("2023-01-10", helps).By(Kari).For("ntnu"), Then(helped.For("ntnu"))),
		Rule("An owner speaks for the actors of the grant", Given(assigned), On("2023-01-10", helps).By(Ola).For("radet"), Then(helped.For("radet"))),
		Rule("… and for no other", Given(assigned), On("2023-01-10", helps).By(Ola).For("ntnu"), Refused("user.not-speaking-for")),
		Rule("Nobody speaks for an actor that is not in the register", Given(), On("2023-01-10", helps).For("ukjent"), Refused("actor.on-behalf-unknown")),
		Rule("… or that had become part of another on the day",
			Given(On("2023-01-05", actors.Merge{Actor: "roan", Into: "afjord"})), On("2023-01-10", helps).For("roan"), Refused("actor.on-behalf-unknown")),
		Rule("… but for what it did before that",
			Given(On("2023-01-05", actors.Merge{Actor: "roan", Into: "afjord"})), On("2023-01-10", helps).For("roan").Dated("2023-01-04"), Then(helped.For("roan").Dated("2023-01-04"))),
		Rule("Nobody is spoken for unless somebody says so", Given(), On("2023-01-10", helps), Then(helped)),
	}
)
