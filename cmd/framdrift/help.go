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
		"Valget kan ikke leses: %[1]v. Se «%[2]s --help».",
		"Valet kan ikkje lesast: %[1]v. Sjå «%[2]s --help».",
		"The flag cannot be read: %[1]v. See “%[2]s --help”.")
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
			hint := domain.Phrase{}
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				hint = textDidYouMean.Fill(near[0])
			}
			return errNoSuchCommand.With(cmd.CommandPath(), args[0], hint)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
}

// verb is a command with exactly the arguments its use line names.
func (c *cli) verb(use string, short domain.Phrase, do func(cmd *cobra.Command, args []string) error) *cobra.Command {
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
	say := func(nb, nn, en string) string { return phrase(nb, nn, en).In(c.language) }
	root.SetUsageTemplate(say("Bruk", "Bruk", "Usage") + `:{{if .Runnable}}{{if not .HasAvailableSubCommands}}
  {{.UseLine}} [` + say("valg", "val", "flags") + `]{{end}}{{end}}{{if .HasAvailableSubCommands}}
  {{.CommandPath}} ` + say("KOMMANDO", "KOMMANDO", "COMMAND") + `{{end}}{{if .HasExample}}

` + say("Eksempler", "Døme", "Examples") + `:
{{.Example}}{{end}}{{if .HasAvailableSubCommands}}

` + say("Kommandoer", "Kommandoar", "Commands") + `:{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}

` + say("Valg", "Val", "Flags") + `:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}{{if .HasAvailableInheritedFlags}}

` + say("Felles valg", "Felles val", "Common flags") + ` (` + say("eller miljøvariabel", "eller miljøvariabel", "or environment variable") + ` FRAMDRIFT_DATA, _REGION, _LANG, _OUTPUT, _AS):
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
`)
	root.SetHelpTemplate(`{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{.UsageString}}`)
	root.SetHelpCommand(&cobra.Command{
		Use: "help", Hidden: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			about, _, err := cmd.Root().Find(args)
			if err != nil || about == nil {
				about = cmd.Root()
			}
			return about.Help()
		},
	})
}
