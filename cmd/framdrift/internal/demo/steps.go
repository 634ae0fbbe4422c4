package demo

import (
	"slices"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

const coordinator = domain.UserID("u1")

// A script collects steps; they are played in the order of their times, and
// in the order they were written where the times are the same.
type script struct{ steps []step }

// on adds a command by a user at a time of day. Effective is the same day.
func (s *script) on(day string, hour int, by domain.UserID, command domain.Command) {
	s.late(day, hour, by, "", command)
}

// late adds a command about an earlier day.
func (s *script) late(day string, hour int, by domain.UserID, effective string, command domain.Command) {
	added := step{at: domain.MustDate(day).At(hour, len(s.steps)%60).UTC(), by: by, channel: domain.ChannelWeb, command: command}
	if effective != "" {
		added.effective = domain.MustDate(effective)
	}
	s.steps = append(s.steps, added)
}

func steps() ([]step, error) {
	s := &script{}
	if err := s.beginning(); err != nil {
		return nil, err
	}
	s.reportingPeriods()
	for i, c := range courses {
		s.measure(i, c)
	}
	s.fosenmotet()
	s.turns()
	slices.SortStableFunc(s.steps, func(a, b step) int { return a.at.Compare(b.at) })
	return s.steps, nil
}

// beginning is the region, its register and users, and the plan itself.
func (s *script) beginning() error {
	const day = "2022-06-13"
	s.on(day, 8, operator, actors.RegisterRegion{Region: Region, Name: "Fosenregionen", Form: "Interkommunalt politisk råd", Demo: true})
	s.on(day, 8, operator, actors.Grant{User: coordinator, Role: domain.RoleCoordinator})
	var members []actors.Member
	for _, m := range municipalities {
		s.late(day, 8, operator, m.since, actors.Register{Actor: m.id, Name: m.name, Kind: actors.Municipality, Sector: actors.Public})
		member := actors.Member{Actor: m.id, From: domain.MustDate(m.since)}
		if m.merged != "" {
			member.To = domain.MustDate(m.merged).AddDays(-1)
		}
		members = append(members, member)
	}
	for _, m := range municipalities {
		if m.merged != "" {
			s.late(day, 8, operator, m.merged, actors.Merge{Actor: m.id, Into: m.into, From: domain.MustDate(m.merged)})
		}
	}
	s.on(day, 9, coordinator, actors.DescribeRegion{
		Applicant: "bjugn", Members: members,
		Population: &actors.Population{Count: 25315, Date: domain.MustDate("2015-01-01")}, Area: &actors.Area{KM2: 3037},
	})
	imported, err := importing()
	if err != nil {
		return err
	}
	s.on(day, 10, coordinator, imported)
	for _, u := range users {
		s.on(day, 11, operator, actors.Grant{User: u.id, Role: domain.RoleOwner, Actors: u.answers})
	}
	return nil
}

// reportingPeriods are opened in their last days, and closed ten days after
// the report deadline.
func (s *script) reportingPeriods() {
	for _, p := range append(slices.Clone(periods), lastPeriod) {
		_, to, _ := reporting.Tertial(p)
		s.on(to.AddDays(-9).String(), 9, coordinator, reporting.OpenPeriod{Period: p})
		if p != lastPeriod {
			s.on(to.AddDays(reporting.GraceDays+10).String(), 9, coordinator, reporting.ClosePeriod{Period: p})
		}
	}
}

// userOf answers for an actor.
func userOf(actor domain.ActorID) domain.UserID {
	for _, u := range users {
		if slices.Contains(u.answers, actor) {
			return u.id
		}
	}
	return coordinator
}

func (s *script) measure(i int, c course) {
	on, user := plan.On{Measure: c.id}, userOf(c.owner)
	if c.id != "t17" { // which somebody else is asked to take first
		s.on("2022-06-20", 10, coordinator, plan.Assign{On: on, Owner: c.owner, User: user})
	}
	if c.accepted != "" {
		s.on(c.accepted, 13, user, plan.Accept{On: on})
	}
	if c.deadline != "" {
		s.on("2022-09-02", 12, coordinator, plan.AdoptDeadline{On: on, Deadline: domain.MustDate(c.deadline), Decision: decision("R 14/22", "2022-09-02")})
	}
	if c.started != "" {
		s.on(c.started, 9, user, plan.Start{On: on})
	}
	s.reports(i, c.id, user, c.reports)
	if c.done != "" {
		recorded := c.done
		if c.recorded != "" {
			recorded = c.recorded
		}
		s.late(recorded, 15, user, c.done, plan.Complete{On: on, Result: domain.Text(c.result)})
	}
}

func decision(number, date string) plan.Decision {
	return plan.Decision{Body: "Rådet", Case: number, Date: domain.MustDate(date)}
}

// reports come two to eight days before the deadline; those in capitals four
// days after it.
func (s *script) reports(i int, id domain.MeasureID, user domain.UserID, letters string) {
	statuses := map[byte]reporting.Status{'g': reporting.Green, 'a': reporting.Amber, 'r': reporting.Red, 'u': reporting.Unchanged}
	for n, p := range periods {
		letter := strings.ToLower(letters)[n]
		status, owed := statuses[letter]
		if !owed {
			continue
		}
		_, to, _ := reporting.Tertial(p)
		day := to.AddDays(reporting.GraceDays - 2 - i%7)
		if letters[n] != letter {
			day = to.AddDays(reporting.GraceDays + 4)
		}
		text := said[letter][(i+n)%len(said[letter])]
		s.on(day.String(), 10+i%5, user, reporting.Report{Measure: id, Period: p, Status: status, Text: domain.Text(text)})
	}
}

func (s *script) fosenmotet() {
	on, user := plan.On{Measure: "t16"}, userOf("utviklingsleder")
	s.on("2022-06-20", 11, coordinator, plan.Assign{On: on, Owner: "utviklingsleder", User: user})
	s.on("2022-06-21", 13, user, plan.Accept{On: on})
	s.on("2022-09-01", 9, user, plan.Start{On: on})
	for i, y := range yearly {
		decided := []string{"2022-09-02", "2023-03-03", "2024-03-01"}[i]
		s.on(decided, 12, coordinator, plan.AdoptDeadline{
			On: on, Deadline: domain.MustDate(y.deadline), Deliverable: y.year,
			Decision: decision([]string{"R 14/22", "R 04/23", "R 05/24"}[i], decided),
		})
		s.on(y.done, 16, user, plan.Complete{On: on, Deliverable: y.year, Result: domain.Text(y.result)})
	}
	s.reports(3, "t16", user, yearlyReports)
}

// turns is what did not go by the plan.
func (s *script) turns() {
	t := func(n int) plan.On { return plan.On{Measure: domain.MeasureID("t" + strconv.Itoa(100 + n)[1:])} }

	// t17 was first asked of the council, which said no.
	s.on("2022-06-20", 10, coordinator, plan.Assign{On: t(17), Owner: "radet", User: "u2"})
	s.on("2022-07-01", 9, "u2", plan.Decline{On: t(17), Why: "Oppgaven hører hjemme i administrasjonen."})
	s.on("2022-08-25", 9, coordinator, plan.Assign{On: t(17), Owner: "utviklingsleder", User: "u4"})

	// t03 moved by decision in time, t08 too; t05 was missed.
	s.on("2023-11-10", 12, coordinator, plan.AdoptDeadline{On: t(3), Deadline: domain.MustDate("2025-06-30"), Decision: decision("R 31/23", "2023-11-10")})
	s.on("2024-05-24", 12, coordinator, plan.AdoptDeadline{On: t(8), Deadline: domain.MustDate("2024-11-30"), Decision: decision("R 12/24", "2024-05-24")})
	s.on("2023-11-24", 12, coordinator, plan.HandleDeviation{On: t(5), Text: "Fristen er brutt. Rådmannsforum legger fram utredningen i februar.", Decision: decision("R 33/23", "2023-11-24")})
	s.on("2024-08-23", 12, coordinator, plan.HandleDeviation{On: t(9), Text: "Finansieringsplanen ventes på statsbudsjettet.", Decision: decision("R 19/24", "2024-08-23")})

	// t12 was said to be done, reopened, and done.
	s.on("2024-01-22", 9, coordinator, plan.Reopen{On: t(12), Why: "Evalueringen av konferansen mangler."})
	s.on("2024-03-04", 9, "u4", plan.Complete{On: t(12), Result: "Konferansen samlet 140 deltakere; evalueringen er lagt fram for rådet."})

	// t25 was given up by the assembly.
	s.on("2024-03-15", 12, coordinator, plan.Withdraw{On: t(25), Decision: plan.Decision{Body: "Representantskapet", Case: "RS 02/24", Date: domain.MustDate("2024-03-15")}})

	// Owners' own expectations.
	s.on("2023-08-28", 10, "u3", plan.GiveForecast{On: t(5), Forecast: domain.MustDate("2024-02-15"), Why: "Kartleggingen tok lengre tid."})
	s.on("2024-04-08", 10, "u3", plan.GiveForecast{On: t(9), Forecast: domain.MustDate("2025-03-31"), Why: "Venter på fylkets prioritering."})
	s.on("2024-09-16", 10, "u2", plan.GiveForecast{On: t(10), Forecast: domain.MustDate("2025-02-28")})

	s.partners(t)

	// A report was sent back and given again.
	s.on("2024-09-12", 15, coordinator, reporting.Return{Report: "t13-T2-2024-7", Why: "Hvor langt er utbyggingen kommet i Osen?"})
	s.on("2024-09-14", 10, "u3", reporting.Report{Measure: "t13", Period: "T2-2024", Status: reporting.Green, Text: "Alle master i Osen er satt i drift."})
	s.on("2024-09-16", 9, coordinator, reporting.Approve{Report: "t13-T2-2024-8"})
}

func (s *script) partners(t func(int) plan.On) {
	s.on("2022-10-20", 10, coordinator, plan.ConfirmPartner{On: t(5), Partner: "afjord-utvikling-as"})
	s.on("2023-04-11", 10, coordinator, plan.RecordContribution{On: t(5), Partner: "afjord-utvikling-as", Hours: 40})
	s.on("2023-09-05", 10, coordinator, plan.RecordContribution{On: t(9), Partner: "fosenbrua-as", Hours: 120})
	s.on("2023-05-30", 10, coordinator, plan.RecordContribution{On: t(14), Partner: "trondelag-reiseliv", Hours: 75})
	s.on("2024-02-12", 10, coordinator, plan.RecordContribution{On: t(17), Partner: "ntnu", Hours: 300, Text: "Veiledning av stipendiat."})
	s.on("2023-03-20", 10, coordinator, plan.ResolvePartner{On: t(12), Partner: "kommunene", Into: []domain.ActorID{"orland", "afjord", "osen", "indre-fosen"}})
	s.on("2023-11-14", 10, coordinator, plan.RecordContribution{On: t(12), Partner: "orland", Amount: &plan.Money{Value: 50000, Currency: "NOK"}})
}
