package app

import (
	"context"
	"time"

	"github.com/fosenregionen/framdrift/eventstore"
)

// A FeedObserver is an Observer that is told, too, how long it took from the
// log's answer to an append until every projection had its events, and whoever
// asked could be answered.
type FeedObserver interface {
	Observer
	Fed(took time.Duration)
}

// Append is that of the log. It is the runner's, so that what the runner does
// after it is feeding.
func (l replay) Append(ctx context.Context, after eventstore.Head, commits ...eventstore.Commit) (eventstore.Head, error) {
	head, err := l.Log.Append(ctx, after, commits...)
	l.region.stored = time.Now()
	return head, err
}

// fed tells who wants to know that the projections have what was stored.
func (r *Region) fed() {
	if o, ok := r.observer.(FeedObserver); ok {
		o.Fed(time.Since(r.stored))
	}
}
