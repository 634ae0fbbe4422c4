package main

import (
	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/actors"
)

func (c *cli) actorCommand() *cobra.Command {
	group := c.group("actor", phrase("Aktørene i registeret", "Aktørane i registeret", "The actors in the register"))
	group.AddCommand(c.actorAdd(), c.actorClassify(), c.actorMerge(), c.actorList())
	return group
}

func (c *cli) actorAdd() *cobra.Command {
	var name, kind, sector string
	cmd := c.writer("add ACTOR", phrase("Registrerer en aktør", "Registrerer ein aktør", "Registers an actor"),
		func(args []string) (domain.Command, error) {
			id := domain.ActorID(args[0])
			if name == "" {
				name = args[0]
				id = domain.ActorID(domain.Slug(args[0]))
			}
			if id == "" {
				return nil, errNoSlug.With(name)
			}
			guessedKind, guessedSector := actors.Guess(name, false)
			if kind == "" {
				kind = string(guessedKind)
			}
			if sector == "" {
				sector = string(guessedSector)
			}
			return actors.Register{Actor: id, Name: name, Kind: actors.Kind(kind), Sector: actors.Sector(sector)}, nil
		})
	cmd.Example = `  framdrift actor add "Åfjord Utvikling AS"
  framdrift actor add radet --name "Rådet" --kind body --sector public`
	f := cmd.Flags()
	f.StringVar(&name, "name", "", c.flag("navnet; uten det er ACTOR navnet, og id-en lages av det", "namnet; utan det er ACTOR namnet, og id-en blir laga av det", "the name; without it ACTOR is the name and the id is made of it"))
	f.StringVar(&kind, "kind", "", c.flag("body, role, organisation, municipality eller collective; ellers foreslått av navnet", "body, role, organisation, municipality eller collective; elles føreslått av namnet", "body, role, organisation, municipality or collective; otherwise proposed by the name"))
	f.StringVar(&sector, "sector", "", c.flag("public, business, knowledge eller voluntary; ellers foreslått av navnet", "public, business, knowledge eller voluntary; elles føreslått av namnet", "public, business, knowledge or voluntary; otherwise proposed by the name"))
	return cmd
}

func (c *cli) actorClassify() *cobra.Command {
	return c.writer("classify ACTOR SECTOR", phrase("Flytter en aktør til en annen sektor", "Flyttar ein aktør til ein annan sektor", "Moves an actor to another sector"),
		func(args []string) (domain.Command, error) {
			return actors.Classify{Actor: domain.ActorID(args[0]), Sector: actors.Sector(args[1])}, nil
		})
}

func (c *cli) actorMerge() *cobra.Command {
	var from string
	cmd := c.writer("merge ACTOR INTO", phrase("Fører at en aktør er gått inn i en annen", "Fører at ein aktør er gått inn i ein annan", "Records that an actor has become part of another"),
		func(args []string) (domain.Command, error) {
			merge := actors.Merge{Actor: domain.ActorID(args[0]), Into: domain.ActorID(args[1])}
			err := dates([]string{from}, &merge.From)
			return merge, err
		})
	cmd.Example = `  framdrift actor merge roan afjord --from 2020-01-01`
	cmd.Flags().StringVar(&from, "from", "", c.flag("dagen det skjedde fra (ellers --effective)", "dagen det hende frå (elles --effective)", "the day it happened from (otherwise --effective)"))
	return cmd
}

var errNoSlug = rule("actor.no-slug",
	"Av navnet «%[1]s» kan det ikke lages en id. Gi den selv: framdrift actor add ID --name \"%[1]s\"",
	"Av namnet «%[1]s» kan det ikkje lagast ein id. Gje han sjølv: framdrift actor add ID --name \"%[1]s\"",
	"No id can be made of the name “%[1]s”. Give one yourself: framdrift actor add ID --name \"%[1]s\"")

func (c *cli) actorList() *cobra.Command {
	cmd := c.verb("list", phrase("Viser registeret", "Viser registeret", "Shows the register"), func(cmd *cobra.Command, _ []string) error {
		return c.overview(cmd, func(o app.Overview) error {
			rows := make([][]string, len(o.Actors))
			for i, a := range o.Actors {
				rows[i] = []string{
					string(a.ID), a.Name, domain.ActorKindWords.Of(string(a.Kind)).In(c.language),
					domain.SectorWords.Of(string(a.Sector)).In(c.language), a.From.String(), string(a.MergedInto),
				}
			}
			return c.list(o.Actors, []column{
				{key: "id", label: phrase("id", "id", "id")},
				{key: "name", label: phrase("navn", "namn", "name"), width: 50},
				{key: "kind", label: phrase("type", "type", "kind")},
				{key: "sector", label: phrase("sektor", "sektor", "sector")},
				{key: "from", label: phrase("fra", "frå", "from")},
				{key: "mergedInto", label: phrase("gått inn i", "gått inn i", "merged into")},
			}, rows, phrase("Registeret er tomt. «framdrift plan import» fyller det.", "Registeret er tomt. «framdrift plan import» fyller det.", "The register is empty. “framdrift plan import” fills it."))
		})
	})
	c.readFlags(cmd)
	return cmd
}

// overview shows something of the region's overview at the moment asked for.
func (c *cli) overview(cmd *cobra.Command, show func(app.Overview) error) error {
	per, err := c.moment()
	if err != nil {
		return err
	}
	return c.withRegion(cmd.Context(), func(r app.Service) error {
		o, err := r.Overview(cmd.Context(), per)
		if err != nil {
			return err
		}
		return show(o)
	})
}
