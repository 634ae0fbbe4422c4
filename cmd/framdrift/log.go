package main

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/history"
)

func (c *cli) logCommand() *cobra.Command {
	group := c.group("log", phrase("Endringsloggen: hvem som endret hva, når og hvorfor", "Endringsloggen: kven som endra kva, når og kvifor", "The audit trail: who changed what, when and why"))
	group.AddCommand(c.logShow(), c.logFollow())
	return group
}

var historyColumns = []column{
	{key: "position", label: phrase("#", "#", "#")},
	{key: "recorded", label: phrase("ført", "ført", "recorded")},
	{key: "effective", label: phrase("gjelder", "gjeld", "effective")},
	{key: "user", label: phrase("bruker", "brukar", "user")},
	{key: "sentence", label: phrase("hendelse", "hending", "event")},
	{key: "marks", label: phrase("merker", "merke", "marks")},
	{key: "changes", label: phrase("endringer", "endringar", "changes")},
	{key: "why", label: phrase("hvorfor", "kvifor", "why"), width: 60},
	{key: "channel", label: phrase("kanal", "kanal", "channel")},
}

func historyRows(lines []history.Line) [][]string {
	rows := make([][]string, len(lines))
	for i, l := range lines {
		rows[i] = []string{
			strconv.FormatUint(uint64(l.Position), 10), l.Recorded.In(domain.Oslo).Format("2006-01-02 15:04"), l.Effective.String(),
			string(l.User), l.Sentence, marks(l), changes(l), l.Why, string(l.Channel),
		}
	}
	return rows
}

// marks are the words for what an auditor looks for first.
func marks(l history.Line) string {
	var m []string
	if l.Retrospective {
		m = append(m, "retrospective")
	}
	if l.BackDated {
		m = append(m, "backDated")
	}
	if l.AfterCompletion {
		m = append(m, "afterCompletion")
	}
	return strings.Join(m, " ")
}

func changes(l history.Line) string {
	all := make([]string, len(l.Changes))
	for i, ch := range l.Changes {
		all[i] = ch.Field + ": " + ch.Old + " → " + ch.New
	}
	return strings.Join(all, "; ")
}

func (c *cli) logShow() *cobra.Command {
	var measure, actor, kind, from, to string
	var after uint64
	var limit int
	cmd := c.verb("show", phrase("Viser hendelsene, én linje hver", "Viser hendingane, éi linje kvar", "Shows the events, a line each"), func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		q := app.HistoryQuery{Per: per, Language: c.language}
		q.Filter = history.Filter{Actor: actor, Type: kind, After: domain.Position(after), Limit: limit}
		q.Plan, q.Measure = c.address(measure)
		if err := dates([]string{from, to}, &q.From, &q.To); err != nil {
			return err
		}
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			lines, err := r.History(cmd.Context(), q)
			if err != nil {
				return err
			}
			return c.history(lines)
		})
	})
	f := cmd.Flags()
	f.StringVar(&measure, "measure", "", c.flag("bare dette tiltaket", "berre dette tiltaket", "only this measure"))
	f.StringVar(&actor, "actor", "", c.flag("bare denne aktøren eller brukeren", "berre denne aktøren eller brukaren", "only this actor or user"))
	f.StringVar(&kind, "type", "", c.flag("bare denne typen, for eksempel measure.completed", "berre denne typen, til dømes measure.completed", "only this type, such as measure.completed"))
	f.StringVar(&from, "from", "", c.flag("ført denne dagen eller senere", "ført denne dagen eller seinare", "recorded on this day or later"))
	f.StringVar(&to, "to", "", c.flag("ført denne dagen eller tidligere", "ført denne dagen eller tidlegare", "recorded on this day or earlier"))
	f.Uint64Var(&after, "after", 0, c.flag("bare etter denne hendelsen", "berre etter denne hendinga", "only after this event"))
	f.IntVar(&limit, "limit", 0, c.flag("høyst så mange (0 er alle)", "høgst så mange (0 er alle)", "at most so many (0 is all)"))
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}

// history prints entries: in a table only what fits a line, the rest in
// json and csv.
func (c *cli) history(lines []history.Line) error {
	columns, rows := historyColumns, historyRows(lines)
	if c.output == "table" {
		columns = columns[:6]
		for i := range rows {
			rows[i] = rows[i][:6]
		}
	}
	return c.list(lines, columns, rows, phrase("Ingen hendelser.", "Ingen hendingar.", "No events."))
}

func (c *cli) logFollow() *cobra.Command {
	var after uint64
	cmd := c.verb("follow", phrase("Viser nye hendelser etter hvert som de kommer", "Viser nye hendingar etter kvart som dei kjem", "Shows new events as they come"), func(cmd *cobra.Command, _ []string) error {
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			return c.follow(cmd.Context(), r, domain.Position(after))
		})
	})
	cmd.Flags().Uint64Var(&after, "after", 0, c.flag("begynn etter denne hendelsen", "begynn etter denne hendinga", "begin after this event"))
	return cmd
}

// follow prints until the user stops it, which is how it ends well.
func (c *cli) follow(ctx context.Context, r app.Service, after domain.Position) error {
	q := app.HistoryQuery{Filter: history.Filter{After: after}, Language: c.language, Wait: true}
	for ctx.Err() == nil {
		lines, err := r.History(ctx, q)
		if err != nil {
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return err
		}
		for _, l := range lines {
			if c.output == "json" {
				if err := c.jsonLine(l); err != nil {
					return err
				}
			} else {
				c.printf("#%-5d %s  %s  %s\n", l.Position, l.Recorded.In(domain.Oslo).Format("2006-01-02 15:04"), l.User, l.Sentence)
			}
			q.After = l.Position
		}
	}
	return nil
}
