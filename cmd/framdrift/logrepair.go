package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

func (c *cli) logRepair() *cobra.Command {
	var yes bool
	cmd := c.verb("repair", phrase(
		"Setter en skadet logg i stand fra segmentene; sier først hva den vil gjøre, og gjør det med --yes",
		"Set ein skadd logg i stand frå segmenta; seier først kva han vil gjere, og gjer det med --yes",
		"Puts a damaged log in order from its segments; says first what it would do, and does it with --yes"),
		func(cmd *cobra.Command, _ []string) error { return c.repair(cmd.Context(), yes) })
	cmd.Example = `  framdrift log repair
  framdrift log repair --yes`
	cmd.Flags().BoolVar(&yes, "yes", false, c.flag("gjør det", "gjer det", "do it"))
	return cmd
}

func (c *cli) repair(ctx context.Context, yes bool) error {
	meter := c.meter(phrase("Setter i stand: %[1]d %%", "Set i stand: %[1]d %%", "Repairing: %[1]d%%"))
	done, err := app.Repair(ctx, c.options(), domain.RegionID(c.region), yes, meter.at)
	meter.finish()
	if app.InUse(err) {
		return errServed.With(c.data)
	}
	if err != nil {
		return err
	}
	if c.output == "json" {
		return c.json(done)
	}
	switch {
	case done.Damage == "":
		c.print(phrase("Loggen til %[1]s er hel, %[2]d hendelser. Ingenting å gjøre.",
			"Loggen til %[1]s er heil, %[2]d hendingar. Ingenting å gjere.",
			"The log of %[1]s is whole, %[2]d events. Nothing to do."), done.Region, done.Readable)
	case !done.Done:
		c.print(phrase("Loggen til %[1]s er skadet: %[2]s.\nDet som kan leses av den, er %[3]d hendelser; segmentene har %[4]d, og %[5]d er signert.\nMed --yes flyttes den skadede loggen til side, urørt, og en ny skrives med %[6]d hendelser, byte for byte. Ingenting er gjort ennå.",
			"Loggen til %[1]s er skadd: %[2]s.\nDet som kan lesast av han, er %[3]d hendingar; segmenta har %[4]d, og %[5]d er signerte.\nMed --yes blir den skadde loggen flytt til side, urørt, og ein ny blir skriven med %[6]d hendingar, byte for byte. Ingenting er gjort enno.",
			"The log of %[1]s is damaged: %[2]s.\n%[3]d events of it can be read; the segments have %[4]d, and %[5]d are signed.\nWith --yes the damaged log is moved aside, untouched, and a new one is written with %[6]d events, byte for byte. Nothing has been done yet."),
			done.Region, done.Damage, done.Readable, done.Segments, done.Signed, done.Events)
	default:
		c.print(phrase("Loggen til %[1]s er satt i stand: %[2]d hendelser, byte for byte. Den skadede ligger i %[3]s.",
			"Loggen til %[1]s er sett i stand: %[2]d hendingar, byte for byte. Den skadde ligg i %[3]s.",
			"The log of %[1]s has been put in order: %[2]d events, byte for byte. The damaged one lies in %[3]s."), done.Region, done.Events, done.Aside)
	}
	return nil
}
