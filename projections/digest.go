package projections

import (
	"errors"
	"fmt"

	"github.com/fosenregionen/framdrift/domain"
)

// ErrMisfed is a projection that was given other events than those on the log,
// or in another order: what it answers is not to be believed.
var ErrMisfed = errors.New("projections: it was not given the log")

// A Digest is a running checksum of events: the FNV-1a hash, of 64 bits, of their
// ids in order, each ended by a newline. The Runner keeps one of the log, and one
// of what each projection was given, and compares them. Logs with the same events
// have the same, whoever reads them. It is no signature: that the events are those
// that were stored, the tree tells (package seal). The zero Digest is of none.
type Digest uint64

const (
	fnvOffset Digest = 14695981039346656037
	fnvPrime  Digest = 1099511628211
)

// after is the digest when an event more has been given.
func (d Digest) after(e *domain.Recorded) Digest {
	d ^= fnvOffset // so that zero is the beginning
	for i := range len(e.ID) {
		d = (d ^ Digest(e.ID[i])) * fnvPrime
	}
	return (d^'\n')*fnvPrime ^ fnvOffset
}

// String is the hash in 16 hex digits.
func (d Digest) String() string { return fmt.Sprintf("%016x", uint64(d^fnvOffset)) }
