// Package byid finds what an event was about by the event's id, which is all that
// a correction of it names.
package byid

import (
	"iter"

	"github.com/fosenregionen/framdrift/domain"
)

// An Index remembers something of every event of a log, of which few are ever asked
// for: it is a list, 16 bytes and a value each, until somebody asks for the first
// time. The zero Index is empty.
type Index[V any] struct {
	list  []remembered[V]
	place map[domain.Key]int // in the list; nil until somebody has asked
}

type remembered[V any] struct {
	key   domain.Key
	value V
}

// Add remembers a value of an event. Of two with one id it is the later that counts.
func (x *Index[V]) Add(id domain.EventID, value V) { x.AddKey(domain.KeyOf(id), value) }

// AddKey is Add for who has only the key.
func (x *Index[V]) AddKey(key domain.Key, value V) {
	x.list = append(x.list, remembered[V]{key, value})
	if x.place != nil {
		x.place[key] = len(x.list) - 1
	}
}

// All are the keys and values in the order they were added.
func (x *Index[V]) All() iter.Seq2[domain.Key, V] {
	return func(yield func(domain.Key, V) bool) {
		for _, m := range x.list {
			if !yield(m.key, m.value) {
				return
			}
		}
	}
}

// Find is the value of an event, and whether there is one.
func (x *Index[V]) Find(id domain.EventID) (value V, found bool) {
	if x.place == nil {
		x.place = make(map[domain.Key]int, len(x.list))
		for i := range x.list {
			x.place[x.list[i].key] = i
		}
	}
	i, found := x.place[domain.KeyOf(id)]
	if found {
		value = x.list[i].value
	}
	return value, found
}
