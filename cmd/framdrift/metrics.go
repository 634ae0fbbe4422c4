package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/metrics"
)

func (c *cli) metricsCommand() *cobra.Command {
	group := c.group("metrics", phrase("Tall for Prometheus og Grafana", "Tal for Prometheus og Grafana", "Numbers for Prometheus and Grafana"))
	group.AddCommand(c.metricsBackfill(), c.metricsDashboards())
	return group
}

var errBackfillFile = rule("usage.backfill-file",
	"Si hvilken fil historien skal skrives til: -O historie.om",
	"Sei kva fil historia skal skrivast til: -O historie.om",
	"Say which file the history is to be written to: -O history.om")

func (c *cli) metricsBackfill() *cobra.Command {
	var (
		from, to, step, out string
		force               bool
	)
	cmd := c.verb("backfill", phrase(
		"Skriver historien som OpenMetrics, for dem som har en Prometheus å legge den i",
		"Skriv historia som OpenMetrics, for dei som har ein Prometheus å leggje ho i",
		"Writes the history as OpenMetrics, for those who have a Prometheus to put it in"),
		func(cmd *cobra.Command, _ []string) error {
			per, err := c.moment()
			if err != nil {
				return err
			}
			q := app.CourseQuery{Step: app.Step(step), View: per.View}
			if err := dates([]string{from, to}, &q.From, &q.To); err != nil {
				return err
			}
			switch {
			case c.per != "":
				return errCoursePer.With()
			case out == "":
				return errBackfillFile.With()
			}
			return c.withRegion(cmd.Context(), func(r app.Service) error { return c.backfill(cmd, r, q, out, force) })
		})
	cmd.Example = `  framdrift metrics backfill -O historie.om
  promtool tsdb create-blocks-from openmetrics --max-block-duration=4000h historie.om data/`
	f := cmd.Flags()
	f.StringVarP(&out, "output-file", "O", "", c.flag("fila det skrives til", "fila det blir skrive til", "the file to write"))
	f.StringVar(&from, "from", "", c.flag("fra denne dagen (ellers fra vedtaket)", "frå denne dagen (elles frå vedtaket)", "from this day (otherwise from the adoption)"))
	f.StringVar(&to, "to", "", c.flag("til denne dagen (ellers i dag)", "til denne dagen (elles i dag)", "to this day (otherwise today)"))
	f.StringVar(&step, "step", string(app.Day), c.flag("et punkt per day, week, month eller tertial", "eit punkt per day, week, month eller tertial", "a point for each day, week, month or tertial"))
	f.BoolVar(&force, "force", false, c.flag("skriv over fila om den finnes", "skriv over fila om ho finst", "write over the file if it is there"))
	c.readFlags(cmd)
	return cmd
}

// backfill writes the course of every plan of the region. A day that is not
// over is as of now.
func (c *cli) backfill(cmd *cobra.Command, r app.Service, q app.CourseQuery, out string, force bool) error {
	o, err := r.Overview(cmd.Context(), app.Per{})
	if err != nil {
		return err
	}
	b := metrics.Backfill{View: q.View}
	now := time.Now()
	for _, p := range o.Plans {
		course, err := r.Course(cmd.Context(), p.ID, q)
		if err != nil {
			return err
		}
		for i := range course.Points {
			at := course.Points[i].Day.End()
			if at.After(now) {
				at = now
			}
			b.Add(o.Region.ID, p.ID, at, &course.Points[i])
		}
	}
	f, err := createFile(out, force)
	if err != nil {
		return err
	}
	if _, err := b.WriteTo(f); err != nil {
		return errors.Join(errNotWritten.With(out, inWords(err)), f.discard())
	}
	if err := f.keep(); err != nil {
		return err
	}
	c.say(phrase("Skrev %[1]s: %[2]d verdier, %[3]s.", "Skreiv %[1]s: %[2]d verdiar, %[3]s.", "Wrote %[1]s: %[2]d values, %[3]s."), out, b.Samples(), viewWord(q.View).In(c.language))
	return nil
}
