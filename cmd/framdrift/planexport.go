package main

import (
	"bytes"
	"time"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/planexport"
	"github.com/fosenregionen/framdrift/domain"
)

var errNoExport = rule("export.no-file",
	"Si hvor planen skal: -O plan.xlsx, -O plan.docx eller -O plan.csv.",
	"Sei kvar planen skal: -O plan.xlsx, -O plan.docx eller -O plan.csv.",
	"Say where the plan goes: -O plan.xlsx, -O plan.docx or -O plan.csv.")

func (c *cli) planExport() *cobra.Command {
	var file string
	var force bool
	var o planexport.Options
	cmd := c.verb("export [PLAN]", phrase("Skriver planen til Excel, Word eller CSV", "Skriv planen til Excel, Word eller CSV", "Writes the plan as Excel, Word or CSV"),
		func(cmd *cobra.Command, args []string) error {
			if file == "" {
				return errNoExport.With()
			}
			format, err := planexport.FormatOf(file)
			if err != nil {
				return err
			}
			o.Language, o.Made = c.language, time.Now()
			if err := c.overview(cmd, func(all app.Overview) error { o.Region = all.Region.Name; return nil }); err != nil {
				return err
			}
			return c.showPlan(cmd, domain.PlanID(argument(args, 0)), func(p app.Plan) error {
				var b bytes.Buffer
				if err := planexport.Write(&b, format, p.Plan, o); err != nil {
					return err
				}
				return c.writeOut(file, b.Bytes(), force)
			})
		})
	cmd.Example = `  framdrift plan export -O handlingsplan.xlsx
  framdrift plan export handlingsplan-2022-2024 -O status.docx --status`
	f := cmd.Flags()
	f.StringVarP(&file, "output-file", "O", "", c.flag("filen; endelsen (.xlsx, .docx eller .csv) sier formatet", "fila; endinga (.xlsx, .docx eller .csv) seier formatet", "the file; its ending (.xlsx, .docx or .csv) says the format"))
	f.BoolVar(&o.Status, "status", false, c.flag("med status for hvert tiltak", "med status for kvart tiltak", "with the status of each measure"))
	f.BoolVar(&o.OldExcel, "excel", false, c.flag("CSV for Excel uansett regionale innstillinger", "CSV for Excel uansett regionale innstillingar", "CSV for Excel whatever its regional settings"))
	f.BoolVar(&force, "force", false, c.flag("skriv over filen om den finnes", "skriv over fila om ho finst", "write over the file if it is there"))
	c.readFlags(cmd)
	return cmd
}

// writeOut puts a whole file in its place, or nothing.
func (c *cli) writeOut(name string, content []byte, force bool) error {
	out, err := createFile(name, force)
	if err != nil {
		return err
	}
	if _, err := out.Write(content); err != nil {
		if e := out.discard(); e != nil {
			return e
		}
		return errNotWritten.With(name, inWords(err))
	}
	if err := out.keep(); err != nil {
		return err
	}
	c.say(phrase("Skrev %[1]s.", "Skreiv %[1]s.", "Wrote %[1]s."), name)
	return nil
}
