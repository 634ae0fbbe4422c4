package vaulttest

import (
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// testModel does things at random, and compares the vault with three maps.
// One vault is used for all cases: each has events and users of its own.
func testModel(t *testing.T, h *house) {
	used := 0
	rapid.Check(t, func(rt *rapid.T) {
		used++
		m := &model{house: h, users: fmt.Sprintf("u%d-", used), keys: map[domain.EventID]codec.Key{}, people: map[domain.UserID]*vault.Person{}}
		rt.Repeat(map[string]func(*rapid.T){
			"make": m.make, "sync": m.sync, "destroy": m.destroy, "reopen": m.reopen,
			"put": m.put, "forget": m.forget, "": func(rt *rapid.T) { m.check(rt) },
		})
	})
}

type model struct {
	*house
	users   string // how the ids of this case's users begin
	events  []domain.EventID
	keys    map[domain.EventID]codec.Key // zero: destroyed
	pending []domain.EventID
	people  map[domain.UserID]*vault.Person // nil: forgotten
}

func (m *model) make(t *rapid.T) {
	id := newID(t)
	key, err := m.vault.Make(id)
	ok(t, "Make", err)
	m.events, m.pending, m.keys[id] = append(m.events, id), append(m.pending, id), key
}

func (m *model) sync(t *rapid.T) {
	ok(t, "Sync", m.vault.Sync(t.Context()))
	m.pending = nil
}

func (m *model) destroy(t *rapid.T) {
	if len(m.events) == 0 {
		return
	}
	id := rapid.SampledFrom(m.events).Draw(t, "event")
	err := m.vault.Destroy(t.Context(), id)
	if _, there := m.keys[id]; !there {
		wantError(t, "Destroy of one that was never synced", err, vault.ErrNoKey)
		return
	}
	ok(t, "Destroy", err)
	m.keys[id], m.pending = codec.Key{}, nil
}

func (m *model) reopen(t *rapid.T) {
	m.house.reopen(t)
	for _, id := range m.pending {
		delete(m.keys, id)
	}
	m.pending = nil
}

func (m *model) user(t *rapid.T) domain.UserID {
	return domain.UserID(m.users + rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "user"))
}

func (m *model) put(t *rapid.T) {
	user, p := m.user(t), vault.Person{Name: rapid.StringN(0, 20, 80).Draw(t, "name")}
	was, known := m.people[user]
	err := m.vault.Put(t.Context(), user, p)
	if known && was == nil {
		wantError(t, "Put of one forgotten", err, vault.ErrForgotten)
		return
	}
	ok(t, "Put", err)
	m.people[user] = &p
}

func (m *model) forget(t *rapid.T) {
	user := m.user(t)
	err := m.vault.Forget(t.Context(), user)
	if _, known := m.people[user]; !known {
		wantError(t, "Forget of nobody", err, vault.ErrUnknown)
		return
	}
	ok(t, "Forget", err)
	m.people[user] = nil
}

func (m *model) check(t tester) {
	t.Helper()
	for _, id := range m.events {
		switch key, there := m.keys[id]; {
		case !there:
			m.hasNot(t, "in the model", id, vault.ErrNoKey)
		case key == (codec.Key{}):
			m.hasNot(t, "in the model", id, vault.ErrDestroyed)
		default:
			m.has(t, "in the model", id, key)
		}
	}
	for user, p := range m.people {
		got, err := m.vault.Person(user)
		if p == nil && !errors.Is(err, vault.ErrForgotten) || p != nil && (err != nil || got != *p) {
			t.Errorf("%s is %+v, %v; want %+v", user, got, err, p)
		}
	}
}
