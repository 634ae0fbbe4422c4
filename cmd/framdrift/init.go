package main

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

func (c *cli) initCommand() *cobra.Command {
	var name, form string
	cmd := c.verb("init REGION", phrase(
		"Lager en region og loggen dens",
		"Lagar ein region og loggen hans",
		"Makes a region and its log",
	), func(cmd *cobra.Command, args []string) error {
		return c.init(cmd.Context(), actors.RegisterRegion{Region: domain.RegionID(args[0]), Name: name, Form: form})
	})
	cmd.Example = `  framdrift init fosen --name "Fosenregionen"`
	cmd.Flags().StringVar(&name, "name", "", c.flag("regionens navn", "namnet på regionen", "the region's name"))
	cmd.Flags().StringVar(&form, "form", "", c.flag("organisasjonsform, for eksempel interkommunalt politisk råd", "organisasjonsform, til dømes interkommunalt politisk råd", "form of organisation"))
	c.writeFlags(cmd)
	c.require(cmd, "name")
	return cmd
}

func (c *cli) init(ctx context.Context, begin actors.RegisterRegion) error {
	if err := domain.FirstError(domain.CheckID(begin.Region), domain.CheckName("name", begin.Name)); err != nil {
		return err
	}
	ask, err := c.request(begin)
	if err != nil {
		return err
	}
	open := func() (*app.App, error) { return app.Create(ctx, c.options()) }
	return c.within(ctx, open, func(h house) error { return c.begin(ctx, h, ask, begin.Region) })
}

func (c *cli) begin(ctx context.Context, h house, ask domain.Request, id domain.RegionID) error {
	c.given = ask.ID
	receipt, err := h.Init(ctx, ask)
	if err != nil {
		return err
	}
	if !receipt.Changed() && c.output == "table" {
		c.print(phrase("Regionen %[1]s er her fra før, i %[2]s.", "Regionen %[1]s er her frå før, i %[2]s.", "The region %[1]s is here already, in %[2]s."), id, c.data)
		return nil
	}
	r, err := h.Region(ctx, id)
	if err != nil {
		return err
	}
	if err := c.tell(ctx, r, receipt); err != nil || !receipt.Changed() {
		return err
	}
	c.say(phrase("Videre: framdrift plan import FIL", "Vidare: framdrift plan import FIL", "Next: framdrift plan import FILE"))
	return nil
}
