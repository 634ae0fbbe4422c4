package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream"
	"github.com/fosenregionen/framdrift/eventstore/notary"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// A repair puts a log in the place of a damaged one, message for message, from
// its segments:
//
//	are the segments what was signed → what can be read of the log and goes on
//	from them is added to them → are they as long as the log has been → a new
//	log is written, by a server of its own → the damaged one is moved aside,
//	and the new one in its place
//
// Nothing that was acknowledged is given up: segments that end too early are
// refused. What is moved aside is never touched again. A repair that was cut
// off left the damaged log, or none, and is done again.

// Repaired is what a repair found, and did or would do.
type Repaired struct {
	Region   domain.RegionID `json:"region"`
	Damage   string          `json:"damage,omitempty"` // what is wrong with the log; empty: nothing is
	Readable uint64          `json:"readable"`         // events of the log before that
	Segments uint64          `json:"segments"`         // events of the segments
	Signed   uint64          `json:"signed"`           // events of the last checkpoint
	Events   uint64          `json:"events"`           // that the log has afterwards
	Aside    string          `json:"aside,omitempty"`  // where the damaged log lies
	Done     bool            `json:"done"`
}

// A repairing is one Repair under way.
type repairing struct {
	Repaired
	app   *App
	known seal.Checkpoint
	watch Watch
}

// Repair repairs the log of a region in a directory that nobody has open, or,
// unless do is set, says what it would do and changes nothing. Watch is told
// how many bytes of the segments are read, then how many events are in place.
func Repair(ctx context.Context, o Options, id domain.RegionID, do bool, watch Watch) (_ Repaired, err error) {
	if o.shared() {
		return Repaired{}, errRepairServers.With()
	}
	dir := newDataDir(o.Dir)
	if !dir.exists() {
		return Repaired{}, errNoData.With(o.Dir)
	}
	a := &App{options: o.orDefault(), dir: dir}
	if err := dir.lock(); err != nil {
		return Repaired{}, dir.explain(err)
	}
	defer func() { err = errors.Join(err, dir.unlock()) }()
	known, err := dir.regions()
	if err != nil {
		return Repaired{}, err
	}
	if err := jetstream.PutBack(dir.log()); err != nil { // what a start that was cut off left
		return Repaired{}, fmt.Errorf("app: %w", err)
	}
	r := &repairing{app: a, watch: watch}
	if r.Region, err = ChooseRegion(known, id); err != nil {
		return Repaired{}, err
	}
	if err := r.examine(ctx, do); err != nil || !do || r.Damage == "" {
		return r.Repaired, err
	}
	return r.Repaired, r.run(ctx)
}

// examine finds out what there is, and refuses what would lose events. With
// extend it puts what the log has beyond the segments into them.
func (r *repairing) examine(ctx context.Context, extend bool) error {
	dir := r.app.dir
	n, err := notary.Look(dir.seal(), string(r.Region))
	if err != nil {
		return explainSeal(r.Region, dir.seal(), err)
	}
	_, r.known = n.Checkpoint()
	r.Signed = r.known.Size
	kept, err := segment.Open(dir.segments(r.Region))
	if err != nil {
		return errRepairSegments.Because(err, r.Region, dir.segments(r.Region))
	}
	check := segment.Check{Progress: r.watch}
	if r.known.Size <= kept.Head().Position {
		check.Heads = []seal.TreeHead{r.known.TreeHead}
	}
	verified, err := kept.Verify(ctx, check)
	if err != nil {
		return errRepairSegments.Because(err, r.Region, dir.segments(r.Region))
	}
	r.Segments = verified.Head.Position
	beyond, err := r.readLog(ctx, kept, verified.Head)
	if err != nil || r.Damage == "" {
		return err
	}
	r.Events = max(r.Segments, beyond.head.Position)
	mark, err := dir.mark(r.Region).read()
	if err != nil {
		return err
	}
	if known := max(mark.Position, r.known.Size); r.Events < known {
		return errRepairShort.With(r.Region, r.Events, known)
	}
	if !extend || len(beyond.messages) == 0 {
		return nil
	}
	return beyond.keep(dir.segments(r.Region))
}

// beyond is what a log has beyond its segments.
type beyond struct {
	head     eventstore.Head // where the log stands, or is damaged
	messages []eventstore.Message
}

