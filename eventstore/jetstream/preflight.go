package jetstream

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/fosenregionen/framdrift/eventstore"
)

// A Report is what Preflight found.
type Report struct {
	// Head is where the log stands: its Sequence is also the number of
	// messages, its Position the number of events.
	Head eventstore.Head
	// Bytes is how much of the blocks was read.
	Bytes int64
	// Torn says that the last block ends in a part of a record that was being
	// written when the program or the machine stopped, and was not
	// acknowledged. It is not counted, and the server cuts it off.
	Torn bool
}

// Preflight reads the whole log of a region before the server starts on dir,
// the Dir of an Embedded, and changes nothing. The server deletes a stream
// that it cannot open and cuts a block at the first record that it cannot
// read (server/stream.go, setupStore; server/filestore.go,
// rebuildStateFromBufLocked), so it may start only on what passes here:
//
//   - every file is where the server puts it, regular, readable and writable;
//   - the stream's settings have the right checksum, and are those we demand;
//   - the blocks are numbered without a gap (from 1, or from where the server
//     began anew because the first was empty when it started);
//   - every record has the right checksum and lengths, the sequence after the
//     one before, a subject of the region, and lines that end; none is erased;
//   - the server's own index, if it can be read, knows of nothing that is not
//     in the blocks.
//
// The only thing that may be wrong is a torn record at the very end (see torn
// in record.go). A wrong index is no matter: the server then makes another
// from the blocks.
//
// What this cannot see: a log that ends too early at the end of a record,
// when there is no index that knows better (the last known position, kept
// elsewhere, tells), and a forgery with right checksums, whose key is public.
//
// progress is called, if it is not nil, for each block with the bytes read
// so far. Errors: ErrMissing, a SettingsError, a DamageError that names the
// first bad sequence and in its Reason the file and the byte, and ctx's. With
// an error the report is of what was read before it.
func Preflight(ctx context.Context, dir, region string, progress func(done, of int64)) (Report, error) {
	return PreflightEach(ctx, dir, region, nil, progress)
}

// PreflightEach is Preflight that gives every message to each, in order, when
// it has been found right. What it is given is good until it returns, and an
// error of its own ends the preflight.
func PreflightEach(ctx context.Context, dir, region string, each func(eventstore.Message) error, progress func(done, of int64)) (Report, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	p := newPreflight(dir, region)
	var failed error
	if each != nil {
		p.each = func(m eventstore.Message) bool {
			failed = each(m)
			return failed == nil
		}
	}
	err := p.run(ctx, progress)
	if errors.Is(err, errEnough) {
		err = failed
	}
	return p.report, err
}

func newPreflight(dir, region string) *preflight {
	return &preflight{region: region, stream: streamName(region), path: streamPath(dir, region), first: 1}
}

func (p *preflight) run(ctx context.Context, progress func(done, of int64)) error {
	if _, err := os.Lstat(p.path); os.IsNotExist(err) {
		return fmt.Errorf("jetstream: looking for %s: %w", p.stream, eventstore.ErrMissing)
	}
	err := p.alone()
	if err == nil {
		err = p.layout()
	}
	if err == nil {
		err = p.settings()
	}
	if err == nil {
		err = p.readBlocks(ctx, progress)
	}
	if err == nil {
		err = p.index()
	}
	return err
}

// A preflight is one Preflight under way.
type preflight struct {
	region  string
	stream  string
	path    string // of the stream's directory
	first   int    // the blocks are numbered from here
	blocks  int    // to here, but for what readBlocks finds missing
	sizes   map[int]int64
	largest int64 // of sizes
	report  Report
	// each is given every message in order, unless it is nil; false ends the
	// reading with errEnough. What it is given is good until it returns.
	each func(eventstore.Message) bool
}

var errEnough = errors.New("jetstream: no more is to be read")

// damage is a DamageError of the first message that has not been read.
func (p *preflight) damage(cause error, format string, args ...any) error {
	return &eventstore.DamageError{Region: p.region, Sequence: p.report.Head.Sequence + 1, Reason: fmt.Sprintf(format, args...), Cause: cause}
}

