package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/notary"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// A Verification is what came of reading a log from end to end and computing
// every hash anew: the log, the last signed checkpoint and the segments must
// tell of the same events.
type Verification struct {
	Region   domain.RegionID `json:"region"`
	Log      Extent          `json:"log"`
	Signed   Extent          `json:"checkpoint"`
	Segments Extent          `json:"segments"`
	Damage   []Damage        `json:"damage"` // empty when all is right
}

// An Extent is how far something goes, and the root of the tree there.
type Extent struct {
	Events   uint64 `json:"events"`
	Messages uint64 `json:"messages,omitempty"`
	Files    int    `json:"files,omitempty"`
	Root     string `json:"root"`
}

// Damage is the first place where something is not what it was.
type Damage struct {
	In       string `json:"in"`                 // log, checkpoint or segments
	Position uint64 `json:"position,omitempty"` // of the first event that is not right; 0: not known
	Sequence uint64 `json:"sequence,omitempty"` // of its message
	File     string `json:"file,omitempty"`
	Byte     int64  `json:"byte,omitempty"` // in the file, or in what it unpacks to
	Reason   string `json:"reason"`
}

// Err is why the log, or what is kept beside it, is not to be trusted; nil when
// it is.
func (v Verification) Err() error {
	if len(v.Damage) == 0 {
		return nil
	}
	d := v.Damage[0]
	if d.In == "segments" && v.Log.Events > 0 { // the log itself was right
		return errSegmentsDamaged.Because(errors.New(d.Reason), v.Region, d.Position)
	}
	return errUnverified.Because(errors.New(d.Reason), v.Region, places[d.In], d.Position)
}

// Sentence is the damage in words.
func (d Damage) Sentence(l domain.Language) string {
	said := domain.Phrase{
		NB: "Skade i %[1]s, fra hendelse %[2]d: %[3]s", NN: "Skade i %[1]s, frå hending %[2]d: %[3]s", EN: "Damage in %[1]s, from event %[2]d: %[3]s",
	}
	if d.Position == 0 {
		said = domain.Phrase{NB: "Skade i %[1]s: %[3]s", NN: "Skade i %[1]s: %[3]s", EN: "Damage in %[1]s: %[3]s"}
	}
	text := said.Fill(places[d.In], d.Position, d.Reason).In(l)
	if d.File != "" {
		text += fmt.Sprintf(" (%s, byte %d)", d.File, d.Byte)
	}
	return text
}

var places = map[string]domain.Phrase{
	"log":        {NB: "loggen", NN: "loggen", EN: "the log"},
	"checkpoint": {NB: "sjekkpunktet", NN: "sjekkpunktet", EN: "the checkpoint"},
	"segments":   {NB: "segmentene", NN: "segmenta", EN: "the segments"},
}

// A verifying is one Verification under way.
type verifying struct {
	Verification
	log    eventstore.Log
	notary *notary.Notary // with the last checkpoint, and of this reading the tree
	known  seal.Checkpoint
	dir    string // of the segments
	watch  Watch
	bytes  int64
}

// Verify reads what a log is made of, as somebody who changes nothing. Watch
// is told how many bytes have been read, and of how many; 0 is not known.
// Errors are those that kept it from being read at all.
func (l *Look) Verify(ctx context.Context, id domain.RegionID, watch Watch) (Verification, error) {
	log, err := l.log(ctx, id)
	if err != nil {
		return Verification{}, err
	}
	n, err := notary.Look(l.dir.seal(), string(id))
	if err != nil {
		return Verification{}, explainSeal(id, l.dir.seal(), err)
	}
	v := &verifying{log: log, notary: n, dir: l.dir.segments(id), watch: watch}
	_, v.known = n.Checkpoint()
	v.Region, v.Damage = id, []Damage{}
	v.Signed = Extent{Events: v.known.Size, Root: v.known.Root.String()}
	if err := v.readLog(ctx); err != nil {
		return v.Verification, err
	}
	return v.Verification, v.readSegments(ctx)
}

