package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path/filepath"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
)

var (
	errNoOutput = rule("report.no-file",
		"Si hvor rapporten skal: -O rapport.html eller -O rapport.json.",
		"Sei kvar rapporten skal: -O rapport.html eller -O rapport.json.",
		"Say where the report goes: -O report.html or -O report.json.")
	errNoFilePublished = rule("report.no-file-published",
		"Det som skrives til stdout, er ingen fil som kan gis ut. Si hvor den skal: -O rapport.html.",
		"Det som blir skrive til stdout, er inga fil som kan gjevast ut. Sei kvar ho skal: -O rapport.html.",
		"What is written to stdout is no file that can be published. Say where it goes: -O report.html.")
	errPublishedNotKept = domain.Rule{Kind: domain.Failed, Code: "report.published-not-kept", Text: phrase(
		"Utgivelsen er ført på loggen, men fila %[1]s kom ikke på plass: %[2]v. Gi kommandoen igjen med --per %[3]s, så kommer den samme fila, og ingenting føres to ganger.",
		"Utgjevinga er ført på loggen, men fila %[1]s kom ikkje på plass: %[2]v. Gje kommandoen igjen med --per %[3]s, så kjem den same fila, og ingenting blir ført to gonger.",
		"The publication is recorded, but the file %[1]s did not come into place: %[2]v. Give the command again with --per %[3]s: the same file comes, and nothing is recorded twice.")}
)

// A report is one that has been made and can be written, in any format, and
// what is recorded of it on each log that it is made of.
type report struct {
	write   func(ctx context.Context, w io.Writer, f reportfile.Format, l domain.Language, with ...reportfile.Option) error
	records []publication
}

// A publication is what is recorded on the log of one region when the report is given out.
type publication struct {
	region domain.RegionID
	plan   domain.PlanID
	record story.ReportPublished
}

// A door is where commands to a region are given.
type door func(ctx context.Context, id domain.RegionID) (app.Service, error)

// reportFlags are where the report goes, how it looks, and whether it is given out.
type reportFlags struct {
	file, template string
	publish        bool

	format reportfile.Format
	look   look
}

// readReportFlags reads what the flags say, and refuses what cannot be before the work is done.
func (c *cli) readReportFlags(f *reportFlags) (err error) {
	if f.format, err = c.reportFormat(f.file); err != nil {
		return err
	}
	if f.publish && f.file == "-" {
		return errNoFilePublished.With()
	}
	f.look, err = c.template(f.file, f.template)
	return err
}

// reportFormat is what the file's ending says; on stdout, what -o says.
func (c *cli) reportFormat(file string) (reportfile.Format, error) {
	switch {
	case file == "":
		return "", errNoOutput.With()
	case file != "-":
		return reportfile.FormatOf(file)
	case c.output == "json":
		return reportfile.JSON, nil
	}
	return reportfile.Markdown, nil
}

// deliver writes the report to its file, which is there when all of it is and
// not before; one that is given out, when the log has that it is.
func (c *cli) deliver(ctx context.Context, f reportFlags, r report, to door) error {
	if f.file == "-" {
		out := bufio.NewWriter(c.out)
		return errors.Join(r.write(ctx, out, f.format, c.language, f.look.options()...), out.Flush())
	}
	if f.publish {
		if err := c.mayPublish(ctx, f, r, to); err != nil {
			return err
		}
	}
	out, err := createReport(f.file)
	if err != nil {
		return err
	}
	hash := sha256.New()
	err = r.write(ctx, io.MultiWriter(out, hash), f.format, c.language, f.look.options()...)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && f.publish {
		err = c.record(ctx, f, hex.EncodeToString(hash.Sum(nil)), r, to)
	}
	if err != nil {
		return errors.Join(unwritten(f.file, err), out.discard())
	}
	if err := out.keep(); err != nil {
		if f.publish {
			return errPublishedNotKept.With(f.file, err, r.records[0].record.Per)
		}
		return err
	}
	c.say(phrase("Skrev %[1]s.", "Skreiv %[1]s.", "Wrote %[1]s."), f.file)
	return nil
}

// publishing is the command that records the report on one log.
func (c *cli) publishing(p publication, f reportFlags, hash, source string) (domain.Request, error) {
	p.record.File, p.record.SHA256, p.record.Format, p.record.Language = filepath.Base(f.file), hash, string(f.format), c.language
	p.record.SourceSHA256, p.record.TemplateSHA256 = source, f.look.sum()
	ask, err := c.request(story.PublishReport{Report: p.record})
	ask.Plan = p.plan
	return ask, err
}

// mayPublish asks the rules of every log, before anything is made.
func (c *cli) mayPublish(ctx context.Context, f reportFlags, r report, to door) error {
	nothing := hex.EncodeToString(make([]byte, sha256.Size))
	for _, p := range r.records {
		ask, err := c.publishing(p, f, nothing, "")
		if err != nil {
			return err
		}
		on, err := to(ctx, p.region)
		if err == nil {
			err = on.Would(ctx, ask)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// record says on every log that the report is given out.
func (c *cli) record(ctx context.Context, f reportFlags, hash string, r report, to door) error {
	source := ""
	if f.format == reportfile.PDF { // which is of its page, and of the browser
		page := sha256.New()
		if err := r.write(ctx, page, f.format, c.language, reportfile.Unprinted); err != nil {
			return err
		}
		source = hex.EncodeToString(page.Sum(nil))
	}
	for _, p := range r.records {
		ask, err := c.publishing(p, f, hash, source)
		if err != nil {
			return err
		}
		on, err := to(ctx, p.region)
		if err == nil {
			err = c.do(ctx, on, ask)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// unwritten is the error of a file that could not be written, in words; any other as it is.
func unwritten(name string, err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok {
		return errNotWritten.With(name, inWords(err))
	}
	return err
}
