package finalreport_test

import (
	"fmt"
	"testing"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

func figuresOf(t testing.TB, events []domain.Recorded, at delivery.At) finalreport.RegionFigures {
	t.Helper()
	r, err := folded(t, events).Figures(thePlan, at)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestALineInAProgrammeIsWhatTheReportSays(t *testing.T) {
	log := adopted(started, completed, on("2023-04-20", "", domain.About(domain.EntityRegion, "fosen"), actors.RegionDescribed{
		Members: []actors.Member{{Actor: "roan", To: date("2019-12-31")}, {Actor: "afjord"}, {Actor: "radet", From: date("2023-06-01")}},
	}))
	line, report := figuresOf(t, log, onDay), reportOf(t, log, onDay)
	equal(t, "the figures", line.Figures, report.Delivery.Whole.Figures())
	equal(t, "the header", []any{line.Region, line.Plan, line.AsOf, line.Definition}, []any{report.Header.Region, report.Header.Plan, report.Header.AsOf, report.Header.Definition})
	equal(t, "the provenance", line.Provenance, report.Provenance)
	equal(t, "members on the day", line.Members, 1)
	equal(t, "measures and completed", fmt.Sprint(line.Measures, line.Completed), "2 1")
	if err := second(folded(t, log).Figures("annen", onDay)); domain.KindOf(err) != domain.NotFound {
		t.Errorf("of a plan that is not there: %v", err)
	}
}

func TestAProgrammeIsTheSumOfItsRegions(t *testing.T) {
	line := figuresOf(t, adopted(started, completed), onDay)
	var p finalreport.Programme
	p.Add(line)
	p.Add(line)
	p.Add(finalreport.RegionFigures{Region: finalreport.Region{ID: "tom"}})
	equal(t, "K1", p.Sum.K1, line.Figures.K1.Plus(line.Figures.K1))
	equal(t, "K3, which has no sum", p.Sum.K3, delivery.Earned{})
	equal(t, "the regions", p.IDs(), "[fosen tom]")
}

func TestTheDayOfAProgrammeIsThatOfThePlansInForce(t *testing.T) {
	open := figuresOf(t, adopted(started), onDay)
	later := figuresOf(t, adopted(started), delivery.OnDay(date("2023-06-01")))
	closed := figuresOf(t, adopted(on("2022-12-01", "", domain.About(domain.EntityPlan, thePlan), plan.Closed{})), onDay)
	for _, c := range []struct {
		rule    string
		regions []finalreport.RegionFigures
		want    string
	}{
		{"all on one day", []finalreport.RegionFigures{open, open}, "2023-05-01 true"},
		{"a closed plan stands on the day it closed", []finalreport.RegionFigures{closed, open, closed}, "2023-05-01 true"},
		{"only closed plans", []finalreport.RegionFigures{closed}, "2022-12-01 true"},
		{"two days are none", []finalreport.RegionFigures{open, later}, " false"},
		{"no plan, no day", []finalreport.RegionFigures{{}}, " false"},
	} {
		day, same := (&finalreport.Programme{Regions: c.regions}).Day()
		equal(t, c.rule, fmt.Sprint(day, same), c.want)
	}
}
