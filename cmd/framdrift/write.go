package main

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/history"
)

// shownEvents is how many events of one command are told one by one.
const shownEvents = 10

// writer is a verb that gives one command: build makes it of the arguments.
func (c *cli) writer(use string, short domain.Phrase, build func(args []string) (domain.Command, error)) *cobra.Command {
	cmd := c.verb(use, short, func(cmd *cobra.Command, args []string) error {
		command, err := build(args)
		if err != nil {
			return err
		}
		ask, err := c.request(command)
		if err != nil {
			return err
		}
		return c.withRegion(cmd.Context(), func(r app.Service) error { return c.do(cmd.Context(), r, ask) })
	})
	c.writeFlags(cmd)
	return cmd
}

// done is what a command that changed something prints: where its events
// stand, and the events.
type done struct {
	app.Receipt
	Events []history.Line `json:"events"`
}

// do gives the command and tells what came of it.
func (c *cli) do(ctx context.Context, r app.Service, ask domain.Request) error {
	again := c.given == ask.ID
	c.given = ask.ID
	receipt, err := r.Do(ctx, ask)
	if err != nil {
		return err
	}
	receipt.Repeated = receipt.Repeated && !again // that it was given twice is nobody's doing but ours
	return c.tell(context.WithoutCancel(ctx), r, receipt)
}

func (c *cli) tell(ctx context.Context, r app.Service, receipt app.Receipt) error {
	d := done{receipt, []history.Line{}}
	if receipt.Changed() {
		lines, err := r.History(ctx, app.HistoryQuery{
			Filter:   history.Filter{After: receipt.First - 1, Limit: int(receipt.Last-receipt.First) + 1},
			Language: c.language,
		})
		if err != nil {
			return err
		}
		d.Events = lines
	}
	if c.output != "table" {
		return c.list(d, historyColumns, historyRows(d.Events), domain.Phrase{})
	}
	if !receipt.Changed() {
		c.print(phrase("Ingenting å endre.", "Ingenting å endre.", "Nothing to change."))
		return nil
	}
	for _, line := range d.Events[:min(len(d.Events), shownEvents)] {
		c.printf("#%-5d %s\n", line.Position, told(line))
	}
	if more := len(d.Events) - shownEvents; more > 0 {
		c.print(phrase("       … og %[1]d hendelser til (framdrift log show)", "       … og %[1]d hendingar til (framdrift log show)", "       … and %[1]d more events (framdrift log show)"), more)
	}
	if receipt.Repeated {
		c.say(phrase("Kommandoen var utført fra før; ingenting er gjort to ganger.", "Kommandoen var utført frå før; ingenting er gjort to gonger.", "The command had been carried out before; nothing was done twice."))
	}
	return nil
}

// dates reads what is given of several date flags.
func dates(from []string, to ...*domain.Date) error {
	var errs []error
	for i, s := range from {
		if s == "" {
			continue
		}
		d, err := domain.ParseDate(s)
		*to[i] = d
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// ids reads a list with commas between.
func ids[T ~string](s string) []T {
	var all []T
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, T(part))
		}
	}
	return all
}
