package jetstream

import (
	"errors"
	"flag"
	"log/slog"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/jetstream/jetstreamtest"
	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/eventstore/vault/vaulttest"
)

// openVault opens the vault on a store's servers, and makes it if it is not
// there; the store is closed with it.
func openVault(t testing.TB, s *Store, m vault.Master) (vault.Vault, error) {
	t.Helper()
	if err := s.CreateVault(t.Context()); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	stream, err := s.Vault(t.Context())
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	v, err := vault.OpenShared(t.Context(), stream, m, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return vaultAndStore{v, s}, nil
}

type vaultAndStore struct {
	*vault.Shared
	store *Store
}

func (v vaultAndStore) Close() error { return errors.Join(v.Shared.Close(), v.store.Close()) }

// set gives a flag of the test binary another value until the test ends.
func set(t *testing.T, name, value string) {
	t.Helper()
	v := flag.Lookup(name).Value
	before := v.String()
	t.Cleanup(func() { _ = v.Set(before) })
	if err := v.Set(value); err != nil {
		t.Fatal(err)
	}
}

// The model opens the vault again and again, which a server takes its time over.
func TestVaultContractOnTheEmbeddedServer(t *testing.T) {
	set(t, "rapid.checks", "15")
	vaulttest.Run(t, func(t testing.TB) vaulttest.Place {
		dir := t.TempDir()
		return vaulttest.Place{
			Open: func(m vault.Master) (vault.Vault, error) {
				return openVault(t, mustOpen(t, Embedded{Dir: dir}), m)
			},
			Disk: []string{dir},
		}
	})
}

func TestVaultContractOnAServerElsewhere(t *testing.T) {
	set(t, "rapid.checks", "15")
	vaulttest.Run(t, func(t testing.TB) vaulttest.Place {
		servers := jetstreamtest.Start(t, 1, 1)
		return vaulttest.Place{
			Open: func(m vault.Master) (vault.Vault, error) {
				return openVault(t, dial(t, External{URL: servers.URL(), NKey: servers.Accounts[0].Init}), m)
			},
			Disk: []string{servers.Nodes[0].Dir},
		}
	})
}

func mustOpen(t testing.TB, e Embedded) *Store {
	t.Helper()
	s, err := OpenEmbedded(e)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
