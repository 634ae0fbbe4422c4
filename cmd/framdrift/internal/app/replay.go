package app

import (
	"context"
	"errors"
	"io/fs"
	"iter"
	"log/slog"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
	"github.com/fosenregionen/framdrift/projections"
	"github.com/fosenregionen/framdrift/projections/delivery"
	"github.com/fosenregionen/framdrift/projections/history"
	"github.com/fosenregionen/framdrift/projections/planview"
)

// A replay is a region's log that is read from its segments, which is quicker,
// as far as they are known to be right, and from there as it is. Nothing in them
// is trusted: the notary has been given the log itself, so it knows the root after
// every event and where every message ended. Segments that do not agree cost time.
//
// Only who begins with the first event is given segments: who reads on from
// somewhere lacks little.
type replay struct {
	eventstore.Log
	region *Region
	logger *slog.Logger
}

// Measure feeds every projection anew, from segments or without them, and throws
// them away: it is what a rebuild takes. It gives how many events there were.
func (r *Region) Measure(ctx context.Context, segments bool) (uint64, error) {
	log := r.log
	if segments {
		log = replay{r.log, r, slog.New(slog.DiscardHandler)}
	}
	beside := projections.NewRunner(r.id, log, r.codec, newRuling(), planview.New(), history.New(), delivery.New())
	err := beside.CatchUp(ctx)
	return beside.Head().Position, explain(r.id, err)
}

// Read is that of an eventstore.Log.
func (l replay) Read(ctx context.Context, after eventstore.Head) iter.Seq2[eventstore.Message, error] {
	return func(yield func(eventstore.Message, error) bool) {
		if after == (eventstore.Head{}) && l.region.archive != nil {
			for m, err := range l.segments(ctx) {
				if err != nil {
					l.tell(after, err)
					break
				}
				if !yield(m, nil) {
					return
				}
				after = m.Head
			}
			l.logger.Debug("replayed from segments", "region", l.region.id, "events", after.Position)
		}
		for m, err := range l.Log.Read(ctx, after) {
			if !yield(m, err) {
				return
			}
		}
	}
}

var (
	errUnseen   = errors.New("app: the segments go on beyond what the log has been read to")
	errMessages = errors.New("app: the segments have other messages than the log, of the same events")
)

// segments gives what the segments have of the log.
func (l replay) segments(ctx context.Context) iter.Seq2[eventstore.Message, error] {
	return func(yield func(eventstore.Message, error) bool) {
		k := l.region.archive
		if k.notary.Head().Size == 0 { // on other servers nothing has been read before this
			return
		}
		kept, err := segment.Open(k.dir)
		if err != nil {
			yield(eventstore.Message{}, err)
			return
		}
		for m, err := range kept.Replay(ctx, k.has) {
			if err == nil && !k.notary.Stood(m.Head) {
				err = errMessages
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// has is agrees, for a head that the log may not have come to.
func (k *archive) has(head seal.TreeHead) error {
	if head.Size > k.notary.Head().Size {
		return errUnseen
	}
	return k.agrees(head)
}

// tell says that the log was read for itself from somewhere on, unless there is
// nothing wrong: there may be no segments yet, and they may have come further
// than the notary at this moment.
func (l replay) tell(after eventstore.Head, why error) {
	if errors.Is(why, fs.ErrNotExist) || errors.Is(why, errUnseen) || errors.Is(why, context.Canceled) {
		return
	}
	l.logger.Warn("the segments are not what the log is; it is read for itself from there on, which takes longer",
		"region", l.region.id, "after", after.Position, "error", why)
}
