package main

import (
	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/reporting"
)

func (c *cli) periodCommand() *cobra.Command {
	group := c.group("period", phrase("Rapporteringsperiodene (tertialene)", "Rapporteringsperiodane (tertiala)", "The reporting periods (tertials)"))
	group.AddCommand(c.periodOpen(), c.periodClose(), c.periodList())
	return group
}

func (c *cli) periodOpen() *cobra.Command {
	var from, to, deadline string
	cmd := c.writer("open PERIOD", phrase("Åpner en periode for rapporter", "Opnar ein periode for rapportar", "Opens a period for reports"),
		func(args []string) (domain.Command, error) {
			open := reporting.OpenPeriod{Period: domain.PeriodID(args[0])}
			return open, dates([]string{from, to, deadline}, &open.From, &open.To, &open.ReportDeadline)
		})
	cmd.Example = `  framdrift period open T1-2023
  framdrift period open H1-2023 --from 2023-01-01 --to 2023-06-30 --deadline 2023-08-15`
	f := cmd.Flags()
	f.StringVar(&from, "from", "", c.flag("første dag; et tertial har sin egen", "første dag; eit tertial har sin eigen", "first day; a tertial has its own"))
	f.StringVar(&to, "to", "", c.flag("siste dag; et tertial har sin egen", "siste dag; eit tertial har sin eigen", "last day; a tertial has its own"))
	f.StringVar(&deadline, "deadline", "", c.flag("rapportfrist (ellers 15 dager etter siste dag)", "rapportfrist (elles 15 dagar etter siste dag)", "report deadline (otherwise 15 days after the last day)"))
	c.planFlag(cmd)
	return cmd
}

func (c *cli) periodClose() *cobra.Command {
	cmd := c.writer("close PERIOD", phrase("Lukker en periode etter rapportfristen", "Lukkar ein periode etter rapportfristen", "Closes a period after its report deadline"),
		func(args []string) (domain.Command, error) {
			return reporting.ClosePeriod{Period: domain.PeriodID(args[0])}, nil
		})
	c.planFlag(cmd)
	return cmd
}

func (c *cli) periodList() *cobra.Command {
	cmd := c.verb("list", phrase("Viser periodene", "Viser periodane", "Shows the periods"), func(cmd *cobra.Command, _ []string) error {
		return c.showPlan(cmd, "", func(p app.Plan) error {
			rows := make([][]string, len(p.Periods))
			for i, d := range p.Periods {
				rows[i] = []string{string(d.ID), domain.StateWords.Of(string(d.State)).In(c.language), d.From.String(), d.To.String(), d.ReportDeadline.String()}
			}
			return c.list(p.Periods, []column{
				{key: "id", label: phrase("periode", "periode", "period")},
				{key: "state", label: phrase("tilstand", "tilstand", "state")},
				{key: "from", label: phrase("fra", "frå", "from")},
				{key: "to", label: phrase("til", "til", "to")},
				{key: "reportDeadline", label: phrase("rapportfrist", "rapportfrist", "report deadline")},
			}, rows, phrase("Ingen perioder ennå. Åpne en: framdrift period open T1-2023", "Ingen periodar enno. Opne ein: framdrift period open T1-2023", "No periods yet. Open one: framdrift period open T1-2023"))
		})
	})
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}
