package main

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the release build; a build from source says so itself.
var version = ""

func (c *cli) versionCommand() *cobra.Command {
	return c.verb("version", phrase("Viser versjonen", "Viser versjonen", "Shows the version"), func(*cobra.Command, []string) error {
		v := built()
		if c.output == "json" {
			return c.json(v)
		}
		c.printf("framdrift %s (%s, nats-server %s)\n", v.Version, v.Go, v.Server)
		return nil
	})
}

type build struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	Server  string `json:"natsServer"`
}

func built() build {
	b := build{Version: version, Go: runtime.Version(), Server: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if b.Version == "" {
		b.Version = info.Main.Version
	}
	for _, dep := range info.Deps {
		if dep.Path == "github.com/nats-io/nats-server/v2" {
			b.Server = dep.Version
		}
	}
	return b
}
