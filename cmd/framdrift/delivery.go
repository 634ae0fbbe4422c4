package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
)

func (c *cli) deliveryCommand() *cobra.Command {
	group := c.group("delivery", phrase("Gjennomføringskraft: andelene med teller, nevner og tiltak", "Gjennomføringskraft: delane med teljar, nemnar og tiltak", "Delivery: the shares with numerator, denominator and measures"))
	group.AddCommand(c.deliveryShow())
	return group
}

func (c *cli) deliveryShow() *cobra.Command {
	var strategy string
	cmd := c.verb("show", phrase("Viser gjennomføringskraften", "Viser gjennomføringskrafta", "Shows delivery"), func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			p, err := r.Delivery(cmd.Context(), domain.PlanID(c.plan), per)
			if err != nil {
				return err
			}
			level, err := levelOf(p, domain.StrategyID(strategy))
			if err != nil {
				return err
			}
			return c.delivery(p, level)
		})
	})
	cmd.Flags().StringVar(&strategy, "strategy", "", c.flag("bare denne strategien, for eksempel s1", "berre denne strategien, til dømes s1", "only this strategy, such as s1"))
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}

var errStrategyUnknown = domain.Rule{Kind: domain.NotFound, Code: "strategy.unknown", Text: phrase(
	"Strategien %[1]s finnes ikke i planen. Her er: %[2]s.",
	"Strategien %[1]s finst ikkje i planen. Her er: %[2]s.",
	"There is no strategy %[1]s in the plan. Here are: %[2]s.")}

func levelOf(p delivery.Profile, id domain.StrategyID) (delivery.Level, error) {
	if id == "" {
		return p.Whole, nil
	}
	there := make([]string, len(p.Strategies))
	for i, l := range p.Strategies {
		if l.Strategy == id {
			return l, nil
		}
		there[i] = string(l.Strategy)
	}
	return delivery.Level{}, errStrategyUnknown.With(id, strings.Join(there, ", "))
}

// A component is one share, with its name in people's words.
type component struct {
	key   string
	label domain.Phrase
	delivery.Share
}

func components(l delivery.Level) []component {
	return []component{
		{"K1", phrase("forankring", "forankring", "anchored"), l.K1},
		{"K2", phrase("rettidig gjennomføring", "rettidig gjennomføring", "done on time"), l.K2},
		{"K4", phrase("rapporteringsdisiplin", "rapporteringsdisiplin", "reported on time"), l.K4.Share},
	}
}

// delivery prints the shares of a level; in JSON the level whole, with every
// measure and the events that put it there.
func (c *cli) delivery(p delivery.Profile, level delivery.Level) error {
	rows := [][]string{}
	for _, k := range components(level) {
		rows = append(rows, []string{
			k.key, k.label.In(c.language), k.Phrase().In(c.language), strconv.Itoa(k.Numerator), strconv.Itoa(k.Denominator),
			members(k.Members, true), members(k.Members, false),
		})
	}
	if c.output == "table" {
		c.deliveryHeading(p, level)
	}
	data := any(p)
	if level.Strategy != "" {
		data = level
	}
	columns := []column{
		{key: "component", label: phrase("del", "del", "part")},
		{key: "name", label: phrase("navn", "namn", "name")},
		{key: "share", label: phrase("andel", "del", "share")},
		{key: "numerator", label: phrase("teller", "teljar", "numerator")},
		{key: "denominator", label: phrase("nevner", "nemnar", "denominator")},
		{key: "counted", label: phrase("i telleren", "i teljaren", "counted"), width: 60},
		{key: "notCounted", label: phrase("bare i nevneren", "berre i nemnaren", "only in the denominator"), width: 60},
	}
	return c.list(data, columns, rows, domain.Phrase{})
}

func (c *cli) deliveryHeading(p delivery.Profile, level delivery.Level) {
	view := phrase("som kjent", "som kjent", "as known")
	if p.View == delivery.Corrected {
		view = phrase("som korrigert", "som korrigert", "as corrected")
	}
	c.print(phrase("Gjennomføringskraft · %[1]s%[2]s · %[3]s, %[4]s", "Gjennomføringskraft · %[1]s%[2]s · %[3]s, %[4]s", "Delivery · %[1]s%[2]s · %[3]s, %[4]s"),
		p.Plan, titled(level.Title), p.Day.Norwegian(), view)
	n := level.Counts
	c.print(phrase(
		"%[1]d tiltak: %[2]d fullført, %[3]d i gang, %[4]d ikke startet · %[5]d tatt ut · %[6]d ordninger",
		"%[1]d tiltak: %[2]d fullført, %[3]d i gang, %[4]d ikkje starta · %[5]d teke ut · %[6]d ordningar",
		"%[1]d measures: %[2]d completed, %[3]d under way, %[4]d not started · %[5]d withdrawn · %[6]d arrangements"),
		n.Measures, n.Completed, n.Started, n.NotStarted, n.Withdrawn, n.Arrangements)
	c.printf("\n")
}

func titled(title string) string {
	if title == "" {
		return ""
	}
	return " · " + title
}

// members names those in the numerator, or those only in the denominator.
func members(all []delivery.Member, counted bool) string {
	var list []string
	for _, m := range all {
		if m.Counted != counted {
			continue
		}
		name := string(m.Measure)
		for _, part := range []string{m.Deliverable, string(m.Period)} {
			if part != "" {
				name += "/" + part
			}
		}
		list = append(list, name)
	}
	return strings.Join(list, " ")
}
