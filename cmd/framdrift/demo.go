package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/demo"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

// demoData is where the demo goes when --data says nothing: never where real
// data would be.
const demoData = "framdrift-demo"

// demoMeasure is the measure whose trail the demo shows: it was completed,
// reopened and completed again.
const demoMeasure domain.MeasureID = "t12"

func (c *cli) demoCommand() *cobra.Command {
	cmd := c.verb("demo", phrase(
		"Spiller Fosen-planen fra vedtak i 2022 til utgangen av 2024, i en egen katalog",
		"Spelar Fosen-planen frå vedtak i 2022 til utgangen av 2024, i ein eigen katalog",
		"Plays the Fosen plan from its adoption in 2022 to the end of 2024, in a directory of its own"),
		func(cmd *cobra.Command, _ []string) error {
			if c.data == defaultData && !cmd.Flags().Changed("data") {
				c.data = demoData
			}
			return c.demo(cmd.Context())
		})
	return cmd
}

func (c *cli) demo(ctx context.Context) (err error) {
	var played demo.Played
	a, err := c.alone(ctx, func() (a *app.App, err error) {
		bar := c.progress()
		defer bar.finish()
		a, played, err = demo.Play(ctx, app.Options{Dir: c.data}, app.Create, bar.step)
		return a, err
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	r, err := a.Region(demo.Region)
	if err != nil {
		return err
	}
	if played.New == 0 {
		c.print(phrase("Demoen er her fra før, i %[1]s: %[2]d hendelser. Ingenting er gjort om igjen.\n",
			"Demoen er her frå før, i %[1]s: %[2]d hendingar. Ingenting er gjort om igjen.\n",
			"The demo is here already, in %[1]s: %[2]d events. Nothing was done again.\n"), c.data, played.Events)
	} else {
		c.print(phrase("Fosen-planen er spilt av i %[1]s: %[2]d endringer, %[3]d hendelser på loggen, alle på disk.\n",
			"Fosen-planen er spela av i %[1]s: %[2]d endringar, %[3]d hendingar på loggen, alle på disk.\n",
			"The Fosen plan has been played in %[1]s: %[2]d changes, %[3]d events on the log, all on disk.\n"), c.data, played.New, played.Events)
	}
	return c.tour(ctx, r)
}

// tour shows what is there: the plan, one measure's trail, gjennomføringskraft
// at the end of 2024, and the final report.
func (c *cli) tour(ctx context.Context, r *app.Region) error {
	p, err := r.Plan(ctx, demo.Plan, app.Per{})
	if err != nil {
		return err
	}
	c.heading(p)
	if err := c.measures(p, p.Measures); err != nil {
		return err
	}
	lines, err := r.History(ctx, app.HistoryQuery{Filter: history.Filter{Plan: demo.Plan, Measure: demoMeasure}, Language: c.language})
	if err != nil {
		return err
	}
	i, err := find(p, demoMeasure)
	if err != nil {
		return err
	}
	c.printf("\n")
	if err := c.measure(p.Measures[i], lines); err != nil {
		return err
	}
	profile, err := r.Delivery(ctx, demo.Plan, delivery.Part{}, demo.End())
	if err != nil {
		return err
	}
	c.printf("\n")
	if err := c.delivery(profile, false); err != nil {
		return err
	}
	return c.demoReport(ctx, r)
}

func (c *cli) demoReport(ctx context.Context, r *app.Region) error {
	report, err := r.Report(ctx, demo.Plan, demo.End())
	if err != nil {
		return err
	}
	path := filepath.Join(c.data, "sluttrapport.html")
	f, err := os.Create(path) //nolint:gosec // in the directory the user chose
	if err != nil {
		return errNotWritten.With(path, inWords(err))
	}
	if err := errors.Join(reportfile.Write(ctx, f, reportfile.HTML, report, c.language), f.Close()); err != nil {
		return err
	}
	c.print(phrase("\nSluttrapporten: %[1]s   (åpne den i nettleseren)\nSe deg rundt:   framdrift serve --data %[2]s   (eller: go run ./cmd/framdrift serve --data %[2]s)",
		"\nSluttrapporten: %[1]s   (opne han i nettlesaren)\nSjå deg rundt:  framdrift serve --data %[2]s   (eller: go run ./cmd/framdrift serve --data %[2]s)",
		"\nFinal report:   %[1]s   (open it in a browser)\nLook around:    framdrift serve --data %[2]s   (or: go run ./cmd/framdrift serve --data %[2]s)"), path, c.data)
	return nil
}
