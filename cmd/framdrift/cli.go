package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/api"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

// A cli is one run of the program.
type cli struct {
	in       io.Reader
	out, err io.Writer
	language domain.Language

	data, region, lang, output, as string // common flags
	nats                           jetstream.External
	masterKeyFile                  string
	per, view                      string // of reads
	plan                           string
	effective, commandID, onBehalf string // of writes
	retrospective                  bool

	given domain.CommandID // the command that has been given, if any
}

// localUser is who acts at the machine that holds the data when --as names
// nobody: file permissions have decided that it may.
const localUser = "local"

// defaultData is the data directory when neither --data nor FRAMDRIFT_DATA says.
const defaultData = "framdrift-data"

// patience is how long a command waits for another that has the data open.
const patience = 30 * time.Second

func (c *cli) commonFlags(root *cobra.Command) {
	f := root.PersistentFlags()
	f.StringVar(&c.data, "data", defaultData, c.flag("datakatalogen", "datakatalogen", "the data directory"))
	f.StringVar(&c.region, "region", "", c.flag("regionen; trengs ikke når det bare er én", "regionen; trengst ikkje når det berre er éin", "the region; not needed when there is one"))
	f.StringVar(&c.lang, "lang", "nb", c.flag("språk: nb, nn eller en", "språk: nb, nn eller en", "language: nb, nn or en"))
	f.StringVarP(&c.output, "output", "o", "table", c.flag("form: table, json eller csv", "form: table, json eller csv", "form: table, json or csv"))
	f.StringVar(&c.as, "as", localUser, c.flag("brukeren som handler, som opak id", "brukaren som handlar, som opak id", "the user who acts, as an opaque id"))
	c.natsFlags(root)
	f.StringVar(&c.masterKeyFile, "master-key-file", "", c.flag("fil med hovednøkkelen (ellers master.key i datakatalogen, eller FRAMDRIFT_MASTER_KEY)", "fil med hovudnøkkelen (elles master.key i datakatalogen, eller FRAMDRIFT_MASTER_KEY)", "file with the master key (otherwise master.key in the data directory, or FRAMDRIFT_MASTER_KEY)"))
	f.BoolP("help", "h", false, c.flag("hjelp", "hjelp", "help"))
}

func (c *cli) readFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.per, "per", "", c.flag("tidspunktet det gjelder: dato, klokkeslett eller #hendelse", "tidspunktet det gjeld: dato, klokkeslett eller #hending", "the moment asked about: date, time or #event"))
	c.viewFlag(cmd)
}

func (c *cli) viewFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.view, "visning", "", c.flag("kjent (det loggen viste da) eller korrigert", "kjent (det loggen viste då) eller korrigert", "kjent (as the log showed then) or korrigert (as corrected)"))
}

func (c *cli) planFlag(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.plan, "plan", "", c.flag("planen; trengs ikke når bare én gjelder", "planen; trengst ikkje når berre éin gjeld", "the plan; not needed when one is in force"))
}

func (c *cli) writeFlags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&c.effective, "effective", "", c.flag("dagen det skjedde (ellers i dag)", "dagen det hende (elles i dag)", "the day it happened (otherwise today)"))
	f.StringVar(&c.commandID, "command-id", "", c.flag("kommandoens id (UUID): samme id igjen er samme kommando", "id til kommandoen (UUID): same id igjen er same kommando", "the command's id (UUID): the same id again is the same command"))
	f.StringVar(&c.onBehalf, "on-behalf-of", "", c.flag("aktøren det gjøres på vegne av", "aktøren det blir gjort på vegner av", "the actor it is done on behalf of"))
	f.BoolVar(&c.retrospective, "retrospective", false, c.flag("etterregistrering: merkes og telles", "etterregistrering: blir merkt og talt", "recorded late on purpose: marked and counted"))
}

// resolve fills each flag that was not given from its environment variable,
// and refuses what cannot be.
func (c *cli) resolve(cmd *cobra.Command) error {
	var errs []error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if value, ok := os.LookupEnv(variable(f.Name)); ok && !f.Changed && hasVariable[f.Name] {
			errs = append(errs, f.Value.Set(value))
		}
	})
	_, err := domain.ParseLanguage(c.lang)
	return domain.FirstError(errors.Join(errs...), err, domain.CheckChoice("output", c.output, "table", "json", "csv"), checkRequired(cmd))
}

var hasVariable = map[string]bool{
	"data": true, "region": true, "lang": true, "output": true, "as": true, "listen": true,
	"nats-url": true, "nats-creds": true, "nats-nkey": true, "nats-tls-ca": true, "nats-tls-cert": true, "nats-tls-key": true, "nats-replicas": true,
	"master-key-file": true,
}

