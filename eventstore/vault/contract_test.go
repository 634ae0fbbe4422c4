package vault_test

import (
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/vault"
	"github.com/fosenregionen/framdrift/eventstore/vault/vaulttest"
)

func TestContract(t *testing.T) {
	vaulttest.Run(t, func(t testing.TB) vaulttest.Place {
		dir := filepath.Join(t.TempDir(), "vault")
		return vaulttest.Place{
			Open: func(m vault.Master) (vault.Vault, error) { return vault.Open(dir, m) },
			Disk: []string{dir},
		}
	})
}
