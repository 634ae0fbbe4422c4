package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strconv"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

func (c *cli) logRestore() *cobra.Command {
	var dry bool
	var to string
	cmd := c.verb("restore FROM", phrase(
		"Leser inn en katalog eller fil som «log export» har skrevet, byte for byte; igjen: går videre der det stanset",
		"Les inn ein katalog eller ei fil som «log export» har skrive, byte for byte; igjen: går vidare der det stansa",
		"Restores a directory or file that “log export” wrote, byte for byte; again: goes on where it stopped"),
		func(cmd *cobra.Command, args []string) error {
			end, err := until(to)
			if err != nil {
				return err
			}
			return c.restore(cmd.Context(), args[0], end, dry)
		})
	cmd.Example = `  framdrift log restore kopi/ --data /srv/framdrift
  framdrift log restore kopi/ --to 2023-06-10 --data /srv/prove
  framdrift log restore fosen.jsonl --data /srv/framdrift
  framdrift log restore fosen.jsonl --nats-url tls://n1:4222,tls://n2:4222
  zstd -dc fosen.jsonl.zst | framdrift log restore -`
	cmd.Flags().StringVar(&to, "to", "", c.flag("bare til og med dette: dato, klokkeslett eller #hendelse; av en katalog", "berre til og med dette: dato, klokkeslett eller #hending; av ein katalog", "only up to this: a date, a time or an #event; of a directory"))
	cmd.Flags().BoolVar(&dry, "dry-run", false, c.flag("les og kontroller, men lagre ingenting", "les og kontroller, men lagre ingenting", "read and check, and save nothing"))
	return cmd
}

// restoring is one run of restore.
type restoring struct {
	*cli
	dry   bool
	file  io.ReadSeeker
	copy  *app.Copy // when it has been read
	meter *meter
}

var errToOfFile = rule("restore.to-file",
	"--to gjelder bare en katalog som «log export» har skrevet; %[1]s er en fil. Ingenting ble lagret.",
	"--to gjeld berre ein katalog som «log export» har skrive; %[1]s er ei fil. Ingenting vart lagra.",
	"--to is only for a directory that “log export” wrote; %[1]s is a file. Nothing was saved.")

// source is what is to be restored, as a file that can be read twice.
func (c *cli) source(ctx context.Context, name string, end app.Until) (io.ReadSeeker, func() error, error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() && app.IsBackup(name) {
		return c.unpacked(ctx, name, end)
	}
	if end != (app.Until{}) {
		return nil, nil, errToOfFile.With(name)
	}
	return c.twice(ctx, name)
}

func (c *cli) restore(ctx context.Context, name string, end app.Until, dry bool) (err error) {
	file, closeFile, err := c.source(ctx, name, end)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeFile()) }()
	r := &restoring{cli: c, dry: dry, file: file, meter: c.meter(phrase("Leser inn: %[1]d %%", "Les inn: %[1]d %%", "Restoring: %[1]d%%"))}
	defer r.meter.finish()
	if !app.Holds(c.data) && !c.elsewhere() { // no directory is made for a file that cannot be restored
		if err := r.check(app.ReadCopy(ctx, file, nil, jetstream.MaxPayload, r.checked)); err != nil {
			return err
		}
		if dry {
			return r.tell(app.Restored{})
		}
	}
	return r.there(ctx)
}

// check takes a copy that has been read, if it is of the region asked for.
func (r *restoring) check(of *app.Copy, err error) error {
	if err == nil && r.region != "" && r.region != string(of.Region) {
		err = app.NotThatRegion(of.Region, domain.RegionID(r.region))
	}
	r.copy = of
	return err
}

// checked and stored are the two halves of what the meter shows; a dry run has
// only the first.
func (r *restoring) checked(done, of int64) {
	if !r.dry {
		of *= 2
	}
	r.meter.at(done, of)
}

func (r *restoring) stored(done, of int64) { r.meter.at(of+done, 2*of) }

// there restores into the data directory, or looks at what is in it.
func (r *restoring) there(ctx context.Context) (err error) {
	o := r.options()
	if r.dry && !app.Holds(r.data) { // the log is elsewhere; nothing is made here to look at it
		if o.Dir, err = os.MkdirTemp("", "framdrift-*"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(o.Dir)) }()
	}
	a, err := r.alone(ctx, func() (*app.App, error) { return app.Create(ctx, o) })
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if r.copy == nil {
		if err := r.check(a.ReadCopy(ctx, r.file, r.checked)); err != nil {
			return err
		}
	}
	if r.dry {
		there, err := a.Compare(ctx, r.copy)
		if err != nil {
			return err
		}
		return r.tell(there)
	}
	there, err := a.Restore(ctx, r.copy, app.Restoring{Watch: r.stored})
	r.meter.finish()
	if err != nil {
		return r.interrupted(there, err)
	}
	return errors.Join(r.tell(there), r.stopped(a))
}

// interrupted tells whoever stopped it how far it came.
func (r *restoring) interrupted(there app.Restored, err error) error {
	if errors.Is(err, context.Canceled) && there.Position > 0 {
		r.say(phrase("Loggen til %[1]s er lest inn til og med hendelse %[2]d av %[3]d. Gjør det samme igjen for å gå videre.",
			"Loggen til %[1]s er lesen inn til og med hending %[2]d av %[3]d. Gjer det same igjen for å gå vidare.",
			"The log of %[1]s has been restored up to event %[2]d of %[3]d. Do the same again to go on."), r.copy.Region, there.Position, r.copy.Events)
	}
	return err
}

