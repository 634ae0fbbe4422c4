package segment

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// Options say how segments are written. The zero Options are as they should be.
type Options struct {
	// SegmentBytes of lines make a segment full; 0 is 8 MiB, and more than 64 is
	// 64. Those who share backups must agree.
	SegmentBytes int
	// SyncBytes or SyncAfter, whichever comes first, is how far the disk may be
	// behind what was taken; 0 is 4 MiB and a second.
	SyncBytes int
	SyncAfter time.Duration
	// Waiting is how many full segments may wait to be sealed while more comes
	// than SyncBytes in SyncAfter; 0 is 16. Else one is sealed each time.
	Waiting int
	// Sealing is told the tree after a segment before that is sealed: an error
	// stops the Writer and leaves the segment plain. It may be nil.
	Sealing func(seal.TreeHead) error
}

func (o Options) orDefaults() Options {
	o.SegmentBytes = min(cmp.Or(o.SegmentBytes, 8<<20), maxMessage)
	o.SyncBytes = cmp.Or(o.SyncBytes, 4<<20)
	o.SyncAfter = cmp.Or(o.SyncAfter, time.Second)
	o.Waiting = cmp.Or(o.Waiting, 16)
	return o
}

// maxQueue is how many bytes may wait to be written before Keep waits too.
const maxQueue = 64 << 20

// A Writer follows a log into a directory. What it is given it takes at once,
// and writes in a goroutine of its own: whoever appends does not wait for this
// disk. After an error it takes nothing more; what it had not written is on the
// log. Two Writers must not have the same directory. All methods may be used
// at the same time.
type Writer struct {
	options Options
	disk    *disk         // of the goroutine
	wake    chan struct{} // something has come, or enough of it
	asked   chan chan error
	closing chan struct{}
	close   sync.Once
	done    chan struct{} // closed when the goroutine has ended
	cut     int64

	mu     sync.Mutex // guards everything below
	room   *sync.Cond // there is room in the queue, or never will be
	queue  []eventstore.Message
	queued int // bytes
	head   eventstore.Head
	synced eventstore.Head
	err    error // why nothing more is taken
}

// OpenWriter goes on in a directory, which is made if it is not there. It cuts
// off what a crash left half written, and looks at no more than it must: Verify
// looks at all. Errors: ErrForeign, a DamageError, and those of the file system.
func OpenWriter(dir string, options Options) (*Writer, error) {
	options = options.orDefaults()
	d, cut, err := openDisk(dir, options)
	if err != nil {
		return nil, err
	}
	w := &Writer{
		options: options, disk: d, head: d.head, synced: d.head, cut: cut,
		wake: make(chan struct{}, 1), asked: make(chan chan error), closing: make(chan struct{}), done: make(chan struct{}),
	}
	w.room = sync.NewCond(&w.mu)
	go w.work()
	return w, nil
}

// Name is what a runner of keepers calls it.
func (*Writer) Name() string { return "segments" }

// Head is the last message that was taken: what comes after it is to be kept next.
func (w *Writer) Head() eventstore.Head {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.head
}

// Synced is the last message that is on disk.
func (w *Writer) Synced() eventstore.Head {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.synced
}

// Cut is how many bytes were cut off when the directory was opened.
func (w *Writer) Cut() int64 { return w.cut }

// Keep takes the next message; one that has been taken is passed over. The
// payload is not copied, and must not be changed. Errors: ErrGap, ErrClosed,
// and why the Writer stopped.
func (w *Writer) Keep(m eventstore.Message) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.queued > maxQueue && w.err == nil {
		w.room.Wait()
	}
	if w.err != nil || m.Head.Sequence <= w.head.Sequence {
		return w.err
	}
	if err := fits(m, w.head); err != nil {
		return err
	}
	w.queue = append(w.queue, m)
	before := w.queued
	w.queued += len(m.Payload)
	w.head = m.Head
	if before == 0 || before < w.options.SyncBytes && w.queued >= w.options.SyncBytes {
		select {
		case w.wake <- struct{}{}:
		default:
		}
	}
	return nil
}

