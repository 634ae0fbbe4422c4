package app

import "context"

// Waiting is how many commands stand in the row at the door.
func (r *Region) Waiting() int { return len(r.waiting) }

// MaxWaiting is how many may.
const MaxWaiting = maxWaiting

// MaxShare is how many of one user may.
const MaxShare = maxShare

// Kept returns when everything that came is on disk in the segments too.
func (r *Region) Kept() error { return r.archive.segments.Sync() }

// Began is where a region's snapshot stood that it was opened from; 0 without one.
func (r *Region) Began() uint64 { return r.began.Position }

// Reverify verifies a region's log now.
func (a *App) Reverify(ctx context.Context, r *Region) { a.reverify(ctx, r) }
