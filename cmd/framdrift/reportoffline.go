package main

import (
	"context"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
)

var (
	errOnlyOffline = rule("usage.only-offline",
		"--vault og --key er for en logg som er tatt ut; oppgi den også: --log KATALOG.",
		"--vault og --key er for ein logg som er teken ut; oppgje han òg: --log KATALOG.",
		"--vault and --key are for a log that was exported; give it too: --log DIR.")
	errKeyOfFile = rule("usage.key-of-file",
		"%[1]s er en fil, og bare en katalog som «log export» har skrevet, har et sjekkpunkt som er signert. Utelat --key, eller oppgi katalogen.",
		"%[1]s er ei fil, og berre ein katalog som «log export» har skrive, har eit sjekkpunkt som er signert. Utelat --key, eller oppgje katalogen.",
		"%[1]s is a file, and only a directory that “log export” wrote has a signed checkpoint. Leave out --key, or give the directory.")
	errSealed = domain.Rule{Kind: domain.Failed, Code: "report.sealed", Text: phrase(
		"%[1]s er fila som ble gitt ut (hendelse %[2]d), og loggen er den samme. Men %[3]d tekster er forseglet, og nøklene er ikke her, så rapporten kan ikke lages om igjen. Få dem fra regionen («log export --readable»), eller oppgi --vault.",
		"%[1]s er fila som vart gjeven ut (hending %[2]d), og loggen er den same. Men %[3]d tekstar er forsegla, og nøklane er ikkje her, så rapporten kan ikkje lagast om igjen. Få dei frå regionen («log export --readable»), eller oppgje --vault.",
		"%[1]s is the file that was published (event %[2]d), and the log is the same. But %[3]d texts are sealed and their keys are not here, so the report cannot be made again. Get them from the region (“log export --readable”), or give --vault.")}
	textSealedOnly = phrase(
		"%[1]s er fila som ble gitt ut (hendelse %[2]d), loggen er den samme, og alt i rapporten følger av den, bortsett fra tekster som er forseglet: %[3]d på loggen kan ikke leses her. Med nøklene («log export --readable», eller --vault) kan de også kontrolleres.",
		"%[1]s er fila som vart gjeven ut (hending %[2]d), loggen er den same, og alt i rapporten følgjer av han, bortsett frå tekstar som er forsegla: %[3]d på loggen kan ikkje lesast her. Med nøklane («log export --readable», eller --vault) kan dei òg kontrollerast.",
		"%[1]s is the file that was published (event %[2]d), the log is the same, and all of the report follows from it but texts that are sealed: %[3]d on the log cannot be read here. With the keys (“log export --readable”, or --vault) they can be verified too.")
)

func (c *cli) offlineFlags(cmd *cobra.Command, log, vault *string) {
	cmd.Flags().StringVar(log, "log", "", c.flag(
		"uten server: mot katalogen eller fila som «log export» har skrevet, med nøklene i LOGG.keys om den er der",
		"utan tenar: mot katalogen eller fila som «log export» har skrive, med nøklane i LOGG.keys om ho er der",
		"without a server: against the directory or file that “log export” wrote, with the keys in LOG.keys if that is there"))
	cmd.Flags().StringVar(vault, "vault", "", c.flag(
		"les tekstene med nøklene i hvelvet, eller en kopi av det («vault backup»); hovednøkkelen må være her",
		"les tekstane med nøklane i kvelvet, eller ein kopi av det («vault backup»); hovudnøkkelen må vere her",
		"read the texts with the keys of the vault, or of a copy of it (“vault backup”); the master key must be here"))
}

// verifyOffline holds a report against a log in files. Of a directory, only
// what its checkpoint is signed for counts, and all of that is verified first.
func (c *cli) verifyOffline(ctx context.Context, of claim, log, vault string, keys []string) error {
	var end app.Until
	if info, err := os.Stat(log); err == nil && info.IsDir() {
		meter := c.meter(phrase("Kontrollerer: %[1]d %%", "Kontrollerer: %[1]d %%", "Verifying: %[1]d%%"))
		v, err := c.verifyBackup(ctx, log, keys, meter.at)
		meter.finish()
		if err = domain.FirstError(err, v.Err()); err != nil {
			return err
		}
		end.Position = v.Signed.Events
	} else if len(keys) > 0 {
		return errKeyOfFile.With(log)
	}
	e, err := c.exported(ctx, log, vault, end)
	if err != nil {
		return err
	}
	of.sealed = e.Unread
	return c.verifyReport(ctx, []app.Reporter{e}, of)
}

// sealedOnly reports whether a file is what the log gives, but for the places
// where that has the mark of a text that cannot be read here.
func sealedOnly(file, log []byte, l domain.Language) bool {
	mark := domain.Elsewhere.In(l)
	asText := strings.NewReplacer(`\[`+strings.Trim(mark, "[]")+`\]`, mark, ` class="long"`, "") // Markdown's, and what follows from a text in HTML
	pieces, rest := strings.Split(asText.Replace(string(log)), mark), asText.Replace(string(file))
	rest, ok := strings.CutPrefix(rest, pieces[0])
	if !ok || len(pieces) == 1 {
		return false
	}
	for _, piece := range pieces[1 : len(pieces)-1] {
		_, after, found := strings.Cut(rest, piece)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, pieces[len(pieces)-1])
}