// fits looks at a message that should come after a head.
func fits(m eventstore.Message, head eventstore.Head) error {
	events := eventstore.CountLines(m.Payload)
	switch {
	case m.Head.Sequence != head.Sequence+1, m.Head.Position != head.Position+uint64(events):
		return fmt.Errorf("%w: it is message %d with position %d, of %d events, and the one before was message %d with position %d",
			ErrGap, m.Head.Sequence, m.Head.Position, events, head.Sequence, head.Position)
	case events == 0 || m.Payload[len(m.Payload)-1] != '\n':
		return fmt.Errorf("%w: message %d is not whole lines", ErrGap, m.Head.Sequence)
	case m.Subject == pack || strings.ContainsAny(m.Subject, " \n"):
		return fmt.Errorf("segment: message %d has the subject %q, which none can have", m.Head.Sequence, m.Subject)
	case len(m.Payload) > maxMessage:
		return fmt.Errorf("segment: message %d has %d bytes, and the largest may have %d", m.Head.Sequence, len(m.Payload), maxMessage)
	}
	return nil
}

// Sync returns when everything that was taken is on disk, and every full
// segment is sealed. Nobody need call it: what it waits for happens by itself.
func (w *Writer) Sync() error {
	answer := make(chan error, 1)
	select {
	case w.asked <- answer:
		return <-answer
	case <-w.done:
		w.mu.Lock()
		defer w.mu.Unlock()
		return w.err
	}
}

// Close puts on disk what was taken, and lets go of the directory. It seals nothing.
func (w *Writer) Close() error {
	w.close.Do(func() { close(w.closing) })
	<-w.done
	w.mu.Lock()
	defer w.mu.Unlock()
	if errors.Is(w.err, ErrClosed) {
		return nil
	}
	return w.err
}

// work writes what was taken, until it is told to end or cannot.
func (w *Writer) work() {
	timer := time.NewTimer(w.options.SyncAfter)
	defer timer.Stop()
	err := error(nil)
	for err == nil {
		var answer chan<- error
		late := false
		select {
		case <-w.wake:
			if w.waiting() < w.options.SyncBytes {
				timer.Reset(w.options.SyncAfter)
				continue
			}
		case <-timer.C:
			late = true
		case answer = <-w.asked:
		case <-w.closing:
			if err = w.flush(); err == nil {
				err = ErrClosed
			}
			continue
		}
		err = w.settle(answer != nil, late)
		if len(w.disk.full) > 0 {
			timer.Reset(w.options.SyncAfter)
		}
		if err != nil {
			w.stop(err)
		}
		if answer != nil {
			answer <- err
		}
	}
	if failed := w.disk.close(); failed != nil && errors.Is(err, ErrClosed) {
		err = fmt.Errorf("segment: closing: %w", failed)
	}
	w.stop(err)
	close(w.done)
}

// stop says why nothing more is taken.
func (w *Writer) stop(why error) {
	w.mu.Lock()
	w.err, w.queue, w.queued = why, nil, 0
	w.mu.Unlock()
	w.room.Broadcast()
}

// waiting is how many bytes are.
func (w *Writer) waiting() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.queued
}

// settle writes what waits, and seals what must be sealed: everything that is
// full when all is wanted, one when there is time, and else what is too many.
func (w *Writer) settle(all, one bool) error {
	err := w.flush()
	for err == nil && (len(w.disk.full) > w.options.Waiting || len(w.disk.full) > 0 && (all || one)) {
		err = w.disk.seal()
		one = false
	}
	return err
}

// flush writes what waits.
func (w *Writer) flush() error {
	w.mu.Lock()
	batch := w.queue
	w.queue, w.queued = nil, 0
	w.mu.Unlock()
	w.room.Broadcast()
	for _, m := range batch {
		if err := w.disk.add(m); err != nil {
			return err
		}
	}
	if err := w.disk.sync(); err != nil {
		return err
	}
	w.mu.Lock()
	w.synced = w.disk.head
	w.mu.Unlock()
	return nil
}
