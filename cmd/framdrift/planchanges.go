package main

import (
	"slices"
	"strings"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/domain"
)

// differenceWords are how a row of a document stands to the plan.
var differenceWords = map[intake.State]domain.Phrase{
	intake.Same:    phrase("uendret", "uendra", "same"),
	intake.Moved:   phrase("flyttet", "flytta", "moved"),
	intake.Changed: phrase("endret", "endra", "changed"),
	intake.Added:   phrase("nytt", "nytt", "new"),
	intake.Gone:    phrase("borte", "borte", "gone"),
}

// difference shows how the document differs from the plan: a line for each
// row that is not the same, and how many are.
func (c *cli) difference(d *intake.Difference) error {
	n := d.Count()
	c.print(phrase("\nMot planen som gjelder: %[1]d nye, %[2]d endret, %[3]d flyttet, %[4]d borte, %[5]d uendret",
		"\nMot planen som gjeld: %[1]d nye, %[2]d endra, %[3]d flytta, %[4]d borte, %[5]d uendra",
		"\nBeside the plan in force: %[1]d new, %[2]d changed, %[3]d moved, %[4]d gone, %[5]d the same"),
		n[intake.Added], n[intake.Changed], n[intake.Moved], n[intake.Gone], n[intake.Same])
	var rows [][]string
	for _, r := range d.Rows {
		if r.State != intake.Same || r.Kept != (domain.Phrase{}) {
			rows = append(rows, []string{string(r.ID), differenceWords[r.State].In(c.language), text(r), c.changes(r)})
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return c.list(nil, []column{
		{key: "id", label: phrase("id", "id", "id")},
		{key: "state", label: phrase("hva", "kva", "what")},
		{key: "measure", label: phrase("tiltak", "tiltak", "measure"), width: 50},
		{key: "change", label: phrase("endring", "endring", "change")},
	}, rows, domain.Phrase{})
}

// text is what the measure is called, on the side that has it.
func text(r intake.Row) string {
	for _, s := range []string{r.Now.Measure, r.Now.Initiative, r.Was.Text, r.Was.Initiative} {
		if s != "" {
			return s
		}
	}
	return ""
}

func (c *cli) changes(r intake.Row) string {
	var parts []string
	for _, change := range r.Changes {
		parts = append(parts, domain.ColumnWords.Of(string(change.Field)).In(c.language)+": «"+change.Old+"» → «"+change.New+"»")
	}
	if !r.Due.IsZero() {
		due := phrase("frist", "frist", "deadline").In(c.language) + ": "
		if !r.Was.Deadline.IsZero() {
			due += r.Was.Deadline.Norwegian() + " → "
		}
		parts = append(parts, due+r.Due.Norwegian())
	}
	if kept := r.Kept.In(c.language); kept != "" {
		parts = append(parts, kept)
	}
	return strings.Join(parts, "; ")
}

// notes shows what is to be known besides the doubts, each once.
func (c *cli) notes(all []intake.Note) {
	var said []string
	for _, n := range all {
		line := n.Message.In(c.language)
		if slices.Contains(said, n.Place+line) {
			continue
		}
		said = append(said, n.Place+line)
		if n.Place == "" {
			c.printf("%s\n", harmless(line))
			continue
		}
		c.print(phrase("Linje %[1]s: %[2]s", "Linje %[1]s: %[2]s", "Line %[1]s: %[2]s"), n.Place, line)
	}
}