// variable is the environment variable of a flag: FRAMDRIFT_DATA.
func variable(flag string) string {
	return "FRAMDRIFT_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

func (c *cli) flag(nb, nn, en string) string { return phrase(nb, nn, en).In(c.language) }

func phrase(nb, nn, en string) domain.Phrase { return domain.Phrase{NB: nb, NN: nn, EN: en} }

// say talks on stderr.
func (c *cli) say(p domain.Phrase, args ...any) {
	fmt.Fprintln(c.err, harmless(p.Fill(args...).In(c.language)))
}

// A house is where regions live: an open data directory, or a running serve.
type house interface {
	Init(ctx context.Context, ask domain.Request) (app.Receipt, error)
	Region(ctx context.Context, id domain.RegionID) (app.Service, error)
	RegionIDs(ctx context.Context) ([]domain.RegionID, error)
	Export(ctx context.Context, id domain.RegionID, w io.Writer) error
	BackUpVault(ctx context.Context, dir string) (keys int, err error)
	ExportKeys(ctx context.Context, id domain.RegionID, events uint64, w io.Writer) (int, error)
	Close() error
}

// here is a house of our own.
type here struct{ *app.App }

func (h here) Region(_ context.Context, id domain.RegionID) (app.Service, error) {
	r, err := h.App.Region(id)
	return r, err
}

func (h here) RegionIDs(context.Context) ([]domain.RegionID, error) { return h.App.RegionIDs(), nil }

// enter opens the data directory with open, or asks the serve that has it.
// While another command has it, it waits its turn.
func (c *cli) enter(ctx context.Context, open func() (*app.App, error)) (house, error) {
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	turn := time.NewTicker(20 * time.Millisecond)
	defer turn.Stop()
	for {
		a, err := open()
		if err == nil {
			return here{a}, nil
		}
		if !app.InUse(err) {
			c.pointToDemo(err)
			return nil, err
		}
		if client, err := api.Dial(waiting, app.SocketPath(c.data)); err == nil {
			return client, nil
		}
		select {
		case <-turn.C:
		case <-waiting.Done():
			return nil, err
		}
	}
}

// pointToDemo helps whoever has just played the demo and asks without saying where.
func (c *cli) pointToDemo(err error) {
	if app.NoData(err) && c.data != demoData && app.Holds(demoData) {
		c.say(phrase("Demoen ligger i %[1]s: legg til --data %[1]s, eller sett FRAMDRIFT_DATA=%[1]s.",
			"Demoen ligg i %[1]s: legg til --data %[1]s, eller set FRAMDRIFT_DATA=%[1]s.",
			"The demo is in %[1]s: add --data %[1]s, or set FRAMDRIFT_DATA=%[1]s."), demoData)
	}
}

// there opens a data directory that is there.
func (c *cli) there(ctx context.Context) func() (*app.App, error) {
	return func() (*app.App, error) {
		o := c.options()
		o.Early = true
		return app.Open(ctx, o)
	}
}

// alone is enter for what cannot be asked of a serve: it must be its own.
func (c *cli) alone(ctx context.Context, open func() (*app.App, error)) (*app.App, error) {
	h, err := c.enter(ctx, open)
	if err != nil {
		return nil, err
	}
	if mine, ok := h.(here); ok {
		return mine.App, nil
	}
	return nil, errors.Join(errServed.With(c.data), h.Close())
}

var errServed = domain.Rule{Kind: domain.Busy, Code: "data.served", Text: phrase(
	"En «serve» svarer for %[1]s allerede, så ingenting er gjort. Spør den: framdrift plan show --data %[1]s. Eller stopp den først.",
	"Ein «serve» svarar for %[1]s allereie, så ingenting er gjort. Spør han: framdrift plan show --data %[1]s. Eller stopp han først.",
	"A “serve” answers for %[1]s already, so nothing was done. Ask it: framdrift plan show --data %[1]s. Or stop it first.")}

// within runs f in the house that open or a serve makes. A serve that goes
// away meanwhile is no reason to fail: f is run again with what comes in its
// place. It must bear that, as a command does by its id.
func (c *cli) within(ctx context.Context, open func() (*app.App, error), f func(house) error) error {
	again := time.NewTicker(50 * time.Millisecond)
	defer again.Stop()
	for end := time.Now().Add(patience); ; {
		h, err := c.enter(ctx, open)
		if err != nil {
			return err
		}
		err = errors.Join(f(h), h.Close())
		_, mine := h.(here)
		if mine || domain.KindOf(err) != domain.Busy || ctx.Err() != nil || time.Now().After(end) {
			return c.uncertain(err)
		}
		<-again.C
	}
}

// uncertain adds the command's id where nobody knows what became of it, so
// that asking again is safe.
func (c *cli) uncertain(err error) error {
	if kind := domain.KindOf(err); err != nil && c.given != "" && (kind == domain.Failed || kind == domain.Busy) {
		c.say(phrase("Kommandoens id: %[1]s", "Id til kommandoen: %[1]s", "The command's id: %[1]s"), c.given)
	}
	return err
}

// withRegion runs f on the region the flags name.
func (c *cli) withRegion(ctx context.Context, f func(app.Service) error) error {
	return c.within(ctx, c.there(ctx), func(h house) error {
		r, err := h.Region(ctx, domain.RegionID(c.region))
		if err != nil {
			return err
		}
		if err := f(r); err != nil {
			return err
		}
		c.caution(r)
		return nil
	})
}

// caution says, after an answer, that the log has stopped where it cannot be
// trusted or understood: the answer is as of then.
func (c *cli) caution(r app.Service) {
	if err := r.Err(); domain.KindOf(err) == domain.Damaged {
		c.say(phrase("Obs: %[1]s", "Obs: %[1]s", "Note: %[1]s"), domain.Explain(err).Message)
	}
}

// request is a command as the flags ask for it.
func (c *cli) request(command domain.Command) (domain.Request, error) {
	ask := domain.Request{
		ID: domain.CommandID(c.commandID), By: domain.UserID(c.as), OnBehalfOf: domain.ActorID(c.onBehalf),
		Channel: domain.ChannelCLI, Plan: domain.PlanID(c.plan), Retrospective: c.retrospective, Command: command,
	}
	if ask.ID == "" {
		ask.ID = app.NewCommandID()
	}
	err := error(nil)
	if c.effective != "" {
		ask.Effective, err = domain.ParseDate(c.effective)
	}
	return ask, err
}

func (c *cli) moment() (app.Per, error) { return app.ParsePer(c.per, c.view) }
