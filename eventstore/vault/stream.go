package vault

import (
	"context"
	"errors"
	"iter"
)

// A Stream is where a Shared vault lies: messages with numbers that only go
// up, each on a subject, of which the newest counts. Package jetstream has one.
// All methods may be used at the same time. Its errors are those of package
// eventstore.
type Stream interface {
	// Append stores a message if the last one that was ever stored has the
	// number last, and gives its number. ErrConflict when it has not, and
	// ErrUnknown when no answer came.
	Append(ctx context.Context, last uint64, subject string, data []byte) (uint64, error)

	// Read gives every message after a number that is there, in order.
	Read(ctx context.Context, after uint64) iter.Seq2[Message, error]

	// State is the number of the last message that was ever stored, and how
	// many are there.
	State(ctx context.Context) (last, messages uint64, err error)

	// Whole is nil when every server that keeps a copy is there and in step;
	// only then is anything erased on all of them.
	Whole(ctx context.Context) error

	// Erase overwrites messages on every server, and sees to it that no server
	// has them in the log of what it did. Those that are gone are passed over.
	Erase(ctx context.Context, numbers ...uint64) error

	// Follow calls news with the number of the last message there is, and
	// again whenever something was appended, until ctx ends.
	Follow(ctx context.Context, news func(last uint64))

	Close() error
}

// A Message is one message of a Stream.
type Message struct {
	Number  uint64
	Subject string
	Data    []byte
}

// The subjects of a shared vault:
//
//	head                head of keys (80 bytes), head of names (80 bytes)
//	keys.<name>         a page: slots of keys that were synced together; the name is that of the first
//	people.<name>       one slot of a person
//
// with names as 32 hexadecimal digits. A slot is changed by a new message on
// its subject, after which the old one is erased.
const (
	headSubject   = "head"
	keysPrefix    = "keys."
	peoplePrefix  = "people."
	mostInAPage   = 4096
	mostConflicts = 1000
)

// ErrNotEverywhere is an erasure that is done for all who ask, and of which a
// server that was away may still have bytes on its disk, encrypted.
var ErrNotEverywhere = errors.New("vault: erased, but not overwritten on every server")
