package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/history"
)

var errReadableFile = rule("usage.readable",
	"Nøklene må i en fil for seg, så loggen må også i en fil: framdrift log export FIL --readable",
	"Nøklane må i ei fil for seg, så loggen må òg i ei fil: framdrift log export FIL --readable",
	"The keys go in a file of their own, so the log must go in a file too: framdrift log export FILE --readable")

// keysOf is the file with the keys of the texts of a log in a file or directory.
func keysOf(name string) string { return filepath.Clean(name) + ".keys" }

// exportKeys writes the keys of the texts of so many events.
func (c *cli) exportKeys(ctx context.Context, name string, events uint64, force bool) error {
	f, err := createFile(name, force)
	if err != nil {
		return err
	}
	var n int
	err = c.within(ctx, c.there(ctx), func(h house) error {
		if f.becomes != "" {
			if _, err := f.Seek(0, io.SeekStart); err != nil {
				return err
			}
			if err := f.Truncate(0); err != nil {
				return err
			}
		}
		n, err = h.ExportKeys(ctx, domain.RegionID(c.region), events, f)
		return err
	})
	if err != nil {
		return errors.Join(err, f.discard())
	}
	if err := f.keep(); err != nil {
		return err
	}
	c.say(phrase("Skrev %[1]s: nøklene til %[2]d hendelser. Den som har begge filene, kan lese alle tekstene.",
		"Skreiv %[1]s: nøklane til %[2]d hendingar. Den som har begge filene, kan lese alle tekstane.",
		"Wrote %[1]s: the keys of %[2]d events. Whoever has both files can read every text."), name, n)
	return nil
}

// exportedHistory is the history of a log in a file or directory, read with the
// keys beside it.
func (c *cli) exportedHistory(ctx context.Context, name string, q app.HistoryQuery) (lines []history.Line, err error) {
	e, err := c.exported(ctx, name, "", app.Until{})
	if err != nil {
		return nil, err
	}
	return e.History(ctx, q)
}

// exported is a log in a file or directory up to an end, read with the keys in
// a vault, or with no vault those beside it.
func (c *cli) exported(ctx context.Context, name, vault string, end app.Until) (e *app.Exported, err error) {
	log, done, err := c.source(ctx, name, end)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, done()) }()
	if vault != "" {
		if _, err := os.Stat(vault); err != nil {
			return nil, errNoFile.With(vault, inWords(err))
		}
		keys, closeVault, err := app.LookVault(c.options(), vault)
		if err != nil {
			return nil, err
		}
		defer func() { err = errors.Join(err, closeVault()) }()
		return app.ReadExported(ctx, log, keys)
	}
	there, err := os.ReadFile(keysOf(name))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, errNoFile.With(keysOf(name), inWords(err))
	}
	keys, err := app.ReadKeys(bytes.NewReader(there))
	if err != nil {
		return nil, err
	}
	return app.ReadExported(ctx, log, keys)
}
