package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
)

// A mark is how far a region's log is known to have come: the content of the
// file regions/<id>, outside the server's directory.
//
//	00000000000000000411 00000000000000001234\n
//	sequence             position
//
// It is written over in place after each acknowledged append, which costs
// microseconds because it is not synced then; it is synced when a region is
// opened and when it is closed. So it never says more than was on disk:
//
//   - after a clean stop it is exact, and after a kill exact but for an append
//     that was acknowledged in that moment;
//   - after a power cut it may be as old as the start of the program, so the
//     end of a log that was lost in the cut is noticed only to there.
//
// A log that is shorter than its mark is refused. What the mark cannot notice:
// a log that was changed and is as long; an older copy of the whole data
// directory, which brings its mark along; somebody who changes both. Signed
// checkpoints are to close these. An empty file says nothing: it is how a
// region is remembered before anything is known, and how whoever operates the
// program says that a shorter log is meant.
type mark struct {
	path string
	last eventstore.Head // what the file says
	file *os.File        // nil until it is written to
}

func (d *dataDir) mark(id domain.RegionID) *mark { return &mark{path: d.file("regions", string(id))} }

// markLayout has a fixed length, so that the mark stays in one sector and a
// crash leaves the old one or the new.
const markLayout = "%020d %020d\n"

// read gives what the file says; nothing known is the zero Head. A file that
// was being written for the first time in a power cut may be zeros.
func (m *mark) read() (eventstore.Head, error) {
	stored, err := os.ReadFile(m.path)
	text := strings.TrimRight(string(stored), "\x00")
	if errors.Is(err, fs.ErrNotExist) || err == nil && text == "" {
		return eventstore.Head{}, nil
	}
	var head eventstore.Head
	if err == nil {
		_, err = fmt.Sscanf(text, "%d %d\n", &head.Sequence, &head.Position)
	}
	if err == nil && fmt.Sprintf(markLayout, head.Sequence, head.Position) != text {
		err = fmt.Errorf("it says %q", text)
	}
	if err != nil {
		return eventstore.Head{}, errMark.Because(err, m.path)
	}
	return head, nil
}

// allows refuses a log that stands at head and has been longer.
func (m *mark) allows(id domain.RegionID, head eventstore.Head) error {
	known, err := m.read()
	if err == nil {
		err = Shorter(id, known, head)
	}
	if err != nil {
		return err
	}
	m.last = known
	return nil
}

// Shorter is why a log that stands at head is not one that has come as far as
// is known; nil when it may be.
func Shorter(id domain.RegionID, known, head eventstore.Head) error {
	switch {
	case head.Sequence < known.Sequence || head.Position < known.Position:
		return errShorter.With(id, head.Position, known.Position)
	case head.Sequence == known.Sequence && head != known:
		sequence := head.Sequence
		return errDamaged.Because(fmt.Errorf("%d messages held %d events, and now hold %d", sequence, known.Position, head.Position), id, sequence)
	}
	return nil
}

// begin is allows, and then the mark is at head and on disk. A log that is
// longer than its mark may lie with the operating system alone, when the
// program that wrote it was killed; keep puts it on disk first.
func (m *mark) begin(id domain.RegionID, head eventstore.Head, keep func() error) error {
	if err := m.allows(id, head); err != nil || head == m.last {
		return err
	}
	if err := keep(); err != nil {
		return fmt.Errorf("app: %w", err)
	}
	if err := m.at(head); err != nil {
		return err
	}
	return m.sync()
}

// at notes that the log has come to head, if the region is remembered yet.
func (m *mark) at(head eventstore.Head) error {
	if head.Sequence <= m.last.Sequence {
		return nil
	}
	if m.file == nil {
		file, err := os.OpenFile(m.path, os.O_WRONLY, 0)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("app: noting how far the log has come: %w", err)
		}
		m.file = file
	}
	if _, err := m.file.WriteAt(fmt.Appendf(nil, markLayout, head.Sequence, head.Position), 0); err != nil {
		return fmt.Errorf("app: noting how far the log has come: %w", err)
	}
	m.last = head
	return nil
}

func (m *mark) sync() error {
	if m.file == nil {
		return nil
	}
	if err := m.file.Sync(); err != nil {
		return fmt.Errorf("app: noting how far the log has come: %w", err)
	}
	return nil
}

// close notes the last head, on disk.
func (m *mark) close(head eventstore.Head) error {
	err := m.at(head)
	if m.file != nil {
		err = errors.Join(err, m.sync(), m.file.Close())
	}
	return err
}
