package app

import (
	"context"
	"fmt"
	"io"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// Compose writes events that a program has made up as Export would write them,
// their texts sealed with keys that are kept here: a copy, which ReadCopy and
// Restore put on a log of its own. The keys are on disk when it returns.
func (a *App) Compose(ctx context.Context, w io.Writer, events []domain.Recorded) error {
	if err := a.needVault(ctx); err != nil {
		return err
	}
	k := codec.New(a.vault)
	lines, errs := make([][]byte, len(events)), make([]error, len(events))
	inParallel(len(events), func(i int) { lines[i], errs[i] = k.Encode(events[i]) })
	for i, line := range lines {
		if errs[i] != nil {
			return errEncoding.Because(errs[i])
		}
		if _, err := w.Write(line); err != nil {
			return fmt.Errorf("app: composing the log of %s: %w", events[i].Region, err)
		}
	}
	return explainVault(a.dir.vault(), a.vault.Sync(ctx))
}
