package vaulttest

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// Sizes of slots, and of the heads before them.
const (
	keySlot    = 80
	personSlot = 512
)

func testSynced(t *testing.T, h *house) {
	ids, keys := h.make(t, 3)
	lost := newID(t)
	key, err := h.vault.Make(lost)
	ok(t, "Make", err)
	h.has(t, "just made", lost, key)
	h.reopen(t)
	for i, id := range ids {
		h.has(t, "synced, and opened again", id, keys[i])
	}
	h.hasNot(t, "never synced", lost, vault.ErrNoKey)
}

func testOneKey(t *testing.T, h *house) {
	id := newID(t)
	first, err := h.vault.Make(id)
	ok(t, "Make", err)
	again := func(what string) {
		t.Helper()
		if key, err := h.vault.Make(id); err != nil || key != first {
			t.Errorf("%s: Make gives another key, %v", what, err)
		}
	}
	again("before Sync")
	ok(t, "Sync", h.vault.Sync(t.Context()))
	again("after Sync")
	h.reopen(t)
	again("opened again")
	if key, err := h.vault.Make(newID(t)); err != nil || key == first || key == (codec.Key{}) {
		t.Errorf("another event gets %x, %v", key, err)
	}
}

func testUUIDs(t *testing.T, h *house) {
	for _, id := range []domain.EventID{
		"", "e1", "00000000-0000-0000-0000-000000000000", "{0192f0c1-2d3e-7f40-8a5b-6c7d8e9f0a1b}",
		"0192f0c12d3e7f408a5b6c7d8e9f0a1b", "urn:uuid:0192f0c1-2d3e-7f40-8a5b-6c7d8e9f0a1b", "0192f0c1-2d3e-7f40-ca5b-6c7d8e9f0a1b",
	} {
		if _, err := h.vault.Make(id); err == nil {
			t.Errorf("Make(%q) gives a key", id)
		}
		h.hasNot(t, string(id), id, vault.ErrNoKey)
		wantError(t, "Destroy of what is no UUID", h.vault.Destroy(t.Context(), id), vault.ErrNoKey)
	}
}

func testDestroyed(t *testing.T, h *house) {
	ids, _ := h.make(t, 1)
	never := newID(t)
	h.hasNot(t, "never made", never, vault.ErrNoKey)
	ok(t, "Destroy", h.vault.Destroy(t.Context(), ids[0]))
	ok(t, "Destroy of what is destroyed", h.vault.Destroy(t.Context(), ids[0]))
	for _, when := range []string{"destroyed", "destroyed, and opened again"} {
		h.hasNot(t, when, ids[0], vault.ErrDestroyed)
		h.hasNot(t, when+": never made", never, vault.ErrNoKey)
		if key, err := h.vault.Make(ids[0]); !errors.Is(err, vault.ErrDestroyed) {
			t.Errorf("%s: Make gives %x, %v", when, key, err)
		}
		h.reopen(t)
	}
	ok(t, "Destroy of what is destroyed, opened again", h.vault.Destroy(t.Context(), ids[0]))
}

func testAlone(t *testing.T, h *house) {
	ids, keys := h.make(t, 5)
	more, moreKeys := h.make(t, 2)
	ids, keys = append(ids, more...), append(keys, moreKeys...)
	if n := h.vault.Len(); n != 7 {
		t.Errorf("there are %d keys", n)
	}
	ok(t, "Destroy", h.vault.Destroy(t.Context(), ids[1], ids[3], ids[6]))
	for _, when := range []string{"beside destroyed ones", "beside destroyed ones, opened again"} {
		for i, id := range ids {
			switch i {
			case 1, 3, 6:
				h.hasNot(t, when, id, vault.ErrDestroyed)
			default:
				h.has(t, when, id, keys[i])
			}
		}
		if n := h.vault.Len(); n != 4 {
			t.Errorf("%s: there are %d keys", when, n)
		}
		h.reopen(t)
	}
}

