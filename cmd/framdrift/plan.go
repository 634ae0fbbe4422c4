package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/projections/planview"
)

func (c *cli) planCommand() *cobra.Command {
	group := c.group("plan", phrase("Handlingsplanen: les, importer, vis", "Handlingsplanen: les, importer, vis", "The plan: read, import, show"))
	group.AddCommand(c.planRead(), c.planImport(), c.planExport(), c.planList(), c.planShow(), c.planDiff(), c.planEndorse(), c.planClose())
	return group
}

// showPlan shows something of a plan at the moment asked for.
func (c *cli) showPlan(cmd *cobra.Command, id domain.PlanID, show func(app.Plan) error) error {
	per, err := c.moment()
	if err != nil {
		return err
	}
	if id == "" {
		id = domain.PlanID(c.plan)
	}
	return c.withRegion(cmd.Context(), func(r app.Service) error {
		p, err := r.Plan(cmd.Context(), id, per)
		if err != nil {
			return err
		}
		return show(p)
	})
}

func (c *cli) planShow() *cobra.Command {
	cmd := c.verb("show [PLAN]", phrase("Viser planen som den står", "Viser planen som han står", "Shows the plan as it stands"), func(cmd *cobra.Command, args []string) error {
		return c.showPlan(cmd, domain.PlanID(argument(args, 0)), func(p app.Plan) error {
			if c.output == "table" {
				c.heading(p)
			}
			return c.measures(p, p.Measures)
		})
	})
	c.readFlags(cmd)
	return cmd
}

// heading is what the plan is, in a few lines above its table.
func (c *cli) heading(p app.Plan) {
	c.printf("%s\n", p.Title)
	c.print(phrase("%[1]s · %[2]s–%[3]s · vedtatt %[4]s%[5]s", "%[1]s · %[2]s–%[3]s · vedteken %[4]s%[5]s", "%[1]s · %[2]s–%[3]s · adopted %[4]s%[5]s"),
		p.ID, p.From.Norwegian(), p.To.Norwegian(), p.Adopted.Norwegian(), decided(p.Decision))
	counts := map[planview.State]int{}
	for _, m := range p.Measures {
		counts[m.State]++
	}
	var parts []string
	for _, s := range planview.States() {
		if counts[s] > 0 {
			parts = append(parts, domain.StateWords.Of(string(s)).In(c.language)+" "+strconv.Itoa(counts[s]))
		}
	}
	c.printf("%s\n\n", strings.Join(parts, " · "))
}

// decided is a decision behind a comma: «, Representantskapet, sak RS 03/22».
func decided(d plan.Decision) string {
	s := ""
	for _, part := range []string{d.Body, d.Case} {
		if part != "" {
			s += ", " + part
		}
	}
	return s
}

func (c *cli) planList() *cobra.Command {
	cmd := c.verb("list", phrase("Viser planene", "Viser planane", "Lists the plans"), func(cmd *cobra.Command, _ []string) error {
		return c.overview(cmd, func(o app.Overview) error {
			rows := make([][]string, len(o.Plans))
			for i, p := range o.Plans {
				rows[i] = []string{string(p.ID), p.Title, p.From.String(), p.To.String(), p.Adopted.String(), p.Closed.String()}
			}
			return c.list(o.Plans, []column{
				{key: "id", label: phrase("id", "id", "id")},
				{key: "title", label: phrase("plan", "plan", "plan"), width: 50},
				{key: "from", label: phrase("fra", "frå", "from")},
				{key: "to", label: phrase("til", "til", "to")},
				{key: "adopted", label: phrase("vedtatt", "vedteken", "adopted")},
				{key: "closed", label: phrase("avsluttet", "avslutta", "closed")},
			}, rows, phrase("Ingen plan ennå. Importer en: framdrift plan import FIL", "Ingen plan enno. Importer ein: framdrift plan import FIL", "No plan yet. Import one: framdrift plan import FILE"))
		})
	})
	c.readFlags(cmd)
	return cmd
}

func (c *cli) planClose() *cobra.Command {
	var d decision
	cmd := c.writer("close [PLAN]", phrase("Avslutter planen ved vedtak", "Avsluttar planen ved vedtak", "Closes the plan by decision"),
		func(args []string) (domain.Command, error) {
			c.plan = argument(args, 0)
			decided, err := d.read()
			return plan.Close{Decision: decided}, err
		})
	d.flags(c, cmd)
	return cmd
}

func (c *cli) planEndorse() *cobra.Command {
	var d decision
	cmd := c.writer("endorse ACTOR", phrase("Fører at en kommune har sluttet seg til planen", "Fører at ein kommune har slutta seg til planen", "Records that a municipality has endorsed the plan"),
		func(args []string) (domain.Command, error) {
			decided, err := d.read()
			return plan.Endorse{Municipality: domain.ActorID(args[0]), Decision: decided}, err
		})
	cmd.Example = `  framdrift plan endorse afjord --case "PS 41/22" --body kommunestyret --date 2022-09-15`
	d.flags(c, cmd)
	c.planFlag(cmd)
	return cmd
}

// A decision is one given by flags.
type decision struct{ body, number, date, url string }

func (d *decision) flags(c *cli, cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&d.number, "case", "", c.flag("saksnummeret, for eksempel \"RS 03/22\"", "saksnummeret, til dømes \"RS 03/22\"", "the case number, such as \"RS 03/22\""))
	f.StringVar(&d.body, "body", "", c.flag("organet som vedtok", "organet som vedtok", "the body that decided"))
	f.StringVar(&d.date, "date", "", c.flag("dagen det ble vedtatt", "dagen det vart vedteke", "the day it was decided"))
	f.StringVar(&d.url, "url", "", c.flag("lenke til vedtaket", "lenkje til vedtaket", "a link to the decision"))
}

func (d *decision) read() (plan.Decision, error) {
	out := plan.Decision{Body: d.body, Case: d.number, URL: d.url}
	return out, dates([]string{d.date}, &out.Date)
}
