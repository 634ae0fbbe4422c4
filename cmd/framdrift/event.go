package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
)

func (c *cli) eventCommand() *cobra.Command {
	group := c.group("event", phrase("Hendelsene på loggen", "Hendingane på loggen", "The events on the log"))
	group.AddCommand(c.eventRedact())
	return group
}

func (c *cli) eventRedact() *cobra.Command {
	var ground string
	cmd := c.writer("redact POSITION", phrase(
		"Sletter for godt friteksten i en hendelse; hendelsen, og alle tall, blir stående",
		"Slettar for godt friteksten i ei hending; hendinga, og alle tal, blir ståande",
		"Erases for good the free text of an event; the event, and every number, stay"),
		func(args []string) (domain.Command, error) {
			position, err := strconv.ParseUint(strings.TrimPrefix(args[0], "#"), 10, 64)
			if err != nil {
				return nil, errPosition.With(args[0])
			}
			return correction.Redact{Position: domain.Position(position), Ground: ground}, nil
		})
	cmd.Example = `  framdrift event redact 41 --ground "personvernforordningen art. 17 nr. 1 bokstav d"`
	c.groundFlag(cmd, &ground)
	return cmd
}
