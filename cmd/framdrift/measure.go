package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

func (c *cli) measureCommand() *cobra.Command {
	group := c.group("measure", phrase("Tiltakene: hvem svarer, når, og hva er gjort", "Tiltaka: kven svarar, når, og kva er gjort", "The measures: who answers, when, and what is done"))
	group.AddCommand(
		c.measureList(), c.measureShow(),
		c.measureAssign(), c.measureAccept(), c.measureDecline(), c.measureDeadline(), c.measureForecast(),
		c.measureStart(), c.measureReport(), c.measureComplete(), c.measureReopen(), c.measureWithdraw(), c.measureAmend(),
	)
	return group
}

// address takes PLAN/t01 apart; without a plan --plan or the one in force is meant.
func (c *cli) address(s string) (domain.PlanID, domain.MeasureID) {
	if planID, measure, ok := strings.Cut(s, "/"); ok {
		return domain.PlanID(planID), domain.MeasureID(measure)
	}
	return domain.PlanID(c.plan), domain.MeasureID(s)
}

// measureWriter is a verb about the measure that its first argument names.
func (c *cli) measureWriter(use string, short domain.Phrase, build func(on plan.On, args []string) (domain.Command, error)) *cobra.Command {
	cmd := c.writer(use, short, func(args []string) (domain.Command, error) {
		planID, measure := c.address(args[0])
		c.plan = string(planID)
		return build(plan.On{Measure: measure}, args[1:])
	})
	c.planFlag(cmd)
	return cmd
}

func (c *cli) deliverableFlag(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "deliverable", "", c.flag("leveransen av et løpende tiltak, for eksempel 2023", "leveransen av eit løpande tiltak, til dømes 2023", "the deliverable of an ongoing measure, such as 2023"))
}

func (c *cli) whyFlag(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "why", "", c.flag("hvorfor", "kvifor", "why"))
}

func (c *cli) ownerFlag(cmd *cobra.Command, to *string) {
	cmd.Flags().StringVar(to, "owner", "", c.flag("aktøren som svarer for tiltaket", "aktøren som svarar for tiltaket", "the actor who answers for the measure"))
}

func (c *cli) measureAssign() *cobra.Command {
	var owner, user string
	cmd := c.measureWriter("assign ID", phrase("Gir ansvaret til en aktør", "Gjev ansvaret til ein aktør", "Assigns the measure to an actor"),
		func(on plan.On, _ []string) (domain.Command, error) {
			return plan.Assign{On: on, Owner: domain.ActorID(owner), User: domain.UserID(user)}, nil
		})
	cmd.Example = `  framdrift measure assign t07 --owner radet`
	c.ownerFlag(cmd, &owner)
	cmd.Flags().StringVar(&user, "user", "", c.flag("brukeren som svarer på aktørens vegne", "brukaren som svarar på vegner av aktøren", "the user who answers for the actor"))
	c.require(cmd, "owner")
	return cmd
}

func (c *cli) measureAccept() *cobra.Command {
	var owner string
	cmd := c.measureWriter("accept ID", phrase("Tar på seg ansvaret", "Tek på seg ansvaret", "Accepts the assignment"),
		func(on plan.On, _ []string) (domain.Command, error) {
			return plan.Accept{On: on, Owner: domain.ActorID(owner)}, nil
		})
	c.ownerFlag(cmd, &owner)
	return cmd
}

func (c *cli) measureDecline() *cobra.Command {
	var owner, why string
	cmd := c.measureWriter("decline ID", phrase("Sier nei til ansvaret", "Seier nei til ansvaret", "Declines the assignment"),
		func(on plan.On, _ []string) (domain.Command, error) {
			return plan.Decline{On: on, Owner: domain.ActorID(owner), Why: domain.Text(why)}, nil
		})
	c.ownerFlag(cmd, &owner)
	c.whyFlag(cmd, &why)
	c.require(cmd, "why")
	return cmd
}

func (c *cli) measureDeadline() *cobra.Command {
	var d decision
	var deliverable string
	cmd := c.measureWriter("deadline ID DATE", phrase("Setter eller flytter fristen ved vedtak", "Set eller flyttar fristen ved vedtak", "Sets or moves the deadline by decision"),
		func(on plan.On, args []string) (domain.Command, error) {
			day, err := domain.ParseDate(args[0])
			decided, err2 := d.read()
			return plan.AdoptDeadline{On: on, Deadline: day, Decision: decided, Deliverable: deliverable}, domain.FirstError(err, err2)
		})
	cmd.Example = `  framdrift measure deadline t07 2024-05-31 --case "RS 03/22"`
	d.flags(c, cmd)
	c.deliverableFlag(cmd, &deliverable)
	return cmd
}

func (c *cli) measureForecast() *cobra.Command {
	var why, deliverable string
	cmd := c.measureWriter("forecast ID DATE", phrase("Sier når det ventes ferdig", "Seier når det er venta ferdig", "Says when it is expected to be done"),
		func(on plan.On, args []string) (domain.Command, error) {
			day, err := domain.ParseDate(args[0])
			return plan.GiveForecast{On: on, Forecast: day, Why: domain.Text(why), Deliverable: deliverable}, err
		})
	c.whyFlag(cmd, &why)
	c.deliverableFlag(cmd, &deliverable)
	return cmd
}

func (c *cli) measureStart() *cobra.Command {
	return c.measureWriter("start ID", phrase("Sier at arbeidet er i gang", "Seier at arbeidet er i gang", "Says that work has begun"),
		func(on plan.On, _ []string) (domain.Command, error) { return plan.Start{On: on}, nil })
}

