package main

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// outcomeWords are what became of a measure between two moments.
var outcomeWords = map[planview.Outcome]domain.Phrase{
	planview.Added:    phrase("nytt", "nytt", "new"),
	planview.TakenOut: phrase("tatt ut", "teke ut", "taken out"),
	planview.Changed:  phrase("endret", "endra", "changed"),
	planview.Removed:  phrase("borte", "borte", "gone"),
}

// fieldWords are those of the fields compared that have no word in the glossary.
var fieldWords = map[string]domain.Phrase{
	"answers":               phrase("ansvarlig", "ansvarleg", "owner"),
	"closing":               phrase("vedtak om avslutning", "vedtak om avslutning", "decision to close"),
	"confirmations":         phrase("bekreftelse", "stadfesting", "confirmation"),
	"contributions":         phrase("bidrag", "bidrag", "contribution"),
	"deliverables":          phrase("leveranse", "leveranse", "deliverable"),
	"deviations":            phrase("avvik", "avvik", "deviation"),
	"editedAfterCompletion": phrase("endret etter fullføring", "endra etter fullføring", "edited after completion"),
	"firstBaseline":         phrase("første frist", "første frist", "first baseline"),
	"id":                    phrase("id", "id", "id"),
	"imports":               phrase("importert fil", "importert fil", "imported file"),
	"reopened":              phrase("gjenåpnet, antall", "opna att, tal", "reopened, times"),
	"reports":               phrase("rapport", "rapport", "report"),
	"revisions":             phrase("revisjon", "revisjon", "revision"),
	"source":                phrase("sted i dokumentet", "stad i dokumentet", "place in the document"),
	"withdrawal":            phrase("vedtak om å ta ut", "vedtak om å ta ut", "decision to take out"),
	"withdrawn":             phrase("tatt ut", "teke ut", "taken out"),
}

func fieldWord(name string) domain.Phrase {
	if word, ok := fieldWords[name]; ok {
		return word
	}
	if domain.ColumnWords.Has(name) {
		return domain.ColumnWords.Of(name)
	}
	return domain.FieldWords.Of(name)
}

func (c *cli) planDiff() *cobra.Command {
	var from, to string
	cmd := c.verb("diff [PLAN]", phrase("Viser hva som er endret i planen mellom to tidspunkter", "Viser kva som er endra i planen mellom to tidspunkt", "Shows what has changed in the plan between two moments"),
		func(cmd *cobra.Command, args []string) error {
			first, err := app.ParsePer(from, c.view)
			if err != nil {
				return err
			}
			second, err := app.ParsePer(to, c.view)
			if err != nil {
				return err
			}
			return c.withRegion(cmd.Context(), func(r app.Service) error {
				d, err := r.Difference(cmd.Context(), domain.PlanID(argument(args, 0)), first, second)
				if err != nil {
					return err
				}
				return c.planDifference(d, first.View)
			})
		})
	cmd.Example = `  framdrift plan diff --from 2023-06-30
  framdrift plan diff --from "#100" --to 2024-12-31 -o csv`
	f := cmd.Flags()
	f.StringVar(&from, "from", "", c.flag("det første tidspunktet: dato, klokkeslett eller #hendelse", "det første tidspunktet: dato, klokkeslett eller #hending", "the first moment: date, time or #event"))
	f.StringVar(&to, "to", "", c.flag("det andre tidspunktet (ellers nå)", "det andre tidspunktet (elles no)", "the second moment (otherwise now)"))
	c.viewFlag(cmd)
	c.require(cmd, "from")
	return cmd
}

var planDiffColumns = []column{
	{key: "id", label: phrase("id", "id", "id")},
	{key: "outcome", label: phrase("hva", "kva", "what")},
	{key: "measure", label: phrase("tiltak", "tiltak", "measure"), width: 34},
	{key: "field", label: phrase("felt", "felt", "field")},
	{key: "of", label: phrase("hvilken", "kva for ein", "which")},
	{key: "old", label: phrase("var", "var", "was"), width: 40},
	{key: "new", label: phrase("er", "er", "is"), width: 40},
}

