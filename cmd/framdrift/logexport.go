package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"os"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

var errExportCut = domain.Rule{Kind: domain.Failed, Code: "export.cut-off", Text: phrase(
	"Loggen kom ikke helt ut: det stanset etter %[1]d hendelser. Det som er skrevet, er ikke hele loggen; ta den ut på nytt.",
	"Loggen kom ikkje heilt ut: det stansa etter %[1]d hendingar. Det som er skrive, er ikkje heile loggen; ta han ut på nytt.",
	"The log did not come out whole: it stopped after %[1]d events. What was written is not the whole log; export it again.")}

func (c *cli) logExport() *cobra.Command {
	var force, readable bool
	cmd := c.verb("export [TO]", phrase(
		"Sikkerhetskopierer loggen: til en katalog som kan kontrolleres og fylles på, eller som linjer JSON til en fil eller stdout",
		"Tryggingskopierer loggen: til ein katalog som kan kontrollerast og fyllast på, eller som linjer JSON til ei fil eller stdout",
		"Backs the log up: to a directory that can be verified and added to, or as lines of JSON to a file or stdout"),
		func(cmd *cobra.Command, args []string) error {
			switch to := argument(args, 0); {
			case readable && (to == "" || to == "-"):
				return errReadableFile.With()
			case to == "" || to == "-":
			case isDirectory(to):
				return c.backUp(cmd.Context(), to, readable)
			default:
				return c.exportFile(cmd.Context(), to, force, readable)
			}
			_, err := c.export(cmd.Context(), c.out, func() error { return nil })
			return err
		})
	cmd.Example = `  framdrift log export kopi/
  framdrift log export fosen.jsonl
  framdrift log export | zstd > fosen.jsonl.zst
  framdrift log export fosen.jsonl --readable`
	cmd.Flags().BoolVar(&readable, "readable", false, c.flag(
		"skriv også TIL.keys: nøklene til tekstene som ikke er slettet, så «log show --file TIL» kan lese dem",
		"skriv òg TIL.keys: nøklane til tekstane som ikkje er sletta, så «log show --file TIL» kan lese dei",
		"also write TO.keys: the keys of the texts that are not erased, so that “log show --file TO” can read them"))
	cmd.Flags().BoolVar(&force, "force", false, c.flag("skriv over fila om den finnes", "skriv over fila om ho finst", "write over the file if it is there"))
	return cmd
}

// exported is what came out. The checksum is of all its bytes.
type exported struct {
	File   string `json:"file"`
	Events int    `json:"events"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func (c *cli) exportFile(ctx context.Context, name string, force, readable bool) error {
	if _, err := os.Stat(keysOf(name)); readable && !force && err == nil { // before the log is there without them
		return errExists.With(keysOf(name))
	}
	f, err := createFile(name, force)
	if err != nil {
		return err
	}
	out, err := c.export(ctx, f, func() error {
		if f.becomes == "" {
			return nil
		}
		_, err := f.Seek(0, io.SeekStart)
		return errors.Join(err, f.Truncate(0))
	})
	if err != nil {
		return errors.Join(err, f.discard())
	}
	if err := f.keep(); err != nil {
		return err
	}
	if readable {
		if err := c.exportKeys(ctx, keysOf(name), uint64(out.events), force); err != nil {
			return err
		}
	}
	result := exported{File: name, Events: out.events, Bytes: out.bytes, SHA256: hex.EncodeToString(out.sum.Sum(nil))}
	if c.output != "table" {
		return c.list(result, []column{{key: "file"}, {key: "events"}, {key: "bytes"}, {key: "sha256"}},
			[][]string{{name, strconv.Itoa(result.Events), strconv.FormatInt(result.Bytes, 10), result.SHA256}}, domain.Phrase{})
	}
	c.say(phrase("Skrev %[1]s: %[2]d hendelser, %[3]d byte.\nSHA-256 %[4]s", "Skreiv %[1]s: %[2]d hendingar, %[3]d byte.\nSHA-256 %[4]s", "Wrote %[1]s: %[2]d events, %[3]d bytes.\nSHA-256 %[4]s"),
		name, result.Events, result.Bytes, result.SHA256)
	return nil
}

// export writes the log, from the serve that has it or from the data
// directory itself. Again takes back what was written, for another try.
func (c *cli) export(ctx context.Context, w io.Writer, again func() error) (*counted, error) {
	var out *counted
	meter := c.meter(domain.Phrase{})
	defer meter.finish()
	open := func() (*app.App, error) { return app.OpenLogs(ctx, c.options()) }
	err := c.within(ctx, open, func(h house) error {
		if err := again(); err != nil {
			return err
		}
		out = &counted{to: w, sum: sha256.New(), meter: meter}
		err := h.Export(ctx, domain.RegionID(c.region), out)
		switch {
		case out.wrong != nil:
			return errNotWritten.With(c.whither(w), inWords(out.wrong))
		case err != nil && out.bytes > 0 && w == c.out && ctx.Err() == nil: // what is out is out
			return errExportCut.Because(err, out.events)
		}
		return err
	})
	return out, err
}

// whither is what people call w.
func (c *cli) whither(w io.Writer) string {
	if f, ok := w.(*outFile); ok && f.becomes != "" {
		return f.becomes
	}
	return "stdout"
}

// counted counts and hashes what goes through it.
type counted struct {
	to     io.Writer
	sum    hash.Hash
	meter  *meter
	events int
	bytes  int64
	wrong  error // why to takes no more
}

func (o *counted) Write(b []byte) (int, error) {
	n, err := o.to.Write(b)
	o.sum.Write(b[:n])
	o.events += eventstore.CountLines(b[:n])
	o.bytes += int64(n)
	o.wrong = err
	o.meter.at(o.bytes, 0)
	return n, err
}
