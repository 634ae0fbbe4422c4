package country

import (
	"encoding/binary"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"
)

// IDs makes UUIDs of version 7 (RFC 9562, 5.7) that are the same each time for a
// region of a country, and differ from those of every other.
func IDs(seed uint64, number int) func(time.Time) string {
	random := rand.New(rand.NewPCG(seed, ^uint64(number))) //nolint:gosec // see above
	return func(at time.Time) string {
		var id uuid.UUID
		binary.BigEndian.PutUint64(id[:8], uint64(at.UnixMilli())<<16|random.Uint64()&0x0fff|0x7000)
		binary.BigEndian.PutUint64(id[8:], random.Uint64()&(1<<62-1)|1<<63)
		return id.String()
	}
}
