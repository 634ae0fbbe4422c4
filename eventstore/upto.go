package eventstore

import (
	"context"
	"iter"
)

// UpTo is a log that is read no further than to a head it has stood at, whatever
// comes after.
func UpTo(log Log, end Head) Log { return upTo{log, end} }

type upTo struct {
	Log
	end Head
}

func (l upTo) Read(ctx context.Context, after Head) iter.Seq2[Message, error] {
	return func(yield func(Message, error) bool) {
		if after.Sequence >= l.end.Sequence {
			return
		}
		for m, err := range l.Log.Read(ctx, after) {
			if !yield(m, err) || m.Head.Sequence >= l.end.Sequence {
				return
			}
		}
	}
}
