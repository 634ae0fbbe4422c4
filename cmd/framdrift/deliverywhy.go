package main

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

// A reason is one thing in a denominator, and the events that put it there.
type reason struct {
	delivery.Member
	Events []because `json:"events"`
}

type because struct {
	Position  domain.Position `json:"position"`
	Recorded  time.Time       `json:"recorded"`
	Effective domain.Date     `json:"effective"`
	Sentence  string          `json:"sentence"`
}

// An explanation is why a number is what it is.
type explanation struct {
	Component   delivery.Component `json:"component"`
	Name        string             `json:"name"`
	Formula     string             `json:"formula"`
	Plan        domain.PlanID      `json:"plan"`
	Part        delivery.Part      `json:"part"`
	Day         domain.Date        `json:"day"`
	View        delivery.View      `json:"view"`
	Definition  string             `json:"definition"`
	Share       string             `json:"share"`
	Numerator   int                `json:"numerator"`
	Denominator int                `json:"denominator"`
	Reasons     []reason           `json:"reasons"`
}

func (c *cli) deliveryWhy() *cobra.Command {
	var part delivery.Part
	cmd := c.verb("why SHARE", phrase("Hvorfor en andel er som den er: tiltakene og hendelsene bak", "Kvifor ein del er som han er: tiltaka og hendingane bak", "Why a share is what it is: the measures and the events behind"), func(cmd *cobra.Command, args []string) error {
		k := delivery.Component(strings.ToUpper(args[0]))
		if err := domain.CheckChoice("component", k, delivery.Components()...); err != nil {
			return err
		}
		per, err := c.moment()
		if err != nil {
			return err
		}
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			p, err := r.Delivery(cmd.Context(), domain.PlanID(c.plan), part, per)
			if err != nil {
				return err
			}
			lines, err := r.History(cmd.Context(), app.HistoryQuery{Filter: history.Filter{Plan: p.Plan}, Language: c.language})
			if err != nil {
				return err
			}
			return c.why(c.explain(p, k, lines))
		})
	})
	cmd.Example = `  framdrift delivery why K2
  framdrift delivery why K4 --strategy s1 --per 2024-12-31 -o json`
	c.partFlags(cmd, &part)
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}

// explain puts the sentences of the events to the members of a component.
func (c *cli) explain(p delivery.Profile, k delivery.Component, lines []history.Line) explanation {
	s := p.Whole.Share(k)
	x := explanation{
		Component: k, Name: k.Name().In(c.language), Formula: k.Formula(p.Definition).In(c.language), Plan: p.Plan, Part: p.Whole.Part, Day: p.Day, View: p.View,
		Definition: p.Definition.Version, Share: p.Whole.Said(k).In(c.language), Numerator: s.Numerator, Denominator: s.Denominator, Reasons: []reason{},
	}
	for _, m := range s.Members {
		why := reason{Member: m, Events: []because{}}
		for _, n := range m.Positions {
			i, ok := slices.BinarySearchFunc(lines, n, func(l history.Line, n domain.Position) int { return int(l.Position) - int(n) })
			if !ok { // it is about the region, not about the plan
				why.Events = append(why.Events, because{Position: n})
				continue
			}
			l := lines[i]
			why.Events = append(why.Events, because{l.Position, l.Recorded, l.Effective, l.Sentence})
		}
		x.Reasons = append(x.Reasons, why)
	}
	return x
}

// why prints an explanation: those in the numerator first, and under each the events.
func (c *cli) why(x explanation) error {
	switch c.output {
	case "json":
		return c.json(x)
	case "csv":
		return c.whyCSV(x)
	}
	c.printf("%s %s · %s\n%s\n", x.Component, x.Name, x.Share, x.Formula)
	c.print(phrase("%[1]s · %[2]s, %[3]s · definisjon %[4]s", "%[1]s · %[2]s, %[3]s · definisjon %[4]s", "%[1]s · %[2]s, %[3]s · definition %[4]s"),
		x.Plan, x.Day.Norwegian(), viewWord(x.View), x.Definition)
	for _, group := range []struct {
		counted bool
		heading domain.Phrase
	}{
		{true, phrase("\nI telleren: %[1]d", "\nI teljaren: %[1]d", "\nIn the numerator: %[1]d")},
		{false, phrase("\nBare i nevneren: %[1]d", "\nBerre i nemnaren: %[1]d", "\nOnly in the denominator: %[1]d")},
	} {
		chosen := slices.DeleteFunc(slices.Clone(x.Reasons), func(r reason) bool { return r.Counted != group.counted })
		c.print(group.heading, len(chosen))
		for _, r := range chosen {
			c.printf("  %s · %s%s\n", memberName("", r.Member), r.Outcome.Phrase().In(c.language), daysOf(r.Member))
			for _, e := range r.Events {
				c.printf("    #%d %s %s\n", e.Position, e.Effective, harmless(shorten(e.Sentence, 120)))
			}
		}
	}
	return nil
}

// daysOf are the days that a member is about, as people read them.
func daysOf(m delivery.Member) string {
	said := ""
	for _, d := range m.Dates {
		said += " · " + d.Norwegian()
	}
	return said
}

var whyColumns = []column{
	{key: "measure"}, {key: "deliverable"}, {key: "period"}, {key: "partner"}, {key: "counted"}, {key: "outcome"}, {key: "position"}, {key: "effective"}, {key: "sentence"},
}

func (c *cli) whyCSV(x explanation) error {
	rows := [][]string{}
	for _, r := range x.Reasons {
		for _, e := range r.Events {
			rows = append(rows, []string{
				string(r.Measure), r.Deliverable, string(r.Period), string(r.Partner), strconv.FormatBool(r.Counted), string(r.Outcome),
				strconv.FormatUint(uint64(e.Position), 10), e.Effective.String(), e.Sentence,
			})
		}
	}
	return c.csv(whyColumns, rows)
}
