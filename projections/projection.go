// Package projections turns the log into answers. A projection is a fold with
// a name: it is given every event of a region's log in order, once each, and
// keeps what it needs to answer. Nothing else knows how it is fed (Runner).
//
//	log → Runner → planview   the plan as it stands
//	             → history    who changed what and when
//	             → delivery   gjennomføringskraft
//	             → …
//
// Projections are deterministic: no clock, no randomness, no order of a map.
// The same log gives the same answer, byte for byte.
package projections

import "github.com/fosenregionen/framdrift/domain"

// A Projection is fed by a Runner, one event at a time, in order. Apply must
// not keep events back: an error stops the projection loudly.
type Projection interface {
	// Name is short and stays: planview.
	Name() string
	// Version goes up when the same events would give another answer.
	Version() int
	// Apply takes the next event.
	Apply(domain.Recorded) error
}

// A Snapshotter is a Projection that can be written down and made again of what was
// written (package snapshot). It holds no text that a person wrote.
type Snapshotter interface {
	Projection
	// Shape is another when bytes written before cannot be read as they were meant.
	Shape() string
	// Snapshot is all that Apply has led to: the same bytes for the same events.
	Snapshot() []byte
	// Restore makes a new projection what the bytes say. After an error it is of no use.
	Restore([]byte) error
}
