// Package eventstore is the contract of the log: one append-only sequence of
// events for each region, and the few things that may be done with it. It
// knows no plan. Package jetstream keeps the contract on NATS JetStream,
// package storetest checks that a store does, and package codec turns a line
// of the log into a domain event and back.
//
// # The log
//
// A region's log is a stream of messages, numbered by their sequence 1…N. A
// message holds one or more events, one JSON object a line, each line ended
// by a newline; events are numbered through the whole log by their position
// 1…N. So the log
//
//	sequence 1   {"position":1,…}\n
//	sequence 2   {"position":2,…}\n{"position":3,…}\n
//	sequence 3   {"position":4,…}\n
//
// stands at Head{Sequence: 3, Position: 4}. Everything that one command
// decided is one Commit and lies whole in one message, so it is there whole
// or not at all. Commits that were decided together share a message: a pack.
//
// # Writing
//
// Append says where it believes the log stands. If somebody else was first
// the answer is ErrConflict: read on, look whether it is there all the same,
// decide again, append again. When Append returns without error the message is on disk.
package eventstore

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
)

// A Head is how far a log has come, or how far a reader has read it. The zero
// Head is before the first event.
type Head struct {
	Sequence uint64 // of the last message
	Position uint64 // of the last event
}

// A Commit is what one command decided. Subject is the thing it is about as
// tokens of a NATS subject (handlingsplan-2022-2024.measure.t07), or empty
// when it is about several. Events are lines, each ended by a newline.
type Commit struct {
	Subject string
	Events  [][]byte
}

// A Message is one message as stored. Head is where the log stood after it;
// Subject is that of its only commit, and empty for a pack; Payload is the
// exact bytes of its lines and must not be changed.
type Message struct {
	Head    Head
	Subject string
	Payload []byte
}

// MessageOf is the message that an Append of the commits has stored at a head.
func MessageOf(head Head, commits ...Commit) Message {
	m := Message{Head: head}
	if len(commits) == 1 {
		m.Subject = commits[0].Subject
	}
	for _, c := range commits {
		for _, line := range c.Events {
			m.Payload = append(m.Payload, line...)
		}
	}
	return m
}

// Lines gives each event's position and its line, newline included.
func (m Message) Lines() iter.Seq2[uint64, []byte] {
	return func(yield func(uint64, []byte) bool) {
		position := m.Head.Position - uint64(CountLines(m.Payload))
		for line := range bytes.Lines(m.Payload) {
			position++
			if !yield(position, line) {
				return
			}
		}
	}
}

// CountLines is the number of events in a payload.
func CountLines(payload []byte) int { return bytes.Count(payload, []byte{'\n'}) }

// A Log is the log of one region. All methods may be used at the same time.
type Log interface {
	// Append stores the commits as one message if the log stands at after,
	// and returns where it then stands. Errors: ErrConflict, ErrTooLarge and
	// ErrUnavailable (nothing stored), ErrUnknown (read on to find out),
	// ErrFailed (likewise, when the store is open again), ErrClosed. After
	// ErrConflict there may for a moment be nothing to read: the message that
	// was first is still on its way. An error may be both ErrConflict and
	// ErrUnknown: then the message that was first may be this one.
	Append(ctx context.Context, after Head, commits ...Commit) (Head, error)

	// Read gives every message after the head, in order, up to where the log
	// stood when it was called. A DamageError or ErrUnavailable ends it.
	Read(ctx context.Context, after Head) iter.Seq2[Message, error]

	// Follow gives every message after the head, in order, as they come,
	// until ctx ends (its error comes last) or the log is damaged. It waits
	// for a log that cannot be reached.
	Follow(ctx context.Context, after Head) iter.Seq2[Message, error]

	// Messages is how many messages the log holds now. A DamageError when the
	// store itself knows that some are missing.
	Messages(ctx context.Context) (uint64, error)

	// MaxPayload is the largest message Append can store, in bytes.
	MaxPayload() int
}

// A Store holds the logs of regions.
type Store interface {
	// Create makes the log of a region that has none: ErrExists if it has.
	Create(ctx context.Context, region string) (Log, error)

	// Open gives the log of a region: ErrMissing if it is not there (it is
	// never made), and a SettingsError if it is kept in a way that would
	// lose or change events.
	Open(ctx context.Context, region string) (Log, error)

	// MaxPayload is the MaxPayload of a log that is made now.
	MaxPayload() int

	// Close ends every Read and Follow, and lets go of everything.
	Close() error
}

var (
	// ErrConflict is an Append that expected another head. Nothing was stored,
	// unless it is ErrUnknown too.
	ErrConflict = errors.New("eventstore: the log has moved on")
	// ErrTooLarge is an Append over MaxPayload. Nothing was sent.
	ErrTooLarge = errors.New("eventstore: the message is larger than the log takes")
	// ErrUnknown is an Append whose answer never came: it may have been stored.
	ErrUnknown = errors.New("eventstore: no answer, so the outcome is unknown")
	// ErrFailed is an Append to a store whose disk did not take a write. It may
	// have been stored; the store takes nothing more until it is opened again.
	ErrFailed = errors.New("eventstore: the store could not write")
	// ErrUnavailable is a log that could not be reached for as long as the
	// store waits. Nothing was stored.
	ErrUnavailable = errors.New("eventstore: the log cannot be reached")
	// ErrExists is a Create of a log that is there.
	ErrExists = errors.New("eventstore: the log is there already")
	// ErrMissing is an Open of a log that is not there.
	ErrMissing = errors.New("eventstore: the log is missing")
	// ErrForeign is a message, or a line of one, that no program of ours wrote.
	// It is the cause of a DamageError: nothing of ours comes after it.
	ErrForeign = errors.New("eventstore: it is not ours")
	// ErrClosed is any use of a closed store.
	ErrClosed = errors.New("eventstore: closed")
)

// A DamageError is a log that cannot be trusted from a sequence on.
type DamageError struct {
	Region   string
	Sequence uint64 // the first bad one
	Reason   string
	Cause    error // what lay beneath; may be nil
}

func (e *DamageError) Error() string {
	return fmt.Sprintf("eventstore: the log of %s is damaged at sequence %d: %s", e.Region, e.Sequence, e.Reason)
}

func (e *DamageError) Unwrap() error { return e.Cause }

// A SettingsError is a log kept in a way that would lose or change events.
type SettingsError struct {
	Region  string
	Setting string // the setting and its value
	Want    string
}

func (e *SettingsError) Error() string {
	return fmt.Sprintf("eventstore: the log of %s has %s, and must have %s", e.Region, e.Setting, e.Want)
}
