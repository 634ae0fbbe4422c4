package segment

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"

	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// A disk is the files of a Writer. One goroutine has it.
type disk struct {
	dir     string
	options Options
	head    eventstore.Head // of the last message that was added
	edge    seal.Edge       // of the tree after the last sealed segment
	full    []uint64        // the first positions of segments that are to be sealed

	// The open segment; no files when there is none.
	lines, messages *os.File
	buffer          *bufio.Writer // of lines
	first           uint64        // position
	size            int           // bytes of lines
	indexer                       // of the messages that are not on disk
}

// openDisk makes the directory usable, and tells how many bytes were cut off.
// It changes nothing in one that is damaged.
func openDisk(dir string, options Options) (d *disk, cut int64, err error) {
	if err := makeDirectory(dir); err != nil {
		return nil, 0, err
	}
	a, err := Open(dir)
	switch {
	case err != nil:
		return nil, 0, err
	case a.bad != nil:
		return nil, 0, a.bad
	}
	if err := a.tidy(); err != nil {
		return nil, 0, err
	}
	d = &disk{dir: dir, options: options, head: a.Head()}
	for i := range a.parts {
		switch p := &a.parts[i]; {
		case p.sealed != nil:
			d.edge = p.sealed.edge
		case i < len(a.parts)-1 || len(p.plain.lines) >= options.SegmentBytes && a.rest == 0:
			d.full = append(d.full, p.before.Position+1)
		default:
			if err := d.resume(p, a.rest > 0); err != nil {
				return nil, 0, fmt.Errorf("segment: opening the last one: %w", errors.Join(err, d.close()))
			}
		}
	}
	return d, a.rest, nil
}

// tidy removes what a crash left over: files that were not finished, lines
// that were not begun, and plain segments that are sealed as well, if the
// sealed one is right.
func (a *Archive) tidy() error {
	segments, left, err := list(a.dir)
	if err != nil {
		return err
	}
	for i := range a.parts {
		p := &a.parts[i]
		first := p.before.Position + 1
		if p.sealed == nil || !segments[first][linesFile] && !segments[first][messagesFile] {
			continue
		}
		if l := p.load(hashing{wanted: true}); l.err != nil {
			return l.err
		}
		if err := removePlain(a.dir, first); err != nil {
			return err
		}
	}
	if next := a.Head().Position + 1; segments[next][linesFile] && !segments[next][messagesFile] {
		left = append(left, place(a.dir, next, linesFile)) // empty, or it would be damage
	}
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("segment: taking away what was not finished: %w", err)
		}
	}
	return nil
}

// resume goes on in a plain segment, after what is right in it.
func (d *disk) resume(p *part, cut bool) error {
	first := p.before.Position + 1
	if err := d.open(first); err != nil {
		return err
	}
	d.size, d.indexer = len(p.plain.lines), indexer{sum: p.plain.sum}
	if !cut {
		return nil
	}
	return errors.Join(d.lines.Truncate(int64(d.size)), d.messages.Truncate(int64(len(p.index))), d.lines.Sync(), d.messages.Sync())
}

// open opens the files of a plain segment to write at their ends.
func (d *disk) open(first uint64) (err error) {
	d.first = first
	if d.messages, err = os.OpenFile(place(d.dir, first, messagesFile), os.O_WRONLY|os.O_APPEND, 0); err != nil {
		return err
	}
	if d.lines, err = os.OpenFile(place(d.dir, first, linesFile), os.O_WRONLY|os.O_APPEND|os.O_CREATE, 0o600); err != nil {
		return err
	}
	d.buffer = bufio.NewWriterSize(d.lines, 64<<10)
	return syncDirectory(d.dir)
}

// begin makes a segment for the next message.
func (d *disk) begin() error {
	first := d.head.Position + 1
	d.size, d.indexer = 0, newIndexer(d.head)
	if err := put(place(d.dir, first, messagesFile), d.index); err != nil {
		return err
	}
	d.index = nil
	return d.open(first)
}

// add writes a message, not yet for certain.
func (d *disk) add(m eventstore.Message) error {
	if d.lines == nil {
		if err := d.begin(); err != nil {
			return fmt.Errorf("segment: beginning one: %w", err)
		}
	}
	if _, err := d.buffer.Write(m.Payload); err != nil {
		return fmt.Errorf("segment: writing lines: %w", err)
	}
	d.indexer.add(m)
	d.head = m.Head
	if d.size += len(m.Payload); d.size < d.options.SegmentBytes {
		return nil
	}
	if err := d.sync(); err != nil {
		return err
	}
	d.full = append(d.full, d.first)
	return d.close()
}

// sync puts on disk what was added: the lines, and then that they are there.
func (d *disk) sync() error {
	if len(d.index) == 0 {
		return nil
	}
	err := d.buffer.Flush()
	if err == nil {
		err = d.lines.Sync()
	}
	if err == nil {
		_, err = d.messages.Write(d.index)
	}
	if err == nil {
		err = d.messages.Sync()
	}
	if err != nil {
		return fmt.Errorf("segment: writing messages: %w", err)
	}
	d.index = d.index[:0]
	return nil
}

// close lets go of the open segment.
func (d *disk) close() error {
	var errs []error
	for _, file := range []*os.File{d.lines, d.messages} {
		if file != nil {
			errs = append(errs, file.Close())
		}
	}
	d.lines, d.messages = nil, nil
	return errors.Join(errs...)
}

var errPacked = errors.New("segment: what was packed is not what is unpacked")

// seal seals the first segment that is full.
func (d *disk) seal() error {
	first := d.full[0]
	a := Archive{dir: d.dir}
	p, err := a.plain(first, false)
	switch {
	case err != nil:
		return err
	case a.bad != nil:
		return a.bad
	case p.bad != nil:
		return p.damage(p.bad)
	}
	file, t := p.plain.seal(p.index, d.edge)
	if d.options.Sealing != nil {
		if err := d.options.Sealing(t.edge.Head()); err != nil {
			return fmt.Errorf("segment: %s is not sealed: %w", p.path, err)
		}
	}
	read, bad, err := unpack(file, t, func([]byte) {})
	if err != nil || bad != nil || !bytes.Equal(read.lines, p.plain.lines) {
		return errors.Join(errPacked, err)
	}
	if err := replace(place(d.dir, first, sealedFile), file); err != nil {
		return fmt.Errorf("segment: sealing one: %w", err)
	}
	d.edge, d.full = t.edge, d.full[1:]
	return removePlain(d.dir, first)
}