func (c *cli) measureReport() *cobra.Command {
	var period, status, text, obstacles, next, forecast string
	cmd := c.measureWriter("report ID", phrase("Rapporterer for en periode", "Rapporterer for ein periode", "Reports for a period"),
		func(on plan.On, _ []string) (domain.Command, error) {
			r := reporting.Report{
				Measure: on.Measure, Period: domain.PeriodID(period), Status: reporting.Status(status),
				Text: domain.Text(text), Obstacles: domain.Text(obstacles), Next: domain.Text(next),
			}
			return r, dates([]string{forecast}, &r.Forecast)
		})
	cmd.Example = `  framdrift measure report t07 --period T1-2023 --status green --text "Avtalen er signert"`
	f := cmd.Flags()
	f.StringVar(&period, "period", "", c.flag("perioden, for eksempel T1-2023", "perioden, til dømes T1-2023", "the period, such as T1-2023"))
	f.StringVar(&status, "status", "", c.flag("green, amber, red eller unchanged", "green, amber, red eller unchanged", "green, amber, red or unchanged"))
	f.StringVar(&text, "text", "", c.flag("hva som er gjort", "kva som er gjort", "what was done"))
	f.StringVar(&obstacles, "obstacles", "", c.flag("hva som står i veien", "kva som står i vegen", "what is in the way"))
	f.StringVar(&next, "next", "", c.flag("neste steg", "neste steg", "the next step"))
	f.StringVar(&forecast, "forecast", "", c.flag("når det ventes ferdig", "når det er venta ferdig", "when it is expected to be done"))
	c.require(cmd, "period", "status")
	return cmd
}

func (c *cli) measureComplete() *cobra.Command {
	var result, evidence, deliverable string
	cmd := c.measureWriter("complete ID", phrase("Sier at det er fullført", "Seier at det er fullført", "Says that it is completed"),
		func(on plan.On, _ []string) (domain.Command, error) {
			return plan.Complete{On: on, Result: domain.Text(result), Evidence: ids[domain.EvidenceID](evidence), Deliverable: deliverable}, nil
		})
	cmd.Example = `  framdrift measure complete t07 --result "Felles avtale vedtatt i alle kommunene" --effective 2024-05-20`
	cmd.Flags().StringVar(&result, "result", "", c.flag("hva som kom ut av det", "kva som kom ut av det", "what came of it"))
	cmd.Flags().StringVar(&evidence, "evidence", "", c.flag("dokumentasjonen som viser det, med komma mellom", "dokumentasjonen som viser det, med komma mellom", "the evidence that shows it, with commas between"))
	c.deliverableFlag(cmd, &deliverable)
	return cmd
}

func (c *cli) measureReopen() *cobra.Command {
	var why, deliverable string
	cmd := c.measureWriter("reopen ID", phrase("Gjenåpner det som var fullført", "Opnar att det som var fullført", "Reopens what was completed"),
		func(on plan.On, _ []string) (domain.Command, error) {
			return plan.Reopen{On: on, Why: domain.Text(why), Deliverable: deliverable}, nil
		})
	c.whyFlag(cmd, &why)
	c.deliverableFlag(cmd, &deliverable)
	c.require(cmd, "why")
	return cmd
}

func (c *cli) measureWithdraw() *cobra.Command {
	var d decision
	cmd := c.measureWriter("withdraw ID", phrase("Tar tiltaket ut av planen ved vedtak", "Tek tiltaket ut av planen ved vedtak", "Takes the measure out of the plan by decision"),
		func(on plan.On, _ []string) (domain.Command, error) {
			decided, err := d.read()
			return plan.Withdraw{On: on, Decision: decided}, err
		})
	d.flags(c, cmd)
	return cmd
}

func (c *cli) measureAmend() *cobra.Command {
	var d decision
	var field, to string
	cmd := c.measureWriter("amend ID", phrase("Endrer en kolonne i planen ved vedtak", "Endrar ein kolonne i planen ved vedtak", "Amends a column of the plan by decision"),
		func(on plan.On, _ []string) (domain.Command, error) {
			decided, err := d.read()
			return plan.Amend{On: on, Field: plan.Field(field), To: to, Decision: decided}, err
		})
	cmd.Flags().StringVar(&field, "field", "", c.flag("strategy, focusArea, initiative, text, owners eller partners", "strategy, focusArea, initiative, text, owners eller partners", "strategy, focusArea, initiative, text, owners or partners"))
	cmd.Flags().StringVar(&to, "to", "", c.flag("den nye verdien", "den nye verdien", "the new value"))
	c.require(cmd, "field")
	d.flags(c, cmd)
	return cmd
}

var errMeasureUnknown = domain.Rule{Kind: domain.NotFound, Code: "measure.unknown", Text: phrase(
	"Tiltaket %[1]s står ikke i planen %[2]s. «framdrift measure list» viser dem som gjør det.",
	"Tiltaket %[1]s står ikkje i planen %[2]s. «framdrift measure list» viser dei som gjer det.",
	"The measure %[1]s is not in the plan %[2]s. “framdrift measure list” shows those that are.")}

func find(p app.Plan, id domain.MeasureID) (int, error) {
	for i, m := range p.Measures {
		if m.ID == id {
			return i, nil
		}
	}
	return 0, errMeasureUnknown.With(id, p.ID)
}
