package finalreport_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

func tells(entity string, id domain.StoryID, e domain.Event) domain.Recorded {
	return on("2023-04-01", "", domain.About(entity, id), e)
}

// byregion is one region's section of a real programme's final report, its
// facts in our words, told event by event.
func byregion() []domain.Recorded {
	fosen := domain.About(domain.EntityRegion, "fosen")
	result := func(n string, k story.Kind, text domain.Text) domain.Recorded {
		return tells(domain.EntityResult, domain.StoryID("result-"+n), story.ResultRecorded{Kind: k, Text: text})
	}
	return adopted(
		on("2022-07-01", "", fosen, actors.RegionDescribed{
			Applicant: "roan", Members: []actors.Member{{Actor: "afjord"}, {Actor: "roan"}},
			Population: &actors.Population{Count: 25315, Date: date("2015-01-01")}, Area: &actors.Area{KM2: 3037},
		}),
		on("2022-07-01", "", fosen, actors.ProgrammeJoined{Name: "Byregionprogrammet"}),
		tells(domain.EntityLead, "lead", story.LeadWritten{Text: "Næringsarbeidet er blitt hele regionens."}),
		tells(domain.EntityGoal, "goal-1", story.GoalSet{Text: "En strategi politikerne står bak, med en plan for hva som skal gjøres."}),
		tells(domain.EntityGoal, "goal-2", story.GoalSet{Text: "Tillit mellom dem som gjør arbeidet."}),
		result("1", story.Result, "Næringsplanen 2016–2020 er vedtatt i alle kommunene."),
		result("2", story.Result, "Regionen har et næringsfond."),
		result("3", story.Achievement, "Fire team med folk fra hele Fosen."),
		result("4", story.Unplanned, "Pilot for Næringsvennlig Region."),
		tells(domain.EntityObstacle, "obstacle-1", story.ObstacleNoted{Text: "Kommunereformen tok tid.", Measures: []domain.MeasureID{"t1"}}),
		tells(domain.EntityAdvice, "advice-1", story.AdviceGiven{Text: "Lag felles planer."}),
		tells(domain.EntityAdvice, "advice-2", story.AdviceGiven{Text: "Lag møteplasser."}),
		tells(domain.EntityAdvice, "advice-3", story.AdviceGiven{Text: "Vær raus."}),
		tells(domain.EntityContinuation, "continuation-1", story.ContinuationPlanned{Text: "Samarbeidet går videre."}),
		tells(domain.EntityExcerpt, "excerpt-1", story.ExcerptQuoted{Text: "Fire temaer:\n\n• løfte arbeidet\n• en strategi", Source: "Søknad"}),
		tells(domain.EntityDocument, "document-1", story.DocumentLinked{Title: "Næringsplan", URL: "https://fosenregionen.no/plan"}),
		tells(domain.EntityTeam, "team-1", story.TeamFormed{Name: "Team energi", Members: []domain.ActorID{"ntnu", "roan"}}),
		on("2023-04-01", "", domain.About(domain.EntityPlan, thePlan), plan.Endorsed{Municipality: "afjord", Decision: plan.Decision{Case: "PS 1/16"}}),
	)
}

func texts(all []finalreport.Told) string {
	var lines []string
	for _, t := range all {
		lines = append(lines, fmt.Sprintf("%s %s %v%v", t.ID, t.Text, t.Measures, t.Positions))
	}
	return strings.Join(lines, "; ")
}

