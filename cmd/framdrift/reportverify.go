package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/history"
)

var (
	errNotRead = rule("file.not-read",
		"Fila %[1]s kan ikke leses: %[2]v.",
		"Fila %[1]s kan ikkje lesast: %[2]v.",
		"The file %[1]s cannot be read: %[2]v.")
	errNotPublished = rule("report.not-published",
		"Loggen har ingen utgitt rapport som er lik %[1]s eller heter det. «framdrift log show --type report.published» viser dem.",
		"Loggen har ingen utgjeven rapport som er lik %[1]s eller heiter det. «framdrift log show --type report.published» viser dei.",
		"The log has no published report that is the same as %[1]s or has its name. “framdrift log show --type report.published” shows them.")
	errFileAltered = domain.Rule{Kind: domain.Failed, Code: "report.altered", Text: phrase(
		"%[1]s er ikke den rapporten som ble gitt ut (hendelse %[2]d). %[3]s",
		"%[1]s er ikkje den rapporten som vart gjeven ut (hending %[2]d). %[3]s",
		"%[1]s is not the report that was published (event %[2]d). %[3]s")}
	errRebuiltDiffers = domain.Rule{Kind: domain.Failed, Code: "report.rebuilt-differs", Text: phrase(
		"%[1]s er den rapporten som ble gitt ut (hendelse %[2]d), men loggen gir noe annet nå: tekst kan være slettet siden, eller programmet er nyere. %[3]s",
		"%[1]s er den rapporten som vart gjeven ut (hending %[2]d), men loggen gjev noko anna no: tekst kan vere sletta sidan, eller programmet er nyare. %[3]s",
		"%[1]s is the report that was published (event %[2]d), but the log gives something else now: text may have been erased since, or the program is newer. %[3]s")}
	textSame = phrase("%[1]s er rapporten som ble gitt ut %[2]s (hendelse %[3]d), og de %[4]s første hendelsene på loggen gir den samme fila, byte for byte. Roten er %[5]s.",
		"%[1]s er rapporten som vart gjeven ut %[2]s (hending %[3]d), og dei %[4]s første hendingane på loggen gjev den same fila, byte for byte. Rota er %[5]s.",
		"%[1]s is the report that was published on %[2]s (event %[3]d), and the first %[4]s events of the log give the same file, byte for byte. The root is %[5]s.")
	textPrinted = phrase("%[1]s er rapporten som ble gitt ut %[2]s (hendelse %[3]d), og de %[4]s første hendelsene på loggen gir siden den ble skrevet ut fra, byte for byte. Roten er %[5]s.",
		"%[1]s er rapporten som vart gjeven ut %[2]s (hending %[3]d), og dei %[4]s første hendingane på loggen gjev sida han vart skriven ut frå, byte for byte. Rota er %[5]s.",
		"%[1]s is the report that was published on %[2]s (event %[3]d), and the first %[4]s events of the log give the page that it was printed from, byte for byte. The root is %[5]s.")
	textDiffers = phrase("Første forskjell er i linje %[1]d: fila har «%[2]s», loggen gir «%[3]s».",
		"Første skilnad er i linje %[1]d: fila har «%[2]s», loggen gjev «%[3]s».",
		"They first differ in line %[1]d: the file has “%[2]s”, the log gives “%[3]s”.")
	textBytesDiffer = phrase("Innholdet er ulikt.", "Innhaldet er ulikt.", "The contents differ.")
)

// publishReport writes the report and records that it was given out.
func (c *cli) publishReport(cmd *cobra.Command, r app.Service, per app.Per, file string, look look) error {
	format, err := c.reportFormat(file)
	if err != nil {
		return err
	}
	report, written, err := c.writeReport(cmd, r, per, file, look)
	if err != nil {
		return err
	}
	source := ""
	if format == reportfile.PDF {
		page, err := page(cmd.Context(), report, c.language)
		if err != nil {
			return err
		}
		source = hashOf(page)
	}
	ask, err := c.request(story.PublishReport{Report: story.ReportPublished{
		Kind: story.Final, File: filepath.Base(file), SHA256: hashOf(written), Format: string(format), Language: c.language,
		Per: report.Header.AsOf.Date, View: string(report.Header.View), Definition: report.Header.Definition,
		LogSize: report.Provenance.Events, Root: report.Provenance.Root, SourceSHA256: source, TemplateSHA256: look.sum(),
	}})
	if err != nil {
		return err
	}
	ask.Plan = report.Header.Plan.ID
	return c.do(cmd.Context(), r, ask)
}

