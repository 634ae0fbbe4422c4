package app

import (
	"context"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/planview"
)

var (
	errNoRegions = book.Rule(domain.NotFound, "programme.empty",
		"Det er ingen regioner her. Begynn en med «framdrift init».",
		"Det er ingen regionar her. Byrj ein med «framdrift init».",
		"There are no regions here. Begin one with “framdrift init”.")
	errNoProgramme = book.Rule(domain.NotFound, "programme.unknown",
		"Ingen region her er med i programmet «%[1]s» på det tidspunktet.",
		"Ingen region her er med i programmet «%[1]s» på det tidspunktet.",
		"No region here takes part in the programme “%[1]s” at that moment.")
	errProgrammePer = book.Rule(domain.Invalid, "programme.per",
		"Hendelse %[1]d er en hendelse i én region, og et program har flere. Si en dato: --per 2024-12-31.",
		"Hending %[1]d er ei hending i éin region, og eit program har fleire. Sei ein dato: --per 2024-12-31.",
		"Event %[1]d is an event of one region, and a programme has several. Say a date: --per 2024-12-31.")
)

// A Members is what a programme is made of: regions by id, each as of a moment.
type Members struct {
	IDs    []domain.RegionID
	Region func(ctx context.Context, id domain.RegionID) (Reporter, error)
	Per    func(id domain.RegionID) Per
	Tell   func(done, of int) // is told how many regions are done
}

// As is the same moment for all. Errors: programme.per, when it is an event.
func (m Members) As(per Per) (Members, error) {
	if per.Position != 0 {
		return m, errProgrammePer.With(uint64(per.Position))
	}
	m.Per = func(domain.RegionID) Per { return per }
	return m, nil
}

// Programme is regions beside each other: all that there are, or with a
// name those that have joined that programme, also when it is over. Each
// is a line for each plan in force, else for the last that was.
func Programme(ctx context.Context, name string, view delivery.View, m Members) (finalreport.Programme, error) {
	p := finalreport.Programme{Name: name, View: view, Regions: []finalreport.RegionFigures{}}
	if len(m.IDs) == 0 {
		return p, errNoRegions.With()
	}
	ids := slices.Sorted(slices.Values(m.IDs))
	for i, id := range ids {
		if err := m.add(ctx, &p, id); err != nil {
			return p, err
		}
		m.Tell(i+1, len(ids))
	}
	if len(p.Regions) == 0 {
		return p, NoProgramme(name)
	}
	return p, nil
}

func (m Members) add(ctx context.Context, p *finalreport.Programme, id domain.RegionID) error {
	r, err := m.Region(ctx, id)
	if err != nil {
		return err
	}
	per := m.Per(id)
	o, err := r.Overview(ctx, per)
	if err != nil {
		return err
	}
	takesPart := func(in planview.Programme) bool { return in.Name == p.Name }
	if p.Name != "" && !slices.ContainsFunc(o.Region.Programmes, takesPart) {
		return nil
	}
	plans := reportable(o.Plans)
	if len(plans) == 0 {
		p.Add(finalreport.RegionFigures{Region: finalreport.Region{ID: id, Name: o.Region.Name, Form: o.Region.Form, Demo: o.Region.Demo}})
	}
	for _, plan := range plans {
		figures, err := r.Figures(ctx, plan, per)
		if err != nil {
			return err
		}
		p.Add(figures)
	}
	return nil
}

// NoProgramme says that no region is in the programme.
func NoProgramme(name string) error { return errNoProgramme.With(name) }

// reportable is the plans in force, in the order they were adopted; when none
// is, the one that was closed last.
func reportable(all []planview.Summary) []domain.PlanID {
	var ids []domain.PlanID
	last := -1
	for i, s := range all {
		if s.Closed.IsZero() {
			ids = append(ids, s.ID)
		}
		if last < 0 || !s.Closed.Before(all[last].Closed) {
			last = i
		}
	}
	if len(ids) == 0 && last >= 0 {
		ids = []domain.PlanID{all[last].ID}
	}
	return ids
}

// Again is the moment that a report was made of, to make it again when the log
// has grown.
func Again(r finalreport.RegionFigures, v delivery.View) Per {
	return Per{Time: r.AsOf.Date.End(), Position: r.Provenance.Position, View: v}
}
