// Package vaulttest is the contract of package vault as tests. Every
// implementation runs all of them:
//
//	func TestContract(t *testing.T) {
//		vaulttest.Run(t, func(t testing.TB) vaulttest.Place {
//			dir := filepath.Join(t.TempDir(), "vault")
//			return vaulttest.Place{
//				Open: func(m vault.Master) (vault.Vault, error) { return vault.Open(dir, m) },
//				Disk: []string{dir},
//			}
//		})
//	}
//
// Each test has a place of its own. The suite closes what it opens, and opens
// the same place again when it wants to see what is really stored.
package vaulttest

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore/codec"
	"github.com/fosenregionen/framdrift/eventstore/vault"
)

// A Place is where one vault lies: nothing the first time it is opened, and
// after a Close what was there. Disk is every directory that its bytes may be in.
type Place struct {
	Open func(vault.Master) (vault.Vault, error)
	Disk []string
}

// Run tests a vault against the contract.
func Run(t *testing.T, at func(testing.TB) Place) {
	for _, tt := range []struct {
		name string
		test func(*testing.T, *house)
	}{
		{"a key is found at once, and later if it was synced", testSynced},
		{"an event has one key and no other event has it", testOneKey},
		{"only UUIDs have keys", testUUIDs},
		{"a key that never was and one that was destroyed are told apart", testDestroyed},
		{"a key is destroyed alone", testAlone},
		{"a key that is not synced yet can be destroyed", testDestroyUnsynced},
		{"of events of which one has no key none is destroyed", testDestroyNone},
		{"the bytes of a destroyed key are gone from the disk", testKeyBytes},
		{"a user is who was said last", testPeople},
		{"a user who was forgotten stays so", testForget},
		{"what does not fit is refused and changes nothing", testTooLong},
		{"the bytes of a person forgotten or changed are gone from the disk", testPersonBytes},
		{"no key and no name is ever on the disk in clear", testClear},
		{"another master key opens nothing, and harms nothing", testWrongMaster},
		{"an older master key still opens", testOlderMaster},
		{"a copy is a vault in files, with all that was synced", testBackup},
		{"many at once", testMany},
		{"a closed vault answers nothing", testClosed},
		{"whatever is done, the vault is what a map would be", testModel},
	} {
		t.Run(tt.name, func(t *testing.T) { tt.test(t, enter(t, at(t))) })
	}
}

// A tester is a test, or one case of a property.
type tester interface {
	Helper()
	Context() context.Context
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// patience is how long a test waits for what should come soon.
const patience = time.Minute

// A house is a place, and the vault that is open there now.
type house struct {
	Place
	master vault.Master
	vault  vault.Vault
}

func enter(t testing.TB, at Place) *house {
	t.Helper()
	h := &house{Place: at, master: vault.NewMaster()}
	h.open(t)
	t.Cleanup(func() {
		if err := h.vault.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return h
}

func (h *house) open(t tester) {
	t.Helper()
	v, err := h.Open(h.master)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	h.vault = v
}

// reopen closes the vault and opens what it left.
func (h *house) reopen(t tester) {
	t.Helper()
	if err := h.vault.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	h.open(t)
}

func newID(t tester) domain.EventID {
	t.Helper()
	id, err := uuid.NewV7()
	if err != nil {
		t.Fatal(err)
	}
	return domain.EventID(id.String())
}

// make makes and syncs the keys of n new events.
func (h *house) make(t tester, n int) ([]domain.EventID, []codec.Key) {
	t.Helper()
	ids, keys := make([]domain.EventID, n), make([]codec.Key, n)
	for i := range ids {
		ids[i] = newID(t)
		var err error
		if keys[i], err = h.vault.Make(ids[i]); err != nil {
			t.Fatalf("Make: %v", err)
		}
	}
	ok(t, "Sync", h.vault.Sync(t.Context()))
	return ids, keys
}

// has fails the test if the event's key is not this one.
func (h *house) has(t tester, what string, id domain.EventID, want codec.Key) {
	t.Helper()
	if got, err := h.vault.Find(id); err != nil || got != want {
		t.Errorf("%s: the key reads %x, %v; want %x", what, got, err, want)
	}
}

// hasNot fails the test if the event's key is not missing in this way.
func (h *house) hasNot(t tester, what string, id domain.EventID, want error) {
	t.Helper()
	if got, err := h.vault.Find(id); !errors.Is(err, want) || got != (codec.Key{}) {
		t.Errorf("%s: the key reads %x, %v; want %v", what, got, err, want)
	}
}

func ok(t tester, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func wantError(t tester, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s gives the error %v, want %v", what, err, want)
	}
}

// stored gives the encrypted part of every slot of a file of a copy, by the
// first 16 bytes of the slot; size is that of a slot, and of the head.
func (h *house) stored(t testing.TB, file string, size int) map[[16]byte][]byte {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	ok(t, "Backup", h.vault.Backup(t.Context(), dir))
	content, err := os.ReadFile(filepath.Join(dir, file))
	ok(t, "reading the copy", err)
	slots := map[[16]byte][]byte{}
	for content = content[size:]; len(content) >= size; content = content[size:] {
		slots[[16]byte(content)] = bytes.Clone(content[32:size])
	}
	return slots
}

// onDisk lists the files that hold some bytes.
func (h *house) onDisk(t tester, what []byte) []string {
	t.Helper()
	var found []string
	for _, dir := range h.Disk {
		err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return passing(err)
			}
			content, err := os.ReadFile(path) //nolint:gosec // a directory of the test's own
			if bytes.Contains(content, what) {
				found = append(found, path)
			}
			return passing(err)
		})
		ok(t, "looking at the disk", err)
	}
	return found
}

// passing is nil for a file that went away while it was looked at.
func passing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// leaves waits until no file holds some bytes.
func (h *house) leaves(t tester, what string, secret []byte) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	look := time.NewTicker(20 * time.Millisecond)
	defer look.Stop()
	for {
		found := h.onDisk(t, secret)
		if len(found) == 0 {
			return
		}
		select {
		case <-look.C:
		case <-ctx.Done():
			t.Fatalf("%s: its bytes are still in %v", what, found)
		}
	}
}