func testDestroyUnsynced(t *testing.T, h *house) {
	id, other := newID(t), newID(t)
	_, err := h.vault.Make(id)
	ok(t, "Make", err)
	key, err := h.vault.Make(other)
	ok(t, "Make", err)
	ok(t, "Destroy", h.vault.Destroy(t.Context(), id))
	h.hasNot(t, "destroyed before Sync", id, vault.ErrDestroyed)
	ok(t, "Sync", h.vault.Sync(t.Context()))
	h.reopen(t)
	h.hasNot(t, "destroyed before Sync, opened again", id, vault.ErrDestroyed)
	h.has(t, "the other", other, key)
}

func testDestroyNone(t *testing.T, h *house) {
	ids, keys := h.make(t, 2)
	wantError(t, "Destroy of one that never was", h.vault.Destroy(t.Context(), ids[0], newID(t), ids[1]), vault.ErrNoKey)
	for i, id := range ids {
		h.has(t, "beside one that never was", id, keys[i])
	}
	ok(t, "Destroy of none", h.vault.Destroy(t.Context()))
}

func testKeyBytes(t *testing.T, h *house) {
	ids, _ := h.make(t, 4)
	boxes := h.stored(t, "keys", keySlot)
	box := func(i int) []byte {
		secret, ok := boxes[uuid.MustParse(string(ids[i]))]
		if !ok {
			t.Fatalf("the copy has no slot of event %d", i)
		}
		return secret
	}
	h.reopen(t) // a later run erases what an earlier one made
	if len(h.onDisk(t, box(2))) == 0 {
		t.Fatal("what is to be erased is not found before")
	}
	ok(t, "Destroy", h.vault.Destroy(t.Context(), ids[2], ids[0]))
	h.leaves(t, "a destroyed key", box(2))
	h.leaves(t, "another destroyed key", box(0))
	h.reopen(t)
	h.leaves(t, "a destroyed key, opened again", box(2))
	if len(h.onDisk(t, box(1))) == 0 {
		t.Error("the key beside it is gone too")
	}
}

func testMany(t *testing.T, h *house) {
	const each = 8
	ids, keys := make([]domain.EventID, 64), make([]codec.Key, 64)
	for i := range ids {
		ids[i] = newID(t)
	}
	var g sync.WaitGroup
	for begin := 0; begin < len(ids); begin += each {
		g.Go(func() {
			for i := begin; i < begin+each; i++ {
				key, err := h.vault.Make(ids[i])
				if err = errors.Join(err, h.vault.Sync(t.Context())); err != nil {
					t.Error(err)
				}
				keys[i] = key
				if _, err := h.vault.Find(ids[i]); err != nil {
					t.Error(err)
				}
			}
			if err := h.vault.Destroy(t.Context(), ids[begin]); err != nil {
				t.Error(err)
			}
			if err := h.vault.Put(t.Context(), domain.UserID(ids[begin]), vault.Person{Name: "Kari"}); err != nil {
				t.Error(err)
			}
		})
	}
	g.Wait()
	h.reopen(t)
	for i, id := range ids {
		if i%each == 0 {
			h.hasNot(t, "of many", id, vault.ErrDestroyed)
		} else {
			h.has(t, "of many", id, keys[i])
		}
	}
	people, err := h.vault.People()
	if err != nil || len(people) != len(ids)/each {
		t.Errorf("there are %d people, %v", len(people), err)
	}
}

func testClosed(t *testing.T, h *house) {
	ids, _ := h.make(t, 1)
	ok(t, "Close", h.vault.Close())
	ok(t, "a second Close", h.vault.Close())
	ctx := context.Background()
	_, found := h.vault.Find(ids[0])
	_, made := h.vault.Make(newID(t))
	_, person := h.vault.Person("u1")
	_, people := h.vault.People()
	for what, err := range map[string]error{
		"Find": found, "Make": made, "Person": person, "People": people,
		"Sync": h.vault.Sync(ctx), "Destroy": h.vault.Destroy(ctx, ids[0]), "Forget": h.vault.Forget(ctx, "u1"),
		"Put": h.vault.Put(ctx, "u1", vault.Person{Name: "Kari"}), "Backup": h.vault.Backup(ctx, filepath.Join(t.TempDir(), "copy")),
	} {
		wantError(t, what+" of a closed vault", err, vault.ErrClosed)
	}
}