func blockName(index int) string { return fmt.Sprintf("msgs/%d.blk", index) }

// readBlocks reads every block, the next one while one is checked.
func (p *preflight) readBlocks(ctx context.Context, progress func(done, of int64)) error {
	var of int64
	for _, size := range p.sizes {
		of += max(size, 0)
		p.largest = min(max(p.largest, size), maxBlock)
	}
	ctx, stop := context.WithCancel(ctx)
	blocks, free := make(chan block), make(chan []byte, 2)
	free <- nil
	free <- nil
	read := make(chan struct{})
	go func() {
		defer close(read)
		p.load(ctx, blocks, free)
	}()
	defer func() { stop(); <-read }()
	for index := p.first; index <= p.blocks; index++ {
		var b block
		select {
		case b = <-blocks:
		case <-ctx.Done():
			return ctx.Err()
		}
		if b.err != nil {
			return p.damage(b.err, "%s: %v", blockName(index), b.err)
		}
		if err := p.check(b); err != nil {
			return err
		}
		p.report.Bytes += int64(len(b.data))
		progress(p.report.Bytes, of)
		free <- b.data
	}
	return nil
}

// A block is one file of records.
type block struct {
	index int
	data  []byte
	err   error // why it could not be read
}

// load reads the blocks in order into buffers that are free.
func (p *preflight) load(ctx context.Context, blocks chan<- block, free <-chan []byte) {
	for index := p.first; index <= p.blocks; index++ {
		b := block{index: index}
		select {
		case b.data = <-free:
		case <-ctx.Done():
			return
		}
		b.data, b.err = p.loadBlock(index, b.data)
		select {
		case blocks <- b:
		case <-ctx.Done():
			return
		}
		if b.err != nil {
			return
		}
	}
}

// maxBlock is more than the server ever writes to one file: it begins another
// when the next record would pass 8 MB (defaultLargeBlockSize).
const maxBlock = 8<<20 + maxRecord

// loadBlock opens a block as the server will, for reading and writing, and
// reads it.
func (p *preflight) loadBlock(index int, into []byte) (_ []byte, err error) {
	size, there := p.sizes[index]
	switch {
	case !there:
		return nil, errors.New("it is missing")
	case size == irregular:
		return nil, errors.New("it is not a regular file")
	case size > maxBlock:
		return nil, fmt.Errorf("it has %d bytes, more than the server writes to one file", size)
	}
	file, err := os.OpenFile(filepath.Join(p.path, blockName(index)), os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	if int64(cap(into)) < size {
		into = make([]byte, p.largest)
	}
	into = into[:size]
	if n, err := file.ReadAt(into, 0); err != nil {
		return nil, fmt.Errorf("at byte %d: %w", n, err)
	}
	return into, nil
}

// check reads every record of a block.
func (p *preflight) check(b block) error {
	h := blockHash(p.stream, b.index)
	prefix := []byte(subjectPrefix + p.region + ".")
	head := &p.report.Head
	for offset := 0; offset < len(b.data); {
		r, err := parse(b.data[offset:], h)
		if err == nil {
			err = r.fits(head.Sequence+1, prefix)
		}
		if errors.Is(err, errBroken) && b.index == p.blocks && torn(b.data[offset:], int64(offset), head.Sequence+1, h) {
			p.report.Torn = true
			return nil
		}
		if err != nil {
			p.report.Bytes += int64(offset)
			return p.damage(err, "%s at byte %d: %v", blockName(b.index), offset, err)
		}
		offset += r.size
		head.Sequence++
		head.Position += uint64(eventstore.CountLines(r.payload))
		if p.each != nil && !p.each(eventstore.Message{Head: *head, Subject: shown(string(r.subject[len(prefix):])), Payload: r.payload}) {
			return errEnough
		}
	}
	if len(b.data) == 0 && b.index != p.blocks {
		return p.damage(nil, "%s is empty, and others come after it", blockName(b.index))
	}
	return nil
}