// stopped is why the region that was restored cannot be used all the same.
func (r *restoring) stopped(a *app.App) error {
	region, err := a.Region(r.copy.Region)
	if err != nil {
		return err
	}
	return region.Err()
}

// restored is what a restore prints.
type restored struct {
	Region  domain.RegionID `json:"region"`
	Events  uint64          `json:"events"`
	Found   uint64          `json:"found"` // of them, those that were there
	Bytes   int64           `json:"bytes"`
	SHA256  string          `json:"sha256"`
	Texts   int             `json:"texts"`
	Keyless int             `json:"keyless"` // texts that cannot be read here
	DryRun  bool            `json:"dryRun"`
}

func (r *restoring) tell(there app.Restored) error {
	of := r.copy
	if r.output != "table" {
		keys := []string{"region", "events", "found", "bytes", "sha256", "texts", "keyless", "dryRun"}
		columns := make([]column, len(keys))
		for i, key := range keys {
			columns[i].key = key
		}
		return r.list(restored{of.Region, of.Events, there.Found, of.Bytes, of.SHA256, of.Texts, of.Keyless, r.dry}, columns,
			[][]string{{
				string(of.Region), strconv.FormatUint(of.Events, 10), strconv.FormatUint(there.Found, 10), strconv.FormatInt(of.Bytes, 10), of.SHA256,
				strconv.Itoa(of.Texts), strconv.Itoa(of.Keyless), strconv.FormatBool(r.dry),
			}}, domain.Phrase{})
	}
	switch {
	case there.Found == of.Events:
		r.print(phrase("Loggen til %[1]s er der fra før, byte for byte: %[2]d hendelser. Ingenting å gjøre.",
			"Loggen til %[1]s er der frå før, byte for byte: %[2]d hendingar. Ingenting å gjere.",
			"The log of %[1]s is there already, byte for byte: %[2]d events. Nothing to do."), of.Region, of.Events)
	case r.dry:
		r.print(phrase("Loggen til %[1]s kan leses inn: %[2]d hendelser, ført %[3]s til %[4]s; %[5]d er der fra før. Ingenting er lagret.",
			"Loggen til %[1]s kan lesast inn: %[2]d hendingar, førte %[3]s til %[4]s; %[5]d er der frå før. Ingenting er lagra.",
			"The log of %[1]s can be restored: %[2]d events, recorded %[3]s to %[4]s; %[5]d are there already. Nothing was saved."),
			of.Region, of.Events, domain.DateOf(of.From), domain.DateOf(of.To), there.Found)
	default:
		r.print(phrase("Loggen til %[1]s er lest inn: %[2]d hendelser, ført %[3]s til %[4]s; %[5]d var der fra før.",
			"Loggen til %[1]s er lesen inn: %[2]d hendingar, førte %[3]s til %[4]s; %[5]d var der frå før.",
			"The log of %[1]s has been restored: %[2]d events, recorded %[3]s to %[4]s; %[5]d were there already."),
			of.Region, of.Events, domain.DateOf(of.From), domain.DateOf(of.To), there.Found)
	}
	r.printf("SHA-256 %s\n", of.SHA256)
	if of.Keyless > 0 {
		r.say(phrase("%[1]d av %[2]d tekster har ikke nøkkelen sin her og kan ikke leses. Legg vault og master.key fra sikkerhetskopien i %[3]s før noe mer føres.",
			"%[1]d av %[2]d tekstar har ikkje nøkkelen sin her og kan ikkje lesast. Legg vault og master.key frå tryggingskopien i %[3]s før noko meir blir ført.",
			"%[1]d of %[2]d texts do not have their key here and cannot be read. Put vault and master.key from the backup into %[3]s before anything more is recorded."),
			of.Keyless, of.Texts, r.data)
	}
	return nil
}

// twice is a file that can be read twice: once to check all of it, once to
// store it. What cannot be (a pipe) is put in a temporary file first, so that
// nothing is stored of something that turns out wrong at its end.
func (c *cli) twice(ctx context.Context, name string) (file io.ReadSeeker, closeFile func() error, err error) {
	from := c.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, nil, errNoFile.With(name, inWords(err))
		}
		from = f
	}
	if f, ok := from.(*os.File); ok {
		info, err := f.Stat()
		switch {
		case err != nil:
			return nil, nil, errNoFile.With(name, inWords(err))
		case info.IsDir():
			return nil, nil, errors.Join(errNoFile.With(name, inWords(syscall.EISDIR)), f.Close())
		case info.Mode().IsRegular():
			return f, f.Close, nil
		}
	}
	return spool(ctx, from)
}

// spool puts what comes in a temporary file.
func spool(ctx context.Context, from io.Reader) (file io.ReadSeeker, closeFile func() error, err error) {
	f, gone, err := temporary()
	if err != nil {
		return nil, nil, err
	}
	copied := make(chan error, 1)
	go func() {
		_, err := io.Copy(f, from)
		copied <- err
	}()
	select {
	case err = <-copied:
	case <-ctx.Done(): // who sends may never end
		err = ctx.Err()
	}
	if err != nil {
		return nil, nil, errors.Join(err, gone())
	}
	return f, gone, nil
}

// temporary is a file that is gone when it has been read.
func temporary() (f *os.File, gone func() error, err error) {
	if f, err = os.CreateTemp("", "framdrift-*"); err != nil {
		return nil, nil, err
	}
	return f, func() error { return errors.Join(f.Close(), os.Remove(f.Name())) }, nil
}
