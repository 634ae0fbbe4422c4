package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

func (c *cli) logVerify() *cobra.Command {
	var keys []string
	cmd := c.verb("verify [DIR]", phrase(
		"Leser hele loggen og regner ut hver hash på nytt, mot sjekkpunkt og segmenter; med DIR en sikkerhetskopi, uten server",
		"Les heile loggen og reknar ut kvar hash på nytt, mot sjekkpunkt og segment; med DIR ein tryggingskopi, utan server",
		"Reads the whole log and computes every hash anew, against checkpoint and segments; with DIR a backup, without a server"),
		func(cmd *cobra.Command, args []string) error {
			verify := c.verifyLog
			if dir := argument(args, 0); dir != "" {
				verify = func(ctx context.Context, watch app.Watch) (app.Verification, error) {
					return c.verifyBackup(ctx, dir, keys, watch)
				}
			}
			meter := c.meter(phrase("Kontrollerer: %[1]d %%", "Kontrollerer: %[1]d %%", "Verifying: %[1]d%%"))
			v, err := verify(cmd.Context(), meter.at)
			meter.finish()
			if err != nil {
				return err
			}
			if err := c.verified(v); err != nil {
				return err
			}
			return v.Err()
		})
	cmd.Example = `  framdrift log verify
  framdrift log verify kopi/ --key fosen.pub`
	c.keyFlag(cmd, &keys)
	return cmd
}

// verifyBackup holds a backup against keys from elsewhere, and says so when
// there are none.
func (c *cli) verifyBackup(ctx context.Context, dir string, flags []string, watch app.Watch) (app.Verification, error) {
	keys, err := keysIn(flags)
	if err != nil {
		return app.Verification{}, err
	}
	if len(keys) == 0 {
		c.say(phrase("Obs: nøkkelen er den som ligger ved kopien. Bruk --key med en du har fått av regionen selv.",
			"Obs: nøkkelen er den som ligg ved kopien. Bruk --key med ein du har fått av regionen sjølv.",
			"Note: the key is the one that lies with the copy. Use --key with one that you got from the region itself."))
	}
	return app.VerifyBackup(ctx, dir, keys, watch)
}

// verifyLog asks the serve that has the directory, and reads the files where
// none has: a log that is not opened can be verified too.
func (c *cli) verifyLog(ctx context.Context, watch app.Watch) (v app.Verification, err error) {
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	turn := time.NewTicker(20 * time.Millisecond)
	defer turn.Stop()
	look := app.LookAt(c.options())
	defer func() { err = errors.Join(err, look.Close()) }()
	for {
		held := look.Hold()
		if held == nil {
			return c.verifyFiles(ctx, look, watch)
		}
		if !app.InUse(held) {
			return v, held
		}
		if client, err := api.Dial(waiting, app.SocketPath(c.data)); err == nil {
			v, err = client.Verify(ctx, domain.RegionID(c.region))
			return v, errors.Join(err, client.Close())
		}
		select {
		case <-turn.C:
		case <-waiting.Done():
			return v, held
		}
	}
}

func (c *cli) verifyFiles(ctx context.Context, look *app.Look, watch app.Watch) (app.Verification, error) {
	if err := look.Format(); err != nil {
		c.pointToDemo(err)
		return app.Verification{}, err
	}
	known, err := look.Known()
	if err == nil && look.NATS().URL != "" {
		_, known, err = look.Server(ctx, known)
	}
	if err != nil {
		return app.Verification{}, err
	}
	id, err := app.ChooseRegion(known, domain.RegionID(c.region))
	if err != nil {
		return app.Verification{}, err
	}
	return look.Verify(ctx, id, watch)
}

var verifiedColumns = []column{
	{key: "what", label: phrase("hva", "kva", "what")},
	{key: "events", label: phrase("hendelser", "hendingar", "events")},
	{key: "messages", label: phrase("meldinger", "meldingar", "messages")},
	{key: "files", label: phrase("filer", "filer", "files")},
	{key: "root", label: phrase("rot", "rot", "root")},
}

// verified prints what was found: how far each goes, and what is wrong.
func (c *cli) verified(v app.Verification) error {
	var rows [][]string
	for _, part := range []struct {
		name domain.Phrase
		of   app.Extent
	}{
		{phrase("logg", "logg", "log"), v.Log},
		{phrase("sjekkpunkt", "sjekkpunkt", "checkpoint"), v.Signed},
		{phrase("segmenter", "segment", "segments"), v.Segments},
	} {
		if part.of != (app.Extent{}) {
			rows = append(rows, []string{
				part.name.In(c.language), strconv.FormatUint(part.of.Events, 10), number(part.of.Messages), number(uint64(part.of.Files)), part.of.Root,
			})
		}
	}
	if err := c.list(v, verifiedColumns, rows, domain.Phrase{}); err != nil || c.output != "table" {
		return err
	}
	if len(v.Damage) == 0 {
		c.print(phrase("Alt stemmer: hver hendelse er den som ble signert.", "Alt stemmer: kvar hending er den som vart signert.", "Everything agrees: every event is the one that was signed."))
	}
	for _, d := range v.Damage {
		c.printf("%s\n", harmless(d.Sentence(c.language)))
	}
	return nil
}

// number is a number, and nothing for none.
func number(n uint64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatUint(n, 10)
}