func TestEveryPartOfARealReportComesOutInItsPlace(t *testing.T) {
	r := reportOf(t, byregion(), onDay)
	s := r.Story
	equal(t, "the lead", texts([]finalreport.Told{*s.Lead}), "lead Næringsarbeidet er blitt hele regionens. [][13]")
	equal(t, "the goals", texts(s.Goals), "goal-1 En strategi politikerne står bak, med en plan for hva som skal gjøres. [][14]; goal-2 Tillit mellom dem som gjør arbeidet. [][15]")
	equal(t, "the results", texts(s.Results), "result-1 Næringsplanen 2016–2020 er vedtatt i alle kommunene. [][16]; result-2 Regionen har et næringsfond. [][17]")
	equal(t, "what was achieved", texts(s.Achievements), "result-3 Fire team med folk fra hele Fosen. [][18]")
	equal(t, "what nobody had planned", texts(s.Unplanned), "result-4 Pilot for Næringsvennlig Region. [][19]")
	equal(t, "what stood in the way", texts(s.Obstacles), "obstacle-1 Kommunereformen tok tid. [t1][20]")
	equal(t, "the advice", texts(s.Advice), "advice-1 Lag felles planer. [][21]; advice-2 Lag møteplasser. [][22]; advice-3 Vær raus. [][23]")
	equal(t, "what goes on", texts(s.Continuations), "continuation-1 Samarbeidet går videre. [][24]")
	equal(t, "the excerpts", fmt.Sprint(s.Excerpts), "[{excerpt-1 Fire temaer:\n\n• løfte arbeidet\n• en strategi Søknad [25]}]")
	equal(t, "the documents", fmt.Sprint(s.Documents), "[{document-1 Næringsplan https://fosenregionen.no/plan [26]}]")
	equal(t, "the teams", fmt.Sprint(s.Teams), "[{team-1 Team energi [{ntnu Navn ntnu  } {roan Navn roan  }]  [27]}]")
	equal(t, "who has endorsed the plan", fmt.Sprint(r.Header.Plan.Endorsed), "[{{afjord Navn afjord  } { PS 1/16  } 2023-04-01 [28]}]")
	f := r.Facts
	equal(t, "the facts", fmt.Sprint(f.Applicant.Name, len(f.Members), f.Population, f.AreaKM2, f.Programmes[0].Name), "Navn roan2 {25315 2015-01-01} 3037Byregionprogrammet")
}

func TestTheStoryIsAsItWasAtTheMoment(t *testing.T) {
	told := adopted(
		tells(domain.EntityGoal, "goal-1", story.GoalSet{Text: "Én"}),
		on("2023-06-01", "", domain.About(domain.EntityGoal, "goal-1"), story.GoalSet{Text: "To"}),
		correct("2023-06-02", 12, "text", "Tre"),
	)
	for _, c := range []struct {
		rule string
		at   delivery.At
		want string
	}{
		{"before it was told anew", onDay, "goal-1 Én [][11]"},
		{"after", delivery.OnDay(date("2023-06-01")), "goal-1 To [][11 12]"},
		{"after it was corrected", delivery.OnDay(date("2023-06-02")), "goal-1 Tre [][11 12 13]"},
		{"in hindsight, of a day when it had not been told anew", onDay.As(delivery.Corrected), "goal-1 Én [][11]"},
	} {
		equal(t, c.rule, texts(reportOf(t, told, c.at).Story.Goals), c.want)
	}
}

func TestTheStoryOfAnotherPlanIsNotToldHere(t *testing.T) {
	other := tells(domain.EntityGoal, "goal-1", story.GoalSet{Text: "Annen"})
	other.Plan = "q"
	r := reportOf(t, adopted(other), onDay)
	equal(t, "the goals", texts(r.Story.Goals), "")
	equal(t, "the trail", len(r.Trail), 10)
}

func TestTheCourseAsItWasKnownStandsBesideHindsight(t *testing.T) {
	for _, v := range []delivery.View{delivery.Known, delivery.Corrected} {
		d := reportOf(t, adopted(closedPeriod()...), delivery.OnDay(date("2023-05-20")).As(v)).Delivery
		if len(d.Course) != 1 || len(d.Then) != 1 || d.Then[0].Whole.K1.Denominator == 0 {
			t.Errorf("%s: %d stages, %d as known", v, len(d.Course), len(d.Then))
		}
	}
}

// closedPeriod is a period that was opened, is over and was closed.
func closedPeriod() []domain.Recorded {
	about := domain.About(domain.EntityPeriod, domain.PeriodID("T1-2023"))
	return []domain.Recorded{
		on("2023-05-01", "", about, reporting.PeriodOpened{Period: "T1-2023", From: date("2023-01-01"), To: date("2023-04-30"), ReportDeadline: date("2023-05-15")}),
		on("2023-05-18", "", about, reporting.PeriodClosed{Period: "T1-2023"}),
	}
}
