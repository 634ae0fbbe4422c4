package app

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// OpenLogs is Open for whoever wants the logs as they are stored: no event is
// decoded and no key is needed, so a log that a newer program wrote to, or
// whose keys are gone, can be taken out too. The App can Export, and has no
// regions.
func OpenLogs(ctx context.Context, o Options) (*App, error) {
	dir := newDataDir(o.Dir)
	if !dir.exists() {
		return nil, errNoData.With(o.Dir)
	}
	return open(ctx, dir, o, (*App).startLogs)
}

func (a *App) startLogs(ctx context.Context) error {
	a.raw = true
	known, err := a.sound(ctx)
	if err != nil {
		return err
	}
	if err := a.openStore(ctx, known); err != nil {
		return err
	}
	for _, id := range known {
		log, err := a.opened(ctx, id)
		if err != nil {
			return err
		}
		if err := a.asFound(ctx, id, log); err != nil {
			return err
		}
	}
	return nil
}

// Export writes every event of a region's log, as far as it stands now: the
// stored line of each (docs/format.md), byte for byte, and nothing else. With
// no id it is the only region. What has been written when it fails is the
// beginning of the log, and may end within a line.
func (a *App) Export(ctx context.Context, id domain.RegionID, w io.Writer) error {
	all := a.RegionIDs()
	for _, id := range a.listed {
		if !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	id, err := ChooseRegion(all, id)
	if err != nil {
		return err
	}
	log, err := a.store.Open(ctx, string(id))
	if err != nil {
		return explain(id, err)
	}
	for m, err := range log.Read(ctx, eventstore.Head{}) {
		if err != nil {
			return explain(id, err)
		}
		if _, err := w.Write(m.Payload); err != nil {
			return fmt.Errorf("app: exporting the log of %s: %w", id, err)
		}
	}
	return nil
}