// readLog reads the log as far as it is right beside the segments.
func (r *repairing) readLog(ctx context.Context, kept *segment.Archive, end eventstore.Head) (beyond, error) {
	var b beyond
	notary, err := notary.Look(r.app.dir.seal(), string(r.Region))
	if err != nil {
		return b, explainSeal(r.Region, r.app.dir.seal(), err)
	}
	for m, err := range jetstream.Files(r.app.dir.log(), string(r.Region)).Read(ctx, eventstore.Head{}) {
		if err == nil {
			err = notary.Keep(m)
		}
		if err != nil && ctx.Err() != nil {
			return b, ctx.Err()
		}
		if err != nil {
			r.Damage = err.Error()
			break
		}
		b.head = m.Head
		if m.Head.Sequence > end.Sequence {
			b.messages = append(b.messages, m)
		}
	}
	if err := notary.Settle(); err != nil && r.Damage == "" {
		r.Damage = err.Error()
	}
	if reached := kept.Head().Position; r.Damage == "" && reached > b.head.Position {
		r.Damage = fmt.Sprintf("the log ends at event %d, and the segments at %d", b.head.Position, reached)
	}
	if mark, err := r.app.dir.mark(r.Region).read(); err == nil && r.Damage == "" && mark.Position > b.head.Position {
		r.Damage = fmt.Sprintf("the log ends at event %d, and has been at %d", b.head.Position, mark.Position)
	}
	r.Readable = b.head.Position
	if r.Damage != "" && !r.same(ctx, kept, b.head) { // it goes another way: nothing of it is to be believed
		b = beyond{}
	}
	return b, nil
}

// same reports whether the log has what the segments have, as far as both go.
func (r *repairing) same(ctx context.Context, kept *segment.Archive, until eventstore.Head) bool {
	end := min(until.Sequence, kept.Head().Sequence)
	var there []eventstore.Message
	for m, err := range jetstream.Files(r.app.dir.log(), string(r.Region)).Read(ctx, eventstore.Head{}) {
		if err != nil || m.Head.Sequence > end {
			break
		}
		there = append(there, m)
	}
	at := 0
	for m, err := range kept.Read(ctx, eventstore.Head{}) {
		if m.Head.Sequence > end {
			break
		}
		if err != nil || at == len(there) || m.Head != there[at].Head || !bytes.Equal(m.Payload, there[at].Payload) {
			return false
		}
		at++
	}
	return at == len(there)
}

// keep puts messages into the segments, on disk.
func (b beyond) keep(dir string) error {
	w, err := segment.OpenWriter(dir, segment.Options{})
	if err != nil {
		return fmt.Errorf("app: %w", err)
	}
	for _, m := range b.messages {
		if err := w.Keep(m); err != nil {
			return errors.Join(fmt.Errorf("app: %w", err), w.Close())
		}
	}
	return w.Close()
}

// run writes the new log, and puts it in the place of the damaged one. The mark
// stays: message for message the new log is what the old one was.
func (r *repairing) run(ctx context.Context) error {
	dir, id, shop := r.app.dir, string(r.Region), r.app.dir.file("repair")
	if err := os.RemoveAll(shop); err != nil { // of a repair that was cut off
		return fmt.Errorf("app: %w", err)
	}
	if err := r.write(ctx, shop); err != nil {
		return errors.Join(explain(r.Region, err), os.RemoveAll(shop))
	}
	r.Aside = dir.file("damaged", id+"-"+time.Now().UTC().Format("20060102T150405Z"))
	if err := makeSynced(r.Aside); err != nil {
		return fmt.Errorf("app: moving the damaged log aside: %w", err)
	}
	if err := jetstream.Exchange(dir.log(), shop, id, filepath.Join(r.Aside, "log")); err != nil {
		return fmt.Errorf("app: %w", err)
	}
	r.Done = true
	if err := os.RemoveAll(shop); err != nil {
		return fmt.Errorf("app: %w", err)
	}
	return nil
}

// write writes what the segments have on a log of its own.
func (r *repairing) write(ctx context.Context, shop string) (err error) {
	store, err := jetstream.OpenEmbedded(jetstream.Embedded{Dir: shop, Logger: r.app.options.Logger})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	log, err := store.Create(ctx, string(r.Region))
	if err != nil {
		return err
	}
	kept, err := segment.Open(r.app.dir.segments(r.Region))
	if err != nil {
		return errRepairSegments.Because(err, r.Region, r.app.dir.segments(r.Region))
	}
	return r.append(ctx, log, kept)
}

// append writes the messages, each as it was.
func (r *repairing) append(ctx context.Context, log eventstore.Log, kept *segment.Archive) error {
	var head eventstore.Head
	end := kept.Head().Position
	for m, err := range kept.Read(ctx, head) {
		if err == nil {
			head, err = log.Append(ctx, head, commitsOf(m)...)
		}
		if err == nil && head != m.Head {
			err = fmt.Errorf("app: message %d came to stand at %d", m.Head.Sequence, head.Sequence)
		}
		if err != nil {
			return err
		}
		r.watch(int64(head.Position), int64(end)) //nolint:gosec // positions are far smaller
	}
	return nil
}

// commitsOf are commits that an Append makes the same message of. One about
// several things has no subject, as a pack has none.
func commitsOf(m eventstore.Message) []eventstore.Commit {
	var lines [][]byte
	for _, line := range m.Lines() {
		lines = append(lines, line)
	}
	return []eventstore.Commit{{Subject: m.Subject, Events: lines}}
}
