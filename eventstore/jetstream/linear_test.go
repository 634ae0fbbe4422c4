//go:build faults

package jetstream

import (
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"github.com/fosenregionen/framdrift/eventstore"
)

// What a crowd did, as porcupine checks it: a log is a list of commits, and each
// append and reading took place at one moment between its call and its return.

// An appending is Append of a commit to a log that ought to hold so many.
type appending struct {
	after uint64
	lines string
}

// A reading is Read after so many commits. It gave what the log held at some
// moment, which need not be later than its call: a leader that has just been
// cut off may still answer.
type reading struct {
	after uint64
	gave  []string
}

// remember keeps an operation. One that certainly did nothing is not kept.
func (c *crowd) remember(node, client int, begun time.Duration, input any, err error) {
	o := porcupine.Operation{ClientId: node*100 + client, Input: input, Call: int64(begun), Output: err == nil, Return: int64(time.Since(c.birth))}
	if errors.Is(err, eventstore.ErrUnavailable) || errors.Is(err, eventstore.ErrConflict) && !errors.Is(err, eventstore.ErrUnknown) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil { // it may happen at any time after
		o.Return = math.MaxInt64
		o.ClientId = 1_000_000 + len(c.past)
	}
	c.past = append(c.past, o)
}

// logModel is the list. What is not known to have happened may have, or not.
var logModel = porcupine.NondeterministicModel{
	Init: func() []any { return []any{[]string(nil)} },
	Step: func(state, input, output any) []any {
		log := state.([]string)
		switch in := input.(type) {
		case appending:
			var next []any
			if uint64(len(log)) == in.after {
				next = append(next, append(slices.Clip(log), in.lines))
			}
			if known := output.(bool); !known {
				next = append(next, log)
			}
			return next
		case reading:
			if end := int(in.after) + len(in.gave); end <= len(log) && slices.Equal(log[in.after:end], in.gave) {
				return []any{log}
			}
		}
		return nil
	},
	Equal: func(a, b any) bool { return slices.Equal(a.([]string), b.([]string)) },
}

// linearizable is called with mu held, when the followers have seen the whole
// log. An append of which nobody knew, and whose commit does not stand where it
// was to stand, never took place: porcupine need not try when it might have.
func (c *crowd) linearizable(t *testing.T) {
	t.Helper()
	past := slices.DeleteFunc(slices.Clone(c.past), func(o porcupine.Operation) bool {
		in, ok := o.Input.(appending)
		return ok && !o.Output.(bool) && (in.after >= uint64(len(c.followed[0])) || string(c.followed[0][in.after].Payload) != in.lines)
	})
	switch porcupine.CheckOperationsTimeout(logModel.ToModel(), past, time.Minute) {
	case porcupine.Illegal:
		t.Errorf("the history of %d operations is not linearizable", len(past))
	case porcupine.Unknown:
		t.Errorf("the history of %d operations could not be checked in time", len(past))
	}
}
