package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"time"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A Copy is the log of one region in a file, as Export wrote it. It has been
// read from end to end, and a region could live on it: every line decodes, is
// of the one region, and has its number as position and no earlier time than
// the one before. What that cannot show is that a value was changed for
// another that is as good: compare the checksum for that.
type Copy struct {
	Region   domain.RegionID
	Events   uint64
	Commits  int
	Bytes    int64
	SHA256   string    // of the whole file, in hex
	From, To time.Time // when the first and the last event were recorded

	Texts   int // sealed texts
	Keyless int // those of them whose key is not here: they cannot be read

	file    io.ReadSeeker
	largest largest
}

// largest is the largest commit of a copy: its bytes, and its first line.
type largest struct {
	size int
	line uint64
}

// Watch is told how many bytes of a file have been dealt with.
type Watch func(done, of int64)

// ReadCopy reads a copy for a log that takes limit bytes in one message. It
// stores nothing, and the first line that is wrong is refused with its number.
func ReadCopy(ctx context.Context, file io.ReadSeeker, keys codec.Keys, limit int, watch Watch) (*Copy, error) {
	size, err := file.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, fmt.Errorf("app: reading the file: %w", err)
	}
	c := &Copy{file: file}
	sum, counted := sha256.New(), &counting{keys: keys}
	all := &tail{rest: newLines(io.TeeReader(file, sum), limit), check: &checker{codec: codec.New(counted)}}
	for one, err := range all.commits(ctx) {
		if err != nil {
			return nil, err
		}
		c.take(one)
		watch(c.Bytes, size)
	}
	if c.Events == 0 {
		return nil, errCopyEmpty.With()
	}
	c.Region, c.SHA256, c.Texts, c.Keyless = all.check.region, hex.EncodeToString(sum.Sum(nil)), counted.texts, counted.missing
	return c, nil
}

// ReadCopy is ReadCopy with the keys that are here, for the store that is open.
func (a *App) ReadCopy(ctx context.Context, file io.ReadSeeker, watch Watch) (*Copy, error) {
	return ReadCopy(ctx, file, a.vault, a.store.MaxPayload(), watch)
}

func (c *Copy) take(one commit) {
	if c.Events == 0 {
		c.From = one.events[0].Time
	}
	if one.size > c.largest.size {
		c.largest = largest{one.size, c.Events + 1}
	}
	c.Events += uint64(len(one.events))
	c.Commits++
	c.Bytes += int64(one.size)
	c.To = one.events[len(one.events)-1].Time
}

// A tail is what a copy has beyond a log that is its beginning.
type tail struct {
	head  eventstore.Head // of the log
	bytes int64           // of the copy that are there
	rest  *lines
	check *checker
}

// beyond reads a log beside the copy. Everything on it must be there in the
// copy, from the first event on.
func (c *Copy) beyond(ctx context.Context, log eventstore.Log, k *codec.Codec) (*tail, error) {
	if _, err := c.file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("app: reading the file again: %w", err)
	}
	t := &tail{rest: newLines(c.file, log.MaxPayload()), check: &checker{codec: k, region: c.Region}}
	for m, err := range log.Read(ctx, eventstore.Head{}) {
		if err != nil {
			return nil, explain(c.Region, err)
		}
		for position, there := range m.Lines() {
			line, err := t.rest.next()
			switch {
			case errors.Is(err, io.EOF):
				return nil, errLonger.With(c.Region, position-1)
			case err != nil:
				return nil, err
			case !bytes.Equal(line, there):
				return nil, errDiffers.With(c.Region, position)
			}
			if position == m.Head.Position { // what comes after is held against it
				t.check.position = domain.Position(position) - 1
				if _, err := t.check.event(line); err != nil {
					return nil, err
				}
			}
			t.bytes += int64(len(line))
		}
		t.head = m.Head
	}
	return t, nil
}

// A commit is what one command decided, as it lies in a copy: the lines that
// follow each other with the same command id.
type commit struct {
	lines  [][]byte
	events []domain.Recorded
	size   int
}

// commits gives the commits of the tail, checked.
func (t *tail) commits(ctx context.Context) iter.Seq2[commit, error] {
	return func(yield func(commit, error) bool) {
		var one commit
		for {
			line, e, err := t.next()
			ended := errors.Is(err, io.EOF)
			if one.size > 0 && (ended || err == nil && e.Command != one.events[0].Command) {
				if !yield(one, nil) {
					return
				}
				one = commit{}
			}
			if ended {
				return
			}
			one.lines, one.events, one.size = append(one.lines, line), append(one.events, e), one.size+len(line)
			if err == nil && one.size > t.rest.limit {
				err = errCopyTooLarge.With(one.events[0].Position, t.rest.limit)
			}
			if err = domain.FirstError(err, ctx.Err()); err != nil {
				yield(commit{}, err)
				return
			}
		}
	}
}

func (t *tail) next() (line []byte, e domain.Recorded, err error) {
	if line, err = t.rest.next(); err == nil {
		e, err = t.check.event(line)
	}
	return line, e, err
}

// A checker holds each event against the one before it, as the runner of a
// region would.
type checker struct {
	codec    *codec.Codec
	region   domain.RegionID // empty before the first event
	position domain.Position // of the event before
	time     time.Time       // of the event before
}

func (c *checker) event(line []byte) (domain.Recorded, error) {
	number := c.position + 1
	e, err := c.codec.Decode(line)
	if err == nil && c.region == "" {
		c.region, err = e.Region, domain.CheckID(e.Region)
	}
	switch {
	case errors.Is(err, codec.ErrUnknownType):
		err = errCopyNewer.Because(err, number)
	case err != nil:
		err = errCopyForeign.Because(err, number, brief(err))
	case e.Region != c.region:
		err = errCopyMixed.With(number, e.Region, c.region)
	case e.Position != number:
		err = errCopyOrder.With(number, e.Position)
	case e.Time.Before(c.time):
		err = errCopyClock.With(number)
	}
	c.position, c.time = number, e.Time
	return e, err
}

// brief is an error in so many letters as a sentence bears: it may quote a line.
func brief(err error) string {
	const most = 200
	if text := []rune(err.Error()); len(text) > most {
		return string(text[:most]) + "…"
	}
	return err.Error()
}

// counting counts the texts whose keys are asked for, and those without one.
// With nil keys none has.
type counting struct {
	keys           codec.Keys
	texts, missing int
}

func (c *counting) Make(domain.EventID) (codec.Key, error) {
	return codec.Key{}, errors.New("app: nothing is sealed while a copy is read")
}

func (c *counting) Find(id domain.EventID) (key codec.Key, err error) {
	if err = codec.ErrNoKey; c.keys != nil {
		key, err = c.keys.Find(id)
	}
	c.texts++
	if err != nil && !errors.Is(err, codec.ErrDestroyed) {
		c.missing++
	}
	return key, err
}
