package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/domain"
)

func rule(code, nb, nn, en string) domain.Rule {
	return domain.Rule{Kind: domain.Invalid, Code: code, Text: phrase(nb, nn, en)}
}

var (
	errFlag = rule("usage.flag",
		"Valget kan ikke leses: %[2]v. Se «%[1]s --help».",
		"Valet kan ikkje lesast: %[2]v. Sjå «%[1]s --help».",
		"The flag cannot be read: %[2]v. See “%[1]s --help”.")
	errNoSuchFlag = rule("usage.no-such-flag",
		"«%[1]s» har ikke valget %[2]s. Se «%[1]s --help».",
		"«%[1]s» har ikkje valet %[2]s. Sjå «%[1]s --help».",
		"“%[1]s” has no flag %[2]s. See “%[1]s --help”.")
	errNoValue = rule("usage.no-value",
		"Valget %[2]s mangler en verdi. Se «%[1]s --help».",
		"Valet %[2]s manglar ein verdi. Sjå «%[1]s --help».",
		"The flag %[2]s lacks a value. See “%[1]s --help”.")
	errBadValue = rule("usage.value",
		"Valget %[2]s kan ikke være «%[3]s». Se «%[1]s --help».",
		"Valet %[2]s kan ikkje vere «%[3]s». Sjå «%[1]s --help».",
		"The flag %[2]s cannot be “%[3]s”. See “%[1]s --help”.")
	errArguments = rule("usage.arguments",
		"«%[1]s» tar %[2]s. Se «%[1]s --help».",
		"«%[1]s» tek %[2]s. Sjå «%[1]s --help».",
		"“%[1]s” takes %[2]s. See “%[1]s --help”.")
	errNoArguments = rule("usage.no-arguments",
		"«%[1]s» tar ingen argumenter. Se «%[1]s --help».",
		"«%[1]s» tek ingen argument. Sjå «%[1]s --help».",
		"“%[1]s” takes no arguments. See “%[1]s --help”.")
	errNoSuchCommand = rule("usage.command",
		"Det finnes ingen kommando «%[1]s %[2]s».%[3]s Se «%[1]s --help».",
		"Det finst ingen kommando «%[1]s %[2]s».%[3]s Sjå «%[1]s --help».",
		"There is no command “%[1]s %[2]s”.%[3]s See “%[1]s --help”.")
	textDidYouMean = phrase(" Mente du «%[1]s»?", " Meinte du «%[1]s»?", " Did you mean “%[1]s”?")
)

// group is a noun that holds verbs: alone it shows what they are.
func (c *cli) group(use string, short domain.Phrase) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: short.In(c.language),
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return noSuchCommand(cmd, args[0])
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
}

// noSuchCommand refuses a word that is no verb of cmd, with the nearest that is.
func noSuchCommand(cmd *cobra.Command, word string) error {
	hint := domain.Phrase{}
	cmd.SuggestionsMinimumDistance = min(2, len(word)/2) // two slips in three letters are another word
	if near := cmd.SuggestionsFor(word); len(near) > 0 {
		hint = textDidYouMean.Fill(cmd.CommandPath() + " " + near[0])
	}
	return errNoSuchCommand.With(cmd.CommandPath(), word, hint)
}

// verb is a command with exactly the arguments its use line names.
func (c *cli) verb(use string, short domain.Phrase, do func(cmd *cobra.Command, args []string) error) *cobra.Command {
	use = c.useLine(use)
	names := strings.Fields(use)[1:]
	return &cobra.Command{
		Use: use, Short: short.In(c.language), DisableFlagsInUseLine: true,
		Args: func(cmd *cobra.Command, args []string) error {
			needed := 0
			for _, n := range names {
				if !strings.HasPrefix(n, "[") {
					needed++
				}
			}
			switch {
			case len(args) >= needed && len(args) <= len(names):
				return nil
			case len(names) == 0:
				return errNoArguments.With(cmd.CommandPath())
			}
			return errArguments.With(cmd.CommandPath(), strings.Join(names, " "))
		},
		RunE: do,
	}
}

// argument is the i-th, or empty.
func argument(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

// translate gives cobra's own words in the chosen language.
func (c *cli) translate(root *cobra.Command) {
	root.SetUsageFunc(c.usage)
	root.SetFlagErrorFunc(misused)
	root.SetHelpTemplate(`{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`)
	root.SetHelpCommand(&cobra.Command{
		Use: "help", Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return noSuchCommand(about, rest[0])
			}
			return about.Help()
		},
	})
}
