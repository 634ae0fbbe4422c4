package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

func (c *cli) userCommand() *cobra.Command {
	group := c.group("user", phrase("Brukerne og rollene deres", "Brukarane og rollene deira", "The users and their roles"))
	group.AddCommand(c.userGrant(), c.userRevoke(), c.userList())
	return group
}

func (c *cli) userGrant() *cobra.Command {
	var role, of string
	cmd := c.writer("grant USER", phrase("Gir en bruker en rolle", "Gjev ein brukar ei rolle", "Gives a user a role"),
		func(args []string) (domain.Command, error) {
			return actors.Grant{User: domain.UserID(args[0]), Role: domain.Role(role), Actors: ids[domain.ActorID](of)}, nil
		})
	cmd.Example = `  framdrift user grant u2 --role owner --actor radmannsforum`
	c.roleFlag(cmd, &role)
	cmd.Flags().StringVar(&of, "actor", "", c.flag("aktørene en owner svarer for, med komma mellom", "aktørane ein owner svarar for, med komma mellom", "the actors an owner answers for, with commas between"))
	return cmd
}

func (c *cli) userRevoke() *cobra.Command {
	var role string
	cmd := c.writer("revoke USER", phrase("Tar tilbake en rolle", "Tek tilbake ei rolle", "Takes a role back"),
		func(args []string) (domain.Command, error) {
			return actors.Revoke{User: domain.UserID(args[0]), Role: domain.Role(role)}, nil
		})
	c.roleFlag(cmd, &role)
	return cmd
}

func (c *cli) roleFlag(cmd *cobra.Command, role *string) {
	cmd.Flags().StringVar(role, "role", "", c.flag("administrator, coordinator, owner eller reader", "administrator, coordinator, owner eller reader", "administrator, coordinator, owner or reader"))
	c.require(cmd, "role")
}

func (c *cli) userList() *cobra.Command {
	cmd := c.verb("list", phrase("Viser brukerne", "Viser brukarane", "Shows the users"), func(cmd *cobra.Command, _ []string) error {
		return c.overview(cmd, func(o app.Overview) error {
			var rows [][]string
			for _, u := range o.Users {
				for _, g := range u.Roles {
					var of []string
					for _, a := range g.Actors {
						of = append(of, string(a.ID))
					}
					rows = append(rows, []string{string(u.ID), domain.RoleWords.Of(string(g.Role)).In(c.language), strings.Join(of, ", ")})
				}
			}
			return c.list(o.Users, []column{
				{key: "user", label: phrase("bruker", "brukar", "user")},
				{key: "role", label: phrase("rolle", "rolle", "role")},
				{key: "actors", label: phrase("for", "for", "for")},
			}, rows, phrase("Ingen har noen rolle.", "Ingen har noka rolle.", "Nobody has a role."))
		})
	})
	c.readFlags(cmd)
	return cmd
}
