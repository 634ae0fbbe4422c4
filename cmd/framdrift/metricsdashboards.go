package main

import (
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/dashboards"
)

func (c *cli) metricsDashboards() *cobra.Command {
	var force bool
	cmd := c.verb("dashboards DIR", phrase(
		"Skriver dashbord for Grafana, varsler for Prometheus og filene som setter dem opp, til en mappe",
		"Skriv dashbord for Grafana, varsel for Prometheus og filene som set dei opp, til ei mappe",
		"Writes dashboards for Grafana, alerts for Prometheus and the files that set them up, to a directory"),
		func(_ *cobra.Command, args []string) error { return c.writeDashboards(args[0], force) })
	cmd.Example = `  framdrift metrics dashboards grafana`
	cmd.Flags().BoolVar(&force, "force", false, c.flag("skriv over filer som finnes", "skriv over filer som finst", "write over files that are there"))
	return cmd
}

// writeDashboards writes every file, or none where one is there already.
func (c *cli) writeDashboards(dir string, force bool) error {
	files, err := dashboards.Files()
	if err != nil {
		return err
	}
	for _, f := range files {
		if _, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(f.Path))); err == nil && !force {
			return errExists.With(filepath.Join(dir, filepath.FromSlash(f.Path)))
		}
	}
	for _, f := range files {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			return errNotWritten.With(name, inWords(err))
		}
		out, err := createFile(name, force)
		if err != nil {
			return err
		}
		if _, err := out.Write(f.Text); err != nil {
			return errors.Join(errNotWritten.With(name, inWords(err)), out.discard())
		}
		if err := out.keep(); err != nil {
			return err
		}
		c.say(phrase("Skrev %[1]s", "Skreiv %[1]s", "Wrote %[1]s"), name)
	}
	return nil
}
