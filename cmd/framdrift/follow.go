package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/history"
)

const (
	// lookEvery is how often follow looks for a change where no serve can tell it.
	lookEvery = 250 * time.Millisecond
	// looks is how often it looks before it reads again whatever it sees: a
	// change may come just between reading and looking.
	looks = 20
)

func (c *cli) logFollow() *cobra.Command {
	var after uint64
	cmd := c.verb("follow", phrase(
		"Viser hendelsene, og nye etter hvert som de kommer, til den stoppes",
		"Viser hendingane, og nye etter kvart som dei kjem, til han blir stoppa",
		"Shows the events, and new ones as they come, until stopped"),
		func(cmd *cobra.Command, _ []string) error { return c.follow(cmd.Context(), domain.Position(after)) })
	cmd.Flags().Uint64Var(&after, "after", 0, c.flag("begynn etter denne hendelsen", "byrj etter denne hendinga", "begin after this event"))
	return cmd
}

// follow prints until the user stops it, which is how it ends well. It asks
// the serve that has the data; where none has, it opens the log only to read
// what is new, so that others can write in between.
func (c *cli) follow(ctx context.Context, after domain.Position) error {
	q := app.HistoryQuery{Filter: history.Filter{After: after}, Language: c.language, Wait: true}
	if c.output == "csv" {
		if err := c.csv(historyColumns, nil); err != nil {
			return err
		}
	}
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		lines, waits, err := c.news(ctx, q)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil && domain.KindOf(err) != domain.Busy {
			return err
		}
		if err := c.followed(lines); err != nil {
			return err
		}
		if len(lines) > 0 {
			q.After = lines[len(lines)-1].Position
		}
		seen := app.Stamp(c.data)
		for i := 0; !waits && i < looks && app.Stamp(c.data) == seen; i++ {
			select {
			case <-look.C:
			case <-ctx.Done():
				return nil
			}
		}
	}
}

// news is what is new after q.After, and whether the one who answered waits
// for it.
func (c *cli) news(ctx context.Context, q app.HistoryQuery) (lines []history.Line, waits bool, err error) {
	h, err := c.enter(ctx, c.there(ctx))
	if err != nil {
		return nil, false, err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	r, err := h.Region(ctx, domain.RegionID(c.region))
	if err != nil {
		return nil, false, err
	}
	_, mine := h.(here)
	q.Wait = !mine
	lines, err = r.History(ctx, q)
	return lines, !mine && err == nil, err
}

func (c *cli) followed(lines []history.Line) error {
	if c.output == "csv" {
		return c.csvRows(historyRows(lines))
	}
	for _, l := range lines {
		if c.output != "json" {
			c.printf("#%-5d %s  %s  %s\n", l.Position, recorded(l), l.User, told(l))
			continue
		}
		if err := c.jsonLine(l); err != nil {
			return err
		}
	}
	return nil
}
