package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/seal"
	"github.com/fosenregionen/framdrift/eventstore/segment"
)

// A backup is a directory of segments (package segment) with two files beside:
//
//	checkpoint   the last signed checkpoint
//	keys         the public keys that signed it, one a line
//
// It is brought up to date by backing up to it again. Whoever verifies it
// should have the keys from elsewhere.
const (
	backupCheckpoint = "checkpoint"
	backupKeys       = "keys"
)

// A BackedUp is what a backup did.
type BackedUp struct {
	Dir    string `json:"dir"`
	Copied int    `json:"copied"` // segments
	Kept   int    `json:"kept"`   // that were there
	Bytes  int64  `json:"bytes"`  // of those copied
	Events uint64 `json:"events"` // in the backup now
	Root   string `json:"root"`
}

// BackUp copies the segments of a region in a data directory to another
// directory, each verified, and the checkpoint after them. Nobody need have the
// log open, and somebody may. Watch is told how many bytes have been copied.
func BackUp(ctx context.Context, data string, sealed Sealed, to string, watch Watch) (BackedUp, error) {
	from, err := segment.Open(newDataDir(data).segments(sealed.Region))
	if err != nil {
		return BackedUp{}, errBackup.Because(err, to)
	}
	done, err := from.Export(ctx, to, watch)
	switch {
	case errors.Is(err, segment.ErrAhead), errors.Is(err, segment.ErrFork), errors.Is(err, segment.ErrForeign):
		return BackedUp{}, errBackupOther.Because(err, to)
	case err != nil:
		return BackedUp{}, errBackup.Because(err, to)
	case done.Head.Position < sealed.Events:
		return BackedUp{}, errBackup.Because(fmt.Errorf("the segments end at event %d, and %d are signed", done.Head.Position, sealed.Events), to)
	}
	err = writeSynced(filepath.Join(to, backupKeys), strings.Join(sealed.Keys, "\n")+"\n")
	if err == nil {
		err = writeSynced(filepath.Join(to, backupCheckpoint), sealed.Checkpoint)
	}
	return BackedUp{Dir: to, Copied: done.Copied, Kept: done.Kept, Bytes: done.Bytes, Events: done.Head.Position, Root: done.Tree.Root.String()}, err
}

// VerifyBackup reads a backup from end to end and holds it against its
// checkpoint, which must be signed by one of the keys; with none, by those that
// lie beside it.
func VerifyBackup(ctx context.Context, dir string, keys []string, watch Watch) (Verification, error) {
	v := Verification{Damage: []Damage{}}
	checkpoint, err := os.ReadFile(filepath.Join(dir, backupCheckpoint))
	if err == nil && len(keys) == 0 {
		keys, err = KeysOf(filepath.Join(dir, backupKeys))
	}
	if err != nil {
		return v, errNoBackup.Because(err, dir)
	}
	policy, err := seal.NewPolicy(keys, nil, 0)
	if err != nil {
		return v, errKeys.Because(err)
	}
	v.Region = domain.RegionID(strings.TrimPrefix(policy.Origin(), "framdrift/"))
	signed, _, err := policy.Open(checkpoint)
	if err != nil {
		v.Damage = append(v.Damage, Damage{In: "checkpoint", File: filepath.Join(dir, backupCheckpoint), Reason: err.Error()})
		return v, nil
	}
	v.Signed = Extent{Events: signed.Size, Root: signed.Root.String()}
	kept, err := segment.Open(dir)
	if err != nil {
		return v, errNoBackup.Because(err, dir)
	}
	done, err := kept.Verify(ctx, segment.Check{Heads: []seal.TreeHead{signed.TreeHead}, Progress: watch})
	return v, v.segments(done, err)
}

// segments takes in what came of verifying segments.
func (v *Verification) segments(done segment.Verified, err error) error {
	v.Segments = Extent{Events: done.Head.Position, Messages: done.Head.Sequence, Files: done.Segments, Root: done.Tree.Root.String()}
	damage, ok := errors.AsType[*segment.DamageError](err)
	if !ok {
		return err
	}
	v.Damage = append(v.Damage, Damage{In: "segments", Position: damage.Position, Sequence: damage.Sequence, File: damage.File, Byte: damage.Byte, Reason: damage.Reason})
	return nil
}

// KeysOf reads public keys, one a line.
func KeysOf(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	return strings.Fields(string(text)), err
}

// IsBackup reports whether a directory looks like one.
func IsBackup(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, backupCheckpoint))
	return !errors.Is(err, fs.ErrNotExist)
}

// Until is where a restore from a backup ends: after the last event that was
// recorded at or before Time, or with the event at Position. Zero is the end.
type Until struct {
	Time     time.Time
	Position uint64
}

// UnpackBackup writes the lines of a backup as Export does, up to a moment,
// when all of it has been verified. An end in the middle of what one command
// led to is refused.
func UnpackBackup(ctx context.Context, dir string, until Until, w io.Writer, watch Watch) error {
	v, err := VerifyBackup(ctx, dir, nil, watch)
	if err != nil {
		return err
	}
	if err := v.Err(); err != nil {
		return err
	}
	kept, err := segment.Open(dir)
	if err != nil {
		return errNoBackup.Because(err, dir)
	}
	u := &unpacking{until: until, codec: codec.New(nil), to: w}
	for m, err := range kept.Read(ctx, eventstore.Head{}) {
		if err != nil {
			return fmt.Errorf("app: %w", err)
		}
		for position, line := range m.Lines() {
			if done, err := u.line(position, line); done || err != nil {
				return err
			}
		}
	}
	if until.Position > v.Segments.Events {
		return errNoEvent.With(v.Region, until.Position, v.Segments.Events)
	}
	return nil
}

// unpacking is one UnpackBackup under way.
type unpacking struct {
	until Until
	codec *codec.Codec
	to    io.Writer
	last  domain.CommandID // what led to the line before
}

// line writes a line, unless it is after the end.
func (u *unpacking) line(position uint64, line []byte) (done bool, err error) {
	if u.until != (Until{}) {
		e, err := u.codec.Decode(line)
		if err != nil {
			return false, errCopyForeign.Because(err, position, brief(err))
		}
		if u.until.Position > 0 && position > u.until.Position && e.Command == u.last {
			return false, errUntil.With(u.until.Position)
		}
		if u.until.Position > 0 && position > u.until.Position || !u.until.Time.IsZero() && e.Time.After(u.until.Time) {
			return true, nil
		}
		u.last = e.Command
	}
	if _, err := u.to.Write(line); err != nil {
		return false, fmt.Errorf("app: unpacking: %w", err)
	}
	return false, nil
}
