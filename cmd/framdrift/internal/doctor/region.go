package doctor

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/fosenregionen/framdrift/cmd/framdrift/internal/app"
	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
)

// regions looks at the servers, if they have the logs, and gives the regions
// to look at.
func (e *examination) regions(ctx context.Context, ours bool) []domain.RegionID {
	var known []domain.RegionID
	if ours {
		var err error
		if known, err = e.look.Known(); err != nil {
			e.wrong(log, "", err)
		}
	}
	if e.look.NATS().URL == "" {
		return known
	}
	at, all, err := e.look.Server(ctx, known)
	if err != nil {
		e.lost = true
		e.wrong(servers, "", err)
		return known
	}
	if e.server(at); ours && !e.lost {
		e.vault(ctx)
	}
	return all
}

func (e *examination) server(at jetstream.Server) {
	hosts := e.look.NATS().Hosts()
	switch {
	case at.Name == "":
		e.lost = true
		e.wrong(servers, "", errDisconnected.With(hosts))
	case !at.Identified:
		e.wrong(servers, "", errAnybody.With(hosts))
	case !at.Encrypted && !onLoopback(hosts):
		e.wrong(servers, "", errInClear.With(hosts))
	default:
		e.fine(servers, "", textServers, at.Name, at.Version, hosts)
	}
}

// onLoopback reports whether every host is this machine.
func onLoopback(hosts string) bool {
	for host := range strings.SplitSeq(hosts, ", ") {
		name, _, err := net.SplitHostPort(host)
		if err != nil {
			name = host
		}
		if ip := net.ParseIP(name); name != "localhost" && (ip == nil || !ip.IsLoopback()) {
			return false
		}
	}
	return true
}

// region looks at one region, as far as can be come to.
func (e *examination) region(ctx context.Context, id domain.RegionID) {
	if err := e.look.Placed(id); err != nil {
		e.wrong(log, id, err)
		return
	}
	switch {
	case e.lost:
		e.unknown(log, id, textLogLost)
		return
	case !e.free && e.look.NATS().URL == "":
		e.unknown(log, id, textLogHeld)
		return
	}
	if e.look.NATS().URL != "" && !e.keeping(ctx, id) {
		e.unknown(log, id, textLogRefused)
		return
	}
	known, unmarked := e.look.Mark(id) // before the log, which grows while it is read
	read, err := e.log(ctx, id)
	if e.mark(id, known, unmarked, read, err) {
		e.sealed(ctx, id)
	}
	if err != nil && !errors.Is(err, errPartly) {
		e.unknown(events, id, textEventsUnread)
		return
	}
	r, err := e.look.Region(ctx, id)
	if err != nil {
		e.wrong(events, id, err)
		return
	}
	e.events(id, r)
	e.clock(id, r)
	e.projections(ctx, id, r, read)
	e.changes(id, r)
}

// keeping looks at how the servers keep a log, and reports whether it may be
// opened.
func (e *examination) keeping(ctx context.Context, id domain.RegionID) bool {
	kept, err := e.look.Keeping(ctx, id)
	if err != nil {
		e.wrong(settings, id, err)
		return false
	}
	for _, fault := range kept.Faults {
		e.wrong(settings, id, errSetting.With(id, fault.Setting, fault.Want))
	}
	if len(kept.Faults) == 0 {
		e.fine(settings, id, textSettings)
	}
	e.replicas(id, kept.Replicas)
	return len(kept.Faults) == 0
}

func (e *examination) replicas(id domain.RegionID, all []jetstream.Replica) {
	var well []string
	for _, r := range all {
		switch {
		case r.Offline:
			e.wrong(replicas, id, errOffline.With(id, r.Server))
		case !r.Current:
			e.unknown(replicas, id, textBehind, r.Server, r.Lag)
		default:
			well = append(well, r.Server)
		}
	}
	switch {
	case len(all) == 0:
		e.fine(replicas, id, textAlone)
	case len(all) == len(well):
		e.fine(replicas, id, textReplicas, len(well), strings.Join(well, ", "))
	}
}

