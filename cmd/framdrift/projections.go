package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

func (c *cli) projectionsCommand() *cobra.Command {
	group := c.group("projections", phrase(
		"Projeksjonene: det loggen betyr, hvor langt hver er kommet, og bygging på nytt",
		"Projeksjonane: det loggen tyder, kor langt kvar er komen, og bygging på nytt",
		"The projections: what the log means, how far each has come, and rebuilding"))
	group.AddCommand(c.projectionsList(), c.projectionsDiff(), c.projectionsRebuild())
	return group
}

func (c *cli) projectionsList() *cobra.Command {
	return c.verb("list", phrase(
		"Viser hver projeksjon: tilstand, versjon, hvor langt den er kommet, etterslep, sjekksum og siste feil",
		"Viser kvar projeksjon: tilstand, versjon, kor langt ho er komen, etterslep, sjekksum og siste feil",
		"Shows each projection: state, version, how far it has come, lag, digest and last error"),
		func(cmd *cobra.Command, _ []string) error {
			return c.listProjections(cmd.Context(), app.Service.Projections)
		})
}

func (c *cli) projectionsRebuild() *cobra.Command {
	cmd := c.verb("rebuild [NAME]", phrase(
		"Bygger en projeksjon på nytt fra loggen, eller alle; den gamle svarer til den nye er ferdig",
		"Byggjer ein projeksjon på nytt frå loggen, eller alle; den gamle svarar til den nye er ferdig",
		"Rebuilds a projection from the log, or all; the old one answers until the new one is done"),
		func(cmd *cobra.Command, args []string) error {
			return c.listProjections(cmd.Context(), func(r app.Service, ctx context.Context) ([]app.Projected, error) {
				all, err := r.Rebuild(ctx, argument(args, 0))
				if err == nil {
					c.say(phrase("Bygd på nytt fra loggen og tatt i bruk.", "Bygd på nytt frå loggen og teke i bruk.", "Rebuilt from the log and put to use."))
				}
				return all, err
			})
		})
	cmd.Example = "  framdrift projections rebuild\n  framdrift projections rebuild history"
	return cmd
}

func (c *cli) projectionsDiff() *cobra.Command {
	cmd := c.verb("diff [NAME]", phrase(
		"Lager en projeksjon av hele loggen nå, eller alle, og viser hva som er ulikt i den som er i bruk",
		"Lagar ein projeksjon av heile loggen no, eller alle, og viser kva som er ulikt i den som er i bruk",
		"Makes a projection of the whole log now, or all, and shows what differs in the one in use"),
		func(cmd *cobra.Command, args []string) error {
			return c.withRegion(cmd.Context(), func(r app.Service) error {
				all, err := r.Compare(cmd.Context(), argument(args, 0))
				if err != nil {
					return err
				}
				return c.showCompared(all)
			})
		})
	cmd.Example = "  framdrift projections diff\n  framdrift projections diff delivery -o json"
	return cmd
}

var errUnlike = domain.Rule{Kind: domain.Failed, Code: "projection.unlike", Text: phrase(
	"%[1]s sier noe annet enn loggen. «framdrift projections rebuild» lager den på nytt; ruling blir laget på nytt når programmet starter uten mappa snapshots. Meld fra: dette skal ikke skje.",
	"%[1]s seier noko anna enn loggen. «framdrift projections rebuild» lagar han på nytt; ruling blir laga på nytt når programmet startar utan mappa snapshots. Meld frå: dette skal ikkje skje.",
	"%[1]s says something else than the log. “framdrift projections rebuild” makes it anew; ruling is made anew when the program starts without the directory snapshots. Report it: this must not happen.")}

// showCompared lists projections, then what is not the same in them.
func (c *cli) showCompared(all []app.Compared) error {
	rows, pairs, wrong := make([][]string, len(all)), [][]string{}, []string{}
	for i, p := range all {
		rows[i] = []string{p.Name, strconv.Itoa(p.Version), strconv.FormatUint(p.Position, 10), strconv.Itoa(p.Values), strconv.Itoa(p.Unlike)}
		for _, pair := range p.First {
			pairs = append(pairs, []string{p.Name, pair.Path, pair.InUse, pair.Anew})
		}
		if p.Unlike > 0 {
			wrong = append(wrong, p.Name)
		}
	}
	err := c.list(all, comparedColumns, rows, domain.Phrase{})
	if len(pairs) > 0 && c.output == "table" {
		err = errors.Join(err, c.list(nil, pairColumns, pairs, domain.Phrase{}))
	}
	if err == nil && len(wrong) > 0 {
		err = errUnlike.With(strings.Join(wrong, ", "))
	}
	return err
}

// listProjections shows what is asked of a region. The function has the shape of
// a method of app.Service.
func (c *cli) listProjections(ctx context.Context, ask func(app.Service, context.Context) ([]app.Projected, error)) error {
	return c.withRegion(ctx, func(r app.Service) error {
		all, err := ask(r, ctx)
		if err != nil {
			return err
		}
		rows := make([][]string, len(all))
		for i, p := range all {
			rows[i] = []string{p.Name, projectionStates[p.State].In(c.language), strconv.Itoa(p.Version), "", "", "", "", ""}
			if p.State != app.Asleep {
				copy(rows[i][3:], []string{strconv.FormatUint(p.Position, 10), strconv.FormatUint(p.Events, 10), fmt.Sprintf("%.0f", p.Seconds), p.Digest, p.Error})
			}
		}
		return c.list(all, projectionColumns, rows, domain.Phrase{})
	})
}

var projectionStates = map[app.ProjectionState]domain.Phrase{
	app.Running: phrase("à jour", "à jour", "up to date"),
	app.Behind:  phrase("på etterskudd", "på etterskot", "behind"),
	app.Stopped: phrase("stoppet", "stoppa", "stopped"),
	app.Asleep:  phrase("leses når noen spør", "blir lesen når nokon spør", "read when somebody asks"),
}

var comparedColumns = []column{
	{key: "name", label: phrase("projeksjon", "projeksjon", "projection")},
	{key: "version", label: phrase("versjon", "versjon", "version")},
	{key: "position", label: phrase("hendelse", "hending", "event")},
	{key: "values", label: phrase("verdier", "verdiar", "values")},
	{key: "unlike", label: phrase("ulike", "ulike", "different")},
}

var pairColumns = []column{
	{key: "name", label: phrase("projeksjon", "projeksjon", "projection")},
	{key: "path", label: phrase("verdi", "verdi", "value"), width: 60},
	{key: "inUse", label: phrase("i bruk", "i bruk", "in use"), width: 40},
	{key: "anew", label: phrase("av loggen", "av loggen", "of the log"), width: 40},
}

var projectionColumns = []column{
	{key: "name", label: phrase("projeksjon", "projeksjon", "projection")},
	{key: "state", label: phrase("tilstand", "tilstand", "state")},
	{key: "version", label: phrase("versjon", "versjon", "version")},
	{key: "position", label: phrase("hendelse", "hending", "event")},
	{key: "lagEvents", label: phrase("mangler", "manglar", "lacks")},
	{key: "lagSeconds", label: phrase("sekunder bak", "sekund bak", "seconds behind")},
	{key: "digest", label: phrase("sjekksum", "sjekksum", "digest")},
	{key: "error", label: phrase("feil", "feil", "error"), width: 60},
}
