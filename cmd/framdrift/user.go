package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/projections/planview"
)

func (c *cli) userCommand() *cobra.Command {
	group := c.group("user", phrase("Brukerne og rollene deres", "Brukarane og rollene deira", "The users and their roles"))
	group.AddCommand(c.userAdd(), c.userGrant(), c.userRevoke(), c.userForget(), c.userList())
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

func (c *cli) userAdd() *cobra.Command {
	var who vault.Person
	cmd := c.verb("add USER", phrase(
		"Sier hvem en bruker er, i et register utenfor loggen, der det kan slettes (user forget)",
		"Seier kven ein brukar er, i eit register utanfor loggen, der det kan slettast (user forget)",
		"Says who a user is, in a directory outside the log, where it can be erased (user forget)"),
		func(cmd *cobra.Command, args []string) error {
			user := domain.UserID(args[0])
			err := c.withRegion(cmd.Context(), func(r app.Service) error {
				return r.Introduce(cmd.Context(), domain.UserID(c.as), user, who)
			})
			if err == nil {
				c.say(phrase("Det er ført hvem %[1]s er.", "Det er ført kven %[1]s er.", "It is entered who %[1]s is."), user)
			}
			return err
		})
	cmd.Example = `  framdrift user add u2 --name "Kari Nordmann" --email kari@eksempel.no`
	cmd.Flags().StringVar(&who.Name, "name", "", c.flag("navnet", "namnet", "the name"))
	cmd.Flags().StringVar(&who.Email, "email", "", c.flag("e-postadressen", "e-postadressa", "the e-mail address"))
	c.require(cmd, "name")
	return cmd
}

func (c *cli) userForget() *cobra.Command {
	var ground string
	cmd := c.writer("forget USER", phrase(
		"Sletter for godt hvem en bruker er; rollene, og det brukeren har gjort, blir stående",
		"Slettar for godt kven ein brukar er; rollene, og det brukaren har gjort, blir ståande",
		"Erases for good who a user is; the roles, and what the user did, stay"),
		func(args []string) (domain.Command, error) {
			return actors.Forget{User: domain.UserID(args[0]), Ground: ground}, nil
		})
	cmd.Example = `  framdrift user forget u2 --ground "personvernforordningen art. 17 nr. 1 bokstav b"`
	c.groundFlag(cmd, &ground)
	return cmd
}

// groundFlag is the legal ground of an erasure.
func (c *cli) groundFlag(cmd *cobra.Command, ground *string) {
	cmd.Flags().StringVar(ground, "ground", "", c.flag(
		"hjemmelen for å slette; den står i loggen for alltid, så nevn ingen personer",
		"heimelen for å slette; han står i loggen for alltid, så nemn ingen personar",
		"the legal ground for erasing; it stays on the log for ever, so name nobody"))
	c.require(cmd, "ground")
}

// A listedUser is a user with roles, or of whom it has been said who it is.
type listedUser struct {
	planview.User
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
}

func (c *cli) userList() *cobra.Command {
	cmd := c.verb("list", phrase("Viser brukerne", "Viser brukarane", "Shows the users"), func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			o, err := r.Overview(cmd.Context(), per)
			if err != nil {
				return err
			}
			people, err := r.People(cmd.Context())
			if err != nil {
				return err
			}
			return c.listUsers(withNames(o.Users, people))
		})
	})
	c.readFlags(cmd)
	return cmd
}

// withNames puts the two together, by user id.
func withNames(users []planview.User, people []vault.Entry) []listedUser {
	all := make([]listedUser, 0, len(users))
	for _, u := range users {
		all = append(all, listedUser{User: u})
	}
	for _, p := range people {
		i := slices.IndexFunc(all, func(u listedUser) bool { return u.ID == p.User })
		if i < 0 {
			i, all = len(all), append(all, listedUser{User: planview.User{ID: p.User, Roles: []planview.Grant{}}})
		}
		all[i].Name, all[i].Email = p.Name, p.Email
	}
	slices.SortStableFunc(all, func(a, b listedUser) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return all
}

func (c *cli) listUsers(users []listedUser) error {
	var rows [][]string
	for _, u := range users {
		if len(u.Roles) == 0 {
			rows = append(rows, []string{string(u.ID), u.Name, "", ""})
		}
		for _, g := range u.Roles {
			var of []string
			for _, a := range g.Actors {
				of = append(of, string(a.ID))
			}
			rows = append(rows, []string{string(u.ID), u.Name, domain.RoleWords.Of(string(g.Role)).In(c.language), strings.Join(of, ", ")})
		}
	}
	return c.list(users, []column{
		{key: "user", label: phrase("bruker", "brukar", "user")},
		{key: "name", label: phrase("navn", "namn", "name")},
		{key: "role", label: phrase("rolle", "rolle", "role")},
		{key: "actors", label: phrase("for", "for", "for")},
	}, rows, phrase("Ingen har noen rolle.", "Ingen har noka rolle.", "Nobody has a role."))
}
