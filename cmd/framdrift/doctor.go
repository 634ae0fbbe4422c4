package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/doctor"
	"github.com/fosenregionen/framdrift/domain"
)

// doctorPatience is how long a command that has the data open is waited for.
// One that has it for longer is told of.
const doctorPatience = 2 * time.Second

func (c *cli) doctorCommand() *cobra.Command {
	return c.verb("doctor", phrase(
		"Sier hva som er i orden her, hva som ikke er det, og hva som ikke kan ses; endrer ingenting",
		"Seier kva som er i orden her, kva som ikkje er det, og kva som ikkje kan sjåast; endrar ingenting",
		"Says what is fine here, what is not, and what cannot be seen; changes nothing"),
		func(cmd *cobra.Command, _ []string) error {
			checks, err := c.examined(cmd.Context())
			if err != nil {
				return err
			}
			if err := c.findings(checks); err != nil {
				return err
			}
			return doctor.Verdict(checks)
		})
}

// examined asks the serve that has the directory, and looks for itself where
// none has.
func (c *cli) examined(ctx context.Context) (checks []doctor.Check, err error) {
	waiting, cancel := context.WithTimeout(ctx, doctorPatience)
	defer cancel()
	turn := time.NewTicker(20 * time.Millisecond)
	defer turn.Stop()
	look := app.LookAt(c.options())
	defer func() { err = errors.Join(err, look.Close()) }()
	build := doctor.Build(built())
	for {
		if err := look.Hold(); !app.InUse(err) {
			return doctor.Examine(ctx, look, build), nil
		}
		if client, err := api.Dial(waiting, app.SocketPath(c.data)); err == nil {
			checks, err = client.Doctor(ctx)
			return doctor.Beside(build, checks), errors.Join(err, client.Close())
		}
		select {
		case <-turn.C:
		case <-waiting.Done():
			return doctor.Examine(ctx, look, build), ctx.Err()
		}
	}
}

// A finding is a check as programs get it.
type finding struct {
	Check  doctor.Name     `json:"check"`
	Region domain.RegionID `json:"region,omitempty"`
	Status doctor.Status   `json:"status"`
	Code   string          `json:"code,omitempty"`
	Says   string          `json:"says"`
	Cause  string          `json:"cause,omitempty"`
}

var findingColumns = []column{
	{key: "check", label: phrase("hva", "kva", "what")},
	{key: "region", label: phrase("region", "region", "region")},
	{key: "status", label: phrase("tilstand", "tilstand", "status")},
	{key: "code", label: phrase("kode", "kode", "code")},
	{key: "says", label: phrase("funn", "funn", "finding")},
	{key: "cause", label: phrase("årsak", "årsak", "cause")},
}

func (c *cli) findings(checks []doctor.Check) error {
	if c.output == "table" {
		c.printChecks(checks)
		return nil
	}
	found, rows := make([]finding, len(checks)), make([][]string, len(checks))
	for i, check := range checks {
		f := finding{check.Name, check.Region, check.Status, check.Code, check.Says.In(c.language), check.Cause}
		found[i], rows[i] = f, []string{string(f.Check), string(f.Region), string(f.Status), f.Code, f.Says, f.Cause}
	}
	return c.list(found, findingColumns, rows, domain.Phrase{})
}

// printChecks prints a line a check, and below it what lay beneath. Lines that
// are longer than the terminal go on under themselves.
func (c *cli) printChecks(checks []doctor.Check) {
	const what = 22 // characters before the sentence
	for _, check := range checks {
		name := check.Name.Label().In(c.language)
		if check.Region != "" {
			name += " " + string(check.Region)
		}
		says := check.Says.In(c.language)
		if check.Code != "" {
			says += " [" + check.Code + "]"
		}
		if check.Cause != "" {
			says += " (" + check.Cause + ")"
		}
		head := fmt.Sprintf("%-8s%-*s", check.Status.Label().In(c.language), what, name)
		c.printf("%s %s\n", head, wrapped(harmless(says), len([]rune(head))+1, c.terminalWidth()))
	}
}

// wrapped is a text on lines of so many characters, the first and the others
// beginning after a margin; on one line where there is no room or no end.
func wrapped(text string, margin, line int) string {
	if line < margin+2*narrowest {
		return text
	}
	var b strings.Builder
	at := margin
	for i, word := range strings.Fields(text) {
		length := len([]rune(word))
		switch {
		case i == 0:
		case at+1+length > line:
			b.WriteString("\n" + strings.Repeat(" ", margin))
			at = margin
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += length
	}
	return b.String()
}
