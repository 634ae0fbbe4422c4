package main

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	watching "github.com/fosenregionen/framdrift/cmd/framdrift/internal/witness"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

var (
	errWitnessName = rule("witness.name",
		"«%[1]s» kan ikke være navnet på et vitne: bruk et domenenavn, som indre-fosen.kommune.no.",
		"«%[1]s» kan ikkje vere namnet på eit vitne: bruk eit domenenamn, som indre-fosen.kommune.no.",
		"“%[1]s” cannot be the name of a witness: use a domain name, such as indre-fosen.kommune.no.")
	errWitnessSecret = rule("witness.secret",
		"%[1]s har ikke den hemmelige nøkkelen til et vitne; «framdrift witness key NAVN -O FIL» lager en.",
		"%[1]s har ikkje den hemmelege nøkkelen til eit vitne; «framdrift witness key NAMN -O FIL» lagar ein.",
		"%[1]s does not have the secret key of a witness; “framdrift witness key NAME -O FILE” makes one.")
	errWitnessLog = domain.Rule{Kind: domain.Busy, Code: "witness.log", Text: phrase(
		"Loggen på %[1]s svarer ikke som en logg. Ingenting er medsignert; prøv igjen, eller se til adressen: den slutter på /api/regions/REGION/log.",
		"Loggen på %[1]s svarar ikkje som ein logg. Ingenting er medsignert; prøv igjen, eller sjå til adressa: ho sluttar på /api/regions/REGION/log.",
		"The log at %[1]s does not answer as a log. Nothing was cosigned; try again, or see to the address: it ends in /api/regions/REGION/log.")}
	errWitnessUnsigned = domain.Rule{Kind: domain.Damaged, Code: "witness.unsigned", Text: phrase(
		"Sjekkpunktet på %[1]s er ikke signert med nøkkelen du oppga. Ingenting er medsignert.",
		"Sjekkpunktet på %[1]s er ikkje signert med nøkkelen du oppgav. Ingenting er medsignert.",
		"The checkpoint at %[1]s is not signed with the key that you gave. Nothing was cosigned.")}
	errWitnessRewritten = domain.Rule{Kind: domain.Damaged, Code: "witness.rewritten", Text: phrase(
		"Loggen på %[1]s bygger ikke videre på det som er sett før: fortiden er skrevet om, eller slutten er borte. Ingenting er medsignert. Begge sjekkpunktene ligger i %[2]s; de er beviset. Si fra til de andre kommunene.",
		"Loggen på %[1]s byggjer ikkje vidare på det som er sett før: fortida er skriven om, eller slutten er borte. Ingenting er medsignert. Begge sjekkpunkta ligg i %[2]s; dei er beviset. Sei frå til dei andre kommunane.",
		"The log at %[1]s does not go on from what was seen before: its past has been rewritten, or its end is gone. Nothing was cosigned. Both checkpoints lie in %[2]s; they are the evidence. Tell the other municipalities.")}
)

func (c *cli) witnessCommand() *cobra.Command {
	group := c.group("witness", phrase("Vitne for en logg: medsigner at den bare vokser", "Vitne for ein logg: medsigner at han berre veks", "Witness a log: cosign that it only grows"))
	group.AddCommand(c.witnessKey(), c.witnessRun())
	return group
}

func (c *cli) witnessKey() *cobra.Command {
	var out string
	cmd := c.verb("key NAME", phrase(
		"Lager nøkkelen til et vitne: den hemmelige i en fil, den offentlige på stdout",
		"Lagar nøkkelen til eit vitne: den hemmelege i ei fil, den offentlege på stdout",
		"Makes the key of a witness: the secret one in a file, the public one on stdout"),
		func(_ *cobra.Command, args []string) error {
			skey, vkey, err := seal.GenerateKey(rand.Reader, args[0], seal.ForWitness)
			if err != nil {
				return errWitnessName.With(args[0])
			}
			if err := c.writeFile(out, skey+"\n", false); err != nil {
				return err
			}
			c.printf("%s\n", vkey)
			return nil
		})
	cmd.Example = "  framdrift witness key indre-fosen.kommune.no -O vitne.key > vitne.pub"
	cmd.Flags().StringVarP(&out, "out", "O", "witness.key", c.flag("filen den hemmelige nøkkelen skrives til", "fila den hemmelege nøkkelen blir skriven til", "the file the secret key is written to"))
	return cmd
}

// witnessing is one run of witness.
type witnessing struct {
	*cli
	url   string
	log   *seal.Policy
	by    *watching.Witness
	every time.Duration
}

