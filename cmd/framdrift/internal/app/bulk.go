package app

import (
	"bytes"
	"context"
	"errors"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// Bulk append: the events of a copy, byte for byte, in messages as large as
// the log takes.
//
//	check the file, all of it (ReadCopy) ─ read the log beside the file ─┐
//	   ┌─────────────────────────────────────────────────────────────────┘
//	   └→ whole commits until a message is full → append, project → again
//
// It has the door to itself: nothing is decided meanwhile, and whoever asks is
// told so. Where it stopped it goes on, because what stands on the log must be
// the beginning of the file.

// A load is a copy on its way to a region's log.
type load struct {
	*tail
	region *Region
	from   *Copy
	how    Restoring
	limit  int // bytes of a message
	packs  int // appended
}

// load puts on the log what the copy has beyond it. While it does, and for as
// long after as finish says, commands are turned away.
func (r *Region) load(ctx context.Context, c *Copy, how Restoring, finish func(error) (usable bool, err error)) (Restored, error) {
	l := &load{tail: &tail{}, region: r, from: c, how: how, limit: r.log.MaxPayload()}
	if how.Pack > 0 {
		l.limit = min(l.limit, how.Pack)
	}
	r.loading.Store(true)
	var found uint64
	err := r.alone(func() error {
		err := l.begin(ctx)
		found = l.head.Position
		if err == nil {
			err = l.run(ctx)
		}
		usable, err := finish(err)
		r.loading.Store(!usable)
		return err
	})
	return Restored{Found: found, Position: l.head.Position, Packs: l.packs}, err
}

// begin reads the log beside the copy.
func (l *load) begin(ctx context.Context) error {
	r := l.region
	if limit := r.log.MaxPayload(); l.from.largest.size > limit { // less than when the copy was read
		return errCopyTooLarge.With(l.from.largest.line, limit)
	}
	beyond, err := l.from.beyond(ctx, r.log, r.codec)
	if err != nil {
		return err
	}
	l.tail = beyond
	return explain(r.id, r.runner.CatchUp(ctx))
}

// A pending pack is whole commits that go as one message.
type pending struct {
	commits []eventstore.Commit
	events  []domain.Recorded
	size    int
	err     error // why there is none
}

func (p *pending) add(one commit) {
	p.commits = append(p.commits, eventstore.Commit{Events: one.lines})
	p.events = append(p.events, one.events...)
	p.size += one.size
}

// run stores what is left of the copy, and reads a message ahead.
func (l *load) run(ctx context.Context) error {
	ahead, cancel := context.WithCancel(ctx)
	packs := make(chan pending)
	go func() {
		defer close(packs)
		l.pack(ahead, packs)
	}()
	var err error
	for p := range packs {
		if err == nil {
			err = p.err
		}
		if err == nil {
			err = l.put(ctx, p)
		}
		if err != nil {
			cancel() // and the reader goes
		}
	}
	cancel()
	if err == nil && l.head.Position != l.from.Events {
		err = domain.FirstError(ctx.Err(), errCopyChanged.With())
	}
	return l.stopped(ctx, err)
}

// pack makes messages of whole commits, as large as may be, until ctx ends.
func (l *load) pack(ctx context.Context, packs chan<- pending) {
	var p pending
	send := func() {
		select {
		case packs <- p:
		case <-ctx.Done():
		}
		p = pending{}
	}
	for one, err := range l.commits(ctx) {
		if err != nil {
			p.err = err
			break
		}
		if p.size > 0 && p.size+one.size > l.limit {
			send()
		}
		p.add(one)
	}
	if p.size > 0 || p.err != nil {
		send()
	}
}

// stopped is why no more goes, with how far it came; a reason that says
// nothing was saved stands alone where that is so.
func (l *load) stopped(ctx context.Context, err error) error {
	switch {
	case err == nil, ctx.Err() != nil && errors.Is(err, ctx.Err()), l.packs == 0 && domain.KindOf(err) != domain.Failed:
		return err
	}
	return errHalfway.Because(err, l.from.Region, l.head.Position, l.from.Events)
}

// put appends a pack. When nobody knows whether it was stored it looks, and
// tries again.
func (l *load) put(ctx context.Context, p pending) error {
	if err := l.mayGoOn(ctx); err != nil {
		return err
	}
	t := &trial{region: l.region, head: l.head, commits: p.commits, events: p.events}
	ctx = context.WithoutCancel(ctx)
	err := eventstore.ErrUnknown
	for end := time.Now().Add(resolveTimeout); err != nil && time.Now().Before(end); {
		err = l.region.append(ctx, t)
		switch {
		case errors.Is(err, eventstore.ErrUnknown), errors.Is(err, eventstore.ErrConflict):
			stored, unread := l.stored(ctx, p)
			if stored {
				err = nil
			} else if unread != nil {
				return unread
			}
		case err != nil:
			l.region.fail(err)
			return err
		}
	}
	if err != nil {
		return err
	}
	l.head.Sequence++
	l.head.Position += uint64(len(p.events))
	l.bytes += int64(p.size)
	l.packs++
	l.how.Watch(l.bytes, l.from.Bytes)
	return nil
}

// mayGoOn is why the next pack is not appended. A projection that has stopped
// is no reason: it would stop on the log that the copy was made of, too.
func (l *load) mayGoOn(ctx context.Context) error {
	r := l.region
	r.turnAway()
	select {
	case <-r.closing:
		return errClosing.With()
	default:
	}
	return domain.FirstError(ctx.Err(), r.runner.Err(), r.mayWrite())
}

// stored reports whether a pack that was sent is the next message on the log.
// An error says that it cannot be known, or that another message is there.
func (l *load) stored(ctx context.Context, p pending) (bool, error) {
	if err := l.region.runner.CatchUp(ctx); err != nil {
		return false, err
	}
	for m, err := range l.region.log.Read(ctx, l.head) {
		if err != nil {
			return false, err
		}
		rest := m.Payload
		for _, c := range p.commits {
			for _, line := range c.Events {
				var same bool
				if rest, same = bytes.CutPrefix(rest, line); !same {
					return false, errElse.With()
				}
			}
		}
		if len(rest) > 0 {
			return false, errElse.With()
		}
		return true, nil
	}
	return false, nil
}
