package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

func (c *cli) reportCommand() *cobra.Command {
	group := c.group("report", phrase("Rapporter laget ved å spille av loggen", "Rapportar laga ved å spele av loggen", "Reports made by replaying the log"))
	group.AddCommand(c.reportFinal(), c.reportTertial(), c.reportPlan(), c.reportProgramme(), c.reportVerify())
	return group
}

func (c *cli) reportFinal() *cobra.Command {
	cmd := c.regionReport("final", phrase("Skriver sluttrapporten", "Skriv sluttrapporten", "Writes the final report"),
		func() (story.ReportPublished, error) { return story.ReportPublished{Kind: story.Final}, nil })
	cmd.Example = `  framdrift report final -O sluttrapport.html
  framdrift report final -O sluttrapport.docx --mal kommunen.docx
  framdrift report final -O sluttrapport.json --per 2024-12-31`
	return cmd
}

func (c *cli) reportPlan() *cobra.Command {
	cmd := c.regionReport("plan", phrase("Skriver den vedtatte planen med status", "Skriv den vedtekne planen med status", "Writes the adopted plan with status"),
		func() (story.ReportPublished, error) { return story.ReportPublished{Kind: story.PlanTable}, nil })
	cmd.Example = `  framdrift report plan -O plan.docx
  framdrift report plan -O plan.xlsx --per 2023-12-31`
	return cmd
}

func (c *cli) reportTertial() *cobra.Command {
	var from, to string
	cmd := c.regionReport("tertial", phrase("Skriver statusrapporten til representantskapet for en periode", "Skriv statusrapporten til representantskapet for ein periode", "Writes the status report to the assembly on a period"),
		func() (story.ReportPublished, error) {
			r := story.ReportPublished{Kind: story.Tertial}
			return r, dates([]string{from, to}, &r.From, &r.To)
		})
	cmd.Example = `  framdrift report tertial --from 2023-05-01 --to 2023-08-31 -O statusrapport.docx
  framdrift report tertial --from 2023-05-01 --to 2023-08-31 --per 2023-09-15 -O statusrapport.pdf`
	cmd.Flags().StringVar(&from, "from", "", c.flag("første dag i perioden", "første dag i perioden", "the first day of the period"))
	cmd.Flags().StringVar(&to, "to", "", c.flag("siste dag i perioden", "siste dag i perioden", "the last day of the period"))
	return cmd
}

// regionReport is a verb that writes a report of one region. Which says of what
// kind it is, and of what days.
func (c *cli) regionReport(use string, short domain.Phrase, which func() (story.ReportPublished, error)) *cobra.Command {
	var f reportFlags
	cmd := c.verb(use, short, func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		of, err := which()
		if err != nil {
			return err
		}
		if err := c.readReportFlags(&f); err != nil {
			return err
		}
		return c.withRegion(cmd.Context(), func(r app.Service) error {
			made, err := makeReport(cmd.Context(), r, domain.PlanID(c.plan), of, per)
			if err != nil {
				return err
			}
			return c.deliver(cmd.Context(), f, made, func(context.Context, domain.RegionID) (app.Service, error) { return r, nil })
		})
	})
	c.reportFlags(cmd, &f)
	c.planFlag(cmd)
	return cmd
}

func (c *cli) reportFlags(cmd *cobra.Command, f *reportFlags) {
	cmd.Flags().StringVarP(&f.file, "output-file", "O", "", c.flag("filen; endelsen (.html, .pdf, .docx, .xlsx, .md eller .json) sier formatet; - er stdout (-o json for JSON)", "fila; endinga (.html, .pdf, .docx, .xlsx, .md eller .json) seier formatet; - er stdout (-o json for JSON)", "the file; its ending (.html, .pdf, .docx, .xlsx, .md or .json) says the format; - is stdout (-o json for JSON)"))
	cmd.Flags().BoolVar(&f.publish, "publish", false, c.flag("før på loggen at rapporten er gitt ut", "før på loggen at rapporten er gjeven ut", "record on the log that the report has been given out"))
	c.templateFlag(cmd, &f.template)
	c.readFlags(cmd)
}

// makeReport makes a report of one region, of the kind and the days that of says.
func makeReport(ctx context.Context, r app.Reporter, id domain.PlanID, of story.ReportPublished, per app.Per) (report, error) {
	if of.Kind == story.Tertial {
		t, err := r.Tertial(ctx, id, of.From, of.To, per)
		return report{
			func(ctx context.Context, w io.Writer, f reportfile.Format, l domain.Language, with ...reportfile.Option) error {
				return reportfile.WriteTertial(ctx, w, f, t, l, with...)
			},
			[]publication{publicationOf(of, t.Header, t.Provenance)},
		}, err
	}
	whole, err := r.Report(ctx, id, per)
	made := report{records: []publication{publicationOf(of, whole.Header, whole.Provenance)}}
	made.write = func(ctx context.Context, w io.Writer, f reportfile.Format, l domain.Language, with ...reportfile.Option) error {
		if of.Kind == story.PlanTable {
			return reportfile.WritePlan(ctx, w, f, whole.PlanTable(), l, with...)
		}
		return reportfile.Write(ctx, w, f, whole, l, with...)
	}
	return made, err
}

// publicationOf is what is recorded of a report: what it was made of.
func publicationOf(of story.ReportPublished, h finalreport.Header, p finalreport.Provenance) publication {
	of.Per, of.View, of.Definition = h.AsOf.Date, string(h.View), h.Definition
	of.LogSize, of.Root = p.Events, p.Root
	return publication{h.Region.ID, h.Plan.ID, of}
}
