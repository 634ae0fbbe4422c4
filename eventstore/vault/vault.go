// Package vault keeps what must be possible to erase, outside the log, for the
// log is for ever: the keys that seal free text, one for each event that has
// a text, and the directory of people, opaque user id to name and e-mail
// address. Package codec seals the texts of an event with the event's key.
//
// The contract is Vault; package vaulttest checks that it is kept. A File is
// for one process on one machine, a Shared one for several instances on NATS
// servers (a Stream, which package jetstream has).
//
// # Slots
//
// Both keep everything in slots, encrypted under a master key that lies
// elsewhere. Each stands alone, so that it can be destroyed alone. A vault in
// files is a directory (mode 0700) with two of them (mode 0600):
//
//	keys    offset 0   80 bytes  head (slot.go)
//	        offset 80  80 bytes  slot: the key of one event; and so on
//	names   offset 0   512 bytes head, and zeros
//	        offset 512 512 bytes slot: one person; and so on
//
//	019a…  live 8c51… 40b7…      a key: UUID of the event, mark, nonce, key and tag encrypted
//	019a…  gone 0000… 0000…      one that was destroyed
//
// and lock, held by the one process that has it open.
//
// # Order
//
//	key, err := v.Make(event)   // any number of events
//	err = v.Sync(ctx)           // all their keys on disk, one write and one fsync
//	log.Append(…)               // only now
//
// An erasure is first put on the log and then done, so that one that was cut
// off is known, and done again: Destroy and Forget may be repeated.
//
// # After a crash
//
// The file may end in a part of a slot, and in slots that were being written
// pieces of 16 bytes may be zeros, where the disk got only some of its
// sectors. No event was ever stored with a key from there, so a part of a slot
// is written over by the next Sync, and a slot with a piece of zeros holds no
// key. A slot of which only the mark was overwritten is overwritten to its end
// when the vault is opened. Anything else that does not open is damage.
package vault

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/codec"
)

// A Vault holds the keys and the people of one installation. All methods may
// be used at the same time. After Close each gives ErrClosed.
type Vault interface {
	codec.Keys
	Directory

	// Sync puts every key made so far on disk, in one write and one fsync; it
	// does nothing when they are there. Whoever appends calls it first. After
	// an error of a disk every later Sync that has something to write gives
	// the error too: what is there is then unknown until the vault is opened
	// again.
	Sync(ctx context.Context) error

	// Destroy overwrites the keys of events, for good: their texts are erased.
	// One that is destroyed already is passed over; ErrNoKey, and nothing is
	// done, when there never was one.
	Destroy(ctx context.Context, events ...domain.EventID) error

	// Len is how many keys there are, destroyed ones not counted.
	Len() int

	// Backup writes a copy as a vault in files, encrypted as this one is, in a
	// directory that is not there or empty.
	Backup(ctx context.Context, dir string) error

	Close() error
}

// A Directory says who the users are. What is put in it, and what is
// forgotten, is on disk when the call returns.
type Directory interface {
	// Put says who a user is, instead of what was said before. ErrForgotten
	// for a user who was forgotten: the log still has what that id did.
	Put(ctx context.Context, user domain.UserID, p Person) error

	// Person is who a user is. Errors: ErrUnknown, ErrForgotten.
	Person(user domain.UserID) (Person, error)

	// Forget overwrites who a user is, for good. One who is forgotten already
	// is passed over; ErrUnknown when nobody ever said.
	Forget(ctx context.Context, user domain.UserID) error

	// People lists everybody who is there, by user id.
	People() ([]Entry, error)
}

// A Person is who a user is.
type Person struct{ Name, Email string }

// An Entry is one line of the directory.
type Entry struct {
	User domain.UserID
	Person
}

var (
	// ErrNoKey is an event that never had a key here.
	ErrNoKey = codec.ErrNoKey
	// ErrDestroyed is an event whose key was destroyed.
	ErrDestroyed = codec.ErrDestroyed
	// ErrUnknown is a user of whom nothing was ever said here.
	ErrUnknown = errors.New("vault: nobody said who the user is")
	// ErrForgotten is a user who was forgotten.
	ErrForgotten = errors.New("vault: who the user is was erased")
	// ErrTooLong is a person who does not fit in a slot.
	ErrTooLong = errors.New("vault: too long")
	// ErrClosed is any use of a closed vault.
	ErrClosed = eventstore.ErrClosed
	// ErrDamaged is a vault that holds what was never written to it.
	ErrDamaged = errors.New("vault: damaged")
	// ErrOpenToOthers is a file that other users of the machine may read.
	ErrOpenToOthers = errors.New("vault: others may read it")
	// ErrInUse is a vault that another process has open.
	ErrInUse = errors.New("vault: another process has it open")
)

// keyName is the name of an event's slot: its id, which must be a UUID in its
// usual form of 36 characters.
func keyName(event domain.EventID) (name, error) {
	id, err := uuid.Parse(string(event))
	if err != nil || len(event) != 36 || !valid(id) {
		return name{}, fmt.Errorf("vault: the event id %q is not a UUID", event)
	}
	return name(id), nil
}

// valid looks at the version and the variant (RFC 9562).
func valid(id uuid.UUID) bool {
	return id.Variant() == uuid.RFC4122 && 1 <= id.Version() && id.Version() <= 8
}

// personName is the name of a user's slot.
func personName(user domain.UserID) name {
	sum := sha256.Sum256([]byte(user))
	return name(sum[:])
}

// ofPerson is the error of a slot said of a person.
func ofPerson(err error) error {
	switch {
	case errors.Is(err, ErrNoKey):
		return ErrUnknown
	case errors.Is(err, ErrDestroyed):
		return ErrForgotten
	}
	return err
}