// Sealed is whether the log is what was signed: what a running program found
// when it last verified it, and else what is found now.
func (l *Look) Sealed(ctx context.Context, id domain.RegionID) (Verdict, error) {
	if l.running != nil {
		r, err := l.running.Region(id)
		if err != nil {
			return Verdict{}, err
		}
		return r.Verdict(), nil
	}
	v, err := l.Verify(ctx, id, func(int64, int64) {})
	return Verdict{At: l.Now(), Events: v.Log.Events, Err: v.Err()}, err
}

// readLog computes the tree of what is on the log.
func (v *verifying) readLog(ctx context.Context) error {
	var head eventstore.Head
	var altered error
	for m, err := range v.log.Read(ctx, eventstore.Head{}) {
		if damage, ok := errors.AsType[*eventstore.DamageError](err); ok {
			v.Damage = append(v.Damage, Damage{In: "log", Position: head.Position + 1, Sequence: damage.Sequence, Reason: damage.Reason})
			break
		}
		if errors.Is(err, eventstore.ErrMissing) {
			v.Damage = append(v.Damage, Damage{In: "log", Position: 1, Reason: err.Error()})
			break
		}
		if err != nil {
			return explain(v.Region, err)
		}
		head = m.Head
		v.bytes += int64(len(m.Payload))
		v.watch(v.bytes, 0)
		if altered == nil {
			altered = v.notary.Keep(m)
		}
	}
	v.Log = Extent{Events: head.Position, Messages: head.Sequence, Root: v.notary.Head().Root.String()}
	if altered == nil && len(v.Damage) == 0 {
		altered = v.notary.Settle()
	}
	if altered != nil {
		v.Log.Root = ""
		v.Damage = append(v.Damage, v.differs(ctx, altered))
	}
	return nil
}

// differs is the damage of a log that is whole and not what was signed: the
// first event that the segments have otherwise, if those are what was signed.
func (v *verifying) differs(ctx context.Context, why error) Damage {
	d := Damage{In: "log", Reason: why.Error()}
	if errors.Is(why, notary.ErrShorter) {
		d.Position = v.Log.Events + 1
		return d
	}
	kept, err := segment.Open(v.dir)
	if err != nil {
		return d
	}
	done, _ := kept.Verify(ctx, segment.Check{Heads: []seal.TreeHead{v.known.TreeHead}})
	if done.Believed < v.known.Size {
		return d
	}
	there, stop := iter.Pull2(v.log.Read(ctx, eventstore.Head{}))
	defer stop()
	for m, err := range kept.Read(ctx, eventstore.Head{}) {
		other, otherErr, ok := there()
		if err != nil || otherErr != nil || !ok {
			return d
		}
		if m.Head != other.Head || !bytes.Equal(m.Payload, other.Payload) {
			d.Position, d.Sequence = firstDifference(m, other), min(m.Head.Sequence, other.Head.Sequence)
			d.Reason = fmt.Sprintf("event %d is not the one that was signed, which the segments have", d.Position)
			return d
		}
	}
	return d
}

// firstDifference is the position of the first line that two messages have not
// in common.
func firstDifference(one, other eventstore.Message) uint64 {
	next, stop := iter.Pull2(other.Lines())
	defer stop()
	for position, line := range one.Lines() {
		_, there, ok := next()
		if !ok || !bytes.Equal(line, there) {
			return position
		}
	}
	return one.Head.Position + 1
}

// readSegments holds the segments against the checkpoint and the log.
func (v *verifying) readSegments(ctx context.Context) error {
	kept, err := segment.Open(v.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		v.Damage = append(v.Damage, Damage{In: "segments", File: v.dir, Reason: err.Error()})
		return nil
	}
	check := segment.Check{Progress: v.watch}
	if v.known.Size <= kept.Head().Position {
		check.Heads = append(check.Heads, v.known.TreeHead)
	}
	if len(v.Damage) == 0 { // the log is what the segments should be
		check.Leaves = v.notary.Hashes()
		head, err := v.notary.HeadAt(min(kept.Head().Position, v.Log.Events))
		if err != nil {
			return fmt.Errorf("app: %w", err)
		}
		check.Heads = append(check.Heads, head)
	}
	done, err := kept.Verify(ctx, check)
	return v.segments(done, err)
}
