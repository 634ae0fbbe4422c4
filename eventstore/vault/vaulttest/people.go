package vaulttest

import (
	"crypto/sha256"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

var (
	kari = vault.Person{Name: "Kari Nordmann-Åsenhøgda", Email: "kari.nordmann@fosenregionen.example"}
	ola  = vault.Person{Name: "Ola Hansen Ytterøyås", Email: "ola@osen.example"}
)

func (h *house) put(t testing.TB, user domain.UserID, p vault.Person) {
	t.Helper()
	ok(t, "Put", h.vault.Put(t.Context(), user, p))
}

func (h *house) is(t testing.TB, what string, user domain.UserID, want vault.Person) {
	t.Helper()
	if got, err := h.vault.Person(user); err != nil || got != want {
		t.Errorf("%s: %s is %+v, %v; want %+v", what, user, got, err, want)
	}
}

func (h *house) isNot(t testing.TB, what string, user domain.UserID, want error) {
	t.Helper()
	if got, err := h.vault.Person(user); got != (vault.Person{}) {
		t.Errorf("%s: %s is %+v", what, user, got)
	} else {
		wantError(t, what+": Person of "+string(user), err, want)
	}
}

func (h *house) list(t testing.TB, what string, want ...vault.Entry) {
	t.Helper()
	got, err := h.vault.People()
	ok(t, "People", err)
	if diff := cmp.Diff(append([]vault.Entry{}, want...), got); diff != "" {
		t.Errorf("%s: the people are (-want +got)\n%s", what, diff)
	}
}

func testPeople(t *testing.T, h *house) {
	h.list(t, "nobody yet")
	h.isNot(t, "nobody yet", "u1", vault.ErrUnknown)
	h.put(t, "u2", ola)
	h.put(t, "u1", ola)
	h.put(t, "u1", kari)
	h.put(t, "u3", vault.Person{})
	for _, when := range []string{"at once", "opened again"} {
		h.is(t, when, "u1", kari)
		h.is(t, when, "u2", ola)
		h.is(t, when, "u3", vault.Person{})
		h.list(t, when, vault.Entry{User: "u1", Person: kari}, vault.Entry{User: "u2", Person: ola}, vault.Entry{User: "u3"})
		h.reopen(t)
	}
}

func testForget(t *testing.T, h *house) {
	h.put(t, "u1", kari)
	h.put(t, "u2", ola)
	wantError(t, "Forget of nobody", h.vault.Forget(t.Context(), "u9"), vault.ErrUnknown)
	ok(t, "Forget", h.vault.Forget(t.Context(), "u1"))
	for _, when := range []string{"forgotten", "forgotten, and opened again"} {
		h.isNot(t, when, "u1", vault.ErrForgotten)
		h.isNot(t, when, "u9", vault.ErrUnknown)
		h.list(t, when, vault.Entry{User: "u2", Person: ola})
		ok(t, "Forget again", h.vault.Forget(t.Context(), "u1"))
		wantError(t, when+": Put", h.vault.Put(t.Context(), "u1", kari), vault.ErrForgotten)
		h.reopen(t)
	}
}

func testTooLong(t *testing.T, h *house) {
	h.put(t, "u1", kari)
	long := strings.Repeat("å", 128)
	for what, p := range map[string]vault.Person{
		"a name of 256 bytes": {Name: long}, "an address of 256 bytes": {Email: long}, "both too long together": {Name: long[2:], Email: long[2:]},
	} {
		wantError(t, "Put of "+what, h.vault.Put(t.Context(), "u1", p), vault.ErrTooLong)
	}
	h.is(t, "after what did not fit", "u1", kari)
	for _, user := range []domain.UserID{"", "u 1", "å"} {
		if err := h.vault.Put(t.Context(), user, kari); err == nil {
			t.Errorf("%q can be a user", user)
		}
	}
	most := vault.Person{Name: strings.Repeat("n", 206), Email: strings.Repeat("e", 253)} // and u2: 461 bytes
	h.put(t, "u2", most)
	h.reopen(t)
	h.is(t, "as long as can be", "u2", most)
}

func testPersonBytes(t *testing.T, h *house) {
	slot := func(user string) []byte {
		sum := sha256.Sum256([]byte(user))
		secret, ok := h.stored(t, "names", personSlot)[[16]byte(sum[:])]
		if !ok {
			t.Fatalf("the copy has no slot of %s", user)
		}
		return secret
	}
	h.put(t, "u1", kari)
	h.put(t, "u2", kari)
	first, other := slot("u1"), slot("u2")
	h.put(t, "u1", ola)
	second := slot("u1")
	h.leaves(t, "who a user was before", first)
	if len(h.onDisk(t, second)) == 0 {
		t.Fatal("what is to be erased is not found before")
	}
	ok(t, "Forget", h.vault.Forget(t.Context(), "u1"))
	h.leaves(t, "a user forgotten", second)
	h.reopen(t)
	h.leaves(t, "a user forgotten, opened again", second)
	h.is(t, "beside one forgotten", "u2", kari)
	if len(h.onDisk(t, other)) == 0 {
		t.Error("the user beside is gone too")
	}
}

func testClear(t *testing.T, h *house) {
	_, keys := h.make(t, 3)
	h.put(t, "u1", kari)
	for _, secret := range [][]byte{keys[0][:], keys[2][:], []byte(kari.Name), []byte(kari.Email), []byte("Kari")} {
		if found := h.onDisk(t, secret); len(found) > 0 {
			t.Errorf("%x lies in clear in %v", secret, found)
		}
	}
}

func testWrongMaster(t *testing.T, h *house) {
	ids, keys := h.make(t, 2)
	h.put(t, "u1", kari)
	ok(t, "Close", h.vault.Close())
	if v, err := h.Open(vault.NewMaster()); err == nil {
		_ = v.Close()
		t.Error("another master key opens it")
	} else {
		wantError(t, "Open under another master key", err, vault.ErrWrongMaster)
	}
	h.open(t)
	h.has(t, "under the right one", ids[1], keys[1])
	h.is(t, "under the right one", "u1", kari)
}

func testOlderMaster(t *testing.T, h *house) {
	ids, keys := h.make(t, 3)
	h.put(t, "u1", kari)
	h.put(t, "u2", ola)
	ok(t, "Destroy", h.vault.Destroy(t.Context(), ids[1]))
	ok(t, "Forget", h.vault.Forget(t.Context(), "u2"))
	h.master = vault.NewMaster().Then(h.master)
	for range 2 {
		h.reopen(t)
		h.has(t, "under an older master key", ids[2], keys[2])
		h.hasNot(t, "under an older master key", ids[1], vault.ErrDestroyed)
		h.is(t, "under an older master key", "u1", kari)
		h.isNot(t, "under an older master key", "u2", vault.ErrForgotten)
	}
}

func testBackup(t *testing.T, h *house) {
	ids, keys := h.make(t, 3)
	ok(t, "Destroy", h.vault.Destroy(t.Context(), ids[1]))
	h.put(t, "u1", kari)
	h.put(t, "u2", ola)
	ok(t, "Forget", h.vault.Forget(t.Context(), "u2"))
	unsynced := newID(t)
	_, err := h.vault.Make(unsynced)
	ok(t, "Make", err)
	dir := filepath.Join(t.TempDir(), "copy")
	ok(t, "Backup", h.vault.Backup(t.Context(), dir))
	if err := h.vault.Backup(t.Context(), dir); err == nil {
		t.Error("a copy is written over another")
	}
	later, _ := h.make(t, 1)
	restored, err := vault.Open(dir, h.master)
	ok(t, "Open of a copy", err)
	c := &house{vault: restored}
	c.has(t, "in a copy", ids[0], keys[0])
	c.hasNot(t, "in a copy", ids[1], vault.ErrDestroyed)
	c.hasNot(t, "in a copy", unsynced, vault.ErrNoKey)
	c.hasNot(t, "in a copy", later[0], vault.ErrNoKey)
	c.list(t, "in a copy", vault.Entry{User: "u1", Person: kari})
	c.isNot(t, "in a copy", "u2", vault.ErrForgotten)
	ok(t, "Close", restored.Close())
}
