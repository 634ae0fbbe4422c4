package domain

import (
	"cmp"
	"iter"
	"slices"
)

// A Table is an immutable map in the order of its keys: With returns a new
// Table and leaves the old one as it was, so that states can be kept, tried
// on and thrown away at no cost. Reading is a binary search, With copies one
// slice of keys and pointers (40 measures: well under a microsecond). The
// zero Table is empty.
type Table[K cmp.Ordered, V any] struct {
	rows []row[K, V]
}

type row[K cmp.Ordered, V any] struct {
	key   K
	value *V
}

// Lookup is the value of key and whether there is one.
func (t Table[K, V]) Lookup(key K) (V, bool) {
	if i, ok := t.find(key); ok {
		return *t.rows[i].value, true
	}
	var none V
	return none, false
}

// With is the table with key set to value.
func (t Table[K, V]) With(key K, value V) Table[K, V] {
	i, found := t.find(key)
	rows := make([]row[K, V], len(t.rows), len(t.rows)+1)
	copy(rows, t.rows)
	if !found {
		rows = slices.Insert(rows, i, row[K, V]{key: key})
	}
	rows[i].value = &value
	return Table[K, V]{rows}
}

// Len is the number of keys.
func (t Table[K, V]) Len() int { return len(t.rows) }

// All gives keys and values in the order of the keys.
func (t Table[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, r := range t.rows {
			if !yield(r.key, *r.value) {
				return
			}
		}
	}
}

func (t Table[K, V]) find(key K) (int, bool) {
	return slices.BinarySearchFunc(t.rows, key, func(r row[K, V], k K) int { return cmp.Compare(r.key, k) })
}
