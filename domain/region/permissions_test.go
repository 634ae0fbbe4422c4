package region_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/correction"
	. "github.com/fosenregionen/framdrift/domain/domaintest"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/region"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
)

func utc(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

// everyCommand is one of each, all of them possible in the world of everything.
var everyCommand = []domain.Command{
	actors.DescribeRegion{Applicant: "orland"},
	actors.JoinProgramme{Name: "Regionvekst"},
	actors.Register{Actor: "osen", Name: "Osen", Kind: actors.Municipality, Sector: actors.Public},
	actors.Classify{Actor: "ntnu", Sector: actors.Public},
	actors.Merge{Actor: "roan", Into: "afjord"},
	actors.Grant{User: Siri, Role: domain.RoleReader},
	actors.Revoke{User: Rita, Role: domain.RoleReader},
	actors.Forget{User: Rita, Ground: "GDPR art. 17"},
	correction.Redact{Position: 2, Ground: "GDPR art. 17", Target: &domain.Recorded{ID: "e2", Plan: Plan, Event: plan.MeasureReopened{Why: "Feil"}}},
	next,
	plan.Endorse{Municipality: "afjord", Decision: Case("1/22")},
	plan.Revise{Decision: Case("1/25")},
	closing,
	plan.Amend{On: T01, Field: plan.FieldText, To: "Utredning", Decision: Case("1/25")},
	plan.Withdraw{On: T01, Decision: Case("1/25")},
	plan.Assign{On: T01, Owner: "radmannsforum"},
	plan.Accept{On: T01},
	plan.Decline{On: T01, Why: "Uten midler"},
	plan.AdoptDeadline{On: T01, Deadline: day("2026-01-01"), Decision: Case("1/25")},
	plan.GiveForecast{On: T01, Forecast: day("2026-01-01")},
	plan.Start{On: T01},
	plan.HandleDeviation{On: T01, Decision: Case("1/25")},
	plan.ConfirmPartner{On: T01, Partner: "ntnu"},
	plan.ResolvePartner{On: T01, Partner: "kommunene", Into: []domain.ActorID{"orland"}},
	plan.RecordContribution{On: T01, Partner: "ntnu"},
	plan.AttachEvidence{On: T01, Evidence: plan.EvidenceAttached{Evidence: "ev1", Name: "rapport.pdf", MediaType: "application/pdf", SHA256: "0a1b"}},
	plan.Complete{On: T02},
	plan.Reopen{On: done, Why: "Feil"},
	reporting.OpenPeriod{Period: "T1-2025"},
	reporting.ClosePeriod{Period: "T3-2022"},
	reporting.Report{Measure: "t01", Period: "T3-2022", Status: reporting.Green},
	reporting.Return{Report: "r1", Why: "Hva ble gjort?"},
	reporting.Approve{Report: "r1"},
	reporting.WithdrawReport{Report: "r1"},
	reporting.DefineDelivery{Definition: reporting.DeliveryDefined{Version: "2"}},
	story.WriteLead{Text: "Løftet til regionen"},
	story.SetGoal{Text: "Én strategi"},
	story.RecordResult{Text: "Et fond", Measures: []domain.MeasureID{"t01"}},
	story.GiveAdvice{Text: "Del"},
	story.PlanContinuation{Text: "Vi går videre"},
	story.NoteObstacle{Text: "Reformen"},
	story.QuoteExcerpt{Text: "Vi vil", Source: "Søknaden"},
	story.LinkDocument{Title: "Planen", URL: "https://fosenregionen.no/plan"},
	story.FormTeam{Name: "Team energi", Members: []domain.ActorID{"ntnu"}},
	story.PublishReport{Report: story.ReportPublished{
		Kind: story.Final, File: "sluttrapport.html", Format: "html", Language: domain.Bokmal, Per: day("2024-12-31"), View: "known",
		SHA256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", LogSize: 12, Root: "e3b0",
	}},
}

var done = plan.On{Measure: "t04"}

// everything is a world in which any one of them is possible. Ola answers for
// t01 and t02, which are radet's; nobody else is an owner.
func everything(t *testing.T) *World {
	t.Helper()
	w := NewWorld()
	w.MustDo(t, Fosen()...)
	w.MustDo(t,
		On("2022-09-01", plan.Assign{On: T01, Owner: "radet"}), On("2022-09-01", plan.Assign{On: T02, Owner: "radet"}), On("2022-09-01", plan.Start{On: T02}),
		On("2022-09-01", plan.Revise{Decision: Case("2/22"), Adopt: []plan.Row{{ID: "t04", Measure: plan.MeasureAdopted{Kind: plan.OneOff, Strategy: "s1", Text: "Bru"}}}}),
		On("2022-09-01", plan.Start{On: done}), On("2022-09-02", plan.Complete{On: done}),
		On("2022-09-01", reporting.OpenPeriod{Period: "T3-2022"}), On("2023-01-10", reporting.Report{Measure: "t01", Report: "r1", Period: "T3-2022", Status: reporting.Red}),
	)
	return w
}

// The table of permissions, one command at a time: who gives it, and it is done.
func TestEveryCommandIsGivenByThoseWhoMay(t *testing.T) {
	users := map[domain.Role]domain.UserID{
		domain.RoleAdministrator: Olav, domain.RoleCoordinator: Kari, domain.RoleOwner: Ola, domain.RoleReader: Rita, "": Siri,
	}
	for _, c := range everyCommand {
		for role, user := range users {
			w := everything(t)
			recorded, err := w.Do(On("2025-02-01", c).By(user).In(planOf(c)))
			switch may := role.May(c.CommandName()); {
			case may && (err != nil || len(recorded) == 0):
				t.Errorf("%s by %s: %d events, %v", c.CommandName(), role, len(recorded), err)
			case !may && (Code(err) != "user.not-allowed" || domain.KindOf(err) != domain.Forbidden):
				t.Errorf("%s by %q: %v, want user.not-allowed", c.CommandName(), role, err)
			}
		}
	}
}

func planOf(c domain.Command) domain.PlanID {
	if _, ok := c.(plan.Import); ok {
		return ""
	}
	return Plan
}

func TestWhoMayDoWhat(t *testing.T) {
	only := map[domain.Role][]string{
		domain.RoleAdministrator: {
			"actor.classify", "actor.merge", "actor.register", "delivery.define", "event.redact", "programme.join", "region.describe", "user.forget", "user.grant", "user.revoke",
		},
		domain.RoleOwner: {
			"contribution.record", "evidence.attach", "forecast.give", "measure.accept", "measure.complete", "measure.decline",
			"measure.report", "measure.start", "partner.confirm", "report.withdraw",
		},
		domain.RoleReader: nil,
		domain.RoleCoordinator: slices.DeleteFunc(domain.Commands(), func(c string) bool {
			return slices.Contains([]string{"user.grant", "user.revoke", "user.forget", "event.redact"}, c) // everything but who may do what, and what is erased
		}),
	}
	for _, role := range domain.Roles() {
		var may []string
		for _, c := range domain.Commands() {
			if role.May(c) {
				may = append(may, c)
			}
		}
		if !slices.Equal(may, only[role]) {
			t.Errorf("%s may\n\t%v\nwant\n\t%v", role, may, only[role])
		}
	}
}

// An owner gives commands only about measures that the grant's actors answer for.
func TestOwnMeasureOnly(t *testing.T) {
	for _, c := range everyCommand {
		if !domain.RoleOwner.May(c.CommandName()) {
			continue
		}
		w := everything(t)
		w.MustDo(t, On("2023-02-01", actors.Grant{User: Ola, Role: domain.RoleOwner, Actors: []domain.ActorID{"radmannsforum"}}))
		if _, err := w.Decide(On("2023-02-02", c).By(Ola)); Code(err) != "user.not-allowed" {
			t.Errorf("%s for another's measure: %v", c.CommandName(), err)
		}
	}
}

func TestOwnersAndMergers(t *testing.T) { Run(t, Fosen(), owners) }

var left = On("2022-09-01", plan.Assign{On: T01, Owner: "roan"})

func grant(actor domain.ActorID) Ask {
	return On("2022-09-01", actors.Grant{User: Ola, Role: domain.RoleOwner, Actors: []domain.ActorID{actor}})
}

var owners = []Row{
	Rule("Who answers for Åfjord answers for what was left by Roan",
		Given(left, grant("afjord"), On("2023-01-05", actors.Merge{Actor: "roan", Into: "afjord"})),
		On("2023-01-10", start).By(Ola), Then(That("measure/t01", plan.MeasureStarted{}))),
	Rule("… and not before the merger", Given(left, grant("afjord")), On("2023-01-10", start).By(Ola), Refused("user.not-allowed")),
	Rule("Who answered for Roan does not answer for Åfjord's own",
		Given(On("2022-09-01", plan.Assign{On: T01, Owner: "afjord"}), grant("roan"), On("2023-01-05", actors.Merge{Actor: "roan", Into: "afjord"})),
		On("2023-01-10", start).By(Ola), Refused("user.not-allowed")),
	Rule("A measure without an owner is nobody's own", Given(), On("2023-01-10", start).By(Ola), Refused("user.not-allowed")),
	Rule("A measure that is assigned to another is not one's own any more",
		Given(On("2022-09-01", plan.Assign{On: T01, Owner: "radet"}), On("2022-10-01", plan.Assign{On: T01, Owner: "radmannsforum"})),
		On("2023-01-10", start).By(Ola), Refused("user.not-allowed")),
	Rule("A role that was taken back gives nothing",
		Given(On("2022-09-01", plan.Assign{On: T01, Owner: "radet"}), On("2022-10-01", actors.Revoke{User: Ola, Role: domain.RoleOwner})),
		On("2023-01-10", start).By(Ola), Refused("user.not-allowed")),
}

// Every command type has a row in the table of permissions and is tried
// above; only the one that begins a log is given by anybody.
func TestTheTableOfPermissionsIsWhole(t *testing.T) {
	want := append(domain.Commands(), "region.register")
	slices.Sort(want)
	var names []string
	for _, file := range []string{"actors/commands.go", "plan/commands.go", "reporting/commands.go", "story/commands.go", "correction/redact.go"} {
		names = append(names, commandNames(t, "../"+file)...)
	}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		t.Errorf("the commands are\n\t%v\nand the table has\n\t%v", names, want)
	}
	var tried []string
	for _, c := range everyCommand {
		tried = append(tried, c.CommandName())
	}
	slices.Sort(tried)
	if !slices.Equal(tried, domain.Commands()) {
		t.Errorf("tried\n\t%v\nof\n\t%v", tried, domain.Commands())
	}
}

// commandNames are what the CommandName methods of a file return.
func commandNames(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, decl := range parsed.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Name.Name != "CommandName" {
			continue
		}
		ast.Inspect(f.Body, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				name, _ := strconv.Unquote(lit.Value)
				names = append(names, name)
			}
			return true
		})
	}
	return names
}

// A command that no rule knows is a fault of ours, never «nothing to change».
func TestACommandNobodyKnowsIsAFault(t *testing.T) {
	w := everything(t)
	_, err := region.Decide(w.State, domain.Request{ID: "x", By: Kari, Plan: Plan, Command: &plan.Start{On: T01}}, utc("2023-01-10T12:00:00Z"))
	if err == nil || domain.KindOf(err) != domain.Failed || !strings.Contains(err.Error(), "*plan.Start") {
		t.Errorf("got %v", err)
	}
}
