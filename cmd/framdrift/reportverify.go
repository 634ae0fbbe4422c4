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
	"github.com/fosenregionen/framdrift/projections/history"
)

var (
	errNotRebuilt = rule("report.not-rebuilt",
		"En rapport kan bare gis ut i et format som blir likt hver gang, ikke som %[1]s: bruk -O sluttrapport.html, .xlsx, .md eller .json.",
		"Ein rapport kan berre gjevast ut i eit format som blir likt kvar gong, ikkje som %[1]s: bruk -O sluttrapport.html, .xlsx, .md eller .json.",
		"A report can only be published in a format that is the same every time, not as %[1]s: use -O report.html, .xlsx, .md or .json.")
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
	textDiffers = phrase("Første forskjell er i linje %[1]d: fila har «%[2]s», loggen gir «%[3]s».",
		"Første skilnad er i linje %[1]d: fila har «%[2]s», loggen gjev «%[3]s».",
		"They first differ in line %[1]d: the file has “%[2]s”, the log gives “%[3]s”.")
	textBytesDiffer = phrase("Innholdet er ulikt.", "Innhaldet er ulikt.", "The contents differ.")
)

// publishReport writes the report and records that it was given out.
func (c *cli) publishReport(cmd *cobra.Command, r app.Service, per app.Per, file string) error {
	format, err := c.reportFormat(file)
	if err != nil {
		return err
	}
	if format == reportfile.PDF {
		return errNotRebuilt.With("." + string(format))
	}
	report, written, err := c.writeReport(cmd, r, per, file)
	if err != nil {
		return err
	}
	ask, err := c.request(story.PublishReport{Report: story.ReportPublished{
		Kind: story.Final, File: filepath.Base(file), SHA256: hashOf(written), Format: string(format), Language: c.language,
		Per: report.Header.AsOf.Date, View: string(report.Header.View), Definition: report.Header.Definition,
		LogSize: report.Provenance.Events, Root: report.Provenance.Root,
	}})
	if err != nil {
		return err
	}
	ask.Plan = report.Header.Plan.ID
	return c.do(cmd.Context(), r, ask)
}

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func (c *cli) reportVerify() *cobra.Command {
	cmd := c.verb("verify FILE", phrase("Lager en utgitt rapport på nytt og sammenligner", "Lagar ein utgjeven rapport på nytt og samanliknar", "Makes a published report again and compares"),
		func(cmd *cobra.Command, args []string) error {
			file, err := os.ReadFile(args[0])
			if err != nil {
				return errNotRead.With(args[0], inWords(err))
			}
			return c.withRegion(cmd.Context(), func(r app.Service) error { return c.verifyReport(cmd.Context(), r, args[0], file) })
		})
	cmd.Example = `  framdrift report verify sluttrapport.html`
	return cmd
}

// A record is report.published as the trail tells it.
type record struct {
	history.Line
	fields map[string]string
}

func (c *cli) verifyReport(ctx context.Context, r app.Service, name string, file []byte) error {
	p, err := published(ctx, r, name, file)
	if err != nil {
		return err
	}
	again, root, err := p.rebuild(ctx, r)
	if err != nil {
		return err
	}
	switch {
	case p.fields["sha256"] != hashOf(file):
		return errFileAltered.With(name, p.Position, difference(file, again))
	case !bytes.Equal(file, again) || root != p.fields["root"]:
		return errRebuiltDiffers.With(name, p.Position, difference(file, again))
	}
	c.print(phrase("%[1]s er rapporten som ble gitt ut %[2]s (hendelse %[3]d), og de %[4]s første hendelsene på loggen gir den samme fila, byte for byte. Roten er %[5]s.",
		"%[1]s er rapporten som vart gjeven ut %[2]s (hending %[3]d), og dei %[4]s første hendingane på loggen gjev den same fila, byte for byte. Rota er %[5]s.",
		"%[1]s is the report that was published on %[2]s (event %[3]d), and the first %[4]s events of the log give the same file, byte for byte. The root is %[5]s."),
		name, domain.DateOf(p.Recorded).Norwegian(), uint64(p.Position), p.fields["logSize"], root)
	return nil
}

// published is the record of the file: by its hash, else the latest of its name.
func published(ctx context.Context, r app.Service, name string, file []byte) (record, error) {
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

// rebuild is the report that the log gives for the record, and its root.
func (p record) rebuild(ctx context.Context, r app.Service) ([]byte, string, error) {
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
	err = reportfile.Write(ctx, &b, reportfile.Format(p.fields["format"]), report, domain.Language(p.fields["language"]))
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
