package main

import (
	"bytes"
	"os"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

func (c *cli) reportCommand() *cobra.Command {
	group := c.group("report", phrase("Rapporter laget ved å spille av loggen", "Rapportar laga ved å spele av loggen", "Reports made by replaying the log"))
	group.AddCommand(c.reportFinal(), c.reportVerify())
	return group
}

func (c *cli) reportFinal() *cobra.Command {
	var file string
	var publish bool
	var template string
	cmd := c.verb("final", phrase("Skriver sluttrapporten", "Skriv sluttrapporten", "Writes the final report"), func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		if file == "" {
			return errNoOutput.With()
		}
		look, err := c.template(file, template)
		if err != nil {
			return err
		}
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			if publish {
				return c.publishReport(cmd, r, per, file, look)
			}
			_, _, err := c.writeReport(cmd, r, per, file, look)
			return err
		})
	})
	cmd.Example = `  framdrift report final -O sluttrapport.html
  framdrift report final -O sluttrapport.docx --mal kommunen.docx
  framdrift report final -O sluttrapport.json --per 2024-12-31`
	cmd.Flags().StringVarP(&file, "output-file", "O", "", c.flag("filen; endelsen (.html, .pdf, .docx, .xlsx, .md eller .json) sier formatet; - er stdout (-o json for JSON)", "fila; endinga (.html, .pdf, .docx, .xlsx, .md eller .json) seier formatet; - er stdout (-o json for JSON)", "the file; its ending (.html, .pdf, .docx, .xlsx, .md or .json) says the format; - is stdout (-o json for JSON)"))
	cmd.Flags().BoolVar(&publish, "publish", false, c.flag("før på loggen at rapporten er gitt ut", "før på loggen at rapporten er gjeven ut", "record on the log that the report has been given out"))
	c.templateFlag(cmd, &template)
	c.planFlag(cmd)
	c.readFlags(cmd)
	return cmd
}

var errNoOutput = rule("report.no-file",
	"Si hvor rapporten skal: -O sluttrapport.html eller -O sluttrapport.json.",
	"Sei kvar rapporten skal: -O sluttrapport.html eller -O sluttrapport.json.",
	"Say where the report goes: -O report.html or -O report.json.")

// reportFormat is what the file's ending says; on stdout, what -o says.
func (c *cli) reportFormat(file string) (reportfile.Format, error) {
	if file != "-" {
		return reportfile.FormatOf(file)
	}
	if c.output == "json" {
		return reportfile.JSON, nil
	}
	return reportfile.Markdown, nil
}

// writeReport gives the report too, and the bytes that were written.
func (c *cli) writeReport(cmd *cobra.Command, r app.Service, per app.Per, file string, look look) (report finalreport.Report, written []byte, err error) {
	format, err := c.reportFormat(file)
	if err != nil {
		return report, nil, err
	}
	if report, err = r.Report(cmd.Context(), domain.PlanID(c.plan), per); err != nil {
		return report, nil, err
	}
	var b bytes.Buffer
	if err := reportfile.Write(cmd.Context(), &b, format, report, c.language, look.options()...); err != nil {
		return report, nil, err
	}
	if file == "-" {
		_, err := c.out.Write(b.Bytes())
		return report, b.Bytes(), err
	}
	if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil { //nolint:gosec // a report is for others to read
		return report, nil, errNotWritten.With(file, inWords(err))
	}
	c.say(phrase("Skrev %[1]s.", "Skreiv %[1]s.", "Wrote %[1]s."), file)
	return report, b.Bytes(), nil
}
