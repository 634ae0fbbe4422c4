package main

import (
	"bufio"
	"context"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/intake"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/plan"
	"github.com/fosenregionen/framdrift/domain/plantable"
	"github.com/fosenregionen/framdrift/projections/history"
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

func (c *cli) planImport() *cobra.Command {
	var yes bool
	var d decision
	var limits planfile.Limits
	cmd := c.verb("import FILE", phrase(
		"Viser planen, spør, og setter den i kraft i én omgang; en ny utgave endrer den ved vedtak",
		"Viser planen, spør, og set han i kraft i éin omgang; ei ny utgåve endrar han ved vedtak",
		"Shows the plan, asks, and puts it in force in one commit; a new version changes it by decision"),
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
	cmd.Example = `  framdrift plan import handlingsplan.docx
  framdrift plan import handlingsplan.xlsx --yes --body Regionrådet --case "12/24" --date 2024-06-10`
	cmd.Flags().BoolVar(&yes, "yes", false, c.flag("godta planen slik den er lest", "godta planen slik han er lesen", "accept the plan as it was read"))
	c.planFlag(cmd)
	d.flags(c, cmd)
	c.limitFlags(cmd, &limits)
	c.writeFlags(cmd)
	return cmd
}

// An intaking is one import on its way: what was read, what the region has,
// and the answers so far.
type intaking struct {
	*cli
	file    planfile.File
	draft   plantable.Draft
	here    intake.Here
	answers intake.Answers
	preview intake.Preview
	lines   *bufio.Reader // of answers
}

// importPlan asks without holding the log: whoever is asked may think for as
// long as they like.
func (c *cli) importPlan(ctx context.Context, file planfile.File, decided plan.Decision, yes bool) error {
	in := &intaking{
		cli: c, file: file, answers: intake.Answers{Decision: decided, Plan: domain.PlanID(c.plan), Actors: map[string]intake.Choice{}},
		lines: bufio.NewReader(io.LimitReader(c.in, 1<<16)),
	}
	done := false
	err := c.withRegion(ctx, func(r app.Service) (err error) {
		done, err = in.prepare(ctx, r)
		return err
	})
	if done || err != nil {
		return err
	}
	if !in.preview.Changes() {
		return c.unchanged(in.preview.Plan)
	}
	show := in.ask
	if yes {
		show = in.tellDifference
	}
	if err := in.aside(show); err != nil {
		return err
	}
	c.plan = string(in.preview.Plan)
	ask, err := c.request(in.preview.Command())
	if err != nil {
		return err
	}
	if day := in.preview.Import.Plan.Decision.Date; in.preview.Difference != nil && ask.Effective.IsZero() {
		ask.Effective = day // a revision is in force from the day it was decided
	}
	return c.withRegion(ctx, func(r app.Service) error { return c.do(ctx, r, ask) })
}

// prepare reads the plan with the names the register knows, and lays it beside
// what the region has; done says that it has been taken in already.
func (in *intaking) prepare(ctx context.Context, r app.Service) (done bool, err error) {
	o, err := r.Overview(ctx, app.Per{})
	if err != nil {
		return false, err
	}
	known := make([]string, len(o.Actors))
	for i, a := range o.Actors {
		known[i] = a.Name
	}
	if in.draft, err = plantable.Parse(in.file.Document, known...); err != nil {
		return false, err
	}
	in.here = intake.Here{Register: o.Actors, Today: domain.DateOf(time.Now())}
	id := in.answers.Plan
	if id == "" {
		id = intake.PlanID(in.draft.Plan)
	}
	if slices.ContainsFunc(o.Plans, func(s planview.Summary) bool { return s.ID == id }) {
		p, err := r.Plan(ctx, id, app.Per{})
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(p.Imports, func(i planview.Import) bool { return i.SHA256 == in.file.SHA256 }) {
			return true, in.again(ctx, r, id)
		}
		in.here.Plan = &p.Plan
	}
	return false, in.look()
}

func (in *intaking) look() (err error) {
	in.preview, err = intake.Look(in.file, in.draft, in.here, in.answers)
	return err
}

// again says that this very file is what the plan came from.
func (in *intaking) again(ctx context.Context, r app.Service, id domain.PlanID) error {
	if in.output != "table" {
		return in.tell(ctx, r, app.Receipt{})
	}
	in.print(phrase("%[1]s er tatt inn fra før, fra den samme filen. Ingenting å endre.",
		"%[1]s er teken inn frå før, frå den same fila. Ingenting å endre.",
		"%[1]s has been taken in already, from the same file. Nothing to change."), id)
	return nil
}

// unchanged says that another file says what the plan says.
func (c *cli) unchanged(id domain.PlanID) error {
	if c.output != "table" {
		return c.list(done{Events: []history.Line{}}, historyColumns, nil, domain.Phrase{})
	}
	c.print(phrase("Dokumentet sier det samme som %[1]s. Ingenting å endre.", "Dokumentet seier det same som %[1]s. Ingenting å endre.",
		"The document says the same as %[1]s. Nothing to change."), id)
	return nil
}
