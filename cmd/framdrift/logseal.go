package main

import (
	"errors"
	"io"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// What the seal of a log is good for: to sign it, to prove that one event
// stands on it, and to check that proof where there is no log.

func (c *cli) logCheckpoint() *cobra.Command {
	cmd := c.verb("checkpoint", phrase(
		"Signerer loggen som den er nå, og skriver sjekkpunktet: antall hendelser, rot og signatur",
		"Signerer loggen slik han er no, og skriv sjekkpunktet: talet på hendingar, rot og signatur",
		"Signs the log as it is now, and writes the checkpoint: number of events, root and signature"),
		func(cmd *cobra.Command, _ []string) error {
			return c.withRegion(cmd.Context(), func(r app.Service) error {
				sealed, err := r.Checkpoint(cmd.Context())
				if err != nil {
					return err
				}
				if c.output == "table" {
					c.printf("%s", sealed.Checkpoint)
					return nil
				}
				return c.list(sealed, []column{{key: "region"}, {key: "events"}, {key: "root"}},
					[][]string{{string(sealed.Region), strconv.FormatUint(sealed.Events, 10), sealed.Root}}, domain.Phrase{})
			})
		})
	cmd.Example = "  framdrift log checkpoint > fosen-2026-11-22.checkpoint"
	return cmd
}

var errPosition = rule("prove.position",
	"«%[1]s» er ikke nummeret på en hendelse. «framdrift log show» viser numrene.",
	"«%[1]s» er ikkje nummeret på ei hending. «framdrift log show» viser numra.",
	"“%[1]s” is not the number of an event. “framdrift log show” shows the numbers.")

func (c *cli) logProve() *cobra.Command {
	var out string
	var force bool
	cmd := c.verb("prove POSITION", phrase(
		"Skriver beviset for at en hendelse står på loggen: det kan kontrolleres uten loggen",
		"Skriv beviset for at ei hending står på loggen: det kan kontrollerast utan loggen",
		"Writes the proof that an event stands on the log: it can be checked without the log"),
		func(cmd *cobra.Command, args []string) error {
			position, err := strconv.ParseUint(strings.TrimPrefix(args[0], "#"), 10, 63)
			if err != nil {
				return errPosition.With(args[0])
			}
			return c.withRegion(cmd.Context(), func(r app.Service) error {
				proof, err := r.Prove(cmd.Context(), position)
				if err != nil {
					return err
				}
				if out == "" || out == "-" {
					_, err := io.WriteString(c.out, proof)
					return err
				}
				return c.writeFile(out, proof, force)
			})
		})
	cmd.Example = `  framdrift log prove 412 -O hendelse-412.proof
  framdrift log check hendelse-412.proof --key fosen.pub`
	cmd.Flags().StringVarP(&out, "out", "O", "", c.flag("filen beviset skrives til (ellers stdout)", "fila beviset blir skrive til (elles stdout)", "the file the proof is written to (else stdout)"))
	cmd.Flags().BoolVar(&force, "force", false, c.flag("skriv over fila om den finnes", "skriv over fila om ho finst", "write over the file if it is there"))
	return cmd
}

// writeFile writes a file that is there whole or not at all.
func (c *cli) writeFile(name, content string, force bool) error {
	f, err := createFile(name, force)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(content); err != nil {
		return errors.Join(errNotWritten.With(name, inWords(err)), f.discard())
	}
	return f.keep()
}

var (
	errNoKey = rule("check.key",
		"Si hvilken offentlig nøkkel det skal kontrolleres mot: --key FIL eller --key framdrift/fosen+… Få den fra regionen selv, ikke sammen med det som skal kontrolleres.",
		"Sei kva for ein offentleg nøkkel det skal kontrollerast mot: --key FIL eller --key framdrift/fosen+… Få han frå regionen sjølv, ikkje saman med det som skal kontrollerast.",
		"Say which public key to check against: --key FILE or --key framdrift/fosen+… Get it from the region itself, not along with what is to be checked.")
	errBadProof = domain.Rule{Kind: domain.Damaged, Code: "check.proof", Text: phrase(
		"Beviset i %[1]s holder ikke: hendelsen, sjekkpunktet eller signaturen er ikke det den gir seg ut for.",
		"Beviset i %[1]s held ikkje: hendinga, sjekkpunktet eller signaturen er ikkje det han gjev seg ut for.",
		"The proof in %[1]s does not hold: the event, the checkpoint or the signature is not what it claims to be.")}
	errNotProof = rule("check.file",
		"%[1]s er ikke en bevisfil fra «framdrift log prove».",
		"%[1]s er ikkje ei bevisfil frå «framdrift log prove».",
		"%[1]s is not a proof file from “framdrift log prove”.")
)

// proven is what a proof shows.
type proven struct {
	Origin   string    `json:"origin"`
	Position uint64    `json:"position"`
	Events   uint64    `json:"events"` // of the log then
	Line     string    `json:"line"`
	Seen     []witness `json:"witnesses"`
}

type witness struct {
	Name string    `json:"name"`
	At   time.Time `json:"at"`
}

func (c *cli) logCheck() *cobra.Command {
	var keys, witnesses []string
	cmd := c.verb("check FILE", phrase(
		"Kontrollerer et bevis fra «log prove»; trenger bare den offentlige nøkkelen",
		"Kontrollerer eit bevis frå «log prove»; treng berre den offentlege nøkkelen",
		"Checks a proof from “log prove”; needs only the public key"),
		func(_ *cobra.Command, args []string) error { return c.checkProof(args[0], keys, witnesses) })
	cmd.Example = "  framdrift log check hendelse-412.proof --key fosen.pub"
	c.keyFlag(cmd, &keys)
	cmd.Flags().StringArrayVar(&witnesses, "witness", nil, c.flag("et vitne som må ha medsignert, som offentlig nøkkel eller fil; kan gjentas", "eit vitne som må ha medsignert, som offentleg nøkkel eller fil; kan takast opp att", "a witness who must have cosigned, as a public key or a file; may be repeated"))
	return cmd
}

func (c *cli) keyFlag(cmd *cobra.Command, keys *[]string) {
	cmd.Flags().StringArrayVar(keys, "key", nil, c.flag("offentlig nøkkel for loggen, eller en fil med den; kan gjentas", "offentleg nøkkel for loggen, eller ei fil med han; kan takast opp att", "public key of the log, or a file with it; may be repeated"))
}

// keysIn are the keys that flags name: each is one, or a file of them.
func keysIn(flags []string) ([]string, error) {
	var all []string
	for _, f := range flags {
		if _, _, err := seal.NewVerifier(f); err == nil {
			all = append(all, f)
			continue
		}
		in, err := app.KeysOf(f)
		if err != nil {
			return nil, errNoFile.With(f, inWords(err))
		}
		all = append(all, in...)
	}
	return all, nil
}

func (c *cli) checkProof(name string, keyFlags, witnessFlags []string) error {
	file, err := os.ReadFile(name)
	if err != nil {
		return errNoFile.With(name, inWords(err))
	}
	keys, err := keysIn(keyFlags)
	if err == nil && len(keys) == 0 {
		err = errNoKey.With()
	}
	if err != nil {
		return err
	}
	witnesses, err := keysIn(witnessFlags)
	if err != nil {
		return err
	}
	policy, err := seal.NewPolicy(keys, witnesses, len(witnesses))
	if err != nil {
		return app.NotKeys(err)
	}
	proof, err := seal.ParseProof(file)
	if err != nil {
		return errNotProof.Because(err, name)
	}
	checkpoint, seen, err := proof.Verify(policy)
	if err != nil {
		return errBadProof.Because(err, name)
	}
	p := proven{Origin: checkpoint.Origin, Position: proof.Position, Events: checkpoint.Size, Line: strings.TrimSuffix(string(proof.Line), "\n"), Seen: []witness{}}
	for _, s := range seen {
		p.Seen = append(p.Seen, witness{s.Witness, s.At})
	}
	if c.output != "table" {
		return c.list(p, []column{{key: "origin"}, {key: "position"}, {key: "events"}, {key: "line"}},
			[][]string{{p.Origin, strconv.FormatUint(p.Position, 10), strconv.FormatUint(p.Events, 10), p.Line}}, domain.Phrase{})
	}
	c.print(phrase("Beviset holder: dette er hendelse %[1]d av %[2]d på loggen %[3]s.",
		"Beviset held: dette er hending %[1]d av %[2]d på loggen %[3]s.",
		"The proof holds: this is event %[1]d of %[2]d on the log %[3]s."), p.Position, p.Events, p.Origin)
	for _, w := range p.Seen {
		c.print(phrase("Medsignert av %[1]s %[2]s.", "Medsignert av %[1]s %[2]s.", "Cosigned by %[1]s %[2]s."), w.Name, w.At.In(domain.Oslo).Format("2006-01-02 15:04"))
	}
	c.printf("%s\n", harmless(p.Line))
	return nil
}

func (c *cli) logKey() *cobra.Command {
	group := c.group("key", phrase("Nøkkelen loggen signeres med", "Nøkkelen loggen blir signert med", "The key the log is signed with"))
	show := c.verb("show", phrase("Skriver de offentlige nøklene, én per linje", "Skriv dei offentlege nøklane, éin per linje", "Writes the public keys, one a line"),
		func(cmd *cobra.Command, _ []string) error {
			return c.withRegion(cmd.Context(), func(r app.Service) error {
				sealed, err := r.Checkpoint(cmd.Context())
				if err != nil {
					return err
				}
				return c.keys(sealed)
			})
		})
	show.Example = "  framdrift log key show > fosen.pub"
	group.AddCommand(show,
		c.changeKeys("new", phrase(
			"Lager en ny nøkkel: ved siden av den gamle, eller i stedet for en som er tapt",
			"Lagar ein ny nøkkel: ved sida av den gamle, eller i staden for ein som er tapt",
			"Makes a new key: beside the old one, or in place of one that is lost"), app.NewKey),
		c.changeKeys("retire", phrase(
			"Kaster de gamle nøklene, når alle har den nyeste; det de har signert, gjelder fortsatt",
			"Kastar dei gamle nøklane, når alle har den nyaste; det dei har signert, gjeld framleis",
			"Throws the old keys away, when everybody has the newest; what they signed is still good"), app.RetireKeys))
	return group
}

func (c *cli) changeKeys(use string, short domain.Phrase, change func(app.Options, domain.RegionID) (app.Sealed, error)) *cobra.Command {
	return c.verb(use, short, func(*cobra.Command, []string) error {
		sealed, err := change(c.options(), domain.RegionID(c.region))
		if app.InUse(err) {
			return errServed.With(c.data)
		}
		if err != nil {
			return err
		}
		return c.keys(sealed)
	})
}

func (c *cli) keys(sealed app.Sealed) error {
	if c.output != "table" {
		rows := make([][]string, len(sealed.Keys))
		for i, key := range sealed.Keys {
			rows[i] = []string{key}
		}
		return c.list(sealed.Keys, []column{{key: "key"}}, rows, domain.Phrase{})
	}
	for _, key := range sealed.Keys {
		c.printf("%s\n", key)
	}
	return nil
}
