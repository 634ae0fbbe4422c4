package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/reportfile"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/story"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
)

var errProgrammeOffline = rule("programme.offline",
	"%[1]s er laget av loggen til flere regioner, og her er bare én. Kontroller den der alle regionene er, uten --log.",
	"%[1]s er laga av loggen til fleire regionar, og her er berre éin. Kontroller han der alle regionane er, utan --log.",
	"%[1]s was made of the logs of several regions, and here is only one. Verify it where all the regions are, without --log.")

// A record is report.published as the trail tells it, and the log it stands on.
type record struct {
	history.Line
	on     app.Reporter
	fields map[string]string
}

// recordsOf is the records of the file, one on each log that it was made of: by
// its hash, else of the latest that has its name.
func recordsOf(ctx context.Context, logs []app.Reporter, name string, file []byte) ([]record, error) {
	bySum, latest := map[string][]record{}, record{}
	for _, on := range logs {
		lines, err := on.History(ctx, app.HistoryQuery{Filter: history.Filter{Type: story.ReportPublished{}.EventName()}, Language: domain.English})
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			p := record{l, on, map[string]string{}}
			for _, change := range l.Changes {
				p.fields[change.Field] = change.New
			}
			sum := p.fields["sha256"]
			bySum[sum] = append(bySum[sum], p)
			if p.fields["file"] == filepath.Base(name) && !p.Recorded.Before(latest.Recorded) {
				latest = p
			}
		}
	}
	all := bySum[hashOf(file)]
	if len(all) == 0 {
		all = bySum[latest.fields["sha256"]]
	}
	if len(all) == 0 {
		return nil, errNotPublished.With(name)
	}
	if story.ReportKind(all[0].fields["kind"]) != story.Programme {
		all = all[:1]
	}
	return all, nil
}

// rebuilt is the file that the logs give for its records, and whether each had
// the root that was recorded. Of a PDF it is the page that it was printed from.
func rebuilt(ctx context.Context, all []record, look look) (again []byte, roots bool, err error) {
	made, err := rebuild(ctx, all)
	if err != nil {
		return nil, false, err
	}
	p := all[0]
	var b bytes.Buffer
	err = made.write(ctx, &b, reportfile.Format(p.fields["format"]), domain.Language(p.fields["language"]), append(look.options(), reportfile.Unprinted)...)
	return b.Bytes(), sameRoots(all, made.records), err
}

// rebuild is the report that the logs give for its records.
func rebuild(ctx context.Context, all []record) (report, error) {
	p := all[0]
	of := story.ReportPublished{Kind: story.ReportKind(p.fields["kind"]), Programme: p.fields["programme"]}
	if err := dates([]string{p.fields["from"], p.fields["to"]}, &of.From, &of.To); err != nil {
		return report{}, err
	}
	if of.Kind == story.Programme {
		return rebuildProgramme(ctx, all, of)
	}
	per, err := p.per()
	if err != nil {
		return report{}, err
	}
	return makeReport(ctx, p.on, p.Plan, of, per)
}

// per is the moment that the report was made of.
func (p record) per() (app.Per, error) {
	day, err := domain.ParseDate(p.fields["per"])
	if err != nil {
		return app.Per{}, err
	}
	events, err := strconv.ParseUint(p.fields["logSize"], 10, 64)
	if err != nil {
		return app.Per{}, fmt.Errorf("the record at %d: %w", p.Position, err)
	}
	return app.Per{Time: day.End(), Position: domain.Position(events), View: delivery.View(p.fields["view"])}, nil
}

// rebuildProgramme is the programme of the regions that have recorded it.
func rebuildProgramme(ctx context.Context, all []record, of story.ReportPublished) (report, error) {
	on, pers := map[domain.RegionID]app.Reporter{}, map[domain.RegionID]app.Per{}
	m := app.Members{
		Region: func(_ context.Context, id domain.RegionID) (app.Reporter, error) { return on[id], nil },
		Per:    func(id domain.RegionID) app.Per { return pers[id] },
		Tell:   func(int, int) {},
	}
	for _, p := range all {
		if _, file := p.on.(*app.Exported); file {
			return report{}, errProgrammeOffline.With(p.fields["file"])
		}
		o, err := p.on.Overview(ctx, app.Per{})
		if err != nil {
			return report{}, err
		}
		id := o.Region.ID
		if on[id] == nil {
			m.IDs = append(m.IDs, id)
		}
		if on[id], pers[id], err = p.of(); err != nil {
			return report{}, err
		}
	}
	made, _, err := makeProgramme(ctx, m, of.Programme, delivery.View(all[0].fields["view"]), func(int, int) {})
	return made, err
}

// of is the log, and the moment of it.
func (p record) of() (app.Reporter, app.Per, error) {
	per, err := p.per()
	return p.on, per, err
}

// sameRoots reports whether each log had the root that was recorded on it.
func sameRoots(all []record, made []publication) bool {
	for _, p := range all {
		if !slices.ContainsFunc(made, func(m publication) bool { return m.plan == p.Plan && m.record.Root == p.fields["root"] }) {
			return false
		}
	}
	return true
}
