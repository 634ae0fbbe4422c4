package main

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plantable"
)

func (c *cli) planRead() *cobra.Command {
	var asJSON bool
	var limits planfile.Limits
	cmd := c.verb("read FILE", phrase(
		"Viser hva en import ville gitt, og hver tvil; lagrer ingenting",
		"Viser kva ein import ville gjeve, og kvar tvil; lagrar ingenting",
		"Shows what an import would give, and every doubt; saves nothing"),
		func(_ *cobra.Command, args []string) error {
			file, err := c.readPlanFile(args[0], limits)
			if err != nil {
				return err
			}
			draft, err := plantable.Parse(file.Document)
			if err != nil {
				return err
			}
			if asJSON {
				c.output = "json"
			}
			return c.draft(draft)
		})
	cmd.Flags().BoolVar(&asJSON, "json", false, c.flag("som JSON, likt -o json", "som JSON, likt -o json", "as JSON, like -o json"))
	c.limitFlags(cmd, &limits)
	return cmd
}

// limitFlags are for the rare file that is larger than any plan we know of.
func (c *cli) limitFlags(cmd *cobra.Command, limits *planfile.Limits) {
	d := planfile.DefaultLimits()
	f := cmd.Flags()
	f.IntVar(&limits.Bytes, "max-bytes", d.Bytes, c.flag("største fil som leses, i byte", "største fil som blir lesen, i byte", "largest file that is read, in bytes"))
	f.IntVar(&limits.Unpacked, "max-unpacked", d.Unpacked, c.flag("største innhold av en .docx eller .xlsx, i byte", "største innhald av ei .docx eller .xlsx, i byte", "largest content of a .docx or .xlsx, in bytes"))
	f.IntVar(&limits.Rows, "max-rows", d.Rows, c.flag("flest rader som leses", "flest rader som blir lesne", "most rows that are read"))
}

// readPlanFile reads a file; only its name without a path is kept.
func (c *cli) readPlanFile(path string, limits planfile.Limits) (planfile.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return planfile.File{}, errNoFile.With(path, inWords(err))
	}
	defer f.Close() //nolint:errcheck // only read
	bar := c.progress()
	defer bar.finish()
	file, err := planfile.ReadWatched(filepath.Base(path), f, limits, bar.at)
	if err != nil && domain.KindOf(err) == domain.Failed {
		err = errNoFile.With(path, inWords(err))
	}
	return file, err
}

// draft shows a plan as it was read: its table, then every doubt.
func (c *cli) draft(d plantable.Draft) error {
	out := d.Outside(c.language)
	rows := make([][]string, len(d.Rows))
	for i, r := range d.Rows {
		rows[i] = []string{
			strconv.Itoa(r.Places[0].Line), string(r.ID), out.Rows[i].Kind, r.FocusArea, r.Initiative, r.Measure,
			strings.Join(out.Rows[i].Owners, "; "), strings.Join(out.Rows[i].Partners, "; "), r.Deadline.Raw, doubts(d, r.ID),
		}
	}
	if c.output == "table" {
		c.facts(d)
	}
	label := func(key string) domain.Phrase { return domain.ColumnWords.Of(key) }
	err := c.list(out, []column{
		{key: "line", label: phrase("linje", "linje", "line")},
		{key: "id", label: phrase("id", "id", "id")},
		{key: "kind", label: phrase("type", "type", "kind")},
		{key: "innsats", label: label("focusArea"), width: 22},
		{key: "handlingsplan", label: label("initiative"), width: 28},
		{key: "tiltak", label: label("text"), width: 36},
		{key: "ansvar", label: label("owners"), width: 28},
		{key: "samarbeidspartnere", label: label("partners"), width: 36},
		{key: "frist", label: phrase("frist", "frist", "deadline"), width: 14},
		{key: "doubt", label: phrase("tvil", "tvil", "doubt")},
	}, rows, phrase("Ingen rader.", "Ingen rader.", "No rows."))
	if c.output == "table" {
		c.warnings(out.Warnings)
	}
	return err
}

// doubts marks a row that something is doubted about.
func doubts(d plantable.Draft, id domain.MeasureID) string {
	if slices.ContainsFunc(d.Warnings, func(w plantable.Warning) bool { return w.Row == id }) {
		return "?"
	}
	return ""
}

func (c *cli) facts(d plantable.Draft) {
	p := d.Plan
	arrangements := 0
	for _, r := range d.Rows {
		if r.Kind == plantable.Arrangement {
			arrangements++
		}
	}
	c.printf("%s\n", p.Title.Text)
	if p.Decision.Case != "" || p.Decision.Body != "" {
		c.print(phrase("Vedtak: %[1]s · %[2]s · %[3]s", "Vedtak: %[1]s · %[2]s · %[3]s", "Decision: %[1]s · %[2]s · %[3]s"), p.Decision.Case, p.Decision.Body, p.Decision.Date.Norwegian())
	}
	c.print(phrase("%[1]d rader: %[2]d tiltak og %[3]d ordninger under %[4]d strategier · %[5]d ting å se på",
		"%[1]d rader: %[2]d tiltak og %[3]d ordningar under %[4]d strategiar · %[5]d ting å sjå på",
		"%[1]d rows: %[2]d measures and %[3]d arrangements under %[4]d strategies · %[5]d things to look at"),
		len(d.Rows), len(d.Rows)-arrangements, arrangements, len(p.Strategies), len(d.Warnings))
	c.printf("\n")
}

func (c *cli) warnings(all []plantable.OutsideWarning) {
	if len(all) == 0 {
		return
	}
	c.printf("\n")
	for _, w := range all {
		c.printf("%s\n", c.warning(w))
		if w.Suggestion != nil {
			c.print(phrase("    Kan leses som  %[1]s", "    Kan lesast som  %[1]s", "    May be read as  %[1]s"), *w.Suggestion)
		}
	}
}

// warning is a doubt with its place.
func (c *cli) warning(w plantable.OutsideWarning) string {
	place := w.Cell
	if place == "" {
		place = strconv.Itoa(w.Line)
	}
	return phrase("Linje %[1]s: %[2]s", "Linje %[1]s: %[2]s", "Line %[1]s: %[2]s").Fill(place, w.Message).In(c.language)
}
