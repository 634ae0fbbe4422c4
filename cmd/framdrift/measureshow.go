package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/history"
	"github.com/fosenregionen/framdrift/projections/planview"
)

func (c *cli) measureList() *cobra.Command {
	var owner, partner, state, strategy string
	cmd := c.verb("list", phrase("Viser tiltakene", "Viser tiltaka", "Lists the measures"), func(cmd *cobra.Command, _ []string) error {
		f := planview.Filter{Owner: domain.ActorID(owner), Partner: domain.ActorID(partner), State: planview.State(state), Strategy: domain.StrategyID(strategy)}
		if state != "" {
			if err := domain.CheckChoice("state", f.State, planview.States()...); err != nil {
				return err
			}
		}
		return c.showPlan(cmd, "", func(p app.Plan) error {
			chosen := slices.DeleteFunc(p.Measures, func(m planview.Measure) bool { return !f.Passes(m) })
			return c.measures(chosen, chosen)
		})
	})
	f := cmd.Flags()
	f.StringVar(&owner, "owner", "", c.flag("bare denne ansvarlige", "berre denne ansvarlege", "only this owner"))
	f.StringVar(&partner, "partner", "", c.flag("bare denne samarbeidspartneren", "berre denne samarbeidspartnaren", "only this partner"))
	f.StringVar(&state, "state", "", c.flag("adopted, assigned, accepted, started, completed, withdrawn eller arrangement", "adopted, assigned, accepted, started, completed, withdrawn eller arrangement", "adopted, assigned, accepted, started, completed, withdrawn or arrangement"))
	f.StringVar(&strategy, "strategy", "", c.flag("bare denne strategien, for eksempel s1", "berre denne strategien, til dømes s1", "only this strategy, such as s1"))
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}

var measureColumns = []column{
	{key: "id", label: phrase("id", "id", "id")},
	{key: "strategy", label: phrase("strategi", "strategi", "strategy")},
	{key: "state", label: phrase("tilstand", "tilstand", "state")},
	{key: "focusArea", label: domain.ColumnWords.Of("focusArea"), width: 22},
	{key: "initiative", label: domain.ColumnWords.Of("initiative"), width: 26},
	{key: "text", label: domain.ColumnWords.Of("text"), width: 34},
	{key: "owner", label: domain.ColumnWords.Of("owners"), width: 26},
	{key: "partners", label: domain.ColumnWords.Of("partners"), width: 30},
	{key: "deadline", label: phrase("frist", "frist", "deadline")},
	{key: "completed", label: phrase("fullført", "fullført", "completed")},
}

// measures lists rows of a plan, as data in JSON; the owner is the one who was
// asked, else those the plan names.
func (c *cli) measures(data any, all []planview.Measure) error {
	rows := make([][]string, len(all))
	for i, m := range all {
		owner := m.Answers.Name
		if owner == "" {
			owner = names(m.Owners)
		}
		partners := make([]string, len(m.Partners))
		for j, partner := range m.Partners {
			partners[j] = partner.Name
		}
		rows[i] = []string{
			string(m.ID), string(m.Strategy.ID), domain.StateWords.Of(string(m.State)).In(c.language), m.FocusArea, m.Initiative, m.Text,
			owner, strings.Join(partners, "; "), m.Deadline.String(), m.Completed.String(),
		}
	}
	return c.list(data, measureColumns, rows, phrase("Ingen tiltak passer.", "Ingen tiltak passar.", "No measures match."))
}

func names(parties []planview.Party) string {
	all := make([]string, len(parties))
	for i, p := range parties {
		all[i] = p.Name
	}
	return strings.Join(all, "; ")
}

func (c *cli) measureShow() *cobra.Command {
	cmd := c.verb("show ID", phrase("Viser ett tiltak og hele historien", "Viser eitt tiltak og heile historia", "Shows one measure and its whole history"), func(cmd *cobra.Command, args []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		planID, id := c.address(args[0])
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			p, err := r.Plan(cmd.Context(), planID, per)
			if err != nil {
				return err
			}
			i, err := find(p, id)
			if err != nil {
				return err
			}
			lines, err := r.History(cmd.Context(), app.HistoryQuery{
				Filter: history.Filter{Plan: p.ID, Measure: id}, Per: per, Language: c.language,
			})
			if err != nil {
				return err
			}
			return c.measure(p.Measures[i], lines)
		})
	})
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}

// measure shows one measure: its card, then its timeline.
func (c *cli) measure(m planview.Measure, lines []history.Line) error {
	if c.output != "table" {
		return c.list(struct {
			planview.Measure
			History []history.Line `json:"history"`
		}{m, lines}, historyColumns, historyRows(lines), domain.Phrase{})
	}
	c.printf("%s  %s\n", m.ID, m.Text)
	for _, f := range c.card(m) {
		if f.value != "" {
			c.printf("  %-20s %s\n", f.label.In(c.language), f.value)
		}
	}
	c.printf("\n")
	return c.history(lines)
}

type field struct {
	label domain.Phrase
	value string
}

func (c *cli) card(m planview.Measure) []field {
	owner := m.Answers.Name
	if owner != "" && !m.Answers.Accepted {
		owner += " " + phrase("(ikke svart ja)", "(ikkje svart ja)", "(has not accepted)").In(c.language)
	}
	partners := make([]string, len(m.Partners))
	for i, p := range m.Partners {
		partners[i] = p.Name
	}
	word := func(key string) domain.Phrase { return domain.ColumnWords.Of(key).Capital() }
	return []field{
		{phrase("Tilstand", "Tilstand", "State"), domain.StateWords.Of(string(m.State)).In(c.language)},
		{word("strategy"), m.Strategy.Title},
		{word("focusArea"), m.FocusArea},
		{word("initiative"), m.Initiative},
		{phrase("Ansvar i planen", "Ansvar i planen", "Owners in the plan"), names(m.Owners)},
		{phrase("Ansvarlig nå", "Ansvarleg no", "Owner now"), owner},
		{word("partners"), strings.Join(partners, "; ")},
		{phrase("Første frist", "Første frist", "First baseline"), m.FirstBaseline.Norwegian()},
		{phrase("Frist", "Frist", "Deadline"), m.Deadline.Norwegian()},
		{phrase("Prognose", "Prognose", "Forecast"), m.Forecast.Norwegian()},
		{phrase("Startet", "Starta", "Started"), m.Started.Norwegian()},
		{phrase("Fullført", "Fullført", "Completed"), m.Completed.Norwegian()},
		{phrase("Resultat", "Resultat", "Result"), m.Result.In(c.language)},
		{phrase("Egen vurdering", "Eiga vurdering", "Self-assessed"), domain.StatusWords.Of(string(m.Status)).In(c.language)},
	}
}
