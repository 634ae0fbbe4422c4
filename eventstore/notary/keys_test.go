package notary_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/fosenregionen/framdrift/eventstore/notary"
	"github.com/fosenregionen/framdrift/eventstore/seal"
)

// signed is a region whose first events have been signed.
func signed(t *testing.T, events int) (dir string, n *notary.Notary) {
	t.Helper()
	dir = t.TempDir()
	n = must[*notary.Notary](t)(notary.Create(dir, "fosen"))
	if err := keep(n, log(events, 1)); err != nil {
		t.Fatal(err)
	}
	must[[]byte](t)(n.Sign())
	return dir, n
}

// believes are the keys by which a checkpoint is believed.
func believes(t *testing.T, checkpoint []byte, keys ...string) (all []int) {
	t.Helper()
	for i, key := range keys {
		policy := must[*seal.Policy](t)(seal.NewPolicy([]string{key}, nil, 0))
		if _, _, err := policy.Open(checkpoint); err == nil {
			all = append(all, i)
		}
	}
	return all
}

// While a key is changed both sign, at once and after the next start, the new
// one first. When the old one is retired the new one signs alone, and what the
// old one signed is believed.
func TestAKeyIsChangedWithoutASeam(t *testing.T) {
	dir, n := signed(t, 3)
	before, first := n.Checkpoint()
	added := must[string](t)(n.AddKey())
	if keys := n.Keys(); len(keys) != 2 || keys[0] != added {
		t.Fatalf("the keys are %v", keys)
	}
	n = must[*notary.Notary](t)(notary.Open(dir, "fosen"))
	if again, c := n.Checkpoint(); c.TreeHead != first.TreeHead || len(believes(t, again, n.Keys()...)) != 2 {
		t.Errorf("what was signed is of %d events, and believed by %v", c.Size, believes(t, again, n.Keys()...))
	}
	if err := keep(n, log(4, 1)); err != nil {
		t.Fatal(err)
	}
	if by := believes(t, must[[]byte](t)(n.Sign()), n.Keys()...); len(by) != 2 {
		t.Errorf("while it is changed the keys %v sign", by)
	}
	if err := n.Retire(); err != nil {
		t.Fatal(err)
	}
	n = must[*notary.Notary](t)(notary.Open(dir, "fosen"))
	if err := keep(n, log(5, 1)); err != nil {
		t.Fatal(err)
	}
	by, old := believes(t, must[[]byte](t)(n.Sign()), n.Keys()...), believes(t, before, n.Keys()...)
	if len(by) != 1 || by[0] != 0 || len(old) != 1 || old[0] != 1 {
		t.Errorf("then %v sign, and the first checkpoint is believed by %v", by, old)
	}
	if secret := must[[]byte](t)(os.ReadFile(filepath.Join(dir, "fosen.key"))); bytes.Count(secret, []byte("\n")) != 1 {
		t.Error("a secret key is left")
	}
}

// A key that is lost is replaced by another, which signs on from the last
// checkpoint: a log that is not that one is still known.
func TestALostKeyIsReplacedAndThePastStaysSigned(t *testing.T) {
	for _, public := range []bool{true, false} {
		dir, n := signed(t, 40)
		if _, err := notary.Renew(dir, "fosen"); !errors.Is(err, notary.ErrNotLost) {
			t.Errorf("a key that is there: %v", err)
		}
		gone := []string{"fosen.key"}
		if !public {
			gone = append(gone, "fosen.pub")
		}
		for _, name := range gone {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := notary.Open(dir, "fosen"); !errors.Is(err, notary.ErrMissing) {
			t.Errorf("without a key: %v", err)
		}
		renewed := must[*notary.Notary](t)(notary.Renew(dir, "fosen"))
		if keys := renewed.Keys(); keys[0] == n.Keys()[0] || public != (len(keys) == 2) {
			t.Errorf("the keys are %v", keys)
		}
		if err := keep(renewed, log(39, 1)); !errors.Is(err, notary.ErrShorter) {
			t.Errorf("a shorter log: %v", err)
		}
		renewed = must[*notary.Notary](t)(notary.Open(dir, "fosen"))
		if err := keep(renewed, log(41, 2)); err != nil {
			t.Error(err)
		}
		if by := believes(t, must[[]byte](t)(renewed.Sign()), renewed.Keys()...); len(by) != 1 || by[0] != 0 {
			t.Errorf("the keys %v sign", by)
		}
	}
}

// Whoever verifies needs no secret, and signs nothing.
func TestWhoLooksNeedsNoSecretKey(t *testing.T) {
	dir, _ := signed(t, 7)
	if err := os.Remove(filepath.Join(dir, "fosen.key")); err != nil {
		t.Fatal(err)
	}
	n := must[*notary.Notary](t)(notary.Look(dir, "fosen"))
	if err := keep(n, log(9, 1)); err != nil {
		t.Error(err)
	}
	if _, c := n.Checkpoint(); c.Size != 7 {
		t.Errorf("the checkpoint is of %d events", c.Size)
	}
	if _, err := n.Sign(); !errors.Is(err, notary.ErrMissing) {
		t.Errorf("signing answers %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "fosen.pub")); err != nil {
		t.Fatal(err)
	}
	if _, err := notary.Look(dir, "fosen"); !errors.Is(err, notary.ErrMissing) {
		t.Errorf("without a public key: %v", err)
	}
}