// errPartly is a log that there was no time to read to its end.
var errPartly = errors.New("doctor: there was no more time")

// log reads the log from end to end.
func (e *examination) log(ctx context.Context, id domain.RegionID) (app.Reading, error) {
	if e.look.Running() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, e.until)
		defer cancel()
	}
	read, err := e.look.Read(ctx, id)
	amount := size(uint64(read.Bytes))
	how := textThroughServer
	if read.Files {
		how = textFromFiles
	}
	switch {
	case err != nil && ctx.Err() != nil:
		err = errPartly
		e.unknown(log, id, textReadPart, read.Head.Position, amount)
	case err != nil:
		e.wrong(log, id, err, textReadBefore.Fill(read.Head.Sequence, read.Head.Position, amount))
	case read.Torn:
		e.fine(log, id, textReadTorn, read.Head.Sequence, read.Head.Position, amount, how)
	default:
		e.fine(log, id, textRead, read.Head.Sequence, read.Head.Position, amount, how)
	}
	return read, err
}

// mark compares the log with how far it is known to have come. One that was
// not read to its end cannot be compared.
// It reports whether the log is as long as it has been.
func (e *examination) mark(id domain.RegionID, known eventstore.Head, err error, read app.Reading, unread error) bool {
	if err == nil && unread == nil {
		err = app.Shorter(id, known, read.Head)
	}
	switch {
	case err != nil:
		e.wrong(mark, id, err)
	case unread != nil:
		e.unknown(mark, id, textMarkUnread, known.Position)
	case known == (eventstore.Head{}):
		e.fine(mark, id, textMarkEmpty)
	default:
		e.fine(mark, id, textMark, known.Position)
	}
	return err == nil && unread == nil
}

// sealed holds the log, and its segments, against the last checkpoint. A
// running serve says what it found when it last did.
func (e *examination) sealed(ctx context.Context, id domain.RegionID) {
	verdict, err := e.look.Sealed(ctx, id)
	if err == nil {
		err = verdict.Err
	}
	if err != nil {
		e.wrong(sealed, id, err)
		return
	}
	e.fine(sealed, id, textSealed, verdict.Events, verdict.At.In(domain.Oslo).Format("2006-01-02 15:04:05"))
}

func (e *examination) events(id domain.RegionID, r *app.Region) {
	if err := r.Err(); domain.KindOf(err) == domain.Damaged {
		e.wrong(events, id, err)
		return
	}
	e.fine(events, id, textEvents, r.Head().Position)
}

// clock looks whether the machine's clock is behind what has been recorded.
func (e *examination) clock(id domain.RegionID, r *app.Region) {
	last, demo := r.Last()
	shown := last.In(domain.Oslo).Format("2006-01-02 15:04:05")
	switch now := e.look.Now(); {
	case last.IsZero():
	case demo:
		e.fine(clock, id, textClockDemo, shown)
	case now.Before(last):
		e.wrong(clock, id, errClock.With(now.In(domain.Oslo).Format("2006-01-02 15:04:05"), shown))
	default:
		e.fine(clock, id, textClock, shown)
	}
}

// projections makes those that sleep too: whether they can be is what is asked.
func (e *examination) projections(ctx context.Context, id domain.RegionID, r *app.Region, read app.Reading) {
	if err := r.Wake(ctx); err != nil {
		e.wrong(projection, id, err)
	}
	for _, h := range r.Health() {
		switch {
		case h.Err != nil:
			e.wrong(projection, id, errStopped.With(h.Name, h.Head.Position))
		case h.Head.Sequence < read.Head.Sequence:
			e.unknown(projection, id, textLag, h.Name, h.Head.Position, read.Head.Sequence-h.Head.Sequence)
		default:
			e.fine(projection, id, textProjection, h.Name, h.Head.Position)
		}
	}
}

// changes looks whether a running serve takes any. Why it does not may have
// been said.
func (e *examination) changes(id domain.RegionID, r *app.Region) {
	if !e.look.Running() {
		return
	}
	if err := r.Writable(); err != nil {
		e.wrong(changes, id, err)
		return
	}
	e.fine(changes, id, textChanges)
}
