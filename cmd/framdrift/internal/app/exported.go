package app

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/domain/correction"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/finalreport"
	"github.com/fosenregionen/framdrift/projections/history"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// An Exported is the log of a region in a file, as Export wrote it: it answers
// without a store. A text whose key is not given reads as domain.Elsewhere, and
// one that the log says is erased as domain.Erased, also where an older copy of
// its key is given.
type Exported struct {
	Unread int // texts that are not erased and cannot be read here

	leaves []seal.Hash // of the lines
	events []domain.Recorded
}

// ReadExported reads a log in a file from end to end, every line checked as
// ReadCopy does. It is read twice: what is erased stands after what it erases.
func ReadExported(ctx context.Context, log io.ReadSeeker, keys codec.Keys) (*Exported, error) {
	e := &Exported{}
	erased := map[domain.EventID]struct{}{}
	err := eachCommit(ctx, log, codec.New(nil), func(one commit) {
		for i, event := range one.events {
			e.leaves = append(e.leaves, seal.LeafHash(one.lines[i]))
			if r, ok := event.Event.(correction.TextRedacted); ok {
				erased[r.Event] = struct{}{}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	if len(e.leaves) == 0 {
		return nil, errCopyEmpty.With()
	}
	counted := &counting{keys: &keyring{Keys: keys, erased: erased}}
	err = eachCommit(ctx, log, codec.New(counted), func(one commit) { e.events = append(e.events, one.events...) })
	e.Unread = counted.missing
	return e, err
}

// eachCommit gives the commits of a log in a file, from its beginning.
func eachCommit(ctx context.Context, log io.ReadSeeker, c *codec.Codec, take func(commit)) error {
	if _, err := log.Seek(0, io.SeekStart); err != nil {
		return fmt.Errorf("app: reading the log in a file: %w", err)
	}
	all := &tail{rest: newLines(log, mostInALine), check: &checker{codec: c}}
	for one, err := range all.commits(ctx) {
		if err != nil {
			return err
		}
		take(one)
	}
	return nil
}

// History is the entries chosen, as Service has it; it waits for none.
func (e *Exported) History(ctx context.Context, q HistoryQuery) ([]history.Line, error) {
	h := history.New()
	if _, err := e.fold(ctx, q.Per, h); err != nil {
		return nil, err
	}
	lines := []history.Line{}
	for _, entry := range h.Entries(q.Filter) {
		lines = append(lines, entry.In(q.Language))
	}
	return lines, nil
}

// Overview is the region and its plans as they stood at a moment, as Service has it.
func (e *Exported) Overview(ctx context.Context, per Per) (Overview, error) {
	v := planview.New()
	position, err := e.fold(ctx, upToView(per), v)
	return Overview{Region: v.Region(), Position: position, Plans: v.Plans(), Actors: v.Actors(), Users: v.Users()}, err
}

// Report is the final report of one plan, as Service has it. The present is
// when the last event was recorded.
func (e *Exported) Report(ctx context.Context, id domain.PlanID, per Per) (finalreport.Report, error) {
	p, id, err := e.replayed(ctx, id, per)
	if err != nil {
		return finalreport.Report{}, err
	}
	report, err := p.Report(id, e.at(per))
	report.Provenance.Root = e.root(report.Provenance.Events)
	return report, err
}

// Figures is one plan's line in a programme, likewise.
func (e *Exported) Figures(ctx context.Context, id domain.PlanID, per Per) (finalreport.RegionFigures, error) {
	p, id, err := e.replayed(ctx, id, per)
	if err != nil {
		return finalreport.RegionFigures{}, err
	}
	figures, err := p.Figures(id, e.at(per))
	figures.Provenance.Root = e.root(figures.Provenance.Events)
	return figures, err
}

// Tertial is the status report of one plan, likewise.
func (e *Exported) Tertial(ctx context.Context, id domain.PlanID, from, to domain.Date, per Per) (finalreport.Tertial, error) {
	p, id, err := e.replayed(ctx, id, per)
	if err != nil {
		return finalreport.Tertial{}, err
	}
	report, err := p.Tertial(id, from, to, e.at(per))
	report.Provenance.Root = e.root(report.Provenance.Events)
	return report, err
}

// replayed is the projection that a report is made from, and of which plan.
func (e *Exported) replayed(ctx context.Context, id domain.PlanID, per Per) (*finalreport.Projection, domain.PlanID, error) {
	p, plans := finalreport.New(), planview.New()
	if _, err := e.fold(ctx, upToView(per), p, plans); err != nil {
		return nil, "", err
	}
	id, err := choose(plans, id, per)
	return p, id, err
}

func (e *Exported) at(per Per) delivery.At { return per.at(e.events[len(e.events)-1].Time) }

func (e *Exported) fold(ctx context.Context, per Per, into ...projections.Projection) (domain.Position, error) {
	if end := domain.Position(len(e.events)); per.Position > end {
		return 0, errPastEnd.With(per.Position, end)
	}
	return projections.FoldEvents(ctx, slices.Values(e.events), per.holds, into...)
}

// root is of the tree over the first events, as checkpoints write it.
func (e *Exported) root(events int) string {
	var edge seal.Edge
	for _, leaf := range e.leaves[:events] {
		edge.AppendHash(leaf)
	}
	return edge.Head().Root.String()
}

// LookVault gives the keys of a vault in a directory, or of a copy of one, and
// changes nothing there. The master key is that of the options.
func LookVault(o Options, dir string) (codec.Keys, func() error, error) {
	m, err := o.master(newDataDir(o.Dir))
	if err != nil {
		return nil, nil, explainVault(o.masterPath(newDataDir(o.Dir)), err)
	}
	v, err := vault.Look(dir, m)
	if err != nil {
		return nil, nil, explainVault(dir, err)
	}
	return v, v.Close, nil
}
