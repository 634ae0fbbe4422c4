package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
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
	textSameProgramme = phrase("%[1]s er rapporten som ble gitt ut %[2]s og ført på loggen til %[3]d planer, og de loggene gir den samme fila, byte for byte.",
		"%[1]s er rapporten som vart gjeven ut %[2]s og ført på loggen til %[3]d planar, og dei loggane gjev den same fila, byte for byte.",
		"%[1]s is the report that was published on %[2]s and recorded on the log of %[3]d plans, and those logs give the same file, byte for byte.")
	textDiffers = phrase("Første forskjell er i linje %[1]d: fila har «%[2]s», loggen gir «%[3]s».",
		"Første skilnad er i linje %[1]d: fila har «%[2]s», loggen gjev «%[3]s».",
		"They first differ in line %[1]d: the file has “%[2]s”, the log gives “%[3]s”.")
	textBytesDiffer = phrase("Innholdet er ulikt.", "Innhaldet er ulikt.", "The contents differ.")
)

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
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
			return c.within(cmd.Context(), c.there(cmd.Context()), func(h house) error {
				logs, err := c.logsOf(cmd.Context(), h)
				if err != nil {
					return err
				}
				return c.verifyReport(cmd.Context(), logs, of)
			})
		})
	cmd.Example = `  framdrift report verify sluttrapport.html
  framdrift report verify sluttrapport.docx --mal kommunen.docx
  framdrift report verify sluttrapport.html --log kopi/ --key fosen.pub`
	c.templateFlag(cmd, &template)
	c.offlineFlags(cmd, &log, &vault)
	c.keyFlag(cmd, &keys)
	return cmd
}

// logsOf is the region that the flags name, or all there are.
func (c *cli) logsOf(ctx context.Context, h house) ([]app.Reporter, error) {
	all, err := h.RegionIDs(ctx)
	if c.region != "" || len(all) == 0 {
		all = []domain.RegionID{domain.RegionID(c.region)}
	}
	var logs []app.Reporter
	for _, id := range all {
		r, wrong := h.Region(ctx, id)
		if err := domain.FirstError(err, wrong); err != nil {
			return nil, err
		}
		c.caution(r)
		logs = append(logs, r)
	}
	return logs, err
}

// verifyReport compares a file with the record of it, and with what the logs
// that it was made of give now.
func (c *cli) verifyReport(ctx context.Context, logs []app.Reporter, of claim) error {
	all, err := recordsOf(ctx, logs, of.name, of.file)
	if err != nil {
		return err
	}
	p := all[0]
	if err := p.madeWith(of); err != nil {
		return err
	}
	again, roots, err := rebuilt(ctx, all, of.look)
	if err != nil {
		return err
	}
	printed := p.fields["format"] == string(reportfile.PDF)
	same := bytes.Equal(of.file, again) || printed && p.fields["sourceSha256"] == hashOf(again)
	only := !same && of.sealed > 0 && roots && sealedOnly(of.file, again, domain.Language(p.fields["language"]))
	switch {
	case p.fields["sha256"] != hashOf(of.file):
		return errFileAltered.With(of.name, p.Position, difference(of.file, again))
	case only:
		c.say(textSealedOnly, of.name, uint64(p.Position), of.sealed)
	case !same && of.sealed > 0 && roots:
		return errSealed.With(of.name, p.Position, of.sealed)
	case !same || !roots:
		return errRebuiltDiffers.With(of.name, p.Position, difference(of.file, again))
	case len(all) > 1:
		c.print(textSameProgramme, of.name, domain.DateOf(p.Recorded).Norwegian(), len(all))
	case printed:
		c.print(textPrinted, of.name, domain.DateOf(p.Recorded).Norwegian(), uint64(p.Position), p.fields["logSize"], p.fields["root"])
	default:
		c.print(textSame, of.name, domain.DateOf(p.Recorded).Norwegian(), uint64(p.Position), p.fields["logSize"], p.fields["root"])
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
