package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/fosenregionen/framdrift/domain"
)

// required marks flags that must be given something.
const required = "framdrift_required"

// require says that a command cannot do without these flags.
func (c *cli) require(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		f := cmd.Flags().Lookup(name)
		f.Annotations = map[string][]string{required: nil}
		f.Usage += c.flag(" (må gis)", " (må gjevast)", " (must be given)")
	}
}

var errRequired = rule("usage.required",
	"«%[1]s» trenger %[2]s. Se «%[1]s --help».",
	"«%[1]s» treng %[2]s. Sjå «%[1]s --help».",
	"“%[1]s” needs %[2]s. See “%[1]s --help”.")

// checkRequired refuses a command whose required flags are not given, or empty.
func checkRequired(cmd *cobra.Command) error {
	var missing []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if _, ok := f.Annotations[required]; ok && strings.TrimSpace(f.Value.String()) == "" {
			missing = append(missing, "--"+f.Name)
		}
	})
	if len(missing) == 0 {
		return nil
	}
	return errRequired.With(cmd.CommandPath(), strings.Join(missing, ", "))
}

// misused is an error of the flag parser in words.
func misused(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		valued  *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	path := cmd.CommandPath()
	switch {
	case errors.As(err, &unknown):
		return errNoSuchFlag.With(path, dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &valued):
		return errNoValue.With(path, dashed(valued.GetSpecifiedName()))
	case errors.As(err, &invalid):
		return errBadValue.With(path, dashed(invalid.GetFlag().Name), invalid.GetValue())
	}
	return errFlag.With(path, err)
}

// dashed is a flag as it is typed: -o, --output.
func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

// usage writes what cobra would, in the language.
func (c *cli) usage(cmd *cobra.Command) error {
	var b strings.Builder
	part := func(title domain.Phrase, body string) {
		fmt.Fprintf(&b, "\n%s:\n%s\n", title.In(c.language), strings.TrimRight(body, " \n"))
	}
	fmt.Fprintf(&b, "%s:\n  %s\n", c.flag("Bruk", "Bruk", "Usage"), c.howToUse(cmd))
	if cmd.HasExample() {
		part(phrase("Eksempler", "Døme", "Examples"), cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		part(phrase("Kommandoer", "Kommandoar", "Commands"), subcommands(cmd))
	}
	if cmd.HasAvailableLocalFlags() {
		part(phrase("Valg", "Val", "Flags"), c.flagUsages(cmd.LocalFlags()))
	}
	if cmd.HasAvailableInheritedFlags() {
		part(phrase("Felles valg (eller miljøvariabel FRAMDRIFT_DATA, _REGION, _LANG, _OUTPUT, _AS)",
			"Felles val (eller miljøvariabel FRAMDRIFT_DATA, _REGION, _LANG, _OUTPUT, _AS)",
			"Common flags (or environment variable FRAMDRIFT_DATA, _REGION, _LANG, _OUTPUT, _AS)"), c.flagUsages(cmd.InheritedFlags()))
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(&b, "\n%s\n", c.flag(
			"Mer om en kommando: "+cmd.CommandPath()+" KOMMANDO --help",
			"Meir om ein kommando: "+cmd.CommandPath()+" KOMMANDO --help",
			"More about a command: "+cmd.CommandPath()+" COMMAND --help"))
	}
	_, err := fmt.Fprint(cmd.OutOrStderr(), b.String())
	return err
}

func (c *cli) howToUse(cmd *cobra.Command) string {
	if cmd.HasAvailableSubCommands() {
		return cmd.CommandPath() + " " + c.flag("KOMMANDO", "KOMMANDO", "COMMAND")
	}
	return cmd.UseLine() + " [" + c.flag("valg", "val", "flags") + "]"
}

func subcommands(cmd *cobra.Command) string {
	var b strings.Builder
	for _, sub := range cmd.Commands() {
		if sub.IsAvailableCommand() {
			fmt.Fprintf(&b, "  %-*s %s\n", sub.NamePadding(), sub.Name(), sub.Short)
		}
	}
	return b.String()
}

// flagUsages are the flags in columns; what they are when not given is said
// in the language.
func (c *cli) flagUsages(flags *pflag.FlagSet) string {
	return strings.ReplaceAll(flags.FlagUsages(), "(default ", c.flag("(ellers ", "(elles ", "(otherwise "))
}
