package jetstream

import (
	"bytes"
	"context"
	"errors"
	"iter"

	"github.com/fosenregionen/framdrift/eventstore"
)

// Files is the log of a region as it lies in dir, the Dir of an Embedded: it is
// read without a server, and nothing is changed. Nobody may have the log open
// meanwhile. Reading it demands what Preflight does, and ends with its errors.
func Files(dir, region string) eventstore.Log { return files{dir, region} }

type files struct{ dir, region string }

var errFiles = errors.New("jetstream: files are only read")

func (files) Append(context.Context, eventstore.Head, ...eventstore.Commit) (eventstore.Head, error) {
	return eventstore.Head{}, errFiles
}

func (f files) Read(ctx context.Context, after eventstore.Head) iter.Seq2[eventstore.Message, error] {
	return func(yield func(eventstore.Message, error) bool) {
		p := newPreflight(f.dir, f.region)
		p.each = func(m eventstore.Message) bool {
			if m.Head.Sequence <= after.Sequence {
				return true
			}
			m.Payload = bytes.Clone(m.Payload)
			return yield(m, nil)
		}
		if err := p.run(ctx, func(int64, int64) {}); err != nil && !errors.Is(err, errEnough) {
			yield(eventstore.Message{}, err)
		}
	}
}

// Follow is Read: nobody writes meanwhile.
func (f files) Follow(ctx context.Context, after eventstore.Head) iter.Seq2[eventstore.Message, error] {
	return f.Read(ctx, after)
}

func (f files) Messages(ctx context.Context) (uint64, error) {
	report, err := Preflight(ctx, f.dir, f.region, nil)
	return report.Head.Sequence, err
}

func (files) MaxPayload() int { return MaxMessage - headerRoom }
