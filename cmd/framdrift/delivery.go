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
	group.AddCommand(c.deliveryShow(), c.deliveryWhy(), c.deliverySum())
	return group
}

// partFlags are those that choose a part of the plan.
func (c *cli) partFlags(cmd *cobra.Command, part *delivery.Part) {
	f := cmd.Flags()
	f.StringVar((*string)(&part.Strategy), "strategy", "", c.flag("bare denne strategien, for eksempel s1", "berre denne strategien, til dømes s1", "only this strategy, such as s1"))
	f.StringVar(&part.FocusArea, "focus", "", c.flag("bare dette innsatsområdet", "berre dette innsatsområdet", "only this focus area"))
	f.StringVar((*string)(&part.Owner), "owner", "", c.flag("bare det denne er bedt om å svare for", "berre det denne er beden om å svare for", "only what this one is asked to answer for"))
}

func (c *cli) deliveryShow() *cobra.Command {
	var (
		part           delivery.Part
		from, to, step string
		index          bool
	)
	cmd := c.verb("show", phrase("Viser gjennomføringskraften, eller hvordan den har utviklet seg", "Viser gjennomføringskrafta, eller korleis ho har utvikla seg", "Shows delivery, or its course over time"), func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		if from != "" || to != "" || step != "" {
			return c.showCourse(cmd, part, per, from, to, step)
		}
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			p, err := r.Delivery(cmd.Context(), domain.PlanID(c.plan), part, per)
			if err != nil {
				return err
			}
			return c.delivery(p, index)
		})
	})
	cmd.Example = `  framdrift delivery show --per 2024-12-31
  framdrift delivery show --strategy s1 --visning korrigert -o json
  framdrift delivery show --from 2023-01-01 --to 2024-12-31 --step month`
	c.partFlags(cmd, &part)
	f := cmd.Flags()
	f.StringVar(&from, "from", "", c.flag("utviklingen fra denne dagen (ellers fra vedtaket)", "utviklinga frå denne dagen (elles frå vedtaket)", "the course from this day (otherwise from the adoption)"))
	f.StringVar(&to, "to", "", c.flag("utviklingen til denne dagen (ellers i dag)", "utviklinga til denne dagen (elles i dag)", "the course to this day (otherwise today)"))
	f.StringVar(&step, "step", "", c.flag("utviklingen per day, week, month eller tertial", "utviklinga per day, week, month eller tertial", "the course by day, week, month or tertial"))
	f.BoolVar(&index, "index", false, c.flag("også ett samlet tall, der det kan regnes ut", "også eitt samla tal, der det kan reknast ut", "one single number too, where there is one"))
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}

var shareColumns = []column{
	{key: "component", label: phrase("del", "del", "part")},
	{key: "name", label: phrase("navn", "namn", "name")},
	{key: "share", label: phrase("andel", "del", "share")},
	{key: "numerator", label: phrase("teller", "teljar", "numerator")},
	{key: "denominator", label: phrase("nevner", "nemnar", "denominator")},
	{key: "counted", label: phrase("i telleren", "i teljaren", "counted"), width: 60},
	{key: "notCounted", label: phrase("bare i nevneren", "berre i nemnaren", "only in the denominator"), width: 60},
}

// delivery prints the shares of a profile; in JSON the profile whole, with
// every measure and the events that put it there.
func (c *cli) delivery(p delivery.Profile, index bool) error {
	if c.output == "json" {
		return c.json(indexed(p, index))
	}
	rows := [][]string{}
	for _, k := range delivery.Components() {
		s := p.Whole.Share(k)
		rows = append(rows, []string{
			string(k), k.Name().In(c.language), p.Whole.Said(k).In(c.language), strconv.Itoa(s.Numerator), strconv.Itoa(s.Denominator),
			members(k, s.Members, true), members(k, s.Members, false),
		})
	}
	if c.output == "csv" {
		return c.csv(shareColumns, rows)
	}
	c.deliveryHeading(p)
	if err := c.list(nil, shareColumns, rows, domain.Phrase{}); err != nil {
		return err
	}
	c.deliveryBeside(p.Whole)
	if index {
		c.deliveryIndex(p.Whole)
	}
	return nil
}

// indexed is the profile, and the single number when it is asked for and there
// is one.
func indexed(p delivery.Profile, asked bool) any {
	index, ok := p.Whole.Figures().Index()
	if !asked || !ok {
		return p
	}
	return struct {
		delivery.Profile
		Index float64 `json:"index"`
	}{p, index}
}