// planDifference prints a row for each field that differs; for people a
// measure that is new or gone is one row.
func (c *cli) planDifference(d app.Difference, view delivery.View) error {
	switch {
	case c.output != "table":
	case view == delivery.Corrected: // which has read the whole log for both
		c.print(phrase("%[1]s · som korrigert\n", "%[1]s · som korrigert\n", "%[1]s · as corrected\n"), d.Plan)
	default:
		c.print(phrase("%[1]s · fra hendelse %[2]d til hendelse %[3]d\n", "%[1]s · frå hending %[2]d til hending %[3]d\n", "%[1]s · from event %[2]d to event %[3]d\n"), d.Plan, d.From, d.To)
	}
	rows := c.changeRows("", "", "", d.Changes)
	for _, m := range d.Measures {
		outcome := string(m.Outcome)
		if c.output == "table" {
			outcome = outcomeWords[m.Outcome].In(c.language)
			if m.Outcome == planview.Added || m.Outcome == planview.Removed {
				rows = append(rows, []string{string(m.ID), outcome, m.Text, "", "", "", ""})
				continue
			}
		}
		rows = append(rows, c.changeRows(string(m.ID), outcome, m.Text, m.Changes)...)
	}
	return c.list(d, planDiffColumns, rows, phrase("Ingenting er endret.", "Ingenting er endra.", "Nothing has changed."))
}

func (c *cli) changeRows(id, outcome, text string, changes []planview.Change) [][]string {
	rows := make([][]string, len(changes))
	for i, change := range changes {
		field := change.Field
		if c.output == "table" {
			field = fieldWord(field).In(c.language)
		}
		rows[i] = []string{id, outcome, text, field, change.Of, c.readable(change.Field, change.Old), c.readable(change.Field, change.New)}
	}
	return rows
}

// readable is a value of a plan on one line. In CSV dates and words are as stored.
func (c *cli) readable(field string, value json.RawMessage) string {
	var v any
	if json.Unmarshal(value, &v) != nil {
		return ""
	}
	return c.said(field, v)
}

// telltale are the members that say what a value is, in the order they are said.
var telltale = []string{
	"name", "title", "file", "case", "body", "partner", "municipality", "decision", "status", "standing", "text",
	"plan", "measure", "deadline", "forecast", "completed", "effective", "confirmed", "hours", "amount", "cell",
}

// said puts a value in words: of several their words, of a thing what tells of it.
func (c *cli) said(field string, v any) string {
	var parts []string
	add := func(field string, v any) {
		if s := c.said(field, v); s != "" && !slices.Contains(parts, s) {
			parts = append(parts, s)
		}
	}
	switch v := v.(type) {
	case string:
		return c.word(field, v)
	case []any:
		for _, entry := range v {
			add(field, entry)
		}
		return strings.Join(parts, "; ")
	case map[string]any:
		for _, name := range telltale {
			if member, ok := v[name]; ok {
				add(name, member)
			}
		}
		return strings.Join(parts, ", ")
	case bool:
		return phrase("ja", "ja", "yes").In(c.language)
	}
	text, err := json.Marshal(v)
	if err != nil || v == nil {
		return ""
	}
	return string(text)
}

// word is a stored string as people read it.
func (c *cli) word(field, value string) string {
	value = domain.Text(value).In(c.language)
	if c.output != "table" {
		return value
	}
	if d, err := domain.ParseDate(value); err == nil {
		return d.Norwegian()
	}
	words := map[string]domain.Vocabulary{
		"state": domain.StateWords, "kind": domain.MeasureKindWords, "status": domain.StatusWords, "standing": domain.StandingWords,
	}
	if v, ok := words[field]; ok {
		return v.Of(value).In(c.language)
	}
	return value
}
