package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/planview"
)

var (
	errNoFile = rule("file.unreadable",
		"Fila %[1]s kan ikke leses: %[2]v.", "Fila %[1]s kan ikkje lesast: %[2]v.", "The file %[1]s cannot be read: %[2]v.")
	errNotWritten = rule("file.not-written",
		"Fila %[1]s kan ikke skrives: %[2]v.", "Fila %[1]s kan ikkje skrivast: %[2]v.", "The file %[1]s cannot be written: %[2]v.")
	errNotAccepted = rule("import.not-accepted",
		"Planen ble ikke godtatt, så ingenting er lagret. Svar j, eller bruk --yes for å ta den inn slik den er lest.",
		"Planen vart ikkje godteken, så ingenting er lagra. Svar j, eller bruk --yes for å ta han inn slik han er lesen.",
		"The plan was not accepted, so nothing was saved. Answer y, or use --yes to take it as it was read.")
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
		place := w.Cell
		if place == "" {
			place = strconv.Itoa(w.Line)
		}
		c.print(phrase("Linje %[1]s: %[2]s", "Linje %[1]s: %[2]s", "Line %[1]s: %[2]s"), place, w.Message)
		if w.Suggestion != nil {
			c.print(phrase("    Kan leses som  %[1]s", "    Kan lesast som  %[1]s", "    May be read as  %[1]s"), *w.Suggestion)
		}
	}
}

func (c *cli) planImport() *cobra.Command {
	var yes bool
	var d decision
	var limits planfile.Limits
	cmd := c.verb("import FILE", phrase(
		"Viser planen, spør, og setter den i kraft i én omgang",
		"Viser planen, spør, og set han i kraft i éin omgang",
		"Shows the plan, asks, and puts it in force in one commit"),
		func(cmd *cobra.Command, args []string) error {
			decided, err := d.read()
			if err != nil {
				return err
			}
			file, err := c.readPlanFile(args[0], limits)
			if err != nil {
				return err
			}
			return c.importPlan(cmd.Context(), file, decided, yes)
		})
	cmd.Example = `  framdrift plan import handlingsplan.txt
  framdrift plan import handlingsplan.txt --yes --body Regionrådet --case "12/24" --date 2024-06-10`
	cmd.Flags().BoolVar(&yes, "yes", false, c.flag("godta planen slik den er lest", "godta planen slik han er lesen", "accept the plan as it was read"))
	d.flags(c, cmd)
	c.limitFlags(cmd, &limits)
	c.writeFlags(cmd)
	return cmd
}

// importPlan asks without holding the log: whoever is asked may think for as
// long as they like.
func (c *cli) importPlan(ctx context.Context, file planfile.File, decided plan.Decision, yes bool) error {
	var (
		draft   plantable.Draft
		command plan.Import
		done    bool
	)
	err := c.withRegion(ctx, func(r app.Service) (err error) {
		draft, command, done, err = c.prepare(ctx, r, file, decided)
		return err
	})
	if done || err != nil {
		return err
	}
	if !yes {
		if err := c.ask(draft, command); err != nil {
			return err
		}
	}
	ask, err := c.request(command)
	if err != nil {
		return err
	}
	return c.withRegion(ctx, func(r app.Service) error { return c.do(ctx, r, ask) })
}

// prepare reads the plan with the names the register knows; done says that it
// has been taken in already.
func (c *cli) prepare(ctx context.Context, r app.Service, file planfile.File, decided plan.Decision) (draft plantable.Draft, command plan.Import, done bool, err error) {
	o, err := r.Overview(ctx, app.Per{})
	if err != nil {
		return draft, command, false, err
	}
	known := make([]string, len(o.Actors))
	for i, a := range o.Actors {
		known[i] = a.Name
	}
	if draft, err = plantable.Parse(file.Document, known...); err != nil {
		return draft, command, false, err
	}
	command = app.Importing(file, draft, o.Actors, decided)
	done, err = c.imported(ctx, r, o.Plans, command)
	return draft, command, done, err
}

// imported says so when this very file is what the plan came from.
func (c *cli) imported(ctx context.Context, r app.Service, plans []planview.Summary, command plan.Import) (bool, error) {
	if !slices.ContainsFunc(plans, func(s planview.Summary) bool { return s.ID == command.Plan.Plan }) {
		return false, nil
	}
	p, err := r.Plan(ctx, command.Plan.Plan, app.Per{})
	if err != nil || !slices.ContainsFunc(p.Imports, func(i planview.Import) bool { return i.SHA256 == command.File.SHA256 }) {
		return false, err
	}
	if c.output != "table" {
		return true, c.tell(ctx, r, app.Receipt{})
	}
	c.print(phrase("%[1]s er tatt inn fra før, fra den samme filen. Ingenting å endre.",
		"%[1]s er teken inn frå før, frå den same fila. Ingenting å endre.",
		"%[1]s has been taken in already, from the same file. Nothing to change."), p.ID)
	return true, nil
}

// ask shows the draft and what is new, and takes j, ja, y or yes for yes.
func (c *cli) ask(draft plantable.Draft, command plan.Import) error {
	out := c.out
	c.out = c.err // the question is talk; stdout stays data
	err := c.draft(draft)
	c.out = out
	if err != nil {
		return err
	}
	if len(command.Actors) > 0 {
		c.say(phrase("\nNye i registeret:", "\nNye i registeret:", "\nNew in the register:"))
		for _, a := range command.Actors {
			c.say(phrase("  %[1]s (%[2]s, %[3]s)", "  %[1]s (%[2]s, %[3]s)", "  %[1]s (%[2]s, %[3]s)"), a.Name,
				domain.ActorKindWords.Of(string(a.Kind)), domain.SectorWords.Of(string(a.Sector)))
		}
	}
	c.say(phrase("\nSette planen i kraft slik? [j/N]", "\nSetje planen i kraft slik? [j/N]", "\nPut the plan in force like this? [y/N]"))
	answer, err := bufio.NewReader(io.LimitReader(c.in, 100)).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "j", "ja", "y", "yes":
		return nil
	}
	return errNotAccepted.With()
}