func (c *cli) deliveryHeading(p delivery.Profile) {
	c.print(phrase("Gjennomføringskraft · %[1]s%[2]s · %[3]s, %[4]s", "Gjennomføringskraft · %[1]s%[2]s · %[3]s, %[4]s", "Delivery · %[1]s%[2]s · %[3]s, %[4]s"),
		p.Plan, partOf(p), p.Day.Norwegian(), viewWord(p.View))
	n := p.Whole.Counts
	c.print(phrase(
		"%[1]d tiltak: %[2]d fullført, %[3]d i gang, %[4]d ikke startet · %[5]d tatt ut · %[6]d ordninger",
		"%[1]d tiltak: %[2]d fullført, %[3]d i gang, %[4]d ikkje starta · %[5]d teke ut · %[6]d ordningar",
		"%[1]d measures: %[2]d completed, %[3]d under way, %[4]d not started · %[5]d withdrawn · %[6]d arrangements"),
		n.Measures, n.Completed, n.Started, n.NotStarted, n.Withdrawn, n.Arrangements)
	c.printf("\n")
}

func viewWord(v delivery.View) domain.Phrase {
	if v == delivery.Corrected {
		return phrase("som korrigert", "som korrigert", "as corrected")
	}
	return phrase("som kjent", "som kjent", "as known")
}

// partOf is the part of the plan that was asked for, a strategy by its title.
func partOf(p delivery.Profile) string {
	part, said := p.Whole.Part, ""
	for _, l := range p.Strategies {
		if part.Strategy != "" && l.Title != "" {
			part.Strategy = domain.StrategyID(l.Title)
		}
	}
	for _, name := range []string{string(part.Strategy), part.FocusArea, string(part.Owner)} {
		if name != "" {
			said += " · " + name
		}
	}
	return said
}

// deliveryBeside prints what stands beside the profile.
func (c *cli) deliveryBeside(l delivery.Level) {
	var colours []string
	for _, x := range l.Counts.Colours {
		if x.Count > 0 {
			colours = append(colours, strconv.Itoa(x.Count)+" "+x.Colour.Phrase().In(c.language))
		}
	}
	c.printf("\n")
	if len(colours) > 0 {
		c.print(phrase("Farger: %[1]s · tilstand ukjent: %[2]s", "Fargar: %[1]s · tilstand ukjend: %[2]s", "Colours: %[1]s · state unknown: %[2]s"),
			strings.Join(colours, ", "), l.Counts.Grey.Phrase())
	}
	if l.K3.Denominator > 0 {
		c.print(phrase("Dager bak planen: %[1]d · bak de første fristene: %[2]d", "Dagar bak planen: %[1]d · bak dei første fristane: %[2]d", "Days behind the plan: %[1]d · behind the first deadlines: %[2]d"),
			l.K3.DaysBehind, l.K3.First.DaysBehind)
	}
	c.print(phrase("Rapporter levert uansett når: %[1]s · frister flyttet: %[2]d · fullføringer ført i ettertid: %[3]s",
		"Rapportar leverte uansett når: %[1]s · fristar flytta: %[2]d · fullføringar førte i ettertid: %[3]s",
		"Reports delivered at any time: %[1]s · deadlines moved: %[2]d · completions recorded late: %[3]s"),
		l.K4.AnyTime.Phrase(), l.K5.Moves, l.Counts.BackDated.Phrase())
	c.print(phrase("Åpne tiltak uten frist: %[1]d · aktive fra minst to sektorer: %[2]s · kommuner som har bidratt: %[3]s",
		"Opne tiltak utan frist: %[1]d · aktive frå minst to sektorar: %[2]s · kommunar som har bidrege: %[3]s",
		"Open measures without a deadline: %[1]d · active from two sectors or more: %[2]s · municipalities that contributed: %[3]s"),
		l.Counts.Open-l.Counts.WithDeadline, l.K7.TwoSectors.Phrase(), l.K7.Municipalities.Phrase())
}

func (c *cli) deliveryIndex(l delivery.Level) {
	index, ok := l.Figures().Index()
	if !ok {
		c.print(phrase("Samlet tall: ingen. Det må være minst fem andeler med nevner fem eller mer, og høyst en firedel av de åpne tiltakene i tilstanden ukjent.",
			"Samla tal: ingen. Det må vere minst fem delar med nemnar fem eller meir, og høgst ein firedel av dei opne tiltaka i tilstanden ukjend.",
			"Single number: none. There must be at least five shares with a denominator of five or more, and at most a quarter of the open measures in state unknown."))
		return
	}
	c.print(phrase("Samlet tall, som ikke skal brukes alene: %[1]d %%", "Samla tal, som ikkje skal brukast aleine: %[1]d %%", "Single number, not to be used alone: %[1]d%%"), int(100*index+0.5))
}

// members names those in the numerator, or those only in the denominator.
func members(k delivery.Component, all []delivery.Member, counted bool) string {
	var list []string
	for _, m := range all {
		if m.Counted == counted {
			list = append(list, memberName(k, m))
		}
	}
	return strings.Join(list, " ")
}

// memberName is t07, t07/2023, t07/T1-2024, t07/ntnu; of K5 with the deadline.
func memberName(k delivery.Component, m delivery.Member) string {
	parts := []string{m.Deliverable, string(m.Period), string(m.Partner)}
	if k == delivery.K5 {
		parts = append(parts, m.Dates[0].String())
	}
	name := string(m.Measure)
	for _, part := range parts {
		if part != "" {
			name += "/" + part
		}
	}
	return name
}
