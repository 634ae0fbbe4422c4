// Package byid finds what an event was about by the event's id, which is all that
// a correction of it names.
package byid

import (
	"iter"
	"maps"

	"github.com/fosenregionen/framdrift/domain"
)

// An Index remembers something of every event of a log, of which few are ever asked
// for: it is a list, 16 bytes and a value each, until somebody asks for the first
// time. The zero Index is empty.
type Index[V any] struct {
	list  [][]remembered[V] // in pieces, so that it grows without being copied
	value map[domain.Key]V  // nil until somebody has asked
}

type remembered[V any] struct {
	key   domain.Key
	value V
}

// piece is how many are remembered in one piece of the list.
const piece = 128

// Add remembers a value of an event. Of two with one id it is the later that counts.
func (x *Index[V]) Add(id domain.EventID, value V) { x.AddKey(domain.KeyOf(id), value) }

// AddKey is Add for who has only the key.
func (x *Index[V]) AddKey(key domain.Key, value V) {
	last := len(x.list) - 1
	if last < 0 || len(x.list[last]) == piece {
		x.list = append(x.list, make([]remembered[V], 0, piece))
		last++
	}
	x.list[last] = append(x.list[last], remembered[V]{key, value})
	if x.value != nil {
		x.value[key] = value
	}
}

// All are the keys and values in the order they were added.
func (x *Index[V]) All() iter.Seq2[domain.Key, V] {
	return func(yield func(domain.Key, V) bool) {
		for _, piece := range x.list {
			for _, m := range piece {
				if !yield(m.key, m.value) {
					return
				}
			}
		}
	}
}

// Find is the value of an event, and whether there is one.
func (x *Index[V]) Find(id domain.EventID) (V, bool) {
	if x.value == nil {
		x.value = maps.Collect(x.All())
	}
	value, found := x.value[domain.KeyOf(id)]
	return value, found
}
