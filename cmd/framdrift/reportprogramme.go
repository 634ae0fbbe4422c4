package main

import (
	"context"
	"io"

	"github.com/spf13/cobra"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
)

var errProgrammeNoPlan = rule("programme.no-plan",
	"Regionen %[1]s har ingen vedtatt plan, så utgivelsen kan ikke føres på loggen dens. Gi ut rapporten uten den: --regions %[2]s",
	"Regionen %[1]s har ingen vedteken plan, så utgjevinga kan ikkje førast på loggen hans. Gje ut rapporten utan han: --regions %[2]s",
	"The region %[1]s has no adopted plan, so the publication cannot be recorded on its log. Publish the report without it: --regions %[2]s")

func (c *cli) reportProgramme() *cobra.Command {
	var f reportFlags
	var programme, regions string
	cmd := c.verb("programme", phrase("Skriver mange regioner i ett dokument", "Skriv mange regionar i eitt dokument", "Writes many regions in one document"), func(cmd *cobra.Command, _ []string) error {
		per, err := c.moment()
		if err != nil {
			return err
		}
		if err := c.readReportFlags(&f); err != nil {
			return err
		}
		return c.within(cmd.Context(), c.there(cmd.Context()), func(h house) error {
			m, err := app.Members{IDs: ids[domain.RegionID](regions), Region: func(ctx context.Context, id domain.RegionID) (app.Reporter, error) { return h.Region(ctx, id) }}.As(per)
			if err == nil && len(m.IDs) == 0 {
				m.IDs, err = h.RegionIDs(cmd.Context())
			}
			if err != nil {
				return err
			}
			return c.programme(cmd.Context(), f, m, h.Region, programme, per.View)
		})
	})
	cmd.Example = `  framdrift report programme -O program.html --per 2024-12-31
  framdrift report programme --programme Byregionprogrammet -O program.docx`
	c.reportFlags(cmd, &f)
	cmd.Flags().StringVar(&programme, "programme", "", c.flag("bare regionene som er eller har vært med i dette programmet", "berre regionane som er eller har vore med i dette programmet", "only the regions that are or have been in this programme"))
	cmd.Flags().StringVar(&regions, "regions", "", c.flag("bare disse regionene: fosen,namdal", "berre desse regionane: fosen,namdal", "only these regions: fosen,namdal"))
	return cmd
}

// programme makes the report and delivers it, and shows how many regions it
// has come through: each is read for the comparison and again for its section.
func (c *cli) programme(ctx context.Context, f reportFlags, m app.Members, to door, name string, view delivery.View) error {
	shown := c.progress()
	defer shown.finish()
	m.Tell = func(done, of int) { shown.step(done, 2*of) }
	made, all, err := makeProgramme(ctx, m, name, view, func(done, of int) { shown.step(of+done, 2*of) })
	if err != nil {
		return err
	}
	if f.publish {
		if err := allHavePlans(all); err != nil {
			return err
		}
	}
	return c.deliver(ctx, f, made, to)
}

// allHavePlans refuses a programme that cannot be recorded on every log.
func allHavePlans(p finalreport.Programme) error {
	var without domain.RegionID
	others := ""
	for _, r := range p.Regions {
		switch {
		case !r.HasPlan():
			without = r.Region.ID
		case others == "":
			others = string(r.Region.ID)
		default:
			others += "," + string(r.Region.ID)
		}
	}
	if without != "" {
		return errProgrammeNoPlan.With(without, others)
	}
	return nil
}

// makeProgramme makes the comparison; the sections are made while they are
// written, each of the same part of its log. Tell is told how many are.
func makeProgramme(ctx context.Context, m app.Members, name string, view delivery.View, tell func(done, of int)) (report, finalreport.Programme, error) {
	all, err := app.Programme(ctx, name, view, m)
	if err != nil {
		return report{}, all, err
	}
	var made report
	var lines []finalreport.RegionFigures // of the regions that have a section
	for _, r := range all.Regions {
		if !r.HasPlan() {
			continue
		}
		h := finalreport.Header{Region: r.Region, Plan: r.Plan, AsOf: r.AsOf, View: all.View, Definition: r.Definition}
		made.records = append(made.records, publicationOf(story.ReportPublished{Kind: story.Programme, Programme: name}, h, r.Provenance))
		lines = append(lines, r)
	}
	sections := func(yield func(finalreport.Report, error) bool) {
		for i, r := range lines {
			section, err := again(ctx, m, r, all.View)
			if !yield(section, err) || err != nil {
				return
			}
			tell(i+1, len(lines))
		}
	}
	made.write = func(ctx context.Context, w io.Writer, f reportfile.Format, l domain.Language, with ...reportfile.Option) error {
		return reportfile.WriteProgramme(ctx, w, f, all, sections, l, with...)
	}
	return made, all, nil
}

// again is the report of a region as it was when it was compared.
func again(ctx context.Context, m app.Members, r finalreport.RegionFigures, v delivery.View) (finalreport.Report, error) {
	on, err := m.Region(ctx, r.Region.ID)
	if err != nil {
		return finalreport.Report{}, err
	}
	return on.Report(ctx, r.Plan.ID, app.Again(r, v))
}
