package segment

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"iter"
	"strings"

	"github.com/fosenregionen/framdrift/eventstore"
)

// pack stands where the subject of a message would, when it has none.
const pack = "pack"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// header is the first line of the messages of a segment.
func header(before eventstore.Head) string {
	return fmt.Sprintf("framdrift messages 1 %020d %020d\n", before.Sequence, before.Position)
}

var headerBytes = len(header(eventstore.Head{}))

// parseHeader is the way back. The header stands at the beginning of index.
func parseHeader(index []byte) (before eventstore.Head, err error) {
	if len(index) < headerBytes {
		return before, errors.New("it is too short to begin as it should")
	}
	text := string(index[:headerBytes])
	_, err = fmt.Sscanf(text, "framdrift messages 1 %d %d\n", &before.Sequence, &before.Position)
	if err != nil || text != header(before) {
		return eventstore.Head{}, errors.New("it does not begin as it should")
	}
	return before, nil
}

// An indexer writes the messages of a segment.
type indexer struct {
	index []byte
	sum   uint32
}

func newIndexer(before eventstore.Head) indexer {
	index := []byte(header(before))
	return indexer{index, crc32.Checksum(index, castagnoli)}
}

// add writes the line of a message.
func (x *indexer) add(m eventstore.Message) {
	subject := m.Subject
	if subject == "" {
		subject = pack
	}
	x.index = append(x.index, subject...)
	x.sum = crc32.Update(x.sum, castagnoli, x.index[len(x.index)-len(subject):])
	for line := range bytes.Lines(m.Payload) {
		x.sum = crc32.Update(x.sum, castagnoli, line)
		x.index = appendSum(x.index, x.sum)
	}
	x.index = append(x.index, '\n')
}

const sumBytes = len(" 00000000")

func appendSum(b []byte, sum uint32) []byte {
	const digits = "0123456789abcdef"
	b = append(b, ' ')
	for shift := 28; shift >= 0; shift -= 4 {
		b = append(b, digits[sum>>shift&15])
	}
	return b
}

// contents are the lines of a segment, and its messages.
type contents struct {
	before   eventstore.Head
	lines    []byte
	messages []message
	sum      uint32 // after the last
}

// A message is a part of the lines.
type message struct {
	subject string
	events  int
	end     int // of its lines
}

// after is where the log stood after the last message.
func (c contents) after() eventstore.Head {
	head := c.before
	for _, m := range c.messages {
		head.Sequence++
		head.Position += uint64(m.events)
	}
	return head
}

// all gives the messages.
func (c *contents) all() iter.Seq[eventstore.Message] {
	return func(yield func(eventstore.Message) bool) {
		head, at := c.before, 0
		for _, m := range c.messages {
			head.Sequence++
			head.Position += uint64(m.events)
			if !yield(eventstore.Message{Head: head, Subject: m.subject, Payload: c.lines[at:m.end:m.end]}) {
				return
			}
			at = m.end
		}
	}
}

// A spot is where an event lies.
type spot struct {
	position, sequence uint64
	offset             int64 // in the lines
}

// events gives every event's line.
func (c *contents) events() iter.Seq2[spot, []byte] {
	return func(yield func(spot, []byte) bool) {
		var at spot
		for m := range c.all() {
			at.sequence = m.Head.Sequence
			for position, line := range m.Lines() {
				if at.position = position; !yield(at, line) {
					return
				}
				at.offset += int64(len(line))
			}
		}
	}
}

// size is how many bytes the messages have.
func (c contents) size() int {
	if len(c.messages) == 0 {
		return 0
	}
	return c.messages[len(c.messages)-1].end
}

// A fault is the first place where an index and lines do not fit.
type fault struct {
	position, sequence uint64
	line               int  // where the line of the event begins
	index              int  // where the line of its message begins
	indexed            bool // that is what is wrong
	reason             string
}

// walk finds the messages that an index says are in the lines, up to the first
// that is not. Lines that the index does not name are no fault. Each line that
// has its checksum is visited.
func walk(index, lines []byte, before eventstore.Head, visit func(line []byte)) (contents, *fault) {
	text, head := string(index), header(before)
	c := contents{before: before, lines: lines, sum: crc32.Checksum([]byte(head), castagnoli)}
	bad := fault{position: before.Position + 1, sequence: before.Sequence + 1}
	if !strings.HasPrefix(text, head) {
		bad.indexed, bad.reason = true, "the messages do not begin where the segment does"
		return c, &bad
	}
	for at := len(head); at < len(text); {
		bad.index = at
		entry, _, ended := strings.Cut(text[at:], "\n")
		subject, sums, _ := strings.Cut(entry, " ")
		if !ended || subject == "" || sums == "" {
			bad.indexed, bad.reason = true, "what stands there is no message"
			return c, &bad
		}
		m := message{subject: subject, end: bad.line}
		if subject == pack {
			m.subject = ""
		}
		sum := crc32.Update(c.sum, castagnoli, index[at:at+len(subject)])
		for sums := entry[len(subject):]; sums != ""; sums = sums[sumBytes:] {
			line := lines[m.end:]
			line = line[:bytes.IndexByte(line, '\n')+1]
			sum = crc32.Update(sum, castagnoli, line)
			switch {
			case len(line) == 0:
				bad.reason = "the lines end before the messages do"
				return c, &bad
			case len(sums) < sumBytes || sums[:sumBytes] != string(appendSum(make([]byte, 0, sumBytes), sum)):
				bad.reason = "the line does not have the checksum that stands in the messages"
				return c, &bad
			}
			visit(line)
			m.events, m.end = m.events+1, m.end+len(line)
			bad.position, bad.line = bad.position+1, m.end
		}
		c.messages, c.sum = append(c.messages, m), sum
		at += len(entry) + 1
		bad.sequence++
	}
	return c, nil
}

// sector is what a disk writes whole or not at all; larger ones are multiples.
const sector = 512

// torn reports whether what lies at an offset of the messages, and ends them,
// begins with one that a crash left as it was being written: without its
// newline, or with a sector that never came and reads as zeros. The messages
// are text and have no zeros.
func torn(rest []byte, offset int) bool {
	end := bytes.IndexByte(rest, '\n')
	for line := rest[:end+1]; len(line) > 0; {
		n := min(len(line), sector-offset%sector)
		if len(bytes.Trim(line[:n], "\x00")) == 0 {
			return true
		}
		line, offset = line[n:], offset+n
	}
	return end < 0
}