// page is what a PDF of the report is printed from.
func page(ctx context.Context, report finalreport.Report, l domain.Language) ([]byte, error) {
	var b bytes.Buffer
	err := reportfile.Write(ctx, &b, reportfile.PDF, report, l, reportfile.Unprinted)
	return b.Bytes(), err
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// A trail is what a report is verified against: a region, or a log in files.
type trail interface {
	History(ctx context.Context, q app.HistoryQuery) ([]history.Line, error)
	Report(ctx context.Context, id domain.PlanID, per app.Per) (finalreport.Report, error)
}

// A claim is a file that is said to be a published report.
type claim struct {
	name   string
	file   []byte
	look   look
	sealed int // texts that cannot be read where it is verified
}

func (c *cli) reportVerify() *cobra.Command {
	var log, vault, template string
	var keys []string
	cmd := c.verb("verify FILE", phrase("Lager en utgitt rapport på nytt og sammenligner", "Lagar ein utgjeven rapport på nytt og samanliknar", "Makes a published report again and compares"),
		func(cmd *cobra.Command, args []string) error {
			file, err := os.ReadFile(args[0])
			if err != nil {
				return errNotRead.With(args[0], inWords(err))
			}
			look, err := c.template(args[0], template)
			if err != nil {
				return err
			}
			of := claim{name: args[0], file: file, look: look}
			switch {
			case log != "":
				return c.verifyOffline(cmd.Context(), of, log, vault, keys)
			case vault != "" || len(keys) > 0:
				return errOnlyOffline.With()
			}
			return c.withRegion(cmd.Context(), func(r app.Service) error { return c.verifyReport(cmd.Context(), r, of) })
		})
	cmd.Example = `  framdrift report verify sluttrapport.html
  framdrift report verify sluttrapport.docx --mal kommunen.docx
  framdrift report verify sluttrapport.html --log kopi/ --key fosen.pub`
	c.templateFlag(cmd, &template)
	c.offlineFlags(cmd, &log, &vault)
	c.keyFlag(cmd, &keys)
	return cmd
}

// A record is report.published as the trail tells it.
type record struct {
	history.Line
	fields map[string]string
}

func (c *cli) verifyReport(ctx context.Context, r trail, of claim) error {
	p, err := published(ctx, r, of.name, of.file)
	if err != nil {
		return err
	}
	if err := p.madeWith(of); err != nil {
		return err
	}
	again, root, err := p.rebuild(ctx, r, of.look)
	if err != nil {
		return err
	}
	printed := p.fields["format"] == string(reportfile.PDF)
	same := bytes.Equal(of.file, again) || printed && p.fields["sourceSha256"] == hashOf(again)
	only := !same && of.sealed > 0 && root == p.fields["root"] && sealedOnly(of.file, again, domain.Language(p.fields["language"]))
	switch {
	case p.fields["sha256"] != hashOf(of.file):
		return errFileAltered.With(of.name, p.Position, difference(of.file, again))
	case only:
		c.say(textSealedOnly, of.name, uint64(p.Position), of.sealed)
	case !same && of.sealed > 0 && root == p.fields["root"]:
		return errSealed.With(of.name, p.Position, of.sealed)
	case !same || root != p.fields["root"]:
		return errRebuiltDiffers.With(of.name, p.Position, difference(of.file, again))
	case printed:
		c.print(textPrinted, of.name, domain.DateOf(p.Recorded).Norwegian(), uint64(p.Position), p.fields["logSize"], root)
	default:
		c.print(textSame, of.name, domain.DateOf(p.Recorded).Norwegian(), uint64(p.Position), p.fields["logSize"], root)
	}
	return nil
}

// madeWith is why the template that is given is not the one it was made with.
func (p record) madeWith(of claim) error {
	switch wanted := p.fields["templateSha256"]; {
	case wanted == of.look.sum():
		return nil
	case of.look.sum() == "":
		return errTemplateWanted.With(of.name, wanted)
	case wanted == "":
		return errTemplateOther.With(of.name, of.look.sum(), textNoTemplate)
	default:
		return errTemplateOther.With(of.name, of.look.sum(), wanted)
	}
}

// published is the record of the file: by its hash, else the latest of its name.
func published(ctx context.Context, r trail, name string, file []byte) (record, error) {
	lines, err := r.History(ctx, app.HistoryQuery{Filter: history.Filter{Type: story.ReportPublished{}.EventName()}, Language: domain.English})
	if err != nil {
		return record{}, err
	}
	found, ok := record{}, false
	for _, l := range lines {
		p := record{l, map[string]string{}}
		for _, change := range l.Changes {
			p.fields[change.Field] = change.New
		}
		if p.fields["sha256"] == hashOf(file) {
			return p, nil
		}
		if p.fields["file"] == filepath.Base(name) {
			found, ok = p, true
		}
	}
	if !ok {
		return record{}, errNotPublished.With(name)
	}
	return found, nil
}

// rebuild is the report that the log gives for the record, and its root. Of a
// PDF it is the page that it was printed from.
func (p record) rebuild(ctx context.Context, r trail, look look) ([]byte, string, error) {
	day, err := domain.ParseDate(p.fields["per"])
	if err != nil {
		return nil, "", err
	}
	events, err := strconv.ParseUint(p.fields["logSize"], 10, 64)
	if err != nil {
		return nil, "", fmt.Errorf("the record at %d: %w", p.Position, err)
	}
	per := app.Per{Time: day.End(), Position: domain.Position(events), View: delivery.View(p.fields["view"])}
	report, err := r.Report(ctx, p.Plan, per)
	if err != nil {
		return nil, "", err
	}
	var b bytes.Buffer
	err = reportfile.Write(ctx, &b, reportfile.Format(p.fields["format"]), report, domain.Language(p.fields["language"]), append(look.options(), reportfile.Unprinted)...)
	return b.Bytes(), report.Provenance.Root, err
}

// difference is the first line that two files do not share.
func difference(file, log []byte) domain.Phrase {
	if !utf8.Valid(file) || !utf8.Valid(log) {
		return textBytesDiffer
	}
	theirs, ours := strings.Split(string(file), "\n"), strings.Split(string(log), "\n")
	for i := range max(len(theirs), len(ours)) {
		a, b := lineOf(theirs, i), lineOf(ours, i)
		if a != b {
			return textDiffers.Fill(i+1, a, b)
		}
	}
	return textBytesDiffer
}

// lineOf is one line, as much of it as a sentence can hold.
func lineOf(all []string, i int) string {
	if i >= len(all) {
		return ""
	}
	runes := []rune(strings.TrimSpace(all[i]))
	return string(runes[:min(len(runes), 160)])
}
