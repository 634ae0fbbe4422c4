package projections

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// decoded is a message that has been read, or why it could not be.
type decoded struct {
	eventstore.Message
	events []domain.Recorded
	bad    error // why a line is not an event; the log is damaged there
	err    error // why there is no message
}

// batchEvents is how many events are decoded, and fed, together at the least.
// Readers wait while they are fed, a millisecond or so.
const batchEvents = 512

// readAhead reads a log after a head and decodes it, batch by batch, on as many
// cores as there are. It gives the batches in order, and when the loop over them
// ends, nothing of it runs.
func (r *Runner) readAhead(ctx context.Context, log eventstore.Log, after eventstore.Head) iter.Seq[[]decoded] {
	return func(yield func([]decoded) bool) {
		ctx, cancel := context.WithCancel(ctx)
		var wait sync.WaitGroup
		defer wait.Wait()
		defer cancel()
		queue := make(chan chan []decoded, runtime.GOMAXPROCS(0))
		wait.Go(func() {
			defer close(queue)
			for batch := range batches(log.Read(ctx, after)) {
				one := make(chan []decoded, 1)
				select {
				case queue <- one:
					wait.Go(func() { one <- r.decodeAll(batch) })
				case <-ctx.Done():
					return
				}
			}
		})
		for one := range queue {
			if !yield(<-one) {
				return
			}
		}
	}
}

// batches gathers messages. An error comes last.
func batches(log iter.Seq2[eventstore.Message, error]) iter.Seq[[]decoded] {
	return func(yield func([]decoded) bool) {
		var batch []decoded
		var events int
		for m, err := range log {
			batch = append(batch, decoded{Message: m, err: err})
			if events += eventstore.CountLines(m.Payload); events < batchEvents && err == nil {
				continue
			}
			if !yield(batch) {
				return
			}
			batch, events = make([]decoded, 0, len(batch)+len(batch)/4), 0
		}
		if len(batch) > 0 {
			yield(batch)
		}
	}
}

// decodeAll decodes messages; the events of all of them lie side by side.
func (r *Runner) decodeAll(batch []decoded) []decoded {
	lines := 0
	for i := range batch {
		lines += eventstore.CountLines(batch[i].Payload)
	}
	events := make([]domain.Recorded, 0, lines)
	for i := range batch {
		if d := &batch[i]; d.err == nil {
			begin := len(events)
			events, d.bad = r.decode(d.Message, events)
			d.events = events[begin:len(events):len(events)]
		}
	}
	return batch
}

// decode adds the events of a message to those before, up to a line that is none.
func (r *Runner) decode(m eventstore.Message, events []domain.Recorded) ([]domain.Recorded, error) {
	for position, line := range m.Lines() {
		e, err := r.codec.Decode(line)
		if err != nil {
			return events, fmt.Errorf("position %d: %w", position, err)
		}
		events = append(events, e)
	}
	return events, nil
}
