package main

import (
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/history"
)

func (c *cli) logCommand() *cobra.Command {
	group := c.group("log", phrase("Endringsloggen: hvem som endret hva, når og hvorfor", "Endringsloggen: kven som endra kva, når og kvifor", "The audit trail: who changed what, when and why"))
	group.AddCommand(c.logShow(), c.logFollow(), c.logExport(), c.logRestore(),
		c.logVerify(), c.logProve(), c.logCheck(), c.logCheckpoint(), c.logCosign(), c.logKey(), c.logRepair())
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
			strconv.FormatUint(uint64(l.Position), 10), recorded(l), l.Effective.String(),
			string(l.User), l.Sentence, strings.Join(marks(l), " "), changes(l), l.Why, string(l.Channel),
		}
	}
	return rows
}

// marks are the words for what an auditor looks for first.
func marks(l history.Line) []string {
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
	return m
}

var markWords = map[string]domain.Phrase{
	"retrospective":   phrase("etterregistrert", "etterregistrert", "retrospective"),
	"backDated":       phrase("ført senere", "ført seinare", "recorded later"),
	"afterCompletion": phrase("etter fullføring", "etter fullføring", "after completion"),
}

func changes(l history.Line) string {
	all := make([]string, len(l.Changes))
	for i, ch := range l.Changes {
		all[i] = ch.Field + ": " + ch.Old + " → " + ch.New
	}
	return strings.Join(all, "; ")
}

func (c *cli) logShow() *cobra.Command {
	var measure, actor, kind, from, to, file string
	var after uint64
	var limit uint
	cmd := c.verb("show", phrase("Viser hendelsene, én linje hver", "Viser hendingane, éi linje kvar", "Shows the events, a line each"), func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		q := app.HistoryQuery{Per: per, Language: c.language}
		q.Filter = history.Filter{Actor: actor, Type: kind, After: domain.Position(after), Limit: int(min(limit, math.MaxInt32))}
		q.Plan, q.Measure = c.address(measure)
		if err := dates([]string{from, to}, &q.From, &q.To); err != nil {
			return err
		}
		if file != "" {
			lines, err := c.exportedHistory(cmd.Context(), file, q)
			if err != nil {
				return err
			}
			return c.history(lines)
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
	f.UintVar(&limit, "limit", 0, c.flag("høyst så mange (0 er alle)", "høgst så mange (0 er alle)", "at most so many (0 is all)"))
	f.StringVar(&file, "file", "", c.flag(
		"les fila eller katalogen som «log export» har skrevet; uten server, med nøklene i FIL.keys om den er der",
		"les fila eller katalogen som «log export» har skrive; utan tenar, med nøklane i FIL.keys om ho er der",
		"read the file or directory that “log export” wrote; without a server, with the keys in FILE.keys if that is there"))
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}

// trailColumns are those of a table: the sentence last, for it is as long as it is.
var trailColumns = []column{historyColumns[0], historyColumns[1], historyColumns[2], historyColumns[3], historyColumns[5], historyColumns[4]}

// history prints entries: in a table what people read, in json and csv all there is.
func (c *cli) history(lines []history.Line) error {
	none := phrase("Ingen hendelser.", "Ingen hendingar.", "No events.")
	if c.output != "table" {
		return c.list(lines, historyColumns, historyRows(lines), none)
	}
	rows := make([][]string, len(lines))
	for i, l := range lines {
		var found []string
		for _, m := range marks(l) {
			found = append(found, markWords[m].In(c.language))
		}
		rows[i] = []string{
			strconv.FormatUint(uint64(l.Position), 10), recorded(l), l.Effective.String(), string(l.User), strings.Join(found, ", "), told(l),
		}
	}
	return c.list(lines, trailColumns, rows, none)
}

func recorded(l history.Line) string { return l.Recorded.In(domain.Oslo).Format("2006-01-02 15:04") }

// told is the sentence, and what was said with it.
func told(l history.Line) string {
	if l.Why == "" {
		return l.Sentence
	}
	return l.Sentence + ": " + shorten(strings.ReplaceAll(l.Why, "\n", " · "), 100)
}
