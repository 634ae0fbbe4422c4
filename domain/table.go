package domain

import (
	"cmp"
	"iter"
	"slices"
	"sync/atomic"
)

// A Table is an immutable map in the order of its keys: With returns a new
// Table and leaves the old one as it was, so that states can be kept, tried
// on and thrown away at no cost. The zero Table is empty.
//
// The rows lie in leaves of at most leafSize, in order. Reading is two binary
// searches; With copies one leaf and the list of leaves, which stays in the
// order of a microsecond for tens of thousands of keys.
type Table[K cmp.Ordered, V any] struct {
	leaves []*leaf[K, V]
	count  int
	unseen *Unseen
}

// Unseen is a time in which whoever folds a log has not shown anybody what has
// come of it: nobody can tell then whether a Table is changed or copied, so With
// changes the values of a NewTable where they are. That is several times quicker,
// and the Table it is called on is not to be used again. A nil Unseen is over.
type Unseen struct{ over atomic.Bool }

// End ends it, before somebody is shown. It may be ended many times.
func (u *Unseen) End() { u.over.Store(true) }

func (u *Unseen) lasts() bool { return u != nil && !u.over.Load() }

// NewTable is an empty table that is immutable when it is no longer unseen.
func NewTable[K cmp.Ordered, V any](unseen *Unseen) Table[K, V] {
	return Table[K, V]{unseen: unseen}
}

// A leaf is never empty, and never changed once it is in a Table.
type leaf[K cmp.Ordered, V any] struct {
	rows []row[K, V]
}

type row[K cmp.Ordered, V any] struct {
	key   K
	value *V
}

const leafSize = 16

// Lookup is the value of key and whether there is one.
func (t Table[K, V]) Lookup(key K) (V, bool) {
	if n := t.leafOf(key); n < len(t.leaves) {
		if i, ok := t.leaves[n].find(key); ok {
			return *t.leaves[n].rows[i].value, true
		}
	}
	var none V
	return none, false
}

// With is the table with key set to value.
func (t Table[K, V]) With(key K, value V) Table[K, V] {
	return t.Change(key, func(v *V) { *v = value })
}

// Change is the table with the value of key changed, which is the zero value where
// there is none.
func (t Table[K, V]) Change(key K, change func(*V)) Table[K, V] {
	n := t.leafOf(key)
	if n == len(t.leaves) {
		value := new(V)
		change(value)
		t.leaves, t.count = []*leaf[K, V]{{[]row[K, V]{{key, value}}}}, 1
		return t
	}
	l := t.leaves[n]
	i, found := l.find(key)
	if found && t.unseen.lasts() {
		change(l.rows[i].value)
		return t
	}
	value := new(V)
	if found {
		*value = *l.rows[i].value
	}
	change(value)
	if !found {
		t.count++
		t.insert(n, i, row[K, V]{key, value})
		return t
	}
	rows := slices.Clone(l.rows)
	rows[i].value = value
	t.leaves = t.replace(n, rows)
	return t
}

// insert puts a row into the n-th leaf, and parts it if it is too large then.
func (t *Table[K, V]) insert(n, i int, r row[K, V]) {
	l := t.leaves[n]
	if t.unseen.lasts() && len(l.rows) < leafSize {
		l.rows = slices.Insert(l.rows, i, r)
		return
	}
	rows := make([]row[K, V], 0, len(l.rows)+1)
	rows = append(append(append(rows, l.rows[:i]...), r), l.rows[i:]...)
	if len(rows) <= leafSize {
		t.leaves = t.replace(n, rows)
	} else {
		t.leaves = t.replace(n, rows[:leafSize/2:leafSize/2], rows[leafSize/2:])
	}
}

// replace is the leaves with the n-th replaced by those given.
func (t Table[K, V]) replace(n int, with ...[]row[K, V]) []*leaf[K, V] {
	leaves := make([]*leaf[K, V], 0, len(t.leaves)-1+len(with))
	leaves = append(leaves, t.leaves[:n]...)
	for _, rows := range with {
		leaves = append(leaves, &leaf[K, V]{rows})
	}
	return append(leaves, t.leaves[n+1:]...)
}

// Len is the number of keys.
func (t Table[K, V]) Len() int { return t.count }

// All gives keys and values in the order of the keys.
func (t Table[K, V]) All() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, l := range t.leaves {
			for _, r := range l.rows {
				if !yield(r.key, *r.value) {
					return
				}
			}
		}
	}
}

// Columns are the keys of a Table in order, and the value of each: what it is made
// of, for whoever writes it down.
type Columns[K cmp.Ordered, V any] struct {
	Keys   []K
	Values []V
}

// Columns takes the table apart.
func (t Table[K, V]) Columns() Columns[K, V] {
	c := Columns[K, V]{make([]K, 0, t.count), make([]V, 0, t.count)}
	for k, v := range t.All() {
		c.Keys, c.Values = append(c.Keys, k), append(c.Values, v)
	}
	return c
}

// Table puts it together again: of two values of a key the later holds.
func (c Columns[K, V]) Table() Table[K, V] {
	rows := make([]row[K, V], len(c.Keys))
	for i, k := range c.Keys {
		if i > 0 && cmp.Compare(c.Keys[i-1], k) >= 0 { // not ours
			return c.inAnyOrder()
		}
		rows[i] = row[K, V]{k, &c.Values[i]}
	}
	t := Table[K, V]{count: len(rows)}
	for part := range slices.Chunk(rows, leafSize/2) {
		t.leaves = append(t.leaves, &leaf[K, V]{part})
	}
	return t
}

func (c Columns[K, V]) inAnyOrder() (t Table[K, V]) {
	for i, k := range c.Keys {
		t = t.With(k, c.Values[i])
	}
	return t
}

// leafOf is the number of the leaf where a key is or would be: the last that
// begins at or before it, or the first. In an empty Table there is no leaf.
func (t Table[K, V]) leafOf(key K) int {
	n, begins := slices.BinarySearchFunc(t.leaves, key, func(l *leaf[K, V], k K) int { return cmp.Compare(l.rows[0].key, k) })
	if !begins && n > 0 {
		n--
	}
	return n
}

func (l *leaf[K, V]) find(key K) (int, bool) {
	return slices.BinarySearchFunc(l.rows, key, func(r row[K, V], k K) int { return cmp.Compare(r.key, k) })
}
