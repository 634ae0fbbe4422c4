package segment

import (
	"errors"
	"fmt"
)

var (
	// ErrGap is a message that is not the one after the last.
	ErrGap = errors.New("segment: not the next message")
	// ErrClosed is any use of a closed Writer.
	ErrClosed = errors.New("segment: closed")
	// ErrForeign is a file that would be taken for a segment and is none.
	ErrForeign = errors.New("segment: a file that does not belong there")
	// ErrHead is a place between messages where the log never stood.
	ErrHead = errors.New("segment: the log never stood there")
	// ErrShort is a directory that ends before a checkpoint does.
	ErrShort = errors.New("segment: it ends before the checkpoint")
	// ErrRoot is events that are not those the tree was made of.
	ErrRoot = errors.New("another root of the tree")
	// ErrAhead is a copy that holds more than what should be copied to it.
	ErrAhead = errors.New("segment: the copy holds more events")
	// ErrFork is a copy that holds other events than what should be copied to it.
	ErrFork = errors.New("segment: the copy holds other events")
)

// A DamageError is a directory that cannot be believed from a position on.
// Every event before it is right.
type DamageError struct {
	Position uint64 // of the first event that cannot be believed
	Sequence uint64 // of its message; 0 when that is not known either
	File     string // where it lies, or should lie
	Byte     int64  // where in the file; or, if Unpacked, in what zstd -dc gives of it
	Unpacked bool
	Reason   string
	Cause    error // what lay beneath; may be nil
}

func (e *DamageError) Error() string {
	message, place := "", "byte"
	if e.Sequence > 0 {
		message = fmt.Sprintf(" (message %d)", e.Sequence)
	}
	if e.Unpacked {
		place = "unpacked byte"
	}
	return fmt.Sprintf("segment: damaged from position %d%s on: %s, %s %d: %s", e.Position, message, e.File, place, e.Byte, e.Reason)
}

func (e *DamageError) Unwrap() error { return e.Cause }
