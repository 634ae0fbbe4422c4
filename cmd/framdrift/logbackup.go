package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

// isDirectory reports whether a name that is given for a log means a directory:
// it is one, or is written as one, or has no ending.
func isDirectory(name string) bool {
	if info, err := os.Stat(name); err == nil {
		return info.IsDir()
	}
	return strings.HasSuffix(name, string(filepath.Separator)) || filepath.Ext(name) == ""
}

var errBackupData = rule("backup.data",
	"%[1]s er en datakatalog. Ingenting er skrevet; velg en annen katalog til sikkerhetskopien.",
	"%[1]s er ein datakatalog. Ingenting er skrive; vel ein annan katalog til tryggingskopien.",
	"%[1]s is a data directory. Nothing was written; choose another directory for the backup.")

// backUp brings a backup up to date: what has been signed, and the segments of
// it; readable, also the keys, written anew: since the last time some may have
// been destroyed.
func (c *cli) backUp(ctx context.Context, to string, readable bool) error {
	if app.Holds(to) {
		return errBackupData.With(to)
	}
	var sealed app.Sealed
	if err := c.withRegion(ctx, func(r app.Service) (err error) {
		sealed, err = r.Checkpoint(ctx)
		return err
	}); err != nil {
		return err
	}
	meter := c.meter(phrase("Kopierer: %[1]d %%", "Kopierer: %[1]d %%", "Copying: %[1]d%%"))
	done, err := app.BackUp(ctx, c.data, sealed, to, meter.at)
	meter.finish()
	if err == nil && readable {
		err = c.exportKeys(ctx, keysOf(to), done.Events, true)
	}
	if err != nil {
		return err
	}
	if c.output != "table" {
		return c.list(done, []column{{key: "dir"}, {key: "copied"}, {key: "kept"}, {key: "bytes"}, {key: "events"}, {key: "root"}}, [][]string{{
			done.Dir, strconv.Itoa(done.Copied), strconv.Itoa(done.Kept), strconv.FormatInt(done.Bytes, 10), strconv.FormatUint(done.Events, 10), done.Root,
		}}, domain.Phrase{})
	}
	c.say(phrase("Sikkerhetskopien i %[1]s er à jour: %[2]d hendelser, %[3]d segmenter skrevet (%[4]d byte), %[5]d var der fra før.\nRot %[6]s\nNøklene til tekstene er ikke med: sikkerhetskopier vault og master.key for seg (docs/operating.md).",
		"Tryggingskopien i %[1]s er à jour: %[2]d hendingar, %[3]d segment skrivne (%[4]d byte), %[5]d var der frå før.\nRot %[6]s\nNøklane til tekstane er ikkje med: tryggingskopier vault og master.key for seg (docs/operating.md).",
		"The backup in %[1]s is up to date: %[2]d events, %[3]d segments written (%[4]d bytes), %[5]d were there already.\nRoot %[6]s\nThe keys of the texts are not in it: back up vault and master.key on their own (docs/operating.md)."),
		done.Dir, done.Events, done.Copied, done.Bytes, done.Kept, done.Root)
	return nil
}

// until reads where a restore is to end: a moment, as of reads.
func until(text string) (app.Until, error) {
	per, err := app.ParsePer(text, "")
	return app.Until{Time: per.Time, Position: uint64(per.Position)}, err
}

// unpacked is a backup as a file that can be read twice, verified whole.
func (c *cli) unpacked(ctx context.Context, dir string, end app.Until) (file *os.File, gone func() error, err error) {
	f, gone, err := temporary()
	if err != nil {
		return nil, nil, err
	}
	meter := c.meter(phrase("Kontrollerer: %[1]d %%", "Kontrollerer: %[1]d %%", "Verifying: %[1]d%%"))
	defer meter.finish()
	if err := app.UnpackBackup(ctx, dir, end, f, meter.at); err != nil {
		return nil, nil, domain.FirstError(err, gone())
	}
	return f, gone, nil
}
