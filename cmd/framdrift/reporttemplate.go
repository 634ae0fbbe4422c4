package main

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/wordtemplate"
)

var (
	errTemplateFormat = rule("template.format",
		"En mal er for Word-filer, og %[1]s er ikke det. Skriv rapporten med -O sluttrapport.docx, eller utelat --mal.",
		"Ein mal er for Word-filer, og %[1]s er ikkje det. Skriv rapporten med -O sluttrapport.docx, eller utelat --mal.",
		"A template is for Word files, and %[1]s is not one. Write the report with -O report.docx, or leave out --template.")
	errTemplateWanted = rule("template.wanted",
		"%[1]s ble laget med en mal (SHA-256 %[2]s), og uten den kan den ikke lages igjen. Gi den med: --mal FIL.",
		"%[1]s vart laga med ein mal (SHA-256 %[2]s), og utan han kan ho ikkje lagast igjen. Gje han med: --mal FIL.",
		"%[1]s was made with a template (SHA-256 %[2]s), and without it it cannot be made again. Give it: --template FILE.")
	errTemplateOther = rule("template.other",
		"%[1]s ble ikke laget med malen som er oppgitt, som har SHA-256 %[2]s, men med %[3]s.",
		"%[1]s vart ikkje laga med malen som er oppgjeven, som har SHA-256 %[2]s, men med %[3]s.",
		"%[1]s was not made with the template that was given, which has the SHA-256 %[2]s, but with %[3]s.")
	textNoTemplate = phrase("ingen", "ingen", "none")
)

// A look is what a Word file is to look like: as a template, or as ours.
type look struct{ *wordtemplate.Template }

func (l look) options() []reportfile.Option {
	if l.Template == nil {
		return nil
	}
	return []reportfile.Option{reportfile.Like(l.Template)}
}

// sum is the SHA-256 of the template; empty when there is none.
func (l look) sum() string {
	if l.Template == nil {
		return ""
	}
	return l.SHA256
}

// templateFlag is --mal, and --template, which is the same.
func (c *cli) templateFlag(cmd *cobra.Command, file *string) {
	cmd.Flags().StringVar(file, "mal", "", c.flag(
		"Word-dokument (.docx) som stiler, topptekst, bunntekst og sideoppsett tas fra; heter også --template",
		"Word-dokument (.docx) som stilar, topptekst, botntekst og sideoppsett blir tekne frå; heiter òg --template",
		"Word document (.docx) whose styles, headers, footers and pages are used; also called --template"))
	cmd.Flags().SetNormalizeFunc(func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		if name == "template" {
			name = "mal"
		}
		return pflag.NormalizedName(name)
	})
}

// template reads the template that the report in a file is to look like.
func (c *cli) template(file, template string) (look, error) {
	if template == "" {
		return look{}, nil
	}
	if format, err := c.reportFormat(file); err != nil || format != reportfile.Word {
		return look{}, errTemplateFormat.With(file)
	}
	content, err := os.ReadFile(template)
	if err != nil {
		return look{}, errNotRead.With(template, inWords(err))
	}
	t, err := wordtemplate.Read(template, content)
	return look{t}, err
}
