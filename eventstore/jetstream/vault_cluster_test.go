//go:build faults && unix

package jetstream

import (
	"bytes"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"github.com/fosenregionen/framdrift/domain"
	"github.com/fosenregionen/framdrift/eventstore"
	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/eventstore/vault/vaulttest"
)

func storesOf(s *jetstreamtest.Servers) (dirs []string) {
	for _, n := range s.Nodes {
		dirs = append(dirs, n.Dir)
	}
	return dirs
}

// Each test of the suite has an account of one cluster. An erasure pushes 20 MB
// through three servers, so the model is made small.
func TestVaultContractOnThreeServers(t *testing.T) {
	set(t, "rapid.checks", "1")
	set(t, "rapid.steps", "12")
	s := jetstreamtest.Start(t, 3, 30)
	used := 0
	vaulttest.Run(t, func(t testing.TB) vaulttest.Place {
		account := s.Accounts[used]
		used++
		return vaulttest.Place{
			Open: func(m vault.Master) (vault.Vault, error) {
				return openVault(t, dial(t, External{URL: s.URL(), NKey: account.Init, Replicas: 3}), m)
			},
			Disk: storesOf(s),
		}
	})
}

// away is a server that does not lead the vault, and where it keeps its files.
func away(t *testing.T, s *jetstreamtest.Servers) (*jetstreamtest.Node, string) {
	t.Helper()
	leader := s.Leader(t, s.Accounts[0].Name, vaultStreamName)
	i := slices.IndexFunc(s.Nodes, func(n *jetstreamtest.Node) bool { return n != leader })
	return s.Nodes[i], s.Nodes[i].Dir
}

func TestNothingIsErasedInTroubleWhileAServerIsAway(t *testing.T) {
	s := jetstreamtest.StartApart(t, 3, 1)
	dirs := storesOf(s)
	v := several(t, s, 1)[0]
	id, key := keyOf(t, v)
	page := stored(t, v, id)
	n, _ := away(t, s)
	n.Kill(t)
	if err := v.Destroy(t.Context(), id); !errors.Is(err, eventstore.ErrUnavailable) {
		t.Errorf("with a server away Destroy gives %v", err)
	}
	if got, err := v.Find(id); err != nil || got != key {
		t.Errorf("and the key reads %v", err)
	}
	n.Start(t)
	s.Ready(t)
	if err := v.Destroy(t.Context(), id); err != nil {
		t.Fatalf("when it is back Destroy gives %v", err)
	}
	for i, dir := range dirs {
		jetstreamtest.Eventually(t, s.Nodes[i].Name+" has no bytes of it", func() bool { return !onDisk(t, dir, page) })
	}
	for _, n := range s.Nodes {
		n.Kill(t)
	}
	for i, n := range s.Nodes {
		if n.Start(t); onDisk(t, dirs[i], page) {
			t.Errorf("%s has bytes of it when it starts again", n.Name)
		}
	}
}

// stored is the encrypted part of the slot of an event, found in a copy.
func stored(t *testing.T, v vault.Vault, id domain.EventID) []byte {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "copy")
	if err := v.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "keys"))
	if err != nil {
		t.Fatal(err)
	}
	n := uuid.MustParse(string(id))
	at := bytes.Index(content, n[:])
	return content[at+32 : at+80]
}

// The servers' own logs hold a message until they are compacted, and a server
// that was away then hears only that the message is gone: this is why an
// erasure waits for all, and what it does when it has.
func TestWhatAServerInTroubleKeepsOfAnErasure(t *testing.T) {
	s := jetstreamtest.StartApart(t, 3, 1)
	dirs := storesOf(s)
	store := dial(t, External{URL: s.URL(), NKey: s.Accounts[0].Init, Replicas: 3})
	defer closeStore(t, store)
	if err := store.CreateVault(t.Context()); err != nil {
		t.Fatal(err)
	}
	stream, err := store.Vault(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	v := stream.(*vaultStream)
	defer func() { _ = v.Close() }()
	put := func(secret string) uint64 {
		t.Helper()
		number, err := v.js.Publish(t.Context(), vaultSubjectPrefix+"x", []byte(secret))
		if err != nil {
			t.Fatal(err)
		}
		return number.Sequence
	}
	keep := func(secret string) (n int) {
		for _, dir := range dirs {
			if onDisk(t, dir, []byte(secret)) {
				n++
			}
		}
		return n
	}
	number := put("the first secret")
	if err := v.remove(t.Context(), number, true); err != nil {
		t.Fatal(err)
	}
	if err := v.Whole(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := keep("the first secret"); n != 3 {
		t.Errorf("%d servers keep what was erased in their logs: is the filler still needed?", n)
	}
	if err := v.Erase(t.Context(), number); err != nil {
		t.Fatal(err)
	}
	jetstreamtest.Eventually(t, "no server keeps it", func() bool { return keep("the first secret") == 0 })

	for range 5 { // so that its block is worth keeping without it
		put(rand.Text() + strings.Repeat("-", 1<<20))
	}
	number = put("the second secret")
	if err := v.Whole(t.Context()); err != nil {
		t.Fatal(err)
	}
	n, dir := away(t, s)
	n.Kill(t)
	if err := errors.Join(v.remove(t.Context(), number, true), v.fill(t.Context())); err != nil {
		t.Fatal(err)
	}
	n.Start(t)
	s.Ready(t)
	if err := v.Whole(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !onDisk(t, dir, []byte("the second secret")) {
		t.Error("a server that was away has overwritten what was erased: need an erasure wait for all?")
	}
}

// While leaders are killed and come back keys are made, and none is lost.
func TestKeysAreMadeThoughAServerIsInTrouble(t *testing.T) {
	s := jetstreamtest.StartApart(t, 3, 1)
	all := several(t, s, 3)
	for range 3 {
		leader := s.Leader(t, s.Accounts[0].Name, vaultStreamName)
		leader.Kill(t)
		for i, v := range all {
			if s.Nodes[i] != leader {
				foundByAll(t, v, all, func(j int) bool { return s.Nodes[j] != leader })
			}
		}
		leader.Start(t)
		s.Ready(t)
	}
	for _, v := range all {
		foundByAll(t, v, all, func(int) bool { return true })
	}
}

// foundByAll makes a key, waiting for a leader if there is none, and looks
// whether those who can be reached find it.
func foundByAll(t *testing.T, v vault.Vault, all []vaultAndStore, reached func(i int) bool) {
	t.Helper()
	id := domain.EventID(uuid.Must(uuid.NewV7()).String())
	key, err := v.Make(id)
	if err != nil {
		t.Fatal(err)
	}
	jetstreamtest.Eventually(t, "a key is stored", func() bool {
		err := v.Sync(t.Context())
		if err != nil && !errors.Is(err, eventstore.ErrUnavailable) {
			t.Fatal(err)
		}
		return err == nil
	})
	for i, other := range all {
		if !reached(i) {
			continue
		}
		if got, err := other.Find(id); err != nil || got != key {
			t.Errorf("instance %d: a key that was stored reads %v", i, err)
		}
	}
}