func (c *cli) witnessRun() *cobra.Command {
	var secret, state string
	var keys []string
	var every time.Duration
	cmd := c.verb("run URL", phrase(
		"Henter sjekkpunktet, kontrollerer at loggen bygger videre på det som er sett før, og medsignerer",
		"Hentar sjekkpunktet, kontrollerer at loggen byggjer vidare på det som er sett før, og medsignerer",
		"Fetches the checkpoint, checks that the log goes on from what was seen before, and cosigns"),
		func(cmd *cobra.Command, args []string) error {
			signer, err := cosigner(secret)
			if err != nil {
				return err
			}
			logKeys, err := keysIn(keys)
			if err == nil && len(logKeys) == 0 {
				err = errNoKey.With()
			}
			if err != nil {
				return err
			}
			policy, err := seal.NewPolicy(logKeys, nil, 0)
			if err != nil {
				return app.NotKeys(err)
			}
			w := &witnessing{cli: c, url: strings.TrimRight(args[0], "/"), log: policy, every: every}
			w.by = &watching.Witness{Key: signer, State: state, Now: time.Now}
			return w.run(cmd.Context())
		})
	cmd.Example = `  framdrift witness run http://127.0.0.1:8080/api/regions/fosen/log --secret vitne.key --key fosen.pub > medsignert
  framdrift log cosign medsignert --witness vitne.pub`
	c.keyFlag(cmd, &keys)
	cmd.Flags().StringVar(&secret, "secret", "witness.key", c.flag("filen med vitnets hemmelige nøkkel", "fila med den hemmelege nøkkelen til vitnet", "the file with the witness's secret key"))
	cmd.Flags().StringVar(&state, "state", "framdrift-witness", c.flag("katalogen for det som er sett", "katalogen for det som er sett", "the directory for what has been seen"))
	cmd.Flags().DurationVar(&every, "every", 0, c.flag("gjør det om igjen så ofte, til det stoppes (ellers én gang)", "gjer det om igjen så ofte, til det blir stoppa (elles éin gong)", "do it again so often, until stopped (else once)"))
	return cmd
}

func cosigner(file string) (*seal.Cosigner, error) {
	secret, err := os.ReadFile(file)
	if err != nil {
		return nil, errNoFile.With(file, inWords(err))
	}
	signer, err := seal.NewCosigner(strings.TrimSpace(string(secret)))
	if err != nil {
		return nil, errWitnessSecret.With(file)
	}
	return signer, nil
}

// run looks once, or again and again. While it goes on, a log that does not
// answer is told and tried again; one that was rewritten ends it.
func (w *witnessing) run(ctx context.Context) error {
	for {
		err := w.round(ctx)
		if err != nil && (w.every <= 0 || domain.KindOf(err) != domain.Busy) {
			return err
		}
		if err != nil {
			w.say(domain.Explain(err).Message)
		}
		if w.every <= 0 {
			return nil
		}
		select {
		case <-time.After(w.every):
		case <-ctx.Done():
			return nil
		}
	}
}

func (w *witnessing) round(ctx context.Context) error {
	seen, err := w.by.Round(ctx, w.url, w.log)
	switch {
	case errors.Is(err, watching.ErrLog):
		return errWitnessLog.Because(err, w.url)
	case errors.Is(err, seal.ErrSignature), errors.Is(err, seal.ErrOrigin), errors.Is(err, seal.ErrMalformed):
		return errWitnessUnsigned.Because(err, w.url)
	case errors.Is(err, seal.ErrRollback), errors.Is(err, seal.ErrFork), errors.Is(err, seal.ErrUnproven):
		return errWitnessRewritten.Because(err, w.url, w.by.State)
	case err != nil:
		return err
	}
	if w.output != "table" {
		return w.list(seen, []column{{key: "origin"}, {key: "events"}, {key: "before"}, {key: "root"}},
			[][]string{{seen.Origin, strconv.FormatUint(seen.Events, 10), strconv.FormatUint(seen.Before, 10), seen.Root}}, domain.Phrase{})
	}
	w.say(phrase("%[1]s: %[2]d hendelser, %[3]d sist. Loggen bygger videre på det som er sett før; medsignert.",
		"%[1]s: %[2]d hendingar, %[3]d sist. Loggen byggjer vidare på det som er sett før; medsignert.",
		"%[1]s: %[2]d events, %[3]d last time. The log goes on from what was seen before; cosigned."), seen.Origin, seen.Events, seen.Before)
	w.printf("%s", seen.Cosigned)
	return nil
}

func (c *cli) logCosign() *cobra.Command {
	var witnesses []string
	cmd := c.verb("cosign FILE", phrase(
		"Tar vare på et sjekkpunkt som et vitne har medsignert («-» er stdin)",
		"Tek vare på eit sjekkpunkt som eit vitne har medsignert («-» er stdin)",
		"Keeps a checkpoint that a witness has cosigned (“-” is stdin)"),
		func(cmd *cobra.Command, args []string) error {
			cosigned, err := c.read(args[0])
			if err != nil {
				return err
			}
			keys, err := keysIn(witnesses)
			if err != nil {
				return err
			}
			return c.withRegion(cmd.Context(), func(r app.Service) error {
				names, err := r.AddCosigned(cmd.Context(), string(cosigned), keys)
				if err != nil {
					return err
				}
				c.print(phrase("Sjekkpunktet er medsignert av %[1]s, og tatt vare på.", "Sjekkpunktet er medsignert av %[1]s, og teke vare på.", "The checkpoint is cosigned by %[1]s, and kept."), strings.Join(names, ", "))
				return nil
			})
		})
	cmd.Flags().StringArrayVar(&witnesses, "witness", nil, c.flag("den offentlige nøkkelen til et nytt vitne, eller en fil med den; kan gjentas", "den offentlege nøkkelen til eit nytt vitne, eller ei fil med han; kan takast opp att", "the public key of a new witness, or a file with it; may be repeated"))
	return cmd
}

// read reads a small file, or stdin.
func (c *cli) read(name string) ([]byte, error) {
	const most = 1 << 20
	from := c.in
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, errNoFile.With(name, inWords(err))
		}
		defer func() { _ = f.Close() }() // it was only read
		from = f
	}
	content, err := io.ReadAll(io.LimitReader(from, most))
	if err != nil {
		return nil, errNoFile.With(name, inWords(err))
	}
	return content, nil
}
