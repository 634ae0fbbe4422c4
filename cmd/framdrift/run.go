package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/domain"
)

// Exit codes, as every command gives them.
const (
	exitOK        = 0
	exitFailed    = 1 // something broke
	exitUsage     = 2 // usage or bad input
	exitRefused   = 3 // refused by a rule
	exitForbidden = 4 // not signed in or not allowed
	exitDamaged   = 5 // the log cannot be trusted
)

// exitCodes is the table from kind of error to exit code.
var exitCodes = map[domain.Kind]int{
	domain.Failed: exitFailed, domain.Invalid: exitUsage, domain.NotFound: exitUsage, domain.Refused: exitRefused,
	domain.Forbidden: exitForbidden, domain.Busy: exitFailed, domain.Damaged: exitDamaged,
}

// run is the program: data on stdout, talk on stderr, and how it went as an
// exit code. It leaves nothing running.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &cli{in: stdin, out: stdout, err: stderr}
	c.language = languageOf(args)
	root := c.root()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, context.Canceled) && ctx.Err() != nil && c.given == "":
		c.say(textInterrupted)
		return exitFailed
	}
	c.complain(err)
	return exitCodes[domain.Explain(err).Kind]
}

var textInterrupted = domain.Phrase{
	NB: "Avbrutt.", NN: "Avbroten.", EN: "Interrupted.",
}

// complain says what went wrong, with the code. A refusal is told in
// Norwegian and in English, for rules are read by both.
func (c *cli) complain(err error) {
	e := domain.Explain(err)
	fmt.Fprintf(c.err, "framdrift: %s [%s]\n", harmless(e.Message.In(c.language)), e.Code)
	switch {
	case e.Kind != domain.Refused && e.Kind != domain.Forbidden:
	case c.language == domain.English:
		fmt.Fprintf(c.err, "           %s\n", harmless(e.Message.NB))
	default:
		fmt.Fprintf(c.err, "           %s\n", harmless(e.Message.EN))
	}
	if e.Cause != nil && (e.Kind == domain.Damaged || e.Kind == domain.Failed || e.Kind == domain.Busy) {
		fmt.Fprintf(c.err, "           (%s)\n", harmless(e.Cause.Error()))
	}
}

// languageOf looks for --lang before anything is parsed, for the help must
// know it. An unknown language is refused later, in the default one.
func languageOf(args []string) domain.Language {
	chosen := os.Getenv("FRAMDRIFT_LANG")
	for i, arg := range args {
		if value, ok := strings.CutPrefix(arg, "--lang="); ok {
			chosen = value
		}
		if arg == "--lang" && i+1 < len(args) {
			chosen = args[i+1]
		}
	}
	l, err := domain.ParseLanguage(chosen)
	if err != nil {
		return domain.Bokmal
	}
	return l
}

// root is the whole command tree.
func (c *cli) root() *cobra.Command {
	root := c.group("framdrift", phrase(
		"Følger en vedtatt plan fra vedtak til sluttrapport",
		"Følgjer ein vedteken plan frå vedtak til sluttrapport",
		"Follows an adopted plan from its decision to its final report"))
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.HiddenDefaultCmd = true
	root.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return c.resolve(cmd) }
	c.commonFlags(root)
	c.translate(root)
	root.AddCommand(
		c.initCommand(), c.demoCommand(), c.serveCommand(),
		c.planCommand(), c.measureCommand(), c.periodCommand(),
		c.regionCommand(), c.actorCommand(), c.userCommand(), c.eventCommand(),
		c.storyCommand(),
		c.deliveryCommand(), c.metricsCommand(), c.reportCommand(), c.logCommand(), c.vaultCommand(), c.witnessCommand(),
		c.projectionsCommand(), c.benchCommand(), c.doctorCommand(), c.versionCommand(),
	)
	return root
}
